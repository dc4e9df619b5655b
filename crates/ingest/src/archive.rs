//! Archives of documents, read in place: nothing is ever unpacked to disk.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use undex_document::Format;
use zip::ZipArchive;

use crate::{ExtractError, Limits};

/// An open zip archive whose directory has been checked against the limits.
pub struct Archive<R = BufReader<File>> {
    path: String,
    zip: ZipArchive<R>,
    members: Vec<Member>,
    limits: Limits,
}

/// One file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its position in the archive's directory.
    pub index: usize,
    /// Its name as stored. It is shown and never used as a path.
    pub name: String,
    /// Its size, decompressed, as the directory states it.
    pub bytes: u64,
    /// The checksum that the directory states.
    pub crc32: u32,
}

impl Archive {
    /// Opens an archive and checks its directory.
    ///
    /// # Errors
    /// [`ExtractError::Io`], [`ExtractError::Malformed`], or [`ExtractError::Limit`] when it has
    /// too many entries or would decompress to too much.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, ExtractError> {
        let name = path.display().to_string();
        let file =
            File::open(path).map_err(|source| ExtractError::Io { path: name.clone(), source })?;
        Self::from_reader(name, BufReader::new(file), limits)
    }
}

impl<R: Read + Seek> Archive<R> {
    /// Reads an archive from anything seekable; `path` is for messages.
    ///
    /// # Errors
    /// As for [`Archive::open`].
    pub fn from_reader(path: String, reader: R, limits: &Limits) -> Result<Self, ExtractError> {
        let malformed = |reason: String| ExtractError::Malformed {
            path: path.clone(),
            format: Format::Zip,
            reason,
        };
        let mut zip = ZipArchive::new(reader).map_err(|error| malformed(error.to_string()))?;
        let limit =
            |limit, met, bound| ExtractError::Limit { path: path.clone(), limit, met, bound };
        if zip.len() > limits.archive_entries {
            return Err(limit("archive_entries", zip.len() as u64, limits.archive_entries as u64));
        }
        let mut members = Vec::with_capacity(zip.len());
        let mut total = 0u64;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|error| malformed(error.to_string()))?;
            if !entry.is_file() {
                continue;
            }
            total = total.saturating_add(entry.size());
            members.push(Member {
                index,
                name: entry.name().map_err(|error| malformed(error.to_string()))?.into_owned(),
                bytes: entry.size(),
                crc32: entry.crc32(),
            });
        }
        if total > limits.archive_bytes {
            return Err(limit("archive_bytes", total, limits.archive_bytes));
        }
        Ok(Self { path, zip, members, limits: *limits })
    }

    /// The files in it, in the order of its directory.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The name a member goes by in reports and in the index: `archive.zip!member.xml`.
    pub fn member_path(&self, member: &Member) -> String {
        format!("{}!{}", self.path, member.name)
    }

    /// Decompresses one member into memory. What the directory states is not trusted: reading stops
    /// at the limits.
    ///
    /// # Errors
    /// [`ExtractError::Malformed`] or [`ExtractError::Limit`], naming the member.
    pub fn read(&mut self, member: &Member) -> Result<Vec<u8>, ExtractError> {
        let path = self.member_path(member);
        let malformed = |reason: String| ExtractError::Malformed {
            path: path.clone(),
            format: Format::Zip,
            reason,
        };
        let entry =
            self.zip.by_index(member.index).map_err(|error| malformed(error.to_string()))?;
        if entry.encrypted() {
            return Err(malformed("encrypted; unpack it with its password first".to_owned()));
        }
        let compressed = entry.compressed_size();
        let by_ratio = compressed.saturating_mul(self.limits.archive_ratio).saturating_add(1 << 20);
        let bound = by_ratio.min(self.limits.file_bytes);
        let mut bytes = Vec::with_capacity(usize::try_from(member.bytes.min(1 << 20)).unwrap_or(0));
        entry
            .take(bound.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| malformed(error.to_string()))?;
        let met = bytes.len() as u64;
        if met > bound {
            let (limit, bound) = if by_ratio < self.limits.file_bytes {
                ("archive_ratio", by_ratio)
            } else {
                ("file_bytes", self.limits.file_bytes)
            };
            return Err(ExtractError::Limit { path, limit, met, bound });
        }
        Ok(bytes)
    }
}
