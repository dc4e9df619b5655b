//! Fetching from a server on this machine, with every trouble that a source may give.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

#[path = "../loopback/mod.rs"]
mod loopback;

mod sets;
mod troubles;
mod updates;

use std::fs;
use std::path::Path;

use loopback::{Answer, Loopback};
use tempfile::TempDir;
use undex_document::{Language, Symbol};
use undex_fetch::{Options, Plan, Report, Request, Silent, Sources};

/// A corpus, and a source on this machine.
struct Scene {
    folder: TempDir,
    server: Loopback,
    sources: Sources,
    options: Options,
}

/// The table of the source, with more of its manners.
fn table(server: &Loopback, manners: &str) -> String {
    let address = server.url("/get?s={symbol}&l={lang}&t={format}");
    format!(
        r#"
        [[source]]
        name = "papers"
        title = "Papers"
        address = "{address}"
        terms = "https://papers.example/terms"
        acknowledge = "The office of papers"
        languages = ["en", "fr"]
        formats = ["doc", "pdf"]
        [source.manners]
        pause = 0
        backoff = 0.01
        timeout = 5
        {manners}
        "#
    )
}

impl Scene {
    fn new() -> Self {
        Self::with("")
    }

    fn with(manners: &str) -> Self {
        let server = Loopback::new();
        let sources = Sources::parse("sources.toml", &table(&server, manners)).unwrap();
        Self::of(server, sources)
    }

    fn of(server: Loopback, sources: Sources) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options::new(folder.path().join("corpus"));
        Self { folder, server, sources, options }
    }

    /// Answers for a symbol in English in one format.
    fn serve(&self, symbol: &str, format: &str, answers: impl Into<Vec<Answer>>) {
        self.server.answer(&path(symbol, format), answers);
    }

    fn plan(&self, symbols: &[&str]) -> Plan {
        let symbols: Vec<Symbol> = symbols.iter().map(|symbol| symbol.parse().unwrap()).collect();
        let languages = vec![Language::English];
        let request = Request { symbols, languages, ..Request::default() };
        undex_fetch::plan(&request, &self.sources, &self.options, &|_, _| false).unwrap()
    }

    fn fetch(&self, symbols: &[&str]) -> Report {
        let plan = self.plan(symbols);
        undex_fetch::fetch(&plan, &self.sources, &self.options, &Silent).unwrap()
    }

    fn update(&self) -> Report {
        undex_fetch::update(&self.sources, &self.options, &Silent).unwrap()
    }

    /// The files of the corpus, by their names, without the ledger.
    fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut open = vec![self.options.corpus.clone()];
        while let Some(folder) = open.pop() {
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            for path in entries.map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    open.push(path);
                } else if path.file_name().unwrap() != undex_fetch::LEDGER {
                    files.push(self.name(&path));
                }
            }
        }
        files.sort();
        files
    }

    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.options.corpus).unwrap().display().to_string()
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.options.corpus.join(name)).unwrap()
    }

    fn ledger(&self) -> Vec<serde_json::Value> {
        let text = String::from_utf8(self.read(undex_fetch::LEDGER)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The path under which a symbol is asked for in English.
fn path(symbol: &str, format: &str) -> String {
    format!("/get?s={symbol}&l=en&t={format}")
}

/// What passes for a PDF of a length.
fn pdf(length: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    // No two places look alike, so that a part that is put in the wrong place shows.
    bytes.extend((bytes.len()..length).map(|at| (at * 31 / 7) as u8));
    bytes
}

/// The one message of a run in which one document failed.
#[track_caller]
fn message(report: &Report) -> String {
    assert_eq!((report.failed, report.fetched), (1, 0), "{report:?}");
    report.documents.last().unwrap().message.clone().unwrap()
}
