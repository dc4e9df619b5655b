//! One complete, immutable state of the index, open for reading.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::mem::take;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde::Deserialize;
use tantivy::directory::{Directory, MmapDirectory};
use tantivy::{Index, ReloadPolicy, Searcher};

use super::carried_over::CarriedOver;
use super::read_only::ReadOnlyDirectory;
use super::source_files;
use super::{
    FORMAT_VERSION, FileRecord, MANIFEST, MANIFEST_SUMS, Manifest, Mismatch, SOURCES, SourceHead,
    SourcePart, SourceRecord, SourceTable, manifest_sums, mismatch_in,
};
use crate::dictionary::DictionaryTexts;
use crate::{
    DecodeError, DocumentKey, DocumentRecord, ExactStatistics, Fields, OpenError, Vocabulary,
    addresses,
};

/// Blocks of the document store kept decompressed, of 16 KiB each: an answer of ten hits touches
/// about twenty.
const STORE_BLOCKS: usize = 64;

/// A generation open for reading. Nothing is written, no lock is taken, and the files stay readable
/// while later generations are published and this one is removed.
#[derive(Clone)]
pub struct Generation {
    path: PathBuf,
    manifest: Arc<Manifest>,
    fields: Fields,
    searcher: Searcher,
    texts: Arc<DictionaryTexts>,
}

/// As much of a manifest as every format version has.
#[derive(Deserialize)]
struct AnyManifest {
    format: u32,
}

impl Generation {
    /// Opens the generation in a folder; `index` is the folder of the index, for messages.
    ///
    /// # Errors
    /// See [`OpenError`]. Missing and cut files are found here, altered ones when what is altered is
    /// first read: nothing is answered from a block whose checksum is wrong.
    pub fn open(index: &Path, path: PathBuf) -> Result<Self, OpenError> {
        let manifest = Arc::new(Manifest::read(index, &path)?);
        for file in &manifest.files {
            check_length(&path, file)?;
        }
        let searcher =
            open_searcher(&path, manifest.clone()).map_err(|error| match mismatch_in(&error) {
                Some(mismatch) => mismatch.clone().into(),
                None => OpenError::Damaged { path: path.clone(), reason: error.to_string() },
            })?;
        let fields = Fields::new();
        if searcher.schema() != fields.schema() {
            let reason = "its fields are not those of its format version".to_owned();
            return Err(OpenError::Damaged { path, reason });
        }
        let texts = Arc::new(DictionaryTexts::new(fields.schema()));
        Ok(Self { path, manifest, fields, searcher, texts })
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The error of a generation that does not hold what it should.
    pub fn damaged(&self, DecodeError { reason }: DecodeError) -> OpenError {
        OpenError::Damaged { path: self.path.clone(), reason }
    }

    /// The fields of its engine documents.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The engine's searcher over it.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The texts of its dictionaries, as far as they were read.
    pub(crate) fn dictionary_texts(&self) -> &DictionaryTexts {
        &self.texts
    }

    /// The words of its documents.
    pub fn vocabulary(&self) -> Vocabulary {
        Vocabulary::new(self.searcher.clone(), self.fields.clone())
    }

    /// The numbers to score with, to be given to
    /// [`Searcher::search_with_statistics_provider`].
    pub fn statistics(&self) -> ExactStatistics<'_> {
        self.manifest.statistics.provider(&self.searcher, &self.fields)
    }

    /// Reads the record of a document, if it is held.
    ///
    /// # Errors
    /// When the index does not hold what it should.
    pub fn record(&self, key: &DocumentKey) -> Result<Option<DocumentRecord>, DecodeError> {
        let addresses = addresses(&self.searcher, &self.fields.record_term(key))?;
        let record = addresses.first();
        record.map(|address| self.fields.document_record(&self.searcher, *address)).transpose()
    }

    /// Reads what became of every source.
    ///
    /// # Errors
    /// [`OpenError::Damaged`] and [`OpenError::Io`].
    pub fn sources(&self) -> Result<SourceTable, OpenError> {
        self.sources_in(self.source_head()?, |_| true)
    }

