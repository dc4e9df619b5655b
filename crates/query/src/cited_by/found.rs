//! The paragraphs that cite a document, found by postings and told apart by columns.

use std::cmp::Reverse;
use std::collections::HashMap;

use undex_document::{DocumentType, Language, Symbol};
use undex_schema::tantivy::schema::IndexRecordOption;
use undex_schema::tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, Term};
use undex_schema::{Generation, date_number};

use super::CitedByRequest;
use crate::SearchError;
use crate::columns::TextColumn;
use crate::holdings::key;

/// Paragraphs that cite a document, newest first.
pub(crate) struct Found {
    works: Vec<Symbol>,
    /// Those of one group side by side.
    standings: Vec<Standing>,
    pub(crate) groups: Vec<Group>,
}

/// One paragraph of a work, in all the languages it stands in. Its pinpoint is the same in each.
pub(crate) struct Group {
    /// The number of its work.
    pub(crate) work: u32,
    /// The date of its document, `yyyymmdd`; the latest where languages differ.
    pub(crate) date: Option<u64>,
    /// Its place among the standings, and how many it has.
    first: usize,
    languages: usize,
}

/// A paragraph in one language.
pub(crate) struct Standing {
    pub(crate) language: Language,
    pub(crate) kind: DocumentType,
    pub(crate) address: DocAddress,
    /// Work and place in one number, by which standings are sorted.
    paragraph: u64,
    /// Where its language stands among those preferred.
    rank: u8,
    date: Option<u64>,
    ordinal: u64,
}

impl Found {
    /// Where a paragraph stands, in the order in which languages are preferred.
    pub(crate) fn standings(&self, group: &Group) -> &[Standing] {
        self.standings.get(group.first..group.first + group.languages).unwrap_or_default()
    }

    pub(crate) fn work(&self, group: &Group) -> Option<&Symbol> {
        self.works.get(group.work as usize)
    }

    /// The works with paragraphs that cite, each once, in order.
    pub(crate) fn into_works(self) -> Vec<Symbol> {
        let mut cites = vec![false; self.works.len()];
        for group in &self.groups {
            if let Some(cites) = cites.get_mut(group.work as usize) {
                *cites = true;
            }
        }
        let mut works: Vec<Symbol> =
            self.works.into_iter().zip(cites).filter(|(_, cites)| *cites).map(|(w, _)| w).collect();
        works.sort();
        works
    }
}

/// Numbers texts in the order in which they are met.
#[derive(Default)]
struct Numbers(HashMap<String, u32>);

impl Numbers {
    fn of(&mut self, text: &str) -> u32 {
        if let Some(known) = self.0.get(text) {
            return *known;
        }
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(text.to_owned(), next);
        next
    }
}

/// What is met in all segments.
#[derive(Default)]
struct Collected {
    work_numbers: Numbers,
    works: Vec<Symbol>,
    places: Numbers,
    standings: Vec<Standing>,
}

/// Finds the paragraphs with any of the terms that meet the conditions of a request.
pub(crate) fn find(
    generation: &Generation,
    terms: &[Term],
    request: &CitedByRequest,
) -> Result<Found, SearchError> {
    let mut collected = Collected::default();
    for (number, segment) in (0u32..).zip(generation.searcher().segment_readers()) {
        let paragraphs = having(segment, terms)?;
        if !paragraphs.is_empty() {
            collected.add(generation, number, paragraphs, request)?;
        }
    }
    Ok(collected.sorted())
}

/// The engine documents of a segment that have any of the terms, in order.
fn having(segment: &SegmentReader, terms: &[Term]) -> Result<Vec<u32>, SearchError> {
    let mut documents = Vec::new();
    for term in terms {
        let index = segment.inverted_index(term.field())?;
        let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
            continue;
        };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                documents.push(postings.doc());
            }
            postings.advance();
        }
    }
    documents.sort_unstable();
    documents.dedup();
    Ok(documents)
}

