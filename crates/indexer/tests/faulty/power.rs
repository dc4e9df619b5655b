//! What a power failure takes: whatever was written and not made safe.
//!
//! A system keeps what is written in memory for a while. When the power fails, the content of a file that was
//! not synced may be gone, and so may its name, or the change of its name, where the folder was not synced.
//! Either may also be on disk already, a later one before an earlier one, the name even without the content.
//! Here the contents are lost, and, if asked for, the names: all of them, or all but the latest.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use undex_indexer::Operation;

/// What was done to a disk and is not safe on it.
#[derive(Debug, Default)]
pub(super) struct Unsafe {
    content: BTreeSet<PathBuf>,
    /// Those of them that were renamed to where they are, so that nothing is left of them.
    renamed: BTreeSet<PathBuf>,
    /// New names, with the names that the files had before, in the order in which they were given.
    names: Vec<(PathBuf, Option<PathBuf>)>,
}

impl Unsafe {
    /// What is not safe after these operations, in their order, on an index of which `base` is a copy of
    /// what it was.
    pub(super) fn after(journal: &[(Operation, PathBuf)], index: &Path, base: &Path) -> Self {
        let mut at_risk = Self::default();
        for (operation, path) in journal {
            let is_new = before(path, index, base).is_none_or(|before| !before.exists());
            match operation {
                Operation::OpenWrite | Operation::Write | Operation::Copy => {
                    at_risk.content.insert(path.clone());
                    if is_new && *operation != Operation::Write {
                        at_risk.names.push((path.clone(), None));
                    }
                }
                Operation::SyncFile => {
                    at_risk.content.remove(path);
                }
                Operation::CreateFolder | Operation::HardLink if is_new => {
                    at_risk.names.push((path.clone(), None));
                }
                Operation::Rename => {
                    let unfinished = path
                        .file_name()
                        .map(|name| path.with_file_name(format!("tmp-{}", name.to_string_lossy())));
                    if let Some(unfinished) = &unfinished {
                        at_risk.follow(unfinished, path);
                        at_risk.renamed.insert(path.clone());
                    }
                    at_risk.names.push((path.clone(), unfinished));
                }
                Operation::SyncFolder => {
                    at_risk.names.retain(|(name, _)| name.parent() != Some(path));
                }
                _ => {}
            }
        }
        at_risk
    }

    /// What is in a folder goes with it when it has another name.
    fn follow(&mut self, from: &Path, to: &Path) {
        let renamed = |path: &PathBuf| match path.strip_prefix(from) {
            Ok(rest) if rest.as_os_str().is_empty() => to.to_owned(),
            Ok(rest) => to.join(rest),
            Err(_) => path.clone(),
        };
        self.content = self.content.iter().map(renamed).collect();
        for (name, _) in self.names.iter_mut().filter(|(name, _)| name != from) {
            *name = renamed(name);
        }
    }

    /// Takes it away: contents, and the names, the latest ones first, but for so many.
    pub(super) fn lose(&self, spared_names: usize, index: &Path, base: &Path) {
        for path in self.content.iter().filter(|path| path.is_file()) {
            let before = before(path, index, base).filter(|_| !self.renamed.contains(path));
            let before = before.and_then(|before| fs::metadata(before).ok());
            let length = before.map_or(0, |before| before.len());
            let file = File::options().write(true).open(path).unwrap();
            let now = file.metadata().unwrap().len();
            file.set_len(length.min(now)).unwrap();
        }
        for (path, from) in self.names.iter().rev().skip(spared_names) {
            let old = before(path, index, base).filter(|before| before.is_file());
            match (old, from) {
                (Some(old), _) => {
                    fs::copy(old, path).unwrap();
                }
                (None, Some(from)) if path.is_dir() => fs::rename(path, from).unwrap(),
                (None, _) if path.is_dir() => fs::remove_dir_all(path).unwrap(),
                (None, _) if path.exists() => fs::remove_file(path).unwrap(),
                (None, _) => {}
            }
        }
    }
}

/// Where a file of the index is in the copy.
fn before(path: &Path, index: &Path, base: &Path) -> Option<PathBuf> {
    Some(base.join(path.strip_prefix(index).ok()?))
}
