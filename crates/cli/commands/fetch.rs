//! `undex fetch`.

use std::io::Write;
use std::path::Path;
use std::sync::atomic::Ordering;

use serde::Serialize;
use undex_document::{Language, SCHEMA, Symbol};
use undex_fetch::{Done, Kind, Options, Outcome, Plan, Report, Request, Silent, Sources};
use undex_query::{DocumentFilter, MissingRequest, Searcher};

use crate::args::{Fetch, FetchFormat, ReportFormat};
use crate::exit::{Exit, Failure};
use crate::interrupt::stop_on_interrupt;
use crate::library;
use crate::progress::FetchBar;
use crate::reference;
use crate::terminal::{self, counted, grouped, visible};

/// The table of sources of a corpus.
const TABLE: &str = "sources.toml";

/// The table that the program ships with, for a corpus without one.
const SHIPPED: &str = include_str!("../../../corpus/sources.toml");

/// A report or a plan as JSON.
#[derive(Serialize)]
struct Written<'w, T> {
    schema: u32,
    #[serde(flatten)]
    content: &'w T,
}

pub fn run(options: &Fetch) -> Result<Exit, Failure> {
    let sources = sources(options)?;
    let mut run_options = Options::new(&options.corpus);
    run_options.proxy_from_environment = true;
    if options.update {
        let recorded = undex_fetch::recorded_sources(&run_options)?;
        tell_terms(options, &sources, &|source| recorded.contains(source));
        stop_on_interrupt(&run_options.stop)?;
        let report =
            watched(options, |progress| undex_fetch::update(&sources, &run_options, progress))?;
        return end(options, &report);
    }
    let searcher = index(options)?;
    let request = Request {
        symbols: symbols(options, searcher.as_ref())?,
        sets: options.sets.clone(),
        sessions: options.sessions.iter().flat_map(|some| some.first..=some.last).collect(),
        languages: languages(&options.lang),
        kinds: options.format.iter().copied().map(kind).collect(),
    };
    let in_index = |symbol: &Symbol, language: Language| {
        let languages = searcher.as_ref().and_then(|index| index.languages_of(symbol).ok());
        languages.is_some_and(|languages| languages.contains(&language))
    };
    let mut plan = undex_fetch::plan(&request, &sources, &run_options, &in_index)?;
    if options.dry_run {
        if options.sizes {
            tell_terms(options, &sources, &|source| plan.asks(source));
            stop_on_interrupt(&run_options.stop)?;
            undex_fetch::ask_sizes(&mut plan, &sources, &run_options);
            if run_options.stop.load(Ordering::Relaxed) {
                terminal::error("interrupted; the same command without --sizes asks nobody");
                return Ok(Exit::Interrupted);
            }
        }
        write_plan(options, &plan)?;
        return Ok(Exit::Success);
    }
    tell_terms(options, &sources, &|source| plan.asks(source));
    stop_on_interrupt(&run_options.stop)?;
    let report =
        watched(options, |progress| undex_fetch::fetch(&plan, &sources, &run_options, progress))?;
    end(options, &report)
}

/// The table given, that of the corpus, or the one that the program ships with.
fn sources(options: &Fetch) -> Result<Sources, Failure> {
    let own = options.corpus.join(TABLE);
    let path = match &options.sources {
        Some(path) => path,
        None if own.is_file() => &own,
        None => return Ok(Sources::parse("the table of sources in the program", SHIPPED)?),
    };
    Ok(Sources::parse(&path.display().to_string(), &read(path)?)?)
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::error(format!("{}: cannot be read: {error}", path.display())))
}

