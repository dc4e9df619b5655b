//! Matches gathered by the document they are of.

use std::collections::HashMap;

use undex_schema::tantivy::SegmentReader;
use undex_schema::tantivy::columnar::Column;
use undex_schema::{Fields, tantivy::schema::Field};

use super::ranking::Candidate;
use crate::SearchError;
use crate::columns::TextColumn;

/// The documents with a match, whatever segments their paragraphs are in: several threads write at once,
/// so that one document may lie in several segments.
#[derive(Default)]
pub(super) struct Documents {
    numbers: HashMap<String, u32>,
    met: Vec<Matches>,
}

/// The matches in one document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matches {
    /// How many there are.
    pub(super) paragraphs: u32,
    /// The one with the highest score; of equal ones the first in the document.
    pub(super) best: Candidate,
    /// Its place in the document.
    ordinal: u64,
}

/// The documents of one segment, by their number among its keys.
pub(super) struct InSegment {
    keys: TextColumn,
    ordinals: Column<u64>,
    met: Vec<Option<Matches>>,
}

impl Matches {
    /// Adds matches in the same document.
    fn add(&mut self, other: Matches) {
        self.paragraphs = self.paragraphs.saturating_add(other.paragraphs);
        let order = other.best.score.total_cmp(&self.best.score);
        if order.then_with(|| self.ordinal.cmp(&other.ordinal)).is_gt() {
            (self.best, self.ordinal) = (other.best, other.ordinal);
        }
    }
}

impl InSegment {
    pub(super) fn open(segment: &SegmentReader, fields: &Fields) -> Result<Self, SearchError> {
        let name = |field: Field| fields.schema().get_field_name(field);
        let keys = TextColumn::open(segment, fields.document)?;
        Ok(Self {
            ordinals: segment.fast_fields().u64(name(fields.ordinal))?,
            met: vec![None; keys.len()],
            keys,
        })
    }

    /// The number of a paragraph's document among those of the segment.
    pub(super) fn document(&self, paragraph: u32) -> Option<usize> {
        usize::try_from(self.keys.number(paragraph)?).ok()
    }

    pub(super) fn add(&mut self, candidate: Candidate) {
        let Some(number) = self.document(candidate.document) else { return };
        let Some(known) = self.met.get_mut(number) else { return };
        let ordinal = self.ordinals.first(candidate.document).unwrap_or_default();
        let matches = Matches { paragraphs: 1, best: candidate, ordinal };
        match known {
            Some(known) => known.add(matches),
            None => *known = Some(matches),
        }
    }
}

impl Documents {
    /// Takes over what a segment has. Answers the numbers of its documents: among those of the segment, and
    /// among all.
    pub(super) fn add(&mut self, segment: InSegment) -> Result<Vec<(usize, usize)>, SearchError> {
        let met = || (0u64..).zip(&segment.met).filter(|(_, matches)| matches.is_some());
        let keys = segment
            .keys
            .read(met().map(|(number, _)| number), |key| Ok::<_, SearchError>(key.to_owned()))?;
        let mut numbers = Vec::new();
        for (number, matches) in met() {
            let (Some(key), Some(matches)) = (keys.get(number), matches) else { continue };
            let next = u32::try_from(self.met.len()).unwrap_or(u32::MAX);
            let among_all = *self.numbers.entry(key.clone()).or_insert(next);
            match self.met.get_mut(among_all as usize) {
                Some(known) => known.add(*matches),
                None => self.met.push(*matches),
            }
            numbers.push((number as usize, among_all as usize));
        }
        Ok(numbers)
    }

    /// All of them, in the order of their numbers.
    pub(super) fn all(&self) -> &[Matches] {
        &self.met
    }
}
