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
    /// Whether it says something, and is no function word.
    pub(crate) says_something: bool,
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
        parts(text).into_iter().map(|text| QueryWord::new(text, 0)).collect();
    // Nothing is read without a vocabulary, so that nothing can fail.
    let found = find(thesaurus, &words, None).unwrap_or_default();
    found.into_iter().flat_map(|found| found.concepts).collect()
}

impl QueryWord {
    pub(crate) fn new(text: String, stretch: usize) -> Self {
        let says_something = !is_function_word(&fold(&text));
        Self { text, says_something, stretch }
    }
}

/// What is looked for of a label.
pub(crate) struct LabelWords {
    pub(crate) words: Vec<String>,
    /// Whether the words mean the concept only as they stand: of `sans-papiers` or `sin techo`, what is left
    /// without function words is paper and a roof.
    pub(crate) as_written: bool,
}

impl LabelWords {
    pub(crate) fn of(label: &str) -> Self {
        let all = parts(label);
        let says: Vec<String> =
            all.iter().filter(|word| !is_function_word(&fold(word))).cloned().collect();
        match all.len() > 1 && says.len() < 2 {
            true => Self { words: all, as_written: true },
            false => Self { words: says, as_written: false },
        }
    }
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
    let all: Vec<usize> = (0..words.len()).collect();
    let says: Vec<usize> =
        words.iter().zip(0..).filter(|(w, _)| w.says_something).map(|(_, at)| at).collect();
    let starts: HashSet<String> = words.iter().map(|word| start(&word.text)).collect();
    let mut matching: Vec<Found<'t>> = Vec::new();
    for concept in thesaurus.concepts() {
        for (language, label) in concept.labels() {
            if !may_match(label, &starts) {
                continue;
            }
            let of_label = LabelWords::of(label);
            let keys: Vec<HashSet<String>> =
                of_label.words.iter().map(|word| keys(word, analysed(language))).collect();
            let among = if of_label.as_written { &all } else { &says };
            for (first, length) in places(words, &forms, among, &keys, language) {
                match matching.iter_mut().find(|f| f.first == first && f.words == length) {
                    Some(found) => {
                        if !found.concepts.iter().any(|known| std::ptr::eq(*known, concept)) {
                            found.concepts.push(concept);
                        }
                        found.labels.insert((language, label));
                    }
                    None => matching.push(Found {
                        first,
                        words: length,
                        concepts: vec![concept],
                        labels: BTreeSet::from([(language, label)]),
                    }),
                }
            }
        }
    }
    matching.sort_by_key(|found| (std::cmp::Reverse(found.words), found.first));
    let mut taken: Vec<Found<'t>> = Vec::new();
    for found in matching {
        let apart = |other: &Found<'_>| {
            found.first + found.words <= other.first || other.first + other.words <= found.first
        };
        if taken.len() < MAX_CONCEPTS && taken.iter().all(apart) {
            taken.push(found);
        }
    }
    Ok(taken)
}

/// Where in a query the words of a label stand one behind the other `among` some of its words, and how many
/// words these places span.
fn places(
    words: &[QueryWord],
    forms: &[Forms],
    among: &[usize],
    keys: &[HashSet<String>],
    language: Language,
) -> Vec<(usize, usize)> {
    if keys.is_empty() {
        return Vec::new();
    }
    let stretch = |at: &usize| words.get(*at).map(|word| word.stretch);
    let is = |at: &usize, keys| forms.get(*at).is_some_and(|forms| forms.is_one_of(language, keys));
    let mut places = Vec::new();
    for window in among.windows(keys.len()) {
        let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
        if stretch(first) == stretch(last) && window.iter().zip(keys).all(|(at, keys)| is(at, keys))
        {
            places.push((*first, last - first + 1));
        }
    }
    places
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

/// The first two letters, which other forms of a word hardly ever change: most labels are told apart by them at little cost.
fn start(word: &str) -> String {
    let letters: String = word.chars().take(2).collect();
    fold(&lower(&letters)).chars().take(2).collect()
}

fn may_match(label: &str, starts: &HashSet<String>) -> bool {
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    words.into_iter().all(|word| starts.contains(&start(word)) || is_function_word(&fold(word)))
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
            [[concept]]
            fr = ["sans-phare", "côte obscure"]
            es = ["sin faro", "costa oscura"]
        "#;
        Thesaurus::parse("t", file).unwrap()
    }

    #[test]
    fn words_of_a_query_are_recognised_as_labels() {
        let thesaurus = thesaurus();
        // (words, numbers of the concepts, why)
        let table: [(&str, &[usize], &str); 20] = [
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
            ("sin faro", &[3], "the function word is a part of the meaning"),
            ("sans phares", &[3], "the same in French"),
            ("faro", &[], "without it, the word means something else"),
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
                .map(|(text, stretch)| QueryWord::new(text.to_owned(), stretch))
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
            parts(&many).into_iter().map(|text| QueryWord::new(text, 0)).collect();
        assert_eq!(find(&thesaurus, &words, None).unwrap().len(), MAX_CONCEPTS);
        let late: Vec<QueryWord> = words.iter().skip(1).step_by(2).chain(&words).cloned().collect();
        assert!(find(&thesaurus, &late, None).unwrap().is_empty());
    }
}
