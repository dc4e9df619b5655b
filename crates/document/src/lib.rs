//! The vocabulary that the rest of undex speaks: document [`Symbol`]s, [`Language`]s,
//! [`Document`]s with their [`Paragraph`]s, the [`Pinpoint`] that cites one of them, and
//! [`Citation`]s from one document to another.
//!
//! There is no reading of files, no parser of formats and no search engine here, so that every
//! other crate can depend on this one and nothing else of undex.
//!
//! ```
//! use undex_document::{Language, Pinpoint, Symbol};
//!
//! let symbol: Symbol = "a/res/78/237".parse()?;
//! assert_eq!(symbol.as_str(), "A/RES/78/237");
//!
//! let place: Pinpoint = "annex I, para. 26 (a)".parse()?;
//! assert_eq!(place.in_language(Language::Spanish).to_string(), "anexo I, párr. 26 a)");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod citation;
mod document;
mod language;
mod paragraph;
mod pinpoint;
mod sentence;
mod symbol;
mod verb;

pub use citation::{Citation, CitedIn};
pub use document::{
    Document, DocumentType, Format, IdentifiedBy, SCHEMA, Source, UnknownDocumentType, Warning,
};
pub use jiff::civil::Date;
pub use language::{Language, UnknownLanguage};
pub use paragraph::{Note, Paragraph, Role, UnknownRole};
pub use pinpoint::{ListName, Pinpoint, PinpointError, PinpointIn, Step};
pub use sentence::sentences;
pub use symbol::{
    Modifier, ModifierKind, PrintedSymbol, Symbol, SymbolError, SymbolParts, SymbolScan,
};
pub use verb::opening_verb;
