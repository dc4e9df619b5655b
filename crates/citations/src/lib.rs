//! Citations of UN documents: found in running text, read from what people type, and written in the
//! styles of bibliographies.

mod annotate;
mod council_years;
mod lexer;
mod meaning;
mod mention;
mod modifiers;
mod nickname;
mod number;
mod organ;
mod place;
mod recognize;
mod reference;
mod resolve;
mod token;
mod vocabulary;
mod words;

pub use annotate::{Known, annotate, citations};
pub use nickname::Nicknames;
pub use reference::{MAX_REFERENCE_BYTES, Reference, ReferenceError, reference};
