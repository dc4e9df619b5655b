//! Rows to paragraphs: where space, indents, labels and ends of lines show that one begins.

use std::collections::BTreeSet;

use super::measure::Measure;
use super::rows::Row;
use crate::identity::{MastheadLine, classify, resolution_heading};
use crate::layout::{
    Line, ends_in_comma, ends_in_url, goes_on_inside, is_lone_label, is_numeral, terminated,
};
use crate::normal_form::LINE_HYPHEN;
use crate::structure::words::{is_named_sentence, is_opening};
use crate::structure::{BULLETS, Label, LabelKind};

/// More than this many times the usual distance stands between paragraphs.
const APART: f32 = 1.22;

/// Type of one paragraph differs by less than this share.
const SAME_SIZE: f32 = 0.06;

/// An indent, in shares of the type size.
const INDENT: f32 = 0.8;

/// A line that ends this far from the margin, in shares of the text's width, ends for a reason
/// other than want of room.
const SHORT: f32 = 0.14;

/// A row that ends within this share of the text's width from the margin is full.
const FULL: f32 = 0.04;

/// The width of a letter, in shares of the type size, for the room a word would have needed.
const LETTER: f32 = 0.5;

/// The width of a space in counts of which indents are given further on, in points.
const INDENT_STEP: f32 = 4.5;

/// Lines of one title in the masthead are closer than this, in shares of their size.
const HEAD_PITCH: f32 = 1.6;

/// Type larger than the text by this factor is a heading's.
const LARGE: f32 = 1.1;

/// The longest heading, in characters; titles of agenda items reach 350.
const HEADING_CHARS: usize = 360;

/// Paragraphs of several rows that show whether paragraphs of a document begin with an indent.
const SHOWN: usize = 4;

/// A row of running text.
#[derive(Clone, Debug, Default)]
pub(super) struct TextRow {
    pub page: u32,
    /// The column of its page it stands in.
    pub column: usize,
    /// Left and right margin of that column.
    pub margins: (f32, f32),
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    /// Whether all of it is bold or slanted.
    pub styled: bool,
    /// Whether a rule runs under all of it.
    pub underlined: bool,
    /// Whether a label set apart from its text begins it, and where that text begins.
    pub label: Option<f32>,
    /// Whether a raised letter begins it, as notes under tables have.
    pub noted: bool,
    /// Whether it stands in the masthead, whose lines stand by themselves.
    pub head: bool,
    /// Whether it stands at the side of the masthead.
    pub aside: bool,
}

impl TextRow {
    /// A row whose segments belong together.
    pub(super) fn of(row: &Row, page: u32, margins: (f32, f32)) -> Self {
        let first = row.segments.first();
        let label = first
            .filter(|s| row.segments.len() > 1 && is_lone_label(&s.text))
            .and_then(|_| row.segments.get(1))
            .map(|second| second.x0);
        Self {
            page,
            margins,
            x0: row.x0(),
            x1: row.x1(),
            y: row.y,
            size: row.size,
            text: row.text(),
            bold: row.segments.iter().all(|s| s.bold),
            italic: row.segments.iter().all(|s| s.italic),
            noted: row.segments.first().is_some_and(|s| s.raised),
            styled: row.segments.iter().all(|s| s.styled),
            label,
            ..Self::default()
        }
    }

    fn begins_with_label(&self) -> bool {
        Label::at_start(&self.text).is_some() || is_lone_label(&self.text)
    }

    fn is_short(&self) -> bool {
        let (left, right) = self.margins;
        right - self.x1 > SHORT * (right - left)
    }

    /// Whether it reaches the margin, as rows inside a paragraph do.
    fn is_full(&self) -> bool {
        let (left, right) = self.margins;
        right - self.x1 < FULL * (right - left)
    }

    fn is_bulleted(&self) -> bool {
        self.text.starts_with(|c| BULLETS.contains(&c) || matches!(c, '·' | '–' | '—'))
    }
}

/// What stands on the pages, in reading order.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Text(TextRow),
    /// A row of a table, its cells parted by tabs.
    TableRow {
        page: u32,
        text: String,
    },
}

/// A paragraph in the making.
#[derive(Clone, Debug)]
struct Paragraph {
    rows: Vec<TextRow>,
    text: String,
}

impl Paragraph {
    fn new(row: TextRow) -> Self {
        Self { text: row.text.clone(), rows: vec![row] }
    }

    fn push(&mut self, row: TextRow) {
        join_text(&mut self.text, &row.text);
        self.rows.push(row);
    }

    fn first(&self) -> Option<&TextRow> {
        self.rows.first()
    }

    fn last(&self) -> Option<&TextRow> {
        self.rows.last()
    }

    /// The left edge of its rows after the first, counted from their margin.
    fn hang(&self) -> Option<f32> {
        self.rows.get(1..)?.iter().map(|row| row.x0 - row.margins.0).reduce(f32::min)
    }
}

