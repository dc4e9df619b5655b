//! Paragraphs that come again, as one.
//!
//! Resolutions repeat one another for decades: the same paragraph stands in those of twenty sessions, and an
//! answer of ten hits would be one paragraph ten times. The matches are gone through from the best; each either
//! is like one before it, or stands for itself and all that follow and are like it. Then all matches are
//! counted by what they are like, so that the numbers do not depend on how many hits are wanted.

use std::collections::HashMap;

use undex_schema::tantivy::columnar::Column;
use undex_schema::tantivy::{DocAddress, SegmentReader};
use undex_schema::{Generation, Likeness};

use super::order::DocumentOrder;
use super::ranking::{self, Asked, Best, Matching, Ranked};
use crate::plan::Node;
use crate::{Fold, SearchError};

/// Matches ranked for each hit wanted, and at least, before any is known to be like another.
const RANKED: usize = 4;
const LEAST_RANKED: usize = 100;

/// How many times as many are ranked when those were not enough.
const MORE: usize = 8;

/// Evaluates a plan as [`ranking::run`] does; of matches that are alike, one is among the first.
pub(super) fn run(
    generation: &Generation,
    root: &Node,
    asked: &Asked<'_>,
    fold: Fold,
) -> Result<Ranked, SearchError> {
    let columns = Columns::open(generation)?;
    let mut hits = asked.hits.saturating_mul(RANKED).max(LEAST_RANKED);
    loop {
        let mut ranked = ranking::run(generation, root, &Asked { hits, keep_all: true, ..*asked })?;
        let mut groups = Groups::default();
        for best in &ranked.best {
            if groups.all.len() == asked.hits {
                break;
            }
            groups.begin(columns.likeness(best.address), *best);
        }
        let all_are_ranked = ranked.best.len() as u64 == ranked.total;
        if groups.all.len() < asked.hits && !all_are_ranked {
            hits = hits.saturating_mul(MORE);
            continue;
        }
        for address in ranked.all.iter().flat_map(Matching::addresses) {
            groups.count(columns.likeness(address), address, fold.rank(columns.date(address)));
        }
        ranked.best = groups.hits(generation)?;
        return Ok(ranked);
    }
}

/// Those of some paragraphs that are like none of `before` and like none of their own before them.
pub(crate) fn distinct(
    generation: &Generation,
    before: &[Best],
    some: Vec<Best>,
) -> Result<Vec<Best>, SearchError> {
    let columns = Columns::open(generation)?;
    let mut groups = Groups::default();
    for best in before {
        groups.begin(columns.likeness(best.address), *best);
    }
    let is_new = |best: &Best| groups.begin(columns.likeness(best.address), *best);
    Ok(some.into_iter().filter(is_new).collect())
}

impl Fold {
    /// The paragraphs of a group with the highest rank may be shown; all have the same when the best is to be.
    fn rank(self, date: Option<u64>) -> u64 {
        match self {
            Self::Best => 0,
            Self::Newest => date.unwrap_or(0),
            // What is undated is never the oldest.
            Self::Oldest => date.map_or(0, |date| u64::MAX - date),
        }
    }
}

/// Matches that are alike.
struct Group {
    best: Best,
    likeness: Likeness,
    matches: u64,
    /// The highest rank of its matches, and those that have it.
    rank: u64,
    first: Vec<DocAddress>,
}

#[derive(Default)]
struct Groups {
    all: Vec<Group>,
    /// The first group with each text.
    by_text: HashMap<u64, usize>,
    /// The groups of each title.
    by_title: HashMap<u64, Vec<usize>>,
}

impl Groups {
    /// The first group that a paragraph is like.
    fn find(&self, likeness: Likeness) -> Option<usize> {
        let same = self.by_text.get(&likeness.text_alone()).copied();
        let title = Some(likeness.title()).filter(|title| *title != 0);
        let of_title = title.and_then(|title| self.by_title.get(&title));
        let like = of_title.into_iter().flatten().copied().find(|number| {
            self.all.get(*number).is_some_and(|group| group.likeness.is_like(likeness))
        });
        match (same, like) {
            (Some(same), Some(like)) => Some(same.min(like)),
            (same, like) => same.or(like),
        }
    }

    /// Begins a group with a paragraph; false if it is like one that is there.
    fn begin(&mut self, likeness: Likeness, best: Best) -> bool {
        if self.find(likeness).is_some() {
            return false;
        }
        let number = self.all.len();
        self.by_text.insert(likeness.text_alone(), number);
        if likeness.title() != 0 {
            self.by_title.entry(likeness.title()).or_default().push(number);
        }
        self.all.push(Group { best, likeness, matches: 0, rank: 0, first: Vec::new() });
        true
    }

    fn count(&mut self, likeness: Likeness, address: DocAddress, rank: u64) {
        let Some(group) = self.find(likeness).and_then(|number| self.all.get_mut(number)) else {
            return;
        };
        group.matches += 1;
        if rank > group.rank {
            group.rank = rank;
            group.first.clear();
        }
        if rank == group.rank {
            group.first.push(address);
        }
    }

    /// What is shown of each group, with how many more there are. Of equal ones the best, or else the first
    /// by symbol, language and place in the document.
    fn hits(self, generation: &Generation) -> Result<Vec<Best>, SearchError> {
        let mut order = DocumentOrder::open(generation)?;
        let unsettled = self.all.iter().filter(|group| !group.first.contains(&group.best.address));
        let addresses = unsettled.flat_map(|group| &group.first);
        order.rank(addresses.map(|address| (address.segment_ord, address.doc_id)))?;
        let hits = self.all.into_iter().map(|group| {
            let place = |address: &DocAddress| order.position(address.segment_ord, address.doc_id);
            let address = match group.first.contains(&group.best.address) {
                true => group.best.address,
                false => {
                    group.first.iter().copied().min_by_key(place).unwrap_or(group.best.address)
                }
            };
            Best { address, repeats: Some(group.matches.saturating_sub(1)), ..group.best }
        });
        Ok(hits.collect())
    }
}

/// What paragraphs are compared by, of every segment.
struct Columns(Vec<InSegment>);

struct InSegment {
    texts: Column<u64>,
    near: Column<u64>,
    dates: Column<u64>,
}

impl Columns {
    fn open(generation: &Generation) -> Result<Self, SearchError> {
        let fields = generation.fields();
        let open = |segment: &SegmentReader| -> Result<InSegment, SearchError> {
            let column = |field| segment.fast_fields().u64(fields.schema().get_field_name(field));
            Ok(InSegment {
                texts: column(fields.text_sum)?,
                near: column(fields.likeness)?,
                dates: column(fields.date)?,
            })
        };
        let segments = generation.searcher().segment_readers().iter().map(open);
        Ok(Self(segments.collect::<Result<_, _>>()?))
    }

    fn likeness(&self, address: DocAddress) -> Likeness {
        let value = |column: &Column<u64>| column.first(address.doc_id).unwrap_or_default();
        let segment = self.0.get(address.segment_ord as usize);
        segment.map_or_else(Likeness::default, |columns| Likeness {
            text: value(&columns.texts),
            near: value(&columns.near),
        })
    }

    fn date(&self, address: DocAddress) -> Option<u64> {
        self.0.get(address.segment_ord as usize)?.dates.first(address.doc_id)
    }
}
