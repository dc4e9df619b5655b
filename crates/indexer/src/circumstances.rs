//! What a document depends on beside the bytes of its source.
//!
//! Some of it is known before the source is read: the version of extraction, the limits, facts beside it, and
//! the names that prose calls documents by in this corpus. What else the catalogue decides depends on what
//! the document says of itself: on the one entry for its symbol, or, where it gives none, on all of them.
//! So circumstances are written in two parts, the second of which may be missing.

use std::sync::Arc;

use undex_document::{Document, IdentifiedBy, Symbol};
use undex_ingest::CatalogueDigests;
use undex_schema::{Outcome, SourceRecord};

/// Before the hash of the entry for the symbol of a document.
const ENTRY: char = ':';

/// Before the hash of a whole catalogue.
const EVERYTHING: char = '?';

/// Circumstances from what was known before, with what else the catalogue decided.
pub(crate) fn with_catalogue(
    known_before: &Arc<str>,
    digests: &CatalogueDigests,
    document: &Document,
) -> Arc<str> {
    match decided(digests, document) {
        Some(decided) => format!("{known_before}{decided}").into(),
        None => known_before.clone(),
    }
}

/// Circumstances of a source that failed, and might not if the catalogue said otherwise of it: what it says a
/// document is decides how its paragraphs are told apart.
pub(crate) fn of_failed(known_before: &str, digests: &CatalogueDigests) -> Arc<str> {
    format!("{known_before}{}", by_everything(digests)).into()
}

/// What else a catalogue decides about a document; nothing for most.
pub(crate) fn decided(digests: &CatalogueDigests, document: &Document) -> Option<String> {
    match document.identified_by {
        IdentifiedBy::Catalogue | IdentifiedBy::None => Some(by_everything(digests)),
        _ => by_entry(digests, &document.symbol),
    }
}

fn by_everything(digests: &CatalogueDigests) -> String {
    format!("{EVERYTHING}{}", digests.of_everything())
}

fn by_entry(digests: &CatalogueDigests, symbol: &Symbol) -> Option<String> {
    digests.of_symbol(symbol).map(|digest| format!("{ENTRY}{digest}"))
}

/// The part of circumstances that was known before the source was read.
pub(crate) fn known_before(circumstances: &str) -> &str {
    circumstances.split([ENTRY, EVERYTHING]).next().unwrap_or_default()
}

/// Whether a catalogue decides what it decided when a source was read.
pub(crate) fn same_decided(digests: &CatalogueDigests, record: &SourceRecord) -> bool {
    let then = record.circumstances.strip_prefix(known_before(&record.circumstances));
    let then = then.unwrap_or_default();
    if then.starts_with(EVERYTHING) {
        return then == by_everything(digests);
    }
    let symbol = match &record.outcome {
        Outcome::Indexed(indexed) => &indexed.document.symbol,
        Outcome::Duplicate { document, .. } => &document.symbol,
        // What is no document of a form that is read is none whatever it is called.
        _ => return true,
    };
    then == by_entry(digests, symbol).unwrap_or_default()
}
