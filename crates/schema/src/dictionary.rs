//! Looking for words among the words that an index holds.

mod letters;
mod matcher;
mod text;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use foldhash::{HashMap, HashMapExt};
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

/// The terms of a field that are looked for, each with its distance; nothing when there are more than `most`,
/// which is found out without looking at all of them.
///
/// # Errors
/// When the index cannot be read.
pub fn matching_terms(
    generation: &Generation,
    field: Field,
    matcher: &WordMatcher,
    most: usize,
) -> tantivy::Result<Option<BTreeMap<String, u8>>> {
    terms_in(&Dictionary::of(generation, field), matcher, most)
}

/// The dictionary of a field.
struct Dictionary<'d> {
    searcher: &'d Searcher,
    texts: &'d DictionaryTexts,
    field: Field,
}

impl<'d> Dictionary<'d> {
    fn of(generation: &'d Generation, field: Field) -> Self {
        Self { searcher: generation.searcher(), texts: generation.dictionary_texts(), field }
    }
}

fn terms_in(
    dictionary: &Dictionary<'_>,
    matcher: &WordMatcher,
    most: usize,
) -> tantivy::Result<Option<BTreeMap<String, u8>>> {
    let mut found: HashMap<String, u8> = HashMap::new();
    each_candidate(dictionary, matcher, matcher, |segment, index, word, written| {
        if let Some(distance) = matcher.distance(word)
            && !found.contains_key(word)
            && living(segment, index, word, written)? > 0
        {
            found.insert(word.to_owned(), distance);
        }
        Ok(enough(found.len() > most))
    })?;
    Ok((found.len() <= most).then(|| found.into_iter().collect()))
}

