//! Where the parts of an index stand on disk.
//!
//! ```text
//! index/
//!   CURRENT           one line, the name of the generation in use
//!   writer.lock       held by the one program that writes
//!   extractions/      what was extracted, kept so that no file is read twice; readers ignore it
//!   gen-000007/       a complete generation, never changed
//!     manifest.json   what it says of itself
//!     manifest.json.sha256   the hash of that, as `sha256sum -c` reads it
//!     sources.json    what became of the sources: the parts that say so, and what each comes to
//!     sources-....part   some of the sources; a generation shares with the one before what is as it was
//!     ...             the engine's files
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

mod carried_over;
mod files;
mod generation;
mod manifest;
mod read_only;
mod source_files;
mod sources;

pub use files::{BLOCK_BYTES, FileRecord, hash_file, hex, manifest_sums};
pub(crate) use files::{Mismatch, mismatch_in};
pub use generation::Generation;
pub use manifest::{Count, FORMAT_VERSION, Manifest};
pub use source_files::{SourceFile, SourceFiles, ends_part, folder_of, is_source_file};
pub use sources::{
    ArchiveRecord, FolderRecord, IndexedDocument, Outcome, SourceHead, SourcePart, SourceRecord,
    SourceTable,
};

use crate::OpenError;

/// The file that names the generation in use.
pub const CURRENT: &str = "CURRENT";
/// The file that the one writer holds locked.
pub const WRITER_LOCK: &str = "writer.lock";
/// The file of a generation that [`Manifest`] is.
pub const MANIFEST: &str = "manifest.json";
/// The file of a generation that holds the hash of [`MANIFEST`], as `sha256sum -c` reads it. It stays
/// what it is in all formats to come, so that a damaged manifest is not taken for one of another format.
pub const MANIFEST_SUMS: &str = "manifest.json.sha256";
/// The file of a generation that [`SourceTable`] begins with.
pub const SOURCES: &str = "sources.json";

/// What the name of every generation begins with.
const GENERATION_PREFIX: &str = "gen-";
/// Digits of a generation's number, so that names sort as numbers for as long as anybody looks.
const GENERATION_DIGITS: usize = 6;

/// How often opening starts over when another program has just replaced and removed what
/// [`CURRENT`] named. Each time means that two generations were published within milliseconds.
const OPEN_ATTEMPTS: usize = 5;

/// The folder of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    root: PathBuf,
}

impl Layout {
    /// An index in a folder, which need not exist.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file that names the generation in use.
    pub fn current_path(&self) -> PathBuf {
        self.root.join(CURRENT)
    }

    /// The file that a writer locks.
    pub fn lock_path(&self) -> PathBuf {
        self.root.join(WRITER_LOCK)
    }

    /// The folder of a generation.
    pub fn generation_path(&self, number: u64) -> PathBuf {
        self.root.join(generation_name(number))
    }

    /// The number of the generation in use.
    ///
    /// # Errors
    /// [`OpenError::Missing`], or [`OpenError::Damaged`] when [`CURRENT`] names no generation.
    pub fn current(&self) -> Result<u64, OpenError> {
        let path = self.current_path();
        let line = fs::read_to_string(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                OpenError::Missing { path: self.root.clone() }
            }
            io::ErrorKind::InvalidData => names_none(&path),
            _ => OpenError::Io { path: path.clone(), source },
        })?;
        generation_number(line.trim_end()).ok_or_else(|| names_none(&path))
    }

    /// Opens the generation in use.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(&self) -> Result<Generation, OpenError> {
        let mut number = self.current()?;
        let mut attempt = 1;
        loop {
            let error = match Generation::open(&self.root, self.generation_path(number)) {
                Ok(generation) => return Ok(generation),
                Err(error) => error,
            };
            let now = self.current()?;
            if now == number || attempt >= OPEN_ATTEMPTS {
                return Err(error);
            }
            number = now;
            attempt += 1;
        }
    }

    /// The numbers of the generations that are kept, in order.
    ///
    /// # Errors
    /// [`OpenError::Missing`] and [`OpenError::Io`].
    pub fn generations(&self) -> Result<Vec<u64>, OpenError> {
        let entries = fs::read_dir(&self.root).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                OpenError::Missing { path: self.root.clone() }
            }
            _ => OpenError::Io { path: self.root.clone(), source },
        })?;
        let mut numbers: Vec<u64> = entries
            .filter_map(|entry| generation_number(&entry.ok()?.file_name().to_string_lossy()))
            .collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// Opens a generation that need not be the one in use.
    ///
    /// # Errors
    /// [`OpenError::NoGeneration`] when it is not kept; otherwise see [`OpenError`].
    pub fn open_generation(&self, number: u64) -> Result<Generation, OpenError> {
        let path = self.generation_path(number);
        // Messages name the generation, since the index as a whole may be sound.
        Generation::open(&path, path.clone()).or_else(|error| {
            // Another program may have removed it at this moment.
            let kept = self.generations()?;
            if kept.contains(&number) {
                return Err(error);
            }
            Err(OpenError::NoGeneration { path: self.root.clone(), number, kept })
        })
    }

    /// Opens the last generation kept before another one.
    ///
    /// # Errors
    /// [`OpenError::NoEarlier`] when none is kept; otherwise see [`OpenError`].
    pub fn open_before(&self, number: u64) -> Result<Generation, OpenError> {
        let kept = self.generations()?;
        let before = kept.into_iter().rfind(|kept| *kept < number);
        let before =
            before.ok_or_else(|| OpenError::NoEarlier { path: self.root.clone(), number })?;
        self.open_generation(before)
    }
}

