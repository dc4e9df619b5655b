//! Words that a converter broke and that only other documents can confirm.
//!
//! Extraction leaves a doubt: `herra mientas` is one word if `herramientas` is a word and `mientas`
//! is none. When all documents are written, the index knows. A document whose doubts are answered
//! otherwise than when it was last extracted is extracted once more. Words count as they stood
//! before any such help, and never those of the document in question, so the result does not depend
//! on the order of documents and of builds.

use std::collections::BTreeSet;

use undex_schema::{DocumentKey, Outcome, Vocabulary, tantivy};

use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::engine_error;
use crate::run::Task;
use crate::{BuildError, BuildOptions};

/// In how many times as many documents the whole word must stand as the rarer of its pieces. A
/// converter breaks the same words in many documents, so that `mientas` is found in some; but
/// `a cerca` beside `acerca` are both right, and differ by a factor of five.
const PREVALENCE: u64 = 10;

/// The sources to be extracted again, with the pairs confirmed.
pub(crate) fn tasks(
    options: &BuildOptions,
    engine: &Engine,
    corpus: &Corpus<'_>,
) -> Result<Vec<Task>, BuildError> {
    let fail = engine_error(&options.index);
    let vocabulary = Vocabulary::new(engine.searcher()?, engine.fields().clone());
    let mut tasks = Vec::new();
    let ledger = engine.ledger();
    for record in ledger.records().filter(|record| !record.undecided.is_empty()) {
        // A duplicate is judged as the document it would be in the place of.
        let key = match &record.outcome {
            Outcome::Indexed(indexed) => &indexed.document,
            Outcome::Duplicate { document, .. } => document,
            _ => continue,
        };
        let mut confirmed = BTreeSet::new();
        for pair in &record.undecided {
            if is_one_word(pair, key, &vocabulary).map_err(&fail)? {
                confirmed.insert(pair.clone());
            }
        }
        if confirmed.iter().eq(&record.confirmed) {
            continue;
        }
        let place = corpus.sources.binary_search_by(|found| (*found.path).cmp(&record.path));
        if let Ok(place) = place {
            tasks.push(Task { place, confirmed });
        }
    }
    tasks.sort_by_key(|task| task.place);
    Ok(tasks)
}

/// Whether a pair of pieces, parted by a space, is one word to the documents besides `key`.
fn is_one_word(pair: &str, key: &DocumentKey, vocabulary: &Vocabulary) -> tantivy::Result<bool> {
    let Some((left, right)) = pair.split_once(' ') else { return Ok(false) };
    // A pair that the end of a line parts keeps its hyphen.
    let left = left.trim_end_matches('-');
    let count = |word: &str| vocabulary.witnesses(word, key.language, Some(key));
    let whole = count(&format!("{left}{right}"))?;
    if whole == 0 {
        return Ok(false);
    }
    let pieces = count(left)?.min(count(right)?);
    Ok(pieces.saturating_mul(PREVALENCE) <= whole)
}
