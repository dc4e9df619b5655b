//! Symbols in running text.

use std::ops::Range;

use super::parts::SymbolParts;
use super::read::{self, MAX_SPELLING_BYTES, Mode};
use super::{Symbol, words};
use crate::Language;

/// How far before its first stroke the root of a symbol may begin, in bytes.
const MAX_ROOT_BYTES: usize = 24;

/// Hosts whose addresses end with a symbol.
const HOSTS: [&str; 2] = ["undocs.org", "docs.un.org"];

/// The symbols of a text from left to right, each with its byte range. Made by [`Symbol::scan`].
///
/// The range covers the symbol as it is written, without the asterisks of a reissue and without
/// punctuation. Both halves of a joint symbol are found. A text is looked through once, and behind
/// every stroke no further than the longest symbol reaches.
#[derive(Clone, Debug)]
pub struct SymbolScan<'t> {
    text: &'t str,
    at: usize,
    /// Where the second half of a joint symbol begins.
    joint: Option<usize>,
    /// The bytes that may have been looked at, the measure of work in tests: of every reading the
    /// whole of what it was given.
    #[cfg(test)]
    work: usize,
}

impl<'t> SymbolScan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            joint: None,
            #[cfg(test)]
            work: 0,
        }
    }

    /// Where the root before a stroke begins, and how what follows is to be read.
    fn root(&self, stroke: usize) -> Option<(usize, Mode)> {
        let from = stroke.saturating_sub(MAX_ROOT_BYTES).max(self.at);
        let before = self.text.as_bytes().get(from..stroke)?;
        // `TD(XIV)`, `GC.18`
        let mut end = before.len();
        if before.last() == Some(&b')') {
            end = before.iter().rposition(|b| *b == b'(')?;
        } else if before.last().is_some_and(u8::is_ascii_digit) {
            let digits = before.iter().rev().take_while(|b| b.is_ascii_digit()).count();
            end = end.checked_sub(digits + 1).filter(|at| before.get(*at) == Some(&b'.'))?;
        }
        let root = before.get(..end)?;
        let letters = root.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
        let mut start = from + end - letters;
        if letters == 0 {
            return None;
        }
        if self.joint != Some(start) {
            // `ICC-ASP`
            if let Some(first) = self.text.get(from..start).and_then(|t| t.strip_suffix('-')) {
                start -= 1 + first.bytes().rev().take_while(u8::is_ascii_uppercase).count();
            }
        }
        let name = self.text.get(start..from + end)?;
        let previous = self.text.get(..start)?.chars().next_back();
        if is_address(self.text.get(..start)?) {
            // The language's code in the address is no root.
            let code = name.to_ascii_lowercase();
            let language = Language::OFFICIAL.iter().any(|language| language.code() == code);
            return (!language).then_some((start, Mode::Address));
        }
        let bordered = self.joint == Some(start)
            || !previous.is_some_and(|c| {
                c.is_alphanumeric()
                    || matches!(c, '/' | '.' | '_' | '\\' | '@')
                    || words::is_dash(c)
            });
        let capitals = name.bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
        (bordered && capitals).then_some((start, Mode::Running))
    }
}

impl Iterator for SymbolScan<'_> {
    type Item = (Range<usize>, Symbol);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        let mut from = self.at;
        while let Some(offset) = bytes.get(from..)?.iter().position(|b| *b == b'/') {
            let stroke = from + offset;
            from = stroke + 1;
            #[cfg(test)]
            {
                self.work += offset + 1 + MAX_ROOT_BYTES;
            }
            let Some((start, mode)) = self.root(stroke) else { continue };
            let window = window(self.text, start);
            let reading = read::read(window, mode);
            #[cfg(test)]
            {
                self.work += window.len();
            }
            let Ok(reading) = reading else { continue };
            let cut = reading.end == window.len() && start + window.len() < self.text.len();
            let joined = self.joint.take() == Some(start);
            let symbol = Symbol(reading.canonical.into());
            if cut || mode == Mode::Running && !joined && !is_evident(&symbol) {
                continue;
            }
            self.joint = reading.joint.map(|joint| start + joint);
            self.at = start + reading.end;
            return Some((start..self.at, symbol));
        }
        self.at = bytes.len();
        None
    }
}

