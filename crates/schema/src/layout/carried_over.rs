//! A folder of the engine that begins with the files of a finished generation and is written to.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, WatchCallback, WatchHandle, WritePtr,
};

use super::read_only::ReadOnlyDirectory;

/// Reads what was carried over with the checksums of the generation it comes from: a merge would
/// otherwise give damage a new file with checksums of its own, and nobody would find it any more.
#[derive(Clone, Debug)]
pub(super) struct CarriedOver {
    old: ReadOnlyDirectory,
    new: Box<dyn Directory>,
}

impl CarriedOver {
    pub(super) fn new(old: ReadOnlyDirectory, new: Box<dyn Directory>) -> Self {
        Self { old, new }
    }
}

impl Directory for CarriedOver {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        // The engine never writes a file again under its name, but for those it reads as a whole.
        if self.old.names(path) {
            self.old.get_file_handle(path)
        } else {
            self.new.get_file_handle(path)
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.new.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.new.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.new.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.new.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.new.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.new.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.new.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.new.watch(callback)
    }
}
