//! Fetching what a plan says.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use undex_document::{Language, Symbol};
use url::Url;

use crate::archive::{self, Taken};
use crate::client::{Client, host};
use crate::ledger::{Ledger, Record};
use crate::plan::{Plan, PlannedArchive, PlannedDocument, PlannedPart};
use crate::recognise::recognise;
use crate::sources::{Kind, Set, Source};
use crate::transfer::{Arrival, Whole, download, size};
use crate::{Done, FetchError, Outcome, Progress, Report, Request, Sources, Trouble, store};

/// Letters of a hash that stand in a name.
const NAME_HASH: usize = 16;

/// Where the documents of an archive are, by session, language and name in it; the archives within it may
/// use a name again.
type Known = HashMap<(u16, Language, String), String>;

/// Where documents go, and how the network is reached.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the corpus.
    pub corpus: PathBuf,
    /// Whether `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` are heeded.
    pub proxy_from_environment: bool,
    /// Ends the run between two pieces of a file when it is set; what is whole by then is kept.
    pub stop: Arc<AtomicBool>,
}

impl Options {
    /// A corpus, without heed of the environment.
    pub fn new(corpus: impl Into<PathBuf>) -> Self {
        let corpus = corpus.into();
        Self { corpus, proxy_from_environment: false, stop: Arc::default() }
    }
}

/// What it takes to fetch one thing after the other.
pub(crate) struct Run<'r> {
    pub(crate) sources: &'r Sources,
    pub(crate) options: &'r Options,
    pub(crate) progress: &'r dyn Progress,
    pub(crate) client: Client,
    pub(crate) ledger: Ledger,
    pub(crate) report: Report,
}

/// Says what a request comes to. No request is sent, and nothing is written.
///
/// `in_index` tells whether a document is held that is not in the ledger, such as one that somebody put
/// into the corpus and indexed.
///
/// # Errors
/// [`FetchError`] for sets and sessions that are not there, and for a ledger that cannot be read.
pub fn plan(
    request: &Request,
    sources: &Sources,
    options: &Options,
    in_index: &dyn Fn(&Symbol, Language) -> bool,
) -> Result<Plan, FetchError> {
    let ledger = Ledger::read(&options.corpus)?;
    Plan::make(request, sources, &ledger, &options.corpus, in_index)
}

/// The sources that an update asks, by their names: those that the ledger has anything from.
///
/// # Errors
/// [`FetchError`] for a ledger that cannot be read.
pub fn recorded_sources(options: &Options) -> Result<BTreeSet<String>, FetchError> {
    let ledger = Ledger::read(&options.corpus)?;
    Ok(ledger.records().iter().map(|record| record.source.clone()).collect())
}

/// Asks the sources for the sizes of what a plan would fetch, without fetching it. A host that refuses, or
/// that asks to wait, is asked no more. When [`Options::stop`] is set, the other sizes stay unknown.
pub fn ask_sizes(plan: &mut Plan, sources: &Sources, options: &Options) {
    let stop = Arc::clone(&options.stop);
    let mut client = Client::new(options.proxy_from_environment, stop);
    let documents = plan.documents.iter_mut().filter(|one| one.held.is_none());
    let archives = plan.archives.iter_mut().filter(|one| one.parts.iter().any(|part| !part.held));
    let archives = archives.map(|one| &mut one.place);
    for place in documents.flat_map(|one| &mut one.places).chain(archives) {
        if client.is_stopped() {
            return;
        }
        if let Some(source) = sources.source(&place.source) {
            place.bytes = size(&mut client, source, &place.address);
        }
    }
}

