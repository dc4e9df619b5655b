//! `undex cited-by`.

use std::io::Write;

use serde::Serialize;
use serde_json::{Value, json};
use undex_document::{CitedIn, Language, Pinpoint, SCHEMA, Symbol};
use undex_query::{CitedBy, CitedByRequest, CitingParagraph, CountBy, CountKey, Searcher};

use super::bars;
use super::paragraph::{Head, head, marked, shortened};
use crate::args::{self, By};
use crate::exit::{Exit, Failure};
use crate::languages;
use crate::library;
use crate::reference;
use crate::terminal::{self, CITATION, DIM, WARNING, counted, grouped, indented, paint, visible};

/// Characters of a paragraph shown above its note that cites: two lines of a terminal.
const CITED_FOR: usize = 180;

pub fn run(options: &args::CitedBy) -> Result<Exit, Failure> {
    options.conditions.check()?;
    let (symbol, place) = reference::read(&options.document)?;
    let mut request = CitedByRequest::new(symbol);
    request.place = reference::place(place, options.para.as_ref())?;
    request.languages.clone_from(&options.conditions.lang);
    request.preferred = languages::own().into_iter().collect();
    request.types.clone_from(&options.conditions.types);
    request.from = options.conditions.from;
    request.to = options.conditions.to;
    request.own = options.own;
    request.offset = options.offset;
    request.limit = match (options.count, options.all) {
        (true, _) => 0,
        (_, true) => usize::MAX,
        _ => options.limit,
    };
    let searcher = library::open(&options.index)?;
    match options.by {
        Some(by) => count_by(&searcher, &request, by, options.json),
        None if options.count => count(&searcher, &request, options.json),
        None => list(&searcher, &request, options),
    }
}

fn list(
    searcher: &Searcher,
    request: &CitedByRequest,
    options: &args::CitedBy,
) -> Result<Exit, Failure> {
    let answer = searcher.cited_by(request)?;
    let mut out = terminal::output();
    let width = terminal::width();
    for (at, one) in answer.citing.iter().enumerate() {
        if options.json {
            serde_json::to_writer(&mut out, one)?;
            writeln!(out)?;
            continue;
        }
        if at > 0 {
            writeln!(out)?;
        }
        write_citing(&mut out, one, width)?;
    }
    out.flush()?;
    drop(out);
    summary(&answer, request, options.json);
    Ok(if answer.total == 0 || answer.citing.is_empty() && request.limit > 0 {
        Exit::NoHit
    } else {
        Exit::Success
    })
}

fn write_citing(
    out: &mut impl Write,
    one: &CitingParagraph,
    width: Option<usize>,
) -> Result<(), Failure> {
    let document = &one.document;
    let others: Vec<Language> =
        one.languages.iter().copied().filter(|other| *other != document.language).collect();
    let mut language = document.language.to_string();
    if !others.is_empty() {
        language.push_str(&format!(", also {}", languages::codes(&others)));
    }
    let mut facts = vec![language, document.kind.to_string()];
    facts.extend(document.date.map(|date| date.to_string()));
    facts.extend(one.paragraph.page.map(|page| format!("page {page}")));
    let cite = one.cite();
    let above = Head {
        cite: &cite,
        facts: &facts,
        title: document.title.as_deref(),
        headings: &one.paragraph.headings,
    };
    head(out, &above, width)?;
    let mut text = marked(&one.sentence, CITATION);
    if let CitedIn::Note(mark) = &one.sentence.taken_from {
        // A note is mostly a list of symbols: what they are cited for stands in the paragraph.
        let start = shortened(&one.paragraph.text.replace(['\n', '\t'], " "), CITED_FOR);
        if !start.is_empty() {
            writeln!(out, "{}", indented(&visible(&start), width, "  ", "  "))?;
        }
        text = format!("{} {text}", paint(&format!("[{}]", visible(mark)), DIM));
    }
    writeln!(out, "{}", indented(&text, width, "  ", "  "))?;
    // Where one of its citations is settled, that it is cited is certain.
    if let Some(open) = one.citations.iter().find(|citation| !citation.is_settled())
        && !one.citations.iter().any(|citation| citation.is_settled())
    {
        let line = format!("{} {}", paint("not settled:", WARNING), may_be(&open.candidates));
        writeln!(out, "{}", indented(&line, width, "  ", "  "))?;
    }
    Ok(())
}

