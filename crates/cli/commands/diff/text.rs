//! Documents that differ, as text for people.

use std::io::{self, Write};

use undex_document::{Language, Note, Paragraph, Symbol};
use undex_query::{
    Change, DocumentDiff, DocumentField, DocumentHead, ParagraphDiff, ParagraphField, WordChange,
    changed_words,
};

use crate::commands::paragraph::{Head, head, shortened};
use crate::terminal::{
    ADDED, DIM, REMOVED, Style, WARNING, counted, grouped, indented, paint, visible,
};

/// Stretches of words shown of what changed in one text.
const SHOWN_STRETCHES: usize = 4;

/// Characters shown of a stretch.
const SHOWN_CHARACTERS: usize = 60;

/// Characters shown of a paragraph that was added or removed.
const SHOWN_TEXT: usize = 90;

/// What stands before the paragraphs of a document, and before what is said of a paragraph.
const PARAGRAPH: &str = "  ";
const DETAIL: &str = "      ";

/// Writes a document that differs: what it is and, where it changed, what differs in it.
pub fn document(
    out: &mut impl Write,
    document: &DocumentDiff,
    width: Option<usize>,
) -> io::Result<()> {
    let Some(shown) = document.new.as_ref().or(document.old.as_ref()) else { return Ok(()) };
    let mut facts = vec![document.language.to_string(), shown.kind.to_string()];
    facts.extend(shown.date.map(|date| date.to_string()));
    if document.change != Change::Changed {
        facts.push(counted(shown.paragraphs.into(), "paragraph"));
    }
    let cite = format!("{} {}", word(document.change), document.symbol);
    let above = Head { cite: &cite, facts: &facts, title: shown.title.as_deref(), headings: &[] };
    head(out, &above, width)?;
    if let (Some(old), Some(new)) = (&document.old, &document.new) {
        for field in &document.fields {
            let line = format!("{} {}", name(*field), fact(*field, old, new));
            writeln!(out, "{}", indented(&line, width, PARAGRAPH, DETAIL))?;
        }
    }
    let mut rest = document.paragraphs.as_slice();
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|next| says_the_same(first, next)).count().max(1);
        let (of_run, others) = rest.split_at(run);
        paragraphs(out, of_run, document.language, width)?;
        rest = others;
    }
    Ok(())
}

fn word(change: Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::Removed => "removed",
        _ => "changed",
    }
}

fn name(field: DocumentField) -> &'static str {
    match field {
        DocumentField::Title => "title",
        DocumentField::Date => "date",
        DocumentField::Type => "type",
        DocumentField::Symbols => "symbols",
        _ => "other",
    }
}

/// A fact about a document, as it was and as it is.
fn fact(field: DocumentField, old: &DocumentHead, new: &DocumentHead) -> String {
    let title = |head: &DocumentHead| head.title.clone().unwrap_or_default();
    let date = |head: &DocumentHead| head.date.map(|date| date.to_string());
    let symbols = |head: &DocumentHead| {
        head.symbols.iter().map(Symbol::to_string).collect::<Vec<_>>().join(", ")
    };
    match field {
        DocumentField::Title => stretches(&changed_words(&title(old), &title(new))),
        DocumentField::Date => {
            arrow(&date(old).unwrap_or_default(), &date(new).unwrap_or_default())
        }
        DocumentField::Type => arrow(old.kind.name(), new.kind.name()),
        DocumentField::Symbols => arrow(&symbols(old), &symbols(new)),
        _ => String::new(),
    }
}

/// Whether the same is to be said of two paragraphs, so that one line says it of both: a new number at
/// the start of a report moves all that follow, and a heading with other words stands above many.
fn says_the_same(one: &ParagraphDiff, other: &ParagraphDiff) -> bool {
    let headings = |paragraph: &ParagraphDiff| {
        let of = |side: &Option<Paragraph>| side.as_ref().map(|side| side.headings.clone());
        let differ = paragraph.fields.contains(&ParagraphField::Headings);
        differ.then(|| (of(&paragraph.old), of(&paragraph.new)))
    };
    only_moves(one)
        && only_moves(other)
        && place_moves(one) == place_moves(other)
        && headings(one) == headings(other)
}

/// Whether nothing of a paragraph changed but where it stands.
fn only_moves(paragraph: &ParagraphDiff) -> bool {
    paragraph.change == Change::Changed
        && paragraph.fields.iter().all(|field| match field {
            ParagraphField::Pinpoint | ParagraphField::Headings => true,
            // Unless the place says it, a new label is something to see.
            ParagraphField::Label => place_moves(paragraph),
            _ => false,
        })
}

fn place_moves(paragraph: &ParagraphDiff) -> bool {
    paragraph.fields.contains(&ParagraphField::Pinpoint)
}

