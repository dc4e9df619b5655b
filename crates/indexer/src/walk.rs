//! Which files there are under the inputs, with size and time. None is opened.
//!
//! Every update looks at every file, so folders are listed and files looked at on all cores, and each file
//! is asked for from its folder, so that the system does not follow its path again.

use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use foldhash::{HashMap, HashSet};
use rayon::prelude::*;
use undex_schema::{FolderRecord, SourceHead};

use crate::corpus::may_have_changed_since;
use crate::{BuildError, BuildOptions};

/// The file of facts about documents at the root of a corpus folder.
pub(crate) const CATALOGUE: &str = "catalogue.toml";

/// The file of synonyms in a corpus folder.
const THESAURUS: &str = "thesaurus.toml";
/// What `undex fetch` goes by and writes: where documents come from, and which came.
const OF_FETCHING: [&str; 2] = ["sources.toml", "fetched.jsonl"];

/// What the name of a file of facts beside a document ends with.
const SIDECAR: &str = ".meta.toml";

/// What is found under one input.
#[derive(Debug)]
pub(crate) struct Listing {
    /// The input as it was given.
    pub(crate) input: PathBuf,
    /// The files that may be documents, those of one folder in the order of their names.
    pub(crate) files: Vec<Listed>,
    /// The files of facts about a document beside them.
    pub(crate) facts: HashSet<PathBuf>,
    /// The folders under it, whether they were listed or not.
    pub(crate) folders: Vec<FolderRecord>,
    /// Those of them that were not: what is in them is as an earlier build found it.
    pub(crate) as_before: HashSet<String>,
}

impl Listing {
    fn new(input: PathBuf) -> Self {
        Self {
            input,
            files: Vec::new(),
            facts: HashSet::default(),
            folders: Vec::new(),
            as_before: HashSet::default(),
        }
    }
}

/// A file, or a folder that cannot be listed.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) path: PathBuf,
    /// None where it was not asked for: the file is as an earlier build found it, where one did.
    pub(crate) look: Option<Look>,
    /// Whether the folder was not listed: the facts beside the file are as they were too.
    pub(crate) is_known: bool,
}

/// The size of a file in bytes, and when it was changed, in nanoseconds since 1970; or why that cannot be
/// told.
pub(crate) type Look = Result<(u64, i64), String>;

/// The files that may have changed since an earlier build, and folders of such files.
struct Changed {
    /// Their names, by the folder they stand in without links.
    names: HashMap<PathBuf, HashSet<OsString>>,
}

impl Changed {
    /// None when any file may have changed.
    fn of(options: &BuildOptions) -> Option<Self> {
        let mut names: HashMap<PathBuf, HashSet<OsString>> = HashMap::default();
        // An input that is a file is looked at, also in a folder that is one.
        let files = options.inputs.iter().filter(|input| !input.is_dir());
        for path in options.changed.as_ref()?.iter().chain(files) {
            let mut enter = |folder: &Path, name: &OsStr| {
                names.entry(folder.to_owned()).or_default().insert(name.to_owned());
            };
            // Where it is, and where the link to it is; what is gone is only where it was.
            if let Ok(real) = fs::canonicalize(path)
                && let (Some(folder), Some(name)) = (real.parent(), real.file_name())
            {
                enter(folder, name);
            }
            let folder = path.parent().map(|folder| match folder.as_os_str().is_empty() {
                true => Path::new("."),
                false => folder,
            });
            let folder = folder.and_then(|folder| fs::canonicalize(folder).ok());
            if let (Some(folder), Some(name)) = (folder, path.file_name()) {
                enter(&folder, name);
            }
        }
        Some(Self { names })
    }

