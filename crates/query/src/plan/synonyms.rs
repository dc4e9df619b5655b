//! A query of plain words with the other labels of the concepts that it names.

use std::collections::BTreeSet;

use undex_document::Language;
use undex_schema::{Form, QueryStem, analysed, lower};

use super::planner::least_of;
use super::weights;
use super::words::parts;
use super::{Node, Place, Planner, ScoredPhrase, ScoredTerm, Wanted, Word, conditions};
use crate::highlight::Highlights;
use crate::synonyms::{Found, LabelWords, Looked, QueryWord};
use crate::{Expression, SearchError, SearchRequest, TextField};

/// Labels looked for, of all concepts together: each is read from the postings of its words.
const MAX_LABELS: usize = 64;

/// What a label counts in a language that the query is not in: who asks in one language reads it first.
const OTHER_LANGUAGE: f32 = 0.5;

/// A plan by synonyms.
pub(crate) struct SynonymPlan {
    pub(crate) root: Node,
    pub(crate) highlights: Highlights,
    /// The labels looked for besides the words of the query.
    pub(crate) labels: Vec<Looked>,
}

impl SynonymPlan {
    /// The labels looked for, each once: some words are the same in two languages.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for looked in &self.labels {
            if !names.contains(&looked.label) {
                names.push(looked.label.clone());
            }
        }
        names
    }
}

/// The items of a query that labels are looked for in: words, with what is demanded beside them. None
/// where operators or wildcards say exactly what is meant.
pub(crate) fn plain_items(expression: &Expression) -> Option<&[Expression]> {
    let items = match expression {
        Expression::Wanted(items) => items,
        word => std::slice::from_ref(word),
    };
    let is_filter = |item: &Expression| matches!(item, Expression::Filter(_));
    let is_plain = |item: &Expression| match item {
        Expression::Word { .. }
        | Expression::Phrase { slop: 0, .. }
        | Expression::Filter(_)
        | Expression::Not(_) => true,
        // Several values of a filter.
        Expression::Any(parts) => parts.iter().all(is_filter),
        _ => false,
    };
    items.iter().all(is_plain).then_some(items)
}

/// The words of these items that may be parts of labels.
pub(crate) fn query_words(items: &[Expression]) -> Vec<QueryWord> {
    let mut words = Vec::new();
    let mut stretch = 0;
    for item in items {
        match item {
            Expression::Word { field: TextField::Everywhere, text } => {
                words.extend(parts(text).into_iter().map(|text| QueryWord::new(text, stretch)));
            }
            _ => stretch += 1,
        }
    }
    words
}