    /// Reads what is known of the sources as a whole.
    ///
    /// # Errors
    /// [`OpenError::Damaged`] and [`OpenError::Io`].
    pub fn source_head(&self) -> Result<SourceHead, OpenError> {
        let path = self.path.join(SOURCES);
        let record = self.manifest.files.iter().find(|file| file.name == SOURCES);
        parse(&path, &checked(&path, record)?)
    }

    /// Reads what became of the sources that are not settled, and of the others in those parts that are to be
    /// opened.
    ///
    /// # Errors
    /// [`OpenError::Damaged`] and [`OpenError::Io`].
    pub fn sources_in(
        &self,
        head: SourceHead,
        is_opened: impl Fn(&SourcePart) -> bool,
    ) -> Result<SourceTable, OpenError> {
        let files = self.file_records();
        head.open(is_opened, |name| self.part(name, &files))
    }

    /// Reads what became of the sources in one part.
    ///
    /// # Errors
    /// [`OpenError::Damaged`] and [`OpenError::Io`].
    pub fn sources_of(&self, part: &SourcePart) -> Result<Vec<SourceRecord>, OpenError> {
        self.part(&part.name, &self.file_records())
    }

    /// The names of the parts of the table of sources that are not what the head of the table tells of them, or
    /// not where it has them.
    ///
    /// # Errors
    /// [`OpenError::Damaged`] and [`OpenError::Io`].
    pub fn mistold_parts(&self) -> Result<Vec<String>, OpenError> {
        let mut head = self.source_head()?;
        let (settled, unsettled) = (take(&mut head.settled), take(&mut head.unsettled));
        let (table, files) = (self.sources_in(head, |_| true)?, self.file_records());
        let mut mistold = Vec::new();
        for (parts, are_settled) in [(&settled, true), (&unsettled, false)] {
            let mut last = "";
            for part in parts {
                let sources = self.part(&part.name, &files)?;
                let is_in_place = last < part.first.as_str()
                    && sources.iter().all(|source| source.is_settled() == are_settled);
                if !is_in_place || !table.tells(part, &sources) {
                    mistold.push(part.name.clone());
                }
                last = &part.last;
            }
        }
        Ok(mistold)
    }

    fn part(
        &self,
        name: &str,
        files: &HashMap<&str, &FileRecord>,
    ) -> Result<Vec<SourceRecord>, OpenError> {
        let path = self.path.join(name);
        let content = checked(&path, files.get(name).copied())?;
        source_files::decode(&content)
            .map_err(|DecodeError { reason }| OpenError::Damaged { path, reason })
    }

    fn file_records(&self) -> HashMap<&str, &FileRecord> {
        self.manifest.files.iter().map(|file| (file.name.as_str(), file)).collect()
    }

    /// A folder that begins with the files of this generation and is written to through `new`: what is
    /// read of those files is checked as it is here.
    ///
    /// # Errors
    /// When the folder is not there.
    pub fn carried_over(
        &self,
        folder: &Path,
        new: Box<dyn Directory>,
    ) -> tantivy::Result<Box<dyn Directory>> {
        let engine = MmapDirectory::open(folder)?;
        let old = ReadOnlyDirectory::new(engine, folder, self.manifest.clone());
        Ok(Box::new(CarriedOver::new(old, new)))
    }

    /// Compares the files that were written to after the manifest, which is the last to be written,
    /// with their checksums. The others cost a look at their time.
    ///
    /// # Errors
    /// The first that differs; [`OpenError::Io`] when one cannot be read.
    pub fn check_changed(&self) -> Result<(), OpenError> {
        let written = modified(&self.path.join(MANIFEST))?;
        for file in &self.manifest.files {
            let path = self.path.join(&file.name);
            if modified(&path)? > written {
                let found = FileRecord::of(&self.path, &file.name);
                file.compare(&path, &found.map_err(|error| io_error(&path, error))?)?;
            }
        }
        Ok(())
    }
}

