//! The options of the interactive mode.

use std::path::PathBuf;

use clap::Args;

use super::searching::{GroupBy, SortBy};
use super::{BehindWhen, Conditions, IndexFolder, RepeatsShown};

const TUI_HELP: &str = r#"Results are shown as you type. Enter reads the document at the chosen hit, n and N go to the next and the
previous one, y copies the place to cite, F2 changes the language, F1 shows all keys, Ctrl-C ends.
The query is in the language of `undex search`, whose help describes it.

Examples:
  undex tui
  undex tui "puntos de contacto" --lang es
  undex tui --type resolution --from 2015 --sort date"#;

/// Search and read interactively, with results as you type
#[derive(Debug, Args)]
#[command(after_help = TUI_HELP)]
pub struct Tui {
    /// What to look for at first; it can be changed while it is looked for
    #[arg(value_name = "QUERY", allow_hyphen_values = false)]
    pub query: Vec<String>,
    #[command(flatten)]
    pub conditions: Conditions,
    /// The order of the hits
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub sort: SortBy,
    /// One hit for each document, its best paragraph
    #[arg(long, value_name = "WHAT")]
    pub group: Option<GroupBy>,
    /// Which of the paragraphs that are alike is shown, with how many more there are
    #[arg(long, value_name = "WHICH", default_value = "auto", conflicts_with = "group")]
    pub repeats: RepeatsShown,
    /// Whether paragraphs that say it in other words follow the last match, marked as related
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub related: BehindWhen,
    /// Whether paragraphs that call it by another of its names in the thesaurus follow the last match
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub synonyms: BehindWhen,
    /// The thesaurus; corpus/thesaurus.toml by default where there is one, and else that of undex
    #[arg(long, value_name = "FILE")]
    pub thesaurus: Option<PathBuf>,
    #[command(flatten)]
    pub index: IndexFolder,
}
