//! Brings documents from the places where the UN publishes them into a folder, and keeps them current.
//!
//! A table of [`Sources`] says where documents are served and how these places want to be asked. A
//! [`Request`] names documents by symbol, or whole sets; [`plan`] says what it comes to, without a request
//! to anybody, and [`fetch`] does it: one request at a time, with pauses, under a name, no further than the
//! table allows. A file gets its name when it came whole and is what was asked for, and `fetched.jsonl`
//! says where it came from. [`update`] asks whether anything has changed since.
//!
//! This is the only library of undex that opens a network connection. It does not read the environment
//! unless [`Options::proxy_from_environment`] says so.
//!
//! ```no_run
//! use undex_document::Language;
//! use undex_fetch::{Options, Request, Silent, Sources};
//!
//! let sources = Sources::parse("sources.toml", &std::fs::read_to_string("sources.toml")?)?;
//! let options = Options::new("corpus");
//! let request = Request {
//!     symbols: vec!["A/75/816".parse()?],
//!     languages: vec![Language::English, Language::Spanish],
//!     ..Request::default()
//! };
//! let plan = undex_fetch::plan(&request, &sources, &options, &|_, _| false)?;
//! let report = undex_fetch::fetch(&plan, &sources, &options, &Silent)?;
//! println!("{} fetched, {} failed", report.fetched, report.failed);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod archive;
mod client;
mod error;
mod ledger;
mod plan;
mod recognise;
mod report;
mod run;
mod sources;
mod store;
mod transfer;
mod update;

pub use error::{FetchError, Trouble};
pub use ledger::LEDGER;
pub use plan::{Place, Plan, PlannedArchive, PlannedDocument, PlannedPart, Request};
pub use report::{Done, Outcome, Progress, Report, Silent};
pub use run::{Options, ask_sizes, fetch, plan, recorded_sources};
pub use sources::{Kind, Set, Source, Sources};
pub use update::update;
