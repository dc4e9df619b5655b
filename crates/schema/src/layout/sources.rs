//! What became of every source of a generation.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use undex_document::{DocumentType, Format, Warning};

use super::Count;
use crate::{ContentDigest, DocumentKey};

/// What a generation knows of its sources. Searches never read it; the next update and reports do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceTable {
    /// When the sources were looked at, in nanoseconds since 1970. A file changed at that moment
    /// may show the same time and size afterwards, so such files are compared by content.
    pub scanned_at: i64,
    /// The version of extraction that the documents are of, and all that came of the sources.
    pub extraction: u32,
    /// Hash of the inputs and of what documents in them depend on beside their sources. Where it is the same,
    /// a source that is as it was gives what it gave.
    pub basis: String,
    /// The folders looked through, by path.
    pub folders: Vec<FolderRecord>,
    /// The archives, by path.
    pub archives: Vec<ArchiveRecord>,
    /// The files and members of archives, by path.
    pub sources: Vec<SourceRecord>,
    /// Parts of the table that an update leaves closed, in the order of their sources, none of which is
    /// among `sources`.
    pub closed: Vec<SourcePart>,
}

impl SourceTable {
    /// What the index holds of the sources.
    pub fn indexed(&self) -> impl Iterator<Item = &IndexedDocument> {
        indexed(&self.sources)
    }
}

/// What the index holds of sources.
pub(crate) fn indexed<'s>(
    sources: impl IntoIterator<Item = &'s SourceRecord>,
) -> impl Iterator<Item = &'s IndexedDocument> {
    sources.into_iter().filter_map(|source| match &source.outcome {
        Outcome::Indexed(indexed) => Some(indexed),
        _ => None,
    })
}

/// What a [`SourceTable`] is without its sources: what tells an update which of them it has to read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceHead {
    /// See [`SourceTable`].
    pub scanned_at: i64,
    /// See [`SourceTable`].
    pub extraction: u32,
    /// See [`SourceTable`].
    pub basis: String,
    /// See [`SourceTable`].
    pub folders: Vec<FolderRecord>,
    /// See [`SourceTable`].
    pub archives: Vec<ArchiveRecord>,
    /// The parts that the settled sources stand in, in their order. An update may leave them closed.
    pub settled: Vec<SourcePart>,
    /// The parts that the other sources stand in, in their order. Every update opens them.
    pub unsettled: Vec<SourcePart>,
}

/// Sources that stand together in a file of a generation, as far as it can be told without reading it. Between
/// them by path there may be sources that are not settled as they are, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePart {
    /// The name of the file: a hash of what it holds.
    pub name: String,
    /// The path of the first source.
    pub first: String,
    /// The path of the last one.
    pub last: String,
    /// How many sources there are.
    pub sources: u64,
    /// The folders and archives that they are in, by path.
    pub containers: Vec<String>,
    /// When the latest of them was changed, in nanoseconds since 1970; none where all are members of archives.
    pub modified: Option<i64>,
    /// Sum over the content of the documents.
    pub digest: ContentDigest,
    /// How many documents there are of each language and type.
    pub counts: Vec<Count>,
}

impl SourcePart {
    /// Whether a path stands between its first and its last, both included.
    pub fn spans(&self, path: &str) -> bool {
        self.first.as_str() <= path && path <= self.last.as_str()
    }
}

impl SourceRecord {
    /// Whether it gave the index its document, with no word left in doubt. What comes of the others is told at
    /// every update, or depends on other sources.
    pub fn is_settled(&self) -> bool {
        matches!(self.outcome, Outcome::Indexed(_)) && self.undecided.is_empty()
    }
}

/// A folder as it was when it was last listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderRecord {
    /// Its path as given.
    pub path: String,
    /// When something in it last came or went, in nanoseconds since 1970; none where that does not tell
    /// whether it has to be listed again.
    pub modified: Option<i64>,
    /// When it itself was last changed, which no program can set; 0 where the system does not say.
    pub changed: i64,
    /// The names of the folders in it.
    pub folders: Vec<String>,
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

impl Outcome {
    /// The document that the source has, whether the index took it from there or from another.
    pub fn document(&self) -> Option<&DocumentKey> {
        match self {
            Self::Indexed(indexed) => Some(&indexed.document),
            Self::Duplicate { document, .. } => Some(document),
            Self::Skipped { .. } | Self::Failed { .. } => None,
        }
    }
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
