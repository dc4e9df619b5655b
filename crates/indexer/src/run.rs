//! Extraction of many sources at once.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Instant;

use rayon::ThreadPool;
use rayon::prelude::*;
use undex_ingest::Archive;
use undex_schema::{DocumentKey, IndexedDocument, Outcome, SourceRecord, document_digest};

use crate::circumstances::of_failed;
use crate::corpus::{Corpus, Found};
use crate::engine::Engine;
use crate::extract::{Failure, Refusal, SourceBytes, extract, read_source};
use crate::kept::Kept;
use crate::timing::Timings;
use crate::{BuildError, BuildOptions, Progress};

/// Members of an archive that one thread reads in one go: opening an archive costs about as much as
/// extracting one of them.
const MEMBERS: usize = 16;

/// A source to extract, and the words in it that the corpus confirms.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    /// Its place in the corpus.
    pub(crate) place: usize,
    pub(crate) confirmed: BTreeSet<String>,
}

/// Everything that the threads share.
pub(crate) struct Run<'r> {
    pub(crate) options: &'r BuildOptions,
    pub(crate) corpus: &'r Corpus<'r>,
    pub(crate) engine: &'r Engine,
    pub(crate) progress: &'r dyn Progress,
    timings: &'r Timings,
    kept: &'r Kept,
    /// The first error that ends the build.
    failure: Mutex<Option<BuildError>>,
}

impl<'r> Run<'r> {
    pub(crate) fn new(
        options: &'r BuildOptions,
        corpus: &'r Corpus<'r>,
        engine: &'r Engine,
        progress: &'r dyn Progress,
        timings: &'r Timings,
        kept: &'r Kept,
    ) -> Self {
        Self { options, corpus, engine, progress, timings, kept, failure: Mutex::new(None) }
    }

    /// Extracts sources and writes their documents.
    pub(crate) fn all(self, pool: &ThreadPool, tasks: &[Task]) -> Result<(), BuildError> {
        let groups = self.groups(tasks);
        pool.install(|| groups.par_iter().for_each(|group| self.group(group)));
        if let Some(error) = self.failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        if self.options.is_stopped() { Err(BuildError::Interrupted) } else { Ok(()) }
    }

    /// Single files, and runs of members of one archive.
    fn groups<'t>(&self, tasks: &'t [Task]) -> Vec<&'t [Task]> {
        let archive = |task: &Task| {
            let found = self.corpus.sources.get(task.place)?;
            found.member().map(|_| found.file)
        };
        tasks
            .chunk_by(|a, b| archive(a).is_some() && archive(a) == archive(b))
            .flat_map(|same_archive| same_archive.chunks(MEMBERS))
            .collect()
    }

    fn group(&self, tasks: &[Task]) {
        let sources = tasks.iter().filter_map(|task| {
            self.corpus.sources.get(task.place).map(|found| (found, &task.confirmed))
        });
        let mut archive = None;
        for (found, confirmed) in sources {
            if self.is_given_up() {
                return;
            }
            let started = Instant::now();
            let found = &*self.corpus.with_facts(found);
            if found.member().is_some() && archive.is_none() {
                archive = Some(Archive::open(found.file, &self.options.limits));
            }
            let bytes = match &mut archive {
                Some(Err(error)) => Err(Refusal::from(&*error)),
                Some(Ok(archive)) => self.read(found, Some(archive)),
                None => self.read(found, None),
            };
            if let Err(error) = self.one(found, bytes, confirmed, started) {
                self.fail(error);
            }
        }
    }

    fn read(
        &self,
        found: &Found<'_>,
        archive: Option<&mut Archive>,
    ) -> Result<SourceBytes, Refusal> {
        match &found.refusal {
            Some(refusal) => Err((**refusal).clone()),
            None => read_source(found, archive, &self.options.limits),
        }
    }

    /// Extracts one source, writes its document and tells of it.
    fn one(
        &self,
        found: &Found<'_>,
        bytes: Result<SourceBytes, Refusal>,
        confirmed: &BTreeSet<String>,
        started: Instant,
    ) -> Result<(), BuildError> {
        let sha256 = bytes.as_ref().ok().map(|bytes| bytes.sha256.clone());
        let reading = self.corpus.reading(found);
        let extracted = bytes.map_err(Failure::from).and_then(|source| match reading {
            Some(reading) => extract(reading, self.kept, found, &source, confirmed),
            None => Err(Refusal::failed("crashed", format!("{}: no extractor", found.path)).into()),
        });
        // Without the wait for memory and the engine, which is not the document's doing.
        self.timings.add(&found.path, started);
        let record = |outcome: Outcome| SourceRecord {
            path: found.path.to_string(),
            bytes: found.bytes,
            modified: found.modified,
            crc32: found.crc32,
            sha256,
            circumstances: reading.map(|one| one.circumstances(found).clone()).unwrap_or_default(),
            outcome,
            warnings: Vec::new(),
            undecided: Vec::new(),
            confirmed: Vec::new(),
        };
        match extracted {
            Err(Failure::Workers(error)) => return Err(error.into()),
            Err(Failure::Source(refusal)) => {
                let mut record = record(refusal.outcome());
                if let (Outcome::Failed { .. }, Some(reading)) = (&record.outcome, reading) {
                    record.circumstances = of_failed(&record.circumstances, &reading.digests);
                }
                self.engine.ledger().enter(record);
            }
            Ok(extracted) => {
                let document = &extracted.extraction.document;
                let key = DocumentKey::of(document);
                let indexed = IndexedDocument {
                    format: document.source.format,
                    kind: document.kind,
                    paragraphs: u32::try_from(document.paragraphs.len()).unwrap_or(u32::MAX),
                    digest: document_digest(&key, &document.paragraphs),
                    document: key,
                };
                let mut record = record(Outcome::Indexed(indexed.clone()));
                record.circumstances = extracted.circumstances;
                record.warnings.clone_from(&document.warnings);
                record.undecided.clone_from(&extracted.extraction.undecided);
                record.confirmed.clone_from(&extracted.confirmed);
                let witnesses = extracted.witnesses.as_ref();
                let given_up = || self.is_given_up();
                self.engine.write(record, &indexed, document, witnesses, given_up)?;
            }
        }
        let outcome = self.engine.ledger().get(&found.path).map(|record| record.outcome.clone());
        if let Some(outcome) = outcome {
            self.progress.finished(&found.path, found.bytes, &outcome);
        }
        Ok(())
    }

    fn is_given_up(&self) -> bool {
        let failed = self.failure.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        failed || self.options.is_stopped()
    }

    fn fail(&self, error: BuildError) {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.get_or_insert(error);
    }
}
