//! Phrases with other words between theirs, and items near each other.

use std::collections::BTreeSet;

use undex_document::Language;
use undex_schema::tantivy::Term;
use undex_schema::tantivy::query::Bm25Weight;
use undex_schema::tantivy::schema::Field;
use undex_schema::{Form, document_frequency, fold, stem, words_that_begin};

use super::weights;
use super::{Node, Planner, words};
use crate::highlight::NearWords;
use crate::proximity::{Match, Pattern};
use crate::{Expression, MAX_PREFIX_EXPANSIONS, QueryError, QueryLimit, SearchError, TextField};

/// Letters of a stem up to which the words of the stem begin with all of it. Longer ones may change
/// their last letter: `policy` and `policies` are `polici`, `journaux` is `journal`.
const SHORT_STEM: usize = 3;

/// Words that stand near each other in a text.
#[derive(Clone)]
pub(crate) struct Proximity {
    pub(crate) field: Field,
    pub(crate) kind: TextField,
    pattern: Pattern,
    /// The words of the items, each once however often it stands there.
    words: Vec<NearWord>,
    /// For the words of all items, one after the other, their places in `words`.
    order: Vec<usize>,
    /// What makes words of a text terms of the field.
    form: Form,
}

/// A word of an item: any of these terms.
#[derive(Clone)]
pub(crate) struct NearWord {
    pub(crate) terms: BTreeSet<String>,
    /// How often it stands in the items, and so at least in a text that matches.
    times: usize,
    weight: Bm25Weight,
}

/// An item: the places of its words after its first, and what each word may be.
#[derive(Default)]
struct Item {
    offsets: Vec<u32>,
    words: Vec<BTreeSet<String>>,
}

impl Item {
    fn push(&mut self, words: BTreeSet<String>) {
        self.offsets.push(self.words.len() as u32);
        self.words.push(words);
    }
}

impl Proximity {
    /// The matches in one text.
    pub(crate) fn matches_in(&self, text: &str) -> Vec<Match> {
        let mut places: Vec<Vec<u32>> = vec![Vec::new(); self.words.len()];
        for token in self.form.tokens(text) {
            for (word, places) in self.words.iter().zip(&mut places) {
                if word.terms.contains(&token.text) {
                    places.push(u32::try_from(token.position).unwrap_or(u32::MAX));
                }
            }
        }
        self.matches(&places)
    }

    /// The matches in a text in which the words stand at these places.
    pub(crate) fn matches(&self, places: &[Vec<u32>]) -> Vec<Match> {
        if self.words.iter().zip(places).any(|(word, places)| places.len() < word.times) {
            return Vec::new();
        }
        let of_word = |number: &usize| places.get(*number).map_or([].as_slice(), Vec::as_slice);
        let places: Vec<&[u32]> = self.order.iter().map(of_word).collect();
        self.pattern.find(&places)
    }

    /// The words of the items, each once.
    pub(crate) fn words(&self) -> &[NearWord] {
        &self.words
    }

    /// The score of a text of a length, as the field keeps it, with these matches: that of its words, as
    /// often as there are matches, and less where words lie between.
    pub(crate) fn score(&self, matches: &[Match], length: u8) -> f32 {
        let number = u32::try_from(matches.len()).unwrap_or(u32::MAX);
        let least = matches.iter().map(|one| one.between).min().unwrap_or_default();
        let words = self.order.iter().filter_map(|number| self.words.get(*number));
        let score: f32 = words.map(|word| word.weight.score(length, number)).sum();
        score * self.pattern.closeness(least)
    }
}

