//! The sources of a corpus: which there are, and what each depends on.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use rayon::ThreadPool;
use rayon::prelude::*;
use undex_ingest::{Archive, Facts};
use undex_schema::{ArchiveRecord, Outcome, SourceRecord, SourceTable, parts_digest};

use crate::circumstances::known_before;
use crate::extract::Refusal;
use crate::readings::{Reading, Readings};
use crate::walk::{Listed, Listing, facts_beside, is_document_name, look_at};
use crate::{BuildError, BuildOptions};

/// What the bytes of a zip archive begin with.
const ZIP_MAGIC: [u8; 4] = *b"PK\x03\x04";

/// Members that tell a zip archive that is one document, in Word, OpenDocument or EPUB format, from
/// an archive of documents.
const DOCUMENT_MEMBERS: [&str; 2] = ["[Content_Types].xml", "mimetype"];

/// A file changed less than this before the corpus was looked at, in nanoseconds, may have been
/// changed again without a new time: some file systems count in steps of two seconds.
const TIME_STEP: i64 = 2_000_000_000;

/// Listed files that one thread looks into in one go.
const CHUNK: usize = 512;

/// Everything found under the inputs.
pub(crate) struct Corpus<'l> {
    readings: &'l Readings,
    /// By path, without repeats.
    pub(crate) sources: Vec<Found<'l>>,
    /// By path.
    pub(crate) archives: Vec<ArchiveRecord>,
}

/// A file or a member of an archive that is to give a document. Most are as they were and there are many, so
/// that nothing of what is listed is copied.
#[derive(Clone, Debug)]
pub(crate) struct Found<'l> {
    /// As reports name it.
    pub(crate) path: Cow<'l, str>,
    /// The file to open: itself, or the archive.
    pub(crate) file: &'l Path,
    /// Where in the path the member's name in the archive begins.
    member: Option<usize>,
    pub(crate) bytes: u64,
    pub(crate) modified: Option<i64>,
    pub(crate) crc32: Option<u32>,
    /// Facts beside it.
    pub(crate) facts: Option<Box<FactsBeside>>,
    /// Place of how it is read.
    pub(crate) reading: usize,
    /// Why it gives no document, when that is known without reading it.
    pub(crate) refusal: Option<Box<Refusal>>,
    /// Place of the record that an earlier build has of it.
    pub(crate) before: Option<usize>,
}

/// What stands beside a file.
#[derive(Clone, Debug)]
pub(crate) struct FactsBeside {
    /// None when it cannot be understood, or was not read because it is as it was.
    facts: Option<Facts>,
    is_read: bool,
    /// Hash of this and of what every document depends on.
    pub(crate) circumstances: Arc<str>,
}

impl Found<'_> {
    /// The member's name in the archive.
    pub(crate) fn member(&self) -> Option<&str> {
        self.path.get(self.member?..)
    }

    /// The facts beside it.
    pub(crate) fn facts(&self) -> Option<&Facts> {
        self.facts.as_ref()?.facts.as_ref()
    }
}

/// What listed files are.
#[derive(Default)]
struct Looked<'l> {
    sources: Vec<Found<'l>>,
    archives: Vec<ArchiveRecord>,
}

/// What is listed under one input becomes sources.
struct Finder<'f, 'l> {
    before: &'f SourceTable,
    options: &'f BuildOptions,
    listing: &'l Listing,
    base: Arc<str>,
    reading: usize,
}

/// Finds the records of an earlier build, which are by path, of files that come in about that order.
struct Records<'r> {
    all: &'r [SourceRecord],
    /// Where the next one is likely to be.
    next: usize,
}

impl Records<'_> {
    /// The place of the record for a path.
    fn place(&mut self, path: &str) -> Option<usize> {
        let is_next = self.all.get(self.next).is_some_and(|record| record.path == path);
        let place = match is_next {
            true => self.next,
            false => self.all.binary_search_by(|record| record.path.as_str().cmp(path)).ok()?,
        };
        self.next = place + 1;
        Some(place)
    }
}

