//! From a corpus to the next generation.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use rayon::ThreadPool;
use undex_document::{DocumentType, Language};
use undex_ingest::worker::Workers;
use undex_ingest::{Catalogue, EXTRACTION_VERSION, Extractor, Limits};
use undex_schema::{
    Count, FORMAT_VERSION, Generation, IndexedDocument, Layout, Manifest, OpenError, Outcome,
    SourceRecord, SourceTable, Statistics, content_digest,
};

use crate::corpus::{Corpus, MakeExtract};
use crate::engine::{Engine, least_memory};
use crate::error::engine_error;
use crate::extract::Extract;
use crate::kept::Kept;
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::previous::{Previous, previous, was_damaged};
use crate::publish::{Workspace, lock};
use crate::report::{Change, Difference, SourceReport};
use crate::run::{Run, Task};
use crate::timing::Timings;
use crate::walk::{self, Listing};
use crate::{BuildError, BuildOptions, BuildReport, CheckReport, ExtractIn, Phase, Progress, mend};

/// Why a source that is as it was is read again: it waited for the document of another one.
const WAS_DUPLICATE: &str = "the source that gave its document changed";

/// Why a source that is as it was is read again: the corpus now knows its broken words, or does not
/// any more.
const WORDS: &str = "other documents decide its broken words otherwise";

/// Brings an index up to date with its corpus.
///
/// Sources that are as they were are not read; when nothing changed, nothing is written. The new
/// generation comes into use when it is complete and safe on disk; until then, and whenever this
/// fails, the old one stays in use. A file that cannot be read or understood costs no more than
/// itself: it is in the report.
///
/// # Errors
/// See [`BuildError`].
pub fn build(options: &BuildOptions, progress: &dyn Progress) -> Result<BuildReport, BuildError> {
    build_with(options, progress, &|catalogue, limits| extractor(options, catalogue, limits))
}

fn extractor(options: &BuildOptions, catalogue: Catalogue, limits: Limits) -> Box<dyn Extract> {
    match &options.extract_in {
        ExtractIn::ThisProcess => Box::new(Extractor::new(catalogue, limits)),
        ExtractIn::Workers(program) => {
            let stop = Arc::clone(&options.stop);
            Box::new(Workers::with_stop(program.clone(), catalogue, limits, stop))
        }
    }
}

/// Says whether [`build`] would change the index, and why. Writes nothing, and reads only files
/// whose size or time is not as it was.
///
/// # Errors
/// [`BuildError::Input`], [`BuildError::Catalogue`], [`BuildError::Interrupted`], and
/// [`BuildError::Open`] when the system refuses to read the index.
pub fn check(options: &BuildOptions) -> Result<CheckReport, BuildError> {
    let mut report = CheckReport {
        index: options.index.clone(),
        generation: None,
        up_to_date: false,
        differences: Vec::new(),
    };
    let pool = threads(options)?;
    let layout = Layout::new(&options.index);
    let (listings, opened) =
        pool.join(|| walk::list(options), || layout.open().and_then(Previous::read));
    let Previous { generation, sources: before } = match opened {
        Ok(previous) => previous,
        Err(error @ OpenError::Io { .. }) => return Err(error.into()),
        Err(error) => {
            report.differences.push(Difference {
                path: options.index.display().to_string(),
                code: match error {
                    OpenError::Missing { .. } => "missing",
                    OpenError::Incompatible { .. } => "format",
                    _ => "damaged",
                },
                message: error.to_string(),
            });
            return Ok(report);
        }
    };
    let make = |catalogue, limits| extractor(options, catalogue, limits);
    let listings = listings?;
    let corpus = Corpus::find(options, &pool, &listings, &before, &make)?;
    let plan = Plan::compare(&corpus, &pool, before);
    report.generation = Some(generation.manifest().generation);
    report.up_to_date = plan.is_empty();
    report.differences = differences(&corpus, &plan);
    Ok(report)
}

