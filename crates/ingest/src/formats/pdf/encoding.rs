//! The encodings that fonts of one byte a character build on.

use std::sync::LazyLock;

use super::names::{self, is_text};

/// A character for each code, or none.
pub(super) type Table = [Option<char>; 256];

/// Codes 0xA1 to 0xFB of the standard encoding of Type 1 fonts; a space where there is none.
const STANDARD_HIGH: &str =
    "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß";
const SYMBOL: &str = include_str!("data/symbol.txt");
const DINGBATS: &str = include_str!("data/dingbats.txt");

/// The signs of the Wingdings fonts that documents use as bullets, arrows and ticks. These fonts
/// have no names for their glyphs and no Unicode of their own.
const WINGDINGS: &[(u8, char)] = &[
    (0x20, ' '),
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '◆'),
    (0x74, '◆'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '◆'),
    (0x78, '☒'),
    (0x9e, '·'),
    (0x9f, '•'),
    (0xa0, '▪'),
    (0xa1, '○'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe8, '➔'),
    (0xf0, '⇨'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];

static TABLES: LazyLock<[Table; 6]> =
    LazyLock::new(|| [standard(), win_ansi(), mac_roman(), symbol(), dingbats(), wingdings()]);

/// An encoding known by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Standard = 0,
    WinAnsi = 1,
    MacRoman = 2,
    Symbol = 3,
    Dingbats = 4,
    Wingdings = 5,
}

impl Base {
    /// By the name it has in `/Encoding` and `/BaseEncoding`.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            _ => None,
        }
    }

    pub(super) fn table(self) -> &'static Table {
        let [standard, win_ansi, mac_roman, symbol, dingbats, wingdings] = &*TABLES;
        match self {
            Self::Standard => standard,
            Self::WinAnsi => win_ansi,
            Self::MacRoman => mac_roman,
            Self::Symbol => symbol,
            Self::Dingbats => dingbats,
            Self::Wingdings => wingdings,
        }
    }

    /// The widths of the standard fonts Symbol and ZapfDingbats, by code.
    pub(super) fn pi_widths(self) -> Option<[f32; 256]> {
        let rows = match self {
            Self::Symbol => SYMBOL,
            Self::Dingbats => DINGBATS,
            _ => return None,
        };
        let mut widths = [0.0; 256];
        for (code, _, width) in pi_rows(rows) {
            if let Some(slot) = widths.get_mut(usize::from(code)) {
                *slot = width;
            }
        }
        Some(widths)
    }
}

fn filled(entries: impl IntoIterator<Item = (u8, char)>) -> Table {
    let mut table = [None; 256];
    for (code, character) in entries {
        if let Some(slot) = table.get_mut(usize::from(code)) {
            *slot = Some(character);
        }
    }
    table
}

fn standard() -> Table {
    let low = (0x20..0x7f_u8).map(|code| match code {
        b'\'' => (code, '\u{2019}'),
        b'`' => (code, '\u{2018}'),
        _ => (code, char::from(code)),
    });
    let high =
        (0xa1..=0xfb_u8).zip(STANDARD_HIGH.chars()).filter(|&(_, character)| character != ' ');
    filled(low.chain(high))
}

fn decoded(encoding: &'static encoding_rs::Encoding) -> Table {
    filled((0x20..=0xff_u8).filter_map(|code| {
        let bytes = [code];
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        Some((code, text.chars().next().filter(|&character| is_text(character))?))
    }))
}

fn win_ansi() -> Table {
    let mut table = decoded(encoding_rs::WINDOWS_1252);
    for (code, slot) in table.iter_mut().enumerate() {
        // The format fills the holes above the letters with bullets.
        if matches!(code, 0x7f | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d) {
            *slot = Some('•');
        }
    }
    table
}

fn mac_roman() -> Table {
    decoded(encoding_rs::MACINTOSH)
}

fn pi_rows(rows: &'static str) -> impl Iterator<Item = (u8, Option<char>, f32)> {
    rows.lines().filter_map(|line| {
        let mut words = line.split(' ');
        let code = u8::from_str_radix(words.next()?, 16).ok()?;
        let character = names::character(words.next()?);
        Some((code, character, words.next()?.parse().ok()?))
    })
}

fn symbol() -> Table {
    filled(pi_rows(SYMBOL).filter_map(|(code, character, _)| Some((code, character?))))
}

fn dingbats() -> Table {
    filled(pi_rows(DINGBATS).filter_map(|(code, character, _)| Some((code, character?))))
}

fn wingdings() -> Table {
    filled(WINGDINGS.iter().copied())
}
