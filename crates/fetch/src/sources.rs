//! The table of places that serve documents, `sources.toml`, and the sets they publish.

use std::collections::BTreeMap;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use undex_document::{Format, Language, Symbol};
use url::Url;

use crate::FetchError;

/// What stands in an address as it is: the characters that no part of an address gives a meaning to
/// (RFC 3986, 2.3), and the stroke, which both a path and a query may hold.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Placeholders of an address.
const PLACEHOLDERS: [&str; 3] = ["{symbol}", "{lang}", "{format}"];

/// The longest pause, wait or timeout that a table may ask for: a day, in seconds.
const LONGEST: f64 = 86_400.0;

/// The sources and sets of one table, in its order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    #[serde(default, rename = "source")]
    sources: Vec<Source>,
    #[serde(default, rename = "set")]
    sets: Vec<Set>,
}

/// A place that serves documents by their symbols, or an archive of many.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The name by which sets, the ledger and people mean it.
    pub name: String,
    /// What it is, for people.
    pub title: String,
    /// The address, with `{symbol}`, `{lang}` and `{format}` where these belong. Without `{symbol}` it is
    /// the address of an archive.
    pub address: String,
    /// Where the terms of use stand, for people.
    pub terms: String,
    /// Whom to name as the source of a document.
    pub acknowledge: String,
    /// Other hosts that it may redirect to, under their usual port.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// The languages it serves.
    pub languages: Vec<Language>,
    /// The formats to ask for, the best first.
    pub formats: Vec<Kind>,
    /// How it is asked.
    #[serde(default)]
    pub(crate) manners: Manners,
}

/// How often and how long a source is asked. Times are in seconds.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Manners {
    /// Between two requests to one host.
    pause: f64,
    /// For a connection, for the head of an answer, and for each piece of its body.
    timeout: f64,
    /// For one body as a whole; what came until then is kept, and the rest asked for.
    transfer: f64,
    /// Requests for one document, the first included.
    pub(crate) attempts: u32,
    /// Before the second attempt; doubled before each after it.
    backoff: f64,
    /// The longest that a source may ask to be left alone for before this is taken as a refusal.
    longest_wait: f64,
    /// Bytes of the largest file.
    pub(crate) largest: u64,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            pause: 2.0,
            timeout: 60.0,
            transfer: 1_800.0,
            attempts: 4,
            backoff: 2.0,
            longest_wait: 120.0,
            // The longest reports of the UN, with their maps, stay below.
            largest: 200 << 20,
        }
    }
}

impl Manners {
    pub(crate) fn pause(&self) -> Duration {
        Duration::from_secs_f64(self.pause)
    }

    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_secs_f64(self.timeout)
    }

    pub(crate) fn transfer(&self) -> Duration {
        Duration::from_secs_f64(self.transfer)
    }

    pub(crate) fn longest_wait(&self) -> Duration {
        Duration::from_secs_f64(self.longest_wait)
    }

    /// The wait before an attempt, counted from 1; the first is the second request.
    pub(crate) fn backoff(&self, attempt: u32) -> Duration {
        let doubled = self.backoff * f64::from(1u32 << attempt.saturating_sub(1).min(16));
        Duration::from_secs_f64(doubled.min(LONGEST)).min(self.longest_wait())
    }
}

/// What a file is asked for as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Word, of any year.
    Doc,
    /// PDF.
    Pdf,
    /// Akoma Ntoso.
    Xml,
    /// A page.
    Html,
}

impl Kind {
    /// The word for it in addresses and options.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Doc => "doc",
            Self::Pdf => "pdf",
            Self::Xml => "xml",
            Self::Html => "html",
        }
    }

    /// Whether a file of this format is what was asked for.
    pub(crate) const fn accepts(self, format: Format) -> bool {
        matches!(
            (self, format),
            (Self::Doc, Format::Doc | Format::Docx)
                | (Self::Pdf, Format::Pdf)
                | (Self::Xml, Format::Akn)
                | (Self::Html, Format::Html)
        )
    }
}

