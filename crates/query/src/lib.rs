//! From a query to cited paragraphs.

mod syntax;

pub use syntax::{
    Expression, Filter, MAX_CLAUSES, MAX_DEPTH, MAX_QUERY_BYTES, QueryError, QueryLimit,
    SyntaxError, TextField, parse,
};

/// Max.
pub const MAX_PREFIX_EXPANSIONS: usize = 1_024;
/// Max.
pub const MAX_RESULTS: usize = 1_000;
/// Max.
pub const MAX_OFFSET: usize = 10_000;
