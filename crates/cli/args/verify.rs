//! The options of `undex verify`.

use clap::Args;

use super::IndexFolder;

const VERIFY_HELP: &str = r#"Reads every file of the generation in use and compares it with the hash that was written with it; then
compares what the index holds with what it says it holds. Nothing is written, so that an index on
read-only media can be verified. Every command checks the parts that it reads by itself; this one reads
all.

Exit codes: 0 sound; 3 missing, incompatible or damaged. `undex index --rebuild` builds a damaged
index anew from its documents.

Examples:
  undex verify
  undex verify --index /mnt/backup/index
  undex verify --json                what is wrong, for programs"#;

/// Check that the index is sound
#[derive(Debug, Args)]
#[command(after_help = VERIFY_HELP)]
pub struct Verify {
    /// Write one JSON object
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub index: IndexFolder,
}
