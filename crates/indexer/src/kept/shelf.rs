//! A shelf: one file with many extractions, to which more are appended.
//!
//! One file each would be simpler, but making thousands of files costs more than writing what is in them.
//!
//! ```text
//! magic             8 bytes
//! record            as many as there are
//!   key             64 hexadecimal digits
//!   checksum        4 bytes, CRC-32 of all that follows
//!   length          4 bytes, unpacked
//!   packed length   4 bytes
//!   packed          so many bytes, LZ4
//! ```
//!
//! Numbers are little-endian. Of two records with one key the later counts. What a killed build left half
//! written at the end is cut off before something is appended.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::Key;
use crate::Disk;

/// What a shelf begins with; the digit is the version of its form.
const MAGIC: [u8; 8] = *b"undexKE2";

/// Hexadecimal digits of a key.
const KEY: usize = 64;

/// What stands before the packed bytes of a record.
const HEAD: usize = KEY + 12;

/// A shelf is written again when more than one in so many of its bytes were replaced.
const REPLACED_PART: u64 = 4;

/// A document is not unpacked to more than this, whatever its record says: four times what a worker
/// process may answer by default.
const MAX_UNPACKED: usize = 256 << 20;

/// The records of a shelf and where they are.
#[derive(Debug)]
pub(super) struct Shelf {
    path: PathBuf,
    records: HashMap<Key, Place>,
    /// Where the next record goes.
    end: u64,
    /// Whether the file ends there.
    ends_clean: bool,
    /// Why it can be neither read nor written now; it is left alone then.
    unusable: Option<io::ErrorKind>,
}

/// Where a record is, its head included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    start: u64,
    bytes: u64,
}

impl Shelf {
    /// Looks at what is on a shelf. What cannot be read is not there.
    pub(super) fn open(path: PathBuf, disk: &Disk) -> Self {
        let mut shelf =
            Self { path, records: HashMap::new(), end: 0, ends_clean: false, unusable: None };
        if let Err(error) = shelf.look(disk) {
            match error.kind() {
                // There is none, or it is shorter than it was a moment ago.
                io::ErrorKind::NotFound | io::ErrorKind::UnexpectedEof => {}
                kind => shelf.unusable = Some(kind),
            }
        }
        shelf
    }

    fn look(&mut self, disk: &Disk) -> io::Result<()> {
        // A link is not followed, and nothing waits for a pipe.
        if !std::fs::symlink_metadata(&self.path)?.is_file() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let mut file = disk.open_read(&self.path)?;
        let length = file.metadata()?.len();
        if read_at(&mut file, 0, MAGIC.len())? != MAGIC {
            return Ok(());
        }
        self.end = MAGIC.len() as u64;
        while self.end + HEAD as u64 <= length {
            let head = read_at(&mut file, self.end, HEAD)?;
            let Some((key, packed)) = read_head(&head) else { break };
            let bytes = HEAD as u64 + u64::from(packed);
            if self.end + bytes > length {
                break;
            }
            self.records.insert(key, Place { start: self.end, bytes });
            self.end += bytes;
        }
        self.ends_clean = self.end == length;
        Ok(())
    }

    /// The bytes kept under a key, unpacked; nothing when they are not whole.
    pub(super) fn get(&self, key: &Key, disk: &Disk) -> Option<Vec<u8>> {
        let place = self.records.get(key)?;
        let length = usize::try_from(place.bytes).ok()?;
        let mut file = disk.open_read(&self.path).ok()?;
        let record = read_at(&mut file, place.start, length).ok()?;
        unpack(key, &record)
    }

    /// Appends a record that [`pack`] made.
    pub(super) fn put(&mut self, key: &Key, record: &[u8], disk: &Disk) -> io::Result<()> {
        if let Some(kind) = self.unusable {
            return Err(kind.into());
        }
        if self.end == 0 {
            // There is no file, or none of ours.
            if let Some(folder) = self.path.parent() {
                disk.create_folders(folder)?;
            }
            disk.write(&self.path, &MAGIC)?;
            self.end = MAGIC.len() as u64;
            self.ends_clean = true;
        }
        if !self.ends_clean {
            disk.cut(&self.path, self.end)?;
        }
        // Until the whole record is there.
        self.ends_clean = false;
        disk.append(&self.path, record)?;
        let place = Place { start: self.end, bytes: record.len() as u64 };
        self.records.insert(key.clone(), place);
        self.end += place.bytes;
        self.ends_clean = true;
        Ok(())
    }

