//! Real documents, where they are at hand: the folder named by `UNDEX_SHARED`, or `../shared` beside
//! the repository. They are not part of the repository.

use std::io::Write;
use std::path::PathBuf;

use super::repository;

/// The folder of real documents; none, and a line that says so, where there is none.
pub(crate) fn shared(test: &str) -> Option<PathBuf> {
    let folder = match std::env::var_os("UNDEX_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => repository().parent()?.join("shared"),
    };
    if folder.join("corpus").is_dir() {
        return Some(folder.canonicalize().unwrap());
    }
    // Not by `eprintln!`, which the test runner keeps to itself when a test passes.
    let line = format!(
        "skipped: {test}: no real documents in {}; name their folder in UNDEX_SHARED\n",
        folder.display()
    );
    std::io::stderr().write_all(line.as_bytes()).unwrap();
    None
}
