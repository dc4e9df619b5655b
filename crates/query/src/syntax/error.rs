//! What can be wrong with a query.

use std::fmt;

/// A bound on the work a query may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QueryLimit {
    /// Length of the query in bytes.
    Bytes,
    /// Nesting of parentheses and negations.
    Depth,
    /// Words, phrases, prefixes and filters.
    Clauses,
    /// Words that one prefix stands for, one word with wildcards, or one word of NEAR.
    PrefixExpansions,
    /// Words that one fuzzy word stands for.
    FuzzyExpansions,
    /// Words of a query for which the words of the index are gone through: fuzzy ones, those that
    /// begin with a wildcard, and those of NEAR.
    Scans,
    /// Hits asked for at once.
    Results,
    /// Hits skipped before the first one wanted.
    Offset,
    /// Steps from the middle of a citation graph.
    GraphDepth,
    /// Documents in a citation graph.
    GraphNodes,
    /// Edges in a citation graph.
    GraphEdges,
}

impl QueryLimit {
    /// The bound itself.
    pub const fn bound(self) -> usize {
        match self {
            Self::Bytes => super::MAX_QUERY_BYTES,
            Self::Depth => super::MAX_DEPTH,
            Self::Clauses => super::MAX_CLAUSES,
            Self::PrefixExpansions | Self::FuzzyExpansions => crate::MAX_PREFIX_EXPANSIONS,
            Self::Scans => crate::MAX_SCANS,
            Self::Results => crate::MAX_RESULTS,
            Self::Offset => crate::MAX_OFFSET,
            Self::GraphDepth => crate::MAX_GRAPH_DEPTH,
            Self::GraphNodes => crate::MAX_GRAPH_NODES,
            Self::GraphEdges => crate::MAX_GRAPH_EDGES,
        }
    }

    /// What is counted, as messages say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes in a query",
            Self::Depth => "levels of parentheses and negations",
            Self::Clauses => "words, phrases and filters in a query",
            Self::PrefixExpansions => "words for one prefix",
            Self::FuzzyExpansions => "words almost like one",
            Self::Scans => "words that are fuzzy, of NEAR, or begin with a wildcard",
            Self::Results => "results at once",
            Self::Offset => "results skipped",
            Self::GraphDepth => "steps from the middle of a graph",
            Self::GraphNodes => "documents in a graph",
            Self::GraphEdges => "edges in a graph",
        }
    }

    const fn advice(self) -> &'static str {
        match self {
            Self::Bytes | Self::Clauses => "shorten the query or split it in two",
            Self::Depth => "take out parentheses that change nothing",
            Self::PrefixExpansions => "write more letters before the star",
            Self::FuzzyExpansions => {
                "let fewer letters differ, as in word~1, or write a longer word"
            }
            Self::Scans => "ask for the others by a prefix or as they are written",
            Self::Results => "ask for fewer and page on with an offset",
            Self::Offset => "narrow the query by a filter such as year: or type:",
            Self::GraphDepth => "nothing more is reached from there that a graph could show",
            Self::GraphNodes | Self::GraphEdges => "ask for fewer, or begin at another document",
        }
    }
}

impl fmt::Display for QueryLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A place in a query where it stops making sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("column {column}: found {found}, expected {expected}{}", .hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default())]
pub struct SyntaxError {
    /// Where, in Unicode scalar values from 1; one past the end when the query ends too early.
    pub column: usize,
    /// What stands there, in words.
    pub found: String,
    /// What could stand there.
    pub expected: String,
    /// How to write what was probably meant.
    pub hint: Option<String>,
}

/// Why a query was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// It cannot be read.
    #[error("the query cannot be read at {0}")]
    Syntax(#[from] SyntaxError),
    /// It asks for more work than is allowed.
    #[error("{met} {limit} are more than the {bound} allowed{}: {advice}", .at.as_ref().map(|at| format!(" (`{at}`)")).unwrap_or_default(), bound = .limit.bound(), advice = .limit.advice())]
    Limit {
        /// The bound that was met.
        limit: QueryLimit,
        /// The number met; the count may have stopped there.
        met: usize,
        /// The part of the query that asked for it, when it is a part.
        at: Option<String>,
    },
}

impl QueryError {
    /// Whether a bound was met, rather than a query that makes no sense.
    pub fn is_limit(&self) -> bool {
        matches!(self, Self::Limit { .. })
    }

    /// The column of a syntax error, in Unicode scalar values from 1.
    pub fn column(&self) -> Option<usize> {
        match self {
            Self::Syntax(error) => Some(error.column),
            Self::Limit { .. } => None,
        }
    }

    pub(crate) fn limit(limit: QueryLimit, met: usize) -> Self {
        Self::Limit { limit, met, at: None }
    }
}
