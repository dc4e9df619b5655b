//! Character maps: from the codes of a string to characters (`/ToUnicode`) or to the glyph numbers
//! of a composite font (`/Encoding`).

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::lexer::{self, Lexer, Token};
use super::names::is_text;

/// A parsed map.
#[derive(Clone, Debug, Default)]
pub(super) struct Map {
    spaces: Vec<Space>,
    /// Single codes to text.
    texts: FxHashMap<u32, String>,
    /// Ranges of codes to text that counts up; sorted by their first code once read.
    text_ranges: Vec<(u32, u32, String)>,
    /// Codes to glyph numbers: ranges, sorted.
    numbers: Vec<(u32, u32, u32)>,
    /// Codes of two bytes that are in no range are glyph numbers themselves.
    identity: bool,
    pub(super) vertical: bool,
}

/// Codes of one length, each byte within its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Space {
    bytes: usize,
    low: u32,
    high: u32,
}

impl Space {
    fn holds(&self, code: u32) -> bool {
        (0..self.bytes).all(|byte| {
            let shift = 8 * byte;
            let part = |value: u32| value >> shift & 0xff;
            (part(self.low)..=part(self.high)).contains(&part(code))
        })
    }
}

/// Codes have four bytes at most.
const CODE_BYTES: usize = 4;
/// Entries of a map: every code of two bytes, with as much again for longer ones.
const ENTRIES: usize = 1 << 17;
/// Ranges that are looked through for one that holds a code; maps that are made well need one.
const OVERLAPS: usize = 64;
/// UTF-16 units of one code's text: the longest ligature has 18.
const TEXT_UNITS: usize = 64;

impl Map {
    /// Every two bytes are a glyph number.
    pub(super) fn identity(vertical: bool) -> Self {
        Self {
            spaces: vec![Space { bytes: 2, low: 0, high: 0xffff }],
            identity: true,
            vertical,
            ..Self::default()
        }
    }

