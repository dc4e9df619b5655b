//! The preamble of a resolution: its opening line, its preambular paragraphs and their points.

use undex_document::{Paragraph, Pinpoint, Role};

use super::Writer;
use super::lines::{num, unit};
use super::xml::Element;

/// How many paragraphs from the first on are a preamble: none of them under a heading, each
/// preambular or inside one that is.
pub(super) fn preamble(paragraphs: &[Paragraph]) -> usize {
    let mut host: Option<&Pinpoint> = None;
    paragraphs
        .iter()
        .take_while(|paragraph| {
            if !paragraph.headings.is_empty() {
                return false;
            }
            match paragraph.role {
                Role::Preambular => {
                    host = Some(&paragraph.pinpoint);
                    true
                }
                Role::Point | Role::Text => {
                    host.is_some_and(|host| paragraph.pinpoint.is_within(host))
                }
                _ => false,
            }
        })
        .count()
}

impl Writer<'_> {
    /// The element of a preamble.
    pub(super) fn preamble(&mut self, paragraphs: &[Paragraph]) -> Element {
        let mut preamble = Element::new("preamble");
        for paragraph in paragraphs {
            if paragraph.role == Role::Preambular {
                let opening = paragraph
                    .pinpoint
                    .steps()
                    .last()
                    .is_some_and(|step| *step == undex_document::Step::Opening);
                let (name, title) = if opening {
                    ("formula", "enactingFormula")
                } else {
                    ("container", "preambular")
                };
                let host = if paragraph.label.is_some() {
                    // A container has no number of its own.
                    Element::new(name).with("name", title).child(self.lines.line(paragraph))
                } else {
                    unit(name, paragraph).with("name", title).child(self.lines.words(paragraph))
                };
                preamble.push(host);
                continue;
            }
            let Some(host) = preamble.last_mut() else { continue };
            if paragraph.role == Role::Text {
                host.push(self.lines.line(paragraph));
                continue;
            }
            // How deep an item is, its place says; a list in a preamble is short and stays flat.
            if !host.last_is("blockList") {
                host.push(Element::new("blockList"));
            }
            let item =
                unit("item", paragraph).children(num(paragraph)).child(self.lines.words(paragraph));
            if let Some(list) = host.last_mut() {
                list.push(item);
            }
        }
        preamble
    }
}
