//! From the bytes of a UN document to its paragraphs, notes and identity.
//!
//! An [`Extractor`] tells the format by the content (PDF, Word, Akoma Ntoso XML, HTML, Markdown, plain
//! text), reads it, recovers the structure and finds out which document it is. It opens no file,
//! prints nothing and trusts nothing: what a file may make it do is bounded by [`Limits`].
//! [`worker::Workers`] extract in processes of their own, so that no fault of a parser reaches the
//! calling one; [`Archive`] reads zip archives in place; [`export`] writes documents in other formats.
//!
//! ```
//! use undex_ingest::{Catalogue, Context, Extractor, Limits};
//!
//! let text = "\
//! United Nations
//! UNDEX/EXAMPLE/1
//! 3 May 2021
//!
//! Report of the group on maps
//!
//! I. Introduction
//!
//! 1. The group looked at the maps of the region and found that most of them were still in use.
//! 2. It decided:
//! (a) To keep the old ones;
//! (b) To draw new ones where they were missing.
//! ";
//! let extractor = Extractor::new(Catalogue::default(), Limits::default());
//! let extraction =
//!     extractor.extract_in_process("maps.txt", text.as_bytes(), Context::default())?;
//!
//! let document = extraction.document;
//! assert_eq!(document.symbol.to_string(), "UNDEX/EXAMPLE/1");
//! let places: Vec<String> = document
//!     .paragraphs
//!     .iter()
//!     .filter(|paragraph| paragraph.label.is_some())
//!     .map(|paragraph| paragraph.pinpoint.to_string())
//!     .collect();
//! assert_eq!(places, ["sect. I", "para. 1", "para. 2", "para. 2 (a)", "para. 2 (b)"]);
//! # Ok::<(), undex_ingest::ExtractError>(())
//! ```

mod archive;
mod catalogue;
mod error;
pub mod export;
mod extract;
mod formats;
mod identity;
mod layout;
mod limits;
mod normal_form;
mod pattern;
mod structure;
mod words;
pub mod worker;

pub use archive::{Archive, Member};
pub use catalogue::{Catalogue, CatalogueDigests, CatalogueError, Facts, Stated};
pub use error::{ExtractError, TimeKind};
pub use extract::{Context, EXTRACTION_VERSION, Extraction, Extractor, Repair, RepairKind};
pub use formats::encoding::plain_text;
pub use formats::sniff::{format as format_of, is_archive};
pub use limits::Limits;
