//! The dictionary of a field as one text in memory. To go through words takes a small part of the time that it
//! takes in the engine's dictionary, all the more where no first letters lead to those that are looked for.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use tantivy::Searcher;
use tantivy::schema::{Field, Schema};

use super::letters::Letters;
use super::matcher::Given;
use crate::analysis::PART;

/// The longest dictionary that is kept, in bytes that its text takes. A longer one is read each time where no first
/// letters lead to what is looked for.
const KEPT_BYTES: usize = 64 << 20;

/// The terms of a field in a segment.
#[derive(Debug, Default)]
struct DictionaryText {
    /// Each term with [`PART`] behind it, in order.
    text: String,
    /// Where each term begins in the text.
    starts: Vec<u32>,
    /// The letters of each, up to the first [`PART`] in it.
    letters: Vec<Letters>,
    /// How many documents each was written with.
    written: Vec<u32>,
}

impl DictionaryText {
    fn push(&mut self, term: &str, written: u32) {
        // What is kept is much shorter.
        self.starts.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.letters.push(Letters::of(term.chars().take_while(|letter| *letter != PART)));
        self.written.push(written);
        self.text.push_str(term);
        self.text.push(PART);
    }

    /// Bytes that it takes.
    fn size(&self) -> usize {
        let numbers = size_of_val(&*self.starts) + size_of_val(&*self.written);
        self.text.len() + numbers + size_of_val(&*self.letters)
    }

    /// The terms among which are those that have what is given, in order, each with the number of documents
    /// that it was written with.
    fn with<'t>(&'t self, given: &'t Given<'_>) -> impl Iterator<Item = (&'t str, u32)> {
        let first = given.first.as_bytes();
        let beginning = |start: u32| {
            let term = self.text.as_bytes().get(start as usize..).unwrap_or_default();
            term.get(..first.len()).unwrap_or(term)
        };
        let from = self.starts.partition_point(|start| beginning(*start) < first);
        let to = self.starts.partition_point(|start| beginning(*start) <= first);
        let letters = self.letters.iter().enumerate().take(to).skip(from);
        letters
            .filter(move |(_, letters)| given.may_be_in(**letters))
            .filter_map(|(place, _)| Some((self.term(place)?, *self.written.get(place)?)))
    }

    fn term(&self, place: usize) -> Option<&str> {
        let start = *self.starts.get(place)? as usize;
        let end = self.starts.get(place + 1).map_or(self.text.len(), |end| *end as usize);
        self.text.get(start..end - PART.len_utf8())
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

    /// Hands on the terms of a field among which are those that have what is given, segment by segment in order,
    /// unless told to stop. Whether they could is told: only once the text is made.
    ///
    /// # Errors
    /// Those it is told.
    pub(super) fn each_with(
        &self,
        field: Field,
        given: &Given<'_>,
        mut each: impl FnMut(usize, &str, u32) -> tantivy::Result<ControlFlow<()>>,
    ) -> tantivy::Result<bool> {
        let Some(texts) = self.of(field).and_then(|kept| kept.texts.get()) else {
            return Ok(false);
        };
        for (segment, text) in texts.iter().enumerate() {
            for (term, written) in text.with(given) {
                if each(segment, term, written)?.is_break() {
                    return Ok(true);
                }
            }
        }
        Ok(true)
    }

    /// Hands on all terms of a field as they are read to make its text, unless told to stop.
    ///
    /// Who was told to stop is not made to wait: a thread reads the text for those who come after.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn read(
        &self,
        searcher: &Searcher,
        field: Field,
        each: impl FnMut(usize, &str, u32) -> tantivy::Result<ControlFlow<()>>,
    ) -> tantivy::Result<()> {
        match read(searcher, field, KEPT_BYTES, each)? {
            Read::Texts(texts) => {
                if let Some(kept) = self.of(field) {
                    drop(kept.texts.set(texts));
                }
            }
            Read::TooLong => {}
            Read::Stopped => self.leave(searcher, field),
        }
        Ok(())
    }

    /// Leaves the text of a field to a thread, once. Without one it is read again each time, as it is when it
    /// cannot be kept.
    pub(super) fn leave(&self, searcher: &Searcher, field: Field) {
        let Some(kept) = self.of(field) else { return };
        if kept.left.swap(true, Ordering::Relaxed) {
            return;
        }
        let (kept, searcher) = (Arc::clone(kept), searcher.clone());
        let thread = thread::Builder::new().name("undex-dictionary".to_owned());
        let _started = thread.spawn(move || {
            let go_on = |_: usize, _: &str, _: u32| Ok(ControlFlow::Continue(()));
            if let Ok(Read::Texts(texts)) = read(&searcher, field, KEPT_BYTES, go_on) {
                drop(kept.texts.set(texts));
            }
        });
    }

    fn of(&self, field: Field) -> Option<&Arc<Kept>> {
        self.0.get(field.field_id() as usize)
    }
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
    mut each: impl FnMut(usize, &str, u32) -> tantivy::Result<ControlFlow<()>>,
) -> tantivy::Result<Read> {
    let (mut before, mut too_long) = (0, false);
    let mut texts = Vec::new();
    for (number, segment) in searcher.segment_readers().iter().enumerate() {
        let mut text = DictionaryText::default();
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let term = String::from_utf8_lossy(terms.key());
            let written = terms.value().doc_freq;
            if each(number, &term, written)?.is_break() {
                return Ok(Read::Stopped);
            }
            if !too_long {
                text.push(&term, written);
                too_long = before + text.size() > most;
            }
        }
        before += text.size();
        texts.push(text);
    }
    Ok(if too_long { Read::TooLong } else { Read::Texts(texts) })
}

