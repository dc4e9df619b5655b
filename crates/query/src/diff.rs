//! What differs between two generations.

use std::collections::BTreeMap;

use serde::Serialize;
use undex_document::{Date, DocumentType, Language, Paragraph, SCHEMA, Symbol};
use undex_schema::{DecodeError, DocumentKey, DocumentRecord, Outcome, SourceRecord};

use crate::{SearchError, Searcher};

mod align;
mod common;
mod words;

pub use words::{WordChange, changed_words};

/// How something compares with what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Change {
    /// It was not there.
    Added,
    /// It is gone.
    Removed,
    /// It is not as it was.
    Changed,
}

/// A part of a document beside its paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DocumentField {
    /// Its title.
    Title,
    /// Date of adoption or issue.
    Date,
    /// What kind of document it is.
    Type,
    /// Every symbol it goes by.
    Symbols,
}

/// A part of a paragraph. Its page, its number among all paragraphs and what it cites follow from
/// other things and do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ParagraphField {
    /// The text.
    Text,
    /// The number as printed.
    Label,
    /// What the paragraph is.
    Role,
    /// The place to cite.
    Pinpoint,
    /// Its footnotes.
    Notes,
    /// The headings it stands under.
    Headings,
}

/// What a document is, beside its paragraphs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DocumentHead {
    /// Its title.
    pub title: Option<String>,
    /// Date of adoption or issue.
    pub date: Option<Date>,
    /// What kind of document it is.
    #[serde(rename = "type")]
    pub kind: DocumentType,
    /// Every symbol it goes by.
    pub symbols: Vec<Symbol>,
    /// Number of paragraphs, headings and mastheads included.
    pub paragraphs: u32,
    /// Where it was read from.
    pub path: String,
}

/// A document that differs.
///
/// Its JSON is a line that `undex diff --json` writes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DocumentDiff {
    /// The number of the JSON contract.
    pub schema: u32,
    /// How.
    pub change: Change,
    /// Its symbol.
    pub symbol: Symbol,
    /// Its language.
    pub language: Language,
    /// What it was; none when it was added.
    pub old: Option<DocumentHead>,
    /// What it is; none when it was removed.
    pub new: Option<DocumentHead>,
    /// What differs beside the paragraphs, where the document changed.
    pub fields: Vec<DocumentField>,
    /// The paragraphs that differ, where the document changed: in the order of the new document,
    /// and those that are gone where they stood.
    pub paragraphs: Vec<ParagraphDiff>,
}

/// A paragraph that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ParagraphDiff {
    /// How.
    pub change: Change,
    /// What it was; none when it was added.
    pub old: Option<Paragraph>,
    /// What it is; none when it was removed.
    pub new: Option<Paragraph>,
    /// What differs, where the paragraph changed.
    pub fields: Vec<ParagraphField>,
    /// The words of its text that differ, in order.
    pub words: Vec<WordChange>,
}

/// How many of a kind there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DiffCounts {
    /// Those that were not there.
    pub added: u64,
    /// Those that are gone.
    pub removed: u64,
    /// Those that are not as they were.
    pub changed: u64,
}

/// How much differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DiffSummary {
    /// Documents that differ.
    pub documents: DiffCounts,
    /// Documents that are as they were.
    pub unchanged: u64,
    /// Paragraphs that differ in changed documents; those of added and removed documents do not
    /// count here.
    pub paragraphs: DiffCounts,
}

/// The documents that differ between two generations, by symbol and language; made by
/// [`Searcher::diff`].
///
/// Each is read when its turn comes, so that memory holds two documents at a time.
#[derive(Debug)]
pub struct Diff<'s> {
    old: &'s Searcher,
    new: &'s Searcher,
    suspects: std::vec::IntoIter<Suspect>,
    summary: DiffSummary,
}

/// A document that may differ.
#[derive(Debug)]
struct Suspect {
    key: DocumentKey,
    change: Change,
}

/// Everything that a document is made from. Where it is the same, so is the document.
#[derive(PartialEq)]
struct Making<'s> {
    digest: &'s str,
    kind: DocumentType,
    sha256: Option<&'s str>,
    circumstances: &'s str,
    confirmed: &'s [String],
}

