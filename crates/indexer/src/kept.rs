//! What was extracted, kept from build to build: a file is not read again because the form of the index
//! changed, because it has another name, or because it is as it was some time ago.
//!
//! ```text
//! index/extractions/
//!   3f/             everything whose key begins so
//!     3fa9...c2     one extraction: a header, and the document compressed
//! ```
//!
//! Nothing here is needed: what is missing, damaged or of another version is extracted again.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{fs, io};

use undex_ingest::Extraction;
use undex_schema::{Layout, SourceRecord, parts_digest};

use crate::{BuildOptions, Disk};

/// The folder in that of the index.
pub(crate) const EXTRACTIONS: &str = "extractions";

/// What a file under this folder begins with; the digit is the version of its form.
const MAGIC: [u8; 8] = *b"undexKE1";

/// Hexadecimal digits of a key that name its shelf.
const SHELF_DIGITS: usize = 2;

/// Shelves that so many digits give. Each may hold an equal part of the bound, so that a build looks
/// only at the shelves it has put something on.
const SHELVES: u64 = 256;

/// A document is not unpacked to more than this, whatever its file says: four times what a worker
/// process may answer by default.
const MAX_UNPACKED: usize = 256 << 20;

/// What unfinished files are called.
const UNFINISHED: &str = "tmp-";

/// The key of an extraction: a hash of everything it depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key(String);

impl Key {
    /// The key of what a file of this SHA-256 gives under these circumstances, with these words confirmed
    /// by other documents.
    pub(crate) fn new<'w>(
        sha256: &'w str,
        circumstances: &'w str,
        confirmed: impl IntoIterator<Item = &'w String>,
    ) -> Self {
        let fixed = [sha256.as_bytes(), circumstances.as_bytes()];
        let confirmed = confirmed.into_iter().map(|pair| pair.as_bytes());
        Self(parts_digest(fixed.into_iter().chain(confirmed)))
    }

    fn shelf(&self) -> &str {
        self.0.get(..SHELF_DIGITS).unwrap_or_default()
    }
}

/// The extractions kept beside an index.
#[derive(Debug)]
pub(crate) struct Kept {
    disk: Disk,
    folder: PathBuf,
    /// Bytes that may be kept; 0 keeps nothing.
    bound: u64,
    /// Whether what is kept may be used.
    usable: bool,
    used: AtomicU64,
    unfinished: AtomicU64,
    /// Shelves that something was put on.
    filled: Mutex<BTreeSet<String>>,
    /// Why something could not be kept: a full disk is not tried again for every file.
    given_up: Mutex<Option<io::Error>>,
}

impl Kept {
    /// The extractions beside an index. In a build of everything anew, what was kept before is only
    /// replaced.
    pub(crate) fn new(layout: &Layout, options: &BuildOptions) -> Self {
        Self {
            disk: options.disk.clone(),
            folder: layout.root().join(EXTRACTIONS),
            bound: options.kept_bytes,
            usable: !options.rebuild,
            used: AtomicU64::new(0),
            unfinished: AtomicU64::new(0),
            filled: Mutex::default(),
            given_up: Mutex::default(),
        }
    }

    /// What is kept under a key.
    pub(crate) fn get(&self, key: &Key) -> Option<Extraction> {
        if !self.usable || self.bound == 0 {
            return None;
        }
        let bytes = self.disk.read(&self.path(key)).ok()?;
        let extraction = unpack(key, &bytes)?;
        self.used.fetch_add(1, Ordering::Relaxed);
        Some(extraction)
    }

    /// Keeps an extraction. That it cannot be kept costs nothing now.
    pub(crate) fn put(&self, key: &Key, extraction: &Extraction) {
        if self.bound == 0 || self.given_up().is_some() {
            return;
        }
        let Some(bytes) = pack(key, extraction) else { return };
        if let Err(error) = self.write(key, &bytes) {
            self.given_up().get_or_insert(error);
        }
    }

    fn given_up(&self) -> MutexGuard<'_, Option<io::Error>> {
        self.given_up.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why not everything could be kept, for people.
    pub(crate) fn trouble(&self) -> Option<String> {
        let folder = self.folder.display();
        let told = |error: &io::Error| {
            format!("{folder}: cannot be written: {error}; a later build may read files again")
        };
        self.given_up().as_ref().map(told)
    }

