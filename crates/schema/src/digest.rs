//! Hashes of content: equal for equal content, however it came into the index.

use rayon::slice::ParallelSliceMut;
use sha2::{Digest, Sha256};
use undex_document::Paragraph;

use crate::{DocumentKey, IndexedDocument, hex};

/// Hash of a document's content: its key, and ordinal, label, role, text and notes of its
/// paragraphs in order.
pub fn document_digest(key: &DocumentKey, paragraphs: &[Paragraph]) -> String {
    let mut hasher = Parts(Sha256::new());
    hasher.part(key.symbol.as_str());
    hasher.part(key.language.code());
    for paragraph in paragraphs {
        hasher.number(paragraph.ordinal.into());
        hasher.part(paragraph.label.as_deref().unwrap_or_default());
        hasher.part(paragraph.role.name());
        hasher.part(&paragraph.text);
        hasher.number(paragraph.notes.len() as u64);
        for note in &paragraph.notes {
            hasher.part(&note.mark);
            hasher.part(&note.text);
        }
    }
    hasher.finish()
}

/// Hash over documents, in whatever order they are given.
pub fn content_digest<'d>(documents: impl Iterator<Item = &'d IndexedDocument>) -> String {
    let mut sorted: Vec<(&str, &str, &str)> = documents
        .map(|indexed| {
            let key = &indexed.document;
            (key.symbol.as_str(), key.language.code(), indexed.digest.as_str())
        })
        .collect();
    sorted.par_sort_unstable();
    let mut hasher = Parts(Sha256::new());
    for (symbol, language, digest) in sorted {
        hasher.part(symbol);
        hasher.part(language);
        hasher.part(digest);
    }
    hasher.finish()
}

/// Hash of anything that consists of several parts.
pub fn parts_digest<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> String {
    let mut hasher = Parts(Sha256::new());
    for part in parts {
        hasher.bytes(part);
    }
    hasher.finish()
}

/// A hash over parts, each behind its length, so that no two lists of parts look alike.
struct Parts(Sha256);

impl Parts {
    fn number(&mut self, number: u64) {
        self.0.update(number.to_le_bytes());
    }

    fn bytes(&mut self, part: &[u8]) {
        self.number(part.len() as u64);
        self.0.update(part);
    }

    fn part(&mut self, part: &str) {
        self.bytes(part.as_bytes());
    }

    fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}
