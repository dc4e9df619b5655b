//! From a query to cited paragraphs.

mod error;
mod evaluate;
mod highlight;
mod hit;
mod listing;
mod lookup;
mod plan;
mod request;
mod searcher;
mod snippet;
mod syntax;

pub use error::SearchError;
pub use hit::Hit;
pub use listing::{DocumentFilter, DocumentSummary, IndexInfo};
pub use lookup::{Holding, Passage};
pub use request::{
    Answer, Combination, MAX_OFFSET, MAX_PREFIX_EXPANSIONS, MAX_RESULTS, SearchRequest,
};
pub use searcher::Searcher;
pub use snippet::Snippet;
pub use syntax::{
    Expression, Filter, MAX_CLAUSES, MAX_DEPTH, MAX_QUERY_BYTES, QueryError, QueryLimit,
    SyntaxError, TextField, parse,
};
