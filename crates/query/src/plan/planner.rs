//! From an expression to a plan.

use undex_document::{Language, Symbol};
use undex_schema::tantivy::Term;
use undex_schema::{Generation, Vocabulary, analysed, fold};

use super::function_words::is_function_word;
use super::{Node, Wanted, conditions, weights, words};
use crate::highlight::Highlights;
use crate::holdings::Holdings;
use crate::syntax::of_assembly;
use crate::{
    Expression, Filter, MAX_CLAUSES, QueryError, QueryLimit, SearchError, SearchRequest, TextField,
};

/// Up to this number of words, all are demanded; of more, more than half or those that say more.
const ALL_WANTED: usize = 2;

/// Pairs of neighbours looked for; a question has fewer, a pasted page does not need more.
const MAX_PAIRS: usize = 8;

/// What is evaluated, and what snippets mark.
pub(crate) struct Plan {
    pub(crate) root: Node,
    pub(crate) highlights: Highlights,
    /// Plain words that nothing in the index matches.
    pub(crate) unknown: Vec<String>,
    /// The languages that words were analysed for.
    pub(crate) languages: Vec<Language>,
}

/// Turns expressions into plans for one generation.
pub(crate) struct Planner<'g> {
    pub(super) generation: &'g Generation,
    pub(super) vocabulary: Vocabulary,
    /// The languages that words are analysed for, each once.
    pub(super) languages: Vec<Language>,
    pub(super) highlights: Highlights,
    /// Negations around what is looked at now.
    pub(super) negations: usize,
    pub(super) unknown: Vec<String>,
    /// Words for which the words of the index were gone through.
    pub(super) scans: usize,
    terms: usize,
}

impl<'g> Planner<'g> {
    pub(crate) fn new(
        generation: &'g Generation,
        expression: Option<&Expression>,
        request: &SearchRequest,
    ) -> Self {
        // A condition in the query says the same as one beside it.
        let demanded = expression.and_then(Expression::languages);
        let held = generation.manifest().counts.iter().map(|count| count.language);
        let mut languages: Vec<Language> = held
            .filter(|held| request.languages.is_empty() || request.languages.contains(held))
            .filter(|held| demanded.as_ref().is_none_or(|demanded| demanded.contains(held)))
            .map(analysed)
            .collect();
        languages.sort_unstable();
        languages.dedup();
        Self {
            generation,
            vocabulary: generation.vocabulary(),
            languages,
            highlights: Highlights::default(),
            negations: 0,
            unknown: Vec::new(),
            scans: 0,
            terms: 0,
        }
    }

    /// The plan of a request; without an expression, that of its conditions alone.
    pub(crate) fn plan(
        mut self,
        expression: Option<&Expression>,
        request: &SearchRequest,
    ) -> Result<Plan, SearchError> {
        let fields = self.generation.fields();
        let mut parts: Vec<Node> = Vec::new();
        if let Some(expression) = expression {
            self.refuse_hopeless(expression)?;
            parts.push(self.node(expression)?);
        }
        parts.extend(conditions::beside(request, fields));
        if !request.languages.is_empty() {
            parts.push(conditions::languages(&request.languages, fields));
        } else if parts.iter().all(Node::matches_absence) {
            let held: Vec<Language> =
                self.generation.manifest().counts.iter().map(|count| count.language).collect();
            parts.push(conditions::languages(&held, fields));
        }
        Ok(Plan {
            root: Node::All(parts),
            highlights: self.highlights,
            unknown: self.unknown,
            languages: self.languages,
        })
    }

    fn node(&mut self, expression: &Expression) -> Result<Node, SearchError> {
        Ok(match expression {
            Expression::Wanted(parts) => self.wanted(parts)?,
            Expression::Word { field: TextField::Everywhere, .. } => {
                self.wanted(std::slice::from_ref(expression))?
            }
            Expression::All(parts) => Node::All(self.nodes(parts)?),
            Expression::Any(parts) => Node::Any(self.nodes(parts)?),
            Expression::Not(part) => {
                self.negations += 1;
                let node = self.node(part)?;
                self.negations -= 1;
                Node::Not(Box::new(node))
            }
            Expression::Word { field, text } => {
                let mut parts = Vec::new();
                for part in words::parts(text) {
                    parts.push(Node::Word(self.word(*field, &part)?));
                }
                Node::All(parts)
            }
            Expression::Prefix { field, text } => self.prefix_node(*field, text)?,
            Expression::Wildcard { field, text } => self.wildcard_node(*field, text)?,
            Expression::Fuzzy { field, text, distance } => {
                self.fuzzy_node(*field, text, *distance)?
            }
            Expression::Phrase { field, text, slop: 0 } => self.phrase(*field, text)?,
            Expression::Phrase { field, text, slop } => self.loose_phrase(*field, text, *slop)?,
            Expression::Near { left, right, distance } => self.near(left, right, *distance)?,
            Expression::Weighted { part, weight } => {
                Node::Weighted(Box::new(self.node(part)?), weight.factor())
            }
            Expression::Filter(Filter::Cites(symbol)) => {
                let fields = self.generation.fields();
                let names = Holdings::open(self.generation)?.names(symbol)?;
                if self.negations == 0 {
                    self.highlights.add_cited(&names);
                }
                Node::Terms(names.iter().map(|name| fields.cites_term(name)).collect(), 0.0)
            }
            Expression::Filter(filter) => {
                if let (Filter::CitesPrefix(prefix), 0) = (filter, self.negations) {
                    self.highlights.add_cited_under(prefix);
                }
                conditions::filter(filter, self.generation.fields())
            }
        })
    }

    fn nodes(&mut self, parts: &[Expression]) -> Result<Vec<Node>, SearchError> {
        parts.iter().map(|part| self.node(part)).collect()
    }

