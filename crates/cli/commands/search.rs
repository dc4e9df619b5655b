//! `undex search`.

use std::io::Write;

use undex_document::CitedIn;
use undex_query::{Answer, Combination, Hit, SearchRequest};

use super::paragraph::{Head, head, marked};
use crate::args::Search;
use crate::exit::{Exit, Failure};
use crate::library;
use crate::terminal::{self, DIM, HIGHLIGHT, indented, paint};

pub fn run(options: &Search) -> Result<Exit, Failure> {
    // Read before the index is opened: a slip in the query is told at once.
    let query = options.query.join(" ");
    undex_query::parse(&query).map_err(|error| query_failure(&query, &error))?;
    options.conditions.check()?;
    let searcher = library::open(&options.index)?;
    let mut request = SearchRequest::new(query);
    request.languages.clone_from(&options.conditions.lang);
    request.types.clone_from(&options.conditions.types);
    request.from = options.conditions.from;
    request.to = options.conditions.to;
    request.limit = options.limit;
    request.offset = options.offset;
    let answer = searcher.search(&request)?;

    let mut out = terminal::output();
    if options.json {
        for hit in &answer.hits {
            serde_json::to_writer(&mut out, hit)?;
            writeln!(out)?;
        }
    } else {
        let width = terminal::width();
        for (at, hit) in answer.hits.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            write_hit(&mut out, hit, width)?;
        }
    }
    out.flush()?;
    drop(out);
    summary(&answer, options);
    Ok(if answer.total == 0 || answer.hits.is_empty() && options.limit > 0 {
        Exit::NoHit
    } else {
        Exit::Success
    })
}

/// The query with a mark under the place that could not be read.
fn query_failure(query: &str, error: &undex_query::QueryError) -> Failure {
    let mut message = error.to_string();
    if let Some(column) = error.column() {
        let shown: String = query.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mark = " ".repeat(column.saturating_sub(1));
        if shown.chars().count() <= 200 {
            message.push_str(&format!("\n  {shown}\n  {mark}^"));
        }
    }
    Failure::error(message)
}

fn write_hit(out: &mut impl Write, hit: &Hit, width: Option<usize>) -> Result<(), Failure> {
    let document = &hit.document;
    let mut facts = vec![document.language.to_string(), document.kind.to_string()];
    facts.extend(document.date.map(|date| date.to_string()));
    facts.extend(hit.paragraph.page.map(|page| format!("page {page}")));
    let cite = hit.cite();
    let above = Head {
        cite: &cite,
        facts: &facts,
        title: document.title.as_deref(),
        headings: &hit.paragraph.headings,
    };
    head(out, &above, width)?;
    let mut text = marked(&hit.snippet, HIGHLIGHT);
    if let CitedIn::Note(mark) = &hit.snippet.taken_from {
        text = format!("{} {text}", paint(&format!("[{mark}]"), DIM));
    }
    writeln!(out, "{}", indented(&text, width, "  ", "  "))?;
    Ok(())
}

/// How many there are, and how words were combined, beside the output.
fn summary(answer: &Answer, options: &Search) {
    if answer.total == 0 {
        terminal::note(
            "no paragraph matches; try fewer words, the beginning of a word (cyber*), or `undex list` for what is held",
        );
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

/// How many paragraphs are shown of how many.
fn count(answer: &Answer, options: &Search) {
    let shown = answer.hits.len() as u64;
    if shown == 0 {
        let why = if options.limit == 0 { "none asked for" } else { "none left at that offset" };
        terminal::note(&format!("{}, {why}", terminal::counted(answer.total, "paragraph")));
        return;
    }
    let mut line = terminal::counted(answer.total, "paragraph");
    if shown < answer.total {
        let first = options.offset as u64 + 1;
        line = format!(
            "{first} to {} of {line}; more with -n or --offset",
            options.offset as u64 + shown
        );
    }
    match answer.combination {
        Combination::Most { least, of } => {
            line.push_str(&format!("; each has at least {least} of your {of} words"));
        }
        Combination::Any => line.push_str("; none has all your words, these have some"),
        _ => {}
    }
    terminal::note(&format!("\n{line}"));
}
