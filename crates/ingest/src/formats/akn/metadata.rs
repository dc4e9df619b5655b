//! What AKN4UN metadata says of a document's identity.

use jiff::civil::Date;
use undex_document::{DocumentType, IdentifiedBy, Language, Symbol};

use super::inline::plain;
use super::tree::Element;
use crate::identity::Found;

/// The markup writes year 1 for a date that is not known; no document is older than this year.
pub(super) const YEAR_UNKNOWN: i16 = 1900;

pub(super) fn found(document: &Element) -> Found {
    let mut found = Found::default();
    let work = document.descendant("FRBRWork");
    let expression = document.descendant("FRBRExpression");

    let mut numbers = Vec::new();
    document.descendants("docNumber", &mut numbers);
    let printed = numbers
        .iter()
        .filter(|number| number.attribute("refersTo") == Some("#symbol"))
        .find_map(|number| Symbol::read_printed(&plain(number)).ok());
    let (printed, joint) = printed.map_or((None, None), |p| (Some(p.symbol), p.joint));
    let headed = document
        .descendant("preface")
        .and_then(|preface| preface.descendant("docNumber"))
        .and_then(|number| format!("A/RES/{}", plain(number)).parse::<Symbol>().ok());
    let of_work = uri_of(work).and_then(symbol_of_uri);
    let of_expression = uri_of(expression)
        .and_then(|uri| symbol_of_uri(uri.rsplit_once('/')?.0.rsplit_once('/')?.0));
    let symbol = most_stated([headed, printed, of_work, of_expression]);
    if let Some(symbol) = symbol {
        found.symbols.push(symbol);
        found.symbols.extend(joint);
        found.identified_by = Some(IdentifiedBy::Metadata);
    }
    let mut components = Vec::new();
    document.descendants("component", &mut components);
    for component in components {
        let part = component.descendant("FRBRWork");
        if let Some(symbol) = uri_of(part).and_then(symbol_of_uri)
            && !found.symbols.contains(&symbol)
        {
            found.symbols.push(symbol);
            found.identified_by = Some(IdentifiedBy::Metadata);
        }
    }

    found.language = expression
        .and_then(|e| e.child("FRBRlanguage"))
        .and_then(|l| l.attribute("language"))
        .and_then(Language::from_code);
    found.date = work
        .and_then(|w| w.child("FRBRdate"))
        .and_then(|d| d.attribute("date"))
        .and_then(|d| d.parse::<Date>().ok())
        .filter(|date| date.year() > YEAR_UNKNOWN);
    found.kind = document.elements().find_map(|part| match part.attribute("name") {
        Some("resolution" | "publication") => Some(DocumentType::Resolution),
        Some("decision") => Some(DocumentType::Decision),
        _ => None,
    });
    // The session's `value` attribute is wrong in some files; the symbol is not.
    found.session = found.symbols.first().and_then(|symbol| symbol.session()).map(str::to_owned);
    found.agenda_items = agenda_items(document);
    found.title = document
        .descendant("preface")
        .and_then(|preface| preface.descendant("docTitle"))
        .map(plain)
        .filter(|title| !title.is_empty());
    found
}

/// The symbol that most of the places in the markup state; any one of them may be a slip. Of equal
/// numbers the resolution's own heading decides, and a letter that only some places give belongs to
/// the symbol.
fn most_stated(stated: [Option<Symbol>; 4]) -> Option<Symbol> {
    let lettered = |symbol: &Symbol, other: &Symbol| {
        other
            .as_str()
            .strip_prefix(symbol.as_str())
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
    };
    let agree = |symbol: &Symbol| {
        stated.iter().flatten().filter(|other| *other == symbol || lettered(symbol, other)).count()
    };
    let mut best: Option<&Symbol> = None;
    for symbol in stated.iter().flatten() {
        if best.is_none_or(|best| agree(symbol) > agree(best)) {
            best = Some(symbol);
        }
    }
    let best = best?;
    stated.iter().flatten().find(|other| lettered(best, other)).or(Some(best)).cloned()
}

fn uri_of(part: Option<&Element>) -> Option<&str> {
    part?.child("FRBRuri")?.attribute("value")
}

/// `.../unga/2023-12-22/78-237/` names A/RES/78/237.
fn symbol_of_uri(uri: &str) -> Option<Symbol> {
    let mut parts = uri.trim_end_matches('/').rsplit('/');
    let name = parts.next()?;
    let _date = parts.next()?;
    if parts.next()? != "unga" {
        return None;
    }
    // The stroke between session and number, behind the one of `S-33` or `ES-11`.
    let special = name.find(|c: char| c.is_ascii_digit())?;
    let stroke = special + name.get(special..)?.find('-')?;
    let (session, number) = (name.get(..stroke)?, name.get(stroke + 1..)?);
    format!("A/RES/{session}/{number}").parse().ok()
}

/// Numbers of agenda items: `94`, `18 (b)`, several in one line.
fn agenda_items(document: &Element) -> Vec<String> {
    let mut inlines = Vec::new();
    document.descendants("inline", &mut inlines);
    let mut items: Vec<String> = Vec::new();
    for inline in inlines.iter().filter(|i| i.attribute("name") == Some("agenda item")) {
        // The `title` attribute leaves out all items but the first in some files.
        for item in crate::identity::agenda_numbers(&plain(inline)) {
            if !items.contains(&item) {
                items.push(item);
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_outvoted() {
        let symbol = |text: &str| Some(text.parse::<Symbol>().unwrap());
        let (a, b) = (|| symbol("A/RES/999/3"), || symbol("A/RES/999/4"));
        let stated = |list: [Option<Symbol>; 4]| most_stated(list).map(|s| s.to_string());
        assert_eq!(stated([b(), a(), b(), b()]).as_deref(), Some("A/RES/999/4"));
        assert_eq!(
            stated([b(), a(), a(), b()]).as_deref(),
            Some("A/RES/999/4"),
            "the heading decides"
        );
        assert_eq!(stated([None, a(), None, None]).as_deref(), Some("A/RES/999/3"));
        let lettered = symbol("A/RES/999/3 A");
        assert_eq!(stated([a(), lettered, a(), a()]).as_deref(), Some("A/RES/999/3 A"));
        assert_eq!(stated([None, None, None, None]), None);
    }
}
