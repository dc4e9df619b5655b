//! Looking for words among the words that an index holds.

mod letters;
mod matcher;
mod text;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Searcher, SegmentReader};
use tantivy_fst::Automaton;
use undex_document::Language;

use matcher::InVocabulary;
pub use matcher::WordMatcher;
pub(crate) use text::DictionaryTexts;

use crate::analysis::{PART, RESTORED};
use crate::living::documents_with;
use crate::{Fields, Generation, is_in_documents};

/// The terms of a field that are looked for, each with its distance. Stops when there are more than
/// `most`, so that the number tells it.
///
/// # Errors
/// When the index cannot be read.
pub fn matching_terms(
    generation: &Generation,
    field: Field,
    matcher: &WordMatcher,
    most: usize,
) -> tantivy::Result<BTreeMap<String, u8>> {
    let mut found = BTreeMap::new();
    each_candidate(generation, field, matcher, matcher, |segment, index, word, info| {
        if let Some(distance) = matcher.distance(word)
            && !found.contains_key(word)
            && is_in_documents(segment, index, info)?
        {
            found.insert(word.to_owned(), distance);
        }
        Ok(enough(found.len() > most))
    })?;
    Ok(found)
}

/// A word of documents that was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatchingWord {
    /// In how many letters its folded form differs from what is looked for.
    pub distance: u8,
    /// In how many documents it stands.
    pub documents: u64,
}

/// The words of documents of a language whose folded form is looked for, in lower case with their
/// accents. Stops as [`matching_terms`] does; the numbers of documents are then too low.
///
/// # Errors
/// When the index cannot be read.
pub fn matching_words(
    generation: &Generation,
    language: Language,
    matcher: &WordMatcher,
    most: usize,
) -> tantivy::Result<BTreeMap<String, MatchingWord>> {
    let mut found: BTreeMap<String, MatchingWord> = BTreeMap::new();
    let field = generation.fields().vocabulary(language);
    let automaton = InVocabulary(matcher);
    each_candidate(generation, field, matcher, &automaton, |segment, index, term, info| {
        let Some((folded, word)) = split(term) else { return Ok(enough(false)) };
        let Some(distance) = matcher.distance(folded) else { return Ok(enough(false)) };
        let documents = documents_with(segment, index, info)?;
        if documents > 0 {
            let known = found.entry(word.to_owned());
            known.or_insert(MatchingWord { distance, documents: 0 }).documents += documents;
        }
        Ok(enough(found.len() > most))
    })?;
    Ok(found)
}

/// How many words the vocabulary of a language has, those of deleted documents and repeats in other segments
/// included.
///
/// # Errors
/// When the index cannot be read.
pub fn vocabulary_size(generation: &Generation, language: Language) -> tantivy::Result<usize> {
    let field = generation.fields().vocabulary(language);
    let segments = generation.searcher().segment_readers().iter();
    segments.map(|segment| Ok(segment.inverted_index(field)?.terms().num_terms())).sum()
}

fn enough(enough: bool) -> ControlFlow<()> {
    if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

/// Hands on the terms of a field among which are those looked for, segment by segment, until told that
/// it is enough.
fn each_candidate<A: Automaton<State: Clone>>(
    generation: &Generation,
    field: Field,
    matcher: &WordMatcher,
    automaton: &A,
    mut take: impl FnMut(
        &SegmentReader,
        &InvertedIndexReader,
        &str,
        &TermInfo,
    ) -> tantivy::Result<ControlFlow<()>>,
) -> tantivy::Result<()> {
    let segments = generation.searcher().segment_readers();
    let indexes = segments.iter().map(|segment| segment.inverted_index(field));
    let indexes = indexes.collect::<tantivy::Result<Vec<_>>>()?;
    let mut take_of = |number: usize, term: &str, info: &TermInfo| match (
        segments.get(number),
        indexes.get(number),
    ) {
        (Some(segment), Some(index)) => take(segment, index, term, info),
        _ => Ok(ControlFlow::Break(())),
    };
    let Some(given) = matcher.given() else { return Ok(()) };
    let texts = generation.dictionary_texts();
    if texts.each_with(field, &given, &mut take_of)? {
        return Ok(());
    }
    if matcher.begins_anywhere() {
        return texts.read(generation.searcher(), field, take_of);
    }
    texts.leave(generation.searcher(), field);
    for (segment, index) in segments.iter().zip(&indexes) {
        let mut terms = index.terms().search(automaton).into_stream()?;
        while terms.advance() {
            let term = String::from_utf8_lossy(terms.key());
            if take(segment, index, &term, terms.value())?.is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The words of documents of a language whose folded form begins so, for which `wanted` holds. Stops as
/// [`matching_terms`] does.
///
/// # Errors
/// When the index cannot be read.
pub fn words_that_begin(
    searcher: &Searcher,
    fields: &Fields,
    language: Language,
    folded: &str,
    most: usize,
    mut wanted: impl FnMut(&str) -> bool,
) -> tantivy::Result<Vec<String>> {
    let mut found = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(fields.vocabulary(language))?;
        let mut terms = index.terms().range().ge(folded).into_stream()?;
        while terms.advance() && terms.key().starts_with(folded.as_bytes()) {
            let term = String::from_utf8_lossy(terms.key());
            let Some((_, word)) = split(&term) else { continue };
            if found.contains_key(word)
                || !wanted(word)
                || !is_in_documents(segment, &index, terms.value())?
            {
                continue;
            }
            found.insert(word.to_owned(), ());
            if found.len() > most {
                break;
            }
        }
    }
    Ok(found.into_keys().collect())
}

/// The folded word of a vocabulary's term, and the word itself.
fn split(term: &str) -> Option<(&str, &str)> {
    let (folded, word) = term.split_once(PART)?;
    let word = word.trim_end_matches(RESTORED);
    Some((folded, if word.is_empty() { folded } else { word }))
}
