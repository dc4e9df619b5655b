//! Why nothing can be fetched, and why one document could not.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// Why fetching ends, or does not begin.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// The table of sources cannot be used.
    #[error("{path}: {reason}")]
    Sources {
        /// The table.
        path: String,
        /// What is wrong and where.
        reason: String,
    },
    /// No set of this name.
    #[error("no set is called {name}; there are {}", known.join(", "))]
    UnknownSet {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// A set published by session was asked for without one.
    #[error("set {set} is published by session; say which, as --session 78,79")]
    NoSession {
        /// The set.
        set: String,
    },
    /// A session was given for a set that is a list.
    #[error("set {set} is a list of documents and has no sessions; leave --session out")]
    NotBySession {
        /// The set.
        set: String,
    },
    /// No source serves documents by their symbols.
    #[error(
        "no source serves documents by symbol; add a [[source]] with {{symbol}} in its address"
    )]
    NoSource,
    /// A pattern and a symbol that give no address.
    #[error("{address}: is no address: {reason}")]
    Address {
        /// What came out.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The record of what was fetched cannot be used.
    #[error("{}: {reason}", path.display())]
    Ledger {
        /// The ledger.
        path: PathBuf,
        /// What is wrong and where, and what to do.
        reason: String,
    },
    /// A file or folder of the corpus could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl FetchError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}

/// Why one document could not be fetched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Trouble {
    /// The source answered as it does for a document that it has not in this language and format.
    #[error("not published in this language and format")]
    NotPublished,
    /// The source refused.
    #[error("{host} answers {status}; {}", status_hint(*status))]
    Refused {
        /// Who answered.
        host: String,
        /// The status of HTTP.
        status: u16,
    },
    /// The source wants to be left alone for longer than is waited.
    #[error("{host} is busy{}; run the same command again later", for_seconds(*wait))]
    Busy {
        /// Who answered.
        host: String,
        /// How long it wants to be left alone, where it says so.
        wait: Option<Duration>,
    },
    /// No connection.
    #[error(
        "{host} cannot be reached: {reason}; check the network, and HTTPS_PROXY if there is a proxy"
    )]
    Unreachable {
        /// Who did not answer.
        host: String,
        /// What went wrong.
        reason: String,
    },
    /// The same host failed for a document before, so that it was not asked.
    #[error("not asked for: {reason}")]
    NotAsked {
        /// What happened before.
        reason: String,
    },
    /// More bytes than the source may send.
    #[error(
        "larger than {bound} bytes; raise `manners.largest` of source {source_name} if that is right"
    )]
    TooLarge {
        /// The bound, in bytes.
        bound: u64,
        /// The source.
        source_name: String,
    },
    /// Something else came than was asked for.
    #[error("{host} sends {found} instead of {expected}; nothing was kept")]
    WrongType {
        /// Who answered.
        host: String,
        /// What was asked for.
        expected: &'static str,
        /// What came.
        found: &'static str,
    },
    /// Redirected too often.
    #[error("{host} redirects more than {bound} times; nothing was kept")]
    Redirects {
        /// Who redirected last.
        host: String,
        /// How many were followed.
        bound: u32,
    },
    /// Redirected to somewhere else.
    #[error(
        "redirected to {host}, which source {source_name} does not list; add it to its `hosts` if you trust it"
    )]
    Foreign {
        /// Where to.
        host: String,
        /// The source.
        source_name: String,
    },
    /// Redirected to what is no address, or to one without encryption.
    #[error("{host} redirects to {what}; not followed")]
    BadRedirect {
        /// Who redirected.
        host: String,
        /// Where to, in short.
        what: &'static str,
    },
    /// The transfer broke off, or was too slow.
    #[error("the transfer from {host} broke off: {reason}; run the same command again")]
    Broken {
        /// Who sent.
        host: String,
        /// What went wrong.
        reason: String,
    },
    /// The archive cannot be read, or does not hold what was asked for.
    #[error("{0}")]
    Archive(String),
    /// The ledger names what cannot be fetched again.
    #[error("{0}")]
    Ledger(String),
    /// Not written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Stopped by the caller.
    #[error("interrupted")]
    Interrupted,
}

impl Trouble {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }

    /// Whether another format or source may still have the document.
    pub(crate) const fn is_of_the_place(&self) -> bool {
        !matches!(self, Self::Io { .. } | Self::Interrupted)
    }
}

fn status_hint(status: u16) -> &'static str {
    match status {
        401 | 403 | 407 => "access is refused, perhaps by a proxy on the way",
        404 | 410 => "the address is not, or no longer, there",
        400..=499 => "the source may have changed; compare its address in sources.toml",
        _ => "the source has trouble; run the same command again later",
    }
}

fn for_seconds(wait: Option<Duration>) -> String {
    wait.map(|wait| format!(" and asks to wait {} s", wait.as_secs())).unwrap_or_default()
}
