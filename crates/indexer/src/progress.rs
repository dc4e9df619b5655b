//! How a build tells what it is doing.

use undex_schema::Outcome;

/// What a build is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// Looking for sources and what changed.
    Scanning,
    /// Reading documents.
    Extracting,
    /// Reading documents again whose broken words the corpus can now mend.
    Mending,
    /// Joining the parts of the index.
    Merging,
    /// Making the new generation safe on disk and putting it in use.
    Publishing,
}

/// Told of every step of a build, from several threads. Everything does nothing unless implemented.
pub trait Progress: Sync {
    /// A phase begins.
    fn phase(&self, phase: Phase) {
        let _ = phase;
    }

    /// So many sources of so many bytes will be read; told once more where the corpus changed meanwhile and is
    /// looked at again, after [`Phase::Scanning`].
    fn total(&self, sources: u64, bytes: u64) {
        let _ = (sources, bytes);
    }

    /// A source has been read. Told once for each source of a total, and once more for each that
    /// is read again in [`Phase::Mending`].
    fn finished(&self, path: &str, bytes: u64, outcome: &Outcome) {
        let _ = (path, bytes, outcome);
    }
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {}
