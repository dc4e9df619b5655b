//! Words that may be meant where the index does not hold the one typed.

use std::collections::BTreeMap;

use undex_document::Language;
use undex_schema::{Generation, WordMatcher, fold, matching_words};

use crate::{SearchError, Suggestion};

/// Words suggested for one.
const SUGGESTED: usize = 3;

/// Words near one beyond which none is suggested: the bound of the work, far above what a corpus has.
const MAX_NEAR: usize = 16_384;

/// Letters from which on two may differ. Below, two letters make any word out of any other.
const LONG: usize = 5;

/// Letters below which nothing is suggested.
const SHORTEST: usize = 3;

/// A word that may be meant: its spelling in most documents, and what it is ranked by.
#[derive(Default)]
struct Candidate {
    spelling: (u64, String),
    distance: u8,
    documents: u64,
}

/// What may be meant by words that nothing matches; words with nothing near them are left out.
pub(crate) fn suggestions(
    generation: &Generation,
    languages: &[Language],
    unknown: &[String],
) -> Result<Vec<Suggestion>, SearchError> {
    let mut suggestions = Vec::new();
    for word in unknown {
        let near = near(generation, languages, word)?;
        if !near.is_empty() {
            suggestions.push(Suggestion { word: word.clone(), near });
        }
    }
    Ok(suggestions)
}

fn near(
    generation: &Generation,
    languages: &[Language],
    word: &str,
) -> Result<Vec<String>, SearchError> {
    let folded = fold(word);
    let letters = folded.chars().count();
    if letters < SHORTEST || !folded.chars().any(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let matcher = WordMatcher::near(&folded, if letters < LONG { 1 } else { 2 });
    // A spelling may be of several languages.
    let mut spellings: BTreeMap<String, (u8, u64)> = BTreeMap::new();
    for language in languages {
        let words = matching_words(generation, *language, &matcher, MAX_NEAR)?;
        let Some(words) = words else { return Ok(Vec::new()) };
        for (word, found) in words {
            spellings.entry(word).or_insert((found.distance, 0)).1 += found.documents;
        }
    }
    let mut candidates: BTreeMap<String, Candidate> = BTreeMap::new();
    for (spelling, (distance, documents)) in spellings {
        let candidate = candidates.entry(fold(&spelling)).or_default();
        candidate.distance = distance;
        candidate.documents += documents;
        if documents > candidate.spelling.0 {
            candidate.spelling = (documents, spelling);
        }
    }
    candidates.remove(&folded);
    let mut ranked: Vec<Candidate> = candidates.into_values().collect();
    ranked.sort_by(|a, b| {
        let nearest = a.distance.cmp(&b.distance);
        nearest.then(b.documents.cmp(&a.documents)).then_with(|| a.spelling.1.cmp(&b.spelling.1))
    });
    ranked.truncate(SUGGESTED);
    Ok(ranked.into_iter().map(|candidate| candidate.spelling.1).collect())
}
