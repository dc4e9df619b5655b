//! Running text to tokens, in one walk from left to right.

use undex_document::Symbol;

use crate::prose::meaning::{Count, Meaning};
use crate::prose::number::{Number, RomanSession, Session, is_hyphen};
use crate::prose::token::{Kind, Token, Tokens};
use crate::prose::vocabulary::{Vocabulary, WordId, fold};

/// Digits of the longest number that is looked at; longer ones are no number of a document.
const MOST_DIGITS: usize = 9;

/// Splits a text into tokens. Linear in its length.
pub(crate) fn tokens(text: &str) -> Tokens<'_> {
    let mut lexer =
        Lexer { text, at: 0, list: Vec::with_capacity(text.len() / 6), words: Vec::new() };
    let mut symbols = Symbol::scan(text).peekable();
    while lexer.at < text.len() {
        match symbols.peek() {
            Some((range, _)) if range.start < lexer.at => {
                symbols.next();
            }
            Some((range, _)) if range.start == lexer.at => {
                let end = range.end;
                if let Some((_, symbol)) = symbols.next() {
                    lexer.push(end, Kind::Symbol(Box::new(symbol)));
                }
            }
            next => {
                let bound = next.map_or(text.len(), |(range, _)| range.start);
                lexer.step(bound);
            }
        }
    }
    lexer.finish()
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    list: Vec<Token>,
    /// For each token its word in the vocabulary, 0 for none.
    words: Vec<WordId>,
}

impl<'t> Lexer<'t> {
    fn push(&mut self, end: usize, kind: Kind) {
        self.list.push(Token { start: self.at, end, kind });
        self.at = end;
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// One token or one character of space, not beyond `bound`.
    fn step(&mut self, bound: usize) {
        let Some(c) = self.rest().chars().next() else {
            self.at = self.text.len();
            return;
        };
        let end = self.at + c.len_utf8();
        if c.is_whitespace() || is_invisible(c) {
            self.at = end;
        } else if c.is_ascii_digit() {
            self.number();
        } else if c.is_alphabetic() {
            self.word(bound);
        } else {
            let kind = match c {
                '(' | '[' => Kind::Open,
                ')' | ']' => Kind::Close,
                ',' => Kind::Comma,
                ';' => Kind::Semicolon,
                '.' => self.stop(end),
                // Between letters they join words of one phrase: `ci-dessus`, `l’homme`.
                '\'' | '’' | '‘' | 'ʼ' if self.joins(end) => {
                    self.at = end;
                    return;
                }
                _ if is_hyphen(c) => Kind::Dash,
                _ => Kind::Other,
            };
            self.push(end, kind);
        }
    }

    /// Whether letters stand on both sides of what ends at `end`.
    fn joins(&self, end: usize) -> bool {
        let before = self.text.get(..self.at).and_then(|t| t.chars().next_back());
        let after = self.text.get(end..).and_then(|t| t.chars().next());
        before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic)
    }

    /// Whether a full stop ends a sentence: space and a capital follow, and no abbreviation stands
    /// before it.
    fn stop(&self, end: usize) -> Kind {
        let after = self.text.get(end..).unwrap_or_default();
        let next = after.trim_start().chars().next();
        let spaced = after.starts_with(char::is_whitespace) || after.is_empty();
        let short = match self.list.last() {
            Some(token) if token.end == self.at => match &token.kind {
                Kind::Meant(Meaning::Unit(..) | Meaning::Modifier(_) | Meaning::Series) => true,
                Kind::Word | Kind::Meant(_) => {
                    let word = self.text.get(token.start..token.end).unwrap_or_default();
                    // `No.`, `Sr.`, `p.`: initials and short forms that begin with a capital or stand
                    // before a number.
                    word.chars().count() <= 2 || ABBREVIATIONS.contains(&word)
                }
                _ => false,
            },
            _ => false,
        };
        let begins =
            next.is_none_or(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_alphanumeric());
        if spaced && begins && !short { Kind::Stop } else { Kind::Dot }
    }