fn differences(corpus: &Corpus<'_>, plan: &Plan) -> Vec<Difference> {
    let looked_into = plan.to_extract.iter().filter_map(|(place, change)| {
        let path = corpus.sources.get(*place)?.path.to_string();
        let code = match change {
            Change::Added => "added",
            _ => "changed",
        };
        let reason = plan.reasons.get(&path)?;
        Some(Difference { message: format!("{path}: {reason}"), path, code })
    });
    let removed = plan.removed.iter().map(|path| Difference {
        path: path.clone(),
        code: "removed",
        message: format!("{path}: gone"),
    });
    let mut differences: Vec<Difference> = looked_into.chain(removed).collect();
    differences.sort_by(|a, b| a.path.cmp(&b.path));
    differences
}

/// As [`build`], with what makes extractors given.
pub(crate) fn build_with(
    options: &BuildOptions,
    progress: &dyn Progress,
    make: MakeExtract<'_>,
) -> Result<BuildReport, BuildError> {
    let started = Instant::now();
    let layout = Layout::new(&options.index);
    let _lock = lock(&layout, &options.disk)?;
    let pool = threads(options)?;
    progress.phase(Phase::Scanning);
    let scanned_at = now();
    let (listings, previous) = pool.join(|| walk::list(options), || previous(&layout, options));
    let (listings, (previous, anew)) = (listings?, previous?);
    let (generation, before) = match previous {
        Some(Previous { generation, sources }) => (Some(generation), sources),
        None => (None, SourceTable::default()),
    };
    let layout = &layout;
    let job = Job {
        options,
        progress,
        make,
        layout,
        pool: &pool,
        listings: &listings,
        scanned_at,
        started,
    };
    let error = match job.run(generation.as_ref(), before, anew) {
        Err(error @ (BuildError::Engine { .. } | BuildError::Write { .. })) => error,
        ended => return ended,
    };
    // What the old generation holds is checked when it is read, which may be only now.
    let damaged =
        generation.and_then(|old| old.manifest().check_files(old.path()).into_iter().next());
    match damaged {
        Some(OpenError::Damaged { path, reason }) => {
            job.run(None, SourceTable::default(), Some(was_damaged(&path, &reason)))
        }
        _ => Err(error),
    }
}

/// The threads that share the work of a build or check.
fn threads(options: &BuildOptions) -> Result<ThreadPool, BuildError> {
    let threads = options.thread_count();
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| BuildError::Threads { threads, reason: error.to_string() })
}

/// A build, whatever it begins with.
struct Job<'j> {
    options: &'j BuildOptions,
    progress: &'j dyn Progress,
    make: MakeExtract<'j>,
    layout: &'j Layout,
    pool: &'j ThreadPool,
    listings: &'j [Listing],
    /// When they were made, in nanoseconds since 1970.
    scanned_at: i64,
    started: Instant,
}

