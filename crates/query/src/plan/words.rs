//! One word in all its forms, and prefixes.

use std::collections::BTreeSet;

use undex_document::Language;
use undex_schema::tantivy::Term;
use undex_schema::tantivy::schema::Field;
use undex_schema::{
    QueryStem, WordMatcher, WordScanner, document_frequency, fold, lower, matching_terms,
};

use super::proximity::too_many;
use super::weights::{self, Rarity};
use super::{Place, Planner, ScoredTerm, Word};
use crate::highlight::Targets;
use crate::request::MAX_SUGGESTIONS;
use crate::syntax::wildcards;
use crate::{MAX_PREFIX_EXPANSIONS, QueryLimit, SearchError, TextField};

/// The single words that a typed word consists of: `confidence-building` gives two. Elided French
/// words (`l’`) and the English `’s` are left out, as they are in the index.
pub(crate) fn parts(text: &str) -> Vec<String> {
    let mut words = WordScanner::new(text);
    let mut parts = Vec::new();
    let mut term = String::new();
    while words.advance() {
        let kept = [Language::English, Language::French]
            .into_iter()
            .all(|language| undex_schema::Form::Stemmed(language).term_into(&words, &mut term));
        if kept {
            parts.push(words.lower().to_owned());
        }
    }
    parts
}

/// Stands for a wildcard while words are parted: letters of linguistics that no document has and that
/// folding leaves as they are.
const ONE_LETTER: char = '\u{a78f}';
const ANY_LETTERS: char = '\u{a7f7}';

/// A single word of a word with wildcards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WildPart {
    /// The word, in lower case, with its wildcards as they are written.
    pub(super) text: String,
    wild: Vec<bool>,
}

impl WildPart {
    pub(super) fn is_wild(&self) -> bool {
        self.wild.contains(&true)
    }

    pub(super) fn begins_wild(&self) -> bool {
        self.wild.first() == Some(&true)
    }

    /// How many letters are given.
    pub(super) fn letters(&self) -> usize {
        self.wild.iter().filter(|wild| !**wild).count()
    }

    pub(super) fn matcher(&self) -> WordMatcher {
        // Letter by letter, since a folded letter may be two.
        let (mut folded, mut wild) = (String::new(), Vec::new());
        for (c, is_wild) in self.text.chars().zip(&self.wild) {
            let letters = fold(c.encode_utf8(&mut [0; 4]));
            wild.extend(letters.chars().map(|_| *is_wild));
            folded.push_str(&letters);
        }
        WordMatcher::wildcards(&folded, &wild)
    }
}

/// As [`parts`], for a word with wildcards.
pub(super) fn wild_parts(text: &str) -> Vec<WildPart> {
    let replaced: String = text
        .chars()
        .zip(wildcards(text))
        .map(|(c, wild)| match (c, wild) {
            ('?', true) => ONE_LETTER,
            (_, true) => ANY_LETTERS,
            (c, false) => c,
        })
        .collect();
    let part = |part: String| {
        let wild = part.chars().map(|c| matches!(c, ONE_LETTER | ANY_LETTERS)).collect();
        let written = |c| match c {
            ONE_LETTER => '?',
            ANY_LETTERS => '*',
            c => c,
        };
        WildPart { text: part.chars().map(written).collect(), wild }
    };
    parts(&replaced).into_iter().map(part).collect()
}

