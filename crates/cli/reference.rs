//! What people type to name a document or a place in it.

use undex_document::{Pinpoint, Symbol};

use crate::exit::Failure;
use crate::{library, terminal};

/// A document in any spelling, with a place behind it where one is given: `A/77/275, annex, para. 16
/// (a)`, `resolución 66/24`, `res 217 A (III)`, and the names that the catalogue of the corpus knows.
pub fn read(text: &str) -> Result<(Symbol, Option<Pinpoint>), Failure> {
    let catalogue = library::catalogue(None)?;
    let found = undex_citations::reference(text, catalogue.nicknames())
        .map_err(|error| Failure::error(error.to_string()))?;
    if !found.candidates.is_empty() {
        let candidates: Vec<String> = found.candidates.iter().map(Symbol::to_string).collect();
        let text = terminal::visible(text);
        terminal::note(&format!("{text:?} may be {}; taken as the first", candidates.join(" or ")));
    }
    Ok((found.symbol, found.pinpoint))
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
    fn one_place() {
        let (five, six): (Pinpoint, Pinpoint) = ("5".parse().unwrap(), "6".parse().unwrap());
        assert_eq!(place(Some(five.clone()), None).unwrap(), Some(five.clone()));
        assert_eq!(place(None, Some(&six)).unwrap(), Some(six.clone()));
        assert_eq!(place(None, None).unwrap(), None);
        assert!(place(Some(five), Some(&six)).is_err());
    }
}
