//! The table of sources as files: a head, and parts of which an update writes those that it changes.
//!
//! A part ends behind a source whose path says so, wherever the source stands. A source that comes or goes
//! therefore changes the part it is in and no other, and a part is named after its content, so that it is
//! known again without being read.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use undex_document::{DocumentType, Format, Language, Symbol, SymbolError, Warning};

use super::{ArchiveRecord, IndexedDocument, Outcome, SOURCES, SourceRecord, SourceTable};
use crate::encode::packed;
use crate::{DecodeError, DocumentKey, EncodeError, parts_digest};

/// How many sources are in a part, on average.
const PART: u32 = 1_024;

/// What the names of parts begin and end with.
const PART_NAME: (&str, &str) = ("sources-", ".part");

/// Letters of the hash in the name of a part.
const HASH_LETTERS: usize = 32;

/// A file of a generation that is part of its table of sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name in the folder of the generation.
    pub name: String,
    /// What it holds.
    pub content: Vec<u8>,
}

/// The file that names the others.
#[derive(Serialize, Deserialize)]
pub(super) struct Head<'h> {
    scanned_at: i64,
    extraction: u32,
    archives: Cow<'h, [ArchiveRecord]>,
    /// Names of the parts, in the order of the sources in them.
    pub(super) parts: Vec<String>,
}

/// A part.
#[derive(Serialize, Deserialize)]
struct Part<'p> {
    #[serde(borrow)]
    circumstances: Vec<&'p str>,
    #[serde(borrow)]
    rows: Vec<Row<'p>>,
}

/// One source.
#[derive(Serialize, Deserialize)]
struct Row<'p> {
    path: &'p str,
    bytes: u64,
    modified: Option<i64>,
    crc32: Option<u32>,
    sha256: Option<&'p str>,
    /// Their place in the list of the part.
    circumstances: u32,
    #[serde(borrow)]
    outcome: RowOutcome<'p>,
    warnings: Cow<'p, [Warning]>,
    undecided: Cow<'p, [String]>,
    confirmed: Cow<'p, [String]>,
}

/// An [`Outcome`] as it is written.
#[derive(Serialize, Deserialize)]
enum RowOutcome<'p> {
    Indexed {
        symbol: &'p str,
        language: Language,
        format: Format,
        kind: DocumentType,
        paragraphs: u32,
        digest: &'p str,
    },
    Duplicate {
        symbol: &'p str,
        language: Language,
        of: &'p str,
    },
    Skipped {
        code: &'p str,
        message: &'p str,
    },
    Failed {
        code: &'p str,
        message: &'p str,
    },
}

/// Whether a file of a generation is part of its table of sources.
pub fn is_source_file(name: &str) -> bool {
    let (start, end) = PART_NAME;
    name == SOURCES || (name.starts_with(start) && name.ends_with(end))
}

impl SourceTable {
    /// The files that hold it: the parts, and the head last. The sources must be in the order of their
    /// paths.
    ///
    /// # Errors
    /// When something is too large to be written.
    pub fn files(&self) -> Result<Vec<SourceFile>, EncodeError> {
        let parts: Vec<&[SourceRecord]> =
            self.sources.chunk_by(|source, _| !is_last_of_part(&source.path)).collect();
        let parts: Result<Vec<SourceFile>, EncodeError> =
            parts.into_par_iter().map(encode).collect();
        let mut files = parts?;
        let head = Head {
            scanned_at: self.scanned_at,
            extraction: self.extraction,
            archives: Cow::Borrowed(&self.archives),
            parts: files.iter().map(|part| part.name.clone()).collect(),
        };
        let mut content =
            serde_json::to_vec(&head).map_err(|error| EncodeError { reason: error.to_string() })?;
        content.push(b'\n');
        files.push(SourceFile { name: SOURCES.to_owned(), content });
        Ok(files)
    }
}

impl Head<'_> {
    /// The table, with what each of the parts holds.
    pub(super) fn with<E: Send>(
        self,
        part: impl Fn(&str) -> Result<Vec<SourceRecord>, E> + Sync,
    ) -> Result<SourceTable, E> {
        let parts: Result<Vec<Vec<SourceRecord>>, E> =
            self.parts.par_iter().map(|name| part(name)).collect();
        let parts = parts?;
        // With room for the sources that an update adds: the table is large, and is moved for none of them.
        let count: usize = parts.iter().map(Vec::len).sum();
        let mut sources = Vec::with_capacity(count + count / 8);
        sources.extend(parts.into_iter().flatten());
        Ok(SourceTable {
            scanned_at: self.scanned_at,
            extraction: self.extraction,
            archives: self.archives.into_owned(),
            sources,
        })
    }
}

