//! Words that a converter broke and that only other documents can confirm.
//!
//! Extraction leaves a doubt: `herra mientas` is one word if `herramientas` is a word and `mientas`
//! is none. When all documents are written, the index knows. A document whose doubts are answered
//! otherwise than when it was last extracted is extracted once more. Words count as they stood
//! before any such help, and never those of the document in question, so the result does not depend
//! on the order of documents and of builds.
//!
//! What was decided holds until a document comes or goes that has one of the words. Where many do, or a mended
//! one goes, everything is decided again.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt};
use rayon::ThreadPool;
use rayon::prelude::*;
use undex_document::Language;
use undex_schema::{ChangedWords, DocumentKey, Generation, SourceRecord, Vocabulary, tantivy};

use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::engine_error;
use crate::ledger::Gone;
use crate::plan::Plan;
use crate::run::Task;
use crate::{BuildError, BuildOptions};

/// In how many times as many documents the whole word must stand as the rarer of its pieces. A
/// converter breaks the same words in many documents, so that `mientas` is found in some; but
/// `a cerca` beside `acerca` are both right, and differ by a factor of five.
///
/// What was decided stays until words change: another factor is another version of extraction.
const PREVALENCE: u64 = 10;

/// Of so many documents, it is always worth while to look which words they have.
const FEW: usize = 8;

/// To look which words a document has takes as long as to judge those in doubt of so many.
const JUDGED_MEANWHILE: usize = 16;

/// The sources to be extracted again, with the pairs confirmed.
///
/// `before` is the generation that the index continues, where what was decided then holds, and what was to be
/// done since.
pub(crate) fn tasks(
    options: &BuildOptions,
    pool: &ThreadPool,
    engine: &Engine,
    corpus: &Corpus<'_>,
    before: Option<(&Generation, &Plan)>,
) -> Result<Vec<Task>, BuildError> {
    let fail = engine_error(&options.index);
    let vocabulary = Vocabulary::new(engine.searcher()?, engine.fields().clone());
    let mut witnesses = Witnesses { vocabulary: &vocabulary, totals: HashMap::new() };
    let mut tasks = Vec::new();
    let ledger = engine.ledger();
    let is_in_doubt = |record: &&SourceRecord| !record.undecided.is_empty();
    let as_before: Vec<&SourceRecord> = ledger.records_as_before().filter(is_in_doubt).collect();
    let changed = match before {
        Some((generation, plan)) if !as_before.is_empty() => {
            let gone = [&plan.withdrawn, ledger.displaced()];
            let count =
                gone.iter().map(|gone| gone.documents.len()).sum::<usize>() + plan.to_extract.len();
            let is_small = count <= FEW || count.saturating_mul(JUDGED_MEANWHILE) < as_before.len();
            let changed = is_small.then(|| changed_words(generation, gone, &vocabulary, &fail));
            changed.transpose()?.flatten()
        }
        _ => None,
    };
    let open = |record| Some((record, open_pairs(record, changed.as_ref())?));
    let open_before: Vec<_> = pool.install(|| as_before.into_par_iter().filter_map(open).collect());
    let entered = ledger.records_entered().filter(is_in_doubt);
    let open_now = entered.filter_map(|record| Some((record, open_pairs(record, None)?)));
    for (record, (key, pairs)) in open_before.into_iter().chain(open_now) {
        let mut confirmed: BTreeSet<String> = record.confirmed.iter().cloned().collect();
        for pair in pairs {
            if is_one_word(pair, key, &mut witnesses).map_err(&fail)? {
                confirmed.insert(pair.clone());
            } else {
                confirmed.remove(pair);
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

/// The pairs of a source that have to be judged, and the document they are judged for: those with a word among
/// the changed ones, or all. A duplicate is judged as the document it would be in the place of.
fn open_pairs<'r>(
    record: &'r SourceRecord,
    changed: Option<&ChangedWords>,
) -> Option<(&'r DocumentKey, Vec<&'r String>)> {
    let key = record.outcome.document()?;
    let is_open =
        |pair: &&String| changed.is_none_or(|changed| has_any_of(changed, pair, key.language));
    let pairs: Vec<&String> = record.undecided.iter().filter(is_open).collect();
    (!pairs.is_empty()).then_some((key, pairs))
}

/// The words of the documents that came since a generation, and of those of it that are gone; none where they
/// cannot be told.
fn changed_words(
    before: &Generation,
    gone: [&Gone; 2],
    now: &Vocabulary,
    fail: impl Fn(tantivy::TantivyError) -> BuildError,
) -> Result<Option<ChangedWords>, BuildError> {
    // What is held of a mended document is not all that it was counted with.
    if gone.iter().any(|gone| gone.were_mended) {
        return Ok(None);
    }
    let mut changed = ChangedWords::written_since(before, now).map_err(fail)?;
    for key in gone.into_iter().flat_map(|gone| &gone.documents) {
        changed.add_document(before, key).map_err(|error| before.damaged(error))?;
    }
    Ok(Some(changed))
}

/// Whether one of the words that a pair is judged by is among some.
fn has_any_of(words: &ChangedWords, pair: &str, language: Language) -> bool {
    let Some((left, right)) = pieces(pair) else { return false };
    [&[left, right][..], &[left], &[right]].iter().any(|word| words.may_have(word, language))
}

/// The pieces of a pair. One that the end of a line parts keeps its hyphen.
fn pieces(pair: &str) -> Option<(&str, &str)> {
    let (left, right) = pair.split_once(' ')?;
    Some((left.trim_end_matches('-'), right))
}

/// Whether a pair of pieces, parted by a space, is one word to the documents besides `key`.
fn is_one_word(
    pair: &str,
    key: &DocumentKey,
    witnesses: &mut Witnesses<'_>,
) -> tantivy::Result<bool> {
    let Some((left, right)) = pieces(pair) else { return Ok(false) };
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
