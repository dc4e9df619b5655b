//! Words of one paragraph, to be led back to it.
//!
//! A query is four content words of a paragraph, chosen by a seed, in their order; the paragraph is one of
//! the resolutions of a session, and all paragraphs of that session in its language compete. Paragraphs with
//! the same text count as one. MRR is the mean of 1/rank of the paragraph, 0 behind the tenth place.

use std::collections::BTreeSet;

use undex_query::{SearchRequest, Searcher};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::floors::Floors;
use crate::forms;
use crate::measure::Outcome;
use crate::pool::Pool;
use crate::random::Random;
use crate::stock::Stock;

/// Queries of each kind in each language.
const QUERIES: usize = 500;

/// Words of a query.
const WORDS: usize = 4;

/// Hits asked for; of those with the same text one counts.
const HITS: usize = 1_000;

const SEED: u64 = 80;

/// A paragraph and what is asked to find it.
struct Question {
    text: usize,
    words: Vec<String>,
}

/// Where paragraphs were found, from 1; none when they were not.
#[derive(Default)]
struct Ranks(Vec<Option<usize>>);

/// Asks all questions, and prints a line for each kind and program.
pub(crate) fn run(searcher: &Searcher, pool: &Pool, floors: &mut Floors) -> Outcome<()> {
    let stock = Stock::index(pool)?;
    let language = pool.language.code();
    println!(
        "known items, {language}: {} texts, {} of them to be asked for",
        pool.texts.len(),
        pool.wanted.len()
    );
    let plain = questions(pool, &mut Random::new(SEED), |words, random| {
        let places = random.places(words.len(), WORDS);
        Some(places.into_iter().filter_map(|place| words.get(place).cloned()).collect())
    });
    let unaccented = plain.iter().map(|question| Question {
        text: question.text,
        words: question.words.iter().map(|word| without_accents(word)).collect(),
    });
    let unaccented: Vec<Question> = unaccented.collect();
    let other_forms = questions(pool, &mut Random::new(SEED), |words, random| {
        let with_forms: Vec<Vec<&str>> =
            words.iter().map(|word| forms::of(word, pool)).filter(|of| !of.is_empty()).collect();
        if with_forms.len() < WORDS {
            return None;
        }
        let places = random.places(with_forms.len(), WORDS);
        let chosen = places.into_iter().filter_map(|place| with_forms.get(place));
        Some(chosen.filter_map(|of| random.one_of(of)).map(|form| (*form).to_owned()).collect())
    });
    let kinds = [("as printed", plain), ("no accents", unaccented), ("other forms", other_forms)];
    for (kind, questions) in kinds {
        let (mut ours, mut theirs) = (Ranks::default(), Ranks::default());
        for question in &questions {
            let query = question.words.join(" ");
            ours.add(question.text, &undex(searcher, pool, &query)?);
            theirs.add(question.text, &stock.search(&query, HITS)?);
        }
        for (program, ranks) in [("undex", &ours), ("engine", &theirs)] {
            println!(
                "  {kind:<12} {program:<7} MRR@10 {:.3}  recall@10 {:.3}  recall@100 {:.3}  ({})",
                ranks.mean_reciprocal(),
                ranks.recall(10),
                ranks.recall(100),
                ranks.0.len()
            );
        }
        floors.hold(&format!("MRR@10, {language}, {kind}"), ours.mean_reciprocal());
    }
    Ok(())
}

/// Questions for paragraphs that a seed chooses; a paragraph for which `choose` has no words is passed over.
fn questions(
    pool: &Pool,
    random: &mut Random,
    choose: impl Fn(&[String], &mut Random) -> Option<Vec<String>>,
) -> Vec<Question> {
    let mut order: Vec<usize> = (0..pool.wanted.len()).collect();
    let mut found = Vec::new();
    while found.len() < QUERIES && !order.is_empty() {
        let place = order.swap_remove(random.below(order.len()));
        let Some((text, words)) = pool.wanted.get(place) else { continue };
        if let Some(words) = choose(words, random) {
            found.push(Question { text: *text, words });
        }
    }
    found
}

/// The numbers of the texts that undex finds, best first.
fn undex(searcher: &Searcher, pool: &Pool, query: &str) -> Outcome<Vec<usize>> {
    let mut request = SearchRequest::new(query);
    request.languages = vec![pool.language];
    request.limit = HITS;
    let answer = searcher.search(&request)?;
    Ok(answer.hits.iter().map(|hit| pool.number_of(&hit.paragraph.text)).collect())
}

impl Ranks {
    fn add(&mut self, wanted: usize, found: &[usize]) {
        let mut seen = BTreeSet::new();
        let distinct = found.iter().filter(|text| seen.insert(**text));
        self.0.push(distinct.enumerate().find(|(_, text)| **text == wanted).map(|(at, _)| at + 1));
    }

    fn mean(&self, value: impl Fn(usize) -> f64) -> f64 {
        let sum: f64 = self.0.iter().flatten().map(|rank| value(*rank)).sum();
        sum / self.0.len().max(1) as f64
    }

    fn mean_reciprocal(&self) -> f64 {
        self.mean(|rank| if rank <= 10 { 1.0 / rank as f64 } else { 0.0 })
    }

    fn recall(&self, at: usize) -> f64 {
        self.mean(|rank| f64::from(u8::from(rank <= at)))
    }
}

/// A word as a keyboard without accents writes it.
pub(crate) fn without_accents(word: &str) -> String {
    word.nfd().filter(|letter| !is_combining_mark(*letter)).collect()
}
