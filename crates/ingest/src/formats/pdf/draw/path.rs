//! Paths: thin straight lines are kept as rules, rectangles cut what is seen.

use super::super::lexer::Token;
use super::super::matrix::Rect;
use super::super::page::Rule;
use super::{Painter, number, numbers};

/// Lines up to this thick, in points, are rules; thicker ones are shapes.
const RULE_THICKNESS: f32 = 2.0;
/// Lines shorter than this, in points, are dots and parts of drawings.
const RULE_LENGTH: f32 = 3.0;
/// How far, in points, the ends of a straight line may differ across it.
const STRAIGHT: f32 = 0.3;
/// Rules of a page: large tables draw a few thousand, drawings of maps are cut short.
const PAGE_RULES: usize = 50_000;
/// Rules of a file, held in 16 bytes each: some hundred for each page of a long volume of tables.
const RULES: usize = 1_000_000;
/// Pieces of one path, for the same reason.
const PIECES: usize = 50_000;

/// The path being built, on the page.
#[derive(Debug, Default)]
pub(super) struct Path {
    pieces: Vec<Piece>,
    bounds: Option<Rect>,
    start: (f32, f32),
    current: (f32, f32),
    /// The box of the subpath, as long as its sides run along the axes.
    subpath: Option<Rect>,
    /// Whether the path is to cut what follows.
    clips: bool,
}

#[derive(Clone, Copy, Debug)]
enum Piece {
    Line((f32, f32), (f32, f32)),
    /// A closed subpath with sides along the axes.
    Box(Rect),
}

impl Path {
    fn push(&mut self, piece: Piece) {
        if self.pieces.len() < PIECES {
            self.pieces.push(piece);
        }
    }

    fn add(&mut self, point: (f32, f32)) {
        self.bounds.get_or_insert(Rect::EMPTY).add(point.0, point.1);
    }

    fn move_to(&mut self, point: (f32, f32)) {
        self.end_subpath();
        self.start = point;
        self.current = point;
        let mut subpath = Rect::EMPTY;
        subpath.add(point.0, point.1);
        self.subpath = Some(subpath);
        self.add(point);
    }

    fn line_to(&mut self, point: (f32, f32)) {
        let (from, to) = (self.current, point);
        let along = (from.0 - to.0).abs() <= STRAIGHT || (from.1 - to.1).abs() <= STRAIGHT;
        match &mut self.subpath {
            Some(subpath) if along => subpath.add(to.0, to.1),
            other => *other = None,
        }
        self.push(Piece::Line(from, to));
        self.current = to;
        self.add(to);
    }

    fn curve_to(&mut self, point: (f32, f32)) {
        self.subpath = None;
        self.current = point;
        self.add(point);
    }

    fn close(&mut self) {
        if self.current != self.start {
            self.line_to(self.start);
        }
    }

    /// Fills close what is open, so a subpath with straight sides is a box wherever it ends.
    fn end_subpath(&mut self) {
        if let Some(subpath) = self.subpath.take()
            && (subpath.width() > 0.0 || subpath.height() > 0.0)
        {
            self.push(Piece::Box(subpath));
        }
    }

    fn rectangle(&mut self, corners: [(f32, f32); 4]) {
        let [first, rest @ ..] = corners;
        self.move_to(first);
        for point in rest {
            self.line_to(point);
        }
        self.close();
    }
}

