//! The dictionary of a field as one text in memory. What no first letter leads to has all words gone through:
//! in the engine's dictionary that takes milliseconds each time, in a text a small part of one.

use std::ops::ControlFlow;
use std::sync::OnceLock;

use memchr::memmem;
use tantivy::Searcher;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, Schema};

use crate::analysis::PART;

/// The longest dictionary that is kept, in bytes of its terms; a longer one is read each time.
const KEPT_BYTES: usize = 64 << 20;

/// The terms of a field in a segment.
#[derive(Debug, Default)]
struct DictionaryText {
    /// Each term with [`PART`] behind it.
    text: String,
    /// Where each term ends in the text.
    ends: Vec<usize>,
    /// Where the documents of each are told.
    infos: Vec<TermInfo>,
}

impl DictionaryText {
    fn push(&mut self, term: &str, info: &TermInfo) {
        self.text.push_str(term);
        self.ends.push(self.text.len());
        self.infos.push(info.clone());
        self.text.push(PART);
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
    /// told to stop. As long as the text is not made, those without the letters too, while they are read.
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
        let Some(texts) = made.get() else {
            if let Some(texts) = read(searcher, field, KEPT_BYTES, each)? {
                made.get_or_init(|| texts);
            }
            return Ok(());
        };
        for (segment, text) in texts.iter().enumerate() {
            for (term, info) in text.with(letters) {
                if each(segment, term, info)?.is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// Hands on all terms of a field as they are read, segment by segment, unless told to stop. They are returned
/// unless that was before half of them was read, for then reading on costs more than was spent; or unless
/// they have more than `most` bytes.
fn read(
    searcher: &Searcher,
    field: Field,
    most: usize,
    mut each: impl FnMut(usize, &str, &TermInfo) -> tantivy::Result<ControlFlow<()>>,
) -> tantivy::Result<Option<Vec<DictionaryText>>> {
    let indexes = searcher.segment_readers().iter().map(|segment| segment.inverted_index(field));
    let indexes = indexes.collect::<tantivy::Result<Vec<_>>>()?;
    let all: usize = indexes.iter().map(|index| index.terms().num_terms()).sum();
    let (mut number, mut bytes, mut wanted) = (0, 0, true);
    let mut texts = Vec::new();
    for (segment, index) in indexes.iter().enumerate() {
        let mut text = DictionaryText::default();
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let term = String::from_utf8_lossy(terms.key());
            number += 1;
            bytes += term.len();
            wanted = wanted && each(segment, &term, terms.value())?.is_continue();
            if !wanted && (number < all / 2 || bytes > most) {
                return Ok(None);
            }
            if bytes <= most {
                text.push(&term, terms.value());
            }
        }
        texts.push(text);
    }
    Ok((bytes <= most).then_some(texts))
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
        // Stopped so early, nothing is kept; the first time, everything is handed on.
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

        // (bytes kept at most, terms wanted, terms handed on, whether all are kept)
        for (most, wanted, handed, kept) in [
            (64, 9, 6, true),
            (64, 1, 1, false),
            (64, 4, 4, true),
            (9, 9, 6, false),
            (9, 5, 5, false),
        ] {
            let mut count = 0;
            let each = |_: usize, _: &str, _: &TermInfo| {
                count += 1;
                Ok(if count == wanted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            };
            let texts = read(&searcher, words, most, each).unwrap();
            assert_eq!((count, texts.is_some()), (handed, kept), "{most} bytes, {wanted} wanted");
            let terms = texts.iter().flatten().map(|text| text.ends.len()).sum::<usize>();
            assert_eq!(terms, if kept { 6 } else { 0 });
        }
    }
}
