//! The sources of a corpus: which there are, and what each depends on.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::HashMap;
use rayon::ThreadPool;
use rayon::prelude::*;
use undex_ingest::{Archive, Catalogue, CatalogueDigests, EXTRACTION_VERSION, Facts, Limits};
use undex_schema::{ArchiveRecord, Outcome, SourceRecord, SourceTable, parts_digest};

use crate::extract::{Extract, Refusal};
use crate::walk::{CATALOGUE, Listed, Listing, facts_beside, is_document_name};
use crate::{BuildError, BuildOptions};

/// What the bytes of a zip archive begin with.
const ZIP_MAGIC: [u8; 4] = *b"PK\x03\x04";

/// Members that tell a zip archive that is one document, in Word, OpenDocument or EPUB format, from
/// an archive of documents.
const DOCUMENT_MEMBERS: [&str; 2] = ["[Content_Types].xml", "mimetype"];

/// A file changed less than this before the corpus was looked at, in nanoseconds, may have been
/// changed again without a new time: some file systems count in steps of two seconds.
const TIME_STEP: i64 = 2_000_000_000;

/// Makes what extracts from a catalogue and limits; replaced in tests.
pub(crate) type MakeExtract<'m> = &'m dyn Fn(Catalogue, Limits) -> Box<dyn Extract>;

/// Everything found under the inputs.
pub(crate) struct Corpus {
    /// One per catalogue; sources name theirs by its place.
    pub(crate) readings: Vec<Reading>,
    /// By path, without repeats.
    pub(crate) sources: Vec<Found>,
    /// By path.
    pub(crate) archives: Vec<ArchiveRecord>,
}

/// How documents are extracted with one catalogue.
pub(crate) struct Reading {
    pub(crate) extractor: Box<dyn Extract>,
    /// What the catalogue decides about which documents.
    pub(crate) digests: CatalogueDigests,
}

/// A file or a member of an archive that is to give a document.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// As reports name it.
    pub(crate) path: String,
    /// The file to open: itself, or the archive.
    pub(crate) file: PathBuf,
    /// The member's name in the archive.
    pub(crate) member: Option<String>,
    pub(crate) bytes: u64,
    pub(crate) modified: Option<i64>,
    pub(crate) crc32: Option<u32>,
    /// Hash of what its document depends on beside its bytes, as far as that is known before it is read.
    pub(crate) circumstances: Arc<str>,
    /// Facts beside it.
    pub(crate) facts: Option<Box<Facts>>,
    /// Place in the corpus of how it is read.
    pub(crate) reading: usize,
    /// Why it gives no document, when that is known without reading it.
    pub(crate) refusal: Option<Box<Refusal>>,
}

/// What an earlier build found, by path.
struct Before<'b> {
    table: &'b SourceTable,
    sources: HashMap<&'b str, &'b SourceRecord>,
    archives: HashMap<&'b str, &'b ArchiveRecord>,
}

/// What a listed file is.
enum Looked {
    Source(Found),
    Archive(ArchiveRecord, Vec<Found>),
}

/// What is listed under one input becomes sources.
struct Finder<'f> {
    before: &'f Before<'f>,
    options: &'f BuildOptions,
    listing: &'f Listing,
    /// Hash of the version of extraction, limits and the names of the catalogue.
    base: Arc<str>,
    reading: usize,
}

impl Corpus {
    /// The sources in what is listed. `before` is what an earlier build found; what is as it was then
    /// is not opened. The rest is looked into on the threads of the pool.
    pub(crate) fn find(
        options: &BuildOptions,
        pool: &ThreadPool,
        listings: &[Listing],
        before: &SourceTable,
        make: MakeExtract<'_>,
    ) -> Result<Self, BuildError> {
        let sources = Vec::with_capacity(before.sources.len());
        let mut corpus = Self { readings: Vec::new(), sources, archives: Vec::new() };
        let before = Before {
            table: before,
            sources: before.sources.iter().map(|one| (one.path.as_str(), one)).collect(),
            archives: before.archives.iter().map(|one| (one.path.as_str(), one)).collect(),
        };
        let mut catalogues: Vec<String> = Vec::new();
        for listing in listings {
            let (catalogue, text) = read_catalogue(options, listing)?;
            let limits = format!("{:?}", options.limits);
            let version = EXTRACTION_VERSION.to_le_bytes();
            let known = catalogues.iter().position(|known| *known == text);
            let digests = catalogue.digests();
            let names = digests.of_nicknames().as_bytes();
            let base = Arc::from(parts_digest([&version[..], limits.as_bytes(), names]));
            let reading = known.unwrap_or_else(|| {
                catalogues.push(text);
                let extractor = make(catalogue, options.limits);
                corpus.readings.push(Reading { extractor, digests });
                corpus.readings.len() - 1
            });
            let finder = Finder { before: &before, options, listing, base, reading };
            let looked: Vec<Looked> = pool
                .install(|| {
                    listing.files.par_iter().map(|file| finder.look(file)).collect::<Option<_>>()
                })
                .ok_or(BuildError::Interrupted)?;
            for looked in looked {
                match looked {
                    Looked::Source(found) => corpus.sources.push(found),
                    Looked::Archive(record, members) => {
                        corpus.archives.push(record);
                        corpus.sources.extend(members);
                    }
                }
            }
        }
        corpus.sources.sort_by(|a, b| a.path.cmp(&b.path));
        corpus.sources.dedup_by(|a, b| a.path == b.path);
        corpus.archives.sort_by(|a, b| a.path.cmp(&b.path));
        corpus.archives.dedup_by(|a, b| a.path == b.path);
        Ok(corpus)
    }
}

