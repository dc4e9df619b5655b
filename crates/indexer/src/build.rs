//! From a corpus to the next generation.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use rayon::ThreadPool;
use undex_ingest::worker::Workers;
use undex_ingest::{Catalogue, EXTRACTION_VERSION, Extractor, Limits};
use undex_schema::{
    DocumentKey, FORMAT_VERSION, FolderRecord, Generation, Layout, Manifest, OpenError, Outcome,
    SourceFiles, SourceRecord, SourceTable, Statistics,
};

use crate::closed::ClosedParts;
use crate::corpus::Corpus;
use crate::engine::{Engine, least_memory};
use crate::error::engine_error;
use crate::extract::Extract;
use crate::kept::Kept;
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::previous::{Previous, previous, was_damaged};
use crate::publish::{Workspace, lock};
use crate::readings::{MakeExtract, Readings};
use crate::report::{Change, Difference, SourceReport};
use crate::run::{Run, Task};
use crate::timing::Timings;
use crate::walk::{self, Listing};
use crate::{
    BuildError, BuildOptions, BuildReport, CheckReport, ExtractIn, Phase, Progress, mend, opening,
};

/// Why a source that is as it was is read again: it waited for the document of another one.
const WAS_DUPLICATE: &str = "the source that gave its document changed";

/// Why a source that is as it was is read again: the corpus now knows its broken words, or does not
/// any more.
const WORDS: &str = "other documents decide its broken words otherwise";

/// How often a corpus is looked at again that changes while it is read. What it is then is taken; the next build
/// sees what changed since.
const ATTEMPTS: u32 = 2;

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
    let readings =
        Readings::of(options, &|catalogue, limits| extractor(options, catalogue, limits))?;
    let previous = Layout::new(&options.index).open().and_then(Previous::read);
    let differences = match previous {
        Ok(previous) => {
            report.generation = Some(previous.generation.manifest().generation);
            since(&previous, options, &pool, &readings, false)
        }
        Err(error) => Err(error.into()),
    };
    match differences {
        Ok(differences) => {
            report.up_to_date = differences.is_none();
            report.differences = differences.unwrap_or_default();
        }
        Err(BuildError::Open(error)) if !matches!(error, OpenError::Io { .. }) => {
            report.generation = None;
            report.differences.push(Difference {
                path: options.index.display().to_string(),
                code: match error {
                    OpenError::Missing { .. } => "missing",
                    OpenError::Incompatible { .. } => "format",
                    _ => "damaged",
                },
                message: error.to_string(),
            });
        }
        Err(error) => return Err(error),
    }
    Ok(report)
}

