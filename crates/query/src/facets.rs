//! How many of the matching paragraphs are of a year, a type, a body and the like.

use std::fmt;
use std::str::FromStr;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use undex_document::SCHEMA;

use crate::CountKey;

/// What matching paragraphs are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FacetBy {
    /// The year of the document, as the filter `year:` takes it.
    Year,
    /// The type of the document.
    Type,
    /// The organ and the body. A paragraph of a committee is one of its organ too, as the filter `body:`
    /// takes it, so that `A` counts what `A/AC.290` does; a document with two symbols is of the bodies of
    /// both.
    Body,
    /// The language.
    Language,
    /// What the paragraph is in its document.
    Role,
    /// The verb that opens a clause of a resolution, with what belongs to it, as it is printed, in lower case;
    /// paragraphs without one are not counted.
    Verb,
}

/// A word that names nothing to count by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown facet {given:?}: use one of {known}", given = .0, known = FacetBy::ALL.map(FacetBy::name).join(", "))]
pub struct UnknownFacet(pub String);

/// The counts of one kind.
///
/// Its JSON is the line that `undex search --facets --json` writes behind the hits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Facet {
    /// What is counted by.
    pub by: FacetBy,
    /// Every value that a matching paragraph has, each paragraph counted once for each. Years in order,
    /// what is undated last; others from the most paragraphs to the fewest, equal numbers in the order of
    /// their names.
    pub counts: Vec<FacetCount>,
}

/// How many there are of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FacetCount {
    /// The value.
    pub value: CountKey,
    /// Matching paragraphs.
    pub paragraphs: u64,
    /// Documents with such a paragraph.
    pub documents: u64,
}

impl FacetBy {
    /// Everything that can be counted by, in the order above.
    pub const ALL: [FacetBy; 6] =
        [Self::Year, Self::Type, Self::Body, Self::Language, Self::Role, Self::Verb];

    /// The name, that of the filter in a query.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Type => "type",
            Self::Body => "body",
            Self::Language => "lang",
            Self::Role => "role",
            Self::Verb => "verb",
        }
    }
}

impl fmt::Display for FacetBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for FacetBy {
    type Err = UnknownFacet;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|by| by.name() == wanted)
            .ok_or_else(|| UnknownFacet(text.to_owned()))
    }
}

impl Facet {
    /// A facet with its counts in order.
    pub(crate) fn new(by: FacetBy, mut counts: Vec<FacetCount>) -> Self {
        counts.sort_by(|a, b| a.value.cmp(&b.value));
        match by {
            // The undated ones sort first, and go last.
            FacetBy::Year => counts.sort_by_key(|one| one.value == CountKey::Year(None)),
            _ => counts.sort_by_key(|one| std::cmp::Reverse(one.paragraphs)),
        }
        Self { by, counts }
    }
}

impl Serialize for Facet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Facet", 3)?;
        fields.serialize_field("schema", &SCHEMA)?;
        fields.serialize_field("facet", self.by.name())?;
        fields.serialize_field("counts", &self.counts)?;
        fields.end()
    }
}

impl Serialize for FacetCount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("FacetCount", 3)?;
        match &self.value {
            CountKey::Year(year) => fields.serialize_field("value", year)?,
            other => fields.serialize_field("value", &other.to_string())?,
        }
        fields.serialize_field("paragraphs", &self.paragraphs)?;
        fields.serialize_field("documents", &self.documents)?;
        fields.end()
    }
}
