//! Forms of one word: singular and plural, masculine and feminine, and those of verbs.
//!
//! Two words of the pool are forms of one another when they differ by a pair of endings that the grammar of
//! the language has. No stemmer is asked: the words must not be those that one of them brings together.

use std::collections::BTreeMap;

use undex_document::Language;

use crate::pool::Pool;

/// Letters that both words begin with.
const LEAST_ROOT: usize = 4;

/// Texts in which a form stands: what stands in one alone may be a slip.
const LEAST_TEXTS: usize = 3;

/// Pairs printed of each ending.
const PRINTED: usize = 12;

const ENGLISH: [(&str, &str); 9] = [
    ("", "s"),
    ("y", "ies"),
    ("ss", "sses"),
    ("ch", "ches"),
    ("e", "ing"),
    ("t", "ting"),
    ("n", "ning"),
    ("e", "ed"),
    ("t", "ted"),
];

const SPANISH: [(&str, &str); 12] = [
    ("o", "os"),
    ("a", "as"),
    ("e", "es"),
    ("ión", "iones"),
    ("dad", "dades"),
    ("ivo", "iva"),
    ("ico", "ica"),
    ("ar", "ando"),
    ("ar", "an"),
    ("ado", "ados"),
    ("ado", "ada"),
    ("al", "ales"),
];

const FRENCH: [(&str, &str); 12] = [
    ("e", "es"),
    ("t", "ts"),
    ("n", "ns"),
    ("r", "rs"),
    ("é", "és"),
    ("é", "ée"),
    ("al", "aux"),
    ("al", "ale"),
    ("if", "ive"),
    ("er", "ant"),
    ("er", "ent"),
    ("el", "elle"),
];

/// The pairs of endings of a language.
fn endings(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::Spanish => &SPANISH,
        Language::French => &FRENCH,
        _ => &ENGLISH,
    }
}

/// The other forms of a word that the pool has, without repeats.
pub(crate) fn of<'p>(word: &str, pool: &'p Pool) -> Vec<&'p str> {
    let mut found: Vec<&str> = endings(pool.language)
        .iter()
        .flat_map(|(one, other)| [(one, other), (other, one)])
        .filter_map(|(from, to)| {
            let root = word.strip_suffix(from)?;
            let long = root.chars().count() >= LEAST_ROOT;
            let (known, texts) = pool.words.get_key_value(&format!("{root}{to}"))?;
            (long && *texts >= LEAST_TEXTS).then_some(known.as_str())
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Prints some pairs of each ending.
pub(crate) fn print(pool: &Pool) {
    let mut pairs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (word, texts) in &pool.words {
        for (from, to) in endings(pool.language) {
            let Some(root) = word.strip_suffix(from) else { continue };
            let other = format!("{root}{to}");
            if *texts >= LEAST_TEXTS && of(word, pool).contains(&other.as_str()) {
                pairs.entry(format!("-{from} -{to}")).or_default().push(format!("{word} {other}"));
            }
        }
    }
    for (ending, pairs) in pairs {
        println!("{} {ending}: {} pairs", pool.language, pairs.len());
        let step = pairs.len().div_ceil(PRINTED).max(1);
        for pair in pairs.iter().step_by(step) {
            println!("    {pair}");
        }
    }
}