    /// How many extractions were taken from here.
    pub(crate) fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }

    /// Brings the shelves that something was put on back under their bound. What the corpus has now stays
    /// before what it had once, and among those the later stays.
    pub(crate) fn trim<'r>(&self, records: impl Iterator<Item = &'r SourceRecord>) {
        let bound = self.bound / SHELVES;
        let filled =
            std::mem::take(&mut *self.filled.lock().unwrap_or_else(PoisonError::into_inner));
        let overfull: Vec<Vec<Entry>> = filled
            .iter()
            .map(|shelf| entries(&self.folder.join(shelf)))
            .filter(|entries| entries.iter().map(|entry| entry.bytes).sum::<u64>() > bound)
            .collect();
        if overfull.is_empty() {
            return;
        }
        let in_use: HashSet<Key> = records.flat_map(keys_of).collect();
        for mut entries in overfull {
            entries.sort_by_key(|entry| {
                (!in_use.contains(&entry.key), std::cmp::Reverse(entry.modified))
            });
            let mut kept = 0;
            for entry in entries {
                kept += entry.bytes;
                if kept > bound {
                    // What cannot be removed is tried again another time.
                    let _ = self.disk.remove(&entry.path);
                }
            }
        }
    }

    /// Removes what a build that was killed left unfinished.
    pub(crate) fn clear_unfinished(&self) {
        for name in self.disk.names(&self.folder).unwrap_or_default() {
            if name.starts_with(UNFINISHED) {
                let _ = self.disk.remove(&self.folder.join(name));
            }
        }
    }

    fn path(&self, key: &Key) -> PathBuf {
        self.folder.join(key.shelf()).join(&key.0)
    }

    /// Not synced: what a crash leaves of it is recognised by its checksum.
    fn write(&self, key: &Key, bytes: &[u8]) -> io::Result<()> {
        let number = self.unfinished.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.folder.join(format!("{UNFINISHED}{number}"));
        let shelf = self.folder.join(key.shelf());
        let mut filled = self.filled.lock().unwrap_or_else(PoisonError::into_inner);
        // Under the lock, so that no other thread takes the shelf for there before it is.
        if !filled.contains(key.shelf()) {
            self.disk.create_folders(&shelf)?;
            filled.insert(key.shelf().to_owned());
        }
        drop(filled);
        let written = self
            .disk
            .write(&unfinished, bytes)
            .and_then(|()| self.disk.rename(&unfinished, &shelf.join(&key.0)));
        if written.is_err() {
            let _ = self.disk.remove(&unfinished);
        }
        written
    }
}

/// A file on a shelf.
struct Entry {
    path: PathBuf,
    key: Key,
    bytes: u64,
    modified: Option<std::time::SystemTime>,
}

fn entries(shelf: &Path) -> Vec<Entry> {
    let files = fs::read_dir(shelf).into_iter().flatten().flatten();
    files
        .filter_map(|file| {
            let metadata = file.metadata().ok()?;
            Some(Entry {
                path: file.path(),
                key: Key(file.file_name().into_string().ok()?),
                bytes: metadata.len(),
                modified: metadata.modified().ok(),
            })
        })
        .collect()
}

/// The keys under which the extractions of a source stand: as it is read alone and, where other documents
/// mended words of it, with these.
fn keys_of(record: &SourceRecord) -> impl Iterator<Item = Key> {
    let keys = record.sha256.as_deref().map(|sha256| {
        let alone = Key::new(sha256, &record.circumstances, []);
        let mended = Key::new(sha256, &record.circumstances, &record.confirmed);
        [alone, mended]
    });
    keys.into_iter().flatten()
}

/// Magic, key, checksum of all that follows, length unpacked, and the content.
fn pack(key: &Key, extraction: &Extraction) -> Option<Vec<u8>> {
    let content = postcard::to_stdvec(extraction).ok()?;
    let length =
        u32::try_from(content.len()).ok().filter(|length| *length as usize <= MAX_UNPACKED)?;
    let packed = lz4_flex::block::compress(&content);
    let mut bytes = Vec::with_capacity(MAGIC.len() + key.0.len() + 8 + packed.len());
    bytes.extend(MAGIC);
    bytes.extend(key.0.as_bytes());
    bytes.extend(checksum(length, &packed).to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend(packed);
    Some(bytes)
}

fn unpack(key: &Key, bytes: &[u8]) -> Option<Extraction> {
    let rest = bytes.strip_prefix(&MAGIC)?.strip_prefix(key.0.as_bytes())?;
    let (sum, rest) = rest.split_first_chunk()?;
    let (length, packed) = rest.split_first_chunk()?;
    let length = u32::from_le_bytes(*length);
    if u32::from_le_bytes(*sum) != checksum(length, packed) || length as usize > MAX_UNPACKED {
        return None;
    }
    let content = lz4_flex::block::decompress(packed, length as usize).ok()?;
    match postcard::take_from_bytes(&content) {
        Ok((extraction, [])) => Some(extraction),
        _ => None,
    }
}

fn checksum(length: u32, packed: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&length.to_le_bytes());
    hasher.update(packed);
    hasher.finalize()
}
