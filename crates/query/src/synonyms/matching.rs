//! Which words of a query are a label of a concept.

use std::collections::{BTreeSet, HashSet};

use undex_document::Language;
use undex_schema::{FIELD_LANGUAGES, Vocabulary, analysed, fold, lower, stem};
use undex_thesaurus::{Concept, Thesaurus};

use crate::SearchError;
use crate::plan::{is_function_word, parts};

/// Words of a query that are compared with labels; a question has fewer, and a pasted page means no concept.
const MAX_WORDS: usize = 32;

/// Stretches of a query that are taken for concepts.
const MAX_CONCEPTS: usize = 4;

/// A word of a query that may be a part of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueryWord {
    pub(crate) text: String,
    /// Words of different stretches stand apart: no label runs from one into the other.
    pub(crate) stretch: usize,
}

/// Words of a query that are a label.
#[derive(Clone, Debug)]
pub(crate) struct Found<'t> {
    /// The number of the first of them.
    pub(crate) first: usize,
    /// How many they are.
    pub(crate) words: usize,
    /// The concepts with such a label, in the order of the thesaurus.
    pub(crate) concepts: Vec<&'t Concept>,
    /// Their labels that the words are.
    pub(crate) labels: BTreeSet<(Language, &'t str)>,
}

/// The concepts that the words of a text are labels of, as a query of these words would be widened by
/// them: the longest labels first, and of equal ones those that stand first.
///
/// Words are compared by their stems and without accents, and function words do not count.
pub fn concepts_named<'t>(thesaurus: &'t Thesaurus, text: &str) -> Vec<&'t Concept> {
    let words: Vec<QueryWord> =
        content_words(text).into_iter().map(|text| QueryWord { text, stretch: 0 }).collect();
    // Nothing is read without a vocabulary, so that nothing can fail.
    let found = find(thesaurus, &words, None).unwrap_or_default();
    found.into_iter().flat_map(|found| found.concepts).collect()
}

/// The words of a text that say something.
pub(crate) fn content_words(text: &str) -> Vec<String> {
    let mut words = parts(text);
    words.retain(|word| !is_function_word(&fold(word)));
    words
}

/// The labels among the words of a query, none overlapping another. The vocabulary tells what words typed
/// without their accents may be.
pub(crate) fn find<'t>(
    thesaurus: &'t Thesaurus,
    words: &[QueryWord],
    vocabulary: Option<&Vocabulary>,
) -> Result<Vec<Found<'t>>, SearchError> {
    let words = words.get(..MAX_WORDS).unwrap_or(words);
    let forms: Vec<Forms> =
        words.iter().map(|word| Forms::of(&word.text, vocabulary)).collect::<Result<_, _>>()?;
    let starts: HashSet<String> = words.iter().map(|word| start(&word.text)).collect();
    let mut all: Vec<Found<'t>> = Vec::new();
    for concept in thesaurus.concepts() {
        for (language, label) in concept.labels() {
            if !may_match(label, &starts) {
                continue;
            }
            let of_label = content_words(label);
            let keys: Vec<HashSet<String>> =
                of_label.iter().map(|word| keys(word, analysed(language))).collect();
            for first in places(words, &forms, &keys, language) {
                let length = keys.len();
                match all.iter_mut().find(|f| f.first == first && f.words == length) {
                    Some(found) => {
                        if !found.concepts.iter().any(|known| std::ptr::eq(*known, concept)) {
                            found.concepts.push(concept);
                        }
                        found.labels.insert((language, label));
                    }
                    None => all.push(Found {
                        first,
                        words: length,
                        concepts: vec![concept],
                        labels: BTreeSet::from([(language, label)]),
                    }),
                }
            }
        }
    }
    all.sort_by_key(|found| (std::cmp::Reverse(found.words), found.first));
    let mut taken: Vec<Found<'t>> = Vec::new();
    for found in all {
        let apart = |other: &Found<'_>| {
            found.first + found.words <= other.first || other.first + other.words <= found.first
        };
        if taken.len() < MAX_CONCEPTS && taken.iter().all(apart) {
            taken.push(found);
        }
    }
    Ok(taken)
}

/// Where in a query the words of a label stand one behind the other.
fn places(
    words: &[QueryWord],
    forms: &[Forms],
    keys: &[HashSet<String>],
    language: Language,
) -> Vec<usize> {
    if keys.is_empty() {
        return Vec::new();
    }
    let windows = words.windows(keys.len()).zip(forms.windows(keys.len())).enumerate();
    windows
        .filter(|(_, (words, forms))| {
            let stretch = words.first().map(|word| word.stretch);
            words.iter().all(|word| Some(word.stretch) == stretch)
                && forms.iter().zip(keys).all(|(forms, keys)| forms.is_one_of(language, keys))
        })
        .map(|(first, _)| first)
        .collect()
}