/// How a heading looks: larger comes before smaller, bold before slanted and underlined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    /// Its size in half points, negated.
    size: i32,
    light: bool,
}

/// Joins rows to paragraphs, as lines that are whole.
pub(super) fn paragraphs(items: Vec<Item>, measure: &Measure) -> Vec<Line> {
    let indented = begins_indented(&items, measure);
    let mut flow = Flow {
        measure,
        indented,
        out: Vec::new(),
        looks: Vec::new(),
        open: None,
        asides: Vec::new(),
    };
    for item in items {
        match item {
            Item::TableRow { page, text } => {
                flow.close();
                let page = page_index(page);
                flow.push(Line { text, row: true, whole: true, page, ..Line::default() }, None);
            }
            Item::Text(row) => flow.row(row),
        }
    }
    flow.finish()
}

pub(super) fn page_index(page: u32) -> usize {
    usize::try_from(page.saturating_sub(1)).unwrap_or(usize::MAX)
}

struct Flow<'m> {
    measure: &'m Measure,
    /// Whether paragraphs begin with an indent, so that a row at the margin begins none.
    indented: bool,
    out: Vec<Line>,
    /// For each line, how it looks if it is a heading.
    looks: Vec<Option<Look>>,
    open: Option<Paragraph>,
    /// What stands at the side of the masthead, beside the paragraph that is open.
    asides: Vec<Paragraph>,
}

