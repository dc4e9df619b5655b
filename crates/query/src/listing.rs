//! What the index holds, in lists and numbers.

use serde::Serialize;
use undex_document::{Date, DocumentType, Language, Symbol};
use undex_schema::tantivy::schema::IndexRecordOption;
use undex_schema::tantivy::{DocAddress, DocSet, TERMINATED};
use undex_schema::{Count, DocumentRecord, filing_date};

use crate::{Filter, SearchError, Searcher};

/// Which documents to list. The default lists all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// Languages; empty for all.
    pub languages: Vec<Language>,
    /// Types; empty for all.
    pub types: Vec<DocumentType>,
    /// The first day a document may bear; where only the year in its symbol is known, the first of
    /// that year counts, and those without either are left out.
    pub from: Option<Date>,
    /// The last day a document may bear, as for `from`.
    pub to: Option<Date>,
    /// [`Filter::Symbol`], [`Filter::SymbolPrefix`] or [`Filter::Body`]; others change nothing.
    pub symbol: Option<Filter>,
}

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DocumentSummary {
    /// Its symbol.
    pub symbol: Symbol,
    /// The language it is written in.
    pub language: Language,
    /// Date of adoption or issue.
    pub date: Option<Date>,
    /// What kind of document it is.
    #[serde(rename = "type")]
    pub kind: DocumentType,
    /// Number of paragraphs, headings and mastheads included.
    pub paragraphs: u32,
    /// Its title.
    pub title: Option<String>,
    /// Where it was read from.
    pub path: String,
}

/// The index in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct IndexInfo {
    /// The number of the generation.
    pub generation: u64,
    /// The version of the index format.
    pub format: u32,
    /// The version of undex that wrote it.
    pub undex: String,
    /// Hash of the content: equal for equal content, however it was indexed.
    pub digest: String,
    /// Number of documents; the same work in two languages counts twice.
    pub documents: u64,
    /// Number of paragraphs.
    pub paragraphs: u64,
    /// Size of the generation on disk in bytes, without its manifest.
    pub bytes: u64,
    /// Documents and paragraphs of each language and type.
    pub counts: Vec<Count>,
}

impl DocumentFilter {
    fn takes(&self, record: &DocumentRecord) -> bool {
        let symbols = || record.symbols.iter();
        let date = filing_date(record.date, &record.symbol);
        (self.languages.is_empty() || self.languages.contains(&record.language))
            && (self.types.is_empty() || self.types.contains(&record.kind))
            && self.from.is_none_or(|from| date.is_some_and(|date| date >= from))
            && self.to.is_none_or(|to| date.is_some_and(|date| date <= to))
            && self
                .symbol
                .as_ref()
                .is_none_or(|filter| symbols().any(|one| filter.takes_symbol(one)))
    }
}

impl Filter {
    /// Whether a symbol passes; filters that are about something else let all pass.
    pub(crate) fn takes_symbol(&self, symbol: &Symbol) -> bool {
        match self {
            Self::Symbol(wanted) => symbol == wanted,
            Self::SymbolPrefix(wanted) => symbol.prefixes().any(|prefix| prefix == wanted),
            Self::Body(wanted) => {
                symbol.body() == wanted
                    || symbol.body().strip_prefix(wanted).is_some_and(|s| s.starts_with('/'))
            }
            _ => true,
        }
    }
}

impl Searcher {
    /// The documents that a filter takes, in the order of their symbols and languages.
    ///
    /// # Errors
    /// [`SearchError::Damaged`].
    pub fn documents(&self, filter: &DocumentFilter) -> Result<Vec<DocumentSummary>, SearchError> {
        let fields = self.generation.fields();
        let searcher = self.generation.searcher();
        let mut listed = Vec::new();
        for address in self.record_addresses()? {
            let record = fields.document_record(searcher, address)?;
            if filter.takes(&record) {
                listed.push(DocumentSummary {
                    symbol: record.symbol,
                    language: record.language,
                    date: record.date,
                    kind: record.kind,
                    paragraphs: record.paragraphs,
                    title: record.title,
                    path: record.source.path,
                });
            }
        }
        listed.sort_by(|a, b| (&a.symbol, a.language).cmp(&(&b.symbol, b.language)));
        Ok(listed)
    }

    /// The index in numbers. Reads nothing that opening has not read.
    pub fn info(&self) -> IndexInfo {
        let manifest = self.generation.manifest();
        IndexInfo {
            generation: manifest.generation,
            format: manifest.format,
            undex: manifest.undex.clone(),
            digest: manifest.digest.clone(),
            documents: manifest.documents(),
            paragraphs: manifest.paragraphs(),
            bytes: manifest.files.iter().map(|file| file.bytes).sum(),
            counts: manifest.counts.clone(),
        }
    }

    /// Where the records stand, in the order in which they are stored, so that each block of the
    /// store is decompressed once.
    pub(crate) fn record_addresses(&self) -> Result<Vec<DocAddress>, SearchError> {
        let field = self.generation.fields().record;
        let mut addresses = Vec::new();
        for (number, segment) in (0u32..).zip(self.generation.searcher().segment_readers()) {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            while let Some((_, info)) = terms.next() {
                let mut postings =
                    index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                while postings.doc() != TERMINATED {
                    if !segment.is_deleted(postings.doc()) {
                        addresses.push(DocAddress::new(number, postings.doc()));
                    }
                    postings.advance();
                }
            }
        }
        addresses.sort_unstable();
        Ok(addresses)
    }
}
