//! What a file says of itself outside its text: properties and settings.

use super::properties::{self, NoteNumbering};
use super::xml::{PartError, Xml};

/// The core properties that count here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Core {
    pub title: String,
    pub language: String,
}

/// Reads the core properties.
pub(super) fn read(text: &str, depth: usize) -> Result<Core, PartError> {
    let mut xml = Xml::new(text, depth);
    xml.root()?;
    let mut found = Core::default();
    while let Some(tag) = xml.child()? {
        let value = xml.text()?;
        match tag.name() {
            "title" => found.title = crate::normal_form::clean(&value),
            "language" => value.trim().clone_into(&mut found.language),
            _ => {}
        }
    }
    Ok(found)
}

/// Reads from the settings how footnotes and endnotes are numbered.
pub(super) fn settings(
    text: &str,
    depth: usize,
) -> Result<(NoteNumbering, NoteNumbering), PartError> {
    let mut xml = Xml::new(text, depth);
    xml.root()?;
    let mut found = (NoteNumbering::default(), NoteNumbering::default());
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("footnotePr") => found.0 = properties::note_numbering(&mut xml)?,
            Some("endnotePr") => found.1 = properties::note_numbering(&mut xml)?,
            _ => xml.skip()?,
        }
    }
    Ok(found)
}
