//! Properties of paragraphs and runs, kept in pages of 512 bytes (MS-DOC 2.9.33, 2.9.175) as lists
//! of single changes (MS-DOC 2.6).

use super::bytes::{Plc, u8_at, u16_at, u32_at};

/// Bytes of a page of properties.
const PAGE: usize = 512;

/// Bytes that describe a paragraph in its page.
const PARAGRAPH_ENTRY: usize = 13;

/// What counts of the properties of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub style: u16,
    pub outline: Option<u8>,
    pub centred: Option<bool>,
    /// The list, from 1; 0 takes a paragraph out of that of its style.
    pub list: Option<u16>,
    pub level: Option<u8>,
    pub in_table: bool,
    /// Whether it only ends a row.
    pub ends_row: bool,
    /// Whether it ends a cell of a table inside a table.
    pub inner_cell: bool,
}

/// What counts of the properties of a run; nothing where they are left to the style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub bold: Option<bool>,
    pub hidden: Option<bool>,
    pub raised: Option<bool>,
    pub deleted: bool,
    /// Half points.
    pub size: Option<u16>,
}

/// Properties by the bytes of the main stream they hold for.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans<T> {
    /// First byte, byte after the last, properties; sorted.
    spans: Vec<(usize, usize, T)>,
}

impl<T: Copy + Default> Spans<T> {
    /// The properties at a byte, and the byte where they may change.
    pub(super) fn at(&self, place: usize) -> (T, usize) {
        let after = self.spans.partition_point(|(start, ..)| *start <= place);
        let found = after.checked_sub(1).and_then(|at| self.spans.get(at));
        let next = self.spans.get(after).map_or(usize::MAX, |(start, ..)| *start);
        match found {
            Some((_, end, properties)) if place < *end => (*properties, *end),
            _ => (T::default(), next),
        }
    }

    fn read(main: &[u8], table: &[u8], entry: usize, of: impl Fn(&[u8], usize) -> T) -> Self {
        let plc = Plc::new(table, 4);
        let mut spans = Vec::new();
        // No two entries share a page.
        for at in 0..plc.len().min(main.len() / PAGE + 1) {
            // 22 bits are the number of the page.
            let number = plc.datum(at).and_then(|datum| u32_at(datum, 0)).unwrap_or(0) & 0x3F_FFFF;
            let start = usize::try_from(number).unwrap_or(usize::MAX).saturating_mul(PAGE);
            let Some(page) = main.get(start..start.saturating_add(PAGE)) else { continue };
            let count = usize::from(u8_at(page, PAGE - 1).unwrap_or(0));
            for span in 0..count {
                let place = |at: usize| u32_at(page, 4 * at).and_then(|p| usize::try_from(p).ok());
                let (Some(from), Some(to)) = (place(span), place(span + 1)) else { break };
                let offset = u8_at(page, 4 * (count + 1) + entry * span).unwrap_or(0);
                let properties =
                    if offset == 0 { T::default() } else { of(page, 2 * usize::from(offset)) };
                if from < to {
                    spans.push((from, to, properties));
                }
            }
        }
        spans.sort_by_key(|(from, ..)| *from);
        Self { spans }
    }
}

/// The properties of all paragraphs.
pub(super) fn paragraphs(main: &[u8], table: &[u8]) -> Spans<Paragraph> {
    Spans::read(main, table, PARAGRAPH_ENTRY, |page, at| {
        // The length in words, or a zero and then the length.
        let (start, length) = match u8_at(page, at) {
            Some(0) => (at + 2, 2 * usize::from(u8_at(page, at + 1).unwrap_or(0))),
            Some(words) => (at + 1, (2 * usize::from(words)).saturating_sub(1)),
            None => return Paragraph::default(),
        };
        let all = page.get(start..(start + length).min(PAGE)).unwrap_or_default();
        let style = u16_at(all, 0).unwrap_or(0);
        let mut found = Paragraph { style, ..Paragraph::default() };
        apply_paragraph(all.get(2..).unwrap_or_default(), &mut found);
        found
    })
}

/// The properties of all runs.
pub(super) fn runs(main: &[u8], table: &[u8]) -> Spans<Run> {
    Spans::read(main, table, 1, |page, at| {
        let length = usize::from(u8_at(page, at).unwrap_or(0));
        let mut found = Run::default();
        apply_run(page.get(at + 1..at + 1 + length).unwrap_or_default(), &mut found);
        found
    })
}

/// Applies changes to a paragraph.
pub(super) fn apply_paragraph(changes: &[u8], to: &mut Paragraph) {
    each(changes, |code, operand| {
        let byte = u8_at(operand, 0).unwrap_or(0);
        match code {
            0x2416 => to.in_table = byte != 0,
            0x6649 => to.in_table |= u32_at(operand, 0).unwrap_or(0) > 0,
            0x2417 | 0x244C => to.ends_row = byte != 0,
            0x244B => to.inner_cell = byte != 0,
            0x260A => to.level = Some(byte),
            0x460B => to.list = u16_at(operand, 0),
            0x2640 => to.outline = Some(byte),
            0x2403 | 0x2461 => to.centred = Some(byte == 1),
            _ => {}
        }
    });
}

/// Applies changes to a run.
pub(super) fn apply_run(changes: &[u8], to: &mut Run) {
    each(changes, |code, operand| {
        let byte = u8_at(operand, 0).unwrap_or(0);
        // 128 and 129 are what the style says and its opposite.
        let toggled = |byte: u8| match byte {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        };
        match code {
            0x0835 => to.bold = toggled(byte),
            0x083C => to.hidden = toggled(byte),
            0x2A48 => to.raised = Some(byte == 1),
            0x0800 => to.deleted = byte != 0,
            0x4A43 => to.size = u16_at(operand, 0),
            _ => {}
        }
    });
}

/// Calls for each change with its code and operand; ends at the first that leads out of the list.
fn each(changes: &[u8], mut apply: impl FnMut(u16, &[u8])) {
    /// The two changes whose length is not in their first byte alone.
    const TABLE_SHAPE: u16 = 0xD608;
    const TABS: u16 = 0xC615;
    let mut rest = changes;
    while let Some(code) = u16_at(rest, 0) {
        let after = rest.get(2..).unwrap_or_default();
        let (skip, length) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ if code == TABLE_SHAPE => {
                (2, usize::from(u16_at(after, 0).unwrap_or(1)).saturating_sub(1))
            }
            // A length of 255 says that the length does not fit.
            _ if code == TABS && u8_at(after, 0) == Some(u8::MAX) => return,
            _ => (1, usize::from(u8_at(after, 0).unwrap_or(0))),
        };
        let Some(operand) = after.get(skip..skip + length) else { return };
        apply(code, operand);
        rest = after.get(skip + length..).unwrap_or_default();
    }
}
