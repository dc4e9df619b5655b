//! `undex missing`.

use std::io::Write;

use serde::Serialize;
use undex_document::{DocumentType, Language, SCHEMA, Symbol};
use undex_query::{DocumentFilter, MissingDocument, MissingRequest};

use super::list::symbol_filter;
use crate::args;
use crate::exit::{Exit, Failure};
use crate::library;
use crate::terminal::{self, DIM, SYMBOL, counted, grouped, paint, visible};

/// A missing document as one line of JSON.
#[derive(Serialize)]
struct Line<'m> {
    schema: u32,
    symbol: &'m Symbol,
    /// Documents that cite it.
    documents: u64,
    /// Their paragraphs that do.
    paragraphs: u64,
    #[serde(rename = "type")]
    kind: Option<DocumentType>,
    url: Option<String>,
}

pub fn run(options: &args::Missing) -> Result<Exit, Failure> {
    options.conditions.check()?;
    let searcher = library::open(&options.index)?;
    let request = MissingRequest {
        citing: DocumentFilter {
            languages: options.conditions.lang.clone(),
            types: options.conditions.types.clone(),
            from: options.conditions.from,
            to: options.conditions.to,
            symbol: None,
        },
        symbol: options.symbol.as_deref().map(symbol_filter),
        limit: if options.all { usize::MAX } else { options.limit },
        offset: options.offset,
    };
    let missing = searcher.missing(&request)?;
    let mut out = terminal::output();
    if options.json {
        for one in &missing.documents {
            let line = Line {
                schema: SCHEMA,
                symbol: &one.symbol,
                documents: one.documents,
                paragraphs: one.paragraphs,
                kind: one.symbol.document_type(),
                url: one.symbol.undocs_url(Language::Undetermined),
            };
            serde_json::to_writer(&mut out, &line)?;
            writeln!(out)?;
        }
    } else if let Some(width) = terminal::width() {
        table(&mut out, &missing.documents, width)?;
    } else {
        for one in &missing.documents {
            let symbol = one.symbol.to_string();
            writeln!(out, "{}\t{}\t{}", visible(&symbol), one.documents, one.paragraphs)?;
        }
    }
    out.flush()?;
    drop(out);
    let shown = missing.documents.len() as u64;
    if missing.total == 0 {
        terminal::note(&match &options.symbol {
            Some(symbol) => format!(
                "nothing under {symbol} is cited and missing; `undex missing` lists everything that is"
            ),
            None => "no document that is cited is missing".to_owned(),
        });
    } else if !options.json {
        let total = counted(missing.total, "document");
        let first = grouped(options.offset as u64 + 1);
        let last = grouped(options.offset as u64 + shown);
        terminal::note(&match shown {
            0 => format!("{total}, none left at that offset"),
            shown if shown < missing.total => {
                format!("\n{first} to {last} of {total} not held; more with -n, all with --all")
            }
            _ => format!("\n{total} not held"),
        });
    }
    Ok(if shown == 0 { Exit::NoHit } else { Exit::Success })
}

/// Symbol, and by how much it is cited; below it where there is no room beside it.
fn table(out: &mut impl Write, documents: &[MissingDocument], width: usize) -> Result<(), Failure> {
    let symbols: Vec<String> =
        documents.iter().map(|one| visible(&one.symbol.to_string()).into_owned()).collect();
    let widest = symbols.iter().map(|symbol| symbol.chars().count()).max().unwrap_or(0);
    let most = documents.iter().map(|one| grouped(one.documents).len()).max().unwrap_or(0);
    let facts: Vec<String> = documents
        .iter()
        .map(|one| {
            let plural = if one.documents == 1 { " " } else { "s" };
            format!(
                "cited by {:>most$} document{plural} in {}",
                grouped(one.documents),
                counted(one.paragraphs, "paragraph")
            )
        })
        .collect();
    let longest = facts.iter().map(|facts| facts.chars().count()).max().unwrap_or(0);
    let beside = widest + 2 + longest <= width;
    for (symbol, facts) in symbols.iter().zip(&facts) {
        let between = match beside {
            true => " ".repeat(widest.saturating_sub(symbol.chars().count()) + 2),
            false => "\n  ".to_owned(),
        };
        writeln!(out, "{}{between}{}", paint(symbol, SYMBOL), paint(facts, DIM))?;
    }
    Ok(())
}
