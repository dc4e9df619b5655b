//! Counts by year, type and the like, below the hits.

use std::io::Write;

use undex_query::{Answer, Facet, FacetBy};

use super::super::bars::{self, Row};
use crate::exit::Failure;
use crate::terminal::{self, DIM, HEADING, counted, paint};

/// Lines of a facet on a terminal; beyond them are values of few paragraphs. Years are all shown.
const SHOWN: usize = 20;

pub(super) fn write(out: &mut impl Write, answer: &Answer, json: bool) -> Result<(), Failure> {
    if json {
        for facet in &answer.facets {
            serde_json::to_writer(&mut *out, facet)?;
            writeln!(out)?;
        }
        return Ok(());
    }
    let width = terminal::width();
    let facets = answer.facets.iter().filter(|facet| !facet.counts.is_empty());
    for (at, facet) in facets.enumerate() {
        if at > 0 || !answer.hits.is_empty() {
            writeln!(out)?;
        }
        chart(out, facet, width)?;
    }
    Ok(())
}

fn chart(out: &mut impl Write, facet: &Facet, width: Option<usize>) -> Result<(), Failure> {
    let shown = match (facet.by, width) {
        (FacetBy::Year, _) | (_, None) => facet.counts.len(),
        _ => SHOWN,
    };
    let rows: Vec<Row> = facet
        .counts
        .iter()
        .take(shown)
        .map(|one| Row {
            name: one.value.to_string(),
            count: one.paragraphs,
            more: Some(one.documents),
        })
        .collect();
    let names = if width.is_some() { "paragraphs, documents" } else { "paragraphs\tdocuments" };
    let between = if width.is_some() { "  " } else { "\t" };
    writeln!(out, "{}{between}{}", paint(facet.by.name(), HEADING), paint(names, DIM))?;
    write!(out, "{}", bars::chart(&rows, width))?;
    let left = facet.counts.len().saturating_sub(shown);
    if left > 0 {
        let line = format!("{} with fewer; all with --json", counted(left as u64, "more value"));
        writeln!(out, "{}", paint(&line, DIM))?;
    }
    Ok(())
}
