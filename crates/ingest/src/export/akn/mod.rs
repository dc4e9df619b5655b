//! AKN4UN: Akoma Ntoso XML in the profile of the United Nations.

use undex_document::{Document, DocumentType, Paragraph, Role, Step};

use crate::formats::akn::vocabulary::NAMESPACE;

mod flow;
mod front;
mod lines;
mod meta;
mod xml;

use flow::Flow;
use lines::Lines;
use meta::Work;
use xml::Element;

/// Writes a document as AKN4UN XML, valid by the schema of Akoma Ntoso 3.0.
///
/// Read back, the file gives the same paragraphs (role, label, pinpoint, headings, text, notes with
/// their marks, tables, order) and the same symbols, language, title, date, type, session and agenda
/// items. For that, every paragraph says by `refersTo` which role it has, as an entry of the list of
/// references, and by `eId` where it stands, in the steps of its pinpoint. Headings are sections and
/// hold what stands under them; points are nested in lists; annexes are attachments; several
/// resolutions in one document are a collection of statements. Where sections cannot be nested as
/// the headings say, a heading with `status="editorial"` names them again.
///
/// What does not come back: what [`Document`] itself does not hold, such as the place of a note's
/// mark inside its paragraph (notes stand at its end), italics and links; how the symbol was found;
/// warnings, and how the source was read. Control characters, which XML cannot hold, are dropped.
/// Where the source has pages, `eop` stands at the first paragraph of each, with the number of the
/// page that begins there. What the official markup adds for its publisher, such as the job number
/// and the bar code, is page furniture to undex and not written.
pub fn akn(document: &Document) -> String {
    let mut writer = Writer { document, lines: Lines::default(), annexes: 0 };
    let mut root = Element::new("akomaNtoso").with("xmlns", NAMESPACE);
    let (lead, resolutions) = resolutions(&document.paragraphs);
    if resolutions.is_empty() {
        let (class, name) = class(document.kind);
        let work = Work::new(document);
        let whole = Element::new(class).with("name", name).child(work.full());
        root.push(writer.parts(whole, &work, lead));
    } else {
        for part in writer.collection(lead, &resolutions) {
            root.push(part);
        }
    }
    root.document()
}

/// The element of a document that is no collection, and its name.
const fn class(kind: DocumentType) -> (&'static str, &'static str) {
    match kind {
        DocumentType::Resolution | DocumentType::DraftResolution | DocumentType::Decision => {
            ("statement", kind.name())
        }
        _ => ("doc", kind.name()),
    }
}

/// What stands before the first of several resolutions, and each of them.
fn resolutions(paragraphs: &[Paragraph]) -> (&[Paragraph], Vec<&[Paragraph]>) {
    let is_start = |paragraph: &Paragraph| {
        paragraph.role == Role::Title && matches!(paragraph.pinpoint.steps(), [Step::Resolution(_)])
    };
    let (lead, mut rest) = split_before(paragraphs, is_start);
    let mut parts = Vec::new();
    while let Some((_, after)) = rest.split_first() {
        let (tail, next) = split_before(after, is_start);
        let (part, _) = rest.split_at(tail.len() + 1);
        parts.push(part);
        rest = next;
    }
    (lead, parts)
}

/// Cuts before the first paragraph that is one of those wanted.
fn split_before(
    paragraphs: &[Paragraph],
    wanted: impl Fn(&Paragraph) -> bool,
) -> (&[Paragraph], &[Paragraph]) {
    let at = paragraphs.iter().position(wanted).unwrap_or(paragraphs.len());
    paragraphs.split_at(at)
}

/// Whether a heading opens an annex, or an appendix that belongs to none.
fn opens_attachment(paragraph: &Paragraph) -> bool {
    paragraph.role == Role::Heading
        && paragraph.headings.is_empty()
        && matches!(paragraph.pinpoint.steps().last(), Some(Step::Annex(_) | Step::Appendix(_)))
}

struct Writer<'d> {
    document: &'d Document,
    lines: Lines,
    annexes: u32,
}

