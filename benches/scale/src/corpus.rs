//! Documents many times over, each time under other symbols.
//!
//! The first copy has the symbols of the originals; in copy 3 each has `Add.3` behind it, so that
//! organ, type, session and date stay what they are. Every document is a file of its own in Akoma
//! Ntoso, written by undex from what its index holds and read back to the same paragraphs; the count is
//! compared after every build. The words of the copies are the same: the index holds more places of
//! every word and not more words, as it would of other documents.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use undex_document::{Document, Symbol};
use undex_ingest::export::{Export, file_name};

use crate::kept::{self, Volume, Writer};
use crate::measure::process::Run;
use crate::measure::{Documents, Outcome, content, folder, index_arguments, watch};

/// A file that changed shortly before it was looked at is looked into at the next run; see
/// `crates/indexer/src/corpus.rs`. Indexing begins when none is that new.
const SETTLE: Duration = Duration::from_secs(3);

/// Copies at most; documents that are added later are numbered from here.
pub(crate) const MAX_FACTOR: u32 = 1_000;

/// The documents to copy.
pub(crate) struct Originals(Vec<Document>);

/// A corpus of copies, and the same documents for the peers.
pub(crate) struct Corpus {
    folder: TempDir,
    pub(crate) factor: u32,
    pub(crate) volume: Volume,
}

impl Originals {
    /// Indexes documents and takes what the index holds: each once, whatever its format.
    pub(crate) fn of(documents: &Documents) -> Outcome<Self> {
        let folder = folder()?;
        let index = folder.path().join("index");
        watch(&documents.index_arguments(&index))?;
        let held: Outcome<Vec<Document>> = kept::documents(&index)?.collect();
        Ok(Self(held?))
    }

    /// Copies them `factor` times.
    pub(crate) fn times(&self, factor: u32) -> Outcome<Corpus> {
        let folder = folder()?;
        let mut writer = Writer::create(&kept_in(folder.path()))?;
        for number in 0..factor {
            let files = files_in(folder.path()).join(number.to_string());
            fs::create_dir_all(&files)?;
            for original in &self.0 {
                let copy = copy(original, number)?;
                fs::write(files.join(file_name(&copy, "xml")), Export::Akn.write(&copy))?;
                writer.add(&copy)?;
            }
        }
        let volume = writer.finish()?;
        sleep(SETTLE);
        Ok(Corpus { folder, factor, volume })
    }

    /// One of them, of median length, under a symbol that none of `factor` copies has.
    pub(crate) fn one_more(&self, number: u32) -> Outcome<Document> {
        let mut order: Vec<&Document> = self.0.iter().collect();
        order.sort_by_key(|document| document.paragraphs.len());
        let median = order.get(order.len() / 2).ok_or("there are no documents")?;
        copy(median, MAX_FACTOR + number)
    }
}

impl Corpus {
    /// The folder of the files.
    pub(crate) fn files(&self) -> PathBuf {
        files_in(self.folder.path())
    }

    /// The file of the documents, already extracted.
    pub(crate) fn kept(&self) -> PathBuf {
        kept_in(self.folder.path())
    }

    /// A place for something that goes with the corpus.
    pub(crate) fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Builds an index of it, at the defaults of undex but for what is named, and makes sure that it
    /// holds every document and every paragraph.
    pub(crate) fn index(&self, index: &Path, more: &[&str]) -> Outcome<Run> {
        let run = watch(&index_arguments(&self.files(), index, more))?;
        self.check(index)?;
        Ok(run)
    }

    /// Makes sure that an index holds every document and every paragraph.
    pub(crate) fn check(&self, index: &Path) -> Outcome<()> {
        let held = content(index)?;
        let expected = self.volume;
        if (held.documents, held.paragraphs) == (expected.documents, expected.paragraphs) {
            return Ok(());
        }
        Err(format!(
            "the index holds {} documents with {} paragraphs instead of {} with {}",
            held.documents, held.paragraphs, expected.documents, expected.paragraphs
        )
        .into())
    }

    /// For the head of figures.
    pub(crate) fn describe(&self) -> Value {
        json!({
            "factor": self.factor,
            "corpus": {
                "documents": self.volume.documents,
                "paragraphs": self.volume.paragraphs,
                "text_bytes": self.volume.text_bytes,
            },
        })
    }
}

fn files_in(folder: &Path) -> PathBuf {
    folder.join("corpus")
}

fn kept_in(folder: &Path) -> PathBuf {
    folder.join("kept")
}

/// A document under symbols of its own; copy 0 is the document itself.
fn copy(original: &Document, number: u32) -> Outcome<Document> {
    let mut copy = original.clone();
    if number > 0 {
        copy.symbol = renamed(&original.symbol, number)?;
        for symbol in &mut copy.symbols {
            *symbol = renamed(symbol, number)?;
        }
    }
    Ok(copy)
}

fn renamed(symbol: &Symbol, number: u32) -> Outcome<Symbol> {
    Ok(format!("{}/Add.{number}", symbol.as_str()).parse()?)
}
