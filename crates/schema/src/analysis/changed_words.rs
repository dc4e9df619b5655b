//! The words that stand in other documents than they did in an earlier generation.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use tantivy::schema::Field;
use undex_document::Language;

use super::scan::lower;
use super::vocabulary::word_of_term;
use super::{Vocabulary, WordList};
use crate::{DecodeError, DocumentKey, Fields, Generation, addresses};

/// Words of documents that came or went, by language. Of every other word, an index counts the same
/// documents as before.
///
/// A corpus may have a million pieces of words in doubt, and all are asked for here at an update: the words are
/// known by their checksums, which can be made of pieces.
#[derive(Clone, Debug)]
pub struct ChangedWords {
    fields: Fields,
    sums: HashMap<Field, HashSet<u32, RandomState>>,
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
        let mut changed = Self { fields: now.fields().clone(), sums: HashMap::new() };
        let segments = now.searcher().segment_readers().iter();
        for segment in segments.filter(|segment| !held.contains(&segment.segment_id())) {
            for field in changed.fields.vocabularies() {
                let index = segment.inverted_index(field)?;
                let sums = changed.sums.entry(field).or_default();
                let mut stream = index.terms().stream()?;
                while stream.advance() {
                    sums.insert(crc32fast::hash(word_of_term(stream.key())));
                }
            }
        }
        Ok(changed)
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
            words.add_paragraph(&paragraph);
        }
        let sums = self.sums.entry(fields.vocabulary(key.language)).or_default();
        sums.extend(words.words().map(|word| crc32fast::hash(word.as_bytes())));
        Ok(())
    }

    /// Whether the word that some pieces make up is among them. One in some millions that is not may be taken
    /// for one that is.
    pub fn may_have(&self, pieces: &[&str], language: Language) -> bool {
        let Some(sums) = self.sums.get(&self.fields.vocabulary(language)) else { return false };
        let sum = if pieces.iter().all(|piece| is_plain(piece)) {
            let mut sum = crc32fast::Hasher::new();
            pieces.iter().for_each(|piece| sum.update(piece.as_bytes()));
            sum.finalize()
        } else {
            crc32fast::hash(lower(&pieces.concat()).as_bytes())
        };
        sums.contains(&sum)
    }
}

/// Whether a text is plainly what [`lower`] makes of it, as most words are: all its letters are small ones of
/// ASCII, or from `ß` to `ÿ`.
fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let is_plain = match byte {
            // `ß` to `ÿ`.
            0xC3 => bytes.next().is_some_and(|next| next >= 0x9F),
            _ => byte.is_ascii() && !byte.is_ascii_uppercase(),
        };
        if !is_plain {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_by_their_pieces() {
        let mut words = WordList::default();
        words.add("Las herramientas, según SE\u{301}CURITÉ");
        let fields = Fields::new();
        let field = fields.vocabulary(Language::Spanish);
        let sums = words.terms().map(|term| crc32fast::hash(word_of_term(term.as_bytes())));
        let changed = ChangedWords { sums: HashMap::from([(field, sums.collect())]), fields };
        for pieces in [
            &["herramientas"][..],
            &["herra", "mientas"],
            &["HERRA", "mientas"],
            &["seg", "ún"],
            &["sé", "curité"],
            &["se", "\u{301}curité"],
        ] {
            assert!(changed.may_have(pieces, Language::Spanish), "{pieces:?}");
            assert!(!changed.may_have(pieces, Language::English), "{pieces:?}");
        }
        for (text, plain) in
            [("según ÿß", true), ("Según", false), ("SEGÚN", false), ("segÚn", false)]
        {
            assert_eq!((is_plain(text), lower(text) == text), (plain, plain), "{text}");
        }
        assert!(!is_plain("se\u{301}"));
        for pieces in [&["herra"][..], &["mientas"], &["segun"], &["las", "herramientas"], &[]] {
            assert!(!changed.may_have(pieces, Language::Spanish), "{pieces:?}");
        }
    }
}
