//! An index open for searching.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use undex_schema::{DecodeError, DocumentKey, DocumentRecord, Generation, Layout};

use crate::evaluate;
use crate::plan::{Node, Plan, Planner, SynonymPlan};
use crate::related::{self, Related};
use crate::snippet::{self, Snippet};
use crate::suggest::suggestions;
use crate::synonyms::{self, Labels};
use crate::{Answer, Combination, Hit, SearchError, SearchRequest, Sort, parse};

/// An index open for searching and reading.
///
/// It answers from the generation that was in use when it was opened, whatever is published
/// meanwhile; open another to see what is new. Nothing is written and no lock is taken, so the index
/// may lie on read-only media. It can be shared between threads.
#[derive(Clone, Debug)]
pub struct Searcher {
    pub(crate) generation: Generation,
}

impl Searcher {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// [`SearchError::Open`] when there is no index, or it is of another format or damaged.
    pub fn open(index: &Path) -> Result<Self, SearchError> {
        Ok(Self { generation: Layout::new(index).open()? })
    }

    /// Opens a generation of the index in a folder that need not be the one in use.
    ///
    /// # Errors
    /// As for [`Searcher::open`]; a generation that is not kept is told with those that are.
    pub fn open_generation(index: &Path, number: u64) -> Result<Self, SearchError> {
        Ok(Self { generation: Layout::new(index).open_generation(number)? })
    }

    /// Opens the last generation that the index in a folder keeps before another one.
    ///
    /// # Errors
    /// As for [`Searcher::open_generation`].
    pub fn open_before(index: &Path, number: u64) -> Result<Self, SearchError> {
        Ok(Self { generation: Layout::new(index).open_before(number)? })
    }

    /// Opens a generation by its own folder, wherever that lies and whatever it is called.
    ///
    /// # Errors
    /// [`SearchError::Open`], where a folder without a manifest counts as damaged.
    pub fn open_folder(generation: &Path) -> Result<Self, SearchError> {
        Ok(Self { generation: Generation::open(generation, generation.to_owned())? })
    }

    /// The paragraphs that a request asks for, in its order, and what they are counted by.
    ///
    /// The answer depends on the content of the index and on the request alone. Work is bounded by
    /// the limits of the query language and the size of the index.
    ///
    /// # Errors
    /// [`SearchError::Query`] for a query that cannot be read or asks for too much, and
    /// [`SearchError::Damaged`].
    pub fn search(&self, request: &SearchRequest) -> Result<Answer, SearchError> {
        request.check()?;
        let blank = request.query.trim().is_empty();
        let conditions = request.from.is_some()
            || request.to.is_some()
            || !request.types.is_empty()
            || !request.languages.is_empty();
        let expression = if blank && conditions { None } else { Some(parse(&request.query)?) };
        let mut plan =
            Planner::new(&self.generation, request).plan(expression.as_ref(), request)?;
        let wanted = if request.limit == 0 { 0 } else { request.offset + request.limit };
        let mut combination = combination(&mut plan.root);
        let asked = evaluate::Asked {
            hits: wanted,
            sort: request.sort,
            by_document: request.by_document,
            facets: &request.facets,
        };
        let mut ranked = evaluate::run(&self.generation, &plan.root, &asked)?;
        let best_first = request.sort == Sort::Relevance && !request.by_document;
        let by_synonyms = match best_first {
            true => synonyms::plan(&self.generation, request, expression.as_ref(), &plan.root)?,
            false => None,
        };
        let mut synonymous = Vec::new();
        if let Some(by_synonyms) = &by_synonyms
            && ranked.total < wanted as u64
        {
            synonymous = synonyms::find(&self.generation, by_synonyms)?;
        }
        // A paragraph that says all of it in other words is nearer than one with some of the words.
        if ranked.total == 0 && synonymous.is_empty() && relax(&mut plan.root) {
            ranked = evaluate::run(&self.generation, &plan.root, &asked)?;
            if ranked.total > 0 {
                combination = Combination::Any;
            }
        }
        let total = ranked.total;
        let mut related = Related::default();
        let last = total + synonymous.len() as u64;
        ranked.best.extend(&synonymous);
        // The answer has all of these, and room for more.
        if request.related && best_first && last < wanted as u64 {
            related = related::find(&self.generation, &plan.root, &ranked)?;
            let room = wanted.saturating_sub(ranked.best.len());
            ranked.best.extend(related.best.iter().take(room));
        }
        ranked.best.truncate(wanted);
        let behind = Behind { plan: by_synonyms.as_ref(), last };
        let looked = behind.labels();
        Ok(Answer {
            hits: self.hits(&ranked, &plan, &behind, request)?,
            total,
            synonyms: looked,
            synonymous: synonymous.len() as u64,
            related: related.best.len() as u64,
            related_words: related.words,
            documents: ranked.documents,
            facets: ranked.facets,
            combination,
            suggestions: suggestions(&self.generation, &plan.languages, &plan.unknown)?,
        })
    }

