//! What the pages of a document have in common: the size of its text, the distance of its lines,
//! its margins.

use std::collections::BTreeMap;

use super::rows::Row;
use super::sheet::Sheet;

/// Rows shorter than this share of a page's width say nothing of margins and line distance.
const LONG: f32 = 0.4;

/// Line distance in shares of the type size where nothing could be measured.
const USUAL_PITCH: f32 = 1.2;

/// Line distances that text can have, in shares of its size.
const PITCHES: std::ops::Range<f32> = 0.85..2.6;

/// Line distances are counted in steps of this share of the size.
const PITCH_STEP: f32 = 0.04;

/// How far further in than on other pages, in shares of the page's width, the text may begin.
const SHIFT: f32 = 0.12;

/// Long rows that a page needs for margins of its own.
const ROWS: usize = 4;

/// The measure of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Measure {
    /// The size of most of the text, in points.
    pub size: f32,
    /// The distance of baselines inside a paragraph, in shares of the size.
    pub pitch: f32,
    /// Left and right margin of the text of each page.
    pub margins: BTreeMap<u32, (f32, f32)>,
}

impl Measure {
    pub(super) fn of(sheets: &[Sheet]) -> Self {
        let size = size(sheets);
        let pitch = pitch(sheets, size);
        let all = margins(sheets.iter().flat_map(|sheet| long_rows(sheet, size)), 1);
        let margins = sheets
            .iter()
            .map(|sheet| {
                let own = margins(long_rows(sheet, size), ROWS).filter(|(left, _)| {
                    // On a page with a table the longest cells are no text.
                    all.is_none_or(|(usual, _)| left - usual < SHIFT * sheet.width)
                });
                (sheet.number, own.or(all).unwrap_or((0.0, sheet.width)))
            })
            .collect();
        Self { size, pitch, margins }
    }

    /// The distance of two baselines of one paragraph in type of a size.
    pub(super) fn pitch_of(&self, size: f32) -> f32 {
        self.pitch * size
    }

    /// Left and right margin of a page.
    pub(super) fn margins_of(&self, page: u32) -> (f32, f32) {
        self.margins.get(&page).copied().unwrap_or_default()
    }
}

fn key(value: f32, step: f32) -> i32 {
    // Saturates for what no page holds.
    (value / step).round() as i32
}

/// The size of most characters.
fn size(sheets: &[Sheet]) -> f32 {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for row in sheets.iter().flat_map(|sheet| &sheet.rows) {
        let chars: usize = row.segments.iter().map(|segment| segment.text.len()).sum();
        *counts.entry(key(row.size, 0.25)).or_insert(0) += chars;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map_or(10.0, |(size, _)| size as f32 * 0.25)
}

fn is_long(row: &Row, sheet: &Sheet) -> bool {
    row.x1() - row.x0() > LONG * sheet.width
}

fn long_rows(sheet: &Sheet, size: f32) -> impl Iterator<Item = &Row> {
    sheet.rows.iter().filter(move |row| {
        is_long(row, sheet) && (row.size - size).abs() < 0.15 * size && row.segments.len() <= 2
    })
}

/// The commonest distance of neighbouring long rows.
fn pitch(sheets: &[Sheet], size: f32) -> f32 {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for sheet in sheets {
        for pair in sheet.rows.windows(2) {
            let [a, b] = pair else { continue };
            let alike = (a.size - size).abs() < 0.06 * size && (b.size - size).abs() < 0.06 * size;
            let ratio = (b.y - a.y) / size;
            if alike && is_long(a, sheet) && PITCHES.contains(&ratio) {
                *counts.entry(key(ratio, PITCH_STEP)).or_insert(0) += 1;
            }
        }
    }
    let most = counts.into_iter().max_by_key(|(ratio, count)| (*count, -ratio));
    most.map_or(USUAL_PITCH, |(ratio, _)| ratio as f32 * PITCH_STEP)
}

/// The commonest left edge, and the edge that most of the longest rows reach on the right.
fn margins<'r>(rows: impl Iterator<Item = &'r Row>, least: usize) -> Option<(f32, f32)> {
    let mut left: BTreeMap<i32, usize> = BTreeMap::new();
    let mut right: Vec<f32> = Vec::new();
    for row in rows {
        *left.entry(key(row.x0(), 1.0)).or_insert(0) += 1;
        right.push(row.x1());
    }
    if right.len() < least || right.is_empty() {
        return None;
    }
    right.sort_by(f32::total_cmp);
    let x1 = right.get(right.len() * 85 / 100).copied()?;
    // Of edges about equally common the outer one is the margin, the inner one an indent.
    let most = left.values().copied().max()?;
    let x0 = left.into_iter().find(|(_, count)| *count * 2 > most).map(|(x, _)| x as f32)?;
    Some((x0, x1))
}