impl Planner<'_> {
    /// Words in this order with others between them.
    pub(super) fn loose_phrase(
        &mut self,
        field: TextField,
        text: &str,
        slop: u32,
    ) -> Result<Node, SearchError> {
        let tokens = Form::Exact.tokens(text);
        if tokens.len() < 2 {
            return self.phrase(field, text);
        }
        for _ in &tokens {
            self.count_term()?;
        }
        let places = |tokens: &mut dyn Iterator<Item = usize>| -> Vec<u32> {
            tokens.map(|place| u32::try_from(place).unwrap_or(u32::MAX)).collect()
        };
        let order = places(&mut tokens.iter().map(|token| token.position));
        let exact: Vec<BTreeSet<String>> =
            tokens.into_iter().map(|token| BTreeSet::from([token.text])).collect();
        let pattern = Pattern::in_order(&order, slop);
        self.highlight(field, |targets| {
            targets.add_near(NearWords { pattern: pattern.clone(), words: exact.clone() });
        });
        if field == TextField::Everywhere {
            let of_field = self.generation.fields().exact;
            return self.proximity((of_field, field, Form::Exact), pattern, exact);
        }
        let mut wordings = Vec::new();
        for language in self.languages.clone() {
            let stems = self.stemmed_phrase(field, text, language)?;
            let order = places(&mut stems.iter().map(|(place, _)| *place));
            let stems = stems.into_iter().map(|(_, stem)| BTreeSet::from([stem])).collect();
            let of_field = (self.field(field, language), field, Form::Stemmed(language));
            wordings.push(self.proximity(of_field, Pattern::in_order(&order, slop), stems)?);
        }
        Ok(Node::Any(wordings))
    }

    /// Two items near each other in the text or in one note.
    pub(super) fn near(
        &mut self,
        left: &Expression,
        right: &Expression,
        distance: u32,
    ) -> Result<Node, SearchError> {
        let (left, right) = (self.item(left)?, self.item(right)?);
        let pattern = Pattern::either_order(left.offsets, right.offsets, distance);
        let words: Vec<BTreeSet<String>> = left.words.into_iter().chain(right.words).collect();
        self.highlight(TextField::Everywhere, |targets| {
            targets.add_near(NearWords { pattern: pattern.clone(), words: words.clone() });
        });
        let exact = self.generation.fields().exact;
        self.proximity((exact, TextField::Everywhere, Form::Exact), pattern, words)
    }

    fn proximity(
        &self,
        (field, kind, form): (Field, TextField, Form),
        pattern: Pattern,
        words: Vec<BTreeSet<String>>,
    ) -> Result<Node, SearchError> {
        let (mut weighed, mut order): (Vec<NearWord>, _) = (Vec::new(), Vec::new());
        for terms in words {
            let known = weighed.iter_mut().enumerate().find(|(_, word)| word.terms == terms);
            if let Some((number, word)) = known {
                word.times += 1;
                order.push(number);
                continue;
            }
            order.push(weighed.len());
            let of_field: Vec<Term> =
                terms.iter().map(|text| Term::from_field_text(field, text)).collect();
            let rarity = weights::rarity(self.generation, field, &of_field)?;
            let weight = weights::weight(self.generation, field, rarity, weights::TEXT);
            weighed.push(NearWord { terms, times: 1, weight });
        }
        Ok(Node::Proximity(Box::new(Proximity {
            field,
            kind,
            pattern,
            words: weighed,
            order,
            form,
        })))
    }

    /// What stands beside `NEAR`, as words of the unstemmed field, which has places.
    fn item(&mut self, expression: &Expression) -> Result<Item, SearchError> {
        let mut item = Item::default();
        match expression {
            Expression::Word { text, .. } => {
                for part in words::parts(text) {
                    item.push(self.forms(&part)?);
                }
            }
            Expression::Prefix { text, .. } => {
                let mut parts = words::parts(text);
                let last = parts.pop().unwrap_or_default();
                for part in parts {
                    item.push(self.forms(&part)?);
                }
                item.push(self.words_of_prefix(&last)?);
            }
            Expression::Wildcard { text, .. } => {
                for part in words::wild_parts(text) {
                    item.push(match part.is_wild() {
                        true => self.words_of_form(&part)?,
                        false => self.forms(&part.text)?,
                    });
                }
            }
            Expression::Fuzzy { text, distance, .. } => {
                for part in words::parts(text) {
                    item.push(self.words_near(&part, *distance)?.into_keys().collect());
                }
            }
            Expression::Phrase { text, .. } => {
                let mut first = None;
                for token in Form::Exact.tokens(text) {
                    self.count_term()?;
                    let first = *first.get_or_insert(token.position);
                    let offset = token.position.saturating_sub(first);
                    item.offsets.push(u32::try_from(offset).unwrap_or(u32::MAX));
                    item.words.push(BTreeSet::from([token.text]));
                }
            }
            // The parser lets nothing else stand there; a program that builds expressions may.
            _ => {}
        }
        Ok(item)
    }

    /// The folded words that are forms of a word in any of the languages searched, itself included.
    fn forms(&mut self, word: &str) -> Result<BTreeSet<String>, SearchError> {
        self.count_term()?;
        self.count_scan()?;
        let mut forms = BTreeSet::from([fold(word)]);
        for language in self.languages.clone() {
            if language == Language::Undetermined {
                continue;
            }
            let stems = self.vocabulary.query_stems(word, language)?;
            for wanted in &stems {
                let folded = fold(&wanted.text);
                let letters = folded.chars().count();
                let kept = if letters > SHORT_STEM { letters - 1 } else { letters };
                let start: String = folded.chars().take(kept).collect();
                let found = words_that_begin(
                    self.generation.searcher(),
                    self.generation.fields(),
                    language,
                    &start,
                    MAX_PREFIX_EXPANSIONS,
                    |form| stem(form, language) == wanted.text,
                )?;
                forms.extend(found.iter().map(|form| fold(form)));
            }
        }
        let exact = Term::from_field_text(self.generation.fields().exact, &fold(word));
        if forms.len() == 1 && document_frequency(self.generation.searcher(), &exact)? == 0 {
            self.note_unknown(word);
        }
        if forms.len() > MAX_PREFIX_EXPANSIONS {
            return Err(too_many(QueryLimit::PrefixExpansions, forms.len(), word).into());
        }
        Ok(forms)
    }
}

/// An error about a word that stands for too many.
pub(super) fn too_many(limit: QueryLimit, met: usize, written: &str) -> QueryError {
    QueryError::Limit { limit, met, at: Some(written.to_owned()) }
}
