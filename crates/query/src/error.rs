//! Why a search or a look-up fails.

use undex_schema::{DecodeError, OpenError, tantivy::TantivyError};

use crate::QueryError;

/// Why a search or a look-up gives no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query cannot be read, or asks for too much.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// There is no index, or it cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The index does not hold what it should.
    #[error(transparent)]
    Damaged(#[from] DecodeError),
}

impl SearchError {
    /// Whether the query is at fault, and not the index.
    pub fn is_query(&self) -> bool {
        matches!(self, Self::Query(_))
    }

    /// Whether a bound on queries was met.
    pub fn is_limit(&self) -> bool {
        matches!(self, Self::Query(error) if error.is_limit())
    }

    /// Whether there is simply no index yet.
    pub fn is_missing_index(&self) -> bool {
        matches!(self, Self::Open(error) if error.is_missing())
    }
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        Self::Damaged(error.into())
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        Self::from(TantivyError::from(error))
    }
}
