//! Asking the sources whether what was fetched has changed.

use std::path::Path;

use undex_document::Language;
use url::Url;

use crate::client::host;
use crate::ledger::Record;
use crate::plan::PlannedPart;
use crate::recognise::recognise;
use crate::run::Run;
use crate::sources::{Kind, Set, Source};
use crate::transfer::{Arrival, Validators, download};
use crate::{Done, FetchError, Options, Outcome, Progress, Report, Sources, Trouble, store};

/// An archive from which documents were taken, with all its records.
struct Taken {
    address: String,
    source: String,
    set: String,
    records: Vec<Record>,
}

/// Asks for everything that the ledger names, and takes what changed. A file that is not there any more is
/// fetched again, so that a corpus can be made anew from its ledger; a document that its source does not
/// have any more is kept. New documents in sessions of a set that were fetched before are taken too.
///
/// # Errors
/// As [`crate::fetch`].
pub fn update(
    sources: &Sources,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Report, FetchError> {
    let mut run = Run::new(sources, options, progress)?;
    let records = run.ledger.records().to_vec();
    let documents: Vec<&Record> =
        records.iter().filter(|one| one.path.is_some() && one.member.is_none()).collect();
    let archives = archives(&records);
    progress.total((documents.len() + archives.len()) as u64);
    for record in documents {
        if run.is_stopped() {
            break;
        }
        run.update_document(record)?;
    }
    for archive in archives {
        if run.is_stopped() {
            break;
        }
        run.update_archive(&archive)?;
    }
    Ok(run.end())
}

/// The archives of a ledger, each once.
fn archives(records: &[Record]) -> Vec<Taken> {
    let mut archives: Vec<Taken> = Vec::new();
    for record in records.iter().filter(|record| record.path.is_none()) {
        let Some(set) = &record.set else { continue };
        let same = archives.iter_mut().find(|archive| {
            archive.address == record.address
                && archive.source == record.source
                && archive.set == *set
        });
        match same {
            Some(archive) => archive.records.push(record.clone()),
            None => archives.push(Taken {
                address: record.address.clone(),
                source: record.source.clone(),
                set: set.clone(),
                records: vec![record.clone()],
            }),
        }
    }
    archives
}

impl<'r> Run<'r> {
    fn update_document(&mut self, record: &Record) -> Result<(), FetchError> {
        let done = Done::new(record.symbol.clone(), record.language, Outcome::Failed)
            .asked_of(&record.source, &record.address)
            .at(record.path.as_deref().unwrap_or_default(), record.bytes);
        let held = record.is_held(&self.options.corpus);
        match self.ask_again(record, held) {
            Ok(None) => self.done(Done { outcome: Outcome::Unchanged, ..done }),
            Ok(Some(new)) => {
                let same = new.sha256 == record.sha256;
                let outcome = match (held, same) {
                    (false, _) => Outcome::Fetched,
                    (true, true) => Outcome::Unchanged,
                    (true, false) => Outcome::Changed,
                };
                let done = Done { outcome, bytes: Some(new.bytes), ..done };
                // The same file may go by a new tag now.
                if !same || new.validators != record.validators {
                    self.ledger.append(new)?;
                }
                self.done(done);
            }
            Err(Trouble::NotPublished) if held => {
                let told = "its source does not have it any more; the file is kept";
                self.failed(done, &Trouble::Ledger(told.to_owned()));
            }
            Err(trouble) => self.failed(done, &trouble),
        }
        Ok(())
    }

    /// The new record of a document, or none where the source says that nothing changed.
    fn ask_again(&mut self, record: &Record, held: bool) -> Result<Option<Record>, Trouble> {
        let (source, address) = self.place_of(record)?;
        let corpus = &self.options.corpus;
        let outside = || {
            let told = "the ledger names a file outside the corpus, behind a link or of another name than undex fetch gives; not asked for";
            Trouble::Ledger(told.to_owned())
        };
        let file = record.file(corpus).ok_or_else(outside)?;
        let known = held.then_some(&record.validators);
        let arrival = download(&mut self.client, source, &address, known, corpus, self.progress)?;
        let Arrival::File(whole) = arrival else { return Ok(None) };
        let kind = kind_of(&file, source);
        recognise(&whole, kind, &host(&address))?;
        let mut new = Record::new(source, address.as_str(), record.language);
        new.symbol.clone_from(&record.symbol);
        new.path.clone_from(&record.path);
        new.of_file(&whole);
        if held && new.sha256 == record.sha256 {
            return Ok(Some(new));
        }
        match &record.symbol {
            Some(symbol) => {
                store::keep(whole, &file, symbol, record.language, source, address.as_str())?;
            }
            None => whole.keep(&file)?,
        }
        Ok(Some(new))
    }

    /// The source and address of a record, where the source still is what serves it: a ledger that was
    /// changed must not lead anywhere else.
    fn place_of(&self, record: &Record) -> Result<(&'r Source, Url), Trouble> {
        let Record { source: name, address, symbol, language, .. } = record;
        let source = self.sources.source(name).ok_or_else(|| {
            Trouble::Ledger(format!("source {name} is not in sources.toml any more; add it again"))
        })?;
        let url = Url::parse(address).ok();
        let url =
            url.filter(|url| source.makes(url, symbol.as_ref(), *language)).ok_or_else(|| {
                Trouble::Ledger(format!("{address} is no address of source {name}; not asked"))
            })?;
        Ok((source, url))
    }

    /// The source and address of an archive, and the set that it is of, where both still are what they were.
    fn place_of_archive(&self, archive: &Taken) -> Result<(&'r Source, Url, &'r Set), Trouble> {
        let record = archive.records.first().ok_or(Trouble::NotPublished)?;
        let (source, address) = self.place_of(record)?;
        let set =
            self.sources.sets().iter().find(|set| {
                set.name == archive.set && set.source.as_ref() == Some(&archive.source)
            });
        let set = set.ok_or_else(|| {
            Trouble::Ledger(format!(
                "set {} of source {} is not in sources.toml any more; add it again",
                archive.set, archive.source
            ))
        })?;
        Ok((source, address, set))
    }

    fn update_archive(&mut self, archive: &Taken) -> Result<(), FetchError> {
        let parts: Vec<PlannedPart> = archive
            .records
            .iter()
            .filter_map(|record| {
                let session = record.session?;
                Some(PlannedPart { session, language: record.language, held: true })
            })
            .collect();
        let done = Done::new(None, Language::Undetermined, Outcome::Failed)
            .asked_of(&archive.source, &archive.address);
        let known = self.known_state(archive);
        let (source, address, set) = match self.place_of_archive(archive) {
            Ok(place) => place,
            Err(trouble) => {
                self.failed(done, &trouble);
                return Ok(());
            }
        };
        let corpus = &self.options.corpus;
        let asked =
            download(&mut self.client, source, &address, known.as_ref(), corpus, self.progress);
        match asked {
            Ok(Arrival::Unchanged) => {
                for record in self.members_of(archive) {
                    let done =
                        Done::new(record.symbol.clone(), record.language, Outcome::Unchanged)
                            .asked_of(&archive.source, &archive.address)
                            .at(record.path.as_deref().unwrap_or_default(), record.bytes);
                    self.done(done);
                }
                Ok(())
            }
            Ok(Arrival::File(whole)) => self.unpack(&whole, source, set, &parts, &archive.address),
            Err(trouble) => {
                self.failed(done, &trouble);
                Ok(())
            }
        }
    }

    /// What an archive is known by, if all that was taken from it was taken from the same state of it and
    /// is still there.
    fn known_state(&self, archive: &Taken) -> Option<Validators> {
        let first = archive.records.first()?;
        let same = archive.records.iter().all(|record| record.sha256 == first.sha256);
        let corpus = &self.options.corpus;
        let held = self.members_of(archive).iter().all(|record| record.is_held(corpus));
        (same && held).then(|| first.validators.clone())
    }

    /// The documents that were taken from an archive.
    fn members_of(&self, archive: &Taken) -> Vec<Record> {
        let of_archive = |record: &&Record| {
            record.member.is_some()
                && record.address == archive.address
                && record.set.as_ref() == Some(&archive.set)
        };
        self.ledger.records().iter().filter(of_archive).cloned().collect()
    }
}

/// What a file was fetched as, by the name that was given to it then.
fn kind_of(file: &Path, source: &Source) -> Kind {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("pdf") => Kind::Pdf,
        Some("doc" | "docx") => Kind::Doc,
        Some("html") => Kind::Html,
        Some("xml") => Kind::Xml,
        _ => source.formats.first().copied().unwrap_or(Kind::Pdf),
    }
}
