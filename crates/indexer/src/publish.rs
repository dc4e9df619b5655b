//! From a finished folder to the generation in use, so that a crash at any moment leaves either the
//! old or the new one.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use fs4::FileExt;
use serde::Serialize;
use undex_schema::{
    CURRENT, FileRecord, Generation, Layout, MANIFEST, MANIFEST_SUMS, Manifest, SOURCES,
    SourceFiles, SourceTable, WRITER_LOCK, generation_name, generation_number, is_source_file,
    manifest_sums,
};

use crate::error::{index_error, write_error};
use crate::kept::EXTRACTIONS;
use crate::{BuildError, Disk, lock};

/// What the names of unfinished folders begin with.
const UNFINISHED: &str = "tmp-";

/// The file that becomes [`CURRENT`].
const NEXT: &str = "tmp-CURRENT";

/// Files of the engine that it rewrites in place of the old ones; they are copied, everything else
/// is shared with the generation before.
const REWRITTEN: [&str; 2] = ["meta.json", ".managed.json"];

/// What the names of the engine's lock files end with.
const ENGINE_LOCK: &str = ".lock";

/// The right to write an index; given back when dropped or when the program dies.
#[derive(Debug)]
pub(crate) struct WriterLock {
    file: File,
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        lock::remove_note(&self.file);
        // Closing the file would do, were it not for processes that are just being started by another thread:
        // until they run their own program they have it open too.
        let _ = FileExt::unlock(&self.file);
    }
}

/// A folder beside the generations that becomes one, or vanishes.
#[derive(Debug)]
pub(crate) struct Workspace {
    layout: Layout,
    disk: Disk,
    number: u64,
    folder: PathBuf,
    published: bool,
}

/// Makes the folder of an index where it is missing, and takes the right to write it.
pub(crate) fn lock(layout: &Layout, disk: &Disk) -> Result<WriterLock, BuildError> {
    disk.create_folders_safely(layout.root()).map_err(index_error(layout.root()))?;
    refuse_other_folders(layout, disk)?;
    let path = layout.lock_path();
    let file = lock::open(&path).map_err(index_error(&path))?;
    match FileExt::try_lock(&file) {
        Ok(()) => {
            lock::write_note(&file);
            Ok(WriterLock { file })
        }
        Err(fs4::TryLockError::WouldBlock) => {
            Err(BuildError::Locked { path: layout.root().to_owned(), holder: lock::holder(&file) })
        }
        Err(fs4::TryLockError::Error(source)) => Err(BuildError::Write { path, source }),
    }
}

/// A folder with files of somebody else is not taken for an index.
fn refuse_other_folders(layout: &Layout, disk: &Disk) -> Result<(), BuildError> {
    for name in disk.names(layout.root()).map_err(index_error(layout.root()))? {
        // Hidden files, and a note to people, are left alone in an index.
        let ours = name == CURRENT
            || name == WRITER_LOCK
            || name == EXTRACTIONS
            || name.starts_with(UNFINISHED)
            || generation_number(&name).is_some()
            || name.starts_with('.')
            || name.to_ascii_lowercase().starts_with("readme");
        if !ours {
            let path = layout.root().to_owned();
            return Err(BuildError::NotAnIndex { path, found: name });
        }
    }
    Ok(())
}

impl Workspace {
    /// A folder for the generation after all that there are. It begins with the files of
    /// `previous`, where that is given.
    pub(crate) fn new(
        layout: &Layout,
        disk: &Disk,
        previous: Option<&Generation>,
    ) -> Result<Self, BuildError> {
        let names = disk.names(layout.root()).map_err(index_error(layout.root()))?;
        let last = names.iter().filter_map(|name| generation_number(name)).max().unwrap_or(0);
        let number = last + 1;
        for name in names.iter().filter(|name| name.starts_with(UNFINISHED)) {
            // Left by a build that was killed.
            let left = layout.root().join(name);
            disk.remove(&left).map_err(write_error(&left))?;
        }
        let folder = layout.root().join(format!("{UNFINISHED}{}", generation_name(number)));
        disk.create_folder(&folder).map_err(write_error(&folder))?;
        let (layout, disk) = (layout.clone(), disk.clone());
        let workspace = Self { layout, disk, number, folder, published: false };
        for file in previous.iter().flat_map(|previous| &previous.manifest().files) {
            if !is_source_file(&file.name)
                && let Some(previous) = previous
            {
                workspace.take_over(&previous.path().join(&file.name), &file.name)?;
            }
        }
        Ok(workspace)
    }

