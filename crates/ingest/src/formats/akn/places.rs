//! Pinpoints as element identifiers, in the form of the standard's naming convention: the steps from
//! the outside in, parted by two underscores, each a name and, after one underscore, its number.
//! `annex I, para. 26 (a)` is `annex_I__para_26__point_a`.

use undex_document::{ListName, Pinpoint, Step};

/// Between two steps.
const STEPS: &str = "__";
/// Between the name of a step and its number.
const NUMBER: char = '_';

/// The identifier of a place.
pub(crate) fn to_id(pinpoint: &Pinpoint) -> String {
    let mut id = String::new();
    for step in pinpoint.steps() {
        if !id.is_empty() {
            id.push_str(STEPS);
        }
        let (name, number) = name_and_number(step);
        id.push_str(name);
        if let Some(number) = number {
            id.push(NUMBER);
            id.push_str(&escaped(&number));
        }
    }
    id
}

fn name_and_number(step: &Step) -> (&'static str, Option<String>) {
    match step {
        Step::Resolution(label) => ("resolution", Some(label.clone())),
        Step::Decision(label) => ("decision", Some(label.clone())),
        Step::Annex(label) => ("annex", label.clone()),
        Step::Appendix(label) => ("appendix", label.clone()),
        Step::Part(label) => ("part", Some(label.clone())),
        Step::Chapter(label) => ("chp", Some(label.clone())),
        Step::Section(label) => ("sec", Some(label.clone())),
        Step::Article(label) => ("art", Some(label.clone())),
        Step::Paragraph(label) => ("para", Some(label.clone())),
        Step::Preambular(number) => ("recital", Some(number.to_string())),
        Step::Item(name, label) => (list(*name), Some(label.clone())),
        Step::Point(label) => ("point", Some(label.clone())),
        Step::Bullet(number) => ("indent", Some(number.to_string())),
        Step::Unnumbered(number) => ("alinea", Some(number.to_string())),
        Step::Heading(number) => ("heading", Some(number.to_string())),
        Step::Table(number) => ("table", Some(number.to_string())),
        Step::Title => ("title", None),
        Step::Masthead(number) => ("masthead", Some(number.to_string())),
        Step::Opening => ("formula", None),
        Step::Closing(number) => ("closing", Some(number.to_string())),
        Step::Again(number) => ("again", Some(number.to_string())),
    }
}

const fn list(name: ListName) -> &'static str {
    match name {
        ListName::RecommendedNextStep => "nextStep",
        ListName::Recommendation => "recommendation",
        ListName::Conclusion => "conclusion",
        ListName::Item => "item",
    }
}

/// The place that an identifier names, or none when it is not of the form above.
pub(crate) fn from_id(id: &str) -> Option<Pinpoint> {
    if id.is_empty() {
        return None;
    }
    id.split(STEPS).map(step).collect::<Option<Vec<Step>>>().map(Pinpoint::new)
}

fn step(text: &str) -> Option<Step> {
    let (name, label) = match text.split_once(NUMBER) {
        Some((name, number)) => (name, Some(unescaped(number)?)),
        None => (text, None),
    };
    let number = || label.as_deref().and_then(|label| label.parse::<u32>().ok());
    Some(match name {
        "annex" => Step::Annex(label),
        "appendix" => Step::Appendix(label),
        "title" => Step::Title,
        "formula" => Step::Opening,
        "resolution" => Step::Resolution(label?),
        "decision" => Step::Decision(label?),
        "part" => Step::Part(label?),
        "chp" => Step::Chapter(label?),
        "sec" => Step::Section(label?),
        "art" => Step::Article(label?),
        "para" => Step::Paragraph(label?),
        "point" => Step::Point(label?),
        "nextStep" => Step::Item(ListName::RecommendedNextStep, label?),
        "recommendation" => Step::Item(ListName::Recommendation, label?),
        "conclusion" => Step::Item(ListName::Conclusion, label?),
        "item" => Step::Item(ListName::Item, label?),
        "recital" => Step::Preambular(number()?),
        "indent" => Step::Bullet(number()?),
        "alinea" => Step::Unnumbered(number()?),
        "heading" => Step::Heading(number()?),
        "table" => Step::Table(number()?),
        "masthead" => Step::Masthead(number()?),
        "closing" => Step::Closing(number()?),
        "again" => Step::Again(number()?),
        _ => return None,
    })
}

/// Letters, digits, hyphens and full stops as they are, everything else as `%` and its bytes.
fn escaped(label: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(label.len());
    let mut buffer = [0; 4];
    for c in label.chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '.') {
            out.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut buffer).bytes() {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn unescaped(text: &str) -> Option<String> {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let (code, rest) = piece.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(code, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_identifiers() {
        // (steps, identifier)
        let table = [
            (vec![Step::Paragraph("26".into()), Step::Point("a".into())], "para_26__point_a"),
            (vec![Step::Annex(None), Step::Title], "annex__title"),
            (vec![Step::Annex(Some("I".into())), Step::Unnumbered(3)], "annex_I__alinea_3"),
            (vec![Step::Resolution("A".into()), Step::Opening], "resolution_A__formula"),
            (vec![Step::Section("8 bis_".into())], "sec_8%20bis%5F"),
            (vec![Step::Section("é%".into()), Step::Again(2)], "sec_é%25__again_2"),
            (vec![Step::Item(ListName::RecommendedNextStep, "1".into())], "nextStep_1"),
        ];
        for (steps, id) in table {
            let pinpoint = Pinpoint::new(steps);
            assert_eq!(to_id(&pinpoint), id);
            assert_eq!(from_id(id), Some(pinpoint), "{id}");
        }
        for none in ["", "para", "container_2", "para_1__", "recital_x", "point_%4", "point_%zz"] {
            assert_eq!(from_id(none), None, "{none}");
        }
    }
}
