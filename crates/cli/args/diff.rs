//! The options of `undex diff`.

use clap::Args;

use super::IndexFolder;

const DIFF_HELP: &str = r#"OLD and NEW are each a generation of the index, such as 7 or gen-000007, or a path: of another index,
whose generation in use is taken, or of the folder of one generation. The number of a paragraph among
all others, its page and what it cites do not count.

  added, removed, changed   documents, by symbol and language
  +  -  ~                   paragraphs of a changed document: added, removed, changed

Exit codes: 0 they hold the same; 1 they differ; 2 error; 3 index or generation missing,
incompatible or damaged.

Examples:
  undex diff                         the index in use and the generation before
  undex diff 6 7
  undex diff ../yesterday/index      another index and the one in use
  undex diff --json > changes.jsonl"#;

/// Show what differs between two generations of the index
#[derive(Debug, Args)]
#[command(after_help = DIFF_HELP)]
pub struct Diff {
    /// The older state; by default the generation before the one in use
    #[arg(value_name = "OLD")]
    pub old: Option<String>,
    /// The newer state; by default the generation in use
    #[arg(value_name = "NEW")]
    pub new: Option<String>,
    /// Write one document a line as JSON, and the counts last
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub index: IndexFolder,
}