impl Flow<'_> {
    fn row(&mut self, row: TextRow) {
        if row.aside {
            return self.beside(row);
        }
        let begins = self.open.as_ref().is_none_or(|open| self.begins(open, &row));
        if begins {
            self.close();
            self.open = Some(Paragraph::new(row));
        } else if let Some(open) = &mut self.open {
            open.push(row);
        }
    }

    /// Lines at the side of the masthead: `Distr.` goes with the word below it, others alone.
    fn beside(&mut self, row: TextRow) {
        match self.asides.last_mut() {
            Some(aside) if is_label_of_masthead(&aside.text) => aside.push(row),
            _ => self.asides.push(Paragraph::new(row)),
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.emit(&open);
        }
        // A label waits for the line below it.
        let waiting = self.asides.pop_if(|aside| is_label_of_masthead(&aside.text));
        for aside in std::mem::take(&mut self.asides) {
            self.emit(&aside);
        }
        self.asides.extend(waiting);
    }

    fn emit(&mut self, paragraph: &Paragraph) {
        let Some(first) = paragraph.first() else { return };
        let all = |test: fn(&TextRow) -> bool| paragraph.rows.iter().all(test);
        let indent = ((first.x0 - first.margins.0) / INDENT_STEP).round().max(0.0) as usize;
        let bold = all(|row| row.bold);
        let line = Line {
            text: paragraph.text.clone(),
            indent,
            gap: 1,
            bold,
            heading: None,
            // A number in bold tells of what the text below it is.
            row: !bold && is_scale(&paragraph.text),
            whole: true,
            page: page_index(first.page),
            ..Line::default()
        };
        let look = self.look(paragraph);
        self.push(line, look);
    }

    fn push(&mut self, line: Line, look: Option<Look>) {
        self.out.push(line);
        self.looks.push(look);
    }

    /// How a paragraph looks that is set off from the text and is no sentence, or a named one in bold.
    fn look(&self, paragraph: &Paragraph) -> Option<Look> {
        let first = paragraph.first().filter(|row| !row.aside)?;
        let text = paragraph.text.as_str();
        let all = |test: fn(&TextRow) -> bool| paragraph.rows.iter().all(test);
        let bold = all(|row| row.bold);
        let large = first.size > LARGE * self.measure.size;
        let light = all(|row| row.styled) || all(|row| row.underlined);
        let begins = text.trim_start_matches(['¿', '“', '«', '"']);
        let point = matches!(Label::at_start(text).map(|l| l.kind), Some(LabelKind::Point(_)));
        let titled =
            begins.starts_with(char::is_uppercase) || Label::at_start(text).is_some() && !point;
        // `Action 6. We will invest in people.` heads what is numbered.
        let sentence = bold && is_named_sentence(text);
        let open = !terminated(text) && !text.ends_with(',') || sentence;
        let set_off = bold || large || light;
        (set_off && titled && open && text.chars().count() <= HEADING_CHARS)
            .then_some(Look { size: -((first.size * 2.0).round() as i32), light: !bold })
    }

    /// Headings get their levels by the looks of the document.
    fn finish(mut self) -> Vec<Line> {
        self.close();
        for at in 0..self.looks.len() {
            let numbered = self.out.get(at + 1).and_then(|next| Label::at_start(&next.text));
            let numbered = numbered.is_some_and(|label| matches!(label.kind, LabelKind::Number(_)));
            let sentence = self.out.get(at).is_some_and(|line| terminated(&line.text));
            if let Some(look) = self.looks.get_mut(at).filter(|_| sentence && !numbered) {
                *look = None;
            }
        }
        let looks: BTreeSet<Look> = self.looks.iter().flatten().copied().collect();
        for (line, look) in self.out.iter_mut().zip(&self.looks) {
            let level = look.and_then(|look| looks.iter().position(|other| *other == look));
            line.heading = level.map(|level| u8::try_from(level + 1).unwrap_or(u8::MAX));
        }
        self.out
    }

    /// Whether a row begins a paragraph after the open one.
    fn begins(&self, open: &Paragraph, row: &TextRow) -> bool {
        let (Some(first), Some(last)) = (open.first(), open.last()) else { return true };
        if row.head || last.head {
            // A title may name an organ or a session in any of its lines.
            let titled = row.bold && last.bold && same_size(last, row) && row.page == last.page;
            let close = row.y - last.y <= HEAD_PITCH * row.size.max(last.size);
            if titled && close && resolution_heading(&open.text).is_some() {
                return false;
            }
            return begins_in_head(last, row);
        }
        if row.noted || row.is_bulleted() || is_numeral(&row.text) || is_numeral(&open.text) {
            return true;
        }
        // Set without space between paragraphs, only its words tell that the opening line ends.
        if is_opening(&open.text) {
            return true;
        }
        if !same_size(last, row) {
            return true;
        }
        if row.page != last.page || row.column != last.column {
            return self.begins_on_page(open, first, last, row);
        }
        let distance = row.y - last.y;
        if distance > APART * self.measure.pitch_of(last.size.max(row.size)) {
            return true;
        }
        let inset = |edge: f32| row.x0 - edge > INDENT * row.size;
        if row.begins_with_label() {
            // A number at the start of a row may be the end of a sentence.
            let shifted = open
                .hang()
                .is_some_and(|hang| (row.x0 - row.margins.0 - hang).abs() > INDENT * row.size);
            // Nor does a heading run on into a number in lighter type.
            let ended = terminated(&last.text) && (last.is_short() || had_room(last, row));
            let headed = last.bold && !row.bold && last.is_short();
            let begins = shifted || ended || headed;
            return row.label.is_some() || begins && !goes_on(open, row);
        }
        // Titles go on behind a colon.
        let title = last.bold && row.bold && last.text.ends_with(':');
        let ended = (terminated(&last.text) || last.text.ends_with(',')) && !title;
        if ended && had_room(last, row) && !row.text.starts_with(char::is_lowercase) {
            return true;
        }
        if let Some(hang) = open.hang().filter(|_| ended) {
            return inset(row.margins.0 + hang);
        }
        // Two headings, or a heading and text, without space between them.
        (row.bold != last.bold || row.italic != last.italic && !last.text.ends_with(','))
            && last.is_short()
            && had_room(last, row)
    }

    /// Whether a row at the top of a page or column begins a paragraph.
    fn begins_on_page(
        &self,
        open: &Paragraph,
        first: &TextRow,
        last: &TextRow,
        row: &TextRow,
    ) -> bool {
        let lower = row.text.starts_with(char::is_lowercase);
        let ended = terminated(&last.text);
        if row.begins_with_label() && (row.label.is_some() || ended) {
            return row.label.is_some() || !goes_on(open, row);
        }
        let heading = |row: &TextRow| row.bold && !row.is_full();
        // Set otherwise, it heads what follows, however the page before ends.
        let heads = row.bold && !last.bold && (ended || !row.is_full());
        let parted = heading(row) != heading(last) && (ended || heading(last));
        if !lower && (heads || parted) {
            return true;
        }
        // A sentence that fills its line goes on, whatever it goes on with.
        let full = last.is_full() && !had_room(last, row);
        let open_end = !ended && !ends_in_comma(&last.text) && !row.begins_with_label();
        if open_end && full && !last.bold && !row.bold && same_size(last, row) {
            return false;
        }
        let inset = row.x0 - row.margins.0;
        let tolerance = INDENT * row.size;
        if let Some(hang) = open.hang() {
            if (inset - hang).abs() < tolerance {
                return ended && !lower && (!self.indented || had_room(last, row));
            }
            return !lower || ended;
        }
        // One row, whose paragraph's margin is not known.
        let own = first.x0 - first.margins.0;
        let deeper = inset > own - tolerance && own > tolerance;
        if had_room(last, row) && !lower {
            return true;
        }
        if deeper && first.label.is_none() {
            return !lower || ended;
        }
        ended && !lower && !self.indented
    }
}

