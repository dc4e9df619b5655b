//! Words as names are compared by: small letters without accents; everything that is no letter or
//! digit parts them.

use crate::prose::vocabulary::plain;

/// The words of a text.
pub(crate) fn of(text: &str) -> Vec<String> {
    walk(text).map(|(word, _)| word).collect()
}

/// The words of a text, each with the byte at which it ends.
pub(crate) fn walk(text: &str) -> impl Iterator<Item = (String, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(char::is_alphanumeric)?;
        let word = text.get(start..)?;
        let length = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
        at = start + length;
        let folded = word.get(..length)?.chars().flat_map(char::to_lowercase).map(plain).collect();
        Some((folded, at))
    })
}
