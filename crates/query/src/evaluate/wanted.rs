//! Words side by side, of which a paragraph needs most.
//!
//! A question holds words that every second paragraph has and words that few have. Who asks whether the law
//! of war applies in cyberspace is served by *cyberspace* and *law*, two words of four, and less by the other
//! three. So a paragraph is found that has enough of the words, or that has itself, and not in its title or
//! headings, words that say more than all the others; what a word says is by its rarity.

use undex_schema::tantivy::query::Scorer;
use undex_schema::tantivy::{DocSet, SeekDangerResult};

use super::cursor::{Cursor, Found, Opening, open_phrases};
use super::window::{Places, Scores, Window};
use crate::SearchError;
use crate::plan::Wanted;

/// A group of words opened on a segment.
pub(super) struct OpenWanted {
    words: Vec<Cursor>,
    /// What each of them says.
    says: Vec<f32>,
    /// How many of them are enough.
    least: usize,
    /// Whether fewer are, when they say more than all the others.
    fewer_are_enough: bool,
    pairs: Vec<Pair>,
}

/// Two words next to each other, looked for only in paragraphs that are found already.
struct Pair {
    phrase: Box<dyn Scorer>,
    /// No document before this one has the pair.
    next: u32,
}

/// The part of a group that a paragraph has, from what it has and what there is: the mean of the part of the
/// words and of the part of what they say. Its score is multiplied by it.
pub(super) fn part_held(words: (f32, usize), says: (f32, f32)) -> f32 {
    (words.0 / words.1 as f32 + says.0 / says.1.max(f32::MIN_POSITIVE)) / 2.0
}

impl OpenWanted {
    pub(super) fn open(wanted: &Wanted, with: &Opening<'_>) -> Result<Self, SearchError> {
        let words =
            wanted.words.iter().map(|word| Cursor::open(word, with)).collect::<Result<_, _>>()?;
        let pairs = open_phrases(&wanted.pairs, with)?.into_iter().map(Pair::new).collect();
        // Where too few of them are in the index, the others are all there is, and rare for nothing.
        let fewer_are_enough = wanted.least < wanted.words.len() && wanted.known() >= wanted.least;
        Ok(Self { words, says: wanted.says(), least: wanted.least, fewer_are_enough, pairs })
    }

    pub(super) fn find(&mut self, window: Window) -> Result<Found, SearchError> {
        let mut found = Found::nothing();
        let (mut held, mut said, mut said_itself) =
            (Scores::none(), Scores::none(), Scores::none());
        for (word, says) in self.words.iter_mut().zip(&self.says) {
            let part = word.find(window)?;
            let mut anywhere = part.own.clone();
            anywhere.add(&part.around);
            found.scores.add_at(&part.scores, &anywhere);
            for place in anywhere.iter() {
                held.add(place, 1.0);
                said.add(place, *says);
            }
            part.own.iter().for_each(|place| said_itself.add(place, *says));
            found.own.add(&part.own);
            found.around.add(&part.around);
        }
        let words = self.words.len();
        let all: f32 = self.says.iter().sum();
        let mut enough = Places::none();
        for place in found.own.iter() {
            // Counts are small whole numbers, which floating point holds exactly.
            let by_count = held.get(place) >= self.least as f32;
            if by_count || (self.fewer_are_enough && said_itself.get(place) > all / 2.0) {
                enough.insert(place);
            }
        }
        for pair in &mut self.pairs {
            for place in enough.iter() {
                if let Some(score) = pair.score_of(window.document(place)) {
                    found.scores.add(place, score);
                }
            }
        }
        if words > 1 {
            for place in enough.iter() {
                let part = part_held((held.get(place), words), (said.get(place), all));
                found.scores.multiply(place, part);
            }
        }
        found.own = enough;
        Ok(found)
    }
}

impl Pair {
    fn new(phrase: Box<dyn Scorer>) -> Self {
        Self { next: phrase.doc(), phrase }
    }

    /// The score of a document, if it has the pair. Documents are asked for in ascending order.
    ///
    /// Asking for single documents spares the engine from reading the places of both words in all
    /// the paragraphs between them.
    fn score_of(&mut self, document: u32) -> Option<f32> {
        if document < self.next {
            return None;
        }
        match self.phrase.seek_danger(document) {
            SeekDangerResult::Found => {
                self.next = document + 1;
                Some(self.phrase.score())
            }
            SeekDangerResult::SeekLowerBound(bound) => {
                self.next = bound.max(document + 1);
                None
            }
        }
    }
}
