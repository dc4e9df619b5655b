//! The operators that show text.

use lopdf::Dictionary;

use super::super::file::{Fault, as_dictionary};
use super::super::font::{Composite, Font};
use super::super::lexer::{self, Token};
use super::super::matrix::Rect;
use super::super::page::{Glyph, Text};
use super::Painter;
use crate::ExtractError;

/// Fonts of a file, each held in 6 KiB and more: volumes bound from a thousand parts have ten each.
const FONTS: usize = 20_000;
/// How far a baseline may rise over its length and still count as upright.
const UPRIGHT_SLOPE: f32 = 0.1;
/// How far letters lean, over their height, to count as italic: fonts lean by 0.2.
const ITALIC_SLANT: f32 = 0.1;
/// Lines around letters at least so thick, over the size, make them bold.
const BOLD_OUTLINE: f32 = 0.01;
/// How far outside the clip, over the size, a glyph's middle may lie: clips are cut close.
const CLIP_SLACK: f32 = 0.3;
/// Where the middle of a letter lies above the baseline, over the size.
const MIDDLE: f32 = 0.25;
/// Offsets in arrays of text are in thousandths of the size.
const OFFSET: f32 = 0.001;

/// What is the same for all glyphs of a string.
#[derive(Clone, Copy)]
struct Run {
    style: u16,
    size: f32,
    /// From text units to points, along the baseline.
    along: f32,
    upright: bool,
    hidden: bool,
    /// The space's width in points.
    space: f32,
}

impl<'a> Painter<'a> {
    pub(super) fn next_line(&mut self) {
        self.text.shift(0.0, -self.state.leading);
    }

