//! The paragraphs that are looked for, of one language.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use undex_document::{Language, Role};
use undex_query::{DocumentFilter, Searcher};

use crate::measure::Outcome;

/// Letters of a word that says something.
const LEAST_LETTERS: usize = 4;

/// The words that stand in most paragraphs say nothing, in any language.
const COMMONEST: usize = 100;

/// Distinct content words of a paragraph that is asked for.
const LEAST_WORDS: usize = 6;

/// Paragraphs of one language. Those with the same text are one.
pub(crate) struct Pool {
    pub(crate) language: Language,
    /// Each text once.
    pub(crate) texts: Vec<String>,
    /// Where each of them stands, as it is cited in English: the same place in every language.
    pub(crate) places: Vec<Vec<String>>,
    numbers: HashMap<String, usize>,
    /// In how many texts a word stands, in lower case.
    pub(crate) words: BTreeMap<String, usize>,
    common: BTreeSet<String>,
    /// The numbers of the texts that can be asked for, with their content words in order.
    pub(crate) wanted: Vec<(usize, Vec<String>)>,
}

impl Pool {
    pub(crate) fn read(searcher: &Searcher, language: Language) -> Outcome<Self> {
        let mut pool = Self {
            language,
            texts: Vec::new(),
            places: Vec::new(),
            numbers: HashMap::new(),
            words: BTreeMap::new(),
            common: BTreeSet::new(),
            wanted: Vec::new(),
        };
        let mut asked = Vec::new();
        for summary in searcher.documents(&DocumentFilter::default())? {
            if summary.language != language {
                continue;
            }
            let Some(document) = searcher.document(&summary.symbol, language)? else { continue };
            for paragraph in document.paragraphs {
                let said = !matches!(paragraph.role, Role::Masthead | Role::Closing | Role::Title);
                let number = pool.number_of(&paragraph.text);
                if number == pool.texts.len() {
                    pool.numbers.insert(paragraph.text.clone(), number);
                    pool.texts.push(paragraph.text);
                    pool.places.push(Vec::new());
                    if said {
                        asked.push(number);
                    }
                }
                if let Some(places) = pool.places.get_mut(number) {
                    places.push(format!("{}, {}", document.symbol, paragraph.pinpoint));
                }
            }
        }
        for text in &pool.texts {
            for word in words(text).collect::<BTreeSet<_>>() {
                *pool.words.entry(word).or_default() += 1;
            }
        }
        let mut common: Vec<(&String, &usize)> = pool.words.iter().collect();
        common.sort_by_key(|(word, count)| (std::cmp::Reverse(**count), *word));
        pool.common = common.into_iter().take(COMMONEST).map(|(word, _)| word.clone()).collect();
        pool.wanted = asked
            .into_iter()
            .filter_map(|number| Some((number, pool.content_words(pool.texts.get(number)?))))
            .filter(|(_, words)| words.len() >= LEAST_WORDS)
            .collect();
        Ok(pool)
    }

    /// The number of a text; that of the next new one when there is none like it.
    pub(crate) fn number_of(&self, text: &str) -> usize {
        self.numbers.get(text).copied().unwrap_or(self.texts.len())
    }

    /// The words of a text that say something, each once, in order.
    fn content_words(&self, text: &str) -> Vec<String> {
        let mut seen = BTreeSet::new();
        words(text)
            .filter(|word| word.chars().count() >= LEAST_LETTERS && !self.common.contains(word))
            .filter(|word| seen.insert(word.clone()))
            .collect()
    }
}

/// The words of a text in lower case: letters, and nothing else between them. What touches a number or a
/// stroke is part of a symbol.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || "/-".contains(c)));
    parts
        .filter(|part| !part.is_empty() && part.chars().all(char::is_alphabetic))
        .map(str::to_lowercase)
}
