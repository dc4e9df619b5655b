//! A paragraph in the making: the lines that belong together.

use crate::normal_form::clean_with_marks;

/// A paragraph, heading, item or table on its way to a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Piece {
    /// The text without its label, marks kept.
    pub text: String,
    /// The label as printed.
    pub label: Option<String>,
    /// Spaces before its first line.
    pub indent: usize,
    /// Whether it is a heading, and of which level in markup.
    pub heading: Option<Option<u8>>,
    /// Whether it is an item of an unnumbered list.
    pub bullet: bool,
    /// Whether it is a table.
    pub table: bool,
    /// Its page, from 1, where the source tells pages apart.
    pub page: Option<u32>,
    /// For each line: bytes of the text before it, and its number among the lines of the text.
    pub lines: Vec<(usize, usize)>,
}

/// Cleans a piece's text, keeping the places of its lines.
pub(super) fn tidy(piece: &mut Piece) {
    let mut text = String::with_capacity(piece.text.len());
    let mut lines = Vec::with_capacity(piece.lines.len());
    for (at, (start, number)) in piece.lines.iter().enumerate() {
        let end = piece.lines.get(at + 1).map_or(piece.text.len(), |(next, _)| *next);
        let raw = piece.text.get(*start..end).unwrap_or_default();
        let glued = at > 0 && !piece.text.get(..*start).is_some_and(|t| t.ends_with(' '));
        let cleaned = clean_with_marks(raw);
        if !text.is_empty() && !cleaned.is_empty() && !glued {
            text.push(' ');
        }
        lines.push((text.len(), *number));
        text.push_str(&cleaned);
    }
    piece.text = text;
    piece.lines = lines;
}
