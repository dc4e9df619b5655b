//! Markdown for people.

use std::collections::HashSet;

use undex_document::{Document, Note, Paragraph, Pinpoint, Role};

use super::lost_note;
use super::text::printed;

/// Writes a document as Markdown, with footnotes and tables as on GitHub.
///
/// The masthead is a block of lines, the title the only heading of the first level, other headings
/// go as deep as those they stand under. Numbers stay as printed: their full stop is escaped, since
/// Markdown would count numbered items by itself. Points are items of lists with their letters,
/// nested as they are in the document. Every note has an identifier of its own, made of its mark,
/// and stands below the paragraph or list that refers to it. Symbol and title stand at the top also
/// where the document does not print them.
///
/// undex reads it back to the same paragraphs, but for a few: what the document lays out against its
/// kind (a heading that looks like text, text that looks like a heading), the words that stand for a
/// note whose text is lost, and letters that repeat marks.
pub fn markdown(document: &Document) -> String {
    let mut writer = Writer {
        document,
        out: String::new(),
        identifiers: HashSet::new(),
        definitions: String::new(),
        titled: false,
        items: Vec::new(),
    };
    let mut before = writer.head();
    for paragraph in &document.paragraphs {
        // Notes would break a list or the block of the masthead in two; they wait for its end.
        let goes_on = match paragraph.role {
            Role::Point => true,
            role => role == Role::Masthead && before == Some(Role::Masthead),
        };
        if !goes_on {
            writer.define();
            writer.items.clear();
        }
        let adjoins = before == Some(Role::Masthead) && paragraph.role == Role::Masthead;
        if before.is_some() && !adjoins {
            writer.out.push('\n');
        }
        writer.paragraph(paragraph, adjoins);
        before = Some(paragraph.role);
    }
    writer.define();
    writer.out
}

/// The deepest heading of Markdown.
const DEEPEST: usize = 6;
/// Spaces by which a list is nested in an item that begins with `- `.
const NESTED: &str = "  ";

struct Writer<'d> {
    document: &'d Document,
    out: String,
    /// Identifiers of notes, taken.
    identifiers: HashSet<String>,
    /// Notes whose marks are written and they are not.
    definitions: String,
    /// Whether the title has been written.
    titled: bool,
    /// The items that are open, outermost first.
    items: Vec<&'d Pinpoint>,
}

impl<'d> Writer<'d> {
    /// Symbol and title where no paragraph says them. Answers what has been written.
    fn head(&mut self) -> Option<Role> {
        let paragraphs = &self.document.paragraphs;
        let symbol = &self.document.symbol;
        let has = |role: Role| paragraphs.iter().any(move |paragraph| paragraph.role == role);
        let printed = paragraphs.iter().any(|paragraph| {
            paragraph.role == Role::Masthead && paragraph.text.parse().as_ref() == Ok(symbol)
        });
        let mut written = None;
        if !printed && !symbol.is_provisional() {
            self.line(&inline(&symbol.to_string()));
            written = Some(Role::Masthead);
        }
        let title = self.document.title.as_ref().filter(|_| !has(Role::Title));
        if let Some(title) = title.filter(|title| !paragraphs.iter().any(|p| p.text == **title)) {
            if written.is_some() {
                self.out.push('\n');
            }
            self.line(&format!("# {}", inline(title)));
            written = Some(Role::Title);
        }
        written
    }

    fn paragraph(&mut self, paragraph: &'d Paragraph, adjoins: bool) {
        let references = self.notes(&paragraph.notes);
        let text = inline(&paragraph.text);
        let label = paragraph.label.as_deref();
        match (paragraph.role, label) {
            (Role::Table, _) => self.table(paragraph, &references),
            (Role::Title | Role::Heading, label) => {
                let level = match paragraph.role {
                    Role::Title if !self.titled => 1,
                    Role::Title => 2,
                    _ => (2 + paragraph.headings.len()).min(DEEPEST),
                };
                self.titled |= paragraph.role == Role::Title;
                let label = label.map(|label| format!("{}. ", inline(label))).unwrap_or_default();
                self.line(&format!("{} {label}{text}{references}", "#".repeat(level)));
            }
            (Role::Masthead, _) => {
                if adjoins {
                    // The line before ends in a line break.
                    self.out.pop();
                    self.out.push_str("  \n");
                }
                self.line(&format!("{}{references}", opening(&text)));
            }
            (Role::Point, label) => {
                while self.items.pop_if(|item| !paragraph.pinpoint.is_within(item)).is_some() {}
                let indent = NESTED.repeat(self.items.len());
                self.items.push(&paragraph.pinpoint);
                let label = label.map(|label| format!("{} ", number(label))).unwrap_or_default();
                let text = if label.is_empty() { opening(&text) } else { text };
                self.line(&format!("{indent}- {label}{text}{references}"));
            }
            (_, Some(label)) => self.line(&format!("{} {text}{references}", number(label))),
            (_, None) => self.line(&format!("{}{references}", opening(&text))),
        }
    }

