//! Tables: rows whose segments stand under one another in columns.

use super::rows::Row;
use super::segments::Segment;
use super::sheet::{Line, Sheet};
use crate::layout::is_lone_label;
use crate::structure::{Label, LabelKind};

/// Edges or middles of cells in one column agree within this distance, in points.
const AGREE: f32 = 5.0;

/// A page with more rows than this is none that was printed; tables are not looked for.
pub(super) const MOST_ROWS: usize = 2_000;

/// Rows with columns that make a table by themselves; beside rules one is enough.
const ROWS: usize = 2;

/// Rows of one column between two rows of several, as cells over several lines leave them.
const BETWEEN: usize = 40;

/// A rule that belongs to a table is at least this share of the page's width.
const RULE: f32 = 0.12;

/// Cells of one column begin within this distance, in points.
const SAME_START: f32 = 1.0;

/// Type smaller than this share of the text's after a table that no rule has closed is the table's.
const SMALL: f32 = 0.93;

/// Rows that the heads of columns have.
const HEADS: usize = 3;

/// Rows of a table are closer than this, in shares of their type size.
const NEAR: f32 = 3.2;

/// A row of one segment over more than this share of the text's width is a sentence.
const PROSE: f32 = 0.8;

/// Type of a table's cells is at most this many times as large as that of its other rows.
const CELL_SIZE: f32 = 1.08;

/// Columns other than the first begin further in than this share of the text's width.
const INNER: f32 = 0.25;

/// Baselines of one cell's lines differ by at most this many times the smallest distance in the table.
const CELL_PITCH: f32 = 1.22;

/// Words that a paragraph has behind its dotted number, at least; behind a figure stands a name.
const WORDS: usize = 3;

/// The rows of a page from `start` to before `end` that are a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
}

/// The tables among the rows of a page.
pub(super) fn find(sheet: &Sheet, margins: (f32, f32)) -> Vec<Span> {
    let rows = &sheet.rows;
    if rows.len() > MOST_ROWS {
        return Vec::new();
    }
    let ruled = ruled(sheet, margins);
    let mut ruled = ruled.into_iter().peekable();
    let mut spans: Vec<Span> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let limit = ruled.peek().map_or(rows.len(), |span| span.start);
        // The heads of its columns may stand above its first rule.
        let next = |span: &Span| above(sheet, span.start, at, margins);
        if let Some(span) = ruled.next_if(|span| next(span) <= at) {
            let end = span.end.max(at);
            let end = extend(sheet, span.start, end, margins, rows.len());
            let floor = spans.last().map_or(0, |span| span.end);
            spans.push(Span { start: above(sheet, span.start.max(at), floor, margins), end });
            at = end;
            continue;
        }
        let Some(row) = rows.get(at).filter(|row| has_columns(row)) else {
            at += 1;
            continue;
        };
        let end = extend(sheet, at, at + 1, margins, limit);
        let members: Vec<&Row> = columned(rows.get(at..end));
        let start = heading_rows(sheet, &spans, at, &members, margins);
        let beside = sheet.rules.iter().any(|rule| is_beside(rule, sheet, start, end));
        let agreeing = members.iter().filter(|row| agrees_with_any(row, &members)).count();
        let wide = row.segments.len() > 2;
        if agreeing >= ROWS || beside && (members.len() >= ROWS || wide) {
            spans.push(Span { start, end });
            at = end;
        } else {
            at += 1;
        }
    }
    spans
}

/// Parts rows at the starts of columns that other rows of a ruled table show, where the space between
/// two columns is no wider than between words.
pub(super) fn part_cells(sheet: &mut Sheet, margins: (f32, f32)) {
    let spans = ruled(sheet, margins);
    let Some(first) = spans.first().map(|span| span.start) else { return };
    let starts: Vec<f32> = spans
        .iter()
        .flat_map(|span| columned(sheet.rows.get(span.start..span.end)))
        .flat_map(|row| row.segments.iter().skip(1).map(|s| s.x0))
        .collect();
    let shown = |x: f32| starts.iter().any(|start| (start - x).abs() < SAME_START);
    for row in sheet.rows.iter_mut().skip(first) {
        row.part(shown);
    }
}