impl Job<'_> {
    /// Brings an index up to date with its corpus, beginning with a generation and its sources or with
    /// nothing; `anew` is why with nothing.
    fn run(
        &self,
        previous: Option<&Generation>,
        before: SourceTable,
        anew: Option<String>,
    ) -> Result<BuildReport, BuildError> {
        let (options, progress) = (self.options, self.progress);
        let corpus = Corpus::find(options, self.pool, self.listings, &before, self.make)?;
        let mut plan = Plan::compare(&corpus, self.pool, before);
        let as_before = std::mem::take(&mut plan.kept);
        if let Some(generation) = previous.filter(|_| plan.is_empty()) {
            let report = Report {
                options,
                manifest: generation.manifest(),
                records: &as_before,
                changes: BTreeMap::new(),
                seconds: HashMap::new(),
                kept: None,
                anew: None,
            }
            .write(&plan, false, self.started);
            self.forget(as_before);
            return Ok(report);
        }
        let kept = Kept::new(self.layout, options);
        kept.clear();
        let mut build = Build::start(self, previous, corpus, &kept, as_before, &plan)?;
        let mended = build.extract(&plan)?;
        progress.phase(Phase::Merging);
        build.engine.merge()?;
        if options.is_stopped() {
            return Err(BuildError::Interrupted);
        }
        progress.phase(Phase::Publishing);
        let mut changes: BTreeMap<String, (Change, &'static str)> = BTreeMap::new();
        changes.extend(mended.into_iter().map(|path| (path, (Change::Revisited, WORDS))));
        changes.extend(plan.to_extract.iter().filter_map(|(place, change)| {
            let path = build.corpus.sources.get(*place)?.path.to_string();
            let reason = plan.reasons.get(&path).copied().unwrap_or(WAS_DUPLICATE);
            Some((path, (*change, reason)))
        }));
        let seconds = std::mem::take(&mut build.timings).into_seconds();
        let (manifest, records) = build.finish(previous, self.scanned_at)?;
        kept.trim(records.iter());
        let report = Report {
            options,
            manifest: &manifest,
            records: &records,
            changes,
            seconds,
            kept: Some(&kept),
            anew,
        }
        .write(&plan, true, self.started);
        self.forget(records);
        Ok(report)
    }

    /// Gives back the memory of records, which are many, while the caller goes on.
    fn forget(&self, records: Vec<SourceRecord>) {
        self.pool.spawn(move || drop(records));
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

/// A build that has something to do.
struct Build<'b> {
    options: &'b BuildOptions,
    progress: &'b dyn Progress,
    pool: &'b ThreadPool,
    corpus: Corpus<'b>,
    engine: Engine,
    timings: Timings,
    kept: &'b Kept,
    // After the engine, so that its files are closed before the folder is removed.
    workspace: Workspace,
}

impl<'b> Build<'b> {
    fn start(
        job: &Job<'b>,
        previous: Option<&Generation>,
        corpus: Corpus<'b>,
        kept: &'b Kept,
        as_before: Vec<SourceRecord>,
        plan: &Plan,
    ) -> Result<Self, BuildError> {
        let (options, progress, pool) = (job.options, job.progress, job.pool);
        let (workspace, ledger) = pool.join(
            || Workspace::new(job.layout, &options.disk, previous),
            || Ledger::new(as_before),
        );
        let workspace = workspace?;
        let engine =
            Engine::open(workspace.folder(), options, previous, corpus.sources.len(), ledger)?;
        for key in &plan.withdrawn {
            engine.delete(key);
        }
        let timings = Timings::default();
        Ok(Self { options, progress, pool, corpus, engine, timings, kept, workspace })
    }

    /// Extracts what is to be extracted; gives the paths of sources that were as before and whose
    /// words the changes of others mended.
    fn extract(&mut self, plan: &Plan) -> Result<Vec<String>, BuildError> {
        let tasks: Vec<Task> = plan
            .to_extract
            .iter()
            .map(|(place, _)| Task { place: *place, confirmed: BTreeSet::new() })
            .collect();
        let bytes = tasks.iter().filter_map(|task| self.corpus.sources.get(task.place));
        self.progress.phase(Phase::Extracting);
        self.progress.total(tasks.len() as u64, bytes.map(|found| found.bytes).sum());
        self.run(&tasks)?;
        let again = mend::tasks(self.options, &self.engine, &self.corpus)?;
        if again.is_empty() {
            return Ok(Vec::new());
        }
        self.progress.phase(Phase::Mending);
        let paths: Vec<String> = again
            .iter()
            .filter_map(|task| Some(self.corpus.sources.get(task.place)?.path.to_string()))
            .collect();
        for path in &paths {
            let withdrawn = self.engine.ledger().withdraw(path);
            if let Some(key) = withdrawn {
                self.engine.delete(&key);
            }
        }
        self.run(&again)?;
        Ok(paths)
    }

    fn run(&mut self, tasks: &[Task]) -> Result<(), BuildError> {
        let run = Run::new(
            self.options,
            &self.corpus,
            &self.engine,
            self.progress,
            &self.timings,
            self.kept,
        );
        run.all(self.pool, tasks).map_err(|error| self.engine.cause(error))?;
        self.engine.commit()
    }

    /// Completes the generation and puts it in use.
    fn finish(
        self,
        previous: Option<&Generation>,
        scanned_at: i64,
    ) -> Result<(Manifest, Vec<SourceRecord>), BuildError> {
        let fields = self.engine.fields().clone();
        let (ledger, searcher) = self.engine.finish()?;
        let none = BTreeMap::new();
        let known = previous.map_or(&none, |previous| &previous.manifest().segments);
        let (statistics, segments) = Statistics::measure(&searcher, &fields, known)
            .map_err(engine_error(&self.options.index))?;
        drop(searcher);
        let table = SourceTable {
            scanned_at,
            extraction: EXTRACTION_VERSION,
            archives: self.corpus.archives,
            sources: ledger.into_records(),
        };
        let (written, (digest, counts)) = self.pool.join(
            || self.workspace.write_sources(&table, previous),
            || (content_digest(table.indexed()), counts(table.indexed())),
        );
        written?;
        let manifest = Manifest {
            format: FORMAT_VERSION,
            generation: self.workspace.number(),
            undex: env!("CARGO_PKG_VERSION").to_owned(),
            digest,
            counts,
            statistics,
            segments,
            files: self.workspace.file_records(previous)?,
        };
        self.workspace.publish(&manifest)?;
        Ok((manifest, table.sources))
    }
}

fn counts<'d>(documents: impl Iterator<Item = &'d IndexedDocument>) -> Vec<Count> {
    let mut counts: BTreeMap<(Language, DocumentType), (u64, u64)> = BTreeMap::new();
    for indexed in documents {
        let count = counts.entry((indexed.document.language, indexed.kind)).or_default();
        count.0 += 1;
        count.1 += u64::from(indexed.paragraphs);
    }
    counts
        .into_iter()
        .map(|((language, kind), (documents, paragraphs))| Count {
            language,
            kind,
            documents,
            paragraphs,
        })
        .collect()
}

