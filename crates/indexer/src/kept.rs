//! What was extracted, kept from build to build: a file is not read again because the form of the index
//! changed, because it has another name, or because it is as it was some time ago.
//!
//! ```text
//! index/extractions/
//!   shelf-3f        every extraction of a file whose SHA-256 begins so
//! ```
//!
//! Nothing here is needed: what is missing, damaged or of another version is extracted again.

mod shelf;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};
use undex_ingest::{CatalogueDigests, Extraction};
use undex_schema::{Layout, SourceRecord, parts_digest};

use self::shelf::Shelf;
use crate::circumstances::{decided, known_before};
use crate::closed::ClosedParts;
use crate::{BuildOptions, Disk};

/// The folder in that of the index.
pub(crate) const EXTRACTIONS: &str = "extractions";

/// What shelves are called, before the digits that the keys on them begin with.
const SHELF: &str = "shelf-";

/// Shelves: as many as so many hexadecimal digits can name. Each may hold an equal part of the bound, so that
/// a build looks only at the shelves it has put something on.
const SHELVES: usize = 1 << (4 * SHELF_DIGITS);

/// Digits that name a shelf.
const SHELF_DIGITS: usize = 2;

/// What is over its bound is brought one part in so many below it: otherwise a full shelf would be written
/// again for every document put on it.
const ROOM_PART: u64 = 8;

/// What unfinished files are called.
const UNFINISHED: &str = "tmp-";

/// The key of an extraction: a hash of everything it depends on. It begins with the digits that the hash of
/// the file begins with, so that it is known which sources a shelf is about.
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
        let digest = parts_digest(fixed.into_iter().chain(confirmed));
        let (shelf, rest) = (sha256.get(..SHELF_DIGITS), digest.get(SHELF_DIGITS..));
        Self([shelf.unwrap_or_default(), rest.unwrap_or_default()].concat())
    }

    /// The number of the shelf it belongs on.
    fn shelf(&self) -> usize {
        shelf_of(&self.0)
    }
}

/// The number of the shelf for a key, or for a file of this SHA-256.
fn shelf_of(digits: &str) -> usize {
    let digits = digits.get(..SHELF_DIGITS).unwrap_or_default();
    usize::from_str_radix(digits, 16).unwrap_or_default()
}

