//! `fetched.jsonl`: what was fetched from where, one record a line, the last of a file counting.
//!
//! A line is written in one piece behind the others, after its file has its name. A program that is killed
//! in the middle leaves at worst a file without a record, which is fetched again, or a last line without its
//! end, which is left out when the ledger is read and cut off before the next is written. Nothing is forced
//! to the disk: a file that is not as long as its record says counts as not held.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use fs4::FileExt;
use serde::{Deserialize, Serialize};
use undex_document::{Language, SCHEMA, Symbol};

use crate::transfer::Validators;
use crate::{FetchError, store};

/// The name of the ledger in the corpus. The index takes it for no document.
pub const LEDGER: &str = "fetched.jsonl";

/// One line: a document, or an archive from which documents were taken.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct Record {
    schema: u32,
    /// The address asked.
    pub(crate) address: String,
    /// The source by its name in `sources.toml`.
    pub(crate) source: String,
    /// Whom to name as the source.
    pub(crate) acknowledge: String,
    /// When it came, in UTC.
    pub(crate) fetched: String,
    pub(crate) bytes: u64,
    /// The hash of the file, in hexadecimal.
    pub(crate) sha256: String,
    #[serde(flatten)]
    pub(crate) validators: Validators,
    pub(crate) language: Language,
    /// The document's symbol; of an archive, and of a file in it that does not state one, none.
    #[serde(default)]
    pub(crate) symbol: Option<Symbol>,
    /// The file in the corpus, with strokes; of an archive, which is not kept, none.
    #[serde(default)]
    pub(crate) path: Option<String>,
    /// The set for which an archive was fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) set: Option<String>,
    /// Its session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) session: Option<u16>,
    /// The name of a document in the archive. It is compared and never used as a path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) member: Option<String>,
}

/// What a record is of: a later one of the same takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    File(String),
    Part(String, Option<String>, Option<u16>, Language),
}

impl Record {
    /// A record of what comes from a source now.
    pub(crate) fn new(source: &crate::Source, address: &str, language: Language) -> Self {
        let now = jiff::Timestamp::from_second(jiff::Timestamp::now().as_second());
        Self {
            schema: SCHEMA,
            address: address.to_owned(),
            source: source.name.clone(),
            acknowledge: source.acknowledge.clone(),
            fetched: now.unwrap_or_default().to_string(),
            bytes: 0,
            sha256: String::new(),
            validators: Validators::default(),
            language,
            symbol: None,
            path: None,
            set: None,
            session: None,
            member: None,
        }
    }

    fn key(&self) -> Key {
        match &self.path {
            Some(path) => Key::File(path.clone()),
            None => Key::Part(self.address.clone(), self.set.clone(), self.session, self.language),
        }
    }

    /// The file of a document under the corpus, if the ledger names one that this program would make there:
    /// a ledger may come from somebody else, and must not lead to the other files of a corpus or out of it.
    pub(crate) fn file(&self, corpus: &Path) -> Option<PathBuf> {
        store::file_of(corpus, self.path.as_deref()?, self.set.as_deref().zip(self.session))
    }

    /// Whether its file is there and as long as it was.
    pub(crate) fn is_held(&self, corpus: &Path) -> bool {
        let file = self.file(corpus).and_then(|file| fs::symlink_metadata(file).ok());
        file.is_some_and(|file| file.is_file() && file.len() == self.bytes)
    }
}

/// The records of a corpus, the last of each file.
pub(crate) struct Ledger {
    path: PathBuf,
    records: Vec<Record>,
    by_key: HashMap<Key, usize>,
    /// Bytes up to the end of the last whole line.
    whole: u64,
    /// The file, once it is locked for writing.
    file: Option<File>,
}

impl Ledger {
    /// Reads the ledger of a corpus; where there is none it is empty.
    pub(crate) fn read(corpus: &Path) -> Result<Self, FetchError> {
        let path = corpus.join(LEDGER);
        let mut ledger =
            Self { path, records: Vec::new(), by_key: HashMap::new(), whole: 0, file: None };
        ledger.refuse_links()?;
        match File::open(&ledger.path) {
            Ok(mut file) => ledger.load(&mut file)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(FetchError::io(&ledger.path)(error)),
        }
        Ok(ledger)
    }