/// What a word of a query may be in each language.
struct Forms(Vec<(Language, HashSet<String>)>);

impl Forms {
    fn of(word: &str, vocabulary: Option<&Vocabulary>) -> Result<Self, SearchError> {
        let mut forms = Vec::new();
        for language in FIELD_LANGUAGES {
            let mut keys = keys(word, language);
            if let Some(vocabulary) = vocabulary {
                for stem in vocabulary.query_stems(word, language)? {
                    keys.insert(stem.text);
                }
            }
            forms.push((language, keys));
        }
        Ok(Self(forms))
    }

    fn is_one_of(&self, language: Language, keys: &HashSet<String>) -> bool {
        let of = self.0.iter().find(|(of, _)| *of == analysed(language));
        of.is_some_and(|(_, forms)| !forms.is_disjoint(keys))
    }
}

/// What a word is compared by: its stem with and without accents, and that of the word without accents,
/// since stemmers know endings by theirs.
fn keys(word: &str, language: Language) -> HashSet<String> {
    let word = lower(word);
    let folded = fold(&word);
    if language == Language::Undetermined {
        return HashSet::from([folded]);
    }
    let stem_of_word = stem(&word, language);
    HashSet::from([fold(&stem_of_word), stem(&folded, language), stem_of_word])
}

/// The first two letters, which no stemmer changes: most labels are told apart by them at little cost.
fn start(word: &str) -> String {
    let letters: String = word.chars().take(2).collect();
    fold(&lower(&letters)).chars().take(2).collect()
}

fn may_match(label: &str, starts: &HashSet<String>) -> bool {
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.into_iter().any(|word| starts.contains(&start(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thesaurus() -> Thesaurus {
        let file = r#"
            [[concept]]
            en = ["fog bells", "foghorns"]
            es = ["señales de niebla", "operación de sirenas"]
            fr = ["sécurité des phares", "l'exode des gardiens"]
            [[concept]]
            en = ["bells", "ship's chimes"]
            [[concept]]
            en = ["foghorns", "compressed-air horns"]
            ru = ["Туманные горны"]
        "#;
        Thesaurus::parse("t", file).unwrap()
    }

    #[test]
    fn words_of_a_query_are_recognised_as_labels() {
        let thesaurus = thesaurus();
        // (words, numbers of the concepts, why)
        let table: [(&str, &[usize], &str); 17] = [
            ("fog bells", &[0], "as it is written; the longer label, not the bells in it"),
            ("Fog bell", &[0], "case and number do not matter"),
            ("the bells of the fog", &[1], "not in this order"),
            ("a fog of bells", &[0], "function words do not count"),
            ("new fog bells for piers", &[0], "among others"),
            ("bells and fog-bells", &[0, 1], "two, the longer one first"),
            ("foghorn", &[0, 2], "a label of two concepts"),
            ("senales niebla", &[0], "without accents"),
            ("señal de la niebla", &[0], "another number"),
            ("operacion sirena", &[0], "an ending that the stemmer knows by its accent"),
            ("securite du phare", &[0], "French without accents"),
            ("exode de gardiens", &[0], "without the elided article"),
            ("ship chimes", &[1], "without the genitive"),
            ("compressed air horns", &[2], "a hyphen parts words"),
            ("туманные горны", &[2], "a language that is not stemmed"),
            ("fog", &[], "half a label"),
            ("of the", &[], "nothing but function words"),
        ];
        for (words, expected, why) in table {
            let found = concepts_named(&thesaurus, words);
            let numbers: Vec<usize> = found
                .iter()
                .map(|found| {
                    thesaurus.concepts().iter().position(|concept| concept == *found).unwrap()
                })
                .collect();
            assert_eq!(numbers, expected, "{words}: {why}");
        }
    }

    #[test]
    fn no_label_runs_from_one_stretch_into_the_next() {
        let thesaurus = thesaurus();
        let words = |second| {
            [("fog", 0), ("bells", second)]
                .map(|(text, stretch)| QueryWord { text: text.to_owned(), stretch })
        };
        let found = |words: &[QueryWord]| find(&thesaurus, words, None).unwrap();
        assert_eq!(found(&words(0))[0].words, 2);
        assert_eq!(found(&words(1))[0].words, 1);
    }

    #[test]
    fn concepts_of_a_query_are_bounded() {
        let thesaurus = thesaurus();
        let many = "bells piers ".repeat(MAX_WORDS);
        let words: Vec<QueryWord> =
            content_words(&many).into_iter().map(|text| QueryWord { text, stretch: 0 }).collect();
        assert_eq!(find(&thesaurus, &words, None).unwrap().len(), MAX_CONCEPTS);
        let late: Vec<QueryWord> = words.iter().skip(1).step_by(2).chain(&words).cloned().collect();
        assert!(find(&thesaurus, &late, None).unwrap().is_empty());
    }
}
