//! Words of the index that a word of the query stands for: those of a form, and those almost like it.

use std::collections::{BTreeMap, BTreeSet};

use undex_document::Language;
use undex_schema::tantivy::Term;
use undex_schema::tantivy::schema::Field;
use undex_schema::{WordMatcher, fold, matching_terms, matching_words, stem, vocabulary_size};

use super::proximity::too_many;
use super::words::WildPart;
use super::{Node, Place, Planner, ScoredTerm, Word, weights, words};
use crate::{MAX_PREFIX_EXPANSIONS, QueryError, QueryLimit, SearchError, TextField};

/// Letters up to which a tilde alone allows one difference.
const SHORT: usize = 5;

/// Terms of a field, each with the letters in which its word differs.
pub(super) type Expanded = Vec<(Field, BTreeMap<String, u8>)>;

impl Planner<'_> {
    /// A word with wildcards; of several words, those without wildcards are whole.
    pub(super) fn wildcard_node(
        &mut self,
        field: TextField,
        text: &str,
    ) -> Result<Node, SearchError> {
        let mut nodes = Vec::new();
        for part in words::wild_parts(text) {
            nodes.push(Node::Word(match part.is_wild() {
                true => self.wildcard(field, &part)?,
                false => self.word(field, &part.text)?,
            }));
        }
        Ok(one_or_all(nodes))
    }

    fn wildcard(&mut self, field: TextField, part: &WildPart) -> Result<Word, SearchError> {
        self.count_part(part)?;
        let expanded = self.of_form(field, part)?;
        self.mark(field, &part.text, &expanded);
        self.scored(expanded, |_| None)
    }

    /// The words of the unstemmed field that have a form.
    pub(super) fn words_of_form(
        &mut self,
        part: &WildPart,
    ) -> Result<BTreeSet<String>, SearchError> {
        self.count_part(part)?;
        let expanded = self.of_form(TextField::Everywhere, part)?;
        Ok(expanded.into_iter().flat_map(|(_, words)| words.into_keys()).collect())
    }

    fn count_part(&mut self, part: &WildPart) -> Result<(), QueryError> {
        self.count_term()?;
        // Other words are found by their first letters, as prefixes are.
        if part.begins_wild() { self.count_scan() } else { Ok(()) }
    }

    /// A fuzzy word; of several, every one is.
    pub(super) fn fuzzy_node(
        &mut self,
        field: TextField,
        text: &str,
        distance: Option<u8>,
    ) -> Result<Node, SearchError> {
        let mut nodes = Vec::new();
        for part in words::parts(text) {
            self.count_term()?;
            self.count_scan()?;
            let expanded = self.almost_like(field, &part, distance)?;
            self.mark(field, &part, &expanded);
            let distances = expanded.iter().flat_map(|(_, words)| words.values().copied());
            let nearest = distances.min().unwrap_or_default();
            nodes.push(Node::Word(self.scored(expanded, |distance| Some(distance - nearest))?));
        }
        Ok(one_or_all(nodes))
    }

    /// The words of the unstemmed field that are almost like a word.
    pub(super) fn words_near(
        &mut self,
        word: &str,
        distance: Option<u8>,
    ) -> Result<BTreeMap<String, u8>, SearchError> {
        self.count_term()?;
        self.count_scan()?;
        let expanded = self.almost_like(TextField::Everywhere, word, distance)?;
        Ok(expanded.into_iter().flat_map(|(_, words)| words).collect())
    }

    /// The terms of a kind of field whose words have a form.
    pub(super) fn of_form(
        &self,
        field: TextField,
        part: &WildPart,
    ) -> Result<Expanded, SearchError> {
        self.expanded(field, &part.matcher(), (QueryLimit::PrefixExpansions, &part.text))
    }

    /// The terms of a kind of field whose words are almost like one.
    pub(super) fn almost_like(
        &self,
        field: TextField,
        word: &str,
        distance: Option<u8>,
    ) -> Result<Expanded, SearchError> {
        let written = written(word, distance);
        self.expanded(field, &matcher(word, distance), (QueryLimit::FuzzyExpansions, &written))
    }

    /// The terms of a kind of field whose words are looked for. Where stems are held, these are the stems
    /// of the words of the vocabulary.
    fn expanded(
        &self,
        kind: TextField,
        matcher: &WordMatcher,
        (limit, written): (QueryLimit, &str),
    ) -> Result<Expanded, SearchError> {
        let most = MAX_PREFIX_EXPANSIONS;
        if kind == TextField::Everywhere {
            let exact = self.generation.fields().exact;
            let terms = matching_terms(self.generation, exact, matcher, most)?;
            let terms = terms.ok_or_else(|| too_many(limit, most + 1, written))?;
            return Ok(vec![(exact, terms)]);
        }
        // Where there are too many, it shows first in the language with most words.
        let mut languages = Vec::new();
        for language in &self.languages {
            languages.push((vocabulary_size(self.generation, *language)?, *language));
        }
        languages.sort_unstable_by(|a, b| b.cmp(a));
        let mut found = Vec::new();
        for (_, language) in languages {
            let words = matching_words(self.generation, language, matcher, most)?;
            found.push((language, words.ok_or_else(|| too_many(limit, most + 1, written))?));
        }
        found.sort_by_key(|(language, _)| *language);
        let mut expanded = Vec::new();
        for (language, words) in found {
            let mut stems: BTreeMap<String, u8> = BTreeMap::new();
            for (word, found) in words {
                let stem = match language {
                    Language::Undetermined => fold(&word),
                    language => stem(&word, language),
                };
                let distance = stems.entry(stem).or_insert(found.distance);
                *distance = found.distance.min(*distance);
            }
            expanded.push((self.field(kind, language), stems));
        }
        Ok(expanded)
    }

    /// Marks what a word of the query, called `name`, stands for. Snippets show text and notes, where the
    /// words of titles and headings are not marked.
    fn mark(&mut self, field: TextField, name: &str, expanded: &Expanded) {
        let exact = self.generation.fields().exact;
        for (of_field, terms) in expanded {
            let language =
                self.languages.iter().copied().find(|language| {
                    *of_field != exact && self.field(field, *language) == *of_field
                });
            self.highlight(field, |targets| {
                for term in terms.keys() {
                    match language {
                        Some(language) => targets.add_stem(language, term),
                        None => targets.add_word(term, name),
                    }
                }
            });
        }
    }

    /// Any of these terms, as if they were one word; `band` tells how far a word is behind the nearest.
    fn scored(
        &self,
        expanded: Expanded,
        band: impl Fn(u8) -> Option<u8>,
    ) -> Result<Word, SearchError> {
        let mut rarity = weights::Rarity { found: 0, of: 1 };
        let mut terms = Vec::new();
        for (field, words) in expanded {
            let of_field: Vec<(Term, u8)> = words
                .into_iter()
                .map(|(text, distance)| (Term::from_field_text(field, &text), distance))
                .collect();
            let plain: Vec<Term> = of_field.iter().map(|(term, _)| term.clone()).collect();
            rarity = rarity.commoner(weights::rarity(self.generation, field, &plain)?);
            terms.push((field, of_field));
        }
        let mut place = Place { own: true, terms: Vec::new() };
        for (field, of_field) in terms {
            let weight = weights::weight(self.generation, field, rarity, weights::TEXT);
            place.terms.extend(of_field.into_iter().map(|(term, distance)| ScoredTerm {
                term,
                weight: weight.clone(),
                behind: band(distance),
            }));
        }
        Ok(Word::of(place))
    }

    /// Counts a word for which the words of the index are gone through.
    pub(super) fn count_scan(&mut self) -> Result<(), QueryError> {
        self.scans += 1;
        match self.scans > crate::MAX_SCANS {
            true => Err(QueryError::limit(QueryLimit::Scans, self.scans)),
            false => Ok(()),
        }
    }
}

/// Words almost like one, in as many letters as its length allows when no number is given.
fn matcher(word: &str, distance: Option<u8>) -> WordMatcher {
    let folded = fold(word);
    let by_length = if folded.chars().count() <= SHORT { 1 } else { 2 };
    WordMatcher::near(&folded, distance.unwrap_or(by_length))
}

/// A fuzzy word as it is written.
fn written(word: &str, distance: Option<u8>) -> String {
    distance.map_or(format!("{word}~"), |distance| format!("{word}~{distance}"))
}

/// All of these; one alone is itself.
fn one_or_all(mut nodes: Vec<Node>) -> Node {
    match (nodes.len(), nodes.pop()) {
        (1, Some(node)) => node,
        (_, last) => {
            nodes.extend(last);
            Node::All(nodes)
        }
    }
}
