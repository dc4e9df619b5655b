//! What is cited and not held: what to add next.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde::Serialize;
use undex_document::Symbol;
use undex_schema::tantivy::postings::Postings;
use undex_schema::tantivy::schema::IndexRecordOption;
use undex_schema::tantivy::{DocSet, SegmentReader, TERMINATED};
use undex_schema::{DecodeError, DocumentKey, cited_forms, is_in_documents};

use crate::columns::TextColumn;
use crate::holdings::key;
use crate::{DocumentFilter, Filter, SearchError, Searcher};

/// Which documents are looked for among those cited and not held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingRequest {
    /// The citing documents that count.
    pub citing: DocumentFilter,
    /// Only missing documents that this [`Filter::Symbol`], [`Filter::SymbolPrefix`] or
    /// [`Filter::Body`] takes; others change nothing.
    pub symbol: Option<Filter>,
    /// Documents wanted.
    pub limit: usize,
    /// Documents to skip first.
    pub offset: usize,
}

impl Default for MissingRequest {
    /// The twenty most cited, whoever cites them.
    fn default() -> Self {
        Self { citing: DocumentFilter::default(), symbol: None, limit: 20, offset: 0 }
    }
}

/// A document that is cited and not held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MissingDocument {
    /// Its symbol, as it is cited.
    pub symbol: Symbol,
    /// Documents that cite it; one in several languages counts once.
    pub documents: u64,
    /// Their paragraphs that do; where languages differ, as many as the language with most has.
    pub paragraphs: u64,
}

/// What is cited and not held.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missing {
    /// The documents wanted: those that most documents cite first, then by paragraphs, then by
    /// symbol.
    pub documents: Vec<MissingDocument>,
    /// Number of all of them.
    pub total: u64,
}

/// What is cited, as numbers: with thousands of documents, maps of maps would be most of the work.
struct Citing {
    /// The canonical symbols cited.
    symbols: Vec<String>,
    /// Numbers of a symbol and of a work that cites it, and in how many paragraphs: of all languages,
    /// in order.
    citations: Vec<(u32, u32, u64)>,
}

impl Searcher {
    /// The documents that are cited and not held, most cited first.
    ///
    /// Only citations count whose document is settled. A document that is held under another form of
    /// its symbol is not missing: another symbol it goes by, the resolution without its letter, or a
    /// part of it.
    ///
    /// # Errors
    /// [`SearchError::Damaged`].
    pub fn missing(&self, request: &MissingRequest) -> Result<Missing, SearchError> {
        let counted = match request.citing == DocumentFilter::default() {
            true => None,
            false => Some(self.documents(&request.citing)?),
        };
        let counted: Option<HashSet<DocumentKey>> = counted.map(|documents| {
            let key = |document: crate::DocumentSummary| {
                DocumentKey::new(document.symbol, document.language)
            };
            documents.into_iter().map(key).collect()
        });
        let held = Held::read(self)?;
        let mut missing = Vec::new();
        let citing = self.citing(counted.as_ref(), &held)?;
        for of_symbol in citing.citations.chunk_by(|a, b| a.0 == b.0) {
            let number = of_symbol.first().map_or(0, |(number, ..)| *number as usize);
            let symbol = citing.symbols.get(number).map_or("", String::as_str);
            let symbol: Symbol = symbol.parse().map_err(damaged)?;
            let taken = request.symbol.as_ref().is_none_or(|filter| filter.takes_symbol(&symbol));
            if taken && !held.has(&symbol) {
                let works = of_symbol.chunk_by(|a, b| a.1 == b.1);
                // The last of a work is the language with most paragraphs.
                let most = works.map(|work| work.last().map_or(0, |(.., paragraphs)| *paragraphs));
                let (documents, paragraphs) =
                    most.fold((0, 0), |(documents, sum), one| (documents + 1, sum + one));
                missing.push(MissingDocument { symbol, documents, paragraphs });
            }
        }
        missing.sort_by(|a, b| {
            (Reverse(a.documents), Reverse(a.paragraphs), &a.symbol).cmp(&(
                Reverse(b.documents),
                Reverse(b.paragraphs),
                &b.symbol,
            ))
        });
        let total = missing.len() as u64;
        let documents = missing.into_iter().skip(request.offset).take(request.limit).collect();
        Ok(Missing { documents, total })
    }

