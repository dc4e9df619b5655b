//! `undex resolve`.

use std::io::{Read, Write};
use std::path::Path;

use serde::Serialize;
use undex_citations::{Known, citations};
use undex_document::{Citation, Language, Pinpoint, SCHEMA, Symbol};
use undex_ingest::{Limits, plain_text};

use crate::args::Resolve;
use crate::exit::{Exit, Failure};
use crate::terminal;
use crate::{library, reference};

/// A citation as one line of JSON.
#[derive(Serialize)]
struct Line<'c> {
    schema: u32,
    symbol: &'c Symbol,
    pinpoint: Option<&'c Pinpoint>,
    start: u32,
    end: u32,
    text: &'c str,
    candidates: &'c [Symbol],
    url: Option<String>,
}

pub fn run(options: &Resolve) -> Result<Exit, Failure> {
    let document = options.document.as_deref().map(reference::read).transpose()?;
    let known = match document {
        Some((symbol, _)) => Known::of(vec![symbol], None),
        None => Known::default(),
    };
    let catalogue = library::catalogue(options.catalogue.as_deref())?;
    let text = read(&options.file)?;
    let found = citations(&text, &known, catalogue.nicknames());
    let mut out = terminal::output();
    let mut places = Characters::new(&text);
    for citation in &found {
        serde_json::to_writer(&mut out, &line(citation, places.between(citation)))?;
        writeln!(out)?;
    }
    out.flush()?;
    drop(out);
    if found.is_empty() {
        terminal::note("no symbol and no citation found");
        return Ok(Exit::NoHit);
    }
    Ok(Exit::Success)
}

fn line<'c>(citation: &'c Citation, text: &'c str) -> Line<'c> {
    Line {
        schema: SCHEMA,
        symbol: &citation.symbol,
        pinpoint: citation.pinpoint.as_ref(),
        start: citation.start,
        end: citation.end,
        text,
        candidates: &citation.candidates,
        url: citation.symbol.undocs_url(Language::Undetermined),
    }
}

/// The text of a file, or of standard input for `-`.
fn read(path: &Path) -> Result<String, Failure> {
    let name = path.display().to_string();
    let limit = Limits::default().file_bytes;
    let mut bytes = Vec::new();
    let read = if name == "-" {
        std::io::stdin().lock().take(limit + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::error(format!("{name}: cannot be read: {error}")))?;
    if bytes.len() as u64 > limit {
        return Err(Failure::error(format!(
            "{name}: more than {limit} bytes; divide the text between paragraphs"
        )));
    }
    plain_text(&bytes).map_err(|format| {
        Failure::error(format!(
            "{name}: {format} and no text; `undex extract {name} --json` gives the citations of every paragraph"
        ))
    })
}

/// The stretches of a text by offsets in characters, found in one walk.
struct Characters<'t> {
    text: &'t str,
    bytes: usize,
    characters: u32,
}

impl<'t> Characters<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, bytes: 0, characters: 0 }
    }

    fn between(&mut self, citation: &Citation) -> &'t str {
        if citation.start < self.characters {
            (self.bytes, self.characters) = (0, 0);
        }
        self.bytes = self.byte(citation.start);
        self.characters = citation.start;
        self.text.get(self.bytes..self.byte(citation.end)).unwrap_or_default()
    }

    /// The byte of a character that is not before the last one asked for.
    fn byte(&self, character: u32) -> usize {
        let rest = self.text.get(self.bytes..).unwrap_or_default();
        let ahead =
            usize::try_from(character.saturating_sub(self.characters)).unwrap_or(usize::MAX);
        rest.char_indices().nth(ahead).map_or(self.text.len(), |(at, _)| self.bytes + at)
    }
}
