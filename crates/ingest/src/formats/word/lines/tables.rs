//! Tables: rows of cells, or boxes around text.

use super::{Entry, Kind};
use crate::identity::{MastheadLine, classify};
use crate::layout::{Line, terminated};
use crate::normal_form::clean_with_marks;

/// Lines that mastheads have, of which a table needs as many to be one.
const MASTHEAD_LINES: usize = 2;

/// Writes a table. `at_head` says that no sentence has come before it.
pub(super) fn write(rows: Vec<Vec<Vec<Entry>>>, at_head: bool, out: &mut Vec<Entry>) {
    if at_head && is_masthead(&rows) {
        let cells = rows.into_iter().flatten().flatten();
        for entry in cells.filter(|entry| entry.kind == Kind::Text) {
            out.extend(parts(&entry.line.text).into_iter().map(|text| {
                let line = Line { text, whole: true, exact: true, ..Line::default() };
                Entry { line, kind: Kind::Text }
            }));
        }
        return;
    }
    // One cell in every row: a frame around text.
    if rows.iter().all(|row| row.iter().filter(|cell| has_text(cell)).count() <= 1) {
        out.extend(rows.into_iter().flatten().flatten());
        return;
    }
    let last = rows.iter().rposition(|row| !is_remark(row)).map_or(0, |at| at + 1);
    for (at, row) in rows.into_iter().enumerate() {
        if at < last {
            write_row(row, out);
        } else {
            // Notes and sources under a table, in its last row.
            out.extend(row.into_iter().flatten());
        }
    }
}

/// The lines of a cell of a masthead, which breaks and tabs part as paragraphs do.
pub(super) fn parts(text: &str) -> Vec<String> {
    text.split(['\n', '\t']).map(clean_with_marks).filter(|part| !part.is_empty()).collect()
}

fn is_masthead(rows: &[Vec<Vec<Entry>>]) -> bool {
    let entries = rows.iter().flatten().flatten().filter(|entry| entry.kind == Kind::Text);
    let known: Vec<MastheadLine> = entries
        .flat_map(|entry| parts(&entry.line.text))
        .filter_map(|part| classify(&part))
        .collect();
    let named =
        known.iter().any(|line| matches!(line, MastheadLine::Furniture | MastheadLine::Symbol));
    named && known.len() >= MASTHEAD_LINES
}

fn has_text(cell: &[Entry]) -> bool {
    !cell.is_empty()
}

/// Whether a row is a single cell of sentences.
fn is_remark(row: &[Vec<Entry>]) -> bool {
    let mut cells = row.iter().filter(|cell| has_text(cell));
    match (row, cells.next(), cells.next()) {
        (_, None, _) => true,
        ([_], Some(cell), None) => {
            cell.iter().all(|entry| entry.kind != Kind::Row)
                && cell.iter().any(|entry| terminated(&clean_with_marks(&entry.line.text)))
        }
        _ => false,
    }
}

/// Writes one row, then the rows of tables inside its cells, then the notes of all of them.
fn write_row(row: Vec<Vec<Entry>>, out: &mut Vec<Entry>) {
    let mut inner = Vec::new();
    let mut notes = Vec::new();
    let mut cells = Vec::with_capacity(row.len());
    for cell in row {
        let mut text = String::new();
        for entry in cell {
            match entry.kind {
                Kind::Row => inner.push(entry),
                Kind::Note => notes.push(entry),
                Kind::Text => {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    if entry.line.bullet {
                        text.push_str("• ");
                    }
                    text.push_str(&clean_with_marks(&entry.line.text));
                }
            }
        }
        cells.push(text);
    }
    let text = cells.join("\t").trim_end().to_owned();
    if !text.trim().is_empty() {
        let line = Line { text, row: true, whole: true, exact: true, ..Line::default() };
        out.push(Entry { line, kind: Kind::Row });
    }
    out.append(&mut inner);
    out.append(&mut notes);
}
