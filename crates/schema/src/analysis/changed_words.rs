//! The words that stand in other documents than they did in an earlier generation.

use std::collections::HashSet;

use foldhash::fast::RandomState;
use tantivy::schema::Field;
use undex_document::Language;

use super::scan::lower;
use super::vocabulary::term;
use super::{Vocabulary, WordList};
use crate::{DecodeError, DocumentKey, Fields, Generation, addresses};

/// Words of documents that came or went, by language. Of every other word, an index counts the same
/// documents as before.
#[derive(Clone, Debug)]
pub struct ChangedWords {
    fields: Fields,
    terms: HashSet<(Field, Vec<u8>), RandomState>,
}

impl ChangedWords {
    /// The words that stand in what was written since a generation; `now` is the vocabulary of the index that
    /// continues it, before any of its segments is merged.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn written_since(before: &Generation, now: &Vocabulary) -> tantivy::Result<Self> {
        let held = before.searcher().segment_readers().iter();
        let held: HashSet<_> = held.map(|segment| segment.segment_id()).collect();
        let (fields, mut terms) = (now.fields().clone(), HashSet::default());
        let segments = now.searcher().segment_readers().iter();
        for segment in segments.filter(|segment| !held.contains(&segment.segment_id())) {
            for field in fields.vocabularies() {
                let index = segment.inverted_index(field)?;
                let mut stream = index.terms().stream()?;
                while stream.advance() {
                    terms.insert((field, stream.key().to_owned()));
                }
            }
        }
        Ok(Self { fields, terms })
    }

    /// Adds the words of a document as it is held in a generation, if it is.
    ///
    /// # Errors
    /// When the index does not hold what it should.
    pub fn add_document(
        &mut self,
        generation: &Generation,
        key: &DocumentKey,
    ) -> Result<(), DecodeError> {
        let (searcher, fields) = (generation.searcher(), generation.fields());
        let Some(record) = addresses(searcher, &fields.record_term(key))?.first().copied() else {
            return Ok(());
        };
        let mut words = WordList::default();
        let title = fields.document_record(searcher, record)?.title;
        words.add(title.as_deref().unwrap_or_default());
        let held = addresses(searcher, &fields.document_term(key))?;
        for address in held.into_iter().filter(|address| *address != record) {
            let (_, paragraph) = fields.paragraph(searcher, address)?;
            words.add(&paragraph.text);
            for note in &paragraph.notes {
                words.add(&note.text);
            }
        }
        let field = fields.vocabulary(key.language);
        self.terms.extend(words.terms().map(|term| (field, term.into_bytes())));
        Ok(())
    }

    /// Whether a word, in lower case with its accents, is among them.
    pub fn contains(&self, word: &str, language: Language) -> bool {
        let field = self.fields.vocabulary(language);
        self.terms.contains(&(field, term(&lower(word)).into_bytes()))
    }
}