    /// Items side by side: words, prefixes, words with wildcards and fuzzy words become a group of wanted
    /// words, everything else is demanded beside it.
    pub(super) fn wanted(&mut self, parts: &[Expression]) -> Result<Node, SearchError> {
        let mut demanded = Vec::new();
        let mut group = Wanted { words: Vec::new(), least: 0, pairs: Vec::new() };
        let only_function_words = !parts.iter().any(says_something);
        let mut run = Run { only_function_words, last: None };
        for (place, part) in parts.iter().enumerate() {
            // What is asked for twice is asked for.
            if parts.iter().take(place).any(|before| before == part) {
                run.last = None;
                continue;
            }
            let (term, factor) = match part {
                Expression::Weighted { part, weight } => (&**part, Some(weight.factor())),
                part => (part, None),
            };
            let before = group.words.len();
            match term {
                Expression::Word { field: TextField::Everywhere, text } => {
                    self.wanted_word(text, &mut group, &mut run)?;
                }
                Expression::Prefix { field: TextField::Everywhere, .. }
                | Expression::Wildcard { field: TextField::Everywhere, .. }
                | Expression::Fuzzy { field: TextField::Everywhere, .. } => {
                    group.words.push(self.node(term)?);
                    run.last = None;
                }
                _ => {
                    demanded.push(self.node(part)?);
                    run.last = None;
                }
            }
            if let Some(factor) = factor {
                let weighted = |word| Node::Weighted(Box::new(word), factor);
                let words: Vec<Node> = group.words.drain(before..).map(weighted).collect();
                group.words.extend(words);
            }
        }
        if !group.words.is_empty() {
            let words = group.words.len();
            group.least = least_of(words);
            demanded.insert(0, Node::Wanted(group));
        }
        Ok(Node::All(demanded))
    }

    fn wanted_word(
        &mut self,
        text: &str,
        group: &mut Wanted,
        run: &mut Run,
    ) -> Result<(), SearchError> {
        let parts = words::parts(text);
        if is_numbered(text, &parts) {
            group.words.push(self.numbered(text)?);
            run.last = None;
            return Ok(());
        }
        for part in parts {
            let folded = fold(&part);
            // Function words stand in most paragraphs: they would cost more than all other words
            // of a question and decide nothing.
            if is_function_word(&folded) && !run.only_function_words {
                if let Some((_, distance)) = &mut run.last {
                    *distance += 1;
                }
                continue;
            }
            group.words.push(Node::Word(self.word(TextField::Everywhere, &part)?));
            if let Some((first, distance)) = run.last.replace((folded.clone(), 1))
                && group.pairs.len() < MAX_PAIRS
            {
                group.pairs.push(self.pair(&first, &folded, distance));
            }
        }
        Ok(())
    }

    /// A word with numbers in it; a symbol also stands for the paragraphs of its document and for
    /// those that cite it.
    fn numbered(&mut self, text: &str) -> Result<Node, SearchError> {
        let phrase = self.phrase(TextField::Everywhere, text)?;
        let Ok(symbol) = of_assembly(text).parse::<Symbol>() else { return Ok(phrase) };
        let fields = self.generation.fields();
        let term = |field| vec![Term::from_field_text(field, symbol.as_str())];
        Ok(Node::Any(vec![
            phrase,
            Node::Terms(term(fields.symbol), weights::OWN_SYMBOL),
            Node::Terms(term(fields.cites), weights::SYMBOL),
        ]))
    }

    /// Letters before a star; of several words, all but the last are whole.
    fn prefix_node(&mut self, field: TextField, text: &str) -> Result<Node, SearchError> {
        let mut parts = words::parts(text);
        let last = parts.pop().unwrap_or_default();
        let mut nodes = Vec::new();
        for part in parts {
            nodes.push(Node::Word(self.word(field, &part)?));
        }
        let last = Node::Word(self.prefix(field, &last)?);
        if nodes.is_empty() {
            return Ok(last);
        }
        nodes.push(last);
        Ok(Node::All(nodes))
    }

    /// Counts a word against the bound on clauses: one typed word may consist of hundreds.
    pub(super) fn count_term(&mut self) -> Result<(), QueryError> {
        self.terms += 1;
        match self.terms > MAX_CLAUSES {
            true => Err(QueryError::limit(QueryLimit::Clauses, self.terms)),
            false => Ok(()),
        }
    }
}

/// How many of so many words a paragraph needs.
pub(super) fn least_of(words: usize) -> usize {
    if words <= ALL_WANTED { words } else { words / 2 + 1 }
}

/// Words in a row, to tell which are neighbours.
struct Run {
    /// Whether nothing but function words is asked for, so that they are looked for after all.
    only_function_words: bool,
    /// The last word looked for, and how many places it is before the next word of the query.
    last: Option<(String, usize)>,
}

/// `70/237`, `L.2`, `2015-2021`: numbers with something between them mean this order.
pub(super) fn is_numbered(text: &str, parts: &[String]) -> bool {
    parts.len() > 1 && text.contains(|c: char| c.is_ascii_digit())
}

/// Whether an item side by side with others is a word that is looked for, and no function word.
fn says_something(item: &Expression) -> bool {
    match item {
        Expression::Weighted { part, .. } => says_something(part),
        Expression::Word { field: TextField::Everywhere, text } => {
            let parts = words::parts(text);
            is_numbered(text, &parts) || parts.iter().any(|part| !is_function_word(&fold(part)))
        }
        Expression::Prefix { field: TextField::Everywhere, .. }
        | Expression::Wildcard { field: TextField::Everywhere, .. }
        | Expression::Fuzzy { field: TextField::Everywhere, .. } => true,
        _ => false,
    }
}
