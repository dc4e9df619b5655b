//! What one document says of another.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Pinpoint, Symbol};

/// A document named in a paragraph or one of its notes.
///
/// A mention that names several places, `paragraphs 1 and 2 of resolution 66/24`, is as many
/// citations, with one pinpoint each and the same offsets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// The document named; the likeliest of [`candidates`](Self::candidates) where the text does not
    /// settle which. It is the document itself where the text names a paragraph of its own.
    pub symbol: Symbol,
    /// The place in it, where one is named.
    pub pinpoint: Option<Pinpoint>,
    /// Where the name of the document begins, in Unicode scalar values from the start of the string
    /// it is in: `71/263` in `paragraph 34 of its resolution 71/263`.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The string it is in.
    #[serde(rename = "in")]
    pub found_in: CitedIn,
    /// The documents it may name, likeliest first, where the text does not settle which; empty when
    /// it does.
    pub candidates: Vec<Symbol>,
}

impl Citation {
    /// Whether the text settles which document is named.
    pub fn is_settled(&self) -> bool {
        self.candidates.is_empty()
    }
}

/// The string of a paragraph that a citation's offsets refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CitedIn {
    /// The paragraph's own text.
    Text,
    /// The note with this mark.
    Note(String),
}

impl fmt::Display for CitedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::Note(mark) => write!(f, "note {mark}"),
        }
    }
}

/// `note 1` where people may read it, such as JSON; the mark alone in binary formats.
impl Serialize for CitedIn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            let mark = match self {
                Self::Text => None,
                Self::Note(mark) => Some(mark),
            };
            return mark.serialize(serializer);
        }
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CitedIn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            let mark = Option::deserialize(deserializer)?;
            return Ok(mark.map_or(Self::Text, Self::Note));
        }
        let text = String::deserialize(deserializer)?;
        Ok(match text.strip_prefix("note ") {
            Some(mark) => Self::Note(mark.to_owned()),
            None => Self::Text,
        })
    }
}
