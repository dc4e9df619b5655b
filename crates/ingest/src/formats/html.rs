//! HTML, as pages of documents are published and saved.

use std::cell::{Cell, RefCell};

use scraper::{ElementRef, Html, Node};
use undex_document::{IdentifiedBy, Language};

use super::Draft;
use crate::layout::{self, Line};
use crate::normal_form::{MARK_END, MARK_START, clean_with_marks};
use crate::{ExtractError, Limits};

mod attributes;
mod depth;

/// Elements whose text belongs to the page and not to the document.
const SKIPPED: [&str; 14] = [
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form",
    "button", "select", "svg", "iframe", "head",
];

/// Elements that begin a line of their own.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "body",
    "html",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "figure",
];

/// Reads an HTML page.
pub(crate) fn read(path: &str, text: &str, limits: &Limits) -> Result<Draft, ExtractError> {
    if text.len() as u64 > limits.html_bytes {
        return Err(ExtractError::Limit {
            path: path.to_owned(),
            limit: "html_bytes",
            met: text.len() as u64,
            bound: limits.html_bytes,
        });
    }
    attributes::check(text, limits.html_attributes).map_err(|met| ExtractError::Limit {
        path: path.to_owned(),
        limit: "html_attributes",
        met: met as u64,
        bound: limits.html_attributes as u64,
    })?;
    depth::check(text, limits.html_depth).map_err(|met| ExtractError::Limit {
        path: path.to_owned(),
        limit: "html_depth",
        met: met as u64,
        bound: limits.html_depth as u64,
    })?;
    let text: String = text.chars().filter(|c| !matches!(c, '\u{E000}'..='\u{F8FF}')).collect();
    let page = Html::parse_document(&text);
    let root = page.root_element();
    let reader = Reader::default();
    // A page marks its document by `main` or `article`, if by anything.
    let content = ["main", "article", "body"]
        .into_iter()
        .find_map(|name| first(root, name).filter(|e| e.text().any(|t| !t.trim().is_empty())))
        .unwrap_or(root);
    reader.children(content, &Style::default());
    reader.end();
    let lines = reader.lines.into_inner();
    // Rows of a table become one paragraph, every other line one of its own: what is above the bound
    // here is so after the layout, which costs much more than counting.
    let met = lines.iter().filter(|line| !line.row).count();
    if met > limits.paragraphs {
        return Err(ExtractError::Limit {
            path: path.to_owned(),
            limit: "paragraphs",
            met: met as u64,
            bound: limits.paragraphs as u64,
        });
    }
    let mut draft = layout::draft(lines);
    metadata(root, &mut draft);
    Ok(draft)
}

/// The first element of that name, in document order.
fn first<'a>(element: ElementRef<'a>, name: &str) -> Option<ElementRef<'a>> {
    element.descendent_elements().find(|e| e.value().name() == name)
}

/// What the head of the page says.
fn metadata(root: ElementRef<'_>, draft: &mut Draft) {
    let language = root.value().attr("lang").or_else(|| root.value().attr("xml:lang"));
    draft.found.language = draft.found.language.or(language.and_then(Language::from_code));
    let meta = |wanted: &[&str]| {
        root.descendent_elements().filter(|e| e.value().name() == "meta").find_map(|e| {
            let name = e.value().attr("name").or_else(|| e.value().attr("property"))?;
            let named = wanted.iter().any(|w| name.eq_ignore_ascii_case(w));
            named.then(|| e.value().attr("content").unwrap_or_default().trim().to_owned())
        })
    };
    let symbol = meta(&[
        "symbol",
        "dc.identifier",
        "dcterms.identifier",
        "citation_technical_report_number",
    ]);
    if let (true, Some(symbol)) =
        (draft.found.symbols.is_empty(), symbol.and_then(|s| s.parse().ok()))
    {
        draft.found.symbols.push(symbol);
        draft.found.identified_by = Some(IdentifiedBy::Metadata);
    }
    if draft.found.title.is_none() {
        draft.found.title =
            meta(&["dc.title", "dcterms.title", "citation_title"]).filter(|t| !t.is_empty());
    }
    if draft.found.date.is_none() {
        draft.found.date =
            meta(&["dc.date", "dcterms.date", "dcterms.issued", "citation_publication_date"])
                .and_then(|date| date.parse().ok());
    }
}

