//! A page on its way through the layout: its rows, the rules drawn on it, and its measure.

use super::rows::Row;
use crate::formats::pdf::page::Rule;

/// The thickest rule; anything thicker is a bar or box.
const THIN: f32 = 3.0;

/// Rules closer than this are the pieces of one line.
const PIECES: f32 = 2.0;

/// A page with more rules than this is a drawing; the largest table of figures has 200.
const DRAWING: usize = 4_000;

/// A page as rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// Its number, from 1.
    pub number: u32,
    /// Its size in points.
    pub width: f32,
    pub height: f32,
    /// The size of the text of its document.
    pub body: f32,
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// Horizontal rules, from top to bottom, pieces of one line joined.
    pub rules: Vec<Line>,
}

/// A horizontal rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
}

impl Line {
    pub(super) fn width(&self) -> f32 {
        self.x1 - self.x0
    }
}

/// The horizontal rules among what is drawn.
pub(super) fn horizontal(rules: &[Rule]) -> Vec<Line> {
    let mut lines: Vec<Line> = rules
        .iter()
        .filter(|rule| {
            let (width, height) = ((rule.x1 - rule.x0).abs(), (rule.y1 - rule.y0).abs());
            height <= THIN && width > 4.0 * height.max(1.0)
        })
        .map(|rule| Line {
            x0: rule.x0.min(rule.x1),
            x1: rule.x0.max(rule.x1),
            y: (rule.y0 + rule.y1) / 2.0,
        })
        .collect();
    if lines.len() > DRAWING {
        return Vec::new();
    }
    lines.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut joined: Vec<Line> = Vec::new();
    for line in lines {
        let open = joined.iter_mut().rev().take(12).find(|last| {
            (last.y - line.y).abs() < PIECES
                && line.x0 <= last.x1 + PIECES
                && line.x1 >= last.x0 - PIECES
        });
        match open {
            Some(last) => {
                last.x0 = last.x0.min(line.x0);
                last.x1 = last.x1.max(line.x1);
            }
            None => joined.push(line),
        }
    }
    joined
}
