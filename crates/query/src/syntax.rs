//! The query language: from the text a person types to an [`Expression`]. It is described at
//! [`parse`].

mod cursor;
mod error;
mod expression;
mod filter;
mod parser;

pub use error::{QueryError, QueryLimit, SyntaxError};
pub use expression::{Expression, Filter, TextField};

/// The longest query, in bytes: a page of prose, more than anybody types.
pub const MAX_QUERY_BYTES: usize = 4 * 1024;

/// The deepest nesting of parentheses and negations.
pub const MAX_DEPTH: usize = 32;

/// The most words, phrases, prefixes and filters in one query.
pub const MAX_CLAUSES: usize = 256;

/// Reads a query.
///
/// ```text
/// query    = any
/// any      = all *( "OR" all )
/// all      = wanted *( "AND" wanted )
/// wanted   = 1*item
/// item     = *( "NOT" | "-" ) primary
/// primary  = "(" any ")" | [ field ":" ] ( word [ "*" ] | quoted ) | filter
/// field    = "title" | "heading" | "note"
/// filter   = ( "symbol" | "body" | "cites" | "lang" | "type" | "role" | "year" | "date" ) ":" value
/// quoted   = any double quotation mark, text, any double quotation mark
/// ```
///
/// | written | finds |
/// |---|---|
/// | `puntos de contacto` | paragraphs with these words in any form; see [`Combination`](crate::Combination) |
/// | `"puntos de contacto"` | exactly these words in this order, accents and case aside |
/// | `confian*` | words that begin so; the star stands at the end |
/// | `a AND b`, `a OR b`, `NOT a`, `-a` | operators in capitals; `and`, `or`, `not` are words |
/// | `(a OR b) c` | parentheses group |
/// | `title:cyber`, `heading:"next steps"`, `note:ibid` | only there |
/// | `symbol:A/RES/78/237`, `symbol:A/AC.290/*` | this document; everything under these segments |
/// | `body:A/AC.290` | documents of this organ or body |
/// | `cites:A/70/174`, `cites:A/RES/70/*` | paragraphs that cite this document; one under these segments; `cites:70/237` is the resolution |
/// | `lang:es`, `type:draft-resolution`, `role:operative` | by language, type, role |
/// | `year:2015`, `year:2015..2021`, `date:2015-03..` | by date; an end may be left out |
/// | `A/RES/78/237`, `70/237` | the number in the text; of a whole symbol also what cites it and its own paragraphs |
///
/// Juxtaposition binds tighter than `AND`, and `AND` tighter than `OR`. Side by side, plain words
/// and prefixes are wanted while phrases, fields, filters, groups and negations are demanded. A
/// hyphen negates only in front of an item. Words of title and headings are stems there, also in
/// quotes. Accents, case and the kind of quotation mark make no difference.
///
/// # Errors
/// [`QueryError::Syntax`] with the column where the text stops making sense, what stands there and
/// what was expected; [`QueryError::Limit`] when a bound is met.
pub fn parse(text: &str) -> Result<Expression, QueryError> {
    parser::parse(text)
}
