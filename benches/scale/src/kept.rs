//! Documents in a file, as peers read them: exactly those that an index holds, already extracted.
//!
//! Each is the number of its bytes, four of them with the lowest first, and the bytes that undex's
//! own worker processes would send.

use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::Path;

use undex_document::Document;
use undex_query::{DocumentFilter, Searcher};

use crate::measure::Outcome;

/// Documents and the bytes of their text, notes included.
#[derive(Clone, Copy, Default)]
pub(crate) struct Volume {
    pub(crate) documents: u64,
    pub(crate) paragraphs: u64,
    pub(crate) text_bytes: u64,
}

impl Volume {
    pub(crate) fn megabytes(&self) -> f64 {
        self.text_bytes as f64 / 1e6
    }

    fn add(&mut self, document: &Document) {
        self.documents += 1;
        for paragraph in &document.paragraphs {
            self.paragraphs += 1;
            self.text_bytes += paragraph.text.len() as u64;
            self.text_bytes += paragraph.notes.iter().map(|n| n.text.len() as u64).sum::<u64>();
        }
    }
}

/// A file of documents that is being written.
pub(crate) struct Writer {
    file: BufWriter<File>,
    volume: Volume,
}

impl Writer {
    pub(crate) fn create(path: &Path) -> Outcome<Self> {
        Ok(Self { file: BufWriter::new(File::create(path)?), volume: Volume::default() })
    }

    pub(crate) fn add(&mut self, document: &Document) -> Outcome<()> {
        let bytes = postcard::to_stdvec(document)?;
        self.file.write_all(&u32::try_from(bytes.len())?.to_le_bytes())?;
        self.file.write_all(&bytes)?;
        self.volume.add(document);
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Outcome<Volume> {
        self.file.flush()?;
        Ok(self.volume)
    }
}

/// A file of documents that is being read.
pub(crate) struct Reader(BufReader<File>);

impl Reader {
    pub(crate) fn open(path: &Path) -> Outcome<Self> {
        Ok(Self(BufReader::new(File::open(path)?)))
    }

    /// The bytes of the next document, which [`document`] reads; none at the end.
    pub(crate) fn next(&mut self) -> Outcome<Option<Vec<u8>>> {
        let mut length = [0; 4];
        match self.0.read_exact(&mut length) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
            outcome => outcome?,
        }
        let mut bytes = vec![0; usize::try_from(u32::from_le_bytes(length))?];
        self.0.read_exact(&mut bytes)?;
        Ok(Some(bytes))
    }
}

/// A document from its bytes.
pub(crate) fn document(bytes: &[u8]) -> Outcome<Document> {
    Ok(postcard::from_bytes(bytes)?)
}

/// The documents of an index, in the order of their symbols.
pub(crate) fn documents(index: &Path) -> Outcome<impl Iterator<Item = Outcome<Document>>> {
    let searcher = Searcher::open(index)?;
    let list = searcher.documents(&DocumentFilter::default())?;
    Ok(list.into_iter().map(move |one| {
        let document = searcher.document(&one.symbol, one.language)?;
        document.ok_or_else(|| format!("{}: listed and not held", one.symbol).into())
    }))
}
