//! `undex cites`.

use std::collections::BTreeSet;
use std::io::Write;

use serde::Serialize;
use undex_document::{Citation, CitedIn, Date, DocumentType, Language, Pinpoint, SCHEMA, Symbol};
use undex_query::{Cites, Holding, OutgoingCitation};

use super::cited_by::may_be;
use super::paragraph::{Head, head};
use super::show::not_held;
use crate::args;
use crate::exit::{Exit, Failure};
use crate::languages::{self, codes};
use crate::library;
use crate::reference;
use crate::terminal::{self, DIM, SYMBOL, WARNING, counted, paint, visible};

/// Between two columns.
const GAP: &str = "  ";

/// A citation as one line of JSON.
#[derive(Serialize)]
struct Line<'c> {
    schema: u32,
    symbol: &'c Symbol,
    language: Language,
    pinpoint: &'c Pinpoint,
    cite: String,
    title: Option<&'c str>,
    date: Option<Date>,
    #[serde(rename = "type")]
    kind: DocumentType,
    citation: &'c Citation,
    /// The document cited with its place, in words.
    cited: String,
    held: Option<Held<'c>>,
    own: bool,
}

/// Under which symbol and in which languages the document cited is held.
#[derive(Serialize)]
struct Held<'c> {
    symbol: &'c Symbol,
    languages: &'c [Language],
}

pub fn run(options: &args::Cites) -> Result<Exit, Failure> {
    let (symbol, place) = reference::read(&options.document)?;
    let searcher = library::open(&options.index)?;
    let (held, in_languages) = match searcher.holding(&symbol)? {
        Holding::Held { symbol, languages } => (symbol, languages),
        Holding::NotHeld { suggestions } => return Ok(not_held(&symbol, &suggestions)),
        _ => return Ok(not_held(&symbol, &[])),
    };
    let language = options.lang.or_else(|| languages::best(&in_languages));
    let cites = language.map(|language| searcher.cites(&held, language)).transpose()?.flatten();
    let Some(cites) = cites else {
        let asked = language.map_or("that language", Language::code);
        let others = codes(&in_languages);
        terminal::note(&format!("{held} is not held in {asked}; it is in {others}"));
        return Ok(Exit::NoHit);
    };
    let wanted: Vec<&OutgoingCitation> = cites
        .citations
        .iter()
        .filter(|one| options.own || !one.own)
        .filter(|one| {
            let here = cites.paragraphs.get(one.paragraph).map(|paragraph| &paragraph.pinpoint);
            place.as_ref().is_none_or(|place| here.is_some_and(|here| here.is_within(place)))
        })
        .collect();

    let mut out = terminal::output();
    if options.json {
        for one in &wanted {
            write_json(&mut out, &cites, one)?;
        }
    } else if let Some(width) = terminal::width() {
        write_table(&mut out, &cites, &wanted, width)?;
    } else {
        for one in &wanted {
            writeln!(out, "{}", Row::of(&cites, one).tabbed())?;
        }
    }
    out.flush()?;
    drop(out);
    if wanted.is_empty() {
        terminal::note(&match &place {
            Some(place) if !cites.paragraphs.iter().any(|p| p.pinpoint.is_within(place)) => {
                format!("{held} has no {place}")
            }
            Some(place) => format!("{held}, {place} cites nothing"),
            None => format!("{held} cites nothing"),
        });
        return Ok(Exit::NoHit);
    }
    if !options.json {
        summary(&wanted);
    }
    Ok(Exit::Success)
}

/// How many citations, of how many documents, and how many of these are held.
fn summary(wanted: &[&OutgoingCitation]) {
    let documents: BTreeSet<&Symbol> = wanted.iter().map(|one| named(one)).collect();
    let held: BTreeSet<&Symbol> =
        wanted.iter().filter(|one| one.held.is_some()).map(|one| named(one)).collect();
    terminal::note(&format!(
        "\n{} of {}, {} held",
        counted(wanted.len() as u64, "citation"),
        counted(documents.len() as u64, "document"),
        terminal::grouped(held.len() as u64)
    ));
}

/// The document by the symbol it is held under, so that two forms of it are one.
fn named(one: &OutgoingCitation) -> &Symbol {
    one.held.as_ref().map_or(&one.citation.symbol, |(symbol, _)| symbol)
}

