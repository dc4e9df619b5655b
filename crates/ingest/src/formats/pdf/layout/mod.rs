//! From positioned glyphs to a draft: rows, running heads away, notes away, columns and tables,
//! paragraphs. What is meant by them, titles and numbers and marks, is the same as for text and is
//! found out by [`crate::layout`].

mod baselines;
mod columns;
mod contents;
mod direction;
mod flow;
mod furniture;
mod measure;
mod notes;
mod rows;
mod segments;
mod sheet;
mod tables;

#[cfg(test)]
mod tests;

use undex_document::{IdentifiedBy, Warning};

use super::Pages;
use super::page::Page;
use crate::ExtractError;
use crate::formats::Draft;
use crate::layout::{self, Line};
use crate::normal_form::{MARK_END, MARK_START};
use crate::structure::words::is_opening;
use contents::Part;
use flow::{Item, TextRow};
use measure::Measure;
use rows::Row;
use sheet::Sheet;

/// A page without text is a scan when pictures cover this share of it.
const SCAN: f32 = 0.5;

/// Rows of prose, one after the other, that end the masthead, and how much of the page they cover.
const PROSE_ROWS: usize = 2;
const PROSE_WIDTH: f32 = 0.5;

/// Where, in shares of the page's width, the right side of the masthead begins.
const ASIDE: f32 = 0.5;

/// The imprint is in type smaller than this share of the text's, below this share of the page.
const IMPRINT: f32 = 0.9;
const LOW: f32 = 0.6;

/// How far above and below the baseline a rule underlines, in shares of the type size.
const UNDERLINE: std::ops::Range<f32> = 0.05..0.35;

/// Lays out the pages of a document.
pub(super) fn draft(path: &str, pages: Pages) -> Result<Draft, ExtractError> {
    let mut sheets: Vec<Sheet> = Vec::with_capacity(pages.pages.len());
    for page in &pages.pages {
        sheets.push(sheet(page, rows::rows(page, &pages.styles)));
    }
    let running = furniture::sweep(&mut sheets);
    // A running head over a picture makes no text.
    let scans: Vec<u32> = sheets
        .iter()
        .zip(&pages.pages)
        .filter(|(sheet, page)| sheet.rows.is_empty() && page.image_share > SCAN)
        .map(|(sheet, _)| sheet.number)
        .collect();
    if !scans.is_empty() && sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(ExtractError::NoTextLayer { path: path.to_owned(), pages: page_list(&scans) });
    }
    let measure = Measure::of(&sheets);
    let notes = notes::lift(&mut sheets, &measure);
    let items = sheets.into_iter().flat_map(|sheet| items(sheet, &measure)).collect();
    let paragraphs = flow::paragraphs(items, &measure);
    let mut draft = layout::of_paragraphs(with_notes(paragraphs, notes), running);
    // Spaces are seen here, not guessed.
    draft.broken_words = false;
    draft.warnings.splice(0..0, pages.warnings);
    if let (true, Some(symbol)) = (draft.found.symbols.is_empty(), pages.info.symbol()) {
        draft.found.symbols.extend(symbol.symbols().cloned());
        draft.found.identified_by = Some(IdentifiedBy::Metadata);
    }
    if !scans.is_empty() {
        draft.warnings.push(Warning {
            code: "no-text-layer".to_owned(),
            message: format!(
                "{} {} only a picture, without text; recognise the text first if it is needed",
                if scans.len() == 1 { "page" } else { "pages" },
                page_list(&scans) + if scans.len() == 1 { " is" } else { " are" },
            ),
        });
    }
    Ok(draft)
}

fn sheet(page: &Page, rows: Vec<Row>) -> Sheet {
    Sheet {
        number: page.number,
        width: page.width,
        height: page.height,
        body: 0.0,
        rows,
        rules: sheet::horizontal(&page.rules),
    }
}

