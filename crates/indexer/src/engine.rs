//! The engine's index of a generation that is being written.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use undex_document::Document;
use undex_schema::tantivy::indexer::{IndexWriterOptions, NoMergePolicy, UserOperation};
use undex_schema::tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, SegmentMeta};
use undex_schema::{
    DocumentKey, Fields, Generation, IndexedDocument, SourceRecord, WordList, create_engine,
    open_engine,
};

use crate::budget::{Budget, Metered};
use crate::error::engine_error;
use crate::ledger::{Claim, Ledger};
use crate::{BuildError, BuildOptions};

/// The engine takes no less per thread.
const LEAST_THREAD_MEMORY: usize = 15 << 20;

/// The engine takes no more per thread.
const MOST_THREAD_MEMORY: usize = 2 << 30;

/// What the program takes whatever it indexes: itself, stems remembered, documents being extracted.
const OWN_MEMORY: usize = 48 << 20;

/// What is known of one source, as it was, as it was found, and as it is told in the end.
const SOURCE_MEMORY: usize = 4 << 10;

/// The part of the other memory that the engine may fill with words before it writes a segment. The rest
/// is needed while segments are written and merged.
const WORDS_PART: usize = 2;

/// The part of the other memory that documents waiting for the engine may take.
const WAITING_PART: usize = 8;

/// They may always take this much, so that one thread need not wait for another's long document.
const LEAST_WAITING: usize = 4 << 20;

/// What an engine document takes in memory beside its text.
const DOCUMENT_OVERHEAD: usize = 1 << 10;

/// Engine documents written in one go. Those of one go come into one segment, so that replacing a
/// document touches few.
const BATCH: usize = 2_000;

/// Segments of a generation at most. Opening one costs a search about a tenth of a millisecond.
const MAX_SEGMENTS: usize = 8;

/// How many segments become one at least, so that it is not done again at every update.
const LEAST_MERGED: usize = 4;

/// A segment is rewritten when one in so many of its documents is deleted. Until then what is deleted takes
/// room in it, and a word of a query costs a look at all its places.
const DELETED_PART: u32 = 10;

/// A writer, and the ledger that decides what is written. Deletions and additions of one document
/// happen under the ledger's lock, so that they reach the engine in the order decided.
pub(crate) struct Engine {
    folder: PathBuf,
    fields: Fields,
    index: Index,
    writer: IndexWriter<Metered>,
    ledger: Mutex<Ledger>,
    budget: Arc<Budget>,
}

impl Engine {
    /// Opens the engine's files in a folder that begins with those of `previous`, or makes them in an
    /// empty one, to write what so many sources give.
    pub(crate) fn open(
        folder: &Path,
        options: &BuildOptions,
        previous: Option<&Generation>,
        sources: usize,
        ledger: Ledger,
    ) -> Result<Self, BuildError> {
        let fail = engine_error(&options.index);
        let fields = Fields::new();
        let files = options.disk.engine_folder(folder).map_err(|error| fail(error.into()))?;
        let index = match previous {
            Some(previous) => previous.carried_over(folder, files).and_then(open_engine),
            None => create_engine(files, &fields),
        };
        let index = index.map_err(&fail)?;
        let threads = options.thread_count();
        let left = options.memory_bytes.saturating_sub(held_memory(sources));
        let memory = left / WORDS_PART / threads;
        let writer_options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(memory.clamp(LEAST_THREAD_MEMORY, MOST_THREAD_MEMORY))
            .num_merge_threads(threads)
            .build();
        let writer: IndexWriter<Metered> =
            index.writer_with_options(writer_options).map_err(&fail)?;
        // Merging waits until everything is written: nothing is merged twice.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let budget = Budget::new((left / WAITING_PART).max(LEAST_WAITING));
        let folder = folder.to_owned();
        Ok(Self { folder, fields, index, writer, ledger: Mutex::new(ledger), budget })
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Deletes a document that was written before.
    pub(crate) fn delete(&self, key: &DocumentKey) {
        self.writer.delete_term(self.fields.document_term(key));
    }

    /// Enters a source and writes its document if no better source gives it. `given_up` ends the
    /// wait for memory.
    pub(crate) fn write(
        &self,
        record: SourceRecord,
        indexed: &IndexedDocument,
        document: &Document,
        witnesses: Option<&WordList>,
        given_up: impl Fn() -> bool,
    ) -> Result<(), BuildError> {
        let fail = engine_error(&self.folder);
        let encoded = self
            .fields
            .encode(document, witnesses)
            .map_err(|error| fail(std::io::Error::other(error).into()))?;
        let bytes = memory_of(document) + encoded.len() * DOCUMENT_OVERHEAD;
        let Some(share) = self.budget.share(bytes, given_up) else {
            return Err(BuildError::Interrupted);
        };
        let share = Arc::new(share);
        let mut ledger = self.ledger();
        match ledger.claim(record, indexed)? {
            Claim::Duplicate => return Ok(()),
            Claim::Better => self.delete(&indexed.document),
            Claim::First => {}
        }
        let mut waiting = encoded.into_iter().map(|document| Metered::new(document, share.clone()));
        loop {
            let batch: Vec<Metered> = waiting.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(());
            }
            self.writer.run(batch.into_iter().map(UserOperation::Add)).map_err(&fail)?;
        }
    }

    /// Makes everything written so far visible to [`Engine::searcher`].
    pub(crate) fn commit(&mut self) -> Result<(), BuildError> {
        self.writer.commit().map_err(engine_error(&self.folder))?;
        Ok(())
    }