impl std::str::FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Doc, Self::Pdf, Self::Xml, Self::Html]
            .into_iter()
            .find(|kind| kind.word() == text)
            .ok_or_else(|| "use one of doc, pdf, xml, html".to_owned())
    }
}

/// Documents that are fetched under one name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// Its name.
    pub name: String,
    /// What it is, for people.
    pub title: String,
    /// The symbols of its documents, where it is a list.
    #[serde(default)]
    pub symbols: Vec<Symbol>,
    /// The archive that holds it, where it is published as a whole.
    #[serde(default)]
    pub source: Option<String>,
    /// The folder in the archive with the documents of one session and language.
    #[serde(default)]
    pub folder: Option<String>,
    /// An archive within the archive with them, where some sessions are published so.
    #[serde(default)]
    pub packed: Option<String>,
    /// What the archive calls the languages in folders.
    #[serde(default)]
    pub languages: BTreeMap<Language, String>,
}

impl Sources {
    /// Reads a table; `path` is for messages.
    ///
    /// # Errors
    /// [`FetchError::Sources`] with the line, or with the name of what is wrong.
    pub fn parse(path: &str, toml: &str) -> Result<Self, FetchError> {
        let error = |reason: String| FetchError::Sources { path: path.to_owned(), reason };
        let table: Self = toml::from_str(toml).map_err(|found| {
            let line = found
                .span()
                .and_then(|span| toml.get(..span.start))
                .map_or(1, |before| before.matches('\n').count() + 1);
            error(format!("line {line}: {}", found.message().replace('\n', "; ")))
        })?;
        for source in &table.sources {
            source.check().map_err(|reason| error(format!("source {}: {reason}", source.name)))?;
        }
        for set in &table.sets {
            table.check(set).map_err(|reason| error(format!("set {}: {reason}", set.name)))?;
        }
        let mut names: Vec<&str> =
            table.sources.iter().map(|source| source.name.as_str()).collect();
        names.extend(table.sets.iter().map(|set| set.name.as_str()));
        names.sort_unstable();
        if let Some((twice, _)) = names.iter().zip(names.iter().skip(1)).find(|(a, b)| a == b) {
            return Err(error(format!("the name {twice} is given twice")));
        }
        Ok(table)
    }

    fn check(&self, set: &Set) -> Result<(), String> {
        if !is_name(&set.name) {
            return Err("a name is lower-case letters, digits and hyphens".to_owned());
        }
        let Some(source) = &set.source else {
            let listed = !set.symbols.is_empty();
            return listed.then_some(()).ok_or_else(|| "give symbols, or a source".to_owned());
        };
        let known = self.source(source).ok_or_else(|| format!("there is no source {source}"))?;
        if known.is_by_symbol() {
            return Err(format!("source {source} serves single documents and no archive"));
        }
        let folder = set.folder.as_deref().unwrap_or_default();
        if !folder.contains("{session}") || !folder.contains("{language}") {
            return Err("`folder` must hold {session} and {language}".to_owned());
        }
        Ok(())
    }

    /// All sources, in the order of the table.
    pub fn all(&self) -> &[Source] {
        &self.sources
    }

    /// The sources that serve documents by their symbols.
    pub fn by_symbol(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| source.is_by_symbol())
    }

    /// The source of a name.
    pub fn source(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.name == name)
    }

    /// The set of a name.
    ///
    /// # Errors
    /// [`FetchError::UnknownSet`] with the names there are.
    pub fn set(&self, name: &str) -> Result<&Set, FetchError> {
        self.sets.iter().find(|set| set.name == name).ok_or_else(|| FetchError::UnknownSet {
            name: name.to_owned(),
            known: self.sets.iter().map(|set| set.name.clone()).collect(),
        })
    }

    /// The sets there are.
    pub fn sets(&self) -> &[Set] {
        &self.sets
    }
}

