//! From the names of glyphs to characters.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::page::Text;

/// A line for each character of the scripts that UN documents are written in: its number in
/// hexadecimal, then the names that the Adobe Glyph List gives it.
const NAMES: &str = include_str!("data/glyph_names.txt");

static BY_NAME: LazyLock<FxHashMap<&'static str, char>> = LazyLock::new(|| {
    let mut names = FxHashMap::default();
    for line in NAMES.lines() {
        let mut words = line.split(' ');
        let character = words.next().and_then(character);
        names.extend(words.filter_map(|name| Some((name, character?))));
    }
    names
});

/// The character of a number in hexadecimal.
pub(super) fn character(digits: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

/// What a glyph's name stands for, by the Adobe Glyph List and the rules that come with it:
/// `eacute`, `f_i`, `uni00E9`, `u1F600`, `a.swash`. Nothing for names that only count glyphs.
pub(super) fn text(name: &[u8]) -> Option<Text> {
    let name = std::str::from_utf8(name).ok()?;
    // What follows the first point says how the character is drawn.
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    let mut text = Text::default();
    for part in name.split('_') {
        component(part, &mut text)?;
    }
    (!text.is_empty()).then_some(text)
}

fn component(name: &str, text: &mut Text) -> Option<()> {
    if let Some(&character) = BY_NAME.get(name) {
        return text.push(character).then_some(());
    }
    let hexadecimal = |digits: &str| {
        digits.bytes().all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte))
    };
    if let Some(digits) = name.strip_prefix("uni")
        && digits.len() >= 4
        && digits.len().is_multiple_of(4)
        && hexadecimal(digits)
    {
        let mut rest = digits;
        while let Some((four, after)) = rest.split_at_checked(4) {
            if four.is_empty() {
                break;
            }
            if !text.push(character(four).filter(|&character| is_text(character))?) {
                return None;
            }
            rest = after;
        }
        return Some(());
    }
    let digits = name.strip_prefix('u')?;
    if (4..=6).contains(&digits.len()) && hexadecimal(digits) {
        let character = character(digits).filter(|&character| is_text(character))?;
        return text.push(character).then_some(());
    }
    None
}

/// Whether a character says something by itself: not a filler, and of no private meaning.
pub(super) fn is_text(character: char) -> bool {
    !matches!(character,
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{fffd}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}