    /// Why nothing can be written any more. A writing thread that died says so itself when it is waited
    /// for; whoever gives it work only learns that it is gone.
    pub(crate) fn cause(&mut self, error: BuildError) -> BuildError {
        match error {
            BuildError::Engine { .. } => self.commit().err().unwrap_or(error),
            error => error,
        }
    }

    /// Reads what is committed.
    pub(crate) fn searcher(&self) -> Result<Searcher, BuildError> {
        let reader = self.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        Ok(reader.map_err(engine_error(&self.folder))?.searcher())
    }

    /// Leaves few segments, and few deleted documents in each. A large segment is written again only when a
    /// good part of it changed, or as much beside it.
    pub(crate) fn merge(&mut self) -> Result<(), BuildError> {
        let fail = engine_error(&self.folder);
        let mut segments = self.index.searchable_segment_metas().map_err(&fail)?;
        segments.sort_by_key(|segment| std::cmp::Reverse(segment.num_docs()));
        let sizes: Vec<u32> = segments.iter().map(SegmentMeta::num_docs).collect();
        let small = segments.split_off(kept_apart(&sizes));
        let mut merges: Vec<Vec<_>> = segments
            .iter()
            .filter(|segment| segment.num_deleted_docs() > segment.max_doc() / DELETED_PART)
            .map(|segment| vec![segment.id()])
            .collect();
        if !small.is_empty() {
            merges.push(small.iter().map(SegmentMeta::id).collect());
        }
        drop((segments, small));
        let running: Vec<_> = merges.iter().map(|segments| self.writer.merge(segments)).collect();
        for merge in running {
            merge.wait().map_err(&fail)?;
        }
        Ok(())
    }

    /// Ends writing: what is left in the folder is the generation's. Gives back the ledger and a
    /// view of the content.
    pub(crate) fn finish(self) -> Result<(Ledger, Searcher), BuildError> {
        let fail = engine_error(&self.folder);
        self.writer.garbage_collect_files().wait().map_err(&fail)?;
        let searcher = self.searcher()?;
        self.writer.wait_merging_threads().map_err(&fail)?;
        Ok((self.ledger.into_inner().unwrap_or_else(PoisonError::into_inner), searcher))
    }
}

/// How many of the segments, the largest of which comes first, stay as they are; the others become one. A
/// segment joins those that are smaller when they are as large together, so that what it is in becomes twice
/// as large; only the smallest are joined whatever their size.
fn kept_apart(sizes: &[u32]) -> usize {
    if sizes.len() <= MAX_SEGMENTS {
        return sizes.len();
    }
    let mut apart = sizes.len();
    let mut together = 0_u64;
    while let Some(size) = apart.checked_sub(1).and_then(|last| sizes.get(last)) {
        let merged = sizes.len() - apart;
        if merged >= LEAST_MERGED && u64::from(*size) > together {
            break;
        }
        together += u64::from(*size);
        apart -= 1;
    }
    apart
}

/// What is in memory beside what is written, for so many sources.
fn held_memory(sources: usize) -> usize {
    sources.saturating_mul(SOURCE_MEMORY).saturating_add(OWN_MEMORY)
}

/// The least memory, in bytes, that a build of so many sources on so many threads can keep below: the
/// engine takes no less for a thread, and what is written of it meanwhile takes as much again.
pub(crate) fn least_memory(sources: usize, threads: usize) -> usize {
    let engine = LEAST_THREAD_MEMORY.saturating_mul(threads).saturating_mul(WORDS_PART);
    held_memory(sources).saturating_add(engine).saturating_add(LEAST_WAITING)
}

/// What the texts of a document take, indexed twice and stored.
fn memory_of(document: &Document) -> usize {
    let paragraphs = document.paragraphs.iter().map(|paragraph| {
        let notes = paragraph.notes.iter().map(|note| note.text.len()).sum::<usize>();
        let headings = paragraph.headings.iter().map(String::len).sum::<usize>();
        3 * (paragraph.text.len() + notes) + 2 * headings
    });
    paragraphs.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_that_stay_as_they_are() {
        // (sizes, how many stay, why)
        let table: [(&[u32], usize, &str); 6] = [
            (&[], 0, "none"),
            (&[9; 8], 8, "as many as there may be"),
            (&[1_000, 200, 50, 9, 1, 1, 1, 1, 1], 4, "the small ones are made one"),
            (&[1_000, 200, 50, 40, 30, 20, 9, 8, 7], 2, "and those that these outgrow together"),
            (&[1_000, 900, 800, 700, 600, 1, 1, 1, 1], 5, "no more than needed"),
            (&[1; 9], 0, "all alike"),
        ];
        for (sizes, apart, why) in table {
            assert_eq!(kept_apart(sizes), apart, "{why}");
        }
    }

    #[test]
    fn daily_additions_rewrite_little() {
        let (mut sizes, mut written) = (vec![100_000_u32], 0_u64);
        for _ in 0..2_000 {
            sizes.push(1);
            sizes.sort_unstable_by(|a, b| b.cmp(a));
            let merged: Vec<u32> = sizes.split_off(kept_apart(&sizes));
            if !merged.is_empty() {
                let one = merged.iter().sum();
                written += u64::from(one);
                sizes.push(one);
            }
            assert!(sizes.len() <= MAX_SEGMENTS);
        }
        assert!(written < 10 * 2_000, "{written} documents written again for 2,000");
    }
}
