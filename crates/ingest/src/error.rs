//! Why a file gave no document.

use std::any::Any;

use std::borrow::Cow;

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
        what: Cow<'static, str>,
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
    /// Extraction panicked, or ended the process it ran in.
    #[error(
        "{path}: extraction crashed ({how}); please report it with the file, and leave the file out meanwhile"
    )]
    Crashed {
        /// The file.
        path: String,
        /// What is known of it: the signal, the last words.
        how: String,
    },
    /// Extraction took too long and was ended.
    #[error(
        "{path}: extraction took more than {seconds} s {kind}; raise it with --limit {limit}=N if the file is sound",
        limit = .kind.limit()
    )]
    TimedOut {
        /// The file.
        path: String,
        /// The bound, in seconds.
        seconds: u64,
        /// What was counted.
        kind: TimeKind,
    },
    /// There is no process to extract it in. Nothing is known of the file.
    #[error("{path}: not read: the worker program {program} cannot be used: {reason}")]
    Worker {
        /// The file.
        path: String,
        /// The program asked for.
        program: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Extraction was given up because the caller said so. Nothing is known of the file.
    #[error("{path}: not read: interrupted")]
    Interrupted {
        /// The file.
        path: String,
    },
}

/// A time that extraction may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// Time that passed.
    Clock,
    /// Time that processors worked.
    Processor,
}

impl TimeKind {
    /// The name of the limit, as a field of [`Limits`](crate::Limits).
    pub const fn limit(self) -> &'static str {
        match self {
            Self::Clock => "worker_seconds",
            Self::Processor => "worker_cpu_seconds",
        }
    }
}

impl std::fmt::Display for TimeKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Clock => "by the clock",
            Self::Processor => "of processor time",
        })
    }
}

impl ExtractError {
    /// The error for a panic that was caught while a file was extracted in this process.
    pub fn panicked(path: &str, panic: &(dyn Any + Send)) -> Self {
        Self::Crashed { path: path.to_owned(), how: panic_words(panic) }
    }

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
            | Self::Limit { path, .. }
            | Self::Crashed { path, .. }
            | Self::TimedOut { path, .. }
            | Self::Worker { path, .. }
            | Self::Interrupted { path } => path,
        }
    }

    /// Whether a limit was met, so that raising it may help.
    pub fn is_limit(&self) -> bool {
        matches!(self, Self::Limit { .. } | Self::TimedOut { .. })
    }

    /// Whether the file is simply of a kind that undex does not read, or a scan that holds nothing to
    /// read: skipped, not failed.
    pub fn is_skipped(&self) -> bool {
        matches!(
            self,
            Self::UnknownFormat { .. } | Self::OtherOffice { .. } | Self::NoTextLayer { .. }
        )
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
            Self::Crashed { .. } => "crashed",
            Self::TimedOut { .. } => "timed-out",
            Self::Worker { .. } => "no-worker",
            Self::Interrupted { .. } => "interrupted",
        }
    }
}

/// What a panic says.
pub(crate) fn panic_words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without words").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_faults() {
        let path = || "a.pdf".to_owned();
        let table = [
            (
                ExtractError::Crashed {
                    path: path(),
                    how: "the process was ended by SIGSEGV".to_owned(),
                },
                "a.pdf: extraction crashed (the process was ended by SIGSEGV); please report it with \
                 the file, and leave the file out meanwhile",
                "crashed",
            ),
            (
                ExtractError::TimedOut { path: path(), seconds: 30, kind: TimeKind::Clock },
                "a.pdf: extraction took more than 30 s by the clock; raise it with --limit \
                 worker_seconds=N if the file is sound",
                "timed-out",
            ),
            (
                ExtractError::TimedOut { path: path(), seconds: 20, kind: TimeKind::Processor },
                "a.pdf: extraction took more than 20 s of processor time; raise it with --limit \
                 worker_cpu_seconds=N if the file is sound",
                "timed-out",
            ),
            (
                ExtractError::Worker {
                    path: path(),
                    program: "/nowhere".to_owned(),
                    reason: "no such file".to_owned(),
                },
                "a.pdf: not read: the worker program /nowhere cannot be used: no such file",
                "no-worker",
            ),
            (
                ExtractError::Interrupted { path: path() },
                "a.pdf: not read: interrupted",
                "interrupted",
            ),
        ];
        for (error, message, code) in table {
            assert_eq!(error.to_string(), message);
            assert_eq!((error.code(), error.path()), (code, "a.pdf"));
            assert_eq!(error.is_limit(), code == "timed-out", "{message}");
            assert!(!error.is_skipped());
        }
        let panic: Box<dyn Any + Send> = Box::new("index out of bounds".to_owned());
        let error = ExtractError::panicked("a.pdf", &*panic);
        assert!(error.to_string().contains("(index out of bounds)"), "{error}");
    }
}
