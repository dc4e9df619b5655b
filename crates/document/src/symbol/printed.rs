//! A symbol as it stands on a document, with what identity does without.

use super::read::{self, Mode};
use super::{Symbol, SymbolError, refusal, words};

/// What stands where a document prints its symbol: one symbol or two joined by a dash, and the
/// asterisks of a document that was issued again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct PrintedSymbol {
    /// The symbol, or the first of two.
    pub symbol: Symbol,
    /// The other symbol of a document issued under two organs, such as `S/2006/780` of
    /// `A/61/472-S/2006/780`.
    pub joint: Option<Symbol>,
    /// How often the document was reissued for technical reasons: the number of asterisks.
    pub reissues: usize,
}

impl PrintedSymbol {
    /// The one or two symbols, as they stand.
    pub fn symbols(&self) -> impl Iterator<Item = &Symbol> {
        [Some(&self.symbol), self.joint.as_ref()].into_iter().flatten()
    }

    pub(super) fn read(text: &str) -> Result<Self, SymbolError> {
        // Bounds the work on texts that are anything but a symbol.
        if text.trim().len() > 2 * read::MAX_SPELLING_BYTES {
            let expected = "the end of a shorter symbol";
            return Err(refusal(text, read::MAX_SPELLING_BYTES, expected));
        }
        let (first, mut reissues, rest, at) = one(text, 0)?;
        let mut printed = Self { symbol: first, joint: None, reissues };
        if rest.is_empty() {
            return Ok(printed);
        }
        let second = rest
            .strip_prefix(words::is_dash)
            .ok_or_else(|| refusal(text, at, "the end of the symbol"))?;
        let start = text.len() - second.len();
        let (second, more, rest, at) = one(text, start)?;
        if !rest.is_empty() {
            return Err(refusal(text, at, "the end of the two symbols"));
        }
        reissues = reissues.max(more);
        printed.joint = Some(second);
        printed.reissues = reissues;
        Ok(printed)
    }
}

/// Reads the symbol at a place, and its asterisks; also gives what follows and where.
fn one(text: &str, start: usize) -> Result<(Symbol, usize, &str, usize), SymbolError> {
    let from = text.get(start..).unwrap_or_default();
    let reading = read::read(from, Mode::Alone)
        .map_err(|fault| refusal(text, start + fault.at, fault.expected))?;
    let following = from.get(reading.end..).unwrap_or_default();
    let rest = following.trim_start_matches(|c| words::is_space(c) || is_closing(c));
    let taken = following.get(..following.len() - rest.len()).unwrap_or_default();
    let reissues = taken.matches('*').count();
    Ok((Symbol(reading.canonical.into()), reissues, rest, text.len() - rest.len()))
}

/// Asterisks, and the punctuation of the sentence that a symbol was taken from.
fn is_closing(c: char) -> bool {
    matches!(c, '*' | '.' | ',' | ';' | ':')
}