    fn word(&mut self, bound: usize) {
        if let Some((number, length)) = special_session(self.rest())
            && self.starts_word()
        {
            self.push(self.at + length, Kind::Number(Box::new(number)));
            return;
        }
        let within = self.text.get(self.at..bound).unwrap_or_default();
        let length = within.find(|c: char| !c.is_alphabetic()).unwrap_or(within.len());
        let length = if length == 0 { within.len().max(1) } else { length };
        self.push(self.at + length, Kind::Word);
    }

    fn starts_word(&self) -> bool {
        let before = self.text.get(..self.at).and_then(|t| t.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || c == '/' || is_hyphen(c))
    }

    fn number(&mut self) {
        let whole = self.starts_number();
        let numbered = if whole { numbered(self.rest()) } else { None };
        if let Some((number, length)) = numbered {
            self.push(self.at + length, Kind::Number(Box::new(number)));
            return;
        }
        let rest = self.rest();
        let mut length = digits(rest);
        // `13.1`, but not the full stop that ends a sentence.
        while let Some(more) = rest.get(length..).and_then(|rest| rest.strip_prefix('.')) {
            match digits(more) {
                0 => break,
                count => length += 1 + count,
            }
        }
        let kind = if length <= MOST_DIGITS { Kind::Digits } else { Kind::Other };
        self.push(self.at + length, kind);
    }

    /// Whether digits begin here and are no later part of something longer.
    fn starts_number(&self) -> bool {
        let mut before = self.text.get(..self.at).unwrap_or_default().chars().rev();
        match before.next() {
            None => true,
            Some('/' | '.' | ':' | '=' | '_' | '#') => false,
            // `1,012` is one number; in `2013,70/299` only the space was forgotten behind a year.
            Some(',') => !matches!(before.take_while(char::is_ascii_digit).count(), 1..=3),
            // `A-31/1` is no 31/1.
            Some(c) if is_hyphen(c) => !before.next().is_some_and(char::is_alphanumeric),
            Some(c) => !c.is_alphanumeric(),
        }
    }

    /// Gives words their meaning.
    fn finish(mut self) -> Tokens<'t> {
        let vocabulary = Vocabulary::get();
        let mut folded = String::with_capacity(32);
        self.words = self
            .list
            .iter()
            .map(|token| match token.kind {
                Kind::Word => {
                    let word = self.text.get(token.start..token.end).unwrap_or_default();
                    if fold(word, &mut folded) { vocabulary.word(&folded) } else { 0 }
                }
                _ => 0,
            })
            .collect();
        let mut list: Vec<Token> = Vec::with_capacity(self.list.len());
        let mut at = 0;
        while let Some(token) = self.list.get(at) {
            let first = self.words.get(at).copied().unwrap_or(0);
            let word = |n: usize| self.word_after(at, n + 1);
            match vocabulary.phrase(first, word) {
                Some((meaning, more)) => {
                    let (used, end) = self.extent(at, more);
                    let kind = match meaning {
                        Meaning::Unit(unit, Count::Abbreviated) => {
                            if self.is_abbreviation(end) {
                                Kind::Meant(Meaning::Unit(unit, Count::Any))
                            } else {
                                Kind::Meant(Meaning::In)
                            }
                        }
                        meaning => Kind::Meant(meaning),
                    };
                    list.push(Token { start: token.start, end, kind });
                    at += used;
                }
                None => {
                    list.push(token.clone());
                    at += 1;
                }
            }
        }
        // A full stop that looked like an end may stand behind what proved to be an abbreviation, or
        // between a word and its number.
        for at in 1..list.len() {
            let dot = match (list.get(at - 1), list.get(at + 1)) {
                (Some(before), after) => match before.meaning() {
                    Some(Meaning::Ibid | Meaning::Modifier(_) | Meaning::Series) => true,
                    Some(Meaning::Unit(_, Count::Any)) => true,
                    Some(Meaning::Unit(..)) => after.is_some_and(|t| t.kind == Kind::Digits),
                    _ => false,
                },
                _ => false,
            };
            if let Some(token) = list.get_mut(at).filter(|token| dot && token.kind == Kind::Stop) {
                token.kind = Kind::Dot;
            }
        }
        Tokens::new(self.text, list)
    }

    /// The n-th word after a token: only words, hyphens between them passed over.
    fn word_after(&self, at: usize, n: usize) -> WordId {
        let mut place = at;
        for _ in 0..n {
            place += 1;
            if self.list.get(place).is_some_and(|t| t.kind == Kind::Dash) {
                place += 1;
            }
        }
        self.words.get(place).copied().unwrap_or(0)
    }

    /// How many tokens a phrase of one word and `more` takes, and where it ends.
    fn extent(&self, at: usize, more: usize) -> (usize, usize) {
        let mut place = at;
        for _ in 0..more {
            place += 1;
            if self.list.get(place).is_some_and(|t| t.kind == Kind::Dash) {
                place += 1;
            }
        }
        (place - at + 1, self.list.get(place).map_or(self.text.len(), |token| token.end))
    }

    /// Whether a full stop and a number stand behind a word.
    fn is_abbreviation(&self, end: usize) -> bool {
        self.text.get(end..).is_some_and(|rest| rest.starts_with('.'))
    }
}

