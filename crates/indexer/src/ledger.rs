//! Which source gives which document, kept while documents are written.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt};
use undex_document::Format;
use undex_schema::{DocumentKey, IndexedDocument, OpenError, Outcome, SourceRecord};

use crate::closed::ClosedParts;

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
    /// Documents that a better source gives now.
    displaced: Gone,
    /// Of sources that are as they were and of which no more is known yet.
    closed: Option<ClosedParts>,
}

/// The source that gives a document.
#[derive(Debug)]
struct Giver {
    rank: u8,
    at: At,
}

impl Giver {
    fn new(indexed: &IndexedDocument, at: At) -> Self {
        Self { rank: rank(indexed.format), at }
    }
}

/// Where the record of a source is. Paths of sources that are as they were are not copied: they are many.
#[derive(Debug)]
enum At {
    /// A place among those.
    Before(usize),
    /// A path.
    Entered(String),
}

/// Documents as they were, which are in the index no more.
#[derive(Debug, Default)]
pub(crate) struct Gone {
    pub(crate) documents: BTreeSet<DocumentKey>,
    /// Whether words were joined in one of them: which words it had before is not known.
    pub(crate) were_mended: bool,
}

impl Gone {
    pub(crate) fn add(&mut self, document: &DocumentKey, was_mended: bool) {
        self.documents.insert(document.clone());
        self.were_mended |= was_mended;
    }
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
    /// A ledger that begins with the sources that are as they were, in the order of their paths, but for
    /// those in parts that are closed.
    pub(crate) fn new(as_before: Vec<SourceRecord>, closed: Option<ClosedParts>) -> Self {
        let mut givers = HashMap::with_capacity(as_before.len());
        for (place, record) in as_before.iter().enumerate() {
            if let Outcome::Indexed(indexed) = &record.outcome {
                let giver = Giver::new(indexed, At::Before(place));
                givers.insert(indexed.document.clone(), giver);
            }
        }
        let (withdrawn, entered) = (BTreeSet::new(), BTreeMap::new());
        Self { as_before, withdrawn, entered, givers, displaced: Gone::default(), closed }
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

    /// The path of the source that gives a document.
    fn path<'l>(&'l self, giver: &'l Giver) -> &'l str {
        match &giver.at {
            At::Before(place) => self.as_before.get(*place).map_or("", |record| &record.path),
            At::Entered(path) => path,
        }
    }

    /// Enters a source that gives a document, and says what to do about the document.
    ///
    /// # Errors
    /// When it cannot be told whether another source gave it.
    pub(crate) fn claim(
        &mut self,
        mut record: SourceRecord,
        indexed: &IndexedDocument,
    ) -> Result<Claim, OpenError> {
        let (key, rank) = (&indexed.document, rank(indexed.format));
        if !self.givers.contains_key(key) {
            self.open_part_with(key, &record.path)?;
        }
        let other = self.givers.get(key).map(|other| (other.rank, self.path(other)));
        let duplicate = |of: &str| Outcome::Duplicate { document: key.clone(), of: of.to_owned() };
        let claim = match other {
            None => Claim::First,
            Some(other) if (rank, record.path.as_str()) < other => {
                let loser = other.1.to_owned();
                if let Some(loser) = self.get_mut(&loser) {
                    loser.outcome = duplicate(&record.path);
                    let was_mended = !loser.confirmed.is_empty();
                    self.displaced.add(key, was_mended);
                }
                Claim::Better
            }
            Some((_, path)) => {
                record.outcome = duplicate(path);
                Claim::Duplicate
            }
        };
        if claim != Claim::Duplicate {
            let giver = Giver::new(indexed, At::Entered(record.path.clone()));
            self.givers.insert(key.clone(), giver);
        }
        self.enter(record);
        Ok(claim)
    }

    /// Enters the sources of the part in which another source than the one `asking` gave a document.
    fn open_part_with(&mut self, document: &DocumentKey, asking: &str) -> Result<(), OpenError> {
        let Some(closed) = &mut self.closed else { return Ok(()) };
        for record in closed.open(document, asking)? {
            if let Outcome::Indexed(indexed) = &record.outcome {
                let giver = Giver::new(indexed, At::Entered(record.path.clone()));
                self.givers.insert(indexed.document.clone(), giver);
            }
            self.enter(record);
        }
        Ok(())
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

    /// The records of sources that are as they were, in no order.
    pub(crate) fn records_as_before(&self) -> impl Iterator<Item = &SourceRecord> {
        let as_before = self.as_before.iter().enumerate();
        as_before.filter(|(place, _)| !self.withdrawn.contains(place)).map(|(_, record)| record)
    }

    /// The records of the other sources, in no order.
    pub(crate) fn records_entered(&self) -> impl Iterator<Item = &SourceRecord> {
        self.entered.values()
    }

    /// Documents that one source gave, before or just now, and a better one gives.
    pub(crate) fn displaced(&self) -> &Gone {
        &self.displaced
    }

    /// The record of a source.
    pub(crate) fn get(&self, path: &str) -> Option<&SourceRecord> {
        match self.place(path) {
            Some(place) => self.as_before.get(place),
            None => self.entered.get(path),
        }
    }

    /// All records in the order of their paths, duplicates pointing at the sources that won in the
    /// end; and the parts with the others.
    ///
    /// # Errors
    /// When a part cannot be read that is to be joined with other sources.
    pub(crate) fn into_records(
        mut self,
    ) -> Result<(Vec<SourceRecord>, Option<ClosedParts>), OpenError> {
        let settled: Vec<(String, String)> = self
            .records_as_before()
            .chain(self.records_entered())
            .filter_map(|record| match &record.outcome {
                Outcome::Duplicate { document, of } => {
                    let path = self.path(self.givers.get(document)?);
                    (path != of).then(|| (record.path.clone(), path.to_owned()))
                }
                _ => None,
            })
            .collect();
        for (duplicate, giver) in settled {
            if let Some(Outcome::Duplicate { of, .. }) =
                self.get_mut(&duplicate).map(|record| &mut record.outcome)
            {
                *of = giver;
            }
        }
        let mut records = without(self.as_before, &self.withdrawn);
        records.extend(self.entered.into_values());
        records.sort_by(|a, b| a.path.cmp(&b.path));
        if let Some(closed) = &mut self.closed {
            // One may not have been settled until now, or stand beside a part that a border is gone from.
            let settled = records.iter().filter(|record| record.is_settled());
            let settled: Vec<&str> = settled.map(|record| record.path.as_str()).collect();
            let joined = closed.open_joined(&settled)?;
            if !joined.is_empty() {
                records.extend(joined);
                records.sort_by(|a, b| a.path.cmp(&b.path));
            }
        }
        Ok((records, self.closed))
    }
}
