//! The words a document is made of, and which pieces of text cannot be words.

use std::collections::{BTreeSet, HashMap, HashSet};

use rust_stemmers::{Algorithm, Stemmer};
use undex_document::Language;

use crate::structure::Block;

/// Letters at either end of a piece by which it is judged.
const EDGE: usize = 3;

/// Pieces of at least this many letters that occur nowhere else are taken for broken ones when
/// joining them gives a known word.
const LONG_PIECE: usize = 5;

/// Words of this many letters or more are known by their stem too.
const STEMMED: usize = 6;

/// Words of one letter, by language.
fn one_letter_words(language: Language) -> &'static str {
    match language {
        Language::English => "aio",
        Language::French => "aàyô",
        Language::Spanish => "aeouy",
        _ => "",
    }
}

/// The words of a document, counted.
pub(crate) struct Lexicon<'c> {
    counts: HashMap<String, u32>,
    stems: HashSet<String>,
    starts: HashSet<String>,
    ends: HashSet<String>,
    stemmer: Option<Stemmer>,
    one_letter: &'static str,
    confirmed: Option<&'c BTreeSet<String>>,
}

/// How a joined word is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// It stands in the document, or an inflected form of it does, or the corpus confirms it.
    Yes,
    /// Nothing is known of it.
    No,
}

impl<'c> Lexicon<'c> {
    /// The lexicon of a document's blocks. `confirmed` are words that the corpus knows.
    pub(crate) fn of(
        blocks: &[Block],
        language: Language,
        confirmed: Option<&'c BTreeSet<String>>,
    ) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        let texts = blocks.iter().flat_map(|block| {
            std::iter::once(block.text.as_str()).chain(block.notes.iter().map(|n| n.text.as_str()))
        });
        for text in texts {
            for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
                *counts.entry(word.to_lowercase()).or_insert(0) += 1;
            }
        }
        let algorithm = match language {
            Language::English => Some(Algorithm::English),
            Language::French => Some(Algorithm::French),
            Language::Spanish => Some(Algorithm::Spanish),
            _ => None,
        };
        let stemmer = algorithm.map(Stemmer::create);
        let mut stems = HashSet::new();
        let (mut starts, mut ends) = (HashSet::new(), HashSet::new());
        for (word, count) in &counts {
            let length = word.chars().count();
            if let (true, Some(stemmer)) = (length >= STEMMED, &stemmer) {
                stems.insert(stemmer.stem(word).into_owned());
            }
            // A piece that stands twice may be broken twice; words that stand often are whole.
            if *count >= 2 && length > EDGE {
                starts.insert(start(word));
                ends.insert(end(word));
            }
        }
        Self {
            counts,
            stems,
            starts,
            ends,
            stemmer,
            one_letter: one_letter_words(language),
            confirmed,
        }
    }

    fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or(0)
    }

    /// Whether a joined word, in lower case, is known.
    pub(crate) fn knows(&self, joined: &str) -> Known {
        if self.count(joined) > 0 || self.confirmed.is_some_and(|words| words.contains(joined)) {
            return Known::Yes;
        }
        let inflected = joined.chars().count() >= STEMMED
            && self.stemmer.as_ref().is_some_and(|s| self.stems.contains(s.stem(joined).as_ref()));
        if inflected { Known::Yes } else { Known::No }
    }

    /// Whether a number stands in the document elsewhere.
    pub(crate) fn knows_number(&self, joined: &str) -> bool {
        self.count(joined) > 0
    }

    /// Whether two neighbouring pieces cannot both be words, so that joining them is right if the
    /// joined word is known. Both in lower case; `joined_count` times the joined word stands
    /// elsewhere.
    pub(crate) fn are_pieces(&self, left: &str, right: &str) -> bool {
        self.is_piece(left, Side::Left) || self.is_piece(right, Side::Right)
    }

    fn is_piece(&self, piece: &str, side: Side) -> bool {
        let length = piece.chars().count();
        if length == 1 {
            return !self.one_letter.contains(piece);
        }
        // Words that stand elsewhere too are words.
        if self.count(piece) > 2 {
            return false;
        }
        if length >= LONG_PIECE && self.count(piece) <= 1 {
            return true;
        }
        match side {
            Side::Left => !self.ends.contains(&end(piece)),
            Side::Right => !self.starts.contains(&start(piece)),
        }
    }
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

fn start(word: &str) -> String {
    word.chars().take(EDGE).collect()
}

fn end(word: &str) -> String {
    let length = word.chars().count();
    word.chars().skip(length.saturating_sub(EDGE)).collect()
}
