//! What a worker and its parent say to each other.
//!
//! The parent begins with [`Setup`] and waits for [`Ready`]. Each document is a [`Request`], then its
//! bytes as a frame of their own, so that they are not copied; the worker answers with [`Answer`].

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;

use serde::{Deserialize, Serialize};
use undex_document::Format;

use crate::catalogue::Entry;
use crate::{Context, ExtractError, Extraction, Facts, Limits};

/// Worker and parent must be of one version: the messages are the types of this version.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Bytes of the first message: catalogues have some hundred bytes a document.
pub(super) const SETUP_BYTES: u64 = 64 << 20;

/// Bytes of a request without the document: a path, facts, and words that the corpus confirms.
pub(super) const REQUEST_BYTES: u64 = 64 << 20;

/// What holds for all documents.
#[derive(Deserialize, Serialize)]
pub(super) struct Setup<'s> {
    pub(super) version: Cow<'s, str>,
    pub(super) limits: Limits,
    pub(super) catalogue: Cow<'s, [Entry]>,
}

/// The worker's answer to the setup.
#[derive(Deserialize, Serialize)]
pub(super) struct Ready<'r> {
    pub(super) version: Cow<'r, str>,
}

/// What is known of a document beside its bytes.
#[derive(Deserialize, Serialize)]
pub(super) struct Request<'r> {
    pub(super) path: Cow<'r, str>,
    pub(super) facts: Option<Cow<'r, Facts>>,
    pub(super) confirmed: Option<Cow<'r, BTreeSet<String>>>,
}

/// What became of a document.
#[derive(Deserialize, Serialize)]
pub(super) enum Answer {
    Extraction(Box<Extraction>),
    Failure(Refused),
    /// Extraction panicked, with these words.
    Panic(String),
}

/// An [`ExtractError`] without the path of the request, which the parent knows.
#[derive(Deserialize, Serialize)]
pub(super) struct Refused {
    /// What the error's path names behind that of the request: a part of the file.
    within: String,
    why: Failure,
}

/// What an [`ExtractError`] says beside its path.
#[derive(Deserialize, Serialize)]
enum Failure {
    Io(String),
    UnknownFormat,
    OtherOffice(String),
    Encrypted,
    NoTextLayer(String),
    Malformed(Format, String),
    Empty,
    Limit(String, u64, u64),
    Other(String),
}

impl<'r> Request<'r> {
    pub(super) fn new(path: &'r str, context: Context<'r>) -> Self {
        Self {
            path: Cow::Borrowed(path),
            facts: context.facts.map(Cow::Borrowed),
            confirmed: context.confirmed.map(Cow::Borrowed),
        }
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context { facts: self.facts.as_deref(), confirmed: self.confirmed.as_deref() }
    }
}

impl From<ExtractError> for Failure {
    fn from(error: ExtractError) -> Self {
        match error {
            ExtractError::Io { source, .. } => Self::Io(source.to_string()),
            ExtractError::UnknownFormat { .. } => Self::UnknownFormat,
            ExtractError::OtherOffice { what, .. } => Self::OtherOffice(what.into_owned()),
            ExtractError::Encrypted { .. } => Self::Encrypted,
            ExtractError::NoTextLayer { pages, .. } => Self::NoTextLayer(pages),
            ExtractError::Malformed { format, reason, .. } => Self::Malformed(format, reason),
            ExtractError::Empty { .. } => Self::Empty,
            ExtractError::Limit { limit, met, bound, .. } => {
                Self::Limit(limit.to_owned(), met, bound)
            }
            // What only a parent finds out.
            ExtractError::Crashed { .. }
            | ExtractError::TimedOut { .. }
            | ExtractError::Worker { .. }
            | ExtractError::Interrupted { .. } => Self::Other(error.to_string()),
        }
    }
}

impl Refused {
    pub(super) fn new(error: ExtractError, path: &str) -> Self {
        let within = error.path().strip_prefix(path).unwrap_or_default().to_owned();
        Self { within, why: Failure::from(error) }
    }

    pub(super) fn into_error(self, path: &str) -> ExtractError {
        self.why.into_error(format!("{path}{}", self.within))
    }
}

