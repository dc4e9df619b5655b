//! The body: sections under their headings, lists under their paragraphs.

use undex_document::{Paragraph, Pinpoint, Role, Step};

use super::lines::{Lines, num, unit};
use super::xml::Element;
use crate::formats::akn::vocabulary::EDITORIAL;
use crate::structure::heading_name;

/// Elements that may be open inside one another. Real documents stay below ten; a list of contents
/// taken for headings may go on for ever, and readers refuse XML nested by hundreds: what lies
/// deeper names its headings instead of standing in them.
const NESTED: usize = 40;

/// An element that what follows may belong into.
struct Open {
    element: Element,
    /// The headings it adds for what stands in it.
    names: Vec<String>,
    /// The place of a paragraph whose points follow, and its own text until it is known whether any
    /// do; none for a section.
    host: Option<(Pinpoint, Element)>,
    children: Vec<Element>,
    /// The place of a heading that has had no second line yet.
    numeral: Option<Pinpoint>,
}

/// Builds the body paragraph by paragraph.
pub(super) struct Flow<'l> {
    lines: &'l mut Lines,
    done: Vec<Element>,
    open: Vec<Open>,
}

impl<'l> Flow<'l> {
    pub(super) fn new(lines: &'l mut Lines) -> Self {
        Self { lines, done: Vec::new(), open: Vec::new() }
    }

    /// The elements of the body.
    pub(super) fn finish(mut self) -> Vec<Element> {
        while !self.open.is_empty() {
            self.close();
        }
        self.done
    }

    pub(super) fn place(&mut self, paragraph: &Paragraph) {
        if self.is_title_of_numeral(paragraph) {
            self.title(paragraph);
            return;
        }
        self.close_hosts(paragraph);
        self.open_headings(&paragraph.headings);
        match paragraph.role {
            Role::Heading => self.section(paragraph),
            Role::Table => {
                let table = self.lines.table(paragraph);
                let content = Element::new("content").child(table);
                let element = unit("hcontainer", paragraph).with("name", "table");
                self.append(element.children(num(paragraph)).child(content));
            }
            _ => self.leaf(paragraph),
        }
    }

    /// Whether a heading is the second line of the one before: `IV`, then its title.
    fn is_title_of_numeral(&self, paragraph: &Paragraph) -> bool {
        let Some((last, outer)) = self.open.split_last() else { return false };
        let Some(numeral) = &last.numeral else { return false };
        let above = outer.iter().flat_map(|open| &open.names);
        paragraph.role == Role::Heading
            && paragraph.label.is_none()
            && last.children.is_empty()
            && paragraph.pinpoint == numeral.child(Step::Title)
            && above.eq(&paragraph.headings)
    }

    fn title(&mut self, paragraph: &Paragraph) {
        let title = self.lines.heading(paragraph, unit("subheading", paragraph));
        if let Some(last) = self.open.last_mut() {
            last.element.push(title);
            last.numeral = None;
            for name in &mut last.names {
                *name = heading_name(Some(name.trim_end_matches('.')), &paragraph.text);
            }
        }
    }

    fn section(&mut self, paragraph: &Paragraph) {
        let heading = self.lines.heading(paragraph, Element::new("heading"));
        let element = unit("section", paragraph).children(num(paragraph)).child(heading);
        self.push(Open {
            element,
            names: vec![heading_name(paragraph.label.as_deref(), &paragraph.text)],
            host: None,
            children: Vec::new(),
            numeral: Some(paragraph.pinpoint.clone()),
        });
    }

    fn leaf(&mut self, paragraph: &Paragraph) {
        let inside = self.open.last().is_some_and(|open| open.host.is_some());
        let bullet = matches!(paragraph.pinpoint.steps().last(), Some(Step::Bullet(_)));
        let element = match paragraph.role {
            Role::Point if bullet => unit("indent", paragraph),
            Role::Point => unit("point", paragraph),
            Role::Text if inside => unit("alinea", paragraph),
            Role::Title | Role::Masthead | Role::Closing => {
                unit("hcontainer", paragraph).with("name", paragraph.role.name())
            }
            _ => unit("paragraph", paragraph),
        };
        let words = self.lines.words(paragraph);
        self.push(Open {
            element: element.children(num(paragraph)),
            names: Vec::new(),
            host: Some((paragraph.pinpoint.clone(), words)),
            children: Vec::new(),
            numeral: None,
        });
    }

    /// Closes the paragraphs that a new one is no part of.
    fn close_hosts(&mut self, paragraph: &Paragraph) {
        while let Some((host, _)) = self.open.last().and_then(|open| open.host.as_ref()) {
            let inside = paragraph.role != Role::Heading
                && paragraph.pinpoint.is_within(host)
                && paragraph.pinpoint != *host
                && self.names().eq(&paragraph.headings);
            if inside {
                return;
            }
            self.close();
        }
    }

    /// Closes and opens sections until the open headings are these.
    fn open_headings(&mut self, headings: &[String]) {
        loop {
            let shared =
                self.names().zip(headings).take_while(|(open, wanted)| open == wanted).count();
            let open = self.names().count();
            if open == headings.len() && shared == open {
                return;
            }
            if shared < open || self.open.len() >= NESTED {
                self.close();
                continue;
            }
            let missing: Vec<String> = headings.iter().skip(shared).cloned().collect();
            let mut element = Element::new("hcontainer").with("name", "continued");
            for name in &missing {
                element.push(Element::new("heading").with("status", EDITORIAL).text(name));
            }
            self.open.push(Open {
                element,
                names: missing,
                host: None,
                children: Vec::new(),
                numeral: None,
            });
            return;
        }
    }

    fn names(&self) -> impl Iterator<Item = &String> {
        self.open.iter().flat_map(|open| &open.names)
    }

    /// Opens an element, or appends it closed where nothing more may be nested.
    fn push(&mut self, open: Open) {
        let full = self.open.len() >= NESTED;
        self.open.push(open);
        if full {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let mut element = open.element;
        match open.host {
            Some((_, words)) if open.children.is_empty() => {
                element.push(Element::new("content").child(words));
            }
            Some((_, words)) => {
                let intro = Element::new("intro").child(words);
                element.push(Element::new("list").child(intro).children(open.children));
            }
            None => element = element.children(open.children),
        }
        self.append(element);
    }

    fn append(&mut self, element: Element) {
        match self.open.last_mut() {
            Some(open) => open.children.push(element),
            None => self.done.push(element),
        }
    }
}
