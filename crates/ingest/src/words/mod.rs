//! Words that converters broke, made whole again.

mod lexicon;
mod mend;

pub(crate) use lexicon::Lexicon;
pub(crate) use mend::{Mended, divided, mend};