    fn take_over(&self, from: &Path, name: &str) -> Result<(), BuildError> {
        let to = self.folder.join(name);
        let shared = !REWRITTEN.contains(&name) && self.disk.hard_link(from, &to).is_ok();
        if !shared {
            // Not every file system has hard links.
            self.disk.copy(from, &to).map_err(write_error(&to))?;
        }
        Ok(())
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Writes what became of the sources. Parts that `previous` has, which closed ones are, are shared with it.
    pub(crate) fn write_sources(
        &self,
        sources: &SourceTable,
        previous: Option<&Generation>,
    ) -> Result<SourceFiles, BuildError> {
        let written = sources.files().map_err(|error| {
            write_error(&self.folder.join(SOURCES))(std::io::Error::other(error))
        })?;
        let known: HashSet<&str> = previous
            .iter()
            .flat_map(|previous| &previous.manifest().files)
            .map(|file| file.name.as_str())
            .collect();
        let closed = sources.closed.iter().map(|part| part.name.as_str());
        for name in closed {
            if let Some(previous) = previous {
                self.take_over(&previous.path().join(name), name)?;
            }
        }
        for file in &written.files {
            match previous {
                Some(previous) if file.name != SOURCES && known.contains(file.name.as_str()) => {
                    self.take_over(&previous.path().join(&file.name), &file.name)?;
                }
                _ => self.write(&self.folder.join(&file.name), &file.content)?,
            }
        }
        Ok(written)
    }

    /// Length and hashes of every file in the folder; those shared with `previous` are as they were.
    pub(crate) fn file_records(
        &self,
        previous: Option<&Generation>,
    ) -> Result<Vec<FileRecord>, BuildError> {
        let known: HashMap<&str, &FileRecord> = previous
            .iter()
            .flat_map(|previous| &previous.manifest().files)
            .filter(|file| file.name != SOURCES && !REWRITTEN.contains(&file.name.as_str()))
            .map(|file| (file.name.as_str(), file))
            .collect();
        let mut records = Vec::new();
        for name in self.disk.names(&self.folder).map_err(write_error(&self.folder))? {
            let path = self.folder.join(&name);
            if name.ends_with(ENGINE_LOCK) {
                self.disk.remove(&path).map_err(write_error(&path))?;
                continue;
            }
            if let Some(file) = known.get(name.as_str()) {
                records.push((*file).clone());
                continue;
            }
            if REWRITTEN.contains(&name.as_str()) {
                self.make_readable(&path)?;
            }
            self.disk.sync_file(&path).map_err(write_error(&path))?;
            records.push(FileRecord::of(&self.folder, &name).map_err(write_error(&path))?);
        }
        Ok(records)
    }

    /// Completes the generation and puts it in use. Each step is safe on disk before the next.
    pub(crate) fn publish(mut self, manifest: &Manifest) -> Result<(), BuildError> {
        let root = self.layout.root().to_owned();
        let path = self.folder.join(MANIFEST);
        let manifest = json(&path, manifest)?;
        self.write(&self.folder.join(MANIFEST_SUMS), manifest_sums(&manifest).as_bytes())?;
        self.sync_folder(&self.folder)?;
        self.write(&path, &manifest)?;
        self.sync_folder(&self.folder)?;
        let complete = self.layout.generation_path(self.number);
        self.disk.rename(&self.folder, &complete).map_err(write_error(&complete))?;
        self.folder = complete;
        self.sync_folder(&root)?;
        let previous = self.layout.current().ok();
        let next = root.join(NEXT);
        self.write(&next, format!("{}\n", generation_name(self.number)).as_bytes())?;
        let current = self.layout.current_path();
        self.disk.rename(&next, &current).map_err(write_error(&current))?;
        self.published = true;
        let safe = self.disk.sync_folder(&root);
        if safe.is_ok() {
            self.remove_old(previous);
        }
        safe.map_err(|source| BuildError::NotSafe { path: root, source })
    }

    /// Removes all generations but this one and the one before, which programs may be opening at
    /// this moment. What cannot be removed is left for the next build.
    fn remove_old(&self, previous: Option<u64>) {
        for name in self.disk.names(self.layout.root()).unwrap_or_default() {
            let number = generation_number(&name);
            if number.is_some_and(|number| number != self.number && Some(number) != previous) {
                let _ = self.disk.remove(&self.layout.root().join(name));
            }
        }
    }

    /// Gives a file the permissions that new files have. The engine writes some through temporary files,
    /// which only their owner may read; an index is read by others too.
    fn make_readable(&self, path: &Path) -> Result<(), BuildError> {
        let content = self.disk.read(path).map_err(write_error(path))?;
        self.disk.remove(path).map_err(write_error(path))?;
        self.write(path, &content)
    }

    fn write(&self, path: &Path, content: &[u8]) -> Result<(), BuildError> {
        self.disk.write_safely(path, content).map_err(write_error(path))
    }

    fn sync_folder(&self, folder: &Path) -> Result<(), BuildError> {
        self.disk.sync_folder(folder).map_err(write_error(folder))
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        if !self.published {
            // What cannot be removed is left for the next build.
            let _ = self.disk.remove(&self.folder);
        }
    }
}

/// A value as a file holds it; `path` is for the message.
fn json(path: &Path, value: &impl Serialize) -> Result<Vec<u8>, BuildError> {
    let fail = write_error(path);
    let mut json = serde_json::to_vec(value).map_err(|error| fail(error.into()))?;
    json.push(b'\n');
    Ok(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_is_just_being_started_holds_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new(folder.path().join("index"));
        let held = lock(&layout, &Disk::default()).unwrap();
        // What a process has until it runs its own program.
        let inherited = held.file.try_clone().unwrap();
        drop(held);
        lock(&layout, &Disk::default()).unwrap();
        drop(inherited);
    }
}