impl Collected {
    fn add(
        &mut self,
        generation: &Generation,
        number: u32,
        mut paragraphs: Vec<u32>,
        request: &CitedByRequest,
    ) -> Result<(), SearchError> {
        let fields = generation.fields();
        let segment = generation.searcher().segment_reader(number);
        let name = |field| fields.schema().get_field_name(field);
        let dates = segment.fast_fields().u64(name(fields.date))?;
        let ordinals = segment.fast_fields().u64(name(fields.ordinal))?;
        if request.from.is_some() || request.to.is_some() {
            let from = request.from.map_or(0, date_number);
            let to = request.to.map_or(u64::MAX, date_number);
            paragraphs
                .retain(|one| dates.first(*one).is_some_and(|date| (from..=to).contains(&date)));
        }
        let keys = TextColumn::open(segment, fields.document)?;
        let kinds = TextColumn::open(segment, fields.kind)?;
        let places = TextColumn::open(segment, fields.pinpoint)?;
        let numbers = |column: &TextColumn| -> Vec<u64> {
            paragraphs.iter().filter_map(|one| column.number(*one)).collect()
        };
        let known_keys = keys.read(numbers(&keys).into_iter(), |text| {
            let key = key(text)?;
            let work = self.work_numbers.of(key.symbol.as_str());
            if work as usize == self.works.len() {
                self.works.push(key.symbol);
            }
            Ok::<_, SearchError>((work, key.language))
        })?;
        let known_kinds = kinds.read(numbers(&kinds).into_iter(), |text| {
            Ok::<_, SearchError>(text.parse().unwrap_or(DocumentType::Other))
        })?;
        let known_places = places.read(numbers(&places).into_iter(), |text| {
            Ok::<_, SearchError>(self.places.of(text))
        })?;
        let order = request.order();
        for one in paragraphs {
            let key = keys.number(one).and_then(|number| known_keys.get(number));
            let place = places.number(one).and_then(|number| known_places.get(number));
            let kind = kinds.number(one).and_then(|number| known_kinds.get(number));
            let (Some((work, language)), Some(place)) = (key, place) else { continue };
            let kind = kind.copied().unwrap_or(DocumentType::Other);
            let wanted = (request.languages.is_empty() || request.languages.contains(language))
                && (request.types.is_empty() || request.types.contains(&kind));
            if wanted {
                self.standings.push(Standing {
                    language: *language,
                    kind,
                    address: DocAddress::new(number, one),
                    paragraph: u64::from(*work) << 32 | u64::from(*place),
                    rank: order
                        .iter()
                        .position(|one| one == language)
                        .map_or(u8::MAX, |at| at as u8),
                    date: dates.first(one),
                    ordinal: ordinals.first(one).unwrap_or_default(),
                });
            }
        }
        Ok(())
    }

    /// Newest first, then by symbol and place. Nothing of the order in which segments are met is
    /// left.
    fn sorted(mut self) -> Found {
        self.standings.sort_unstable_by_key(|one| (one.paragraph, one.rank));
        let mut first = 0;
        let mut groups = Vec::new();
        for standings in self.standings.chunk_by(|a, b| a.paragraph == b.paragraph) {
            let languages = standings.len();
            let date = standings.iter().filter_map(|one| one.date).max();
            let work = standings.first().map_or(0, |one| (one.paragraph >> 32) as u32);
            groups.push(Group { work, date, first, languages });
            first += languages;
        }
        let ranks = ranks(&self.works);
        let standings = &self.standings;
        groups.sort_unstable_by_key(|group| {
            let rank = ranks.get(group.work as usize).copied().unwrap_or_default();
            let shown = standings.get(group.first).map(|one| (one.ordinal, one.language));
            (Reverse(group.date), rank, shown)
        });
        Found { works: self.works, standings: self.standings, groups }
    }
}

/// The place of each symbol among all of them in order.
fn ranks(symbols: &[Symbol]) -> Vec<u32> {
    let mut order: Vec<(&Symbol, usize)> =
        symbols.iter().enumerate().map(|(number, symbol)| (symbol, number)).collect();
    order.sort_unstable();
    let mut ranks = vec![0u32; order.len()];
    for (rank, (_, number)) in (0u32..).zip(order) {
        if let Some(place) = ranks.get_mut(number) {
            *place = rank;
        }
    }
    ranks
}
