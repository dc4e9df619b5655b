//! Tables of contents: titles that dots lead to their pages.

use super::flow::join_text;
use super::rows::Row;
use crate::structure::words::{fold, heads_contents};

/// Rows with dots that make a table of contents.
const ROWS: usize = 3;

/// Rows without dots between two with: titles over several lines, and those that fill their line.
const BETWEEN: usize = 4;

/// Words over the columns of numbers.
const HEADS: [&str; 9] = [
    "page",
    "pages",
    "paragraphs",
    "pagina",
    "parrafos",
    "paragraphes",
    "paragraph",
    "chapter",
    "capitulo",
];

/// A stretch of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Body(Vec<Row>),
    /// The rows of a table of contents: title, paragraphs and page parted by tabs.
    Contents(Vec<String>),
}

/// Divides a page at its tables of contents.
pub(super) fn parts(rows: Vec<Row>) -> Vec<Part> {
    let led: Vec<usize> =
        rows.iter().enumerate().filter(|(_, row)| row.leader.is_some()).map(|(at, _)| at).collect();
    let mut parts = Vec::new();
    let mut rows = rows.into_iter().enumerate().peekable();
    let mut body: Vec<Row> = Vec::new();
    for group in led.chunk_by(|a, b| b - a <= BETWEEN) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        if group.len() < ROWS {
            continue;
        }
        while let Some((_, row)) = rows.next_if(|(at, _)| at < first) {
            body.push(row);
        }
        let mut inside: Vec<Row> = Vec::new();
        // The first title may begin above its dots, under the heads of the columns.
        let heads = body.iter().rposition(is_head).filter(|at| body.len() - at <= BETWEEN);
        let begins = heads.unwrap_or(body.len());
        inside.extend(body.drain(begins..));
        while let Some((_, row)) = rows.next_if(|(at, _)| at <= last) {
            inside.push(row);
        }
        parts.push(Part::Body(std::mem::take(&mut body)));
        parts.push(Part::Contents(entries(&inside)));
    }
    body.extend(rows.map(|(_, row)| row));
    parts.push(Part::Body(body));
    parts
}

/// Whether a table of contents begins with a row.
pub(super) fn begins(row: &Row) -> bool {
    row.leader.is_some() || heads_contents(&row.text())
}

/// Whether a row is the heads of the columns.
fn is_head(row: &Row) -> bool {
    fold(&row.text()).split(' ').all(|word| HEADS.contains(&word))
}

fn is_number(text: &str) -> bool {
    let digits = text.chars().any(|c| c.is_ascii_digit());
    digits && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | '−'))
}

fn entries(rows: &[Row]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut title = String::new();
    for row in rows {
        if is_head(row) {
            let cells: Vec<&str> = row.segments.iter().map(|s| s.text.as_str()).collect();
            out.push(format!("\t{}", cells.join("\t")));
            continue;
        }
        let numbers = row.segments.iter().rev().take_while(|s| is_number(&s.text)).count();
        let split = row.leader.unwrap_or(row.segments.len() - numbers);
        let (before, after) = row.segments.split_at(split.min(row.segments.len()));
        for segment in before {
            join_text(&mut title, &segment.text);
        }
        if !after.is_empty() {
            let numbers: Vec<&str> = after.iter().map(|s| s.text.as_str()).collect();
            out.push(format!("{}\t{}", std::mem::take(&mut title), numbers.join("\t")));
        }
    }
    if !title.is_empty() {
        out.push(title);
    }
    out
}
