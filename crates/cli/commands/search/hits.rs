//! Hits as people read them.

use std::io::Write;

use undex_document::CitedIn;
use undex_query::{Answer, Hit};

use super::super::paragraph::{Head, head, marked};
use crate::exit::Failure;
use crate::terminal::{DIM, HIGHLIGHT, counted, indented, paint, visible};

pub(super) fn write(
    out: &mut impl Write,
    answer: &Answer,
    width: Option<usize>,
) -> Result<(), Failure> {
    let mut before = false;
    for (at, hit) in answer.hits.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        if hit.related && !before {
            let words = visible(&answer.related_words.join(", ")).into_owned();
            let line = format!("Related, by words that the first matches share: {words}");
            writeln!(out, "{}\n", paint(&indented(&line, width, "", ""), DIM))?;
        }
        before = hit.related;
        write_hit(out, hit, width)?;
    }
    Ok(())
}

/// Writes what stands above the text of a hit.
pub(super) fn above(out: &mut impl Write, hit: &Hit, width: Option<usize>) -> Result<(), Failure> {
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
    Ok(())
}

fn write_hit(out: &mut impl Write, hit: &Hit, width: Option<usize>) -> Result<(), Failure> {
    above(out, hit, width)?;
    let mut text = marked(&hit.snippet, HIGHLIGHT);
    if let CitedIn::Note(mark) = &hit.snippet.taken_from {
        text = format!("{} {text}", paint(&format!("[{}]", visible(mark)), DIM));
    }
    writeln!(out, "{}", indented(&text, width, "  ", "  "))?;
    left_out(out, hit)
}

/// How many paragraphs of its document are left out, where each document is one hit.
pub(super) fn left_out(out: &mut impl Write, hit: &Hit) -> Result<(), Failure> {
    if let Some(more) = hit.more.filter(|more| *more > 0) {
        let line = format!("{} of this document", counted(more, "more paragraph"));
        writeln!(out, "  {}", paint(&line, DIM))?;
    }
    Ok(())
}