impl<'l> Corpus<'l> {
    /// The sources in what is listed. `before` is what an earlier build found; what is as it was then
    /// is not opened. The rest is looked into on the threads of the pool.
    pub(crate) fn find(
        options: &BuildOptions,
        pool: &ThreadPool,
        readings: &'l Readings,
        listings: &'l [Listing],
        before: &SourceTable,
    ) -> Result<Self, BuildError> {
        let sources = Vec::with_capacity(before.sources.len());
        let mut corpus = Self { readings, sources, archives: Vec::new() };
        for listing in listings {
            let (reading, base) = readings.of_input(&listing.input);
            let finder = Finder { before, options, listing, base: base.clone(), reading };
            let looked: Option<Vec<Looked<'_>>> = pool.install(|| {
                listing.files.par_chunks(CHUNK).map(|files| finder.look_into(files)).collect()
            });
            for mut looked in looked.ok_or(BuildError::Interrupted)? {
                corpus.sources.append(&mut looked.sources);
                corpus.archives.append(&mut looked.archives);
            }
        }
        corpus.sources.sort_by(|a, b| a.path.cmp(&b.path));
        corpus.sources.dedup_by(|a, b| a.path == b.path);
        corpus.archives.sort_by(|a, b| a.path.cmp(&b.path));
        corpus.archives.dedup_by(|a, b| a.path == b.path);
        Ok(corpus)
    }

    /// A source that is to be extracted, with the facts beside it.
    pub(crate) fn with_facts<'f>(&self, found: &'f Found<'l>) -> Cow<'f, Found<'l>> {
        let reading = self.reading(found);
        match (&found.facts, reading) {
            (Some(beside), Some(reading)) if !beside.is_read => {
                let mut found = Found { facts: None, ..found.clone() };
                add_facts(&mut found, reading.base());
                Cow::Owned(found)
            }
            _ => Cow::Borrowed(found),
        }
    }

    /// How a source is read.
    pub(crate) fn reading(&self, found: &Found<'_>) -> Option<&'l Reading> {
        self.readings.get(found.reading)
    }
}

impl<'l> Finder<'_, 'l> {
    /// None when the build is to stop.
    fn look_into(&self, files: &'l [Listed]) -> Option<Looked<'l>> {
        let mut looked = Looked { sources: Vec::with_capacity(files.len()), archives: Vec::new() };
        let mut records = Records { all: &self.before.sources, next: 0 };
        for file in files {
            if self.options.is_stopped() {
                return None;
            }
            self.look(file, &mut records, &mut looked);
        }
        Some(looked)
    }

    fn look(&self, listed: &'l Listed, records: &mut Records<'_>, looked: &mut Looked<'l>) {
        let path = &listed.path;
        let mut found = self.found(path, path.to_string_lossy());
        found.before = records.place(&found.path);
        let look = match &listed.look {
            Some(look) => look.clone(),
            None => self.look_before(&found).map_or_else(|| look_at(path), Ok),
        };
        let modified = match look {
            Ok((bytes, modified)) => {
                (found.bytes, found.modified) = (bytes, Some(modified));
                modified
            }
            Err(reason) => {
                let message = format!("{}: cannot be read: {reason}", found.path);
                found.refusal = Some(Box::new(Refusal::failed("unreadable", message)));
                looked.sources.push(found);
                return;
            }
        };
        if !self.is_as_before(&found, modified) {
            if self.take_archive_as_before(&found, modified, looked) {
                return;
            }
            if starts_as_zip(path) {
                match Archive::open(path, &self.options.limits) {
                    Ok(archive) if !is_document(&archive) => {
                        self.take_archive(&found, modified, &archive, records, looked);
                        return;
                    }
                    Ok(_) => {}
                    Err(error) => found.refusal = Some(Box::new(Refusal::from(&error))),
                }
            }
        }
        if found.refusal.is_none() {
            if listed.is_known {
                self.add_facts_as_before(&mut found);
            } else if self.has_facts_beside(path) {
                add_facts(&mut found, &self.base);
            }
        }
        looked.sources.push(found);
    }

    fn has_facts_beside(&self, path: &Path) -> bool {
        !self.listing.facts.is_empty() && self.listing.facts.contains(&facts_beside(path))
    }

    /// Takes the facts beside a file to be as they were, without reading them. Where the file failed, it may have
    /// been because of them.
    fn add_facts_as_before(&self, found: &mut Found<'_>) {
        let record = found.before.and_then(|place| self.before.sources.get(place));
        if record.is_some_and(|record| matches!(record.outcome, Outcome::Failed { .. })) {
            return add_facts(found, &self.base);
        }
        let known = record.map(|record| known_before(&record.circumstances));
        if let Some(known) = known.filter(|known| **known != *self.base) {
            let circumstances = Arc::from(known);
            found.facts =
                Some(Box::new(FactsBeside { facts: None, is_read: false, circumstances }));
        }
    }

    /// Size and time of a file as an earlier build found it, if they tell that it was not changed later.
    fn look_before(&self, found: &Found<'_>) -> Option<(u64, i64)> {
        let (bytes, modified) = match found.before.and_then(|at| self.before.sources.get(at)) {
            // What failed is opened again.
            Some(record) if matches!(record.outcome, Outcome::Failed { .. }) => return None,
            Some(record) => (record.bytes, record.modified?),
            None => self.archive_before(&found.path).map(|known| (known.bytes, known.modified))?,
        };
        let trusted = !may_have_changed_since(modified, self.before.scanned_at);
        trusted.then_some((bytes, modified))
    }

    fn archive_before(&self, path: &str) -> Option<&ArchiveRecord> {
        let archives = &self.before.archives;
        let place = archives.binary_search_by(|known| (*known.path).cmp(path)).ok()?;
        archives.get(place)
    }

    /// Whether a file was a document at the last look and has not been touched since: it was no archive
    /// of documents then, so it is none now.
    fn is_as_before(&self, found: &Found<'_>, modified: i64) -> bool {
        let known = found.before.and_then(|place| self.before.sources.get(place));
        known.is_some_and(|known| {
            known.bytes == found.bytes
                && known.modified == Some(modified)
                // What failed is looked at again, at little cost: it may be a broken archive.
                && !matches!(known.outcome, Outcome::Failed { .. })
                && !may_have_changed_since(modified, self.before.scanned_at)
        })
    }

    /// Takes the members of an archive that has not been touched; says whether it has not.
    fn take_archive_as_before(
        &self,
        file: &Found<'l>,
        modified: i64,
        looked: &mut Looked<'l>,
    ) -> bool {
        let before = self.before;
        let Some(known) = self.archive_before(&file.path).filter(|known| {
            known.bytes == file.bytes
                && known.modified == modified
                && !may_have_changed_since(modified, before.scanned_at)
        }) else {
            return false;
        };
        let prefix = format!("{}!", file.path);
        let first = before.sources.partition_point(|source| source.path < prefix);
        let members = before.sources.iter().enumerate().skip(first);
        let members = members
            .take_while(|(_, source)| source.path.starts_with(&prefix))
            // A file may be called so too.
            .filter(|(_, source)| source.crc32.is_some());
        looked.sources.extend(members.map(|(place, source)| Found {
            member: Some(prefix.len()),
            bytes: source.bytes,
            crc32: source.crc32,
            before: Some(place),
            ..self.found(file.file, source.path.clone())
        }));
        looked.archives.push(known.clone());
        true
    }

    fn take_archive(
        &self,
        file: &Found<'l>,
        modified: i64,
        archive: &Archive,
        records: &mut Records<'_>,
        looked: &mut Looked<'l>,
    ) {
        let members = archive.members().iter();
        let documents = members.filter(|member| member.name.split('/').all(is_document_name));
        looked.sources.extend(documents.map(|member| {
            let path = archive.member_path(member);
            Found {
                member: Some(path.len() - member.name.len()),
                bytes: member.bytes,
                crc32: Some(member.crc32),
                before: records.place(&path),
                ..self.found(file.file, path)
            }
        }));
        let path = file.path.clone().into_owned();
        looked.archives.push(ArchiveRecord { path, bytes: file.bytes, modified });
    }

    fn found(&self, file: &'l Path, path: impl Into<Cow<'l, str>>) -> Found<'l> {
        Found {
            path: path.into(),
            file,
            member: None,
            bytes: 0,
            modified: None,
            crc32: None,
            facts: None,
            reading: self.reading,
            refusal: None,
            before: None,
        }
    }
}

