//! Plain text for people.

use undex_document::{Document, Paragraph, Role};

use super::lost_note;

/// Writes a document as plain text: what it is, then its paragraphs, each on a line of its own with
/// an empty line before it, labels as printed, points indented, notes below their paragraph, the
/// cells of tables parted by bars. The masthead is left out, since the first line says what it says;
/// so is a title that stands there already.
pub fn text(document: &Document) -> String {
    let mut out = format!("{}  {}\n", document.symbol, facts(document));
    if let Some(title) = &document.title {
        out.push_str(title);
        out.push('\n');
    }
    for paragraph in document.paragraphs.iter().filter(|p| is_shown(p, document)) {
        out.push('\n');
        write(&mut out, paragraph);
        for note in &paragraph.notes {
            let text = if note.text.is_empty() { lost_note(document.language) } else { &note.text };
            out.push_str(&format!("    [{}] {text}\n", note.mark));
        }
    }
    out
}

/// Language, type and date: `es · resolution · 2023-12-22`.
pub(super) fn facts(document: &Document) -> String {
    let mut facts = vec![document.language.to_string(), document.kind.to_string()];
    facts.extend(document.date.map(|date| date.to_string()));
    facts.join(" · ")
}

fn is_shown(paragraph: &Paragraph, document: &Document) -> bool {
    // The title stands above already, a resolution's with its number in the text.
    let repeated = paragraph.role == Role::Title
        && document.title.as_deref().is_some_and(|title| paragraph.text == title);
    !repeated && paragraph.role != Role::Masthead
}

fn write(out: &mut String, paragraph: &Paragraph) {
    let label = paragraph.label.as_deref();
    let line = match (paragraph.role, label) {
        (Role::Table, _) => {
            for row in paragraph.text.lines() {
                out.push_str(&format!("  {}\n", row.replace('\t', "  │  ")));
            }
            return;
        }
        (Role::Heading | Role::Title, Some(label)) => format!("{label}. {}", paragraph.text),
        (Role::Point, Some(label)) => format!("    {} {}", printed(label), paragraph.text),
        (Role::Point, None) => format!("    • {}", paragraph.text),
        (_, Some(label)) => format!("{} {}", printed(label), paragraph.text),
        (_, None) => paragraph.text.clone(),
    };
    out.push_str(&line);
    out.push('\n');
}

/// A label as documents print it: numbers with a full stop.
pub(super) fn printed(label: &str) -> String {
    if label.ends_with(')') { label.to_owned() } else { format!("{label}.") }
}

#[cfg(test)]
mod tests {
    use crate::{Catalogue, Context, Extractor, Limits};

    use super::*;

    #[test]
    fn text_of_a_report() {
        let given = "\
UNDEX/TEXT/1

English

# Of maps

## I. Introduction

1. The group met[^1]:

(a) To draw maps;

[^1]: In May.

| Town | Maps |
|---|---|
| North | 2 |
";
        let expected = "\
UNDEX/TEXT/1  en · other
Of maps

I. Introduction

1. The group met:
    [1] In May.

    (a) To draw maps;

  Town  │  Maps
  North  │  2
";
        let extractor = Extractor::new(Catalogue::default(), Limits::default());
        let read = extractor.extract_in_process("a.md", given.as_bytes(), Context::default());
        assert_eq!(text(&read.unwrap().document), expected);
    }
}