/// What a report is made of.
struct Report<'r> {
    options: &'r BuildOptions,
    manifest: &'r Manifest,
    records: &'r [SourceRecord],
    /// Of the sources that were looked into, with the reason.
    changes: BTreeMap<String, (Change, &'static str)>,
    seconds: HashMap<String, f64>,
    /// Where something was looked into: what was kept of earlier builds.
    kept: Option<&'r Kept>,
    anew: Option<String>,
}

impl Report<'_> {
    fn write(&self, plan: &Plan, published: bool, started: Instant) -> BuildReport {
        let (added, changed) = (plan.count(Change::Added), plan.count(Change::Changed));
        let (mut duplicates, mut skipped, mut failed) = (0, 0, 0);
        for record in self.records {
            match &record.outcome {
                Outcome::Duplicate { .. } => duplicates += 1,
                Outcome::Skipped { .. } => skipped += 1,
                Outcome::Failed { .. } => failed += 1,
                _ => {}
            }
        }
        BuildReport {
            index: self.options.index.clone(),
            generation: self.manifest.generation,
            published,
            added,
            changed,
            removed: plan.removed.len() as u64,
            unchanged: (self.records.len() as u64).saturating_sub(added + changed),
            reused: self.kept.map_or(0, Kept::used),
            anew: self.anew.clone(),
            not_kept: self.kept.and_then(Kept::trouble),
            memory_needed: Some(least_memory(self.records.len(), self.options.thread_count()))
                .filter(|least| published && *least > self.options.memory_bytes),
            documents: self.manifest.documents(),
            paragraphs: self.manifest.paragraphs(),
            duplicates,
            skipped,
            failed,
            digest: self.manifest.digest.clone(),
            sources: self.sources(plan),
            seconds: started.elapsed().as_secs_f64(),
        }
    }

    fn sources(&self, plan: &Plan) -> Vec<SourceReport> {
        let removed = plan.removed.iter().map(|path| SourceReport {
            path: path.clone(),
            change: Change::Removed,
            reason: None,
            outcome: None,
            warnings: Vec::new(),
            mended: 0,
            seconds: None,
        });
        let present = self.records.iter().filter_map(|record| {
            let change = self.changes.get(&record.path);
            let is_settled = change.is_none() && matches!(record.outcome, Outcome::Indexed(_));
            (self.options.report_settled || !is_settled).then(|| SourceReport {
                path: record.path.clone(),
                change: change.map_or(Change::Unchanged, |(change, _)| *change),
                reason: change.map(|(_, reason)| *reason),
                outcome: Some(record.outcome.clone()),
                warnings: record.warnings.clone(),
                mended: record.confirmed.len(),
                seconds: self.seconds.get(&record.path).copied(),
            })
        });
        let mut sources: Vec<SourceReport> = removed.chain(present).collect();
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        sources
    }
}
