//! The dictionary of a field as one text in memory. What no first letter leads to has all words gone through:
//! in the engine's dictionary that takes milliseconds each time, in a text a small part of one.

use std::ops::ControlFlow;
use std::sync::OnceLock;

use memchr::memmem;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, Schema};
use tantivy::{Searcher, SegmentReader};

use crate::analysis::PART;

/// The longest dictionary that is kept, in bytes of its terms; a longer one is read each time.
const KEPT_BYTES: usize = 64 << 20;

/// The terms of a field in a segment.
#[derive(Debug)]
struct DictionaryText {
    /// Each term with [`PART`] behind it.
    text: String,
    /// Where each term ends in the text.
    ends: Vec<usize>,
    /// Where the documents of each are told.
    infos: Vec<TermInfo>,
}

impl DictionaryText {
    /// Reads the terms of a segment, each of which is handed on, unless that is told to stop.
    fn read(
        segment: &SegmentReader,
        field: Field,
        mut each: impl FnMut(&str, &TermInfo) -> tantivy::Result<ControlFlow<()>>,
    ) -> tantivy::Result<Option<Self>> {
        let index = segment.inverted_index(field)?;
        let mut made = Self { text: String::new(), ends: Vec::new(), infos: Vec::new() };
        let mut stream = index.terms().stream()?;
        while stream.advance() {
            let term = String::from_utf8_lossy(stream.key());
            if each(&term, stream.value())?.is_break() {
                return Ok(None);
            }
            made.text.push_str(&term);
            made.ends.push(made.text.len());
            made.infos.push(stream.value().clone());
            made.text.push(PART);
        }
        Ok(Some(made))
    }

    /// The terms that have these letters somewhere, in order.
    fn with<'t>(&'t self, letters: &'t str) -> impl Iterator<Item = (&'t str, &'t TermInfo)> {
        let finder = memmem::Finder::new(letters.as_bytes());
        let mut terms = self.ends.iter().zip(&self.infos);
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = from + finder.find(self.text.as_bytes().get(from..)?)?;
            for (&end, info) in terms.by_ref() {
                let start = std::mem::replace(&mut from, end + PART.len_utf8());
                if end >= at {
                    return Some((self.text.get(start..end)?, info));
                }
            }
            None
        })
    }
}

/// The texts of the fields of a generation, each made when it is first asked for.
#[derive(Debug)]
pub(crate) struct DictionaryTexts(Vec<OnceLock<Vec<DictionaryText>>>);

impl DictionaryTexts {
    /// For the fields of a schema.
    pub(crate) fn new(schema: &Schema) -> Self {
        Self(schema.fields().map(|_| OnceLock::new()).collect())
    }

    /// Hands on the terms of a field that have these letters somewhere, segment by segment in order, unless
    /// told to stop. The first time, those without the letters too, while they are read.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn each_with(
        &self,
        searcher: &Searcher,
        field: Field,
        letters: &str,
        mut each: impl FnMut(usize, &str, &TermInfo) -> tantivy::Result<ControlFlow<()>>,
    ) -> tantivy::Result<()> {
        let Some(made) = self.0.get(field.field_id() as usize) else { return Ok(()) };
        let segments = searcher.segment_readers().iter().enumerate();
        if let Some(texts) = made.get() {
            for (segment, text) in texts.iter().enumerate() {
                for (term, info) in text.with(letters) {
                    if each(segment, term, info)?.is_break() {
                        return Ok(());
                    }
                }
            }
            return Ok(());
        }
        let mut texts = Vec::new();
        for (number, segment) in segments {
            let each = |term: &str, info: &TermInfo| each(number, term, info);
            match DictionaryText::read(segment, field, each)? {
                Some(text) => texts.push(text),
                None => return Ok(()),
            }
        }
        if texts.iter().map(|text| text.text.len()).sum::<usize>() <= KEPT_BYTES {
            made.get_or_init(|| texts);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::*;

    #[test]
    fn terms_are_found_by_their_letters_in_every_segment() {
        let mut schema = Schema::builder();
        let words = schema.add_text_field("words", STRING);
        let schema = schema.build();
        let index = Index::create_in_ram(schema.clone());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for segment in [["peace", "space"], ["ace", "été"], ["pact", "acetate"]] {
            for word in segment {
                let mut document = TantivyDocument::default();
                document.add_text(words, word);
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
        }
        let searcher = index.reader().unwrap().searcher();
        let texts = DictionaryTexts::new(&schema);
        let found_of = |letters: &str, most: usize| {
            let mut found = vec![Vec::new(); 3];
            let each = |segment: usize, term: &str, info: &TermInfo| {
                assert_eq!(info.doc_freq, 1);
                found[segment].push(term.to_owned());
                let all = found.iter().flatten().count();
                Ok(if all == most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            };
            texts.each_with(&searcher, words, letters, each).unwrap();
            found.sort();
            found
        };
        // Stopped, nothing is kept; the first time, everything is handed on.
        assert_eq!(found_of("ace", 1).concat().len(), 1);
        assert_eq!(found_of("ace", 7).concat().len(), 6);
        let found = |letters: &str| found_of(letters, 7);
        assert_eq!(found("ace"), [vec!["ace"], vec!["acetate"], vec!["peace", "space"]]);
        assert_eq!(found("t"), [vec![], vec!["acetate", "pact"], vec!["été"]]);
        assert_eq!(
            found(""),
            [vec!["ace", "été"], vec!["acetate", "pact"], vec!["peace", "space"]]
        );
        assert_eq!(found("ce\0"), [vec![], vec!["ace"], vec!["peace", "space"]]);
        assert_eq!(found("acepeace"), [Vec::<String>::new(), vec![], vec![]]);
        assert_eq!(found_of("ac", 2).concat().len(), 2);
    }
}
