//! Counts of everything that matches, by what documents and paragraphs are.
//!
//! All paragraphs of a document have its year, type, language and bodies. So these are looked up once for
//! each document that matches, at one of its paragraphs: in a column where there is one, otherwise in the
//! postings of each term. The role is the paragraph's own and is read from postings with the matches.

use std::collections::BTreeMap;

use undex_document::{DocumentType, Language, Role};
use undex_schema::tantivy::schema::{Field, IndexRecordOption};
use undex_schema::tantivy::{DocSet, SegmentReader, TERMINATED, Term};
use undex_schema::{Fields, Generation};

use super::cursor::{Cursor, Opening};
use super::documents::{InSegment, Matches};
use super::verbs::{Verbs, VerbsInSegment};
use super::window::{Places, Window};
use crate::columns::TextColumn;
use crate::plan::Node;
use crate::{CountKey, Facet, FacetBy, FacetCount, SearchError};

/// Paragraphs and documents of each value.
#[derive(Default)]
struct Counts(BTreeMap<CountKey, (u64, u64)>);

impl Counts {
    fn add(&mut self, value: CountKey, paragraphs: u64, documents: u64) {
        let count = self.0.entry(value).or_default();
        count.0 += paragraphs;
        count.1 += documents;
    }

    fn into_facet(self, by: FacetBy) -> Facet {
        let counts = self.0.into_iter().filter(|(_, (paragraphs, _))| *paragraphs > 0);
        let counts = counts
            .map(|(value, (paragraphs, documents))| FacetCount { value, paragraphs, documents })
            .collect();
        Facet::new(by, counts)
    }
}

/// Counts by what is a paragraph's own and not its document's, of those that are asked for.
pub(super) struct Own {
    roles: Option<Roles>,
    verbs: Option<Verbs>,
}

/// The same in one segment.
pub(super) struct OwnInSegment {
    roles: Option<RolesInSegment>,
    verbs: Option<VerbsInSegment>,
}

impl Own {
    pub(super) fn asked(by: &[FacetBy]) -> Self {
        Self {
            roles: by.contains(&FacetBy::Role).then(Roles::default),
            verbs: by.contains(&FacetBy::Verb).then(Verbs::default),
        }
    }

    pub(super) fn open(&self, opening: &Opening<'_>) -> Result<OwnInSegment, SearchError> {
        let roles = self.roles.as_ref().map(|_| RolesInSegment::open(opening)).transpose()?;
        let verbs = self.verbs.as_ref().map(|_| VerbsInSegment::open(opening)).transpose()?;
        Ok(OwnInSegment { roles, verbs })
    }

    /// Takes over the counts of a segment, given the numbers of its documents in the segment and among all.
    pub(super) fn add(
        &mut self,
        segment: OwnInSegment,
        numbers: &[(usize, usize)],
    ) -> Result<(), SearchError> {
        if let (Some(all), Some(here)) = (&mut self.roles, segment.roles) {
            all.add(&here, numbers);
        }
        if let (Some(all), Some(here)) = (&mut self.verbs, segment.verbs) {
            all.add(here, numbers)?;
        }
        Ok(())
    }

    fn roles(&self) -> Facet {
        self.roles.as_ref().map_or_else(|| Roles::default().facet(), Roles::facet)
    }

    fn verbs(&self) -> Facet {
        let mut counts = Counts::default();
        for (verb, paragraphs, documents) in self.verbs.iter().flat_map(Verbs::counts) {
            counts.add(CountKey::Verb(verb.to_owned()), paragraphs, documents);
        }
        counts.into_facet(FacetBy::Verb)
    }
}

impl OwnInSegment {
    /// Counts the matches of the next window.
    pub(super) fn add(
        &mut self,
        found: &Places,
        window: Window,
        documents: &InSegment,
    ) -> Result<(), SearchError> {
        if let Some(roles) = &mut self.roles {
            roles.add(found, window, documents)?;
        }
        if let Some(verbs) = &mut self.verbs {
            verbs.add(found, window, documents);
        }
        Ok(())
    }
}

/// How many matches are of each role, and which documents these are in.
#[derive(Default)]
struct Roles {
    paragraphs: [u64; Role::ALL.len()],
    /// For each document, by its number among all, which of the roles it has: a bit for each.
    documents: Vec<u16>,
}

/// The roles of one segment.
struct RolesInSegment {
    cursors: Vec<Cursor>,
    paragraphs: [u64; Role::ALL.len()],
    /// The same by the numbers of the segment.
    documents: Vec<u16>,
}

impl RolesInSegment {
    fn open(opening: &Opening<'_>) -> Result<Self, SearchError> {
        let role = |role: Role| Term::from_field_text(opening.fields.role, role.name());
        let open = |one| Cursor::open(&Node::Terms(vec![role(one)], 0.0), opening);
        Ok(Self {
            cursors: Role::ALL.into_iter().map(open).collect::<Result<_, _>>()?,
            paragraphs: [0; Role::ALL.len()],
            documents: Vec::new(),
        })
    }

