//! A plan opened on one segment, read window by window.

use undex_schema::Fields;
use undex_schema::tantivy::columnar::Column;
use undex_schema::tantivy::fieldnorm::FieldNormReader;
use undex_schema::tantivy::postings::{Postings, SegmentPostings};
use undex_schema::tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EnableScoring, Query, Scorer,
};
use undex_schema::tantivy::schema::IndexRecordOption;
use undex_schema::tantivy::{DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::proximity::OpenProximity;
use super::wanted::OpenWanted;
use super::window::{Places, Scores, Window};
use crate::SearchError;
use crate::plan::{BEHIND, Node, ScoredPhrase, WITHIN, Word};

/// What plans are opened with.
pub(super) struct Opening<'a> {
    pub(super) fields: &'a Fields,
    pub(super) searcher: &'a Searcher,
    pub(super) statistics: &'a dyn Bm25StatisticsProvider,
    pub(super) segment: &'a SegmentReader,
    /// Its number among the segments.
    pub(super) number: u32,
}

/// What a part of a plan finds in a window.
pub(super) struct Found {
    /// Paragraphs that match.
    pub(super) own: Places,
    /// Paragraphs whose title or headings match.
    pub(super) around: Places,
    pub(super) scores: Scores,
}

impl Found {
    pub(super) fn nothing() -> Self {
        Self { own: Places::none(), around: Places::none(), scores: Scores::none() }
    }
}

/// A part of a plan opened on a segment. Windows are asked for in ascending order; some may be left out.
pub(super) enum Cursor {
    All(Vec<Cursor>),
    Any(Vec<Cursor>),
    Not(Box<Cursor>),
    Wanted(OpenWanted),
    Word(Vec<OpenPlace>),
    Phrase(Vec<Box<dyn Scorer>>),
    Proximity(Box<OpenProximity>),
    Weighted(Box<Cursor>, f32),
    Terms { postings: Vec<SegmentPostings>, score: f32 },
    Dates { column: Column<u64>, from: u64, to: u64 },
}

pub(super) struct OpenPlace {
    own: bool,
    terms: Vec<OpenTerm>,
}

struct OpenTerm {
    postings: SegmentPostings,
    lengths: FieldNormReader,
    weight: Bm25Weight,
    /// The band that the score of a fuzzy word lies in.
    band: Option<f32>,
}

impl Cursor {
    pub(super) fn open(node: &Node, with: &Opening<'_>) -> Result<Self, SearchError> {
        let open_all = |parts: &[Node]| -> Result<Vec<Cursor>, SearchError> {
            parts.iter().map(|part| Cursor::open(part, with)).collect()
        };
        Ok(match node {
            Node::All(parts) => Self::All(open_all(parts)?),
            Node::Any(parts) => Self::Any(open_all(parts)?),
            Node::Not(part) => Self::Not(Box::new(Self::open(part, with)?)),
            Node::Wanted(wanted) => Self::Wanted(OpenWanted::open(wanted, with)?),
            Node::Word(word) => Self::Word(open_word(word, with)?),
            Node::Phrase(phrases) => Self::Phrase(open_phrases(phrases, with)?),
            Node::Proximity(plan) => Self::Proximity(Box::new(OpenProximity::open(plan, with)?)),
            Node::Weighted(part, factor) => {
                Self::Weighted(Box::new(Self::open(part, with)?), *factor)
            }
            Node::Terms(terms, score) => {
                Self::Terms { postings: open_terms(terms, with)?, score: *score }
            }
            Node::Dates(from, to) => {
                let name = with.fields.schema().get_field_name(with.fields.date);
                let column = with.segment.fast_fields().u64(name)?;
                Self::Dates { column, from: *from, to: *to }
            }
        })
    }

    /// What it finds in the next window.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn find(&mut self, window: Window) -> Result<Found, SearchError> {
        Ok(match self {
            Self::All(parts) => find_all(parts, window)?,
            Self::Any(parts) => {
                let mut found = Found::nothing();
                for part in parts {
                    let part = part.find(window)?;
                    found.scores.add_at(&part.scores, &part.own);
                    found.own.add(&part.own);
                }
                found
            }
            Self::Not(part) => {
                Found { own: part.find(window)?.own.others(window), ..Found::nothing() }
            }
            Self::Wanted(wanted) => wanted.find(window)?,
            Self::Proximity(items) => {
                let (own, scores) = items.find(window)?;
                Found { own, scores, ..Found::nothing() }
            }
            Self::Weighted(part, factor) => {
                let mut found = part.find(window)?;
                found.scores.multiply_all(*factor);
                found
            }
            Self::Word(places) => find_word(places, window),
            Self::Phrase(phrases) => {
                let mut found = Found::nothing();
                for phrase in phrases {
                    let mut document = phrase.doc();
                    if document < window.start {
                        document = phrase.seek(window.start);
                    }
                    while document < window.end {
                        let place = window.place(document);
                        found.own.insert(place);
                        found.scores.raise_to(place, phrase.score());
                        document = phrase.advance();
                    }
                }
                found
            }
            Self::Terms { postings, score } => {
                let mut found = Found::nothing();
                for postings in postings {
                    go_to(postings, window);
                    while postings.doc() < window.end {
                        found.own.insert(window.place(postings.doc()));
                        postings.advance();
                    }
                }
                if *score > 0.0 {
                    for place in found.own.iter() {
                        found.scores.add(place, *score);
                    }
                }
                found
            }
            Self::Dates { column, from, to } => {
                let mut found = Found::nothing();
                // The engine takes a range below all values of a column for one that begins with
                // the smallest.
                let dates = (*from).max(column.min_value())..=(*to).min(column.max_value());
                if dates.is_empty() {
                    return Ok(found);
                }
                let mut documents = Vec::new();
                let range = window.start..window.end;
                column.get_docids_for_value_range(dates, range, &mut documents);
                for document in documents {
                    found.own.insert(window.place(document));
                }
                found
            }
        })
    }
}

