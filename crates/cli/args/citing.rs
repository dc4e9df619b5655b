//! The options of the commands on citations.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use undex_citations::Style;
use undex_document::{Language, Pinpoint};
use undex_query::{DEFAULT_GRAPH_EDGES, DEFAULT_GRAPH_NODES};

use super::{Conditions, IndexFolder};

const CITES_HELP: &str = r#"In a pipe, a line is what is cited, the place that cites it and the languages it is held in, parted by tabs.

Examples:
  undex cites A/RES/78/237
  undex cites "A/RES/78/237, para. 5" --lang es
  undex cites 78/237 --json"#;

/// List what a document cites, in order, and whether it is held
#[derive(Debug, Args)]
#[command(after_help = CITES_HELP)]
pub struct Cites {
    /// The document, in any spelling; with a place behind it, only what is cited there
    #[arg(value_name = "DOCUMENT")]
    pub document: String,
    /// The language to read it in
    #[arg(long, value_name = "LANG")]
    pub lang: Option<Language>,
    /// Also where the document names its own paragraphs
    #[arg(long)]
    pub own: bool,
    /// Write one citation a line as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub index: IndexFolder,
}

const RESOLVE_HELP: &str = r#"Offsets count characters (Unicode scalar values) from the start of the text. A citation that names
several paragraphs is as many lines with the same offsets. PDF and Word are no text: for them,
`undex extract FILE --json` gives the citations of every paragraph.

Examples:
  undex resolve article.txt
  pdftotext paper.pdf - | undex resolve -
  undex resolve draft.txt --document A/78/265"#;

/// Find the symbols and citations in any text
#[derive(Debug, Args)]
#[command(after_help = RESOLVE_HELP)]
pub struct Resolve {
    /// A text file, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The document that the text is of: what it calls its own resolutions are its organ's
    #[arg(long, value_name = "SYMBOL")]
    pub document: Option<String>,
    /// The catalogue, for the names it knows; corpus/catalogue.toml by default where there is one
    #[arg(long, value_name = "FILE")]
    pub catalogue: Option<PathBuf>,
}

const CITE_HELP: &str = r#"Styles:
  un        as a footnote of a UN document, in English, Spanish or French
  bibtex    for LaTeX
  ris       for EndNote, Zotero and others
  csl-json  for Zotero, pandoc and citation processors

Title and date come from the index; a document that is not held is cited without them.

Examples:
  undex cite "A/RES/78/237 para 3"
  undex cite "resolution 1325, para. 2" --lang fr
  undex cite A/77/275 --style bibtex >> references.bib"#;

/// Write the citation of a document or of a place in it
#[derive(Debug, Args)]
#[command(after_help = CITE_HELP)]
pub struct Cite {
    /// The document, in any spelling, with a place behind it if you like
    #[arg(value_name = "DOCUMENT", required = true)]
    pub document: Vec<String>,
    /// How to write it
    #[arg(long, value_name = "STYLE", default_value = "un")]
    pub style: Style,
    /// The language to word it in
    #[arg(long, value_name = "LANG")]
    pub lang: Option<Language>,
    #[command(flatten)]
    pub index: IndexFolder,
}

const CITED_BY_HELP: &str = r#"A paragraph counts once, whatever the languages it stands in. A citation that the text does not
settle is kept and marked as such.

Examples:
  undex cited-by A/68/98
  undex cited-by A/75/816 --para "annex I, para. 29"
  undex cited-by 70/237 --from 2018 --type report --all --json
  undex cited-by A/RES/70/237 --count --by year"#;

