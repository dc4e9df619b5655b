//! What became of every source of a generation.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use undex_document::{DocumentType, Format, Warning};

use crate::DocumentKey;

/// What a generation knows of its sources. Searches never read it; the next update and reports do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceTable {
    /// When the sources were looked at, in nanoseconds since 1970. A file changed at that moment
    /// may show the same time and size afterwards, so such files are compared by content.
    pub scanned_at: i64,
    /// The version of extraction that the documents are of, and all that came of the sources.
    pub extraction: u32,
    /// The archives, by path.
    pub archives: Vec<ArchiveRecord>,
    /// The files and members of archives, by path.
    pub sources: Vec<SourceRecord>,
}

impl SourceTable {
    /// What the index holds.
    pub fn indexed(&self) -> impl Iterator<Item = &IndexedDocument> {
        self.sources.iter().filter_map(|source| match &source.outcome {
            Outcome::Indexed(indexed) => Some(indexed),
            _ => None,
        })
    }
}

/// An archive as it was when its members were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveRecord {
    /// Its path as given.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was changed, in nanoseconds since 1970.
    pub modified: i64,
}

/// A file, or a member of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRecord {
    /// Its path as given; a member stands behind `archive.zip!`.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was changed, in nanoseconds since 1970; of files only.
    pub modified: Option<i64>,
    /// The checksum in the archive's directory; of members only.
    pub crc32: Option<u32>,
    /// SHA-256 of its bytes, in lower-case hexadecimal; absent when it could not be read.
    pub sha256: Option<String>,
    /// Hash of everything else its document depends on: facts beside it, limits, the version of extraction,
    /// and the names in the catalogue; behind it, where there is any, the hash of what else the catalogue
    /// decides about it. Most sources of a corpus share it.
    pub circumstances: Arc<str>,
    /// What became of it.
    pub outcome: Outcome,
    /// What a reader of its document should know.
    pub warnings: Vec<Warning>,
    /// Pairs of pieces, parted by a space, that may be one broken word.
    pub undecided: Vec<String>,
    /// Those of them that were joined on the word of other documents.
    pub confirmed: Vec<String>,
}

/// What became of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Outcome {
    /// Its document is in the index.
    Indexed(IndexedDocument),
    /// Its document is in the index from another source.
    Duplicate {
        /// The document.
        document: DocumentKey,
        /// The source it was taken from.
        of: String,
    },
    /// It is of a kind that is not read.
    Skipped {
        /// A stable name of the reason.
        code: String,
        /// The reason, for people.
        message: String,
    },
    /// It should have given a document and did not.
    Failed {
        /// A stable name of the reason.
        code: String,
        /// The reason, for people.
        message: String,
    },
}

/// What the index holds of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexedDocument {
    /// The document.
    pub document: DocumentKey,
    /// The format it was read from; it decides between sources of the same document.
    pub format: Format,
    /// What kind of document it is.
    #[serde(rename = "type")]
    pub kind: DocumentType,
    /// Number of its paragraphs.
    pub paragraphs: u32,
    /// SHA-256 of its content.
    pub digest: String,
}
