//! The smallest block of a document that a person would cite.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Citation, Pinpoint};

/// What a paragraph is in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The document's title.
    Title,
    /// A line above the title: organ, distribution, session, agenda item.
    Masthead,
    /// A paragraph of a resolution before its first operative one.
    Preambular,
    /// A numbered paragraph of a resolution.
    Operative,
    /// A numbered paragraph of a report or an annex.
    Paragraph,
    /// A lettered, roman or bulleted item under a paragraph.
    Point,
    /// A heading.
    Heading,
    /// Running text without a number.
    Text,
    /// A table or a table of contents, its rows as lines and its cells parted by tabs.
    Table,
    /// The lines that close a resolution: meeting and date.
    Closing,
}

/// A word that names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown role {given:?}: use one of {known}", given = .0, known = Role::ALL.map(Role::name).join(", "))]
pub struct UnknownRole(pub String);

impl Role {
    /// Every role, in the order above.
    pub const ALL: [Role; 10] = [
        Self::Title,
        Self::Masthead,
        Self::Preambular,
        Self::Operative,
        Self::Paragraph,
        Self::Point,
        Self::Heading,
        Self::Text,
        Self::Table,
        Self::Closing,
    ];

    /// The role's name in JSON and in queries (`role:operative`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Masthead => "masthead",
            Self::Preambular => "preambular",
            Self::Operative => "operative",
            Self::Paragraph => "paragraph",
            Self::Point => "point",
            Self::Heading => "heading",
            Self::Text => "text",
            Self::Table => "table",
            Self::Closing => "closing",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|role| role.name() == wanted)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// A footnote, kept with the paragraph that carries its mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The mark as printed: `1`, `*`.
    pub mark: String,
    /// The note's text without its mark; empty when the source has lost it.
    pub text: String,
}

/// One paragraph of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Position in the document, from 0.
    pub ordinal: u32,
    /// What the paragraph is.
    pub role: Role,
    /// The number as printed, without its full stop: `29`, `(a)`, `IV`.
    pub label: Option<String>,
    /// The place a citation would name; unique in the document.
    pub pinpoint: Pinpoint,
    /// The headings it stands under, outermost first.
    pub headings: Vec<String>,
    /// The text without label and footnote marks, in Unicode normalization form C.
    pub text: String,
    /// The page it begins on, from 1, where the source has pages.
    pub page: Option<u32>,
    /// Its footnotes, in the order of their marks.
    pub notes: Vec<Note>,
    /// What its text and notes cite, in order.
    pub citations: Vec<Citation>,
}
