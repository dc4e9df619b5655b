//! From a folder of documents to a searchable generation of the index.
//!
//! [`build`] finds the sources, extracts what changed on every core, writes one new generation and
//! puts it in use in one step; [`check`] says whether that would change anything. Neither prints,
//! exits or reads the environment.
//!
//! ```
//! use undex_indexer::{BuildOptions, Silent, build, check};
//!
//! let folder = std::env::temp_dir().join(format!("undex-example-{}", std::process::id()));
//! std::fs::create_dir_all(folder.join("corpus"))?;
//!
//! let options = BuildOptions::new([folder.join("corpus")], folder.join("index"));
//! let report = build(&options, &Silent)?;
//! assert!(report.published);
//! assert!(check(&options)?.up_to_date);
//!
//! // Nothing changed, so nothing is written.
//! assert!(!build(&options, &Silent)?.published);
//! # std::fs::remove_dir_all(folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod budget;
mod build;
mod circumstances;
mod closed;
mod corpus;
mod disk;
mod engine;
mod error;
mod extract;
mod kept;
mod ledger;
mod lock;
mod mend;
mod opening;
mod options;
mod plan;
mod previous;
mod progress;
mod publish;
mod readings;
mod report;
mod run;
#[cfg(test)]
mod tests;
mod timing;
mod walk;

pub use build::{build, check};
pub use disk::{Disk, Faults, Operation, Verdict};
pub use error::BuildError;
pub use lock::Holder;
pub use options::{BuildOptions, DEFAULT_KEPT_BYTES, DEFAULT_MEMORY_BYTES, ExtractIn};
pub use progress::{Phase, Progress, Silent};
pub use report::{BuildReport, Change, CheckReport, Difference, SourceReport};
