//! The peer that is the limit: the engine's own writer at its defaults, fed with the same documents.
//!
//! Fields, analysis and memory are those of undex, and so is what is encoded. Missing are the reading of
//! files, the ledger of what was read, the manifest and the publishing of a generation; merging is left to
//! the engine's own policy.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;

use undex_schema::tantivy::{IndexWriter, TantivyDocument};
use undex_schema::{Fields, create_engine};

use crate::kept::{self, Reader};
use crate::measure::Outcome;

/// The default of `undex index --memory`.
pub(crate) const MEMORY_BYTES: usize = 256 << 20;

/// A build: documents into a new index, with as many threads that read and encode as write.
pub(crate) fn build(documents: &Path, index: &Path, threads: usize) -> Outcome<()> {
    fs::create_dir(index)?;
    let fields = Fields::new();
    let engine = create_engine(index, &fields)?;
    let mut writer: IndexWriter = engine.writer_with_num_threads(threads, MEMORY_BYTES)?;
    let reader = Mutex::new(Reader::open(documents)?);
    thread::scope(|scope| {
        // Errors are texts between threads: the boxed ones of a measurement may not cross them.
        let feed = || feed(&reader, &fields, &writer).map_err(|error| error.to_string());
        let feeders: Vec<_> = (0..threads).map(|_| scope.spawn(feed)).collect();
        feeders.into_iter().try_for_each(|feeder| match feeder.join() {
            Ok(outcome) => outcome,
            Err(_) => Err("a thread panicked".to_owned()),
        })
    })?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn feed(
    reader: &Mutex<Reader>,
    fields: &Fields,
    writer: &IndexWriter<TantivyDocument>,
) -> Outcome<()> {
    loop {
        let next = reader.lock().unwrap_or_else(PoisonError::into_inner).next()?;
        let Some(bytes) = next else { return Ok(()) };
        for document in fields.encode(&kept::document(&bytes)?, None)? {
            writer.add_document(document)?;
        }
    }
}
