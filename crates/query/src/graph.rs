//! The citation graph around a document.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use undex_document::{Date, DocumentType, Language, SCHEMA, Symbol};
use undex_schema::{CitedDocument, DocumentKey, cited_forms};

use crate::cited_by::{CitedByRequest, find};
use crate::holdings::Holdings;
use crate::{SearchError, Searcher};

mod dot;
mod graphml;

/// Documents in a graph unless more or fewer are asked for: what a drawing can still show.
pub const DEFAULT_GRAPH_NODES: usize = 500;

/// Most documents in a graph. Each costs a look-up, and its citations to be read.
pub const MAX_GRAPH_NODES: usize = 20_000;

/// Edges in a graph unless more or fewer are asked for.
pub const DEFAULT_GRAPH_EDGES: usize = 5_000;

/// Most edges in a graph: ten for each of the most documents.
pub const MAX_GRAPH_EDGES: usize = 200_000;

/// Greatest depth of a graph. Behind a few steps, everything cites everything.
pub const MAX_GRAPH_DEPTH: usize = 16;

/// Which way citations are followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Direction {
    /// To the documents cited.
    #[default]
    Out,
    /// To the documents that cite.
    In,
    /// To both.
    Both,
}

/// Which part of the citation graph is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphRequest {
    /// The document in the middle. It need not be held.
    pub symbol: Symbol,
    /// Steps away from it, at most [`MAX_GRAPH_DEPTH`].
    pub depth: usize,
    /// Which way.
    pub direction: Direction,
    /// Languages in which titles are shown, best first; others follow, English first.
    pub preferred: Vec<Language>,
    /// Most documents, at most [`MAX_GRAPH_NODES`].
    pub nodes: usize,
    /// Most edges, at most [`MAX_GRAPH_EDGES`].
    pub edges: usize,
}

impl GraphRequest {
    /// What a document cites, one step away.
    pub fn new(symbol: Symbol) -> Self {
        Self {
            symbol,
            depth: 1,
            direction: Direction::Out,
            preferred: Vec::new(),
            nodes: DEFAULT_GRAPH_NODES,
            edges: DEFAULT_GRAPH_EDGES,
        }
    }
}

/// A document in a graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GraphNode {
    /// Its symbol, as it is held or, when it is not, as it is cited.
    pub symbol: Symbol,
    /// Steps from the document in the middle.
    pub depth: usize,
    /// Whether it is held.
    pub held: bool,
    /// The languages it is held in.
    pub languages: Vec<Language>,
    /// Its title in the first of the languages preferred.
    pub title: Option<String>,
    /// Date of adoption or issue.
    pub date: Option<Date>,
    /// What kind of document it is, where it is held or its symbol says.
    #[serde(rename = "type")]
    pub kind: Option<DocumentType>,
}

/// Citations of one document by another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GraphEdge {
    /// The document that cites.
    pub from: Symbol,
    /// The document cited.
    pub to: Symbol,
    /// Paragraphs that certainly cite it.
    pub paragraphs: u32,
    /// Paragraphs that do so only probably.
    pub unsettled: u32,
}

/// A part of the citation graph: what is reached from one document, and the citations followed.
///
/// Its JSON is what `undex graph --format json` writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Graph {
    /// The number of the JSON contract.
    pub schema: u32,
    /// The document in the middle.
    pub root: Symbol,
    /// Whether nothing was left out for a bound on documents or edges.
    pub complete: bool,
    /// The documents, by depth and then by symbol.
    pub nodes: Vec<GraphNode>,
    /// The citations, by their ends.
    pub edges: Vec<GraphEdge>,
}

/// Certain and probable paragraphs.
type Counts = (u32, u32);

