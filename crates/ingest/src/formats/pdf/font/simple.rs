//! Fonts of one byte a character: Type 1, TrueType and Type 3.

use lopdf::{Dictionary, Object};
use rustc_hash::FxHashMap;

use super::super::encoding::{Base, Table};
use super::super::file::{Fault, File};
use super::super::lexer::{Lexer, Token};
use super::super::matrix::Matrix;
use super::super::names::{self, is_text};
use super::super::page::Text;
use super::super::standard::Face;
use super::program::Program;
use super::{Code, Codes, Font, Look, Styles};

/// Widths are in thousandths of the size.
const UNIT: f32 = 0.001;
/// Between these, a Type 3 font's matrix is taken to be made as of other fonts.
const COMMON_EM: std::ops::RangeInclusive<f32> = 0.4..=2.5;

pub(super) fn load(
    file: &File<'_>,
    dictionary: &Dictionary,
    styles: &mut Styles,
    type3: Option<Matrix>,
) -> Result<Font, Fault> {
    let descriptor = file.dictionary(dictionary, b"FontDescriptor");
    let mut look = Look::of(file, dictionary, descriptor);
    let pi = super::pi_font(&look.name);
    let unicode = super::to_unicode(file, dictionary)?;
    let texts = texts(file, dictionary, descriptor, &look, pi, unicode.is_some())?;
    let widths = match type3 {
        Some(_) if file.array(dictionary, b"Widths").is_none() => drawn_widths(file, dictionary)?,
        _ => widths(file, dictionary, descriptor, &look, pi, &texts),
    };
    let unit = type3.map_or(UNIT, |matrix| matrix.a.abs());

    let mut long = FxHashMap::default();
    let mut buffer = String::new();
    let mut codes = Box::new([Code::default(); 256]);
    for (number, code) in (0_u32..).zip(codes.iter_mut()) {
        let at = number as usize;
        buffer.clear();
        if !unicode.as_ref().is_some_and(|map| map.text(number, &mut buffer)) {
            let text = texts.get(at).copied().unwrap_or_default();
            buffer.push_str(text.as_str());
            if buffer.is_empty() {
                let raw = unicode.as_ref().and_then(|map| map.raw(number));
                buffer.extend(raw.and_then(|raw| super::from_private(raw, pi)));
            }
        }
        let width = widths.get(at).copied().unwrap_or_default() * unit;
        *code = super::code(number, &buffer, width, &mut long);
    }
    let space = codes
        .iter()
        .find(|code| code.text.as_str() == " " && code.width > 0.0)
        .map_or_else(|| super::space_of(codes.iter().map(|code| code.width)), |code| code.width);
    let em = type3.map_or(1.0, |matrix| type3_em(file, dictionary, &matrix));
    let _ = look.style(styles, false, false);
    Ok(Font { look, vertical: false, em, space, codes: Codes::Simple(codes), long })
}

/// How high the glyphs of a Type 3 font are for a size of 1: drawn fonts follow the common
/// thousandths, bitmaps of a given resolution say it in their box only.
fn type3_em(file: &File<'_>, dictionary: &Dictionary, matrix: &Matrix) -> f32 {
    let common = matrix.d.abs() / UNIT;
    if COMMON_EM.contains(&common) {
        return common;
    }
    file.numbers::<4>(dictionary, b"FontBBox")
        .map(|[_, y0, _, y1]| (y1 - y0).abs() * matrix.d.abs())
        .filter(|height| height.is_finite() && *height > 0.0)
        .unwrap_or(1.0)
}

/// What each code stands for by the font's encoding.
fn texts(
    file: &File<'_>,
    dictionary: &Dictionary,
    descriptor: Option<&Dictionary>,
    look: &Look,
    pi: Option<Base>,
    has_unicode: bool,
) -> Result<[Text; 256], Fault> {
    let encoding = file.get(dictionary, b"Encoding");
    let (named, differences) = match encoding {
        Some(Object::Name(name)) => (Base::named(name), None),
        Some(Object::Dictionary(encoding)) => (
            file.name(encoding, b"BaseEncoding").and_then(Base::named),
            file.array(encoding, b"Differences"),
        ),
        _ => (None, None),
    };
    let truetype = file.name(dictionary, b"Subtype") == Some(b"TrueType");
    let mut texts = [Text::default(); 256];
    match (pi, named) {
        // Signs keep their codes even where the file claims an encoding of letters.
        (Some(pi), _) => fill(&mut texts, pi.table()),
        (None, Some(base)) => fill(&mut texts, base.table()),
        (None, None) => {
            // Decoding the program pays only where nothing else says what the codes are.
            let program = match descriptor {
                Some(descriptor) if !has_unicode => super::program_bytes(file, descriptor)?,
                _ => None,
            };
            let own =
                program.as_deref().and_then(Program::read).and_then(|program| program.encoding());
            match own {
                Some(own) => texts = own,
                None if truetype => fill(&mut texts, Base::WinAnsi.table()),
                // A font of its own signs: its codes say nothing.
                None if look.symbolic
                    && program.is_some()
                    && !truetype
                    && differences.is_some() => {}
                None => fill(&mut texts, Base::Standard.table()),
            }
        }
    }
    if let Some(differences) = differences {
        differ(file, differences, &mut texts);
    }
    Ok(texts)
}