impl Finder<'_> {
    /// None when the build is to stop.
    fn look(&self, listed: &Listed) -> Option<Looked> {
        if self.options.is_stopped() {
            return None;
        }
        let path = &listed.path;
        let (bytes, modified) = match &listed.look {
            Ok(look) => *look,
            Err(reason) => {
                let mut found = self.found(path, 0, None);
                let message = format!("{}: cannot be read: {reason}", found.path);
                found.refusal = Some(Box::new(Refusal::failed("unreadable", message)));
                return Some(Looked::Source(found));
            }
        };
        let mut found = self.found(path, bytes, Some(modified));
        if !self.is_as_before(&found, modified) {
            if let Some(archive) = self.archive_as_before(&found, modified) {
                return Some(archive);
            }
            if starts_as_zip(path) {
                match Archive::open(path, &self.options.limits) {
                    Ok(archive) if !is_document(&archive) => {
                        return Some(self.archive(found, modified, &archive));
                    }
                    Ok(_) => {}
                    Err(error) => {
                        found.refusal = Some(Box::new(Refusal::from(&error)));
                        return Some(Looked::Source(found));
                    }
                }
            }
        }
        self.add_facts(&mut found);
        Some(Looked::Source(found))
    }

    /// Whether a file was a document at the last look and has not been touched since: it was no archive
    /// of documents then, so it is none now.
    fn is_as_before(&self, found: &Found, modified: i64) -> bool {
        self.before.sources.get(found.path.as_str()).is_some_and(|known| {
            known.bytes == found.bytes
                && known.modified == Some(modified)
                // What failed is looked at again, at little cost: it may be a broken archive.
                && !matches!(known.outcome, Outcome::Failed { .. })
                && !may_have_changed_since(modified, self.before.table.scanned_at)
        })
    }

    /// The members of an archive that has not been touched.
    fn archive_as_before(&self, file: &Found, modified: i64) -> Option<Looked> {
        let before = self.before.table;
        let known = self.before.archives.get(file.path.as_str())?;
        if known.bytes != file.bytes
            || known.modified != modified
            || may_have_changed_since(modified, before.scanned_at)
        {
            return None;
        }
        let prefix = format!("{}!", file.path);
        let first = before.sources.partition_point(|source| source.path < prefix);
        let members = before.sources.iter().skip(first).map_while(|source| {
            let member = source.path.strip_prefix(&prefix)?;
            let mut found = self.found(&file.file, source.bytes, None);
            found.path.clone_from(&source.path);
            found.member = Some(member.to_owned());
            found.crc32 = source.crc32;
            Some(found)
        });
        Some(Looked::Archive((*known).clone(), members.collect()))
    }

    fn archive(&self, file: Found, modified: i64, archive: &Archive) -> Looked {
        let members = archive.members().iter();
        let documents = members.filter(|member| member.name.split('/').all(is_document_name));
        let found = documents.map(|member| {
            let mut found = self.found(&file.file, member.bytes, None);
            found.path = archive.member_path(member);
            found.member = Some(member.name.clone());
            found.crc32 = Some(member.crc32);
            found
        });
        let found = found.collect();
        Looked::Archive(ArchiveRecord { path: file.path, bytes: file.bytes, modified }, found)
    }

    fn found(&self, path: &Path, bytes: u64, modified: Option<i64>) -> Found {
        Found {
            path: path.to_string_lossy().into_owned(),
            file: path.to_owned(),
            member: None,
            bytes,
            modified,
            crc32: None,
            circumstances: self.base.clone(),
            facts: None,
            reading: self.reading,
            refusal: None,
        }
    }

    /// Reads the facts beside a file.
    fn add_facts(&self, found: &mut Found) {
        if self.listing.facts.is_empty() {
            return;
        }
        let path = facts_beside(&found.file);
        if !self.listing.facts.contains(&path) {
            return;
        }
        let shown = path.display().to_string();
        match fs::read_to_string(&path) {
            Ok(text) => {
                let facts = parts_digest([self.base.as_bytes(), text.as_bytes()]);
                found.circumstances = facts.into();
                match Facts::parse(&shown, &text) {
                    Ok(facts) => found.facts = Some(Box::new(facts)),
                    Err(error) => {
                        let refusal = Refusal::failed("facts", error.to_string());
                        found.refusal = Some(Box::new(refusal));
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                let message = format!("{shown}: cannot be read: {error}");
                found.refusal = Some(Box::new(Refusal::failed("facts", message)));
            }
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

/// The catalogue for an input, and its text.
fn read_catalogue(
    options: &BuildOptions,
    listing: &Listing,
) -> Result<(Catalogue, String), BuildError> {
    let beside = listing.input.join(CATALOGUE);
    let path = match &options.catalogue {
        Some(path) => path,
        None if listing.is_folder => &beside,
        None => return Ok((Catalogue::default(), String::new())),
    };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && options.catalogue.is_none() => {
            return Ok((Catalogue::default(), String::new()));
        }
        Err(source) => return Err(BuildError::Input { path: path.clone(), source }),
    };
    let catalogue = Catalogue::parse(&path.display().to_string(), &text)?;
    Ok((catalogue, text))
}

fn starts_as_zip(path: &Path) -> bool {
    let mut magic = [0; ZIP_MAGIC.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut magic)).is_ok() && is_zip(&magic)
}

fn is_document(archive: &Archive) -> bool {
    archive.members().iter().any(|member| DOCUMENT_MEMBERS.contains(&member.name.as_str()))
}
