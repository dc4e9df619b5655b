//! Which words of an index are looked for: those of a form, and those almost like a word.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy_fst::Automaton;

use super::letters::Letters;
use crate::analysis::{MAX_WORD_BYTES, PART};

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
    Near(Near),
    Nothing,
}

/// Words that differ from one in a few letters.
struct Near {
    automaton: DFA,
    letters: Letters,
    /// In how many letters they differ at most.
    most: u8,
}

/// A word with wildcards as steps from letter to letter, a bit for each: all of them are tried at once, so
/// that a byte costs the same whatever the wildcards.
struct Wildcards {
    /// The steps that a byte is.
    bytes: [u128; 256],
    /// The steps that any letter is, of one byte or more.
    one: u128,
    /// The steps that any number of letters are.
    any: u128,
    /// Behind the last step.
    end: u128,
    form: Form,
    /// The letters that are given at its beginning.
    first: String,
    /// The letters that are given.
    letters: Letters,
    /// Whether more than [`FEW`] letters may stand before the first that is given.
    begins_anywhere: bool,
}

/// A word with wildcards as what stands between its stars, letter by letter; none where any letter may stand.
/// Whole words are compared with it: a letter costs less than in steps.
struct Form(Vec<Vec<Option<char>>>);

/// What all words have that are looked for.
#[derive(Debug)]
pub(super) struct Given<'m> {
    /// Their first letters.
    pub(super) first: &'m str,
    /// Letters anywhere in them.
    pub(super) letters: Letters,
    /// How many of these may be missing.
    pub(super) missing: u8,
    /// How many letters they have.
    pub(super) count: RangeInclusive<usize>,
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

/// Letters left open at the beginning of a word with which a dictionary is still searched faster by those that
/// are possible there than by what is given behind them.
const FEW: usize = 2;

impl WordMatcher {
    /// Words of a form: where `wild` says so, `?` stands for one letter and any other character for any
    /// number of letters. `wild` goes character by character.
    pub fn wildcards(word: &str, wild: &[bool]) -> Self {
        let form = Form::of(word, wild);
        let mut steps = Wildcards {
            bytes: [0; 256],
            one: 0,
            any: 0,
            end: 1,
            first: form.first(),
            letters: Letters::of(form.0.iter().flatten().flatten().copied()),
            begins_anywhere: form.begins_anywhere(),
            form,
        };
        for (c, wild) in word.chars().zip(wild) {
            if steps.end.trailing_zeros() > MAX_STEPS {
                return Self(Kind::Nothing);
            }
            match (wild, c) {
                (true, '?') => steps.one |= steps.take_step(),
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

    /// Words that begin with these letters.
    pub fn beginning(letters: &str) -> Self {
        let wild: Vec<bool> = letters.chars().map(|_| false).chain([true]).collect();
        Self::wildcards(&format!("{letters}*"), &wild)
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
            Some(builder) => Kind::Near(Near {
                automaton: builder
                    .get_or_init(|| LevenshteinAutomatonBuilder::new(distance, true))
                    .build_dfa(word),
                letters: Letters::of(word.chars()),
                most: distance,
            }),
            None => Kind::Nothing,
        })
    }

    /// In how many letters a word differs: none for one of the form looked for; nothing for a word that
    /// is not looked for.
    pub fn distance(&self, word: &str) -> Option<u8> {
        match &self.0 {
            Kind::Wildcards(steps) => steps.form.has(word).then_some(0),
            Kind::Near(Near { automaton, .. }) => {
                let place = word.bytes().try_fold(automaton.initial_state(), |place, byte| {
                    Some(automaton.transition(place, byte)).filter(|place| *place != SINK_STATE)
                })?;
                self.distance_at(Place(At::State(place)))
            }
            Kind::Nothing => None,
        }
    }

    /// What all words have that are looked for; nothing where none is.
    pub(super) fn given(&self) -> Option<Given<'_>> {
        match &self.0 {
            Kind::Wildcards(steps) => Some(Given {
                first: &steps.first,
                letters: steps.letters,
                missing: 0,
                count: steps.form.count(),
            }),
            Kind::Near(Near { letters, most, .. }) => {
                let differ = usize::from(*most);
                let count = letters.count().saturating_sub(differ)..=letters.count() + differ;
                Some(Given { first: "", letters: *letters, missing: *most, count })
            }
            Kind::Nothing => None,
        }
    }

