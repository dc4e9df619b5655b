//! One work in one language, with where it came from and how it was identified.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Language, Paragraph, Symbol};

/// The number of the JSON contract that undex writes. Within it, no field is renamed or given
/// another meaning.
pub const SCHEMA: u32 = 1;

/// The format of a source, told by its content and not by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Akoma Ntoso XML, the AKN4UN profile.
    Akn,
    /// HTML.
    Html,
    /// Markdown, or what converters to Markdown leave.
    Markdown,
    /// Plain text.
    Text,
    /// PDF.
    Pdf,
    /// Word, `.docx`.
    Docx,
    /// Old Word, `.doc`.
    Doc,
    /// An archive of documents.
    Zip,
}

impl Format {
    /// The name in JSON and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Akn => "akn",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Zip => "zip",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where a document was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The path as given; a member of an archive stands behind `archive.zip!`.
    pub path: String,
    /// The format found.
    pub format: Format,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// What kind of document it is, after the UN's series and headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentType {
    /// A resolution.
    Resolution,
    /// A draft resolution, series L.
    DraftResolution,
    /// A decision.
    Decision,
    /// A report, also one transmitted by a note or still in draft.
    Report,
    /// A note by the Secretary-General or the Secretariat.
    Note,
    /// A letter or note verbale.
    Letter,
    /// A verbatim or summary record, series PV and SR.
    Record,
    /// A statement by a presidency, series PRST.
    Statement,
    /// A working or conference room paper, series WP and CRP.
    WorkingPaper,
    /// An information paper, series INF.
    Information,
    /// A guide to a subject, such as undex's own handbook.
    Guide,
    /// Anything else.
    Other,
}

/// A word that names no type of document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown document type {given:?}: use one of {known}", given = .0, known = DocumentType::ALL.map(DocumentType::name).join(", "))]
pub struct UnknownDocumentType(pub String);

impl DocumentType {
    /// Every type, in the order above.
    pub const ALL: [DocumentType; 12] = [
        Self::Resolution,
        Self::DraftResolution,
        Self::Decision,
        Self::Report,
        Self::Note,
        Self::Letter,
        Self::Record,
        Self::Statement,
        Self::WorkingPaper,
        Self::Information,
        Self::Guide,
        Self::Other,
    ];

    /// The name in JSON and in queries (`type:draft-resolution`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resolution => "resolution",
            Self::DraftResolution => "draft-resolution",
            Self::Decision => "decision",
            Self::Report => "report",
            Self::Note => "note",
            Self::Letter => "letter",
            Self::Record => "record",
            Self::Statement => "statement",
            Self::WorkingPaper => "working-paper",
            Self::Information => "information",
            Self::Guide => "guide",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for DocumentType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for DocumentType {
    type Err = UnknownDocumentType;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == wanted)
            .ok_or_else(|| UnknownDocumentType(text.to_owned()))
    }
}

/// How a document's symbol was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IdentifiedBy {
    /// A file of facts beside it, `FILE.meta.toml`.
    Sidecar,
    /// The metadata of its format.
    Metadata,
    /// The symbol in its masthead.
    Masthead,
    /// The heading of a resolution, `78/237. Title`.
    Heading,
    /// The running head of its pages.
    Runninghead,
    /// Evidence in the catalogue.
    Catalogue,
    /// Nothing: it is held under a provisional key.
    None,
}

/// Something a reader of the document should know, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// A stable name for programs, such as `note-text-lost`.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// One work in one language. (symbol, language) is its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Where it was read from.
    pub source: Source,
    /// Its symbol; a provisional one when it could not be identified.
    pub symbol: Symbol,
    /// Every symbol it goes by, the first equal to `symbol`: joint symbols, lettered resolutions.
    pub symbols: Vec<Symbol>,
    /// The language it is written in.
    pub language: Language,
    /// Its title, without number.
    pub title: Option<String>,
    /// Date of adoption for a resolution, otherwise of issue.
    pub date: Option<Date>,
    /// What kind of document it is.
    #[serde(rename = "type")]
    pub kind: DocumentType,
    /// Session of its body as in symbols: `78`, `S-13`.
    pub session: Option<String>,
    /// Numbers of the agenda items it was issued under.
    pub agenda_items: Vec<String>,
    /// How the symbol was found.
    pub identified_by: IdentifiedBy,
    /// Its paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
}
