//! What a build did, and what a check found.

use std::path::PathBuf;

use serde::Serialize;
use undex_document::Warning;
use undex_schema::Outcome;

/// What a build did.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BuildReport {
    /// The folder of the index.
    pub index: PathBuf,
    /// The generation now in use.
    pub generation: u64,
    /// Whether this build made it; false when nothing had changed, and nothing was written.
    pub published: bool,
    /// Sources that were not there before.
    pub added: u64,
    /// Sources that are not as they were.
    pub changed: u64,
    /// Sources that are gone.
    pub removed: u64,
    /// Sources as they were before.
    pub unchanged: u64,
    /// Documents that had been extracted before and were taken from what is kept beside the index.
    pub reused: u64,
    /// Why everything was written anew although there was an index; none when it was not, or there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anew: Option<String>,
    /// Why not everything extracted could be kept beside the index, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_kept: Option<String>,
    /// The least memory in bytes that this build could keep below, where that is more than it was given:
    /// it may have taken more than that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_needed: Option<usize>,
    /// Documents in the index.
    pub documents: u64,
    /// Their paragraphs.
    pub paragraphs: u64,
    /// Sources whose document is in the index from another one.
    pub duplicates: u64,
    /// Sources of a kind that is not read.
    pub skipped: u64,
    /// Sources that should have given a document and did not.
    pub failed: u64,
    /// SHA-256 over the content of all documents.
    pub digest: String,
    /// Every source, and those that are gone, by path; without those that are settled, unless
    /// [`BuildOptions::report_settled`](crate::BuildOptions::report_settled) asks for them.
    pub sources: Vec<SourceReport>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// One source in a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SourceReport {
    /// Its path as given; a member of an archive stands behind `archive.zip!`.
    pub path: String,
    /// How it compares with the build before.
    pub change: Change,
    /// Why it was looked into; none when it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// What became of it; none when it is gone.
    pub outcome: Option<Outcome>,
    /// What a reader of its document should know.
    pub warnings: Vec<Warning>,
    /// How many of its broken words the rest of the corpus mended.
    pub mended: usize,
    /// How long it took to read and extract, in seconds; none when it was not looked into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

impl SourceReport {
    /// Whether it is as it was and has its document in the index: nothing that a person has to be
    /// told again.
    pub fn is_settled(&self) -> bool {
        self.change == Change::Unchanged && matches!(self.outcome, Some(Outcome::Indexed(_)))
    }
}

/// How a source compares with the build before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Change {
    /// It was not there.
    Added,
    /// It is not as it was.
    Changed,
    /// It is as it was, and read again because the rest of the corpus changed.
    Revisited,
    /// It is gone.
    Removed,
    /// It is as it was.
    Unchanged,
}

/// Whether an index is up to date, and why not.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CheckReport {
    /// The folder of the index.
    pub index: PathBuf,
    /// The generation in use, where there is one that can be read.
    pub generation: Option<u64>,
    /// Whether a build would change nothing.
    pub up_to_date: bool,
    /// Why it is not.
    pub differences: Vec<Difference>,
}

/// One reason why an index is not up to date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The source concerned; the folder of the index when it is the index as a whole.
    pub path: String,
    /// A stable name of the reason: `missing`, `format`, `damaged`, `added`, `changed`, `removed`.
    pub code: &'static str,
    /// The reason, for people.
    pub message: String,
}
