//! `undex extract`.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use undex_document::{Document, SCHEMA};
use undex_ingest::export::Export;
use undex_ingest::worker::Workers;
use undex_ingest::{Archive, Context, ExtractError, Extraction, Facts};

use super::show::JsonDocument;
use super::{text, worker};
use crate::args::{Extract, ExtractFormat};
use crate::exit::{Exit, Failure};
use crate::library;
use crate::terminal;

mod files;

use files::Files;

pub fn run(options: &Extract) -> Result<Exit, Failure> {
    let catalogue = library::catalogue(options.catalogue.as_deref())?;
    let limits = library::limits(&options.limits)?;
    let workers = Workers::new(worker::program()?, catalogue, limits);
    let files = options.output.as_deref().map(|folder| Files::new(folder, options.force));
    let mut run = Run {
        options,
        out: terminal::output(),
        files: files.transpose()?,
        shown: 0,
        failed: false,
    };
    run.check_number(options.files.len())?;
    for file in &options.files {
        run.file(&workers, file)?;
    }
    run.out.flush()?;
    if let (Some(folder), true) = (&options.output, run.shown > 0) {
        let written = terminal::counted(run.shown, "document");
        terminal::note(&format!("{written} written to {}", folder.display()));
    }
    Ok(if run.failed { Exit::Error } else { Exit::Success })
}

struct Run<'o> {
    options: &'o Extract,
    out: terminal::Output,
    /// Where documents go instead of the standard output.
    files: Option<Files>,
    shown: u64,
    failed: bool,
}

impl Run<'_> {
    /// Refuses to put several documents into what must be one.
    fn check_number(&self, documents: usize) -> Result<(), Failure> {
        let one = self.options.format() == ExtractFormat::Akn && self.files.is_none();
        if one && documents > 1 {
            return Err(Failure::error(format!(
                "{documents} documents make no single XML file; give --output DIR for one file each"
            )));
        }
        Ok(())
    }

    fn file(&mut self, workers: &Workers, path: &Path) -> Result<(), Failure> {
        let name = path.display().to_string();
        match is_archive(path) {
            Ok(true) => match Archive::open(path, workers.limits()) {
                Ok(mut archive) if !is_document(&archive) => {
                    self.check_number(archive.members().len())?;
                    for member in archive.members().to_vec() {
                        let path = archive.member_path(&member);
                        let extraction = archive
                            .read(&member)
                            .and_then(|bytes| workers.extract(&path, &bytes, Context::default()));
                        self.show(extraction)?;
                    }
                    Ok(())
                }
                Ok(_) => self.one(workers, path, &name),
                Err(error) => self.show(Err(error)),
            },
            Ok(false) => self.one(workers, path, &name),
            Err(source) => self.show(Err(ExtractError::Io { path: name, source })),
        }
    }

    fn one(&mut self, workers: &Workers, path: &Path, name: &str) -> Result<(), Failure> {
        let facts = facts_beside(path)?;
        let context = Context { facts: facts.as_ref(), ..Context::default() };
        let extraction = read_bounded(path, workers.limits().file_bytes)
            .map_err(|source| ExtractError::Io { path: name.to_owned(), source })
            .and_then(|bytes| workers.extract(name, &bytes, context));
        self.show(extraction)
    }

    /// Writes a document to the standard output.
    fn print(&mut self, document: &Document) -> Result<(), Failure> {
        let format = self.options.format();
        if self.shown > 0 && matches!(format, ExtractFormat::Text | ExtractFormat::Md) {
            writeln!(self.out, "\n")?;
        }
        match format {
            // The same text as in a file, in colour and broken to the width of a terminal.
            ExtractFormat::Text => text::document(&mut self.out, document, terminal::width())?,
            _ => self.out.write_all(written(document, format)?.as_bytes())?,
        }
        Ok(())
    }

    fn show(&mut self, extraction: Result<Extraction, ExtractError>) -> Result<(), Failure> {
        let extraction = match extraction {
            Ok(extraction) => extraction,
            Err(error) => {
                terminal::error(&error.to_string());
                self.failed = true;
                return Ok(());
            }
        };
        let document = &extraction.document;
        if self.options.repairs {
            for repair in &extraction.repairs {
                let place = document
                    .paragraphs
                    .get(repair.ordinal as usize)
                    .map(|paragraph| paragraph.pinpoint.in_language(document.language).to_string());
                let line = format!(
                    "{}, {}\t{}\t{}\t{}",
                    document.symbol,
                    place.unwrap_or_default(),
                    repair.kind,
                    repair.before,
                    repair.after
                );
                writeln!(self.out, "{}", terminal::visible(&line))?;
            }
        } else if let Some(files) = &mut self.files {
            let format = self.options.format();
            if let Err(failure) =
                files.write(document, extension(format), &written(document, format)?)
            {
                terminal::error(failure.message().unwrap_or_default());
                self.failed = true;
                return Ok(());
            }
        } else {
            self.print(document)?;
        }
        self.shown += 1;
        for warning in &document.warnings {
            terminal::warning(&format!("{}: {}", document.source.path, warning.message));
        }
        Ok(())
    }
}

/// A document as the content of a file. What people read is safe to show; what programs read is
/// exact.
fn written(document: &Document, format: ExtractFormat) -> Result<String, Failure> {
    Ok(match format {
        ExtractFormat::Json => {
            let mut line = serde_json::to_string(&JsonDocument { schema: SCHEMA, document })?;
            line.push('\n');
            line
        }
        ExtractFormat::Akn => Export::Akn.write(document),
        ExtractFormat::Md => terminal::visible(&Export::Markdown.write(document)).into_owned(),
        ExtractFormat::Text => terminal::visible(&Export::Text.write(document)).into_owned(),
    })
}

/// What the names of files in a format end with.
fn extension(format: ExtractFormat) -> &'static str {
    match format {
        ExtractFormat::Json => "json",
        ExtractFormat::Akn => Export::Akn.extension(),
        ExtractFormat::Md => Export::Markdown.extension(),
        ExtractFormat::Text => Export::Text.extension(),
    }
}

/// Whether the file is a zip archive by its first bytes.
fn is_archive(path: &Path) -> std::io::Result<bool> {
    let mut head = [0; 4];
    let mut file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(std::io::Error::new(
            std::io::ErrorKind::IsADirectory,
            "it is a folder; give files, or index it with `undex index`",
        ));
    }
    let length = file.read(&mut head)?;
    Ok(head
        .get(..length)
        .is_some_and(|head| head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")))
}

/// Whether the archive is one document, as Word files are, and not an archive of documents.
fn is_document(archive: &Archive) -> bool {
    archive.members().iter().any(|member| member.name == "[Content_Types].xml")
}

/// Reads a file, one byte more than the bound at most, so that the bound is seen to be met.
fn read_bounded(path: &Path, bound: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(bound.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Facts in `FILE.meta.toml`.
fn facts_beside(path: &Path) -> Result<Option<Facts>, Failure> {
    let mut name = path.as_os_str().to_owned();
    name.push(".meta.toml");
    let beside = PathBuf::from(name);
    match std::fs::read_to_string(&beside) {
        Ok(text) => Ok(Some(Facts::parse(&beside.display().to_string(), &text)?)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::error(format!("{}: cannot be read: {error}", beside.display()))),
    }
}
