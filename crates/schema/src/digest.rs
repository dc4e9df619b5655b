//! Hashes of content: equal for equal content, however it came into the index.

use rayon::slice::ParallelSliceMut;
use sha2::{Digest, Sha256};
use undex_document::Paragraph;

use crate::{DocumentKey, IndexedDocument, hex};

/// Hash of a document's content: its key, and ordinal, label, role, text and notes of its
/// paragraphs in order.
pub fn document_digest(key: &DocumentKey, paragraphs: &[Paragraph]) -> String {
    let mut hasher = Parts::default();
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
    let mut sorted: Vec<(u128, &str, &str, &str)> = documents
        .map(|indexed| {
            let key = &indexed.document;
            let symbol = key.symbol.as_str();
            (start_of(symbol), symbol, key.language.code(), indexed.digest.as_str())
        })
        .collect();
    sorted.par_sort_unstable();
    let mut hasher = Parts::default();
    for (_, symbol, language, digest) in sorted {
        hasher.part(symbol);
        hasher.part(language);
        hasher.part(digest);
    }
    hasher.finish()
}

/// The first bytes of a text as a number that is in the same order as the texts. Most texts need not be looked
/// at again to sort them, each in another place of memory.
fn start_of(text: &str) -> u128 {
    let mut start = [0; size_of::<u128>()];
    start.iter_mut().zip(text.bytes()).for_each(|(start, byte)| *start = byte);
    u128::from_be_bytes(start)
}

/// Hash of anything that consists of several parts.
pub fn parts_digest<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> String {
    let mut hasher = Parts::default();
    for part in parts {
        hasher.bytes(part);
    }
    hasher.finish()
}

/// Bytes that are hashed in one go. Most parts are short, and a few bytes at a time cost more than the hash.
const GATHERED: usize = 1 << 12;

/// A hash over parts, each behind its length, so that no two lists of parts look alike.
#[derive(Default)]
struct Parts {
    hash: Sha256,
    /// What is not hashed yet.
    gathered: Vec<u8>,
}

impl Parts {
    fn number(&mut self, number: u64) {
        self.gathered.extend(number.to_le_bytes());
    }

    fn bytes(&mut self, part: &[u8]) {
        self.number(part.len() as u64);
        if self.gathered.len() + part.len() > GATHERED {
            self.hash.update(&self.gathered);
            self.gathered.clear();
        }
        if part.len() > GATHERED {
            self.hash.update(part);
        } else {
            self.gathered.extend(part);
        }
    }

    fn part(&mut self, part: &str) {
        self.bytes(part.as_bytes());
    }

    fn finish(mut self) -> String {
        self.hash.update(&self.gathered);
        hex(&self.hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_are_in_the_order_of_the_texts() {
        let long = "UNDEX/A/A-LONG-NAME/1";
        let mut texts = [long, "", "é", "UNDEX/B", "UNDEX/A/A-LONG-NAME/10", "UNDEX/A", "\0"];
        texts.sort_unstable_by_key(|text| (start_of(text), *text));
        assert!(texts.is_sorted(), "{texts:?}");
    }
}
