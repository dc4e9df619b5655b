//! The readers, one for each format, and the guess which one a file needs.

pub(crate) mod akn;
mod draft;
pub(crate) mod encoding;
pub(crate) mod html;
pub(crate) mod pdf;
pub(crate) mod sniff;
pub(crate) mod text;
pub(crate) mod word;

pub(crate) use draft::Draft;
