//! What a generation says of itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use undex_document::{DocumentType, Language};

use super::{FileRecord, IndexedDocument};
use crate::Statistics;

/// The format of everything in a generation: layout, fields, analysis, what is stored. It is raised
/// whenever an index written before would be read wrongly, which includes changes to stemming and
/// folding.
pub const FORMAT_VERSION: u32 = 8;

/// The file `manifest.json` of a generation: written last, it makes the generation complete. Its own
/// hash stands beside it, in [`MANIFEST_SUMS`](super::MANIFEST_SUMS).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format version; a program reads on only when it is its own.
    pub format: u32,
    /// The number of the generation.
    pub generation: u64,
    /// The version of undex that wrote it.
    pub undex: String,
    /// [`ContentDigest`](crate::ContentDigest) of all documents: equal for equal content, however it was
    /// indexed.
    pub digest: String,
    /// How much there is of each language and type, in their order.
    pub counts: Vec<Count>,
    /// The numbers that scores depend on.
    pub statistics: Statistics,
    /// The same of each of the engine's segments, by its name, with what is deleted in it: an update
    /// measures the new ones.
    pub segments: BTreeMap<String, Statistics>,
    /// Every other file of the generation, by name.
    pub files: Vec<FileRecord>,
}

/// Documents of one language and type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The language.
    pub language: Language,
    /// The type.
    #[serde(rename = "type")]
    pub kind: DocumentType,
    /// Number of documents.
    pub documents: u64,
    /// Number of their paragraphs.
    pub paragraphs: u64,
}

impl Count {
    /// How much there is of each language and type, in their order.
    pub fn all<'d>(documents: impl IntoIterator<Item = &'d IndexedDocument>) -> Vec<Self> {
        Self::total(documents.into_iter().map(|indexed| Self {
            language: indexed.document.language,
            kind: indexed.kind,
            documents: 1,
            paragraphs: u64::from(indexed.paragraphs),
        }))
    }

    /// Counts, those of one language and type as one, in their order.
    pub(crate) fn total(counts: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut total: BTreeMap<(Language, DocumentType), Self> = BTreeMap::new();
        for count in counts {
            let known = total.entry((count.language, count.kind));
            known
                .and_modify(|known| {
                    known.documents += count.documents;
                    known.paragraphs += count.paragraphs;
                })
                .or_insert(count);
        }
        total.into_values().collect()
    }
}

impl Manifest {
    /// Number of documents.
    pub fn documents(&self) -> u64 {
        self.counts.iter().map(|count| count.documents).sum()
    }

    /// Number of paragraphs.
    pub fn paragraphs(&self) -> u64 {
        self.counts.iter().map(|count| count.paragraphs).sum()
    }
}
