//! The text of a `.doc` as the paragraphs and tables that a `.docx` would state.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::super::content::{Cell, Fields, Item, Paragraph, Piece, Run, Table};
use super::super::properties::{Numbered, ParagraphProperties, RunProperties};
use super::bytes::{Plc, u16_at};
use super::formatting::{self, Spans};
use super::pieces::Text;
use super::styles::{Style, Styles};

/// Characters that are no text (MS-DOC 2.4.1, 2.9.262 and after).
const NOTE: u16 = 0x02;
const CELL: u16 = 0x07;
const TAB: u16 = 0x09;
const LINE: u16 = 0x0B;
const PAGE: u16 = 0x0C;
const PARAGRAPH: u16 = 0x0D;
const COLUMN: u16 = 0x0E;
const FIELD_BEGIN: u16 = 0x13;
const FIELD_SEPARATOR: u16 = 0x14;
const FIELD_END: u16 = 0x15;
const HYPHEN: u16 = 0x1E;

/// Everything the text is read with.
pub(super) struct Source<'a> {
    pub text: &'a Text,
    pub styles: &'a Styles,
    pub paragraphs: &'a Spans<formatting::Paragraph>,
    pub runs: &'a Spans<formatting::Run>,
    /// Marks of notes by their place in the text.
    pub notes: &'a HashMap<usize, NoteMark>,
}

/// The mark of a note.
#[derive(Clone, Debug)]
pub(super) struct NoteMark {
    pub endnote: bool,
    pub id: String,
    pub numbered: bool,
}

/// The marks of notes of one kind.
pub(super) fn marks(table: &[u8], endnote: bool, into: &mut HashMap<usize, NoteMark>) {
    let plc = Plc::new(table, 2);
    for at in 0..plc.len() {
        if let (Some(place), Some(datum)) = (plc.position(at), plc.datum(at)) {
            let numbered = u16_at(datum, 0).unwrap_or(0) != 0;
            into.insert(place, NoteMark { endnote, id: at.to_string(), numbered });
        }
    }
}

/// The texts of the notes of one kind by their number; `range` is where they stand together.
pub(super) fn notes(
    source: &Source<'_>,
    table: &[u8],
    range: &Range<usize>,
) -> HashMap<String, Vec<Item>> {
    let plc = Plc::new(table, 0);
    let mut found = HashMap::new();
    let mut last = range.start;
    for at in 0..plc.len() {
        let (Some(start), Some(end)) = (plc.position(at), plc.position(at + 1)) else { break };
        let start = range.start.saturating_add(start);
        let end = range.start.saturating_add(end).min(range.end);
        // Notes stand one after the other: what goes back would be read again and again.
        if start < last || end <= start {
            continue;
        }
        last = end;
        found.insert(at.to_string(), items(source, start..end));
    }
    found
}

/// The paragraphs and tables of a stretch of the text.
pub(super) fn items(source: &Source<'_>, range: Range<usize>) -> Vec<Item> {
    let mut story = Story {
        source,
        fields: Fields::default(),
        open: Paragraph::default(),
        empty: true,
        cell: Vec::new(),
        row: Vec::new(),
        table: Table::default(),
        out: Vec::new(),
    };
    story.read(range);
    story.out
}

struct Story<'a> {
    source: &'a Source<'a>,
    fields: Fields,
    open: Paragraph,
    /// Whether nothing has come since the last mark.
    empty: bool,
    cell: Vec<Item>,
    row: Vec<Cell>,
    table: Table,
    out: Vec<Item>,
}

/// What holds from one character to the next change.
struct Stretch {
    end: usize,
    properties: Rc<RunProperties>,
    deleted: bool,
}

