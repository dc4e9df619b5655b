//! Facts about documents whose files do not name themselves, and the evidence that tells them.
//!
//! A catalogue is a TOML file of `[[document]]` tables. Evidence is phrases of the document's own
//! first page: a document is recognised when one `[[document.evidence]]` holds, that is, when all
//! phrases of its `all` stand in the first 12,000 characters and none of its `none` does.
//! Case, accents, spaces and line breaks do not count. `FILE.meta.toml` states facts about one file
//! and needs no evidence.

mod digests;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use undex_citations::Nicknames;
use undex_document::{DocumentType, IdentifiedBy, Language, Symbol};

use crate::identity::Found;

pub use digests::CatalogueDigests;

/// Where evidence is looked for: about three pages, so that a table of contents and a summary may
/// stand before it.
pub(crate) const HEAD_CHARS: usize = 12_000;

/// Letters and digits of the shortest name that prose may call a document by.
const SHORTEST_NAME: usize = 8;

/// Facts and evidence about many documents.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    documents: Vec<Entry>,
    nicknames: Nicknames,
}

/// Facts about one file, from `FILE.meta.toml`. Every field may be left out.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The document's symbol.
    symbol: Option<Symbol>,
    /// The language of this file.
    language: Option<Language>,
    /// The document's title in this file's language.
    title: Option<String>,
    /// Date of adoption or issue.
    #[serde(default, deserialize_with = "date")]
    date: Option<Date>,
    /// Its type.
    #[serde(rename = "type")]
    kind: Option<DocumentType>,
    /// The session of its body.
    session: Option<String>,
    /// Numbers of its agenda items.
    #[serde(default)]
    agenda_items: Vec<String>,
}

/// What a catalogue states of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stated<'c> {
    /// Its title in the language asked for.
    pub title: Option<&'c str>,
    /// Date of issue or adoption.
    pub date: Option<Date>,
    /// Its type.
    pub kind: Option<DocumentType>,
}

/// Why a catalogue or a file of facts could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[error("{path}: {reason}")]
pub struct CatalogueError {
    /// The file.
    pub path: String,
    /// What is wrong and where.
    pub reason: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    document: Vec<Entry>,
}

/// What it knows of one document.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    symbol: Symbol,
    /// Titles by language code.
    #[serde(default)]
    title: BTreeMap<Language, String>,
    #[serde(default, deserialize_with = "date")]
    date: Option<Date>,
    #[serde(rename = "type")]
    kind: Option<DocumentType>,
    session: Option<String>,
    #[serde(default)]
    agenda_items: Vec<String>,
    /// What prose calls the document without giving its symbol, by language code.
    #[serde(default)]
    nicknames: BTreeMap<Language, Vec<String>>,
    /// The process the document belongs to, for people who read the catalogue.
    #[serde(default)]
    process: Option<String>,
    #[serde(default)]
    evidence: Vec<Evidence>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Evidence {
    /// Phrases that must all stand in the head of the document.
    all: Vec<String>,
    /// Phrases that must not.
    #[serde(default)]
    none: Vec<String>,
}

/// A date, as TOML's own or between quotes; on its way to a worker process, as it is.
fn date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    if !deserializer.is_human_readable() {
        return Option::deserialize(deserializer);
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Toml(toml::value::Datetime),
        Text(String),
    }
    let text = match Written::deserialize(deserializer)? {
        Written::Toml(date) => date.to_string(),
        Written::Text(text) => text,
    };
    let expected =
        |_| serde::de::Error::custom(format!("{text:?} is no date: write it as 2023-12-22"));
    text.parse().map(Some).map_err(expected)
}

impl Catalogue {
    /// Reads a catalogue from TOML; `path` is for messages.
    ///
    /// # Errors
    /// When the text is not TOML of the right shape, or when an evidence names no phrase.
    pub fn parse(path: &str, toml: &str) -> Result<Self, CatalogueError> {
        let error = |reason: String| CatalogueError { path: path.to_owned(), reason };
        let mut file: File = toml::from_str(toml).map_err(|e| error(located(&e, toml)))?;
        for entry in &mut file.document {
            for evidence in &mut entry.evidence {
                if evidence.all.iter().all(|phrase| letters(phrase).is_empty()) {
                    return Err(error(format!(
                        "evidence of {} names no phrase in `all`; without one every document would match",
                        entry.symbol
                    )));
                }
                for phrase in evidence.all.iter_mut().chain(&mut evidence.none) {
                    *phrase = letters(phrase);
                }
            }
        }
        let names = file.document.iter().flat_map(|entry| {
            entry.nicknames.values().flatten().map(move |name| (name, &entry.symbol))
        });
        if let Some((name, symbol)) =
            names.into_iter().find(|(name, _)| letters(name).len() < SHORTEST_NAME)
        {
            return Err(error(format!(
                "{name:?} is too short a nickname of {symbol}; it would be found where something else is meant"
            )));
        }
        Ok(Self::from_entries(file.document))
    }

    /// A catalogue of entries that were read before.
    pub(crate) fn from_entries(documents: Vec<Entry>) -> Self {
        let names = documents.iter().flat_map(|entry| {
            let names = entry.nicknames.values().flatten();
            names.map(|name| (name.as_str(), entry.symbol.clone()))
        });
        let nicknames = Nicknames::new(names);
        Self { documents, nicknames }
    }

