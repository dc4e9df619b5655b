//! What a build has to do: the sources found, compared with those of the build before.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use rayon::ThreadPool;
use rayon::prelude::*;
use undex_ingest::EXTRACTION_VERSION;
use undex_schema::{DocumentKey, Outcome, SourcePart, SourceRecord, SourceTable, hash_file};

use crate::circumstances::{known_before, same_decided};
use crate::corpus::{Corpus, Found, may_have_changed_since};
use crate::ledger::{Gone, without};
use crate::report::Change;

/// Why a source whose bytes are as they were is read again.
const CIRCUMSTANCES: &str = "facts, catalogue or limits changed";

/// What there is to do.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Places in the corpus of the sources to extract, with the reason.
    pub(crate) to_extract: Vec<(usize, Change)>,
    /// Records of sources that are as they were and are not looked into, in the order of their paths.
    pub(crate) kept: Vec<SourceRecord>,
    /// Parts of the table of sources with others that are as they were.
    pub(crate) closed: Vec<SourcePart>,
    /// Documents whose source is gone or looked into again.
    pub(crate) withdrawn: Gone,
    /// Paths of the sources that are gone.
    pub(crate) removed: Vec<String>,
    /// Why each added or changed source counts as such, by path.
    pub(crate) reasons: BTreeMap<String, &'static str>,
}

impl Plan {
    /// Compares what was found with what there was. Files whose time changed are read to see
    /// whether their content did.
    pub(crate) fn compare(corpus: &Corpus<'_>, pool: &ThreadPool, before: SourceTable) -> Self {
        let record = |source: &Found<'_>| before.sources.get(source.before?);
        let differences: Vec<Option<&'static str>> = pool.install(|| {
            let sources = corpus.sources.par_iter();
            sources.map(|one| difference(corpus, one, record(one)?, &before)).collect()
        });
        let mut plan = Self::default();
        let mut is_there = vec![false; before.sources.len()];
        // Places of the records that say nothing any more, and of those of duplicates.
        let (mut outdated, mut duplicates) = (BTreeSet::new(), Vec::new());
        for ((place, source), difference) in corpus.sources.iter().enumerate().zip(differences) {
            let (Some(then), Some(record)) = (source.before, record(source)) else {
                plan.look_into(place, source, Change::Added, "new");
                continue;
            };
            if let Some(is_there) = is_there.get_mut(then) {
                *is_there = true;
            }
            match (difference, &record.outcome) {
                (Some(reason), _) => {
                    outdated.insert(then);
                    plan.withdraw(record);
                    plan.look_into(place, source, Change::Changed, reason);
                }
                (None, Outcome::Duplicate { document, of }) => {
                    duplicates.push((place, then, document, of));
                }
                (None, _) => {}
            }
        }
        let known = before.sources.iter().enumerate().zip(is_there);
        for ((gone, record), _) in known.filter(|(_, is_there)| !is_there) {
            outdated.insert(gone);
            plan.remove(record);
        }
        for (place, then, document, of) in duplicates {
            // The source it was a duplicate of may no longer give that document.
            if plan.withdrawn.documents.contains(document) || !gives(&before, of, document) {
                outdated.insert(then);
                plan.to_extract.push((place, Change::Revisited));
            }
        }
        plan.kept = without(before.sources, &outdated);
        plan.closed = before.closed;
        plan.to_extract.sort_by_key(|(place, _)| *place);
        plan
    }

    /// Whether the index is as it should be.
    pub(crate) fn is_empty(&self) -> bool {
        self.to_extract.is_empty() && self.removed.is_empty()
    }

    /// How many sources there are of a kind of change.
    pub(crate) fn count(&self, change: Change) -> u64 {
        self.to_extract.iter().filter(|(_, found)| *found == change).count() as u64
    }

    fn look_into(
        &mut self,
        place: usize,
        source: &Found<'_>,
        change: Change,
        reason: &'static str,
    ) {
        self.to_extract.push((place, change));
        self.reasons.insert(source.path.to_string(), reason);
    }

    fn remove(&mut self, record: &SourceRecord) {
        self.withdraw(record);
        self.removed.push(record.path.clone());
    }

    fn withdraw(&mut self, record: &SourceRecord) {
        if let Outcome::Indexed(indexed) = &record.outcome {
            self.withdrawn.add(&indexed.document, !record.confirmed.is_empty());
        }
    }
}

/// Whether a source gave a document, as far as is known of it. It may have been lost while words were mended.
fn gives(before: &SourceTable, path: &str, document: &DocumentKey) -> bool {
    let place = before.sources.binary_search_by(|record| record.path.as_str().cmp(path));
    let record = place.ok().and_then(|place| before.sources.get(place));
    record.is_none_or(|record| match &record.outcome {
        Outcome::Indexed(indexed) => indexed.document == *document,
        _ => false,
    })
}

/// Why a source is not as it was; none when it is.
fn difference(
    corpus: &Corpus<'_>,
    found: &Found<'_>,
    record: &SourceRecord,
    before: &SourceTable,
) -> Option<&'static str> {
    let Some(reading) = corpus.reading(found) else { return Some(CIRCUMSTANCES) };
    if **reading.circumstances(found) != *known_before(&record.circumstances) {
        return Some(if before.extraction == EXTRACTION_VERSION {
            CIRCUMSTANCES
        } else {
            "this version of undex extracts documents otherwise"
        });
    }
    if !same_decided(&reading.digests, record) {
        return Some(CIRCUMSTANCES);
    }
    if found.bytes != record.bytes {
        return Some("size changed");
    }
    if found.member().is_some() {
        return (found.crc32 != record.crc32).then_some("content changed");
    }
    if let Some(refusal) = &found.refusal {
        return (refusal.outcome() != record.outcome).then_some("cannot be read any more");
    }
    let same_time = found.modified == record.modified;
    let trusted =
        found.modified.is_some_and(|modified| !may_have_changed_since(modified, before.scanned_at));
    match &record.sha256 {
        _ if same_time && trusted && !was_unreadable(record) => None,
        Some(before) => {
            let now = hash_file(found.file).ok();
            (now.as_ref() != Some(before)).then_some("content changed")
        }
        None if was_unreadable(record) => {
            File::open(found.file).is_ok().then_some("can be read now")
        }
        None => (!same_time).then_some("time changed"),
    }
}

fn was_unreadable(record: &SourceRecord) -> bool {
    matches!(&record.outcome, Outcome::Failed { code, .. } if code == "unreadable")
}
