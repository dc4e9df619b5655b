//! What the benches of undex measure with, and what is different here: the program is not built with
//! this package, and lies where it was built.

#![allow(dead_code, unused_imports, reason = "shared with other benches, which use other parts")]

#[path = "../../measure/documents.rs"]
mod documents;
#[path = "../../measure/extract.rs"]
mod extract;
#[path = "../../measure/figures.rs"]
mod figures;
#[path = "../../measure/process.rs"]
pub(crate) mod process;
#[path = "../../measure/usage.rs"]
mod usage;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

pub(crate) use documents::{Documents, catalogue, shared};
pub(crate) use figures::{Outcome, machine, quantile};

/// What a writer of the engine gets, in MiB: about what undex leaves its own at the default of `--memory`.
pub(crate) const WRITER_MEMORY_MIB: usize = 256;

/// The threads of `undex index` by default.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The program measured: the one that `UNDEX_BIN` names, or the release build of the repository.
fn binary() -> PathBuf {
    match std::env::var_os("UNDEX_BIN") {
        Some(path) => PathBuf::from(path),
        None => repository().join("target/release/undex"),
    }
}

/// Says what to do when there is none.
pub(crate) fn require_program() -> Outcome<()> {
    let binary = binary();
    if binary.is_file() {
        return Ok(());
    }
    Err(format!(
        "{}: no such program; run `cargo build --release` in the root of the repository, or name one \
         in the variable UNDEX_BIN",
        binary.display()
    )
    .into())
}

/// What the program says it is.
pub(crate) fn version() -> Outcome<String> {
    let output = program().arg("--version").output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

pub(crate) fn program() -> Command {
    Command::new(binary())
}

/// This program with other arguments: a peer in a process of its own.
pub(crate) fn peer(arguments: &[OsString]) -> Outcome<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(arguments);
    Ok(command)
}

/// A folder on the disk of the build that goes when the measurement ends.
pub(crate) fn folder() -> Outcome<TempDir> {
    let binary = std::env::current_exe()?;
    let target = binary.parent().and_then(Path::parent).ok_or("this program is in no folder")?;
    let folder = target.join("tmp");
    fs::create_dir_all(&folder)?;
    Ok(tempfile::Builder::new().prefix("scale-").tempdir_in(folder)?)
}

/// `undex index` on a corpus, at its defaults but for what is named.
pub(crate) fn index_arguments(corpus: &Path, index: &Path, more: &[&str]) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["index".into(), corpus.into()];
    arguments.extend(["--catalogue".into(), catalogue().into_os_string()]);
    arguments.extend(["--index".into(), index.into(), "--quiet".into()]);
    arguments.extend(more.iter().map(OsString::from));
    arguments
}

/// Runs the program to its end with these arguments.
pub(crate) fn watch(arguments: &[OsString]) -> Outcome<process::Run> {
    let mut command = program();
    command.args(arguments);
    process::watch(command, None)
}

/// Runs a peer to its end.
pub(crate) fn watch_peer(arguments: &[OsString]) -> Outcome<process::Run> {
    process::watch(peer(arguments)?, None)
}

/// What an index holds, and the bytes it takes.
pub(crate) struct Content {
    pub(crate) documents: u64,
    pub(crate) paragraphs: u64,
    pub(crate) bytes: u64,
}

/// What `undex info` says.
pub(crate) fn content(index: &Path) -> Outcome<Content> {
    let output = program().args(["info", "--json", "--index"]).arg(index).output()?;
    let info: Value = serde_json::from_slice(&output.stdout)?;
    let number = |name| info.get(name).and_then(Value::as_u64).ok_or("undex info has no numbers");
    Ok(Content {
        documents: number("documents")?,
        paragraphs: number("paragraphs")?,
        bytes: number("bytes")?,
    })
}

/// What a file, or all files in a folder, take.
pub(crate) fn size(path: &Path) -> Outcome<u64> {
    if !path.is_dir() {
        return Ok(fs::metadata(path)?.len());
    }
    fs::read_dir(path)?.map(|entry| size(&entry?.path())).sum()
}

/// The root of the repository.
fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
