//! Files that are made to exhaust, to trap or to mislead a reader, built byte by byte.
//!
//! Nothing here is taken from a document or from another program. Each builder says what a naive
//! reader would do with the file.

#![allow(dead_code, reason = "each test program uses a part of it")]

pub(crate) mod bombs;
pub(crate) mod campaign;
pub(crate) mod compound;
pub(crate) mod html;
pub(crate) mod mutate;
pub(crate) mod pdf_content;
pub(crate) mod pdf_file;
pub(crate) mod pdf_fonts;
pub(crate) mod pdf_objects;
pub(crate) mod pdf_streams;
pub(crate) mod seeds;
pub(crate) mod text;
pub(crate) mod word;
pub(crate) mod word_file;
pub(crate) mod zip_file;

/// A hostile file and what may become of it.
pub(crate) struct Attack {
    /// Its name, which says what it does.
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// The outcomes that are right: `extracted`, or the codes of errors.
    pub(crate) right: &'static [&'static str],
}

/// The reader may find the rest of the document or say what is wrong.
pub(crate) const READ_OR_REFUSED: &[&str] = &["extracted", "malformed", "empty", "no-text-layer"];
/// What is wrong costs nothing: the text beside it must be read.
pub(crate) const READ: &[&str] = &["extracted"];
/// The file asks for more than there may be, which is said.
pub(crate) const LIMIT: &[&str] = &["limit"];
/// The part that asks for too much may be left out, or the file be refused.
pub(crate) const READ_OR_LIMIT: &[&str] = &["extracted", "limit"];
/// There is nothing to be read in it.
pub(crate) const REFUSED: &[&str] = &["malformed", "empty", "no-text-layer"];
/// Any of what is not a crash and not the end of patience.
pub(crate) const ANY: &[&str] =
    &["extracted", "malformed", "empty", "limit", "no-text-layer", "encrypted", "unknown-format"];
/// It wants a password or a way to decrypt that is not known.
pub(crate) const ENCRYPTED: &[&str] = &["encrypted", "malformed"];

/// A file with what may become of it.
pub(crate) fn attack(
    name: &'static str,
    bytes: impl Into<Vec<u8>>,
    right: &'static [&'static str],
) -> Attack {
    Attack { name, bytes: bytes.into(), right }
}

/// All of them.
pub(crate) fn all() -> Vec<Attack> {
    let mut attacks = pdf_objects::attacks();
    attacks.extend(pdf_streams::attacks());
    attacks.extend(pdf_content::attacks());
    attacks.extend(pdf_fonts::attacks());
    attacks.extend(word::attacks());
    attacks.extend(compound::attacks());
    attacks.extend(html::attacks());
    attacks.extend(text::attacks());
    attacks
}