    pub(super) fn set_font(
        &mut self,
        operands: &[Token<'_>],
        resources: Option<&'a Dictionary>,
    ) -> Result<(), ExtractError> {
        let [.., Token::Name(name), Token::Number(size)] = operands else {
            return Ok(());
        };
        self.state.size = *size;
        let font = self.resource(resources, b"Font", name).and_then(as_dictionary);
        self.state.font = match font {
            Some(dictionary) => self.font(dictionary)?,
            None => None,
        };
        Ok(())
    }

    /// `gs`: of its parameters, fonts and line widths matter here.
    pub(super) fn set_parameters(
        &mut self,
        operands: &[Token<'_>],
        resources: Option<&'a Dictionary>,
    ) -> Result<(), ExtractError> {
        let Some(Token::Name(name)) = operands.last() else {
            return Ok(());
        };
        let Some(parameters) = self.resource(resources, b"ExtGState", name).and_then(as_dictionary)
        else {
            return Ok(());
        };
        let file = self.file;
        if let Some(width) = file.number(parameters, b"LW") {
            self.state.line_width = width;
        }
        if let Some([font, size, ..]) = file.array(parameters, b"Font")
            && let Some(font) = file.resolve(font).and_then(as_dictionary)
        {
            self.state.size =
                file.resolve(size).and_then(|size| size.as_float().ok()).unwrap_or(0.0);
            self.state.font = self.font(font)?;
        }
        Ok(())
    }

    fn font(&mut self, dictionary: &'a Dictionary) -> Result<Option<usize>, ExtractError> {
        let place = std::ptr::from_ref(dictionary);
        if let Some(&known) = self.font_of.get(&place) {
            return Ok(known);
        }
        if self.fonts.len() >= FONTS {
            self.note(
                "it uses more fonts than a document has; the last ones are left out".to_owned(),
            );
            return Ok(None);
        }
        let font = match Font::load(self.file, dictionary, &mut self.styles) {
            Ok(font) => {
                self.fonts.push(font);
                Some(self.fonts.len() - 1)
            }
            Err(Fault::Broken(reason)) => {
                self.note(reason);
                None
            }
            Err(Fault::Limit(error)) => return Err(error),
        };
        self.font_of.insert(place, font);
        Ok(font)
    }

    pub(super) fn show_string(&mut self, operands: &[Token<'_>]) -> Result<(), ExtractError> {
        match operands.last() {
            Some(string) => self.show(std::slice::from_ref(string)),
            None => Ok(()),
        }
    }

    pub(super) fn show_array(&mut self, operands: &[Token<'_>]) -> Result<(), ExtractError> {
        self.show(operands)
    }

    /// Strings are shown, numbers move back; the brackets around them say nothing.
    fn show(&mut self, parts: &[Token<'_>]) -> Result<(), ExtractError> {
        let Some(run) = self.run_of_text() else {
            return Ok(());
        };
        let mut scratch = std::mem::take(&mut self.scratch);
        let mut result = Ok(());
        for part in parts {
            scratch.clear();
            match part {
                Token::Literal(body) => {
                    if body.contains(&b'\\') || body.contains(&b'\r') {
                        lexer::literal(body, &mut scratch);
                        result = self.show_bytes(&scratch, run);
                    } else {
                        result = self.show_bytes(body, run);
                    }
                }
                Token::Hex(body) => {
                    lexer::hex(body, &mut scratch);
                    result = self.show_bytes(&scratch, run);
                }
                Token::Number(offset) => {
                    let back = -offset * OFFSET * self.state.size;
                    if self.vertical() {
                        self.text.advance(0.0, back);
                    } else {
                        self.text.advance(back * self.state.stretch, 0.0);
                    }
                }
                _ => {}
            }
            if result.is_err() {
                break;
            }
        }
        self.scratch = scratch;
        result
    }

    fn vertical(&self) -> bool {
        self.state.font.and_then(|font| self.fonts.get(font)).is_some_and(|font| font.vertical)
    }

    /// What the glyphs have in common; nothing without a font.
    fn run_of_text(&mut self) -> Option<Run> {
        let state = &self.state;
        let font = self.fonts.get_mut(state.font?)?;
        let matrix = self.text.current.then(&state.matrix);
        let (a, b) = (matrix.a * state.size * state.stretch, matrix.b * state.size * state.stretch);
        let (c, d) = (matrix.c * state.size, matrix.d * state.size);
        let along = a.hypot(b);
        let size = c.hypot(d) * font.em;
        let upright = a > 0.0 && b.abs() <= UPRIGHT_SLOPE * a && !font.vertical;
        // On the page y grows downwards, so upright letters have a negative height.
        let lean = if upright && d < 0.0 { c / -d } else { 0.0 };
        let outline = state.line_width * state.matrix.scale();
        let outlined =
            matches!(state.mode, 2 | 6) && !state.white_line && outline >= BOLD_OUTLINE * size;
        Some(Run {
            style: font.look.style(&mut self.styles, outlined, lean > ITALIC_SLANT),
            size,
            along,
            upright,
            hidden: matches!(state.mode, 3 | 7),
            space: font.space * along,
        })
    }

    fn show_bytes(&mut self, mut bytes: &[u8], run: Run) -> Result<(), ExtractError> {
        let state = self.state;
        let Some(index) = state.font else {
            return Ok(());
        };
        let shown = !self.marks.hidden();
        let artifact = self.marks.artifact();
        let bound = self.file.limits().pdf_glyphs;
        while !bytes.is_empty() {
            let Some(font) = self.fonts.get_mut(index) else {
                return Ok(());
            };
            let vertical = font.vertical;
            let (number, taken, code) = font.next(bytes);
            bytes = bytes.get(taken..).unwrap_or_default();
            self.glyphs += 1;
            if self.glyphs > bound {
                return Err(self.file.limit("pdf_glyphs", self.glyphs, bound));
            }
            if shown {
                if code.text.is_empty() {
                    self.unmapped += 1;
                } else {
                    let matrix = &self.text.current;
                    let (x, y) = state
                        .matrix
                        .apply(state.rise * matrix.c + matrix.e, state.rise * matrix.d + matrix.f);
                    let glyph = Glyph {
                        text: code.text,
                        x,
                        y,
                        width: code.width.abs() * run.along,
                        size: run.size,
                        space_width: run.space,
                        style: run.style,
                        upright: run.upright,
                        hidden: run.hidden,
                        artifact,
                    };
                    if visible(&glyph, &state.clip) {
                        if code.long {
                            let text = font.long_text(number);
                            self.glyphs += text.len() as u64;
                            spread(&glyph, text, &mut self.page.glyphs);
                        } else {
                            self.page.glyphs.push(glyph);
                        }
                    }
                }
            }
            // Word spacing is for the single byte 32, whatever it draws.
            let word = if taken == 1 && number == 32 { state.word_space } else { 0.0 };
            if vertical {
                let down = Composite::vertical_advance() * state.size + state.char_space + word;
                self.text.advance(0.0, -down);
            } else {
                let right = code.width * state.size + state.char_space + word;
                self.text.advance(right * state.stretch, 0.0);
            }
        }
        Ok(())
    }
}

/// Whether the middle of a glyph lies on the page and within the clip.
fn visible(glyph: &Glyph, clip: &Rect) -> bool {
    let (x, y) = if glyph.upright {
        (glyph.x + glyph.width / 2.0, glyph.y - glyph.size * MIDDLE)
    } else {
        (glyph.x, glyph.y)
    };
    let slack = glyph.size * CLIP_SLACK;
    (clip.x0 - slack..=clip.x1 + slack).contains(&x)
        && (clip.y0 - slack..=clip.y1 + slack).contains(&y)
}

/// Puts a text that is too long for one glyph on several, side by side.
pub(super) fn spread(whole: &Glyph, text: &str, glyphs: &mut Vec<Glyph>) {
    let count = text.chars().count().max(1) as f32;
    let width = whole.width / count;
    let mut x = whole.x;
    for character in text.chars() {
        glyphs.push(Glyph { text: Text::of(character), x, width, ..*whole });
        x += width;
    }
}
