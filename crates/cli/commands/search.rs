//! `undex search`.

mod context;
mod csv;
mod facets;
pub mod hits;
mod kwic;
mod markdown;
mod references;

use std::io::Write;
use std::sync::Arc;

use undex_citations::Style;
use undex_query::{Answer, Combination, ConcordanceOrder, SearchRequest, Searcher};

use crate::args::{BehindWhen, KwicSort, RepeatsShown, Search, SearchFormat};
use crate::exit::{Exit, Failure};
use crate::library;
use crate::terminal::{self, counted};

pub fn run(options: &Search) -> Result<Exit, Failure> {
    // Read before the index is opened: a slip in the query is told at once.
    let query = options.query.join(" ");
    checked(&query)?;
    options.conditions.check()?;
    let format = options.format()?;
    let request = request(query, options, format)?;
    let searcher = library::open(&options.index)?;
    let answer = searcher.search(&request)?;
    write(&searcher, &answer, options, format)?;
    summary(&answer, options, format);
    let none = answer.total + answer.synonymous == 0;
    Ok(if none || answer.hits.is_empty() && options.limit > 0 {
        Exit::NoHit
    } else {
        Exit::Success
    })
}

fn write(
    searcher: &Searcher,
    answer: &Answer,
    options: &Search,
    format: SearchFormat,
) -> Result<(), Failure> {
    let hits = &answer.hits;
    let json = format == SearchFormat::Json;
    let mut out = terminal::output();
    match format {
        SearchFormat::Text | SearchFormat::Json if options.kwic => {
            let order = match options.kwic_sort {
                KwicSort::Left => ConcordanceOrder::Left,
                KwicSort::Right => ConcordanceOrder::Right,
                KwicSort::None => ConcordanceOrder::Hits,
            };
            let lines = kwic::write(&mut out, hits, order, json, terminal::full_width())?;
            if lines == 0 && !hits.is_empty() {
                terminal::note(
                    "what matched is no word of a text or note, so that there are no lines",
                );
            }
        }
        SearchFormat::Text | SearchFormat::Json if options.context > 0 => {
            context::write(&mut out, searcher, hits, options.context, json, terminal::width())?;
        }
        SearchFormat::Text => hits::write(&mut out, answer, terminal::width())?,
        SearchFormat::Json => {
            for hit in hits {
                serde_json::to_writer(&mut out, hit)?;
                writeln!(out)?;
            }
        }
        SearchFormat::Csv => csv::write(&mut out, hits)?,
        SearchFormat::Md => markdown::write(&mut out, hits)?,
        SearchFormat::Bibtex | SearchFormat::Ris | SearchFormat::CslJson => {
            let style = match format {
                SearchFormat::Bibtex => Style::Bibtex,
                SearchFormat::Ris => Style::Ris,
                _ => Style::CslJson,
            };
            references::write(&mut out, hits, style, options.by_document())?;
        }
    }
    facets::write(&mut out, answer, json)?;
    out.flush()?;
    Ok(())
}

fn request(
    query: String,
    options: &Search,
    format: SearchFormat,
) -> Result<SearchRequest, Failure> {
    let mut request = SearchRequest::new(query);
    options.conditions.ask_in(&mut request);
    request.limit = options.limit;
    request.offset = options.offset;
    request.sort = options.sort.into();
    request.by_document = options.by_document();
    request.fold = match options.repeats {
        _ if options.all => None,
        // Every match has a line of its own among those of a concordance.
        RepeatsShown::Auto if format != SearchFormat::Text || options.kwic => None,
        repeats => repeats.for_people(),
    };
    request.facets.clone_from(&options.facets);
    request.explain = options.explain;
    // Only where it can be seen which hits do not match.
    let plain = !options.kwic && options.context == 0;
    let wanted = |when: BehindWhen| match when {
        BehindWhen::Auto => plain && format == SearchFormat::Text,
        BehindWhen::Always => plain && matches!(format, SearchFormat::Text | SearchFormat::Json),
        BehindWhen::Never => false,
    };
    request.related = wanted(options.related);
    if wanted(options.synonyms) {
        request.thesaurus = Some(Arc::new(library::thesaurus(options.thesaurus.as_deref())?.0));
    }
    Ok(request)
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
pub const NO_MATCH: &str = "no paragraph matches; try fewer words, the beginning of a word (cyber*), or `undex list` for what is held";

/// How many there are, and how words were combined, beside the output.
fn summary(answer: &Answer, options: &Search, format: SearchFormat) {
    if answer.total + answer.synonymous == 0 {
        terminal::note(NO_MATCH);
        suggest(answer);
        return;
    }
    if format != SearchFormat::Text {
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

/// Names told where matches fill the answer.
const NAMES: usize = 4;

/// How many are shown of how many.
fn count(answer: &Answer, options: &Search) {
    // Those that hits are: paragraphs, or documents with paragraphs.
    let paragraphs = counted(answer.total, "paragraph");
    let (of, all) = match answer.documents {
        Some(documents) if options.by_document() => {
            (documents, format!("{} with {paragraphs}", counted(documents, "document")))
        }
        _ => (answer.total, paragraphs),
    };
    let related = answer.hits.iter().filter(|hit| hit.related).count() as u64;
    let synonymous = answer.hits.iter().filter(|hit| !hit.synonyms.is_empty()).count() as u64;
    let shown = answer.hits.len() as u64 - related - synonymous;
    if answer.hits.is_empty() {
        let why = if options.limit == 0 { "none asked for" } else { "none left at that offset" };
        let apart = if answer.facets.is_empty() { "" } else { "\n" };
        terminal::note(&format!("{apart}{all}, {why}"));
        return;
    }
    let mut line = if of == 0 { "no paragraph has your words".to_owned() } else { all };
    let repeats: u64 = answer
        .hits
        .iter()
        .filter(|hit| !hit.related && hit.synonyms.is_empty())
        .filter_map(|hit| hit.repeats)
        .sum();
    // A page that is not full has no other behind it.
    let full = answer.hits.len() >= options.limit;
    if shown > 0 && full && shown + repeats < of {
        let first = options.offset as u64 + 1;
        let last = options.offset as u64 + answer.hits.len() as u64;
        // Others among them are not of that number.
        let of = if synonymous + related > 0 { ";" } else { " of" };
        line = format!("{first} to {last}{of} {line}; more with -n or --offset");
    }
    if repeats > 0 {
        line.push_str("; those alike are one, --all shows each");
    }
    match answer.combination {
        _ if of == 0 => {}
        Combination::Most { least, of } => {
            line.push_str(&format!(
                "; each has at least {least} of your {of} words, or the rarer ones"
            ));
        }
        Combination::Any => line.push_str("; none has all your words, these have some"),
        _ => {}
    }
    if synonymous > 0 {
        let mut count = format!("{synonymous}");
        if synonymous < answer.synonymous {
            count.push_str(&format!(" of {}", terminal::grouped(answer.synonymous)));
        }
        line.push_str(&format!("; {count} by other names, --synonyms never leaves them out"));
    }
    if related > 0 {
        line.push_str(&format!(
            "; {} behind, --related never leaves them out",
            counted(related, "related one")
        ));
    }
    terminal::note(&format!("\n{line}"));
    // They were not looked for, since matches fill the answer.
    let full = answer.total >= (options.offset + options.limit) as u64;
    if full && !answer.synonyms.is_empty() {
        let names = answer.synonyms.iter().take(NAMES).cloned().collect::<Vec<_>>().join("; ");
        terminal::note(&format!("other names to look for: {names}"));
    }
}