impl Searcher {
    /// What is different in a newer generation, of this index or of another one.
    ///
    /// Documents whose source and content are the same by their hashes are not read. A document whose
    /// source or facts changed is read in both generations, since its content hash covers neither its
    /// title nor its headings.
    ///
    /// # Errors
    /// [`SearchError::Open`] when what became of the sources cannot be read; each document that is
    /// read may give [`SearchError::Damaged`].
    pub fn diff<'s>(&'s self, newer: &'s Searcher) -> Result<Diff<'s>, SearchError> {
        let (before, after) = (self.generation.sources()?, newer.generation.sources()?);
        let (before, mut after) = (makings(&before.sources), makings(&after.sources));
        let mut suspects = Vec::new();
        let mut summary = DiffSummary::default();
        for (key, old) in before {
            let change = match after.remove(key) {
                Some(new) if new == old => {
                    summary.unchanged += 1;
                    continue;
                }
                Some(_) => Change::Changed,
                None => Change::Removed,
            };
            suspects.push(Suspect { key: key.clone(), change });
        }
        let added = after.into_keys();
        suspects.extend(added.map(|key| Suspect { key: key.clone(), change: Change::Added }));
        suspects.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(Diff { old: self, new: newer, suspects: suspects.into_iter(), summary })
    }
}

/// What the documents of a generation are made from.
fn makings(sources: &[SourceRecord]) -> BTreeMap<&DocumentKey, Making<'_>> {
    let makings = sources.iter().filter_map(|source| match &source.outcome {
        Outcome::Indexed(indexed) => Some((
            &indexed.document,
            Making {
                digest: &indexed.digest,
                kind: indexed.kind,
                sha256: source.sha256.as_deref(),
                circumstances: &source.circumstances,
                confirmed: &source.confirmed,
            },
        )),
        _ => None,
    });
    makings.collect()
}

impl Diff<'_> {
    /// How much differs in the documents given so far; of those that do not differ, all that are
    /// known without being read are counted from the start.
    pub fn summary(&self) -> DiffSummary {
        self.summary
    }

    /// Reads a document that may differ; none when it does not.
    fn read(&self, suspect: Suspect) -> Result<Option<DocumentDiff>, SearchError> {
        let Suspect { key, change } = suspect;
        let (old, new) = match change {
            Change::Added => (None, Some(held(self.new, &key)?)),
            Change::Removed => (Some(held(self.old, &key)?), None),
            Change::Changed => (Some(held(self.old, &key)?), Some(held(self.new, &key)?)),
        };
        let mut fields = Vec::new();
        let mut paragraphs = Vec::new();
        if let (Some(old), Some(new)) = (&old, &new) {
            fields = document_fields(old, new);
            paragraphs = align::compared(self.old.paragraphs(&key)?, self.new.paragraphs(&key)?);
            if fields.is_empty() && paragraphs.is_empty() {
                return Ok(None);
            }
        }
        Ok(Some(DocumentDiff {
            schema: SCHEMA,
            change,
            symbol: key.symbol,
            language: key.language,
            old: old.map(DocumentHead::of),
            new: new.map(DocumentHead::of),
            fields,
            paragraphs,
        }))
    }
}

impl Iterator for Diff<'_> {
    type Item = Result<DocumentDiff, SearchError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let suspect = self.suspects.next()?;
            match self.read(suspect) {
                Ok(Some(document)) => {
                    self.summary.count(&document);
                    return Some(Ok(document));
                }
                Ok(None) => self.summary.unchanged += 1,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl DiffSummary {
    /// Whether nothing differs.
    pub fn is_equal(&self) -> bool {
        self.documents == DiffCounts::default()
    }

    fn count(&mut self, document: &DocumentDiff) {
        self.documents.count(document.change);
        for paragraph in &document.paragraphs {
            self.paragraphs.count(paragraph.change);
        }
    }
}

impl DiffCounts {
    fn count(&mut self, change: Change) {
        match change {
            Change::Added => self.added += 1,
            Change::Removed => self.removed += 1,
            Change::Changed => self.changed += 1,
        }
    }
}

impl DocumentHead {
    fn of(record: DocumentRecord) -> Self {
        Self {
            title: record.title,
            date: record.date,
            kind: record.kind,
            symbols: record.symbols,
            paragraphs: record.paragraphs,
            path: record.source.path,
        }
    }
}

/// The record of a document that the table of sources names.
fn held(searcher: &Searcher, key: &DocumentKey) -> Result<DocumentRecord, SearchError> {
    let missing = || DecodeError { reason: format!("a source gives {key}, which has no record") };
    Ok(searcher.record(key)?.ok_or_else(missing)?)
}

fn document_fields(old: &DocumentRecord, new: &DocumentRecord) -> Vec<DocumentField> {
    let table = [
        (DocumentField::Title, old.title != new.title),
        (DocumentField::Date, old.date != new.date),
        (DocumentField::Type, old.kind != new.kind),
        (DocumentField::Symbols, old.symbols != new.symbols),
    ];
    table.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}
