//! The forms under which one document is cited and held: lettered parts, and ranges of letters.

use undex_document::Symbol;

/// Every symbol that a citation of `symbol` is a citation of, itself first: each letter of a range, and
/// the resolution that a lettered part belongs to.
///
/// `A/RES/57/284A-B` is also `A/RES/57/284A`, `A/RES/57/284B` and `A/RES/57/284`.
pub fn cited_forms(symbol: &Symbol) -> Vec<Symbol> {
    let mut forms = vec![symbol.clone()];
    forms.extend(parts_of(symbol));
    let whole: Vec<Symbol> = forms.iter().filter_map(without_letter).collect();
    for form in whole {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// The documents that one symbol names together: the letters of `A/RES/57/284A-B`. None for a symbol
/// that names one.
pub fn parts_of(symbol: &Symbol) -> Vec<Symbol> {
    letters(symbol).unwrap_or_default()
}

/// The resolution that a lettered part belongs to: `A/RES/217(III)` for `A/RES/217A(III)`,
/// `A/RES/75/290` for `A/RES/75/290B` and `A/RES/76/84` for `A/RES/76/84A-B`.
pub fn without_letter(symbol: &Symbol) -> Option<Symbol> {
    let (number, letters, session) = lettered(symbol)?;
    if letters.is_empty() {
        return None;
    }
    format!("{number}{session}").parse().ok()
}

/// The number of a resolution, the letters behind it and the session behind those.
fn lettered(symbol: &Symbol) -> Option<(&str, &str, &str)> {
    let text = symbol.as_str();
    let (before, session) = match text.rfind('(') {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let number = before.trim_end_matches(|c: char| c.is_ascii_uppercase() || c == '-');
    let numbered = number.ends_with(|c: char| c.is_ascii_digit()) && text.contains("/RES/");
    numbered.then(|| (number, before.get(number.len()..).unwrap_or_default(), session))
}

/// The letters of a range, from the first to the last.
fn letters(symbol: &Symbol) -> Option<Vec<Symbol>> {
    let (number, letters, session) = lettered(symbol)?;
    let (first, last) = letters.split_once('-')?;
    let (&[first], &[last]) = (first.as_bytes(), last.as_bytes()) else { return None };
    let part = |letter: u8| format!("{number}{}{session}", char::from(letter)).parse().ok();
    (first < last).then(|| (first..=last).filter_map(part).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(text: &str) -> Symbol {
        text.parse().unwrap()
    }

    #[test]
    fn lettered_parts() {
        // (symbol, what it belongs to, why)
        let table = [
            ("A/RES/217A(III)", Some("A/RES/217(III)"), "letter before the session"),
            ("A/RES/75/290B", Some("A/RES/75/290"), "letter at the end"),
            ("A/RES/76/84A-B", Some("A/RES/76/84"), "several letters"),
            ("A/RES/78/237", None, "no letter"),
            ("S/RES/1325(2000)", None, "a year and no letter"),
            ("A/68/98/Rev", None, "no resolution"),
        ];
        for (text, expected, why) in table {
            let found = without_letter(&symbol(text));
            assert_eq!(found.as_ref().map(Symbol::as_str), expected, "{why}");
        }
    }

    #[test]
    fn forms_of_a_citation() {
        // (cited, what is cited with it, why)
        let table: [(&str, &[&str], &str); 7] = [
            ("A/RES/78/237", &[], "one document"),
            ("A/RES/75/290B", &["A/RES/75/290"], "the resolution of a lettered part"),
            (
                "A/RES/57/284A-C",
                &["A/RES/57/284A", "A/RES/57/284B", "A/RES/57/284C", "A/RES/57/284"],
                "each letter of a range",
            ),
            ("A/RES/ES-11/4", &[], "the hyphen of an emergency session"),
            ("A/RES/3201(S-VI)", &[], "the hyphen of a special session"),
            ("A/CONF.157/24(PartI)", &[], "a part of a document is one document"),
            (
                "A/RES/2200A-B(XXI)",
                &["A/RES/2200A(XXI)", "A/RES/2200B(XXI)", "A/RES/2200(XXI)"],
                "letters before the session",
            ),
        ];
        for (text, expected, why) in table {
            let forms = cited_forms(&symbol(text));
            let others: Vec<&str> = forms.iter().skip(1).map(Symbol::as_str).collect();
            assert_eq!(forms[0].as_str(), text);
            assert_eq!(others, expected, "{why}");
        }
    }
}
