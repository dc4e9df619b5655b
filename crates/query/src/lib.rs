//! From a query to cited paragraphs.
//!
//! A [`Searcher`] opens an index folder, writes nothing to it, and answers a [`SearchRequest`] with
//! [`Hit`]s: paragraphs, each with the place to cite. It also reads documents whole or in part. The
//! query language is described at [`parse`], how words side by side are combined at
//! [`Combination`]. With a [`Thesaurus`], an answer goes on with paragraphs that call it by another name
//! ([`Answer::synonymous`]). An answer can be counted by year, body and the like ([`FacetBy`]), ordered and grouped
//! ([`SearchRequest`]), seen line by line ([`concordance()`]) or between its neighbours
//! ([`Searcher::around`]), and followed through the years ([`Searcher::trend`]). What documents cite is asked by [`Searcher::cites`], [`Searcher::cited_by`],
//! [`Searcher::graph`] and [`Searcher::missing`], and what differs between two generations by
//! [`Searcher::diff`]; whether an index is sound is found out by [`verify()`]. Queries may come from anywhere: each is answered or refused within bounds that
//! [`QueryLimit`] names.
//!
//! ```
//! use std::path::Path;
//! use undex_query::{SearchError, SearchRequest, Searcher};
//!
//! fn print_answer(index: &Path, query: &str) -> Result<(), SearchError> {
//!     let searcher = Searcher::open(index)?;
//!     let answer = searcher.search(&SearchRequest::new(query))?;
//!     println!("{} paragraphs", answer.total);
//!     for hit in answer.hits {
//!         println!("{}: {}", hit.cite(), hit.snippet.text);
//!     }
//!     Ok(())
//! }
//!
//! match print_answer(Path::new("index"), "\"puntos de contacto\" year:2015..") {
//!     Ok(()) => {}
//!     Err(error) if error.is_missing_index() => println!("{error}"),
//!     Err(error) => return Err(error),
//! }
//! # Ok::<(), SearchError>(())
//! ```

mod cited_by;
mod cites;
mod columns;
mod concordance;
mod context;
mod diff;
mod error;
mod evaluate;
mod explanation;
mod facets;
mod graph;
mod highlight;
mod hit;
mod holdings;
mod listing;
mod lookup;
mod missing;
mod plan;
mod proximity;
mod related;
mod request;
mod searcher;
mod snippet;
mod suggest;
mod synonyms;
mod syntax;
mod trend;
mod verify;
mod xml;

pub use cited_by::{CitedBy, CitedByRequest, CitingParagraph, CountBy, CountKey};
pub use cites::{Cites, OutgoingCitation};
pub use concordance::{ConcordanceLine, ConcordanceOrder, concordance};
pub use context::Surroundings;
pub use diff::{
    Change, Diff, DiffCounts, DiffSummary, DocumentDiff, DocumentField, DocumentHead,
    ParagraphDiff, ParagraphField, WordChange, changed_words,
};
pub use error::SearchError;
pub use explanation::Explanation;
pub use facets::{Facet, FacetBy, FacetCount, UnknownFacet};
pub use graph::{
    DEFAULT_GRAPH_EDGES, DEFAULT_GRAPH_NODES, Direction, Graph, GraphEdge, GraphNode, GraphRequest,
    MAX_GRAPH_DEPTH, MAX_GRAPH_EDGES, MAX_GRAPH_NODES,
};
pub use hit::Hit;
pub use listing::{DocumentFilter, DocumentSummary, IndexInfo};
pub use lookup::{Holding, Passage, place_in_held};
pub use missing::{Missing, MissingDocument, MissingRequest};
pub use request::{
    Answer, Combination, Fold, MAX_OFFSET, MAX_PREFIX_EXPANSIONS, MAX_RESULTS, MAX_SCANS,
    SearchRequest, Sort, Suggestion,
};
pub use searcher::Searcher;
pub use snippet::Snippet;
pub use synonyms::concepts_named;
pub use syntax::{
    Expression, Filter, MAX_CLAUSES, MAX_DEPTH, MAX_DISTANCE, MAX_QUERY_BYTES, QueryError,
    QueryLimit, SyntaxError, TextField, Weight, WeightError, parse,
};
pub use trend::{Trend, TrendCount, TrendSeries};
pub use undex_thesaurus::Thesaurus;
pub use verify::{Problem, ProblemCode, Verification, verify};
