//! What the manifest keeps of each file, and how content is compared with it.

use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tantivy::TantivyError;
use tantivy::directory::error::OpenReadError;

use super::MANIFEST;

/// Bytes under one checksum. A search reads a few dozen of these blocks, each in some microseconds,
/// and the checksums of a gigabyte take 128 KiB of the manifest.
pub const BLOCK_BYTES: usize = 1 << 16;

/// Letters of one checksum in [`FileRecord::crc32`].
const CHECKSUM_LETTERS: usize = 8;

/// One file of a generation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Its name in the generation's folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its content, in lower-case hexadecimal.
    pub sha256: String,
    /// CRC-32 (ISO 3309, as zip has it) of each block of [`BLOCK_BYTES`], the last one shorter: eight
    /// lower-case hexadecimal letters a block, in one text, which costs nothing to open.
    pub crc32: String,
}

/// A file does not hold what its record says. It travels through the engine inside its errors of
/// input and output, and is found again by [`mismatch_in`].
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub(crate) struct Mismatch {
    pub(crate) path: PathBuf,
    pub(crate) reason: String,
}

impl FileRecord {
    /// The record of a file in a folder, which is read once.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(folder: &Path, name: &str) -> io::Result<Self> {
        let mut hasher = Sha256::new();
        let mut bytes = 0;
        let mut crc32 = String::new();
        for_each_block(&folder.join(name), |block| {
            hasher.update(block);
            bytes += block.len() as u64;
            // Writing to a text does not fail.
            let _ = write!(crc32, "{:0CHECKSUM_LETTERS$x}", crc32fast::hash(block));
        })?;
        Ok(Self { name: name.to_owned(), bytes, sha256: hex(&hasher.finalize()), crc32 })
    }

    /// Whether a block of the file holds this. What has no checksum is not what was written.
    pub(crate) fn holds(&self, number: usize, block: &[u8]) -> bool {
        let written =
            self.letters(number).and_then(|letters| u32::from_str_radix(letters, 16).ok());
        written == Some(crc32fast::hash(block))
    }

    /// The checksum of a block as it is written.
    fn letters(&self, number: usize) -> Option<&str> {
        let at = number.checked_mul(CHECKSUM_LETTERS)?;
        self.crc32.get(at..at.checked_add(CHECKSUM_LETTERS)?)
    }

    /// Compares the whole content with the checksums; `path` is for the message.
    pub(crate) fn check(&self, path: &Path, content: &[u8]) -> Result<(), Mismatch> {
        self.check_length(path, content.len() as u64)?;
        for (number, block) in content.chunks(BLOCK_BYTES).enumerate() {
            if !self.holds(number, block) {
                return Err(self.altered(path, number));
            }
        }
        Ok(())
    }

    pub(crate) fn check_length(&self, path: &Path, found: u64) -> Result<(), Mismatch> {
        if found == self.bytes {
            return Ok(());
        }
        let reason = format!("{found} bytes long, {} were written", self.bytes);
        Err(Mismatch { path: path.to_owned(), reason })
    }

    /// Compares this record with that of the file as it is now.
    pub(crate) fn compare(&self, path: &Path, found: &Self) -> Result<(), Mismatch> {
        if self == found {
            return Ok(());
        }
        self.check_length(path, found.bytes)?;
        let blocks = found.crc32.len() / CHECKSUM_LETTERS;
        // The blocks tell where; where they are alike, SHA-256 still tells that something is wrong.
        let first = (0..blocks).find(|number| self.letters(*number) != found.letters(*number));
        Err(self.altered(path, first.unwrap_or_default()))
    }

    /// What is said of a block that does not hold what was written.
    pub(crate) fn altered(&self, path: &Path, number: usize) -> Mismatch {
        let from = (number as u64).saturating_mul(BLOCK_BYTES as u64);
        let to = from.saturating_add(BLOCK_BYTES as u64).min(self.bytes);
        let reason = format!("altered between bytes {from} and {to}");
        Mismatch { path: path.to_owned(), reason }
    }
}