impl Manifest {
    /// Reads the manifest of the generation in a folder; `index` is the folder of the index, for
    /// messages.
    ///
    /// # Errors
    /// [`OpenError::Incompatible`], [`OpenError::Damaged`] and [`OpenError::Io`].
    pub fn read(index: &Path, generation: &Path) -> Result<Self, OpenError> {
        let path = generation.join(MANIFEST);
        let content = read(&path)?;
        // Formats before the third kept no hash of their manifest. Where there is one it comes first: a
        // damaged manifest may name any format.
        let sums = generation.join(MANIFEST_SUMS);
        let kept = match fs::read(&sums) {
            Ok(kept) => Some(kept),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(source) => return Err(io_error(&sums, source)),
        };
        if kept.as_ref().is_some_and(|kept| *kept != manifest_sums(&content).as_bytes()) {
            let reason = format!("its hash is not the one in {MANIFEST_SUMS}");
            return Err(OpenError::Damaged { path, reason });
        }
        let any: AnyManifest = parse(&path, &content)?;
        if any.format != FORMAT_VERSION {
            return Err(OpenError::Incompatible {
                path: index.to_owned(),
                found: any.format,
                supported: FORMAT_VERSION,
            });
        }
        if kept.is_none() {
            return Err(missing_file(&sums));
        }
        parse(&path, &content)
    }

    /// Compares every file in the folder of the generation with its length and SHA-256, whether the
    /// generation opens or not; gives what is wrong with each that differs, is missing or cannot be
    /// read.
    pub fn check_files(&self, generation: &Path) -> Vec<OpenError> {
        let checked = self.files.iter().map(|file| check_file(generation, file));
        checked.filter_map(Result::err).collect()
    }
}

impl std::fmt::Debug for Generation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Generation").field("path", &self.path).finish_non_exhaustive()
    }
}

fn open_searcher(path: &Path, manifest: Arc<Manifest>) -> tantivy::Result<Searcher> {
    let directory = ReadOnlyDirectory::new(MmapDirectory::open(path)?, path, manifest);
    let reader = Index::open(directory)?
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .doc_store_cache_num_blocks(STORE_BLOCKS)
        .try_into()?;
    Ok(reader.searcher())
}

fn read(path: &Path) -> Result<Vec<u8>, OpenError> {
    fs::read(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => missing_file(path),
        _ => io_error(path, source),
    })
}

/// The content of a file, which must be as the manifest says.
fn checked(path: &Path, record: Option<&FileRecord>) -> Result<Vec<u8>, OpenError> {
    let record = record.ok_or_else(|| missing_file(path))?;
    let content = read(path)?;
    record.check(path, &content)?;
    Ok(content)
}

fn parse<T: serde::de::DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, OpenError> {
    serde_json::from_slice(bytes)
        .map_err(|error| OpenError::Damaged { path: path.to_owned(), reason: error.to_string() })
}

fn check_file(generation: &Path, file: &FileRecord) -> Result<(), OpenError> {
    check_length(generation, file)?;
    let path = generation.join(&file.name);
    let found = FileRecord::of(generation, &file.name).map_err(|error| io_error(&path, error))?;
    Ok(file.compare(&path, &found)?)
}

fn modified(path: &Path) -> Result<SystemTime, OpenError> {
    let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
    modified.map_err(|source| io_error(path, source))
}

fn check_length(generation: &Path, file: &FileRecord) -> Result<(), OpenError> {
    let path = generation.join(&file.name);
    let found = match fs::metadata(&path) {
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(missing_file(&path)),
        Err(source) => return Err(io_error(&path, source)),
    };
    Ok(file.check_length(&path, found)?)
}

fn missing_file(path: &Path) -> OpenError {
    OpenError::Damaged { path: path.to_owned(), reason: "the file is missing".to_owned() }
}

fn io_error(path: &Path, source: io::Error) -> OpenError {
    OpenError::Io { path: path.to_owned(), source }
}

impl From<Mismatch> for OpenError {
    fn from(Mismatch { path, reason }: Mismatch) -> Self {
        Self::Damaged { path, reason }
    }
}
