//! The `.doc` of Word 97 to 2003 (MS-DOC): streams of a compound file, the text in pieces, its
//! properties beside it.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::ops::Range;

use undex_document::{Format, Warning};

use super::content::{Content, Item};
use super::lines::{self, Sources};
use super::styles::Styles as LookStyles;
use super::{Headers, core, finish};
use crate::formats::Draft;
use crate::{ExtractError, Limits};

mod bytes;
mod fib;
mod formatting;
mod lists;
mod pieces;
mod story;
mod styles;
#[cfg(test)]
mod tests;

use bytes::Plc;
use fib::{Fib, Refused, Table};
use pieces::{Broken, Text};
use story::Source;

/// Stories of the header part that stand before those of the first section.
const SEPARATORS: usize = 6;

/// The stories of the headers of a section: of ordinary pages, of the first page.
const ORDINARY: usize = 1;
const FIRST: usize = 4;

/// Reads a `.doc`.
pub(crate) fn read(path: &str, file: &[u8], limits: &Limits) -> Result<Draft, ExtractError> {
    let malformed = |reason: String| ExtractError::Malformed {
        path: path.to_owned(),
        format: Format::Doc,
        reason,
    };
    let mut compound = cfb::CompoundFile::open(Cursor::new(file))
        .map_err(|error| malformed(format!("no compound file: {error}")))?;
    // What Word 2007 and later wrap in a compound file is a document under a password.
    if compound.exists("/EncryptedPackage") {
        return Err(encrypted(path, Format::Docx));
    }
    let mut stream = |name: &str| -> Result<Option<Vec<u8>>, ExtractError> {
        if !compound.is_stream(name) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let opened = compound
            .open_stream(name)
            .map_err(|error| malformed(format!("stream {name}: {error}")))?;
        opened
            .take(limits.word_part_bytes.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| malformed(format!("stream {name}: {error}")))?;
        let met = bytes.len() as u64;
        if met > limits.word_part_bytes {
            let bound = limits.word_part_bytes;
            return Err(ExtractError::Limit {
                path: format!("{path}!{name}"),
                limit: "word_part_bytes",
                met,
                bound,
            });
        }
        Ok(Some(bytes))
    };
    let other = || ExtractError::OtherOffice {
        path: path.to_owned(),
        what: "an Office file other than a Word document".into(),
    };
    let main = stream("/WordDocument")?.ok_or_else(other)?;
    let fib = Fib::read(&main).map_err(|refused| match refused {
        Refused::NotWord => malformed("the stream WordDocument does not begin as one".to_owned()),
        Refused::Old => malformed(
            "written by Word 95 or older, which is not read; save it as .docx in Word".to_owned(),
        ),
        Refused::Encrypted => encrypted(path, Format::Doc),
    })?;
    let name = if fib.first_table { "/1Table" } else { "/0Table" };
    let table = stream(name)?
        .ok_or_else(|| malformed(format!("stream {name} is missing; save it as .docx in Word")))?;

    let bound = usize::try_from(limits.word_part_bytes).unwrap_or(usize::MAX);
    let text =
        Text::read(&main, fib.table(Table::Pieces, &table), bound).map_err(
            |broken| match broken {
                Broken::Table => malformed(
                    "the table of the pieces of its text is damaged; save it as .docx in Word"
                        .to_owned(),
                ),
                Broken::TooLong(met) => ExtractError::Limit {
                    path: path.to_owned(),
                    limit: "word_part_bytes",
                    met: met as u64,
                    bound: limits.word_part_bytes,
                },
            },
        )?;
    let document = Document::read(&fib, &main, &table, &text);
    if document.paragraphs > limits.paragraphs {
        return Err(ExtractError::Limit {
            path: path.to_owned(),
            limit: "paragraphs",
            met: document.paragraphs as u64,
            bound: limits.paragraphs as u64,
        });
    }
    Ok(document.draft())
}

fn encrypted(path: &str, format: Format) -> ExtractError {
    ExtractError::Malformed {
        path: path.to_owned(),
        format,
        reason: "encrypted; save it without its password first".to_owned(),
    }
}

/// What was read of a file.
struct Document {
    content: Content,
    sources: Sources,
    /// The first header and the ordinary one of the first section.
    headers: [Vec<Item>; 2],
    paragraphs: usize,
    has_boxes: bool,
}

impl Document {
    fn read(fib: &Fib<'_>, main: &[u8], table: &[u8], text: &Text) -> Self {
        let parts = parts(fib.lengths(), text.units.len());
        let [body, footnotes, headers, _macros, _comments, endnotes, boxes] = parts;
        let styles = styles::Styles::read(fib.table(Table::Styles, table));
        let mut marks = HashMap::new();
        story::marks(fib.table(Table::FootnoteMarks, table), false, &mut marks);
        story::marks(fib.table(Table::EndnoteMarks, table), true, &mut marks);
        let paragraph_spans = formatting::paragraphs(main, fib.table(Table::Paragraphs, table));
        let run_spans = formatting::runs(main, fib.table(Table::Runs, table));
        let source = Source {
            text,
            styles: &styles,
            paragraphs: &paragraph_spans,
            runs: &run_spans,
            notes: &marks,
        };
        let mut items = story::items(&source, body);
        let mut boxed = story::items(&source, boxes);
        let has_boxes = !boxed.is_empty();
        items.append(&mut boxed);
        let header_table = fib.table(Table::Headers, table);
        let sources = Sources {
            numbering: lists::read(
                fib.table_on(Table::Lists, table),
                fib.table(Table::ListOverrides, table),
            ),
            footnotes: story::notes(&source, fib.table(Table::FootnoteTexts, table), &footnotes),
            endnotes: story::notes(&source, fib.table(Table::EndnoteTexts, table), &endnotes),
            ..Sources::default()
        };
        let header = |story| header(&source, header_table, &headers, story);
        let headers = [header(FIRST), header(ORDINARY)];
        let paragraphs = text.units.iter().filter(|unit| matches!(unit, 0x07 | 0x0D)).count();
        let content = Content { items, ..Content::default() };
        Self { content, sources, headers, paragraphs, has_boxes }
    }

    fn draft(self) -> Draft {
        let mut warnings = Vec::new();
        if self.has_boxes {
            warnings.push(Warning {
                code: "text-boxes-last".to_owned(),
                message: "its text boxes stand at the end; save it as .docx in Word to have them in their place".to_owned(),
            });
        }
        let styles = LookStyles::default();
        let mut headers = Headers::default();
        let mut only_first = true;
        for items in self.headers {
            let content = Content { items, ..Content::default() };
            let lines = lines::header(&content, &styles);
            headers.take(lines, only_first);
            only_first &= headers.masthead.is_empty();
        }
        finish(&self.content, self.sources, headers, core::Core::default(), None, warnings)
    }
}

/// The stretches of the parts of the text.
fn parts(lengths: [usize; 7], all: usize) -> [Range<usize>; 7] {
    let mut at = 0usize;
    lengths.map(|length| {
        let start = at.min(all);
        at = at.saturating_add(length);
        start..at.min(all)
    })
}

/// One header of the first section.
fn header(source: &Source<'_>, table: &[u8], range: &Range<usize>, story: usize) -> Vec<Item> {
    let plc = Plc::new(table, 0);
    let place = |at: usize| plc.position(at).map(|place| range.start.saturating_add(place));
    match (place(SEPARATORS + story), place(SEPARATORS + story + 1)) {
        (Some(start), Some(end)) if start < end && end <= range.end => {
            story::items(source, start..end)
        }
        _ => Vec::new(),
    }
}