fn find_all(parts: &mut [Cursor], window: Window) -> Result<Found, SearchError> {
    let mut scores = Vec::with_capacity(parts.len());
    let mut all: Option<Places> = None;
    // Dates last: reading those of a few documents costs less than finding all in a period.
    let (dates, others): (Vec<_>, Vec<_>) =
        parts.iter_mut().partition(|part| matches!(part, Cursor::Dates { .. }));
    // Every part is asked, found or not: each has to move on to the next window. Dates need not.
    for part in others.into_iter().chain(dates) {
        if let (Cursor::Dates { column, from, to }, Some(found)) = (&*part, &mut all) {
            found.retain(|place| {
                let date = column.first(window.document(place));
                date.is_some_and(|date| (*from..=*to).contains(&date))
            });
            continue;
        }
        let found = part.find(window)?;
        match &mut all {
            Some(all) => all.keep(&found.own),
            None => all = Some(found.own),
        }
        scores.push(found.scores);
    }
    let mut found = Found { own: all.unwrap_or_else(Places::none), ..Found::nothing() };
    for part in scores {
        found.scores.add_at(&part, &found.own);
    }
    Ok(found)
}

fn find_word(places: &mut [OpenPlace], window: Window) -> Found {
    let mut found = Found::nothing();
    for place in places {
        let matched = if place.own { &mut found.own } else { &mut found.around };
        if let [term] = place.terms.as_mut_slice() {
            term.each(window, |at, score| {
                matched.insert(at);
                found.scores.add(at, score);
            });
            continue;
        }
        let (mut here, mut best) = (Places::none(), Scores::none());
        for term in &mut place.terms {
            term.each(window, |at, score| {
                here.insert(at);
                best.raise_to(at, score);
            });
        }
        found.scores.add_at(&best, &here);
        matched.add(&here);
    }
    found
}

impl OpenTerm {
    /// Calls `each` with the place and score of every document of the window that has the term.
    fn each(&mut self, window: Window, mut each: impl FnMut(usize, f32)) {
        go_to(&mut self.postings, window);
        let mut document = self.postings.doc();
        while document < window.end {
            let length = self.lengths.fieldnorm_id(document);
            let mut score = self.weight.score(length, self.postings.term_freq());
            if let Some(band) = self.band {
                let greatest = self.weight.max_score();
                score = greatest * band * (1.0 + WITHIN * (score / greatest).min(1.0));
            }
            each(window.place(document), score);
            document = self.postings.advance();
        }
    }
}

/// Passes over what stands before a window.
pub(super) fn go_to(postings: &mut SegmentPostings, window: Window) {
    if postings.doc() < window.start {
        postings.seek(window.start);
    }
}

fn open_word(word: &Word, with: &Opening<'_>) -> Result<Vec<OpenPlace>, SearchError> {
    let mut places = Vec::new();
    for place in &word.places {
        let mut terms = Vec::new();
        for one in &place.terms {
            let term = &one.term;
            let index = with.segment.inverted_index(term.field())?;
            let Some(postings) = index.read_postings(term, IndexRecordOption::WithFreqs)? else {
                continue;
            };
            let lengths = with.segment.get_fieldnorms_reader(term.field())?;
            let band = one.behind.map(|behind| BEHIND.powi(behind.into()));
            terms.push(OpenTerm { postings, lengths, weight: one.weight.clone(), band });
        }
        places.push(OpenPlace { own: place.own, terms });
    }
    Ok(places)
}

fn open_terms(terms: &[Term], with: &Opening<'_>) -> Result<Vec<SegmentPostings>, SearchError> {
    let mut opened = Vec::new();
    for term in terms {
        let index = with.segment.inverted_index(term.field())?;
        opened.extend(index.read_postings(term, IndexRecordOption::Basic)?);
    }
    Ok(opened)
}

pub(super) fn open_phrases(
    phrases: &[ScoredPhrase],
    with: &Opening<'_>,
) -> Result<Vec<Box<dyn Scorer>>, SearchError> {
    let scoring = EnableScoring::enabled_from_statistics_provider(with.statistics, with.searcher);
    let mut opened = Vec::new();
    for phrase in phrases {
        let scorer = phrase.query.weight(scoring)?.scorer(with.segment, phrase.boost)?;
        if scorer.doc() != TERMINATED {
            opened.push(scorer);
        }
    }
    Ok(opened)
}
