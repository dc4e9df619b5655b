//! What is to be fetched from where, and what of it is held. Making a plan sends no request.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use undex_document::{Language, Symbol};
use url::Url;

use crate::FetchError;
use crate::ledger::{Ledger, Record};
use crate::sources::{Kind, Set, Source, Sources};

/// What somebody wants to have.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Documents by their symbols.
    pub symbols: Vec<Symbol>,
    /// Sets by their names.
    pub sets: Vec<String>,
    /// The sessions of sets that are published by session.
    pub sessions: Vec<u16>,
    /// The languages, each of which is a document of its own.
    pub languages: Vec<Language>,
    /// The formats to ask for, the best first; where empty, as the table of sources says.
    pub kinds: Vec<Kind>,
}

/// What is to be done for a request.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Plan {
    /// Documents by symbol and language, in the order of the request.
    pub documents: Vec<PlannedDocument>,
    /// Archives from which documents are taken.
    pub archives: Vec<PlannedArchive>,
}

/// A document in one language.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedDocument {
    /// Its symbol.
    pub symbol: Symbol,
    /// Its language.
    pub language: Language,
    /// Where it is held, if it is: its file in the corpus, or `index`. It is not asked for then.
    pub held: Option<String>,
    /// Where it is asked for, one place after the other until one has it.
    pub places: Vec<Place>,
}

/// An address that may have a document.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    /// The source by its name.
    pub source: String,
    /// The format asked for.
    pub format: Kind,
    /// The address.
    pub address: Url,
    /// Bytes, where the source was asked and said so.
    pub bytes: Option<u64>,
}

/// An archive of documents.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedArchive {
    /// The set it is fetched for.
    pub set: String,
    /// The address.
    #[serde(flatten)]
    pub place: Place,
    /// What is taken from it.
    pub parts: Vec<PlannedPart>,
}

/// The documents of one session and language in an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedPart {
    /// The session.
    pub session: u16,
    /// The language.
    pub language: Language,
    /// Whether it was taken before; an update looks for changes.
    pub held: bool,
}

impl Plan {
    /// Whether a source is asked for anything.
    pub fn asks(&self, source: &str) -> bool {
        let documents = self.documents.iter().filter(|one| one.held.is_none());
        let archives = self.archives.iter().filter(|one| one.parts.iter().any(|part| !part.held));
        documents.flat_map(|one| &one.places).any(|place| place.source == source)
            || archives.map(|one| &one.place).any(|place| place.source == source)
    }

    pub(crate) fn make(
        request: &Request,
        sources: &Sources,
        ledger: &Ledger,
        corpus: &std::path::Path,
        in_index: &dyn Fn(&Symbol, Language) -> bool,
    ) -> Result<Self, FetchError> {
        let mut plan = Self::default();
        let mut symbols = request.symbols.clone();
        let mut by_session = false;
        for name in &request.sets {
            let set = sources.set(name)?;
            match &set.source {
                None => symbols.extend(set.symbols.iter().cloned()),
                Some(source) => {
                    by_session = true;
                    let source = sources.source(source).ok_or(FetchError::NoSource)?;
                    plan.archives.push(archive(request, set, source, ledger)?);
                }
            }
        }
        if let (false, Some(set), false) =
            (by_session, request.sets.first(), request.sessions.is_empty())
        {
            return Err(FetchError::NotBySession { set: set.clone() });
        }
        let mut seen = HashSet::new();
        symbols.retain(|symbol| seen.insert(symbol.clone()));
        // A list of thousands would otherwise go through the ledger as often.
        let mut records: HashMap<(&Symbol, Language), Vec<&Record>> = HashMap::new();
        for record in ledger.records() {
            if let Some(symbol) = &record.symbol {
                records.entry((symbol, record.language)).or_default().push(record);
            }
        }
        for symbol in symbols {
            for &language in &request.languages {
                let places = places(request, sources, &symbol, language)?;
                let mut recorded = records.get(&(&symbol, language)).into_iter().flatten();
                let held = match recorded.find(|record| record.is_held(corpus)) {
                    Some(record) => record.path.clone(),
                    None => in_index(&symbol, language).then(|| "index".to_owned()),
                };
                let symbol = symbol.clone();
                plan.documents.push(PlannedDocument { symbol, language, held, places });
            }
        }
        Ok(plan)
    }
}

/// The addresses that may have a document, source by source and the best format first.
fn places(
    request: &Request,
    sources: &Sources,
    symbol: &Symbol,
    language: Language,
) -> Result<Vec<Place>, FetchError> {
    let mut places = Vec::new();
    let mut any = false;
    for source in sources.by_symbol() {
        any = true;
        if !source.languages.contains(&language) {
            continue;
        }
        let kinds: Vec<Kind> = match request.kinds.as_slice() {
            [] => source.formats.clone(),
            asked => asked.iter().copied().filter(|kind| source.formats.contains(kind)).collect(),
        };
        for format in kinds {
            let address = source.address(Some(symbol), language, format)?;
            places.push(Place { source: source.name.clone(), format, address, bytes: None });
        }
    }
    if any { Ok(places) } else { Err(FetchError::NoSource) }
}

/// What a set that is published by session takes from its archive.
fn archive(
    request: &Request,
    set: &Set,
    source: &Source,
    ledger: &Ledger,
) -> Result<PlannedArchive, FetchError> {
    if request.sessions.is_empty() {
        return Err(FetchError::NoSession { set: set.name.clone() });
    }
    let format = source.formats.first().copied().unwrap_or(Kind::Xml);
    let address = source.address(None, Language::Undetermined, format)?;
    let mut parts = Vec::new();
    for &session in &request.sessions {
        for &language in &request.languages {
            let held = ledger.records().iter().any(|record| {
                record.path.is_none()
                    && record.set.as_ref() == Some(&set.name)
                    && record.session == Some(session)
                    && record.language == language
            });
            parts.push(PlannedPart { session, language, held });
        }
    }
    let place = Place { source: source.name.clone(), format, address, bytes: None };
    Ok(PlannedArchive { set: set.name.clone(), place, parts })
}