    /// What prose calls the documents it knows.
    pub fn nicknames(&self) -> &Nicknames {
        &self.nicknames
    }

    /// What it was made of.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.documents
    }

    /// How many documents it knows.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// What the catalogue states of a document: its title in a language, its date and its type.
    pub fn stated(&self, symbol: &Symbol, language: Language) -> Option<Stated<'_>> {
        let entry = self.documents.iter().find(|entry| entry.symbol == *symbol)?;
        let title = entry.title.get(&language).map(String::as_str);
        Some(Stated { title, date: entry.date, kind: entry.kind })
    }

    /// What the catalogue knows of a document with this text. Evidence is looked at only when the
    /// symbol is not known; the document is recognised when exactly one entry's evidence holds.
    pub(crate) fn look_up(
        &self,
        symbol: Option<&Symbol>,
        language: Language,
        head: &str,
    ) -> Option<Found> {
        let entry = match symbol {
            Some(symbol) => self.documents.iter().find(|entry| entry.symbol == *symbol)?,
            None => {
                let head: String = head.chars().take(HEAD_CHARS).collect();
                let head = letters(&head);
                let mut matching = self.documents.iter().filter(|entry| {
                    entry.evidence.iter().any(|evidence| {
                        evidence.all.iter().all(|phrase| head.contains(phrase.as_str()))
                            && !evidence.none.iter().any(|phrase| head.contains(phrase.as_str()))
                    })
                });
                let first = matching.next()?;
                if matching.any(|other| other.symbol != first.symbol) {
                    return None;
                }
                first
            }
        };
        Some(Found {
            symbols: vec![entry.symbol.clone()],
            identified_by: Some(IdentifiedBy::Catalogue),
            language: None,
            title: entry.title.get(&language).cloned(),
            date: entry.date,
            kind: entry.kind,
            session: entry.session.clone(),
            agenda_items: entry.agenda_items.clone(),
        })
    }
}

impl Facts {
    /// Reads `FILE.meta.toml`; `path` is for messages.
    ///
    /// # Errors
    /// When the text is not TOML of the right shape.
    pub fn parse(path: &str, toml: &str) -> Result<Self, CatalogueError> {
        toml::from_str(toml)
            .map_err(|e| CatalogueError { path: path.to_owned(), reason: located(&e, toml) })
    }

    pub(crate) fn found(&self) -> Found {
        Found {
            symbols: self.symbol.iter().cloned().collect(),
            identified_by: self.symbol.as_ref().map(|_| IdentifiedBy::Sidecar),
            language: self.language,
            title: self.title.clone(),
            date: self.date,
            kind: self.kind,
            session: self.session.clone(),
            agenda_items: self.agenda_items.clone(),
        }
    }
}

/// What a TOML error says, on one line, with its line number.
fn located(error: &toml::de::Error, toml: &str) -> String {
    let line = error
        .span()
        .and_then(|span| toml.get(..span.start))
        .map_or(1, |before| before.matches('\n').count() + 1);
    format!("line {line}: {}", error.message().replace('\n', "; "))
}

/// Letters and digits only, folded: what phrases are compared by. Broken words do not matter then.
fn letters(text: &str) -> String {
    crate::structure::words::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOGUE: &str = r#"
        [[document]]
        symbol = "UNDEX/77/1"
        date = 2022-08-01
        type = "report"
        process = "Maps"
        title.en = "First report on maps"
        [[document.evidence]]
        all = ["first report", "group on maps"]
        none = ["second"]

        [[document]]
        symbol = "UNDEX/78/1"
        [[document.evidence]]
        all = ["second report", "group on maps"]
    "#;

    #[test]
    fn evidence_tells_documents_apart() {
        let catalogue = Catalogue::parse("catalogue.toml", CATALOGUE).unwrap();
        let symbol = |head: &str| {
            catalogue
                .look_up(None, Language::English, head)
                .map(|found| found.symbols[0].to_string())
        };
        assert_eq!(
            symbol("The FIRST re port of the\nGroup on Maps").as_deref(),
            Some("UNDEX/77/1")
        );
        assert_eq!(symbol("The second report of the Group on Maps").as_deref(), Some("UNDEX/78/1"));
        assert_eq!(symbol("A report of the Group on Maps"), None);
    }

    #[test]
    fn facts_follow_the_symbol() {
        let catalogue = Catalogue::parse("catalogue.toml", CATALOGUE).unwrap();
        let symbol: Symbol = "UNDEX/77/1".parse().unwrap();
        let found = catalogue.look_up(Some(&symbol), Language::English, "").unwrap();
        assert_eq!(found.title.as_deref(), Some("First report on maps"));
        assert_eq!(found.kind, Some(DocumentType::Report));
    }

    #[test]
    fn errors_name_the_line() {
        let error = Catalogue::parse("c.toml", "[[document]]\nsymbol = \"nonsense\"").unwrap_err();
        assert!(error.to_string().starts_with("c.toml: line 2"), "{error}");
        let error = Catalogue::parse(
            "c.toml",
            "[[document]]\nsymbol = \"A/1/1\"\n[[document.evidence]]\nall = []",
        )
        .unwrap_err();
        assert!(error.to_string().contains("names no phrase"), "{error}");
        let error = Facts::parse("f.meta.toml", "symbl = \"A/1/1\"").unwrap_err();
        assert!(error.to_string().contains("symbl"), "{error}");
    }
}
