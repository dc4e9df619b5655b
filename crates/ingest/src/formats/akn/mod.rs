//! Akoma Ntoso XML in the profile of the United Nations (AKN4UN), as published for resolutions of
//! the General Assembly.

use undex_document::{Format, Note};

use crate::formats::Draft;
use crate::structure::words::is_named_sentence;
use crate::structure::{Block, Form, Label, LabelKind, Shape};
use crate::{ExtractError, Limits};

mod inline;
mod metadata;
pub(crate) mod places;
mod stated;
#[cfg(test)]
mod tests;
mod tree;
pub(crate) mod vocabulary;

use inline::{flatten, plain};
use tree::{Element, TreeError};

/// Reads one AKN document.
pub(crate) fn read(path: &str, text: &str, limits: &Limits) -> Result<Draft, ExtractError> {
    let root = tree::parse(text, limits.xml_depth).map_err(|error| match error {
        TreeError::Malformed(reason) => {
            ExtractError::Malformed { path: path.to_owned(), format: Format::Akn, reason }
        }
        TreeError::Depth(met) => ExtractError::Limit {
            path: path.to_owned(),
            limit: "xml_depth",
            met: met as u64,
            bound: limits.xml_depth as u64,
        },
    })?;
    let Some(document) = root.descendant("akomaNtoso") else {
        return Err(ExtractError::Malformed {
            path: path.to_owned(),
            format: Format::Akn,
            reason: "no akomaNtoso element".to_owned(),
        });
    };
    if let Some(draft) = stated::read(document) {
        return Ok(draft);
    }
    let mut reader = Reader::default();
    for part in document.elements() {
        reader.part(part);
    }
    reader.head_with_sentences();
    let resolution = document.elements().any(|part| {
        part.attribute("name") == Some("resolution") || part.name == "documentCollection"
    });
    Ok(Draft {
        blocks: reader.blocks,
        found: metadata::found(document),
        form: Some(if resolution { Form::Resolution } else { Form::Report }),
        ..Draft::default()
    })
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// Places of named sentences in bold.
    bold_sentences: Vec<usize>,
    /// Whether the resolution being read is one of several in the document.
    in_component: bool,
}

impl Reader {
    /// A statement, a collection of statements, or their components.
    fn part(&mut self, part: &Element) {
        for child in part.elements() {
            match child.name.as_str() {
                "coverPage" => self.cover(child),
                "preface" => self.preface(child),
                "preamble" => self.preamble(child),
                "mainBody" => self.body(child),
                "conclusions" => self.push(Shape::Closing, child),
                "attachments" | "attachment" | "doc" => self.part(child),
                "component" => {
                    self.in_component = true;
                    self.part(child);
                }
                "statement" | "components" | "documentCollection" => self.part(child),
                _ => {}
            }
        }
    }

    /// Bold sentences before numbered paragraphs head them: `Action 6. We will invest in people.`
    fn head_with_sentences(&mut self) {
        for at in std::mem::take(&mut self.bold_sentences) {
            let next = self.blocks.get(at + 1).and_then(|next| next.label.as_deref());
            let numbered = next.and_then(Label::from_printed);
            if numbered.is_some_and(|label| matches!(label.kind, LabelKind::Number(_)))
                && let Some(block) = self.blocks.get_mut(at)
            {
                block.shape = Shape::Heading(None);
            }
        }
    }

    /// Appends an element's whole text as one block.
    fn push(&mut self, shape: Shape, element: &Element) {
        let (text, notes) = flatten(element);
        self.push_text(shape, None, text, notes);
    }

    fn push_text(
        &mut self,
        shape: Shape,
        mut label: Option<String>,
        mut text: String,
        notes: Vec<Note>,
    ) {
        // Markup made from some Word files leaves the number in the text: `h) To ensure that`.
        let numbered = (shape == Shape::Body && label.is_none())
            .then(|| Label::at_start(&text))
            .flatten()
            .filter(|found| !matches!(found.kind, LabelKind::Capital(_)));
        if let Some(found) = numbered {
            text.drain(..found.length);
            label = Some(found.printed);
        }
        if text.is_empty() {
            // A mark without words around it belongs to what stands before.
            if let Some(last) = self.blocks.last_mut() {
                last.notes.extend(notes);
            }
            if label.is_none() {
                return;
            }
            self.blocks.push(Block { label, ..Block::new(shape, text) });
            return;
        }
        self.blocks.push(Block { label, notes, ..Block::new(shape, text) });
    }