    /// The names of those in a folder; none when all in it may have changed.
    fn within(&self, folder: &Path) -> Option<HashSet<OsString>> {
        let real = fs::canonicalize(folder).ok()?;
        let may_have_changed = real.ancestors().any(|folder| {
            let names = folder.parent().and_then(|above| self.names.get(above));
            names.zip(folder.file_name()).is_some_and(|(names, name)| names.contains(name))
        });
        (!may_have_changed).then(|| self.names.get(&real).cloned().unwrap_or_default())
    }
}

/// The folders that an earlier build listed, of which some need not be listed again.
struct Known<'h> {
    scanned_at: i64,
    folders: HashMap<&'h str, &'h FolderRecord>,
}

impl<'h> Known<'h> {
    fn of(head: &'h SourceHead) -> Self {
        let folders = head.folders.iter().map(|folder| (folder.path.as_str(), folder));
        Self { scanned_at: head.scanned_at, folders: folders.collect() }
    }

    /// What is in a folder that looks like this, if nothing came or went since it was listed.
    fn folder(&self, folder: &Path, look: &FolderRecord) -> Option<Folder> {
        let known = self.folders.get(look.path.as_str())?;
        let trusted = !may_have_changed_since(look.modified?, self.scanned_at);
        if !trusted || (known.modified, known.changed) != (look.modified, look.changed) {
            return None;
        }
        let folders = known.folders.iter().map(|name| folder.join(name)).collect();
        Some(Folder { folders, as_before: true, ..Folder::default() })
    }
}

/// What is in one folder.
#[derive(Default)]
struct Folder {
    record: Option<FolderRecord>,
    /// Whether it was not listed.
    as_before: bool,
    folders: Vec<PathBuf>,
    files: Vec<Listed>,
    facts: Vec<PathBuf>,
}

/// Looks through the inputs, each once, in the order of their paths. Files that cannot have changed are not
/// looked at; and folders not even listed, where nothing in them can have changed, come or gone since the
/// earlier build that `head` is of.
///
/// # Errors
/// [`BuildError::Input`] for an input that is not there; [`BuildError::Interrupted`].
pub(crate) fn list(
    options: &BuildOptions,
    head: Option<&SourceHead>,
) -> Result<Vec<Listing>, BuildError> {
    let changed = Changed::of(options);
    let known = head.map(Known::of);
    // The index may lie inside the corpus; it is no part of it.
    let index = fs::canonicalize(&options.index).ok();
    let is_index =
        |path: &Path| index.is_some() && fs::canonicalize(path).ok().as_ref() == index.as_ref();
    let list = |input| list_input(input, options, changed.as_ref(), known.as_ref(), &is_index);
    options.sorted_inputs().into_iter().map(list).collect()
}

fn list_input(
    input: PathBuf,
    options: &BuildOptions,
    changed: Option<&Changed>,
    known: Option<&Known<'_>>,
    is_index: &(dyn Fn(&Path) -> bool + Sync),
) -> Result<Listing, BuildError> {
    let metadata =
        fs::metadata(&input).map_err(|source| BuildError::Input { path: input.clone(), source })?;
    if !metadata.is_dir() {
        let facts = Some(facts_beside(&input)).filter(|facts| fs::symlink_metadata(facts).is_ok());
        let look = Some(Ok(size_and_time(&metadata)));
        let files = vec![Listed { path: input.clone(), look, is_known: false }];
        let facts = facts.into_iter().collect();
        return Ok(Listing { files, facts, ..Listing::new(input) });
    }
    let mut listing = Listing::new(input);
    // Folders of one depth at a time: no tree is too deep for that.
    let mut level = vec![listing.input.clone()];
    while !level.is_empty() {
        if options.is_stopped() {
            return Err(BuildError::Interrupted);
        }
        let listed: Vec<Folder> =
            level.par_iter().map(|folder| list_folder(folder, changed, known)).collect();
        level.clear();
        for folder in listed {
            level.extend(folder.folders.into_iter().filter(|folder| !is_index(folder)));
            listing.files.extend(folder.files);
            listing.facts.extend(folder.facts);
            if let Some(record) = &folder.record
                && folder.as_before
            {
                listing.as_before.insert(record.path.clone());
            }
            listing.folders.extend(folder.record);
        }
    }
    Ok(listing)
}

