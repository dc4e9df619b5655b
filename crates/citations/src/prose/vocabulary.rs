//! How the words and phrases that prose surrounds citations with are found.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::prose::meaning::Meaning;

mod tables;

use tables::{MONTHS, ORDINALS, ORGANS, REST, UNITS};

/// A word in the vocabulary; 0 is every other.
pub(crate) type WordId = u16;

/// The vocabulary, ready to be looked up in.
pub(crate) struct Vocabulary {
    words: FxHashMap<&'static str, WordId>,
    /// By first word, the longest first.
    phrases: Vec<Vec<(Vec<WordId>, Meaning)>>,
}

/// The longest word of the vocabulary in bytes; longer ones are not looked up.
pub(crate) const LONGEST_WORD: usize = 20;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::new);

impl Vocabulary {
    pub(crate) fn get() -> &'static Self {
        &VOCABULARY
    }

    fn new() -> Self {
        let mut vocabulary = Self { words: FxHashMap::default(), phrases: vec![Vec::new()] };
        let mut add = |meaning, phrases: &'static [&'static str]| {
            for phrase in phrases {
                vocabulary.add(phrase, meaning);
            }
        };
        for (organ, phrases) in ORGANS {
            add(Meaning::Organ(*organ), phrases);
        }
        for (unit, count, phrases) in UNITS {
            add(Meaning::Unit(*unit, *count), phrases);
        }
        for (number, phrases) in (1..).zip(ORDINALS) {
            add(Meaning::Ordinal(number), phrases);
        }
        for (number, phrases) in (1..).zip(MONTHS) {
            add(Meaning::Month(number), phrases);
        }
        for (meaning, phrases) in REST {
            add(*meaning, phrases);
        }
        for phrases in &mut vocabulary.phrases {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        vocabulary
    }

    fn add(&mut self, phrase: &'static str, meaning: Meaning) {
        let ids: Vec<WordId> = phrase
            .split(' ')
            .map(|word| {
                let next = WordId::try_from(self.words.len() + 1).unwrap_or(WordId::MAX);
                *self.words.entry(word).or_insert(next)
            })
            .collect();
        self.phrases.resize(self.phrases.len().max(self.words.len() + 1), Vec::new());
        let Some((first, rest)) = ids.split_first() else { return };
        if let Some(list) = self.phrases.get_mut(usize::from(*first))
            && !list.iter().any(|(words, _)| words == rest)
        {
            list.push((rest.to_vec(), meaning));
        }
    }

    /// The word with this folded spelling.
    pub(crate) fn word(&self, folded: &str) -> WordId {
        self.words.get(folded).copied().unwrap_or(0)
    }

    /// The longest phrase that begins with `first`, and how many words after it belong to it. `word`
    /// gives the n-th word after the first.
    pub(crate) fn phrase(
        &self,
        first: WordId,
        word: impl Fn(usize) -> WordId,
    ) -> Option<(Meaning, usize)> {
        let list = self.phrases.get(usize::from(first)).filter(|_| first != 0)?;
        list.iter()
            .find(|(rest, _)| rest.iter().enumerate().all(|(at, id)| word(at) == *id))
            .map(|(rest, meaning)| (*meaning, rest.len()))
    }
}

/// Folds a word into `out`: small letters without accents. False when it is longer than any word of
/// the vocabulary or holds letters that none has.
pub(crate) fn fold(word: &str, out: &mut String) -> bool {
    out.clear();
    if word.len() > LONGEST_WORD + 6 {
        return false;
    }
    for c in word.chars() {
        let c = plain(c.to_ascii_lowercase());
        let c =
            if c.is_ascii_lowercase() { c } else { plain(c.to_lowercase().next().unwrap_or(c)) };
        if !c.is_ascii_lowercase() {
            return false;
        }
        out.push(c);
    }
    out.len() <= LONGEST_WORD
}

/// A small letter without its accent.
pub(crate) fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'î' | 'ï' => 'i',
        'ó' | 'ô' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}
