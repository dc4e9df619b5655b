//! The paragraphs around a hit.

use serde::Serialize;
use undex_document::Paragraph;
use undex_schema::tantivy::DocAddress;

use crate::{Hit, SearchError, Searcher};

/// The paragraphs of a document that stand before and behind one of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Surroundings {
    /// Those before, in the order of the document.
    pub before: Vec<Paragraph>,
    /// Those behind.
    pub after: Vec<Paragraph>,
}

impl Searcher {
    /// Up to `count` paragraphs on each side of a hit, headings and all. Only these are read.
    ///
    /// # Errors
    /// [`SearchError::Damaged`].
    pub fn around(&self, hit: &Hit, count: usize) -> Result<Surroundings, SearchError> {
        let mut surroundings = Surroundings::default();
        if count == 0 {
            return Ok(surroundings);
        }
        let fields = self.generation.fields();
        let searcher = self.generation.searcher();
        let name = fields.schema().get_field_name(fields.ordinal);
        let own = u64::from(hit.paragraph.ordinal);
        let reach = count as u64;
        let wanted = own.saturating_sub(reach)..=own.saturating_add(reach);
        let mut near: Vec<(u64, DocAddress)> = Vec::new();
        let addresses = self.addresses(&fields.document_term(&hit.document.key()))?;
        for of_segment in addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let Some(first) = of_segment.first() else { continue };
            let segment = searcher.segment_reader(first.segment_ord);
            let ordinals = segment.fast_fields().u64(name)?;
            for address in of_segment {
                // The record of the document has none.
                let ordinal = ordinals.first(address.doc_id);
                let ordinal = ordinal.filter(|at| *at != own && wanted.contains(at));
                near.extend(ordinal.map(|at| (at, *address)));
            }
        }
        near.sort_unstable();
        for (ordinal, address) in near {
            let paragraph = fields.paragraph(searcher, address)?.1;
            let side =
                if ordinal < own { &mut surroundings.before } else { &mut surroundings.after };
            side.push(paragraph);
        }
        Ok(surroundings)
    }
}
