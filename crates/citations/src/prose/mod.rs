//! Citations in running text, step by step: text to tokens with their meaning (`lexer`, `vocabulary`),
//! tokens to mentions (`recognize`, with `place` and `modifiers`), mentions to documents (`resolve`),
//! and those to the citations of a paragraph (`annotate`).

mod annotate;
pub(crate) mod council_years;
pub(crate) mod lexer;
pub(crate) mod meaning;
mod mention;
mod modifiers;
mod nickname;
pub(crate) mod number;
mod organ;
mod place;
mod recognize;
pub(crate) mod resolve;
pub(crate) mod token;
mod vocabulary;
mod words;

pub use annotate::{Known, annotate, citations};
pub use nickname::Nicknames;