/// Lists a folder, unless nothing in it can have changed, come or gone.
fn list_folder(folder: &Path, changed: Option<&Changed>, known: Option<&Known<'_>>) -> Folder {
    let changed = changed.and_then(|changed| changed.within(folder));
    // Before it is listed: what comes later makes it later too.
    let look = look_at_folder(folder);
    let nothing_named = changed.as_ref().is_some_and(HashSet::is_empty);
    let as_before = look.as_ref().filter(|_| nothing_named).zip(known);
    let as_before = as_before.and_then(|(look, known)| known.folder(folder, look));
    let mut found = as_before.unwrap_or_else(|| read_folder(folder, changed.as_ref()));
    found.record = look.map(|look| found.record_of(look));
    found
}

impl Folder {
    /// The record of this folder, which looked like this before it was listed.
    fn record_of(&self, look: FolderRecord) -> FolderRecord {
        let files = self.files.iter().map(|file| &file.path);
        let is_unicode = |path: &PathBuf| path.to_str().is_some();
        let all_unicode = files.chain(&self.folders).chain(&self.facts).all(is_unicode);
        // What cannot be read now is tried again, and what cannot be named is listed again.
        let complete =
            all_unicode && !self.files.iter().any(|file| matches!(file.look, Some(Err(_))));
        let names = self.folders.iter().filter_map(|folder| folder.file_name()?.to_str());
        FolderRecord {
            modified: look.modified.filter(|_| complete),
            folders: names.map(str::to_owned).collect(),
            ..look
        }
    }
}

/// A folder as the system tells of it without listing it; none where its path is not in Unicode.
fn look_at_folder(folder: &Path) -> Option<FolderRecord> {
    let file = folder.join("file");
    // As the paths of files in it have it.
    let path = file.parent()?.to_str()?.to_owned();
    // An input may be a link to a folder.
    let found = fs::metadata(folder).ok();
    let modified = found.as_ref().map(|found| size_and_time(found).1);
    Some(FolderRecord {
        path,
        // Systems that do not know it say 0.
        modified: modified.filter(|modified| *modified > 0),
        changed: found.as_ref().map_or(0, status_time),
        folders: Vec::new(),
    })
}

/// When anything about a file was changed, in nanoseconds since 1970; 0 where the system does not say.
#[cfg(unix)]
fn status_time(found: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    found.ctime().saturating_mul(1_000_000_000).saturating_add(found.ctime_nsec())
}

#[cfg(not(unix))]
fn status_time(_: &Metadata) -> i64 {
    0
}

/// Lists a folder; `changed` are the names of the files in it to be looked at, if not all.
fn read_folder(folder: &Path, changed: Option<&HashSet<OsString>>) -> Folder {
    let unreadable = |error: &io::Error| {
        let look = Some(Err(error.to_string()));
        Listed { path: folder.to_owned(), look, is_known: false }
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return Folder { files: vec![unreadable(&error)], ..Folder::default() },
    };
    let mut found = Folder::default();
    let mut documents: Vec<(OsString, DirEntry)> = Vec::new();
    for entry in entries {
        let kind = entry.and_then(|entry| Ok((entry.file_type()?, entry)));
        let (kind, entry) = match kind {
            Ok(known) => known,
            Err(error) => {
                found.files.push(unreadable(&error));
                continue;
            }
        };
        let file_name = entry.file_name();
        let name = file_name.to_string_lossy();
        // Links, devices and pipes are left alone.
        if kind.is_dir() && !is_hidden(&name) {
            found.folders.push(entry.path());
        } else if kind.is_file() && is_document_name(&name) {
            documents.push((file_name, entry));
        } else if name.ends_with(SIDECAR) {
            found.facts.push(entry.path());
        }
    }
    documents.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    found.folders.sort();
    let length = folder.as_os_str().len() + 1;
    found.files.par_extend(documents.par_iter().map(|(name, entry)| {
        // As `join`, which asks for room twice.
        let mut path = PathBuf::with_capacity(length + name.len());
        path.push(folder);
        path.push(name);
        let look = match changed {
            Some(changed) if !changed.contains(name) => None,
            _ => Some(look(entry.metadata())),
        };
        Listed { path, look, is_known: false }
    }));
    found
}