/// Whether rules part rows with columns on a page.
pub(super) fn has_ruled(sheet: &Sheet, margins: (f32, f32)) -> bool {
    !ruled(sheet, margins).is_empty()
}

fn columned(rows: Option<&[Row]>) -> Vec<&Row> {
    rows.unwrap_or_default().iter().filter(|row| has_columns(row)).collect()
}

/// How far a table that has rows from `start` to `end` goes on, at most to `limit`.
fn extend(sheet: &Sheet, start: usize, end: usize, margins: (f32, f32), limit: usize) -> usize {
    let rows = &sheet.rows;
    let mut end = end;
    let mut members = columned(rows.get(start..end));
    let mut next = end;
    while let Some(row) = rows.get(next).filter(|_| next < limit) {
        let last = next.checked_sub(1).and_then(|at| rows.get(at));
        let near = last.is_none_or(|last| row.y - last.y < NEAR * row.size);
        if has_columns(row) && (agrees(row, &members) || near && ruled_between(sheet, start, next))
        {
            members.push(row);
            end = next + 1;
        } else if inner_column(row, &members, margins)
            && !closed(sheet, rows.get(end - 1), row, &members)
        {
            end = next + 1;
        } else if has_columns(row) {
            break;
        } else if near
            && row.size < SMALL * sheet.body
            && !is_noted(row)
            && !closed(sheet, rows.get(end - 1), row, &members)
        {
            end = next + 1;
        } else if next - end >= BETWEEN || !fits_cell(row, &members, margins) || !near {
            break;
        }
        next += 1;
    }
    // Lines of the last row's cells.
    while let Some(row) = rows.get(end).filter(|_| end < limit) {
        let close = rows.get(end - 1).is_some_and(|last| row.y - last.y < 1.4 * row.size);
        if !(fits_cell(row, &members, margins) && close && rule_below(sheet, row, start)) {
            break;
        }
        end += 1;
    }
    end
}

/// The first of the rows with columns that stand close above a table.
fn above(sheet: &Sheet, start: usize, floor: usize, margins: (f32, f32)) -> usize {
    let mut first = start;
    while let (true, Some(below)) = (first > floor, sheet.rows.get(first)) {
        let row = first.checked_sub(1).and_then(|at| sheet.rows.get(at));
        let heads = row.is_some_and(|row| {
            has_columns(row)
                && below.y - row.y < NEAR * row.size
                && row.size <= CELL_SIZE * below.size
                && row.x0() > margins.0 + INNER * (margins.1 - margins.0)
        });
        if !heads {
            break;
        }
        first -= 1;
    }
    first
}

/// Whether a row stands wholly in the columns other than the first, well inside the page.
fn inner_column(row: &Row, members: &[&Row], margins: (f32, f32)) -> bool {
    let inner = |x: &f32| *x > margins.0 + INNER * (margins.1 - margins.0);
    let starts = members.iter().flat_map(|member| member.segments.iter().skip(1)).map(|s| s.x0);
    let first = starts.filter(inner).fold(f32::INFINITY, f32::min);
    row.x0() > first - 3.0 * AGREE
}

/// Whether a rule ends the table between its last row and another; the rule under its heads does not.
fn closed(sheet: &Sheet, last: Option<&Row>, row: &Row, members: &[&Row]) -> bool {
    let Some(last) = last else { return false };
    // The axis of a chart inside a cell closes nothing.
    let left = members.iter().map(|member| member.x0()).fold(f32::INFINITY, f32::min);
    let between = |rule: &&Line| rule.y > last.y && rule.y < row.y && rule.x0 < left + 2.0 * AGREE;
    members.len() > HEADS
        && sheet.rules.iter().filter(between).any(|rule| rule.width() > RULE * sheet.width)
}

/// What stands between two rules.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Band {
    /// Rows with columns.
    Table,
    /// Rows that may be a table's: small type, no sentence across the page.
    Neutral,
    /// Text, or a title.
    Text,
}

