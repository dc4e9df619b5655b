//! Fonts of several bytes a character (Type 0).

use lopdf::{Dictionary, Object};
use rustc_hash::FxHashMap;

use super::super::cmap::Map;
use super::super::encoding::Base;
use super::super::file::{Fault, File};
use super::super::names::is_text;
use super::legacy::Legacy;
use super::program::Program;
use super::{Code, Codes, Font, Look, Styles};

/// Widths are in thousandths of the size.
const UNIT: f32 = 0.001;
/// A glyph whose width is not given, as the format says.
const DEFAULT_WIDTH: f32 = 1000.0;
/// How far a glyph moves down in vertical writing where nothing is said.
const VERTICAL: f32 = 1.0;
/// Widths given by ranges: every glyph a few times.
const WIDTHS: usize = 4 << 16;
/// Glyph numbers have two bytes.
const GLYPHS: u32 = 1 << 16;

/// How codes of a composite font are read; each code is looked up once.
pub(in super::super) struct Composite {
    encoding: Encoding,
    unicode: Option<Map>,
    widths: FxHashMap<u32, f32>,
    default_width: f32,
    /// The characters of an embedded font's glyphs, by glyph number.
    glyphs: FxHashMap<u32, char>,
    /// Letters that the map to Unicode has wrong.
    corrected: FxHashMap<u32, char>,
    /// From glyph numbers of the font dictionary to those of the embedded font, two bytes each.
    to_glyph: Option<Vec<u8>>,
    pi: Option<Base>,
    /// Codes of up to two bytes, by their high byte.
    known: Vec<Option<Box<[Option<Code>; 256]>>>,
    /// Longer codes.
    others: FxHashMap<u32, Code>,
}

enum Encoding {
    Map(Map),
    /// The codes are characters of an older encoding or of Unicode.
    Legacy(Legacy),
}

pub(super) fn load(
    file: &File<'_>,
    dictionary: &Dictionary,
    styles: &mut Styles,
) -> Result<Font, Fault> {
    let descendant = file
        .array(dictionary, b"DescendantFonts")
        .and_then(|fonts| fonts.first())
        .and_then(|font| file.resolve(font))
        .and_then(super::super::file::as_dictionary);
    let descriptor = descendant.and_then(|font| file.dictionary(font, b"FontDescriptor"));
    let mut look = Look::of(file, dictionary, descriptor);
    let encoding = encoding(file, dictionary)?;
    let unicode = super::to_unicode(file, dictionary)?;
    let doubled = unicode.as_ref().map(Map::doubled).unwrap_or_default();
    let mut composite = Composite {
        widths: descendant.map(|font| widths(file, font)).unwrap_or_default(),
        default_width: descendant
            .and_then(|font| file.number(font, b"DW"))
            .unwrap_or(DEFAULT_WIDTH),
        glyphs: FxHashMap::default(),
        corrected: FxHashMap::default(),
        to_glyph: None,
        pi: super::pi_font(&look.name),
        known: Vec::new(),
        others: FxHashMap::default(),
        encoding,
        unicode,
    };
    if (composite.unicode.is_none() || !doubled.is_empty())
        && matches!(composite.encoding, Encoding::Map(_))
        && let Some(descriptor) = descriptor
    {
        if let Some(bytes) = super::program_bytes(file, descriptor)? {
            composite.glyphs =
                Program::read(&bytes).map(|program| program.characters()).unwrap_or_default();
        }
        if let Some(stream) = descendant.and_then(|font| file.stream(font, b"CIDToGIDMap")) {
            composite.to_glyph = match file.decode(stream) {
                Ok(bytes) => Some(bytes),
                Err(Fault::Broken(_)) => None,
                Err(limit) => return Err(limit),
            };
        }
    }
    composite.correct(&doubled);
    let vertical = match &composite.encoding {
        Encoding::Map(map) => map.vertical,
        Encoding::Legacy(legacy) => legacy.vertical,
    };
    let space = composite.space();
    let _ = look.style(styles, false, false);
    Ok(Font {
        look,
        vertical,
        em: 1.0,
        space,
        codes: Codes::Composite(Box::new(composite)),
        long: FxHashMap::default(),
    })
}

fn encoding(file: &File<'_>, dictionary: &Dictionary) -> Result<Encoding, Fault> {
    Ok(match file.get(dictionary, b"Encoding") {
        Some(Object::Name(name)) => match Legacy::named(name) {
            Some(legacy) => Encoding::Legacy(legacy),
            None => Encoding::Map(Map::identity(name.ends_with(b"V"))),
        },
        Some(Object::Stream(stream)) => {
            let vertical = file.integer(&stream.dict, b"WMode") == Some(1);
            match file.decode(stream) {
                Ok(bytes) => {
                    let mut map = Map::parse(&bytes);
                    map.vertical |= vertical;
                    Encoding::Map(map)
                }
                Err(Fault::Broken(_)) => Encoding::Map(Map::identity(vertical)),
                Err(limit) => return Err(limit),
            }
        }
        _ => Encoding::Map(Map::identity(false)),
    })
}