    /// Whether no first letters lead to what is looked for: in the engine's dictionary, all words would have to
    /// be gone through.
    pub(super) fn begins_anywhere(&self) -> bool {
        matches!(&self.0, Kind::Wildcards(steps) if steps.begins_anywhere)
    }

    fn distance_at(&self, place: Place) -> Option<u8> {
        match (&self.0, place.0) {
            (Kind::Wildcards(steps), At::Steps(next)) => (next & steps.end != 0).then_some(0),
            (Kind::Near(near), At::State(state)) => match near.automaton.distance(state) {
                Distance::Exact(distance) => Some(distance),
                Distance::AtLeast(_) => None,
            },
            _ => None,
        }
    }
}

impl Given<'_> {
    /// Whether a word with these letters may have what is given.
    pub(super) fn may_be_in(&self, letters: Letters) -> bool {
        self.letters.may_be_in(letters, self.missing) && self.count.contains(&letters.count())
    }
}

impl Form {
    fn of(word: &str, wild: &[bool]) -> Self {
        let (mut parts, mut part) = (Vec::new(), Vec::new());
        for (c, wild) in word.chars().zip(wild) {
            match (wild, c) {
                (true, '?') => part.push(None),
                (true, _) => parts.push(std::mem::take(&mut part)),
                (false, c) => part.push(Some(c)),
            }
        }
        parts.push(part);
        Self(parts)
    }

    /// The letters that are given at its beginning.
    fn first(&self) -> String {
        self.0.first().into_iter().flatten().map_while(|letter| *letter).collect()
    }

    /// How many letters a word of it has.
    fn count(&self) -> RangeInclusive<usize> {
        let least = self.0.iter().map(Vec::len).sum();
        least..=if self.0.len() > 1 { usize::MAX } else { least }
    }

    /// Whether more than [`FEW`] letters may stand before the first that is given.
    fn begins_anywhere(&self) -> bool {
        let Some(first) = self.0.first() else { return true };
        match first.iter().position(Option::is_some) {
            Some(open) => open > FEW,
            // Nothing is given before a star, or before the end of the word.
            None => self.0.len() > 1 || first.len() > FEW,
        }
    }

    /// Whether a word has this form. Each part is taken where it is first found: a later place would leave
    /// less to those behind it.
    fn has(&self, word: &str) -> bool {
        let Some((first, others)) = self.0.split_first() else { return false };
        let Some(rest) = after(first, word) else { return false };
        let Some((last, between)) = others.split_last() else { return rest.is_empty() };
        let Some(rest) = before(last, rest) else { return false };
        between.iter().try_fold(rest, |rest, part| behind(part, rest)).is_some()
    }
}

fn is_letter(given: Option<char>, letter: char) -> bool {
    given.is_none_or(|given| given == letter)
}

/// What follows a part that a word begins with.
fn after<'w>(part: &[Option<char>], word: &'w str) -> Option<&'w str> {
    let mut letters = word.chars();
    let is_next = |given: &Option<char>| letters.next().is_some_and(|c| is_letter(*given, c));
    part.iter().all(is_next).then_some(letters.as_str())
}

/// What stands before a part that a word ends with.
fn before<'w>(part: &[Option<char>], word: &'w str) -> Option<&'w str> {
    let mut letters = word.chars();
    let is_last = |given: &Option<char>| letters.next_back().is_some_and(|c| is_letter(*given, c));
    part.iter().rev().all(is_last).then_some(letters.as_str())
}

/// What follows a part where it is first found in a word.
fn behind<'w>(part: &[Option<char>], word: &'w str) -> Option<&'w str> {
    let mut letters = word.chars();
    loop {
        if let Some(rest) = after(part, letters.as_str()) {
            return Some(rest);
        }
        letters.next()?;
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
            true => next & self.one << 1,
            false => (next & self.one) << 1,
        };
        self.with_empty((next & same) << 1 | letters | next & self.any)
    }
}