/// The index, where there is one: what it holds need not be fetched. It is not built for this.
fn index(options: &Fetch) -> Result<Option<Searcher>, Failure> {
    match Searcher::open(&options.index.folder) {
        Ok(searcher) => Ok(Some(searcher)),
        Err(error) if error.is_missing_index() && options.missing.is_none() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Every document that is named, in the order of naming.
fn symbols(options: &Fetch, searcher: Option<&Searcher>) -> Result<Vec<Symbol>, Failure> {
    let mut symbols = Vec::new();
    for text in &options.symbols {
        symbols.push(reference::read(text)?.0);
    }
    if let Some(path) = &options.from {
        let text = library::list_text(path)?;
        for (number, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let (symbol, _) = reference::read(line).map_err(|failure| {
                let reason = failure.message().unwrap_or_default();
                Failure::error(format!("{}: line {}: {reason}", path.display(), number + 1))
            })?;
            symbols.push(symbol);
        }
    }
    if let (Some(limit), Some(searcher)) = (options.missing, searcher) {
        let request =
            MissingRequest { citing: DocumentFilter::default(), symbol: None, limit, offset: 0 };
        let missing = searcher.missing(&request)?;
        symbols.extend(missing.documents.into_iter().map(|one| one.symbol));
    }
    Ok(symbols)
}

/// The languages asked for, each once.
fn languages(asked: &[Language]) -> Vec<Language> {
    let mut languages = Vec::new();
    for language in asked {
        if !languages.contains(language) {
            languages.push(*language);
        }
    }
    languages
}

const fn kind(format: FetchFormat) -> Kind {
    match format {
        FetchFormat::Doc => Kind::Doc,
        FetchFormat::Pdf => Kind::Pdf,
        FetchFormat::Xml => Kind::Xml,
        FetchFormat::Html => Kind::Html,
    }
}

/// Fetches under a bar, unless nothing is to be said.
fn watched(
    options: &Fetch,
    work: impl FnOnce(&dyn undex_fetch::Progress) -> Result<Report, undex_fetch::FetchError>,
) -> Result<Report, Failure> {
    if options.quiet {
        return Ok(work(&Silent)?);
    }
    let bar = FetchBar::new();
    let report = work(&bar);
    bar.finish();
    Ok(report?)
}

/// Names the places that are asked, once, with their terms.
fn tell_terms(options: &Fetch, sources: &Sources, is_asked: &dyn Fn(&str) -> bool) {
    if options.quiet {
        return;
    }
    for source in sources.all().iter().filter(|source| is_asked(&source.name)) {
        let (title, terms) = (one_line(&source.title), one_line(&source.terms));
        terminal::note(&format!("from {title}; terms of use: {terms}"));
    }
}

fn write_plan(options: &Fetch, plan: &Plan) -> Result<(), Failure> {
    let mut out = terminal::output();
    if options.report == Some(ReportFormat::Json) {
        serde_json::to_writer(&mut out, &Written { schema: SCHEMA, content: plan })?;
        writeln!(out)?;
        out.flush()?;
        return Ok(());
    }
    let size = |bytes: Option<u64>| bytes.map_or_else(|| "size unknown".to_owned(), terminal::size);
    for document in &plan.documents {
        let name = format!("{}  {}", visible(&document.symbol.to_string()), document.language);
        if let Some(held) = &document.held {
            writeln!(out, "{name}  held  {}", visible(held))?;
            continue;
        }
        for place in &document.places {
            let (format, address) = (place.format.word(), visible(place.address.as_str()));
            writeln!(out, "{name}  {format}  {address}  {}", size(place.bytes))?;
        }
        if document.places.is_empty() {
            writeln!(out, "{name}  no source serves this language and format")?;
        }
    }
    for archive in &plan.archives {
        for part in &archive.parts {
            let name = format!("{} {}  {}", visible(&archive.set), part.session, part.language);
            if part.held {
                writeln!(out, "{name}  held")?;
            } else {
                let address = visible(archive.place.address.as_str());
                writeln!(out, "{name}  zip  {address}  {}", size(archive.place.bytes))?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

/// Tells what a run did, and how it ends.
fn end(options: &Fetch, report: &Report) -> Result<Exit, Failure> {
    if options.report == Some(ReportFormat::Json) {
        let mut out = std::io::stdout().lock();
        serde_json::to_writer(&mut out, &Written { schema: SCHEMA, content: report })?;
        writeln!(out)?;
    }
    for done in report.documents.iter().filter(|done| done.outcome == Outcome::Failed) {
        terminal::error(&line(done));
    }
    if !options.quiet {
        tell(options, report);
    }
    if report.interrupted {
        terminal::error(
            "interrupted; what came whole is kept, and the same command goes on from there",
        );
        return Ok(Exit::Interrupted);
    }
    Ok(if report.failed > 0 { Exit::Error } else { Exit::Success })
}

/// One failure on one line.
fn line(done: &Done) -> String {
    let message = done.message.as_deref().unwrap_or_default();
    one_line(&match (&done.symbol, &done.path) {
        (Some(symbol), _) => format!("{symbol} {}: {message}", done.language),
        (None, Some(path)) => format!("{path} {}: {message}", done.language),
        (None, None) => message.to_owned(),
    })
}

/// A text on one line: a name in an archive may hold line ends, and what follows would pass for a message of
/// this program.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// The counts, for people.
fn tell(options: &Fetch, report: &Report) {
    let counts = [
        (report.fetched, "fetched"),
        (report.changed, "changed"),
        (report.unchanged, "unchanged"),
        (report.held, "held already"),
        (report.failed, "failed"),
    ];
    let mut told: Vec<String> = Vec::new();
    for (number, what) in counts.into_iter().filter(|(number, _)| *number > 0) {
        told.push(match told.is_empty() {
            true => format!("{} {what}", counted(number, "document")),
            false => format!("{} {what}", grouped(number)),
        });
    }
    if told.is_empty() {
        told.push("nothing to fetch".to_owned());
    }
    let mut message = told.join(", ");
    if report.fetched + report.changed > 0 {
        let corpus = options.corpus.display();
        message.push_str(&format!(
            "; {} into {corpus}; `undex index` makes them searchable",
            terminal::size(report.bytes)
        ));
    }
    terminal::note(&message);
}