/// The text from a place as far as a symbol can reach.
fn window(text: &str, start: usize) -> &str {
    let end = start.saturating_add(MAX_SPELLING_BYTES).min(text.len());
    let end = (start..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    text.get(start..end).unwrap_or_default()
}

/// Whether a text ends with the beginning of a UN document's address: `https://undocs.org/`,
/// `docs.un.org/es/`, or a link from there, `/en/`.
fn is_address(before: &str) -> bool {
    let Some(before) = before.strip_suffix('/') else { return false };
    let host = |text: &str| {
        let known = |host: &&'static str| {
            let at = text.len().checked_sub(host.len());
            at.and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(host))
        };
        HOSTS.iter().any(known)
    };
    if host(before) {
        return true;
    }
    let coded = Language::OFFICIAL.iter().find_map(|language| {
        let at = before.len().checked_sub(language.code().len())?;
        let (start, end) = (before.get(..at)?, before.get(at..)?);
        end.eq_ignore_ascii_case(language.code()).then_some(start)
    });
    coded.and_then(|start| start.strip_suffix('/')).is_some_and(|start| {
        host(start) || !start.ends_with(|c: char| c.is_alphanumeric() || c == '/' || c == '.')
    })
}

/// Whether what reads as a symbol in running text is one and no fraction, strain or standard.
fn is_evident(symbol: &Symbol) -> bool {
    let parts = SymbolParts::of(symbol.as_str());
    let Some(number) = parts.number else { return false };
    let second = symbol.segments().nth(1).unwrap_or_default();
    let word = second.split(['.', '(']).next().unwrap_or_default();
    let numbers = symbol.segments().filter(|s| s.starts_with(|c: char| c.is_ascii_digit())).count();
    if words::ORGANS.contains(&parts.organ) {
        // `A/H1N1` is none by its shape; `A/USA/1/2009` is a strain too.
        let under = words::is_session(second)
            || words::is_digits(word)
            || second.starts_with(|c: char| c.is_ascii_digit())
            || words::is_under_organ(word)
            // `A/PFPAD/2019/1`; the year ends the strain.
            || word.len() == second.len() && numbers > 1 && words::year(number).is_none();
        // `S/1` is rather a label than one of the first documents of 1946.
        let labelled = symbol.segments().count() == 2 && number.len() < 2;
        return under && !labelled;
    }
    if words::is_known_root(parts.organ) {
        return true;
    }
    // Of an acronym that is not known: a conference, a series with its number, or two numbers, as
    // in `ISO/IEC/27001` there are not.
    let conference = words::is_body(second) && second.starts_with("CONF");
    let dotted = second.contains('.') || symbol.as_str().contains(&format!(".{number}"));
    dotted && (parts.year.is_some() || parts.series.is_some_and(words::is_series))
        || conference
        || numbers > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The most bytes looked at for a byte of text: a reading of [`MAX_SPELLING_BYTES`] begins at
    /// every third byte at most, as a root needs a border, a letter and a stroke.
    const MAX_WORK: usize = 128;

    fn work(text: &str) -> usize {
        let mut scan = Symbol::scan(text);
        while scan.next().is_some() {}
        scan.work
    }

    #[test]
    fn hostile_texts_are_looked_through_once() {
        let pieces = [
            "A/",
            "(",
            "A/(",
            "/",
            "A",
            "A/1(",
            "A/1/",
            "A/1 ",
            "A/1(Part ",
            " ",
            "A/1-",
            "A-A/",
            "A/RES/1 A ",
            "A/RES/1 A and ",
            "A/1.A/1.",
            "TD(X)/",
            "GC.1/",
            "A/1((((",
            "undocs.org/",
            "undocs.org/en/",
            "A/PV.",
            "A/1/Part ",
            "A/1-S/1-",
            "A/A ",
            "\u{a0}A/",
            "é/",
            "A/é",
            "A/Add. ",
            "UNEP/OzL.Pro",
        ];
        for piece in pieces {
            // Twice the text, twice the work; and never more than a bound for each byte.
            let text = |bytes: usize| piece.repeat(bytes / piece.len());
            let (small, large) = (work(&text(1 << 14)), work(&text(1 << 15)));
            assert!(large <= small * 2 + small / 4 + 1_000, "{piece:?}: {small}, then {large}");
            assert!(large <= MAX_WORK << 15, "{piece:?}: {large}");
        }
    }

    #[test]
    fn a_megabyte_is_no_burden() {
        for piece in ["A/", "A/1(((((", "//////", "ABCDEFGH", "A/(", "   ", "A/RES/1 A and B, "] {
            let text = piece.repeat((1 << 20) / piece.len());
            let work = work(&text);
            assert!(work <= MAX_WORK << 20, "{piece:?}: {work}");
        }
    }

    #[test]
    fn offsets_cover_the_printed_form() {
        let text = "véase S/RES/1325 (2000), párr. 2";
        let (range, _) = Symbol::scan(text).next().unwrap();
        assert_eq!(&text[range], "S/RES/1325 (2000)");
    }
}
