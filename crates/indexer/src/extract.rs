//! One source to its document, whatever happens.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use undex_document::Format;
use undex_ingest::worker::{WorkerError, Workers};
use undex_ingest::{Archive, Context, ExtractError, Extraction, Extractor, Limits, is_archive};
use undex_schema::{DocumentKey, Outcome, WordList, hex, words_of};

use crate::circumstances;
use crate::corpus::Found;
use crate::kept::{Kept, Key};
use crate::readings::Reading;

/// What turns bytes into a document.
pub(crate) trait Extract: Send + Sync {
    fn extract(
        &self,
        path: &str,
        bytes: &[u8],
        context: Context<'_>,
    ) -> Result<Extraction, ExtractError>;
}

impl Extract for Extractor {
    fn extract(
        &self,
        path: &str,
        bytes: &[u8],
        context: Context<'_>,
    ) -> Result<Extraction, ExtractError> {
        self.extract_in_process(path, bytes, context)
    }
}

impl Extract for Workers {
    fn extract(
        &self,
        path: &str,
        bytes: &[u8],
        context: Context<'_>,
    ) -> Result<Extraction, ExtractError> {
        Workers::extract(self, path, bytes, context)
    }
}

/// Why a source gives no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    skipped: bool,
    code: &'static str,
    message: String,
}

/// Why an attempt gave no document.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What the source is to blame for.
    Source(Refusal),
    /// There are no workers; the source is as unknown as before.
    Workers(WorkerError),
}

/// A document, and the words it had before other documents had a say in it, when they had.
pub(crate) struct Extracted {
    pub(crate) extraction: Extraction,
    /// What it depends on beside the bytes of its source.
    pub(crate) circumstances: Arc<str>,
    pub(crate) witnesses: Option<WordList>,
    /// The pairs in it that the corpus confirms.
    pub(crate) confirmed: Vec<String>,
}

/// The bytes of a source.
pub(crate) struct SourceBytes {
    pub(crate) bytes: Vec<u8>,
    /// SHA-256 of them.
    pub(crate) sha256: String,
}

impl Refusal {
    pub(crate) fn failed(code: &'static str, message: String) -> Self {
        Self { skipped: false, code, message }
    }

    pub(crate) fn outcome(&self) -> Outcome {
        let (code, message) = (self.code.to_owned(), self.message.clone());
        if self.skipped {
            Outcome::Skipped { code, message }
        } else {
            Outcome::Failed { code, message }
        }
    }
}

impl From<&ExtractError> for Refusal {
    fn from(error: &ExtractError) -> Self {
        Self { skipped: error.is_skipped(), code: error.code(), message: error.to_string() }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Source(refusal)
    }
}

impl From<ExtractError> for Failure {
    fn from(error: ExtractError) -> Self {
        match error {
            ExtractError::Worker { program, reason, .. } => {
                Self::Workers(WorkerError { program, reason })
            }
            error => Self::Source(Refusal::from(&error)),
        }
    }
}

/// Reads a file, or the member of an open archive.
pub(crate) fn read_source(
    found: &Found<'_>,
    archive: Option<&mut Archive>,
    limits: &Limits,
) -> Result<SourceBytes, Refusal> {
    let bytes = match (found.member(), archive) {
        (Some(name), Some(archive)) => read_member(found, name, archive),
        _ => read_file(found, limits),
    };
    let bytes = bytes.map_err(|error| Refusal::from(&error))?;
    if found.member().is_some() && is_nested_archive(found, &bytes) {
        let message = format!(
            "{}: an archive inside an archive is not read; unpack the outer one",
            found.path
        );
        return Err(Refusal::failed("nested-archive", message));
    }
    let sha256 = hex(&Sha256::digest(&bytes));
    Ok(SourceBytes { bytes, sha256 })
}

/// OpenDocument files and books are zip archives too; their names tell, and the extractor says what
/// it makes of them.
fn is_nested_archive(found: &Found<'_>, bytes: &[u8]) -> bool {
    let name = found.path.to_ascii_lowercase();
    is_archive(bytes) && ![".odt", ".epub"].iter().any(|end| name.ends_with(end))
}

fn read_member(
    found: &Found<'_>,
    name: &str,
    archive: &mut Archive,
) -> Result<Vec<u8>, ExtractError> {
    let member = archive.members().iter().find(|member| member.name == name).cloned();
    match member {
        Some(member) => archive.read(&member),
        None => Err(ExtractError::Malformed {
            path: found.path.to_string(),
            format: Format::Zip,
            reason: "the archive changed while it was read".to_owned(),
        }),
    }
}

