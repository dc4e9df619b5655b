//! What a page looks like before its lines are read: columns parted by space, margins, and labels
//! that a converter has put on lines of their own.

use super::Line;
use super::page_number::{EDGE, is_page_text};
use crate::identity::classify;
use crate::pattern::pattern;

/// Spaces that part columns.
const COLUMN_GAP: usize = 4;

/// Lines of the head of a document, where organ and symbol stand side by side.
const HEAD: usize = 16;

pattern! {
    /// A label alone on its line: `1.`, `(a)`, `IV.`, `78/102.`.
    LONE_LABEL,
    r"^(?:\d{1,3}\.|\(?[a-z]{1,5}\)|[A-Z]\.|[IVXLC]{1,6}\.|(?:S-|ES-)?\d{1,3}/\d{1,4}(?:\s?[A-Z](?:-[A-Z])?)?\.|[•●▪])$"
}

/// Whether a text is nothing but a label.
pub(crate) fn is_lone_label(text: &str) -> bool {
    LONE_LABEL.is_match(text)
}

/// Prepares the lines of a document in plain text.
pub(super) fn prepare(lines: Vec<Line>) -> Vec<Line> {
    let lines = split_columns(lines);
    set_margins(lines)
}

/// The pieces of a line that wide spaces part, with the place where each begins.
fn cells(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut spaces = 0;
    for (at, c) in text.char_indices() {
        if c == ' ' || c == '\t' {
            spaces += if c == '\t' { COLUMN_GAP } else { 1 };
            continue;
        }
        if spaces >= COLUMN_GAP && at > start {
            if let Some(cell) = text.get(start..at) {
                out.push((start, cell.trim_end()));
            }
            start = at;
        }
        spaces = 0;
    }
    if let Some(cell) = text.get(start..) {
        out.push((start, cell.trim_end()));
    }
    out
}

fn split_columns(lines: Vec<Line>) -> Vec<Line> {
    let wide: Vec<bool> = lines.iter().map(is_wide).collect();
    let last_page = lines.last().map_or(0, |line| line.page);
    let mut out = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        if !wide.get(at).copied().unwrap_or(false) {
            out.push(line.clone());
            continue;
        }
        let parts = cells(&line.text);
        let named = |text: &str| is_page_text(text) || classify(text).is_some();
        let at_edge = last_page > 0 && is_at_edge(&lines, at);
        let head = at < HEAD;
        if (head || at_edge) && parts.iter().any(|(_, text)| named(text)) {
            for (number, (start, text)) in parts.iter().enumerate() {
                out.push(Line {
                    text: (*text).to_owned(),
                    indent: line.indent + start,
                    gap: if number == 0 { line.gap } else { 0 },
                    page_start: line.page_start && number == 0,
                    ..line.clone()
                });
            }
            continue;
        }
        // Two lines with columns are a table; one is a line with a wide space in it.
        let beside = |other: usize| wide.get(other).copied().unwrap_or(false);
        if beside(at + 1) || at > 0 && beside(at - 1) {
            let text = parts.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\t");
            out.push(Line { text, row: true, ..line.clone() });
        } else {
            out.push(line.clone());
        }
    }
    out
}

/// Whether a line has columns; a label and its text are none.
fn is_wide(line: &Line) -> bool {
    if line.whole || line.row || line.heading.is_some() {
        return false;
    }
    match cells(&line.text).as_slice() {
        [] | [_] => false,
        [(_, first), _] => !is_lone_label(first) && !is_note_mark(first),
        [(_, first), ..] => !is_lone_label(first),
    }
}

/// The mark of a footnote before its text.
fn is_note_mark(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'*')
}

/// Whether a line is among the first or last of its page.
fn is_at_edge(lines: &[Line], at: usize) -> bool {
    let Some(page) = lines.get(at).map(|line| line.page) else { return false };
    let same = |other: Option<&Line>| other.is_some_and(|line| line.page == page);
    let from_top = (1..=EDGE).any(|n| at < n || !same(lines.get(at - n)));
    let from_bottom = (1..=EDGE).any(|n| !same(lines.get(at + n)));
    from_top || from_bottom
}

/// Counts indents from the margin of each page, so that a page set further in looks like the others.
fn set_margins(mut lines: Vec<Line>) -> Vec<Line> {
    let mut start = 0;
    while let Some(page) = lines.get(start).map(|line| line.page) {
        let end = lines.iter().skip(start).take_while(|line| line.page == page).count() + start;
        if let Some(lines) = lines.get_mut(start..end) {
            let margin = margin(lines);
            for line in lines {
                line.indent = line.indent.saturating_sub(margin);
            }
        }
        start = end;
    }
    lines
}

/// The commonest indent of the long lines of a page.
fn margin(lines: &[Line]) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    for line in lines.iter().filter(|line| line.text.chars().count() > 45 && !line.row) {
        *counts.entry(line.indent).or_insert(0usize) += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(indent, count)| (*count, usize::MAX - indent))
        .map_or(0, |(indent, _)| indent)
}

/// Puts labels that stand alone before the text they belong to.
pub(super) fn join_labels(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut waiting: Option<Line> = None;
    for line in lines {
        if let Some(label) = waiting.take() {
            let continues = !is_lone_label(&line.text) && !line.row && !line.page_start;
            if continues {
                let text = format!("{} {}", label.text, line.text);
                out.push(Line { text, trailing: line.trailing, ..label });
                continue;
            }
            out.push(label);
        }
        if !line.whole && !line.row && is_lone_label(&line.text) {
            waiting = Some(line);
        } else {
            out.push(line);
        }
    }
    out.extend(waiting);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_masthead() {
        let lines = [
            "United Nations            UNDEX/1/2",
            "General Assembly      Distr.: General",
            "The members met.",
        ]
        .iter()
        .map(|l| Line::plain(l, 0))
        .collect();
        let texts: Vec<String> = prepare(lines).into_iter().map(|l| l.text).collect();
        assert_eq!(
            texts,
            [
                "United Nations",
                "UNDEX/1/2",
                "General Assembly",
                "Distr.: General",
                "The members met."
            ]
        );
    }

    #[test]
    fn labels_on_lines_of_their_own() {
        let lines = ["1.", "Takes note of the maps;", "(a)", "Old ones;", "1.    Decides"]
            .iter()
            .map(|l| Line::plain(l, 0))
            .collect();
        let texts: Vec<String> = join_labels(prepare(lines)).into_iter().map(|l| l.text).collect();
        assert_eq!(texts, ["1. Takes note of the maps;", "(a) Old ones;", "1.    Decides"]);
    }

    #[test]
    fn rows_of_a_table() {
        let filler = (0..HEAD).map(|_| "The members met.").collect::<Vec<_>>();
        let lines = filler
            .iter()
            .copied()
            .chain(["Kind          Count", "Old maps      3"])
            .map(|l| Line::plain(l, 0))
            .collect();
        let rows: Vec<String> =
            prepare(lines).into_iter().filter(|l| l.row).map(|l| l.text).collect();
        assert_eq!(rows, ["Kind\tCount", "Old maps\t3"]);
    }
}
