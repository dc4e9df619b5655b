//! What stands on one baseline, with the raised and lowered type that belongs to it.

use super::super::page::{Glyph, Page};

/// Two baselines are one when they differ by less than this share of the type size: rounding and
/// type of several sizes on one line stay below it, the closest lines are 0.9 apart.
const SAME_BASELINE: f32 = 0.2;

/// Raised type is at most this share of the type beside it.
const RAISED_SIZE: f32 = 0.86;

/// Raised type stands this far above its neighbour's baseline, in shares of the neighbour's size;
/// Word raises by a third, Distiller files by up to a half.
const RAISED_BY: std::ops::Range<f32> = 0.08..0.75;

/// Lowered type stands at most this far below.
const LOWERED_BY: std::ops::Range<f32> = 0.04..0.35;

/// How near raised or lowered type is to what it belongs to, in shares of the size: in justified lines
/// the space before it is as wide as between words.
const TOUCHING: f32 = 1.1;

/// Glyphs on one baseline and of one size that follow one another.
#[derive(Clone, Debug)]
pub(super) struct Run {
    y: f32,
    size: f32,
    x0: f32,
    x1: f32,
    /// Their places among the glyphs of the page.
    pub glyphs: Vec<usize>,
}

/// What stands on one baseline: a main line, and raised or lowered runs that touch it.
#[derive(Clone, Debug, Default)]
pub(super) struct Baseline {
    pub y: f32,
    pub size: f32,
    pub runs: Vec<(Run, Position)>,
}

/// Where a run stands to its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    On,
    Raised,
    Lowered,
}

/// Drawn one after the other, glyphs on one baseline are one run.
pub(super) fn runs(page: &Page, shown: impl Fn(&Glyph) -> bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, glyph) in page.glyphs.iter().enumerate() {
        if !shown(glyph) {
            continue;
        }
        let blank = glyph.text.is_space();
        let open = runs.last_mut().filter(|run| {
            (run.y - glyph.y).abs() < 0.05 * run.size
                && ((run.size - glyph.size).abs() < 0.05 * run.size || blank)
                && glyph.x >= run.x1 - 0.5 * run.size
                && glyph.x <= run.x1 + 40.0 * run.size
        });
        match open {
            Some(run) => {
                run.glyphs.push(at);
                run.x1 = run.x1.max(glyph.x + glyph.width);
            }
            // Space before anything else says nothing.
            None if blank => {}
            None => runs.push(Run {
                y: glyph.y,
                size: glyph.size,
                x0: glyph.x,
                x1: glyph.x + glyph.width,
                glyphs: vec![at],
            }),
        }
    }
    runs
}

/// Gathers runs to baselines, from top to bottom.
pub(super) fn baselines(mut runs: Vec<Run>) -> Vec<Baseline> {
    runs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Baseline> = Vec::new();
    for run in runs {
        let found = lines.iter_mut().rev().take(6).find(|line| {
            (line.y - run.y).abs() <= SAME_BASELINE * line.size.min(run.size)
                && !raised_beside(&run, line)
        });
        match found {
            Some(line) => {
                // The line's size is that of its longest run.
                let length = |run: &Run| run.x1 - run.x0;
                let longest = line.runs.iter().map(|(run, _)| length(run)).fold(0.0, f32::max);
                if length(&run) > longest {
                    line.size = run.size;
                    line.y = run.y;
                }
                line.runs.push((run, Position::On));
            }
            None => {
                lines.push(Baseline { y: run.y, size: run.size, runs: vec![(run, Position::On)] });
            }
        }
    }
    gather_raised(lines)
}

/// Whether a run that is nearly on a line is small type raised a little.
fn raised_beside(run: &Run, line: &Baseline) -> bool {
    run.size <= RAISED_SIZE * line.size && line.y - run.y > RAISED_BY.start * line.size
}

/// Moves raised and lowered runs to the line they touch.
fn gather_raised(mut lines: Vec<Baseline>) -> Vec<Baseline> {
    let mut moves: Vec<(usize, usize, usize, Position)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        for (number, (run, _)) in line.runs.iter().enumerate() {
            let near = at.saturating_sub(4)..(at + 5).min(lines.len());
            let host = near.filter(|other| *other != at).find_map(|other| {
                let host = lines.get(other)?;
                let position = position(run, host)?;
                touches(run, host).then_some((other, position))
            });
            if let Some((other, position)) = host {
                moves.push((at, number, other, position));
            }
        }
    }
    let mut taken: Vec<(usize, Run, Position)> = Vec::new();
    for (from, number, to, position) in moves.into_iter().rev() {
        if let Some(line) = lines.get_mut(from).filter(|line| number < line.runs.len()) {
            let (run, _) = line.runs.remove(number);
            taken.push((to, run, position));
        }
    }
    for (to, run, position) in taken {
        if let Some(line) = lines.get_mut(to) {
            line.runs.push((run, position));
        }
    }
    lines.retain(|line| !line.runs.is_empty());
    lines
}

fn position(run: &Run, host: &Baseline) -> Option<Position> {
    if run.size > RAISED_SIZE * host.size {
        return None;
    }
    let up = (host.y - run.y) / host.size;
    if RAISED_BY.contains(&up) {
        Some(Position::Raised)
    } else if LOWERED_BY.contains(&-up) {
        Some(Position::Lowered)
    } else {
        None
    }
}

fn touches(run: &Run, host: &Baseline) -> bool {
    let reach = TOUCHING * host.size;
    host.runs.iter().any(|(other, position)| {
        *position == Position::On
            && other.size > run.size
            && run.x0 <= other.x1 + reach
            && run.x1 >= other.x0 - reach
    })
}
