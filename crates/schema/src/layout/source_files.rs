//! The table of sources as files: a head, and parts of which an update writes those that it changes.
//!
//! A part ends behind a source whose path says so, wherever the source stands. A source that comes or goes
//! therefore changes the part it is in, and where it ends that the next, but no other. A part is named after its
//! content, so that it is known again without being read. The head tells of every part what an update has to
//! know to leave it closed.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use undex_document::{DocumentType, Format, Language, Symbol, SymbolError, Warning};

use super::sources::indexed;
use super::{
    Count, IndexedDocument, Outcome, SOURCES, SourceHead, SourcePart, SourceRecord, SourceTable,
};
use crate::encode::packed;
use crate::{ContentDigest, DecodeError, DocumentKey, EncodeError, parts_digest};

/// How many sources are in a part, on average.
const PART: u32 = 1_024;

/// What the names of parts begin and end with.
const PART_NAME: (&str, &str) = ("sources-", ".part");

/// Between the path of an archive and that of its member.
const MEMBER: char = '!';

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

/// A table of sources as files, and what it comes to.
#[derive(Clone, Debug)]
pub struct SourceFiles {
    /// The files to be written: the parts that are not closed, and the head last.
    pub files: Vec<SourceFile>,
    /// Sum over the content of all documents.
    pub digest: ContentDigest,
    /// How many documents there are of each language and type.
    pub counts: Vec<Count>,
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
    /// The files that hold it, but for the parts that stay closed. The sources must be in the order of their
    /// paths, and no settled one between the first and the last of a closed part.
    ///
    /// # Errors
    /// When something is too large to be written.
    pub fn files(&self) -> Result<SourceFiles, EncodeError> {
        let (settled, unsettled): (Vec<&SourceRecord>, Vec<&SourceRecord>) =
            self.sources.iter().partition(|source| source.is_settled());
        let (mut files, mut settled) = self.parts(&settled, &self.closed)?;
        let (more, unsettled) = self.parts(&unsettled, &[])?;
        files.extend(more);
        settled.extend(self.closed.iter().cloned());
        settled.sort_by(|a, b| a.first.cmp(&b.first));
        let parts = || settled.iter().chain(&unsettled);
        let digest = parts().map(|part| part.digest).sum();
        let counts = Count::total(parts().flat_map(|part| part.counts.iter().cloned()));
        let head = SourceHead {
            scanned_at: self.scanned_at,
            extraction: self.extraction,
            basis: self.basis.clone(),
            folders: self.folders.clone(),
            archives: self.archives.clone(),
            settled,
            unsettled,
        };
        let mut content =
            serde_json::to_vec(&head).map_err(|error| EncodeError { reason: error.to_string() })?;
        content.push(b'\n');
        files.push(SourceFile { name: SOURCES.to_owned(), content });
        Ok(SourceFiles { files, digest, counts })
    }

    /// The parts that sources stand in, none of which reaches beyond a closed one.
    fn parts(
        &self,
        sources: &[&SourceRecord],
        closed: &[SourcePart],
    ) -> Result<(Vec<SourceFile>, Vec<SourcePart>), EncodeError> {
        let closed_before =
            |source: &SourceRecord| closed.partition_point(|part| part.first < source.path);
        let runs: Vec<&[&SourceRecord]> = sources
            .chunk_by(|a, b| !ends_part(&a.path) && closed_before(a) == closed_before(b))
            .collect();
        let encoded: Result<Vec<(SourceFile, SourcePart)>, EncodeError> =
            runs.into_par_iter().map(|sources| self.encode(sources)).collect();
        Ok(encoded?.into_iter().unzip())
    }

