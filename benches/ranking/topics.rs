//! Questions as people put them, with paragraphs that somebody has looked at and graded.
//!
//! A file in `topics/` for each: the question in three languages, and what was judged: where a paragraph
//! stands, a grade, and why. A grade holds for the paragraph in every language, and for paragraphs with the
//! same text.
//!
//! | grade | the paragraph |
//! |---|---|
//! | 0 | is about something else |
//! | 1 | touches the subject |
//! | 2 | is about the subject |
//! | 3 | says what was asked for, and would be cited |
//!
//! Judged is the top of four rankings: those of undex with and without the thesaurus that is in the repository,
//! that of the engine's own query parser, and that of undex with the question made longer by the words of its
//! first hits. nDCG has 2^grade - 1 as gain; recall is of what was graded 2 or 3. A paragraph that nobody has
//! judged counts as 0, and how many there are among the first ten stands beside the figures.
//!
//! The thesaurus was written without the questions, but not without some of their subjects, which everybody who
//! writes of such searches names: child soldiers, killer robots, tax havens, land grabs, brain drain, victims of
//! landmines, vaccines, fake news, overfishing, female circumcision, sending money home, attribution, journalists
//! killed. The figures of each topic show what it does for the others.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use undex_document::Language;
use undex_query::{SearchRequest, Searcher, Thesaurus};

use crate::LANGUAGES;
use crate::floors::Floors;
use crate::measure::Outcome;
use crate::pool::{Pool, words};
use crate::stock::Stock;

/// Hits of each ranking that are judged.
const JUDGED: usize = 20;

/// Hits that are asked for; of those with the same text one counts.
const HITS: usize = 200;

/// Hits from which the question is made longer, and by how many words.
const FEEDBACK: (usize, usize) = (10, 8);

/// The grade from which a paragraph is one that should be found.
const RELEVANT: u8 = 2;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    #[serde(skip)]
    name: String,
    en: String,
    es: String,
    fr: String,
    /// Where, grade, why.
    judged: Vec<(String, u8, String)>,
}

/// What undex may find a paragraph by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// The words of the question, other names of the thesaurus that is in the repository, and related words.
    All,
    /// The words of the question and related words.
    NoThesaurus,
    /// The words of the question.
    Words,
}

/// undex, with the thesaurus.
struct Undex<'s> {
    searcher: &'s Searcher,
    thesaurus: Arc<Thesaurus>,
}

