//! Words that a converter broke and that only other documents can confirm.
//!
//! Extraction leaves a doubt: `herra mientas` is `herramientas` if that is a word. When all
//! documents are written, the index knows. A document whose doubts are answered otherwise than when
//! it was last extracted is extracted once more. Only words that stand whole in a document before
//! any such help count as an answer, so the result does not depend on the order of documents and of
//! builds.

use std::collections::{BTreeMap, BTreeSet};

use undex_document::Language;
use undex_schema::{Outcome, Vocabulary};

use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::engine_error;
use crate::run::Task;
use crate::{BuildError, BuildOptions};

/// The sources to be extracted again, with the words confirmed.
pub(crate) fn tasks(
    options: &BuildOptions,
    engine: &Engine,
    corpus: &Corpus,
) -> Result<Vec<Task>, BuildError> {
    let fail = engine_error(&options.index);
    let vocabulary = Vocabulary::new(engine.searcher()?, engine.fields().clone());
    let mut answers: BTreeMap<(Language, &str), bool> = BTreeMap::new();
    let mut tasks = Vec::new();
    let ledger = engine.ledger();
    for record in ledger.records().filter(|record| !record.undecided.is_empty()) {
        let language = match &record.outcome {
            Outcome::Indexed(indexed) => indexed.document.language,
            Outcome::Duplicate { document, .. } => document.language,
            _ => continue,
        };
        let mut confirmed = BTreeSet::new();
        for word in &record.undecided {
            let known = match answers.get(&(language, word.as_str())) {
                Some(known) => *known,
                None => {
                    let known = vocabulary.is_witnessed(word, language).map_err(&fail)?;
                    answers.insert((language, word), known);
                    known
                }
            };
            if known {
                confirmed.insert(word.clone());
            }
        }
        if confirmed.iter().eq(&record.confirmed) {
            continue;
        }
        let place = corpus.sources.binary_search_by(|found| found.path.cmp(&record.path));
        if let Ok(place) = place {
            tasks.push(Task { place, confirmed });
        }
    }
    Ok(tasks)
}