impl Source {
    fn check(&self) -> Result<(), String> {
        if !is_name(&self.name) {
            return Err("a name is lower-case letters, digits and hyphens".to_owned());
        }
        if self.languages.is_empty() || self.formats.is_empty() {
            return Err("name at least one language and one format".to_owned());
        }
        let mut bare = self.address.clone();
        for placeholder in PLACEHOLDERS {
            bare = bare.replace(placeholder, "x");
        }
        if bare.contains(['{', '}']) {
            return Err(format!("the address may hold {} only", PLACEHOLDERS.join(", ")));
        }
        let url = Url::parse(&bare).map_err(|error| format!("the address is none: {error}"))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(
                "the address must begin with https:// or http:// and name a host".to_owned()
            );
        }
        if has_user(&url) {
            return Err("the address must not hold a user or password".to_owned());
        }
        let authority = self.address.split('/').nth(2).unwrap_or_default();
        if PLACEHOLDERS.iter().any(|placeholder| authority.contains(placeholder)) {
            return Err("the host in the address must not depend on a placeholder".to_owned());
        }
        let manners = &self.manners;
        for (name, seconds, least) in [
            ("pause", manners.pause, 0.0),
            ("timeout", manners.timeout, 0.001),
            ("transfer", manners.transfer, 0.001),
            ("backoff", manners.backoff, 0.0),
            ("longest_wait", manners.longest_wait, 0.0),
        ] {
            if !(least..=LONGEST).contains(&seconds) {
                return Err(format!("{name} must lie between {least} and {LONGEST} seconds"));
            }
        }
        if manners.attempts == 0 {
            return Err("attempts must be 1 or more".to_owned());
        }
        Ok(())
    }

    /// Whether it serves documents by their symbols, and is no archive.
    pub fn is_by_symbol(&self) -> bool {
        self.address.contains("{symbol}")
    }

    /// The address of a document in a language and format; what an archive has none of is left out.
    ///
    /// # Errors
    /// [`FetchError::Address`] when what comes out is no address.
    pub fn address(
        &self,
        symbol: Option<&Symbol>,
        language: Language,
        kind: Kind,
    ) -> Result<Url, FetchError> {
        let symbol = symbol.map(Symbol::as_str).unwrap_or_default();
        let address = self
            .address
            .replace("{symbol}", &utf8_percent_encode(symbol, PLAIN).to_string())
            .replace("{lang}", language.code())
            .replace("{format}", kind.word());
        Url::parse(&address)
            .map_err(|error| FetchError::Address { address, reason: error.to_string() })
    }

    /// Whether an address is one that this source is asked at for a document, or, without a symbol, for its
    /// archive.
    pub(crate) fn makes(&self, url: &Url, symbol: Option<&Symbol>, language: Language) -> bool {
        // One archive is for all languages.
        let language = if symbol.is_some() { language } else { Language::Undetermined };
        self.is_by_symbol() == symbol.is_some()
            && self.formats.iter().any(|&kind| {
                self.address(symbol, language, kind).is_ok_and(|address| address == *url)
            })
    }

    /// Whether an address may be asked on behalf of this source: at its own host under its own port, or at
    /// one that is listed, under the usual one.
    pub(crate) fn allows(&self, url: &Url) -> bool {
        let Ok(own) = Url::parse(&self.address) else { return false };
        let Some(host) = url.host_str() else { return false };
        let is_own = own.host_str() == Some(host)
            && own.port_or_known_default() == url.port_or_known_default();
        let is_listed = url.port().is_none()
            && self.hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(host));
        let is_as_safe = url.scheme() == "https" || own.scheme() != "https";
        (is_own || is_listed) && is_as_safe && !has_user(url)
    }
}

