//! Documents whose markup states the role and place of every paragraph, as those that undex writes.
//!
//! Nothing is worked out again: role, pinpoint and headings are taken from the markup, in the order
//! of the document. What is written so may come from anywhere, so nothing here trusts it further
//! than any other file; places stated twice are told apart afterwards.

use std::collections::HashMap;

use jiff::civil::Date;
use undex_document::{DocumentType, IdentifiedBy, Language, Note, Pinpoint, Role, Step, Symbol};

use super::inline::plain;
use super::places;
use super::tree::{Element, Node};
use super::vocabulary::{
    AGENDA_ITEM, EDITORIAL, LABEL_CLASS, ROLE_CONCEPT, SESSION, SYMBOL_ALIAS, TITLE_ALIAS,
};
use crate::formats::Draft;
use crate::identity::Found;
use crate::normal_form::clean;
use crate::structure::{Block, Place, TRAIL_HEADINGS, heading_name};

/// Reads a document that states its roles; none when it states none.
pub(super) fn read(document: &Element) -> Option<Draft> {
    let meta = document.descendant("meta")?;
    let roles = roles(meta);
    if roles.is_empty() {
        return None;
    }
    let mut reader = Stated { roles, ..Stated::default() };
    reader.walk(document, false);
    if reader.blocks.is_empty() {
        return None;
    }
    Some(Draft {
        blocks: reader.blocks,
        places: Some(reader.places),
        found: found(meta),
        ..Draft::default()
    })
}

/// The roles by their local names.
fn roles(meta: &Element) -> HashMap<String, Role> {
    let mut concepts = Vec::new();
    meta.descendants("TLCConcept", &mut concepts);
    concepts
        .into_iter()
        .filter_map(|concept| {
            let role = concept.attribute("href")?.strip_prefix(ROLE_CONCEPT)?.parse().ok()?;
            Some((format!("#{}", concept.attribute("eId")?), role))
        })
        .collect()
}

/// What the metadata says of the document.
fn found(meta: &Element) -> Found {
    let work = meta.descendant("FRBRWork");
    let expression = meta.descendant("FRBRExpression");
    let aliases = |part: Option<&Element>, name: &str| -> Vec<String> {
        part.into_iter()
            .flat_map(Element::elements)
            .filter(|alias| alias.name == "FRBRalias" && alias.attribute("name") == Some(name))
            .filter_map(|alias| alias.attribute("value"))
            .map(clean)
            .collect()
    };
    let mut keywords = Vec::new();
    meta.descendants("keyword", &mut keywords);
    let keyword = |what: &str| -> Vec<String> {
        keywords
            .iter()
            .filter(|keyword| keyword.attribute("refersTo") == Some(what))
            .filter_map(|keyword| keyword.attribute("value"))
            .map(clean)
            .collect()
    };
    let mut symbols: Vec<Symbol> = Vec::new();
    for symbol in aliases(work, SYMBOL_ALIAS).iter().filter_map(|text| text.parse().ok()) {
        if !symbols.contains(&symbol) {
            symbols.push(symbol);
        }
    }
    Found {
        identified_by: (!symbols.is_empty()).then_some(IdentifiedBy::Metadata),
        symbols,
        language: expression
            .and_then(|part| part.child("FRBRlanguage"))
            .and_then(|language| language.attribute("language"))
            .and_then(Language::from_code),
        title: aliases(expression, TITLE_ALIAS).into_iter().find(|title| !title.is_empty()),
        date: work
            .and_then(|part| part.child("FRBRdate"))
            .and_then(|date| date.attribute("date"))
            .and_then(|date| date.parse::<Date>().ok())
            .filter(|date| date.year() > super::metadata::YEAR_UNKNOWN),
        kind: work
            .and_then(|part| part.child("FRBRsubtype"))
            .and_then(|kind| kind.attribute("value"))
            .and_then(|kind| kind.parse::<DocumentType>().ok()),
        session: keyword(SESSION).into_iter().next(),
        agenda_items: keyword(AGENDA_ITEM),
    }
}

#[derive(Default)]
struct Stated {
    roles: HashMap<String, Role>,
    blocks: Vec<Block>,
    places: Vec<Place>,
    /// The names of the headings that are open, outermost first.
    trail: Vec<String>,
    page: Option<u32>,
}

/// The text of a paragraph on its way.
#[derive(Default)]
struct Gathered {
    text: String,
    notes: Vec<Note>,
    /// The rows of its tables.
    rows: Vec<String>,
}

impl Stated {
    fn role(&self, element: &Element) -> Option<Role> {
        self.roles.get(element.attribute("refersTo")?).copied()
    }

    /// Opens a heading; more than may be open at once take the place of the innermost.
    fn open(&mut self, heading: String) {
        self.trail.truncate(TRAIL_HEADINGS - 1);
        self.trail.push(heading);
    }