    /// Reads a map; entries that make no sense are left out.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(bytes);
        let mut last = Token::Number(0.0);
        while let Some(token) = lexer.next() {
            match token {
                Token::Word(b"begincodespacerange") => map.read_spaces(&mut lexer),
                Token::Word(b"beginbfchar") => map.read_characters(&mut lexer),
                Token::Word(b"beginbfrange") => map.read_ranges(&mut lexer),
                Token::Word(b"begincidchar") => map.read_numbers(&mut lexer, false),
                Token::Word(b"begincidrange") => map.read_numbers(&mut lexer, true),
                Token::Word(b"usecmap") => {
                    if let Token::Name(b"Identity-H" | b"Identity-V") = last {
                        let mut base = Self::identity(last == Token::Name(b"Identity-V"));
                        map.spaces.append(&mut base.spaces);
                        map.identity = true;
                    }
                }
                Token::Number(mode) if last == Token::Name(b"WMode") => map.vertical = mode == 1.0,
                _ => {}
            }
            last = token;
        }
        map.text_ranges.sort_by_key(|&(low, ..)| low);
        map.numbers.sort_by_key(|&(low, ..)| low);
        map
    }

    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.text_ranges.is_empty()
    }

    fn entries(&self) -> usize {
        self.spaces.len() + self.texts.len() + self.text_ranges.len() + self.numbers.len()
    }

    fn read_spaces(&mut self, lexer: &mut Lexer<'_>) {
        while let (Some(Token::Hex(low)), Some(Token::Hex(high))) = (lexer.next(), lexer.next()) {
            let (low, high) = (code(low), code(high));
            if self.entries() < ENTRIES && low.1 == high.1 && (1..=CODE_BYTES).contains(&low.1) {
                self.spaces.push(Space { bytes: low.1, low: low.0, high: high.0 });
            }
            if ends(lexer) {
                break;
            }
        }
    }

    fn read_characters(&mut self, lexer: &mut Lexer<'_>) {
        while let Some(Token::Hex(from)) = lexer.next() {
            let text = match lexer.next() {
                Some(Token::Hex(to)) => utf16(to),
                Some(Token::Name(name)) => super::names::text(name)
                    .map(|text| text.as_str().to_owned())
                    .unwrap_or_default(),
                _ => break,
            };
            if self.entries() < ENTRIES && !text.is_empty() {
                self.texts.insert(code(from).0, text);
            }
        }
    }

    fn read_ranges(&mut self, lexer: &mut Lexer<'_>) {
        while let (Some(Token::Hex(low)), Some(Token::Hex(high))) = (lexer.next(), lexer.next()) {
            let (low, high) = (code(low).0, code(high).0);
            match lexer.next() {
                Some(Token::Hex(to)) => {
                    let text = utf16(to);
                    if self.entries() < ENTRIES && low <= high && !text.is_empty() {
                        self.text_ranges.push((low, high, text));
                    }
                }
                Some(Token::ArrayOpen) => {
                    let mut at = low;
                    for token in lexer.by_ref() {
                        match token {
                            Token::Hex(to) => {
                                let text = utf16(to);
                                if self.entries() < ENTRIES && at <= high && !text.is_empty() {
                                    self.texts.insert(at, text);
                                }
                                at = at.saturating_add(1);
                            }
                            Token::ArrayClose => break,
                            _ => {}
                        }
                    }
                }
                _ => break,
            }
            if ends(lexer) {
                break;
            }
        }
    }

    fn read_numbers(&mut self, lexer: &mut Lexer<'_>, ranges: bool) {
        while let Some(Token::Hex(low)) = lexer.next() {
            let low = code(low).0;
            let high = match ranges.then(|| lexer.next()) {
                Some(Some(Token::Hex(high))) => code(high).0,
                Some(_) => break,
                None => low,
            };
            let Some(Token::Number(number)) = lexer.next() else { break };
            if self.entries() < ENTRIES && low <= high {
                self.numbers.push((low, high, number as u32));
            }
        }
    }

    /// What a code stands for, where the map says something of use. `out` is left alone otherwise.
    pub(super) fn text(&self, code: u32, out: &mut String) -> bool {
        let before = out.len();
        if let Some(text) = self.texts.get(&code) {
            out.push_str(text);
        } else {
            let Some((low, text)) = self.range(code) else {
                return false;
            };
            // The last character counts up.
            let mut characters = text.chars();
            let last = characters.next_back().map_or(0, u32::from).saturating_add(code - low);
            out.extend(characters);
            out.extend(char::from_u32(last));
        }
        if out.get(before..).is_some_and(|text| !text.is_empty() && text.chars().all(is_text)) {
            return true;
        }
        out.truncate(before);
        false
    }

    /// The first character a code has, meaningful or not.
    pub(super) fn raw(&self, code: u32) -> Option<char> {
        if let Some(text) = self.texts.get(&code) {
            return text.chars().next();
        }
        let (low, text) = self.range(code)?;
        char::from_u32(u32::from(text.chars().next()?).checked_add(code - low)?)
    }

    /// The range of texts that holds a code, by its first code.
    fn range(&self, code: u32) -> Option<(u32, &str)> {
        let after = self.text_ranges.partition_point(|&(low, ..)| low <= code);
        let (low, high, text) = self.text_ranges.get(after.checked_sub(1)?)?;
        (code <= *high).then_some((*low, text.as_str()))
    }

    /// A code of this map for a text, if one stands in it singly.
    pub(super) fn code_of(&self, wanted: char) -> Option<u32> {
        let mut buffer = [0; 4];
        let wanted_text: &str = wanted.encode_utf8(&mut buffer);
        self.texts
            .iter()
            .filter(|(_, text)| *text == wanted_text)
            .map(|(code, _)| *code)
            .min()
            .or_else(|| {
                self.text_ranges.iter().find_map(|(low, high, text)| {
                    let mut characters = text.chars();
                    let first = u32::from(characters.next()?);
                    let ahead = u32::from(wanted).checked_sub(first)?;
                    (characters.next().is_none() && ahead <= high - low)
                        .then(|| low.saturating_add(ahead))
                })
            })
    }

    /// The letters of English that more than one code stands for, with these codes in order.
    pub(super) fn doubled(&self) -> Vec<(char, Vec<u32>)> {
        let mut codes: BTreeMap<char, BTreeSet<u32>> = BTreeMap::new();
        let mut add = |text: &str, low: u32, high: u32| {
            let mut characters = text.chars();
            let (Some(first), None) = (characters.next(), characters.next()) else { return };
            for (code, letter) in (low..=high).zip(first..='z') {
                if letter.is_ascii_alphabetic() {
                    codes.entry(letter).or_default().insert(code);
                }
            }
        };
        self.texts.iter().for_each(|(code, text)| add(text, *code, *code));
        self.text_ranges.iter().for_each(|(low, high, text)| add(text, *low, *high));
        let doubled = codes.into_iter().filter(|(_, codes)| codes.len() > 1);
        doubled.map(|(letter, codes)| (letter, codes.into_iter().collect())).collect()
    }

    /// The glyph number of a code.
    pub(super) fn number(&self, code: u32) -> Option<u32> {
        let after = self.numbers.partition_point(|&(low, ..)| low <= code);
        let before = self.numbers.get(..after)?;
        // Ranges may lie in one another; the one that starts nearest decides.
        let range = before.iter().rev().take(OVERLAPS).find(|&&(_, high, _)| code <= high);
        match range {
            Some(&(low, _, number)) => Some(number.saturating_add(code - low)),
            None => (self.identity && code <= 0xffff).then_some(code),
        }
    }

    /// The first code of a string and how many bytes it takes; at least one.
    pub(super) fn split(&self, string: &[u8]) -> (u32, usize) {
        let mut code = 0_u32;
        for (at, &byte) in string.iter().take(CODE_BYTES).enumerate() {
            code = code << 8 | u32::from(byte);
            if self.spaces.iter().any(|space| space.bytes == at + 1 && space.holds(code)) {
                return (code, at + 1);
            }
        }
        // No space holds it: as many bytes as the shortest codes have, as the format says.
        let bytes = self.spaces.iter().map(|space| space.bytes).min().unwrap_or(2);
        let taken = string.iter().take(bytes);
        let len = taken.len();
        (taken.fold(0, |code, &byte| code << 8 | u32::from(byte)), len.max(1))
    }
}

/// Whether the list ends here; leaves the lexer before anything else.
fn ends(lexer: &Lexer<'_>) -> bool {
    !matches!(lexer.clone().next(), Some(Token::Hex(_)))
}

/// A code and its length in bytes.
fn code(body: &[u8]) -> (u32, usize) {
    let mut bytes = Vec::with_capacity(CODE_BYTES);
    lexer::hex(body, &mut bytes);
    let code = bytes.iter().take(CODE_BYTES).fold(0, |code, &byte| code << 8 | u32::from(byte));
    (code, bytes.len())
}

/// Text in UTF-16, as maps write it; a single byte is a character too.
fn utf16(body: &[u8]) -> String {
    let mut bytes = Vec::new();
    lexer::hex(body, &mut bytes);
    if let [byte] = bytes.as_slice() {
        return char::from(*byte).to_string();
    }
    let units = bytes.chunks_exact(2).take(TEXT_UNITS).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        _ => 0,
    });
    char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
}
