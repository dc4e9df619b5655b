//! The disk that an index is written to, which tests make fail.
//!
//! Whatever a build does to the folder of an index goes through a [`Disk`] instead of [`std::fs`]. It does
//! the same, unless something stands in its way that a test has put there: disks fail seldom and at no
//! moment of one's choosing, and what is never tried does not work.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use undex_schema::tantivy::Directory;
use undex_schema::tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use undex_schema::tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// The disk that an index is written to: the real one, unless [`Disk::failing`] says otherwise.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    faults: Option<Arc<dyn Faults>>,
}

/// Decides which operations fail. It is asked before each, from several threads.
///
/// A program that dies, or a power failure, is a disk on which from some moment on everything fails:
/// nothing is written, and nothing is cleaned up.
pub trait Faults: std::fmt::Debug + Send + Sync {
    /// What becomes of an operation on a path.
    fn before(&self, operation: Operation, path: &Path) -> Verdict;
}

/// Something done to a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Operation {
    /// Making a folder.
    CreateFolder,
    /// Giving a file a second name.
    HardLink,
    /// Copying a file.
    Copy,
    /// Making a file or opening it to write.
    OpenWrite,
    /// Writing bytes to a file; what [`Verdict::Short`] cuts.
    Write,
    /// Making the content of a file safe.
    SyncFile,
    /// Giving a file or folder another name.
    Rename,
    /// Removing a file, or a folder with all in it.
    Remove,
    /// Making the names in a folder safe.
    SyncFolder,
    /// Opening a file to read it piece by piece.
    OpenRead,
    /// Reading a whole file.
    Read,
    /// Reading the names in a folder.
    List,
}

/// What becomes of an operation.
#[derive(Debug)]
#[non_exhaustive]
pub enum Verdict {
    /// It is done.
    Proceed,
    /// It is not done, and ends with this error.
    Fail(io::Error),
    /// Half of what is to be written is, and then the disk is full. To other operations the disk is full.
    Short,
}

impl Disk {
    /// A disk on which some operations fail.
    pub fn failing(faults: Arc<dyn Faults>) -> Self {
        Self { faults: Some(faults) }
    }

    fn ask(&self, operation: Operation, path: &Path) -> io::Result<()> {
        match self.faults.as_ref().map(|faults| faults.before(operation, path)) {
            None | Some(Verdict::Proceed) => Ok(()),
            Some(Verdict::Fail(error)) => Err(error),
            Some(Verdict::Short) => Err(full()),
        }
    }

