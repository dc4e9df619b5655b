//! `undex extract`.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use undex_document::SCHEMA;
use undex_ingest::worker::Workers;
use undex_ingest::{Archive, Context, ExtractError, Extraction, Facts};

use super::show::JsonDocument;
use super::{text, worker};
use crate::args::Extract;
use crate::exit::{Exit, Failure};
use crate::library;
use crate::terminal;

pub fn run(options: &Extract) -> Result<Exit, Failure> {
    let catalogue = library::catalogue(options.catalogue.as_deref())?;
    let limits = library::limits(&options.limits)?;
    let workers = Workers::new(worker::program()?, catalogue, limits);
    let mut run = Run { options, out: terminal::output(), shown: 0, failed: false };
    for file in &options.files {
        run.file(&workers, file)?;
    }
    run.out.flush()?;
    Ok(if run.failed { Exit::Error } else { Exit::Success })
}

struct Run<'o> {
    options: &'o Extract,
    out: terminal::Output,
    shown: usize,
    failed: bool,
}

impl Run<'_> {
    fn file(&mut self, workers: &Workers, path: &Path) -> Result<(), Failure> {
        let name = path.display().to_string();
        match is_archive(path) {
            Ok(true) => match Archive::open(path, workers.limits()) {
                Ok(mut archive) if !is_document(&archive) => {
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
        if self.options.json {
            serde_json::to_writer(&mut self.out, &JsonDocument { schema: SCHEMA, document })?;
            writeln!(self.out)?;
        } else if self.options.repairs {
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
        } else {
            if self.shown > 0 {
                writeln!(self.out, "\n")?;
            }
            text::document(&mut self.out, document, terminal::width())?;
        }
        self.shown += 1;
        for warning in &document.warnings {
            terminal::warning(&format!("{}: {}", document.source.path, warning.message));
        }
        Ok(())
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