/// The stretches of a page between rules that hold rows with columns.
fn ruled(sheet: &Sheet, margins: (f32, f32)) -> Vec<Span> {
    if sheet.rows.len() > MOST_ROWS {
        return Vec::new();
    }
    // The last rule above the first row may be that of the running head; a table has one below it too.
    let top = sheet.rows.first().map_or(0.0, |row| row.y - row.size);
    let mut heights: Vec<f32> = Vec::new();
    let wide = sheet.rules.iter().filter(|rule| rule.width() > RULE * sheet.width);
    let above = wide.clone().filter(|rule| rule.y < top).count();
    let skipped = usize::from(above == 1 && sheet.number > 1);
    for rule in wide.skip(skipped) {
        if heights.last().is_none_or(|last| rule.y - last > 2.0) {
            heights.push(rule.y);
        }
    }
    let index = |y: f32| sheet.rows.iter().take_while(|row| row.y < y).count();
    let mut bands: Vec<(usize, usize, Band)> = Vec::new();
    for pair in heights.windows(2) {
        let [above, below] = pair else { continue };
        let (start, end) = (index(*above), index(*below));
        let rows = sheet.rows.get(start..end).unwrap_or_default();
        bands.push((start, end, band(rows, margins, sheet.body)));
    }
    let mut spans: Vec<Span> = Vec::new();
    for (at, (start, end, kind)) in bands.iter().enumerate() {
        let table = |at: Option<usize>| {
            at.and_then(|at| bands.get(at)).filter(|(.., kind)| *kind == Band::Table)
        };
        let joined = match kind {
            Band::Table => true,
            Band::Text => false,
            Band::Neutral => {
                let sizes = |(start, end, _): &(usize, usize, Band)| {
                    let rows = sheet.rows.get(*start..*end).unwrap_or_default();
                    rows.iter().map(|row| row.size).fold(0.0, f32::max)
                };
                let below = table(Some(at + 1));
                let beside = table(at.checked_sub(1)).filter(|_| below.is_some()).or(below);
                let own = sizes(&(*start, *end, *kind));
                beside.is_some_and(|other| own <= CELL_SIZE * sizes(other))
                    || start == end && at > 0
            }
        };
        if !joined {
            continue;
        }
        match spans.last_mut() {
            Some(last) if last.end == *start => last.end = *end,
            _ if start < end => spans.push(Span { start: *start, end: *end }),
            _ => {}
        }
    }
    spans.retain(|span| !columned(sheet.rows.get(span.start..span.end)).is_empty());
    spans
}