    /// Writes the notes that wait.
    fn define(&mut self) {
        if !self.definitions.is_empty() {
            self.out.push('\n');
            self.out.push_str(&std::mem::take(&mut self.definitions));
        }
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// A table with its first row as head, as Markdown asks for one.
    fn table(&mut self, paragraph: &Paragraph, references: &str) {
        let rows: Vec<Vec<String>> = paragraph
            .text
            .split('\n')
            .map(|row| row.split('\t').map(|cell| inline(cell).replace('|', "\\|")).collect())
            .collect();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
        let last = rows.len().saturating_sub(1);
        for (at, row) in rows.iter().enumerate() {
            let mut cells = row.clone();
            if at == last
                && let Some(cell) = cells.last_mut()
            {
                cell.push_str(references);
            }
            // The head says how many columns there are; what is beyond them is not shown.
            if at == 0 {
                cells.resize(columns, String::new());
            }
            self.line(&format!("| {} |", cells.join(" | ")));
            if at == 0 {
                self.line(&format!("|{}", " --- |".repeat(columns)));
            }
        }
    }

    /// The references to notes, which wait to be written.
    fn notes(&mut self, notes: &[Note]) -> String {
        let mut references = String::new();
        for note in notes {
            let identifier = self.identifier(&note.mark);
            let text = match note.text.as_str() {
                "" => lost_note(self.document.language).to_owned(),
                text => inline(text),
            };
            references.push_str(&format!("[^{identifier}]"));
            self.definitions.push_str(&format!("[^{identifier}]: {text}\n"));
        }
        references
    }

    /// A mark as an identifier that no other note has: marks begin again in annexes.
    fn identifier(&mut self, mark: &str) -> String {
        let mut base: String = mark.chars().filter(char::is_ascii_alphanumeric).collect();
        if base.is_empty() {
            base = "note".to_owned();
        }
        let mut identifier = base.clone();
        let mut times = 1u32;
        while !self.identifiers.insert(identifier.clone()) {
            times += 1;
            identifier = format!("{base}x{times}");
        }
        identifier
    }
}

/// A label as printed, such that Markdown takes it for text.
fn number(label: &str) -> String {
    let printed = printed(label);
    match printed.strip_suffix('.') {
        Some(bare) if bare.ends_with(|c: char| c.is_ascii_digit()) => {
            format!("{}\\.", inline(bare))
        }
        _ => inline(&printed),
    }
}

/// Text with what Markdown would take for markup inside a line escaped. Line ends become spaces.
pub fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' => true,
            '(' => before == ']',
            '&' => text.get(at + 1..).is_some_and(is_entity),
            _ => false,
        };
        if markup {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
        before = c;
    }
    out
}

/// Whether what follows an ampersand makes it a character reference.
fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    name.find(';').is_some_and(|end| {
        end > 0 && name.bytes().take(end).all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Escaped text with what Markdown would take for markup at the start of a line escaped too: signs of
/// headings, lists, rows and rules, and numbers of lists.
pub fn opening(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    if !number.is_empty() && rest.starts_with(['.', ')']) {
        return format!("{number}\\{rest}");
    }
    if text.starts_with(['#', '-', '+', '|', '=']) { format!("\\{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::{Catalogue, Context, Extractor, Limits};

    use super::*;

    fn read(path: &str, text: &str) -> Document {
        let extractor = Extractor::new(Catalogue::default(), Limits::default());
        extractor.extract_in_process(path, text.as_bytes(), Context::default()).unwrap().document
    }

    const REPORT: &str = "\
UNDEX/MARKDOWN/1

# Of maps

1. The group met[^1] and decided:

(a) To draw *maps*:

(i) Of towns;

(b) To read them[^2].

[^1]: In May.
[^2]: Or later.

## Annex

1. A map has | no tables[^1].

[^1]: See UNDEX/1.

| Town | Maps |
|---|---|
| North | 2 |
";

    #[test]
    fn markdown_of_a_report() {
        let expected = "\
UNDEX/MARKDOWN/1

# Of maps

1\\. The group met and decided:[^1]

- (a) To draw maps:

  - (i) Of towns;

- (b) To read them.[^2]

[^1]: In May.
[^2]: Or later.

## Annex

1\\. A map has | no tables.[^1x2]

[^1x2]: See UNDEX/1.

| Town | Maps |
| --- | --- |
| North | 2 |
";
        let document = read("maps.md", REPORT);
        assert_eq!(markdown(&document), expected);
        let again = read("again.md", expected);
        let shown = |document: &Document| -> Vec<String> {
            let paragraphs = document.paragraphs.iter();
            paragraphs
                .map(|p| format!("{} {:?} {} {}", p.role, p.label, p.pinpoint, p.text))
                .collect()
        };
        assert_eq!(shown(&again), shown(&document));
    }

    #[test]
    fn nothing_is_taken_for_markup() {
        // (text, written)
        let table = [
            ("*one* _two_ `three`", "\\*one\\* \\_two\\_ \\`three\\`"),
            ("[a](b)", "\\[a\\]\\(b)"),
            ("<b> & &amp; &#38; R&D;", "\\<b\\> & \\&amp; \\&#38; R\\&D;"),
            ("# not a heading", "\\# not a heading"),
            ("- not an item", "\\- not an item"),
            ("12. not a number", "12\\. not a number"),
            ("12) not a number", "12\\) not a number"),
            ("2021 was a year", "2021 was a year"),
            ("| not a row |", "\\| not a row |"),
        ];
        for (text, written) in table {
            assert_eq!(opening(&inline(text)), written);
        }
    }
}
