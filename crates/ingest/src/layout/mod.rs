//! Lines to blocks: what text looks like on the page, for readers that have no markup to go by.
//!
//! The order: tables of contents are set apart, columns and margins are made out, lines are measured, page furniture goes, footnotes
//! are lifted out, lines are joined to pieces over line and page ends, pieces take their shapes, and
//! footnote marks are matched with their notes.

mod contents;
mod cues;
mod footnotes;
mod furniture;
mod join;
mod line;
mod marks;
mod measure;
mod page;
mod page_number;
mod piece;
mod shapes;
mod url;

pub(crate) use line::Line;

use undex_document::{IdentifiedBy, Warning};

use crate::formats::Draft;

/// Turns the lines of a document into a draft.
pub(crate) fn draft(mut lines: Vec<Line>) -> Draft {
    contents::mark(&mut lines);
    let lines = page::prepare(lines);
    let measure = measure::Measure::of(&lines);
    let (lines, swept) = furniture::sweep(lines);
    let lines = page::join_labels(lines);
    let (lines, notes) = footnotes::lift(lines, &measure);
    let pieces = join::pieces(lines, &measure);
    let mut shaped = shapes::shape(pieces);
    let mut warnings: Vec<Warning> = Vec::new();
    let blocks = marks::attach(std::mem::take(&mut shaped.pieces), notes, &mut warnings);
    let mut found = shaped.found;
    if let (true, Some(symbol)) = (found.symbols.is_empty(), swept.running_symbol) {
        found.symbols.push(symbol);
        found.identified_by = Some(IdentifiedBy::Runninghead);
    }
    Draft { blocks, found, form: shaped.form, warnings, broken_words: true }
}
