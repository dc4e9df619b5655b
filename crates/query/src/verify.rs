//! Whether an index is sound: its files, the engine's own checks, and what it holds against what it says
//! of itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;
use undex_schema::{
    ContentDigest, Count, DecodeError, Generation, IndexedDocument, Layout, MANIFEST,
    MANIFEST_SUMS, Manifest, OpenError, SOURCES, Statistics, document_digest,
};

use crate::{SearchError, Searcher};

mod sample;

use sample::spread;

/// Documents that are read whole and compared with the hash of what was indexed, spread over all. A
/// small index is read whole; of a large one this takes a fraction of what hashing its files takes.
const WHOLE_DOCUMENTS: usize = 100;

/// Paragraphs and records that are read of each segment, its first and last among them.
const READ_OF_A_SEGMENT: usize = 64;

/// How often verifying starts over when another program has replaced and removed the generation
/// meanwhile.
const ATTEMPTS: usize = 5;

/// A part of verifying: what is wrong is added to the problems, and what hinders it is the error.
type Check = fn(&mut Verification, &Searcher) -> Result<(), SearchError>;

/// What was found out about an index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Verification {
    /// The number of the generation in use.
    pub generation: Option<u64>,
    /// Files that were compared with their hashes, the manifest among them.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// Documents that the index says it holds.
    pub documents: u64,
    /// Their paragraphs.
    pub paragraphs: u64,
    /// Documents of which everything was read and compared with the hash of what was indexed.
    pub documents_read: u64,
    /// What is wrong; nothing when the index is sound.
    pub problems: Vec<Problem>,
}

/// Something that is wrong with an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// What kind of problem it is.
    pub code: ProblemCode,
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong with it, for people.
    pub message: String,
}

/// Kinds of problems, named stably for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ProblemCode {
    /// There is no index.
    Missing,
    /// It is of another format.
    Format,
    /// A file is missing, cut or altered.
    Damaged,
    /// A file is there that is no part of the generation.
    Unexpected,
    /// The system refuses to read a file.
    Unreadable,
    /// What the index holds is not what it says it holds.
    Content,
}

impl From<&OpenError> for Problem {
    fn from(error: &OpenError) -> Self {
        let (code, message) = match error {
            OpenError::Missing { .. } => (ProblemCode::Missing, "no index here".to_owned()),
            OpenError::Incompatible { found, supported, .. } => {
                (ProblemCode::Format, format!("index format {found}, this undex reads {supported}"))
            }
            OpenError::Damaged { reason, .. } => (ProblemCode::Damaged, reason.clone()),
            OpenError::Io { source, .. } => {
                (ProblemCode::Unreadable, format!("cannot be read: {source}"))
            }
            other => (ProblemCode::Damaged, other.to_string()),
        };
        Self { code, path: error.path().to_owned(), message }
    }
}

/// Verifies the generation in use of the index in a folder, to which nothing is written: the SHA-256 of
/// every file, files that do not belong there, the engine's own checksums, the counts, statistics
/// and digest of the manifest against the table of sources and against what the engine holds, every
/// record, and paragraphs throughout.
///
/// # Errors
/// [`OpenError::Missing`], [`OpenError::Incompatible`], and [`OpenError::Io`] when not even the manifest
/// can be read. Everything else is in [`Verification::problems`].
pub fn verify(index: &Path) -> Result<Verification, OpenError> {
    let layout = Layout::new(index);
    let mut attempt = 1;
    loop {
        let number = match layout.current() {
            Err(error @ OpenError::Damaged { .. }) => {
                let problems = vec![Problem::from(&error)];
                return Ok(Verification { problems, ..Verification::default() });
            }
            current => current?,
        };
        let found = verify_generation(index, number, &layout.generation_path(number));
        let sound = found.as_ref().is_ok_and(|found| found.problems.is_empty());
        if sound || attempt >= ATTEMPTS || layout.current().ok() == Some(number) {
            return found;
        }
        attempt += 1;
    }
}

