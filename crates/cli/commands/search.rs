//! `undex search`.

mod facets;
mod hits;

use std::io::Write;

use undex_query::{Answer, Combination, SearchRequest, Sort};

use crate::args::{RelatedWhen, Search, SortBy};
use crate::exit::{Exit, Failure};
use crate::library;
use crate::terminal::{self, counted};

pub fn run(options: &Search) -> Result<Exit, Failure> {
    // Read before the index is opened: a slip in the query is told at once.
    let query = options.query.join(" ");
    checked(&query)?;
    options.conditions.check()?;
    let searcher = library::open(&options.index)?;
    let answer = searcher.search(&request(query, options))?;

    let mut out = terminal::output();
    if options.json {
        for hit in &answer.hits {
            serde_json::to_writer(&mut out, hit)?;
            writeln!(out)?;
        }
    } else {
        hits::write(&mut out, &answer, terminal::width())?;
    }
    facets::write(&mut out, &answer, options.json)?;
    out.flush()?;
    drop(out);
    summary(&answer, options);
    Ok(if answer.total == 0 || answer.hits.is_empty() && options.limit > 0 {
        Exit::NoHit
    } else {
        Exit::Success
    })
}

fn request(query: String, options: &Search) -> SearchRequest {
    let mut request = SearchRequest::new(query);
    request.languages.clone_from(&options.conditions.lang);
    request.types.clone_from(&options.conditions.types);
    request.from = options.conditions.from;
    request.to = options.conditions.to;
    request.limit = options.limit;
    request.offset = options.offset;
    request.sort = match options.sort {
        SortBy::Relevance => Sort::Relevance,
        SortBy::Date => Sort::Date,
        SortBy::Symbol => Sort::Symbol,
    };
    request.by_document = options.group.is_some();
    request.facets.clone_from(&options.facets);
    request.related = match options.related {
        RelatedWhen::Auto => !options.json,
        RelatedWhen::Always => true,
        RelatedWhen::Never => false,
    };
    request
}

/// Refuses a query that cannot be read, with a mark under the place.
pub(super) fn checked(query: &str) -> Result<(), Failure> {
    let Err(error) = undex_query::parse(query) else { return Ok(()) };
    let mut message = error.to_string();
    if let Some(column) = error.column() {
        let shown: String = query.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mark = " ".repeat(column.saturating_sub(1));
        if shown.chars().count() <= 200 {
            message.push_str(&format!("\n  {shown}\n  {mark}^"));
        }
    }
    Err(Failure::error(message))
}

/// What is told where nothing matches.
pub(super) const NO_MATCH: &str = "no paragraph matches; try fewer words, the beginning of a word (cyber*), or `undex list` for what is held";

/// How many there are, and how words were combined, beside the output.
fn summary(answer: &Answer, options: &Search) {
    if answer.total == 0 {
        terminal::note(NO_MATCH);
        suggest(answer);
        return;
    }
    if options.json {
        return;
    }
    count(answer, options);
    suggest(answer);
}

/// Words that may be meant by those that nothing has.
fn suggest(answer: &Answer) {
    for suggestion in &answer.suggestions {
        let near = suggestion.near.join(", ");
        terminal::note(&format!("nothing has {}; did you mean {near}?", suggestion.word));
    }
}

/// How many are shown of how many.
fn count(answer: &Answer, options: &Search) {
    // Those that hits are: paragraphs, or documents with paragraphs.
    let paragraphs = counted(answer.total, "paragraph");
    let (of, all) = match answer.documents {
        Some(documents) if options.group.is_some() => {
            (documents, format!("{} with {paragraphs}", counted(documents, "document")))
        }
        _ => (answer.total, paragraphs),
    };
    let related = answer.hits.iter().filter(|hit| hit.related).count() as u64;
    let shown = answer.hits.len() as u64 - related;
    if answer.hits.is_empty() {
        let why = if options.limit == 0 { "none asked for" } else { "none left at that offset" };
        let apart = if answer.facets.is_empty() { "" } else { "\n" };
        terminal::note(&format!("{apart}{all}, {why}"));
        return;
    }
    let mut line = all;
    if shown < of {
        let first = options.offset as u64 + 1;
        let last = options.offset as u64 + shown;
        line = format!("{first} to {last} of {line}; more with -n or --offset");
    }
    match answer.combination {
        Combination::Most { least, of } => {
            line.push_str(&format!("; each has at least {least} of your {of} words"));
        }
        Combination::Any => line.push_str("; none has all your words, these have some"),
        _ => {}
    }
    if related > 0 {
        line.push_str(&format!(
            "; {} behind, --related never leaves them out",
            counted(related, "related one")
        ));
    }
    terminal::note(&format!("\n{line}"));
}