/// Whether an address holds a name or password, which would be sent along.
pub(crate) fn has_user(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Names become parts of file names.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = r#"
        [[source]]
        name = "papers"
        title = "Papers"
        address = "https://papers.example/get?s={symbol}&l={lang}&t={format}"
        terms = "https://papers.example/terms"
        acknowledge = "The office of papers"
        languages = ["en", "fr"]
        formats = ["doc", "pdf"]
    "#;

    fn parse(table: &str) -> Result<Sources, FetchError> {
        Sources::parse("sources.toml", table)
    }

    #[test]
    fn addresses_hold_symbols_as_text() {
        let sources = parse(TABLE).unwrap();
        let source = sources.source("papers").unwrap();
        // (symbol, address, why)
        let table = [
            ("A/75/816", "https://papers.example/get?s=A/75/816&l=fr&t=pdf", "strokes stay"),
            (
                "S/RES/1325 (2000)",
                "https://papers.example/get?s=S/RES/1325%282000%29&l=fr&t=pdf",
                "no space, escaped parentheses",
            ),
        ];
        for (symbol, address, why) in table {
            let symbol: Symbol = symbol.parse().unwrap();
            let made = source.address(Some(&symbol), Language::French, Kind::Pdf).unwrap();
            assert_eq!(made.as_str(), address, "{why}");
        }
    }

    #[test]
    fn only_its_own_hosts_are_allowed() {
        let table = TABLE.replace("languages =", "hosts = [\"files.example\"]\nlanguages =");
        let sources = parse(&table).unwrap();
        let source = sources.source("papers").unwrap();
        let allows = |url: &str| source.allows(&Url::parse(url).unwrap());
        assert!(allows("https://papers.example/other"));
        assert!(allows("https://FILES.example/a.pdf"));
        assert!(!allows("https://papers.example.evil.example/"));
        assert!(!allows("https://evil.example/papers.example"));
        assert!(allows("https://papers.example:443/other"));
        assert!(!allows("https://papers.example:8443/other"));
        assert!(!allows("https://files.example:8443/a.pdf"));
        assert!(!allows("http://papers.example/other"));
        assert!(!allows("http://papers.example:443/other"));
        assert!(!allows("http://files.example/a.pdf"));
        assert!(!allows("https://user@papers.example/other"));
        assert!(!allows("https://:word@files.example/a.pdf"));
    }

    #[test]
    fn addresses_are_told_from_others() {
        let sources = parse(TABLE).unwrap();
        let source = sources.source("papers").unwrap();
        let symbol: Symbol = "A/75/816".parse().unwrap();
        let makes = |url: &str, symbol: Option<&Symbol>, language| {
            source.makes(&Url::parse(url).unwrap(), symbol, language)
        };
        let made = "https://papers.example/get?s=A/75/816&l=fr&t=pdf";
        assert!(makes(made, Some(&symbol), Language::French));
        assert!(!makes(made, Some(&symbol), Language::English));
        assert!(!makes(made, Some(&"A/75/817".parse().unwrap()), Language::French));
        assert!(!makes(made, None, Language::French));
        assert!(!makes("https://papers.example/logout", Some(&symbol), Language::French));
        assert!(!makes(&made.replace("pdf", "xml"), Some(&symbol), Language::French));
    }

    #[test]
    fn what_is_wrong_is_named() {
        // (change, message)
        let table = [
            ("name = \"papers\"", "name = \"../x\"", "lower-case letters"),
            ("//papers", "//user:word@papers", "must not hold a user"),
            ("{symbol}", "{sign}", "may hold {symbol}, {lang}, {format} only"),
            ("https://papers.example/get", "file:///etc", "must begin with https://"),
            ("papers.example/get", "{lang}.example/get", "must not depend on a placeholder"),
            ("formats =", "manners.pause = -1\nformats =", "pause must lie between"),
            ("formats =", "manners.attempts = 0\nformats =", "attempts must be 1 or more"),
            ("[\"en\", \"fr\"]", "[]", "at least one language"),
            ("[\"en\", \"fr\"]", "[\"xx\"]", "line 8"),
            ("formats =", "manners.haste = 1\nformats =", "haste"),
        ];
        for (from, to, message) in table {
            assert!(TABLE.contains(from), "{from}");
            let error = parse(&TABLE.replace(from, to)).unwrap_err().to_string();
            assert!(error.starts_with("sources.toml: "), "{error}");
            assert!(error.contains(message), "{to}: {error}");
        }
        let set = "[[set]]\nname = \"maps\"\ntitle = \"Maps\"\nsource = \"papers\"\n";
        let error = parse(&format!("{TABLE}\n{set}")).unwrap_err().to_string();
        assert!(error.contains("set maps: source papers serves single documents"), "{error}");
        let error = parse(&format!("{TABLE}{TABLE}")).unwrap_err().to_string();
        assert!(error.contains("papers is given twice"), "{error}");
    }
}