fn write_json(out: &mut impl Write, cites: &Cites, one: &OutgoingCitation) -> Result<(), Failure> {
    let document = &cites.document;
    let Some(paragraph) = cites.paragraphs.get(one.paragraph) else { return Ok(()) };
    let place = paragraph.pinpoint.in_language(document.language);
    let held = one.held.as_ref().map(|(symbol, languages)| Held { symbol, languages });
    let line = Line {
        schema: SCHEMA,
        symbol: &document.symbol,
        language: document.language,
        pinpoint: &paragraph.pinpoint,
        cite: format!("{}, {place}", document.symbol),
        title: document.title.as_deref(),
        date: document.date,
        kind: document.kind,
        citation: &one.citation,
        cited: cited(one, document.language),
        held,
        own: one.own,
    };
    serde_json::to_writer(&mut *out, &line)?;
    writeln!(out)?;
    Ok(())
}

/// The document cited with the place in it, worded in a language.
fn cited(one: &OutgoingCitation, language: Language) -> String {
    let symbol = &one.citation.symbol;
    match &one.citation.pinpoint {
        Some(place) => format!("{symbol}, {}", place.in_language(language)),
        None => symbol.to_string(),
    }
}

/// A citation in words.
struct Row {
    cited: String,
    place: String,
    held: String,
    open: Option<String>,
    is_held: bool,
}

impl Row {
    fn of(cites: &Cites, one: &OutgoingCitation) -> Self {
        let language = cites.document.language;
        let paragraph = cites.paragraphs.get(one.paragraph);
        let mut place = paragraph
            .map(|paragraph| paragraph.pinpoint.in_language(language).to_string())
            .unwrap_or_default();
        if let CitedIn::Note(mark) = &one.citation.found_in {
            place.push_str(&format!(" [{mark}]"));
        }
        let held = match &one.held {
            Some((symbol, languages)) if *symbol != one.citation.symbol => {
                format!("{} as {symbol}", codes(languages))
            }
            Some((_, languages)) => codes(languages),
            None => "not held".to_owned(),
        };
        let open = (!one.citation.is_settled()).then(|| may_be(&one.citation.candidates));
        let safe = |text: String| visible(&text).replace(['\n', '\t'], " ");
        Self {
            cited: safe(cited(one, language)),
            place: safe(place),
            held: safe(held),
            open,
            is_held: one.held.is_some(),
        }
    }

    fn tabbed(&self) -> String {
        let mut row = [self.cited.as_str(), &self.place, &self.held].join("\t");
        if let Some(open) = &self.open {
            row.push_str(&format!("\tnot settled: {open}"));
        }
        row
    }
}

fn write_table(
    out: &mut impl Write,
    cites: &Cites,
    wanted: &[&OutgoingCitation],
    width: usize,
) -> Result<(), Failure> {
    let document = &cites.document;
    let mut facts = vec![document.language.to_string(), document.kind.to_string()];
    facts.extend(document.date.map(|date| date.to_string()));
    let cite = document.symbol.to_string();
    let above =
        Head { cite: &cite, facts: &facts, title: document.title.as_deref(), headings: &[] };
    head(out, &above, Some(width))?;
    writeln!(out)?;
    let rows: Vec<Row> = wanted.iter().map(|one| Row::of(cites, one)).collect();
    let widest = |text: fn(&Row) -> &str| {
        rows.iter().map(|row| text(row).chars().count()).max().unwrap_or(0)
    };
    let (first, second) = (widest(|row| &row.cited), widest(|row| &row.place));
    let fits = first + second + widest(|row| &row.held) + 2 * GAP.len() <= width;
    for row in &rows {
        let style = if row.is_held { SYMBOL } else { terminal::HEADING };
        let cited = paint(&row.cited, style);
        if fits {
            let pad = " ".repeat(first.saturating_sub(row.cited.chars().count()));
            let facts = format!("{:<second$}{GAP}{}", row.place, row.held);
            writeln!(out, "{cited}{pad}{GAP}{}", paint(&facts, DIM))?;
        } else {
            let facts = format!("{GAP}{} · {}", row.place, row.held);
            writeln!(out, "{cited}\n{}", paint(&facts, DIM))?;
        }
        if let Some(open) = &row.open {
            writeln!(out, "{GAP}{} {open}", paint("not settled:", WARNING))?;
        }
    }
    Ok(())
}
