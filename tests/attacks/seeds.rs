//! Sound files of all formats, to be damaged.

use std::fs;
use std::path::{Path, PathBuf};

use super::{pdf_file, word_file};

/// Real files larger than this take too long for what they find.
const LARGEST: u64 = 150_000;
/// Real files of each folder: enough to meet several producers.
const OF_A_FOLDER: usize = 5;

/// A file and how it is called.
pub(crate) struct Seed {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// The generated files and the fixtures of the tests.
pub(crate) fn own(repository: &Path) -> Vec<Seed> {
    let mut seeds = vec![
        Seed { name: "report.pdf".to_owned(), bytes: pdf_file::report() },
        Seed { name: "report.docx".to_owned(), bytes: word_file::report() },
    ];
    for folder in ["valid", "hostile"] {
        seeds.extend(of_folder(&repository.join("tests/fixtures").join(folder), usize::MAX));
    }
    seeds
}

/// Some of the real documents, where they are at hand.
pub(crate) fn real(shared: &Path) -> Vec<Seed> {
    let folders = ["docx", "pdf/other", "pdf/resolutions-78", "seeds"];
    let folders = folders.iter().map(|name| shared.join("corpus").join(name));
    folders.flat_map(|folder| of_folder(&folder, OF_A_FOLDER)).collect()
}

fn of_folder(folder: &Path, most: usize) -> Vec<Seed> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    let small = |path: &PathBuf| fs::metadata(path).is_ok_and(|file| file.len() < LARGEST);
    let described = |path: &PathBuf| path.extension().is_some_and(|e| e == "json" || e == "toml");
    let files = files.into_iter().filter(|path| small(path) && !described(path)).take(most);
    files
        .filter_map(|path| {
            let name = path.file_name()?.to_string_lossy().into_owned();
            Some(Seed { name, bytes: fs::read(&path).ok()? })
        })
        .collect()
}
