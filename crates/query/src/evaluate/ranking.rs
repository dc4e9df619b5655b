//! The first of what a plan finds, and its counts.

use undex_document::Role;
use undex_schema::tantivy::columnar::Column;
use undex_schema::tantivy::fieldnorm::FieldNormReader;
use undex_schema::tantivy::{DocAddress, SegmentReader, Term};
use undex_schema::{Fields, Generation};

use super::cursor::{Cursor, Opening};
use super::documents::{Documents, InSegment};
use super::order::{DocumentOrder, Position};
use super::tally::{self, Own};
use super::window::{Places, Window};
use crate::plan::{FURNITURE, Node, SHORT, SHORTEST};
use crate::{Facet, FacetBy, Fold, SearchError, Sort};

/// Candidates kept beyond those wanted before the worst are dropped. Dropping costs a pass over
/// them, so it is done rarely; at 20 bytes each they take 640 KiB.
const SLACK: usize = 32_768;

/// The bit of a key that puts what is to stand first before the rest. Scores are not negative, and so do not
/// have it.
const FIRST: u32 = 1 << 31;

/// The roles whose scores are multiplied by [`FURNITURE`].
const FURNITURE_ROLES: [Role; 4] = [Role::Title, Role::Masthead, Role::Heading, Role::Closing];

/// What is asked of a plan's matches.
pub(crate) struct Asked<'a> {
    /// How many of the first are wanted.
    pub(crate) hits: usize,
    pub(crate) sort: Sort,
    /// Whether each document is one of them.
    pub(crate) by_document: bool,
    pub(crate) facets: &'a [FacetBy],
    /// Matches of this plan too stand before the rest. Only with the best first.
    pub(crate) first: Option<&'a Node>,
    /// Whether matches that are alike are one of the first; all are counted.
    pub(crate) fold: Option<Fold>,
    /// Whether all matches are kept beside the first.
    pub(crate) keep_all: bool,
}

impl Asked<'_> {
    /// For the best matches alone.
    pub(crate) fn best(hits: usize, fold: Option<Fold>) -> Self {
        let sort = Sort::Relevance;
        Self { hits, sort, by_document: false, facets: &[], first: None, fold, keep_all: false }
    }
}

/// The first matches of a plan.
#[derive(Debug, Default)]
pub(crate) struct Ranked {
    /// Number of matches.
    pub(crate) total: u64,
    /// Number of documents with a match, where these were gathered.
    pub(crate) documents: Option<u64>,
    pub(crate) best: Vec<Best>,
    pub(crate) facets: Vec<Facet>,
    /// All matches, if they are to be kept.
    pub(crate) all: Vec<Matching>,
}

/// The matches in one stretch of a segment.
#[derive(Debug)]
pub(crate) struct Matching {
    segment: u32,
    window: Window,
    found: Places,
}

impl Matching {
    /// Where they stand, in order.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = DocAddress> {
        let window = self.window;
        let document = move |place| DocAddress::new(self.segment, window.document(place));
        self.found.iter().map(document)
    }
}

/// One of the first matches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Best {
    pub(crate) address: DocAddress,
    /// The one that has the score: another one where this one stands for several.
    pub(crate) scored: DocAddress,
    pub(crate) score: f32,
    /// Whether it is one of those that stand before the rest; see [`Asked::first`].
    pub(crate) is_first: bool,
    /// How many more its document has, where these were gathered.
    pub(crate) more: Option<u64>,
    /// How many more matches are like it, where these are one.
    pub(crate) repeats: Option<u64>,
}

/// A match that may be one of the first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// What the order asked for goes by: the larger, the earlier.
    pub(super) key: u32,
    pub(super) score: f32,
    pub(super) segment: u32,
    pub(super) document: u32,
    /// How many more its document has.
    pub(super) more: u32,
}

