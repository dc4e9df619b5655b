//! Extraction in processes of their own, so that no file can end, stop or swell the program that
//! wants it read.
//!
//! [`Workers`] is the parent's side: it starts a program as often as threads ask for documents at
//! once, gives each worker one document after another, and ends those that take too long, answer too
//! much or die. [`serve`] is the worker's side: a program that calls it turns itself into a worker.
//! The two may be the same program, as with `undex`, which starts itself.
//!
//! ```no_run
//! use undex_ingest::worker::{self, WorkerProgram, Workers};
//! use undex_ingest::{Catalogue, Context, Limits};
//!
//! if std::env::args().nth(1).as_deref() == Some("worker") {
//!     worker::serve(&mut std::io::stdin().lock(), &mut std::io::stdout().lock())?;
//!     return Ok(());
//! }
//! let program = WorkerProgram::new(std::env::current_exe()?).argument("worker");
//! let workers = Workers::new(program, Catalogue::default(), Limits::default());
//! let bytes = std::fs::read("maps.txt")?;
//! let extraction = workers.extract("maps.txt", &bytes, Context::default())?;
//! println!("{}", extraction.document.symbol);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is bounded, and by whom
//!
//! | what | limit | how |
//! |---|---|---|
//! | time by the clock | `worker_seconds` | a thread of [`Workers`] ends the process group |
//! | processor time of one document | `worker_cpu_seconds` | `RLIMIT_CPU`, raised by the worker before each document |
//! | address space | `worker_memory_bytes` | `RLIMIT_AS`, set by the worker before it reads anything |
//! | answer | `worker_answer_bytes` | the worker tells; the parent reads no more in any case |
//!
//! A worker leaves no core dump, has an empty environment, and dies with its parent: it ends when its
//! input ends, on Linux also in the middle of a document (`PR_SET_PDEATHSIG`), and elsewhere when the
//! processor time is used up. It is replaced after [`DOCUMENTS_PER_WORKER`] documents.
//!
//! Where the system is not Unix, time by the clock and the answer are bounded, and nothing else.

mod bounds;
mod frame;
mod keeper;
mod message;
mod pool;
mod process;
mod serve;

pub use pool::{DOCUMENTS_PER_WORKER, WorkerProgram, Workers};
pub use process::WorkerError;
pub use serve::{ServeError, serve};
