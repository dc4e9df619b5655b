//! The best of what a plan finds.

use undex_document::Role;
use undex_schema::tantivy::fieldnorm::FieldNormReader;
use undex_schema::tantivy::{DocAddress, SegmentReader, Term};
use undex_schema::{Fields, Generation};

use super::cursor::{Cursor, Opening};
use super::order::{DocumentOrder, Position};
use super::window::{Places, Window};
use crate::SearchError;
use crate::plan::{FURNITURE, Node, SHORT, SHORTEST};

/// Candidates kept beyond those wanted before the worst are dropped. Dropping costs a pass over
/// them, so it is done rarely; at 12 bytes each they take 400 KiB.
const SLACK: usize = 32_768;

/// The roles whose scores are multiplied by [`FURNITURE`].
const FURNITURE_ROLES: [Role; 4] = [Role::Title, Role::Masthead, Role::Heading, Role::Closing];

/// The best matches of a plan.
#[derive(Debug, Default)]
pub(crate) struct Ranked {
    /// Number of matches.
    pub(crate) total: u64,
    /// The best, with their scores.
    pub(crate) best: Vec<(DocAddress, f32)>,
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    score: f32,
    segment: u32,
    document: u32,
}

/// Evaluates a plan and ranks the first `wanted` matches.
pub(crate) fn run(
    generation: &Generation,
    root: &Node,
    wanted: usize,
) -> Result<Ranked, SearchError> {
    let (fields, searcher) = (generation.fields(), generation.searcher());
    let statistics = generation.statistics();
    let mut total = 0;
    let mut candidates = Candidates { kept: Vec::new(), wanted, order: None, generation };
    for (number, segment) in (0u32..).zip(searcher.segment_readers()) {
        let opening = Opening { fields, searcher, statistics: &statistics, segment, number };
        let mut cursor = Cursor::open(root, &opening)?;
        let mut factors = Factors::open(&opening, fields)?;
        for window in Window::all(segment.max_doc()) {
            let mut found = cursor.find(window)?;
            drop_deleted(&mut found.own, segment, window);
            total += found.own.len();
            if wanted == 0 {
                continue;
            }
            factors.enter(window)?;
            for place in found.own.iter() {
                let document = window.start + place as u32;
                let score = found.scores.get(place);
                let score = if score > 0.0 { score * factors.of(place, document) } else { 0.0 };
                candidates.push(Candidate { score, segment: number, document })?;
            }
        }
    }
    Ok(Ranked { total, best: candidates.ranked()? })
}

/// A segment keeps documents that were deleted until it is rewritten.
fn drop_deleted(found: &mut Places, segment: &SegmentReader, window: Window) {
    let Some(alive) = segment.alive_bitset() else { return };
    let mut left = Places::none();
    found
        .iter()
        .filter(|place| alive.is_alive(window.start + *place as u32))
        .for_each(|place| left.insert(place));
    *found = left;
}

/// What the score of a paragraph is multiplied by for being what it is.
struct Factors {
    furniture: Cursor,
    here: Places,
    lengths: FieldNormReader,
}

impl Factors {
    fn open(opening: &Opening<'_>, fields: &Fields) -> Result<Self, SearchError> {
        let role = |role: Role| Term::from_field_text(fields.role, role.name());
        let roles = Node::Terms(FURNITURE_ROLES.map(role).to_vec(), 0.0);
        Ok(Self {
            furniture: Cursor::open(&roles, opening)?,
            here: Places::none(),
            lengths: opening.segment.get_fieldnorms_reader(fields.exact)?,
        })
    }

    fn enter(&mut self, window: Window) -> Result<(), SearchError> {
        self.here = self.furniture.find(window)?.own;
        Ok(())
    }

    fn of(&self, place: usize, document: u32) -> f32 {
        let words = self.lengths.fieldnorm(document).min(SHORT) as f32;
        let length = SHORTEST + (1.0 - SHORTEST) * words / SHORT as f32;
        if self.here.contains(place) { FURNITURE * length } else { length }
    }
}

/// Candidates for the first places.
struct Candidates<'g> {
    kept: Vec<Candidate>,
    wanted: usize,
    generation: &'g Generation,
    /// Opened when it is needed for the first time.
    order: Option<DocumentOrder>,
}

impl Candidates<'_> {
    fn push(&mut self, candidate: Candidate) -> Result<(), SearchError> {
        self.kept.push(candidate);
        if self.kept.len() < self.wanted + SLACK {
            return Ok(());
        }
        self.drop_lower_scores();
        // Where scores tell too little apart, as those of a query of conditions, the order of
        // documents decides already here.
        if self.kept.len() >= self.wanted + SLACK / 2 {
            self.settle(false)?;
        }
        Ok(())
    }

    /// Drops what scores less than the last one wanted. All that tie with it stay, so that which of
    /// these is shown does not depend on segments.
    fn drop_lower_scores(&mut self) {
        let last = self.wanted.saturating_sub(1);
        if last >= self.kept.len() {
            return;
        }
        let (_, lowest, _) =
            self.kept.select_nth_unstable_by(last, |a, b| b.score.total_cmp(&a.score));
        let bound = lowest.score;
        self.kept.retain(|candidate| candidate.score >= bound);
    }

    /// Keeps exactly those wanted; in order when they shall be `sorted`.
    fn settle(&mut self, sorted: bool) -> Result<(), SearchError> {
        let order = match &mut self.order {
            Some(order) => order,
            none => none.insert(DocumentOrder::open(self.generation)?),
        };
        order.rank(self.kept.iter().map(|candidate| (candidate.segment, candidate.document)))?;
        let mut placed: Vec<(Candidate, Position)> = self
            .kept
            .iter()
            .map(|candidate| (*candidate, order.position(candidate.segment, candidate.document)))
            .collect();
        let best_first = |(a, at): &(Candidate, Position), (b, bt): &(Candidate, Position)| {
            b.score.total_cmp(&a.score).then_with(|| at.cmp(bt))
        };
        if self.wanted < placed.len() {
            placed.select_nth_unstable_by(self.wanted, best_first);
            placed.truncate(self.wanted);
        }
        if sorted {
            placed.sort_unstable_by(best_first);
        }
        self.kept = placed.into_iter().map(|(candidate, _)| candidate).collect();
        Ok(())
    }

    fn ranked(mut self) -> Result<Vec<(DocAddress, f32)>, SearchError> {
        self.drop_lower_scores();
        self.settle(true)?;
        let address = |c: Candidate| (DocAddress::new(c.segment, c.document), c.score);
        Ok(self.kept.into_iter().map(address).collect())
    }
}
