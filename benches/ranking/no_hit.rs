//! The commonest pairs of words in titles and headings, in every way in which people write them: all of
//! them must find something.

use std::collections::BTreeMap;

use undex_document::Language;
use undex_query::{DocumentFilter, SearchRequest, Searcher};

use crate::floors::Floors;
use crate::known_item::without_accents;
use crate::measure::Outcome;
use crate::pool::words;

/// Pairs in each language.
const PAIRS: usize = 200;

/// Looks for the pairs, and prints those that find nothing.
pub(crate) fn run(searcher: &Searcher, language: Language, floors: &mut Floors) -> Outcome<()> {
    let pairs = pairs(searcher, language)?;
    let (mut asked, mut without) = (0, Vec::new());
    for pair in &pairs {
        for written in ways(pair) {
            let mut request = SearchRequest::new(written.as_str());
            request.languages = vec![language];
            request.limit = 0;
            asked += 1;
            if searcher.search(&request)?.total == 0 {
                without.push(written);
            }
        }
    }
    println!("no hit, {language}: {} of {asked} for {} pairs", without.len(), pairs.len());
    for query in &without {
        println!("    {query}");
    }
    let share = 1.0 - without.len() as f64 / f64::from(asked.max(1));
    floors.hold(&format!("pairs found, {language}"), share);
    Ok(())
}

/// The pairs of neighbouring words that most titles and headings have.
fn pairs(searcher: &Searcher, language: Language) -> Outcome<Vec<String>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for summary in searcher.documents(&DocumentFilter::default())? {
        if summary.language != language {
            continue;
        }
        let Some(document) = searcher.document(&summary.symbol, language)? else { continue };
        let mut lines: Vec<&String> = document.title.iter().collect();
        lines.extend(document.paragraphs.iter().flat_map(|paragraph| &paragraph.headings));
        lines.sort_unstable();
        lines.dedup();
        for line in lines {
            let words: Vec<String> = words(line).collect();
            let mut of_line: Vec<String> = words.windows(2).map(|pair| pair.join(" ")).collect();
            of_line.sort_unstable();
            of_line.dedup();
            for pair in of_line {
                *counts.entry(pair).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(counts.into_iter().take(PAIRS).map(|(pair, _)| pair).collect())
}

/// A pair in lower case, in capitals and with a capital first, each with and without accents.
fn ways(pair: &str) -> Vec<String> {
    let mut capital = String::new();
    for word in pair.split(' ') {
        let mut letters = word.chars();
        capital.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        capital.push_str(letters.as_str());
        capital.push(' ');
    }
    let mut written = vec![pair.to_owned(), capital.trim_end().to_owned()];
    // In capitals these are operators, which have no place at the end of a query.
    if !pair.split(' ').any(|word| ["and", "or", "not"].contains(&word)) {
        written.push(pair.to_uppercase());
    }
    written.iter().flat_map(|way| [way.clone(), without_accents(way)]).collect()
}
