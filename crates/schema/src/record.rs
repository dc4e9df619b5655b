//! What is stored of a document once, beside its paragraphs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use undex_document::{
    Date, Document, DocumentType, IdentifiedBy, Language, Role, Source, Symbol, Warning,
};

use crate::DocumentKey;

/// Everything of a document but its paragraphs, and how many it has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Where it was read from.
    pub source: Source,
    /// Its symbol.
    pub symbol: Symbol,
    /// Every symbol it goes by, the first equal to `symbol`.
    pub symbols: Vec<Symbol>,
    /// The language it is written in.
    pub language: Language,
    /// Its title, without number.
    pub title: Option<String>,
    /// Date of adoption or issue.
    pub date: Option<Date>,
    /// What kind of document it is.
    #[serde(rename = "type")]
    pub kind: DocumentType,
    /// Session of its body.
    pub session: Option<String>,
    /// Numbers of its agenda items.
    pub agenda_items: Vec<String>,
    /// How the symbol was found.
    pub identified_by: IdentifiedBy,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
    /// Number of paragraphs, headings and mastheads included.
    pub paragraphs: u32,
    /// Number of paragraphs of each role it has.
    pub roles: BTreeMap<Role, u32>,
}

impl DocumentRecord {
    /// The record of a document.
    pub fn of(document: &Document) -> Self {
        let mut roles = BTreeMap::new();
        for paragraph in &document.paragraphs {
            *roles.entry(paragraph.role).or_insert(0u32) += 1;
        }
        Self {
            source: document.source.clone(),
            symbol: document.symbol.clone(),
            symbols: document.symbols.clone(),
            language: document.language,
            title: document.title.clone(),
            date: document.date,
            kind: document.kind,
            session: document.session.clone(),
            agenda_items: document.agenda_items.clone(),
            identified_by: document.identified_by,
            warnings: document.warnings.clone(),
            paragraphs: u32::try_from(document.paragraphs.len()).unwrap_or(u32::MAX),
            roles,
        }
    }

    /// Its key.
    pub fn key(&self) -> DocumentKey {
        DocumentKey::new(self.symbol.clone(), self.language)
    }
}
