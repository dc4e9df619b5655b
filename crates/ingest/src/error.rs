//! Why a file gave no document.

use undex_document::Format;

/// Why a file gave no document. Every variant names the file; the message says what to do next
/// where that is known.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// The file could not be read.
    #[error("{path}: cannot be read: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The content is no format that undex knows.
    #[error(
        "{path}: no format that undex reads; give PDF, Word, Akoma Ntoso XML, HTML, Markdown, plain text or a zip archive of these"
    )]
    UnknownFormat {
        /// The file.
        path: String,
    },
    /// An Office file, but none of Word's.
    #[error("{path}: {what}, which undex does not read; save it as a Word document or as text")]
    OtherOffice {
        /// The file.
        path: String,
        /// What it is, with its article.
        what: &'static str,
    },
    /// The content breaks the rules of its format.
    #[error("{path}: malformed {format}: {reason}")]
    Malformed {
        /// The file.
        path: String,
        /// The format found.
        format: Format,
        /// What is wrong, with the place where it is known.
        reason: String,
    },
    /// The file opens with a password only.
    #[error("{path}: encrypted with a password; save a copy without it and give that one")]
    Encrypted {
        /// The file.
        path: String,
    },
    /// There is no text in it.
    #[error("{path}: no text found in it")]
    Empty {
        /// The file.
        path: String,
    },
    /// Every page is a picture.
    #[error(
        "{path}: no text layer: pages {pages} are pictures of text; have the text recognised (OCR) and give the result"
    )]
    NoTextLayer {
        /// The file.
        path: String,
        /// The pages: `1 to 22`.
        pages: String,
    },
    /// A limit was met.
    #[error(
        "{path}: {limit} is {met}, above the limit of {bound}; raise it with --limit {limit}=N if the file is sound"
    )]
    Limit {
        /// The file.
        path: String,
        /// The limit's name, as a field of [`Limits`](crate::Limits).
        limit: &'static str,
        /// The number met.
        met: u64,
        /// The bound.
        bound: u64,
    },
}

impl ExtractError {
    /// The file concerned.
    pub fn path(&self) -> &str {
        match self {
            Self::Io { path, .. }
            | Self::UnknownFormat { path }
            | Self::OtherOffice { path, .. }
            | Self::Malformed { path, .. }
            | Self::Encrypted { path }
            | Self::Empty { path }
            | Self::NoTextLayer { path, .. }
            | Self::Limit { path, .. } => path,
        }
    }

    /// Whether a limit was met, so that raising it may help.
    pub fn is_limit(&self) -> bool {
        matches!(self, Self::Limit { .. })
    }

    /// Whether the file is simply of a kind that undex does not read: skipped, not failed.
    pub fn is_skipped(&self) -> bool {
        matches!(self, Self::UnknownFormat { .. } | Self::OtherOffice { .. })
    }

    /// A stable name for reports: `malformed`, `limit`, ...
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "unreadable",
            Self::UnknownFormat { .. } | Self::OtherOffice { .. } => "unknown-format",
            Self::Malformed { .. } => "malformed",
            Self::Encrypted { .. } => "encrypted",
            Self::Empty { .. } => "empty",
            Self::NoTextLayer { .. } => "no-text-layer",
            Self::Limit { .. } => "limit",
        }
    }
}