    /// Reads an element and what is in it; `inside` tells whether its words are already those of a
    /// paragraph around it.
    fn walk(&mut self, element: &Element, inside: bool) {
        if matches!(element.name.as_str(), "meta" | "authorialNote") {
            return;
        }
        let depth = self.trail.len();
        for heading in element.elements().filter(|child| is_editorial(child)) {
            self.open(heading_name(None, &plain(heading)));
        }
        let role = self.role(element);
        let own = role.is_some() || is_level(element) || (element.name == "p" && !inside);
        if own {
            self.paragraph(element, role);
        }
        for child in element.elements() {
            self.walk(child, inside || own);
        }
        // What a heading opens ends with its section.
        self.trail.truncate(depth);
    }

    /// Reads the words of an element as a paragraph. One that states no role has been put there by
    /// another hand: it is text, if there are words in it at all.
    fn paragraph(&mut self, element: &Element, stated: Option<Role>) {
        let label = label(element);
        let mut found = Gathered::default();
        self.gather(element, &mut found);
        let text = if found.rows.is_empty() {
            found.text.split('\n').map(clean).collect::<Vec<_>>().join("\n").trim().to_owned()
        } else {
            found.rows.join("\n")
        };
        if stated.is_none() && text.is_empty() {
            return;
        }
        let role = stated.unwrap_or(Role::Text);
        let mut headings = self.trail.clone();
        if role == Role::Heading {
            match element.name.as_str() {
                "subheading" => {
                    // The title of a heading that is a bare numeral completes its name.
                    headings.pop();
                    if let Some(open) = self.trail.last_mut() {
                        *open = heading_name(Some(open.trim_end_matches('.')), &text);
                    }
                }
                _ => self.open(heading_name(label.as_deref(), &text)),
            }
        }
        let pinpoint = element.attribute("eId").and_then(places::from_id);
        let pinpoint = pinpoint.unwrap_or_else(|| Pinpoint::new(vec![Step::Unnumbered(1)]));
        self.places.push(Place { role, pinpoint, headings });
        self.blocks.push(Block {
            text,
            label,
            notes: found.notes,
            page: self.page,
            ..Block::default()
        });
    }

    /// Collects an element's text without that of the paragraphs inside it.
    fn gather(&mut self, element: &Element, found: &mut Gathered) {
        for node in &element.children {
            let child = match node {
                Node::Text(piece) => {
                    // Line ends in the file are only space; those of the text are elements.
                    found.text.extend(piece.chars().map(|c| if c == '\n' { ' ' } else { c }));
                    continue;
                }
                Node::Element(child) => child,
            };
            let elsewhere = self.role(child).is_some() || is_level(child);
            if elsewhere || is_label(child) || is_editorial(child) {
                continue;
            }
            match child.name.as_str() {
                "authorialNote" => found.notes.push(self.note(child)),
                "eop" => self.page = child.attribute("number").and_then(|n| n.parse().ok()),
                "eol" => found.text.push('\n'),
                "table" => self.table(child, found),
                // The words of two blocks must not run together.
                "p" => {
                    found.text.push(' ');
                    self.gather(child, found);
                    found.text.push(' ');
                }
                _ => self.gather(child, found),
            }
        }
    }

    fn note(&mut self, element: &Element) -> Note {
        let mut inside = Gathered::default();
        self.gather(element, &mut inside);
        Note {
            mark: clean(element.attribute("marker").unwrap_or_default()),
            text: clean(&inside.text),
        }
    }

    /// Rows as lines, cells parted by tabs, both as they are written.
    fn table(&mut self, table: &Element, found: &mut Gathered) {
        let mut rows = Vec::new();
        table.descendants("tr", &mut rows);
        for row in rows {
            let mut cells = Vec::new();
            for cell in row.elements().filter(|cell| matches!(cell.name.as_str(), "td" | "th")) {
                let mut inside = Gathered::default();
                self.gather(cell, &mut inside);
                found.notes.append(&mut inside.notes);
                // A table in a cell is words of that cell.
                cells.push(clean(&format!("{} {}", inside.text, inside.rows.join(" "))));
            }
            found.rows.push(cells.join("\t"));
        }
    }
}

/// Whether an element is a level of the text, and never part of a paragraph around it.
fn is_level(element: &Element) -> bool {
    const LEVELS: [&str; 8] =
        ["section", "paragraph", "subparagraph", "point", "indent", "alinea", "hcontainer", "item"];
    LEVELS.contains(&element.name.as_str())
}

/// Whether an element is the number of the paragraph that holds it.
fn is_label(element: &Element) -> bool {
    element.name == "num" || element.attribute("class") == Some(LABEL_CLASS)
}

