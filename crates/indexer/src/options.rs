//! What a build is asked to do.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use undex_ingest::Limits;
use undex_ingest::worker::WorkerProgram;

use crate::Disk;

/// Memory that a build keeps below, by default. Two threads write a corpus of 200 MB into a handful of
/// segments with it.
pub const DEFAULT_MEMORY_BYTES: usize = 512 << 20;

/// Room for extracted documents beside the index, by default: seventy thousand of the length of resolutions.
pub const DEFAULT_KEPT_BYTES: u64 = 1 << 30;

/// The engine refuses to write with more threads.
const MAX_THREADS: usize = 8;

/// Where documents are extracted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExtractIn {
    /// In this process, on the threads of the build. A panic costs the one file; a fault that ends
    /// the process or never ends costs the build. Nothing is started without being asked for.
    #[default]
    ThisProcess,
    /// In worker processes of this program, one for each thread that extracts. Whatever a file does,
    /// it costs that file.
    Workers(WorkerProgram),
}

/// Options of [`build`](crate::build) and [`check`](crate::check). Read once when these are called;
/// only the stop flag is looked at afterwards.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BuildOptions {
    /// Files, folders and zip archives. Together they are the whole corpus: what an earlier build
    /// indexed and is not under them leaves the index.
    pub inputs: Vec<PathBuf>,
    /// Files that may have changed since the last build, and folders of such files: what else the index knows
    /// is taken to be as it was, and is not looked at. Files that are new or gone are noticed all the same.
    /// Facts beside a document are such a file too. `None` when any file may have changed.
    pub changed: Option<Vec<PathBuf>>,
    /// The folder of the index, made when it is missing.
    pub index: PathBuf,
    /// The catalogue to use instead of `catalogue.toml` in each folder of `inputs`.
    pub catalogue: Option<PathBuf>,
    /// Bounds on what a file may make the program do.
    pub limits: Limits,
    /// Where documents are extracted. The index is the same either way.
    pub extract_in: ExtractIn,
    /// Threads that extract, and as many that write; 0 for one per core. Above 8 it counts as 8.
    pub threads: usize,
    /// Bytes of memory that this process keeps below, without what is mapped from disk and without worker
    /// processes, which have a bound of their own, [`Limits::worker_memory_bytes`]. A build takes some 50
    /// MiB, 30 MiB for each thread and 4 KiB for each source in any case; where that is more than this,
    /// [`BuildReport::memory_needed`](crate::BuildReport::memory_needed) tells how much.
    pub memory_bytes: usize,
    /// Bytes of compressed documents kept beside the index, so that no file is extracted twice: what the
    /// corpus has now stays before what it had once. 0 keeps none.
    pub kept_bytes: u64,
    /// Build everything anew, whatever the index and the documents kept beside it hold.
    pub rebuild: bool,
    /// Whether the report names sources that are as they were and have their document in the index, too: they
    /// are most, and need not be told again.
    pub report_settled: bool,
    /// The disk that the index is written to: the real one, but for tests of what happens when it fails.
    pub disk: Disk,
    /// Set by another thread or a signal, it ends the build with
    /// [`BuildError::Interrupted`](crate::BuildError::Interrupted); the old generation stays in use.
    pub stop: Arc<AtomicBool>,
}

impl BuildOptions {
    /// Options for a corpus and an index, everything else at its default.
    pub fn new(
        inputs: impl IntoIterator<Item = impl Into<PathBuf>>,
        index: impl Into<PathBuf>,
    ) -> Self {
        Self {
            inputs: inputs.into_iter().map(Into::into).collect(),
            changed: None,
            index: index.into(),
            catalogue: None,
            limits: Limits::default(),
            extract_in: ExtractIn::default(),
            threads: 0,
            memory_bytes: DEFAULT_MEMORY_BYTES,
            kept_bytes: DEFAULT_KEPT_BYTES,
            rebuild: false,
            report_settled: true,
            disk: Disk::default(),
            stop: Arc::default(),
        }
    }

    /// The inputs, each once, in the order of their paths.
    pub(crate) fn sorted_inputs(&self) -> Vec<PathBuf> {
        let mut inputs = self.inputs.clone();
        inputs.sort();
        inputs.dedup();
        inputs
    }

    /// The number of threads meant.
    pub(crate) fn thread_count(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let asked = if self.threads == 0 { cores() } else { self.threads };
        asked.clamp(1, MAX_THREADS)
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