    /// How many of these bytes are to be written, and what comes of it after that.
    fn ask_write<'b>(&self, path: &Path, bytes: &'b [u8]) -> (&'b [u8], io::Result<()>) {
        match self.faults.as_ref().map(|faults| faults.before(Operation::Write, path)) {
            None | Some(Verdict::Proceed) => (bytes, Ok(())),
            Some(Verdict::Fail(error)) => (&[], Err(error)),
            Some(Verdict::Short) => (bytes.get(..bytes.len() / 2).unwrap_or_default(), Err(full())),
        }
    }

    /// As [`fs::create_dir`].
    pub(crate) fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.ask(Operation::CreateFolder, path)?;
        fs::create_dir(path)
    }

    /// As [`fs::create_dir_all`].
    pub(crate) fn create_folders(&self, path: &Path) -> io::Result<()> {
        self.ask(Operation::CreateFolder, path)?;
        fs::create_dir_all(path)
    }

    /// As [`fs::create_dir_all`], with the names of the folders made safe.
    pub(crate) fn create_folders_safely(&self, path: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = path
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        self.create_folders(path)?;
        for folder in missing {
            let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
            match self.sync_folder(parent.unwrap_or(Path::new("."))) {
                // A folder that may be written to and not read cannot be synced either.
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
                synced => synced?,
            }
        }
        Ok(())
    }

    /// As [`fs::hard_link`].
    pub(crate) fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.ask(Operation::HardLink, to)?;
        fs::hard_link(from, to)
    }

    /// As [`fs::copy`], safe on disk.
    pub(crate) fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.ask(Operation::Copy, to)?;
        fs::copy(from, to)?;
        self.sync_file(to)
    }

    /// As [`fs::rename`].
    pub(crate) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.ask(Operation::Rename, to)?;
        fs::rename(from, to)
    }

    /// Removes a file, or a folder with all in it. That there is none is no error.
    pub(crate) fn remove(&self, path: &Path) -> io::Result<()> {
        self.ask(Operation::Remove, path)?;
        let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        match removed {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    /// As [`fs::read`].
    pub(crate) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.ask(Operation::Read, path)?;
        fs::read(path)
    }

    /// As [`File::open`].
    pub(crate) fn open_read(&self, path: &Path) -> io::Result<File> {
        self.ask(Operation::OpenRead, path)?;
        File::open(path)
    }

    /// The names in a folder, sorted.
    pub(crate) fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.ask(Operation::List, folder)?;
        let mut names = fs::read_dir(folder)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<io::Result<Vec<String>>>()?;
        names.sort_unstable();
        Ok(names)
    }

    /// Writes a file whose loss would cost nothing.
    pub(crate) fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        self.create(path, content).map(|_| ())
    }

    /// Writes a file and makes its content safe.
    pub(crate) fn write_safely(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let file = self.create(path, content)?;
        self.ask(Operation::SyncFile, path)?;
        file.sync_all()
    }

    /// Writes at the end of a file that is there, whose loss would cost nothing.
    pub(crate) fn append(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        self.ask(Operation::OpenWrite, path)?;
        let mut file = File::options().append(true).open(path)?;
        let (content, ended) = self.ask_write(path, content);
        file.write_all(content)?;
        ended
    }

    /// Leaves so many bytes of a file.
    pub(crate) fn cut(&self, path: &Path, bytes: u64) -> io::Result<()> {
        self.ask(Operation::OpenWrite, path)?;
        File::options().write(true).open(path)?.set_len(bytes)
    }

    fn create(&self, path: &Path, content: &[u8]) -> io::Result<File> {
        self.ask(Operation::OpenWrite, path)?;
        let mut file = File::create(path)?;
        let (content, ended) = self.ask_write(path, content);
        file.write_all(content)?;
        ended.map(|()| file)
    }

    /// Makes the content of a file safe that somebody else wrote.
    pub(crate) fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.ask(Operation::SyncFile, path)?;
        File::open(path)?.sync_all()
    }

    /// Makes the names in a folder safe, where the system knows such a thing.
    pub(crate) fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.ask(Operation::SyncFolder, folder)?;
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    /// The folder in which the engine writes.
    pub(crate) fn engine_folder(
        &self,
        path: &Path,
    ) -> Result<Box<dyn Directory>, OpenDirectoryError> {
        let real = MmapDirectory::open(path)?;
        Ok(match self.faults {
            None => Box::new(real),
            Some(_) => Box::new(FailingDirectory { real, path: path.into(), disk: self.clone() }),
        })
    }
}

fn full() -> io::Error {
    io::ErrorKind::StorageFull.into()
}

/// The engine's folder on a disk that fails.
#[derive(Clone, Debug)]
struct FailingDirectory {
    real: MmapDirectory,
    path: PathBuf,
    disk: Disk,
}

impl FailingDirectory {
    fn ask(&self, operation: Operation, name: &Path) -> io::Result<()> {
        self.disk.ask(operation, &self.path.join(name))
    }

    fn ask_read(&self, operation: Operation, name: &Path) -> Result<(), OpenReadError> {
        self.ask(operation, name)
            .map_err(|error| OpenReadError::wrap_io_error(error, name.to_owned()))
    }
}

impl Directory for FailingDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.ask_read(Operation::OpenRead, path)?;
        self.real.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.ask(Operation::Remove, path).map_err(|error| DeleteError::IoError {
            io_error: Arc::new(error),
            filepath: path.to_owned(),
        })?;
        self.real.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.real.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.ask(Operation::OpenWrite, path)
            .map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let real = self.real.open_write(path)?;
        let (path, disk) = (self.path.join(path), self.disk.clone());
        Ok(BufWriter::new(Box::new(FailingFile { real, path, disk })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.ask_read(Operation::Read, path)?;
        self.real.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        // Either all of it is there or nothing, however little is written.
        self.ask(Operation::Write, path)?;
        self.ask(Operation::SyncFile, path)?;
        self.ask(Operation::Rename, path)?;
        self.real.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.ask(Operation::SyncFolder, Path::new(""))?;
        self.real.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.ask(Operation::OpenWrite, &lock.filepath).map_err(LockError::wrap_io_error)?;
        self.real.acquire_lock(lock)
    }

    fn watch(&self, watch_callback: WatchCallback) -> undex_schema::tantivy::Result<WatchHandle> {
        self.real.watch(watch_callback)
    }
}

/// A file that the engine writes on a disk that fails.
struct FailingFile {
    real: WritePtr,
    path: PathBuf,
    disk: Disk,
}

impl Write for FailingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (content, ended) = self.disk.ask_write(&self.path, bytes);
        self.real.write_all(content)?;
        ended.map(|()| content.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.real.flush()
    }
}

impl TerminatingWrite for FailingFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.disk.ask(Operation::SyncFile, &self.path)?;
        self.real.terminate_ref(token)
    }
}