impl Story<'_> {
    fn read(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let end = range.end.min(self.source.text.units.len());
        let mut style: Option<(usize, Style)> = None;
        while at < end {
            // The style of the paragraph is that of the mark that ends it.
            let (paragraph_end, own) = match style {
                Some((until, own)) if at < until => (until, own),
                _ => {
                    let found = self.style_from(at, end);
                    style = Some(found);
                    found
                }
            };
            let stretch = self.stretch(at, &own);
            let until = stretch.end.min(end).min(paragraph_end).max(at + 1);
            self.stretch_of_text(at..until, &stretch);
            at = until;
        }
        self.end_paragraph(end.saturating_sub(1), false);
        self.end_table();
    }

    /// The end of the paragraph that holds a character, and its style.
    fn style_from(&self, at: usize, end: usize) -> (usize, Style) {
        let units = self.source.text.units.get(at..end).unwrap_or_default();
        let length = units.iter().position(|unit| matches!(*unit, PARAGRAPH | CELL | PAGE));
        let mark = length.map_or(end.saturating_sub(1), |length| at + length);
        let place = self.source.text.place(mark).unwrap_or(usize::MAX);
        let style = self.source.styles.of(self.source.paragraphs.at(place).0.style);
        (mark + 1, style)
    }

    fn stretch(&self, at: usize, style: &Style) -> Stretch {
        let (piece_end, width) = self.source.text.piece_end(at);
        let place = self.source.text.place(at).unwrap_or(usize::MAX);
        let (run, changes) = self.source.runs.at(place);
        let characters = changes.saturating_sub(place).div_ceil(width.max(1));
        let properties = RunProperties {
            bold: run.bold.or(style.run.bold),
            hidden: run.hidden.or(style.run.hidden),
            raised: run.raised,
            size: run.size.or(style.run.size).map(u32::from),
            ..RunProperties::default()
        };
        Stretch {
            end: piece_end.min(at.saturating_add(characters)),
            properties: Rc::new(properties),
            deleted: run.deleted,
        }
    }

    fn stretch_of_text(&mut self, range: Range<usize>, stretch: &Stretch) {
        let mut text: Vec<u16> = Vec::new();
        let units = self.source.text.units.get(range.clone()).unwrap_or_default();
        let mut custom = false;
        for (offset, unit) in units.iter().enumerate() {
            let at = range.start + offset;
            let note = self.source.notes.get(&at);
            if let Some(note) = note.filter(|_| !stretch.deleted) {
                self.push(&mut text, stretch);
                custom = !note.numbered;
                let mark = custom.then(|| character(*unit));
                let piece =
                    Piece::Note { endnote: note.endnote, id: note.id.clone(), custom: mark };
                self.open.runs.push(Run { properties: Rc::clone(&stretch.properties), piece });
                continue;
            }
            match *unit {
                // More characters of a mark that the author has typed.
                unit if custom && unit == u16::from(b'*') => {
                    if let Some(Run { piece: Piece::Note { custom: Some(mark), .. }, .. }) =
                        self.open.runs.last_mut()
                    {
                        mark.push('*');
                    }
                    continue;
                }
                PARAGRAPH | CELL | PAGE => {
                    self.push(&mut text, stretch);
                    // A deleted end of a paragraph joins it with the next.
                    if !(stretch.deleted && *unit == PARAGRAPH) {
                        self.end_paragraph(at, *unit == CELL);
                    }
                }
                FIELD_BEGIN | FIELD_SEPARATOR | FIELD_END => {
                    self.push(&mut text, stretch);
                    match *unit {
                        FIELD_BEGIN => self.fields.begin(),
                        FIELD_SEPARATOR => self.fields.separate(),
                        _ => self.fields.end(),
                    }
                }
                TAB => text.push(TAB),
                LINE | COLUMN => text.push(u16::from(b'\n')),
                HYPHEN => text.push(u16::from(b'-')),
                NOTE | 0..0x20 => {}
                0xE000..=0xF8FF => {}
                unit => text.push(unit),
            }
            custom = false;
        }
        self.push(&mut text, stretch);
    }

    fn push(&mut self, units: &mut Vec<u16>, stretch: &Stretch) {
        let units = std::mem::take(units);
        if units.is_empty() || stretch.deleted {
            return;
        }
        let text = String::from_utf16_lossy(&units);
        if !self.fields.is_shown() {
            self.fields.instruct(&text);
            return;
        }
        self.empty = false;
        self.open.contents |= self.fields.in_contents();
        let piece = Piece::Text(text);
        self.open.runs.push(Run { properties: Rc::clone(&stretch.properties), piece });
    }

    /// Ends the paragraph whose mark stands at a character.
    fn end_paragraph(&mut self, mark: usize, cell: bool) {
        let place = self.source.text.place(mark).unwrap_or(usize::MAX);
        let own = self.source.paragraphs.at(place).0;
        let mut paragraph = std::mem::take(&mut self.open);
        paragraph.properties = properties(&own, &self.source.styles.of(own.style));
        self.fields.end_paragraph();
        let empty = std::mem::replace(&mut self.empty, true) && paragraph.runs.is_empty();
        // Without properties, a mark directly behind that of a cell ends the row.
        let ends_row = own.ends_row || cell && !own.in_table && empty && self.cell.is_empty();
        if cell && ends_row {
            self.table.rows.push(std::mem::take(&mut self.row));
            return;
        }
        if own.ends_row {
            // The end of a row of a table inside a cell.
            return;
        }
        if !cell && !own.in_table {
            self.end_table();
        }
        let kept = !empty || paragraph.properties.numbered.is_some();
        if cell || own.in_table {
            if kept {
                self.cell.push(Item::Paragraph(Box::new(paragraph)));
            }
            if cell {
                self.row.push(Cell { items: std::mem::take(&mut self.cell) });
            }
        } else if kept {
            self.out.push(Item::Paragraph(Box::new(paragraph)));
        }
    }

    fn end_table(&mut self) {
        if !self.cell.is_empty() {
            self.row.push(Cell { items: std::mem::take(&mut self.cell) });
        }
        if !self.row.is_empty() {
            self.table.rows.push(std::mem::take(&mut self.row));
        }
        if !self.table.rows.is_empty() {
            self.out.push(Item::Table(std::mem::take(&mut self.table)));
        }
    }
}

fn character(unit: u16) -> String {
    if unit < 0x20 { String::new() } else { String::from_utf16_lossy(&[unit]) }
}

fn properties(own: &formatting::Paragraph, style: &Style) -> ParagraphProperties {
    let list = own.list.or(style.paragraph.list).filter(|list| *list > 0);
    let level = own.level.or(style.paragraph.level);
    ParagraphProperties {
        outline: own.outline.or(style.paragraph.outline),
        centred: own.centred.or(style.paragraph.centred),
        numbered: list.map(|list| Numbered {
            list: Some(list.to_string()),
            level: Some(level.map_or(0, usize::from)),
        }),
        ..ParagraphProperties::default()
    }
}
