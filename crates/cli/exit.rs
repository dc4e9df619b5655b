//! How the program ends. Other programs rely on these codes.

use std::io;

use undex_indexer::BuildError;
use undex_ingest::{CatalogueError, ExtractError};
use undex_query::SearchError;

/// What the exit code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Hits, or success.
    Success,
    /// Nothing found.
    NoHit,
    /// What was compared is not the same.
    Differs,
    /// An error, or a partial failure.
    Error,
    /// The index is missing, out of date, of another format or damaged.
    Index,
    /// Interrupted by the user.
    Interrupted,
}

impl Exit {
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::NoHit | Self::Differs => 1,
            Self::Error => 2,
            Self::Index => 3,
            Self::Interrupted => 130,
        }
    }
}

/// Why a command ends early.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    message: Option<String>,
}

impl Failure {
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: Some(message.into()) }
    }

    pub fn error(message: impl Into<String>) -> Self {
        Self::new(Exit::Error, message)
    }

    pub fn exit(&self) -> Exit {
        self.exit
    }

    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        let exit = if error.is_query() { Exit::Error } else { Exit::Index };
        Self::new(exit, error.to_string())
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        let exit = match error {
            BuildError::Interrupted => Exit::Interrupted,
            BuildError::Open(_) | BuildError::Newer { .. } => Exit::Index,
            _ => Exit::Error,
        };
        Self::new(exit, error.to_string())
    }
}

impl From<ExtractError> for Failure {
    fn from(error: ExtractError) -> Self {
        Self::error(error.to_string())
    }
}

impl From<CatalogueError> for Failure {
    fn from(error: CatalogueError) -> Self {
        Self::error(error.to_string())
    }
}

#[cfg(feature = "fetch")]
impl From<undex_fetch::FetchError> for Failure {
    fn from(error: undex_fetch::FetchError) -> Self {
        Self::error(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        match error.io_error_kind() {
            Some(kind) => io::Error::from(kind).into(),
            None => Self::error(error.to_string()),
        }
    }
}

impl From<io::Error> for Failure {
    /// Whoever read the output has seen enough: no error.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self { exit: Exit::Success, message: None },
            _ => Self::error(format!("cannot write the output: {error}")),
        }
    }
}
