//! What stands behind a number: letters of resolutions, and parentheses.

use super::{Fault, Mode, Reader};
use crate::symbol::letters::{self, Place};
use crate::symbol::qualifier::{self, Kind};
use crate::symbol::words::{self, is_digits, is_space};

/// The longest text in parentheses, in bytes. Bounds how far a parenthesis that never closes is
/// looked into.
const MAX_QUALIFIER_BYTES: usize = 48;

const PARENTHESIS: &str = "a closing parenthesis";
const QUALIFIER: &str = "a part, volume, section, session or year";

impl Reader<'_> {
    /// The letters of a resolution that was adopted in parts, behind its number.
    pub(super) fn letters(&mut self, start: usize) {
        let number = self.out.get(start..).unwrap_or_default();
        let number = number.split('(').next().unwrap_or_default();
        if !self.is_resolution() || !is_digits(number) {
            return;
        }
        let place = if self.mode == Mode::Running { Place::Running } else { Place::Alone };
        let glued = self.mode == Mode::Address && self.peek().is_some_and(is_space);
        if let Some((letters, taken)) = letters::read(self.rest(), place).filter(|_| !glued) {
            // `217 (III) A` is `217 A (III)`.
            let at = start + number.len();
            self.out.insert_str(at, &letters);
            self.at += taken;
        }
    }

    /// Parentheses behind a word, each with at most one run of spaces before it.
    pub(super) fn qualifiers(&mut self, start: usize) -> Result<(), Fault> {
        loop {
            let end = self.at;
            let rest = self.rest();
            let spaces = rest.len() - rest.trim_start_matches(is_space).len();
            let reach = if self.mode == Mode::Alone { usize::MAX } else { 1 };
            let spaced = spaces > 0;
            if rest.chars().take_while(|c| is_space(*c)).count() > reach {
                return Ok(());
            }
            self.at += spaces;
            if self.peek() != Some('(') {
                self.at = end;
                return Ok(());
            }
            let length = self.out.len();
            match self.qualifier(start, spaced) {
                Ok(()) => {}
                Err(fault) if self.mode == Mode::Alone => return Err(fault),
                Err(_) => {
                    self.out.truncate(length);
                    self.at = end;
                    return Ok(());
                }
            }
            if !self.out.get(start..).is_some_and(|s| s.ends_with(')')) {
                continue;
            }
            self.letters(start);
        }
    }

    fn qualifier(&mut self, start: usize, spaced: bool) -> Result<(), Fault> {
        let (open, length) = (self.at, self.out.len());
        self.parenthesis(spaced)?;
        let Some(content) = self.out.get(length + 1..self.out.len() - 1) else { return Ok(()) };
        let segment = self.out.get(start..length).unwrap_or_default();
        let before =
            self.out.get(..start).unwrap_or_default().rsplit('/').nth(1).unwrap_or_default();
        // `43/78 (H)` is `43/78 H`: what has its session or year before it needs none behind.
        let sessioned =
            self.is_resolution() && (words::is_session(before) || words::year(before).is_some());
        let letter = matches!(content.as_bytes(), [b'A'..=b'Z']);
        if sessioned && letter && is_digits(segment) {
            let capital = self.text.get(open + 1..).and_then(|t| t.chars().find(|c| !is_space(*c)));
            let small = !capital.is_some_and(|c| c.is_ascii_uppercase());
            if self.mode == Mode::Running && small || !letters::ends_here(self.rest(), 0) {
                return self.fault("the capital letter of a resolution");
            }
            let letter = content.to_owned();
            self.out.truncate(length);
            self.out.push_str(&letter);
            return Ok(());
        }
        if self.mode == Mode::Alone || qualifier::is_named(content) {
            return Ok(());
        }
        // In running text, a year or a numeral behind any other document is the sentence's own.
        let year = is_digits(content) && content.len() == 4;
        let roman = words::is_roman_session(content);
        let belongs = if segment.starts_with(|c: char| c.is_ascii_digit()) {
            self.is_resolution() && !sessioned && (year || roman)
        } else {
            // `CM/Res.1153 (XLVIII)`
            !spaced || segment.starts_with("Res.") && roman
        };
        // Small numerals count the points of a list: `(i)`.
        let small = || {
            self.text.get(open..self.at).is_some_and(|t| t.bytes().any(|b| b.is_ascii_lowercase()))
        };
        if belongs && !(spaced && small()) {
            return Ok(());
        }
        self.fault("the end of the symbol")
    }

    /// Reads a parenthesis and appends it in canonical form.
    pub(super) fn parenthesis(&mut self, spaced: bool) -> Result<(), Fault> {
        self.at += 1;
        let rest = self.rest();
        let near = rest.char_indices().take_while(|(at, _)| *at <= MAX_QUALIFIER_BYTES);
        let end = near.into_iter().find(|(_, c)| matches!(c, '(' | ')' | '\n'));
        let (close, _) = match end {
            Some(found) if found.1 == ')' => found,
            Some((at, _)) => return Err(Fault { at: self.at + at, expected: PARENTHESIS }),
            None if rest.len() > MAX_QUALIFIER_BYTES => {
                return Err(Fault { at: self.at, expected: "a shorter text in parentheses" });
            }
            None => {
                return Err(Fault {
                    at: self.text.trim_end_matches(is_space).len(),
                    expected: PARENTHESIS,
                });
            }
        };
        let read = qualifier::read(rest.get(..close).unwrap_or_default());
        let read = read.map_err(|at| Fault { at: self.at + at, expected: QUALIFIER })?;
        // `A/77/275 (see annex)`: a space parts from the symbol what is no qualifier.
        if spaced && read.kind == Kind::Other && !self.is_letter_of_resolution(&read.canonical) {
            return self.fault(QUALIFIER);
        }
        self.out.push('(');
        self.out.push_str(&read.canonical);
        self.out.push(')');
        self.at += close + 1;
        Ok(())
    }

    fn is_letter_of_resolution(&self, content: &str) -> bool {
        content.len() == 1 && self.is_resolution()
    }
}
