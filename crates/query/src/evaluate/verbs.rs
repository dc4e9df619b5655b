//! How many matches open with each verb, and in how many documents.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::cursor::Opening;
use super::documents::InSegment;
use super::window::{Places, Window};
use crate::SearchError;
use crate::columns::TextColumn;

/// Paragraphs and documents by the verb.
#[derive(Default)]
pub(super) struct Verbs(BTreeMap<String, Counted>);

/// Matches that open with one verb.
#[derive(Default)]
struct Counted {
    paragraphs: u64,
    /// The numbers of their documents.
    documents: HashSet<usize>,
}

/// Those of one segment, by the number of the verb in its column and the document's in the segment.
pub(super) struct VerbsInSegment {
    column: TextColumn,
    verbs: HashMap<u64, Counted>,
}

impl VerbsInSegment {
    pub(super) fn open(opening: &Opening<'_>) -> Result<Self, SearchError> {
        let column = TextColumn::open(opening.segment, opening.fields.opening_verb)?;
        Ok(Self { column, verbs: HashMap::new() })
    }

    /// Counts the matches of the next window.
    pub(super) fn add(&mut self, found: &Places, window: Window, documents: &InSegment) {
        for paragraph in found.iter().map(|place| window.document(place)) {
            let Some(verb) = self.column.number(paragraph) else { continue };
            let counted = self.verbs.entry(verb).or_default();
            counted.paragraphs += 1;
            counted.documents.extend(documents.document(paragraph));
        }
    }
}

impl Verbs {
    /// Takes over the counts of a segment, given the numbers of its documents in the segment and among all.
    pub(super) fn add(
        &mut self,
        segment: VerbsInSegment,
        numbers: &[(usize, usize)],
    ) -> Result<(), SearchError> {
        let among_all: HashMap<usize, usize> = numbers.iter().copied().collect();
        let texts = segment
            .column
            .read(segment.verbs.keys().copied(), |text| Ok::<_, SearchError>(text.to_owned()))?;
        for (verb, here) in segment.verbs {
            let Some(text) = texts.get(verb) else { continue };
            let all = self.0.entry(text.clone()).or_default();
            all.paragraphs += here.paragraphs;
            all.documents.extend(here.documents.iter().filter_map(|number| among_all.get(number)));
        }
        Ok(())
    }

    /// Each verb with its paragraphs and documents.
    pub(super) fn counts(&self) -> impl Iterator<Item = (&str, u64, u64)> {
        self.0.iter().map(|(verb, counted)| {
            (verb.as_str(), counted.paragraphs, counted.documents.len() as u64)
        })
    }
}