    /// Whether it is larger than a bound in bytes, or a good part of it was replaced by later records.
    pub(super) fn is_overfull(&self, bound: u64) -> bool {
        let counted: u64 = self.records.values().map(|place| place.bytes).sum();
        self.unusable.is_none()
            && (self.end > bound || self.end.saturating_sub(counted) > self.end / REPLACED_PART)
    }

    /// Leaves out what later records replaced and what is more than a bound in bytes. What `in_use` says
    /// stays before the rest, and among those the later stays. The new file is made under the name
    /// `unfinished` first.
    pub(super) fn trim(
        &mut self,
        bound: u64,
        in_use: impl Fn(&Key) -> bool,
        unfinished: &Path,
        disk: &Disk,
    ) -> io::Result<()> {
        let mut records: Vec<(Key, Place)> =
            self.records.iter().map(|(key, place)| (key.clone(), *place)).collect();
        records.sort_by_key(|(key, place)| (!in_use(key), std::cmp::Reverse(place.start)));
        let mut end = MAGIC.len() as u64;
        records.retain(|(_, place)| {
            let fits = end + place.bytes <= bound;
            if fits {
                end += place.bytes;
            }
            fits
        });
        records.sort_by_key(|(_, place)| place.start);
        let mut content = MAGIC.to_vec();
        let mut file = disk.open_read(&self.path)?;
        let mut places = HashMap::with_capacity(records.len());
        for (key, place) in records {
            let length = usize::try_from(place.bytes).map_err(io::Error::other)?;
            // What cannot be read is left out, so that one bad place does not keep the rest for ever.
            let Ok(record) = read_at(&mut file, place.start, length) else { continue };
            places.insert(key, Place { start: content.len() as u64, ..place });
            content.extend(record);
        }
        // Some systems do not replace a file that is open.
        drop(file);
        disk.write(unfinished, &content)?;
        disk.rename(unfinished, &self.path)?;
        *self = Self {
            path: std::mem::take(&mut self.path),
            records: places,
            end: content.len() as u64,
            ends_clean: true,
            unusable: None,
        };
        Ok(())
    }
}

