//! The sources of a corpus: which there are, and what each depends on.

use std::collections::HashMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use undex_ingest::{Archive, Catalogue, EXTRACTION_VERSION, Facts, Limits};
use undex_schema::{ArchiveRecord, Outcome, SourceTable, parts_digest};
use walkdir::{DirEntry, WalkDir};

use crate::extract::{Extract, Refusal};
use crate::{BuildError, BuildOptions};

/// The file of facts about documents at the root of a corpus folder.
const CATALOGUE: &str = "catalogue.toml";

/// What the name of a file of facts beside a document ends with.
const SIDECAR: &str = ".meta.toml";

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
    pub(crate) extractors: Vec<Box<dyn Extract>>,
    /// By path, without repeats.
    pub(crate) sources: Vec<Found>,
    /// By path.
    pub(crate) archives: Vec<ArchiveRecord>,
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
    /// Hash of everything but its bytes that its document depends on.
    pub(crate) circumstances: String,
    /// Facts beside it.
    pub(crate) facts: Option<Facts>,
    /// Place of its extractor in the corpus.
    pub(crate) extractor: usize,
    /// Why it gives no document, when that is known without reading it.
    pub(crate) refusal: Option<Refusal>,
}

/// A walk over one input.
struct Walk<'w> {
    before: &'w SourceTable,
    archives_before: HashMap<&'w str, &'w ArchiveRecord>,
    limits: &'w Limits,
    /// Hash of the version of extraction, limits and catalogue.
    base: String,
    extractor: usize,
    corpus: &'w mut Corpus,
}

impl Corpus {
    /// Looks through the inputs. `before` is what an earlier build found; what is as it was then is
    /// not opened.
    pub(crate) fn find(
        options: &BuildOptions,
        before: &SourceTable,
        make: MakeExtract<'_>,
    ) -> Result<Self, BuildError> {
        let mut corpus = Self { extractors: Vec::new(), sources: Vec::new(), archives: Vec::new() };
        let mut inputs = options.inputs.clone();
        inputs.sort();
        inputs.dedup();
        let index = fs::canonicalize(&options.index).ok();
        let mut catalogues: Vec<String> = Vec::new();
        for input in &inputs {
            let metadata = fs::metadata(input)
                .map_err(|source| BuildError::Input { path: input.clone(), source })?;
            let (catalogue, text) = read_catalogue(options, input, &metadata)?;
            let limits = format!("{:?}", options.limits);
            let version = EXTRACTION_VERSION.to_le_bytes();
            let known = catalogues.iter().position(|known| *known == text);
            let extractor = known.unwrap_or_else(|| {
                catalogues.push(text.clone());
                corpus.extractors.push(make(catalogue, options.limits));
                corpus.extractors.len() - 1
            });
            let mut walk = Walk {
                before,
                archives_before: before.archives.iter().map(|a| (a.path.as_str(), a)).collect(),
                limits: &options.limits,
                base: parts_digest([&version[..], limits.as_bytes(), text.as_bytes()]),
                extractor,
                corpus: &mut corpus,
            };
            if metadata.is_dir() {
                walk.folder(input, index.as_deref(), options)?;
            } else {
                walk.file(input, &metadata);
            }
        }
        corpus.sources.sort_by(|a, b| a.path.cmp(&b.path));
        corpus.sources.dedup_by(|a, b| a.path == b.path);
        corpus.archives.sort_by(|a, b| a.path.cmp(&b.path));
        corpus.archives.dedup_by(|a, b| a.path == b.path);
        Ok(corpus)
    }
}

