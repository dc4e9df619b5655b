//! What an embedded font program says of its own characters.

use rustc_hash::FxHashMap;
use ttf_parser::{GlyphId, PlatformId, cff};

use super::super::lexer::{Lexer, Token};
use super::super::names;
use super::super::page::Text;

/// A font program of one of the kinds that files embed.
pub(super) enum Program<'a> {
    TrueType(Box<ttf_parser::Face<'a>>),
    Compact(Box<cff::Table<'a>>),
    /// The clear part of a Type 1 program.
    Type1(&'a [u8]),
}

/// How much of a Type 1 program is searched for its encoding: the clear part is a few KiB.
const CLEAR_BYTES: usize = 64 << 10;
/// Where Windows puts the codes of fonts of signs.
const SIGNS: u32 = 0xf000;

impl<'a> Program<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        match bytes {
            [b'%', b'!', ..] | [0x80, 1, ..] => {
                let bytes = bytes.get(..CLEAR_BYTES.min(bytes.len()))?;
                let end =
                    bytes.windows(5).position(|window| window == b"eexec").unwrap_or(bytes.len());
                Some(Self::Type1(bytes.get(..end)?))
            }
            [1, 0, ..] if bytes.get(..4) != Some(&[1, 0, 0, 0]) => {
                cff::Table::parse(bytes).map(|table| Self::Compact(Box::new(table)))
            }
            _ => ttf_parser::Face::parse(bytes, 0).ok().map(|face| Self::TrueType(Box::new(face))),
        }
    }

    /// What the codes of one byte stand for; nothing when the program does not tell of any.
    pub(super) fn encoding(&self) -> Option<[Text; 256]> {
        let mut texts = [Text::default(); 256];
        let mut found = false;
        let mut set = |code: usize, text: Option<Text>| {
            if let (Some(slot), Some(text)) = (texts.get_mut(code), text) {
                *slot = text;
                found = true;
            }
        };
        match self {
            Self::Type1(clear) => type1_encoding(clear, &mut set),
            Self::Compact(table) => {
                for code in 0..=u8::MAX {
                    let name = table.glyph_index(code).and_then(|glyph| table.glyph_name(glyph));
                    set(usize::from(code), name.and_then(|name| names::text(name.as_bytes())));
                }
            }
            Self::TrueType(face) => {
                let characters = self.characters();
                for code in 0..=u8::MAX {
                    let glyph = code_glyph(face, code);
                    let character = glyph
                        .and_then(|glyph| characters.get(&u32::from(glyph.0)))
                        .filter(|&&character| names::is_text(character));
                    set(usize::from(code), character.map(|&character| Text::of(character)));
                }
            }
        }
        found.then_some(texts)
    }

    /// The characters of its glyphs, by glyph number.
    pub(super) fn characters(&self) -> FxHashMap<u32, char> {
        let mut characters = FxHashMap::default();
        let single = |name: &str| {
            let text = names::text(name.as_bytes())?;
            let mut characters = text.as_str().chars();
            characters.next().filter(|_| characters.next().is_none())
        };
        match self {
            Self::Type1(_) => {}
            Self::Compact(table) => {
                for glyph in 0..table.number_of_glyphs() {
                    let name = table.glyph_name(GlyphId(glyph));
                    characters.extend(
                        name.and_then(single).map(|character| (u32::from(glyph), character)),
                    );
                }
            }
            Self::TrueType(face) => {
                for table in unicode_tables(face) {
                    table.codepoints(|code| {
                        if let (Some(glyph), Some(character)) =
                            (table.glyph_index(code), char::from_u32(code))
                        {
                            // The lowest code is the plainest of those that share a glyph.
                            let slot = characters.entry(u32::from(glyph.0)).or_insert(character);
                            if names::is_text(character)
                                && (character < *slot || !names::is_text(*slot))
                            {
                                *slot = character;
                            }
                        }
                    });
                }
                for glyph in 0..face.number_of_glyphs() {
                    let name = face.glyph_name(GlyphId(glyph));
                    if let Some(character) = name.and_then(single) {
                        let slot = characters.entry(u32::from(glyph)).or_insert(character);
                        if !names::is_text(*slot) {
                            *slot = character;
                        }
                    }
                }
            }
        }
        characters
    }
}

fn unicode_tables<'f>(
    face: &'f ttf_parser::Face<'_>,
) -> impl Iterator<Item = ttf_parser::cmap::Subtable<'f>> {
    let tables = face.tables().cmap.map(|cmap| cmap.subtables);
    tables.into_iter().flatten().filter(ttf_parser::cmap::Subtable::is_unicode)
}

/// The glyph of a code in a font of signs: through its Windows table, else its Macintosh one.
fn code_glyph(face: &ttf_parser::Face<'_>, code: u8) -> Option<GlyphId> {
    let tables = face.tables().cmap?.subtables;
    let mut macintosh = None;
    for table in tables {
        match (table.platform_id, table.encoding_id) {
            (PlatformId::Windows, 0) => {
                let glyph = table
                    .glyph_index(SIGNS + u32::from(code))
                    .or_else(|| table.glyph_index(u32::from(code)));
                if glyph.is_some() {
                    return glyph;
                }
            }
            (PlatformId::Macintosh, 0) => macintosh = table.glyph_index(u32::from(code)),
            _ => {}
        }
    }
    macintosh.filter(|glyph| glyph.0 != 0)
}

/// `dup 65 /A put` in the clear part of a Type 1 program.
fn type1_encoding(clear: &[u8], set: &mut impl FnMut(usize, Option<Text>)) {
    let mut window = [None; 4];
    for token in Lexer::new(clear) {
        window.rotate_left(1);
        if let Some(last) = window.last_mut() {
            *last = Some(token);
        }
        if let [
            Some(Token::Word(b"dup")),
            Some(Token::Number(code)),
            Some(Token::Name(name)),
            Some(Token::Word(b"put")),
        ] = window
            && (0.0..256.0).contains(&code)
        {
            set(code as usize, names::text(name));
        }
    }
}