impl Planner<'_> {
    /// A single word.
    pub(super) fn word(&mut self, field: TextField, text: &str) -> Result<Word, SearchError> {
        self.count_term()?;
        let mut stems = Vec::new();
        for language in self.languages.clone() {
            stems.push((language, self.vocabulary.query_stems(text, language)?));
        }
        for (language, stems) in &stems {
            for stem in stems {
                self.highlight(field, |targets| targets.add_stem(*language, &stem.text));
            }
        }
        match field {
            TextField::Everywhere => self.word_everywhere(text, &stems),
            _ => self.word_in(field, &stems),
        }
    }

    fn word_everywhere(
        &mut self,
        text: &str,
        stems: &[(Language, Vec<QueryStem>)],
    ) -> Result<Word, SearchError> {
        let folded = fold(&lower(text));
        self.highlight(TextField::Everywhere, |targets| targets.add_exact(&folded));
        let rarity = self.home_rarity(stems)?;
        let exact = self.generation.fields().exact;
        let exact_term = Term::from_field_text(exact, &folded);
        let mut word = Word::default();
        if rarity.found == 0 && document_frequency(self.generation.searcher(), &exact_term)? == 0 {
            self.note_unknown(text);
            word.unknown = true;
        }
        let exact_weight = weights::weight(self.generation, exact, rarity, weights::EXACT);
        let places = [
            (true, self.place(TextField::Everywhere, stems, rarity, weights::TEXT)),
            (true, vec![ScoredTerm::new(exact_term, exact_weight)]),
            (true, self.place(TextField::Note, stems, rarity, weights::NOTES)),
            (false, self.place(TextField::Title, stems, rarity, weights::TITLE)),
            (false, self.place(TextField::Heading, stems, rarity, weights::HEADINGS)),
        ];
        for (own, terms) in places {
            word.places.push(Place { own, terms });
        }
        Ok(word)
    }

    fn word_in(
        &mut self,
        field: TextField,
        stems: &[(Language, Vec<QueryStem>)],
    ) -> Result<Word, SearchError> {
        let rarity = self.rarity_in(field, stems)?;
        let terms = self.place(field, stems, rarity, weights::TEXT);
        Ok(Word::of(Place { own: true, terms }))
    }

    /// The terms of a word in one kind of field.
    fn place(
        &self,
        kind: TextField,
        stems: &[(Language, Vec<QueryStem>)],
        rarity: Rarity,
        factor: f32,
    ) -> Vec<ScoredTerm> {
        let mut terms = Vec::new();
        for (language, stems) in stems {
            let field = self.field(kind, *language);
            let typed = weights::weight(self.generation, field, rarity, factor);
            let other = typed.boost_by(weights::OTHER_SPELLING);
            for stem in stems {
                let weight = if stem.as_typed { typed.clone() } else { other.clone() };
                terms.push(ScoredTerm::new(Term::from_field_text(field, &stem.text), weight));
            }
        }
        terms
    }

    /// How common a word is where it is at home, in the text or else in the first kind of field
    /// that holds it at all.
    fn home_rarity(&self, stems: &[(Language, Vec<QueryStem>)]) -> Result<Rarity, SearchError> {
        let kinds = [TextField::Everywhere, TextField::Note, TextField::Heading, TextField::Title];
        let mut rarity = Rarity { found: 0, of: 1 };
        for kind in kinds {
            rarity = self.rarity_in(kind, stems)?;
            if rarity.found > 0 {
                break;
            }
        }
        Ok(rarity)
    }

    fn rarity_in(
        &self,
        kind: TextField,
        stems: &[(Language, Vec<QueryStem>)],
    ) -> Result<Rarity, SearchError> {
        let mut common = Rarity { found: 0, of: 1 };
        for (language, stems) in stems {
            let field = self.field(kind, *language);
            let terms: Vec<Term> =
                stems.iter().map(|stem| Term::from_field_text(field, &stem.text)).collect();
            common = common.commoner(weights::rarity(self.generation, field, &terms)?);
        }
        Ok(common)
    }

    /// The stemmed field of a language; [`TextField::Everywhere`] stands for the text.
    pub(super) fn field(&self, kind: TextField, language: Language) -> Field {
        let fields = self.generation.fields();
        match kind {
            TextField::Everywhere => fields.text(language),
            TextField::Title => fields.title(language),
            TextField::Heading => fields.headings(language),
            TextField::Note => fields.notes(language),
            TextField::Verb => fields.verb(language),
        }
    }

    /// Every word that begins with these letters, as if it were one word.
    pub(super) fn prefix(&mut self, field: TextField, text: &str) -> Result<Word, SearchError> {
        self.count_term()?;
        let fields = self.beginning_so(field, text)?;
        self.highlight(field, |targets| targets.add_prefix(&fold(&lower(text))));
        let mut rarity = Rarity { found: 0, of: 1 };
        let mut terms = Vec::new();
        for (field, texts) in fields {
            let of_field: Vec<Term> =
                texts.iter().map(|text| Term::from_field_text(field, text)).collect();
            rarity = rarity.commoner(weights::rarity(self.generation, field, &of_field)?);
            terms.push((field, of_field));
        }
        let mut place = Place { own: true, terms: Vec::new() };
        for (field, of_field) in terms {
            let weight = weights::weight(self.generation, field, rarity, weights::TEXT);
            place
                .terms
                .extend(of_field.into_iter().map(|term| ScoredTerm::new(term, weight.clone())));
        }
        Ok(Word::of(place))
    }

    /// The terms of a kind of field whose words begin with these letters.
    pub(super) fn beginning_so(
        &self,
        field: TextField,
        text: &str,
    ) -> Result<Vec<(Field, Vec<String>)>, SearchError> {
        if field == TextField::Everywhere {
            let exact = self.generation.fields().exact;
            return Ok(vec![(exact, self.expand(exact, &fold(&lower(text)), text)?)]);
        }
        // These hold stems only. A prefix that reaches past the stem is one of its own forms.
        let mut expanded = Vec::new();
        for language in self.languages.clone() {
            let field = self.field(field, language);
            let mut terms = self.expand(field, &lower(text), text)?;
            for stem in self.vocabulary.query_stems(text, language)? {
                if !terms.contains(&stem.text) {
                    terms.push(stem.text);
                }
            }
            expanded.push((field, terms));
        }
        Ok(expanded)
    }

    /// The words of the unstemmed field that begin with these letters.
    pub(super) fn words_of_prefix(&mut self, text: &str) -> Result<BTreeSet<String>, SearchError> {
        self.count_term()?;
        let words = self.beginning_so(TextField::Everywhere, text)?;
        Ok(words.into_iter().flat_map(|(_, words)| words).collect())
    }

    /// Notes a word that nothing matches, so that others can be suggested.
    pub(super) fn note_unknown(&mut self, text: &str) {
        let text = lower(text);
        let room = self.unknown.len() < MAX_SUGGESTIONS;
        if self.negations == 0 && room && !self.unknown.contains(&text) {
            self.unknown.push(text);
        }
    }

    /// The terms of a field that begin with a prefix, sorted.
    fn expand(&self, field: Field, prefix: &str, typed: &str) -> Result<Vec<String>, SearchError> {
        let (beginning, most) = (WordMatcher::beginning(prefix), MAX_PREFIX_EXPANSIONS);
        let terms = matching_terms(self.generation, field, &beginning, most)?;
        let many = || too_many(QueryLimit::PrefixExpansions, most + 1, &format!("{typed}*"));
        Ok(terms.ok_or_else(many)?.into_keys().collect())
    }

    /// Notes what a snippet should mark, unless what is looked at now must not be found.
    pub(super) fn highlight(&mut self, field: TextField, add: impl Fn(&mut Targets)) {
        if self.negations % 2 == 1 {
            return;
        }
        match field {
            TextField::Everywhere => {
                add(&mut self.highlights.text);
                add(&mut self.highlights.notes);
            }
            TextField::Note => add(&mut self.highlights.notes),
            TextField::Title | TextField::Heading | TextField::Verb => {}
        }
    }
}
