//! Metadata: what the document is, by the standard's four levels.

use undex_document::{Document, DocumentType, Language, Role, Symbol};

use super::xml::Element;
use crate::formats::akn::vocabulary::{
    AGENDA_ITEM, ROLE_CONCEPT, SESSION, SYMBOL_ALIAS, TITLE_ALIAS, role_id,
};

/// The date that AKN4UN writes for one that is not known.
const NO_DATE: &str = "0001-01-01";
/// Who marked the text up, in the list of references.
const EDITOR: &str = "#undex";

/// A document or a part of one with an address of its own.
pub(super) struct Work<'d> {
    document: &'d Document,
    symbol: &'d Symbol,
    /// The symbols it goes by; none for a part without one of its own.
    symbols: &'d [Symbol],
    /// Whether it is the whole document, which has the title.
    whole: bool,
    /// `annex_1` for the first annex; empty for the main part.
    component: String,
}

impl<'d> Work<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            symbol: &document.symbol,
            symbols: &document.symbols,
            whole: true,
            component: String::new(),
        }
    }

    /// One resolution among several, under the symbol that ends with its letter.
    pub(super) fn resolution(document: &'d Document, label: Option<&str>) -> Self {
        let whole = document.symbol.as_str();
        let own = label.and_then(|label| {
            document.symbols.iter().skip(1).find(|symbol| {
                let ending = symbol.as_str().strip_suffix(label);
                ending.is_some_and(|rest| whole.starts_with(rest))
            })
        });
        Self {
            symbol: own.unwrap_or(&document.symbol),
            symbols: own.map_or(&[], std::slice::from_ref),
            whole: false,
            ..Self::new(document)
        }
    }

    /// A part of this work.
    pub(super) fn part(&self, component: String) -> Self {
        Self { component, symbols: &[], whole: false, ..*self }
    }

    fn date(&self) -> String {
        self.document.date.map_or_else(|| NO_DATE.to_owned(), |date| date.to_string())
    }

    /// The address of the work: `/akn/un/statement/deliberation/unga/2023-12-22/78-237/`.
    fn address(&self) -> String {
        let (class, name) = class(self.document.kind);
        let (body, number) = match self.symbol.as_str().strip_prefix("A/RES/") {
            // As in the markup of the General Assembly's own resolutions.
            Some(number) => ("unga".to_owned(), slug(number)),
            None => (slug(self.symbol.body()), slug(self.symbol.as_str())),
        };
        format!("/akn/un/{class}/{name}/{body}/{}/{number}/", self.date())
    }

    fn ending(&self) -> String {
        if self.component.is_empty() {
            "!main".to_owned()
        } else {
            format!("!main/{}", self.component)
        }
    }

    /// The three levels of identification.
    fn identification(&self) -> Element {
        let document = self.document;
        let code = alpha_3(document.language);
        let work = self.address();
        let expression = format!("{work}{code}@");
        let ending = self.ending();
        let day =
            |name: &str| Element::new("FRBRdate").with("date", self.date()).with("name", name);
        let issued = match document.kind {
            DocumentType::Resolution | DocumentType::Decision => "adoption",
            _ => "publication",
        };
        let value = |name: &'static str, value: &str| Element::new(name).with("value", value);
        let alias = |name: &str, value: &str| {
            Element::new("FRBRalias").with("value", value).with("name", name)
        };
        let author =
            |href: &str, role: &str| Element::new("FRBRauthor").with("href", href).with("as", role);
        // A provisional symbol is made of the text and comes back with it.
        let symbols = self.symbols.iter().filter(|symbol| !symbol.is_provisional());
        let title = document.title.iter().filter(|_| self.whole);
        Element::new("identification")
            .with("source", EDITOR)
            .child(
                Element::new("FRBRWork")
                    .child(value("FRBRthis", &format!("{work}{ending}")))
                    .child(value("FRBRuri", &work))
                    .children(symbols.map(|symbol| alias(SYMBOL_ALIAS, &symbol.to_string())))
                    .child(day(issued))
                    .child(author("#issuingBody", "#author"))
                    .child(value("FRBRcountry", "un"))
                    .child(value("FRBRsubtype", document.kind.name())),
            )
            .child(
                Element::new("FRBRExpression")
                    .child(value("FRBRthis", &format!("{expression}/{ending}")))
                    .child(value("FRBRuri", &format!("{expression}/")))
                    .children(title.map(|title| alias(TITLE_ALIAS, title)))
                    .child(day(issued))
                    .child(author("#issuingBody", "#author"))
                    .child(Element::new("FRBRlanguage").with("language", code)),
            )
            .child(
                Element::new("FRBRManifestation")
                    .child(value("FRBRthis", &format!("{expression}/{ending}.xml")))
                    .child(value("FRBRuri", &format!("{expression}.xml")))
                    // The day of the markup is left out: the same document gives the same file.
                    .child(Element::new("FRBRdate").with("date", NO_DATE).with("name", "markup"))
                    .child(author(EDITOR, "#editor")),
            )
    }

    /// The metadata of a part: where it belongs and nothing else.
    pub(super) fn brief(&self) -> Element {
        Element::new("meta").child(self.identification())
    }

    /// The metadata of a document.
    pub(super) fn full(&self) -> Element {
        let mut meta = self.brief();
        let keyword = |value: &str, concept: &str, dictionary: &str| {
            Element::new("keyword")
                .with("value", value)
                .with("showAs", value)
                .with("refersTo", concept)
                .with("dictionary", dictionary)
        };
        let items = self.document.agenda_items.iter();
        let classification = Element::new("classification")
            .with("source", EDITOR)
            .children(
                self.document.session.iter().map(|session| keyword(session, SESSION, "session")),
            )
            .children(items.map(|item| keyword(item, AGENDA_ITEM, "agenda")));
        if !classification.is_empty() {
            meta.push(classification);
        }
        meta.push(references());
        meta
    }
}

