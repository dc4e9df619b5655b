//! How a font looks: bold, italic, and whether it draws letters at all.

use lopdf::Dictionary;
use rustc_hash::FxHashMap;

use super::super::file::File;
use super::super::page::Style;

/// Bits of a font descriptor's flags.
const FIXED: i64 = 1;
const SERIF: i64 = 1 << 1;
const SYMBOLIC: i64 = 1 << 2;
const ITALIC: i64 = 1 << 6;
const FORCE_BOLD: i64 = 1 << 18;
/// From here on a weight is bold: half-bold faces are 600.
const BOLD_WEIGHT: f32 = 600.0;
/// Thousandths of the size: upright stems of regular text faces are below 100, of bold ones above 130.
const BOLD_STEM: f32 = 125.0;

/// What a font's name and descriptor tell of it.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Look {
    pub name: String,
    pub bold: bool,
    pub italic: bool,
    pub barcode: bool,
    pub fixed: bool,
    pub serif: bool,
    pub symbolic: bool,
    /// Indices of its styles, once used: plain, bold, italic, both.
    styles: [Option<u16>; 4],
}

impl Look {
    pub(super) fn of(file: &File<'_>, font: &Dictionary, descriptor: Option<&Dictionary>) -> Self {
        let name = file
            .name(font, b"BaseFont")
            .or_else(|| descriptor.and_then(|descriptor| file.name(descriptor, b"FontName")))
            .or_else(|| file.name(font, b"Name"))
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .unwrap_or_default();
        let name = without_subset(&name).to_owned();
        let flags =
            descriptor.and_then(|descriptor| file.integer(descriptor, b"Flags")).unwrap_or(0);
        let number = |key: &[u8]| descriptor.and_then(|descriptor| file.number(descriptor, key));
        let by_name = by_name(&name);
        let heavy = number(b"FontWeight").is_some_and(|weight| weight >= BOLD_WEIGHT)
            || number(b"StemV").is_some_and(|stem| stem >= BOLD_STEM && by_name.weight.is_none());
        Self {
            bold: by_name.weight.unwrap_or(false) || flags & FORCE_BOLD != 0 || heavy,
            italic: by_name.italic
                || flags & ITALIC != 0
                || number(b"ItalicAngle").is_some_and(|angle| angle != 0.0),
            barcode: is_barcode(&name),
            fixed: flags & FIXED != 0,
            serif: flags & SERIF != 0,
            symbolic: flags & SYMBOLIC != 0,
            styles: [None; 4],
            name,
        }
    }

    /// The index of the style, made bold or italic by how it is drawn.
    pub(in super::super) fn style(&mut self, styles: &mut Styles, bold: bool, italic: bool) -> u16 {
        let (bold, italic) = (self.bold || bold, self.italic || italic);
        let slot = self.styles.get_mut(usize::from(bold) + 2 * usize::from(italic));
        let known = slot.as_ref().and_then(|slot| **slot);
        known.unwrap_or_else(|| {
            let index = styles.index(&Style {
                bold,
                italic,
                name: self.name.clone(),
                barcode: self.barcode,
            });
            if let Some(slot) = slot {
                *slot = Some(index);
            }
            index
        })
    }
}

/// The styles of a document, each once.
#[derive(Debug, Default)]
pub(in super::super) struct Styles {
    indices: FxHashMap<Style, u16>,
    pub all: Vec<Style>,
}

impl Styles {
    fn index(&mut self, style: &Style) -> u16 {
        if let Some(&index) = self.indices.get(style) {
            return index;
        }
        // A document with more styles than that has its last ones taken for the last that fits.
        let Ok(index) = u16::try_from(self.all.len()) else {
            return u16::MAX;
        };
        self.all.push(style.clone());
        self.indices.insert(style.clone(), index);
        index
    }

    /// The same style in bold.
    pub(in super::super) fn bold(&mut self, index: u16) -> u16 {
        match self.all.get(usize::from(index)) {
            Some(style) if !style.bold => {
                let bold = Style { bold: true, ..style.clone() };
                self.index(&bold)
            }
            _ => index,
        }
    }
}

/// A font's name without the six capitals and the plus sign that mark a subset.
fn without_subset(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest))
            if tag.len() == 6
                && tag.bytes().all(|byte| byte.is_ascii_uppercase())
                && !rest.is_empty() =>
        {
            rest
        }
        _ => name,
    }
}

struct ByName {
    /// Whether the name says bold, or that it is not.
    weight: Option<bool>,
    italic: bool,
}

fn by_name(name: &str) -> ByName {
    let lower = name.to_ascii_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
    // Short forms stand at the end, after the family: `Frutiger-Bd`, `Garamond,BdIt`.
    let end = lower.rsplit(['-', ',']).next().filter(|end| end.len() < lower.len()).unwrap_or("");
    let end = end.strip_suffix("mt").unwrap_or(end);
    let bold = has(&["bold", "heavy", "black", "demi"])
        || matches!(end, "bd" | "b" | "bdit" | "bi" | "bdobl" | "blk" | "xbd" | "smbd");
    let light = has(&["regular", "light", "book", "roman", "medium"]);
    ByName {
        weight: if bold { Some(true) } else { light.then_some(false) },
        italic: has(&["italic", "oblique", "slanted", "kursiv"])
            || matches!(end, "it" | "i" | "bdit" | "bi" | "obl" | "bdobl" | "ital"),
    }
}

/// Names of fonts that draw signs for machines.
fn is_barcode(name: &str) -> bool {
    let name: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    [
        "barcode",
        "code39",
        "code128",
        "code93",
        "3of9",
        "39digits",
        "c39hr",
        "free3of",
        "2of5",
        "i2of",
        "ean13",
        "eanb",
        "upca",
        "qrcode",
        "pdf417",
        "datamatrix",
    ]
    .iter()
    .any(|part| name.contains(part))
        || ["ocra", "ocrb", "micr", "idautomation"].iter().any(|start| name.starts_with(start))
}
