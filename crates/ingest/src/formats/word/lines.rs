//! Paragraphs and tables to the lines that layout reads.

use undex_document::Warning;

use super::content::{Content, Item, Paragraph, Table};
use super::headings::Headings;
use super::notes::Notes;
use super::numbering::{Counters, Marker, Numbering};
use super::properties::{NoteNumbering, Numbered, Section};
use super::styles::{Style, Styles};
use super::text::{Span, TypedMarks, raised_text, spans};
use crate::layout::Line;
use crate::normal_form::{MARK_END, MARK_START, clean_with_marks};
use crate::pattern::pattern;

mod tables;

pattern! {
    /// The page in a line of a table of contents, paragraphs before it or not: `4`, `1–5 4`.
    PAGE_COLUMN,
    r"^[\s.]*(?:\d{1,4}\s?[–-]\s?)?(?:\d{1,4}\s+)?(?:\d{1,4}|[ivxlc]{1,6})$"
}

/// What a document needs besides its text to be written out as lines.
#[derive(Debug, Default)]
pub(super) struct Sources {
    pub styles: Styles,
    pub numbering: Numbering,
    pub footnotes: std::collections::HashMap<String, Vec<Item>>,
    pub endnotes: std::collections::HashMap<String, Vec<Item>>,
    /// How the document numbers its footnotes and endnotes.
    pub settings: (NoteNumbering, NoteNumbering),
}

/// The sections of a document in their order.
pub(super) fn sections(content: &Content) -> Vec<&Section> {
    let inner = content.items.iter().filter_map(|item| match item {
        Item::Paragraph(paragraph) => paragraph.properties.section.as_ref(),
        Item::Table(_) => None,
    });
    inner.chain(&content.section).collect()
}

/// The lines of a document. Text is tidied; notes stand behind the lines that carry their marks.
pub(super) fn lines(content: &Content, sources: Sources, warnings: &mut Vec<Warning>) -> Vec<Line> {
    let sections = sections(content);
    let footnote_numbers = sections.iter().map(|section| section.footnotes.clone()).collect();
    let endnote_numbers = sections.iter().map(|section| section.endnotes.clone()).collect();
    let (footnotes, endnotes) = sources.settings;
    let styles = &sources.styles;
    let mut writer = Writer {
        styles,
        counters: Counters::new(&sources.numbering),
        headings: Headings::of(&content.items, styles),
        typed: TypedMarks::find(&content.items, styles),
        footnotes: Notes::new(sources.footnotes, footnotes, footnote_numbers, "decimal"),
        endnotes: Notes::new(sources.endnotes, endnotes, endnote_numbers, "lowerRoman"),
        notes: true,
        masthead: true,
        lost: 0,
    };
    let mut entries = Vec::new();
    writer.items(&content.items, &mut entries);
    if writer.lost > 0 {
        warnings.push(Warning {
            code: "note-text-lost".to_owned(),
            message: format!("{} notes have no text in the file", writer.lost),
        });
    }
    entries.into_iter().map(tidied).filter(|line| !line.text.is_empty()).collect()
}

/// The paragraphs of a header, a line for each place where it breaks.
pub(super) fn header(content: &Content, styles: &Styles) -> Vec<String> {
    let numbering = Numbering::default();
    let mut writer = Writer::bare(styles, &numbering);
    let mut entries = Vec::new();
    writer.items(&content.items, &mut entries);
    entries.iter().flat_map(|entry| tables::parts(&entry.line.text)).collect()
}

/// A line on its way, its text with tabs and breaks.
#[derive(Clone, Debug)]
struct Entry {
    line: Line,
    kind: Kind,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A paragraph.
    Text,
    /// A note, which belongs to the line before it.
    Note,
    /// A row of a table.
    Row,
}

struct Writer<'a> {
    styles: &'a Styles,
    counters: Counters<'a>,
    headings: Headings,
    typed: TypedMarks,
    footnotes: Notes,
    endnotes: Notes,
    /// Whether marks of notes are followed; not inside notes themselves.
    notes: bool,
    /// Whether no sentence has come yet, so that a table may be the masthead.
    masthead: bool,
    /// Notes without text.
    lost: usize,
}

impl<'a> Writer<'a> {
    /// A writer that follows neither numbers nor notes.
    fn bare(styles: &'a Styles, numbering: &'a Numbering) -> Self {
        Self {
            styles,
            counters: Counters::new(numbering),
            headings: Headings::default(),
            typed: TypedMarks::default(),
            footnotes: Notes::default(),
            endnotes: Notes::default(),
            notes: false,
            masthead: true,
            lost: 0,
        }
    }

