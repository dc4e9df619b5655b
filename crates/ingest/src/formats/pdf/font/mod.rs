//! Fonts: from the bytes of a string to characters with their widths.

mod composite;
mod legacy;
mod look;
mod program;
mod simple;

use lopdf::Dictionary;
use rustc_hash::FxHashMap;

pub(super) use composite::Composite;
pub(super) use look::{Look, Styles};

use super::cmap::Map;
use super::encoding::Base;
use super::file::{Fault, File};
use super::matrix::Matrix;
use super::names::is_text;
use super::page::Text;

/// What one code of a font draws.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Code {
    /// Empty when nobody knows.
    pub text: Text,
    /// Whether the text is longer than what is here: see [`Font::long_text`].
    pub long: bool,
    /// The advance for a size of 1.
    pub width: f32,
}

/// A font ready to read strings with.
pub(super) struct Font {
    pub look: Look,
    /// Moves down instead of right.
    pub vertical: bool,
    /// The height of a glyph that is as high as the size says; not 1 in Type 3 fonts only.
    pub em: f32,
    /// The width of a space for a size of 1.
    pub space: f32,
    codes: Codes,
    /// The texts that do not fit into a [`Code`].
    long: FxHashMap<u32, String>,
}

enum Codes {
    Simple(Box<[Code; 256]>),
    Composite(Box<Composite>),
}

/// A space, where the font has none that is known: a quarter of the size, as in Times.
const SPACE: f32 = 0.25;
/// A space in proportion to the font's mean width, from the standard fonts.
const SPACE_OF_MEAN: f32 = 0.5;
/// No code moves farther than this many sizes: past it the file is damaged.
const WIDEST: f32 = 100.0;

impl Font {
    /// Reads a font's dictionary.
    pub(super) fn load(
        file: &File<'_>,
        dictionary: &Dictionary,
        styles: &mut Styles,
    ) -> Result<Self, Fault> {
        match file.name(dictionary, b"Subtype") {
            Some(b"Type0") => composite::load(file, dictionary, styles),
            Some(b"Type3") => {
                simple::load(file, dictionary, styles, Some(type3_matrix(file, dictionary)))
            }
            _ => simple::load(file, dictionary, styles, None),
        }
    }

    /// The first character of a string: its code, how many bytes it takes, what it draws. A
    /// string that is not empty gives at least one byte.
    pub(super) fn next(&mut self, string: &[u8]) -> (u32, usize, Code) {
        match &mut self.codes {
            Codes::Simple(codes) => {
                let byte = string.first().copied().unwrap_or_default();
                (u32::from(byte), 1, codes.get(usize::from(byte)).copied().unwrap_or_default())
            }
            Codes::Composite(composite) => composite.next(string, &mut self.long),
        }
    }

    /// The whole text of a code that is marked as long.
    pub(super) fn long_text(&self, code: u32) -> &str {
        self.long.get(&code).map_or("", String::as_str)
    }
}

fn type3_matrix(file: &File<'_>, dictionary: &Dictionary) -> Matrix {
    file.numbers(dictionary, b"FontMatrix")
        .map(Matrix::new)
        .filter(Matrix::is_finite)
        .unwrap_or(Matrix { a: 0.001, d: 0.001, ..Matrix::IDENTITY })
}

/// A code with a text that may be too long for it.
fn code(number: u32, text: &str, width: f32, long: &mut FxHashMap<u32, String>) -> Code {
    let (short, rest) = Text::split(text);
    if !rest.is_empty() {
        long.insert(number, text.to_owned());
    }
    let width = if width.is_finite() { width.clamp(-WIDEST, WIDEST) } else { 0.0 };
    Code { text: short, long: !rest.is_empty(), width }
}

/// The map to Unicode, if the font has one with entries. A damaged one counts as none.
fn to_unicode(file: &File<'_>, dictionary: &Dictionary) -> Result<Option<Map>, Fault> {
    let Some(stream) = file.stream(dictionary, b"ToUnicode") else {
        return Ok(None);
    };
    match file.decode(stream) {
        Ok(bytes) => Ok(Some(Map::parse(&bytes)).filter(|map| !map.is_empty())),
        Err(Fault::Broken(_)) => Ok(None),
        Err(limit) => Err(limit),
    }
}

/// The bytes of the font program, if it is embedded and whole.
fn program_bytes(file: &File<'_>, descriptor: &Dictionary) -> Result<Option<Vec<u8>>, Fault> {
    for key in [b"FontFile2".as_slice(), b"FontFile3", b"FontFile"] {
        if let Some(stream) = file.stream(descriptor, key) {
            return match file.decode(stream) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(Fault::Broken(_)) => Ok(None),
                Err(limit) => Err(limit),
            };
        }
    }
    Ok(None)
}

/// The fonts of signs, whose codes mean the same whatever file they are in.
fn pi_font(name: &str) -> Option<Base> {
    let name = name.to_ascii_lowercase();
    if name.contains("wingdings") {
        Some(Base::Wingdings)
    } else if name.contains("dingbats") {
        Some(Base::Dingbats)
    } else if name.starts_with("symbol") && !name.contains("neu") {
        Some(Base::Symbol)
    } else {
        None
    }
}

/// A character that Windows puts at 0xF000 and a code: what the code means in the font.
fn from_private(character: char, base: Option<Base>) -> Option<char> {
    let code = u32::from(character).checked_sub(0xf000).and_then(|code| u8::try_from(code).ok())?;
    let found = base.unwrap_or(Base::WinAnsi).table().get(usize::from(code)).copied().flatten();
    found.filter(|&character| is_text(character))
}

/// An estimate of a space from the widths of other characters.
fn space_of(widths: impl Iterator<Item = f32>) -> f32 {
    let (sum, count) = widths
        .filter(|&width| width > 0.0)
        .fold((0.0_f32, 0.0_f32), |(sum, count), width| (sum + width, count + 1.0));
    if count > 0.0 { (sum / count * SPACE_OF_MEAN).clamp(SPACE / 2.0, SPACE * 2.5) } else { SPACE }
}