/// Reads the facts beside a file; `base` is the hash of what every document depends on.
fn add_facts(found: &mut Found<'_>, base: &str) {
    let path = facts_beside(found.file);
    let shown = path.display().to_string();
    match fs::read_to_string(&path) {
        Ok(text) => {
            let circumstances = parts_digest([base.as_bytes(), text.as_bytes()]).into();
            let facts = match Facts::parse(&shown, &text) {
                Ok(facts) => Some(facts),
                Err(error) => {
                    let refusal = Refusal::failed("facts", error.to_string());
                    found.refusal = Some(Box::new(refusal));
                    None
                }
            };
            found.facts = Some(Box::new(FactsBeside { facts, is_read: true, circumstances }));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            let message = format!("{shown}: cannot be read: {error}");
            found.refusal = Some(Box::new(Refusal::failed("facts", message)));
        }
    }
}

/// Whether a file changed at that time may have been changed again after it was looked at, without
/// showing a later time.
pub(crate) fn may_have_changed_since(modified: i64, scanned_at: i64) -> bool {
    modified > scanned_at.saturating_sub(TIME_STEP)
}

/// Whether the bytes are those of a zip archive.
fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(&ZIP_MAGIC)
}

fn starts_as_zip(path: &Path) -> bool {
    let mut magic = [0; ZIP_MAGIC.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut magic)).is_ok() && is_zip(&magic)
}

fn is_document(archive: &Archive) -> bool {
    archive.members().iter().any(|member| DOCUMENT_MEMBERS.contains(&member.name.as_str()))
}