    fn items(&mut self, items: &[Item], out: &mut Vec<Entry>) {
        for item in items {
            match item {
                Item::Paragraph(paragraph) => self.paragraph(paragraph, out),
                Item::Table(table) => self.table(table, out),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, out: &mut Vec<Entry>) {
        let style = self.styles.of(paragraph.properties.style.as_deref());
        let marker = self.marker(paragraph, style);
        let mut notes = Vec::new();
        let (mut text, emphatic) = self.text(paragraph, style, &mut notes);
        if !text.trim().is_empty() {
            let mut line = Line { whole: true, exact: true, bold: emphatic, ..Line::default() };
            match marker {
                Some(Marker::Bullet) => line.bullet = true,
                Some(Marker::Number(number)) => {
                    let rest = text.trim_start();
                    // `Article 1` and `. Maps`: the author has typed what ends the number.
                    let space = if rest.starts_with(['.', ',', ':', ')']) { "" } else { " " };
                    text = format!("{number}{space}{rest}");
                }
                None => {}
            }
            line.heading = self.headings.level(paragraph, style, self.styles, &text);
            line.row = paragraph.contents && PAGE_COLUMN.is_match(last_column(&text));
            if line.row {
                line.heading = None;
            }
            line.text = text;
            self.masthead &=
                !line.is_terminated() || crate::identity::classify(&line.text).is_some();
            out.push(Entry { line, kind: Kind::Text });
        }
        out.append(&mut notes);
        self.items(&paragraph.boxes, out);
        if paragraph.properties.section.is_some() {
            self.footnotes.end_section();
            self.endnotes.end_section();
        }
    }

    /// What automatic numbering puts before a paragraph.
    fn marker(&mut self, paragraph: &Paragraph, style: &Style) -> Option<Marker> {
        let own = paragraph.properties.numbered.as_ref();
        let styled = style.paragraph.numbered.as_ref();
        let numbered = Numbered {
            list: own.and_then(|n| n.list.clone()).or_else(|| styled.and_then(|n| n.list.clone())),
            level: own.and_then(|n| n.level),
        };
        let by_style = own.is_none_or(|own| own.list.is_none());
        let stating = by_style.then_some(style.paragraph.style.as_deref()).flatten();
        // A level that the style's list gives to the style goes before the one the style states.
        let level = numbered.level.or_else(|| {
            let linked = self.counters.level_of(numbered.list.as_deref()?, stating?);
            linked.or_else(|| styled.and_then(|n| n.level))
        });
        self.counters.next(&Numbered { level, ..numbered })
    }

    /// The text of a paragraph with the marks of its notes, and whether all of it stands out.
    fn text(
        &mut self,
        paragraph: &Paragraph,
        style: &Style,
        notes: &mut Vec<Entry>,
    ) -> (String, bool) {
        let mut text = String::new();
        let (mut bold, mut underlined) = (true, true);
        for span in spans(paragraph, style, self.styles) {
            match span {
                Span::Text { text: own, raised, bold: b, underlined: u } => {
                    if own.contains(char::is_alphanumeric) {
                        bold &= b || raised;
                        underlined &= u || raised;
                    }
                    if raised && self.notes {
                        let shown = raised_text(&own, &text, &self.typed);
                        text.push_str(&shown);
                    } else {
                        text.push_str(&own);
                    }
                }
                Span::Page => self.footnotes.end_page(),
                Span::Note { endnote, id, custom } => {
                    if let Some((mark, note)) = self.note(endnote, id, custom) {
                        text.push(MARK_START);
                        text.push_str(&mark);
                        text.push(MARK_END);
                        notes.push(note);
                    }
                }
            }
        }
        let direct = paragraph.properties.centred;
        let centred = direct.or(style.paragraph.centred).unwrap_or(false);
        (text, bold || underlined || centred)
    }

    /// The mark of a note and the note as a line.
    fn note(&mut self, endnote: bool, id: &str, custom: Option<&str>) -> Option<(String, Entry)> {
        if !self.notes {
            return None;
        }
        let notes = if endnote { &mut self.endnotes } else { &mut self.footnotes };
        let Some((mark, items)) = notes.take(id, custom) else {
            self.lost += 1;
            return None;
        };
        // A note inside a note would be one that Word cannot print.
        let mut entries = Vec::new();
        self.notes = false;
        let masthead = std::mem::replace(&mut self.masthead, false);
        self.items(&items, &mut entries);
        (self.notes, self.masthead) = (true, masthead);
        let texts: Vec<String> =
            entries.iter().map(|entry| clean_with_marks(&entry.line.text)).collect();
        let text = texts.join(" ");
        let text = text.strip_prefix(&mark).filter(|_| custom.is_some()).unwrap_or(&text);
        let text = text.trim();
        if text.is_empty() {
            self.lost += 1;
            return None;
        }
        let line = Line {
            text: format!("{MARK_START}{mark}{MARK_END} {text}"),
            whole: true,
            exact: true,
            ..Line::default()
        };
        Some((mark, Entry { line, kind: Kind::Note }))
    }

    fn table(&mut self, table: &Table, out: &mut Vec<Entry>) {
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let mut cells = Vec::with_capacity(row.len());
            for cell in row {
                let mut entries = Vec::new();
                self.items(&cell.items, &mut entries);
                cells.push(entries);
            }
            rows.push(cells);
        }
        tables::write(rows, self.masthead, out);
    }
}

/// What stands behind the last tab.
fn last_column(text: &str) -> &str {
    text.trim().rsplit('\t').next().unwrap_or_default()
}

/// A line with its white space in order. The tab before a page number stays: it tells a table of
/// contents that was typed by hand.
fn tidied(entry: Entry) -> Line {
    let line = entry.line;
    if entry.kind != Kind::Text {
        return line;
    }
    let text = match line.text.trim().rsplit_once('\t') {
        Some((title, page))
            if PAGE_COLUMN.is_match(page)
                && page.contains(|c: char| c.is_ascii_digit())
                && title.contains(char::is_alphabetic) =>
        {
            format!("{}\t{}", clean_with_marks(title), clean_with_marks(page))
        }
        _ => clean_with_marks(&line.text),
    };
    Line { text, ..line }
}
