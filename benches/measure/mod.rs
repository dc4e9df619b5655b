//! The documents that are measured, the program run on them, and the figures of many runs.

#![allow(dead_code, unused_imports, reason = "each bench uses a part of it")]

mod documents;
pub(crate) mod extract;
mod figures;
pub(crate) mod process;
pub(crate) mod usage;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;
use undex_query::Searcher;

pub(crate) use documents::{Documents, catalogue, files, shared};
pub(crate) use figures::{Outcome, machine, quantile};

/// A report that `undex index --report json` wrote.
pub(crate) fn read(report: &Path) -> Outcome<Value> {
    Ok(serde_json::from_slice(&fs::read(report)?)?)
}

/// The digest it names.
pub(crate) fn digest(report: &Path) -> Outcome<String> {
    let digest = read(report)?.get("digest").and_then(Value::as_str).map(str::to_owned);
    digest.ok_or_else(|| "the report has no digest".into())
}

/// The release build of the program.
pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_undex"))
}

/// Builds an index of these files and folders, and opens it.
pub(crate) fn index(inputs: &[PathBuf], index: &Path) -> Outcome<Searcher> {
    // A file that cannot be read is in the report of the build and does not matter here.
    program()
        .arg("index")
        .args(inputs)
        .arg("--catalogue")
        .arg(catalogue())
        .arg("--index")
        .arg(index)
        .args(["--keep", "0", "--quiet"])
        .output()?;
    let searcher = Searcher::open(index)?;
    let info = searcher.info();
    println!("{} documents, {} paragraphs", info.documents, info.paragraphs);
    Ok(searcher)
}

/// A folder on the disk of the build that goes when the measurement ends.
pub(crate) fn folder() -> Outcome<TempDir> {
    Ok(tempfile::Builder::new().prefix("bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR"))?)
}

/// The root of the repository.
fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
