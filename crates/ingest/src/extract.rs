//! From bytes to a document: the way every file goes, step by step.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use undex_citations::Known;
use undex_document::{
    Document, DocumentType, Format, IdentifiedBy, Language, Paragraph, Source, Symbol, Warning,
};

use crate::formats::{self, Draft, akn, encoding, sniff};
use crate::identity::{self, Found};
use crate::structure::{self, Form};
use crate::words::{self, Lexicon};
use crate::{Catalogue, ExtractError, Facts, Limits};

/// The version of everything between bytes and [`Extraction`]. It is raised with every change after
/// which some file gives another document, or an extraction is kept in another form; what was
/// extracted before is then extracted again, and nothing else is.
pub const EXTRACTION_VERSION: u32 = 6;

/// The code of the warning that a document states no symbol.
const UNIDENTIFIED: &str = "unidentified";

/// Turns bytes into documents; shared by all threads.
#[derive(Clone, Debug, Default)]
pub struct Extractor {
    catalogue: Catalogue,
    limits: Limits,
}

/// What is known about a file beside its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Facts from `FILE.meta.toml`.
    pub facts: Option<&'a Facts>,
    /// Pairs that an earlier extraction left [`undecided`](Extraction::undecided) and that the rest
    /// of the corpus has shown to be one word.
    pub confirmed: Option<&'a BTreeSet<String>>,
}

/// A document with what was mended in it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Extraction {
    /// The document.
    pub document: Document,
    /// What was mended, in the order of the text.
    pub repairs: Vec<Repair>,
    /// Pairs of pieces, parted by a space (`herra mientas`), that are one broken word if the corpus
    /// holds the joined word and not both pieces; lower case, sorted, without repeats.
    pub undecided: Vec<String>,
}

/// Something the converter broke and extraction made whole.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Repair {
    /// The paragraph's ordinal.
    pub ordinal: u32,
    /// What was done.
    pub kind: RepairKind,
    /// The text as it stood.
    pub before: String,
    /// The text as it stands now.
    pub after: String,
}

/// What was mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RepairKind {
    /// A word broken by a stray space.
    BrokenWord,
    /// A number broken by a stray space.
    BrokenNumber,
    /// A word divided by a hyphen at the end of a line.
    DividedWord,
    /// A space before a comma or full stop, or beside a hyphen.
    StraySpace,
}

impl std::fmt::Display for RepairKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::BrokenWord => "broken-word",
            Self::BrokenNumber => "broken-number",
            Self::DividedWord => "divided-word",
            Self::StraySpace => "stray-space",
        })
    }
}

impl Extraction {
    /// Makes it the extraction of a file with the same bytes at another path.
    pub fn relocate(&mut self, path: &str) {
        let document = &mut self.document;
        path.clone_into(&mut document.source.path);
        for warning in &mut document.warnings {
            if warning.code == UNIDENTIFIED {
                *warning = unidentified(path, &document.symbol);
            }
        }
    }
}

impl Extractor {
    /// An extractor with a catalogue and limits.
    pub fn new(catalogue: Catalogue, limits: Limits) -> Self {
        Self { catalogue, limits }
    }

    /// The limits it works under.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Reads one document in the calling process and thread. `path` is for messages and for the
    /// document's source; it is not opened.
    ///
    /// A fault in a parser that ends the process or never ends is not survived here; files of
    /// unknown origin are better given to [`Workers`](crate::worker::Workers).
    ///
    /// # Errors
    /// See [`ExtractError`].
    pub fn extract_in_process(
        &self,
        path: &str,
        bytes: &[u8],
        context: Context<'_>,
    ) -> Result<Extraction, ExtractError> {
        if bytes.len() as u64 > self.limits.file_bytes {
            return Err(ExtractError::Limit {
                path: path.to_owned(),
                limit: "file_bytes",
                met: bytes.len() as u64,
                bound: self.limits.file_bytes,
            });
        }
        let format = sniff::format(bytes)
            .ok_or_else(|| ExtractError::UnknownFormat { path: path.to_owned() })?;
        let (mut draft, text_warning) = self.read(path, bytes, format)?;
        draft.warnings.extend(text_warning);
        if !draft.blocks.iter().any(|block| block.text.chars().any(char::is_alphanumeric)) {
            return Err(ExtractError::Empty { path: path.to_owned() });
        }
        self.check_size(path, &draft)?;

        let (found, language) = self.identify(&mut draft, context);
        // Words are counted only where there is something to mend.
        let mended = if draft.broken_words || draft.divided_words && words::divided(&draft.blocks) {
            let lexicon = Lexicon::of(&draft.blocks, language, context.confirmed);
            words::mend(&mut draft.blocks, &lexicon, draft.broken_words)
        } else {
            words::Mended::default()
        };

        let form = draft.form.unwrap_or(match found.kind {
            Some(DocumentType::Resolution | DocumentType::Decision) => Form::Resolution,
            _ => Form::Report,
        });
        let mut paragraphs = match draft.places {
            Some(places) => structure::placed(draft.blocks, places),
            None => structure::paragraphs(draft.blocks, form),
        };
        let symbol = found.symbols.first().cloned().unwrap_or_else(|| provisional(&paragraphs));
        let symbols = if found.symbols.is_empty() { vec![symbol.clone()] } else { found.symbols };
        let known = Known::of(symbols.clone(), found.date);
        undex_citations::annotate(&mut paragraphs, &known, self.catalogue.nicknames());
        if symbol.is_provisional() {
            draft.warnings.push(unidentified(path, &symbol));
        }
        let kind = found
            .kind
            .or_else(|| symbol.document_type())
            .unwrap_or_else(|| identity::kind_by_title(found.title.as_deref(), &paragraphs));
        let document = Document {
            source: Source {
                path: path.to_owned(),
                format,
                bytes: bytes.len() as u64,
                sha256: hex(&Sha256::digest(bytes)),
            },
            session: found.session.or_else(|| symbol.session().map(str::to_owned)),
            symbol,
            symbols,
            language,
            title: found.title,
            date: found.date,
            kind,
            agenda_items: found.agenda_items,
            identified_by: found.identified_by.unwrap_or(IdentifiedBy::None),
            paragraphs,
            warnings: draft.warnings,
        };
        Ok(Extraction { document, repairs: mended.repairs, undecided: mended.undecided })
    }