/// `may be A/RES/70/237 or S/RES/5 (1999)`
pub(super) fn may_be(candidates: &[Symbol]) -> String {
    let names: Vec<String> =
        candidates.iter().map(|one| visible(&one.to_string()).into_owned()).collect();
    format!("may be {}", names.join(" or "))
}

/// How many there are, beside the output.
fn summary(answer: &CitedBy, request: &CitedByRequest, json: bool) {
    let what = named(request);
    if answer.total == 0 {
        terminal::note(&format!("no paragraph held cites {what}"));
        return;
    }
    if json {
        return;
    }
    let total = counted(answer.total, "paragraph");
    let documents = counted(answer.documents, "document");
    let shown = answer.citing.len() as u64;
    if shown == 0 {
        terminal::note(&format!("{total} in {documents}, none left at that offset"));
    } else if shown < answer.total {
        let first = request.offset as u64 + 1;
        let last = grouped(request.offset as u64 + shown);
        terminal::note(&format!(
            "\n{first} to {last} of {total} in {documents}; more with -n, all with --all"
        ));
    } else {
        terminal::note(&format!("\n{total} in {documents}"));
    }
}

/// The document or place that was asked for.
fn named(request: &CitedByRequest) -> String {
    match &request.place {
        Some(place) => format!("{}, {place}", request.symbol),
        None => request.symbol.to_string(),
    }
}

/// How often a document is cited, as one line of JSON.
#[derive(Serialize)]
struct Total<'t> {
    schema: u32,
    symbol: &'t Symbol,
    pinpoint: Option<&'t Pinpoint>,
    paragraphs: u64,
    documents: u64,
}

/// How often for each year, language and so on, as one line of JSON.
#[derive(Serialize)]
struct Counted<'c> {
    schema: u32,
    by: &'c str,
    value: Value,
    paragraphs: u64,
}

fn count(searcher: &Searcher, request: &CitedByRequest, json: bool) -> Result<Exit, Failure> {
    let answer = searcher.cited_by(request)?;
    let mut out = terminal::output();
    if json {
        let line = Total {
            schema: SCHEMA,
            symbol: &request.symbol,
            pinpoint: request.place.as_ref(),
            paragraphs: answer.total,
            documents: answer.documents,
        };
        serde_json::to_writer(&mut out, &line)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{}", answer.total)?;
    }
    out.flush()?;
    Ok(if answer.total == 0 { Exit::NoHit } else { Exit::Success })
}

fn count_by(
    searcher: &Searcher,
    request: &CitedByRequest,
    by: By,
    json: bool,
) -> Result<Exit, Failure> {
    let (by, name) = match by {
        By::Year => (CountBy::Year, "year"),
        By::Language => (CountBy::Language, "language"),
        By::Type => (CountBy::Type, "type"),
        By::Body => (CountBy::Body, "body"),
        By::Document => (CountBy::Document, "document"),
    };
    let counts = searcher.count_cited_by(request, by)?;
    let mut out = terminal::output();
    if json {
        for (key, count) in &counts {
            let value = match key {
                CountKey::Year(None) => Value::Null,
                CountKey::Year(Some(year)) => json!(year),
                other => json!(other.to_string()),
            };
            let line = Counted { schema: SCHEMA, by: name, value, paragraphs: *count };
            serde_json::to_writer(&mut out, &line)?;
            writeln!(out)?;
        }
    } else {
        let row = |(key, count): &(CountKey, u64)| bars::Row {
            name: key.to_string(),
            count: *count,
            more: None,
        };
        let rows: Vec<bars::Row> = counts.iter().map(row).collect();
        write!(out, "{}", bars::chart(&rows, terminal::width()))?;
    }
    out.flush()?;
    drop(out);
    if counts.is_empty() {
        terminal::note(&format!("no paragraph held cites {}", named(request)));
        return Ok(Exit::NoHit);
    }
    Ok(Exit::Success)
}