impl Writer<'_> {
    /// Fills the element of one document with its parts.
    fn parts(&mut self, mut whole: Element, work: &Work<'_>, paragraphs: &[Paragraph]) -> Element {
        let (own, mut rest) = split_before(paragraphs, opens_attachment);
        let (cover, preface, own) = self.front(own);
        for part in cover.into_iter().chain(preface) {
            whole.push(part);
        }
        let preamble = front::preamble(own);
        let (preambular, own) = own.split_at(preamble);
        if !preambular.is_empty() {
            whole.push(self.preamble(preambular));
        }
        for part in self.body(own) {
            whole.push(part);
        }
        let mut attachments = Element::new("attachments");
        while let Some((_, after)) = rest.split_first() {
            let (tail, next) = split_before(after, opens_attachment);
            let (annex, _) = rest.split_at(tail.len() + 1);
            self.annexes += 1;
            let part = work.part(format!("annex_{}", self.annexes));
            let mut doc = Element::new("doc").with("name", "annex").child(part.brief());
            for part in self.body(annex) {
                doc.push(part);
            }
            attachments.push(
                Element::new("attachment").with("eId", format!("att_{}", self.annexes)).child(doc),
            );
            rest = next;
        }
        if !attachments.is_empty() {
            whole.push(attachments);
        }
        whole
    }

    /// The main body and, behind it, the lines that close it.
    fn body(&mut self, paragraphs: &[Paragraph]) -> Vec<Element> {
        let closing = paragraphs.iter().rev().take_while(|p| p.role == Role::Closing).count();
        let (main, closing) = paragraphs.split_at(paragraphs.len() - closing);
        let mut flow = Flow::new(&mut self.lines);
        for paragraph in main {
            flow.place(paragraph);
        }
        let mut body = Element::new("mainBody").children(flow.finish());
        if body.is_empty() {
            // The schema asks for something in it.
            body.push(Element::new("p"));
        }
        let mut parts = vec![body];
        if !closing.is_empty() {
            let lines = closing.iter().map(|paragraph| self.lines.line(paragraph));
            parts.push(Element::new("conclusions").children(lines));
        }
        parts
    }

    /// Several resolutions: what they share, then each as a component.
    fn collection(&mut self, lead: &[Paragraph], parts: &[&[Paragraph]]) -> Vec<Element> {
        let work = Work::new(self.document);
        let (cover, preface, rest) = self.front(lead);
        let mut components = Element::new("components");
        let mut body = Element::new("collectionBody");
        let mut number = 0u32;
        let mut component = |show: &str, content: Element| {
            number += 1;
            body.push(
                Element::new("component").with("eId", format!("compdef_{number}")).child(
                    Element::new("documentRef")
                        .with("eId", format!("compref_{number}"))
                        .with("href", format!("#comp_{number}"))
                        .with("showAs", show),
                ),
            );
            components.push(
                Element::new("component").with("eId", format!("comp_{number}")).child(content),
            );
        };
        if !rest.is_empty() {
            let own = work.part("introduction".to_owned());
            let doc = Element::new("doc").with("name", "introduction").child(own.brief());
            component("introduction", self.parts(doc, &own, rest));
        }
        for part in parts {
            let label = part.first().and_then(|title| title.label.as_deref());
            let own = Work::resolution(self.document, label);
            let (class, name) = class(self.document.kind);
            let statement = Element::new(class).with("name", name).child(own.brief());
            component(label.unwrap_or(name), self.parts(statement, &own, part));
        }
        let collection = Element::new("documentCollection")
            .with("name", "publication")
            .child(work.full())
            .children(cover)
            .children(preface)
            .child(body);
        vec![collection, components]
    }

    /// The masthead, the title, and what follows.
    fn front<'p>(
        &mut self,
        paragraphs: &'p [Paragraph],
    ) -> (Option<Element>, Option<Element>, &'p [Paragraph]) {
        let is_front = |p: &Paragraph| p.headings.is_empty();
        let (cover, rest) = split_before(paragraphs, |p| p.role != Role::Masthead || !is_front(p));
        let (preface, rest) =
            split_before(rest, |p| !matches!(p.role, Role::Title | Role::Masthead) || !is_front(p));
        let cover = (!cover.is_empty()).then(|| {
            let lines = cover.iter().map(|paragraph| self.lines.line(paragraph));
            Element::new("coverPage").children(lines)
        });
        let preface = (!preface.is_empty()).then(|| {
            let lines = preface.iter().map(|paragraph| self.lines.line(paragraph));
            Element::new("preface").children(lines)
        });
        (cover, preface, rest)
    }
}

#[cfg(test)]
mod tests;
