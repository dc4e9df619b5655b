//! What became of every document, and who is told meanwhile.

use std::time::Duration;

use serde::Serialize;
use undex_document::{Language, Symbol};

/// What a run did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Documents that came.
    pub fetched: u64,
    /// Documents that changed at their source and came anew.
    pub changed: u64,
    /// Documents that are as they were at their source.
    pub unchanged: u64,
    /// Documents, or sessions of a set, that are held and were not asked for.
    pub held: u64,
    /// What could not be fetched.
    pub failed: u64,
    /// Bytes of the documents that came.
    pub bytes: u64,
    /// Whether it ended before its end.
    pub interrupted: bool,
    /// Each document.
    pub documents: Vec<Done>,
}

/// What became of one document, or of one session of a set.
#[derive(Clone, Debug, Serialize)]
pub struct Done {
    /// The symbol, where there is one.
    pub symbol: Option<Symbol>,
    /// The language.
    pub language: Language,
    /// What became of it.
    pub outcome: Outcome,
    /// The source by its name.
    pub source: Option<String>,
    /// The address it came from.
    pub address: Option<String>,
    /// The file, from the folder of the corpus.
    pub path: Option<String>,
    /// Its bytes.
    pub bytes: Option<u64>,
    /// Why it failed, or where it is held.
    pub message: Option<String>,
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Outcome {
    /// It came.
    Fetched,
    /// It changed at its source and came anew.
    Changed,
    /// It is as it was at its source.
    Unchanged,
    /// It is held and was not asked for.
    Held,
    /// It could not be fetched.
    Failed,
}

impl Done {
    pub(crate) fn new(symbol: Option<Symbol>, language: Language, outcome: Outcome) -> Self {
        Self {
            symbol,
            language,
            outcome,
            source: None,
            address: None,
            path: None,
            bytes: None,
            message: None,
        }
    }

    pub(crate) fn asked_of(mut self, source: &str, address: &str) -> Self {
        self.source = Some(source.to_owned());
        self.address = Some(address.to_owned());
        self
    }

    pub(crate) fn at(mut self, path: &str, bytes: u64) -> Self {
        self.path = Some(path.to_owned());
        self.bytes = Some(bytes);
        self
    }

    pub(crate) fn because(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }
}

impl Report {
    pub(crate) fn add(&mut self, done: Done, progress: &dyn Progress) {
        let count = match done.outcome {
            Outcome::Fetched => &mut self.fetched,
            Outcome::Changed => &mut self.changed,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Held => &mut self.held,
            Outcome::Failed => &mut self.failed,
        };
        *count += 1;
        progress.finished(&done);
        self.documents.push(done);
    }
}

/// Is told how far a run is, in the thread that fetches.
pub trait Progress {
    /// How many documents and archives are to be asked for.
    fn total(&self, _requests: u64) {}
    /// Bytes that came.
    fn received(&self, _bytes: u64) {}
    /// A host is left alone for this long.
    fn waiting(&self, _host: &str, _time: Duration) {}
    /// One document is done.
    fn finished(&self, _done: &Done) {}
}

/// Nobody is told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {}
