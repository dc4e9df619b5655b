//! What a query says, before any analysis of its words.

use std::fmt;

use undex_document::{Date, DocumentType, Language, Role, Symbol};

use super::weight::Weight;

/// The part of a paragraph or its document that words are looked for in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextField {
    /// The text of the paragraph and of its notes; its title and headings count towards the rank.
    #[default]
    Everywhere,
    /// The title of the document.
    Title,
    /// The headings the paragraph stands under.
    Heading,
    /// The notes of the paragraph.
    Note,
    /// The verb that opens a clause of a resolution, and what belongs to it: `requests`, `takes note`.
    Verb,
}

impl TextField {
    /// The name before the colon; empty for [`TextField::Everywhere`].
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "",
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Note => "note",
            Self::Verb => "verb",
        }
    }
}

/// A condition that a paragraph or its document meets or not; it never changes the rank.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Filter {
    /// The document goes by exactly this symbol.
    Symbol(Symbol),
    /// The symbol begins with these segments: `A/AC.290` for `symbol:A/AC.290/*`.
    SymbolPrefix(String),
    /// The body is this one or a part of it: `A`, `A/AC.290`.
    Body(String),
    /// The paragraph cites this document, or may.
    Cites(Symbol),
    /// It cites a document whose symbol begins with these segments.
    CitesPrefix(String),
    /// The language of the document.
    Language(Language),
    /// The type of the document.
    Type(DocumentType),
    /// The role of the paragraph.
    Role(Role),
    /// The date of the document, both ends included; an open end has no bound.
    Date {
        /// The first day.
        from: Option<Date>,
        /// The last day.
        to: Option<Date>,
    },
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Without the spaces of the printed form, which would end the value.
            Self::Symbol(symbol) => write!(f, "symbol:{}", symbol.as_str()),
            Self::SymbolPrefix(prefix) => write!(f, "symbol:{prefix}/*"),
            Self::Body(body) => write!(f, "body:{body}"),
            Self::Cites(symbol) => write!(f, "cites:{}", symbol.as_str()),
            Self::CitesPrefix(prefix) => write!(f, "cites:{prefix}/*"),
            Self::Language(language) => write!(f, "lang:{language}"),
            Self::Type(kind) => write!(f, "type:{kind}"),
            Self::Role(role) => write!(f, "role:{role}"),
            Self::Date { from, to } => {
                f.write_str("date:")?;
                if let Some(from) = from {
                    write!(f, "{from}")?;
                }
                f.write_str("..")?;
                if let Some(to) = to {
                    write!(f, "{to}")?;
                }
                Ok(())
            }
        }
    }
}

/// A query as it was read. Its `Display` is a query that reads back to the same expression.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expression {
    /// Items side by side: plain words and prefixes are wanted, everything else is required.
    Wanted(Vec<Expression>),
    /// Joined by `AND`.
    All(Vec<Expression>),
    /// Joined by `OR`.
    Any(Vec<Expression>),
    /// Negated.
    Not(Box<Expression>),
    /// A word, in any of its forms.
    Word {
        /// Where it is looked for.
        field: TextField,
        /// The word as typed.
        text: String,
    },
    /// The beginning of a word, without its star.
    Prefix {
        /// Where it is looked for.
        field: TextField,
        /// The letters as typed.
        text: String,
    },
    /// A word with wildcards in it: a question mark for one letter, a star for any number.
    Wildcard {
        /// Where it is looked for.
        field: TextField,
        /// The word as typed.
        text: String,
    },
    /// A word, and those written almost like it.
    Fuzzy {
        /// Where it is looked for.
        field: TextField,
        /// The word as typed, without its tilde.
        text: String,
        /// The letters that may differ; none for a number that goes by the length of the word.
        distance: Option<u8>,
    },
    /// Words in exactly this form and order.
    Phrase {
        /// Where it is looked for.
        field: TextField,
        /// The words as typed, without the quotation marks.
        text: String,
        /// How many other words may stand between them altogether.
        slop: u32,
    },
    /// Two items near each other in one text or one note, in either order.
    Near {
        /// A word, a prefix, a word with wildcards, a fuzzy word or a phrase without slop.
        left: Box<Expression>,
        /// Another one.
        right: Box<Expression>,
        /// How many words it may be from one to the other; neighbours are 1 apart.
        distance: u32,
    },
    /// A part whose score is multiplied.
    Weighted {
        /// The part.
        part: Box<Expression>,
        /// By what.
        weight: Weight,
    },
    /// A condition.
    Filter(Filter),
}

