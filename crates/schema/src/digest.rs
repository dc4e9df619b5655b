//! Hashes of content: equal for equal content, however it came into the index.

use std::fmt;
use std::iter::Sum;
use std::ops::AddAssign;

use serde::{Deserialize, Serialize};
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

/// Hash over documents, whatever the order they are added in: the sum of their hashes modulo 2^256.
///
/// A sum is the sum of the sums of its parts, so that an update adds up what it changed and what it did not
/// read. It tells whether two indexes hold the same; it is not made to withstand somebody who writes
/// documents until some of other content have the same sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentDigest([u64; LIMBS]);

/// Numbers of 64 bits that a sum of hashes takes, the least significant first.
const LIMBS: usize = 4;

impl AddAssign for ContentDigest {
    fn add_assign(&mut self, other: Self) {
        let mut carry = false;
        for (limb, other) in self.0.iter_mut().zip(other.0) {
            let (sum, over) = limb.overflowing_add(other);
            let (sum, over_by_carry) = sum.overflowing_add(u64::from(carry));
            (*limb, carry) = (sum, over || over_by_carry);
        }
    }
}

impl Sum for ContentDigest {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        let mut total = Self::default();
        sums.for_each(|sum| total += sum);
        total
    }
}

impl ContentDigest {
    fn of(indexed: &IndexedDocument) -> Self {
        let mut hasher = Parts::default();
        hasher.part(indexed.document.symbol.as_str());
        hasher.part(indexed.document.language.code());
        hasher.part(&indexed.digest);
        let mut limbs = [0; LIMBS];
        let hash = hasher.hash();
        for (limb, bytes) in limbs.iter_mut().zip(hash.as_chunks().0) {
            *limb = u64::from_le_bytes(*bytes);
        }
        Self(limbs)
    }
}

impl<'d> FromIterator<&'d IndexedDocument> for ContentDigest {
    fn from_iter<I: IntoIterator<Item = &'d IndexedDocument>>(documents: I) -> Self {
        documents.into_iter().map(Self::of).sum()
    }
}

/// The sum as 64 hexadecimal digits in lower case.
impl fmt::Display for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().rev().try_for_each(|limb| write!(f, "{limb:016x}"))
    }
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

    fn hash(mut self) -> [u8; 32] {
        self.hash.update(&self.gathered);
        self.hash.finalize().into()
    }

    fn finish(self) -> String {
        hex(&self.hash())
    }
}

#[cfg(test)]
mod tests {
    use undex_document::{DocumentType, Format, Language};

    use super::*;

    fn indexed(symbol: &str, digest: &str) -> IndexedDocument {
        IndexedDocument {
            document: DocumentKey::new(symbol.parse().unwrap(), Language::English),
            format: Format::Akn,
            kind: DocumentType::Report,
            paragraphs: 1,
            digest: digest.to_owned(),
        }
    }

    #[test]
    fn sums_are_of_the_documents_in_whatever_order_and_parts() {
        let documents: Vec<IndexedDocument> = (0..100)
            .map(|number| indexed(&format!("UNDEX/{number}"), &number.to_string()))
            .collect();
        let all: ContentDigest = documents.iter().collect();
        assert_eq!(all, documents.iter().rev().collect());
        for place in [0, 1, 50, 100] {
            let (first, rest) = documents.split_at(place);
            let mut sum: ContentDigest = first.iter().collect();
            sum += rest.iter().collect();
            assert_eq!(sum, all, "{place}");
        }
        assert_ne!(all, documents.iter().skip(1).collect(), "one less");
        assert_ne!(all, documents.iter().chain(documents.first()).collect(), "one twice");
        let mut exchanged = documents;
        exchanged[3].digest = "4".to_owned();
        exchanged[4].digest = "3".to_owned();
        assert_ne!(all, exchanged.iter().collect(), "contents exchanged");
        assert_eq!(all.to_string().len(), 64);
    }

    #[test]
    fn sums_carry() {
        let mut sum = ContentDigest([u64::MAX, u64::MAX, 7, u64::MAX]);
        sum += ContentDigest([1, 0, 0, 0]);
        assert_eq!(sum, ContentDigest([0, 0, 8, u64::MAX]));
        assert_eq!(sum.to_string(), format!("{}{:016x}{:032x}", "f".repeat(16), 8, 0));
        sum += ContentDigest([u64::MAX, u64::MAX, u64::MAX, 1]);
        assert_eq!(sum, ContentDigest([u64::MAX, u64::MAX, 7, 1]), "modulo 2^256");
    }
}