/// Whether an element is a heading that the document does not print in this place.
fn is_editorial(element: &Element) -> bool {
    element.name == "heading" && element.attribute("status") == Some(EDITORIAL)
}

/// The number of a paragraph without its full stop, in it or in its line.
fn label(element: &Element) -> Option<String> {
    let own = element.elements().find(|child| is_label(child));
    let of_line = || element.child("p")?.elements().find(|child| is_label(child));
    let printed = plain(own.or_else(of_line)?);
    let bare = printed.strip_suffix('.').filter(|bare| bare.chars().all(char::is_alphanumeric));
    Some(bare.unwrap_or(&printed).to_owned()).filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::{Catalogue, Context, Extractor, Limits};

    /// Files of this form are on people's disks: what is read from one does not change.
    const WRITTEN: &str = r##"<akomaNtoso><doc name="report"><meta><identification>
<FRBRWork><FRBRalias value="UNDEX/STATED/1" name="symbol"/><FRBRalias value="no symbol" name="symbol"/>
<FRBRdate date="2190-05-04"/><FRBRsubtype value="report"/></FRBRWork>
<FRBRExpression><FRBRalias value="Of maps" name="title"/><FRBRlanguage language="fra"/></FRBRExpression>
</identification><classification><keyword value="7 (b)" refersTo="#agendaItem"/>
<keyword value="99" refersTo="#session"/></classification><references>
<TLCConcept eId="h" href="/akn/ontology/concept/undex/role/heading"/>
<TLCConcept eId="t" href="/akn/ontology/concept/undex/role/text"/>
<TLCConcept eId="p" href="/akn/ontology/concept/undex/role/paragraph"/>
<TLCConcept eId="m" href="/akn/ontology/concept/undex/role/masthead"/>
<TLCConcept eId="x" href="/akn/ontology/concept/undex/role/no-such"/></references></meta>
<coverPage><p eId="masthead_1" refersTo="#m">United<eol/>Nations</p></coverPage><mainBody>
<section eId="sec_I" refersTo="#h"><heading>I<authorialNote marker="*"><p>A note</p></authorialNote></heading>
<subheading eId="sec_I__title" refersTo="#h">Maps</subheading>
<paragraph eId="para_1" refersTo="#p"><num>1.</num><list><intro><p><eop number="3"/>One</p></intro>
<alinea eId="para_1__alinea_1" refersTo="#t"><content><p>and</p><p>two</p></content></alinea></list></paragraph>
<hcontainer><heading status="editorial">Towns</heading>
<paragraph eId="para_1" refersTo="#p"><num>1.</num><content><p>again</p></content></paragraph>
<paragraph eId="of another form" refersTo="#x"><content><p>of no role</p></content></paragraph>
</hcontainer></section><p>By <i>hand</i></p><p/></mainBody></doc></akomaNtoso>"##;

    #[test]
    fn what_is_stated_is_taken() {
        let extractor = Extractor::new(Catalogue::default(), Limits::default());
        let document = extractor
            .extract_in_process("x.xml", WRITTEN.as_bytes(), Context::default())
            .unwrap()
            .document;
        let facts = serde_json::json!([
            document.symbols,
            document.language,
            document.title,
            document.date,
            document.kind,
            document.session,
            document.agenda_items
        ]);
        assert_eq!(
            facts.to_string(),
            r#"[["UNDEX/STATED/1"],"fr","Of maps","2190-05-04","report","99",["7 (b)"]]"#
        );
        let shown: Vec<String> = document
            .paragraphs
            .iter()
            .map(|p| {
                let notes: Vec<String> =
                    p.notes.iter().map(|note| format!("[{}] {}", note.mark, note.text)).collect();
                format!(
                    "{} | {} | {} | {:?} | {} | {} | {:?}",
                    p.role,
                    p.label.as_deref().unwrap_or_default(),
                    p.pinpoint,
                    p.text,
                    p.headings.join(" › "),
                    notes.join(" "),
                    p.page
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                r#"masthead |  | masthead 1 | "United\nNations" |  |  | None"#,
                r#"heading |  | sect. I | "I" |  | [*] A note | None"#,
                r#"heading |  | sect. I, title | "Maps" |  |  | None"#,
                r#"paragraph | 1 | para. 1 | "One" | I. Maps |  | Some(3)"#,
                r#"text |  | para. 1, unnumbered para. 1 | "and two" | I. Maps |  | Some(3)"#,
                r#"paragraph | 1 | para. 1 [2] | "again" | I. Maps › Towns |  | Some(3)"#,
                r#"text |  | unnumbered para. 1 | "of no role" | I. Maps › Towns |  | Some(3)"#,
                r#"text |  | unnumbered para. 1 [2] | "By hand" |  |  | Some(3)"#,
            ]
        );
    }
}
