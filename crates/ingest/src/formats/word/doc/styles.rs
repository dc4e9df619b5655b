//! Styles (MS-DOC 2.9.271), as far as they make headings and lists.

use super::bytes::{u8_at, u16_at};
use super::formatting::{self, Paragraph, Run};

/// Styles that one may be based on.
const MAX_BASES: usize = 16;

/// The number that says no style.
const NONE: u16 = 0x0FFF;

/// What a style says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    base: Option<u16>,
    pub paragraph: Paragraph,
    pub run: Run,
}

/// The styles of a document by their number.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles(Vec<Style>);

impl Styles {
    pub(super) fn read(table: &[u8]) -> Self {
        read(table).map(Self).unwrap_or_default()
    }

    /// A style with what it is based on.
    pub(super) fn of(&self, number: u16) -> Style {
        let style = |number: u16| self.0.get(usize::from(number)).copied();
        let mut found = style(number).unwrap_or_default();
        let mut base = found.base;
        for _ in 0..MAX_BASES {
            let Some(other) = base.and_then(style) else { break };
            let (own, outer) = (&mut found.paragraph, &other.paragraph);
            own.outline = own.outline.or(outer.outline);
            own.centred = own.centred.or(outer.centred);
            own.list = own.list.or(outer.list);
            own.level = own.level.or(outer.level);
            found.run.bold = found.run.bold.or(other.run.bold);
            found.run.hidden = found.run.hidden.or(other.run.hidden);
            found.run.size = found.run.size.or(other.run.size);
            base = other.base;
        }
        found
    }
}

fn read(table: &[u8]) -> Option<Vec<Style>> {
    let head = usize::from(u16_at(table, 0)?);
    let count = usize::from(u16_at(table, 2)?);
    let fixed = usize::from(u16_at(table, 4)?);
    let mut rest = table.get(2 + head..)?;
    let mut styles = Vec::new();
    for _ in 0..count {
        let Some(length) = u16_at(rest, 0).map(usize::from) else { break };
        let Some(bytes) = rest.get(2..2 + length) else { break };
        styles.push(style(bytes, fixed).unwrap_or_default());
        rest = rest.get(2 + length + length % 2..).unwrap_or_default();
    }
    Some(styles)
}

fn style(bytes: &[u8], fixed: usize) -> Option<Style> {
    /// Kinds of styles: of paragraphs, of characters.
    const PARAGRAPH: u16 = 1;
    const CHARACTER: u16 = 2;
    /// Built-in headings are numbered 1 to 9.
    const HEADINGS: std::ops::RangeInclusive<u16> = 1..=9;

    let built_in = u16_at(bytes, 0)? & NONE;
    let kind_and_base = u16_at(bytes, 2)?;
    let (kind, base) = (kind_and_base & 0xF, kind_and_base >> 4);
    let mut found = Style { base: (base != NONE).then_some(base), ..Style::default() };
    if kind == PARAGRAPH && HEADINGS.contains(&built_in) {
        found.paragraph.outline = u8::try_from(built_in - 1).ok();
    }
    let characters = usize::from(u16_at(bytes, fixed)?);
    // The name ends in a zero.
    let mut at = fixed + 2 + 2 * characters + 2;
    let mut next = || {
        at += at % 2;
        let length = usize::from(u16_at(bytes, at)?);
        let changes = bytes.get(at + 2..at + 2 + length)?;
        at += 2 + length;
        Some(changes)
    };
    match kind {
        PARAGRAPH => {
            let changes = next()?;
            formatting::apply_paragraph(changes.get(2..).unwrap_or_default(), &mut found.paragraph);
            if let Some(changes) = next() {
                formatting::apply_run(changes, &mut found.run);
            }
        }
        CHARACTER => formatting::apply_run(next()?, &mut found.run),
        _ => {}
    }
    // A level past the last says text.
    u8_at(bytes, 0).map(|_| found)
}