/// What an element passes on to the text inside it.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    heading: Option<u8>,
    bold: bool,
    /// Whether the text is inside a link to a footnote.
    note: bool,
    /// Of a list's item: how many stand before it in the list.
    items_before: usize,
}

/// The number of an item in an ordered list, as browsers show it.
fn item_label(item: ElementRef<'_>, before: usize) -> Option<String> {
    let list = ElementRef::wrap(item.parent()?)?;
    if list.value().name() != "ol" {
        return None;
    }
    let start: usize = list.value().attr("start").and_then(|s| s.parse().ok()).unwrap_or(1);
    let number = item
        .value()
        .attr("value")
        .and_then(|value| value.parse().ok())
        .unwrap_or(start.saturating_add(before));
    Some(match list.value().attr("type") {
        Some("a") => {
            format!("({}) ", char::from_digit(u32::try_from(number.checked_add(9)?).ok()?, 36)?)
        }
        Some("i") => format!("({}) ", small_roman(number)?),
        _ => format!("{number}. "),
    })
}

/// A small roman numeral up to 39; no list of points is longer.
fn small_roman(number: usize) -> Option<String> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    // A page may state any number; only a small one is written out.
    if number >= 40 {
        return None;
    }
    let ones = ONES.get(number % 10).copied().unwrap_or_default();
    Some(format!("{}{ones}", "x".repeat(number / 10)))
}

#[derive(Default)]
struct Reader {
    lines: RefCell<Vec<Line>>,
    text: RefCell<String>,
    line: RefCell<Line>,
    /// Whether text of the open line is not bold.
    plain: Cell<bool>,
}

impl Reader {
    fn children(&self, element: ElementRef<'_>, style: &Style) {
        // Counted here, since looking back from each item takes the square of a list's length.
        let mut items = 0;
        for child in element.children() {
            match child.value() {
                Node::Text(text) => {
                    if !style.bold && !text.trim().is_empty() {
                        self.plain.set(true);
                    }
                    self.text.borrow_mut().push_str(text);
                }
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element, &Style { items_before: items, ..*style });
                        items += usize::from(element.value().name() == "li");
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&self, element: ElementRef<'_>, style: &Style) {
        let name = element.value().name();
        if SKIPPED.contains(&name) || element.value().attr("hidden").is_some() {
            return;
        }
        let mut inner = *style;
        match name {
            "br" => return self.text.borrow_mut().push(' '),
            "hr" => {
                self.end();
                self.push(Line { text: "__________".to_owned(), ..Line::default() });
                return;
            }
            "table" => return self.table(element),
            "sup" => return self.superscript(element, style),
            "b" | "strong" => inner.bold = true,
            "a" => inner.note = element.value().attr("href").is_some_and(|h| h.starts_with('#')),
            _ => {}
        }
        // A link to a note without a raised number: `[1]`.
        if inner.note && !style.note {
            let label: String = element.text().collect();
            if let Some(mark) = bracketed(&label) {
                return self.mark(&mark);
            }
        }
        if !BLOCKS.contains(&name) {
            return self.children(element, &inner);
        }
        self.end();
        if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()) {
            inner.heading = Some(level);
            self.line.borrow_mut().heading = Some(level);
        }
        if name == "li" {
            match item_label(element, style.items_before) {
                Some(label) => self.text.borrow_mut().push_str(&label),
                None => self.line.borrow_mut().bullet = true,
            }
        }
        self.children(element, &inner);
        self.end();
        self.line.borrow_mut().heading = style.heading;
    }

    fn superscript(&self, element: ElementRef<'_>, style: &Style) {
        let content: String = element.text().collect();
        let content = content.trim();
        let mark = bracketed(content).unwrap_or_else(|| content.to_owned());
        let is_mark = (1..=3).contains(&mark.len())
            && (mark.bytes().all(|b| b.is_ascii_digit()) || mark.bytes().all(|b| b == b'*'));
        if is_mark {
            self.mark(&mark);
        } else {
            self.children(element, style);
        }
    }

    fn mark(&self, mark: &str) {
        let mut text = self.text.borrow_mut();
        text.push(MARK_START);
        text.push_str(mark);
        text.push(MARK_END);
    }

