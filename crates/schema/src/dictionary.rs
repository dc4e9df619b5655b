//! Looking for words among the words that an index holds.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::Searcher;
use tantivy::schema::Field;
use tantivy_fst::Automaton;
use undex_document::Language;

use crate::analysis::{MAX_WORD_BYTES, PART, RESTORED};
use crate::living::documents_with;
use crate::{Fields, is_in_documents};

/// Which words are looked for. The words of an index are folded; so should be what they are compared
/// with.
///
/// ```
/// use undex_schema::WordMatcher;
///
/// let women = WordMatcher::wildcards("wom?n", &[false, false, false, true, false]);
/// assert_eq!(women.distance("women"), Some(0));
/// assert_eq!(women.distance("womæn"), Some(0), "one letter, however many bytes");
/// assert_eq!(women.distance("womn"), None);
///
/// let near = WordMatcher::near("security", 2);
/// assert_eq!(near.distance("security"), Some(0));
/// assert_eq!(near.distance("secuirty"), Some(1), "two letters swapped");
/// assert_eq!(near.distance("scurit"), Some(2));
/// assert_eq!(near.distance("obscurity"), None);
/// ```
pub struct WordMatcher(Kind);

enum Kind {
    Wildcards(Box<Wildcards>),
    Near(DFA),
    Nothing,
}

/// A word with wildcards as steps from letter to letter, a bit for each: all of them are tried at once, so
/// that a byte costs the same whatever the wildcards.
struct Wildcards {
    /// The steps that a byte is.
    bytes: [u128; 256],
    /// The steps that any letter is, of one byte or more.
    letters: u128,
    /// The steps that any number of letters are.
    any: u128,
    /// Behind the last step.
    end: u128,
}

/// A place in a word that is being compared.
#[derive(Clone, Copy)]
pub struct Place(At);

#[derive(Clone, Copy)]
enum At {
    /// The steps that may come next.
    Steps(u128),
    State(u32),
}

/// Steps beyond which nothing is found, so that the next letter and what is behind it fit into the bits of a
/// place. The longest word has fewer, unless it is nearly all stars.
const MAX_STEPS: u32 = 122;

impl WordMatcher {
    /// Words of a form: where `wild` says so, `?` stands for one letter and any other character for any
    /// number of letters. `wild` goes character by character.
    pub fn wildcards(word: &str, wild: &[bool]) -> Self {
        let mut steps = Wildcards { bytes: [0; 256], letters: 0, any: 0, end: 1 };
        for (c, wild) in word.chars().zip(wild) {
            if steps.end.trailing_zeros() > MAX_STEPS {
                return Self(Kind::Nothing);
            }
            match (wild, c) {
                (true, '?') => steps.letters |= steps.take_step(),
                // Two stars are one.
                (true, _) if steps.any << 1 & steps.end != 0 => {}
                (true, _) => steps.any |= steps.take_step(),
                (false, c) => {
                    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                        let step = steps.take_step();
                        if let Some(steps) = steps.bytes.get_mut(usize::from(byte)) {
                            *steps |= step;
                        }
                    }
                }
            }
        }
        Self(Kind::Wildcards(Box::new(steps)))
    }

    /// Words in which at most `distance` letters differ, two at most: left out, put in, replaced, or
    /// swapped with their neighbours.
    pub fn near(word: &str, distance: u8) -> Self {
        static BUILDERS: [OnceLock<LevenshteinAutomatonBuilder>; 3] =
            [const { OnceLock::new() }; 3];
        if word.len() > MAX_WORD_BYTES {
            return Self(Kind::Nothing);
        }
        Self(match BUILDERS.get(usize::from(distance)) {
            Some(builder) => Kind::Near(
                builder
                    .get_or_init(|| LevenshteinAutomatonBuilder::new(distance, true))
                    .build_dfa(word),
            ),
            None => Kind::Nothing,
        })
    }

    /// In how many letters a word differs: none for one of the form looked for; nothing for a word that
    /// is not looked for.
    pub fn distance(&self, word: &str) -> Option<u8> {
        let place = word.bytes().fold(self.start(), |place, byte| self.accept(&place, byte));
        self.distance_at(place)
    }

    fn distance_at(&self, place: Place) -> Option<u8> {
        match (&self.0, place.0) {
            (Kind::Wildcards(steps), At::Steps(next)) => (next & steps.end != 0).then_some(0),
            (Kind::Near(automaton), At::State(state)) => match automaton.distance(state) {
                Distance::Exact(distance) => Some(distance),
                Distance::AtLeast(_) => None,
            },
            _ => None,
        }
    }
}

impl Wildcards {
    /// A step for the next letter.
    fn take_step(&mut self) -> u128 {
        let step = self.end;
        self.end <<= 1;
        step
    }

    /// With the steps behind those that may be no letter at all; two of these never follow one another.
    fn with_empty(&self, next: u128) -> u128 {
        next | (next & self.any) << 1
    }

    fn accept(&self, next: u128, byte: u8) -> u128 {
        let same = self.bytes.get(usize::from(byte)).copied().unwrap_or_default();
        // A byte that is not the first of its letter.
        let within = byte & 0b1100_0000 == 0b1000_0000;
        let letters = match within {
            true => next & self.letters << 1,
            false => (next & self.letters) << 1,
        };
        self.with_empty((next & same) << 1 | letters | next & self.any)
    }
}

impl Automaton for WordMatcher {
    type State = Place;

