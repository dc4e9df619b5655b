//! One side of a comparison: documents extracted from files, or read as they were written down.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::Value;
use undex_ingest::{Archive, Catalogue, Context, ExtractError, Extractor, Limits};

use crate::measure::Outcome;
use crate::score::Scored;

/// Symbol and language.
pub(crate) type Key = (String, String);

/// The documents of one side.
#[derive(Default)]
pub(crate) struct Side {
    pub(crate) documents: BTreeMap<Key, Scored>,
    /// Files that gave no document.
    pub(crate) failures: Vec<Failure>,
    /// Documents that stand in several files; the last counts.
    pub(crate) repeated: Vec<Key>,
}

/// A file that gave no document.
pub(crate) struct Failure {
    pub(crate) path: String,
    /// A stable name of the cause.
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Failure {
    fn of(error: &ExtractError) -> Self {
        let (path, message) = (error.path().to_owned(), error.to_string());
        Self { path, code: error.code(), message }
    }
}

/// Bytes to extract, or why there are none.
type Input = (String, Result<Vec<u8>, ExtractError>);

impl Side {
    /// Reads files, and all files in folders.
    pub(crate) fn read(paths: &[PathBuf], catalogue: &Path) -> Outcome<Self> {
        let facts = fs::read_to_string(catalogue)?;
        let catalogue = Catalogue::parse(&catalogue.display().to_string(), &facts)?;
        let extractor = Extractor::new(catalogue, Limits::default());
        let mut side = Self::default();
        for path in files(paths) {
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                side.add_lines(&path)?;
                continue;
            }
            let inputs = inputs(&path, extractor.limits());
            let documents: Vec<_> =
                inputs.into_par_iter().map(|input| extract(&extractor, input)).collect();
            for document in documents {
                match document {
                    Ok((key, scored)) => side.add(key, scored),
                    Err(failure) => side.failures.push(failure),
                }
            }
        }
        Ok(side)
    }

    fn add_lines(&mut self, path: &Path) -> Outcome<()> {
        let name = path.display();
        let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let document: Value = serde_json::from_str(line)
                .map_err(|error| format!("{name}, line {}: {error}", at + 1))?;
            self.add(key(&document), Scored::of(&document));
        }
        Ok(())
    }

    fn add(&mut self, key: Key, document: Scored) {
        if self.documents.insert(key.clone(), document).is_some() {
            self.repeated.push(key);
        }
    }
}

fn key(document: &Value) -> Key {
    let field = |name: &str| document[name].as_str().unwrap_or_default().to_owned();
    (field("symbol"), field("language"))
}

/// The files given and those in the folders given, without what describes other files.
pub(crate) fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        let Ok(entries) = fs::read_dir(path) else {
            files.push(path.clone());
            continue;
        };
        let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        inside.retain(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            !name.starts_with("README") && !name.ends_with(".toml")
        });
        inside.sort();
        files.extend(self::files(&inside));
    }
    files
}

/// A file, or the members of an archive of documents.
fn inputs(path: &Path, limits: &Limits) -> Vec<Input> {
    let name = path.display().to_string();
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(source) => return vec![(name.clone(), Err(ExtractError::Io { path: name, source }))],
    };
    if !bytes.starts_with(b"PK\x03\x04") {
        return vec![(name, Ok(bytes))];
    }
    let mut archive = match Archive::open(path, limits) {
        Ok(archive) => archive,
        Err(error) => return vec![(name, Err(error))],
    };
    let members = archive.members().to_vec();
    if members.iter().any(|member| member.name == "[Content_Types].xml") {
        return vec![(name, Ok(bytes))];
    }
    let read = |member| (archive.member_path(member), archive.read(member));
    members.iter().map(read).collect()
}

/// Extracts one document. A panic is a failure of this file and not the end of the measurement.
fn extract(extractor: &Extractor, (path, bytes): Input) -> Result<(Key, Scored), Failure> {
    let bytes = bytes.map_err(|error| Failure::of(&error))?;
    let run = || extractor.extract_in_process(&path, &bytes, Context::default());
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(extraction)) => {
            let document = serde_json::to_value(&extraction.document).map_err(|error| Failure {
                path: path.clone(),
                code: "unwritable",
                message: format!("{path}: {error}"),
            })?;
            Ok((key(&document), Scored::of(&document)))
        }
        Ok(Err(error)) => Err(Failure::of(&error)),
        Err(_) => {
            let message = format!("{path}: the reader panicked");
            Err(Failure { path, code: "panicked", message })
        }
    }
}