fn verify_generation(index: &Path, number: u64, folder: &Path) -> Result<Verification, OpenError> {
    let mut found = Verification { generation: Some(number), ..Verification::default() };
    let manifest = match Manifest::read(index, folder) {
        Err(error @ OpenError::Damaged { .. }) => {
            found.problems.push(Problem::from(&error));
            return Ok(found);
        }
        manifest => manifest?,
    };
    found.files = manifest.files.len() as u64 + 1;
    found.bytes = manifest.files.iter().map(|file| file.bytes).sum();
    found.documents = manifest.documents();
    found.paragraphs = manifest.paragraphs();
    found.problems.extend(manifest.check_files(folder).iter().map(Problem::from));
    // What is read from damaged files says nothing more.
    let whole = found.problems.is_empty();
    found.unexpected_files(&manifest, folder);
    if manifest.generation != number {
        let message = format!("says that it is generation {}", manifest.generation);
        found.content(&folder.join(MANIFEST), message);
    }
    if whole {
        match Generation::open(index, folder.to_owned()) {
            Ok(generation) => found.read(generation),
            Err(error) => found.problems.push(Problem::from(&error)),
        }
    }
    Ok(found)
}

impl Verification {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    fn content(&mut self, path: &Path, message: String) {
        let path = path.to_owned();
        self.problems.push(Problem { code: ProblemCode::Content, path, message });
    }

    fn unexpected_files(&mut self, manifest: &Manifest, folder: &Path) {
        let mut known: BTreeSet<&str> =
            manifest.files.iter().map(|file| file.name.as_str()).collect();
        known.extend([MANIFEST, MANIFEST_SUMS]);
        let names = std::fs::read_dir(folder).and_then(|entries| {
            entries.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<BTreeSet<_>>>()
        });
        match names {
            Ok(names) => {
                let others = names
                    .iter()
                    .filter(|name| name.to_str().is_none_or(|name| !known.contains(name)));
                self.problems.extend(others.map(|name| Problem {
                    code: ProblemCode::Unexpected,
                    path: folder.join(name),
                    message: "no part of the generation".to_owned(),
                }));
            }
            Err(source) => {
                let error = OpenError::Io { path: folder.to_owned(), source };
                self.problems.push(Problem::from(&error));
            }
        }
    }

    /// Looks into a generation whose files are as they were written.
    fn read(&mut self, generation: Generation) {
        let folder = generation.path().to_owned();
        let searcher = Searcher { generation };
        let checks: [Check; 5] =
            [Self::engine, Self::counts, Self::parts, Self::documents, Self::samples];
        for check in checks {
            if let Err(error) = check(self, &searcher) {
                self.content(&folder, reason(&error));
            }
        }
    }

    /// The engine writes a checksum of its own while it writes a file, before undex reads the file to
    /// take its hash: what came to harm in between shows here. The engine itself looks only at the files
    /// that its list of managed files names; here it looks at those that its segments consist of.
    fn engine(&mut self, searcher: &Searcher) -> Result<(), SearchError> {
        let generation = &searcher.generation;
        let index = generation.searcher().index();
        let segments: Vec<String> =
            index.searchable_segment_metas()?.iter().map(|meta| meta.id().uuid_string()).collect();
        for file in &generation.manifest().files {
            // The engine names the files of a segment after it.
            let segment = file.name.split('.').next().unwrap_or_default();
            if segments.iter().any(|known| known == segment)
                && !index
                    .directory()
                    .validate_checksum(Path::new(&file.name))
                    .map_err(engine_error)?
            {
                let path = generation.path().join(&file.name);
                self.content(&path, "the engine's own checksum differs".to_owned());
            }
        }
        Ok(())
    }

