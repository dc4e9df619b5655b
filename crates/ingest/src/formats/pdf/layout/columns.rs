//! Pages set in columns, as verbatim records and volumes with facing languages are.

use super::rows::Row;
use super::segments::Segment;
use super::sheet::Sheet;
use crate::layout::is_lone_label;

/// Rows on both sides of the gutter that make columns.
const ROWS: usize = 12;

/// Characters that a side's rows have on average, more than cells of a table have.
const CHARACTERS: usize = 22;

/// The share of rows that the gutter may cross: headings over both columns.
const CROSSING: f32 = 0.25;

/// The share of rows with several segments on one side that makes a table of the page.
const CELLS: f32 = 0.2;

/// The stretch of the page, in shares of its width, in which the gutter lies.
const MIDDLE: std::ops::Range<f32> = 0.35..0.65;

/// The widest page, in points: 200 inches, as far as the format goes.
const WIDEST: f32 = 14_400.0;

/// The narrowest gutter, in points.
const GUTTER: f32 = 8.0;

/// The middle of the gutter of a page set in two columns.
pub(super) fn gutter(sheet: &Sheet) -> Option<f32> {
    if sheet.width > WIDEST || sheet.rows.len() > super::tables::MOST_ROWS {
        return None;
    }
    let step = 3.0;
    let from = (MIDDLE.start * sheet.width / step) as usize;
    let to = (MIDDLE.end * sheet.width / step) as usize;
    let candidates = (from..to).map(|at| at as f32 * step);
    candidates
        .filter_map(|x| Some((x, score(sheet, x)?)))
        .max_by(|a, b| a.1.cmp(&b.1).then(b.0.total_cmp(&a.0)))
        .map(|(x, _)| x)
}

/// How many rows stand on both sides of a place, if the page is set in columns there.
fn score(sheet: &Sheet, x: f32) -> Option<usize> {
    let (mut left, mut right, mut crossing) = (0usize, 0usize, 0usize);
    let (mut left_chars, mut right_chars) = (0usize, 0usize);
    // Several segments on one side are cells of a table.
    let cells = sheet.rows.iter().filter(|row| {
        let side = |on: &dyn Fn(&Segment) -> bool| {
            let own: Vec<&Segment> = row.segments.iter().filter(|s| on(s)).collect();
            own.len() > 1 && !own.first().is_some_and(|s| is_lone_label(&s.text))
        };
        side(&|s| s.x1 < x) || side(&|s| s.x0 > x)
    });
    if cells.count() as f32 > CELLS * sheet.rows.len() as f32 {
        return None;
    }
    for segment in sheet.rows.iter().flat_map(|row| &row.segments) {
        let chars = segment.text.chars().count();
        if segment.x1 < x - GUTTER / 2.0 {
            left += 1;
            left_chars += chars;
        } else if segment.x0 > x + GUTTER / 2.0 {
            right += 1;
            right_chars += chars;
        } else {
            crossing += 1;
        }
    }
    let prose = left_chars >= CHARACTERS * left && right_chars >= CHARACTERS * right;
    let enough = left >= ROWS && right >= ROWS;
    let clear = crossing as f32 <= CROSSING * (left + right) as f32 / 2.0;
    (prose && enough && clear).then_some(left + right)
}

/// The rows of a page in reading order, with the number of the column each stands in: rows across the
/// gutter part the page, and between them the left column is read before the right one.
pub(super) fn in_order(rows: Vec<Row>, gutter: f32) -> Vec<(usize, Row)> {
    let mut out: Vec<(usize, Row)> = Vec::new();
    let (mut left, mut right): (Vec<Row>, Vec<Row>) = (Vec::new(), Vec::new());
    let mut band = 0;
    for row in rows {
        let crosses = row.segments.iter().any(|s| s.x0 < gutter && s.x1 > gutter);
        if crosses {
            flush(&mut out, &mut left, &mut right, &mut band);
            out.push((band, row));
            band += 1;
            continue;
        }
        let place = Row { y: row.y, size: row.size, ..Row::default() };
        let (before, after): (Vec<_>, Vec<_>) =
            row.segments.into_iter().partition(|s| s.x1 <= gutter);
        if !before.is_empty() {
            left.push(Row { segments: before, ..place.clone() });
        }
        if !after.is_empty() {
            right.push(Row { segments: after, ..place.clone() });
        }
    }
    flush(&mut out, &mut left, &mut right, &mut band);
    out
}

fn flush(out: &mut Vec<(usize, Row)>, left: &mut Vec<Row>, right: &mut Vec<Row>, band: &mut usize) {
    for side in [left, right] {
        if !side.is_empty() {
            out.extend(side.drain(..).map(|row| (*band, row)));
            *band += 1;
        }
    }
}