    fn hits(
        &self,
        ranked: &evaluate::Ranked,
        plan: &Plan,
        behind: &Behind<'_>,
        request: &SearchRequest,
    ) -> Result<Vec<Hit>, SearchError> {
        let (fields, searcher) = (self.generation.fields(), self.generation.searcher());
        let labels = behind.plan.map(|plan| Labels::new(&plan.labels));
        let mut documents: HashMap<DocumentKey, Arc<DocumentRecord>> = HashMap::new();
        let mut hits = Vec::new();
        for (rank, best) in (1u64..).zip(&ranked.best).skip(request.offset) {
            let (key, paragraph) = fields.paragraph(searcher, best.address)?;
            let document = match documents.get(&key) {
                Some(known) => known.clone(),
                None => {
                    let record = Arc::new(self.record(&key)?.ok_or_else(|| DecodeError {
                        reason: format!("a paragraph of {key}, which has no record"),
                    })?);
                    documents.insert(key, record.clone());
                    record
                }
            };
            let language = document.language;
            let no_match = rank > ranked.total && !request.by_document;
            let by_synonyms = behind.plan.filter(|_| no_match && rank <= behind.last);
            let wanted = by_synonyms.map_or(&plan.highlights, |by| &by.highlights);
            let synonyms = match (by_synonyms, &labels) {
                (Some(_), Some(labels)) => labels.of(&paragraph, language),
                _ => Vec::new(),
            };
            let highlights = snippet::places(&paragraph, language, wanted);
            let snippet = Snippet::of(&paragraph, language, wanted);
            let note_highlights = snippet::places_in_notes(&paragraph, language, wanted);
            hits.push(Hit {
                rank,
                score: best.score,
                related: no_match && rank > behind.last,
                synonyms,
                document,
                paragraph,
                snippet,
                highlights,
                note_highlights,
                more: best.more,
            });
        }
        Ok(hits)
    }
}

/// What stands behind the matches.
struct Behind<'p> {
    /// What found those by synonyms.
    plan: Option<&'p SynonymPlan>,
    /// The rank of the last of these; those behind it are related.
    last: u64,
}

impl Behind<'_> {
    /// The labels looked for, each once: some words are the same in two languages.
    fn labels(&self) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        for looked in self.plan.iter().flat_map(|plan| &plan.labels) {
            if !labels.contains(&looked.label) {
                labels.push(looked.label.clone());
            }
        }
        labels
    }
}

/// How the largest group of words is combined.
fn combination(root: &mut Node) -> Combination {
    let mut largest = (0, 0);
    root.for_each_wanted(&mut |wanted| {
        if wanted.words.len() > largest.0 {
            largest = (wanted.words.len(), wanted.least);
        }
    });
    match largest {
        (of, least) if least < of => Combination::Most { least, of },
        _ => Combination::All,
    }
}

/// Makes one word of each group enough. False when it was already.
fn relax(root: &mut Node) -> bool {
    let mut changed = false;
    root.for_each_wanted(&mut |wanted| {
        changed |= wanted.least > 1;
        wanted.least = wanted.least.min(1);
    });
    changed
}
