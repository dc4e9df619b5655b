//! From the bytes of a UN document to its paragraphs, notes and identity.
//!
//! (under construction)

mod archive;
mod catalogue;
mod citations;
mod error;
mod extract;
mod formats;
mod identity;
mod layout;
mod limits;
mod normal_form;
mod structure;
mod words;

pub use archive::{Archive, Member};
pub use catalogue::{Catalogue, CatalogueError, Facts};
pub use error::ExtractError;
pub use extract::{Context, Extraction, Extractor, Repair, RepairKind};
pub use limits::Limits;
