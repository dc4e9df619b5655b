//! What the engine counts without the documents that an update deleted.
//!
//! The engine marks a document as deleted and leaves its words in the segment until that is rewritten. A
//! large segment is not rewritten for a few documents, so whoever goes by the words of a segment, and not
//! by its documents, asks here. Segments without deleted documents cost nothing more.

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, Term};

/// The number of documents with a term.
///
/// # Errors
/// When the index cannot be read.
pub fn document_frequency(searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
    let mut found = 0;
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(term.field())?;
        let Some(info) = index.get_term_info(term)? else { continue };
        found += documents_with(segment, &index, &info)?;
    }
    Ok(found)
}

/// The number of documents of a segment with a term that is in its words.
pub(crate) fn documents_with(
    segment: &SegmentReader,
    index: &InvertedIndexReader,
    term: &TermInfo,
) -> tantivy::Result<u64> {
    let Some(alive) = segment.alive_bitset() else { return Ok(u64::from(term.doc_freq)) };
    let mut postings = index.read_postings_from_terminfo(term, IndexRecordOption::Basic)?;
    Ok(u64::from(postings.count(alive)))
}

/// Where the documents with a term are.
///
/// # Errors
/// When the index cannot be read.
pub fn addresses(searcher: &Searcher, term: &Term) -> tantivy::Result<Vec<DocAddress>> {
    let mut addresses = Vec::new();
    for (number, segment) in (0..).zip(searcher.segment_readers()) {
        let index = segment.inverted_index(term.field())?;
        let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
            continue;
        };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                addresses.push(DocAddress::new(number, postings.doc()));
            }
            postings.advance();
        }
    }
    Ok(addresses)
}

/// Whether a document has a term that is in the words of a segment.
///
/// # Errors
/// When the index cannot be read.
pub fn is_in_documents(
    segment: &SegmentReader,
    index: &InvertedIndexReader,
    term: &TermInfo,
) -> tantivy::Result<bool> {
    let Some(alive) = segment.alive_bitset() else { return Ok(true) };
    let mut postings = index.read_postings_from_terminfo(term, IndexRecordOption::Basic)?;
    while postings.doc() != TERMINATED {
        if alive.is_alive(postings.doc()) {
            return Ok(true);
        }
        postings.advance();
    }
    Ok(false)
}
