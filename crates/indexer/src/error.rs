//! Why a build failed.

use std::io;
use std::path::{Path, PathBuf};

use undex_ingest::CatalogueError;
use undex_ingest::worker::WorkerError;
use undex_schema::OpenError;
use undex_schema::tantivy::TantivyError;
use undex_schema::tantivy::directory::error::{LockError, OpenWriteError};

use crate::Holder;

/// Why a build failed. The index is as it was before, but for [`BuildError::NotSafe`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// An input is not there or cannot be read.
    #[error("{}: cannot be read: {source}; give files, folders or zip archives that exist", path.display())]
    Input {
        /// The input.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The catalogue cannot be used.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The folder given for the index holds something else.
    #[error("{}: holds files that are no index, among them {found:?}; give an empty folder with --index", path.display())]
    NotAnIndex {
        /// The folder.
        path: PathBuf,
        /// One of the files.
        found: String,
    },
    /// Another program is writing the index.
    #[error("{}: {}; wait for it to end", path.display(), writer(holder.as_ref()))]
    Locked {
        /// The folder of the index.
        path: PathBuf,
        /// Who it says it is; none when it does not say.
        holder: Option<Holder>,
    },
    /// This user may not write the index, or nobody may.
    #[error(
        "{}: cannot be written: {source}{}; give another folder with --index, or run undex as the \
         user who may write this one",
        path.display(),
        owner.map(|owner| format!(", it belongs to user {owner}")).unwrap_or_default()
    )]
    NotAllowed {
        /// The file or folder.
        path: PathBuf,
        /// The user id of its owner, where that is another user.
        owner: Option<u32>,
        /// What the system said.
        source: io::Error,
    },
    /// The index was written by a newer version, and is not replaced without being told to.
    #[error("{source}, or replace it with --rebuild")]
    Newer {
        /// What is known of it.
        source: OpenError,
    },
    /// The index in use cannot be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A file of the index could not be written.
    #[error("{}: cannot be written: {source}; the index is unchanged{}", path.display(), way_out(source))]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The new generation is in use, but the system did not confirm that the disk holds it.
    #[error(
        "{}: the new generation is in use, but may not outlast a power failure: {source}; check the \
         disk, then run `undex index --rebuild`",
        path.display()
    )]
    NotSafe {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The search engine failed.
    #[error("{}: the search engine failed: {source}; the index is unchanged{}", path.display(), way_out(source))]
    Engine {
        /// The folder of the index.
        path: PathBuf,
        /// What it said.
        source: Box<TantivyError>,
    },
    /// There are no worker processes to extract documents in.
    #[error("{0}; the index is unchanged")]
    Workers(#[from] WorkerError),
    /// The stop flag was set.
    #[error("interrupted; the index is unchanged")]
    Interrupted,
    /// A thread could not be started.
    #[error("cannot start {threads} threads: {reason}; ask for fewer with --threads")]
    Threads {
        /// Threads asked for.
        threads: usize,
        /// What the system said.
        reason: String,
    },
}

impl BuildError {
    /// The file or folder concerned, where there is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Input { path, .. }
            | Self::NotAnIndex { path, .. }
            | Self::Locked { path, .. }
            | Self::NotAllowed { path, .. }
            | Self::Write { path, .. }
            | Self::NotSafe { path, .. }
            | Self::Engine { path, .. } => Some(path),
            Self::Catalogue(error) => Some(Path::new(&error.path)),
            Self::Newer { source } | Self::Open(source) => Some(source.path()),
            Self::Workers(error) => Some(Path::new(&error.program)),
            Self::Interrupted | Self::Threads { .. } => None,
        }
    }
}

/// Turns what the system said about a path into an error.
pub(crate) fn write_error(path: &Path) -> impl Fn(io::Error) -> BuildError {
    move |source| BuildError::Write { path: path.to_owned(), source }
}

fn writer(holder: Option<&Holder>) -> String {
    holder.map_or_else(|| "another undex is writing this index".to_owned(), Holder::to_string)
}

/// Turns what the system said about the folder of an index, or its lock, into an error. That nothing
/// may be written there is found at the first of these.
pub(crate) fn index_error(path: &Path) -> impl Fn(io::Error) -> BuildError {
    move |source| match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            BuildError::NotAllowed { path: path.to_owned(), owner: other_owner(path), source }
        }
        _ => BuildError::Write { path: path.to_owned(), source },
    }
}

/// The owner of a path, or of the nearest folder above it that is there, if it is not this user.
#[cfg(unix)]
fn other_owner(path: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let there = path.ancestors().find_map(|path| {
        // The last part above a relative path is the folder one is in.
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        std::fs::symlink_metadata(path).ok()
    })?;
    let owner = there.uid();
    (owner != rustix::process::geteuid().as_raw()).then_some(owner)
}

#[cfg(not(unix))]
fn other_owner(_path: &Path) -> Option<u32> {
    None
}

