//! `undex cite`.

use std::io::Write;

use undex_citations::{Style, Work, write};
use undex_document::{Language, Pinpoint, Symbol};
use undex_query::{Passage, Searcher};

use crate::args::Cite;
use crate::exit::{Exit, Failure};
use crate::languages;
use crate::library;
use crate::reference;
use crate::terminal::{self, visible};

pub fn run(options: &Cite) -> Result<Exit, Failure> {
    let (symbol, place) = reference::read(&options.document.join(" "))?;
    let language = options.lang.or_else(languages::own).unwrap_or(Language::English);
    // Nothing is built for it: a document can be cited that nobody holds.
    let searcher = match Searcher::open(&options.index.folder) {
        Ok(searcher) => Some(searcher),
        Err(error) if error.is_missing_index() => None,
        Err(error) => return Err(error.into()),
    };
    // What is not held may still be in the catalogue.
    let catalogue = library::catalogue(None)?;
    let passage = match &searcher {
        Some(searcher) => held(searcher, &symbol, language, place.as_ref())?,
        None => None,
    };
    let work = match passage.as_ref().map(|passage| &passage.document) {
        Some(record) => Work {
            symbol: &symbol,
            language: record.language,
            title: record.title.as_deref(),
            date: record.date,
            kind: record.kind,
        },
        None => match catalogue.stated(&symbol, language) {
            Some(stated) => {
                let mut work = Work::new(&symbol, language);
                (work.title, work.date) = (stated.title, stated.date);
                work.kind = stated.kind.unwrap_or(work.kind);
                work
            }
            None => Work::new(&symbol, language),
        },
    };
    let cited = write(&work, place.as_ref(), options.style, language);
    let mut out = terminal::output();
    match options.style {
        Style::Un => writeln!(out, "{}", visible(&cited))?,
        // What a program reads is left as it is; these escape what they must.
        _ => write!(out, "{cited}")?,
    }
    out.flush()?;
    drop(out);
    if work.title.is_none() && passage.is_none() && options.style != Style::Un {
        terminal::note(&format!("{symbol} is not held, so that title and date are not known"));
    }
    Ok(Exit::Success)
}

/// What is held of a document, in the language asked for or another; says where the place is not in it.
fn held(
    searcher: &Searcher,
    symbol: &Symbol,
    language: Language,
    place: Option<&Pinpoint>,
) -> Result<Option<Passage>, Failure> {
    let held = searcher.languages_of(symbol)?;
    let chosen = if held.contains(&language) { Some(language) } else { languages::best(&held) };
    let Some(chosen) = chosen else { return Ok(None) };
    let everything = Pinpoint::default();
    let passages = searcher.paragraphs_at(symbol, place.unwrap_or(&everything), &[chosen])?;
    let Some(passage) = passages.into_iter().next() else { return Ok(None) };
    if let Some(place) = place.filter(|_| passage.paragraphs.is_empty()) {
        terminal::warning(&format!("{symbol} as held in {chosen} has no {place}"));
    }
    Ok(Some(passage))
}