/// Whether a text is the number of a paragraph: `7.`, `(a)`, `25.26`.
fn is_number(text: &str) -> bool {
    is_lone_label(text)
        || text.contains('.') && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Whether a text is the number of a section and of a paragraph in it: `115.13`.
fn is_dotted(text: &str) -> bool {
    Label::from_printed(text).is_some_and(|label| label.kind == LabelKind::Dotted)
}

/// Whether a raised letter begins a row, as notes under tables do.
fn is_noted(row: &Row) -> bool {
    row.segments.first().is_some_and(|s| s.raised)
}

fn band(rows: &[Row], margins: (f32, f32), body: f32) -> Band {
    let width = margins.1 - margins.0;
    let prose = |row: &Row| row.segments.len() == 1 && row.x1() - row.x0() > PROSE * width;
    let numbered = |row: &Row| {
        row.segments.len() == 2
            && row.segments.first().is_some_and(|s| is_number(&s.text))
            && (row.x1() - row.x0() > PROSE * width || row.size > SMALL * body)
    };
    if rows.iter().any(|row| prose(row) || is_noted(row) || numbered(row)) {
        Band::Text
    } else if rows.iter().any(has_columns) {
        Band::Table
    } else {
        Band::Neutral
    }
}

/// Whether a row has columns; a label and its text are none.
fn has_columns(row: &Row) -> bool {
    match row.segments.as_slice() {
        [] | [_] => false,
        [first, second] => {
            let numbered = is_dotted(&first.text) && second.text.split(' ').count() >= WORDS;
            !numbered && !is_lone_label(&first.text) && !is_bullet(&first.text)
        }
        [..] => true,
    }
}

fn is_bullet(text: &str) -> bool {
    text.chars().count() == 1 && !text.starts_with(char::is_alphanumeric)
}

/// Whether at least one cell of a row stands under cells of others, the first column apart: text at
/// the left margin agrees with everything.
fn agrees(row: &Row, members: &[&Row]) -> bool {
    members.iter().rev().take(4).any(|other| shares_column(row, other))
}

fn agrees_with_any(row: &Row, members: &[&Row]) -> bool {
    members.iter().any(|other| !std::ptr::eq(*other, row) && shares_column(row, other))
}

fn shares_column(a: &Row, b: &Row) -> bool {
    let under = |s: &Segment, t: &Segment| {
        (s.x0 - t.x0).abs() < AGREE
            || (s.x1 - t.x1).abs() < AGREE
            || ((s.x0 + s.x1) - (t.x0 + t.x1)).abs() < 2.0 * AGREE
    };
    a.segments.iter().skip(1).any(|s| b.segments.iter().skip(1).any(|t| under(s, t)))
}

/// Whether a row of one segment is a line of a cell: it stands in a column and not across the page.
fn fits_cell(row: &Row, members: &[&Row], margins: (f32, f32)) -> bool {
    let [segment] = row.segments.as_slice() else { return false };
    if is_lone_label(segment.text.split(' ').next().unwrap_or_default()) {
        return false;
    }
    let crosses = members.iter().any(|member| {
        member.segments.iter().filter(|s| s.x0 < segment.x1 && s.x1 > segment.x0).count() > 1
    });
    let wide = segment.x1 - segment.x0 > 0.75 * (margins.1 - margins.0);
    let small = members.iter().any(|member| segment.size <= member.size * CELL_SIZE);
    let under = members.iter().any(|member| {
        member.segments.iter().any(|s| {
            (s.x0 - segment.x0).abs() < AGREE
                || (s.x0 - segment.x0).abs() < 14.0 && s.x1 > segment.x0
        })
    });
    small && !wide && !crosses && under
}

/// Whether a rule stands below a row, at most a few lines further down, so that the row is inside a
/// ruled table.
fn rule_below(sheet: &Sheet, row: &Row, start: usize) -> bool {
    let first = sheet.rows.get(start).map_or(0.0, |row| row.y);
    let ruled = |rule: &&Line| rule.width() > RULE * sheet.width;
    let below = sheet
        .rules
        .iter()
        .filter(ruled)
        .any(|rule| rule.y > row.y && rule.y < row.y + 8.0 * row.size);
    let above = sheet
        .rules
        .iter()
        .filter(ruled)
        .any(|rule| rule.y < row.y && rule.y > first - 4.0 * row.size);
    below && above
}

fn ruled_between(sheet: &Sheet, from: usize, to: usize) -> bool {
    let (Some(a), Some(b)) = (sheet.rows.get(from), sheet.rows.get(to)) else { return false };
    let above = sheet
        .rules
        .iter()
        .any(|r| r.y < a.y && r.y > a.y - 6.0 * a.size && r.width() > RULE * sheet.width);
    let below = sheet.rules.iter().any(|r| r.y > b.y - b.size && r.width() > RULE * sheet.width);
    above && below
}

fn is_beside(rule: &Line, sheet: &Sheet, start: usize, end: usize) -> bool {
    let (Some(first), Some(last)) = (sheet.rows.get(start), sheet.rows.get(end.saturating_sub(1)))
    else {
        return false;
    };
    rule.width() > RULE * sheet.width
        && rule.y > first.y - 2.5 * first.size
        && rule.y < last.y + 2.0 * last.size
}

/// Rows of one column above the first row with several, under the table's upper rule.
fn heading_rows(
    sheet: &Sheet,
    spans: &[Span],
    at: usize,
    members: &[&Row],
    margins: (f32, f32),
) -> usize {
    let floor = spans.last().map_or(0, |span| span.end);
    let mut start = at;
    while start > floor {
        let Some(row) = sheet.rows.get(start - 1) else { break };
        let under_rule = sheet.rules.iter().any(|rule| {
            rule.width() > RULE * sheet.width && rule.y < row.y && rule.y > row.y - 5.0 * row.size
        });
        if !(under_rule && fits_cell(row, members, margins)) {
            break;
        }
        start -= 1;
    }
    start
}

/// The rows of a table as text, cells parted by tabs.
pub(super) fn cells(rows: &[Row], rules: &[Line]) -> Vec<String> {
    let columns = columns(rows);
    // Lines of one cell in one size of type; the heads of columns are smaller and closer.
    let pitch = rows
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if b.y - a.y > 0.5 * a.size && (a.size - b.size).abs() < 0.06 * a.size => {
                Some((b.y - a.y) / a.size)
            }
            _ => None,
        })
        .fold(f32::INFINITY, f32::min);
    let mut out: Vec<Vec<String>> = Vec::new();
    let mut last: Option<&Row> = None;
    for row in rows {
        let ruled = last
            .is_some_and(|last| rules.iter().any(|r| r.y > last.y && r.y < row.y - 0.2 * row.size));
        let begins = last.is_none_or(|last| {
            ruled || row.y - last.y > CELL_PITCH * pitch * row.size || all_alike(row, last)
        });
        if begins {
            out.push(vec![String::new(); columns.len()]);
        }
        last = Some(row);
        let Some(cells) = out.last_mut() else { continue };
        for segment in &row.segments {
            let Some(cell) = cells.get_mut(column_of(segment, &columns)) else { continue };
            super::flow::join_text(cell, &segment.text);
        }
    }
    out.into_iter()
        .map(|cells| cells.join("\t").trim_end().to_owned())
        .filter(|row| !row.is_empty())
        .collect()
}