#[cfg(test)]
mod tests {
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::*;

    fn with<'g>(first: &'g str, letters: &str, missing: u8) -> Given<'g> {
        Given { first, letters: Letters::of(letters.chars()), missing, count: 0..=7 }
    }

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
        let none = |_: usize, _: &str, _: u32| unreachable!("nothing was read");
        assert!(!texts.each_with(words, &with("a", "", 0), none).unwrap());
        let all = |_: usize, _: &str, _: u32| Ok(ControlFlow::Continue(()));
        texts.read(&searcher, words, all).unwrap();

        let found_of = |given: &Given<'_>, most: usize| {
            let mut found = vec![Vec::new(); 3];
            let each = |segment: usize, term: &str, written: u32| {
                assert_eq!(written, 1);
                found[segment].push(term.to_owned());
                let all = found.iter().flatten().count();
                Ok(if all == most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            };
            assert!(texts.each_with(words, given, each).unwrap());
            found.sort();
            found
        };
        let anywhere = |letters: &str| found_of(&with("", letters, 0), 7);
        assert_eq!(anywhere("ace"), [vec!["ace"], vec!["acetate"], vec!["peace", "space"]]);
        assert_eq!(anywhere("t"), [vec![], vec!["acetate", "pact"], vec!["été"]]);
        let every = [vec!["ace", "été"], vec!["acetate", "pact"], vec!["peace", "space"]];
        assert_eq!(anywhere(""), every);
        assert_eq!(anywhere("pea"), [vec![], vec![], vec!["peace", "space"]]);
        assert_eq!(anywhere("acetp"), [Vec::<String>::new(), vec![], vec![]]);
        assert_eq!(found_of(&with("", "ac", 0), 2).concat().len(), 2);
        assert_eq!(
            found_of(&with("", "aept", 1), 7),
            [vec![], vec!["acetate", "pact"], vec!["peace", "space"]]
        );
        let first = |letters: &str| found_of(&with(letters, "", 0), 7).concat();
        assert_eq!(first("ac"), ["ace", "acetate"]);
        assert_eq!(first("é"), ["été"]);
        assert_eq!(first("p"), ["pact", "peace"]);
        assert_eq!(found_of(&with("", "aé", 1), 7), every);
        for nowhere in ["aa", "acf", "spaces", "z", "ê"] {
            assert_eq!(first(nowhere), [""; 0], "{nowhere}");
        }

        // (bytes kept at most, terms wanted, terms handed on, terms kept)
        for (most, wanted, handed, kept) in
            [(131, 9, 6, 6), (131, 6, 6, 0), (131, 1, 1, 0), (130, 9, 6, 0)]
        {
            let mut count = 0;
            let each = |_: usize, _: &str, _: u32| {
                count += 1;
                Ok(if count == wanted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            };
            let texts = match read(&searcher, words, most, each).unwrap() {
                Read::Texts(texts) => texts,
                Read::TooLong | Read::Stopped => Vec::new(),
            };
            let terms = texts.iter().map(|text| text.starts.len()).sum::<usize>();
            assert_eq!((count, terms), (handed, kept), "{most} bytes, {wanted} wanted");
        }

        // Left by one who was told to stop, the text is there for those who come after.
        let texts = DictionaryTexts::new(&schema);
        let stop = |_: usize, _: &str, _: u32| Ok(ControlFlow::Break(()));
        texts.read(&searcher, words, stop).unwrap();
        let kept = &texts.0[words.field_id() as usize];
        assert!(kept.left.load(Ordering::Relaxed));
        let made = kept.texts.wait();
        assert_eq!(made.iter().map(|text| text.starts.len()).sum::<usize>(), 6);
    }
}
