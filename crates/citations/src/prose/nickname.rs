//! Names of documents that are not their symbol: `the 2021 report of the Group of Governmental
//! Experts`. The catalogue of a corpus knows them.

use std::collections::HashMap;
use std::ops::Range;

use undex_document::Symbol;

use crate::prose::token::Tokens;
use crate::prose::vocabulary::plain;
use crate::prose::words;

/// Words with which a name goes on, so that it is another's: the report of the Group of Governmental
/// Experts *on* something else. A catalogue holds the longer name too, and the longest one counts.
const GO_ON: [&str; 14] = [
    "on",
    "for",
    "concerning",
    "relating",
    "established",
    "sobre",
    "para",
    "encargado",
    "relativo",
    "sur",
    "charge",
    "chargee",
    "relatif",
    "pour",
];

/// Names of documents, ready to be looked for in any number of texts.
#[derive(Clone, Debug, Default)]
pub struct Nicknames {
    /// By the first word, the longest first: the other words, and the document.
    by_first: HashMap<String, Vec<(Vec<String>, Symbol)>>,
    /// The letters that these first words begin with.
    initials: Vec<char>,
}

impl Nicknames {
    /// Takes names, each with the document it stands for. Case, accents, punctuation and spaces do
    /// not count. A name without letter or digit is passed over.
    pub fn new<'n>(names: impl IntoIterator<Item = (&'n str, Symbol)>) -> Self {
        let mut nicknames = Self::default();
        for (name, symbol) in names {
            let mut folded = words::of(name);
            if folded.is_empty() {
                continue;
            }
            let rest = folded.split_off(1);
            let first = folded.swap_remove(0);
            nicknames.initials.extend(first.chars().next());
            nicknames.by_first.entry(first).or_default().push((rest, symbol));
        }
        nicknames.initials.sort_unstable();
        nicknames.initials.dedup();
        for list in nicknames.by_first.values_mut() {
            list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        nicknames
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// The name that begins at a token: where it stands, what it names, and the token after it.
    pub(crate) fn at(
        &self,
        tokens: &Tokens<'_>,
        at: usize,
    ) -> Option<(Range<usize>, Symbol, usize)> {
        if self.by_first.is_empty() {
            return None;
        }
        let start = tokens.get(at)?.start;
        let text = tokens.text.get(start..)?;
        // Only where a word begins, so that no word is read again from each of its letters.
        let before = tokens.text.get(..start).and_then(|text| text.chars().next_back());
        let initial = plain(text.chars().next()?.to_lowercase().next()?);
        if !self.initials.contains(&initial) || before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let mut walk = words::walk(text);
        let (first, first_end) = walk.next()?;
        let list = self.by_first.get(&first)?;
        let longest = list.first().map_or(0, |(rest, _)| rest.len());
        let following: Vec<(String, usize)> = walk.take(longest + 1).collect();
        for (rest, symbol) in list {
            let fits = rest.len() <= following.len()
                && rest.iter().zip(&following).all(|(wanted, (word, _))| wanted == word);
            if !fits {
                continue;
            }
            let length = match rest.len().checked_sub(1).and_then(|last| following.get(last)) {
                Some((_, end)) => *end,
                None => first_end,
            };
            let end = start + length;
            let spaced = tokens.text.get(end..).is_some_and(|t| t.starts_with(char::is_whitespace));
            let next_word = following.get(rest.len()).map_or("", |(word, _)| word);
            if spaced && GO_ON.contains(&next_word) {
                continue;
            }
            let mut next = at;
            while tokens.get(next).is_some_and(|token| token.start < end) {
                next += 1;
            }
            return Some((start..end, symbol.clone(), next));
        }
        None
    }
}