/// Whether two rows at the usual distance fill the same columns, so that neither continues the
/// other.
fn all_alike(row: &Row, last: &Row) -> bool {
    row.segments.len() > 1
        && row.segments.len() == last.segments.len()
        && row.segments.iter().zip(&last.segments).all(|(a, b)| {
            let number =
                |s: &Segment| s.text.bytes().filter(u8::is_ascii_digit).count() * 2 >= s.text.len();
            (a.x0 - b.x0).abs() < AGREE || (a.x1 - b.x1).abs() < AGREE || number(a) && number(b)
        })
        && row.segments.iter().skip(1).any(|s| s.text.bytes().any(|b| b.is_ascii_digit()))
}

/// The columns, as stretches of the page that cells fill, from left to right. Narrow cells come
/// first: a heading over several columns parts none.
fn columns(rows: &[Row]) -> Vec<(f32, f32)> {
    let mut segments: Vec<&Segment> = rows.iter().flat_map(|row| &row.segments).collect();
    segments.sort_by(|a, b| (a.x1 - a.x0).total_cmp(&(b.x1 - b.x0)));
    let mut columns: Vec<(f32, f32)> = Vec::new();
    for segment in segments {
        let overlapping: Vec<usize> = columns
            .iter()
            .enumerate()
            .filter(|(_, (x0, x1))| segment.x0 < *x1 && segment.x1 > *x0)
            .map(|(at, _)| at)
            .collect();
        match overlapping.as_slice() {
            [] => columns.push((segment.x0, segment.x1)),
            [at] => {
                if let Some(column) = columns.get_mut(*at) {
                    column.0 = column.0.min(segment.x0);
                    column.1 = column.1.max(segment.x1);
                }
            }
            _ => {}
        }
    }
    columns.sort_by(|a, b| a.0.total_cmp(&b.0));
    columns
}

fn column_of(segment: &Segment, columns: &[(f32, f32)]) -> usize {
    let overlap = |(x0, x1): &(f32, f32)| segment.x1.min(*x1) - segment.x0.max(*x0);
    columns.iter().position(|column| overlap(column) > 0.0).unwrap_or_else(|| {
        columns.iter().take_while(|(x0, _)| *x0 <= segment.x0).count().saturating_sub(1)
    })
}
