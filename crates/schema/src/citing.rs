//! What a document cites, as terms and as a list: the edges of the citation graph.
//!
//! The graph is nothing beside the index: every paragraph carries what it cites, every record what its
//! document cites. So it follows each update as the paragraphs do.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};
use undex_document::{Citation, Document, Paragraph, Pinpoint, Symbol};

use crate::encode::packed;
use crate::{DecodeError, EncodeError, Fields, cited_forms};

/// Parts a symbol and a place in one term; neither contains it.
const PLACE: char = '\u{1f}';

/// A document that another one cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedDocument {
    /// Its symbol.
    pub symbol: Symbol,
    /// Paragraphs that certainly cite it.
    pub paragraphs: u32,
    /// Paragraphs that do so only probably: it is the likeliest of several it may be.
    pub unsettled: u32,
}

/// What a document cites, in the order of symbols. Its own places are left out.
pub fn cited_documents(document: &Document) -> Vec<CitedDocument> {
    let mut cited: BTreeMap<&Symbol, (u32, u32)> = BTreeMap::new();
    for paragraph in &document.paragraphs {
        let others = paragraph.citations.iter().filter(|c| !is_own(document, &c.symbol));
        let (settled, unsettled): (Vec<&Citation>, Vec<&Citation>) =
            others.partition(|citation| citation.is_settled());
        let settled: BTreeSet<&Symbol> = settled.into_iter().map(|c| &c.symbol).collect();
        let unsettled: BTreeSet<&Symbol> = unsettled.into_iter().map(|c| &c.symbol).collect();
        for symbol in unsettled.difference(&settled) {
            cited.entry(symbol).or_default().1 += 1;
        }
        for symbol in settled {
            cited.entry(symbol).or_default().0 += 1;
        }
    }
    cited
        .into_iter()
        .map(|(symbol, (paragraphs, unsettled))| CitedDocument {
            symbol: symbol.clone(),
            paragraphs,
            unsettled,
        })
        .collect()
}

fn is_own(document: &Document, symbol: &Symbol) -> bool {
    document.symbols.contains(symbol)
}

/// A place and those it lies in, outermost first: what a citation of it is a citation of.
fn with_outer(place: &Pinpoint) -> impl Iterator<Item = Pinpoint> {
    let steps = place.steps();
    (1..=steps.len()).filter_map(|end| steps.get(..end)).map(|steps| Pinpoint::new(steps.to_vec()))
}

fn at_place(symbol: &Symbol, place: &Pinpoint) -> String {
    format!("{}{PLACE}{place}", symbol.as_str())
}

impl Fields {
    /// The term of paragraphs that cite a document.
    pub fn cites_term(&self, symbol: &Symbol) -> Term {
        Term::from_field_text(self.cites, symbol.as_str())
    }

    /// The term of paragraphs that cite a place of a document or one inside it.
    pub fn cites_place_term(&self, symbol: &Symbol, place: &Pinpoint) -> Term {
        Term::from_field_text(self.cites_place, &at_place(symbol, place))
    }

    /// The term of paragraphs of a document that cite a place of the document itself: any one
    /// without `place`.
    pub fn cites_own_term(&self, symbol: &Symbol, place: Option<&Pinpoint>) -> Term {
        match place {
            Some(place) => Term::from_field_text(self.cites_own, &at_place(symbol, place)),
            None => Term::from_field_text(self.cites_own, symbol.as_str()),
        }
    }

    /// Adds what a paragraph cites. Each term once, however often it cites it.
    pub(crate) fn encode_citations(
        &self,
        document: &Document,
        paragraph: &Paragraph,
        encoded: &mut TantivyDocument,
    ) {
        let mut terms: BTreeSet<(u8, String)> = BTreeSet::new();
        let fields = [self.cites, self.cites_prefix, self.cites_place, self.cites_own];
        let [cites, prefix, place, own] = [0, 1, 2, 3];
        for citation in &paragraph.citations {
            let candidates = citation.candidates.iter().filter(|c| **c != citation.symbol);
            for symbol in std::iter::once(&citation.symbol).chain(candidates) {
                let is_own = is_own(document, symbol);
                for form in cited_forms(symbol) {
                    let places = citation.pinpoint.iter().flat_map(with_outer);
                    let places = places.map(|place| at_place(&form, &place));
                    if is_own {
                        terms.extend(places.map(|place| (own, place)));
                        terms.insert((own, form.as_str().to_owned()));
                        continue;
                    }
                    terms.extend(places.map(|at| (place, at)));
                    terms.extend(form.prefixes().map(|start| (prefix, start.to_owned())));
                    terms.insert((cites, form.as_str().to_owned()));
                }
            }
        }
        for (field, text) in &terms {
            if let Some(field) = fields.get(usize::from(*field)) {
                encoded.add_text(*field, text);
            }
        }
    }

    /// Adds what a document cites to its record.
    pub(crate) fn encode_cited(
        &self,
        document: &Document,
        encoded: &mut TantivyDocument,
    ) -> Result<(), EncodeError> {
        let cited = cited_documents(document);
        for one in &cited {
            // Once for each paragraph, so that the term's frequency is their number.
            for _ in 0..one.paragraphs {
                encoded.add_text(self.record_cites, one.symbol.as_str());
            }
        }
        encoded.add_bytes(self.stored_cites, &packed(&cited)?);
        Ok(())
    }

    /// Reads what the document of a record cites.
    ///
    /// # Errors
    /// When the index does not hold what it should.
    pub fn cited_documents(
        &self,
        searcher: &Searcher,
        record: DocAddress,
    ) -> Result<Vec<CitedDocument>, DecodeError> {
        self.read_stored(searcher, record, self.stored_cites)
    }
}
