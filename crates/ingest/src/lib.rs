//! From the bytes of a UN document to its paragraphs, notes and identity.
//!
//! (under construction)

mod archive;
mod catalogue;
mod error;
mod extract;
mod limits;
mod structure;

pub use archive::{Archive, Member};
pub use catalogue::{Catalogue, CatalogueError, Facts};
pub use error::ExtractError;
pub use extract::{Context, Extraction, Extractor, Repair, RepairKind};
pub use limits::Limits;