/// Short forms before a full stop that is no end.
const ABBREVIATIONS: [&str; 10] =
    ["No", "Nos", "núm", "núms", "vol", "Vol", "Corr", "Distr", "Sres", "Res"];

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The number of a resolution or decision at the beginning of a text, and its length in bytes.
fn numbered(text: &str) -> Option<(Number, usize)> {
    let first = digits(text);
    let value: u32 = text.get(..first).filter(|d| d.len() <= 4)?.parse().ok()?;
    let rest = text.get(first..)?;
    if let Some(rest) = rest.strip_prefix('/') {
        return with_stroke(value, first, rest);
    }
    in_parentheses(value, first, rest)
}

/// `71/263`, `2021/7`, with their letters.
fn with_stroke(session: u32, first: usize, rest: &str) -> Option<(Number, usize)> {
    let count = digits(rest);
    let serial: u32 = rest.get(..count).filter(|d| (1..=4).contains(&d.len()))?.parse().ok()?;
    let after = rest.get(count..)?;
    // `5/22/2020` is a date, `1/2.5` no number of a resolution.
    // Zeros stand before the numbers of other organizations: `12/07`.
    if after.starts_with(['/', '_', '%']) || rest.starts_with('0') {
        return None;
    }
    let session = match (first, session) {
        (4, 1946..=2099) => Session::Year(session),
        (1..=3, 1..) => Session::Regular(session),
        _ => return None,
    };
    let (letters, length) = letters(after);
    let ends = after.get(length..).and_then(|t| t.chars().next());
    if length == 0 && ends.is_some_and(char::is_alphabetic) {
        return None;
    }
    Some((Number { session, serial, letters }, first + 1 + count + length))
}

