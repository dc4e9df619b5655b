//! The command line: its commands, options and help.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use undex_document::{DocumentType, Language, Pinpoint};
use undex_query::SearchRequest;

use crate::exit::Failure;

mod citing;
mod diff;
mod fetching;
mod searching;
mod thesaurus;
#[cfg(feature = "tui")]
mod tui;
mod verify;

pub use citing::{By, Cite, CitedBy, Cites, Follow, Graph, GraphFormat, Missing, Resolve};
pub use diff::Diff;
pub use fetching::Fetch;
#[cfg(feature = "fetch")]
pub use fetching::FetchFormat;
pub use searching::{BehindWhen, KwicSort, RepeatsShown, Search, SearchFormat, Trend, TrendBy};
pub use thesaurus::{DEFAULT_THESAURUS, ImportThesaurus, ShowThesaurus, Thesaurus};
#[cfg(feature = "tui")]
pub use tui::Tui;
pub use verify::Verify;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Green.on_default())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_CODES: &str = "Exit codes: 0 hits or success; 1 no hit, or a difference; 2 error or partial failure; \
3 index missing, out of date, incompatible or damaged; 130 interrupted.";

/// Full-text search over United Nations documents, down to the paragraph.
///
/// undex reads the files you have, recovers their paragraphs, footnotes and symbols, and answers
/// queries with paragraphs under the place to cite: A/75/816, annex I, para. 29.
#[derive(Debug, Parser)]
#[command(name = "undex", version, styles = STYLES, after_help = EXIT_CODES, max_term_width = 100)]
#[command(propagate_version = true, subcommand_required = true, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Search(Search),
    #[cfg(feature = "tui")]
    Tui(Tui),
    Trend(Trend),
    Show(Show),
    Cites(Cites),
    CitedBy(CitedBy),
    Graph(Graph),
    Missing(Missing),
    Cite(Cite),
    Resolve(Resolve),
    List(List),
    Fetch(Fetch),
    Index(Index),
    Diff(Diff),
    Verify(Verify),
    Extract(Extract),
    #[command(subcommand)]
    Thesaurus(Thesaurus),
    Info(Info),
    /// Write a completion script for a shell to standard output
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual page to standard output, in roff
    Man,
}

/// The index to read
#[derive(Clone, Debug, Args)]
pub struct IndexFolder {
    /// The folder of the index
    #[arg(long = "index", value_name = "DIR", default_value = DEFAULT_INDEX)]
    pub folder: PathBuf,
}

/// The default place of the index.
pub const DEFAULT_INDEX: &str = "index";
/// The default place of the documents.
pub const DEFAULT_CORPUS: &str = "corpus";

/// Conditions on documents.
#[derive(Clone, Debug, Args)]
pub struct Conditions {
    /// Only these languages, such as es or en,fr
    #[arg(long, value_name = "LANG", value_delimiter = ',')]
    pub lang: Vec<Language>,
    /// Only documents of this day or later: 2015, 2015-03, 2015-03-31
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub from: Option<Date>,
    /// Only documents of this day or earlier
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub to: Option<Date>,
    /// Only documents of these types, such as report or resolution,decision
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    pub types: Vec<DocumentType>,
}

impl Conditions {
    /// Refuses a period that ends before it begins.
    pub fn check(&self) -> Result<(), Failure> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from > to => Err(Failure::error(format!(
                "--from {from} is after --to {to}; give the earlier day first"
            ))),
            _ => Ok(()),
        }
    }

    /// Puts them into a request.
    pub fn ask_in(&self, request: &mut SearchRequest) {
        request.languages.clone_from(&self.lang);
        request.types.clone_from(&self.types);
        request.from = self.from;
        request.to = self.to;
    }
}

const SHOW_HELP: &str = r#"Examples:
  undex show A/RES/78/237
  undex show A/RES/78/237 --para 5 --lang en,es,fr
  undex show A/77/275 --para "annex, para. 16 (a)"
  undex show "A/77/275, annex, para. 16 (a)""#;

/// Read a document, or one paragraph in several languages side by side
#[derive(Debug, Args)]
#[command(after_help = SHOW_HELP)]
pub struct Show {
    /// The document, in any spelling, with a place behind it if you like
    #[arg(value_name = "DOCUMENT")]
    pub symbol: String,
    /// Only this place and what lies inside it: 5, "annex, para. 16 (a)", "anexo, párr. 3"
    #[arg(long, value_name = "PLACE")]
    pub para: Option<Pinpoint>,
    /// Languages, such as es or en,es,fr
    #[arg(long, value_name = "LANG", value_delimiter = ',')]
    pub lang: Vec<Language>,
    /// Write the document as JSON, one language a line
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub index: IndexFolder,
}

const LIST_HELP: &str = r#"In a pipe, a line is symbol, language, date, type, number of paragraphs and title, parted by tabs.

Examples:
  undex list A/RES/78
  undex list "resolution 78/237"
  undex list --type report --lang es --json"#;

/// List the documents held
#[derive(Debug, Args)]
#[command(after_help = LIST_HELP)]
pub struct List {
    /// Only documents whose symbol begins with these parts, whole ones: A/AC.290, A/RES/78, 78/237
    #[arg(value_name = "SYMBOL")]
    pub symbol: Option<String>,
    #[command(flatten)]
    pub conditions: Conditions,
    /// Write one document a line as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub index: IndexFolder,
}

const INDEX_HELP: &str = r#"Only what changed is read again, and the index in use is replaced in one step at the end; until
then, and when something fails, the old one stays in use.

