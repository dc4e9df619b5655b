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
    for (at, (hit, reason)) in answer.hits.iter().zip(reasons(answer)).enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        if let Some(reason) = reason {
            let line = indented(&visible(&reason), width, "", "");
            writeln!(out, "{}\n", paint(&line, DIM))?;
        }
        write_hit(out, hit, width)?;
    }
    Ok(())
}

/// What is told above each hit that is there for another reason than the one before it.
pub fn reasons(answer: &Answer) -> Vec<Option<String>> {
    let mut before = Why::Match;
    let reason = |hit| {
        let why = Why::of(hit);
        if std::mem::replace(&mut before, why) == why {
            return None;
        }
        Some(match why {
            Why::Match => "With some of your words:".to_owned(),
            Why::Synonym => format!("By other names: {}", names(answer).join("; ")),
            Why::Related => format!(
                "Related, by words that the first matches share: {}",
                answer.related_words.join(", ")
            ),
        })
    };
    answer.hits.iter().map(reason).collect()
}

/// Why a hit is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Match,
    Synonym,
    Related,
}

impl Why {
    fn of(hit: &Hit) -> Self {
        match (hit.synonyms.is_empty(), hit.related) {
            (false, _) => Self::Synonym,
            (true, true) => Self::Related,
            (true, false) => Self::Match,
        }
    }
}

/// The names by which hits were found, in their order, each once.
fn names(answer: &Answer) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in answer.hits.iter().flat_map(|hit| &hit.synonyms) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
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
    left_out(out, hit)?;
    if let Some(explanation) = &hit.explanation {
        for line in explanation.to_string().lines() {
            writeln!(out, "  {}", paint(&visible(line), DIM))?;
        }
    }
    Ok(())
}

/// Writes how many paragraphs are left out that this one stands for.
pub(super) fn left_out(out: &mut impl Write, hit: &Hit) -> Result<(), Failure> {
    for line in stands_for(hit) {
        writeln!(out, "  {}", paint(&line, DIM))?;
    }
    Ok(())
}

/// How many paragraphs are left out that a hit stands for: those of its document, or those like it.
pub fn stands_for(hit: &Hit) -> Vec<String> {
    let counts = [(hit.more, "of this document"), (hit.repeats, "like it")];
    let told = counts.iter().filter_map(|(number, which)| {
        let number = number.filter(|number| *number > 0)?;
        Some(format!("{} {which}", counted(number, "more paragraph")))
    });
    told.collect()
}
