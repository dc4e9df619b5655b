//! Paragraphs that call it by another of its names.
//!
//! A thesaurus knows that who asks for `brain drain` also means the emigration of skilled personnel, and what
//! either is called in other languages. Words of a query that are a label of a concept may then be any other
//! of its labels. A label is found where all its words stand near each other in the text of a paragraph, in any
//! of their forms; the rest of the query is demanded as always, the concept counting as one of its words.
//!
//! Such paragraphs stand behind those with all the words of the query, so that none of these is ever pushed
//! down, and before those with some of the words, which say less.

use std::collections::{BTreeSet, HashMap};

use undex_document::{Language, Paragraph};
use undex_schema::{Form, Generation, analysed};

use crate::evaluate::{self, Asked, Best};
use crate::plan::{Node, Planner, SynonymPlan, plain_items, query_words};
use crate::{Expression, Fold, SearchError, SearchRequest};

mod matching;

pub use matching::concepts_named;
pub(crate) use matching::{Found, LabelWords, QueryWord};

/// Paragraphs read to find those in which the words of a label are near each other; it bounds how many are
/// found.
pub(crate) const READ: usize = 400;

/// How near: so many places for each word of the label, from the first to the last of them. Between words of
/// a label stand articles, adjectives and, in lists, the words of its neighbours.
const REACH: usize = 4;

/// A label that is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Looked {
    pub(crate) label: String,
    /// Its language, as it is analysed.
    pub(crate) language: Language,
    /// For each of its words, the stems that it may be.
    pub(crate) stems: Vec<Vec<String>>,
}

/// The plan of a request by synonyms, where it has a thesaurus and names a concept of it.
pub(crate) fn plan(
    generation: &Generation,
    request: &SearchRequest,
    expression: Option<&Expression>,
    own: &Node,
) -> Result<Option<SynonymPlan>, SearchError> {
    let (Some(thesaurus), Some(expression)) = (&request.thesaurus, expression) else {
        return Ok(None);
    };
    let Some(items) = plain_items(expression) else { return Ok(None) };
    let vocabulary = generation.vocabulary();
    let found = matching::find(thesaurus, &query_words(items), Some(&vocabulary))?;
    if found.is_empty() {
        return Ok(None);
    }
    Planner::new(generation, Some(expression), request).synonyms(items, &found, own, request)
}

/// The first paragraphs that a plan by synonyms finds and that have a label's words near each other.
pub(crate) fn find(
    generation: &Generation,
    plan: &SynonymPlan,
    fold: Option<Fold>,
) -> Result<Vec<Best>, SearchError> {
    let asked = Asked::best(READ, fold);
    let found = evaluate::run(generation, &plan.root, &asked)?;
    let labels = Labels::new(&plan.labels);
    let mut best = Vec::new();
    for one in found.best {
        let (key, paragraph) = generation.fields().paragraph(generation.searcher(), one.address)?;
        if !labels.of(&paragraph, key.language).is_empty() {
            best.push(one);
        }
    }
    Ok(best)
}

/// For each stem, the numbers of the labels that have it, and of the word in the label.
type WordsByStem<'p> = HashMap<&'p str, Vec<(usize, usize)>>;

/// Labels by the stems of their words.
pub(crate) struct Labels<'p> {
    looked: &'p [Looked],
    words: HashMap<Language, WordsByStem<'p>>,
}

impl<'p> Labels<'p> {
    pub(crate) fn new(looked: &'p [Looked]) -> Self {
        let mut words: HashMap<Language, WordsByStem<'_>> = HashMap::new();
        for (label, one) in looked.iter().enumerate() {
            let of_language = words.entry(one.language).or_default();
            for (word, stems) in one.stems.iter().enumerate() {
                for stem in stems {
                    of_language.entry(stem).or_default().push((label, word));
                }
            }
        }
        Self { looked, words }
    }

    /// The labels in the text of a paragraph: those whose words stand near each other, in any order.
    pub(crate) fn of(&self, paragraph: &Paragraph, language: Language) -> Vec<String> {
        let language = analysed(language);
        let Some(words) = self.words.get(&language) else { return Vec::new() };
        // Where each word of each label stood last.
        let mut last: Vec<Vec<Option<usize>>> =
            self.looked.iter().map(|looked| vec![None; looked.stems.len()]).collect();
        let mut found = BTreeSet::new();
        for token in Form::Stemmed(language).tokens(&paragraph.text) {
            for (label, word) in words.get(token.text.as_str()).into_iter().flatten() {
                let Some(places) = last.get_mut(*label) else { continue };
                if let Some(place) = places.get_mut(*word) {
                    *place = Some(token.position);
                }
                let farthest = places.iter().copied().min().flatten();
                let reach = REACH * places.len();
                if farthest.is_some_and(|farthest| token.position - farthest < reach) {
                    found.insert(*label);
                }
            }
        }
        let named = found.into_iter().filter_map(|label| self.looked.get(label));
        named.map(|looked| looked.label.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use undex_document::{Pinpoint, Role, Step};

    use super::*;

    #[test]
    fn labels_stand_where_their_words_are_near() {
        let looked = |label: &str, words: &[&str]| Looked {
            label: label.to_owned(),
            language: Language::English,
            stems: words.iter().map(|word| vec![(*word).to_owned()]).collect(),
        };
        let looked = [looked("brass lamps", &["brass", "lamp"]), looked("oil", &["oil"])];
        let labels = Labels::new(&looked);
        // (text, labels in it, why)
        let table: [(&str, &[&str], &str); 7] = [
            ("Brass lamps burn oil.", &["brass lamps", "oil"], "as they are written"),
            ("Lamps made of brass", &["brass lamps"], "in another order"),
            ("brass 1 2 3 4 5 6 lamps", &["brass lamps"], "the last that is near"),
            ("brass 1 2 3 4 5 6 7 lamps", &[], "the first that is not"),
            ("brass 1 2 3 4 5 6 7 lamps, brass", &["brass lamps"], "nearer later"),
            ("brass brass", &[], "one word twice"),
            ("", &[], "nothing"),
        ];
        for (text, expected, why) in table {
            let paragraph = Paragraph {
                ordinal: 0,
                role: Role::Paragraph,
                label: None,
                pinpoint: Pinpoint::new(vec![Step::Paragraph("1".to_owned())]),
                headings: Vec::new(),
                text: text.to_owned(),
                page: None,
                notes: Vec::new(),
                citations: Vec::new(),
            };
            assert_eq!(labels.of(&paragraph, Language::English), expected, "{text}: {why}");
            assert!(labels.of(&paragraph, Language::French).is_empty(), "another language");
        }
    }
}
