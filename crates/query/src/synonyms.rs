//! Paragraphs that call it by another of its names.
//!
//! A thesaurus knows that who asks for `brain drain` also means the emigration of skilled personnel, and what
//! either is called in other languages. Words of a query that are a label of a concept may then be any other
//! of its labels. A label is found where all its words stand in the text of a paragraph, in any of their
//! forms; the rest of the query is demanded as always, the concept counting as one of its words.
//!
//! Such paragraphs stand behind all that match the query itself, so that none of these is ever pushed down.

use std::collections::HashSet;

use undex_document::{Language, Paragraph};
use undex_schema::{Form, Generation, analysed};

use crate::evaluate::{self, Asked, Best};
use crate::plan::{Node, Planner, SynonymPlan, plain_items, query_words};
use crate::{Expression, SearchError, SearchRequest, Sort};

mod matching;

pub use matching::concepts_named;
pub(crate) use matching::{Found, LabelWords, QueryWord};

/// Paragraphs ranked at least: related ones are told by the words of the first, on whichever page of an
/// answer.
const LEAST_RANKED: usize = 50;

/// A label that is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Looked {
    pub(crate) label: String,
    /// Its language, as it is analysed.
    pub(crate) language: Language,
    /// For each of its words, the stems that it may be.
    pub(crate) stems: Vec<Vec<String>>,
}

/// What is found by synonyms.
#[derive(Debug, Default)]
pub(crate) struct Synonymous {
    /// How many paragraphs.
    pub(crate) total: u64,
    /// The first of them, best first.
    pub(crate) best: Vec<Best>,
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
    Planner::new(generation, request).synonyms(items, &found, own, request)
}

/// The first paragraphs that a plan by synonyms finds, `room` of them where there are as many.
pub(crate) fn find(
    generation: &Generation,
    plan: &SynonymPlan,
    room: usize,
) -> Result<Synonymous, SearchError> {
    let hits = room.max(LEAST_RANKED);
    let asked = Asked { hits, sort: Sort::Relevance, by_document: false, facets: &[] };
    let found = evaluate::run(generation, &plan.root, &asked)?;
    Ok(Synonymous { total: found.total, best: found.best })
}

/// The labels that a paragraph was found by, in its language.
pub(crate) fn labels_in(
    paragraph: &Paragraph,
    language: Language,
    labels: &[Looked],
) -> Vec<String> {
    let language = analysed(language);
    let tokens = Form::Stemmed(language).tokens(&paragraph.text);
    let stems: HashSet<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    let stands = |looked: &&Looked| {
        let has = |word: &Vec<String>| word.iter().any(|stem| stems.contains(stem.as_str()));
        looked.language == language && looked.stems.iter().all(has)
    };
    let names = |looked: &Looked| looked.label.clone();
    let found: Vec<String> = labels.iter().filter(stands).map(names).collect();
    // It was found by one of them in any case.
    if found.is_empty() { labels.iter().map(names).collect() } else { found }
}