impl Expression {
    /// The greatest and the least factor that weights in it multiply to.
    pub(super) fn factors(&self) -> (f32, f32) {
        match self {
            Self::Wanted(parts) | Self::All(parts) | Self::Any(parts) => {
                let factors = parts.iter().map(Self::factors);
                factors.fold((1.0, 1.0), |most, part| (most.0.max(part.0), most.1.min(part.1)))
            }
            Self::Not(part) => part.factors(),
            Self::Weighted { part, weight } => {
                let (most, least) = part.factors();
                (most * weight.factor(), least * weight.factor())
            }
            _ => (1.0, 1.0),
        }
    }

    /// The languages that all it finds is in; none where it may be in any.
    pub(crate) fn languages(&self) -> Option<Vec<Language>> {
        match self {
            Self::Filter(Filter::Language(language)) => Some(vec![*language]),
            Self::Weighted { part, .. } => part.languages(),
            Self::Any(parts) => {
                let of_parts: Option<Vec<_>> = parts.iter().map(Self::languages).collect();
                Some(of_parts?.into_iter().flatten().collect())
            }
            Self::Wanted(parts) | Self::All(parts) => {
                parts.iter().filter_map(Self::languages).reduce(|mut both, part| {
                    both.retain(|language| part.contains(language));
                    both
                })
            }
            _ => None,
        }
    }

    fn joined(f: &mut fmt::Formatter<'_>, parts: &[Expression], between: &str) -> fmt::Result {
        f.write_str("(")?;
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                f.write_str(between)?;
            }
            write!(f, "{part}")?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = |f: &mut fmt::Formatter<'_>, field: &TextField| match field {
            TextField::Everywhere => Ok(()),
            named => write!(f, "{}:", named.name()),
        };
        match self {
            Self::Wanted(parts) => Self::joined(f, parts, " "),
            Self::All(parts) => Self::joined(f, parts, " AND "),
            Self::Any(parts) => Self::joined(f, parts, " OR "),
            Self::Not(part) => write!(f, "NOT {part}"),
            Self::Word { field: name, text } => {
                field(f, name)?;
                f.write_str(text)
            }
            Self::Prefix { field: name, text } => {
                field(f, name)?;
                write!(f, "{text}*")
            }
            Self::Wildcard { field: name, text } => {
                field(f, name)?;
                f.write_str(text)
            }
            Self::Fuzzy { field: name, text, distance } => {
                field(f, name)?;
                write!(f, "{text}~")?;
                distance.map_or(Ok(()), |distance| write!(f, "{distance}"))
            }
            Self::Phrase { field: name, text, slop } => {
                field(f, name)?;
                write!(f, "\"{text}\"")?;
                if *slop > 0 { write!(f, "~{slop}") } else { Ok(()) }
            }
            Self::Near { left, right, distance } => write!(f, "{left} NEAR/{distance} {right}"),
            Self::Weighted { part, weight } => match **part {
                // These would take the weight for a part of theirs, or for a part of their value.
                Self::Not(_) | Self::Near { .. } | Self::Weighted { .. } | Self::Filter(_) => {
                    write!(f, "({part})^{weight}")
                }
                _ => write!(f, "{part}^{weight}"),
            },
            Self::Filter(filter) => filter.fmt(f),
        }
    }
}
