//! One file for each document, in a folder.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use undex_document::Document;
use undex_ingest::export::file_name;

use crate::exit::Failure;
use crate::unfinished;

/// The folder, and what this run has written into it.
pub struct Files {
    folder: PathBuf,
    force: bool,
    /// The source of each file, by its name in lower case, since some systems know no other.
    written: HashMap<String, String>,
}

impl Files {
    /// Makes the folder where it is missing.
    pub fn new(folder: &Path, force: bool) -> Result<Self, Failure> {
        fs::create_dir_all(folder).map_err(|error| {
            Failure::error(format!("{}: cannot make the folder: {error}", folder.display()))
        })?;
        Ok(Self { folder: folder.to_owned(), force, written: HashMap::new() })
    }

    /// Writes a document's file: under another name first, so that no half of it is ever seen, then
    /// under its own.
    pub fn write(
        &mut self,
        document: &Document,
        extension: &str,
        content: &str,
    ) -> Result<(), Failure> {
        let name = file_name(document, extension);
        let source = &document.source.path;
        let path = self.folder.join(&name);
        let key = name.to_lowercase();
        if let Some(first) = self.written.get(&key) {
            return Err(Failure::error(format!(
                "{source}: not written; {} already holds the document of {first}, which has the same symbol and language",
                path.display()
            )));
        }
        let failed = |error: std::io::Error| {
            Failure::error(format!("{}: cannot be written: {error}", path.display()))
        };
        let mut file = unfinished::file().tempfile_in(&self.folder).map_err(failed)?;
        file.write_all(content.as_bytes()).map_err(failed)?;
        let kept = if self.force { file.persist(&path) } else { file.persist_noclobber(&path) };
        kept.map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => Failure::error(format!(
                "{source}: not written; {} is there already; give --force to replace it",
                path.display()
            )),
            _ => failed(error.error),
        })?;
        self.written.insert(key, source.clone());
        Ok(())
    }
}
