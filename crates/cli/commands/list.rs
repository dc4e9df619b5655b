//! `undex list`.

use std::io::Write;

use undex_document::{SCHEMA, Symbol};
use undex_query::{DocumentFilter, DocumentSummary, Filter, Holding};

use crate::args::List;
use crate::exit::{Exit, Failure};
use crate::library;
use crate::reference;
use crate::terminal::{self, DIM, SYMBOL, paint, visible};

pub fn run(options: &List) -> Result<Exit, Failure> {
    options.conditions.check()?;
    let searcher = library::open(&options.index)?;
    let mut filter = DocumentFilter {
        languages: options.conditions.lang.clone(),
        types: options.conditions.types.clone(),
        from: options.conditions.from,
        to: options.conditions.to,
        symbol: options.symbol.as_deref().map(symbol_filter),
    };
    let mut documents = searcher.documents(&filter)?;
    // Under another form of the symbol, as resolutions of several letters are.
    if documents.is_empty()
        && let Some((symbol, _)) =
            options.symbol.as_deref().and_then(|text| reference::read(text).ok())
        && let Holding::Held { symbol, .. } = searcher.holding(&symbol)?
    {
        filter.symbol = Some(Filter::SymbolPrefix(symbol.as_str().to_owned()));
        documents = searcher.documents(&filter)?;
    }
    let mut out = terminal::output();
    if options.json {
        for document in &documents {
            let mut line = serde_json::to_value(document)?;
            if let Some(fields) = line.as_object_mut() {
                fields.insert("schema".to_owned(), SCHEMA.into());
            }
            serde_json::to_writer(&mut out, &line)?;
            writeln!(out)?;
        }
    } else if let Some(width) = terminal::full_width() {
        table(&mut out, &documents, width)?;
    } else {
        for document in &documents {
            writeln!(out, "{}", row(document).join("\t"))?;
        }
    }
    out.flush()?;
    drop(out);
    if documents.is_empty() {
        terminal::note("no document is held that meets these conditions");
        return Ok(Exit::NoHit);
    }
    Ok(Exit::Success)
}

/// The parts that a symbol begins with, whole ones.
pub(super) fn symbol_filter(text: &str) -> Filter {
    let start = text.trim().trim_end_matches('*').trim_end_matches('/');
    // Whole symbols are brought to their canonical form, `Add.1` among them; beginnings are no
    // symbols yet.
    let named = || reference::read(start).ok().map(|(symbol, _)| symbol);
    let whole = start.parse().ok().or_else(named);
    let whole = whole.map(|symbol: Symbol| symbol.as_str().to_owned());
    Filter::SymbolPrefix(whole.unwrap_or_else(|| start.to_uppercase()))
}

/// Symbol, language, date, type, paragraphs, title.
fn row(document: &DocumentSummary) -> [String; 6] {
    [
        visible(&document.symbol.to_string()).into_owned(),
        document.language.to_string(),
        document.date.map_or_else(|| "-".to_owned(), |date| date.to_string()),
        document.kind.to_string(),
        document.paragraphs.to_string(),
        visible(&document.title.clone().unwrap_or_default()).replace(['\n', '\t'], " "),
    ]
}

fn table(out: &mut impl Write, documents: &[DocumentSummary], width: usize) -> Result<(), Failure> {
    let rows: Vec<[String; 6]> = documents.iter().map(row).collect();
    let widest = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..5).map(widest).collect();
    for [symbol, language, date, kind, paragraphs, title] in &rows {
        let w = |column: usize| widths.get(column).copied().unwrap_or(0);
        let facts = format!(
            "{language:<l$}  {date:<d$}  {kind:<k$}  {paragraphs:>p$}",
            l = w(1),
            d = w(2),
            k = w(3),
            p = w(4)
        );
        let pad = " ".repeat(w(0).saturating_sub(symbol.chars().count()));
        let used = w(0) + 2 + facts.chars().count() + 2;
        let room = width.saturating_sub(used);
        let title: String = if title.chars().count() <= room {
            title.clone()
        } else {
            title.chars().take(room.saturating_sub(1)).chain(['…']).collect()
        };
        let title = if room < 8 { String::new() } else { format!("  {title}") };
        writeln!(out, "{}{pad}  {}{title}", paint(symbol, SYMBOL), paint(&facts, DIM))?;
    }
    Ok(())
}
