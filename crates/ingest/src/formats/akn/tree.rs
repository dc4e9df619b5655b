//! An XML document as a tree, within bounds.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element with its local name; namespaces are not needed to tell AKN4UN's elements apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

/// Why a tree could not be built.
#[derive(Debug)]
pub(super) enum TreeError {
    /// The XML is not well-formed; the reason names the place.
    Malformed(String),
    /// Elements are nested deeper than allowed.
    Depth(usize),
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The first element of that name anywhere below, in document order.
    pub(super) fn descendant(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| {
            if element.name == name { Some(element) } else { element.descendant(name) }
        })
    }

    /// Every element of that name below, in document order, not looking inside those found.
    pub(super) fn descendants<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            } else {
                element.descendants(name, found);
            }
        }
    }
}

/// Parses a document. Entities other than the five of XML are refused, so nothing expands.
pub(super) fn parse(text: &str, depth_limit: usize) -> Result<Element, TreeError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let at = reader.buffer_position();
        let malformed = |reason: String| {
            let before = text.get(..usize::try_from(at).unwrap_or(usize::MAX)).unwrap_or(text);
            let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
            TreeError::Malformed(format!("{reason} (line {line})"))
        };
        match reader.read_event() {
            Err(error) => return Err(malformed(error.to_string())),
            Ok(Event::Eof) => break,
            Ok(Event::Start(start)) => {
                if open.len() > depth_limit {
                    return Err(TreeError::Depth(open.len()));
                }
                open.push(element(&start).map_err(malformed)?);
            }
            Ok(Event::Empty(start)) => {
                let element = element(&start).map_err(malformed)?;
                append(&mut open, Node::Element(element));
            }
            Ok(Event::End(_)) => {
                if let Some(element) = open.pop().filter(|_| !open.is_empty()) {
                    append(&mut open, Node::Element(element));
                } else {
                    return Err(malformed("an end tag without its start".to_owned()));
                }
            }
            Ok(Event::Text(piece)) => {
                append_text(&mut open, &piece.xml10_content());
            }
            Ok(Event::CData(piece)) => {
                append_text(&mut open, &piece.xml10_content());
            }
            Ok(Event::GeneralRef(reference)) => {
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    Ok(None) => {
                        let name: &str = &reference;
                        quick_xml::escape::resolve_predefined_entity(name)
                            .ok_or_else(|| malformed(format!("unknown entity &{name};")))?
                            .to_owned()
                    }
                    Err(error) => return Err(malformed(error.to_string())),
                };
                append_text(&mut open, &resolved);
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(document), true) if document.elements().next().is_some() => Ok(document),
        (_, false) => {
            Err(TreeError::Malformed("the end of the file stands inside an element".to_owned()))
        }
        _ => Err(TreeError::Malformed("no element in it".to_owned())),
    }
}

fn append(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn append_text(open: &mut [Element], text: &str) {
    if let Some(parent) = open.last_mut() {
        match parent.children.last_mut() {
            Some(Node::Text(last)) => last.push_str(text),
            _ => parent.children.push(Node::Text(text.to_owned())),
        }
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let name = start.local_name().as_ref().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let key = attribute.key.local_name().as_ref().to_owned();
        let value =
            quick_xml::escape::unescape(&attribute.value).map_err(|error| error.to_string())?;
        attributes.push((key, value.into_owned()));
    }
    Ok(Element { name, attributes, children: Vec::new() })
}
