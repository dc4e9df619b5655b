//! A small tree of elements, and its text.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element on its way to the file.
#[derive(Clone, Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), children: Vec::new() }
    }

    /// With an attribute.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With an attribute where there is a value for it.
    pub(super) fn with_some(self, name: &'static str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub(super) fn child(mut self, child: Element) -> Self {
        self.push(child);
        self
    }

    pub(super) fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        self.push_text(text);
        self
    }

    pub(super) fn push(&mut self, child: Element) {
        self.children.push(Node::Element(child));
    }

    pub(super) fn push_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.children.push(Node::Text(text.to_owned()));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    pub(super) fn last_is(&self, name: &str) -> bool {
        matches!(self.children.last(), Some(Node::Element(last)) if last.name == name)
    }

    /// The last child, where it is an element.
    pub(super) fn last_mut(&mut self) -> Option<&mut Element> {
        match self.children.last_mut() {
            Some(Node::Element(last)) => Some(last),
            _ => None,
        }
    }

    /// Whether it holds text, so that spaces in it count.
    fn is_mixed(&self) -> bool {
        MIXED.contains(&self.name)
    }

    /// The file: a declaration, then this element.
    pub(super) fn document(&self) -> String {
        let mut writer = Writer::new(Vec::new());
        put(&mut writer, Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        self.write(&mut writer, Some(0));
        line(&mut writer, 0);
        // Text goes in as UTF-8 and comes out as such.
        String::from_utf8(writer.into_inner()).unwrap_or_default()
    }

    /// Writes the element, on a line of its own where that adds no space to text.
    fn write(&self, writer: &mut Writer<Vec<u8>>, depth: Option<usize>) {
        if let Some(depth) = depth {
            line(writer, depth);
        }
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((*name, allowed(value).as_str()));
        }
        if self.children.is_empty() {
            put(writer, Event::Empty(start));
            return;
        }
        put(writer, Event::Start(start));
        let inner = depth.filter(|_| !self.is_mixed());
        for child in &self.children {
            match child {
                Node::Element(child) => child.write(writer, inner.map(|depth| depth + 1)),
                Node::Text(text) => put(writer, Event::Text(BytesText::new(&allowed(text)))),
            }
        }
        if let Some(depth) = inner {
            line(writer, depth);
        }
        put(writer, Event::End(BytesEnd::new(self.name)));
    }
}

/// Elements that hold text.
const MIXED: [&str; 5] = ["p", "num", "heading", "subheading", "docTitle"];

/// Spaces before an element, for each element it is inside.
const INDENT: usize = 2;
/// The deepest indentation, in elements: below it lines would be more space than text.
const INDENT_DEPTH: usize = 20;

fn line(writer: &mut Writer<Vec<u8>>, depth: usize) {
    let out = writer.get_mut();
    out.push(b'\n');
    out.extend(std::iter::repeat_n(b' ', INDENT * depth.min(INDENT_DEPTH)));
}

fn put(writer: &mut Writer<Vec<u8>>, event: Event<'_>) {
    // Writing to memory does not fail.
    let _ = writer.write_event(event);
}

/// The text without the characters that XML 1.0 has no way to write, and without controls, which
/// would reach the terminal of whoever looks at the file.
fn allowed(text: &str) -> String {
    text.chars()
        .filter(|c| {
            let control = c.is_control() && !matches!(c, '\n' | '\t');
            !control && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
        })
        .collect()
}
