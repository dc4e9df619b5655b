//! What is asked, and what comes back.

use std::sync::Arc;

use undex_document::{Date, DocumentType, Language};
use undex_thesaurus::Thesaurus;

use crate::{Facet, FacetBy, Hit, QueryError, QueryLimit};

/// Words that one prefix may stand for, one word with wildcards, one fuzzy word, or the forms of one
/// word beside `NEAR`. With fewer letters than name that many, the answer would be most of the corpus.
pub const MAX_PREFIX_EXPANSIONS: usize = 1_024;

/// Words of a query for which the words of the index are gone through: fuzzy ones, those that begin with
/// a wildcard, and those of `NEAR`. Each costs up to some milliseconds in a large index.
pub const MAX_SCANS: usize = 32;

/// Words of a query for which others are suggested; a text that is pasted has more, and needs none.
pub(crate) const MAX_SUGGESTIONS: usize = 8;

/// Hits in one answer.
pub const MAX_RESULTS: usize = 1_000;

/// Hits that may be skipped; everything up to there is ranked for each answer.
pub const MAX_OFFSET: usize = 10_000;

/// A search: the query, and conditions beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRequest {
    /// The query; its language is described at [`parse`](crate::parse). Empty to list everything
    /// that meets the conditions.
    pub query: String,
    /// The languages to search in; empty for all that the index holds.
    pub languages: Vec<Language>,
    /// The first day a document may bear.
    pub from: Option<Date>,
    /// The last day a document may bear.
    pub to: Option<Date>,
    /// The types of documents to search in; empty for all.
    pub types: Vec<DocumentType>,
    /// Hits wanted, at most [`MAX_RESULTS`]. With 0 they are only counted.
    pub limit: usize,
    /// Hits to skip first, at most [`MAX_OFFSET`].
    pub offset: usize,
    /// Whether an answer that is not filled by matches goes on with paragraphs that say it in other words;
    /// see [`Answer::related`]. Only with the best first, and not by document.
    pub related: bool,
    /// What things are called besides: where words of the query, without operators and wildcards, are a
    /// label of a concept and paragraphs with all the words do not fill the answer, it goes on with paragraphs
    /// that have another of its labels, and behind these with those that match with some of the words; see
    /// [`Answer::synonymous`]. Only with the best first, and not by document.
    pub thesaurus: Option<Arc<Thesaurus>>,
    /// Whether paragraphs that come again are one hit, and which of them; none to have each by itself. Limit and
    /// offset then count such groups. Not by document.
    pub fold: Option<Fold>,
    /// Whether each hit tells where its score comes from; that costs about a search more for each.
    pub explain: bool,
    /// The order of the hits.
    pub sort: Sort,
    /// Whether each document is one hit, its best paragraph; limit and offset then count documents.
    pub by_document: bool,
    /// What all matching paragraphs are counted by, whether or not they are among the hits.
    pub facets: Vec<FacetBy>,
}

/// The order of hits. What a choice leaves equal stands in the order of symbol, language and place in the
/// document, so that the order is complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The newest document first. Where only the year in its symbol is known, the first day of that year
    /// counts, and what has neither comes last.
    Date,
    /// By symbol, numbers in it as numbers, then language and place in the document.
    Symbol,
}

/// Which of the paragraphs that are alike is shown for all of them. Of equal ones it is the one that ranks
/// first of all, or else the first by symbol, language and place in the document.
///
/// Paragraphs are alike that have the same words, and those in documents of one title that differ in few
/// words, as when a resolution is adopted again at the next session: about two thirds of the pairs of
/// neighbouring words are the same, numbers left aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fold {
    /// The one that stands first in the order asked for.
    Best,
    /// The one in the newest document.
    Newest,
    /// The one in the oldest document; what is undated counts as newer than all.
    Oldest,
}

impl SearchRequest {
    /// A search for `query` in everything, ten hits.
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            languages: Vec::new(),
            from: None,
            to: None,
            types: Vec::new(),
            limit: 10,
            offset: 0,
            related: false,
            thesaurus: None,
            fold: None,
            explain: false,
            sort: Sort::Relevance,
            by_document: false,
            facets: Vec::new(),
        }
    }

    pub(crate) fn check(&self) -> Result<(), QueryError> {
        if self.limit > MAX_RESULTS {
            return Err(QueryError::limit(QueryLimit::Results, self.limit));
        }
        if self.offset > MAX_OFFSET {
            return Err(QueryError::limit(QueryLimit::Offset, self.offset));
        }
        Ok(())
    }
}

/// How the words that stand side by side in the query were combined.
///
/// Of one or two words, all are demanded; of three and more, more than half, or rarer ones that say more
/// than all the others. When no paragraph has either, any one word is enough. Articles, prepositions and other function words
/// are passed over, unless there is nothing else. A word that stands only in the title or the
/// headings above a paragraph counts as found in it when another word of the query is in the
/// paragraph itself. Paragraphs with more of the words rank higher, and so do those where
/// neighbours of the query are neighbours. Where words of the query have synonyms, these are looked for
/// before one word is enough, and then it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Combination {
    /// Every hit has all the words.
    All,
    /// Every hit has at least `least` of `of` words, or rarer ones that say more than all the others.
    Most {
        /// Words that are enough, however common.
        least: usize,
        /// Words that count.
        of: usize,
    },
    /// No paragraph has as many words as were demanded, nor rarer ones; every hit has at least one.
    Any,
}

/// The hits of a search.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answer {
    /// The hits wanted, in the order asked for; equal ones by symbol, language and place in the document.
    /// Where there is a thesaurus and a concept of it is named, those with all the words come first, then
    /// those found by synonyms, then those with enough of the words. Behind all stand those that are related.
    pub hits: Vec<Hit>,
    /// Number of paragraphs that match, whether or not they are among `hits`.
    pub total: u64,
    /// The labels that words of the query may stand for by the thesaurus, without those that they are: first
    /// those of the concept named in most words. Empty where the order or grouping leaves no place for such
    /// hits.
    pub synonyms: Vec<String>,
    /// Number of paragraphs that have such a label and not all words of the query: of the best 400, those in
    /// which the words of the label are near each other. 0 where those with all the words fill the answer, since
    /// they are not looked for then.
    pub synonymous: u64,
    /// Number of paragraphs behind all of these that do not match and are near to those that do, by the
    /// words that the first matches share. 0 where matches fill the answer.
    pub related: u64,
    /// These words, the weightiest first.
    pub related_words: Vec<String>,
    /// Number of documents with such a paragraph; told when hits are one for each document and when
    /// facets are asked for.
    pub documents: Option<u64>,
    /// The counts asked for, in the order in which they were.
    pub facets: Vec<Facet>,
    /// How words side by side were combined; of several groups, the largest.
    pub combination: Combination,
    /// The plain words of the query, also beside `NEAR`, that nothing in the index matches, in their order,
    /// with words that may be meant; words with nothing near them are left out. At most eight, and none for
    /// words that are negated, quoted, or looked for in a field.
    pub suggestions: Vec<Suggestion>,
}

/// Words of the index near one that it does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The word of the query, in lower case.
    pub word: String,
    /// Up to three words of documents in the languages searched in which at most two letters differ, or
    /// one where the word has fewer than five. The nearest are first; of those, the one in most documents.
    pub near: Vec<String>,
}
