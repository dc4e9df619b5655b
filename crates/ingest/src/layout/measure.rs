//! How a source is laid out: whether it wraps its lines, how wide, and what its blank lines mean.

use super::Line;
use crate::identity::classify;
use crate::structure::Label;

/// Lines shorter than this share of the width end a paragraph.
const SHORT: f64 = 0.78;

/// A source whose lines are longer than this does not wrap them.
const WIDEST: usize = 160;

/// The share of lines near the full width that shows a wrapped source: a page of prose has more,
/// a list of names fewer.
const FULL_SHARE: f64 = 0.2;

/// The layout of a source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Measure {
    /// Whether paragraphs go over several lines.
    pub wrapped: bool,
    /// Characters of a full line.
    pub width: usize,
    /// Empty lines between two lines of one paragraph.
    pub gap: usize,
    /// Whether only ends of paragraphs carry two spaces.
    pub trailing_ends: bool,
    /// Whether paragraphs begin with an indent.
    pub indented: bool,
}

impl Measure {
    /// Measures the lines of a source.
    pub(crate) fn of(lines: &[Line]) -> Self {
        let prose: Vec<&Line> =
            lines.iter().filter(|l| !l.whole && !l.row && !l.text.is_empty()).collect();
        let mut lengths: Vec<usize> = prose.iter().map(|l| l.text.chars().count()).collect();
        lengths.sort_unstable();
        let width = lengths.get(lengths.len() * 85 / 100).copied().unwrap_or(0);
        let full = lengths.iter().filter(|n| **n as f64 >= SHORT * width as f64).count();
        let wrapped = lengths.len() >= 4
            && (30..=WIDEST).contains(&width)
            && full as f64 >= FULL_SHARE * lengths.len() as f64
            && continues(&prose);
        let gap = if wrapped { usual_gap(&prose) } else { 0 };
        let trailing = prose.iter().filter(|l| l.trailing).count();
        Self {
            indented: wrapped && begins_indented(&prose),
            wrapped,
            width,
            gap,
            trailing_ends: wrapped && trailing > 0 && trailing * 3 < prose.len(),
        }
    }

    /// Whether a line is too short to be one that the next continues for want of room.
    pub(crate) fn is_short(&self, line: &Line) -> bool {
        (line.text.chars().count() as f64) < SHORT * self.width as f64
    }
}

/// Whether lines run on into each other: in prose that wraps, more than a quarter of the lines that
/// do not end a sentence are followed by one that begins in lower case.
fn continues(prose: &[&Line]) -> bool {
    let (mut total, mut running) = (0usize, 0usize);
    for pair in prose.windows(2) {
        let [a, b] = pair else { continue };
        if a.is_terminated() || classify(&a.text).is_some() {
            continue;
        }
        total += 1;
        let number = b.text.starts_with(|c: char| c.is_ascii_digit())
            && Label::at_start(&b.text).is_none()
            && classify(&b.text).is_none();
        running += usize::from(number || b.text.starts_with(char::is_lowercase));
    }
    total > 0 && running * 4 > total
}

/// Spaces by which the first line of a paragraph is set in.
pub(super) const FIRST_LINE: std::ops::RangeInclusive<usize> = 3..=14;

/// Whether the lines after finished ones are mostly set in: where paragraphs begin so, a line at the
/// margin begins none.
fn begins_indented(prose: &[&Line]) -> bool {
    let (mut set_in, mut at_margin) = (0usize, 0usize);
    for pair in prose.windows(2) {
        let [a, b] = pair else { continue };
        let finished = a.is_terminated() || super::line::ends_in_comma(&a.text);
        if finished && b.text.starts_with(|c: char| c.is_uppercase()) && !b.page_start {
            if FIRST_LINE.contains(&b.indent) {
                set_in += 1;
            } else if b.indent == 0 {
                at_margin += 1;
            }
        }
    }
    set_in >= 4 && set_in > 2 * at_margin
}

fn usual_gap(prose: &[&Line]) -> usize {
    let mut counts = [0usize; 4];
    for pair in prose.windows(2) {
        if let [a, b] = pair
            && !a.is_terminated()
            && let Some(count) = counts.get_mut(b.gap)
        {
            *count += 1;
        }
    }
    counts
        .iter()
        .enumerate()
        .max_by_key(|(gap, count)| (**count, usize::MAX - gap))
        .map_or(0, |(gap, _)| gap)
}
