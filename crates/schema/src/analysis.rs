//! From text to terms: where words begin and end, how they are folded and stemmed, and which words
//! the corpus holds.

mod changed_words;
mod exceptions;
mod fold;
mod scan;
mod stem;
#[cfg(test)]
mod tests;
mod tokens;
mod variants;
mod vocabulary;

pub use changed_words::ChangedWords;
pub use fold::fold;
pub use scan::{MAX_WORD_BYTES, WordScanner, lower};
pub use stem::stem;
pub use tokens::Form;
pub(crate) use tokens::FormTokenizer;
pub(crate) use vocabulary::{PART, RESTORED};
pub use vocabulary::{QueryStem, Vocabulary, WordList, analysed};
