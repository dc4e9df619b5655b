//! Citations of UN documents: found in running text, read from what people type, and written in the
//! styles of bibliographies.

mod style;

pub use style::{Style, UnknownStyle, Work, name, write};