Examples:
  undex index                        the documents under corpus/ into index/
  undex index ~/un reports.zip --index ~/un-index
  undex index --report json          in CI: what became of every source, for programs
  undex index --check                in CI: exit 3 and the reasons when it is not up to date"#;

/// Build the index, or bring it up to date
#[derive(Debug, Args)]
#[command(after_help = INDEX_HELP)]
pub struct Index {
    /// Files, folders and zip archives; together they are the whole corpus
    #[arg(value_name = "PATH", default_value = DEFAULT_CORPUS)]
    pub paths: Vec<PathBuf>,
    /// Change nothing; exit 3 and say why if the index is not up to date
    #[arg(long, conflicts_with = "rebuild")]
    pub check: bool,
    /// Read every file again and build everything anew
    #[arg(long)]
    pub rebuild: bool,
    /// Take the files that the index knows to be as they were, but for those listed in FILE, one a line, as
    /// `git diff --relative --name-only` does; - for standard input. What is new or gone is noticed all the same
    #[arg(long, value_name = "FILE", conflicts_with = "rebuild")]
    pub changed: Option<PathBuf>,
    /// Write a report of every source to standard output; with --check, of every difference
    #[arg(long, value_name = "FORMAT")]
    pub report: Option<ReportFormat>,
    /// The catalogue to use instead of catalogue.toml in each folder
    #[arg(long, value_name = "FILE")]
    pub catalogue: Option<PathBuf>,
    /// Threads that read documents, and as many that write them; 0 for one per core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Memory to keep below, in MiB; processes that read documents have a bound of their own
    #[arg(long, value_name = "MIB", default_value_t = 512)]
    pub memory: usize,
    /// Room for extracted documents kept beside the index, so that no file is read twice, in MiB; 0
    /// keeps none
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub keep: u64,
    #[command(flatten)]
    pub limits: LimitOptions,
    /// Say nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub index: IndexFolder,
}

/// Bounds on what a file may make the program do.
#[derive(Clone, Debug, Args)]
pub struct LimitOptions {
    /// Raise or lower a bound on hostile files by its name, as an error message gives it
    #[arg(long = "limit", value_name = "NAME=N")]
    pub limits: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// One JSON object
    Json,
}

const EXTRACT_HELP: &str = r#"Reads PDF, Word, Akoma Ntoso XML, HTML, Markdown and plain text, and needs no index. Words are mended
with the document's own words only; in an index, those of the whole corpus help.

Formats:
  text  paragraphs under what the document is, as `undex show` has them
  md    Markdown with footnotes and tables
  akn   Akoma Ntoso XML (AKN4UN), which undex reads back to the same paragraphs
  json  one document a line, the contract for programs

Examples:
  undex extract report.pdf
  undex extract resolutions.zip --json > documents.jsonl
  undex extract report.docx --format akn > report.xml
  undex extract *.pdf resolutions.zip --format md --output texts
  undex extract report.pdf --repairs"#;

/// Read files and show what undex makes of them
#[derive(Debug, Args)]
#[command(after_help = EXTRACT_HELP)]
pub struct Extract {
    /// PDF, Word and other files, and zip archives of them
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with = "repairs")]
    pub format: ExtractFormat,
    /// Write one document a line as JSON, as --format json does
    #[arg(long, conflicts_with_all = ["repairs", "format"])]
    pub json: bool,
    /// List what was mended instead: broken words, stray spaces
    #[arg(long)]
    pub repairs: bool,
    /// Write each document to a file of its own in this folder, named by symbol and language
    #[arg(short, long, value_name = "DIR", conflicts_with = "repairs")]
    pub output: Option<PathBuf>,
    /// Replace files that are there already
    #[arg(long, requires = "output")]
    pub force: bool,
    /// The catalogue; corpus/catalogue.toml by default where there is one
    #[arg(long, value_name = "FILE")]
    pub catalogue: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitOptions,
}

/// What `undex extract` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    /// Plain text
    Text,
    /// Markdown
    Md,
    /// Akoma Ntoso XML, the AKN4UN profile
    Akn,
    /// JSON, one document a line
    Json,
}

impl Extract {
    /// The format asked for in either way.
    pub fn format(&self) -> ExtractFormat {
        if self.json { ExtractFormat::Json } else { self.format }
    }
}

/// Tell what the index holds
#[derive(Debug, Args)]
pub struct Info {
    /// Write it as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub index: IndexFolder,
}

/// A day, or the first of a month or year.
fn first_day(text: &str) -> Result<Date, String> {
    day(text, |text| format!("{text}-01"), "01")
}

/// A day, or the last of a month or year.
fn last_day(text: &str) -> Result<Date, String> {
    let last_of_month = |text: &str| {
        format!("{text}-01")
            .parse::<Date>()
            .map_or_else(|_| text.to_owned(), |first| first.last_of_month().to_string())
    };
    day(text, last_of_month, "12")
}

fn day(text: &str, complete: impl Fn(&str) -> String, month: &str) -> Result<Date, String> {
    let written = match text.len() {
        4 => complete(&format!("{text}-{month}")),
        7 => complete(text),
        _ => text.to_owned(),
    };
    written.parse().map_err(|_| "write a date as 2015, 2015-03 or 2015-03-31".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn parts_of_dates() {
        assert_eq!(first_day("2015").unwrap().to_string(), "2015-01-01");
        assert_eq!(last_day("2015").unwrap().to_string(), "2015-12-31");
        assert_eq!(last_day("2016-02").unwrap().to_string(), "2016-02-29");
        assert_eq!(first_day("2016-02-03").unwrap().to_string(), "2016-02-03");
        assert!(first_day("yesterday").is_err());
    }
}