impl Walk<'_> {
    fn folder(
        &mut self,
        root: &Path,
        index: Option<&Path>,
        options: &BuildOptions,
    ) -> Result<(), BuildError> {
        let walk = WalkDir::new(root).follow_links(false).sort_by_file_name();
        let entries = walk.into_iter().filter_entry(|entry| {
            entry.depth() == 0 || !(is_hidden(entry) || is_folder_of(index, entry))
        });
        for entry in entries {
            if options.is_stopped() {
                return Err(BuildError::Interrupted);
            }
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let name = entry.file_name().to_string_lossy();
                    if is_document_name(&name) {
                        match entry.metadata() {
                            Ok(metadata) => self.file(entry.path(), &metadata),
                            Err(error) => self.unreadable(entry.path(), &error.to_string()),
                        }
                    }
                }
                // Folders are entered by the walk; links, devices and pipes are left alone.
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(root).to_owned();
                    self.unreadable(&path, &error.to_string());
                }
            }
        }
        Ok(())
    }

    fn unreadable(&mut self, path: &Path, reason: &str) {
        let name = path.display().to_string();
        let message = format!("{name}: cannot be read: {reason}");
        let mut found = self.found(path, 0, None);
        found.refusal = Some(Refusal::failed("unreadable", message));
        self.corpus.sources.push(found);
    }

    fn file(&mut self, path: &Path, metadata: &Metadata) {
        let modified = modified(metadata);
        let mut found = self.found(path, metadata.len(), Some(modified));
        let known = self.before.get(&found.path);
        if known.is_some_and(|known| {
            known.bytes == found.bytes
                && known.modified == Some(modified)
                // What failed is looked at again, at little cost: it may be a broken archive.
                && !matches!(known.outcome, Outcome::Failed { .. })
                && !may_have_changed_since(modified, self.before.scanned_at)
        }) {
            // It was no archive of documents then, so it is none now.
            self.add_facts(&mut found);
            self.corpus.sources.push(found);
        } else if self.archive_as_before(path, metadata, modified) {
            // Its members are taken over.
        } else if starts_as_zip(path) {
            match Archive::open(path, self.limits) {
                Ok(archive) if !is_document(&archive) => {
                    self.archive(path, metadata, modified, &archive);
                }
                Ok(_) => {
                    self.add_facts(&mut found);
                    self.corpus.sources.push(found);
                }
                Err(error) => {
                    found.refusal = Some(Refusal::from(&error));
                    self.corpus.sources.push(found);
                }
            }
        } else {
            self.add_facts(&mut found);
            self.corpus.sources.push(found);
        }
    }

    /// Takes over the members of an archive that has not been touched.
    fn archive_as_before(&mut self, path: &Path, metadata: &Metadata, modified: i64) -> bool {
        let name = path.display().to_string();
        let Some(known) = self.archives_before.get(name.as_str()) else { return false };
        if known.bytes != metadata.len()
            || known.modified != modified
            || may_have_changed_since(modified, self.before.scanned_at)
        {
            return false;
        }
        let prefix = format!("{name}!");
        let first = self.before.sources.partition_point(|source| source.path < prefix);
        for source in self.before.sources.iter().skip(first) {
            let Some(member) = source.path.strip_prefix(&prefix) else { break };
            let mut found = self.found(path, source.bytes, None);
            found.path.clone_from(&source.path);
            found.member = Some(member.to_owned());
            found.crc32 = source.crc32;
            self.corpus.sources.push(found);
        }
        self.corpus.archives.push((*known).clone());
        true
    }

    fn archive(&mut self, path: &Path, metadata: &Metadata, modified: i64, archive: &Archive) {
        for member in archive.members() {
            if !member.name.split('/').all(is_document_name) {
                continue;
            }
            let mut found = self.found(path, member.bytes, None);
            found.path = archive.member_path(member);
            found.member = Some(member.name.clone());
            found.crc32 = Some(member.crc32);
            self.corpus.sources.push(found);
        }
        self.corpus.archives.push(ArchiveRecord {
            path: path.display().to_string(),
            bytes: metadata.len(),
            modified,
        });
    }

    fn found(&self, path: &Path, bytes: u64, modified: Option<i64>) -> Found {
        Found {
            path: path.display().to_string(),
            file: path.to_owned(),
            member: None,
            bytes,
            modified,
            crc32: None,
            circumstances: self.base.clone(),
            facts: None,
            extractor: self.extractor,
            refusal: None,
        }
    }

    /// Reads the facts beside a file.
    fn add_facts(&self, found: &mut Found) {
        let mut name = found.file.clone().into_os_string();
        name.push(SIDECAR);
        let path = PathBuf::from(name);
        let shown = path.display().to_string();
        match fs::read_to_string(&path) {
            Ok(text) => {
                found.circumstances = parts_digest([self.base.as_bytes(), text.as_bytes()]);
                match Facts::parse(&shown, &text) {
                    Ok(facts) => found.facts = Some(facts),
                    Err(error) => {
                        found.refusal = Some(Refusal::failed("facts", error.to_string()));
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                let message = format!("{shown}: cannot be read: {error}");
                found.refusal = Some(Refusal::failed("facts", message));
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
    input: &Path,
    metadata: &Metadata,
) -> Result<(Catalogue, String), BuildError> {
    let beside = input.join(CATALOGUE);
    let path = match &options.catalogue {
        Some(path) => path,
        None if metadata.is_dir() => &beside,
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

fn modified(metadata: &Metadata) -> i64 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or_default()
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// The index may lie inside the corpus; it is no part of it.
fn is_folder_of(index: Option<&Path>, entry: &DirEntry) -> bool {
    entry.file_type().is_dir()
        && index.is_some_and(|index| fs::canonicalize(entry.path()).is_ok_and(|path| path == index))
}

/// Whether a file of this name in a corpus is taken for a document: not hidden, no facts about
/// other documents, no note to the people who keep the folder.
fn is_document_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_readme =
        lower.strip_prefix("readme").is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    !(name.starts_with('.')
        || name == "__MACOSX"
        || lower == CATALOGUE
        || lower.ends_with(SIDECAR)
        || is_readme)
}

fn starts_as_zip(path: &Path) -> bool {
    let mut magic = [0; ZIP_MAGIC.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut magic)).is_ok() && is_zip(&magic)
}

fn is_document(archive: &Archive) -> bool {
    archive.members().iter().any(|member| DOCUMENT_MEMBERS.contains(&member.name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_taken_for_documents() {
        // (name, taken, why)
        let table = [
            ("N2100001.txt", true, "a document"),
            ("readiness.txt", true, "begins like README"),
            ("README", false, "a note on the folder"),
            ("README.es.md", false, "in a language"),
            ("catalogue.toml", false, "the catalogue"),
            ("N2100001.txt.meta.toml", false, "facts"),
            (".hidden", false, "hidden"),
            ("__MACOSX", false, "left by an archiver"),
        ];
        for (name, taken, why) in table {
            assert_eq!(is_document_name(name), taken, "{why}");
        }
    }
}