    fn read(
        &self,
        path: &str,
        bytes: &[u8],
        format: Format,
    ) -> Result<(Draft, Option<Warning>), ExtractError> {
        let (text, encoding) = match format {
            Format::Zip => {
                return Err(ExtractError::Malformed {
                    path: path.to_owned(),
                    format,
                    reason: "an archive inside an archive; unpack the outer one first".to_owned(),
                });
            }
            Format::Pdf => return Ok((formats::pdf::read(path, bytes, &self.limits)?, None)),
            Format::Docx => return Ok((formats::word::read(path, bytes, &self.limits)?, None)),
            Format::Doc => return Ok((formats::word::doc::read(path, bytes, &self.limits)?, None)),
            Format::Akn | Format::Html | Format::Markdown | Format::Text => encoding::decode(bytes),
        };
        let warning = encoding.map(|name| Warning {
            code: "encoding".to_owned(),
            message: format!("not UTF-8; read as {name}; save it as UTF-8 if letters look wrong"),
        });
        let draft = match format {
            Format::Akn => akn::read(path, &text, &self.limits)?,
            Format::Html => formats::html::read(path, &text, &self.limits)?,
            Format::Markdown => formats::text::read(&text, true),
            _ => formats::text::read(&text, false),
        };
        Ok((draft, warning))
    }

    fn check_size(&self, path: &str, draft: &Draft) -> Result<(), ExtractError> {
        let limit = |limit, met: usize, bound: usize| ExtractError::Limit {
            path: path.to_owned(),
            limit,
            met: met as u64,
            bound: bound as u64,
        };
        if draft.blocks.len() > self.limits.paragraphs {
            return Err(limit("paragraphs", draft.blocks.len(), self.limits.paragraphs));
        }
        let longest = draft.blocks.iter().map(|block| block.text.len()).max().unwrap_or(0);
        if longest > self.limits.paragraph_bytes {
            return Err(limit("paragraph_bytes", longest, self.limits.paragraph_bytes));
        }
        Ok(())
    }

    /// Puts together what the file, its sidecar and the catalogue say.
    fn identify(&self, draft: &mut Draft, context: Context<'_>) -> (Found, Language) {
        let stated = context.facts.map(Facts::found).unwrap_or_default();
        let found = stated.or(std::mem::take(&mut draft.found));
        let head = || {
            let mut head = String::new();
            for block in &draft.blocks {
                if let Some(label) = &block.label {
                    head.push_str(label);
                    head.push(' ');
                }
                head.push_str(&block.text);
                head.push('\n');
                if head.len() > 4 * crate::catalogue::HEAD_CHARS {
                    break;
                }
            }
            head
        };
        let language = found.language.unwrap_or_else(|| {
            let head = head();
            identity::detect_language(&head).unwrap_or(Language::Undetermined)
        });
        let known = if self.catalogue.is_empty() {
            None
        } else {
            self.catalogue.look_up(found.symbols.first(), language, &head())
        };
        // The catalogue states facts of the work; the file's own are those of a copy. A title that
        // the file gives stands.
        let found = match known {
            Some(mut known) if !found.symbols.is_empty() => {
                known.symbols.clear();
                known.identified_by = None;
                found.or(known)
            }
            Some(known) => {
                let mut found = found;
                found.title = known.title.clone().or(found.title);
                found.or(known)
            }
            None => found,
        };
        (found, language)
    }
}

/// Tells that a document is held under a key of its own, and what to do.
fn unidentified(path: &str, symbol: &Symbol) -> Warning {
    let remedy = if path.contains('!') {
        "add its evidence to catalogue.toml, or unpack it and state the symbol in FILE.meta.toml beside it".to_owned()
    } else {
        format!(
            "state it in {path}.meta.toml as `symbol = \"...\"`, or add its evidence to catalogue.toml"
        )
    };
    Warning {
        code: UNIDENTIFIED.to_owned(),
        message: format!("no symbol found; held as {symbol}; {remedy}"),
    }
}

/// The key of a document without symbol: the same text has the same key, whatever its file.
fn provisional(paragraphs: &[Paragraph]) -> Symbol {
    let mut hash = Sha256::new();
    for paragraph in paragraphs {
        hash.update(paragraph.label.as_deref().unwrap_or_default().as_bytes());
        hash.update([0]);
        hash.update(paragraph.text.as_bytes());
        hash.update([0]);
    }
    Symbol::provisional(&hex(&hash.finalize()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