/// Whether a row begins with a point of a list inside the open paragraph.
fn goes_on(open: &Paragraph, row: &TextRow) -> bool {
    let Some(LabelKind::Point(letters)) = Label::at_start(&row.text).map(|label| label.kind) else {
        return false;
    };
    let own = Label::at_start(&open.text).map(|label| label.printed);
    goes_on_inside(own.as_deref(), &open.text, &letters)
}

/// Whether a paragraph is nothing but numbers, as the scale of a chart is; it goes with the tables.
fn is_scale(text: &str) -> bool {
    let number = |c: char| {
        c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '%' | '–' | '-' | '/' | '(' | ')')
    };
    text.chars().all(number) && text.chars().any(|c| c.is_ascii_digit()) && !is_lone_label(text)
}

/// Lines of the masthead stand by themselves; titles over several lines are in one style.
pub(super) fn begins_in_head(last: &TextRow, row: &TextRow) -> bool {
    if last.head != row.head || last.page != row.page {
        return true;
    }
    let lower = row.text.starts_with(char::is_lowercase);
    let close = row.y - last.y <= HEAD_PITCH * row.size.max(last.size);
    // A title over several lines may name an organ or a session at the start of one.
    let titled = row.bold && last.bold && close && same_size(last, row);
    if is_numeral(&last.text) || is_numeral(&row.text) {
        return true;
    }
    match (classify(&last.text), classify(&row.text)) {
        (None, Some(MastheadLine::Furniture)) if titled => false,
        (None, Some(MastheadLine::Session)) if titled && lower => false,
        (_, Some(_)) => true,
        // `Resolución aprobada por la Asamblea` and `General` where the measure is narrow.
        (Some(MastheadLine::Adoption), None) => !lower && !titled,
        (Some(_), None) => true,
        (None, None) => row.bold != last.bold || !same_size(last, row) || !close,
    }
}

/// Whether a line of the masthead is a label for the one below it.
fn is_label_of_masthead(text: &str) -> bool {
    let folded = crate::structure::words::fold(text);
    folded == "distr" || folded == "original"
}

/// Whether two rows are in type of one size.
fn same_size(a: &TextRow, b: &TextRow) -> bool {
    (a.size - b.size).abs() <= SAME_SIZE * a.size.max(b.size)
}

/// Whether the first word of a row would have fitted on the row before.
fn had_room(last: &TextRow, row: &TextRow) -> bool {
    let word = row.text.split(' ').next().unwrap_or_default();
    let width = (word.chars().count() + 2) as f32 * LETTER * row.size;
    last.margins.1 - last.x1 > width
}

/// Whether most paragraphs over several rows begin with an indent or a label.
fn begins_indented(items: &[Item], measure: &Measure) -> bool {
    let (mut set_in, mut at_margin) = (0usize, 0usize);
    for trio in items.windows(3) {
        let [Item::Text(before), Item::Text(first), Item::Text(second)] = trio else { continue };
        let apart = |a: &TextRow, b: &TextRow| {
            a.page != b.page || b.y - a.y > APART * measure.pitch_of(a.size.max(b.size))
        };
        let prose = !first.head && !first.bold && !first.is_short() && first.page == second.page;
        if prose && before.page == first.page && apart(before, first) && !apart(first, second) {
            let labelled = first.begins_with_label();
            if labelled || first.x0 - second.x0 > INDENT * first.size {
                set_in += 1;
            } else if !labelled && (first.x0 - second.x0).abs() < INDENT * first.size {
                at_margin += 1;
            }
        }
    }
    set_in >= SHOWN && set_in > 2 * at_margin
}

/// Appends a row's text. A hyphen at the end of a row may be the row's or the word's: which, is
/// decided when the words of the document are known.
pub(super) fn join_text(text: &mut String, more: &str) {
    if text.is_empty() {
        text.push_str(more);
        return;
    }
    let soft = text.ends_with('\u{AD}');
    let before_hyphen = text.strip_suffix(['-', '\u{2010}']).unwrap_or_default();
    let compound =
        before_hyphen.ends_with(char::is_alphanumeric) && more.starts_with(char::is_alphanumeric);
    let word = before_hyphen.ends_with(char::is_alphabetic) && more.starts_with(char::is_lowercase);
    if word && !ends_in_url(text) {
        text.push(LINE_HYPHEN);
    } else if !(soft || compound || ends_in_url(text) || ends_in_symbol(text, more)) {
        text.push(' ');
    }
    text.push_str(more);
}

/// Whether a symbol or a range of years goes on in the next row: `A/RES/` and `78/1`, `2024–` and `2025`.
fn ends_in_symbol(text: &str, more: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or_default();
    let digit = more.starts_with(|c: char| c.is_ascii_digit());
    if let Some(rest) = word.strip_suffix('/') {
        return rest.contains('/') || rest.bytes().all(|b| b.is_ascii_digit()) && digit;
    }
    let range = word.strip_suffix(['–', '-', '\u{2011}']);
    range.is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit())) && digit
}
