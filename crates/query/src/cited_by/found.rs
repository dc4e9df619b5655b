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
    pub(crate) groups: Vec<Group>,
}

/// One paragraph of a work, in all the languages it stands in. Its pinpoint is the same in each.
pub(crate) struct Group {
    /// The number of its work.
    pub(crate) work: u32,
    /// The date of its document, `yyyymmdd`; the latest where languages differ.
    pub(crate) date: Option<u64>,
    /// Where it stands, in the order in which languages are preferred; never empty.
    pub(crate) standings: Vec<Standing>,
}

/// A paragraph in one language.
pub(crate) struct Standing {
    pub(crate) language: Language,
    pub(crate) kind: DocumentType,
    pub(crate) address: DocAddress,
    ordinal: u64,
}

impl Found {
    pub(crate) fn symbol(&self, group: &Group) -> String {
        self.work(group).map_or_else(String::new, Symbol::to_string)
    }

    pub(crate) fn work(&self, group: &Group) -> Option<&Symbol> {
        self.works.get(group.work as usize)
    }

    /// The works, each once.
    pub(crate) fn into_works(self) -> Vec<Symbol> {
        let mut works = self.works;
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
    groups: HashMap<(u32, u32), Group>,
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
    Ok(collected.sorted(request))
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
        let key_column = TextColumn::open(segment, fields.document)?;
        let kind_column = TextColumn::open(segment, fields.kind)?;
        let place_column = TextColumn::open(segment, fields.pinpoint)?;
        let texts = |column: &TextColumn| {
            column.texts(paragraphs.iter().filter_map(|one| column.number(*one)))
        };
        let mut known_keys: HashMap<u64, (u32, Language)> = HashMap::new();
        for (number, text) in texts(&key_column)? {
            let key = key(&text)?;
            let work = self.work_numbers.of(key.symbol.as_str());
            if work as usize == self.works.len() {
                self.works.push(key.symbol);
            }
            known_keys.insert(number, (work, key.language));
        }
        let kinds: HashMap<u64, DocumentType> = texts(&kind_column)?
            .into_iter()
            .map(|(number, text)| (number, text.parse().unwrap_or(DocumentType::Other)))
            .collect();
        let places: HashMap<u64, u32> = texts(&place_column)?
            .into_iter()
            .map(|(number, text)| (number, self.places.of(&text)))
            .collect();

        for one in paragraphs {
            let of_key = key_column.number(one).and_then(|number| known_keys.get(&number));
            let place = place_column.number(one).and_then(|number| places.get(&number));
            let kind = kind_column.number(one).and_then(|number| kinds.get(&number));
            let (Some((work, language)), Some(place)) = (of_key, place) else { continue };
            let kind = kind.copied().unwrap_or(DocumentType::Other);
            let wanted = (request.languages.is_empty() || request.languages.contains(language))
                && (request.types.is_empty() || request.types.contains(&kind));
            if !wanted {
                continue;
            }
            let group = self.groups.entry((*work, *place)).or_insert_with(|| Group {
                work: *work,
                date: None,
                standings: Vec::new(),
            });
            group.date = group.date.max(dates.first(one));
            group.standings.push(Standing {
                language: *language,
                kind,
                address: DocAddress::new(number, one),
                ordinal: ordinals.first(one).unwrap_or_default(),
            });
        }
        Ok(())
    }

    /// Newest first, then by symbol and place. Nothing of the order in which segments are met is
    /// left.
    fn sorted(self, request: &CitedByRequest) -> Found {
        let mut order: Vec<u32> = (0u32..).zip(&self.works).map(|(number, _)| number).collect();
        order.sort_by_key(|number| self.works.get(*number as usize));
        let mut ranks = vec![0u32; order.len()];
        for (rank, number) in (0u32..).zip(order) {
            if let Some(place) = ranks.get_mut(number as usize) {
                *place = rank;
            }
        }
        let mut groups: Vec<Group> = self.groups.into_values().collect();
        for group in &mut groups {
            group.standings.sort_unstable_by_key(|one| request.rank(one.language));
        }
        groups.sort_unstable_by_key(|group| {
            let rank = ranks.get(group.work as usize).copied().unwrap_or_default();
            let first = group.standings.first();
            let ordinal = first.map(|standing| standing.ordinal);
            (Reverse(group.date), rank, ordinal, first.map(|standing| standing.language))
        });
        Found { works: self.works, groups }
    }
}