/// List the paragraphs that cite a document, newest first
#[derive(Debug, Args)]
#[command(after_help = CITED_BY_HELP)]
pub struct CitedBy {
    /// The document, in any spelling, with a place behind it if you like
    #[arg(value_name = "DOCUMENT")]
    pub document: String,
    /// Only citations of this place and of what lies inside it: "annex I, para. 29"
    #[arg(long, value_name = "PLACE")]
    pub para: Option<Pinpoint>,
    #[command(flatten)]
    pub conditions: Conditions,
    /// Also where the document names its own paragraphs
    #[arg(long)]
    pub own: bool,
    /// Paragraphs to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Paragraphs to skip first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// Show all of them
    #[arg(long, conflicts_with = "limit")]
    pub all: bool,
    /// Write their number only
    #[arg(long, conflicts_with_all = ["limit", "offset", "all"])]
    pub count: bool,
    /// With --count, a number for each
    #[arg(long, value_name = "WHAT", requires = "count")]
    pub by: Option<By>,
    /// Write one paragraph, or one number, a line as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub index: IndexFolder,
}

/// What citing paragraphs are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// The year of the citing document
    Year,
    /// The language
    Language,
    /// The type of the citing document
    Type,
    /// The organ or body
    Body,
    /// The citing document
    Document,
}

const GRAPH_HELP: &str = r#"Formats:
  dot      for Graphviz; what is not held or not settled is dashed
  graphml  for Gephi, yEd, NetworkX
  json     nodes and edges in one object

Examples:
  undex graph A/RES/78/237 --depth 2 | dot -Tsvg > graph.svg
  undex graph A/68/98 --direction in --format graphml > graph.graphml
  undex graph 78/237 --direction both --format json"#;

/// Write the citation graph around a document
#[derive(Debug, Args)]
#[command(after_help = GRAPH_HELP)]
pub struct Graph {
    /// The document, in any spelling
    #[arg(value_name = "DOCUMENT")]
    pub document: String,
    /// Steps from the document
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub depth: usize,
    /// Which way to follow citations
    #[arg(long, value_name = "WAY", default_value = "out")]
    pub direction: Follow,
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "dot", conflicts_with = "json")]
    pub format: GraphFormat,
    /// Write it as JSON, as --format json does
    #[arg(long)]
    pub json: bool,
    /// Languages for titles, best first
    #[arg(long, value_name = "LANG", value_delimiter = ',')]
    pub lang: Vec<Language>,
    /// Most documents; the most cited neighbours are kept
    #[arg(long, value_name = "N", default_value_t = DEFAULT_GRAPH_NODES)]
    pub nodes: usize,
    /// Most edges
    #[arg(long, value_name = "N", default_value_t = DEFAULT_GRAPH_EDGES)]
    pub edges: usize,
    #[command(flatten)]
    pub index: IndexFolder,
}

/// Which way citations are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Follow {
    /// To what it cites
    Out,
    /// To what cites it
    In,
    /// Both
    Both,
}

/// What `undex graph` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// Graphviz
    Dot,
    /// GraphML
    Graphml,
    /// JSON
    Json,
}

impl Graph {
    /// The format asked for in either way.
    pub fn format(&self) -> GraphFormat {
        if self.json { GraphFormat::Json } else { self.format }
    }
}

const MISSING_HELP: &str = r#"Languages, dates and types are those of the citing documents. Only citations that the text settles
count. What is held under another form of its symbol is not missing. In a pipe, a line is the symbol, the
number of documents that cite it and that of their paragraphs, parted by tabs.

Examples:
  undex missing
  undex missing A/RES --from 2015 --all
  undex missing --type resolution --json"#;

/// List documents that are cited and not held, most cited first
#[derive(Debug, Args)]
#[command(after_help = MISSING_HELP)]
pub struct Missing {
    /// Only documents whose symbol begins with these parts: A/AC.290, A/RES/78
    #[arg(value_name = "SYMBOL")]
    pub symbol: Option<String>,
    #[command(flatten)]
    pub conditions: Conditions,
    /// Documents to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Documents to skip first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// Show all of them
    #[arg(long, conflicts_with = "limit")]
    pub all: bool,
    /// Write one document a line as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub index: IndexFolder,
}