/// Where the facts about a document stand, if there are any.
pub(crate) fn facts_beside(document: &Path) -> PathBuf {
    let mut name = document.to_owned().into_os_string();
    name.push(SIDECAR);
    PathBuf::from(name)
}

/// Asks for size and time of a file.
pub(crate) fn look_at(path: &Path) -> Look {
    look(fs::symlink_metadata(path))
}

fn look(found: io::Result<Metadata>) -> Look {
    found.map(|found| size_and_time(&found)).map_err(|error| error.to_string())
}

fn size_and_time(found: &Metadata) -> (u64, i64) {
    let since = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let time = since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or_default();
    (found.len(), time)
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
}

/// Whether a file of this name in a corpus is taken for a document: not hidden, no facts about
/// other documents, nothing that belongs to `undex fetch`, no note to the people who keep the folder.
pub(crate) fn is_document_name(name: &str) -> bool {
    let is = |other: &&str| name.eq_ignore_ascii_case(other);
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let end = name.len().checked_sub(SIDECAR.len()).and_then(|start| name.get(start..));
    let is_sidecar = end.is_some_and(|end| end.eq_ignore_ascii_case(SIDECAR));
    !(is_hidden(name)
        || name == "__MACOSX"
        || [CATALOGUE, THESAURUS].iter().chain(&OF_FETCHING).any(is)
        || is_sidecar
        || stem.eq_ignore_ascii_case("readme"))
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
            ("thesaurus.toml", false, "the thesaurus"),
            ("N2100001.txt.meta.toml", false, "facts"),
            ("sources.toml", false, "where documents come from"),
            ("fetched.jsonl", false, "which came"),
            (".hidden", false, "hidden"),
            ("__MACOSX", false, "left by an archiver"),
        ];
        for (name, taken, why) in table {
            assert_eq!(is_document_name(name), taken, "{why}");
        }
    }

    #[test]
    fn what_is_listed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("corpus");
        let deep = root.join("a/b/c");
        for made in [&deep, &root.join(".git"), &root.join("index"), &root.join("x.meta.toml")] {
            fs::create_dir_all(made).unwrap();
        }
        let files = [
            ("one.txt", "1"),
            ("one.txt.meta.toml", ""),
            ("README.md", ""),
            (".git/config", ""),
            ("index/CURRENT", ""),
            ("a/b/c/two.txt", "22"),
            ("x.meta.toml/three.txt", "333"),
        ];
        for (name, content) in files {
            fs::write(root.join(name), content).unwrap();
        }
        let index = root.join("index");
        let options = BuildOptions::new([root.clone(), root.clone(), deep.clone()], index);
        let listings = list(&options, None).unwrap();
        let shown: Vec<_> = listings
            .into_iter()
            .map(|listing| {
                let sizes = listing.files.into_iter();
                let sizes = sizes.map(|file| (file.path, file.look.unwrap().unwrap().0));
                let mut sizes: Vec<_> = sizes.collect();
                sizes.sort();
                (listing.input, sizes, listing.facts.len())
            })
            .collect();
        let two = (deep.join("two.txt"), 2);
        let three = (root.join("x.meta.toml/three.txt"), 3);
        let one = (root.join("one.txt"), 1);
        let expected = [(root, vec![two.clone(), one, three], 1), (deep, vec![two], 0)];
        assert_eq!(shown, expected);
    }
}
