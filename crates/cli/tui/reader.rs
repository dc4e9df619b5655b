//! A document on the screen, broken to the width of its pane, with one paragraph chosen: the one that is
//! cited and followed into other languages.

use ratatui::layout::Size;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use undex_document::{Paragraph, Pinpoint, Role};
use undex_ingest::export::lost_note;

use super::event::{Match, Opened};
use super::state::{At, Wanted};
use super::text::{Look, Marked};
use super::theme::Theme;
use crate::commands::text::labelled;
use crate::terminal::visible;

/// A document that is read.
#[derive(Debug)]
pub struct Reader {
    pub opened: Opened,
    /// What it was asked for by.
    wanted: Wanted,
    theme: Theme,
    size: Size,
    rows: Vec<Row>,
    /// The first row of each paragraph.
    starts: Vec<usize>,
    chosen: usize,
    top: usize,
    /// Whether the chosen paragraph is to be brought to where the eye rests.
    aimed: bool,
}

/// A line of the document and the paragraph it is of.
#[derive(Debug)]
struct Row {
    paragraph: usize,
    line: Line<'static>,
}

impl Reader {
    pub fn new(opened: Opened, wanted: Wanted, theme: Theme) -> Self {
        let at = wanted.at.clone();
        let mut reader = Self {
            opened,
            wanted,
            theme,
            size: Size::ZERO,
            rows: Vec::new(),
            starts: Vec::new(),
            chosen: 0,
            top: 0,
            aimed: true,
        };
        reader.go(&at);
        reader
    }

    /// Whether it is the document wanted, with the matches wanted.
    pub fn is_of(&self, wanted: &Wanted) -> bool {
        self.wanted.is_of(wanted)
    }

    /// Whether it is the document wanted, whatever matches in it.
    pub fn is_document(&self, wanted: &Wanted) -> bool {
        self.wanted.symbol == wanted.symbol && self.wanted.language == wanted.language
    }

    /// The chosen paragraph.
    pub fn paragraph(&self) -> Option<&Paragraph> {
        self.opened.paragraphs.get(self.chosen)
    }

    /// How to cite the chosen paragraph.
    pub fn cite(&self) -> Option<String> {
        let place = self.paragraph()?.pinpoint.in_language(self.opened.language);
        Some(format!("{}, {place}", self.opened.symbol))
    }

    /// How far down the end of the screen is, in hundredths.
    pub fn percent(&self) -> usize {
        let seen = (self.top + self.height()).min(self.rows.len());
        (seen * 100).checked_div(self.rows.len()).unwrap_or(100)
    }

    /// Which of the matches the chosen paragraph is, from 1, and how many there are.
    pub fn matches(&self) -> (Option<usize>, usize) {
        let matches = &self.opened.matches;
        let own = self.paragraph().map(|paragraph| paragraph.ordinal);
        let at = matches.iter().position(|one| Some(one.ordinal) == own);
        (at.map(|at| at + 1), matches.len())
    }

    /// The rows on the screen, and whether each is of the chosen paragraph.
    pub fn rows(&self) -> impl Iterator<Item = (&Line<'static>, bool)> {
        let rows = self.rows.iter().skip(self.top).take(self.height());
        rows.map(|row| (&row.line, row.paragraph == self.chosen && !row.line.spans.is_empty()))
    }

    /// Takes the size of its pane.
    pub fn fit(&mut self, size: Size) {
        if size.width != self.size.width {
            self.lay_out(usize::from(size.width));
            self.aimed = true;
        }
        self.size = size;
        if std::mem::take(&mut self.aimed) {
            self.aim();
        }
        self.top = self.top.min(self.last_top());
    }

    /// Goes to a place. Whether it is there, and not just near.
    pub fn go(&mut self, at: &At) -> bool {
        self.aimed = true;
        let (place, exact) = match at {
            At::Ordinal(ordinal) => self.of_ordinal(*ordinal),
            At::Place(place, ordinal) => match self.of_place(place) {
                Some(at) => (at, true),
                None => (self.of_ordinal(*ordinal).0, false),
            },
            At::First(ordinal) => self.of_match(self.opened.matches.first(), *ordinal),
            At::Last(ordinal) => self.of_match(self.opened.matches.last(), *ordinal),
        };
        self.chosen = place;
        exact
    }