    fn table(&self, table: ElementRef<'_>) {
        self.end();
        let is_layout =
            table.descendent_elements().any(|e| e.value().name() == "table" && e != table)
                || table.value().attr("role") == Some("presentation");
        if is_layout {
            // Old pages lay out their text in tables.
            for cell in
                table.descendent_elements().filter(|e| matches!(e.value().name(), "td" | "th"))
            {
                let nested = cell.descendent_elements().any(|e| e.value().name() == "table");
                if !nested {
                    self.children(cell, &Style::default());
                    self.end();
                }
            }
            return;
        }
        for row in table.descendent_elements().filter(|e| e.value().name() == "tr") {
            let cells: Vec<String> = row
                .child_elements()
                .filter(|cell| matches!(cell.value().name(), "td" | "th"))
                .map(|cell| clean_with_marks(&cell.text().collect::<Vec<_>>().join(" ")))
                .collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                self.push(Line {
                    text: cells.join("\t"),
                    row: true,
                    whole: true,
                    ..Line::default()
                });
            }
        }
    }

    /// Ends the open line.
    fn end(&self) {
        let text = clean_with_marks(&std::mem::take(&mut *self.text.borrow_mut()));
        let line = std::mem::take(&mut *self.line.borrow_mut());
        let bold = !self.plain.replace(false);
        if text.is_empty() {
            // An item's bullet waits for the paragraph inside it.
            *self.line.borrow_mut() = line;
            return;
        }
        self.push(Line { text, bold, whole: true, gap: 1, ..line });
    }

    fn push(&self, line: Line) {
        self.lines.borrow_mut().push(line);
    }
}

/// The number in `[1]`.
fn bracketed(text: &str) -> Option<String> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let number =
        (1..=3).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit() || b == b'*');
    number.then(|| inner.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_with_headings_lists_and_notes() {
        let page = r##"<!DOCTYPE html><html lang="en"><head><title>x</title><style>p{}</style></head><body>
            <nav>Menu</nav><h2>I. Maps</h2>
            <p>1. Maps are drawn.<sup><a href="#n1">[1]</a></sup></p>
            <p>2. They show:</p><ol type="a"><li>Roads;</li><li>Rivers.</li></ol>
            <ul><li>Paper</li></ul>
            <table><tr><th>Kind</th><th>Count</th></tr><tr><td>Old</td><td>3</td></tr></table>
            <hr><p id="n1"><sup>1</sup> See UNDEX/1.</p></body></html>"##;
        let draft = read("page.html", page, &Limits::default()).unwrap();
        let blocks: Vec<(Option<&str>, &str)> =
            draft.blocks.iter().map(|b| (b.label.as_deref(), b.text.as_str())).collect();
        assert_eq!(
            blocks,
            [
                (None, "I. Maps"),
                (Some("1"), "Maps are drawn."),
                (Some("2"), "They show:"),
                (Some("(a)"), "Roads;"),
                (Some("(b)"), "Rivers."),
                (None, "Paper"),
                (None, "Kind\tCount\nOld\t3"),
            ]
        );
        assert_eq!(draft.blocks[1].notes[0].text, "See UNDEX/1.");
        assert_eq!(draft.found.language, Some(Language::English));
    }

    #[test]
    fn numbers_of_items_may_be_any() {
        for (kind, start) in
            [("i", u64::MAX), ("i", 4_000_000_000), ("a", u64::MAX), ("1", u64::MAX)]
        {
            let list = format!("<ol type={kind} start={start}><li>Maps;</li><li>Roads.</li></ol>");
            let draft = read("list.html", &format!("<html>{list}"), &Limits::default()).unwrap();
            let text: Vec<&str> = draft.blocks.iter().map(|block| block.text.as_str()).collect();
            assert!(text.iter().any(|text| text.contains("Maps")), "{kind} {start}: {text:?}");
        }
        let items = "<li>Maps;</li>".repeat(3);
        let draft =
            read("list.html", &format!("<html><ol>{items}</ol>"), &Limits::default()).unwrap();
        let labels: Vec<Option<&str>> = draft.blocks.iter().map(|b| b.label.as_deref()).collect();
        assert_eq!(labels, [Some("1"), Some("2"), Some("3")]);
    }

    #[test]
    fn deep_pages_are_refused_quickly() {
        let page = format!("<html><body>{}", "<div>".repeat(200_000));
        let error = read("deep.html", &page, &Limits::default()).unwrap_err();
        assert!(error.is_limit(), "{error}");
        assert!(error.to_string().contains("html_depth"), "{error}");
    }
}
