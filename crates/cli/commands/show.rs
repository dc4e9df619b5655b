//! `undex show`.

use std::io::Write;

use serde::Serialize;
use undex_document::{Document, Language, Pinpoint, SCHEMA, Symbol};
use undex_query::{Holding, Passage, Searcher, place_in_held};

use super::text;
use crate::args::Show;
use crate::exit::{Exit, Failure};
use crate::languages::{self, codes};
use crate::library;
use crate::reference;
use crate::terminal::{self, DIM, SYMBOL, columns, paint, visible};

/// A document as one line of JSON.
#[derive(Serialize)]
pub struct JsonDocument<'d> {
    pub schema: u32,
    #[serde(flatten)]
    pub document: &'d Document,
}

pub fn run(options: &Show) -> Result<Exit, Failure> {
    let (symbol, place) = reference::read(&options.symbol)?;
    let place = reference::place(place, options.para.as_ref())?;
    let searcher = library::open(&options.index)?;
    let (held, languages) = match searcher.holding(&symbol)? {
        Holding::Held { symbol, languages } => (symbol, languages),
        Holding::NotHeld { suggestions } => return Ok(not_held(&symbol, &suggestions)),
        _ => return Ok(not_held(&symbol, &[])),
    };
    let wanted = wanted(&options.lang, &languages);
    for language in options.lang.iter().filter(|language| !languages.contains(language)) {
        terminal::note(&format!(
            "{held} is not held in {language}; it is in {}",
            codes(&languages)
        ));
    }
    if wanted.is_empty() {
        return Ok(Exit::NoHit);
    }
    match place_in_held(&symbol, &held, &place.unwrap_or_default()) {
        place if place.steps().is_empty() => {
            documents(&searcher, &held, &wanted, &languages, options)
        }
        place => passages(&searcher, &held, &place, &wanted, options),
    }
}

/// The languages to show: those asked for, or the one the user most likely reads.
fn wanted(asked: &[Language], held: &[Language]) -> Vec<Language> {
    if !asked.is_empty() {
        return asked.iter().copied().filter(|language| held.contains(language)).collect();
    }
    languages::best(held).into_iter().collect()
}

/// Says that a document is not held, and which ones look like it.
pub(super) fn not_held(symbol: &Symbol, suggestions: &[Symbol]) -> Exit {
    let mut message = format!("{symbol} is not held");
    if suggestions.is_empty() {
        message.push_str("; `undex list` shows what is");
    } else {
        let near: Vec<String> = suggestions.iter().map(Symbol::to_string).collect();
        message.push_str(&format!("; near to it: {}", near.join(", ")));
    }
    terminal::note(&message);
    Exit::NoHit
}

fn documents(
    searcher: &Searcher,
    symbol: &Symbol,
    wanted: &[Language],
    held: &[Language],
    options: &Show,
) -> Result<Exit, Failure> {
    let mut out = terminal::output();
    let mut shown = 0;
    for language in wanted {
        let Some(document) = searcher.document(symbol, *language)? else { continue };
        if options.json {
            serde_json::to_writer(&mut out, &JsonDocument { schema: SCHEMA, document: &document })?;
            writeln!(out)?;
        } else {
            if shown > 0 {
                writeln!(out, "\n")?;
            }
            text::document(&mut out, &document, terminal::width())?;
        }
        shown += 1;
    }
    out.flush()?;
    drop(out);
    let others: Vec<Language> =
        held.iter().copied().filter(|language| !wanted.contains(language)).collect();
    if !others.is_empty() && options.lang.is_empty() && !options.json {
        terminal::note(&format!("\nalso held in {}; choose with --lang", codes(&others)));
    }
    Ok(if shown == 0 { Exit::NoHit } else { Exit::Success })
}

fn passages(
    searcher: &Searcher,
    symbol: &Symbol,
    place: &Pinpoint,
    wanted: &[Language],
    options: &Show,
) -> Result<Exit, Failure> {
    let passages = searcher.paragraphs_at(symbol, place, wanted)?;
    if passages.iter().all(|passage| passage.paragraphs.is_empty()) {
        terminal::note(&format!(
            "{symbol} has no {place}; `undex show \"{symbol}\"` shows what it has"
        ));
        return Ok(Exit::NoHit);
    }
    let mut out = terminal::output();
    if options.json {
        for passage in &passages {
            for paragraph in &passage.paragraphs {
                let line = serde_json::json!({
                    "schema": SCHEMA,
                    "symbol": passage.document.symbol,
                    "language": passage.document.language,
                    "paragraph": paragraph,
                });
                serde_json::to_writer(&mut out, &line)?;
                writeln!(out)?;
            }
        }
    } else {
        let width = terminal::full_width();
        let bodies: Vec<String> =
            passages.iter().map(|passage| body(passage, place, None)).collect();
        match columns(&bodies, width).filter(|_| passages.len() > 1) {
            Some(side_by_side) => write!(out, "{side_by_side}")?,
            None => {
                for (at, passage) in passages.iter().enumerate() {
                    if at > 0 {
                        writeln!(out)?;
                    }
                    write!(out, "{}", body(passage, place, terminal::width()))?;
                }
            }
        }
    }
    out.flush()?;
    drop(out);
    Ok(Exit::Success)
}

/// A passage under the place to cite.
fn body(passage: &Passage, place: &Pinpoint, width: Option<usize>) -> String {
    let language = passage.document.language;
    let cite = format!("{}, {}", passage.document.symbol, place.in_language(language));
    let mut out = format!("{}  {}\n", paint(&visible(&cite), SYMBOL), paint(language.code(), DIM));
    for paragraph in &passage.paragraphs {
        out.push_str(&text::paragraph(paragraph, language, width));
    }
    if passage.paragraphs.is_empty() {
        out.push_str("—\n");
    }
    out
}