/// Asks all topics in all languages; prints the figures, or writes what is to be judged.
pub(crate) fn run(
    searcher: &Searcher,
    to_judge: Option<&Path>,
    floors: &mut Floors,
) -> Outcome<()> {
    let topics = read()?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/thesaurus.toml");
    let thesaurus = Thesaurus::parse(&path.to_string_lossy(), &fs::read_to_string(&path)?)?;
    let undex = Undex { searcher, thesaurus: Arc::new(thesaurus) };
    let mut pools = Vec::new();
    for language in LANGUAGES {
        let pool = Pool::read(searcher, language)?;
        let stock = Stock::index(&pool)?;
        pools.push((pool, stock));
    }
    match to_judge {
        Some(folder) => write_unjudged(&undex, &topics, &pools, folder),
        None => measure(&undex, &topics, &pools, floors),
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/ranking/topics")
}

fn read() -> Outcome<Vec<Topic>> {
    let mut topics = Vec::new();
    for entry in fs::read_dir(folder())? {
        let path = entry?.path();
        let text = fs::read_to_string(&path)?;
        let mut topic: Topic =
            toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        topic.name =
            path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        topics.push(topic);
    }
    topics.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(topics)
}

impl Topic {
    fn question(&self, language: Language) -> &str {
        match language {
            Language::Spanish => &self.es,
            Language::French => &self.fr,
            _ => &self.en,
        }
    }

    /// The grades of the texts of a pool.
    fn grades(&self, pool: &Pool) -> HashMap<usize, u8> {
        let judged: HashMap<&str, u8> =
            self.judged.iter().map(|(place, grade, _)| (place.as_str(), *grade)).collect();
        let grades = pool.places.iter().enumerate().filter_map(|(text, places)| {
            let grades = places.iter().filter_map(|place| judged.get(place.as_str()));
            Some((text, *grades.max()?))
        });
        grades.collect()
    }
}

fn measure(
    undex: &Undex<'_>,
    topics: &[Topic],
    pools: &[(Pool, Stock)],
    floors: &mut Floors,
) -> Outcome<()> {
    for (pool, stock) in pools {
        let language = pool.language.code();
        let mut figures: [Figures; 4] = Default::default();
        let mut each = String::new();
        for topic in topics {
            let (question, grades) = (topic.question(pool.language), topic.grades(pool));
            let rankings = [
                undex.search(pool, question, By::All)?,
                undex.search(pool, question, By::NoThesaurus)?,
                undex.search(pool, question, By::Words)?,
                engine(stock, question)?,
            ];
            let mut line = format!("    {:<20}", topic.name);
            for (figures, ranking) in figures.iter_mut().zip(&rankings) {
                let gain = figures.add(ranking, &grades);
                line.push_str(&gain.map_or("     -".to_owned(), |gain| format!(" {gain:.3}")));
            }
            each.push_str(&line);
            each.push('\n');
        }
        let [ours, unnamed, matches, theirs] = &figures;
        println!("judged topics, {language}: {}", ours.0.len());
        for (program, figures) in [
            ("undex", ours),
            ("undex, no thesaurus", unnamed),
            ("undex, matches alone", matches),
            ("engine", theirs),
        ] {
            println!(
                "  {program:<20} nDCG@10 {:.3}  recall@20 {:.3}  not judged {:.1} %",
                figures.mean(|one| one.gain),
                figures.mean(|one| one.recall),
                100.0 * figures.mean(|one| one.not_judged)
            );
        }
        println!("    nDCG@10 of each, in the same order\n{each}");
        floors.hold(&format!("nDCG@10, {language}"), ours.mean(|one| one.gain));
        floors.hold(&format!("recall@20, {language}"), ours.mean(|one| one.recall));
    }
    Ok(())
}

/// The figures of each topic.
#[derive(Default)]
struct Figures(Vec<Figure>);

struct Figure {
    gain: f64,
    recall: f64,
    not_judged: f64,
}

impl Figures {
    /// Gives the nDCG; none where nothing is to be found, which is no failure to find it.
    fn add(&mut self, found: &[usize], grades: &HashMap<usize, u8>) -> Option<f64> {
        let gain = |grade: u8| f64::from((1_u32 << grade) - 1);
        let discounted = |grades: &[u8]| -> f64 {
            let gains = grades.iter().take(10).zip(2_u32..);
            gains.map(|(grade, rank)| gain(*grade) / f64::from(rank).log2()).sum()
        };
        let of = |text: &usize| grades.get(text).copied();
        let graded: Vec<u8> = found.iter().map(|text| of(text).unwrap_or(0)).collect();
        let mut best: Vec<u8> = grades.values().copied().collect();
        best.sort_unstable_by(|a, b| b.cmp(a));
        let ideal = discounted(&best);
        let relevant = best.iter().filter(|grade| **grade >= RELEVANT).count().min(JUDGED);
        if relevant == 0 {
            return None;
        }
        let hits = graded.iter().take(JUDGED).filter(|grade| **grade >= RELEVANT).count();
        let unknown = found.iter().take(10).filter(|text| of(text).is_none()).count();
        let gain = discounted(&graded) / ideal;
        self.0.push(Figure {
            gain,
            recall: hits as f64 / relevant as f64,
            not_judged: unknown as f64 / found.len().clamp(1, 10) as f64,
        });
        Some(gain)
    }

    fn mean(&self, value: impl Fn(&Figure) -> f64) -> f64 {
        self.0.iter().map(value).sum::<f64>() / self.0.len().max(1) as f64
    }
}

impl Undex<'_> {
    /// The texts that it finds, each once, best first.
    fn search(&self, pool: &Pool, question: &str, by: By) -> Outcome<Vec<usize>> {
        let mut request = SearchRequest::new(as_words(question));
        request.languages = vec![pool.language];
        request.limit = HITS;
        request.related = by != By::Words;
        request.thesaurus = (by == By::All).then(|| Arc::clone(&self.thesaurus));
        let answer = self.searcher.search(&request)?;
        Ok(once(answer.hits.iter().map(|hit| pool.number_of(&hit.paragraph.text))))
    }

    /// What undex finds when the question is made longer by the words that its first hits have and others have not.
    fn feedback(&self, pool: &Pool, question: &str) -> Outcome<Vec<usize>> {
        let (hits, more) = FEEDBACK;
        let asked: BTreeSet<String> = words(question).collect();
        let mut counts: BTreeMap<String, f64> = BTreeMap::new();
        for text in self.search(pool, question, By::Words)?.into_iter().take(hits) {
            let words: BTreeSet<String> =
                pool.texts.get(text).into_iter().flat_map(|text| words(text)).collect();
            for word in words {
                let texts = pool.words.get(&word).copied().unwrap_or(1);
                let rarity = (pool.texts.len() as f64 / texts as f64).ln();
                if !asked.contains(&word) {
                    *counts.entry(word).or_default() += rarity;
                }
            }
        }
        let mut counts: Vec<(String, f64)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let words: Vec<String> =
            asked.into_iter().chain(counts.into_iter().take(more).map(|(word, _)| word)).collect();
        self.search(pool, &words.join(" OR "), By::Words)
    }
}