/// Writes a paragraph that differs, or several of which the same is to be said.
fn paragraphs(
    out: &mut impl Write,
    run: &[ParagraphDiff],
    language: Language,
    width: Option<usize>,
) -> io::Result<()> {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return Ok(()) };
    let place = |paragraph: &Option<Paragraph>| {
        let place = paragraph.as_ref().map(|one| one.pinpoint.in_language(language).to_string());
        visible(&place.unwrap_or_default()).into_owned()
    };
    let places = |of: fn(&ParagraphDiff) -> &Option<Paragraph>| match run.len() {
        1 => place(of(first)),
        _ => format!("{} … {}", place(of(first)), place(of(last))),
    };
    let (sign, style) = sign(first.change);
    let (old, new) = (places(|one| &one.old), places(|one| &one.new));
    let mut line = match first.change {
        Change::Removed => old,
        Change::Changed if place_moves(first) => format!("{old} → {new}"),
        _ => new,
    };
    if run.len() > 1 {
        line.push_str(&format!(" ({})", counted(run.len() as u64, "paragraph")));
    }
    let begin = format!("{PARAGRAPH}{} ", paint(sign, style));
    writeln!(out, "{}", indented(&line, width, &begin, DETAIL))?;
    for detail in details(first) {
        writeln!(out, "{}", indented(&detail, width, DETAIL, DETAIL))?;
    }
    Ok(())
}

fn sign(change: Change) -> (&'static str, Style) {
    match change {
        Change::Added => ("+", ADDED),
        Change::Removed => ("-", REMOVED),
        _ => ("~", WARNING),
    }
}

/// What is to be said of a paragraph beside where it stands, a line each.
fn details(paragraph: &ParagraphDiff) -> Vec<String> {
    let (old, new) = match (&paragraph.old, &paragraph.new) {
        (Some(old), Some(new)) => (old, new),
        (Some(only), None) | (None, Some(only)) => {
            return vec![paint(&short(&only.text, SHOWN_TEXT), DIM)];
        }
        (None, None) => return Vec::new(),
    };
    let label = |paragraph: &Paragraph| paragraph.label.clone().unwrap_or_default();
    let mut details = Vec::new();
    for field in &paragraph.fields {
        details.push(match field {
            ParagraphField::Text => stretches(&paragraph.words),
            ParagraphField::Role => {
                format!("role {}", arrow(old.role.name(), new.role.name()))
            }
            // The place says it already.
            ParagraphField::Label if place_moves(paragraph) => continue,
            ParagraphField::Label => format!("label {}", arrow(&label(old), &label(new))),
            ParagraphField::Notes => {
                let words = changed_words(&notes(&old.notes), &notes(&new.notes));
                format!("notes {}", stretches(&words))
            }
            ParagraphField::Headings => {
                let trail = |headings: &[String]| headings.join(" › ");
                let words = changed_words(&trail(&old.headings), &trail(&new.headings));
                format!("headings {}", stretches(&words))
            }
            _ => continue,
        });
    }
    details
}

/// Notes in one text, each behind its mark.
fn notes(notes: &[Note]) -> String {
    let notes = notes.iter().map(|note| format!("[{}] {}", note.mark, note.text));
    notes.collect::<Vec<_>>().join(" ")
}

/// The words that differ, as they were and as they are.
fn stretches(changes: &[WordChange]) -> String {
    if changes.is_empty() {
        return "differs in spaces only".to_owned();
    }
    let shown = changes.iter().take(SHOWN_STRETCHES).map(|change| arrow(&change.old, &change.new));
    let mut line = shown.collect::<Vec<_>>().join("; ");
    if changes.len() > SHOWN_STRETCHES {
        let more = (changes.len() - SHOWN_STRETCHES) as u64;
        line.push_str(&format!("; and {} more", grouped(more)));
    }
    line
}

/// `“old” → “new”`; what is empty is left out.
fn arrow(old: &str, new: &str) -> String {
    let quoted = |text: &str, style| paint(&format!("“{}”", short(text, SHOWN_CHARACTERS)), style);
    match (old.is_empty(), new.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("added {}", quoted(new, ADDED)),
        (false, true) => format!("removed {}", quoted(old, REMOVED)),
        (false, false) => format!("{} → {}", quoted(old, REMOVED), quoted(new, ADDED)),
    }
}

/// The beginning of a text, in one line and harmless.
fn short(text: &str, length: usize) -> String {
    // As much as is shown of it, before anything is done to a text that may be long.
    let words: Vec<&str> = text.split_whitespace().take(length).collect();
    visible(&shortened(&words.join(" "), length)).into_owned()
}