    /// Who cites what is not held under the very symbol cited.
    fn citing(
        &self,
        counted: Option<&HashSet<DocumentKey>>,
        held: &Held,
    ) -> Result<Citing, SearchError> {
        let fields = self.generation.fields();
        let mut works: HashMap<String, u32> = HashMap::new();
        let mut symbols: HashMap<String, u32> = HashMap::new();
        let mut citations = Vec::new();
        for segment in self.generation.searcher().segment_readers() {
            let keys = TextColumn::open(segment, fields.document)?;
            let met = cited_in(segment, fields.record_cites, &keys, held, &mut symbols)?;
            let of_key = keys.read(met.iter().map(|(_, number, _)| *number), |text| {
                let key = key(text)?;
                let counts = counted.is_none_or(|counted| counted.contains(&key));
                Ok::<_, SearchError>(counts.then(|| number_of(&mut works, key.symbol.as_str())))
            })?;
            citations.extend(met.into_iter().filter_map(|(symbol, number, paragraphs)| {
                of_key.get(number).copied().flatten().map(|work| (symbol, work, paragraphs))
            }));
        }
        citations.sort_unstable();
        let mut by_number = vec![String::new(); symbols.len()];
        for (symbol, number) in symbols {
            if let Some(place) = by_number.get_mut(number as usize) {
                *place = symbol;
            }
        }
        Ok(Citing { symbols: by_number, citations })
    }
}

/// The number of a text, a new one where it is met for the first time.
fn number_of(known: &mut HashMap<String, u32>, text: &str) -> u32 {
    if let Some(number) = known.get(text) {
        return *number;
    }
    let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
    known.insert(text.to_owned(), next);
    next
}

/// Numbers of a symbol and of the citing document's key, and paragraphs, for all that a segment's documents
/// cite but for what is plainly held.
fn cited_in(
    segment: &SegmentReader,
    field: undex_schema::tantivy::schema::Field,
    keys: &TextColumn,
    held: &Held,
    symbols: &mut HashMap<String, u32>,
) -> Result<Vec<(u32, u64, u64)>, SearchError> {
    let index = segment.inverted_index(field)?;
    let mut met = Vec::new();
    let mut terms = index.terms().stream()?;
    while terms.advance() {
        let symbol = std::str::from_utf8(terms.key()).map_err(damaged)?;
        if held.forms.contains(symbol) {
            continue;
        }
        let symbol = number_of(symbols, symbol);
        let info = terms.value();
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        while postings.doc() != TERMINATED {
            let number = keys.number(postings.doc());
            if let Some(number) = number.filter(|_| !segment.is_deleted(postings.doc())) {
                met.push((symbol, number, u64::from(postings.term_freq())));
            }
            postings.advance();
        }
    }
    Ok(met)
}

/// The symbols held.
struct Held {
    /// As they are.
    symbols: HashSet<String>,
    /// And what they are cited as beside.
    forms: HashSet<String>,
}

impl Held {
    fn read(searcher: &Searcher) -> Result<Self, SearchError> {
        let field = searcher.generation.fields().record_symbol;
        let mut held = Self { symbols: HashSet::new(), forms: HashSet::new() };
        for segment in searcher.generation.searcher().segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            while terms.advance() {
                if !is_in_documents(segment, &index, terms.value())? {
                    continue;
                }
                let symbol = std::str::from_utf8(terms.key()).map_err(damaged)?;
                if held.symbols.insert(symbol.to_owned()) {
                    let symbol: Symbol = symbol.parse().map_err(damaged)?;
                    let forms = cited_forms(&symbol).into_iter();
                    held.forms.extend(forms.map(|form| form.as_str().to_owned()));
                }
            }
        }
        Ok(held)
    }

    /// Whether a document is held under any of its forms.
    fn has(&self, symbol: &Symbol) -> bool {
        self.forms.contains(symbol.as_str())
            || cited_forms(symbol).iter().any(|form| self.symbols.contains(form.as_str()))
    }
}

fn damaged(error: impl std::fmt::Display) -> DecodeError {
    DecodeError { reason: error.to_string() }
}