fn engine(stock: &Stock, question: &str) -> Outcome<Vec<usize>> {
    Ok(once(stock.search(&as_words(question), HITS)?.into_iter()))
}

/// A question without its marks, some of which are syntax.
fn as_words(question: &str) -> String {
    question.replace(['?', '¿', '\u{a0}'], " ")
}

fn once(texts: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| seen.insert(*text)).collect()
}

/// Writes a file for each topic: what stands at the top of a ranking and has no grade, a paragraph a line.
fn write_unjudged(
    undex: &Undex<'_>,
    topics: &[Topic],
    pools: &[(Pool, Stock)],
    folder: &Path,
) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    let mut total = 0;
    for topic in topics {
        let mut unjudged: BTreeMap<&str, String> = BTreeMap::new();
        for (pool, stock) in pools {
            let (question, grades) = (topic.question(pool.language), topic.grades(pool));
            let rankings = [
                undex.search(pool, question, By::All)?,
                undex.search(pool, question, By::NoThesaurus)?,
                engine(stock, question)?,
                undex.feedback(pool, question)?,
            ];
            for text in rankings.iter().flat_map(|ranking| ranking.iter().take(JUDGED)) {
                let places = pool.places.get(*text).into_iter().flatten();
                let known = grades.contains_key(text)
                    || places.clone().any(|place| unjudged.contains_key(place.as_str()));
                if let (Some(place), Some(content), false) =
                    (places.clone().next(), pool.texts.get(*text), known)
                {
                    unjudged.insert(place, content.replace(['\n', '\t'], " "));
                }
            }
        }
        total += unjudged.len();
        let mut lines = format!("# {} | {} | {}\n", topic.en, topic.es, topic.fr);
        for (place, text) in unjudged {
            lines.push_str(&format!("{place}\t{text}\n"));
        }
        fs::write(folder.join(format!("{}.txt", topic.name)), lines)?;
    }
    println!("{total} paragraphs to be judged, in {}", folder.display());
    Ok(())
}