fn read_at(file: &mut File, start: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    file.seek(SeekFrom::Start(start))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The key of a record and the length of its packed bytes.
fn read_head(head: &[u8]) -> Option<(Key, u32)> {
    let (key, rest) = head.split_at_checked(KEY)?;
    let (_, rest) = rest.split_at_checked(8)?;
    let packed = u32::from_le_bytes(*rest.first_chunk()?);
    if packed as usize > lz4_flex::block::get_maximum_output_size(MAX_UNPACKED) {
        return None;
    }
    let hexadecimal = key.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let key = String::from_utf8(key.to_vec()).ok().filter(|_| hexadecimal)?;
    Some((Key(key), packed))
}

/// A record of these bytes; nothing when they are too many.
pub(super) fn pack(key: &Key, content: &[u8]) -> Option<Vec<u8>> {
    let length =
        u32::try_from(content.len()).ok().filter(|length| *length as usize <= MAX_UNPACKED)?;
    let packed = lz4_flex::block::compress(content);
    let packed_length = u32::try_from(packed.len()).ok()?;
    let mut record = Vec::with_capacity(HEAD + packed.len());
    record.extend(key.0.as_bytes());
    record.extend([0; 4]);
    record.extend(length.to_le_bytes());
    record.extend(packed_length.to_le_bytes());
    record.extend(packed);
    let (head, summed) = record.split_at_mut_checked(KEY + 4)?;
    let sum = crc32fast::hash(summed).to_le_bytes();
    head.get_mut(KEY..)?.copy_from_slice(&sum);
    Some(record)
}

/// The bytes of a record if it is whole and under this key.
fn unpack(key: &Key, record: &[u8]) -> Option<Vec<u8>> {
    let rest = record.strip_prefix(key.0.as_bytes())?;
    let (sum, summed) = rest.split_first_chunk()?;
    if u32::from_le_bytes(*sum) != crc32fast::hash(summed) {
        return None;
    }
    let (length, rest) = summed.split_first_chunk()?;
    let (_, packed) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    if length > MAX_UNPACKED {
        return None;
    }
    lz4_flex::block::decompress(packed, length).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u32) -> Key {
        Key(format!("{number:064x}"))
    }

    fn put(shelf: &mut Shelf, number: u32, content: &[u8]) {
        shelf.put(&key(number), &pack(&key(number), content).unwrap(), &Disk::default()).unwrap();
    }

    /// The contents under the keys 0 to 9.
    fn contents(shelf: &Shelf) -> Vec<(u32, Vec<u8>)> {
        let held = |number| Some((number, shelf.get(&key(number), &Disk::default())?));
        (0..10).filter_map(held).collect()
    }

    #[test]
    fn the_later_of_two_records_counts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shelf");
        let mut shelf = Shelf::open(path.clone(), &Disk::default());
        assert_eq!(contents(&shelf), []);
        for (number, content) in [(1, "one"), (2, "two"), (1, "uno")] {
            put(&mut shelf, number, content.as_bytes());
        }
        let expected = [(1, b"uno".to_vec()), (2, b"two".to_vec())];
        assert_eq!(contents(&shelf), expected);
        let again = Shelf::open(path, &Disk::default());
        assert_eq!(contents(&again), expected);
        assert_eq!((again.end, &again.records), (shelf.end, &shelf.records));
        assert!(again.is_overfull(u64::MAX), "a third was replaced");
    }

    #[test]
    fn what_is_half_written_is_cut_off_before_more_is_appended() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shelf");
        let mut shelf = Shelf::open(path.clone(), &Disk::default());
        put(&mut shelf, 1, b"one");
        let first = std::fs::read(&path).unwrap();
        put(&mut shelf, 2, b"two");
        let whole = std::fs::read(&path).unwrap();
        for cut in first.len()..whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let mut shelf = Shelf::open(path.clone(), &Disk::default());
            assert_eq!(contents(&shelf), [(1, b"one".to_vec())], "cut at {cut}");
            put(&mut shelf, 2, b"two");
            assert_eq!(std::fs::read(&path).unwrap(), whole, "cut at {cut}");
        }
        for cut in 0..MAGIC.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let mut shelf = Shelf::open(path.clone(), &Disk::default());
            put(&mut shelf, 1, b"one");
            assert_eq!(std::fs::read(&path).unwrap(), first, "cut at {cut}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn what_is_no_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (target, path) = (folder.path().join("target"), folder.path().join("shelf"));
        std::fs::write(&target, b"somebody else's").unwrap();
        std::os::unix::fs::symlink(&target, &path).unwrap();
        let mut shelf = Shelf::open(path, &Disk::default());
        let record = pack(&key(1), b"one").unwrap();
        assert!(shelf.put(&key(1), &record, &Disk::default()).is_err());
        assert!(shelf.get(&key(1), &Disk::default()).is_none() && !shelf.is_overfull(0));
        assert_eq!(std::fs::read(&target).unwrap(), b"somebody else's");
    }

    // Where a file may have holes.
    #[test]
    #[cfg(unix)]
    fn lengths_that_nothing_has_are_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shelf");
        let mut shelf = Shelf::open(path.clone(), &Disk::default());
        put(&mut shelf, 1, b"one");
        let mut bytes = std::fs::read(&path).unwrap();
        let at = MAGIC.len() + HEAD - 4;
        bytes[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        std::fs::write(&path, &bytes).unwrap();
        std::fs::File::options().write(true).open(&path).unwrap().set_len(5 << 30).unwrap();
        let shelf = Shelf::open(path, &Disk::default());
        assert!(shelf.records.is_empty() && shelf.end == MAGIC.len() as u64);
    }

    #[test]
    fn what_is_in_use_stays_and_of_the_rest_the_later() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shelf");
        let mut shelf = Shelf::open(path.clone(), &Disk::default());
        for number in [1, 2, 3, 4, 1] {
            put(&mut shelf, number, b"the same for all");
        }
        let record = (shelf.end - MAGIC.len() as u64) / 5;
        let bound = MAGIC.len() as u64 + 3 * record;
        let unfinished = folder.path().join("tmp-0");
        shelf.trim(bound, |held| *held == key(2), &unfinished, &Disk::default()).unwrap();
        let numbers = |shelf: &Shelf| -> Vec<u32> {
            contents(shelf).into_iter().map(|(number, _)| number).collect()
        };
        assert_eq!(numbers(&shelf), [1, 2, 4]);
        assert_eq!(shelf.end, bound);
        assert!(!shelf.is_overfull(bound));
        assert_eq!(numbers(&Shelf::open(path.clone(), &Disk::default())), [1, 2, 4]);
        put(&mut shelf, 5, b"one more");
        assert_eq!(numbers(&Shelf::open(path, &Disk::default())), [1, 2, 4, 5]);
    }
}
