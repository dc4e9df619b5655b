//! The options of searching.

use clap::{Args, ValueEnum};
use undex_query::FacetBy;

use super::{Conditions, IndexFolder};

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

Order:
  relevance  the best first
  date       the newest document first; where only the year in its symbol is known, the first day of
             that year counts, and what has neither comes last
  symbol     by symbol, numbers in it as numbers
What is equal stands by symbol, language and place in the document.

Examples:
  undex search "medidas de fomento de la confianza"
  undex search '"legally binding" obligations' --lang en --json
  undex search 'cites:A/70/174 AND "critical infrastructure"'
  undex search "puntos de contacto" --from 2015 --type report -n 5
  undex search "cyber*" --facets year,body -n 0
  undex search sovereignty --group document --sort date"#;

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
    /// Also count all matching paragraphs, and their documents, by year, type, body, lang, role
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub facets: Vec<FacetBy>,
    /// Whether paragraphs that say it in other words follow the last match, marked as related
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub related: RelatedWhen,
    /// Write one hit a line as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub index: IndexFolder,
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

/// What hits are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GroupBy {
    /// The document: one work in one language
    Document,
}

/// When related paragraphs are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RelatedWhen {
    /// For people, and not with --json
    Auto,
    /// Also with --json
    Always,
    /// Matches alone
    Never,
}