    fn of_place(&self, place: &Pinpoint) -> Option<usize> {
        self.opened.paragraphs.iter().position(|paragraph| paragraph.pinpoint == *place)
    }

    fn of_match(&self, one: Option<&Match>, otherwise: u32) -> (usize, bool) {
        self.of_ordinal(one.map_or(otherwise, |one| one.ordinal))
    }

    fn of_ordinal(&self, ordinal: u32) -> (usize, bool) {
        let paragraphs = &self.opened.paragraphs;
        let at = paragraphs.partition_point(|paragraph| paragraph.ordinal < ordinal);
        let exact = paragraphs.get(at).is_some_and(|paragraph| paragraph.ordinal == ordinal);
        (at.min(paragraphs.len().saturating_sub(1)), exact)
    }

    /// Goes to the next paragraph that matches. False when there is none.
    pub fn next_match(&mut self) -> bool {
        let Some(own) = self.paragraph().map(|paragraph| paragraph.ordinal) else { return false };
        let next = self.opened.matches.iter().find(|one| one.ordinal > own).map(|one| one.ordinal);
        next.is_some_and(|ordinal| self.go(&At::Ordinal(ordinal)))
    }

    /// Goes to the one before.
    pub fn previous_match(&mut self) -> bool {
        let Some(own) = self.paragraph().map(|paragraph| paragraph.ordinal) else { return false };
        let mut before = self.opened.matches.iter().rev();
        let before = before.find(|one| one.ordinal < own).map(|one| one.ordinal);
        before.is_some_and(|ordinal| self.go(&At::Ordinal(ordinal)))
    }

    /// A line on in a paragraph that reaches beyond the screen, otherwise the next paragraph.
    pub fn down(&mut self) {
        let (_, end) = self.rows_of(self.chosen);
        if end > self.top + self.height() {
            self.top += 1;
        } else if self.chosen + 1 < self.opened.paragraphs.len() {
            self.chosen += 1;
            self.bring_into_view();
        }
    }

    /// A line back, or the paragraph before.
    pub fn up(&mut self) {
        let (start, _) = self.rows_of(self.chosen);
        if start < self.top {
            self.top -= 1;
        } else if self.chosen > 0 {
            self.chosen -= 1;
            let (start, end) = self.rows_of(self.chosen);
            // Of a paragraph longer than the screen the end comes first.
            self.top = self.top.min(start.max(end.saturating_sub(self.height())));
        } else {
            self.top = 0;
        }
    }

    /// A screen on, with the first paragraph that begins there.
    pub fn page_down(&mut self) {
        let top = self.top + self.step();
        if top > self.last_top() {
            self.end();
            return;
        }
        self.top = top;
        self.choose_seen();
    }

    /// A screen back.
    pub fn page_up(&mut self) {
        if self.top == 0 {
            self.home();
            return;
        }
        self.top = self.top.saturating_sub(self.step());
        self.choose_seen();
    }

    /// The first paragraph.
    pub fn home(&mut self) {
        (self.chosen, self.top) = (0, 0);
    }

    /// The last paragraph.
    pub fn end(&mut self) {
        self.chosen = self.opened.paragraphs.len().saturating_sub(1);
        self.top = self.last_top();
    }

    fn height(&self) -> usize {
        usize::from(self.size.height)
    }

    /// A screen less a line, by which the eye finds its place again.
    fn step(&self) -> usize {
        self.height().saturating_sub(1).max(1)
    }

    fn last_top(&self) -> usize {
        self.rows.len().saturating_sub(self.height())
    }

    /// The first row of a paragraph, and the one behind its last.
    fn rows_of(&self, paragraph: usize) -> (usize, usize) {
        let start = self.starts.get(paragraph).copied().unwrap_or(0);
        let end = self.starts.get(paragraph + 1).copied().unwrap_or(self.rows.len());
        (start, end)
    }

    fn bring_into_view(&mut self) {
        let (start, end) = self.rows_of(self.chosen);
        let least = end.saturating_sub(self.height());
        self.top = self.top.max(least).min(start);
    }

