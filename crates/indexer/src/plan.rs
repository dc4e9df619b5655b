//! What a build has to do: the sources found, compared with those of the build before.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use undex_ingest::EXTRACTION_VERSION;
use undex_schema::{DocumentKey, Outcome, SourceRecord, SourceTable, hash_file};

use crate::corpus::{Found, may_have_changed_since};
use crate::report::Change;

/// What there is to do.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Places in the corpus of the sources to extract, with the reason.
    pub(crate) to_extract: Vec<(usize, Change)>,
    /// Records of sources that are as they were and are not looked into, by path.
    pub(crate) kept: BTreeMap<String, SourceRecord>,
    /// Documents whose source is gone or looked into again.
    pub(crate) withdrawn: BTreeSet<DocumentKey>,
    /// Paths of the sources that are gone.
    pub(crate) removed: Vec<String>,
    /// Why each added or changed source counts as such, by path.
    pub(crate) reasons: BTreeMap<String, &'static str>,
}

impl Plan {
    /// Compares what was found with what there was. Files whose time changed are read to see
    /// whether their content did.
    pub(crate) fn compare(found: &[Found], before: &SourceTable) -> Self {
        let mut plan = Self::default();
        let mut known = before.sources.iter().peekable();
        let mut as_before = Vec::new();
        for (place, source) in found.iter().enumerate() {
            while let Some(gone) = known.next_if(|record| record.path < source.path) {
                plan.remove(gone);
            }
            match known.next_if(|record| record.path == source.path) {
                None => plan.look_into(place, source, Change::Added, "new"),
                Some(record) => match difference(source, record, before) {
                    Some(reason) => {
                        plan.withdraw(record);
                        plan.look_into(place, source, Change::Changed, reason);
                    }
                    None => as_before.push((place, record)),
                },
            }
        }
        for gone in known {
            plan.remove(gone);
        }
        for (place, record) in as_before {
            match &record.outcome {
                // The source it was a duplicate of may no longer give that document.
                Outcome::Duplicate { document, .. } if plan.withdrawn.contains(document) => {
                    plan.to_extract.push((place, Change::Revisited));
                }
                _ => {
                    plan.kept.insert(record.path.clone(), record.clone());
                }
            }
        }
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

    fn look_into(&mut self, place: usize, source: &Found, change: Change, reason: &'static str) {
        self.to_extract.push((place, change));
        self.reasons.insert(source.path.clone(), reason);
    }

    fn remove(&mut self, record: &SourceRecord) {
        self.withdraw(record);
        self.removed.push(record.path.clone());
    }

    fn withdraw(&mut self, record: &SourceRecord) {
        if let Outcome::Indexed(indexed) = &record.outcome {
            self.withdrawn.insert(indexed.document.clone());
        }
    }
}

/// Why a source is not as it was; none when it is.
fn difference(found: &Found, record: &SourceRecord, before: &SourceTable) -> Option<&'static str> {
    if found.circumstances != record.circumstances {
        return Some(if before.extraction == EXTRACTION_VERSION {
            "facts, catalogue or limits changed"
        } else {
            "this version of undex extracts documents otherwise"
        });
    }
    if found.bytes != record.bytes {
        return Some("size changed");
    }
    if found.member.is_some() {
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
            let now = hash_file(&found.file).ok();
            (now.as_ref() != Some(before)).then_some("content changed")
        }
        None if was_unreadable(record) => {
            File::open(&found.file).is_ok().then_some("can be read now")
        }
        None => (!same_time).then_some("time changed"),
    }
}

fn was_unreadable(record: &SourceRecord) -> bool {
    matches!(&record.outcome, Outcome::Failed { code, .. } if code == "unreadable")
}
