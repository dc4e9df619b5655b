//! The documents that are measured, the program run on them, and the figures of many runs.

#![allow(dead_code, reason = "each bench uses a part of it")]

pub(crate) mod extract;
pub(crate) mod process;
pub(crate) mod usage;

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// What every step of a measurement gives; a measurement that fails says why and ends.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// The documents to index.
pub(crate) struct Documents {
    /// For the head of the figures.
    pub(crate) name: String,
    /// Folders.
    pub(crate) inputs: Vec<PathBuf>,
}

impl Documents {
    /// Real documents where there are some: `corpus/akn4un` and `corpus/seeds`, or else all of
    /// `corpus`, in the folder that `UNDEX_SHARED` names or in `shared` beside the repository.
    /// Otherwise the documents that the repository ships with.
    pub(crate) fn find() -> Self {
        let corpus = shared().join("corpus");
        let mut inputs: Vec<PathBuf> =
            ["akn4un", "seeds"].map(|name| corpus.join(name)).into_iter().collect();
        inputs.retain(|folder| folder.is_dir());
        if !inputs.is_empty() {
            return Self { name: "real documents, akn4un and seeds".to_owned(), inputs };
        }
        if corpus.is_dir() {
            return Self { name: "real documents".to_owned(), inputs: vec![corpus] };
        }
        Self {
            name: "the handbook alone, since UNDEX_SHARED names no documents".to_owned(),
            inputs: vec![repository().join("corpus")],
        }
    }

    /// Everything in the folder of real documents, in every format, where there are some.
    pub(crate) fn all() -> Self {
        let corpus = shared().join("corpus");
        match corpus.is_dir() {
            true => Self { name: "all real documents".to_owned(), inputs: vec![corpus] },
            false => Self::find(),
        }
    }

    /// The arguments of `undex index` for these documents and an index folder.
    pub(crate) fn index_arguments(&self, index: &Path) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = vec!["index".into()];
        arguments.extend(self.inputs.iter().map(|input| input.clone().into_os_string()));
        arguments.push("--catalogue".into());
        arguments.push(catalogue().into_os_string());
        arguments.push("--index".into());
        arguments.push(index.as_os_str().to_owned());
        arguments
    }
}

/// Every file of the documents, archives as they are.
pub(crate) fn files(documents: &Documents) -> Vec<PathBuf> {
    extract::files(&documents.inputs)
}

/// A report that `undex index --report json` wrote.
pub(crate) fn read(report: &Path) -> Outcome<Value> {
    Ok(serde_json::from_slice(&fs::read(report)?)?)
}

/// The digest it names.
pub(crate) fn digest(report: &Path) -> Outcome<String> {
    let digest = read(report)?.get("digest").and_then(Value::as_str).map(str::to_owned);
    digest.ok_or_else(|| "the report has no digest".into())
}

/// The folder that real documents are in, where there are some.
pub(crate) fn shared() -> PathBuf {
    match std::env::var_os("UNDEX_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => repository().join("../shared"),
    }
}

/// The catalogue of the repository: it knows the real documents that do not name themselves.
pub(crate) fn catalogue() -> PathBuf {
    repository().join("corpus/catalogue.toml")
}

/// The release build of the program.
pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_undex"))
}

/// A folder on the disk of the build that goes when the measurement ends.
pub(crate) fn folder() -> Outcome<TempDir> {
    Ok(tempfile::Builder::new().prefix("bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR"))?)
}

/// What the figures depend on beside the program: cores, and how busy they were before.
pub(crate) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    match load.split(' ').next().filter(|load| !load.is_empty()) {
        Some(load) => format!("{cores} cores, load of the last minute before the start {load}"),
        None => format!("{cores} cores"),
    }
}

/// The value that a share of the sorted values does not exceed: 0.5 gives the median.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    let place = (last as f64 * share).round() as usize;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
