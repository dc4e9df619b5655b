//! Workers for the threads of a program: started when they are needed, used again, replaced.

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::WorkerError;
use super::frame;
use super::keeper::{Ending, Keeper};
use super::message::{Answer, Request, Setup, VERSION};
use super::process::{Start, Trouble, Worker};
use crate::{Catalogue, Context, ExtractError, Extraction, Limits, TimeKind};

/// Documents that a worker reads before another takes its place, which bounds what parsers may leave
/// behind in it. A start costs about as much as ten documents, so that this many hide it.
pub const DOCUMENTS_PER_WORKER: usize = 1_000;

/// The program that workers run: one that calls [`serve`](super::serve) when it is started so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerProgram {
    /// The file to run, with its folder.
    pub program: PathBuf,
    /// What tells the program to be a worker.
    pub arguments: Vec<OsString>,
}

impl WorkerProgram {
    /// A program without arguments.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), arguments: Vec::new() }
    }

    /// The same with one argument more.
    #[must_use]
    pub fn argument(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }
}

/// Extraction in worker processes; shared by all threads.
///
/// A worker is started when a thread wants a document and none is idle, so that there are never more
/// than threads that want one at once. The first start also starts one thread, which watches the
/// time. Idle workers wait for the next document; all end when this is dropped.
pub struct Workers {
    program: WorkerProgram,
    catalogue: Catalogue,
    limits: Limits,
    idle: Mutex<Vec<Worker>>,
    // After the workers, which it outlives.
    keeper: Keeper,
}

impl std::fmt::Debug for Workers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = f.debug_struct("Workers");
        out.field("program", &self.program).field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Workers {
    /// Workers with a catalogue and limits. Nothing is started yet.
    pub fn new(program: WorkerProgram, catalogue: Catalogue, limits: Limits) -> Self {
        Self::with_stop(program, catalogue, limits, Arc::default())
    }

    /// As [`Workers::new`], with a flag. While it is set, documents are given up with
    /// [`ExtractError::Interrupted`], also those that are being read.
    pub fn with_stop(
        program: WorkerProgram,
        catalogue: Catalogue,
        limits: Limits,
        stop: Arc<AtomicBool>,
    ) -> Self {
        let keeper = Keeper::new(stop);
        Self { program, catalogue, limits, idle: Mutex::default(), keeper }
    }

    /// The limits they work under.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Starts a worker if none is idle, to see whether that is possible.
    ///
    /// # Errors
    /// When the program is missing or is no worker of this version.
    pub fn check(&self) -> Result<(), WorkerError> {
        match self.take() {
            Ok(worker) => {
                self.give_back(worker);
                Ok(())
            }
            Err(Start::Stopped) => Ok(()),
            Err(Start::Failed(reason)) => {
                Err(WorkerError { program: self.program.program.display().to_string(), reason })
            }
        }
    }

    /// Reads one document in a worker, and waits for it. `path` is for messages and for the document's
    /// source; it is not opened. The result is that of
    /// [`extract_in_process`](crate::Extractor::extract_in_process) for every document that leaves
    /// the worker alive.
    ///
    /// # Errors
    /// See [`ExtractError`]. A document is blamed for a crash, or for want of memory, only when it
    /// does that to a new worker: what others left behind in one is not its fault.
    pub fn extract(
        &self,
        path: &str,
        bytes: &[u8],
        context: Context<'_>,
    ) -> Result<Extraction, ExtractError> {
        let length = bytes.len() as u64;
        if length > self.limits.file_bytes {
            return Err(self.limit(path, "file_bytes", length, self.limits.file_bytes));
        }
        let mut request = Vec::new();
        frame::encode(&Request::new(path, context), &mut request)
            .map_err(|error| self.no_worker(path, error.to_string()))?;
        let no_worker = |start| match start {
            Start::Stopped => ExtractError::Interrupted { path: path.to_owned() },
            Start::Failed(reason) => self.no_worker(path, reason),
        };
        let mut worker = self.take().map_err(no_worker)?;
        loop {
            let trouble = match worker.extract(&self.keeper, &self.limits, &request, bytes) {
                Ok(Answer::Extraction(extraction)) => {
                    self.give_back(worker);
                    return Ok(*extraction);
                }
                Ok(Answer::Failure(failure)) => {
                    self.give_back(worker);
                    return Err(failure.into_error());
                }
                // What a panic left behind is not for the next document.
                Ok(Answer::Panic(how)) => {
                    return Err(ExtractError::Crashed { path: path.to_owned(), how });
                }
                Err(trouble) => trouble,
            };
            let may_be_innocent = matches!(trouble, Trouble::Crash(_) | Trouble::Memory(_));
            if !may_be_innocent || worker.documents == 1 {
                return Err(self.explain(path, trouble));
            }
            worker = self.start().map_err(no_worker)?;
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An idle worker, or a new one.
    fn take(&self) -> Result<Worker, Start> {
        if self.keeper.is_stopped() {
            return Err(Start::Stopped);
        }
        loop {
            let idle = self.idle().pop();
            match idle {
                Some(worker) if worker.is_alive() => return Ok(worker),
                // Somebody has ended it.
                Some(_) => {}
                None => return self.start(),
            }
        }
    }

    fn start(&self) -> Result<Worker, Start> {
        if self.keeper.is_stopped() {
            return Err(Start::Stopped);
        }
        let mut setup = Vec::new();
        let message = Setup {
            version: Cow::Borrowed(VERSION),
            limits: self.limits,
            catalogue: Cow::Borrowed(self.catalogue.entries()),
        };
        frame::encode(&message, &mut setup).map_err(|error| Start::Failed(error.to_string()))?;
        Worker::start(&self.keeper, &self.program, &setup, &self.limits)
    }

    fn give_back(&self, worker: Worker) {
        if worker.documents < DOCUMENTS_PER_WORKER {
            self.idle().push(worker);
        }
    }

    fn explain(&self, path: &str, trouble: Trouble) -> ExtractError {
        let limits = &self.limits;
        let timed_out =
            |seconds, kind| ExtractError::TimedOut { path: path.to_owned(), seconds, kind };
        match trouble {
            Trouble::Ended(Ending::Stopped) => ExtractError::Interrupted { path: path.to_owned() },
            Trouble::Ended(Ending::TimeUp) => timed_out(limits.worker_seconds, TimeKind::Clock),
            Trouble::ProcessorTime => timed_out(limits.worker_cpu_seconds, TimeKind::Processor),
            Trouble::Memory(wanted) => {
                let bound = limits.worker_memory_bytes;
                // What it held is not known, only that there was no room for so much more.
                self.limit(path, "worker_memory_bytes", wanted.max(bound.saturating_add(1)), bound)
            }
            Trouble::Answer(met) => {
                self.limit(path, "worker_answer_bytes", met, limits.worker_answer_bytes)
            }
            Trouble::Crash(how) => ExtractError::Crashed { path: path.to_owned(), how },
        }
    }

    fn limit(&self, path: &str, limit: &'static str, met: u64, bound: u64) -> ExtractError {
        ExtractError::Limit { path: path.to_owned(), limit, met, bound }
    }

    fn no_worker(&self, path: &str, reason: String) -> ExtractError {
        let program = self.program.program.display().to_string();
        ExtractError::Worker { path: path.to_owned(), program, reason }
    }
}