    /// Reads the ledger, and keeps others from writing it.
    pub(crate) fn open(corpus: &Path) -> Result<Self, FetchError> {
        fs::create_dir_all(corpus).map_err(FetchError::io(corpus))?;
        let mut ledger = Self {
            path: corpus.join(LEDGER),
            records: Vec::new(),
            by_key: HashMap::new(),
            whole: 0,
            file: None,
        };
        ledger.refuse_links()?;
        let file = OpenOptions::new().read(true).append(true).create(true).open(&ledger.path);
        let mut file = file.map_err(FetchError::io(&ledger.path))?;
        match FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(fs4::TryLockError::WouldBlock) => {
                let reason = "another undex fetch is at work in this corpus; wait for it to end";
                return Err(ledger.error(reason.to_owned()));
            }
            Err(fs4::TryLockError::Error(error)) => {
                return Err(FetchError::io(&ledger.path)(error));
            }
        }
        ledger.load(&mut file)?;
        file.set_len(ledger.whole).map_err(FetchError::io(&ledger.path))?;
        ledger.file = Some(file);
        Ok(ledger)
    }

    /// Through a link, lines would be written behind a file outside of the corpus.
    fn refuse_links(&self) -> Result<(), FetchError> {
        match fs::symlink_metadata(&self.path) {
            Ok(metadata) if !metadata.is_file() => {
                Err(self.error("it is no plain file; remove it".to_owned()))
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(FetchError::io(&self.path)(error))
            }
            _ => Ok(()),
        }
    }

    fn error(&self, reason: String) -> FetchError {
        FetchError::Ledger { path: self.path.clone(), reason }
    }

    fn load(&mut self, file: &mut File) -> Result<(), FetchError> {
        // The last line may end within a character.
        let mut text = Vec::new();
        file.seek(SeekFrom::Start(0)).map_err(FetchError::io(&self.path))?;
        file.read_to_end(&mut text).map_err(FetchError::io(&self.path))?;
        for (number, line) in text.split_inclusive(|&byte| byte == b'\n').enumerate() {
            if !line.ends_with(b"\n") {
                break;
            }
            self.whole += line.len() as u64;
            if line.trim_ascii().is_empty() {
                continue;
            }
            let record: Record = serde_json::from_slice(line).map_err(|error| {
                let number = number + 1;
                let error = store::one_line(&error.to_string());
                self.error(format!(
                    "line {number}: {error}; remove the line, and its file is fetched again when it is asked for"
                ))
            })?;
            self.insert(record);
        }
        Ok(())
    }

    fn insert(&mut self, record: Record) {
        let key = record.key();
        match self.by_key.get(&key).and_then(|at| self.records.get_mut(*at)) {
            Some(old) => *old = record,
            None => {
                self.by_key.insert(key, self.records.len());
                self.records.push(record);
            }
        }
    }

    /// Writes a record behind the others.
    pub(crate) fn append(&mut self, record: Record) -> Result<(), FetchError> {
        let mut line = serde_json::to_vec(&record).map_err(|error| FetchError::Ledger {
            path: self.path.clone(),
            reason: error.to_string(),
        })?;
        line.push(b'\n');
        if let Some(file) = &mut self.file {
            file.write_all(&line).map_err(FetchError::io(&self.path))?;
        }
        self.insert(record);
        Ok(())
    }

    /// The records, in the order in which their files were first fetched.
    pub(crate) fn records(&self) -> &[Record] {
        &self.records
    }

    /// The record of a file.
    pub(crate) fn of_file(&self, path: &str) -> Option<&Record> {
        self.by_key.get(&Key::File(path.to_owned())).and_then(|at| self.records.get(*at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(path: &str, sha256: &str) -> Record {
        Record {
            schema: SCHEMA,
            address: "https://papers.example/1".to_owned(),
            source: "papers".to_owned(),
            acknowledge: "The office of papers".to_owned(),
            fetched: "2026-11-28T04:00:00Z".to_owned(),
            bytes: 3,
            sha256: sha256.to_owned(),
            validators: Validators { etag: Some("\"1\"".to_owned()), last_modified: None },
            language: Language::English,
            symbol: Some("UNDEX/A/1".parse().unwrap()),
            path: Some(path.to_owned()),
            set: None,
            session: None,
            member: None,
        }
    }

    #[test]
    fn the_last_record_of_a_file_counts() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path()).unwrap();
        for (path, hash) in [("a.pdf", "1"), ("b.pdf", "2"), ("a.pdf", "3")] {
            ledger.append(record(path, hash)).unwrap();
        }
        drop(ledger);
        let ledger = Ledger::read(folder.path()).unwrap();
        let hashes: Vec<&str> = ledger.records().iter().map(|one| one.sha256.as_str()).collect();
        assert_eq!(hashes, ["3", "2"]);
        assert_eq!(ledger.of_file("a.pdf"), Some(&record("a.pdf", "3")));
    }

    #[test]
    fn a_last_line_without_its_end_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path()).unwrap();
        ledger.append(record("a.pdf", "1")).unwrap();
        drop(ledger);
        let path = folder.path().join(LEDGER);
        let whole = fs::read_to_string(&path).unwrap();
        // Wherever the machine stopped.
        for end in [1, whole.len() / 2, whole.len() - 1] {
            fs::write(&path, format!("{whole}{}", &whole[..end])).unwrap();
            assert_eq!(Ledger::read(folder.path()).unwrap().records().len(), 1);
            let mut ledger = Ledger::open(folder.path()).unwrap();
            ledger.append(record("b.pdf", "2")).unwrap();
            drop(ledger);
            assert_eq!(Ledger::read(folder.path()).unwrap().records().len(), 2, "cut at {end}");
        }
        // Within a character.
        let text = whole.replace("office", "b\u{fc}ro");
        let end = text.find('\u{fc}').unwrap() + 1;
        fs::write(&path, [text.as_bytes(), &text.as_bytes()[..end]].concat()).unwrap();
        assert_eq!(Ledger::read(folder.path()).unwrap().records().len(), 1);
        let mut ledger = Ledger::open(folder.path()).unwrap();
        ledger.append(record("b.pdf", "2")).unwrap();
        drop(ledger);
        assert_eq!(Ledger::read(folder.path()).unwrap().records().len(), 2);
        fs::write(&path, format!("{whole}nonsense\n{whole}")).unwrap();
        let error = Ledger::read(folder.path()).err().unwrap().to_string();
        assert!(error.contains("line 2") && error.contains("remove the line"), "{error}");
    }

    #[test]
    fn one_writer_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = Ledger::open(folder.path()).unwrap();
        let error = Ledger::open(folder.path()).err().unwrap().to_string();
        assert!(error.contains("another undex fetch"), "{error}");
        assert!(Ledger::read(folder.path()).is_ok());
        drop(first);
        assert!(Ledger::open(folder.path()).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_ledger_is_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let (corpus, outside) = (folder.path().join("corpus"), folder.path().join("outside"));
        fs::create_dir(&corpus).unwrap();
        fs::write(&outside, "half a line").unwrap();
        std::os::unix::fs::symlink(&outside, corpus.join(LEDGER)).unwrap();
        for error in [Ledger::open(&corpus).err(), Ledger::read(&corpus).err()] {
            let error = error.unwrap().to_string();
            assert!(error.contains("no plain file; remove it"), "{error}");
        }
        assert_eq!(fs::read_to_string(&outside).unwrap(), "half a line");
    }

    #[test]
    fn files_lie_under_the_corpus() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path();
        for made in ["fetched", "maps/78"] {
            fs::create_dir_all(corpus.join(made)).unwrap();
        }
        // (path, the set and session it is of, whether this program makes such a file)
        let maps = Some(("maps", 78));
        let table = [
            ("fetched/A_1.en.pdf", None, true),
            ("fetched/S_RES_1325(2000).fr.docx", None, true),
            ("maps/78/A_RES_78_1.es.00ff.xml", maps, true),
            ("gone/78/A_RES_78_1.es.xml", Some(("gone", 78)), true),
            ("maps/78/A_RES_78_1.es.xml", None, false),
            ("maps/78/A_RES_78_1.es.xml", Some(("maps", 79)), false),
            ("fetched/A_1.en.pdf", maps, false),
            ("../a.pdf", None, false),
            ("fetched/../../a.pdf", None, false),
            ("../78/a.pdf", Some(("..", 78)), false),
            (".git/78/a.pdf", Some((".git", 78)), false),
            ("/etc/passwd", None, false),
            ("", None, false),
            ("a.pdf", None, false),
            ("sources.toml", None, false),
            ("fetched.jsonl", None, false),
            (".git/config", None, false),
            ("fetched/.hidden.pdf", None, false),
            ("fetched/A_1.en.pdf.meta.toml", None, false),
            ("fetched/a/b.pdf", None, false),
            ("fetched//b.pdf", None, false),
            ("fetched\\b.pdf", None, false),
            ("fetched/c:b.pdf", None, false),
            ("fetched/pdf", None, false),
        ];
        for (path, of, inside) in table {
            let mut record = record(path, "1");
            record.set = of.map(|(set, _)| set.to_owned());
            record.session = of.map(|(_, session)| session);
            assert_eq!(record.file(corpus).is_some(), inside, "{path}");
        }
        #[cfg(unix)]
        {
            fs::create_dir(corpus.join("real")).unwrap();
            fs::remove_dir(corpus.join("fetched")).unwrap();
            std::os::unix::fs::symlink(corpus.join("real"), corpus.join("fetched")).unwrap();
            assert_eq!(record("fetched/A_1.en.pdf", "1").file(corpus), None, "through a link");
        }
    }
}
