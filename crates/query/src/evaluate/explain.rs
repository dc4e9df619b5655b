//! Why a paragraph has its score: the parts of a plan, each evaluated for this paragraph alone.

use undex_schema::tantivy::postings::Postings;
use undex_schema::tantivy::schema::IndexRecordOption;
use undex_schema::tantivy::{DocAddress, DocSet, Term};
use undex_schema::{Generation, document_frequency};

use super::cursor::{Cursor, Opening};
use super::ranking::Factors;
use super::wanted::part_held;
use super::window::Window;
use crate::plan::{Node, Place, ScoredPhrase, ScoredTerm, Wanted, Word};
use crate::{Explanation, SearchError};

/// Explains the score that a plan gives a paragraph it finds.
pub(crate) fn explain(
    generation: &Generation,
    root: &Node,
    address: DocAddress,
    score: f32,
) -> Result<Explanation, SearchError> {
    let (fields, searcher) = (generation.fields(), generation.searcher());
    let statistics = generation.statistics();
    let opening = Opening {
        fields,
        searcher,
        statistics: &statistics,
        segment: searcher.segment_reader(address.segment_ord),
        number: address.segment_ord,
    };
    let of = Paragraph { opening, document: address.doc_id };
    let parts = of.part(root)?.into_iter().collect();
    let mut what = "score".to_owned();
    let mut factors = Factors::open(&of.opening, fields)?;
    factors.enter(of.window())?;
    for (factor, why) in factors.told(0, of.document) {
        what.push_str(&format!(", × {factor:.2} {why}"));
    }
    Ok(Explanation::new(what, score, parts))
}

/// The paragraph that is explained.
struct Paragraph<'a> {
    opening: Opening<'a>,
    document: u32,
}

impl Paragraph<'_> {
    /// A window of this paragraph alone.
    fn window(&self) -> Window {
        Window { start: self.document, end: self.document.saturating_add(1) }
    }

    /// What a part of a plan gives, by itself; none where it gives nothing.
    fn score(&self, node: &Node) -> Result<Option<f32>, SearchError> {
        let found = Cursor::open(node, &self.opening)?.find(self.window())?;
        // A group that has too few of its words has scores that count nowhere; a word counts in titles too.
        let counts = found.own.contains(0) || is_word(node);
        Ok(Some(found.scores.get(0)).filter(|score| counts && *score > 0.0))
    }

    fn part(&self, node: &Node) -> Result<Option<Explanation>, SearchError> {
        let Some(score) = self.score(node)? else { return Ok(None) };
        let (what, parts) = match node {
            Node::All(parts) => ("all of these".to_owned(), self.parts(parts)?),
            Node::Any(parts) => ("any of these".to_owned(), self.parts(parts)?),
            Node::Wanted(wanted) => self.wanted(wanted)?,
            Node::Word(word) => ("a word".to_owned(), self.word(word)?),
            Node::Phrase(phrases) => (phrase(phrases), Vec::new()),
            Node::Proximity(_) => ("words near each other".to_owned(), Vec::new()),
            Node::Weighted(part, factor) => {
                (format!("× {factor}, the weight given"), self.part(part)?.into_iter().collect())
            }
            Node::Terms(terms, _) => {
                let mut symbols: Vec<&str> = terms.iter().filter_map(text).collect();
                symbols.dedup();
                (format!("is or cites the document named: {}", symbols.join(", ")), Vec::new())
            }
            // These find, and score nothing.
            Node::Not(_) | Node::Dates(..) => return Ok(None),
        };
        // A group of one is that one.
        Ok(Some(match <[Explanation; 1]>::try_from(parts) {
            Ok([only]) if only.score == score => only,
            Ok([only]) => Explanation::new(what, score, vec![only]),
            Err(parts) => Explanation::new(what, score, parts),
        }))
    }

    fn parts(&self, nodes: &[Node]) -> Result<Vec<Explanation>, SearchError> {
        let mut parts = Vec::new();
        for node in nodes {
            parts.extend(self.part(node)?);
        }
        Ok(parts)
    }

    fn wanted(&self, wanted: &Wanted) -> Result<(String, Vec<Explanation>), SearchError> {
        let (mut parts, mut said) = (Vec::new(), 0.0);
        let says = wanted.says();
        for (word, says) in wanted.words.iter().zip(&says) {
            if let Some(part) = self.part(word)? {
                parts.push(part);
                said += says;
            }
        }
        let (held, of) = (parts.len(), wanted.words.len());
        for pair in &wanted.pairs {
            let pair = std::slice::from_ref(pair);
            if let Some(score) = self.score(&Node::Phrase(pair.to_vec()))? {
                parts.push(Explanation::new(phrase(pair), score, Vec::new()));
            }
        }
        let what = match held < of {
            true => {
                let part = part_held((held as f32, of), (said, says.iter().sum()));
                format!("words side by side, × {part:.2} for {held} of {of}, by what they say")
            }
            false => "words side by side".to_owned(),
        };
        Ok((what, parts))
    }

    /// The best term of each place.
    fn word(&self, word: &Word) -> Result<Vec<Explanation>, SearchError> {
        let mut parts = Vec::new();
        for place in &word.places {
            let mut best: Option<(f32, &ScoredTerm)> = None;
            for term in &place.terms {
                let alone = Place { own: place.own, terms: vec![term.clone()] };
                let score = self.score(&Node::Word(Word::of(alone)))?;
                if let Some(score) = score
                    && best.is_none_or(|(other, _)| score > other)
                {
                    best = Some((score, term));
                }
            }
            if let Some((score, term)) = best {
                parts.push(Explanation::new(self.term(&term.term)?, score, Vec::new()));
            }
        }
        Ok(parts)
    }

    /// A term, how often it stands here, and in how many paragraphs.
    fn term(&self, term: &Term) -> Result<String, SearchError> {
        let (segment, field) = (self.opening.segment, term.field());
        let name = self.opening.fields.schema().get_field_name(field);
        let index = segment.inverted_index(field)?;
        let mut times = 0;
        if let Some(mut postings) = index.read_postings(term, IndexRecordOption::WithFreqs)?
            && (postings.doc() == self.document || postings.seek(self.document) == self.document)
        {
            times = postings.term_freq();
        }
        let words = segment.get_fieldnorms_reader(field)?.fieldnorm(self.document);
        let paragraphs = document_frequency(self.opening.searcher, term)?;
        let term = text(term).unwrap_or_default();
        Ok(format!("{name}:{term}, {times} of about {words} words; in {paragraphs} paragraphs"))
    }
}

fn is_word(node: &Node) -> bool {
    match node {
        Node::Word(_) => true,
        Node::Weighted(part, _) => is_word(part),
        _ => false,
    }
}

fn phrase(phrases: &[ScoredPhrase]) -> String {
    let wording = |phrase: &ScoredPhrase| {
        let terms = phrase.query.phrase_terms();
        format!("\"{}\"", terms.iter().filter_map(text).collect::<Vec<_>>().join(" "))
    };
    phrases.iter().map(wording).collect::<Vec<_>>().join(" or ")
}

fn text(term: &Term) -> Option<&str> {
    std::str::from_utf8(term.serialized_value_bytes()).ok()
}