/// What is said of a full disk: by Unix, of a user's share of it, by Windows, and by the standard library.
const FULL: [&str; 4] = [
    "No space left on device",
    "quota exceeded",
    "not enough space on the disk",
    "no storage space",
];

/// What can be done about a file that could not be written, where that is known.
///
/// The engine hands much of what the system says on as words without a kind, so the words are looked at.
fn way_out(error: &impl ToString) -> &'static str {
    let said = error.to_string();
    if FULL.iter().any(|words| said.contains(words)) {
        "; free some space, or give a folder on another disk with --index, and run it again"
    } else {
        ""
    }
}

/// Turns what the engine said into an error. What it only hands on from the system is told as such.
pub(crate) fn engine_error(path: &Path) -> impl Fn(TantivyError) -> BuildError {
    move |source| {
        let path = path.to_owned();
        match system_error(&source) {
            Some(source) => BuildError::Write { path, source },
            None => BuildError::Engine { path, source: Box::new(source) },
        }
    }
}

/// What the system said when the engine could not write.
fn system_error(error: &TantivyError) -> Option<io::Error> {
    let error = match error {
        TantivyError::IoError(error) => error,
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => io_error,
        TantivyError::LockFailure(LockError::IoError(error), _) => error,
        _ => return None,
    };
    // It is shared, and cannot be copied.
    Some(match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages() {
        let path = || PathBuf::from("x");
        let io = || io::Error::other("device gone");
        let denied = || io::Error::from(io::ErrorKind::PermissionDenied);
        let note = r#"{"process":4242,"host":"HOST","since":"2026-11-25T07:34:56Z"}"#;
        let holder: Option<Holder> = serde_json::from_str(note).ok();
        let engine = TantivyError::SystemError("no thread".to_owned());
        let newer = OpenError::Incompatible { path: path(), found: 3, supported: 2 };
        let table = [
            (
                BuildError::Input { path: path(), source: io() },
                "x: cannot be read: device gone; give files, folders or zip archives that exist",
            ),
            (
                BuildError::NotAnIndex { path: path(), found: "thesis.doc".to_owned() },
                "x: holds files that are no index, among them \"thesis.doc\"; give an empty folder \
                 with --index",
            ),
            (
                BuildError::Locked { path: path(), holder: None },
                "x: another undex is writing this index; wait for it to end",
            ),
            (
                BuildError::Locked { path: path(), holder },
                "x: process 4242 on HOST has been writing this index since 2026-11-25 07:34 UTC; \
                 wait for it to end",
            ),
            (
                BuildError::NotAllowed { path: path(), owner: Some(1001), source: denied() },
                "x: cannot be written: permission denied, it belongs to user 1001; give another \
                 folder with --index, or run undex as the user who may write this one",
            ),
            (
                BuildError::NotAllowed { path: path(), owner: None, source: denied() },
                "x: cannot be written: permission denied; give another folder with --index, or run \
                 undex as the user who may write this one",
            ),
            (
                BuildError::Newer { source: newer },
                "x: index format 3, this undex reads 2; run `undex index` to build it again with a \
                 newer undex, or replace it with --rebuild",
            ),
            (
                BuildError::Open(OpenError::Missing { path: path() }),
                "x: no index here; run `undex index` to build one",
            ),
            (
                BuildError::Write { path: path(), source: io() },
                "x: cannot be written: device gone; the index is unchanged",
            ),
            (
                BuildError::Write { path: path(), source: io::ErrorKind::StorageFull.into() },
                "x: cannot be written: no storage space; the index is unchanged; free some space, or \
                 give a folder on another disk with --index, and run it again",
            ),
            (
                BuildError::Engine {
                    path: path(),
                    source: Box::new(TantivyError::InternalError(
                        "No space left on device (os error 28)".to_owned(),
                    )),
                },
                "x: the search engine failed: Internal error: 'No space left on device (os error 28)'; \
                 the index is unchanged; free some space, or give a folder on another disk with \
                 --index, and run it again",
            ),
            (
                BuildError::NotSafe { path: path(), source: io() },
                "x: the new generation is in use, but may not outlast a power failure: device gone; \
                 check the disk, then run `undex index --rebuild`",
            ),
            (
                BuildError::Engine { path: path(), source: Box::new(engine) },
                "x: the search engine failed: System error.'no thread'; the index is unchanged",
            ),
            (
                BuildError::Workers(WorkerError {
                    program: "/nowhere/undex".to_owned(),
                    reason: "no such file".to_owned(),
                }),
                "the worker program /nowhere/undex cannot be used: no such file; the index is \
                 unchanged",
            ),
            (BuildError::Interrupted, "interrupted; the index is unchanged"),
            (
                BuildError::Threads { threads: 8, reason: "too many".to_owned() },
                "cannot start 8 threads: too many; ask for fewer with --threads",
            ),
        ];
        for (error, message) in table {
            assert_eq!(error.to_string(), message);
            let without_path =
                matches!(error, BuildError::Interrupted | BuildError::Threads { .. });
            assert_eq!(error.path().is_none(), without_path, "{message}");
        }
    }
}
