//! How much a match counts. Scores are BM25, with the numbers below on top.

use undex_document::Language;
use undex_schema::tantivy::Term;
use undex_schema::tantivy::query::Bm25Weight;
use undex_schema::tantivy::schema::Field;
use undex_schema::{FieldStatistics, Generation, document_frequency};

use super::{Node, Place, ScoredTerm, Word};
use crate::SearchError;

/// The stem of the word in the text of the paragraph: the measure of all others.
pub(super) const TEXT: f32 = 1.0;
/// The word itself and not another form of it: more than nothing, less than a second word.
pub(super) const EXACT: f32 = 0.4;
/// A note: mostly references, which name a subject without treating it.
pub(super) const NOTES: f32 = 0.5;
/// The title says what all paragraphs of the document are about, so it decides between documents
/// and not between paragraphs.
pub(super) const TITLE: f32 = 0.4;
/// The headings say it for fewer paragraphs, but repeat the title's words in resolutions.
pub(super) const HEADINGS: f32 = 0.3;
/// Another spelling than the one typed: `publico` also finds `publicó`, but after `público`.
pub(super) const OTHER_SPELLING: f32 = 0.8;
/// What each letter more in which a word differs takes from the score of a fuzzy word.
pub(crate) const BEHIND: f32 = 0.2;
/// How much the number of occurrences and the length of the paragraph add to the score of a fuzzy word.
/// With what [`FURNITURE`] and [`SHORTEST`] leave at least, a farther word never scores more than a nearer
/// one: `(1 + WITHIN) * BEHIND <= FURNITURE * SHORTEST`.
pub(crate) const WITHIN: f32 = 0.25;
const _: () = assert!((1.0 + WITHIN) * BEHIND <= FURNITURE * SHORTEST);
/// Two neighbours of the query that are neighbours in the text.
pub(super) const PAIR: f32 = 0.3;
/// A paragraph that cites the document whose symbol stands among the words.
pub(super) const SYMBOL: f32 = 8.0;
/// One of the document itself: before all that have its numbers by chance.
pub(super) const OWN_SYMBOL: f32 = 24.0;
/// What the score of a title, heading, masthead or closing line is multiplied by: they are short,
/// which BM25 rewards, and nobody cites them.
pub(crate) const FURNITURE: f32 = 0.5;

/// Words below which a paragraph, its notes included, says little: `Confidence-building measures;`
/// in a list. BM25 rewards it for being short.
pub(crate) const SHORT: u32 = 12;
/// What the score of the shortest is multiplied by; up to [`SHORT`] words it rises to 1.
pub(crate) const SHORTEST: f32 = 0.5;

/// How common a word is: in how many of how many paragraphs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rarity {
    pub(super) found: u64,
    pub(super) of: u64,
}

impl Rarity {
    fn share(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.found as f64 / self.of as f64 }
    }

    /// The commoner of two.
    ///
    /// A word weighs what it weighs in the language where it is at home. Without this, a French
    /// word quoted once in an English report would make that report the best answer to a French
    /// question.
    pub(super) fn commoner(self, other: Rarity) -> Rarity {
        if other.share() > self.share() { other } else { self }
    }
}

/// Totals of a field.
pub(super) fn totals(generation: &Generation, field: Field) -> FieldStatistics {
    let name = generation.fields().schema().get_field_name(field);
    generation.manifest().statistics.fields.get(name).copied().unwrap_or_default()
}

/// How common a set of terms is in their field, taken together.
pub(super) fn rarity(
    generation: &Generation,
    field: Field,
    terms: &[Term],
) -> Result<Rarity, SearchError> {
    let of = totals(generation, field).documents;
    let mut found = 0;
    for term in terms {
        found += document_frequency(generation.searcher(), term)?;
    }
    Ok(Rarity { found: found.min(of), of })
}

/// The scorer of a term: the rarity of its word, the length of its field, and a factor.
pub(super) fn weight(
    generation: &Generation,
    field: Field,
    rarity: Rarity,
    factor: f32,
) -> Bm25Weight {
    let totals = totals(generation, field);
    let average = totals.tokens.max(1) as f32 / totals.documents.max(1) as f32;
    let of = rarity.of.max(1);
    Bm25Weight::for_one_term_without_explain(rarity.found.min(of), of, average).boost_by(factor)
}

/// In which part of the paragraphs that have a field a term of it stands.
pub(crate) fn document_share(generation: &Generation, term: &Term) -> Result<f64, SearchError> {
    Ok(rarity(generation, term.field(), std::slice::from_ref(term))?.share())
}

/// A word of the text that was not asked for.
pub(crate) fn related_word(
    generation: &Generation,
    language: Language,
    term: &Term,
    factor: f32,
) -> Result<Node, SearchError> {
    let field = generation.fields().text(language);
    let rarity = rarity(generation, field, std::slice::from_ref(term))?;
    let weight = weight(generation, field, rarity, TEXT * factor);
    let place = Place { own: true, terms: vec![ScoredTerm::new(term.clone(), weight)] };
    Ok(Node::Word(Word::of(place)))
}