fn fill(texts: &mut [Text; 256], table: &Table) {
    for (text, character) in texts.iter_mut().zip(table) {
        *text =
            character.filter(|&character| is_text(character)).map_or_else(Text::default, Text::of);
    }
}

/// `[code /name /name ... code /name ...]`. A name that says nothing leaves its code unknown and
/// the rest alone.
fn differ(file: &File<'_>, differences: &[Object], texts: &mut [Text; 256]) {
    let mut code = 0_usize;
    for entry in differences {
        match file.resolve(entry) {
            Some(Object::Name(name)) => {
                if let Some(text) = texts.get_mut(code) {
                    *text = names::text(name).unwrap_or_default();
                }
                code = code.saturating_add(1);
            }
            Some(object) => {
                if let Ok(number) = object.as_float() {
                    code = number.max(0.0) as usize;
                }
            }
            None => {}
        }
    }
}

/// The width of each code, in the font's own units.
fn widths(
    file: &File<'_>,
    dictionary: &Dictionary,
    descriptor: Option<&Dictionary>,
    look: &Look,
    pi: Option<Base>,
    texts: &[Text; 256],
) -> [f32; 256] {
    let mut widths = [0.0; 256];
    let Some(given) = file.array(dictionary, b"Widths") else {
        if let Some(known) = pi.and_then(Base::pi_widths) {
            return known;
        }
        let face = Face::nearest(
            &look.name.to_ascii_lowercase(),
            look.fixed,
            look.serif,
            look.bold,
            look.italic,
        );
        for (width, text) in widths.iter_mut().zip(texts) {
            *width = text.as_str().chars().next().map_or(0.0, |character| face.width(character));
        }
        return widths;
    };
    let missing = descriptor.and_then(|descriptor| file.number(descriptor, b"MissingWidth"));
    widths.fill(missing.unwrap_or(0.0));
    let first = file.integer(dictionary, b"FirstChar").unwrap_or(0);
    let first = usize::try_from(first).unwrap_or(0);
    for (slot, width) in widths.iter_mut().skip(first).zip(given) {
        if let Some(width) = file.resolve(width).and_then(|width| width.as_float().ok()) {
            *slot = width;
        }
    }
    widths
}

/// The widths that the glyphs of a Type 3 font give themselves, by `d0` and `d1`.
fn drawn_widths(file: &File<'_>, dictionary: &Dictionary) -> Result<[f32; 256], Fault> {
    let mut widths = [0.0; 256];
    let differences = file
        .dictionary(dictionary, b"Encoding")
        .and_then(|encoding| file.array(encoding, b"Differences"))
        .unwrap_or_default();
    let Some(glyphs) = file.dictionary(dictionary, b"CharProcs") else {
        return Ok(widths);
    };
    let mut code = 0_usize;
    for entry in differences {
        match file.resolve(entry) {
            Some(Object::Name(name)) => {
                if let (Some(width), Some(stream)) =
                    (widths.get_mut(code), file.stream(glyphs, name))
                {
                    match file.decode(stream) {
                        Ok(content) => *width = first_number(&content),
                        Err(Fault::Broken(_)) => {}
                        Err(limit) => return Err(limit),
                    }
                }
                code = code.saturating_add(1);
            }
            Some(object) => {
                code = object.as_float().map_or(code, |number| number.max(0.0) as usize);
            }
            None => {}
        }
    }
    Ok(widths)
}

/// The width is the first operand of the first operator.
fn first_number(content: &[u8]) -> f32 {
    match Lexer::new(content).next() {
        Some(Token::Number(width)) => width,
        _ => 0.0,
    }
}
