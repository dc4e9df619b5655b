//! An index open for searching.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use undex_schema::tantivy::DocAddress;
use undex_schema::{DecodeError, DocumentKey, DocumentRecord, Generation, Layout};

use crate::evaluate::{self, Asked, Best};
use crate::plan::{Node, Plan, Planner, SynonymPlan};
use crate::related::{self, Related};
use crate::snippet::{self, Snippet};
use crate::suggest::suggestions;
use crate::synonyms::{self, Labels};
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
        let mut plan = Planner::new(&self.generation, expression.as_ref(), request)
            .plan(expression.as_ref(), request)?;
        let wanted = if request.limit == 0 { 0 } else { request.offset + request.limit };
        let mut combination = combination(&mut plan.root);
        let (generation, fold) = (&self.generation, request.fold);
        let best_first = request.sort == Sort::Relevance && !request.by_document;
        let strict = strict(&plan.root);
        let by_synonyms = match best_first {
            true => {
                let own = strict.as_ref().unwrap_or(&plan.root);
                synonyms::plan(generation, request, expression.as_ref(), own)?
            }
            false => None,
        };
        let asked = Asked {
            // Some may be listed as synonyms before.
            hits: match by_synonyms {
                Some(_) if wanted > 0 => wanted + synonyms::READ,
                _ => wanted,
            },
            sort: request.sort,
            by_document: request.by_document,
            facets: &request.facets,
            // A paragraph that says all of it in other words is nearer than one with some of the words.
            first: by_synonyms.as_ref().and(strict.as_ref()),
            fold,
            keep_all: false,
        };
        let mut ranked = evaluate::run(generation, &plan.root, &asked)?;
        let (first, rest): (Vec<Best>, Vec<Best>) = std::mem::take(&mut ranked.best)
            .into_iter()
            .partition(|best| best.is_first || asked.first.is_none());
        let mut listed = Listed::new(generation, fold);
        listed.go_on(first, By::Match)?;
        let mut synonymous = 0;
        if let Some(by_synonyms) = &by_synonyms
            && (listed.all.len() < wanted || ranked.total == 0)
        {
            let found = synonyms::find(generation, by_synonyms, fold)?;
            synonymous = listed.go_on(found, By::Synonym)?;
        }
        listed.go_on(rest, By::Match)?;
        if ranked.total == 0 && synonymous == 0 && relax(&mut plan.root) {
            ranked = evaluate::run(generation, &plan.root, &Asked { first: None, ..asked })?;
            listed.go_on(std::mem::take(&mut ranked.best), By::Match)?;
            if ranked.total > 0 {
                combination = Combination::Any;
            }
        }
        let mut related = Related::default();
        let mut number = 0;
        // The answer has all of these, and room for more.
        if request.related && best_first && listed.all.len() < wanted {
            let first: Vec<Best> = listed.all.iter().map(|(best, _)| *best).collect();
            related = related::find(generation, &plan.root, &first, fold)?;
            number = listed.go_on(std::mem::take(&mut related.best), By::Related)?;
        }
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
            synonymous,
            related: number,
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
        let labels = plans.by_synonyms.map(|plan| Labels::new(&plan.labels));
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
                    Some(evaluate::explain(generation, root, best.scored, best.score)?)
                }
                false => None,
            };
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

/// The paragraphs of an answer, each once, with the reason.
struct Listed<'g> {
    all: Vec<(Best, By)>,
    known: HashSet<DocAddress>,
    generation: &'g Generation,
    fold: Option<Fold>,
}

impl<'g> Listed<'g> {
    fn new(generation: &'g Generation, fold: Option<Fold>) -> Self {
        Self { all: Vec::new(), known: HashSet::new(), generation, fold }
    }

    /// Puts others behind, without those that are listed and, if such are to be one, those that are like
    /// one before them. Answers how many they are.
    fn go_on(&mut self, mut others: Vec<Best>, by: By) -> Result<u64, SearchError> {
        others.retain(|best| self.known.insert(best.address));
        if self.fold.is_some() && !self.all.is_empty() {
            let before: Vec<Best> = self.all.iter().map(|(best, _)| *best).collect();
            others = evaluate::distinct(self.generation, &before, others)?;
        }
        let number = others.len() as u64;
        self.all.extend(others.into_iter().map(|best| (best, by)));
        Ok(number)
    }
}

/// The same plan with every word of its groups demanded; none where that is so already.
fn strict(root: &Node) -> Option<Node> {
    let mut strict = root.clone();
    let mut changed = false;
    strict.for_each_wanted(&mut |wanted| {
        changed |= wanted.least < wanted.words.len();
        wanted.least = wanted.words.len();
    });
    changed.then_some(strict)
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