/// `3`, `1 to 22`, `2, 5 to 7`.
fn page_list(pages: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for page in pages {
        match ranges.last_mut() {
            Some((_, end)) if *end + 1 == *page => *end = *page,
            _ => ranges.push((*page, *page)),
        }
    }
    let range = |(start, end): &(u32, u32)| match start == end {
        true => start.to_string(),
        false => format!("{start} to {end}"),
    };
    ranges.iter().map(range).collect::<Vec<_>>().join(", ")
}

/// The rows of a page in reading order, those of tables as their cells.
fn items(mut sheet: Sheet, measure: &Measure) -> Vec<Item> {
    let page = sheet.number;
    sheet.body = measure.size;
    let margins = measure.margins_of(page);
    let head = if page == 1 { head(&sheet, measure) } else { 0 };
    let mut out: Vec<Item> = Vec::with_capacity(sheet.rows.len());
    let mut body = sheet.rows.split_off(head);
    for row in &sheet.rows {
        out.extend(head_rows(row, &sheet, margins).into_iter().map(Item::Text));
    }
    let foot = body.split_off(imprint(&sheet, &body, measure));
    out.extend(texts(Some(&foot), &sheet, margins));
    sheet.rows = body;
    let gutter = if tables::has_ruled(&sheet, margins) { None } else { columns::gutter(&sheet) };
    if let Some(gutter) = gutter {
        let rows = columns::in_order(std::mem::take(&mut sheet.rows), gutter);
        for (column, row) in rows {
            let margins = match () {
                () if row.x0() < gutter && row.x1() > gutter => margins,
                () if row.x0() < gutter => (margins.0, gutter),
                () => (gutter, margins.1),
            };
            out.push(Item::Text(TextRow { column, ..TextRow::of(&row, page, margins) }));
        }
        return out;
    }
    for part in contents::parts(std::mem::take(&mut sheet.rows)) {
        match part {
            Part::Contents(rows) => {
                out.extend(rows.into_iter().map(|text| Item::TableRow { page, text }));
            }
            Part::Body(rows) => {
                sheet.rows = rows;
                tables::part_cells(&mut sheet, margins);
                with_tables(&sheet, margins, &mut out);
            }
        }
    }
    out
}

/// Rows of text, and those of tables as their cells.
fn with_tables(sheet: &Sheet, margins: (f32, f32), out: &mut Vec<Item>) {
    let page = sheet.number;
    let mut at = 0;
    for table in tables::find(sheet, margins) {
        out.extend(texts(sheet.rows.get(at..table.start), sheet, margins));
        let rows = sheet.rows.get(table.start..table.end).unwrap_or_default();
        let cells = tables::cells(rows, &sheet.rules);
        // One column makes no table.
        match cells.iter().any(|row| row.contains('\t')) {
            true => out.extend(cells.into_iter().map(|text| Item::TableRow { page, text })),
            false => out.extend(texts(Some(rows), sheet, margins)),
        }
        at = table.end;
    }
    out.extend(texts(sheet.rows.get(at..), sheet, margins));
}

fn texts(rows: Option<&[Row]>, sheet: &Sheet, margins: (f32, f32)) -> Vec<Item> {
    let rows = rows.unwrap_or_default().iter();
    rows.map(|row| {
        let text = TextRow::of(row, sheet.number, margins);
        Item::Text(TextRow { underlined: is_underlined(row, sheet), ..text })
    })
    .collect()
}

/// Where the imprint at the foot of a page begins: small type under a rule across the page, which
/// stands there whatever paragraph the page ends in.
fn imprint(sheet: &Sheet, rows: &[Row], measure: &Measure) -> usize {
    let small = rows.iter().rev().take_while(|row| row.size < IMPRINT * measure.size).count();
    let at = rows.len() - small;
    let (Some(above), Some(first)) = (at.checked_sub(1).and_then(|at| rows.get(at)), rows.get(at))
    else {
        return rows.len();
    };
    let ruled = sheet.rules.iter().any(|rule| {
        rule.y > above.y && rule.y < first.y && rule.width() > PROSE_WIDTH * sheet.width
    });
    // Inside a table small type is common, but then rules stand below it too.
    let below = sheet.rules.iter().any(|rule| rule.y > first.y);
    if ruled && !below && first.y > LOW * sheet.height { at } else { rows.len() }
}