/// Evaluates a plan, ranks the first of its matches, each by itself, and counts them all.
pub(super) fn run(
    generation: &Generation,
    root: &Node,
    asked: &Asked<'_>,
) -> Result<Ranked, SearchError> {
    let (fields, searcher) = (generation.fields(), generation.searcher());
    let statistics = generation.statistics();
    let gathered = asked.by_document || !asked.facets.is_empty();
    let mut total = 0;
    let mut all = Vec::new();
    let mut candidates =
        Candidates { kept: Vec::new(), wanted: asked.hits, order: None, generation };
    let (mut documents, mut own) = (Documents::default(), Own::asked(asked.facets));
    for (number, segment) in (0u32..).zip(searcher.segment_readers()) {
        let opening = Opening { fields, searcher, statistics: &statistics, segment, number };
        let mut cursor = Cursor::open(root, &opening)?;
        let mut factors = Factors::open(&opening, fields)?;
        let order = Order::open(asked.sort, &opening)?;
        let mut here = if gathered { Some(InSegment::open(segment, fields)?) } else { None };
        let mut own_here = own.open(&opening)?;
        let mut first = asked.first.map(|first| Cursor::open(first, &opening)).transpose()?;
        for window in Window::all(segment.max_doc()) {
            let mut found = cursor.find(window)?;
            drop_deleted(&mut found.own, segment, window);
            total += found.own.len();
            if let Some(documents) = &here {
                own_here.add(&found.own, window, documents)?;
            }
            if asked.keep_all && found.own.len() > 0 {
                all.push(Matching { segment: number, window, found: found.own.clone() });
            }
            if asked.hits == 0 && !gathered {
                continue;
            }
            factors.enter(window)?;
            let first = match &mut first {
                Some(first) => first.find(window)?.own,
                None => Places::none(),
            };
            for place in found.own.iter() {
                let document = window.document(place);
                let score = found.scores.get(place);
                let score = if score > 0.0 { score * factors.of(place, document) } else { 0.0 };
                let mut key = order.key(score, document);
                if first.contains(place) {
                    key |= FIRST;
                }
                let candidate = Candidate { key, score, segment: number, document, more: 0 };
                if let Some(here) = &mut here {
                    here.add(candidate);
                }
                if asked.hits > 0 && !asked.by_document {
                    candidates.push(candidate)?;
                }
            }
        }
        if let Some(here) = here {
            let numbers = documents.add(here)?;
            own.add(own_here, &numbers)?;
        }
    }
    if asked.hits > 0 && asked.by_document {
        for matches in documents.all() {
            let more = matches.paragraphs.saturating_sub(1);
            candidates.push(Candidate { more, ..matches.best })?;
        }
    }
    let best = candidates.ranked()?.into_iter().map(|candidate| Best {
        address: DocAddress::new(candidate.segment, candidate.document),
        scored: DocAddress::new(candidate.segment, candidate.document),
        is_first: candidate.key & FIRST != 0,
        score: candidate.score,
        more: asked.by_document.then_some(candidate.more.into()),
        repeats: None,
    });
    Ok(Ranked {
        total,
        documents: gathered.then_some(documents.all().len() as u64),
        best: best.collect(),
        facets: tally::facets(generation, asked.facets, documents.all(), &own)?,
        all,
    })
}

/// What the order of hits goes by in a segment.
enum Order {
    Relevance,
    Date(Column<u64>),
    /// The order of documents, which settles all that is equal, is all that counts.
    Symbol,
}

impl Order {
    fn open(sort: Sort, opening: &Opening<'_>) -> Result<Self, SearchError> {
        let name = opening.fields.schema().get_field_name(opening.fields.date);
        Ok(match sort {
            Sort::Relevance => Self::Relevance,
            Sort::Date => Self::Date(opening.segment.fast_fields().u64(name)?),
            Sort::Symbol => Self::Symbol,
        })
    }

    fn key(&self, score: f32, document: u32) -> u32 {
        match self {
            // The bits of numbers that are not negative are in the order of the numbers.
            Self::Relevance => score.to_bits(),
            // Eight digits; nothing for what is undated.
            Self::Date(column) => {
                column.first(document).and_then(|date| u32::try_from(date).ok()).unwrap_or(0)
            }
            Self::Symbol => 0,
        }
    }
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
pub(super) struct Factors {
    furniture: Cursor,
    here: Places,
    lengths: FieldNormReader,
}

impl Factors {
    pub(super) fn open(opening: &Opening<'_>, fields: &Fields) -> Result<Self, SearchError> {
        let role = |role: Role| Term::from_field_text(fields.role, role.name());
        let roles = Node::Terms(FURNITURE_ROLES.map(role).to_vec(), 0.0);
        Ok(Self {
            furniture: Cursor::open(&roles, opening)?,
            here: Places::none(),
            lengths: opening.segment.get_fieldnorms_reader(fields.exact)?,
        })
    }

    /// Goes to the next window.
    pub(super) fn enter(&mut self, window: Window) -> Result<(), SearchError> {
        self.here = self.furniture.find(window)?.own;
        Ok(())
    }

    fn of(&self, place: usize, document: u32) -> f32 {
        let length = self.length(document);
        if self.here.contains(place) { FURNITURE * length } else { length }
    }

    fn length(&self, document: u32) -> f32 {
        let words = self.lengths.fieldnorm(document).min(SHORT) as f32;
        SHORTEST + (1.0 - SHORTEST) * words / SHORT as f32
    }

    /// The factors other than 1 of the paragraph at a place of the window, and what each is for.
    pub(super) fn told(&self, place: usize, document: u32) -> Vec<(f32, &'static str)> {
        let role = if self.here.contains(place) { FURNITURE } else { 1.0 };
        let factors = [
            (role, "for a title, heading, masthead or closing line"),
            (self.length(document), "for so few words"),
        ];
        factors.into_iter().filter(|(factor, _)| *factor < 1.0).collect()
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
        self.drop_later();
        // Where keys tell too little apart, as those of a query of conditions, the order of
        // documents decides already here.
        if self.kept.len() >= self.wanted + SLACK / 2 {
            self.settle(false)?;
        }
        Ok(())
    }

    /// Drops what has a lower key than the last one wanted. All that tie with it stay, so that which of
    /// these is shown does not depend on segments.
    fn drop_later(&mut self) {
        let last = self.wanted.saturating_sub(1);
        if last >= self.kept.len() {
            return;
        }
        let (_, lowest, _) = self.kept.select_nth_unstable_by(last, |a, b| b.key.cmp(&a.key));
        let bound = lowest.key;
        self.kept.retain(|candidate| candidate.key >= bound);
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
            b.key.cmp(&a.key).then_with(|| at.cmp(bt))
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

    fn ranked(mut self) -> Result<Vec<Candidate>, SearchError> {
        self.drop_later();
        self.settle(true)?;
        Ok(self.kept)
    }
}
