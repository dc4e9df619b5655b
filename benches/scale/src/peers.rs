//! The peers as processes: this program, started by itself under names that no help mentions.

use std::ffi::OsString;
use std::path::Path;

use crate::engine::{self, Means};
use crate::measure::Outcome;
use crate::{files, sqlite};

const SQLITE_BUILD: &str = "peer-sqlite-build";
const SQLITE_INSERT: &str = "peer-sqlite-insert";
const SQLITE_SEARCH: &str = "peer-sqlite-search";
const ENGINE_BUILD: &str = "peer-engine-build";
const ENGINE_INSERT: &str = "peer-engine-insert";
const ENGINE_SEARCH: &str = "peer-engine-search";
const FILES: &str = "peer-files";
const NOTHING: &str = "peer-nothing";

/// SQLite builds a database of documents.
pub(crate) fn sqlite_build(documents: &Path, database: &Path) -> Vec<OsString> {
    vec![SQLITE_BUILD.into(), documents.into(), database.into()]
}

/// SQLite adds documents to a database.
pub(crate) fn sqlite_insert(documents: &Path, database: &Path) -> Vec<OsString> {
    vec![SQLITE_INSERT.into(), documents.into(), database.into()]
}

/// SQLite searches a database.
pub(crate) fn sqlite_search(database: &Path, query: &str) -> Vec<OsString> {
    vec![SQLITE_SEARCH.into(), database.into(), query.into()]
}

/// The engine's own writer builds an index.
pub(crate) fn engine_build(
    documents: &Path,
    index: &Path,
    threads: usize,
    memory_mib: usize,
) -> Vec<OsString> {
    engine_add(ENGINE_BUILD, documents, index, [threads, memory_mib])
}

/// The engine's own writer adds documents to an index.
pub(crate) fn engine_insert(
    documents: &Path,
    index: &Path,
    threads: usize,
    memory_mib: usize,
) -> Vec<OsString> {
    engine_add(ENGINE_INSERT, documents, index, [threads, memory_mib])
}

fn engine_add(name: &str, documents: &Path, index: &Path, means: [usize; 2]) -> Vec<OsString> {
    let means = means.map(|number| number.to_string().into());
    [name.into(), documents.into(), index.into()].into_iter().chain(means).collect()
}

/// The engine searches an index.
pub(crate) fn engine_search(index: &Path, query: &str) -> Vec<OsString> {
    vec![ENGINE_SEARCH.into(), index.into(), query.into()]
}

/// Asks for size and time of every file in a folder.
pub(crate) fn files(folder: &Path) -> Vec<OsString> {
    vec![FILES.into(), folder.into()]
}

/// Starts and ends.
pub(crate) fn nothing() -> Vec<OsString> {
    vec![NOTHING.into()]
}

/// Does what the arguments ask for, if they are a peer's.
pub(crate) fn run(arguments: &[String]) -> Option<Outcome<()>> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    Some(match arguments.as_slice() {
        [SQLITE_BUILD, documents, database] => {
            sqlite::build(Path::new(documents), Path::new(database))
        }
        [SQLITE_INSERT, documents, database] => {
            sqlite::insert(Path::new(documents), Path::new(database))
        }
        [SQLITE_SEARCH, database, query] => {
            sqlite::search(Path::new(database), query).and_then(print)
        }
        [ENGINE_BUILD, documents, index, means @ ..] => means_of(means)
            .and_then(|means| engine::build(Path::new(documents), Path::new(index), means)),
        [ENGINE_INSERT, documents, index, means @ ..] => means_of(means)
            .and_then(|means| engine::insert(Path::new(documents), Path::new(index), means)),
        [ENGINE_SEARCH, index, query] => engine::search(Path::new(index), query).and_then(print),
        [FILES, folder] => files::look(Path::new(folder)).map(|_| ()),
        [NOTHING] => Ok(()),
        _ => return None,
    })
}

fn means_of(arguments: &[&str]) -> Outcome<Means> {
    match arguments {
        [threads, memory_mib] => {
            Ok(Means { threads: threads.parse()?, memory_mib: memory_mib.parse()? })
        }
        _ => Err("the engine needs threads and memory".into()),
    }
}

/// Prints hits. No hit is an error, as it is of `undex search`: it would be no measure.
#[allow(clippy::print_stdout, reason = "a search prints what it finds")]
fn print(hits: Vec<String>) -> Outcome<()> {
    if hits.is_empty() {
        return Err("no hits".into());
    }
    hits.iter().for_each(|hit| println!("{hit}\n"));
    Ok(())
}