impl Painter<'_> {
    pub(super) fn operate_path(&mut self, operator: &[u8], operands: &[Token<'_>]) {
        match operator {
            b"m" => {
                if let Some([x, y]) = numbers(operands) {
                    let point = self.state.matrix.apply(x, y);
                    self.path.move_to(point);
                }
            }
            b"l" => {
                if let Some([x, y]) = numbers(operands) {
                    let point = self.state.matrix.apply(x, y);
                    self.path.line_to(point);
                }
            }
            b"c" | b"v" | b"y" => {
                if let Some([x, y]) = numbers(operands) {
                    let point = self.state.matrix.apply(x, y);
                    self.path.curve_to(point);
                }
            }
            b"re" => {
                if let Some([x, y, width, height]) = numbers(operands) {
                    let corner = |x, y| self.state.matrix.apply(x, y);
                    let corners = [
                        corner(x, y),
                        corner(x + width, y),
                        corner(x + width, y + height),
                        corner(x, y + height),
                    ];
                    self.path.rectangle(corners);
                }
            }
            b"h" => self.path.close(),
            b"W" | b"W*" => self.path.clips = true,
            b"n" => self.paint(false, false),
            b"S" => self.paint(false, true),
            b"s" => {
                self.path.close();
                self.paint(false, true);
            }
            b"f" | b"F" | b"f*" => self.paint(true, false),
            b"B" | b"B*" => self.paint(true, true),
            b"b" | b"b*" => {
                self.path.close();
                self.paint(true, true);
            }
            b"g" => self.state.white_fill = number(operands).is_some_and(|grey| grey >= 1.0),
            b"G" => self.state.white_line = number(operands).is_some_and(|grey| grey >= 1.0),
            b"rg" => self.state.white_fill = all(operands, 1.0),
            b"RG" => self.state.white_line = all(operands, 1.0),
            b"k" => self.state.white_fill = all(operands, 0.0),
            b"K" => self.state.white_line = all(operands, 0.0),
            // Other colour spaces: one or three components of full strength are white in those
            // that documents use; four are an ink each.
            b"sc" | b"scn" => self.state.white_fill = white(operands),
            b"SC" | b"SCN" => self.state.white_line = white(operands),
            b"cs" => self.state.white_fill = false,
            b"CS" => self.state.white_line = false,
            _ => {}
        }
    }

    fn paint(&mut self, fill: bool, stroke: bool) {
        self.path.end_subpath();
        if !self.marks.hidden() {
            let thickness = self.state.line_width * self.state.matrix.scale();
            let fill = fill && !self.state.white_fill;
            let stroke = stroke && !self.state.white_line && thickness <= RULE_THICKNESS;
            let pieces = std::mem::take(&mut self.path.pieces);
            for piece in &pieces {
                match piece {
                    Piece::Line(from, to) if stroke => {
                        let mut line = Rect::EMPTY;
                        line.add(from.0, from.1);
                        line.add(to.0, to.1);
                        self.add_rule(line);
                    }
                    Piece::Box(bounds) if fill => self.add_rule(*bounds),
                    _ => {}
                }
            }
            self.path.pieces = pieces;
        }
        if self.path.clips {
            let bounds = self.path.bounds.unwrap_or(Rect::EMPTY);
            self.state.clip = self.state.clip.intersection(&bounds);
        }
        self.path.pieces.clear();
        self.path.bounds = None;
        self.path.subpath = None;
        self.path.clips = false;
    }
}

impl Painter<'_> {
    /// Keeps what is thin and seen of a box or line.
    pub(super) fn add_rule(&mut self, drawn: Rect) {
        if self.rules < RULES
            && self.page.rules.len() < PAGE_RULES
            && let Some(rule) = rule(drawn, &self.state.clip)
        {
            self.page.rules.push(rule);
            self.rules += 1;
        }
    }
}

/// The part of a thin box or line that is seen.
fn rule(drawn: Rect, clip: &Rect) -> Option<Rule> {
    let Rect { x0, y0, x1, y1 } = drawn.intersection(clip);
    let (width, height) = (x1 - x0, y1 - y0);
    let thin = width.min(height);
    // Also false for what is not a number.
    ((0.0..=RULE_THICKNESS).contains(&thin) && width.max(height) >= RULE_LENGTH).then_some(Rule {
        x0,
        x1,
        y0,
        y1,
    })
}

fn all(operands: &[Token<'_>], value: f32) -> bool {
    !operands.is_empty() && operands.iter().all(|operand| *operand == Token::Number(value))
}

fn white(operands: &[Token<'_>]) -> bool {
    match operands.len() {
        1 | 3 => all(operands, 1.0),
        4 => all(operands, 0.0),
        _ => false,
    }
}
