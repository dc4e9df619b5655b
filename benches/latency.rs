//! How long a search takes in a program that has the index open, by the kind of query, beside the engine's
//! own parser and scores over the same paragraphs with stock tokenizers.
//!
//! ```sh
//! UNDEX_SHARED=... cargo bench --bench latency
//! ```
//!
//! For each language, seeded queries are made of the words of one paragraph each; every query runs once to
//! warm up and once to be measured, on one thread, ten hits each. undex answers from one index of all languages
//! and reads its hits, with snippets; `in its language` has `lang:` beside the query. The engine's index holds
//! the texts of one language alone, each once, and its hits are numbers. It has no prefix of a single word and
//! no conditions.

#![allow(clippy::print_stdout, reason = "its output is its result")]

mod measure;
#[allow(dead_code, reason = "only a part of it is needed here")]
#[path = "ranking/pool.rs"]
mod pool;
#[allow(dead_code, reason = "only a part of it is needed here")]
#[path = "ranking/random.rs"]
mod random;
#[path = "ranking/stock.rs"]
mod stock;

use std::time::Instant;

use measure::{Documents, Outcome, folder, index, machine, quantile};
use pool::Pool;
use random::Random;
use stock::Stock;
use undex_document::Language;
use undex_query::{Fold, SearchRequest};

/// Queries of each kind and language.
const QUERIES: usize = 200;

const LANGUAGES: [Language; 3] = [Language::Spanish, Language::French, Language::English];

/// Hits of each answer.
const HITS: usize = 10;

const SEED: u64 = 6;

/// Words of one paragraph.
struct Asked {
    /// Those that say something, each once, in order.
    words: Vec<String>,
    /// Two that are neighbours in it.
    pair: (String, String),
}

impl Asked {
    fn of(pool: &Pool, random: &mut Random) -> Option<Self> {
        let (number, words) = random.one_of(&pool.wanted)?;
        let text: Vec<String> = pool::words(pool.texts.get(*number)?).collect();
        let pairs: Vec<&[String]> =
            text.windows(2).filter(|pair| pair.iter().all(|word| long(word))).collect();
        let pair = match random.one_of(&pairs)? {
            [first, second] => (first.clone(), second.clone()),
            _ => return None,
        };
        Some(Self { words: words.clone(), pair })
    }
}

fn long(word: &str) -> bool {
    word.chars().count() >= 4
}

/// A kind of query: of the words of a paragraph, what undex is asked, and what the engine is.
struct Kind {
    name: &'static str,
    undex: fn(&Asked) -> Option<String>,
    stock: fn(&Asked) -> Option<String>,
    /// Whether paragraphs that are alike are one hit.
    fold: bool,
}

const KINDS: [Kind; 8] = [
    Kind { name: "one word", undex: one, stock: one, fold: false },
    Kind { name: "four words", undex: four, stock: four, fold: false },
    Kind { name: "four words, those alike as one", undex: four, stock: |_| None, fold: true },
    Kind { name: "phrase of two", undex: phrase, stock: phrase, fold: false },
    Kind { name: "prefix of five letters", undex: prefix, stock: |_| None, fold: false },
    Kind { name: "NEAR/5", undex: near, stock: slop, fold: false },
    Kind { name: "fuzzy word", undex: fuzzy, stock: |_| None, fold: false },
    Kind { name: "four words, type and years", undex: filtered, stock: |_| None, fold: false },
];

fn one(asked: &Asked) -> Option<String> {
    asked.words.first().cloned()
}

fn four(asked: &Asked) -> Option<String> {
    asked.words.get(..4).map(|words| words.join(" "))
}

fn phrase(asked: &Asked) -> Option<String> {
    Some(format!("\"{} {}\"", asked.pair.0, asked.pair.1))
}

fn prefix(asked: &Asked) -> Option<String> {
    let start: String = asked.words.first()?.chars().take(5).collect();
    Some(format!("{start}*"))
}

fn near(asked: &Asked) -> Option<String> {
    Some(format!("{} NEAR/5 {}", asked.pair.0, asked.pair.1))
}

/// The nearest to it that the engine has: in this order only.
fn slop(asked: &Asked) -> Option<String> {
    Some(format!("{}~5", phrase(asked)?))
}

fn fuzzy(asked: &Asked) -> Option<String> {
    Some(format!("{}~1", asked.words.first()?))
}

fn filtered(asked: &Asked) -> Option<String> {
    Some(format!("{} type:resolution year:2021..", four(asked)?))
}

fn main() -> Outcome<()> {
    let documents = Documents::all();
    println!("{}", machine());
    let folder = folder()?;
    println!("{}", documents.name);
    let searcher = index(&documents.inputs, &folder.path().join("index"))?;
    let mut random = Random::new(SEED);
    let mut sides = Vec::new();
    for language in LANGUAGES {
        let pool = Pool::read(&searcher, language)?;
        let asked: Vec<Asked> =
            (0..QUERIES).filter_map(|_| Asked::of(&pool, &mut random)).collect();
        sides.push((language, Stock::index(&pool)?, asked));
    }
    println!("{:32} {:>10} {:>10}", "milliseconds", "median", "99 %");
    for kind in &KINDS {
        let (mut all, mut narrowed, mut engine) = (Vec::new(), Vec::new(), Vec::new());
        for (language, stock, asked) in &sides {
            let request = |query: String, languages: Vec<Language>| SearchRequest {
                languages,
                limit: HITS,
                fold: kind.fold.then_some(Fold::Newest),
                ..SearchRequest::new(query)
            };
            let queries: Vec<String> = asked.iter().filter_map(|one| (kind.undex)(one)).collect();
            let anywhere = queries.iter().map(|query| request(query.clone(), Vec::new()));
            all.extend(timed(anywhere, |request| Ok(searcher.search(request).map(drop)?))?);
            let there = queries.iter().map(|query| request(query.clone(), vec![*language]));
            narrowed.extend(timed(there, |request| Ok(searcher.search(request).map(drop)?))?);
            let queries = asked.iter().filter_map(|one| (kind.stock)(one));
            engine.extend(timed(queries, |query| stock.search(query, HITS).map(drop))?);
        }
        println!("{}", kind.name);
        print("  undex", &all);
        print("  undex in its language", &narrowed);
        print("  engine", &engine);
    }
    Ok(())
}

/// Milliseconds that each takes the second time.
fn timed<Q>(
    queries: impl Iterator<Item = Q>,
    search: impl Fn(&Q) -> Outcome<()>,
) -> Outcome<Vec<f64>> {
    let mut times = Vec::new();
    for query in queries {
        search(&query)?;
        let started = Instant::now();
        search(&query)?;
        times.push(started.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(times)
}

fn print(name: &str, times: &[f64]) {
    if !times.is_empty() {
        println!("{name:32} {:>10.3} {:>10.3}", quantile(times, 0.5), quantile(times, 0.99));
    }
}
