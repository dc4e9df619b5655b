//! The key of a document: (symbol, language).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use undex_document::{Document, Language, Symbol};

/// Parts symbol and language in the written form; no symbol contains it.
const PART: char = '@';

/// What tells one document from all others: its symbol and its language. Written
/// `A/RES/78/237@es`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentKey {
    /// The symbol; a provisional one where the document could not be identified.
    pub symbol: Symbol,
    /// The language it is written in.
    pub language: Language,
}

/// A text that is no key of a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no key of a document: write it as in `A/RES/78/237@es`")]
pub struct DocumentKeyError(pub String);

impl DocumentKey {
    /// The key of a symbol in a language.
    pub fn new(symbol: Symbol, language: Language) -> Self {
        Self { symbol, language }
    }

    /// The key of a document.
    pub fn of(document: &Document) -> Self {
        Self::new(document.symbol.clone(), document.language)
    }
}

impl fmt::Display for DocumentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{PART}{}", self.symbol, self.language)
    }
}

impl FromStr for DocumentKey {
    type Err = DocumentKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || DocumentKeyError(text.to_owned());
        let (symbol, language) = text.rsplit_once(PART).ok_or_else(error)?;
        Ok(Self {
            symbol: symbol.parse().map_err(|_| error())?,
            language: Language::from_code(language).ok_or_else(error)?,
        })
    }
}

impl Serialize for DocumentKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DocumentKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back() {
        for text in ["A/RES/78/237@es", "UNDEX/HANDBOOK/1@und"] {
            assert_eq!(text.parse::<DocumentKey>().unwrap().to_string(), text);
        }
        for text in ["A/RES/78/237", "@es", "A/RES/78/237@xx"] {
            assert!(text.parse::<DocumentKey>().is_err(), "{text}");
        }
    }
}
