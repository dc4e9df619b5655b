//! Where words begin and end.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Words longer than this, in bytes, are not indexed: addresses, encoded data, running text of a
/// script without spaces. The longest German and Russian compounds stay below it.
pub const MAX_WORD_BYTES: usize = 100;

/// Goes through a text word by word. A word is a run of letters, digits and the marks on them;
/// an ideograph is a word by itself. Strokes, full stops, hyphens and apostrophes part words, so
/// that `A/AC.290/2021/L.2` gives `a ac 290 2021 l 2` and `l’eau` gives `l eau`.
#[derive(Clone, Debug)]
pub struct WordScanner<'t> {
    text: &'t str,
    /// Byte offset of the first character not looked at yet.
    next: usize,
    start: usize,
    end: usize,
    lower: String,
    before_apostrophe: bool,
    after_apostrophe: bool,
}

impl<'t> WordScanner<'t> {
    /// Starts before the first word.
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            next: 0,
            start: 0,
            end: 0,
            lower: String::new(),
            before_apostrophe: false,
            after_apostrophe: false,
        }
    }

    /// Goes to the next word; false at the end of the text.
    pub fn advance(&mut self) -> bool {
        loop {
            if !self.find() {
                return false;
            }
            if self.end - self.start <= MAX_WORD_BYTES {
                self.fill_lower();
                return true;
            }
        }
    }

    /// Where the word stands in the text, in bytes.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// The word in lower case and normalization form C, its accents kept.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// Whether an apostrophe, of either shape, and then a letter follow.
    pub fn before_apostrophe(&self) -> bool {
        self.before_apostrophe
    }

    /// Whether it follows a word and an apostrophe.
    pub fn after_apostrophe(&self) -> bool {
        self.after_apostrophe
    }

    /// Finds the next word's place.
    fn find(&mut self) -> bool {
        let rest = self.text.get(self.next..).unwrap_or_default();
        let Some((skipped, first)) = rest.char_indices().find(|(_, c)| c.is_alphanumeric()) else {
            self.next = self.text.len();
            return false;
        };
        self.after_apostrophe = self.before_apostrophe;
        self.start = self.next + skipped;
        let word = rest.get(skipped..).unwrap_or_default();
        let length = if is_ideograph(first) {
            first.len_utf8()
        } else {
            word.char_indices()
                .find(|(_, c)| !continues(*c))
                .map_or(word.len(), |(length, _)| length)
        };
        self.end = self.start + length;
        self.next = self.end;
        let mut after = word.get(length..).unwrap_or_default().chars();
        self.before_apostrophe = after.next().is_some_and(is_apostrophe)
            && after.next().is_some_and(char::is_alphabetic);
        true
    }

    fn fill_lower(&mut self) {
        let word = self.text.get(self.start..self.end).unwrap_or_default();
        self.lower.clear();
        if word.is_ascii() {
            self.lower.push_str(word);
            self.lower.make_ascii_lowercase();
        } else {
            lower_into(word, &mut self.lower);
        }
    }
}

/// Lower case in normalization form C, without the invisible characters that break words for the
/// eye only.
pub fn lower(word: &str) -> String {
    let mut lower = String::with_capacity(word.len());
    lower_into(word, &mut lower);
    lower
}

fn lower_into(word: &str, lower: &mut String) {
    let visible = word.chars().filter(|c| !is_invisible(*c));
    if is_nfc_quick(visible.clone()) == IsNormalized::Yes {
        lower.extend(visible.flat_map(char::to_lowercase));
    } else {
        lower.extend(visible.flat_map(char::to_lowercase).nfc());
    }
}

/// Whether a character after the first still belongs to the word.
fn continues(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    (c.is_alphanumeric() && !is_ideograph(c)) || is_combining_mark(c) || is_invisible(c)
}

/// Soft hyphens stand inside Russian words of UN files; joiners come from word processors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

/// Chinese and Japanese write without spaces: each character counts as a word, and phrases do the
/// rest.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