impl Planner<'_> {
    /// The plan of a query in which each concept may go by any of its labels; without what matches the
    /// query itself, whose plan is `own`. None where no concept has another label.
    pub(crate) fn synonyms(
        mut self,
        items: &[Expression],
        found: &[Found<'_>],
        own: &Node,
        request: &SearchRequest,
    ) -> Result<Option<SynonymPlan>, SearchError> {
        let mut labels: Vec<Looked> = Vec::new();
        let mut parts = Vec::new();
        let mut others = Vec::new();
        let words = query_words(items);
        let mut named: BTreeSet<usize> = BTreeSet::new();
        for found in found {
            let of_concepts = self.labels(found, MAX_LABELS - labels.len())?;
            if of_concepts.is_empty() {
                continue;
            }
            let numbers = found.first..found.first + found.words;
            let typed: Vec<Expression> =
                words.get(numbers.clone()).unwrap_or_default().iter().map(plain).collect();
            named.extend(numbers);
            let mut ways = vec![self.wanted(&typed)?];
            for way in &mut ways {
                way.for_each_wanted(&mut |wanted| wanted.least = wanted.words.len());
            }
            for (looked, node) in of_concepts {
                labels.push(looked);
                others.push(node.clone());
                ways.push(node);
            }
            parts.push(Node::Any(ways));
        }
        if labels.is_empty() {
            return Ok(None);
        }
        let concepts = parts.len();
        parts.extend(self.beside(items, &named, concepts)?);
        let fields = self.generation.fields();
        parts.extend(conditions::beside(request, fields));
        if !request.languages.is_empty() {
            parts.push(conditions::languages(&request.languages, fields));
        }
        // One of the labels at least, which scores above already.
        parts.push(Node::Weighted(Box::new(Node::Any(others)), 0.0));
        parts.push(Node::Not(Box::new(own.clone())));
        let root = Node::All(parts);
        Ok(Some(SynonymPlan { root, highlights: self.highlights, labels }))
    }

    /// What a query asks for beside the words that name concepts. A concept counts as one word of it.
    fn beside(
        &mut self,
        items: &[Expression],
        named: &BTreeSet<usize>,
        concepts: usize,
    ) -> Result<Option<Node>, SearchError> {
        let mut rest = Vec::new();
        let mut number = 0;
        let mut left = 0;
        for item in items {
            let Expression::Word { field: TextField::Everywhere, text } = item else {
                rest.push(item.clone());
                continue;
            };
            let words = parts(text);
            let numbers = number..number + words.len();
            number = numbers.end;
            if numbers.clone().any(|number| named.contains(&number)) {
                let others = words.into_iter().zip(numbers).filter(|(_, n)| !named.contains(n));
                for (text, _) in others {
                    left += usize::from(QueryWord::new(text.clone(), 0).says_something);
                    rest.push(Expression::Word { field: TextField::Everywhere, text });
                }
            } else {
                let says = |word: &String| QueryWord::new(word.clone(), 0).says_something;
                left += words.iter().filter(|word| says(word)).count();
                rest.push(item.clone());
            }
        }
        if left == 0 {
            // Function words alone would be looked for.
            rest.retain(|item| {
                !matches!(item, Expression::Word { field: TextField::Everywhere, .. })
            });
        }
        if rest.is_empty() {
            return Ok(None);
        }
        let mut node = self.wanted(&rest)?;
        node.for_each_wanted(&mut |wanted| {
            wanted.least = least_of(wanted.words.len() + concepts).saturating_sub(concepts);
        });
        if let Node::All(parts) = &mut node {
            parts.retain(|part| !matches!(part, Node::Wanted(wanted) if wanted.least == 0));
            if parts.is_empty() {
                return Ok(None);
            }
        }
        Ok(Some(node))
    }

    /// The other labels of concepts in the languages searched, at most so many; first those in the language
    /// of the words.
    fn labels(
        &mut self,
        found: &Found<'_>,
        most: usize,
    ) -> Result<Vec<(Looked, Node)>, SearchError> {
        let typed: BTreeSet<Language> = found.labels.iter().map(|(of, _)| *of).collect();
        let mut labels: Vec<(Looked, Node)> = Vec::new();
        let mut all: Vec<(Language, &str)> =
            found.concepts.iter().flat_map(|concept| concept.labels()).collect();
        all.sort_by_key(|(of, _)| !typed.contains(of));
        for (of, label) in all {
            let language = analysed(of);
            let known = labels.iter().any(|(l, _)| l.language == language && l.label == label);
            if known || found.labels.contains(&(of, label)) || !self.languages.contains(&language) {
                continue;
            }
            if labels.len() == most {
                break;
            }
            let factor = if typed.contains(&of) { 1.0 } else { OTHER_LANGUAGE };
            labels.extend(self.label(label, language, factor)?);
        }
        Ok(labels)
    }

    /// A label: all its words that say something in the text, in any of their forms. Where they stand as in the label, it
    /// scores more. A label is worth one word, so that long ones do not come before short ones.
    fn label(
        &mut self,
        label: &str,
        language: Language,
        factor: f32,
    ) -> Result<Option<(Looked, Node)>, SearchError> {
        let field = self.generation.fields().text(language);
        let mut wanted = Wanted { words: Vec::new(), least: 0, pairs: Vec::new() };
        let mut stems: Vec<Vec<String>> = Vec::new();
        let LabelWords { words, as_written } = LabelWords::of(label);
        let factor = weights::TEXT * factor / words.len().max(1) as f32;
        for word in words {
            let of_word = self.vocabulary.query_stems(&lower(&word), language)?;
            let terms: Vec<_> = of_word
                .iter()
                .map(|stem| super::Term::from_field_text(field, &stem.text))
                .collect();
            let rarity = weights::rarity(self.generation, field, &terms)?;
            let weight = weights::weight(self.generation, field, rarity, factor);
            let terms = terms.into_iter().map(|term| ScoredTerm::new(term, weight.clone()));
            let place = Place { own: true, terms: terms.collect() };
            wanted.words.push(Node::Word(Word::of(place)));
            for QueryStem { text, .. } in &of_word {
                self.highlight(TextField::Everywhere, |targets| targets.add_stem(language, text));
            }
            stems.push(of_word.into_iter().map(|stem| stem.text).collect());
        }
        if stems.is_empty() {
            return Ok(None);
        }
        wanted.least = wanted.words.len();
        let exact = self.generation.fields().exact;
        let phrase: Vec<_> = Form::Exact
            .tokens(label)
            .into_iter()
            .map(|token| (token.position, super::Term::from_field_text(exact, &token.text)))
            .collect();
        let looked = Looked { label: label.to_owned(), language, stems };
        if phrase.len() < 2 {
            return Ok(Some((looked, Node::Wanted(wanted))));
        }
        let query = super::PhraseQuery::new_with_offset(phrase);
        let phrase = ScoredPhrase { query, boost: factor };
        if as_written {
            let parts = vec![Node::Wanted(wanted), Node::Phrase(vec![phrase])];
            return Ok(Some((looked, Node::All(parts))));
        }
        wanted.pairs.push(phrase);
        Ok(Some((looked, Node::Wanted(wanted))))
    }
}

fn plain(word: &QueryWord) -> Expression {
    Expression::Word { field: TextField::Everywhere, text: word.text.clone() }
}