    /// Counts the matches of the next window.
    fn add(
        &mut self,
        found: &Places,
        window: Window,
        documents: &InSegment,
    ) -> Result<(), SearchError> {
        let counts = self.paragraphs.iter_mut();
        for ((bit, cursor), count) in (0u32..).zip(&mut self.cursors).zip(counts) {
            let mut here = cursor.find(window)?.own;
            here.keep(found);
            *count += here.len();
            for place in here.iter() {
                let Some(number) = documents.document(window.document(place)) else { continue };
                if number >= self.documents.len() {
                    self.documents.resize(number + 1, 0);
                }
                if let Some(roles) = self.documents.get_mut(number) {
                    *roles |= 1 << bit;
                }
            }
        }
        Ok(())
    }
}

impl Roles {
    /// Takes over the counts of a segment, given the numbers of its documents in the segment and among all.
    fn add(&mut self, segment: &RolesInSegment, numbers: &[(usize, usize)]) {
        for (all, here) in self.paragraphs.iter_mut().zip(segment.paragraphs) {
            *all += here;
        }
        for (number, among_all) in numbers {
            let Some(here) = segment.documents.get(*number) else { continue };
            if *among_all >= self.documents.len() {
                self.documents.resize(among_all + 1, 0);
            }
            if let Some(roles) = self.documents.get_mut(*among_all) {
                *roles |= here;
            }
        }
    }

    fn facet(&self) -> Facet {
        let mut counts = Counts::default();
        for ((bit, role), paragraphs) in (0u32..).zip(Role::ALL).zip(self.paragraphs) {
            let documents = self.documents.iter().filter(|roles| **roles >> bit & 1 == 1).count();
            counts.add(CountKey::Role(role), paragraphs, documents as u64);
        }
        counts.into_facet(FacetBy::Role)
    }
}

/// The facets asked for, over the documents that match.
pub(super) fn facets(
    generation: &Generation,
    by: &[FacetBy],
    documents: &[Matches],
    own: &Own,
) -> Result<Vec<Facet>, SearchError> {
    let segments = generation.searcher().segment_readers();
    // One paragraph of each document, in order, with the number of matches in the document.
    let mut looked_up: Vec<Vec<(u32, u64)>> = vec![Vec::new(); segments.len()];
    for matches in documents {
        if let Some(segment) = looked_up.get_mut(matches.best.segment as usize) {
            segment.push((matches.best.document, matches.paragraphs.into()));
        }
    }
    looked_up.iter_mut().for_each(|documents| documents.sort_unstable());
    let fields = generation.fields();
    let facet = |by: &FacetBy| -> Result<Facet, SearchError> {
        let mut counts = Counts::default();
        for (segment, documents) in segments.iter().zip(&looked_up) {
            match by {
                FacetBy::Year => years(segment, fields, documents, &mut counts)?,
                FacetBy::Type => types(segment, fields, documents, &mut counts)?,
                FacetBy::Body => {
                    let body = |text: &str| Some(CountKey::Body(text.to_owned()));
                    terms(segment, fields.body, documents, body, &mut counts)?;
                }
                FacetBy::Language => {
                    let language = |text: &str| Language::from_code(text).map(CountKey::Language);
                    terms(segment, fields.language, documents, language, &mut counts)?;
                }
                FacetBy::Role => return Ok(own.roles()),
                FacetBy::Verb => return Ok(own.verbs()),
            }
        }
        Ok(counts.into_facet(*by))
    };
    by.iter().map(facet).collect()
}

fn years(
    segment: &SegmentReader,
    fields: &Fields,
    documents: &[(u32, u64)],
    counts: &mut Counts,
) -> Result<(), SearchError> {
    let dates = segment.fast_fields().u64(fields.schema().get_field_name(fields.date))?;
    for (document, paragraphs) in documents {
        let date = dates.first(*document);
        let year = date.and_then(|date| u16::try_from(date / 10_000).ok());
        counts.add(CountKey::Year(year), *paragraphs, 1);
    }
    Ok(())
}

fn types(
    segment: &SegmentReader,
    fields: &Fields,
    documents: &[(u32, u64)],
    counts: &mut Counts,
) -> Result<(), SearchError> {
    let column = TextColumn::open(segment, fields.kind)?;
    let numbers = documents.iter().filter_map(|(document, _)| column.number(*document));
    let kinds = column
        .read(numbers, |text| Ok::<_, SearchError>(text.parse().unwrap_or(DocumentType::Other)))?;
    for (document, paragraphs) in documents {
        let kind = column.number(*document).and_then(|number| kinds.get(number));
        let kind = kind.copied().unwrap_or(DocumentType::Other);
        counts.add(CountKey::Type(kind), *paragraphs, 1);
    }
    Ok(())
}

/// Counts by every term of a field. `documents` are in order.
fn terms(
    segment: &SegmentReader,
    field: Field,
    documents: &[(u32, u64)],
    value: impl Fn(&str) -> Option<CountKey>,
    counts: &mut Counts,
) -> Result<(), SearchError> {
    if documents.is_empty() {
        return Ok(());
    }
    let index = segment.inverted_index(field)?;
    let mut stream = index.terms().stream()?;
    while let Some((term, info)) = stream.next() {
        let Some(value) = std::str::from_utf8(term).ok().and_then(&value) else { continue };
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let (mut paragraphs, mut found) = (0, 0);
        for (document, matches) in documents {
            if postings.doc() < *document && postings.seek(*document) == TERMINATED {
                break;
            }
            if postings.doc() == *document {
                paragraphs += matches;
                found += 1;
            }
        }
        counts.add(value, paragraphs, found);
    }
    Ok(())
}
