//! Which source gives which document, kept while documents are written.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt};
use undex_document::Format;
use undex_schema::{DocumentKey, IndexedDocument, Outcome, SourceRecord};

/// The records of all sources, and who gives each document.
///
/// Several sources may give the same document. The one of the best format gives it, and among
/// equals the first by path, so that the choice does not depend on the order of reading.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// Of the sources that are as they were, in the order of their paths.
    as_before: Vec<SourceRecord>,
    /// Places of those of them that were taken out.
    withdrawn: BTreeSet<usize>,
    /// Of the other sources, by path.
    entered: BTreeMap<String, SourceRecord>,
    givers: HashMap<DocumentKey, Giver>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Giver {
    rank: u8,
    path: String,
}

/// What is to be done about a document that a source gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// It is the first: write it.
    First,
    /// It is better than the one written: delete that and write this.
    Better,
    /// Another is better: leave it.
    Duplicate,
}

/// How much of a document a format keeps, best first: markup by meaning, then by looks, then
/// layout, then text alone.
fn rank(format: Format) -> u8 {
    match format {
        Format::Akn => 0,
        Format::Docx => 1,
        Format::Html => 2,
        Format::Markdown => 3,
        Format::Doc => 4,
        Format::Pdf => 5,
        Format::Text => 6,
        Format::Zip => 7,
    }
}

/// The records but for those at some places. They are many, and none is moved to another list.
pub(crate) fn without(
    mut records: Vec<SourceRecord>,
    places: &BTreeSet<usize>,
) -> Vec<SourceRecord> {
    let mut place = 0..;
    records.retain(|_| place.next().is_some_and(|place| !places.contains(&place)));
    records
}

impl Ledger {
    /// A ledger that begins with the sources that are as they were, in the order of their paths.
    pub(crate) fn new(as_before: Vec<SourceRecord>) -> Self {
        let mut givers = HashMap::with_capacity(as_before.len());
        for record in &as_before {
            if let Outcome::Indexed(indexed) = &record.outcome {
                let giver = Giver { rank: rank(indexed.format), path: record.path.clone() };
                givers.insert(indexed.document.clone(), giver);
            }
        }
        Self { as_before, withdrawn: BTreeSet::new(), entered: BTreeMap::new(), givers }
    }

    fn place(&self, path: &str) -> Option<usize> {
        let place =
            self.as_before.binary_search_by(|record| record.path.as_str().cmp(path)).ok()?;
        (!self.withdrawn.contains(&place)).then_some(place)
    }

    fn get_mut(&mut self, path: &str) -> Option<&mut SourceRecord> {
        match self.place(path) {
            Some(place) => self.as_before.get_mut(place),
            None => self.entered.get_mut(path),
        }
    }

    /// Enters a source that gives a document, and says what to do about the document.
    pub(crate) fn claim(&mut self, record: SourceRecord, indexed: &IndexedDocument) -> Claim {
        let giver = Giver { rank: rank(indexed.format), path: record.path.clone() };
        let key = &indexed.document;
        let claim = match self.givers.get(key) {
            None => Claim::First,
            Some(other) if giver < *other => Claim::Better,
            Some(_) => Claim::Duplicate,
        };
        let (loser, winner) = match claim {
            Claim::First => (None, giver.path.clone()),
            Claim::Better => {
                (self.givers.get(key).map(|other| other.path.clone()), giver.path.clone())
            }
            Claim::Duplicate => (
                Some(giver.path.clone()),
                self.givers.get(key).map(|other| other.path.clone()).unwrap_or_default(),
            ),
        };
        self.enter(record);
        if let Some(loser) = loser.and_then(|path| self.get_mut(&path)) {
            loser.outcome = Outcome::Duplicate { document: key.clone(), of: winner };
        }
        if claim != Claim::Duplicate {
            self.givers.insert(key.clone(), giver);
        }
        claim
    }

    /// Enters a source that gives no document.
    pub(crate) fn enter(&mut self, record: SourceRecord) {
        self.entered.insert(record.path.clone(), record);
    }

    /// Takes a source out before it is read again; its document, where the source is the one that
    /// gives it, is to be deleted.
    pub(crate) fn withdraw(&mut self, path: &str) -> Option<DocumentKey> {
        let outcome = match self.place(path) {
            Some(place) => {
                self.withdrawn.insert(place);
                self.as_before.get(place)?.outcome.clone()
            }
            None => self.entered.remove(path)?.outcome,
        };
        let Outcome::Indexed(indexed) = outcome else { return None };
        self.givers.remove(&indexed.document);
        Some(indexed.document)
    }

    /// The records, in no order.
    pub(crate) fn records(&self) -> impl Iterator<Item = &SourceRecord> {
        let as_before = self.as_before.iter().enumerate();
        as_before
            .filter(|(place, _)| !self.withdrawn.contains(place))
            .map(|(_, record)| record)
            .chain(self.entered.values())
    }

    /// The record of a source.
    pub(crate) fn get(&self, path: &str) -> Option<&SourceRecord> {
        match self.place(path) {
            Some(place) => self.as_before.get(place),
            None => self.entered.get(path),
        }
    }

    /// What the index holds.
    pub(crate) fn indexed(&self) -> impl Iterator<Item = &IndexedDocument> {
        self.records().filter_map(|record| match &record.outcome {
            Outcome::Indexed(indexed) => Some(indexed),
            _ => None,
        })
    }

    /// All records in the order of their paths, duplicates pointing at the sources that won in the
    /// end.
    pub(crate) fn into_records(self) -> Vec<SourceRecord> {
        let mut records = without(self.as_before, &self.withdrawn);
        records.extend(self.entered.into_values());
        records.sort_by(|a, b| a.path.cmp(&b.path));
        for record in &mut records {
            if let Outcome::Duplicate { document, of } = &mut record.outcome
                && let Some(giver) = self.givers.get(document)
            {
                of.clone_from(&giver.path);
            }
        }
        records
    }
}
