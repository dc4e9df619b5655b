//! Runs a plan over the segments of an index.
//!
//! The postings, the phrases and the columns are the engine's; putting them together is not. The
//! engine adds scores in an order that depends on the lengths of posting lists in each segment, so
//! that equal indexes with different segments rank differently in the last bits; it has no way to
//! demand most of some words, or to count a title's word for a paragraph that holds another.
//! Here every paragraph's score is added up in the order of the query, and nesting costs what it
//! looks like.

mod cursor;
mod documents;
mod explain;
mod fold;
mod order;
mod proximity;
mod ranking;
mod tally;
mod verbs;
mod wanted;
mod window;

pub(crate) use explain::explain;
pub(crate) use fold::distinct;
pub(crate) use ranking::{Asked, Best, Ranked};
use undex_schema::Generation;

use crate::SearchError;
use crate::plan::Node;

/// Evaluates a plan, ranks the first of its matches and counts them all.
pub(crate) fn run(
    generation: &Generation,
    root: &Node,
    asked: &Asked<'_>,
) -> Result<Ranked, SearchError> {
    match asked.fold {
        // What is one hit for each document is folded already.
        Some(fold) if asked.hits > 0 && !asked.by_document => {
            fold::run(generation, root, asked, fold)
        }
        _ => ranking::run(generation, root, asked),
    }
}
