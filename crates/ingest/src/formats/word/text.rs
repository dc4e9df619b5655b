//! The text of a paragraph with the marks of its notes.

use std::collections::HashSet;

use super::content::{Item, Paragraph, Piece, Run};
use super::styles::{Style, Styles};
use crate::normal_form::{MARK_END, MARK_START};

/// Digits or asterisks of a mark that an author has typed.
const MARK_CHARS: usize = 3;

/// Raised letters that end ordinals in the languages of the UN: `50a`, `1o`, `2e`.
const ORDINAL_ENDS: [&str; 3] = ["a", "o", "e"];

/// The marks of notes that authors have typed themselves: raised numbers or letters before the text
/// of a note.
#[derive(Debug, Default)]
pub(super) struct TypedMarks(HashSet<String>);

impl TypedMarks {
    /// Looks for notes among paragraphs, those in tables and text boxes too.
    pub(super) fn find(items: &[Item], styles: &Styles) -> Self {
        let mut found = Self::default();
        found.collect(items, styles);
        found
    }

    fn collect(&mut self, items: &[Item], styles: &Styles) {
        for item in items {
            match item {
                Item::Paragraph(paragraph) => {
                    let style = styles.of(paragraph.properties.style.as_deref());
                    let mut spans = spans(paragraph, style, styles).into_iter();
                    let first = spans.find(|span| !span.is_blank());
                    if let Some(Span::Text { text, raised: true, .. }) = first
                        && (is_mark(text.trim()) || is_letter(text.trim()))
                        && spans.any(|span| !span.is_blank())
                    {
                        self.0.insert(text.trim().to_owned());
                    }
                    self.collect(&paragraph.boxes, styles);
                }
                Item::Table(table) => {
                    for cell in table.rows.iter().flatten() {
                        self.collect(&cell.items, styles);
                    }
                }
            }
        }
    }
}

/// A stretch of text that looks the same, or what stands between two.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Span<'a> {
    Text { text: String, raised: bool, bold: bool, underlined: bool },
    Note { endnote: bool, id: &'a str, custom: Option<&'a str> },
    Page,
}

impl Span<'_> {
    fn is_blank(&self) -> bool {
        match self {
            Self::Text { text, .. } => text.trim().is_empty(),
            Self::Note { .. } => false,
            Self::Page => true,
        }
    }
}

/// The visible stretches of a paragraph.
pub(super) fn spans<'a>(paragraph: &'a Paragraph, style: &Style, styles: &Styles) -> Vec<Span<'a>> {
    let mut out: Vec<Span<'a>> = Vec::with_capacity(paragraph.runs.len());
    for Run { properties, piece } in &paragraph.runs {
        let look = styles.look(style, properties);
        match piece {
            Piece::Page => out.push(Span::Page),
            _ if look.hidden => {}
            Piece::Note { endnote, id, custom } => {
                out.push(Span::Note { endnote: *endnote, id, custom: custom.as_deref() });
            }
            Piece::Text(own) => match out.last_mut() {
                Some(Span::Text { text, raised, bold, underlined })
                    if (*raised, *bold, *underlined)
                        == (look.raised, look.bold, look.underlined) =>
                {
                    text.push_str(own);
                }
                _ => out.push(Span::Text {
                    text: own.clone(),
                    raised: look.raised,
                    bold: look.bold,
                    underlined: look.underlined,
                }),
            },
        }
    }
    out
}

/// Raised text as layout expects it, behind the text before it: numbers that mark notes as marks;
/// letters that mark notes of tables stay text and stand apart from the word that carries them.
pub(super) fn raised_text(text: &str, before: &str, typed: &TypedMarks) -> String {
    let bare = text.trim();
    if before.trim().is_empty() {
        return match bare {
            mark if is_mark(mark) => marked(text, mark),
            letter if is_letter(letter) => format!("{text} "),
            _ => text.to_owned(),
        };
    }
    let letters = || bare.split([',', ' ']).filter(|mark| !mark.is_empty());
    let known = letters().all(|mark| is_letter(mark) && typed.0.contains(mark));
    if known && letters().next().is_some() {
        let ordinal = before.ends_with(|c: char| c.is_ascii_digit())
            && letters().any(|mark| ORDINAL_ENDS.contains(&mark));
        return if ordinal { text.to_owned() } else { format!(" {text}") };
    }
    // Two marks at one place: `3, 4`.
    let all_typed =
        |text: &str| text.split([',', ' ']).all(|mark| mark.is_empty() || typed.0.contains(mark));
    if !bare.is_empty()
        && bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b' '))
        && all_typed(bare)
    {
        let marks = bare.split([',', ' ']).filter(|mark| !mark.is_empty());
        return marks.map(|mark| marked(mark, mark)).collect();
    }
    text.to_owned()
}

fn marked(text: &str, mark: &str) -> String {
    text.replacen(mark, &format!("{MARK_START}{mark}{MARK_END}"), 1)
}

/// Whether a text is the letter of a note of a table.
fn is_letter(text: &str) -> bool {
    matches!(text.as_bytes(), [b'a'..=b'z'])
}

fn is_mark(text: &str) -> bool {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let asterisks = text.bytes().all(|b| b == b'*');
    (1..=MARK_CHARS).contains(&text.len()) && (digits || asterisks)
}