/// In how many documents a term of a segment stands, of which so many were written with it.
fn living(
    segment: &SegmentReader,
    index: &InvertedIndexReader,
    term: &str,
    written: u32,
) -> tantivy::Result<u64> {
    if segment.alive_bitset().is_none() {
        // Nothing was deleted: the term need not be looked up.
        return Ok(u64::from(written));
    }
    index.terms().get(term)?.map_or(Ok(0), |info| documents_with(segment, index, &info))
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
/// accents; nothing when there are more than `most`, as in [`matching_terms`].
///
/// # Errors
/// When the index cannot be read.
pub fn matching_words(
    generation: &Generation,
    language: Language,
    matcher: &WordMatcher,
    most: usize,
) -> tantivy::Result<Option<BTreeMap<String, MatchingWord>>> {
    let vocabulary = generation.fields().vocabulary(language);
    words_in(&Dictionary::of(generation, vocabulary), matcher, most)
}

fn words_in(
    vocabulary: &Dictionary<'_>,
    matcher: &WordMatcher,
    most: usize,
) -> tantivy::Result<Option<BTreeMap<String, MatchingWord>>> {
    let mut found: HashMap<String, MatchingWord> = HashMap::new();
    let automaton = InVocabulary(matcher);
    each_candidate(vocabulary, matcher, &automaton, |segment, index, term, written| {
        let Some((folded, word)) = split(term) else { return Ok(enough(false)) };
        let Some(distance) = matcher.distance(folded) else { return Ok(enough(false)) };
        let documents = living(segment, index, term, written)?;
        if documents > 0 {
            let known = found.entry(word.to_owned());
            known.or_insert(MatchingWord { distance, documents: 0 }).documents += documents;
        }
        Ok(enough(found.len() > most))
    })?;
    Ok((found.len() <= most).then(|| found.into_iter().collect()))
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

/// Hands on the terms of a field among which are those looked for, each with the number of documents that it
/// was written with, segment by segment, until told that it is enough.
fn each_candidate<A: Automaton<State: Clone>>(
    dictionary: &Dictionary<'_>,
    matcher: &WordMatcher,
    automaton: &A,
    mut take: impl FnMut(
        &SegmentReader,
        &InvertedIndexReader,
        &str,
        u32,
    ) -> tantivy::Result<ControlFlow<()>>,
) -> tantivy::Result<()> {
    let Dictionary { searcher, texts, field } = *dictionary;
    let segments = searcher.segment_readers();
    let indexes = segments.iter().map(|segment| segment.inverted_index(field));
    let indexes = indexes.collect::<tantivy::Result<Vec<_>>>()?;
    let mut take_of = |number: usize, term: &str, written: u32| {
        let (segment, index) = (segments.get(number), indexes.get(number));
        match segment.zip(index) {
            Some((segment, index)) => take(segment, index, term, written),
            None => Ok(ControlFlow::Break(())),
        }
    };
    let Some(given) = matcher.given() else { return Ok(()) };
    if texts.each_with(field, &given, &mut take_of)? {
        return Ok(());
    }
    if matcher.begins_anywhere() {
        return texts.read(searcher, field, take_of);
    }
    texts.leave(searcher, field);
    for (number, index) in indexes.iter().enumerate() {
        let mut terms = index.terms().search(automaton).into_stream()?;
        while terms.advance() {
            let term = String::from_utf8_lossy(terms.key());
            if take_of(number, &term, terms.value().doc_freq)?.is_break() {
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

#[cfg(test)]
mod tests {
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::matcher::tests::form;
    use super::*;

    #[test]
    fn a_text_has_the_same_words_as_the_dictionary() {
        let mut schema = Schema::builder();
        let (words, vocabulary) =
            (schema.add_text_field("words", STRING), schema.add_text_field("vocabulary", STRING));
        let schema = schema.build();
        let index = Index::create_in_ram(schema.clone());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for segment in [["operation", "operacion", "paix"], ["paix", "pais", "peace"]] {
            for word in segment {
                let mut document = TantivyDocument::default();
                document.add_text(words, word);
                document.add_text(vocabulary, format!("{word}{PART}"));
                if word == "operacion" {
                    document.add_text(vocabulary, format!("{word}{PART}operación"));
                    document.add_text(vocabulary, format!("{word}{PART}operaciôn{RESTORED}"));
                }
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
        }
        writer.delete_term(tantivy::Term::from_field_text(words, "peace"));
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();

        // (what is looked for, how many words, how many of the vocabulary)
        let table = [
            (form("pa*"), 2, 2),
            (form("*ai*"), 2, 2),
            (form("?ai?"), 2, 2),
            (form("op*on"), 2, 4),
            (form("pe*"), 0, 0),
            (WordMatcher::beginning("operac"), 1, 3),
            (WordMatcher::near("paxi", 1), 1, 1),
            (WordMatcher::near("pai", 2), 2, 2),
            (WordMatcher::near("operation", 1), 2, 4),
            (WordMatcher::near("operation", 0), 1, 1),
        ];
        let kept = DictionaryTexts::new(&schema);
        for field in [words, vocabulary] {
            kept.read(&searcher, field, |_, _, _| Ok(enough(false))).unwrap();
        }
        for (number, (matcher, of_words, of_vocabulary)) in table.iter().enumerate() {
            // Nothing is kept of it when it is first asked.
            let none = DictionaryTexts::new(&schema);
            for (texts, name) in [(&none, "dictionary"), (&kept, "text")] {
                let [words, vocabulary] = [words, vocabulary].map(|field| Dictionary {
                    searcher: &searcher,
                    texts,
                    field,
                });
                let terms = terms_in(&words, matcher, 9).unwrap().unwrap();
                assert_eq!(terms.len(), *of_words, "{name}, {number}: {terms:?}");
                let found = words_in(&vocabulary, matcher, 9).unwrap().unwrap();
                assert_eq!(found.len(), *of_vocabulary, "{name}, {number}: {found:?}");
                if *of_words > 0 {
                    let most = of_words - 1;
                    assert_eq!(terms_in(&words, matcher, most).unwrap(), None);
                }
                if number == 0 {
                    assert_eq!(
                        terms,
                        BTreeMap::from([("pais".to_owned(), 0), ("paix".to_owned(), 0)])
                    );
                    assert_eq!(found["paix"], MatchingWord { distance: 0, documents: 2 });
                    assert_eq!(found["pais"], MatchingWord { distance: 0, documents: 1 });
                }
            }
        }
    }
}