    fn cover(&mut self, cover: &Element) {
        for line in cover.elements() {
            self.push(Shape::Masthead, line);
        }
    }

    fn preface(&mut self, preface: &Element) {
        let number = preface.descendant("docNumber").map(plain).unwrap_or_default();
        let titled = preface.descendant("docTitle").is_some();
        if self.in_component {
            let (text, notes) = preface.descendant("docTitle").map(flatten).unwrap_or_default();
            let label = number.trim_end_matches('.').to_owned();
            self.blocks.push(Block {
                label: (!label.is_empty()).then_some(label),
                notes,
                ..Block::new(Shape::ResolutionPart, text)
            });
        } else if titled || !number.is_empty() {
            for line in preface.elements() {
                self.push(Shape::Title, line);
            }
        }
    }

    fn preamble(&mut self, preamble: &Element) {
        for child in preamble.elements() {
            match child.name.as_str() {
                "formula" => self.push(Shape::Opening, child),
                // Lettered items of a preambular paragraph are part of it.
                "container" | "blockList" => self.push(Shape::Preambular, child),
                "p" if child.descendant("decoration").is_some() => {}
                _ => self.push(Shape::Preambular, child),
            }
        }
    }

    fn body(&mut self, body: &Element) {
        for child in body.elements() {
            match child.name.as_str() {
                "paragraph" => self.paragraph(child),
                "section" | "hcontainer" | "chapter" | "part" | "title" | "subsection" => {
                    self.section(child);
                }
                "list" | "sublist" => self.labelled_list(child, None),
                "point" | "indent" | "alinea" | "subparagraph" => self.point(child),
                "content" => self.content(child, &mut None),
                // The number of a section whose heading has a line of its own.
                "num" | "subheading" | "heading" => self.push(Shape::Heading(None), child),
                "crossHeading" if child.attribute("refersTo") == Some("#preamble") => {
                    self.push(Shape::Preambular, child);
                }
                "crossHeading" => self.push(Shape::Heading(None), child),
                "container" if child.child("table").is_some() => self.body(child),
                "container" if child.child("blockList").is_some() => self.body(child),
                "table" => self.table(child),
                "blockList" => self.list(child),
                // A number on a line of its own heads the section.
                "p" if child.child("num").is_some() => self.push(Shape::Heading(None), child),
                "p" if child.descendant("decoration").is_some() => {}
                _ => self.push(Shape::Body, child),
            }
        }
    }

    /// A section: its number and heading are one line.
    fn section(&mut self, section: &Element) {
        let label = label_of(section);
        let Some(heading) = section.child("heading").filter(|_| label.is_some()) else {
            return self.body(section);
        };
        let (text, notes) = flatten(heading);
        self.push_text(Shape::Heading(None), label, text, notes);
        let rest = section.children.iter().filter(|node| match node {
            tree::Node::Element(child) => !matches!(child.name.as_str(), "num" | "heading"),
            tree::Node::Text(_) => false,
        });
        self.body(&Element { children: rest.cloned().collect(), ..Element::default() });
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let class = paragraph.attribute("class").unwrap_or_default();
        let label = label_of(paragraph);
        if let Some(level) = heading_level(class) {
            let content: Vec<&Element> =
                paragraph.elements().filter(|child| child.name != "num").collect();
            let mut label = label;
            for part in content {
                let (text, notes) = flatten(part);
                // `<num>I.</num>` followed by `. Title`: the full stop was kept twice.
                let text = text.trim_start_matches(['.', ' ']).to_owned();
                self.push_text(Shape::Heading(Some(level)), label.take(), text, notes);
            }
            if label.is_some() {
                self.push_text(Shape::Heading(Some(level)), label, String::new(), Vec::new());
            }
            return;
        }
        let mut label = label;
        for child in paragraph.elements() {
            match child.name.as_str() {
                "num" => {}
                "subheading" | "heading" => self.push(Shape::Heading(None), child),
                "list" => self.labelled_list(child, label.take()),
                "content" => self.content(child, &mut label),
                "table" => self.table(child),
                _ => {
                    let (text, notes) = flatten(child);
                    self.push_text(Shape::Body, label.take(), text, notes);
                }
            }
        }
    }

