//! The numbers that scores depend on, taken so that they depend on the content alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{DocId, Searcher, SegmentReader, Term};

use crate::{Fields, document_frequency};

/// Totals over an index, deleted documents left out.
///
/// The engine keeps totals of its own, but estimates them again whenever a merge drops deleted
/// documents, so that they depend on how the index came about. These are sums over the length that
/// each field of each paragraph is scored with, which every merge keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// Engine documents: paragraphs and records.
    pub engine_documents: u64,
    /// Totals of each scored field, by its name.
    pub fields: BTreeMap<String, FieldStatistics>,
}

/// Totals of one field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldStatistics {
    /// Engine documents with at least one token in it.
    pub documents: u64,
    /// Tokens, each document's number rounded as the engine rounds it for scoring.
    pub tokens: u64,
}

impl Statistics {
    /// Takes the totals of an open index; and those of each of its segments, by name, as if nothing were
    /// deleted, so that they stay what they are. Segments whose totals are `known` are not measured again.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn measure(
        searcher: &Searcher,
        fields: &Fields,
        known: &BTreeMap<String, Self>,
    ) -> tantivy::Result<(Self, BTreeMap<String, Self>)> {
        let (mut total, mut segments) = (Self::default(), BTreeMap::new());
        for segment in searcher.segment_readers() {
            let name = segment.segment_id().uuid_string();
            let whole = match known.get(&name) {
                Some(whole) => whole.clone(),
                None => Self::of(segment, fields, 0..segment.max_doc())?,
            };
            total.change(&whole, u64::saturating_add);
            if segment.has_deletes() {
                let deleted = (0..segment.max_doc()).filter(|one| segment.is_deleted(*one));
                let deleted: Vec<DocId> = deleted.collect();
                total.change(&Self::of(segment, fields, deleted)?, u64::saturating_sub);
            }
            segments.insert(name, whole);
        }
        Ok((total, segments))
    }

    /// The totals of some documents of a segment.
    fn of(
        segment: &SegmentReader,
        fields: &Fields,
        documents: impl IntoIterator<Item = DocId, IntoIter: Clone + ExactSizeIterator>,
    ) -> tantivy::Result<Self> {
        let documents = documents.into_iter();
        let mut statistics = Self { engine_documents: documents.len() as u64, ..Self::default() };
        for (field, name) in fields.scored() {
            let lengths = segment.get_fieldnorms_reader(field)?;
            let mut totals = FieldStatistics::default();
            for document in documents.clone() {
                let length = FieldNormReader::id_to_fieldnorm(lengths.fieldnorm_id(document));
                totals.documents += u64::from(length > 0);
                totals.tokens += u64::from(length);
            }
            statistics.fields.insert(name.to_owned(), totals);
        }
        Ok(statistics)
    }

    /// Adds other totals, or takes them off.
    fn change(&mut self, other: &Self, change: impl Fn(u64, u64) -> u64) {
        self.engine_documents = change(self.engine_documents, other.engine_documents);
        for (name, other) in &other.fields {
            let totals = self.fields.entry(name.clone()).or_default();
            totals.documents = change(totals.documents, other.documents);
            totals.tokens = change(totals.tokens, other.tokens);
        }
    }

    /// These totals in the form that the engine asks for when it scores.
    pub fn provider<'a>(&'a self, searcher: &'a Searcher, fields: &Fields) -> ExactStatistics<'a> {
        let by_field = fields
            .scored()
            .filter_map(|(field, name)| Some((field, *self.fields.get(name)?)))
            .collect();
        ExactStatistics { searcher, engine_documents: self.engine_documents, by_field }
    }
}

/// Answers the engine's questions about totals.
///
/// The engine divides everything by the number of all documents, but a field of one language is
/// empty in the documents of the others. The numbers of tokens and of documents with a term are
/// therefore given as they would be if every document had the field: average lengths and rarity
/// come out as in an index of that language alone, and scores of different languages compare.
#[derive(Clone, Debug)]
pub struct ExactStatistics<'a> {
    searcher: &'a Searcher,
    engine_documents: u64,
    by_field: Vec<(Field, FieldStatistics)>,
}

impl ExactStatistics<'_> {
    fn field(&self, field: Field) -> Option<FieldStatistics> {
        self.by_field.iter().find(|(known, _)| *known == field).map(|(_, totals)| *totals)
    }

    /// `number` of `of` documents, as a part of all.
    fn scaled(&self, number: u64, of: u64) -> u64 {
        if of == 0 {
            return number;
        }
        let scaled = u128::from(number) * u128::from(self.engine_documents) / u128::from(of);
        u64::try_from(scaled).unwrap_or(u64::MAX)
    }
}

impl Bm25StatisticsProvider for ExactStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(match self.field(field) {
            Some(totals) => self.scaled(totals.tokens, totals.documents),
            // Not a scored field: one term in each document, whatever it is asked for.
            None => self.engine_documents,
        })
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.engine_documents)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let found = document_frequency(self.searcher, term)?;
        let scaled = match self.field(term.field()) {
            Some(totals) => self.scaled(found, totals.documents),
            None => found,
        };
        // The engine stops the program when a term is in more documents than there are.
        Ok(scaled.min(self.engine_documents))
    }
}