fn is_last_of_part(path: &str) -> bool {
    crc32fast::hash(path.as_bytes()).is_multiple_of(PART)
}

fn encode(sources: &[SourceRecord]) -> Result<SourceFile, EncodeError> {
    let mut circumstances: Vec<&str> = Vec::new();
    let mut places: HashMap<&str, u32> = HashMap::new();
    let rows = sources
        .iter()
        .map(|source| {
            let place = *places.entry(&source.circumstances).or_insert_with(|| {
                circumstances.push(&source.circumstances);
                // A part does not hold as many sources.
                u32::try_from(circumstances.len() - 1).unwrap_or(u32::MAX)
            });
            Row::of(source, place)
        })
        .collect();
    let content = packed(&Part { circumstances, rows })?;
    let hash = parts_digest([&content[..]]);
    let (start, end) = PART_NAME;
    let name = format!("{start}{}{end}", hash.get(..HASH_LETTERS).unwrap_or_default());
    Ok(SourceFile { name, content })
}

/// The sources in a part.
pub(super) fn decode(content: &[u8]) -> Result<Vec<SourceRecord>, DecodeError> {
    let part: Part<'_> = match postcard::take_from_bytes(content) {
        Ok((part, [])) => part,
        Ok(_) => return Err(DecodeError { reason: "more than its sources".to_owned() }),
        Err(error) => return Err(DecodeError { reason: error.to_string() }),
    };
    let circumstances: Vec<Arc<str>> = part.circumstances.into_iter().map(Arc::from).collect();
    part.rows.into_iter().map(|row| row.into_record(&circumstances)).collect()
}

impl<'p> Row<'p> {
    fn of(source: &'p SourceRecord, circumstances: u32) -> Self {
        Self {
            path: &source.path,
            bytes: source.bytes,
            modified: source.modified,
            crc32: source.crc32,
            sha256: source.sha256.as_deref(),
            circumstances,
            outcome: RowOutcome::of(&source.outcome),
            warnings: Cow::Borrowed(&source.warnings),
            undecided: Cow::Borrowed(&source.undecided),
            confirmed: Cow::Borrowed(&source.confirmed),
        }
    }

    fn into_record(self, circumstances: &[Arc<str>]) -> Result<SourceRecord, DecodeError> {
        let known = circumstances.get(self.circumstances as usize);
        let known = known.ok_or_else(|| DecodeError {
            reason: format!("{}: circumstances that are not in its part", self.path),
        })?;
        Ok(SourceRecord {
            path: self.path.to_owned(),
            bytes: self.bytes,
            modified: self.modified,
            crc32: self.crc32,
            sha256: self.sha256.map(str::to_owned),
            circumstances: known.clone(),
            outcome: self.outcome.into_outcome()?,
            warnings: self.warnings.into_owned(),
            undecided: self.undecided.into_owned(),
            confirmed: self.confirmed.into_owned(),
        })
    }
}

impl<'p> RowOutcome<'p> {
    fn of(outcome: &'p Outcome) -> Self {
        match outcome {
            Outcome::Indexed(indexed) => Self::Indexed {
                symbol: indexed.document.symbol.as_str(),
                language: indexed.document.language,
                format: indexed.format,
                kind: indexed.kind,
                paragraphs: indexed.paragraphs,
                digest: &indexed.digest,
            },
            Outcome::Duplicate { document, of } => Self::Duplicate {
                symbol: document.symbol.as_str(),
                language: document.language,
                of,
            },
            Outcome::Skipped { code, message } => Self::Skipped { code, message },
            Outcome::Failed { code, message } => Self::Failed { code, message },
        }
    }

    fn into_outcome(self) -> Result<Outcome, DecodeError> {
        Ok(match self {
            Self::Indexed { symbol, language, format, kind, paragraphs, digest } => {
                Outcome::Indexed(IndexedDocument {
                    document: DocumentKey::new(read_symbol(symbol)?, language),
                    format,
                    kind,
                    paragraphs,
                    digest: digest.to_owned(),
                })
            }
            Self::Duplicate { symbol, language, of } => Outcome::Duplicate {
                document: DocumentKey::new(read_symbol(symbol)?, language),
                of: of.to_owned(),
            },
            Self::Skipped { code, message } => {
                Outcome::Skipped { code: code.to_owned(), message: message.to_owned() }
            }
            Self::Failed { code, message } => {
                Outcome::Failed { code: code.to_owned(), message: message.to_owned() }
            }
        })
    }
}

