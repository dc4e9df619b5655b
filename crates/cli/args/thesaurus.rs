//! The options of `undex thesaurus`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use undex_document::Language;

/// The default place of the thesaurus.
pub const DEFAULT_THESAURUS: &str = "corpus/thesaurus.toml";

const IMPORT_HELP: &str = r#"Takes preferred, alternative and hidden labels of concepts that have two or more in the languages wanted.
The syntax goes by the name: .ttl is Turtle, .rdf and .xml RDF/XML, .nt N-Triples. What is imported is
added at the end of the file; concepts that it has already, by their source or by all their labels, stay
as they are there.

Examples:
  undex thesaurus import unbis.ttl
  undex thesaurus import eurovoc.rdf --lang en,fr -o mine.toml
  undex thesaurus import unbis.nt -o unbis.toml --force"#;

/// Import a thesaurus, or see what it knows of a word
#[derive(Debug, Subcommand)]
pub enum Thesaurus {
    Import(ImportThesaurus),
    Show(ShowThesaurus),
}

/// Add the concepts of a thesaurus in SKOS to one that searches use
#[derive(Debug, Args)]
#[command(after_help = IMPORT_HELP)]
pub struct ImportThesaurus {
    /// The file in SKOS
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The languages whose labels are taken
    #[arg(long, value_name = "LANG", value_delimiter = ',', default_value = "en,es,fr")]
    pub lang: Vec<Language>,
    /// The thesaurus to add to
    #[arg(short, long, value_name = "FILE", default_value = DEFAULT_THESAURUS)]
    pub output: PathBuf,
    /// Replace the file by what is imported
    #[arg(long)]
    pub force: bool,
}

/// Show the concepts that words are names of, as a search would take them
#[derive(Debug, Args)]
pub struct ShowThesaurus {
    /// The words; several need no quotes
    #[arg(required = true, value_name = "WORD")]
    pub words: Vec<String>,
    /// The thesaurus; corpus/thesaurus.toml by default where there is one, and else that of undex
    #[arg(long, value_name = "FILE")]
    pub thesaurus: Option<PathBuf>,
}
