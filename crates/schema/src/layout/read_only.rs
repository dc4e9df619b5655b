//! A folder of the engine that is read and never written, and nothing of it unchecked.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback,
    WatchHandle, WritePtr,
};

use super::{BLOCK_BYTES, FileRecord, Manifest};

/// Memory-maps the files of a finished generation, and gives out no byte of a block whose checksum
/// is not that of the manifest. Each block is checked once, when something of it is first read, so that
/// opening and searching cost what they read and not what there is.
///
/// The engine takes a lock file when it opens a folder, so that no writer removes files under it.
/// Nobody writes to a finished generation, and its folder may be on read-only media: no lock is
/// taken.
#[derive(Clone, Debug)]
pub(super) struct ReadOnlyDirectory {
    engine: MmapDirectory,
    folder: PathBuf,
    manifest: Arc<Manifest>,
    /// The files opened so far, in the order of the manifest: the engine opens some more than once.
    opened: Arc<[OnceLock<Arc<CheckedFile>>]>,
}

/// A file that is compared with its record while it is read.
#[derive(Debug)]
struct CheckedFile {
    path: PathBuf,
    manifest: Arc<Manifest>,
    /// Its place in the manifest.
    place: usize,
    bytes: OwnedBytes,
    /// One bit for each block that was found to be as written. No order between threads is needed:
    /// at worst two of them check the same block.
    sound: Box<[AtomicU64]>,
}

impl ReadOnlyDirectory {
    pub(super) fn new(engine: MmapDirectory, folder: &Path, manifest: Arc<Manifest>) -> Self {
        let opened = manifest.files.iter().map(|_| OnceLock::new()).collect();
        Self { engine, folder: folder.to_owned(), manifest, opened }
    }

    /// Whether a file is part of the generation.
    pub(super) fn names(&self, path: &Path) -> bool {
        self.record(path).is_ok()
    }

    /// The record of a file. What the manifest does not name is not part of the generation.
    fn record(&self, path: &Path) -> Result<(usize, &FileRecord), OpenReadError> {
        let mut files = self.manifest.files.iter().enumerate();
        files
            .find(|(_, file)| Path::new(&file.name) == path)
            .ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }
}

impl CheckedFile {
    fn record(&self) -> Option<&FileRecord> {
        self.manifest.files.get(self.place)
    }

    fn check(&self, number: usize) -> io::Result<()> {
        let bit = 1 << (number % 64);
        let word = self.sound.get(number / 64);
        if word.is_some_and(|word| word.load(Ordering::Relaxed) & bit != 0) {
            return Ok(());
        }
        let from = number.saturating_mul(BLOCK_BYTES);
        let to = from.saturating_add(BLOCK_BYTES).min(self.bytes.len());
        let record = self.record().ok_or_else(out_of_range)?;
        let block = self.bytes.get(from..to).ok_or_else(out_of_range)?;
        if !record.holds(number, block) {
            return Err(record.altered(&self.path, number).into());
        }
        if let Some(word) = word {
            word.fetch_or(bit, Ordering::Relaxed);
        }
        Ok(())
    }
}

impl HasLen for CheckedFile {
    fn len(&self) -> usize {
        self.bytes.len()
    }
}

impl FileHandle for CheckedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.end > self.bytes.len() || range.start > range.end {
            return Err(out_of_range());
        }
        if !range.is_empty() {
            for number in range.start / BLOCK_BYTES..=(range.end - 1) / BLOCK_BYTES {
                self.check(number)?;
            }
        }
        Ok(self.bytes.slice(range))
    }
}

fn out_of_range() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "read beyond the end of a file")
}

fn refused() -> io::Error {
    io::Error::new(io::ErrorKind::ReadOnlyFilesystem, "a finished generation is never written to")
}

impl Directory for ReadOnlyDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let (place, record) = self.record(path)?;
        let opened = self.opened.get(place);
        if let Some(file) = opened.and_then(OnceLock::get) {
            return Ok(file.clone());
        }
        let fail = |error: io::Error| OpenReadError::wrap_io_error(error, path.to_owned());
        let handle = self.engine.get_file_handle(path)?;
        let bytes = handle.read_bytes(0..handle.len()).map_err(fail)?;
        let full = self.folder.join(path);
        record.check_length(&full, bytes.len() as u64).map_err(|error| fail(error.into()))?;
        let words = bytes.len().div_ceil(BLOCK_BYTES).div_ceil(64);
        let sound = (0..words).map(|_| AtomicU64::new(0)).collect();
        let manifest = self.manifest.clone();
        let file = Arc::new(CheckedFile { path: full, manifest, place, bytes, sound });
        Ok(match opened {
            Some(opened) => opened.get_or_init(|| file).clone(),
            None => file,
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.record(path).is_ok() && self.engine.exists(path)?)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let (_, record) = self.record(path)?;
        let content = self.engine.atomic_read(path)?;
        record
            .check(&self.folder.join(path), &content)
            .map_err(|error| OpenReadError::wrap_io_error(error.into(), path.to_owned()))?;
        Ok(content)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(refused()), filepath: path.to_owned() })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::IoError {
            io_error: Arc::new(refused()),
            filepath: PathBuf::from(path),
        })
    }

    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> io::Result<()> {
        Err(refused())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
