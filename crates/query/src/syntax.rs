//! The query language: from the text a person types to an [`Expression`].
//!
//! ```text
//! query    = any
//! any      = all *( "OR" all )
//! all      = wanted *( "AND" wanted )
//! wanted   = 1*item
//! item     = *( "NOT" | "-" ) primary
//! primary  = "(" any ")" | [ field ":" ] ( word [ "*" ] | quoted ) | filter
//! field    = "title" | "heading" | "note"
//! filter   = ( "symbol" | "body" | "lang" | "type" | "role" | "year" | "date" ) ":" value
//! quoted   = any double quotation mark, text, any double quotation mark
//! ```
//!
//! Juxtaposition binds tighter than `AND`, and `AND` tighter than `OR`. The three operators are
//! written in capitals; `and`, `or` and `not` are words. A hyphen negates only in front of an item.
//! Accents, case and the kind of quotation mark make no difference.

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
/// # Errors
/// [`QueryError::Syntax`] with the column where the text stops making sense, what stands there and
/// what was expected; [`QueryError::Limit`] when a bound is met.
pub fn parse(text: &str) -> Result<Expression, QueryError> {
    parser::parse(text)
}
