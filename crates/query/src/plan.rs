//! What a query asks of the index: its words analysed for every language, weighed, and put into
//! the shape that is evaluated.

use undex_schema::tantivy::Term;
use undex_schema::tantivy::query::{Bm25Weight, PhraseQuery};

mod conditions;
mod expansions;
mod function_words;
mod hopeless;
mod phrases;
mod planner;
mod proximity;
mod synonyms;
mod weights;
mod words;

pub(crate) use function_words::is_function_word;
pub(crate) use planner::{Plan, Planner};
pub(crate) use proximity::Proximity;
pub(crate) use synonyms::{SynonymPlan, plain_items, query_words};
pub(crate) use weights::{
    BEHIND, FURNITURE, SHORT, SHORTEST, WITHIN, document_share, related_word,
};
pub(crate) use words::parts;

/// A part of a plan.
#[derive(Clone)]
pub(crate) enum Node {
    /// Paragraphs that match every part; scores add up.
    All(Vec<Node>),
    /// Paragraphs that match at least one part; scores add up.
    Any(Vec<Node>),
    /// All other paragraphs, without score.
    Not(Box<Node>),
    /// Words side by side.
    Wanted(Wanted),
    /// One word in all its forms, or one prefix.
    Word(Word),
    /// Words in this order; of several wordings the best counts.
    Phrase(Vec<ScoredPhrase>),
    /// Items near each other.
    Proximity(Box<Proximity>),
    /// A part whose score is multiplied.
    Weighted(Box<Node>, f32),
    /// Any of these terms. Each paragraph gets the score.
    Terms(Vec<Term>, f32),
    /// A date, as numbers `yyyymmdd`, both ends included.
    Dates(u64, u64),
}

/// Words side by side.
#[derive(Clone)]
pub(crate) struct Wanted {
    pub(crate) words: Vec<Node>,
    /// How many of the words a paragraph needs, unless those it has say more than all the others.
    pub(crate) least: usize,
    /// Pairs of neighbours that score more where they are neighbours.
    pub(crate) pairs: Vec<ScoredPhrase>,
}

/// One word. Its score is the sum over its places of the best of the terms there.
#[derive(Clone, Default)]
pub(crate) struct Word {
    pub(crate) places: Vec<Place>,
    /// Whether nothing in the index is a form of it.
    pub(crate) unknown: bool,
}

/// Where a word is looked for: one kind of field, with the terms of every language.
#[derive(Clone)]
pub(crate) struct Place {
    /// Whether the paragraph itself holds the word there, and not its title or headings.
    pub(crate) own: bool,
    pub(crate) terms: Vec<ScoredTerm>,
}

/// A term and what it scores.
#[derive(Clone)]
pub(crate) struct ScoredTerm {
    pub(crate) term: Term,
    pub(crate) weight: Bm25Weight,
    /// For a term of a fuzzy word, in how many letters more than the nearest one it differs: it
    /// then scores less than any nearer one, however often it stands where.
    pub(crate) behind: Option<u8>,
}

impl ScoredTerm {
    pub(crate) fn new(term: Term, weight: Bm25Weight) -> Self {
        Self { term, weight, behind: None }
    }
}

/// A phrase and what its score is multiplied by.
#[derive(Clone)]
pub(crate) struct ScoredPhrase {
    pub(crate) query: PhraseQuery,
    pub(crate) boost: f32,
}

impl Word {
    /// A word that is looked for in one place.
    pub(crate) fn of(place: Place) -> Self {
        Self { places: vec![place], unknown: false }
    }
}

impl Wanted {
    /// What each of the words says: the most that its commonest form may score, by its rarity. Numbers with
    /// strokes, which are looked for as phrases, say as much as the word that says most.
    pub(crate) fn says(&self) -> Vec<f32> {
        let says: Vec<Option<f32>> = self.words.iter().map(Node::says).collect();
        let most = says.iter().flatten().copied().fold(0.0, f32::max);
        let most = if most > 0.0 { most } else { 1.0 };
        says.into_iter().map(|says| says.unwrap_or(most)).collect()
    }

    /// How many of the words are in the index.
    pub(crate) fn known(&self) -> usize {
        self.words.iter().filter(|word| word.says() != Some(0.0)).count()
    }
}

impl Node {
    /// Whether engine documents that are no paragraphs could match: those that are missing from
    /// every field.
    pub(crate) fn matches_absence(&self) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(Self::matches_absence),
            Self::Any(parts) => parts.iter().any(Self::matches_absence),
            Self::Not(part) => !part.matches_absence(),
            Self::Weighted(part, _) => part.matches_absence(),
            _ => false,
        }
    }

    /// What a word of a group says, whatever weight it was given; nothing when it is not in the index. None
    /// for what is not a word.
    fn says(&self) -> Option<f32> {
        match self {
            Self::Word(word) if word.unknown => Some(0.0),
            Self::Word(word) => {
                let terms = word.places.iter().flat_map(|place| &place.terms);
                Some(terms.map(|term| term.weight.max_score()).fold(0.0, f32::max))
            }
            Self::All(parts) => parts.iter().map(Self::says).sum(),
            Self::Weighted(part, _) => part.says(),
            _ => None,
        }
    }

    /// Calls `change` for every group of words that is not negated.
    pub(crate) fn for_each_wanted(&mut self, change: &mut impl FnMut(&mut Wanted)) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter_mut().for_each(|part| part.for_each_wanted(change));
            }
            Self::Weighted(part, _) => part.for_each_wanted(change),
            Self::Wanted(wanted) => change(wanted),
            _ => {}
        }
    }
}
