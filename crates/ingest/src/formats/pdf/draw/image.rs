//! Images: how much of the page they cover, and where inline ones end.

use super::super::lexer::{Lexer, Token, is_space};
use super::super::matrix::Rect;
use super::Painter;

/// Bytes behind a possible `EI` that must look like content.
const LOOK_AHEAD: usize = 12;
/// Entries of an inline image's dictionary; there are about ten keys.
const ENTRIES: usize = 64;

impl Painter<'_> {
    /// An image fills the unit square of user space.
    pub(super) fn image(&mut self) {
        if self.marks.hidden() {
            return;
        }
        let square = Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 }.under(&self.state.matrix);
        let seen = square.intersection(&self.state.clip);
        // Some producers draw lines as images of one dot.
        self.add_rule(square);
        let area = seen.width() * seen.height();
        if area.is_finite() {
            self.image_area += area;
        }
    }

    /// After `BI`: leaves out the dictionary and the data, up to and with `EI`.
    pub(super) fn inline_image(&mut self, lexer: &mut Lexer<'_>) {
        self.image();
        let mut facts = Facts::default();
        let mut key: Option<&[u8]> = None;
        for _ in 0..ENTRIES * 2 {
            match lexer.next() {
                Some(Token::Word(b"ID")) => break,
                Some(Token::Word(b"EI")) | None => return,
                Some(Token::Name(name)) if key.is_none() => key = Some(name),
                Some(value) => {
                    if let Some(key) = key.take() {
                        facts.set(key, value);
                    }
                }
            }
        }
        // One white-space character parts `ID` from the data.
        lexer.skip(1);
        let data = lexer.rest();
        let start = facts.bytes().filter(|&bytes| ends(data, bytes)).unwrap_or(0);
        let end = (start..data.len()).find(|&at| ends(data, at));
        lexer.skip(end.map_or(data.len(), |end| end.saturating_add(3)));
    }
}

/// Whether the data may end here: `EI` alone, and content behind it.
fn ends(data: &[u8], at: usize) -> bool {
    let Some(rest) = data.get(at..) else {
        return false;
    };
    let rest = match rest {
        [space, b'E', b'I', rest @ ..] if is_space(*space) => rest,
        _ => return false,
    };
    rest.first().is_none_or(|&byte| is_space(byte))
        && rest
            .iter()
            .take(LOOK_AHEAD)
            .all(|&byte| is_space(byte) && byte != 0 || (b' '..=b'~').contains(&byte))
}

/// What tells the length of an image that is not compressed.
#[derive(Default)]
struct Facts {
    width: usize,
    height: usize,
    bits: usize,
    components: Option<usize>,
    filtered: bool,
}

impl Facts {
    fn set(&mut self, key: &[u8], value: Token<'_>) {
        let number = match value {
            Token::Number(number) => number.max(0.0) as usize,
            _ => 0,
        };
        match (key, value) {
            (b"W" | b"Width", _) => self.width = number,
            (b"H" | b"Height", _) => self.height = number,
            (b"BPC" | b"BitsPerComponent", _) => self.bits = number,
            (b"IM" | b"ImageMask", Token::Word(b"true")) => {
                self.bits = 1;
                self.components = Some(1);
            }
            (b"F" | b"Filter", _) => self.filtered = true,
            (b"CS" | b"ColorSpace", Token::Name(name)) => {
                self.components = match name {
                    b"G" | b"DeviceGray" | b"CalGray" => Some(1),
                    b"RGB" | b"DeviceRGB" | b"CalRGB" => Some(3),
                    b"CMYK" | b"DeviceCMYK" => Some(4),
                    _ => None,
                }
            }
            _ => {}
        }
    }

    fn bytes(&self) -> Option<usize> {
        if self.filtered {
            return None;
        }
        let row = self.width.checked_mul(self.components?)?.checked_mul(self.bits)?.div_ceil(8);
        row.checked_mul(self.height)
    }
}