/// The name of a generation's folder: `gen-000007`.
pub fn generation_name(number: u64) -> String {
    format!("{GENERATION_PREFIX}{number:0GENERATION_DIGITS$}")
}

/// The number of the generation that a folder is named after. Nothing else is taken from a name, so
/// that no name leads out of the index.
pub fn generation_number(name: &str) -> Option<u64> {
    let digits = name.strip_prefix(GENERATION_PREFIX)?;
    let number = digits.parse().ok()?;
    (generation_name(number) == name).then_some(number)
}

fn names_none(path: &Path) -> OpenError {
    OpenError::Damaged { path: path.to_owned(), reason: "it names no generation".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_generations() {
        // (name, number, why)
        let table = [
            ("gen-000007", Some(7), "as written"),
            ("gen-1234567", Some(1_234_567), "more digits than foreseen"),
            ("gen-7", None, "not as written"),
            ("gen-+00007", None, "a sign"),
            ("../gen-000007", None, "leads out of the index"),
            ("", None, "empty"),
        ];
        for (name, number, why) in table {
            assert_eq!(generation_number(name), number, "{why}");
        }
    }

    #[test]
    fn generations_that_are_not_kept_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new(folder.path().join("index"));
        assert!(layout.generations().unwrap_err().is_missing());
        for name in ["gen-000012", "gen-000007", "tmp-gen-000013", "gen-8"] {
            fs::create_dir_all(layout.root().join(name)).unwrap();
        }
        assert_eq!(layout.generations().unwrap(), [7, 12]);
        let error = layout.open_generation(9).unwrap_err();
        assert!(matches!(&error, OpenError::NoGeneration { kept, .. } if *kept == [7, 12]));
        let error = layout.open_generation(7).unwrap_err();
        assert!(matches!(error, OpenError::Damaged { .. }), "an empty folder: {error}");
        let error = layout.open_before(12).unwrap_err();
        assert!(error.path().starts_with(layout.generation_path(7)), "{error}");
        assert!(matches!(layout.open_before(7), Err(OpenError::NoEarlier { number: 7, .. })));
    }

    #[test]
    fn missing_and_damaged_indexes_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new(folder.path().join("index"));
        assert!(layout.open().unwrap_err().is_missing());
        fs::create_dir(layout.root()).unwrap();
        assert!(layout.open().unwrap_err().is_missing());
        fs::write(layout.current_path(), "../elsewhere\n").unwrap();
        assert!(matches!(layout.open().unwrap_err(), OpenError::Damaged { .. }));
        fs::write(layout.current_path(), "gen-000001\n").unwrap();
        assert!(matches!(layout.open().unwrap_err(), OpenError::Damaged { .. }));
        fs::create_dir(layout.generation_path(1)).unwrap();
        fs::write(layout.generation_path(1).join(MANIFEST), r#"{"format":999}"#).unwrap();
        let error = layout.open().unwrap_err();
        assert!(matches!(error, OpenError::Incompatible { found: 999, .. }), "{error}");
        assert!(error.to_string().ends_with("with a newer undex"), "{error}");
    }
}
