//! The best of what a plan finds.

use std::collections::HashMap;

use undex_document::Role;
use undex_schema::tantivy::columnar::{Column, StrColumn};
use undex_schema::tantivy::{DocAddress, SegmentReader, Term};
use undex_schema::{DecodeError, DocumentKey, Generation};

use super::cursor::{Cursor, Opening};
use super::window::Window;
use crate::SearchError;
use crate::plan::{FURNITURE, Node};

/// Candidates kept beyond those wanted before the worst are dropped: dropping costs a pass over
/// them, so it is done rarely.
const SLACK: usize = 4_096;

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
    let furniture: Vec<Term> =
        FURNITURE_ROLES.map(|role| Term::from_field_text(fields.role, role.name())).to_vec();
    let furniture = Node::Terms(furniture, 0.0);
    let mut total = 0;
    let mut candidates = Candidates { kept: Vec::new(), wanted, prune_at: wanted + SLACK };
    for (number, segment) in (0u32..).zip(searcher.segment_readers()) {
        let opening = Opening { fields, searcher, statistics: &statistics, segment };
        let mut cursor = Cursor::open(root, &opening)?;
        let mut furniture = Cursor::open(&furniture, &opening)?;
        for window in Window::all(segment.max_doc()) {
            let found = cursor.find(window);
            let furniture = furniture.find(window).own;
            let mut matched = found.own;
            if let Some(alive) = segment.alive_bitset() {
                let mut alive_here = super::window::Places::none();
                matched
                    .iter()
                    .filter(|place| alive.is_alive(window.start + *place as u32))
                    .for_each(|place| alive_here.insert(place));
                matched = alive_here;
            }
            total += matched.len();
            if wanted == 0 {
                continue;
            }
            for place in matched.iter() {
                let factor = if furniture.contains(place) { FURNITURE } else { 1.0 };
                candidates.push(Candidate {
                    score: found.scores.get(place) * factor,
                    segment: number,
                    document: window.start + place as u32,
                });
            }
        }
    }
    Ok(Ranked { total, best: candidates.ranked(generation)? })
}

/// Candidates for the first places. All that tie for the last of them are kept, so that which of
/// these is shown does not depend on segments.
struct Candidates {
    kept: Vec<Candidate>,
    wanted: usize,
    prune_at: usize,
}

impl Candidates {
    fn push(&mut self, candidate: Candidate) {
        self.kept.push(candidate);
        if self.kept.len() >= self.prune_at {
            self.prune();
            self.prune_at = (self.kept.len() * 2).max(self.wanted + SLACK);
        }
    }

    /// Drops what is worse than the last one wanted.
    fn prune(&mut self) {
        let last = self.wanted.saturating_sub(1);
        if last >= self.kept.len() {
            return;
        }
        let (_, worst, _) =
            self.kept.select_nth_unstable_by(last, |a, b| b.score.total_cmp(&a.score));
        let bound = worst.score;
        self.kept.retain(|candidate| candidate.score >= bound);
    }

    fn ranked(mut self, generation: &Generation) -> Result<Vec<(DocAddress, f32)>, SearchError> {
        self.prune();
        let mut places = DocumentOrder::open(generation)?;
        places.read(&self.kept)?;
        self.kept.sort_by_cached_key(|candidate| {
            // Scores are never negative, and the bits of such numbers sort as they do.
            (std::cmp::Reverse(candidate.score.to_bits()), places.of(candidate))
        });
        self.kept.truncate(self.wanted);
        let address = |c: Candidate| (DocAddress::new(c.segment, c.document), c.score);
        Ok(self.kept.into_iter().map(address).collect())
    }
}

/// The order of paragraphs by symbol, language and place in the document.
struct DocumentOrder {
    segments: Vec<Columns>,
    /// Rank of each key met, by segment and the key's number there.
    ranks: HashMap<(u32, u64), u32>,
}

struct Columns {
    keys: Option<StrColumn>,
    ordinals: Column<u64>,
}

impl DocumentOrder {
    fn open(generation: &Generation) -> Result<Self, SearchError> {
        let fields = generation.fields();
        let name = |field| fields.schema().get_field_name(field);
        let columns = |segment: &SegmentReader| -> Result<Columns, SearchError> {
            Ok(Columns {
                keys: segment.fast_fields().str(name(fields.document))?,
                ordinals: segment.fast_fields().u64(name(fields.ordinal))?,
            })
        };
        let segments = generation.searcher().segment_readers().iter().map(columns);
        Ok(Self { segments: segments.collect::<Result<_, _>>()?, ranks: HashMap::new() })
    }

    /// Reads the keys of the candidates and ranks them.
    fn read(&mut self, candidates: &[Candidate]) -> Result<(), SearchError> {
        let mut keys: HashMap<(u32, u64), DocumentKey> = HashMap::new();
        let mut text = String::new();
        for candidate in candidates {
            let Some(number) = self.key_number(candidate) else { continue };
            if keys.contains_key(&number) {
                continue;
            }
            let column = self.segments.get(candidate.segment as usize);
            if let Some(column) = column.and_then(|columns| columns.keys.as_ref()) {
                text.clear();
                column.ord_to_str(number.1, &mut text)?;
                let key = text.parse().map_err(|error| DecodeError {
                    reason: format!("a paragraph without document: {error}"),
                })?;
                keys.insert(number, key);
            }
        }
        let mut sorted: Vec<(&DocumentKey, (u32, u64))> =
            keys.iter().map(|(number, key)| (key, *number)).collect();
        sorted.sort();
        let mut rank = 0;
        let mut before: Option<&DocumentKey> = None;
        for (key, number) in sorted {
            if before.is_some_and(|before| before != key) {
                rank += 1;
            }
            before = Some(key);
            self.ranks.insert(number, rank);
        }
        Ok(())
    }

    fn of(&self, candidate: &Candidate) -> (u32, u64) {
        let rank = self.key_number(candidate).and_then(|number| self.ranks.get(&number));
        let ordinal = self
            .segments
            .get(candidate.segment as usize)
            .and_then(|columns| columns.ordinals.first(candidate.document));
        (rank.copied().unwrap_or_default(), ordinal.unwrap_or_default())
    }

    fn key_number(&self, candidate: &Candidate) -> Option<(u32, u64)> {
        let columns = self.segments.get(candidate.segment as usize)?;
        let number = columns.keys.as_ref()?.ords().first(candidate.document)?;
        Some((candidate.segment, number))
    }
}
