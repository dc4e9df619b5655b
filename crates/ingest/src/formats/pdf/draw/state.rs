//! The state that operators change.

use super::super::matrix::{Matrix, Rect};

/// What `q` saves and `Q` brings back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Graphics {
    /// From user space to points from the page's top left.
    pub matrix: Matrix,
    /// What may be seen, on the page.
    pub clip: Rect,
    pub font: Option<usize>,
    pub size: f32,
    pub char_space: f32,
    pub word_space: f32,
    /// Horizontal scaling; 1 is none.
    pub stretch: f32,
    pub leading: f32,
    pub rise: f32,
    /// Text rendering mode, 0 to 7.
    pub mode: u8,
    pub line_width: f32,
    /// Whether fills and lines are white, so that nobody sees them on paper.
    pub white_fill: bool,
    pub white_line: bool,
}

impl Graphics {
    pub(super) fn new(matrix: Matrix, clip: Rect) -> Self {
        Self {
            matrix,
            clip,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            line_width: 1.0,
            white_fill: false,
            white_line: false,
        }
    }
}

/// Where text stands: `q` does not save it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextMatrices {
    pub current: Matrix,
    line: Matrix,
}

impl Default for TextMatrices {
    fn default() -> Self {
        Self { current: Matrix::IDENTITY, line: Matrix::IDENTITY }
    }
}

impl TextMatrices {
    pub(super) fn set(&mut self, matrix: Matrix) {
        if matrix.is_finite() {
            self.current = matrix;
            self.line = matrix;
        }
    }

    /// To a new line, by so much from the start of this one.
    pub(super) fn shift(&mut self, x: f32, y: f32) {
        let moved = Matrix::translation(x, y).then(&self.line);
        self.set(moved);
    }

    /// Along the text, after a glyph.
    pub(super) fn advance(&mut self, x: f32, y: f32) {
        let (e, f) = self.current.apply(x, y);
        if e.is_finite() && f.is_finite() {
            self.current.e = e;
            self.current.f = f;
        }
    }
}
