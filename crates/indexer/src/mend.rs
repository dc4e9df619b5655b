//! Words that a converter broke and that only other documents can confirm.
//!
//! Extraction leaves a doubt: `herra mientas` is one word if `herramientas` is a word and `mientas`
//! is none. When all documents are written, the index knows. A document whose doubts are answered
//! otherwise than when it was last extracted is extracted once more. Words count as they stood
//! before any such help, and never those of the document in question, so the result does not depend
//! on the order of documents and of builds.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt};
use undex_document::Language;
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
    let mut witnesses = Witnesses { vocabulary: &vocabulary, totals: HashMap::new() };
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
            if is_one_word(pair, key, &mut witnesses).map_err(&fail)? {
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
fn is_one_word(
    pair: &str,
    key: &DocumentKey,
    witnesses: &mut Witnesses<'_>,
) -> tantivy::Result<bool> {
    let Some((left, right)) = pair.split_once(' ') else { return Ok(false) };
    // A pair that the end of a line parts keeps its hyphen.
    let left = left.trim_end_matches('-');
    let joined = format!("{left}{right}");
    let mut in_all = |word: &str| witnesses.in_all(word, key.language);
    let whole = in_all(&joined)?;
    let pieces = if whole == 0 { 0 } else { in_all(left)?.min(in_all(right)?) };
    if let Some(is_one) = whoever_asks(whole, pieces) {
        return Ok(is_one);
    }
    let besides = |word: &str| witnesses.vocabulary.witnesses(word, key.language, Some(key));
    Ok(outweighs(besides(&joined)?, besides(left)?.min(besides(right)?)))
}

/// Whether a word that stands whole in so many documents, and the rarer of its pieces in so many, is one.
fn outweighs(whole: u64, pieces: u64) -> bool {
    whole > 0 && pieces.saturating_mul(PREVALENCE) <= whole
}

/// The same where these are counted in all documents, if it does not matter which of them asks: to it, each
/// may be one less.
fn whoever_asks(whole: u64, pieces: u64) -> Option<bool> {
    let least = outweighs(whole.saturating_sub(1), pieces);
    let most = outweighs(whole, pieces.saturating_sub(1));
    (least == most).then_some(most)
}

/// In how many documents words stand. The same pairs are left in doubt in many documents, and to count a
/// common word takes as long as there are documents with it: each is counted once.
struct Witnesses<'v> {
    vocabulary: &'v Vocabulary,
    totals: HashMap<Language, HashMap<String, u64>>,
}

impl Witnesses<'_> {
    /// In how many documents of a language a word stands, whoever asks.
    fn in_all(&mut self, word: &str, language: Language) -> tantivy::Result<u64> {
        let totals = self.totals.entry(language).or_default();
        if let Some(total) = totals.get(word) {
            return Ok(*total);
        }
        let total = self.vocabulary.witnesses(word, language, None)?;
        totals.insert(word.to_owned(), total);
        Ok(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_decide_only_what_no_document_decides_otherwise() {
        let (mut decided, mut open) = (0, 0);
        for whole in 0..60_u64 {
            for pieces in 0..8_u64 {
                // What a document sees that has the word, the pieces, both or none.
                let seen = [(0, 0), (0, 1), (1, 0), (1, 1)];
                let seen =
                    seen.map(|(w, p)| outweighs(whole.saturating_sub(w), pieces.saturating_sub(p)));
                match whoever_asks(whole, pieces) {
                    Some(is_one) => {
                        assert_eq!(seen, [is_one; 4], "{whole} whole, {pieces} in pieces");
                        decided += 1;
                    }
                    None => {
                        assert!(seen.contains(&true) && seen.contains(&false));
                        open += 1;
                    }
                }
            }
        }
        assert!(open > 0 && decided > 5 * open, "{decided} decided, {open} open");
    }
}
