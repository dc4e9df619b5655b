//! One complete, immutable state of the index, open for reading.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use tantivy::directory::MmapDirectory;
use tantivy::{Index, ReloadPolicy, Searcher};

use super::read_only::ReadOnlyDirectory;
use super::{FORMAT_VERSION, FileRecord, MANIFEST, Manifest, SOURCES, SourceTable};
use crate::{ExactStatistics, Fields, OpenError, Vocabulary};

/// Blocks of the document store kept decompressed, of 16 KiB each: an answer of ten hits touches
/// about twenty.
const STORE_BLOCKS: usize = 64;

/// A generation open for reading. Nothing is written, no lock is taken, and the files stay readable
/// while later generations are published and this one is removed.
#[derive(Clone)]
pub struct Generation {
    path: PathBuf,
    manifest: Manifest,
    fields: Fields,
    searcher: Searcher,
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
    /// See [`OpenError`]. Missing and cut files are found here; altered ones by
    /// [`Generation::verify`].
    pub fn open(index: &Path, path: PathBuf) -> Result<Self, OpenError> {
        let manifest = read_manifest(index, &path)?;
        for file in &manifest.files {
            check_length(&path, file)?;
        }
        let searcher = open_searcher(&path).map_err(|error| OpenError::Damaged {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        let fields = Fields::new();
        if searcher.schema() != fields.schema() {
            let reason = "its fields are not those of its format version".to_owned();
            return Err(OpenError::Damaged { path, reason });
        }
        Ok(Self { path, manifest, fields, searcher })
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The fields of its engine documents.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The engine's searcher over it.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
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

    /// Reads what became of every source.
    ///
    /// # Errors
    /// [`OpenError::Damaged`] and [`OpenError::Io`].
    pub fn sources(&self) -> Result<SourceTable, OpenError> {
        read_json(&self.path.join(SOURCES))
    }

    /// Compares every file with the length and hash in the manifest; gives those that differ.
    ///
    /// # Errors
    /// [`OpenError::Io`] when a file that is there cannot be read.
    pub fn verify(&self) -> Result<Vec<OpenError>, OpenError> {
        let mut damaged = Vec::new();
        for file in &self.manifest.files {
            let path = self.path.join(&file.name);
            if let Err(error) = check_length(&self.path, file) {
                damaged.push(error);
            } else if hash_file(&path).map_err(|source| io_error(&path, source))? != file.sha256 {
                let reason = "content differs from what was written".to_owned();
                damaged.push(OpenError::Damaged { path, reason });
            }
        }
        Ok(damaged)
    }
}

impl std::fmt::Debug for Generation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Generation").field("path", &self.path).finish_non_exhaustive()
    }
}

/// SHA-256 of a file's content, in lower-case hexadecimal.
///
/// # Errors
/// When the file cannot be read.
pub fn hash_file(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(hex(&hasher.finalize()));
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
    }
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn open_searcher(path: &Path) -> tantivy::Result<Searcher> {
    let directory = ReadOnlyDirectory::new(MmapDirectory::open(path)?);
    let reader = Index::open(directory)?
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .doc_store_cache_num_blocks(STORE_BLOCKS)
        .try_into()?;
    Ok(reader.searcher())
}

fn read_manifest(index: &Path, generation: &Path) -> Result<Manifest, OpenError> {
    let path = generation.join(MANIFEST);
    let bytes = read(&path)?;
    let any: AnyManifest = parse(&path, &bytes)?;
    if any.format != FORMAT_VERSION {
        return Err(OpenError::Incompatible {
            path: index.to_owned(),
            found: any.format,
            supported: FORMAT_VERSION,
        });
    }
    parse(&path, &bytes)
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, OpenError> {
    parse(path, &read(path)?)
}

fn read(path: &Path) -> Result<Vec<u8>, OpenError> {
    fs::read(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => missing_file(path),
        _ => io_error(path, source),
    })
}

fn parse<T: serde::de::DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, OpenError> {
    serde_json::from_slice(bytes)
        .map_err(|error| OpenError::Damaged { path: path.to_owned(), reason: error.to_string() })
}

fn check_length(generation: &Path, file: &FileRecord) -> Result<(), OpenError> {
    let path = generation.join(&file.name);
    let found = match fs::metadata(&path) {
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(missing_file(&path)),
        Err(source) => return Err(io_error(&path, source)),
    };
    if found != file.bytes {
        let reason = format!("{found} bytes long, {} were written", file.bytes);
        return Err(OpenError::Damaged { path, reason });
    }
    Ok(())
}

fn missing_file(path: &Path) -> OpenError {
    OpenError::Damaged { path: path.to_owned(), reason: "the file is missing".to_owned() }
}

fn io_error(path: &Path, source: io::Error) -> OpenError {
    OpenError::Io { path: path.to_owned(), source }
}
