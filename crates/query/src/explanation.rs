//! Where the score of a hit comes from.

use std::fmt;

use serde::Serialize;

/// A score and what it is made of.
///
/// The scores of the parts add up to the score, unless `what` names a factor that it was multiplied by.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// What the score is for, in words for people; stems stand with the field of the index that holds them.
    pub what: String,
    /// The score.
    pub score: f32,
    /// What it is made of; empty for what is not made of others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Explanation>,
}

impl Explanation {
    pub(crate) fn new(what: impl Into<String>, score: f32, parts: Vec<Explanation>) -> Self {
        Self { what: what.into(), score, parts }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        writeln!(f, "{:8.3}  {:indent$}{}", self.score, "", self.what, indent = depth * 2)?;
        self.parts.iter().try_for_each(|part| part.write(f, depth + 1))
    }
}

impl fmt::Display for Explanation {
    /// A line for each part, with its score first, indented under what it is a part of.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}