impl Searcher {
    /// The part of the citation graph around a document, breadth first. A document does not cite
    /// itself here. Where a bound is met, the most cited neighbours of each document are kept.
    ///
    /// # Errors
    /// [`SearchError::Query`] when more is asked for than the bounds allow, and
    /// [`SearchError::Damaged`].
    pub fn graph(&self, request: &GraphRequest) -> Result<Graph, SearchError> {
        request.check()?;
        let mut walk = Walk {
            searcher: self,
            holdings: Holdings::open(&self.generation)?,
            request,
            resolved: HashMap::new(),
            depths: BTreeMap::new(),
            edges: BTreeMap::new(),
            complete: true,
        };
        let root = walk.resolve(&request.symbol)?;
        walk.depths.insert(root.clone(), 0);
        let mut level = vec![root.clone()];
        for depth in 1..=request.depth {
            let mut next = Vec::new();
            for symbol in &level {
                walk.expand(symbol, depth, &mut next)?;
            }
            next.sort();
            level = next;
        }
        walk.graph(root)
    }
}

struct Walk<'a> {
    searcher: &'a Searcher,
    holdings: Holdings<'a>,
    request: &'a GraphRequest,
    /// The document that each symbol met means.
    resolved: HashMap<Symbol, (Symbol, Vec<Language>)>,
    /// Documents by symbol, with their depth.
    depths: BTreeMap<Symbol, usize>,
    edges: BTreeMap<(Symbol, Symbol), Counts>,
    complete: bool,
}