impl From<Mismatch> for io::Error {
    fn from(mismatch: Mismatch) -> Self {
        Self::new(io::ErrorKind::InvalidData, mismatch)
    }
}

/// The mismatch for which the engine gave up, if that is why.
pub(crate) fn mismatch_in(error: &TantivyError) -> Option<&Mismatch> {
    let io = match error {
        TantivyError::IoError(io)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: io, .. }) => io,
        _ => return None,
    };
    let mut cause: &(dyn Error + 'static) = io.as_ref();
    loop {
        if let Some(mismatch) = cause.downcast_ref() {
            return Some(mismatch);
        }
        cause = match cause.downcast_ref::<io::Error>() {
            Some(io) => io.get_ref()?,
            None => cause.source()?,
        };
    }
}

/// The content of [`MANIFEST_SUMS`](super::MANIFEST_SUMS) for a manifest.
pub fn manifest_sums(manifest: &[u8]) -> String {
    format!("{}  {MANIFEST}\n", hex(&Sha256::digest(manifest)))
}

/// SHA-256 of a file's content, in lower-case hexadecimal.
///
/// # Errors
/// When the file cannot be read.
pub fn hash_file(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    for_each_block(path, |block| hasher.update(block))?;
    Ok(hex(&hasher.finalize()))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a file in blocks of [`BLOCK_BYTES`], of which the last may be shorter.
fn for_each_block(path: &Path, mut each: impl FnMut(&[u8])) -> io::Result<()> {
    let mut file = File::open(path)?;
    let mut block = Vec::with_capacity(BLOCK_BYTES);
    loop {
        block.clear();
        // A plain read may give less than there is, and blocks must not depend on that.
        file.by_ref().take(BLOCK_BYTES as u64).read_to_end(&mut block)?;
        if block.is_empty() {
            return Ok(());
        }
        each(&block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_files() {
        let folder = tempfile::tempdir().unwrap();
        for length in [0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES] {
            let content: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let path = folder.path().join("file");
            std::fs::write(&path, &content).unwrap();
            let record = FileRecord::of(folder.path(), "file").unwrap();
            assert_eq!(record.sha256, hash_file(&path).unwrap(), "{length}");
            assert_eq!(record.bytes, length as u64);
            assert_eq!(record.crc32.len(), length.div_ceil(BLOCK_BYTES) * 8);
            record.check(&path, &content).unwrap();
            for at in [0, length / 2, length.saturating_sub(1)] {
                let mut altered = content.clone();
                let Some(byte) = altered.get_mut(at) else { continue };
                *byte ^= 16;
                let message = record.check(&path, &altered).unwrap_err().to_string();
                let block = at - at % BLOCK_BYTES;
                assert!(message.contains(&format!("bytes {block} and ")), "{message}");
            }
            assert!(record.check(&path, &[&content[..], b"x"].concat()).is_err());
        }
        // The check value of CRC-32 (ISO 3309) and of SHA-256 (FIPS 180-4).
        std::fs::write(folder.path().join("file"), "123456789").unwrap();
        assert_eq!(FileRecord::of(folder.path(), "file").unwrap().crc32, "cbf43926");
        assert_eq!(
            manifest_sums(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  manifest.json\n"
        );
    }

    #[test]
    fn what_has_no_checksum_is_not_what_was_written() {
        let record = |crc32: &str| FileRecord {
            name: "file".to_owned(),
            bytes: 9,
            sha256: String::new(),
            crc32: crc32.to_owned(),
        };
        assert!(record("cbf43926").check(Path::new("file"), b"123456789").is_ok());
        for crc32 in ["", "cbf4392", "cbf4392\u{e9}", "+bf43926", "xbf43926"] {
            assert!(record(crc32).check(Path::new("file"), b"123456789").is_err(), "{crc32}");
        }
    }
}
