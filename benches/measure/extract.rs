//! Documents extracted in this process, for measurements of what stands in them.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use undex_document::Document;
use undex_ingest::{Archive, Catalogue, Context, ExtractError, Extractor, Limits};

use super::Outcome;

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

/// A document to extract.
pub(crate) struct Input {
    /// Of the file, or of the archive and its member.
    pub(crate) path: String,
    /// Or why there are none.
    pub(crate) bytes: Result<Vec<u8>, ExtractError>,
}

/// An extractor that knows what a catalogue says.
pub(crate) fn extractor(catalogue: &Path) -> Outcome<Extractor> {
    let facts = fs::read_to_string(catalogue)?;
    let catalogue = Catalogue::parse(&catalogue.display().to_string(), &facts)?;
    Ok(Extractor::new(catalogue, Limits::default()))
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
pub(crate) fn inputs(path: &Path, limits: &Limits) -> Vec<Input> {
    let name = path.display().to_string();
    let file = |bytes| vec![Input { path: name.clone(), bytes }];
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(source) => return file(Err(ExtractError::Io { path: name.clone(), source })),
    };
    if !bytes.starts_with(b"PK\x03\x04") {
        return file(Ok(bytes));
    }
    let mut archive = match Archive::open(path, limits) {
        Ok(archive) => archive,
        Err(error) => return file(Err(error)),
    };
    let members = archive.members().to_vec();
    if members.iter().any(|member| member.name == "[Content_Types].xml") {
        return file(Ok(bytes));
    }
    let read = |member| Input { path: archive.member_path(member), bytes: archive.read(member) };
    members.iter().map(read).collect()
}

/// Extracts one document. A panic is a failure of this file and not the end of the measurement.
pub(crate) fn document(extractor: &Extractor, input: &Input) -> Result<Document, Failure> {
    let path = &input.path;
    let bytes = input.bytes.as_ref().map_err(Failure::of)?;
    let run = || extractor.extract_in_process(path, bytes, Context::default());
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(extraction)) => Ok(extraction.document),
        Ok(Err(error)) => Err(Failure::of(&error)),
        Err(_) => {
            let message = format!("{path}: the reader panicked");
            Err(Failure { path: path.clone(), code: "panicked", message })
        }
    }
}