impl Automaton for WordMatcher {
    type State = Place;

    fn start(&self) -> Place {
        Place(match &self.0 {
            Kind::Wildcards(steps) => At::Steps(steps.with_empty(1)),
            Kind::Near(near) => At::State(near.automaton.initial_state()),
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
            (Kind::Near(near), At::State(state)) => {
                At::State(near.automaton.transition(state, byte))
            }
            _ => At::Steps(0),
        })
    }
}

/// The same in a vocabulary, whose terms have something behind the folded word.
pub(super) struct InVocabulary<'m>(pub(super) &'m WordMatcher);

#[derive(Clone, Copy)]
pub(super) enum InTerm {
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn form(form: &str) -> WordMatcher {
        let wild: Vec<bool> = form.chars().map(|c| matches!(c, '?' | '*')).collect();
        WordMatcher::wildcards(form, &wild)
    }

    #[test]
    fn whole_words_are_compared_as_letter_by_letter() {
        let matched = |matcher: &WordMatcher, word: &str| {
            let place =
                word.bytes().fold(matcher.start(), |place, byte| matcher.accept(&place, byte));
            matcher.is_match(&place)
        };
        // (form, words of it, words that are not)
        let table: [(&str, &[&str], &[&str]); 10] = [
            ("?*e?u*", &["resume", "aeéu"], &["eau", "reu", ""]),
            ("*ab*ba*", &["abba", "aabcbab"], &["aba", "baab"]),
            ("ab*ba", &["abba", "abcba"], &["aba", "abb"]),
            ("*?é", &["oé", "éé", "aboé"], &["é", "éa"]),
            ("é?*?é", &["éaaé", "éaéaé"], &["éaé", "éé"]),
            ("a**b?", &["abc", "aabé"], &["ab", "abcd"]),
            ("w?n", &["wan", "wæn"], &["wn", "waan", "want"]),
            ("*ity", &["ity", "security"], &["it", "securities"]),
            ("***", &["", "a"], &[]),
            ("a*a", &["aa", "abba"], &["a", "abb"]),
        ];
        for before in [0, 63, 64, 100] {
            let before = "z".repeat(before);
            for (end, of_it, not) in table {
                let written = format!("{before}{end}");
                let matcher = form(&written);
                for (words, expected) in [(of_it, true), (not, false)] {
                    for word in words {
                        let word = format!("{before}{word}");
                        assert_eq!(
                            matcher.distance(&word).is_some(),
                            expected,
                            "{written}, {word}"
                        );
                        assert_eq!(matched(&matcher, &word), expected, "{written}, {word}");
                        assert!(may_be(&matcher, &word) || !expected, "{written}, {word}");
                    }
                }
            }
        }
    }

    /// Whether a word has what all have that are looked for.
    fn may_be(matcher: &WordMatcher, word: &str) -> bool {
        let given = matcher.given().unwrap();
        word.starts_with(given.first) && given.may_be_in(Letters::of(word.chars()))
    }

    #[test]
    fn what_is_given_tells_words_apart_before_they_are_compared() {
        // (what is looked for, words that may be it, words that may not)
        let table: [(WordMatcher, &[&str], &[&str]); 6] = [
            (form("wom?n"), &["women", "womæn"], &["women's", "omens", "wonen"]),
            (form("?*ty"), &["city", "ytterbium"], &["ty", "tea"]),
            (form("???"), &["été", "abc"], &["ab", "abcd"]),
            (form("a*"), &["a", "abc"], &["", "ba"]),
            (
                WordMatcher::near("paix", 1),
                &["pair", "pax", "paxi", "paixs", "raix"],
                &["mars", "pa", "paixzz"],
            ),
            (
                WordMatcher::near("étage", 2),
                &["tag", "étagéré", "métrage"],
                &["ge", "étageres", "alors"],
            ),
        ];
        for (matcher, may, may_not) in table {
            for (words, expected) in [(may, true), (may_not, false)] {
                for word in words {
                    assert_eq!(may_be(&matcher, word), expected, "{word}");
                    assert!(expected || matcher.distance(word).is_none(), "{word}");
                }
            }
        }
    }
}