/// What stands under a key.
#[derive(Serialize, Deserialize)]
struct Held<'e> {
    /// What the catalogue decided beside what is in the key.
    decided: Option<String>,
    extraction: Cow<'e, Extraction>,
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
    /// By the digits that name them, once they are looked at.
    shelves: Vec<OnceLock<Mutex<Shelf>>>,
    unfinished: AtomicU64,
    /// Why something could not be kept. A full disk is not tried again for every file.
    trouble: Mutex<Option<io::Error>>,
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
            shelves: std::iter::repeat_with(OnceLock::new).take(SHELVES).collect(),
            unfinished: AtomicU64::new(0),
            trouble: Mutex::default(),
        }
    }

    /// What is kept under a key, if the catalogue decides about it what it decided then.
    pub(crate) fn get(&self, key: &Key, digests: &CatalogueDigests) -> Option<Extraction> {
        if !self.usable || self.bound == 0 {
            return None;
        }
        let content = self.shelf(key)?.get(key, &self.disk)?;
        let Ok((held, [])) = postcard::take_from_bytes::<Held<'_>>(&content) else { return None };
        let extraction = held.extraction.into_owned();
        if held.decided != decided(digests, &extraction.document) {
            return None;
        }
        self.used.fetch_add(1, Ordering::Relaxed);
        Some(extraction)
    }

    /// Keeps an extraction. That it cannot be kept costs nothing now.
    pub(crate) fn put(&self, key: &Key, extraction: &Extraction, digests: &CatalogueDigests) {
        if self.bound == 0 || self.is_full() {
            return;
        }
        let decided = decided(digests, &extraction.document);
        let held = Held { decided, extraction: Cow::Borrowed(extraction) };
        let content = postcard::to_stdvec(&held).ok();
        let Some(record) = content.and_then(|content| shelf::pack(key, &content)) else { return };
        let Some(mut shelf) = self.shelf(key) else { return };
        if let Err(error) = shelf.put(key, &record, &self.disk) {
            let full = error.kind() == io::ErrorKind::StorageFull;
            let mut trouble = self.trouble_met();
            if full || trouble.is_none() {
                *trouble = Some(error);
            }
        }
    }

    /// The shelf of a key.
    fn shelf(&self, key: &Key) -> Option<MutexGuard<'_, Shelf>> {
        let number = key.shelf();
        let path = || self.folder.join(format!("{SHELF}{number:02x}"));
        let shelf = self.shelves.get(number)?;
        let shelf = shelf.get_or_init(|| Mutex::new(Shelf::open(path(), &self.disk)));
        Some(shelf.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn is_full(&self) -> bool {
        self.trouble_met().as_ref().is_some_and(|error| error.kind() == io::ErrorKind::StorageFull)
    }

    fn trouble_met(&self) -> MutexGuard<'_, Option<io::Error>> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why not everything could be kept, for people.
    pub(crate) fn trouble(&self) -> Option<String> {
        let folder = self.folder.display();
        let told = |error: &io::Error| {
            format!("{folder}: cannot be written: {error}; a later build may read files again")
        };
        self.trouble_met().as_ref().map(told)
    }

    /// How many extractions were taken from here.
    pub(crate) fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }

    /// Brings the shelves that are over their bound, of those that were looked at, well under it. What the
    /// corpus has now stays before what it had once, and among those the later stays.
    /// The records of sources in closed parts are read only where something is to go.
    pub(crate) fn trim(&self, records: &[SourceRecord], closed: Option<&ClosedParts>) {
        let bound = self.bound / SHELVES as u64;
        let looked_at = self.shelves.iter().enumerate();
        let looked_at = looked_at.filter_map(|(number, shelf)| Some((number, shelf.get()?)));
        let mut overfull: BTreeMap<usize, MutexGuard<'_, Shelf>> = looked_at
            .map(|(number, shelf)| (number, shelf.lock().unwrap_or_else(PoisonError::into_inner)))
            .filter(|(_, shelf)| shelf.is_overfull(bound))
            .collect();
        if overfull.is_empty() {
            return;
        }
        // Without them, what the corpus has now may go with the rest.
        let Ok(others) = closed.map_or(Ok(Vec::new()), ClosedParts::read_all) else { return };
        let on_them = records.iter().chain(&others).filter(|record| {
            record.sha256.as_deref().is_some_and(|sha256| overfull.contains_key(&shelf_of(sha256)))
        });
        let in_use: HashSet<Key> = on_them.flat_map(keys_of).collect();
        let bound = bound - bound / ROOM_PART;
        for shelf in overfull.values_mut() {
            let number = self.unfinished.fetch_add(1, Ordering::Relaxed);
            let unfinished = self.folder.join(format!("{UNFINISHED}{number}"));
            let in_use = |key: &Key| in_use.contains(key);
            if shelf.trim(bound, in_use, &unfinished, &self.disk).is_err() {
                // What cannot be trimmed now is tried again when the shelf is looked at again.
                let _ = self.disk.remove(&unfinished);
            }
        }
    }

    /// Removes what a build that was killed left unfinished and what is of an earlier form; everything,
    /// when nothing is to be kept.
    pub(crate) fn clear(&self) {
        if self.bound == 0 {
            let _ = self.disk.remove(&self.folder);
            return;
        }
        for name in self.disk.names(&self.folder).unwrap_or_default() {
            let is_earlier = name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
            if is_earlier || name.starts_with(UNFINISHED) {
                let _ = self.disk.remove(&self.folder.join(name));
            }
        }
    }
}

/// The keys under which the extractions of a source stand: as it is read alone and, where other documents
/// mended words of it, with these.
fn keys_of(record: &SourceRecord) -> impl Iterator<Item = Key> {
    let circumstances = known_before(&record.circumstances);
    record.sha256.as_deref().into_iter().flat_map(move |sha256| {
        let alone = Key::new(sha256, circumstances, []);
        let mended = Key::new(sha256, circumstances, &record.confirmed);
        [alone, mended]
    })
}
