//! Hits between the paragraphs around them.

use std::io::Write;

use serde::Serialize;
use undex_document::{CitedIn, Language, Paragraph};
use undex_query::{Hit, Searcher, Surroundings};

use super::super::paragraph::{marked, set_off, shortened};
use super::hits::{above, left_out};
use crate::exit::Failure;
use crate::terminal::{DIM, HIGHLIGHT, Style, indented, paint, visible};

/// Characters of a paragraph beside a hit: enough for most to stand there whole. JSON has them whole.
const AROUND: usize = 600;

/// Characters of a hit that is shown whole, and not only the stretch that matches best.
const WHOLE: usize = 1_200;

/// A hit with the paragraphs around it, as one line of JSON.
#[derive(Serialize)]
struct InContext<'h> {
    #[serde(flatten)]
    hit: &'h Hit,
    context: &'h Surroundings,
}

pub(super) fn write(
    out: &mut impl Write,
    searcher: &Searcher,
    hits: &[Hit],
    count: usize,
    json: bool,
    width: Option<usize>,
) -> Result<(), Failure> {
    for (at, hit) in hits.iter().enumerate() {
        let around = searcher.around(hit, count)?;
        if json {
            serde_json::to_writer(&mut *out, &InContext { hit, context: &around })?;
            writeln!(out)?;
            continue;
        }
        if at > 0 {
            writeln!(out)?;
        }
        above(out, hit, width)?;
        let language = hit.document.language;
        for paragraph in &around.before {
            beside(out, paragraph, language, width)?;
        }
        itself(out, hit, width)?;
        for paragraph in &around.after {
            beside(out, paragraph, language, width)?;
        }
        left_out(out, hit)?;
    }
    Ok(())
}

/// The hit, marked as such.
fn itself(out: &mut impl Write, hit: &Hit, width: Option<usize>) -> Result<(), Failure> {
    let whole = hit.paragraph.text.chars().count() <= WHOLE;
    let in_note = hit.snippet.taken_from != CitedIn::Text;
    let text = if whole {
        // One character for each, so that the places stay right.
        let line: String = on_a_line(&hit.paragraph.text);
        set_off(&line, &hit.highlights, HIGHLIGHT, Style::new())
    } else if in_note {
        shortened(&visible(&on_a_line(&hit.paragraph.text)), AROUND)
    } else {
        marked(&hit.snippet, HIGHLIGHT)
    };
    writeln!(out, "{}", indented(&text, width, "> ", "  "))?;
    if let CitedIn::Note(mark) = &hit.snippet.taken_from {
        let mark = paint(&format!("[{}]", visible(mark)), DIM);
        let note = format!("{mark} {}", marked(&hit.snippet, HIGHLIGHT));
        writeln!(out, "{}", indented(&note, width, "  ", "  "))?;
    }
    Ok(())
}

/// A paragraph beside it, under its own place.
fn beside(
    out: &mut impl Write,
    paragraph: &Paragraph,
    language: Language,
    width: Option<usize>,
) -> Result<(), Failure> {
    let place = paragraph.pinpoint.in_language(language).to_string();
    let text = shortened(&on_a_line(&paragraph.text), AROUND);
    let line = format!("{}: {}", visible(&place), visible(&text));
    for line in indented(&line, width, "- ", "  ").lines() {
        writeln!(out, "{}", paint(line, DIM))?;
    }
    Ok(())
}

/// White space as spaces, each character still one.
fn on_a_line(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}
