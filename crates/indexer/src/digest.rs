//! Hashes of content: equal for equal content, however it came into the index.

use undex_document::Document;
use undex_schema::DocumentKey;

pub(crate) use undex_schema::{content_digest, parts_digest};

/// Hash of a document's content.
pub(crate) fn document_digest(document: &Document) -> String {
    undex_schema::document_digest(&DocumentKey::of(document), &document.paragraphs)
}