    /// Chooses the first paragraph that begins on the screen, or the one that fills it.
    fn choose_seen(&mut self) {
        let first = self.starts.partition_point(|start| *start < self.top);
        let begins = self.starts.get(first).is_some_and(|start| *start < self.top + self.height());
        self.chosen = if begins { first } else { first.saturating_sub(1) };
    }

    /// Brings the chosen paragraph, and the first match in it, below the top of the screen.
    fn aim(&mut self) {
        let (start, end) = self.rows_of(self.chosen);
        let height = self.height();
        self.top = start.saturating_sub(height / 4);
        let highlight = self.theme.highlight;
        let of_paragraph = self.rows.iter().enumerate().take(end).skip(start);
        let mut marked = of_paragraph
            .filter(|(_, row)| row.line.spans.iter().any(|span| span.style == highlight));
        if let Some((row, _)) = marked.next()
            && row + 1 >= self.top + height
        {
            self.top = row.saturating_sub(height / 2);
        }
        self.top = self.top.min(self.last_top());
    }

    fn lay_out(&mut self, width: usize) {
        self.rows.clear();
        self.starts.clear();
        let mut matches = self.opened.matches.iter().peekable();
        let none = Match::default();
        for (at, paragraph) in self.opened.paragraphs.iter().enumerate() {
            self.starts.push(self.rows.len());
            while matches.next_if(|one| one.ordinal < paragraph.ordinal).is_some() {}
            let own = matches.next_if(|one| one.ordinal == paragraph.ordinal).unwrap_or(&none);
            let mut lines = self.lines(paragraph, own, width);
            lines.push(Line::default());
            self.rows.extend(lines.into_iter().map(|line| Row { paragraph: at, line }));
        }
        // Nothing follows the last one.
        self.rows.pop();
    }

    /// A paragraph as `undex show` writes it.
    fn lines(&self, paragraph: &Paragraph, own: &Match, width: usize) -> Vec<Line<'static>> {
        let style = match paragraph.role {
            Role::Heading | Role::Title => self.theme.heading,
            Role::Masthead => self.theme.dim,
            _ => Style::new(),
        };
        let look = Look { indent: style, text: style, mark: self.theme.highlight };
        let mut lines = if paragraph.role == Role::Table {
            table(&paragraph.text, &own.text, width, look)
        } else {
            let (first, rest) = labelled(paragraph);
            Marked::new(&paragraph.text, &own.text).lines(width, &first, rest, look)
        };
        for (at, note) in paragraph.notes.iter().enumerate() {
            let first = format!("    [{}] ", visible(&note.mark));
            let dim = self.theme.dim;
            let look = Look { indent: dim, text: dim, mark: self.theme.highlight };
            let marked = if note.text.is_empty() {
                Marked::new(lost_note(self.opened.language), &[])
            } else {
                Marked::new(&note.text, own.notes.get(at).map_or(&[], Vec::as_slice))
            };
            lines.extend(marked.lines(width, &first, "        ", look));
        }
        lines
    }
}

/// The rows of a table, each broken on its own, with lines between the cells.
fn table(text: &str, highlights: &[(u32, u32)], width: usize, look: Look) -> Vec<Line<'static>> {
    const BETWEEN: char = '│';
    let mut lines = Vec::new();
    let mut from = 0u32;
    for row in text.split('\n') {
        let length = row.chars().count() as u32;
        let own: Vec<(u32, u32)> = highlights
            .iter()
            .filter(|(start, end)| *start < from + length && *end > from)
            .map(|(start, end)| (start.saturating_sub(from), (end - from).min(length)))
            .collect();
        let row: String = row.chars().map(|c| if c == '\t' { BETWEEN } else { c }).collect();
        lines.extend(Marked::new(&row, &own).lines(width, "  ", "    ", look));
        from += length + 1;
    }
    lines
}

/// The gutter before each row, by which the chosen paragraph is told.
pub fn gutter(chosen: bool, style: Style) -> Span<'static> {
    if chosen { Span::styled("▌", style) } else { Span::raw(" ") }
}
