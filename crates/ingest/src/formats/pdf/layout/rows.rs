//! Glyphs to rows: what stands on one baseline, raised and lowered type with it, divided into
//! segments where wide space parts columns, a label from its text, or a cell from the next.

use super::super::Style;
use super::super::page::{Glyph, Page};
use super::baselines::{Baseline, Position, baselines, runs};
use super::direction;
use super::segments::{Placed, Segment, segments};

/// Dots one after the other that lead from a title to its page; an ellipsis has three or four.
const LEADER: usize = 5;

/// How far, as a share of it, the size of recognised text strays from what was printed.
const UNEVEN: f32 = 0.3;

/// One line on the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    /// Its baseline, in points from the top.
    pub y: f32,
    /// Size of most of its type.
    pub size: f32,
    /// At least one, from left to right.
    pub segments: Vec<Segment>,
    /// The number of segments before a line of dots that leads to a page number.
    pub leader: Option<usize>,
}

impl Row {
    /// Parts its segments where a wide space ends at the start of a column.
    pub(super) fn part(&mut self, starts: impl Fn(f32) -> bool) {
        let mut out: Vec<Segment> = Vec::with_capacity(self.segments.len());
        for mut segment in std::mem::take(&mut self.segments) {
            while let Some(at) = segment.gaps.iter().position(|(_, _, end)| starts(*end)) {
                let Some((bytes, x1, x0)) = segment.gaps.get(at).copied() else { break };
                let rest = segment.text.split_off(bytes.min(segment.text.len()));
                let gaps = segment.gaps.split_off(at);
                let shift = bytes + rest.len() - rest.trim_start().len();
                let next = Segment {
                    x0,
                    text: rest.trim_start().to_owned(),
                    gaps: gaps
                        .into_iter()
                        .skip(1)
                        .map(|(b, a, c)| (b.saturating_sub(shift), a, c))
                        .collect(),
                    raised: false,
                    ..segment.clone()
                };
                segment.x1 = x1;
                segment.text.truncate(segment.text.trim_end().len());
                out.push(std::mem::replace(&mut segment, next));
            }
            out.push(segment);
        }
        self.segments = out;
    }

    pub(super) fn x0(&self) -> f32 {
        self.segments.first().map_or(0.0, |segment| segment.x0)
    }

    pub(super) fn x1(&self) -> f32 {
        self.segments.last().map_or(0.0, |segment| segment.x1)
    }

    /// Its text, segments parted by a space.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for segment in &self.segments {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&segment.text);
        }
        text
    }
}

/// The rows of a page, from top to bottom. Recognised text under a scan counts where nothing else is
/// written.
pub(super) fn rows(page: &Page, styles: &[Style]) -> Vec<Row> {
    let written = page.glyphs.iter().filter(|g| !g.hidden && !g.text.is_space()).count();
    let hidden = page.glyphs.iter().filter(|g| g.hidden && !g.text.is_space()).count();
    let scanned = hidden > written;
    let shown = |glyph: &Glyph| {
        glyph.upright
            && (scanned || !glyph.hidden)
            && glyph.size > 0.5
            && !styles.get(usize::from(glyph.style)).is_some_and(|style| style.barcode)
    };
    let lines = baselines(runs(page, shown));
    let mut rows: Vec<Row> = lines.iter().filter_map(|line| row(page, styles, line)).collect();
    rows.sort_by(|a, b| a.y.total_cmp(&b.y));
    if scanned {
        even_sizes(&mut rows);
    }
    rows
}

/// Recognised text has a size of its own for every word: what differs a little from most is the same.
fn even_sizes(rows: &mut [Row]) {
    let mut sizes: Vec<f32> = rows.iter().map(|row| row.size).collect();
    sizes.sort_by(f32::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    for row in rows {
        if (row.size - usual).abs() < UNEVEN * usual {
            row.size = usual;
        }
    }
}

fn row(page: &Page, styles: &[Style], line: &Baseline) -> Option<Row> {
    let mut placed: Vec<Placed<'_>> = Vec::new();
    for (run, position) in &line.runs {
        for at in &run.glyphs {
            placed.extend(page.glyphs.get(*at).map(|glyph| Placed { glyph, position: *position }));
        }
    }
    // Kept in drawing order where glyphs share a place.
    placed.sort_by(|a, b| a.glyph.x.total_cmp(&b.glyph.x));
    drop_underscores(&mut placed);
    let size = line.size;
    if direction::runs_leftward(placed.iter().map(|p| p.glyph)) {
        return leftward(&placed, styles, line);
    }
    let leader = take_leader(&mut placed);
    let mut row = Row { y: line.y, size, segments: Vec::new(), leader: None };
    let split = leader.unwrap_or(0).min(placed.len());
    let (before, after) = placed.split_at(split);
    if leader.is_some() {
        row.segments = segments(before, styles, size);
        row.leader = Some(row.segments.len());
    }
    row.segments.extend(segments(after, styles, size));
    (!row.segments.is_empty()).then_some(row)
}

/// A row that is read from right to left.
fn leftward(placed: &[Placed<'_>], styles: &[Style], line: &Baseline) -> Option<Row> {
    let mirrored: Vec<(Glyph, Position)> =
        placed.iter().map(|p| (direction::mirrored(p.glyph), p.position)).collect();
    let mut placed: Vec<Placed<'_>> =
        mirrored.iter().map(|(glyph, position)| Placed { glyph, position: *position }).collect();
    placed.sort_by(|a, b| a.glyph.x.total_cmp(&b.glyph.x));
    let segments = segments(&placed, styles, line.size);
    let segments: Vec<Segment> = segments.into_iter().rev().map(direction::turned).collect();
    (!segments.is_empty()).then_some(Row { y: line.y, size: line.size, segments, leader: None })
}

/// Takes out a line of dots; answers where it stood among the glyphs.
fn take_leader(placed: &mut Vec<Placed<'_>>) -> Option<usize> {
    let is_dot = |p: &Placed<'_>| {
        let text = p.glyph.text.as_bytes();
        matches!(text, b"." | b"_") || text == "…".as_bytes()
    };
    let (mut best, mut start, mut dots) = (None, 0, 0);
    for (at, p) in placed.iter().enumerate() {
        if is_dot(p) {
            if dots == 0 {
                start = at;
            }
            dots += 1;
            if dots >= LEADER {
                best = Some((start, at + 1));
            }
        } else if !p.glyph.text.is_space() {
            dots = 0;
        }
    }
    // A line of nothing else is a rule.
    let (from, to) = best?;
    let text = |p: &Placed<'_>| !is_dot(p) && !p.glyph.text.is_space();
    placed.iter().any(text).then(|| {
        placed.drain(from..to);
        from
    })
}

/// Underlining was once typed: an underscore in the place of another glyph.
fn drop_underscores(placed: &mut Vec<Placed<'_>>) {
    if !placed.iter().any(|p| p.glyph.text.as_bytes() == b"_") {
        return;
    }
    let letters: Vec<(f32, f32)> = placed
        .iter()
        .filter(|p| p.glyph.text.as_bytes() != b"_" && !p.glyph.text.is_space())
        .map(|p| (p.glyph.x, p.glyph.x + p.glyph.width))
        .collect();
    placed.retain(|p| {
        let (x0, x1) = (p.glyph.x, p.glyph.x + p.glyph.width);
        let middle = (x0 + x1) / 2.0;
        p.glyph.text.as_bytes() != b"_" || !letters.iter().any(|(a, b)| *a < middle && middle < *b)
    });
}