fn read_symbol(symbol: &str) -> Result<Symbol, DecodeError> {
    symbol.parse().map_err(|error: SymbolError| DecodeError { reason: error.to_string() })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn record(number: usize) -> SourceRecord {
        let key = || format!("UNDEX/{number}@en").parse::<DocumentKey>().unwrap();
        let (code, message) = ("code".to_owned(), "message".to_owned());
        let outcome = match number % 50 {
            0 => Outcome::Failed { code, message },
            1 => Outcome::Skipped { code, message },
            2 => Outcome::Duplicate { document: key(), of: "another".to_owned() },
            _ => Outcome::Indexed(IndexedDocument {
                document: key(),
                format: Format::Akn,
                kind: DocumentType::Report,
                paragraphs: 7,
                digest: "digest".to_owned(),
            }),
        };
        let warnings = vec![Warning { code: "w".to_owned(), message: "m".to_owned() }];
        SourceRecord {
            path: format!("corpus/{number:06}.xml"),
            bytes: number as u64,
            modified: (number.is_multiple_of(3)).then_some(-1),
            crc32: (number % 3 == 1).then_some(u32::MAX),
            sha256: (!number.is_multiple_of(4)).then(|| "sha256".to_owned()),
            circumstances: ["those of many", "those of some"]
                [usize::from(number.is_multiple_of(10))]
            .into(),
            outcome,
            warnings: if number.is_multiple_of(7) { warnings } else { Vec::new() },
            undecided: if number.is_multiple_of(11) {
                vec!["herra mientas".to_owned()]
            } else {
                Vec::new()
            },
            confirmed: if number.is_multiple_of(22) {
                vec!["herra mientas".to_owned()]
            } else {
                Vec::new()
            },
        }
    }

    fn table(numbers: impl IntoIterator<Item = usize>) -> SourceTable {
        SourceTable {
            scanned_at: 1,
            extraction: 2,
            archives: vec![ArchiveRecord { path: "a.zip".to_owned(), bytes: 3, modified: 4 }],
            sources: numbers.into_iter().map(record).collect(),
        }
    }

    fn read(files: &[SourceFile]) -> Result<SourceTable, DecodeError> {
        let (head, parts) = files.split_last().unwrap();
        let head: Head<'_> = serde_json::from_slice(&head.content).unwrap();
        head.with(|name| decode(&parts.iter().find(|part| part.name == name).unwrap().content))
    }

    #[test]
    fn tables_read_back() {
        for count in [0, 1, 100, 10_000] {
            let table = table(0..count);
            let files = table.files().unwrap();
            assert!(files.iter().all(|file| is_source_file(&file.name)));
            assert_eq!(read(&files).unwrap(), table, "{count}");
        }
    }

    #[test]
    fn one_source_changes_one_part() {
        let names = |table: SourceTable| -> HashSet<String> {
            let files = table.files().unwrap();
            files.into_iter().map(|file| file.name).filter(|name| name != SOURCES).collect()
        };
        let all = 10_000;
        let before = names(table(0..all));
        assert!((5..20).contains(&before.len()), "{} parts of {PART} sources", before.len());
        for changed in [0, 1, 4_321, all - 1] {
            let without = names(table((0..all).filter(|number| *number != changed)));
            // Where the source ends a part, two parts become one.
            assert!(before.difference(&without).count() <= 2, "{changed} removed");
            assert!(without.difference(&before).count() <= 1, "{changed} removed");
            let mut table = table(0..all);
            table.sources[changed].bytes += 1;
            let with = names(table);
            assert_eq!(before.difference(&with).count(), 1, "{changed} changed");
        }
    }

    #[test]
    fn other_bytes_are_refused() {
        let files = table(0..20).files().unwrap();
        let content = &files[0].content;
        assert_eq!(decode(content).unwrap().len(), 20);
        for length in 0..content.len() {
            assert!(decode(&content[..length]).is_err(), "cut to {length}");
        }
        let more = [content, &[0][..]].concat();
        assert_eq!(decode(&more).unwrap_err().reason, "more than its sources");
        let table = table(3..4);
        let rows = |circumstances: u32, symbol: &'static str| {
            let mut row = Row::of(&table.sources[0], circumstances);
            let (language, of) = (Language::English, "another");
            row.outcome = RowOutcome::Duplicate { symbol, language, of };
            packed(&Part { circumstances: vec!["one"], rows: vec![row] }).unwrap()
        };
        assert!(decode(&rows(0, "UNDEX/1")).is_ok());
        let message = decode(&rows(1, "UNDEX/1")).unwrap_err().to_string();
        assert!(message.contains("circumstances that are not in its part"), "{message}");
        assert!(decode(&rows(0, "no symbol")).is_err());
    }
}