/// Fetches what a plan says and is not held. A document that cannot be fetched costs no other; the report
/// has a line for each.
///
/// # Errors
/// [`FetchError`] when the ledger cannot be read or written; what was fetched by then is kept.
pub fn fetch(
    plan: &Plan,
    sources: &Sources,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Report, FetchError> {
    let mut run = Run::new(sources, options, progress)?;
    let asked = plan.documents.iter().filter(|one| one.held.is_none()).count();
    progress.total((asked + plan.archives.len()) as u64);
    for document in &plan.documents {
        if run.is_stopped() {
            break;
        }
        run.document(document)?;
    }
    for archive in &plan.archives {
        if run.is_stopped() {
            break;
        }
        run.archive(archive)?;
    }
    Ok(run.end())
}

impl<'r> Run<'r> {
    pub(crate) fn new(
        sources: &'r Sources,
        options: &'r Options,
        progress: &'r dyn Progress,
    ) -> Result<Self, FetchError> {
        let client = Client::new(options.proxy_from_environment, Arc::clone(&options.stop));
        let ledger = Ledger::open(&options.corpus)?;
        Ok(Self { sources, options, progress, client, ledger, report: Report::default() })
    }

    pub(crate) fn end(mut self) -> Report {
        self.report.interrupted = self.is_stopped();
        self.report
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.client.is_stopped()
    }

    /// Notes what became of something.
    pub(crate) fn done(&mut self, done: Done) {
        if let (Outcome::Fetched | Outcome::Changed, Some(bytes)) = (done.outcome, done.bytes) {
            self.report.bytes += bytes;
        }
        self.report.add(done, self.progress);
    }

    /// Notes that something failed; that the run was stopped is no failure of a document.
    pub(crate) fn failed(&mut self, done: Done, trouble: &Trouble) {
        if !matches!(trouble, Trouble::Interrupted) {
            let outcome = Outcome::Failed;
            self.done(Done { outcome, ..done.because(trouble.to_string()) });
        }
    }

    fn document(&mut self, document: &PlannedDocument) -> Result<(), FetchError> {
        let done = |outcome| Done::new(Some(document.symbol.clone()), document.language, outcome);
        if let Some(held) = &document.held {
            self.done(done(Outcome::Held).because(held.clone()));
            return Ok(());
        }
        // What is told of several places is what went wrong at the first that did not just lack it.
        let mut told: Option<(Done, Trouble)> = None;
        for place in &document.places {
            let Some(source) = self.sources.source(&place.source) else { continue };
            let tried = done(Outcome::Failed).asked_of(&source.name, place.address.as_str());
            match self.ask_place(document, source, &place.address, place.format) {
                Ok((record, path)) => {
                    let fetched = done(Outcome::Fetched).asked_of(&source.name, &record.address);
                    let fetched = fetched.at(&path, record.bytes);
                    self.ledger.append(record)?;
                    self.done(fetched);
                    return Ok(());
                }
                Err(trouble) => {
                    let ends = !trouble.is_of_the_place();
                    if ends || !matches!(told, Some((_, ref old)) if tells_more(old, &trouble)) {
                        told = Some((tried, trouble));
                    }
                    if ends {
                        break;
                    }
                }
            }
        }
        match told {
            Some((done, trouble)) => self.failed(done, &trouble),
            None => self.failed(done(Outcome::Failed), &Trouble::NotPublished),
        }
        Ok(())
    }

    /// One document from one address into the corpus; its record is still to be written.
    fn ask_place(
        &mut self,
        document: &PlannedDocument,
        source: &Source,
        address: &Url,
        kind: Kind,
    ) -> Result<(Record, String), Trouble> {
        let whole = self.download(source, address)?;
        let format = recognise(&whole, kind, &host(address))?;
        let path = store::place_of(&document.symbol, document.language, format);
        let mut record = Record::new(source, address.as_str(), document.language);
        record.symbol = Some(document.symbol.clone());
        record.path = Some(path.clone());
        record.of_file(&whole);
        let outside = || Trouble::Ledger(store::not_inside(&path));
        let file = record.file(&self.options.corpus).ok_or_else(outside)?;
        let (symbol, language) = (&document.symbol, document.language);
        store::keep(whole, &file, symbol, language, source, address.as_str())?;
        Ok((record, path))
    }

    fn download(&mut self, source: &Source, address: &Url) -> Result<Whole, Trouble> {
        let corpus = &self.options.corpus;
        match download(&mut self.client, source, address, None, corpus, self.progress)? {
            Arrival::File(whole) => Ok(whole),
            // Nobody is asked whether what is not held has changed.
            Arrival::Unchanged => Err(Trouble::NotPublished),
        }
    }

    fn archive(&mut self, archive: &PlannedArchive) -> Result<(), FetchError> {
        let set = self.sources.set(&archive.set)?;
        let Some(source) = self.sources.source(&archive.place.source) else { return Ok(()) };
        let address = archive.place.address.as_str();
        let (held, wanted): (Vec<PlannedPart>, Vec<_>) =
            archive.parts.iter().copied().partition(|part| part.held);
        for part in held {
            let message = format!("{} {}; --update looks for changes", set.name, part.session);
            self.done(Done::new(None, part.language, Outcome::Held).because(message));
        }
        if wanted.is_empty() {
            return Ok(());
        }
        match self.download(source, &archive.place.address) {
            Ok(whole) => self.unpack(&whole, source, set, &wanted, address),
            Err(trouble) => {
                for part in wanted {
                    let done = Done::new(None, part.language, Outcome::Failed);
                    let mut done = done.asked_of(&source.name, address);
                    done.path = Some(format!("{}/{}", set.name, part.session));
                    self.failed(done, &trouble);
                }
                Ok(())
            }
        }
    }

    /// Takes the documents of some sessions and languages out of an archive.
    pub(crate) fn unpack(
        &mut self,
        whole: &Whole,
        source: &Source,
        set: &Set,
        parts: &[PlannedPart],
        address: &str,
    ) -> Result<(), FetchError> {
        let kind = source.formats.first().copied().unwrap_or(Kind::Xml);
        // Where documents of this archive are, and which places are taken.
        let mut known: Known = HashMap::new();
        let mut taken: HashSet<String> = HashSet::new();
        for record in self.ledger.records() {
            let Some(path) = &record.path else { continue };
            taken.insert(path.clone());
            let of_set = record.address == address && record.set.as_ref() == Some(&set.name);
            if let (Some(member), Some(session), true) = (&record.member, record.session, of_set) {
                known.insert((session, record.language, member.clone()), path.clone());
            }
        }
        for &part in parts {
            if self.is_stopped() {
                break;
            }
            let done =
                Done::new(None, part.language, Outcome::Failed).asked_of(&source.name, address);
            let mut written: Result<(), FetchError> = Ok(());
            let mut all = true;
            let result = archive::documents(whole.path(), set, part, kind, &mut |document| {
                if self.is_stopped() {
                    return Err(Trouble::Interrupted);
                }
                let record = Record::new(source, address, part.language);
                match self.take(document, record, set, part, &mut known, &mut taken) {
                    Ok(is_there) => {
                        all &= is_there;
                        Ok(())
                    }
                    Err(error) => {
                        written = Err(error);
                        Err(Trouble::Interrupted)
                    }
                }
            });
            written?;
            match result {
                // With its record the session counts as held, and what is missing would never come.
                Ok(_) if !all => {}
                Ok(_) => {
                    let mut record = Record::new(source, address, part.language);
                    record.of_file(whole);
                    record.set = Some(set.name.clone());
                    record.session = Some(part.session);
                    self.ledger.append(record)?;
                }
                Err(trouble) => {
                    let mut done = done;
                    done.path = Some(format!("{}/{}", set.name, part.session));
                    self.failed(done, &trouble);
                }
            }
        }
        Ok(())
    }

    /// Writes one document of an archive, unless it is there as it is. Whether another attempt has nothing
    /// to write is returned: what is no document will be none then either.
    fn take(
        &mut self,
        document: Taken,
        mut record: Record,
        set: &Set,
        part: PlannedPart,
        known: &mut Known,
        taken: &mut HashSet<String>,
    ) -> Result<bool, FetchError> {
        let Taken { member, symbol, content } = document;
        let done = Done::new(symbol.clone(), part.language, Outcome::Failed)
            .asked_of(&record.source, &record.address);
        let (bytes, format) = match content {
            Ok(content) => content,
            Err(message) => {
                self.failed(done, &Trouble::Archive(message));
                return Ok(true);
            }
        };
        let key = (part.session, part.language, member.clone());
        let path = known.get(&key).cloned().unwrap_or_else(|| {
            let hash: String = Taken::sha256(member.as_bytes()).chars().take(NAME_HASH).collect();
            let (language, symbol) = (part.language, symbol.as_ref());
            let place =
                store::place_in_set(&set.name, part.session, symbol, language, format, &hash);
            if taken.contains(&place) { store::place_beside(&place, &hash) } else { place }
        });
        taken.insert(path.clone());
        known.insert(key, path.clone());
        record.symbol = symbol;
        record.bytes = bytes.len() as u64;
        record.sha256 = Taken::sha256(&bytes);
        record.member = Some(member);
        record.session = Some(part.session);
        record.set = Some(set.name.clone());
        record.path = Some(path.clone());
        let done = done.at(&path, record.bytes);
        let old = self.ledger.of_file(&path);
        let held = old.filter(|old| old.is_held(&self.options.corpus));
        if held.is_some_and(|held| held.sha256 == record.sha256) {
            self.done(Done { outcome: Outcome::Unchanged, ..done });
            return Ok(true);
        }
        let outcome = if held.is_some() { Outcome::Changed } else { Outcome::Fetched };
        let Some(file) = record.file(&self.options.corpus) else {
            self.failed(done, &Trouble::Ledger(store::not_inside(&path)));
            return Ok(false);
        };
        if let Err(trouble) = store::write(&file, &bytes) {
            self.failed(done, &trouble);
            return Ok(false);
        }
        self.ledger.append(record)?;
        self.done(Done { outcome, ..done });
        Ok(true)
    }
}

impl Record {
    /// Takes over what is known of a file that came.
    pub(crate) fn of_file(&mut self, whole: &Whole) {
        self.bytes = whole.bytes;
        self.sha256.clone_from(&whole.sha256);
        self.validators = whole.validators.clone();
    }
}

/// Whether an earlier trouble says more than a later one.
fn tells_more(earlier: &Trouble, later: &Trouble) -> bool {
    !matches!(earlier, Trouble::NotPublished)
        || matches!(later, Trouble::NotPublished | Trouble::NotAsked { .. })
}
