//! The text of one paragraph: its label, its words, its notes, its rows.

use undex_document::{Note, Paragraph, Role};

use super::xml::Element;
use crate::formats::akn::places;
use crate::formats::akn::vocabulary::{LABEL_CLASS, role_id};
use crate::identity::{self, MastheadLine};

/// Writes lines, and remembers what runs through the whole document.
#[derive(Default)]
pub(super) struct Lines {
    notes: u32,
    page: Option<u32>,
}

/// An element that is a paragraph: with its role and place.
pub(super) fn unit(name: &'static str, paragraph: &Paragraph) -> Element {
    let id = places::to_id(&paragraph.pinpoint);
    Element::new(name)
        .with_some("eId", (!id.is_empty()).then_some(id))
        .with("refersTo", format!("#{}", role_id(paragraph.role)))
}

/// The number of a paragraph, as printed.
pub(super) fn num(paragraph: &Paragraph) -> Option<Element> {
    paragraph.label.as_deref().map(|label| Element::new("num").text(&printed(label)))
}

/// A label with the full stop that documents print after numbers and letters.
fn printed(label: &str) -> String {
    if label.chars().all(char::is_alphanumeric) { format!("{label}.") } else { label.to_owned() }
}

impl Lines {
    /// A paragraph that is one line: of the masthead, the title or the end.
    pub(super) fn line(&mut self, paragraph: &Paragraph) -> Element {
        let mut line = unit("p", paragraph);
        if let Some(label) = &paragraph.label {
            line.push(number(label));
            line.push_text(" ");
        }
        self.page_break(paragraph, &mut line);
        let text = paragraph.text.as_str();
        match paragraph.role {
            Role::Title => {
                let mut title = text;
                if let Some((number, bare)) = numbered_title(text) {
                    line.push(Element::new("docNumber").text(number));
                    line.push_text(" ");
                    title = bare;
                }
                let mut element = Element::new("docTitle");
                words(title, &mut element);
                self.notes(&paragraph.notes, &mut element);
                line.push(element);
            }
            Role::Masthead => {
                match masthead(text) {
                    Some(mut element) => {
                        words(text, &mut element);
                        line.push(element);
                    }
                    None => words(text, &mut line),
                }
                self.notes(&paragraph.notes, &mut line);
            }
            _ => self.inline(paragraph, &mut line),
        }
        line
    }

    /// A paragraph's words as a `p`, without its label.
    pub(super) fn words(&mut self, paragraph: &Paragraph) -> Element {
        let mut line = Element::new("p");
        self.page_break(paragraph, &mut line);
        self.inline(paragraph, &mut line);
        line
    }

    /// A heading's words, in an element of that name.
    pub(super) fn heading(&mut self, paragraph: &Paragraph, mut element: Element) -> Element {
        self.page_break(paragraph, &mut element);
        self.inline(paragraph, &mut element);
        element
    }

    fn inline(&mut self, paragraph: &Paragraph, line: &mut Element) {
        words(&paragraph.text, line);
        self.notes(&paragraph.notes, line);
    }

    /// A table, its notes in its last cell.
    pub(super) fn table(&mut self, paragraph: &Paragraph) -> Element {
        let mut table = Element::new("table");
        let mut rows = paragraph.text.split('\n').enumerate().peekable();
        while let Some((at, row)) = rows.next() {
            let mut tr = Element::new("tr");
            let mut cells = row.split('\t').enumerate().peekable();
            while let Some((column, cell)) = cells.next() {
                let mut line = Element::new("p");
                if at == 0 && column == 0 {
                    self.page_break(paragraph, &mut line);
                }
                line.push_text(cell);
                if rows.peek().is_none() && cells.peek().is_none() {
                    self.notes(&paragraph.notes, &mut line);
                }
                tr.push(Element::new("td").child(line));
            }
            table.push(tr);
        }
        table
    }

    fn notes(&mut self, notes: &[Note], line: &mut Element) {
        for note in notes {
            self.notes += 1;
            let mut text = Element::new("p");
            words(&note.text, &mut text);
            let lost = note.text.is_empty().then(|| LOST.to_owned());
            line.push(
                Element::new("authorialNote")
                    .with("marker", note.mark.as_str())
                    .with("placement", "bottom")
                    .with("eId", format!("authorialNote_{}", self.notes))
                    .with_some("status", lost)
                    .child(text),
            );
        }
    }

    fn page_break(&mut self, paragraph: &Paragraph, line: &mut Element) {
        if paragraph.page != self.page {
            self.page = paragraph.page;
            let number = paragraph.page.map(|page| page.to_string());
            line.push(Element::new("eop").with_some("number", number));
        }
    }
}

/// The standard's word for content that should be there and is not.
const LOST: &str = "incomplete";

/// Text with its line ends as elements.
fn words(text: &str, line: &mut Element) {
    for (at, piece) in text.split('\n').enumerate() {
        if at > 0 {
            line.push(Element::new("eol"));
        }
        line.push_text(piece);
    }
}

/// The label of a line that can hold no `num`.
fn number(label: &str) -> Element {
    Element::new("docNumber").with("class", LABEL_CLASS).text(&printed(label))
}

/// `78/237.` and the title behind it, where the text is exactly these.
fn numbered_title(text: &str) -> Option<(&str, &str)> {
    let (number, _) = identity::resolution_heading(text)?;
    let (head, title) = text.split_at_checked(number.len() + 1)?;
    let title = title.strip_prefix(' ')?;
    (head.strip_suffix('.') == Some(&number) && !title.is_empty()).then_some((head, title))
}

/// The element for a line of the masthead by what it says.
fn masthead(text: &str) -> Option<Element> {
    Some(match identity::classify(text)? {
        MastheadLine::Symbol => Element::new("docNumber").with("refersTo", "#symbol"),
        MastheadLine::Session => Element::new("session"),
        MastheadLine::Agenda => Element::new("inline").with("name", "agenda item"),
        MastheadLine::Date => {
            let date = identity::first_date(text)?;
            Element::new("docDate").with("date", date.to_string())
        }
        // `[on the report of the First Committee (A/78/404)]`
        MastheadLine::Adoption if text.starts_with('[') => Element::new("docProponent"),
        MastheadLine::Adoption => Element::new("docTitle"),
        MastheadLine::Furniture | MastheadLine::Language(_) => return None,
    })
}