    /// The content of a paragraph or point: its first line carries the number.
    fn content(&mut self, content: &Element, label: &mut Option<String>) {
        for child in content.elements() {
            if child.name == "table" {
                self.table(child);
                continue;
            }
            let (text, notes) = flatten(child);
            let heads = match label.as_deref() {
                Some(label) => is_section_label(label) && is_set_in(child, &["bold"]),
                None => is_set_in(child, &["bold", "italic"]),
            };
            // Nor is a meeting a heading, `18th plenary meeting`; a title may begin with a year.
            let digits = text.chars().take_while(char::is_ascii_digit).count();
            let sentence = text.ends_with(['.', ';', ',', ':']) || (1..=3).contains(&digits);
            let shape = if heads && !sentence { Shape::Heading(None) } else { Shape::Body };
            if label.is_none() && is_named_sentence(&text) && is_set_in(child, &["bold"]) {
                self.bold_sentences.push(self.blocks.len());
            }
            self.push_text(shape, label.take(), text, notes);
        }
    }

    fn labelled_list(&mut self, list: &Element, mut label: Option<String>) {
        for child in list.elements() {
            match child.name.as_str() {
                "intro" => {
                    let (text, notes) = flatten(child);
                    self.push_text(Shape::Body, label.take(), text, notes);
                }
                "point" | "indent" | "alinea" | "subparagraph" => self.point(child),
                "hcontainer" => self.section(child),
                "list" | "sublist" => self.labelled_list(child, None),
                _ => self.push(Shape::Body, child),
            }
        }
    }

    /// An item of a list, with a number or, as an indent, without.
    fn point(&mut self, point: &Element) {
        let mut label = label_of(point);
        let first = self.blocks.len();
        for part in point.elements() {
            match part.name.as_str() {
                "num" => {}
                "list" | "sublist" => self.labelled_list(part, label.take()),
                "content" => self.content(part, &mut label),
                _ => {
                    let (text, notes) = flatten(part);
                    self.push_text(Shape::Body, label.take(), text, notes);
                }
            }
        }
        if let Some(block) = self.blocks.get_mut(first).filter(|_| point.name == "indent")
            && block.label.is_none()
        {
            block.shape = Shape::Bullet;
        }
    }

    fn list(&mut self, list: &Element) {
        for child in list.elements() {
            if child.name == "item" {
                let mut label = label_of(child);
                for part in child.elements().filter(|part| part.name != "num") {
                    let (text, notes) = flatten(part);
                    self.push_text(Shape::Body, label.take(), text, notes);
                }
            } else {
                self.push(Shape::Body, child);
            }
        }
    }

    fn table(&mut self, table: &Element) {
        let mut rows = Vec::new();
        table.descendants("tr", &mut rows);
        let mut notes = Vec::new();
        let lines: Vec<String> = rows
            .into_iter()
            .map(|row| {
                let cells: Vec<String> = row
                    .elements()
                    .filter(|cell| matches!(cell.name.as_str(), "td" | "th"))
                    .map(|cell| {
                        let (text, cell_notes) = flatten(cell);
                        notes.extend(cell_notes);
                        text
                    })
                    .collect();
                cells.join("\t").trim_end().to_owned()
            })
            .filter(|line| !line.trim().is_empty())
            .collect();
        if !lines.is_empty() {
            self.blocks.push(Block { notes, ..Block::new(Shape::Table, lines.join("\n")) });
        }
    }
}

/// The number of a paragraph or point, without its full stop.
fn label_of(element: &Element) -> Option<String> {
    let label = plain(element.child("num")?);
    let label = label.trim_end_matches('.').trim();
    (!label.is_empty()).then(|| label.to_owned())
}

/// The level of a heading by the style of the UN's Word templates it was made from.
fn heading_level(class: &str) -> Option<u8> {
    let class = class.trim_end_matches('0');
    Some(match class.to_ascii_uppercase().as_str() {
        "HCH" | "HM" => 1,
        "H1" | "TITLEH1" => 2,
        "H23" => 3,
        "H4" | "H56" => 4,
        _ => return None,
    })
}

/// Whether a label is one that sections have: `IV`, `A`.
fn is_section_label(label: &str) -> bool {
    Label::from_printed(label).is_some_and(|label| matches!(label.kind, LabelKind::Capital(_)))
}

/// Whether a line is in one of these faces from end to end, but for notes and raised letters.
fn is_set_in(line: &Element, faces: &[&str]) -> bool {
    let mut set = false;
    for node in &line.children {
        match node {
            tree::Node::Text(text) if text.trim().is_empty() => {}
            tree::Node::Text(_) => return false,
            tree::Node::Element(child) => match child.name.as_str() {
                "sup" | "authorialNote" => {}
                _ => {
                    let class = child.attribute("class").unwrap_or_default();
                    if !faces.iter().any(|face| class.contains(face)) {
                        return false;
                    }
                    set = true;
                }
            },
        }
    }
    set
}
