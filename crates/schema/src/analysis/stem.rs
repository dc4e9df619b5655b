//! Stems, remembered.

use std::cell::RefCell;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use rust_stemmers::{Algorithm, Stemmer};
use undex_document::Language;

use super::exceptions::exception;
use super::variants::{base_form, join_stems};

/// Stems remembered per thread and language. A corpus of 270,000 paragraphs has about 60,000
/// distinct words per language; at 40 bytes a word the memory stays below 3 MiB.
const REMEMBERED_STEMS: usize = 65_536;

thread_local! {
    // Stemming takes most of the time of indexing unless each thread remembers what it has seen.
    static STEMS: RefCell<[HashMap<String, String, RandomState>; 3]> = RefCell::default();
}

/// The stem of a lower-case word; the word itself in languages without a stemmer.
pub fn stem(word: &str, language: Language) -> String {
    let mut stem = String::new();
    stem_into(word, language, &mut stem);
    stem
}

/// As [`stem`], replacing the content of a buffer.
pub(super) fn stem_into(word: &str, language: Language, stem: &mut String) {
    stem.clear();
    let (slot, algorithm) = match language {
        Language::English => (0, Algorithm::English),
        Language::French => (1, Algorithm::French),
        Language::Spanish => (2, Algorithm::Spanish),
        _ => return stem.push_str(word),
    };
    STEMS.with_borrow_mut(|stems| {
        let Some(known) = stems.get_mut(slot) else { return stem.push_str(word) };
        if let Some(known) = known.get(word) {
            return stem.push_str(known);
        }
        let base = base_form(word, language);
        match exception(word, language).or_else(|| exception(&base, language)) {
            Some(known) => stem.push_str(known),
            None => {
                stem.push_str(&Stemmer::create(algorithm).stem(&base));
                join_stems(stem, language);
            }
        }
        if known.len() >= REMEMBERED_STEMS {
            known.clear();
        }
        known.insert(word.to_owned(), stem.clone());
    });
}
