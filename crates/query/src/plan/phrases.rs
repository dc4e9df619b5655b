//! Words in a given order.

use undex_document::Language;
use undex_schema::tantivy::Term;
use undex_schema::tantivy::query::PhraseQuery;
use undex_schema::{Form, lower};

use super::weights::{self, Rarity};
use super::{Node, Place, Planner, ScoredPhrase, ScoredTerm, Word};
use crate::{SearchError, TextField};

/// A word of a phrase: its place and its term.
type Placed = (usize, String);

impl Planner<'_> {
    /// Quoted words. Text and notes are matched by the words as they stand, in any language; titles
    /// and headings, and notes alone, by the stems of each language, in this order.
    pub(super) fn phrase(&mut self, field: TextField, text: &str) -> Result<Node, SearchError> {
        let exact: Vec<Placed> =
            Form::Exact.tokens(text).into_iter().map(|t| (t.position, t.text)).collect();
        for _ in &exact {
            self.count_term()?;
        }
        self.highlight(field, |targets| {
            targets.add_phrase(exact.iter().map(|(_, word)| word.clone()).collect());
        });
        if field == TextField::Everywhere {
            return self.exact_phrase(exact);
        }
        let mut phrases = Vec::new();
        let mut single = Place { own: true, terms: Vec::new() };
        for language in self.languages.clone() {
            let of_field = self.field(field, language);
            let words = self.stemmed_phrase(field, text, language)?;
            let terms: Vec<(usize, Term)> = words
                .into_iter()
                .map(|(place, word)| (place, Term::from_field_text(of_field, &word)))
                .collect();
            match terms.as_slice() {
                [] => {}
                [(_, term)] => {
                    let terms = std::slice::from_ref(term);
                    let rarity = weights::rarity(self.generation, of_field, terms)?;
                    let weight = weights::weight(self.generation, of_field, rarity, weights::TEXT);
                    single.terms.push(ScoredTerm::new(term.clone(), weight));
                }
                _ => phrases.push(ScoredPhrase {
                    query: PhraseQuery::new_with_offset(terms),
                    boost: weights::TEXT,
                }),
            }
        }
        let single = Node::Word(Word::of(single));
        Ok(if phrases.is_empty() { single } else { Node::Any(vec![Node::Phrase(phrases), single]) })
    }

    fn exact_phrase(&self, words: Vec<Placed>) -> Result<Node, SearchError> {
        let field = self.generation.fields().exact;
        let terms: Vec<(usize, Term)> = words
            .into_iter()
            .map(|(place, word)| (place, Term::from_field_text(field, &word)))
            .collect();
        Ok(match terms.as_slice() {
            [] => Node::Any(Vec::new()),
            [(_, term)] => {
                let rarity = weights::rarity(self.generation, field, std::slice::from_ref(term))?;
                let weight = weights::weight(self.generation, field, rarity, weights::TEXT);
                let terms = vec![ScoredTerm::new(term.clone(), weight)];
                let place = Place { own: true, terms };
                Node::Word(Word::of(place))
            }
            _ => Node::Phrase(vec![ScoredPhrase {
                query: PhraseQuery::new_with_offset(terms),
                boost: weights::TEXT,
            }]),
        })
    }

    /// The words of a phrase as stems of a language, each in the spelling that is commonest in the
    /// field.
    pub(super) fn stemmed_phrase(
        &self,
        kind: TextField,
        text: &str,
        language: Language,
    ) -> Result<Vec<Placed>, SearchError> {
        let field = self.field(kind, language);
        let mut words = Vec::new();
        for token in Form::Stemmed(language).tokens(text) {
            let typed = text.get(token.offset_from..token.offset_to).unwrap_or_default();
            let mut best = (token.text, Rarity { found: 0, of: 1 });
            for stem in self.vocabulary.query_stems(&lower(typed), language)? {
                let term = Term::from_field_text(field, &stem.text);
                let rarity = weights::rarity(self.generation, field, &[term])?;
                if rarity.found > best.1.found {
                    best = (stem.text, rarity);
                }
            }
            words.push((token.position, best.0));
        }
        Ok(words)
    }

    /// Two words of the query and how many places after the first the second stands there.
    pub(super) fn pair(&self, first: &str, second: &str, distance: usize) -> ScoredPhrase {
        let field = self.generation.fields().exact;
        let term = |word: &str| Term::from_field_text(field, word);
        ScoredPhrase {
            query: PhraseQuery::new_with_offset(vec![(0, term(first)), (distance, term(second))]),
            boost: weights::PAIR,
        }
    }
}