    fn start(&self) -> Place {
        Place(match &self.0 {
            Kind::Wildcards(steps) => At::Steps(steps.with_empty(1)),
            Kind::Near(automaton) => At::State(automaton.initial_state()),
            Kind::Nothing => At::Steps(0),
        })
    }

    fn is_match(&self, place: &Place) -> bool {
        self.distance_at(*place).is_some()
    }

    fn can_match(&self, place: &Place) -> bool {
        match place.0 {
            At::Steps(next) => next != 0,
            At::State(state) => state != SINK_STATE,
        }
    }

    fn accept(&self, place: &Place, byte: u8) -> Place {
        Place(match (&self.0, place.0) {
            (Kind::Wildcards(steps), At::Steps(next)) => At::Steps(steps.accept(next, byte)),
            (Kind::Near(automaton), At::State(state)) => {
                At::State(automaton.transition(state, byte))
            }
            _ => At::Steps(0),
        })
    }
}

/// The same in a vocabulary, whose terms have something behind the folded word.
struct InVocabulary<'m>(&'m WordMatcher);

#[derive(Clone, Copy)]
enum InTerm {
    Word(Place),
    Behind(bool),
}

impl Automaton for InVocabulary<'_> {
    type State = InTerm;

    fn start(&self) -> InTerm {
        InTerm::Word(self.0.start())
    }

    fn is_match(&self, place: &InTerm) -> bool {
        matches!(place, InTerm::Behind(true))
    }

    fn can_match(&self, place: &InTerm) -> bool {
        match place {
            InTerm::Word(place) => self.0.can_match(place),
            InTerm::Behind(matched) => *matched,
        }
    }

    fn accept(&self, place: &InTerm, byte: u8) -> InTerm {
        match place {
            InTerm::Word(place) if char::from(byte) == PART => {
                InTerm::Behind(self.0.is_match(place))
            }
            InTerm::Word(place) => InTerm::Word(self.0.accept(place, byte)),
            behind => *behind,
        }
    }
}

/// The terms of a field that are looked for, each with its distance. Stops when there are more than
/// `most`, so that the number tells it.
///
/// # Errors
/// When the index cannot be read.
pub fn matching_terms(
    searcher: &Searcher,
    field: Field,
    matcher: &WordMatcher,
    most: usize,
) -> tantivy::Result<BTreeMap<String, u8>> {
    let mut found = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().search(matcher).into_stream()?;
        while terms.advance() {
            let word = String::from_utf8_lossy(terms.key());
            let Some(distance) = matcher.distance(&word) else { continue };
            if found.contains_key(word.as_ref())
                || !is_in_documents(segment, &index, terms.value())?
            {
                continue;
            }
            found.insert(word.into_owned(), distance);
            if found.len() > most {
                return Ok(found);
            }
        }
    }
    Ok(found)
}

/// A word of documents that was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatchingWord {
    /// In how many letters its folded form differs from what is looked for.
    pub distance: u8,
    /// In how many documents it stands.
    pub documents: u64,
}

/// The words of documents of a language whose folded form is looked for, in lower case with their
/// accents. Stops as [`matching_terms`] does; the numbers of documents are then too low.
///
/// # Errors
/// When the index cannot be read.
pub fn matching_words(
    searcher: &Searcher,
    fields: &Fields,
    language: Language,
    matcher: &WordMatcher,
    most: usize,
) -> tantivy::Result<BTreeMap<String, MatchingWord>> {
    let mut found: BTreeMap<String, MatchingWord> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(fields.vocabulary(language))?;
        let mut terms = index.terms().search(InVocabulary(matcher)).into_stream()?;
        while terms.advance() {
            let term = String::from_utf8_lossy(terms.key());
            let Some((folded, word)) = split(&term) else { continue };
            let Some(distance) = matcher.distance(folded) else { continue };
            let documents = documents_with(segment, &index, terms.value())?;
            if documents == 0 {
                continue;
            }
            let known = found.entry(word.to_owned());
            known.or_insert(MatchingWord { distance, documents: 0 }).documents += documents;
            if found.len() > most {
                return Ok(found);
            }
        }
    }
    Ok(found)
}

/// The words of documents of a language whose folded form begins so, for which `wanted` holds. Stops as
/// [`matching_terms`] does.
///
/// # Errors
/// When the index cannot be read.
pub fn words_that_begin(
    searcher: &Searcher,
    fields: &Fields,
    language: Language,
    folded: &str,
    most: usize,
    mut wanted: impl FnMut(&str) -> bool,
) -> tantivy::Result<Vec<String>> {
    let mut found = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(fields.vocabulary(language))?;
        let mut terms = index.terms().range().ge(folded).into_stream()?;
        while terms.advance() && terms.key().starts_with(folded.as_bytes()) {
            let term = String::from_utf8_lossy(terms.key());
            let Some((_, word)) = split(&term) else { continue };
            if found.contains_key(word)
                || !wanted(word)
                || !is_in_documents(segment, &index, terms.value())?
            {
                continue;
            }
            found.insert(word.to_owned(), ());
            if found.len() > most {
                break;
            }
        }
    }
    Ok(found.into_keys().collect())
}

/// The folded word of a vocabulary's term, and the word itself.
fn split(term: &str) -> Option<(&str, &str)> {
    let (folded, word) = term.split_once(PART)?;
    let word = word.trim_end_matches(RESTORED);
    Some((folded, if word.is_empty() { folded } else { word }))
}
