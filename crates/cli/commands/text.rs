//! Documents as text for people: what [`undex_ingest::export::text`] writes, in colour and broken to a
//! width.

use std::io::{self, Write};

use undex_document::{CitedIn, Document, Language, Paragraph, Role};
use undex_ingest::export::lost_note;

use super::paragraph::set_off;
use crate::terminal::{CITED, DIM, DIM_CITED, HEADING, SYMBOL, Style, indented, paint, visible};

/// Writes a whole document: what it is, then its paragraphs.
pub fn document(out: &mut impl Write, document: &Document, width: Option<usize>) -> io::Result<()> {
    heading(out, document, width)?;
    for paragraph in &document.paragraphs {
        // The title stands above already, a resolution's with its number in the text.
        let repeated = paragraph.role == Role::Title
            && document.title.as_deref().is_some_and(|title| paragraph.text == title);
        if repeated || paragraph.role == Role::Masthead {
            continue;
        }
        writeln!(out)?;
        write!(out, "{}", self::paragraph(paragraph, document.language, width))?;
    }
    Ok(())
}

/// Symbol, language, date, type and title of a document.
fn heading(out: &mut impl Write, document: &Document, width: Option<usize>) -> io::Result<()> {
    let mut facts = vec![document.language.to_string(), document.kind.to_string()];
    facts.extend(document.date.map(|date| date.to_string()));
    let symbol = visible(&document.symbol.to_string()).into_owned();
    writeln!(out, "{}  {}", paint(&symbol, SYMBOL), paint(&facts.join(" · "), DIM))?;
    if let Some(title) = &document.title {
        writeln!(out, "{}", paint(&indented(&visible(title), width, "", ""), HEADING))?;
    }
    Ok(())
}

/// A paragraph with its label and, below it, its notes. Ends with a line end.
pub fn paragraph(paragraph: &Paragraph, language: Language, width: Option<usize>) -> String {
    let text = visible(&paragraph.text);
    let mut out = String::new();
    match paragraph.role {
        Role::Heading | Role::Title => {
            let line = match &paragraph.label {
                Some(label) => format!("{}. {text}", visible(label)),
                None => text.into_owned(),
            };
            out.push_str(&paint(&indented(&line, width, "", ""), HEADING));
        }
        Role::Table => {
            for row in text.lines() {
                out.push_str("  ");
                out.push_str(&row.replace('\t', "  │  "));
                out.push('\n');
            }
            out.pop();
        }
        _ => {
            let (first, rest) = labelled(paragraph);
            let names = names(paragraph, &CitedIn::Text);
            let text = set_off(&paragraph.text, &names, CITED, Style::new());
            out.push_str(&indented(&text, width, &first, rest));
        }
    }
    out.push('\n');
    for note in &paragraph.notes {
        let text = if note.text.is_empty() { lost_note(language) } else { &note.text };
        let first = paint(&format!("    [{}] ", visible(&note.mark)), DIM);
        let names = names(paragraph, &CitedIn::Note(note.mark.clone()));
        let text = set_off(text, &names, DIM_CITED, DIM);
        out.push_str(&indented(&text, width, &first, "        "));
        out.push('\n');
    }
    out
}

/// What stands before the first line of a paragraph and before the others: its label, and an indent.
pub fn labelled(paragraph: &Paragraph) -> (String, &'static str) {
    let label = paragraph.label.as_deref().map(printed);
    match (paragraph.role, label) {
        (Role::Point, Some(label)) => (format!("    {label} "), "    "),
        (Role::Point, None) => ("    • ".to_owned(), "      "),
        (_, Some(label)) => (format!("{label} "), ""),
        (_, None) => (String::new(), ""),
    }
}

/// Where a paragraph's text or one of its notes names documents.
fn names(paragraph: &Paragraph, found_in: &CitedIn) -> Vec<(u32, u32)> {
    let here = paragraph.citations.iter().filter(|citation| citation.found_in == *found_in);
    let mut names: Vec<(u32, u32)> = here.map(|citation| (citation.start, citation.end)).collect();
    names.sort_unstable();
    // Several places of one document are several citations with one name.
    names.dedup_by(|next, before| next.0 < before.1);
    names
}

/// A label as documents print it: numbers with a full stop.
fn printed(label: &str) -> String {
    let label = visible(label);
    if label.ends_with(')') { label.into_owned() } else { format!("{label}.") }
}
