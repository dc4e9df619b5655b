//! `undex trend`.

use std::io::Write;

use undex_query::{Combination, SearchRequest, Trend, TrendSeries};

use super::bars::{self, Row};
use super::search;
use crate::args;
use crate::exit::{Exit, Failure};
use crate::library;
use crate::terminal::{self, DIM, HEADING, counted, paint, visible};
use crate::unfinished;

/// The longest span of which every year has a line, also where nothing matches: from the first documents of
/// the United Nations, and some years on. In a longer one a date is likely wrong.
const WHOLE_SPAN: u16 = 120;

pub fn run(options: &args::Trend) -> Result<Exit, Failure> {
    for query in &options.queries {
        search::checked(query)?;
    }
    options.conditions.check()?;
    let args::TrendBy::Year = options.by;
    let searcher = library::open(&options.index)?;
    let request = |query: &String| {
        let mut request = SearchRequest::new(query.clone());
        options.conditions.ask_in(&mut request);
        request
    };
    let requests: Vec<SearchRequest> = options.queries.iter().map(request).collect();
    let trend = searcher.trend(&requests)?;
    if let Some(path) = &options.svg {
        unfinished::write(path, trend.to_svg().as_bytes())?;
    }
    let mut out = terminal::output();
    if options.json {
        for series in &trend.series {
            serde_json::to_writer(&mut out, series)?;
            writeln!(out)?;
        }
    } else {
        match terminal::width() {
            Some(width) => charts(&mut out, &trend, width)?,
            None => table(&mut out, &trend)?,
        }
    }
    out.flush()?;
    drop(out);
    if trend.series.iter().all(|one| one.all.paragraphs == 0) {
        terminal::note(search::NO_MATCH);
        return Ok(Exit::NoHit);
    }
    if !options.json {
        for one in trend.series.iter().filter(|one| one.combination == Combination::Any) {
            terminal::note(&format!(
                "{}: none has all these words; counted is what has some",
                one.query
            ));
        }
    }
    Ok(Exit::Success)
}

/// The years to show, and none for what is undated.
fn years(trend: &Trend) -> Vec<Option<u16>> {
    let dated: Vec<u16> = match trend.years {
        Some((first, last)) if last - first < WHOLE_SPAN => (first..=last).collect(),
        Some((first, last)) => (first..=last)
            .filter(|year| trend.series.iter().any(|one| one.years.contains_key(year)))
            .collect(),
        None => Vec::new(),
    };
    let undated = trend.series.iter().any(|one| one.undated.paragraphs > 0);
    dated.into_iter().map(Some).chain(undated.then_some(None)).collect()
}

fn rows(series: &TrendSeries, years: &[Option<u16>]) -> Vec<Row> {
    let row = |year: &Option<u16>| {
        let count = year.map_or(series.undated, |year| series.of(year));
        Row {
            name: year.map_or_else(|| "undated".to_owned(), |year| year.to_string()),
            count: count.paragraphs,
            more: Some(count.documents),
        }
    };
    years.iter().map(row).collect()
}

/// A chart for each query, all to one measure.
fn charts(out: &mut impl Write, trend: &Trend, width: usize) -> Result<(), Failure> {
    let years = years(trend);
    let rows: Vec<Vec<Row>> = trend.series.iter().map(|one| rows(one, &years)).collect();
    let largest = rows.iter().flatten().map(|row| row.count).max().unwrap_or(0);
    let found = trend.series.iter().zip(&rows).filter(|(one, _)| one.all.paragraphs > 0);
    for (at, (series, rows)) in found.enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let total = format!(
            "{} in {}",
            counted(series.all.paragraphs, "paragraph"),
            counted(series.all.documents, "document")
        );
        let query = visible(&series.query).replace(['\n', '\t'], " ");
        let line = format!("{}  {}", paint(&query, HEADING), paint(&total, DIM));
        writeln!(out, "{}", terminal::indented(&line, Some(width), "", "  "))?;
        write!(out, "{}", bars::chart_up_to(rows, Some(width), largest))?;
    }
    for series in trend.series.iter().filter(|one| one.all.paragraphs == 0) {
        writeln!(out, "{}  no paragraph", visible(&series.query).replace(['\n', '\t'], " "))?;
    }
    Ok(())
}

/// Query, year, paragraphs, documents: a line for each, parted by tabs.
fn table(out: &mut impl Write, trend: &Trend) -> Result<(), Failure> {
    let years = years(trend);
    for series in &trend.series {
        let query = visible(&series.query).replace(['\n', '\t'], " ");
        for Row { name, count, more } in rows(series, &years) {
            writeln!(out, "{query}\t{name}\t{count}\t{}", more.unwrap_or_default())?;
        }
    }
    Ok(())
}
