//! Paragraphs that say it in other words.
//!
//! Who asks for `brain drain` does not know that resolutions speak of the emigration of skilled workers. The
//! paragraphs that match do: the words that several of the first of them share, and few others have, lead
//! to the rest. This is relevance feedback without anybody's judgement (Rocchio 1971); the weights are those
//! of the words asked for, at most half as much for a word that all of these paragraphs have.
//!
//! Such paragraphs stand behind all that match, so that no match is ever pushed down by them.

use std::collections::{BTreeMap, HashSet};

use undex_document::Language;
use undex_schema::tantivy::{DocAddress, Term};
use undex_schema::{Form, Generation, lower};

use crate::evaluate::{self, Asked, Best};
use crate::plan::{Node, document_share, is_function_word, related_word};
use crate::{Fold, SearchError};

/// Paragraphs whose words are looked at, each text once.
const PARAGRAPHS: usize = 10;

/// Matches read to find as many different ones: resolutions repeat one another.
const READ: usize = 50;

/// Words taken from them.
const WORDS: usize = 10;

/// Letters of a word that may say something.
const LEAST_LETTERS: usize = 4;

/// A word that stands in more than one of so many paragraphs tells none apart.
const TOO_COMMON: f64 = 0.05;

/// What a word counts that all the paragraphs have; the words asked for count 1.
const FACTOR: f32 = 0.5;

/// Paragraphs that are found so, at most.
const MAX_RELATED: usize = 100;

/// The part of the best one's score that the others must have.
const LEAST_SCORE: f32 = 0.5;

/// What is found beside the matches.
#[derive(Default)]
pub(crate) struct Related {
    /// The words that were looked for, the weightiest first, as they stand in the paragraphs.
    pub(crate) words: Vec<String>,
    /// The plan that finds them; none where there is nothing to look for.
    pub(crate) root: Option<Node>,
    /// The paragraphs, best first.
    pub(crate) best: Vec<Best>,
}

/// A word that matches share.
struct Candidate {
    shown: String,
    term: Term,
    language: Language,
    /// How many of the paragraphs have it.
    paragraphs: usize,
    weight: f64,
}

/// Paragraphs that a plan does not find and that are related to the first ones listed.
pub(crate) fn find(
    generation: &Generation,
    root: &Node,
    first: &[Best],
    fold: Option<Fold>,
) -> Result<Related, SearchError> {
    let mut extended = root.clone();
    let asked = asked(&mut extended);
    if asked.is_empty() || first.is_empty() {
        return Ok(Related::default());
    }
    let (words, read) = shared_words(generation, &asked, first)?;
    let mut nodes = Vec::new();
    for word in &words {
        let factor = FACTOR * word.paragraphs as f32 / read.max(1) as f32;
        nodes.push(related_word(generation, word.language, &word.term, factor)?);
    }
    if nodes.is_empty() {
        return Ok(Related::default());
    }
    extended.for_each_wanted(&mut |wanted| {
        wanted.least = 1;
        wanted.words.extend(nodes.iter().cloned());
    });
    // Those listed that the plan does not find come from elsewhere.
    let listed: HashSet<DocAddress> = first.iter().map(|best| best.address).collect();
    let asked = Asked::best(MAX_RELATED + listed.len(), fold);
    let root = Node::All(vec![extended, Node::Not(Box::new(root.clone()))]);
    let mut best = evaluate::run(generation, &root, &asked)?.best;
    best.retain(|best| !listed.contains(&best.address));
    best.truncate(MAX_RELATED);
    let least = best.first().map_or(0.0, |best| best.score * LEAST_SCORE);
    best.retain(|best| best.score >= least);
    let mut shown: Vec<String> = Vec::new();
    for word in words {
        // `intelligence` is a word of two languages.
        if !shown.contains(&word.shown) {
            shown.push(word.shown);
        }
    }
    Ok(Related { words: shown, root: Some(root), best })
}

/// The terms of the words that a plan asks for.
fn asked(root: &mut Node) -> HashSet<Term> {
    let mut asked = HashSet::new();
    root.for_each_wanted(&mut |wanted| {
        for node in &wanted.words {
            let Node::Word(word) = node else { continue };
            let terms = word.places.iter().flat_map(|place| &place.terms);
            asked.extend(terms.map(|scored| scored.term.clone()));
        }
    });
    asked
}

/// The words that the first matches share, the weightiest first; and how many matches were looked at.
fn shared_words(
    generation: &Generation,
    asked: &HashSet<Term>,
    first: &[Best],
) -> Result<(Vec<Candidate>, usize), SearchError> {
    let fields = generation.fields();
    let mut texts = HashSet::new();
    let mut candidates: BTreeMap<(Language, String), (String, usize)> = BTreeMap::new();
    for best in first.iter().take(READ) {
        if texts.len() == PARAGRAPHS {
            break;
        }
        let (key, paragraph) = fields.paragraph(generation.searcher(), best.address)?;
        if texts.contains(&paragraph.text) {
            continue;
        }
        let mut of_paragraph = HashSet::new();
        for token in Form::Stemmed(key.language).tokens(&paragraph.text) {
            let printed = paragraph.text.get(token.offset_from..token.offset_to);
            let printed = lower(printed.unwrap_or_default());
            if !says_something(&printed) || !of_paragraph.insert(token.text.clone()) {
                continue;
            }
            candidates.entry((key.language, token.text)).or_insert((printed, 0)).1 += 1;
        }
        texts.insert(paragraph.text);
    }
    let read = texts.len();
    // With one match, its words are all there is to go by; of several, two must agree.
    let least = read.min(2);
    let mut words = Vec::new();
    for ((language, stem), (shown, paragraphs)) in candidates {
        let term = Term::from_field_text(fields.text(language), &stem);
        if paragraphs < least || asked.contains(&term) {
            continue;
        }
        let share = document_share(generation, &term)?;
        if share <= TOO_COMMON {
            let weight = paragraphs as f64 * -share.max(f64::MIN_POSITIVE).ln();
            words.push(Candidate { shown, term, language, paragraphs, weight });
        }
    }
    words.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.term.cmp(&b.term)));
    words.truncate(WORDS);
    Ok((words, read))
}

fn says_something(word: &str) -> bool {
    word.chars().count() >= LEAST_LETTERS
        && word.chars().all(char::is_alphabetic)
        && !is_function_word(&undex_schema::fold(word))
}