    /// The folder or archive that a source is in.
    fn container<'s>(&self, source: &'s SourceRecord) -> &'s str {
        let path = source.path.as_str();
        let is_archive = |start: &&str| {
            self.archives.binary_search_by(|archive| archive.path.as_str().cmp(start)).is_ok()
        };
        let mut starts = path.match_indices(MEMBER).filter_map(|(place, _)| path.get(..place));
        let archive = source.crc32.and_then(|_| starts.find(is_archive));
        archive.unwrap_or_else(|| folder_of(path))
    }

    /// Whether a part that holds these sources is what is told of it.
    pub(super) fn tells(&self, part: &SourcePart, sources: &[SourceRecord]) -> bool {
        let sources: Vec<&SourceRecord> = sources.iter().collect();
        self.encode(&sources).is_ok_and(|(_, holds)| holds == *part)
    }

    fn encode(&self, sources: &[&SourceRecord]) -> Result<(SourceFile, SourcePart), EncodeError> {
        let file = encode(sources)?;
        // Those of one container mostly stand together.
        let mut containers: Vec<&str> = sources.iter().map(|one| self.container(one)).collect();
        containers.dedup();
        containers.sort_unstable();
        containers.dedup();
        let path = |source: Option<&&SourceRecord>| source.map(|one| one.path.clone());
        let part = SourcePart {
            name: file.name.clone(),
            first: path(sources.first()).unwrap_or_default(),
            last: path(sources.last()).unwrap_or_default(),
            sources: sources.len() as u64,
            containers: containers.into_iter().map(str::to_owned).collect(),
            modified: sources.iter().filter_map(|source| source.modified).max(),
            digest: indexed(sources.iter().copied()).collect(),
            counts: Count::all(indexed(sources.iter().copied())),
        };
        Ok((file, part))
    }
}

impl SourceHead {
    /// The table, with what the parts that are opened hold, those of sources that are not settled among them.
    /// The others stay closed.
    pub(super) fn open<E: Send>(
        self,
        is_opened: impl Fn(&SourcePart) -> bool,
        read: impl Fn(&str) -> Result<Vec<SourceRecord>, E> + Sync,
    ) -> Result<SourceTable, E> {
        let (mut opened, closed): (Vec<_>, Vec<_>) = self.settled.into_iter().partition(is_opened);
        let is_in_order = opened.is_empty() || self.unsettled.is_empty();
        opened.extend(self.unsettled);
        let parts: Result<Vec<Vec<SourceRecord>>, E> =
            opened.par_iter().map(|part| read(&part.name)).collect();
        let parts = parts?;
        // With room for the sources that an update adds: the table is large, and is moved for none of them.
        let count: usize = parts.iter().map(Vec::len).sum();
        let mut sources = Vec::with_capacity(count + count / 8);
        sources.extend(parts.into_iter().flatten());
        if !is_in_order {
            // Two runs become one.
            sources.sort_by(|a, b| a.path.cmp(&b.path));
        }
        Ok(SourceTable {
            scanned_at: self.scanned_at,
            extraction: self.extraction,
            basis: self.basis,
            folders: self.folders,
            archives: self.archives,
            sources,
            closed,
        })
    }
}

/// The folder that a file is in, empty where its path names none.
pub fn folder_of(path: &str) -> &str {
    Path::new(path).parent().and_then(Path::to_str).unwrap_or_default()
}

/// Whether a part ends behind a source with that path, wherever it stands.
pub fn ends_part(path: &str) -> bool {
    crc32fast::hash(path.as_bytes()).is_multiple_of(PART)
}

