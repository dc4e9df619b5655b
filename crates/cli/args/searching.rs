//! The options of searching.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use undex_query::{FacetBy, Fold, Sort};

use super::{Conditions, IndexFolder};
use crate::exit::Failure;

const SEARCH_HELP: &str = r#"Queries:
  confianza puntos contacto        words; accents and case do not matter
  "puntos de contacto"             exactly these words in this order
  ciber*  wom?n  organi?ation*     words that begin so, or have this form
  securty~  securty~1              also words in which one or two letters differ
  "puntos contacto"~3              in this order, three words between at most
  puntos NEAR/5 contacto           five words from one to the other, either order
  norms AND (cyber OR ICT) -war    AND, OR, NOT or -, parentheses
  cyber^2  "legally binding"^0.5   this counts twice, or half
  symbol:A/AC.290/*  body:A        documents by symbol, by body
  cites:A/70/174  cites:70/237     paragraphs that cite a document
  lang:es  type:report             by language, by type
  role:operative                   by what a paragraph is
  year:2015..2021  date:2020-03..  by year, by date
  lang:es,fr  year:(2015, 2019..)  by any of these values
  title:word  heading:word  note:word
  section:"next steps"             under a heading with these words
  verb:requests  verb:"takes note" clauses of resolutions that open with this verb

Order:
  relevance  the best first
  date       the newest document first; where only the year in its symbol is known, the first day of
             that year counts, and what has neither comes last
  symbol     by symbol, numbers in it as numbers
What is equal stands by symbol, language and place in the document.

Formats:
  text      for people
  json      one hit a line, the contract for programs
  csv       a table for spreadsheets; a cell that would be a formula begins with an apostrophe
  md        Markdown: a quotation each, under the place to cite
  bibtex, ris, csl-json
            an entry each, with the place; with --group document one for each document, without

Examples:
  undex search "medidas de fomento de la confianza"
  undex search '"legally binding" obligations' --lang en --json
  undex search 'cites:A/70/174 AND "critical infrastructure"'
  undex search "puntos de contacto" --from 2015 --type report -n 5
  undex search "cyber*" --facets year,body -n 0
  undex search sovereignty --group document --sort date
  undex search '"points of contact"' -n 50 --kwic --kwic-sort right
  undex search "supply chain" -C 2 -n 3
  undex search "critical infrastructure" -n 100 --format csv > hits.csv"#;

/// Find paragraphs
#[derive(Debug, Args)]
#[command(after_help = SEARCH_HELP)]
pub struct Search {
    /// What to look for; several words need no quotes
    #[arg(required = true, value_name = "QUERY", allow_hyphen_values = false)]
    pub query: Vec<String>,
    #[command(flatten)]
    pub conditions: Conditions,
    /// Hits to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Hits to skip first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// The order of the hits
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub sort: SortBy,
    /// One hit for each document, its best paragraph; -n and --offset then count documents
    #[arg(long, value_name = "WHAT")]
    pub group: Option<GroupBy>,
    /// Which of the paragraphs that are alike is shown, with how many more there are; the same
    /// paragraph comes back in the resolutions of many sessions
    #[arg(long, value_name = "WHICH", default_value = "auto", conflicts_with = "group")]
    pub repeats: RepeatsShown,
    /// Show each paragraph by itself, as --repeats all does
    #[arg(long, conflicts_with = "repeats")]
    pub all: bool,
    /// Also tell where the score of each hit comes from
    #[arg(long)]
    pub explain: bool,
    /// Also count all matching paragraphs, and their documents, by year, type, body, lang, role,
    /// verb
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub facets: Vec<FacetBy>,
    /// Whether paragraphs that say it in other words follow the last match, marked as related
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub related: BehindWhen,
    /// Whether paragraphs that call it by another of its names in the thesaurus follow those with all
    /// the words
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub synonyms: BehindWhen,
    /// The thesaurus; corpus/thesaurus.toml by default where there is one, and else that of undex
    #[arg(long, value_name = "FILE")]
    pub thesaurus: Option<PathBuf>,
    /// Also show this many paragraphs before and behind each hit
    #[arg(short = 'C', long, value_name = "N", default_value_t = 0, conflicts_with = "kwic")]
    pub context: usize,
    /// Show every match on a line of its own, one below the other, with the words around it
    #[arg(long)]
    pub kwic: bool,
    /// The order of these lines: by the words left or right of the match, or none for that of the hits
    #[arg(long, value_name = "SIDE", default_value = "none", requires = "kwic")]
    pub kwic_sort: KwicSort,
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: SearchFormat,
    /// Write one hit a line as JSON, as --format json does
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    #[command(flatten)]
    pub index: IndexFolder,
}

const TREND_HELP: &str = r#"For each query and year, the number of matching paragraphs and of the documents they are in. Each query is an argument of its own, in quotes where it has spaces, and up to 8 are counted. A year is
that of the filter year:, which is the one in the symbol of a document without date; where there is
neither, it counts as undated. In a pipe, a line is query, year, paragraphs and documents, parted by tabs.

Examples:
  undex trend "cyber*" "ciber*"
  undex trend '"human rights"' '"international law"' --type resolution --from 1990
  undex trend "cyber*" "ciber*" --svg trend.svg"#;

/// Count paragraphs and documents year by year
#[derive(Debug, Args)]
#[command(after_help = TREND_HELP)]
pub struct Trend {
    /// What to count, each in the language of queries
    #[arg(required = true, value_name = "QUERY", num_args = 1..=8)]
    pub queries: Vec<String>,
    #[command(flatten)]
    pub conditions: Conditions,
    /// What to count by
    #[arg(long, value_name = "WHAT", default_value = "year")]
    pub by: TrendBy,
    /// Also write a drawing to this file, which is replaced if it is there
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Write one query a line as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub index: IndexFolder,
}

/// What a trend is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TrendBy {
    /// The year of the document
    Year,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SortBy {
    /// The best first
    Relevance,
    /// The newest document first
    Date,
    /// By symbol
    Symbol,
}

impl From<SortBy> for Sort {
    fn from(order: SortBy) -> Self {
        match order {
            SortBy::Relevance => Self::Relevance,
            SortBy::Date => Self::Date,
            SortBy::Symbol => Self::Symbol,
        }
    }
}

/// Which of paragraphs that are alike are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RepeatsShown {
    /// The newest, in text for people; otherwise all
    Auto,
    /// The one in the newest document
    Newest,
    /// The one in the oldest document
    Oldest,
    /// The one that ranks first
    Best,
    /// All
    All,
}

impl RepeatsShown {
    /// Which is shown to people, if not all are.
    pub fn for_people(self) -> Option<Fold> {
        match self {
            Self::Auto | Self::Newest => Some(Fold::Newest),
            Self::Oldest => Some(Fold::Oldest),
            Self::Best => Some(Fold::Best),
            Self::All => None,
        }
    }
}

/// What hits are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GroupBy {
    /// The document: one work in one language
    Document,
}

/// When more than matches is looked for, to stand behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BehindWhen {
    /// In text for people
    Auto,
    /// Also in JSON
    Always,
    /// Matches alone
    Never,
}

/// The order of concordance lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KwicSort {
    /// By the words before the match, the nearest first
    Left,
    /// By the words behind the match
    Right,
    /// That of the hits
    None,
}

/// What `undex search` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchFormat {
    /// Text for people
    Text,
    /// JSON, one hit a line
    Json,
    /// A table for spreadsheets
    Csv,
    /// Markdown
    Md,
    /// BibTeX
    Bibtex,
    /// RIS, for reference managers
    Ris,
    /// CSL-JSON, for citation processors
    CslJson,
}

impl Search {
    /// Whether each document is one hit.
    pub fn by_document(&self) -> bool {
        matches!(self.group, Some(GroupBy::Document))
    }

    /// The format asked for in either way. What only some formats can show is refused with the others.
    pub fn format(&self) -> Result<SearchFormat, Failure> {
        let format = if self.json { SearchFormat::Json } else { self.format };
        if matches!(format, SearchFormat::Text | SearchFormat::Json) {
            return Ok(format);
        }
        let unfit = [
            ("--facets", !self.facets.is_empty()),
            ("--kwic", self.kwic),
            ("--explain", self.explain),
            ("--context", self.context > 0),
        ];
        match unfit.iter().find(|(_, given)| *given) {
            Some((option, _)) => {
                Err(Failure::error(format!("{option} goes with --format text or json only")))
            }
            None => Ok(format),
        }
    }
}
