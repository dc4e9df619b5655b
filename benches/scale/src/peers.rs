//! The peers as processes: this program, started by itself under names that no help mentions.

use std::ffi::OsString;
use std::path::Path;

use crate::measure::Outcome;
use crate::{engine, files, sqlite};

const SQLITE_BUILD: &str = "peer-sqlite-build";
const SQLITE_INSERT: &str = "peer-sqlite-insert";
const SQLITE_SEARCH: &str = "peer-sqlite-search";
const ENGINE_BUILD: &str = "peer-engine-build";
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
pub(crate) fn engine_build(documents: &Path, index: &Path, threads: usize) -> Vec<OsString> {
    vec![ENGINE_BUILD.into(), documents.into(), index.into(), threads.to_string().into()]
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
#[allow(clippy::print_stdout, reason = "a search prints what it finds")]
pub(crate) fn run(arguments: &[String]) -> Option<Outcome<()>> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    Some(match arguments.as_slice() {
        [SQLITE_BUILD, documents, database] => {
            sqlite::build(Path::new(documents), Path::new(database))
        }
        [SQLITE_INSERT, documents, database] => {
            sqlite::insert(Path::new(documents), Path::new(database))
        }
        [SQLITE_SEARCH, database, query] => sqlite::search(Path::new(database), query)
            .map(|hits| hits.iter().for_each(|hit| println!("{hit}\n"))),
        [ENGINE_BUILD, documents, index, threads] => match threads.parse() {
            Ok(threads) => engine::build(Path::new(documents), Path::new(index), threads),
            Err(error) => Err(Box::from(error)),
        },
        [FILES, folder] => files::look(Path::new(folder)).map(|_| ()),
        [NOTHING] => Ok(()),
        _ => return None,
    })
}