impl Failure {
    fn into_error(self, path: String) -> ExtractError {
        match self {
            Self::Io(reason) => ExtractError::Io { path, source: io::Error::other(reason) },
            Self::UnknownFormat => ExtractError::UnknownFormat { path },
            Self::OtherOffice(what) => ExtractError::OtherOffice { path, what: what.into() },
            Self::Encrypted => ExtractError::Encrypted { path },
            Self::NoTextLayer(pages) => ExtractError::NoTextLayer { path, pages },
            Self::Malformed(format, reason) => ExtractError::Malformed { path, format, reason },
            Self::Empty => ExtractError::Empty { path },
            Self::Limit(name, met, bound) => {
                match Limits::NAMES.into_iter().find(|known| *known == name) {
                    Some(limit) => ExtractError::Limit { path, limit, met, bound },
                    None => {
                        ExtractError::Crashed { path, how: format!("a limit {name} of its own") }
                    }
                }
            }
            Self::Other(how) => ExtractError::Crashed { path, how },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::frame;
    use super::*;
    use crate::{Catalogue, Extractor};

    fn back<T: Serialize + serde::de::DeserializeOwned>(message: &T) -> T {
        let mut frame = Vec::new();
        frame::encode(message, &mut frame).unwrap();
        let mut content = Vec::new();
        frame::read(&mut frame.as_slice(), u64::MAX, &mut content).unwrap();
        frame::decode(&content).unwrap()
    }

    #[test]
    fn errors_come_back_as_they_were() {
        let path = || "a.txt".to_owned();
        let format = Format::Html;
        let mut errors = vec![
            ExtractError::Io { path: path(), source: io::Error::other("device gone") },
            ExtractError::UnknownFormat { path: path() },
            ExtractError::OtherOffice { path: path(), what: "an Excel workbook".into() },
            ExtractError::Encrypted { path: path() },
            ExtractError::NoTextLayer { path: path(), pages: "1 to 3".to_owned() },
            ExtractError::Malformed { path: path(), format, reason: "line 3".to_owned() },
            ExtractError::Empty { path: path() },
        ];
        for path in ["a.txt", "a.txt!word/document.xml"] {
            errors.extend(Limits::NAMES.map(|limit| ExtractError::Limit {
                path: path.to_owned(),
                limit,
                met: 3,
                bound: 2,
            }));
        }
        for error in errors {
            let (message, code) = (error.to_string(), error.code());
            let error = back(&Refused::new(error, "a.txt")).into_error("a.txt");
            assert_eq!((error.to_string(), error.code()), (message, code));
        }
    }

    #[test]
    fn catalogue_and_facts_come_back_as_they_were() {
        let toml = "[[document]]\nsymbol = \"UNDEX/1\"\ndate = 2022-08-01\ntitle.en = \"Maps\"\n\
                    process = \"Maps\"\n[[document.evidence]]\nall = [\"group on maps\"]\n\
                    [[document]]\nsymbol = \"UNDEX/2\"";
        let catalogue = Catalogue::parse("c", toml).unwrap();
        let setup = Setup {
            version: VERSION.into(),
            limits: Limits { paragraphs: 7, ..Limits::default() },
            catalogue: catalogue.entries().into(),
        };
        let came = back(&setup);
        assert_eq!(came.limits, setup.limits);
        assert_eq!(came.catalogue, setup.catalogue);

        for toml in ["", "symbol = \"UNDEX/1\"\ndate = 2022-08-01\ntype = \"report\""] {
            let facts = Facts::parse("f", toml).unwrap();
            let confirmed = BTreeSet::from(["herra mientas".to_owned()]);
            let context = Context { facts: Some(&facts), confirmed: Some(&confirmed) };
            let came = back(&Request::new("a", context));
            assert_eq!(came.context().facts, Some(&facts));
            assert_eq!(came.context().confirmed, Some(&confirmed));
        }
    }

    #[test]
    fn documents_come_back_as_they_were() {
        let text = "UNDEX/EXAMPLE/1\n\n3 May 2021\n\nReport of the group on maps\n\nI. Maps\n\n\
                    1. The group looked at the maps, see resolution 75/240, para. 3, and found \
                    that most of them were still in use.\n\n(a) The old ones;\n\n(b) The new \
                    ones.\n\nAnnex II\n\n1. Herons (A/75/816, annex I, para. 29).\n";
        let extractor = Extractor::default();
        let extraction =
            extractor.extract_in_process("maps.txt", text.as_bytes(), Context::default()).unwrap();
        assert!(extraction.document.paragraphs.iter().any(|p| !p.citations.is_empty()));
        assert_eq!(back(&extraction), extraction);
    }
}