/// `217 A (III)`, `1373 (2001)`.
fn in_parentheses(serial: u32, first: usize, rest: &str) -> Option<(Number, usize)> {
    let (letters, used) = letter_before_session(rest);
    let open = rest.get(used..)?;
    let spaces = open.len() - open.trim_start_matches(is_space).len();
    let inner = open.get(spaces..)?.strip_prefix('(').filter(|_| spaces <= 4)?;
    let close = inner.bytes().take(17).position(|byte| byte == b')')?;
    let content = inner.get(..close)?.trim();
    let length = first + used + spaces + 1 + close + 1;
    if letters.is_empty() && content.len() == 4 && digits(content) == 4 {
        let year = content.parse().ok().filter(|year| (1946..2100).contains(year))?;
        return Some((Number { session: Session::None { year }, serial, letters }, length));
    }
    let session = Session::Roman(RomanSession::parse(content)?);
    // `217 (III) A`: some put the letter last.
    let behind = rest.get(length - first..).unwrap_or_default();
    match letter_behind_session(behind).filter(|_| letters.is_empty()) {
        Some((letter, used)) => Some((Number { session, serial, letters: letter }, length + used)),
        None => Some((Number { session, serial, letters }, length)),
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// `S-27/2`, `ES-10/18`.
fn special_session(text: &str) -> Option<(Number, usize)> {
    let emergency = text.starts_with("ES");
    let rest = text.strip_prefix("ES").or_else(|| text.strip_prefix('S'))?;
    let hyphen = rest.chars().next().filter(|c| is_hyphen(*c))?;
    let rest = rest.get(hyphen.len_utf8()..)?;
    let count = digits(rest);
    let session: u32 = rest.get(..count).filter(|d| (1..=2).contains(&d.len()))?.parse().ok()?;
    let rest = rest.get(count..)?.strip_prefix('/')?;
    let last = digits(rest);
    let serial = rest.get(..last).filter(|d| (1..=3).contains(&d.len()))?.parse().ok()?;
    let after = rest.get(last..)?;
    if after.starts_with('/') {
        return None;
    }
    let (letters, used) = letters(after);
    let session = if emergency { Session::Emergency(session) } else { Session::Special(session) };
    let length = text.len() - after.len() + used;
    Some((Number { session, serial, letters }, length))
}

/// The letters behind a number and their length: ` A`, ` A-C`, ` A and B`, ` A à C`, ` (H)`.
fn letters(text: &str) -> (String, usize) {
    let none = (String::new(), 0);
    let spaces = text.len() - text.trim_start_matches(is_space).len();
    let Some(rest) = text.get(spaces..).filter(|_| spaces <= 3) else { return none };
    // `43/78 (H)`, as some converters leave it.
    if let [b'(', letter @ b'A'..=b'Z', b')', ..] = rest.as_bytes() {
        return (char::from(*letter).to_string(), spaces + 3);
    }
    let Some(first) = capitals(rest) else { return none };
    let mut last = first;
    let mut used = spaces + first.len();
    // `A and B`, `A, B and C`, `A–C`: each later than the one before.
    while let Some((letter, length)) = text.get(used..).and_then(next_letter) {
        if letter.len() != 1 || last.len() != 1 || letter <= last {
            break;
        }
        used += length;
        last = letter;
    }
    let letters = if last == first { first.to_owned() } else { format!("{first}-{last}") };
    (letters, used)
}

/// What may stand between the letters of one number.
const BETWEEN_LETTERS: [&str; 8] = ["to", "and", "a", "y", "et", "à", ",", "&"];

/// A further letter behind a number's letter, and the length of what joins it and of itself.
fn next_letter(text: &str) -> Option<(&str, usize)> {
    let trimmed = text.trim_start_matches(is_space);
    let rest = match trimmed.chars().next().filter(|c| is_hyphen(*c)) {
        Some(hyphen) => trimmed.get(hyphen.len_utf8()..)?,
        None => BETWEEN_LETTERS.iter().find_map(|word| {
            let rest = trimmed.strip_prefix(word)?;
            rest.starts_with(is_space).then_some(rest)
        })?,
    };
    let rest = rest.trim_start_matches(is_space);
    let letter = capitals(rest)?;
    Some((letter, text.len() - rest.len() + letter.len()))
}

/// One or two capital letters that are a word by themselves.
fn capitals(text: &str) -> Option<&str> {
    let length = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let ends = text.get(length..).and_then(|rest| rest.chars().next());
    let alone = !ends.is_some_and(|c| c.is_alphanumeric() || c == '’' || c == '\'' || c == '/');
    text.get(..length).filter(|letters| alone && matches!(letters.len(), 1 | 2))
}

/// A capital letter by itself behind a session, where a sentence cannot go on with it.
fn letter_behind_session(text: &str) -> Option<(String, usize)> {
    let rest = text.trim_start_matches(is_space);
    let letter = capitals(rest).filter(|letter| letter.len() == 1 && rest.len() < text.len())?;
    let next = rest.get(1..)?.chars().next();
    next.is_none_or(|c| matches!(c, ',' | '.' | ';' | ')'))
        .then(|| (letter.to_owned(), text.len() - rest.len() + 1))
}

/// The letter between a number and its session, ` A` in `217 A (III)`.
fn letter_before_session(text: &str) -> (String, usize) {
    let spaces = text.len() - text.trim_start_matches(is_space).len();
    let rest = text.get(spaces..).unwrap_or_default();
    let length = rest.bytes().take_while(u8::is_ascii_uppercase).count();
    let followed = rest.get(length..).unwrap_or_default().trim_start_matches(is_space);
    if (1..=2).contains(&length) && followed.starts_with('(') && spaces <= 3 {
        return (rest.get(..length).unwrap_or_default().to_owned(), spaces + length);
    }
    (String::new(), 0)
}