/// Whether a rule runs under all of a row.
fn is_underlined(row: &Row, sheet: &Sheet) -> bool {
    sheet.rules.iter().any(|rule| {
        (-UNDERLINE.start..UNDERLINE.end).contains(&((rule.y - row.y) / row.size))
            && rule.x0 < row.x0() + row.size
            && rule.x1 > row.x1() - row.size
    })
}

/// Rows of the first page that stand above its first prose.
fn head(sheet: &Sheet, measure: &Measure) -> usize {
    let prose = |row: &Row| {
        row.x1() - row.x0() > PROSE_WIDTH * sheet.width
            && row.size < 1.15 * measure.size
            && !row.segments.iter().all(|s| s.bold)
            && row.segments.len() <= 2
    };
    let starts = |rows: &[Row]| rows.len() == PROSE_ROWS && rows.iter().all(prose);
    let first = sheet.rows.windows(PROSE_ROWS).position(starts);
    let first = first.unwrap_or(sheet.rows.len());
    // A number opens the text, however short its first lines are.
    let numbered = sheet.rows.iter().position(|row| {
        row.segments.len() == 2 && row.segments.first().is_some_and(|s| s.text == "1." && !s.bold)
    });
    // A table of contents may come before any text.
    let contents = sheet.rows.iter().position(contents::begins).unwrap_or(first);
    // So does the opening line of a resolution, and in columns text stands beside it.
    let opens = |row: &Row| row.segments.iter().any(|s| is_opening(&s.text));
    let opening = sheet.rows.iter().position(opens).unwrap_or(first);
    first.min(numbered.unwrap_or(first)).min(contents).min(opening)
}

/// A row of the masthead: what stands at its right side stands by itself.
fn head_rows(row: &Row, sheet: &Sheet, margins: (f32, f32)) -> Vec<TextRow> {
    let is_aside =
        |at: usize, x0: f32| x0 > ASIDE * sheet.width && (at > 0 || row.segments.len() == 1);
    let split = row
        .segments
        .iter()
        .enumerate()
        .position(|(at, segment)| is_aside(at, segment.x0))
        .unwrap_or(row.segments.len());
    let (left, right) = row.segments.split_at(split);
    let part = |segments: &[segments::Segment]| Row {
        y: row.y,
        size: segments.first().map_or(row.size, |s| s.size),
        segments: segments.to_vec(),
        leader: None,
    };
    let mut out = Vec::new();
    if !left.is_empty() {
        let centred = TextRow { head: true, ..TextRow::of(&part(left), sheet.number, margins) };
        out.push(centred);
    }
    for segment in right {
        // The organ's letter in large type says what the symbol says.
        if segment.text.chars().count() == 1 {
            continue;
        }
        let row = part(std::slice::from_ref(segment));
        out.push(TextRow { head: true, aside: true, ..TextRow::of(&row, sheet.number, margins) });
    }
    out
}

/// Puts each note below what begins on its page.
fn with_notes(paragraphs: Vec<Line>, notes: Vec<notes::Note>) -> Vec<Line> {
    let mut out = Vec::with_capacity(paragraphs.len() + notes.len());
    let mut notes = notes.into_iter().peekable();
    let line = |note: notes::Note| Line {
        text: format!("{MARK_START}{}{MARK_END} {}", note.mark, note.text),
        whole: true,
        gap: 1,
        page: flow::page_index(note.page),
        ..Line::default()
    };
    for paragraph in paragraphs {
        while let Some(note) = notes.next_if(|n| flow::page_index(n.page) < paragraph.page) {
            out.push(line(note));
        }
        out.push(paragraph);
    }
    out.extend(notes.map(line));
    out
}