/// What the references inside the document stand for.
fn references() -> Element {
    let concept = |class: &'static str, id: &str, href: &str, name: &str| {
        Element::new(class).with("eId", id).with("href", href).with("showAs", name)
    };
    let role = |role: Role| {
        let (id, href) = (role_id(role), format!("{ROLE_CONCEPT}{role}"));
        concept("TLCConcept", &id, &href, role.name())
    };
    Element::new("references")
        .with("source", EDITOR)
        .child(concept("TLCProcess", "undex", "/akn/ontology/process/un/undex", "undex"))
        .child(concept("TLCRole", "author", "/akn/ontology/role/un/author", "Author"))
        .child(concept("TLCRole", "editor", "/akn/ontology/role/un/editor", "Editor"))
        .child(concept(
            "TLCRole",
            "issuingBody",
            "/akn/ontology/role/un/issuingBody",
            "Issuing body",
        ))
        .child(concept("TLCConcept", "symbol", "/akn/ontology/reference/un/symbol", "Symbol"))
        .child(concept("TLCConcept", "session", "/akn/ontology/concept/un/session", "Session"))
        .child(concept(
            "TLCConcept",
            "agendaItem",
            "/akn/ontology/concept/un/agendaItem",
            "Agenda item",
        ))
        .children(Role::ALL.into_iter().map(role))
}

/// The element that AKN4UN gives to a type of document, and its name.
pub(super) const fn class(kind: DocumentType) -> (&'static str, &'static str) {
    match kind {
        DocumentType::Resolution | DocumentType::DraftResolution | DocumentType::Decision => {
            ("statement", "deliberation")
        }
        _ => ("doc", kind.name()),
    }
}

/// The ISO 639-2 code of a language, as AKN4UN writes it.
const fn alpha_3(language: Language) -> &'static str {
    match language {
        Language::Arabic => "ara",
        Language::Chinese => "zho",
        Language::English => "eng",
        Language::French => "fra",
        Language::Russian => "rus",
        Language::Spanish => "spa",
        Language::Undetermined => "und",
    }
}

/// A symbol or part of one as a part of an address.
fn slug(symbol: &str) -> String {
    symbol.chars().map(|c| if c.is_alphanumeric() || c == '.' { c } else { '-' }).collect()
}
