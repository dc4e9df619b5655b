//! The widths of the fonts that every reader has: files of the 1990s give none for them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::names;

/// A line for each character: its number, then its width in thousandths of the size in Helvetica,
/// Helvetica-Bold, Times-Roman, Times-Bold, Times-Italic and Times-BoldItalic; 0 where it has none.
const WIDTHS: &str = include_str!("data/text_widths.txt");
/// Every character of Courier.
const COURIER: f32 = 600.0;
/// A character that is not in the tables: near the mean of small letters.
const UNKNOWN: f32 = 500.0;
const FACES: usize = 6;

static BY_CHARACTER: LazyLock<FxHashMap<char, [u16; FACES]>> = LazyLock::new(|| {
    WIDTHS
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            let character = names::character(words.next()?)?;
            let mut widths = [0; FACES];
            for width in &mut widths {
                *width = words.next()?.parse().ok()?;
            }
            Some((character, widths))
        })
        .collect()
});

/// A face whose widths are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    Courier,
    Text(usize),
}

impl Face {
    /// The standard face nearest to a font, by its name in lower case and its look.
    pub(super) fn nearest(name: &str, fixed: bool, serif: bool, bold: bool, italic: bool) -> Self {
        let named = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        if fixed || named(&["courier", "mono", "typewriter", "consol"]) {
            return Self::Courier;
        }
        let sans = named(&[
            "helvetica",
            "arial",
            "sans",
            "univers",
            "verdana",
            "calibri",
            "tahoma",
            "gothic",
        ]);
        match (
            sans || !(serif || named(&["times", "roman", "serif", "schlbk", "garamond"])),
            bold,
            italic,
        ) {
            (true, false, _) => Self::Text(0),
            (true, true, _) => Self::Text(1),
            (false, false, false) => Self::Text(2),
            (false, true, false) => Self::Text(3),
            (false, false, true) => Self::Text(4),
            (false, true, true) => Self::Text(5),
        }
    }

    /// A character's width in thousandths of the size.
    pub(super) fn width(self, character: char) -> f32 {
        let Self::Text(face) = self else {
            return COURIER;
        };
        let character = match character {
            '\u{a0}' => ' ',
            '\u{ad}' | '\u{2010}' | '\u{2011}' => '-',
            other => other,
        };
        BY_CHARACTER
            .get(&character)
            .and_then(|widths| widths.get(face))
            .filter(|&&width| width > 0)
            .map_or(UNKNOWN, |&width| f32::from(width))
    }
}