impl Walk<'_> {
    /// The symbol that a document is held under, or the one given.
    fn resolve(&mut self, symbol: &Symbol) -> Result<Symbol, SearchError> {
        if let Some((known, _)) = self.resolved.get(symbol) {
            return Ok(known.clone());
        }
        let found = self.holdings.resolve(symbol)?.unwrap_or((symbol.clone(), Vec::new()));
        self.resolved.insert(symbol.clone(), found.clone());
        self.resolved.entry(found.0.clone()).or_insert_with(|| found.clone());
        Ok(found.0)
    }

    fn languages(&self, symbol: &Symbol) -> Vec<Language> {
        self.resolved.get(symbol).map(|(_, languages)| languages.clone()).unwrap_or_default()
    }

    /// Adds the neighbours of a document, which are `depth` steps away.
    fn expand(
        &mut self,
        symbol: &Symbol,
        depth: usize,
        next: &mut Vec<Symbol>,
    ) -> Result<(), SearchError> {
        let direction = self.request.direction;
        let mut near: Vec<(Symbol, Symbol, Counts)> = Vec::new();
        if direction != Direction::In {
            let cited = self.cited_by_document(symbol)?.into_iter();
            near.extend(cited.map(|(other, counts)| (symbol.clone(), other, counts)));
        }
        if direction != Direction::Out {
            let citing = self.citing(symbol)?.into_iter();
            near.extend(citing.map(|(other, counts)| (other, symbol.clone(), counts)));
        }
        // The most cited first, so that these are in the graph when it gets too large.
        near.sort_by(|a, b| {
            let key = |one: &(Symbol, Symbol, Counts)| Reverse((one.2.0, one.2.1));
            (key(a), &a.0, &a.1).cmp(&(key(b), &b.0, &b.1))
        });
        for (from, to, counts) in near {
            let other = if from == *symbol { &to } else { &from };
            if !self.depths.contains_key(other) {
                if self.depths.len() >= self.request.nodes {
                    self.complete = false;
                    continue;
                }
                self.depths.insert(other.clone(), depth);
                next.push(other.clone());
            }
            let key = (from, to);
            if self.edges.len() >= self.request.edges && !self.edges.contains_key(&key) {
                self.complete = false;
                continue;
            }
            let known = self.edges.entry(key).or_default();
            *known = (known.0.max(counts.0), known.1.max(counts.1));
        }
        Ok(())
    }

    /// What each language of a document cites.
    fn lists(&self, symbol: &Symbol) -> Result<Vec<Vec<CitedDocument>>, SearchError> {
        let generation = &self.searcher.generation;
        let fields = generation.fields();
        let mut lists = Vec::new();
        for language in self.languages(symbol) {
            let term = fields.record_term(&DocumentKey::new(symbol.clone(), language));
            for address in self.searcher.addresses(&term)? {
                lists.push(fields.cited_documents(generation.searcher(), address)?);
            }
        }
        Ok(lists)
    }

    /// The documents that a document cites.
    fn cited_by_document(
        &mut self,
        symbol: &Symbol,
    ) -> Result<BTreeMap<Symbol, Counts>, SearchError> {
        let mut most: BTreeMap<Symbol, Counts> = BTreeMap::new();
        for list in self.lists(symbol)? {
            let mut here: BTreeMap<Symbol, Counts> = BTreeMap::new();
            for cited in list {
                let other = self.resolve(&cited.symbol)?;
                if other != *symbol {
                    let counts = here.entry(other).or_default();
                    *counts = (counts.0 + cited.paragraphs, counts.1 + cited.unsettled);
                }
            }
            for (other, counts) in here {
                let known = most.entry(other).or_default();
                *known = (known.0.max(counts.0), known.1.max(counts.1));
            }
        }
        Ok(most)
    }

    /// The documents that cite a document. Their lists are read again, so that an edge says the same
    /// whichever way it is followed.
    fn citing(&mut self, symbol: &Symbol) -> Result<BTreeMap<Symbol, Counts>, SearchError> {
        let names = self.holdings.names(symbol)?;
        let generation = &self.searcher.generation;
        let terms: Vec<_> = names.iter().map(|name| generation.fields().cites_term(name)).collect();
        let request = CitedByRequest::new(symbol.clone());
        let works = find(generation, &terms, &request)?.into_works();
        let mut most: BTreeMap<Symbol, Counts> = BTreeMap::new();
        for work in works.into_iter().filter(|work| work != symbol) {
            self.resolve(&work)?;
            let mut counts: Counts = (0, 0);
            for list in self.lists(&work)? {
                let named = list.iter().filter(|cited| {
                    cited_forms(&cited.symbol).iter().any(|one| names.contains(one))
                });
                let here = named.fold((0, 0), |(settled, unsettled), cited| {
                    (settled + cited.paragraphs, unsettled + cited.unsettled)
                });
                counts = (counts.0.max(here.0), counts.1.max(here.1));
            }
            // A document that is only among the less likely candidates is no neighbour.
            if counts != (0, 0) {
                most.insert(work, counts);
            }
        }
        Ok(most)
    }

    fn graph(self, root: Symbol) -> Result<Graph, SearchError> {
        let mut nodes = Vec::with_capacity(self.depths.len());
        for (symbol, depth) in &self.depths {
            nodes.push(self.node(symbol, *depth)?);
        }
        nodes.sort_by(|a, b| (a.depth, &a.symbol).cmp(&(b.depth, &b.symbol)));
        let edges = self.edges.into_iter().map(|((from, to), (paragraphs, unsettled))| GraphEdge {
            from,
            to,
            paragraphs,
            unsettled,
        });
        let edges = edges.collect();
        Ok(Graph { schema: SCHEMA, root, complete: self.complete, nodes, edges })
    }

    fn node(&self, symbol: &Symbol, depth: usize) -> Result<GraphNode, SearchError> {
        let languages = self.languages(symbol);
        let mut order = CitedByRequest::new(symbol.clone());
        order.preferred.clone_from(&self.request.preferred);
        let order = order.order();
        let shown = order.into_iter().find(|language| languages.contains(language));
        let record = match shown {
            Some(language) => self.searcher.record(&DocumentKey::new(symbol.clone(), language))?,
            None => None,
        };
        Ok(match record {
            Some(record) => GraphNode {
                symbol: symbol.clone(),
                depth,
                held: true,
                languages,
                title: record.title,
                date: record.date,
                kind: Some(record.kind),
            },
            None => GraphNode {
                symbol: symbol.clone(),
                depth,
                held: false,
                languages,
                title: None,
                date: None,
                kind: symbol.document_type(),
            },
        })
    }
}

impl GraphRequest {
    fn check(&self) -> Result<(), crate::QueryError> {
        use crate::{QueryError, QueryLimit};
        let bounds = [
            (QueryLimit::GraphDepth, self.depth),
            (QueryLimit::GraphNodes, self.nodes),
            (QueryLimit::GraphEdges, self.edges),
        ];
        match bounds.into_iter().find(|(limit, asked)| *asked > limit.bound()) {
            Some((limit, asked)) => Err(QueryError::limit(limit, asked)),
            None => Ok(()),
        }
    }
}
