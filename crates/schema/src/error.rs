//! Why an index cannot be used, and what to do.

use std::path::{Path, PathBuf};

use tantivy::TantivyError;

use crate::layout::mismatch_in;

/// Why an index could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is none.
    #[error("{}: no index here; run `undex index` to build one", path.display())]
    Missing {
        /// The folder of the index.
        path: PathBuf,
    },
    /// It was written in another format.
    #[error(
        "{}: index format {found}, this undex reads {supported}; run `undex index` to build it again{}",
        path.display(),
        if found > supported { " with a newer undex" } else { "" }
    )]
    Incompatible {
        /// The folder of the index.
        path: PathBuf,
        /// The format version found.
        found: u32,
        /// The format version this program reads.
        supported: u32,
    },
    /// It keeps other generations, and not this one.
    #[error(
        "{}: no generation {number} here, only {}; an index keeps the one in use and the one before",
        path.display(),
        listed(kept)
    )]
    NoGeneration {
        /// The folder of the index.
        path: PathBuf,
        /// The generation asked for.
        number: u64,
        /// The generations that are kept, in order.
        kept: Vec<u64>,
    },
    /// It keeps no generation before this one.
    #[error(
        "{}: no generation before {number} is kept here; give another index folder or an older copy",
        path.display()
    )]
    NoEarlier {
        /// The folder of the index.
        path: PathBuf,
        /// The generation whose predecessor was asked for.
        number: u64,
    },
    /// A file of it is missing, cut or altered.
    #[error("{}: damaged: {reason}; run `undex index --rebuild`", path.display())]
    Damaged {
        /// The file concerned, or the folder when it cannot be told.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The system refused to read it.
    #[error("{}: cannot be read: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl OpenError {
    /// The file or folder concerned.
    pub fn path(&self) -> &Path {
        match self {
            Self::Missing { path }
            | Self::Incompatible { path, .. }
            | Self::NoGeneration { path, .. }
            | Self::NoEarlier { path, .. }
            | Self::Damaged { path, .. }
            | Self::Io { path, .. } => path,
        }
    }

    /// Whether there is simply no index yet.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing { .. })
    }
}

/// `6 and 7`.
fn listed(numbers: &[u64]) -> String {
    let words: Vec<String> = numbers.iter().map(u64::to_string).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => "none".to_owned(),
    }
}

/// Something could not be brought into the form in which an index stores it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot be stored: {reason}")]
pub struct EncodeError {
    /// What is wrong.
    pub reason: String,
}

/// Something stored in an open index could not be read back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the index is damaged: {reason}; run `undex index --rebuild`")]
pub struct DecodeError {
    /// What is wrong.
    pub reason: String,
}

// A finished generation is complete and nobody writes to it: whatever the engine trips over there
// is damage.
impl From<TantivyError> for DecodeError {
    fn from(error: TantivyError) -> Self {
        let reason = match mismatch_in(&error) {
            Some(mismatch) => mismatch.to_string(),
            None => error.to_string(),
        };
        Self { reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages() {
        let path = || PathBuf::from("index");
        let io = std::io::Error::other("device gone");
        let table = [
            (
                OpenError::Missing { path: path() },
                "index: no index here; run `undex index` to build one",
            ),
            (
                OpenError::Incompatible { path: path(), found: 1, supported: 2 },
                "index: index format 1, this undex reads 2; run `undex index` to build it again",
            ),
            (
                OpenError::Incompatible { path: path(), found: 3, supported: 2 },
                "index: index format 3, this undex reads 2; run `undex index` to build it again \
                 with a newer undex",
            ),
            (
                OpenError::NoGeneration { path: path(), number: 5, kept: vec![6, 7] },
                "index: no generation 5 here, only 6 and 7; an index keeps the one in use and the \
                 one before",
            ),
            (
                OpenError::NoEarlier { path: path(), number: 7 },
                "index: no generation before 7 is kept here; give another index folder or an older \
                 copy",
            ),
            (
                OpenError::Damaged { path: path(), reason: "the file is missing".to_owned() },
                "index: damaged: the file is missing; run `undex index --rebuild`",
            ),
            (OpenError::Io { path: path(), source: io }, "index: cannot be read: device gone"),
        ];
        for (error, message) in table {
            assert_eq!(error.to_string(), message);
            assert_eq!(error.path(), Path::new("index"));
        }
        let error = EncodeError { reason: "too long".to_owned() };
        assert_eq!(error.to_string(), "cannot be stored: too long");
        let error = DecodeError { reason: "cut".to_owned() };
        assert_eq!(error.to_string(), "the index is damaged: cut; run `undex index --rebuild`");
    }
}