/// `/W`: `[first [w w w] first last w ...]`.
fn widths(file: &File<'_>, font: &Dictionary) -> FxHashMap<u32, f32> {
    let mut widths = FxHashMap::default();
    let mut entries =
        file.array(font, b"W").unwrap_or_default().iter().filter_map(|entry| file.resolve(entry));
    let number = |object: &Object| object.as_float().ok();
    // Ranges that cover all glyphs over and over would cost much and say nothing.
    let mut left = WIDTHS;
    while let Some(first) = entries.next().and_then(number) {
        let first = first.max(0.0) as u32;
        match entries.next() {
            Some(Object::Array(list)) => {
                for (glyph, width) in (first..GLYPHS).zip(list) {
                    if let Some(width) = file.resolve(width).and_then(number) {
                        widths.insert(glyph, width);
                    }
                }
            }
            Some(last) => {
                let (Some(last), Some(width)) = (number(last), entries.next().and_then(number))
                else {
                    break;
                };
                let last = (last.max(0.0) as u32).min(GLYPHS - 1);
                let given = first..last.saturating_add(1);
                left = left.saturating_sub(given.len());
                if left == 0 {
                    break;
                }
                widths.extend(given.map(|glyph| (glyph, width)));
            }
            None => break,
        }
    }
    widths
}

impl Composite {
    /// Some versions of Word write the letter of a neighbour for a glyph: `iniorme` for `informe`, where both
    /// glyphs are said to be an `i`. The embedded font knows them apart. It is believed only where it says
    /// the same of another glyph as the map does.
    fn correct(&mut self, doubled: &[(char, Vec<u32>)]) {
        for (letter, codes) in doubled {
            let known: Vec<(u32, char)> = codes
                .iter()
                .filter_map(|&code| {
                    let Encoding::Map(map) = &self.encoding else { return None };
                    Some((code, self.embedded(map.number(code)?)?))
                })
                .collect();
            if known.iter().any(|(_, own)| own == letter) {
                let wrong =
                    known.into_iter().filter(|(_, own)| own != letter && own.is_ascii_alphabetic());
                self.corrected.extend(wrong);
            }
        }
    }

    /// See [`Font::next`].
    pub(super) fn next(
        &mut self,
        string: &[u8],
        long: &mut FxHashMap<u32, String>,
    ) -> (u32, usize, Code) {
        let (number, bytes) = match &self.encoding {
            Encoding::Map(map) => map.split(string),
            Encoding::Legacy(legacy) => legacy.split(string),
        };
        let (high, low) = ((number >> 8) as usize, (number & 0xff) as usize);
        let known = if number < GLYPHS {
            self.known
                .get(high)
                .and_then(Option::as_ref)
                .and_then(|page| page.get(low).copied().flatten())
        } else {
            self.others.get(&number).copied()
        };
        if let Some(code) = known {
            return (number, bytes, code);
        }
        let code = self.look_up(number, string.get(..bytes).unwrap_or_default(), long);
        if number < GLYPHS {
            if self.known.len() <= high {
                self.known.resize_with(high + 1, || None);
            }
            if let Some(page) = self.known.get_mut(high)
                && let Some(slot) = page.get_or_insert_with(|| Box::new([None; 256])).get_mut(low)
            {
                *slot = Some(code);
            }
        } else if self.others.len() < GLYPHS as usize {
            self.others.insert(number, code);
        }
        (number, bytes, code)
    }

    fn look_up(&self, number: u32, string: &[u8], long: &mut FxHashMap<u32, String>) -> Code {
        let mut text = String::new();
        let glyph = match &self.encoding {
            Encoding::Map(map) => map.number(number),
            Encoding::Legacy(_) => None,
        };
        if let Some(letter) = self.corrected.get(&number) {
            text.push(*letter);
        } else if !self.unicode.as_ref().is_some_and(|map| map.text(number, &mut text)) {
            let found = match &self.encoding {
                Encoding::Legacy(legacy) => {
                    legacy.text(string, &mut text);
                    None
                }
                Encoding::Map(_) => self.character(number, glyph),
            };
            text.extend(found);
        }
        let width = glyph.and_then(|glyph| self.widths.get(&glyph)).unwrap_or(&self.default_width);
        super::code(number, &text, width * UNIT, long)
    }

    /// What a glyph is where no map says it.
    fn character(&self, number: u32, glyph: Option<u32>) -> Option<char> {
        if let Some(raw) = self.unicode.as_ref().and_then(|map| map.raw(number)) {
            return super::from_private(raw, self.pi);
        }
        let character = self.embedded(glyph?)?;
        if is_text(character) { Some(character) } else { super::from_private(character, self.pi) }
    }

    /// What an embedded font says of a glyph.
    fn embedded(&self, glyph: u32) -> Option<char> {
        let glyph = match &self.to_glyph {
            Some(map) => match map.get(glyph as usize * 2..)? {
                [high, low, ..] => u32::from(u16::from_be_bytes([*high, *low])),
                _ => return None,
            },
            None => glyph,
        };
        self.glyphs.get(&glyph).copied()
    }

    /// The width of the space, as far as it is known.
    fn space(&self) -> f32 {
        let glyph = |code: u32| match &self.encoding {
            Encoding::Map(map) => map.number(code),
            Encoding::Legacy(_) => None,
        };
        let by_map = self.unicode.as_ref().and_then(|map| map.code_of(' ')).and_then(glyph);
        let by_font = || {
            self.glyphs.iter().find(|(_, character)| **character == ' ').map(|(&glyph, _)| glyph)
        };
        by_map
            .or_else(by_font)
            .map(|glyph| self.widths.get(&glyph).unwrap_or(&self.default_width) * UNIT)
            .filter(|&width| width > 0.0)
            .unwrap_or_else(|| super::space_of(self.widths.values().map(|width| width * UNIT)))
    }

    /// How far vertical writing moves for a size of 1.
    pub(in super::super) const fn vertical_advance() -> f32 {
        VERTICAL
    }
}
