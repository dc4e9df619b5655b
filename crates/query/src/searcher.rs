//! An index open for searching.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use undex_schema::{DecodeError, DocumentKey, DocumentRecord, Generation, Layout};

use crate::evaluate::{self, Asked, Best};
use crate::plan::{Node, Plan, Planner, SynonymPlan};
use crate::related::{self, Related};
use crate::snippet::{self, Snippet};
use crate::suggest::suggestions;
use crate::synonyms::{self, Synonymous};
use crate::{Answer, Combination, Fold, Hit, SearchError, SearchRequest, Sort, parse};

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
        let asked = Asked {
            hits: wanted,
            sort: request.sort,
            by_document: request.by_document,
            facets: &request.facets,
            fold: request.fold,
            keep_all: false,
        };
        let mut ranked = evaluate::run(&self.generation, &plan.root, &asked)?;
        let best_first = request.sort == Sort::Relevance && !request.by_document;
        let by_synonyms = match best_first {
            true => synonyms::plan(&self.generation, request, expression.as_ref(), &plan.root)?,
            false => None,
        };
        let mut room = wanted.saturating_sub(ranked.best.len());
        let mut synonymous = Synonymous::default();
        if let Some(by_synonyms) = by_synonyms.as_ref().filter(|_| room > 0) {
            synonymous = synonyms::find(&self.generation, by_synonyms, room, request.fold)?;
        }
        // A paragraph that says all of it in other words is nearer than one with some of the words.
        if ranked.total + synonymous.total == 0 && relax(&mut plan.root) {
            ranked = evaluate::run(&self.generation, &plan.root, &asked)?;
            room = wanted.saturating_sub(ranked.best.len());
            if ranked.total > 0 {
                combination = Combination::Any;
            }
        }
        let mut listed = Listed::matches(ranked.best);
        listed.go_on(&self.generation, synonymous.best, By::Synonym, request.fold)?;
        let mut related = Related::default();
        // The answer has all of these, and room for more.
        if request.related && best_first && room > 0 && listed.all.len() < wanted {
            let other = by_synonyms.as_ref().map(|by_synonyms| &by_synonyms.root);
            let first: Vec<Best> = listed.all.iter().map(|(best, _)| *best).collect();
            let (generation, fold) = (&self.generation, request.fold);
            related = related::find(generation, &plan.root, other, &first, fold)?;
            listed.go_on(generation, std::mem::take(&mut related.best), By::Related, fold)?;
        }
        let number = listed.all.iter().filter(|(_, by)| *by == By::Related).count();
        listed.all.truncate(wanted);
        let plans = Plans {
            own: &plan,
            by_synonyms: by_synonyms.as_ref(),
            related: related.root.as_ref().unwrap_or(&plan.root),
        };
        Ok(Answer {
            hits: self.hits(&listed, &plans, request)?,
            total: ranked.total,
            synonyms: by_synonyms.as_ref().map(SynonymPlan::names).unwrap_or_default(),
            synonymous: synonymous.total,
            related: number as u64,
            related_words: related.words,
            documents: ranked.documents,
            facets: ranked.facets,
            combination,
            suggestions: suggestions(&self.generation, &plan.languages, &plan.unknown)?,
        })
    }

    fn hits(
        &self,
        listed: &Listed,
        plans: &Plans<'_>,
        request: &SearchRequest,
    ) -> Result<Vec<Hit>, SearchError> {
        let (fields, searcher) = (self.generation.fields(), self.generation.searcher());
        let mut documents: HashMap<DocumentKey, Arc<DocumentRecord>> = HashMap::new();
        let mut hits = Vec::new();
        for (rank, (best, by)) in (1u64..).zip(&listed.all).skip(request.offset) {
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
            let by_synonyms = plans.by_synonyms.filter(|_| *by == By::Synonym);
            let wanted = by_synonyms.map_or(&plans.own.highlights, |by| &by.highlights);
            let explanation = match request.explain {
                true => {
                    let (generation, root) = (&self.generation, plans.root(*by));
                    Some(evaluate::explain(generation, root, best.address, best.score)?)
                }
                false => None,
            };
            let synonyms = by_synonyms
                .map(|by| synonyms::labels_in(&paragraph, language, &by.labels))
                .unwrap_or_default();
            let highlights = snippet::places(&paragraph, language, wanted);
            let snippet = Snippet::of(&paragraph, language, wanted);
            let note_highlights = snippet::places_in_notes(&paragraph, language, wanted);
            hits.push(Hit {
                rank,
                score: best.score,
                related: *by == By::Related,
                synonyms,
                document,
                paragraph,
                snippet,
                highlights,
                note_highlights,
                more: best.more,
                repeats: best.repeats,
                explanation,
            });
        }
        Ok(hits)
    }
}

/// Why a paragraph is in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Match,
    Synonym,
    Related,
}

/// What found the paragraphs of an answer.
struct Plans<'p> {
    own: &'p Plan,
    by_synonyms: Option<&'p SynonymPlan>,
    related: &'p Node,
}

impl Plans<'_> {
    fn root(&self, by: By) -> &Node {
        match (by, self.by_synonyms) {
            (By::Synonym, Some(by_synonyms)) => &by_synonyms.root,
            (By::Related, _) => self.related,
            _ => &self.own.root,
        }
    }
}

/// The paragraphs of an answer, each with the reason.
struct Listed {
    all: Vec<(Best, By)>,
}

impl Listed {
    fn matches(best: Vec<Best>) -> Self {
        Self { all: best.into_iter().map(|best| (best, By::Match)).collect() }
    }

    /// Puts others behind; without those that are like one before them, if such are to be one.
    fn go_on(
        &mut self,
        generation: &Generation,
        mut others: Vec<Best>,
        by: By,
        fold: Option<Fold>,
    ) -> Result<(), SearchError> {
        if fold.is_some() {
            let before: Vec<Best> = self.all.iter().map(|(best, _)| *best).collect();
            others = evaluate::distinct(generation, &before, others)?;
        }
        self.all.extend(others.into_iter().map(|best| (best, by)));
        Ok(())
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