fn read_file(found: &Found<'_>, limits: &Limits) -> Result<Vec<u8>, ExtractError> {
    let io = |source| ExtractError::Io { path: found.path.to_string(), source };
    let file = File::open(found.file).map_err(io)?;
    let mut bytes = Vec::new();
    file.take(limits.file_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(ExtractError::Limit {
            path: found.path.to_string(),
            limit: "file_bytes",
            met: found.bytes.max(bytes.len() as u64),
            bound: limits.file_bytes,
        });
    }
    Ok(bytes)
}

/// Extracts a document. With words that the corpus confirms it is extracted twice, because the
/// words it has of itself are what it may confirm to others. Where it cannot be read a second time, it stays as
/// it was read.
pub(crate) fn extract(
    reading: &Reading,
    kept: &Kept,
    found: &Found<'_>,
    source: &SourceBytes,
    confirmed: &BTreeSet<String>,
) -> Result<Extracted, Failure> {
    let context = Context { facts: found.facts(), confirmed: None };
    let alone = kept_or_new(reading, kept, found, source, context)?;
    let known_before = reading.circumstances(found);
    let circumstances =
        circumstances::with_catalogue(known_before, &reading.digests, &alone.document);
    // It may not be the bytes any more that were in doubt about them.
    let in_doubt = alone.undecided.iter().filter(|pair| confirmed.contains(*pair));
    let confirmed: BTreeSet<String> = in_doubt.cloned().collect();
    let context = Context { confirmed: Some(&confirmed), ..context };
    let mended = match confirmed.is_empty() {
        true => None,
        false => match kept_or_new(reading, kept, found, source, context) {
            Ok(mended) => under_its_key(mended, &alone),
            Err(Failure::Source(_)) => None,
            Err(error) => return Err(error),
        },
    };
    let Some(mended) = mended else {
        let confirmed = Vec::new();
        return Ok(Extracted { extraction: alone, circumstances, witnesses: None, confirmed });
    };
    let witnesses = Some(words_of(&alone.document));
    let confirmed = confirmed.into_iter().collect();
    // What it would like to know stays the same question whatever the answer was.
    let extraction = Extraction { undecided: alone.undecided, ..mended };
    Ok(Extracted { extraction, circumstances, witnesses, confirmed })
}

/// A mended document under the key that it has as it was read: others were judged by what it is held as.
fn under_its_key(mut mended: Extraction, alone: &Extraction) -> Option<Extraction> {
    let (document, read) = (&mut mended.document, &alone.document);
    if document.symbol.is_provisional() && read.symbol.is_provisional() {
        // Made of its text, and named in what warns of it.
        let [made, kept] = [&document.symbol, &read.symbol].map(ToString::to_string);
        for warning in &mut document.warnings {
            warning.message = warning.message.replace(&made, &kept);
        }
        document.symbol = read.symbol.clone();
        document.symbols.clone_from(&read.symbols);
    }
    let is_same = DocumentKey::of(document) == DocumentKey::of(read);
    is_same.then_some(mended)
}

/// What was extracted before is not extracted again.
fn kept_or_new(
    reading: &Reading,
    kept: &Kept,
    found: &Found<'_>,
    source: &SourceBytes,
    context: Context<'_>,
) -> Result<Extraction, Failure> {
    let confirmed = context.confirmed.into_iter().flatten();
    let key = Key::new(&source.sha256, reading.circumstances(found), confirmed);
    if let Some(mut extraction) = kept.get(&key, &reading.digests) {
        extraction.relocate(&found.path);
        return Ok(extraction);
    }
    let extraction = guarded(&*reading.extractor, found, &source.bytes, context)?;
    kept.put(&key, &extraction, &reading.digests);
    Ok(extraction)
}

/// A panic in extraction costs the one source.
fn guarded(
    extractor: &dyn Extract,
    found: &Found<'_>,
    bytes: &[u8],
    context: Context<'_>,
) -> Result<Extraction, Failure> {
    let run = AssertUnwindSafe(|| extractor.extract(&found.path, bytes, context));
    let result =
        catch_unwind(run).unwrap_or_else(|panic| Err(ExtractError::panicked(&found.path, &*panic)));
    Ok(result?)
}
