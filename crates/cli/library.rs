//! The index a command reads: opened, or built first on a fresh clone.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use undex_indexer::{BuildOptions, ExtractIn, build};
use undex_ingest::{Catalogue, Limits};
use undex_query::{SearchError, Searcher, Thesaurus};
use undex_thesaurus::MAX_FILE_BYTES;

use crate::args::{DEFAULT_CORPUS, DEFAULT_INDEX, DEFAULT_THESAURUS, IndexFolder, LimitOptions};
use crate::commands::worker;
use crate::exit::{Exit, Failure};
use crate::progress::Bar;
use crate::terminal;

/// The file of facts about documents in a corpus.
const CATALOGUE: &str = "catalogue.toml";

/// Opens the index. Where the default one is missing beside a corpus, it is built first, so that the
/// first search on a fresh clone answers.
pub fn open(index: &IndexFolder) -> Result<Searcher, Failure> {
    match Searcher::open(&index.folder) {
        Err(error) if may_build(&error, &index.folder) => {
            terminal::note(&format!(
                "no index in {DEFAULT_INDEX}/ yet: building it from {DEFAULT_CORPUS}/"
            ));
            let bar = Bar::new();
            let mut options = BuildOptions::new([DEFAULT_CORPUS], DEFAULT_INDEX);
            options.extract_in = ExtractIn::Workers(worker::program()?);
            let report = build(&options, &bar);
            bar.finish();
            let report = report?;
            if report.failed > 0 {
                terminal::warning(&format!(
                    "{} could not be read; run `undex index` to see which",
                    terminal::counted(report.failed, "file")
                ));
            }
            Ok(Searcher::open(&index.folder)?)
        }
        Err(error) if error.is_missing_index() && index.folder != Path::new(DEFAULT_INDEX) => {
            let folder = index.folder.display();
            Err(Failure::new(
                Exit::Index,
                format!(
                    "{folder}: no index here; run `undex index PATH... --index {folder}` to build one"
                ),
            ))
        }
        opened => Ok(opened?),
    }
}

fn may_build(error: &SearchError, folder: &Path) -> bool {
    error.is_missing_index()
        && folder == Path::new(DEFAULT_INDEX)
        && Path::new(DEFAULT_CORPUS).is_dir()
}

/// The limits with those the user set.
pub fn limits(options: &LimitOptions) -> Result<Limits, Failure> {
    let mut limits = Limits::default();
    for setting in &options.limits {
        let (name, value) = setting.split_once('=').ok_or_else(|| {
            Failure::error(format!(
                "--limit {setting}: write it as NAME=N, such as file_bytes=1000000000"
            ))
        })?;
        let value: u64 = value.trim().parse().map_err(|_| {
            Failure::error(format!("--limit {setting}: {value:?} is no whole number"))
        })?;
        if !limits.set(name.trim(), value) {
            return Err(Failure::error(format!(
                "--limit {setting}: no limit of that name; there are {}",
                Limits::NAMES.join(", ")
            )));
        }
    }
    Ok(limits)
}

/// The catalogue for a build: the one given; the one that a folder of the corpus brings, for all of
/// the corpus; otherwise that of the default corpus, so that documents kept elsewhere are recognised
/// too. None where several folders bring one: each is used for its own folder then.
pub fn catalogue_for(paths: &[PathBuf], given: Option<&Path>) -> Option<PathBuf> {
    if let Some(given) = given {
        return Some(given.to_owned());
    }
    let mut own = paths.iter().map(|path| path.join(CATALOGUE)).filter(|path| path.is_file());
    match (own.next(), own.next()) {
        (Some(_), Some(_)) => None,
        (Some(only), None) => Some(only),
        (None, _) => {
            let default = Path::new(DEFAULT_CORPUS).join(CATALOGUE);
            default.is_file().then_some(default)
        }
    }
}

/// The catalogue given, or the corpus's own where there is one.
pub fn catalogue(given: Option<&Path>) -> Result<Catalogue, Failure> {
    let default = Path::new(DEFAULT_CORPUS).join(CATALOGUE);
    let path = match given {
        Some(path) => path,
        None if default.is_file() => &default,
        None => return Ok(Catalogue::default()),
    };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::error(format!("{name}: cannot be read: {error}")))?;
    Ok(Catalogue::parse(&name, &text)?)
}

/// The thesaurus of this repository, for those who search elsewhere.
const BUILT_IN: &str = include_str!("../../corpus/thesaurus.toml");

/// The thesaurus given, or the corpus's own, or else the one built in; with what messages call it.
pub fn thesaurus(given: Option<&Path>) -> Result<(Thesaurus, String), Failure> {
    let default = Path::new(DEFAULT_THESAURUS);
    let path = given.or_else(|| default.is_file().then_some(default));
    let (name, text) = match path {
        Some(path) => (path.display().to_string(), Cow::Owned(thesaurus_text(path)?)),
        None => ("the thesaurus built in".to_owned(), Cow::Borrowed(BUILT_IN)),
    };
    let parsed = Thesaurus::parse(&name, &text);
    let thesaurus = parsed.map_err(|error| Failure::error(error.to_string()))?;
    Ok((thesaurus, name))
}

/// The text of a thesaurus. No more of a file is read than a thesaurus may have.
pub fn thesaurus_text(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = File::open(path)
        .and_then(|file| file.take(MAX_FILE_BYTES as u64 + 1).read_to_string(&mut text));
    read.map_err(|error| Failure::error(format!("{}: cannot be read: {error}", path.display())))?;
    Ok(text)
}

/// The text of a file that lists something, or of standard input for `-`.
///
/// # Errors
/// Names what cannot be read.
pub fn list_text(path: &Path) -> Result<String, Failure> {
    let (name, read) = match path == Path::new("-") {
        true => ("standard input".to_owned(), std::io::read_to_string(std::io::stdin())),
        false => (path.display().to_string(), std::fs::read_to_string(path)),
    };
    read.map_err(|error| Failure::error(format!("{name}: cannot be read: {error}")))
}
