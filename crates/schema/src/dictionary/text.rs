//! The dictionary of a field as one text in memory. What no first letter leads to has all words gone through:
//! in the engine's dictionary that takes milliseconds each time, in a text a small part of one.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

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

/// The texts of a field, segment by segment, once they are read.
#[derive(Debug, Default)]
struct Kept {
    texts: OnceLock<Vec<DictionaryText>>,
    /// Whether they were left to a thread of their own.
    left: AtomicBool,
}

/// The texts of the fields of a generation, each made when it is first asked for.
#[derive(Debug)]
pub(crate) struct DictionaryTexts(Vec<Arc<Kept>>);

impl DictionaryTexts {
    /// For the fields of a schema.
    pub(crate) fn new(schema: &Schema) -> Self {
        Self(schema.fields().map(|_| Arc::default()).collect())
    }

    /// Hands on the terms of a field that have these letters somewhere, segment by segment in order, unless
    /// told to stop. As long as the text is not made, those without the letters too, while they are read.
    ///
    /// Who was told to stop is not made to wait: a thread reads the text for those who come after.
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
        let Some(kept) = self.0.get(field.field_id() as usize) else { return Ok(()) };
        let Some(texts) = kept.texts.get() else {
            match read(searcher, field, KEPT_BYTES, each)? {
                Read::Texts(texts) => drop(kept.texts.set(texts)),
                Read::TooLong => {}
                Read::Stopped => leave(kept, searcher, field),
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

/// Leaves the text of a field to a thread, once. Without one it is read again each time, as it is when it
/// cannot be kept.
fn leave(kept: &Arc<Kept>, searcher: &Searcher, field: Field) {
    if kept.left.swap(true, Ordering::Relaxed) {
        return;
    }
    let (kept, searcher) = (Arc::clone(kept), searcher.clone());
    let thread = thread::Builder::new().name("undex-dictionary".to_owned());
    let _started = thread.spawn(move || {
        let go_on = |_: usize, _: &str, _: &TermInfo| Ok(ControlFlow::Continue(()));
        if let Ok(Read::Texts(texts)) = read(&searcher, field, KEPT_BYTES, go_on) {
            drop(kept.texts.set(texts));
        }
    });
}

/// How the reading of a dictionary ended.
#[derive(Debug)]
enum Read {
    /// Of each segment, all of it.
    Texts(Vec<DictionaryText>),
    /// All of it, which is more than may be kept.
    TooLong,
    /// Before its end.
    Stopped,
}

/// Hands on all terms of a field as they are read, segment by segment, unless told to stop. No more than
/// `most` bytes of them are kept.
fn read(
    searcher: &Searcher,
    field: Field,
    most: usize,
    mut each: impl FnMut(usize, &str, &TermInfo) -> tantivy::Result<ControlFlow<()>>,
) -> tantivy::Result<Read> {
    let mut bytes = 0;
    let mut texts = Vec::new();
    for (number, segment) in searcher.segment_readers().iter().enumerate() {
        let mut text = DictionaryText::default();
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let term = String::from_utf8_lossy(terms.key());
            if each(number, &term, terms.value())?.is_break() {
                return Ok(Read::Stopped);
            }
            bytes += term.len();
            if bytes <= most {
                text.push(&term, terms.value());
            }
        }
        texts.push(text);
    }
    Ok(if bytes <= most { Read::Texts(texts) } else { Read::TooLong })
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
        // The first time, everything is handed on.
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

        // (bytes kept at most, terms wanted, terms handed on, terms kept)
        for (most, wanted, handed, kept) in
            [(64, 9, 6, 6), (64, 6, 6, 0), (64, 1, 1, 0), (9, 9, 6, 0)]
        {
            let mut count = 0;
            let each = |_: usize, _: &str, _: &TermInfo| {
                count += 1;
                Ok(if count == wanted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            };
            let texts = match read(&searcher, words, most, each).unwrap() {
                Read::Texts(texts) => texts,
                Read::TooLong | Read::Stopped => Vec::new(),
            };
            let terms = texts.iter().map(|text| text.ends.len()).sum::<usize>();
            assert_eq!((count, terms), (handed, kept), "{most} bytes, {wanted} wanted");
        }

        // Left by one who was told to stop, the text is there for those who come after.
        let texts = DictionaryTexts::new(&schema);
        let stop = |_: usize, _: &str, _: &TermInfo| Ok(ControlFlow::Break(()));
        texts.each_with(&searcher, words, "ace", stop).unwrap();
        let kept = &texts.0[words.field_id() as usize];
        assert!(kept.left.load(Ordering::Relaxed));
        let made = kept.texts.wait();
        assert_eq!(made.iter().map(|text| text.ends.len()).sum::<usize>(), 6);
    }
}