    /// Numbers of the manifest against the table of sources and the engine's.
    fn counts(&mut self, searcher: &Searcher) -> Result<(), SearchError> {
        let generation = &searcher.generation;
        let manifest = generation.manifest();
        let path = generation.path().join(MANIFEST);
        let sources = generation.sources()?;
        let digest: ContentDigest = sources.indexed().collect();
        if digest.to_string() != manifest.digest {
            self.content(&path, format!("its digest is not that of the documents in {SOURCES}"));
        }
        if Count::all(sources.indexed()) != manifest.counts {
            self.content(&path, format!("its counts are not those of {SOURCES}"));
        }
        let held = generation.searcher().num_docs();
        let stated = manifest.documents() + manifest.paragraphs();
        if held != stated {
            let message = format!("{held} paragraphs and records are held, {stated} should be");
            self.content(&path, message);
        }
        let (searcher, fields) = (generation.searcher(), generation.fields());
        let measured = Statistics::measure(searcher, fields, &BTreeMap::new())?;
        if (&measured.0, &measured.1) != (&manifest.statistics, &manifest.segments) {
            let message = "its statistics are not those of what is held".to_owned();
            self.content(&path, message);
        }
        Ok(())
    }

    /// What the table of sources tells of its parts against what they hold: an update goes by it.
    fn parts(&mut self, searcher: &Searcher) -> Result<(), SearchError> {
        let generation = &searcher.generation;
        let path = generation.path().join(SOURCES);
        for name in generation.mistold_parts()? {
            self.content(&path, format!("what it tells of {name} is not what that holds"));
        }
        Ok(())
    }

    /// Every record against the table of sources.
    fn documents(&mut self, searcher: &Searcher) -> Result<(), SearchError> {
        let generation = &searcher.generation;
        let sources = generation.sources()?;
        for (one, next) in sources.sources.iter().zip(sources.sources.iter().skip(1)) {
            if one.path == next.path {
                self.content(generation.path(), format!("{} is a source twice", one.path));
            }
        }
        let mut expected: BTreeMap<_, _> =
            sources.indexed().map(|one| (&one.document, one)).collect();
        for address in searcher.record_addresses()? {
            let record = generation.fields().document_record(generation.searcher(), address)?;
            let key = record.key();
            let message = match expected.remove(&key) {
                None => format!("{key} is held, and no source gives it"),
                Some(one) if (one.kind, one.paragraphs) != (record.kind, record.paragraphs) => {
                    format!("the record of {key} is not that of its source")
                }
                Some(_) => continue,
            };
            self.content(generation.path(), message);
        }
        for key in expected.keys() {
            self.content(generation.path(), format!("a source gives {key}, which is not held"));
        }
        Ok(())
    }

    /// Paragraphs of every segment, and documents as a whole.
    fn samples(&mut self, searcher: &Searcher) -> Result<(), SearchError> {
        sample::segments(searcher, READ_OF_A_SEGMENT)?;
        let generation = &searcher.generation;
        let sources = generation.sources()?;
        let mut documents: Vec<&IndexedDocument> = sources.indexed().collect();
        documents.sort_by(|a, b| a.document.cmp(&b.document));
        for place in spread(documents.len(), WHOLE_DOCUMENTS) {
            let Some(one) = documents.get(place) else { continue };
            let paragraphs = searcher.paragraphs(&one.document)?;
            if document_digest(&one.document, &paragraphs) == one.digest {
                self.documents_read += 1;
            } else {
                let message = format!("the paragraphs of {} are not those indexed", one.document);
                self.content(generation.path(), message);
            }
        }
        Ok(())
    }
}

/// What is wrong, without what to do, which is said once for all problems.
fn reason(error: &SearchError) -> String {
    match error {
        SearchError::Damaged(DecodeError { reason }) => reason.clone(),
        SearchError::Open(error) => Problem::from(error).message,
        SearchError::Query(error) => error.to_string(),
    }
}

fn engine_error(error: undex_schema::tantivy::directory::error::OpenReadError) -> SearchError {
    SearchError::from(undex_schema::tantivy::TantivyError::from(error))
}
