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

pub(crate) use cues::{goes_on_inside, is_numeral};
pub(crate) use footnotes::is_rule;
pub(crate) use furniture::{letters, running_symbol};
pub(crate) use line::{Line, ends_in_comma, terminated};
pub(crate) use page::is_lone_label;
pub(crate) use page_number::{is_job_number, is_page_text};
pub(crate) use url::ends_in_url;

use undex_document::{IdentifiedBy, PrintedSymbol, Warning};

use crate::formats::Draft;

/// Turns the lines of a document into a draft.
pub(crate) fn draft(mut lines: Vec<Line>) -> Draft {
    contents::mark(&mut lines);
    let lines = page::prepare(lines);
    let measure = measure::Measure::of(&lines);
    let (lines, swept) = furniture::sweep(lines);
    let lines = page::join_labels(lines);
    let (lines, notes) = footnotes::lift(lines, &measure);
    let paged = lines.last().is_some_and(|line| line.page > 0);
    build(lines, notes, &measure, swept.running_symbol, paged)
}

/// Turns whole paragraphs into a draft, from a reader that has told furniture, notes and the ends of
/// paragraphs itself. Notes are lines that begin with their mark.
pub(crate) fn of_paragraphs(lines: Vec<Line>, running_symbol: Option<PrintedSymbol>) -> Draft {
    let measure = measure::Measure::of(&lines);
    let (lines, notes) = footnotes::lift(lines, &measure);
    build(lines, notes, &measure, running_symbol, true)
}

/// Turns the paragraphs of a file into a draft that keeps them as their authors made them and has no
/// pages. Notes are lines that begin with their mark.
pub(crate) fn of_unpaged(mut lines: Vec<Line>) -> Draft {
    contents::mark(&mut lines);
    let measure = measure::Measure::of(&lines);
    let (lines, notes) = footnotes::lift(lines, &measure);
    build(lines, notes, &measure, None, false)
}

fn build(
    lines: Vec<Line>,
    notes: footnotes::Notes,
    measure: &measure::Measure,
    running_symbol: Option<PrintedSymbol>,
    paged: bool,
) -> Draft {
    let pieces = join::pieces(lines, measure, paged);
    let mut shaped = shapes::shape(pieces);
    let mut warnings: Vec<Warning> = Vec::new();
    let blocks = marks::attach(std::mem::take(&mut shaped.pieces), notes, &mut warnings);
    let mut found = shaped.found;
    if let (true, Some(symbol)) = (found.symbols.is_empty(), running_symbol) {
        found.symbols.extend(symbol.symbols().cloned());
        found.identified_by = Some(IdentifiedBy::Runninghead);
    }
    Draft {
        blocks,
        found,
        form: shaped.form,
        warnings,
        broken_words: true,
        divided_words: true,
        ..Draft::default()
    }
}