/// What a corpus has otherwise than an index; none when there is nothing to do.
fn since(
    previous: &Previous,
    options: &BuildOptions,
    pool: &ThreadPool,
    readings: &Readings,
    opened: bool,
) -> Result<Option<Vec<Difference>>, BuildError> {
    let (listings, before) = pool.install(|| opening::look(options, readings, previous, opened))?;
    let corpus = Corpus::find(options, pool, readings, &listings, &before)?;
    if !opening::are_apart(&corpus, &before.closed) {
        return since(previous, options, pool, readings, true);
    }
    let plan = Plan::compare(&corpus, pool, before);
    Ok((!plan.is_empty()).then(|| differences(&corpus, &plan)))
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
    let readings = Readings::of(options, make)?;
    let (previous, anew) = previous(&layout, options)?;
    let (layout, pool, readings) = (&layout, &pool, &readings);
    let job = Job { options, progress, layout, pool, readings, started };
    let error = match job.run(previous.as_ref(), anew) {
        Err(BuildError::Open(OpenError::Damaged { path, reason })) => {
            return job.run(None, Some(was_damaged(&path, &reason)));
        }
        Err(error @ (BuildError::Engine { .. } | BuildError::Write { .. })) => error,
        ended => return ended,
    };
    // What the old generation holds is checked when it is read, which may be only now.
    let old = previous.map(|previous| previous.generation);
    let damaged = old.and_then(|old| old.manifest().check_files(old.path()).into_iter().next());
    match damaged {
        Some(OpenError::Damaged { path, reason }) => {
            job.run(None, Some(was_damaged(&path, &reason)))
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
    layout: &'j Layout,
    pool: &'j ThreadPool,
    readings: &'j Readings,
    started: Instant,
}

impl Job<'_> {
    /// Brings an index up to date with its corpus, beginning with a generation or with nothing; `anew` is why
    /// with nothing.
    fn run(
        &self,
        previous: Option<&Previous>,
        anew: Option<String>,
    ) -> Result<BuildReport, BuildError> {
        self.run_from(previous, anew, false, ATTEMPTS)
    }

    /// As [`Job::run`]; every part of the table of sources is opened where `opened` says so. `attempts` are left
    /// at a corpus that changes while it is read.
    fn run_from(
        &self,
        previous: Option<&Previous>,
        anew: Option<String>,
        opened: bool,
        attempts: u32,
    ) -> Result<BuildReport, BuildError> {
        let (options, progress) = (self.options, self.progress);
        let scanned_at = now();
        let (listings, before) = self.pool.install(|| match previous {
            Some(previous) => opening::look(options, self.readings, previous, opened),
            None => Ok((walk::list(options, None)?, SourceTable::default())),
        })?;
        let corpus = Corpus::find(options, self.pool, self.readings, &listings, &before)?;
        if !opening::are_apart(&corpus, &before.closed) {
            return self.run_from(previous, anew, true, attempts);
        }
        let generation = previous.map(|previous| &previous.generation);
        let mut plan = Plan::compare(&corpus, self.pool, before);
        let as_before = std::mem::take(&mut plan.kept);
        let parts = std::mem::take(&mut plan.closed);
        let closed = generation.filter(|_| !parts.is_empty());
        let closed = closed.map(|generation| ClosedParts { generation: generation.clone(), parts });
        if let Some(generation) = generation.filter(|_| plan.is_empty()) {
            let report = Report {
                options,
                manifest: generation.manifest(),
                records: &as_before,
                closed: closed.as_ref(),
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
        let sources = corpus.sources.len() + closed.as_ref().map_or(0, ClosedParts::sources);
        let ledger = || Ledger::new(as_before, closed);
        let mut build = Build::start(self, generation, corpus, sources, &kept, ledger, &plan)?;
        let (mended, is_steady) = build.extract(&plan, generation)?;
        if let Some(left) = attempts.checked_sub(1).filter(|_| !is_steady) {
            drop(build);
            progress.phase(Phase::Scanning);
            return self.run_from(previous, anew, true, left);
        }
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
        let looked = Looked::through(&listings, scanned_at, self.readings.basis());
        let (manifest, records, closed) = build.finish(generation, looked)?;
        kept.trim(&records, closed.as_ref());
        let report = Report {
            options,
            manifest: &manifest,
            records: &records,
            closed: closed.as_ref(),
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

/// What a later build has to know of how this one found the sources.
struct Looked<'r> {
    /// When, in nanoseconds since 1970.
    at: i64,
    basis: &'r str,
    folders: Vec<FolderRecord>,
}

impl<'r> Looked<'r> {
    fn through(listings: &[Listing], at: i64, basis: &'r str) -> Self {
        let folders = listings.iter().flat_map(|listing| &listing.folders);
        let mut folders: Vec<FolderRecord> = folders.cloned().collect();
        folders.sort_by(|a, b| a.path.cmp(&b.path));
        folders.dedup_by(|a, b| a.path == b.path);
        Self { at, basis, folders }
    }
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
        sources: usize,
        kept: &'b Kept,
        ledger: impl FnOnce() -> Ledger + Send,
        plan: &Plan,
    ) -> Result<Self, BuildError> {
        let (options, progress, pool) = (job.options, job.progress, job.pool);
        let (workspace, ledger) =
            pool.join(|| Workspace::new(job.layout, &options.disk, previous), ledger);
        let workspace = workspace?;
        let engine = Engine::open(workspace.folder(), options, previous, sources, ledger)?;
        for key in &plan.withdrawn.documents {
            engine.delete(key);
        }
        let timings = Timings::default();
        Ok(Self { options, progress, pool, corpus, engine, timings, kept, workspace })
    }

    /// Extracts what is to be extracted; gives the paths of sources that were as before and whose
    /// words the changes of others mended, and whether these were all what they were just now: others were judged
    /// by the words that they had.
    fn extract(
        &mut self,
        plan: &Plan,
        previous: Option<&Generation>,
    ) -> Result<(Vec<String>, bool), BuildError> {
        let tasks: Vec<Task> = plan
            .to_extract
            .iter()
            .map(|(place, _)| Task { place: *place, confirmed: BTreeSet::new() })
            .collect();
        let bytes = tasks.iter().filter_map(|task| self.corpus.sources.get(task.place));
        self.progress.phase(Phase::Extracting);
        self.progress.total(tasks.len() as u64, bytes.map(|found| found.bytes).sum());
        self.run(&tasks)?;
        let before = previous.map(|generation| (generation, plan));
        let again = mend::tasks(self.options, self.pool, &self.engine, &self.corpus, before)?;
        if again.is_empty() {
            return Ok((Vec::new(), true));
        }
        self.progress.phase(Phase::Mending);
        let again_at = again.iter().filter_map(|task| self.corpus.sources.get(task.place));
        let paths: Vec<String> = again_at.map(|found| found.path.to_string()).collect();
        let given = |ledger: &Ledger| -> Vec<Option<(Option<String>, DocumentKey)>> {
            let given = paths.iter().map(|path| {
                let record = ledger.get(path)?;
                Some((record.sha256.clone(), record.outcome.document()?.clone()))
            });
            given.collect()
        };
        let given_before = given(&self.engine.ledger());
        for path in &paths {
            let withdrawn = self.engine.ledger().withdraw(path);
            if let Some(key) = withdrawn {
                self.engine.delete(&key);
            }
        }
        self.run(&again)?;
        let is_steady = given_before == given(&self.engine.ledger());
        Ok((paths, is_steady))
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
        looked: Looked<'_>,
    ) -> Result<(Manifest, Vec<SourceRecord>, Option<ClosedParts>), BuildError> {
        let fields = self.engine.fields().clone();
        let (ledger, searcher) = self.engine.finish()?;
        let none = BTreeMap::new();
        let known = previous.map_or(&none, |previous| &previous.manifest().segments);
        let (statistics, segments) = Statistics::measure(&searcher, &fields, known)
            .map_err(engine_error(&self.options.index))?;
        drop(searcher);
        let (sources, closed) = ledger.into_records()?;
        let table = SourceTable {
            scanned_at: looked.at,
            extraction: EXTRACTION_VERSION,
            basis: looked.basis.to_owned(),
            folders: looked.folders,
            archives: self.corpus.archives,
            sources,
            closed: closed.as_ref().map(|closed| closed.parts.clone()).unwrap_or_default(),
        };
        let SourceFiles { digest, counts, .. } =
            self.pool.install(|| self.workspace.write_sources(&table, previous))?;
        let manifest = Manifest {
            format: FORMAT_VERSION,
            generation: self.workspace.number(),
            undex: env!("CARGO_PKG_VERSION").to_owned(),
            digest: digest.to_string(),
            counts,
            statistics,
            segments,
            files: self.workspace.file_records(previous)?,
        };
        self.workspace.publish(&manifest)?;
        Ok((manifest, table.sources, closed))
    }
}

/// What a report is made of.
struct Report<'r> {
    options: &'r BuildOptions,
    manifest: &'r Manifest,
    records: &'r [SourceRecord],
    /// The parts with the others, all of which are settled and as they were.
    closed: Option<&'r ClosedParts>,
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
        let sources = self.records.len() + self.closed.map_or(0, ClosedParts::sources);
        BuildReport {
            index: self.options.index.clone(),
            generation: self.manifest.generation,
            published,
            added,
            changed,
            removed: plan.removed.len() as u64,
            unchanged: (sources as u64).saturating_sub(added + changed),
            reused: self.kept.map_or(0, Kept::used),
            anew: self.anew.clone(),
            not_kept: self.kept.and_then(Kept::trouble),
            memory_needed: Some(least_memory(sources, self.options.thread_count()))
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
