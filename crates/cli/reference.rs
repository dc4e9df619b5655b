//! What people type to name a document or a place in it.

use undex_document::{Pinpoint, PinpointError, Symbol, SymbolError};

use crate::exit::Failure;

/// A symbol in any spelling, and a place behind a comma: `A/77/275, annex, para. 16 (a)`. A bare
/// number such as `78/237` is a resolution of the General Assembly.
pub fn read(text: &str) -> Result<(Symbol, Option<Pinpoint>), Failure> {
    let (document, place) = match text.split_once(',') {
        Some((document, place)) => (document, Some(place)),
        None => (text, None),
    };
    let bare = document.trim();
    let number = bare.starts_with(|c: char| c.is_ascii_digit()) && bare.contains('/');
    let parsed = if number { format!("A/RES/{bare}").parse() } else { bare.parse() };
    let symbol = parsed.map_err(|error: SymbolError| Failure::error(error.to_string()))?;
    let place = place
        .map(|place| place.trim().parse())
        .transpose()
        .map_err(|error: PinpointError| Failure::error(error.to_string()))?;
    Ok((symbol, place))
}

/// The place of a reference, or the one of `--para`; both at once would contradict each other.
pub fn place(
    in_reference: Option<Pinpoint>,
    para: Option<&Pinpoint>,
) -> Result<Option<Pinpoint>, Failure> {
    match (in_reference, para) {
        (Some(named), Some(para)) => Err(Failure::error(format!(
            "the place is given twice, as {named} behind the symbol and as --para {para}; give it once"
        ))),
        (named, para) => Ok(named.or_else(|| para.cloned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        // (typed, symbol, place)
        let table = [
            ("a/res/78/237", "A/RES/78/237", None),
            ("78/237", "A/RES/78/237", None),
            ("A/77/275, annex, para. 16 (a)", "A/77/275", Some("annex, para. 16 (a)")),
            ("70/1,5", "A/RES/70/1", Some("para. 5")),
            ("A/75/816, anexo I, párr. 29", "A/75/816", Some("annex I, para. 29")),
        ];
        for (typed, symbol, place) in table {
            let (found, at) = read(typed).unwrap();
            assert_eq!(found.to_string(), symbol, "{typed}");
            assert_eq!(at.map(|at| at.to_string()).as_deref(), place, "{typed}");
        }
        for wrong in ["hello", "A/77/275, nowhere", "A/77/275,", ""] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
