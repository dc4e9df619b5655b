//! From a finished folder to the generation in use, so that a crash at any moment leaves either the
//! old or the new one.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use fs4::FileExt;
use serde::Serialize;
use undex_schema::{
    CURRENT, FileRecord, Generation, Layout, MANIFEST, MANIFEST_SUMS, Manifest, SOURCES,
    SourceTable, WRITER_LOCK, generation_name, generation_number, manifest_sums,
};

use crate::error::{index_error, write_error};
use crate::kept::EXTRACTIONS;
use crate::{BuildError, lock};

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
    }
}

/// A folder beside the generations that becomes one, or vanishes.
#[derive(Debug)]
pub(crate) struct Workspace {
    layout: Layout,
    number: u64,
    folder: PathBuf,
    published: bool,
}

/// Makes the folder of an index where it is missing, and takes the right to write it.
pub(crate) fn lock(layout: &Layout) -> Result<WriterLock, BuildError> {
    fs::create_dir_all(layout.root()).map_err(index_error(layout.root()))?;
    refuse_other_folders(layout)?;
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
fn refuse_other_folders(layout: &Layout) -> Result<(), BuildError> {
    for name in names_in(layout.root())? {
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

fn names_in(folder: &Path) -> Result<Vec<String>, BuildError> {
    let names = fs::read_dir(folder).and_then(|entries| {
        entries
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<io::Result<Vec<String>>>()
    });
    let mut names = names.map_err(index_error(folder))?;
    names.sort_unstable();
    Ok(names)
}

impl Workspace {
    /// A folder for the generation after all that there are. It begins with the files of
    /// `previous`, where that is given.
    pub(crate) fn new(layout: &Layout, previous: Option<&Generation>) -> Result<Self, BuildError> {
        let names = names_in(layout.root())?;
        let last = names.iter().filter_map(|name| generation_number(name)).max().unwrap_or(0);
        let number = last + 1;
        for name in names.iter().filter(|name| name.starts_with(UNFINISHED)) {
            // Left by a build that was killed.
            remove(&layout.root().join(name))?;
        }
        let folder = layout.root().join(format!("{UNFINISHED}{}", generation_name(number)));
        fs::create_dir(&folder).map_err(write_error(&folder))?;
        let workspace = Self { layout: layout.clone(), number, folder, published: false };
        for file in previous.iter().flat_map(|previous| &previous.manifest().files) {
            if file.name != SOURCES
                && let Some(previous) = previous
            {
                workspace.take_over(&previous.path().join(&file.name), &file.name)?;
            }
        }
        Ok(workspace)
    }

    fn take_over(&self, from: &Path, name: &str) -> Result<(), BuildError> {
        let to = self.folder.join(name);
        let shared = !REWRITTEN.contains(&name) && fs::hard_link(from, &to).is_ok();
        if !shared {
            // Not every file system has hard links.
            fs::copy(from, &to).map_err(write_error(&to))?;
        }
        Ok(())
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Writes what became of the sources.
    pub(crate) fn write_sources(&self, sources: &SourceTable) -> Result<(), BuildError> {
        write_json(&self.folder.join(SOURCES), sources)
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
        for name in names_in(&self.folder)? {
            let path = self.folder.join(&name);
            if name.ends_with(ENGINE_LOCK) {
                remove(&path)?;
                continue;
            }
            if let Some(file) = known.get(name.as_str()) {
                records.push((*file).clone());
                continue;
            }
            if REWRITTEN.contains(&name.as_str()) {
                make_readable(&path)?;
            }
            let file = File::open(&path).map_err(write_error(&path))?;
            file.sync_all().map_err(write_error(&path))?;
            records.push(FileRecord::of(&self.folder, &name).map_err(write_error(&path))?);
        }
        Ok(records)
    }

    /// Completes the generation and puts it in use. Each step is safe on disk before the next.
    pub(crate) fn publish(mut self, manifest: &Manifest) -> Result<(), BuildError> {
        let root = self.layout.root().to_owned();
        let path = self.folder.join(MANIFEST);
        let manifest = json(&path, manifest)?;
        write_file(&self.folder.join(MANIFEST_SUMS), manifest_sums(&manifest).as_bytes())?;
        sync_folder(&self.folder)?;
        write_file(&path, &manifest)?;
        sync_folder(&self.folder)?;
        let complete = self.layout.generation_path(self.number);
        fs::rename(&self.folder, &complete).map_err(write_error(&complete))?;
        self.folder = complete;
        sync_folder(&root)?;
        let previous = self.layout.current().ok();
        let next = root.join(NEXT);
        write_file(&next, format!("{}\n", generation_name(self.number)).as_bytes())?;
        let current = self.layout.current_path();
        fs::rename(&next, &current).map_err(write_error(&current))?;
        self.published = true;
        sync_folder(&root)?;
        self.remove_old(previous);
        Ok(())
    }

    /// Removes all generations but this one and the one before, which programs may be opening at
    /// this moment. What cannot be removed is left for the next build.
    fn remove_old(&self, previous: Option<u64>) {
        for name in names_in(self.layout.root()).unwrap_or_default() {
            let number = generation_number(&name);
            if number.is_some_and(|number| number != self.number && Some(number) != previous) {
                let _ = remove(&self.layout.root().join(name));
            }
        }
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        if !self.published {
            // What cannot be removed is left for the next build.
            let _ = remove(&self.folder);
        }
    }
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<(), BuildError> {
    write_file(path, &json(path, value)?)
}

/// A value as a file holds it; `path` is for the message.
fn json(path: &Path, value: &impl Serialize) -> Result<Vec<u8>, BuildError> {
    let fail = write_error(path);
    let mut json = serde_json::to_vec(value).map_err(|error| fail(error.into()))?;
    json.push(b'\n');
    Ok(json)
}

fn write_file(path: &Path, content: &[u8]) -> Result<(), BuildError> {
    let write = || -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(content)?;
        file.sync_all()
    };
    write().map_err(write_error(path))
}

/// Gives a file the permissions that new files have. The engine writes some through temporary files,
/// which only their owner may read; an index is read by others too.
fn make_readable(path: &Path) -> Result<(), BuildError> {
    let content = fs::read(path).map_err(write_error(path))?;
    remove(path)?;
    write_file(path, &content)
}

/// Makes names in a folder safe on disk, where the system knows such a thing.
fn sync_folder(folder: &Path) -> Result<(), BuildError> {
    if cfg!(unix) {
        File::open(folder).and_then(|file| file.sync_all()).map_err(write_error(folder))?;
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), BuildError> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(write_error(path)(error)),
        _ => Ok(()),
    }
}
