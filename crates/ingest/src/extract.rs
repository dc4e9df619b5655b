//! From bytes to a document. (under construction)

use std::collections::BTreeSet;

use undex_document::Document;

use crate::{Catalogue, ExtractError, Facts, Limits};

/// Turns bytes into documents; shared by all threads.
#[derive(Clone, Debug, Default)]
pub struct Extractor {
    catalogue: Catalogue,
    limits: Limits,
}

/// What is known about a file beside its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Facts from `FILE.meta.toml`.
    pub facts: Option<&'a Facts>,
    /// Words that the rest of the corpus confirms, folded to lower case; they decide the joins that
    /// an earlier extraction left [`undecided`](Extraction::undecided).
    pub confirmed: Option<&'a BTreeSet<String>>,
}

/// A document with what was mended in it.
#[derive(Clone, Debug)]
pub struct Extraction {
    /// The document.
    pub document: Document,
    /// What was mended, in the order of the text.
    pub repairs: Vec<Repair>,
    /// Words that would be made whole if the corpus knew them; lower case, sorted, without repeats.
    pub undecided: Vec<String>,
}

/// Something the converter broke and extraction made whole.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Repair {
    /// The paragraph's ordinal.
    pub ordinal: u32,
    /// What was done.
    pub kind: RepairKind,
    /// The text as it stood.
    pub before: String,
    /// The text as it stands now.
    pub after: String,
}

/// What was mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RepairKind {
    /// A word broken by a stray space.
    BrokenWord,
    /// A number broken by a stray space.
    BrokenNumber,
}

impl Extractor {
    /// An extractor with a catalogue and limits.
    pub fn new(catalogue: Catalogue, limits: Limits) -> Self {
        Self { catalogue, limits }
    }

    /// The limits it works under.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Reads one document in the calling process and thread. `path` is for messages and for the
    /// document's source; it is not opened.
    ///
    /// # Errors
    /// See [`ExtractError`].
    pub fn extract_in_process(
        &self,
        path: &str,
        _bytes: &[u8],
        _context: Context<'_>,
    ) -> Result<Extraction, ExtractError> {
        let _ = &self.catalogue;
        Err(ExtractError::UnknownFormat { path: path.to_owned() })
    }
}
