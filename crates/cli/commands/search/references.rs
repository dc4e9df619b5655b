//! Hits as entries of a bibliography.

use std::io::Write;

use undex_citations::{Style, Work, write_all};
use undex_document::Pinpoint;
use undex_query::Hit;

use crate::exit::Failure;

/// Writes an entry for each hit with its place; for documents as a whole, without.
pub(super) fn write(
    out: &mut impl Write,
    hits: &[Hit],
    style: Style,
    documents: bool,
) -> Result<(), Failure> {
    let cited: Vec<(Work<'_>, Option<&Pinpoint>)> = hits
        .iter()
        .map(|hit| {
            let work = Work {
                symbol: &hit.document.symbol,
                language: hit.document.language,
                title: hit.document.title.as_deref(),
                date: hit.document.date,
                kind: hit.document.kind,
            };
            (work, (!documents).then_some(&hit.paragraph.pinpoint))
        })
        .collect();
    write!(out, "{}", write_all(&cited, style))?;
    Ok(())
}