fn encode(sources: &[&SourceRecord]) -> Result<SourceFile, EncodeError> {
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

    use super::super::{ArchiveRecord, FolderRecord};
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
            basis: "basis".to_owned(),
            folders: vec![FolderRecord {
                path: "corpus".to_owned(),
                modified: Some(5),
                changed: 6,
                folders: vec!["more".to_owned()],
            }],
            archives: vec![ArchiveRecord { path: "a.zip".to_owned(), bytes: 3, modified: 4 }],
            sources: numbers.into_iter().map(record).collect(),
            closed: Vec::new(),
        }
    }

    fn head(files: &[SourceFile]) -> SourceHead {
        serde_json::from_slice(&files.last().unwrap().content).unwrap()
    }

    fn read(
        files: &[SourceFile],
        is_opened: impl Fn(&SourcePart) -> bool,
    ) -> Result<SourceTable, DecodeError> {
        let content = |name: &str| &files.iter().find(|part| part.name == name).unwrap().content;
        head(files).open(is_opened, |name| decode(content(name)))
    }

    #[test]
    fn tables_read_back() {
        for count in [0, 1, 100, 10_000] {
            let table = table(0..count);
            let written = table.files().unwrap();
            assert!(written.files.iter().all(|file| is_source_file(&file.name)));
            assert_eq!(written.digest, table.indexed().collect(), "{count}");
            assert_eq!(written.counts, Count::all(table.indexed()), "{count}");
            assert_eq!(read(&written.files, |_| true).unwrap(), table, "{count}");
        }
    }

    #[test]
    fn one_source_changes_one_part() {
        let names = |table: SourceTable| -> HashSet<String> {
            let files = table.files().unwrap().files;
            files.into_iter().map(|file| file.name).filter(|name| name != SOURCES).collect()
        };
        let all = 10_000;
        let before = names(table(0..all));
        let count = before.len();
        assert!((10..30).contains(&count), "{count} parts of about {PART} sources");
        // Among them are some that are not settled.
        for changed in [0, 1, 3, 4_321, all - 1] {
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
    fn parts_that_stay_closed_are_neither_read_nor_written() {
        let all = 10_000;
        let files = table(0..all).files().unwrap().files;
        for changed in [3, 4_321, all - 2] {
            let path = record(changed).path;
            let mut opened = read(&files, |part| part.spans(&path)).unwrap();
            assert_eq!(opened.closed.len(), head(&files).settled.len() - 1, "{changed}");
            opened.sources.iter_mut().find(|one| one.path == path).unwrap().bytes += 1;
            let mut whole = table(0..all);
            whole.sources[changed].bytes += 1;
            let (found, expected) = (opened.files().unwrap(), whole.files().unwrap());
            assert_eq!(head(&found.files), head(&expected.files), "{changed}");
            let written = head(&files).unsettled.len() + 2;
            assert_eq!(found.files.len(), written, "{changed}: one part, all unsettled, the head");
            assert_eq!((found.digest, found.counts), (expected.digest, expected.counts));
        }
    }

    #[test]
    fn what_is_told_of_a_part() {
        let mut table = table([3, 4, 5]);
        let [file, nested, member] = &mut table.sources[..] else { panic!() };
        file.path = "corpus/a!b.xml".to_owned();
        nested.path = "corpus/folder/a.xml".to_owned();
        nested.modified = Some(9);
        (member.path, member.crc32, member.modified) =
            ("d!e/f.zip!g!h/i.xml".to_owned(), Some(0), None);
        table.archives =
            vec![ArchiveRecord { path: "d!e/f.zip".to_owned(), bytes: 1, modified: 1 }];
        let told = |table: &SourceTable| head(&table.files().unwrap().files);
        let part = told(&table).settled.remove(0);
        assert_eq!(part.containers, ["corpus", "corpus/folder", "d!e/f.zip"]);
        assert_eq!(
            (part.first.as_str(), part.last.as_str()),
            ("corpus/a!b.xml", "d!e/f.zip!g!h/i.xml")
        );
        assert_eq!((part.sources, part.modified), (3, Some(9)));
        assert!(told(&table).unsettled.is_empty());
        let in_doubt = vec!["herra mientas".to_owned()];
        let in_doubt = SourceRecord { undecided: in_doubt, ..table.sources[1].clone() };
        // Other documents may decide it otherwise, and a duplicate may have to take the place of its document.
        for other in [in_doubt, SourceRecord { path: "corpus/b".to_owned(), ..record(2) }] {
            table.sources[1] = other;
            let head = told(&table);
            let [settled, unsettled] = [&head.settled[..], &head.unsettled].map(|parts| &parts[0]);
            assert_eq!((settled.sources, unsettled.sources), (2, 1));
            assert!(settled.spans(&unsettled.first), "it stands between them");
        }
    }

    #[test]
    fn other_bytes_are_refused() {
        let files = table(3..10).files().unwrap().files;
        let content = &files[0].content;
        assert_eq!(decode(content).unwrap().len(), 7);
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
