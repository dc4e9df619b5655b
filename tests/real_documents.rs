//! Real documents, where they are at hand: the folder named by `UNDEX_SHARED`, or `../shared` beside
//! the repository. They are not part of the repository; without them these tests say so and end.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise"
)]

mod support;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use support::real::shared;
use support::score::{Score, Scored};
use support::{Sandbox, repository};

/// Documents extracted with the catalogue of the repository.
fn extracted(files: &[PathBuf], code: i32) -> (Vec<Value>, String) {
    let sandbox = Sandbox::new();
    let catalogue = repository().join("corpus/catalogue.toml");
    let mut arguments = vec!["extract".into(), "--json".into(), "--catalogue".into(), catalogue];
    arguments.extend(files.iter().cloned());
    let run = sandbox.run(&arguments).expect(code);
    (run.json(), run.stderr)
}

/// What one of the five text files must give.
struct Seed {
    prefix: &'static str,
    symbol: &'static str,
    /// Numbered paragraphs, by the role they have: those of the main series, and those of lists that
    /// restart.
    numbered: usize,
    /// Numbered notes with their text.
    notes: usize,
    /// Marks whose note's text the file has lost.
    lost: &'static [&'static str],
}

const SEEDS: [Seed; 5] = [
    Seed { prefix: "000", symbol: "A/AC.290/2021/L.2", numbered: 117, notes: 11, lost: &[] },
    Seed {
        prefix: "001",
        symbol: "A/77/275",
        numbered: 17 + 18,
        notes: 25,
        lost: &["26", "27", "28"],
    },
    Seed { prefix: "002", symbol: "A/68/98", numbered: 34, notes: 0, lost: &[] },
    Seed { prefix: "003", symbol: "A/RES/78/237", numbered: 9, notes: 2, lost: &[] },
    Seed { prefix: "004", symbol: "A/RES/71/28", numbered: 5, notes: 4, lost: &[] },
];

#[test]
fn the_five_text_files() {
    let Some(shared) = shared("the five text files") else { return };
    let folder = shared.join("corpus/seeds");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), SEEDS.len());
    let (documents, _) = extracted(&files, 0);
    let mut wrong = Vec::new();
    for (document, seed) in documents.iter().zip(&SEEDS) {
        let path = document["source"]["path"].as_str().unwrap();
        assert!(path.rsplit('/').next().unwrap().starts_with(seed.prefix));
        wrong.extend(differences(document, seed));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn differences(document: &Value, seed: &Seed) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut expect = |what: &str, expected: String, found: String| {
        if expected != found {
            wrong.push(format!("{}: {what}: expected {expected}, found {found}", seed.symbol));
        }
    };
    expect("symbol", seed.symbol.to_owned(), document["symbol"].as_str().unwrap().to_owned());
    expect("language", "es".to_owned(), document["language"].as_str().unwrap().to_owned());

    let paragraphs = document["paragraphs"].as_array().unwrap();
    expect("numbered paragraphs", seed.numbered.to_string(), main_series(paragraphs).to_string());

    let notes = paragraphs.iter().flat_map(|p| p["notes"].as_array().unwrap());
    let (held, lost): (Vec<&Value>, Vec<&Value>) =
        notes.filter(|note| is_number(&note["mark"])).partition(|note| note["text"] != "");
    expect("numbered notes with text", seed.notes.to_string(), held.len().to_string());
    let lost: Vec<&str> = lost.iter().map(|note| note["mark"].as_str().unwrap()).collect();
    expect("lost notes", format!("{:?}", seed.lost), format!("{lost:?}"));
    let warnings = document["warnings"].as_array().unwrap();
    let told = warnings.iter().any(|warning| {
        let message = warning["message"].as_str().unwrap();
        warning["code"] == "note-text-lost" && seed.lost.iter().all(|mark| message.contains(mark))
    });
    expect("lost notes told", (!seed.lost.is_empty()).to_string(), told.to_string());

    let places: HashSet<&str> =
        paragraphs.iter().map(|p| p["pinpoint"].as_str().unwrap()).collect();
    expect("different pinpoints", paragraphs.len().to_string(), places.len().to_string());
    wrong
}

fn is_number(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
}

/// Numbered paragraphs of the document's own series, annexes included; items of lists inside them
/// have numbers too and are none.
fn main_series(paragraphs: &[Value]) -> usize {
    let is_own = |p: &&Value| {
        let last = p["pinpoint"].as_str().unwrap().rsplit(", ").next().unwrap();
        matches!(p["role"].as_str().unwrap(), "paragraph" | "operative")
            && is_number(&p["label"])
            && last.strip_prefix("para. ").is_some_and(|number| number == p["label"])
    };
    paragraphs.iter().filter(is_own).count()
}

#[test]
fn a_session_of_resolutions_agrees_with_the_expected_paragraphs() {
    let Some(shared) = shared("the score of a session") else { return };
    let gold = fs::read_to_string(shared.join("gold/akn4un-78.es.jsonl")).unwrap();
    let archive = shared.join("corpus/akn4un/ga-resolutions-78-es.zip");
    let (documents, _) = extracted(&[archive], 0);

    let by_symbol: HashMap<&str, &Value> =
        documents.iter().map(|document| (document["symbol"].as_str().unwrap(), document)).collect();
    let mut score = Score::default();
    let mut missing = Vec::new();
    for line in gold.lines().filter(|line| !line.trim().is_empty()) {
        let gold: Value = serde_json::from_str(line).unwrap();
        let symbol = gold["symbol"].as_str().unwrap();
        match by_symbol.get(symbol) {
            Some(found) => score.add(&Score::of(&Scored::of(&gold), &Scored::of(found))),
            None => missing.push(symbol.to_owned()),
        }
    }
    assert!(missing.is_empty(), "not extracted: {missing:?}");
    for document in &documents {
        let paragraphs = document["paragraphs"].as_array().unwrap();
        let places: HashSet<&str> =
            paragraphs.iter().map(|p| p["pinpoint"].as_str().unwrap()).collect();
        assert_eq!(places.len(), paragraphs.len(), "pinpoints of {} repeat", document["symbol"]);
    }
    let (paragraphs, notes) = (score.paragraphs.f1(), score.notes.f1());
    eprintln!("{score:?}, F1 {paragraphs:.4}, notes {notes:.4}");
    for (what, share) in [
        ("F1 of paragraphs", paragraphs),
        ("label", score.share(score.label)),
        ("role", score.share(score.role)),
        ("F1 of notes", notes),
    ] {
        assert!(share >= 0.995, "{what} is {share:.4}: {score:?}");
    }
}

#[test]
fn the_one_that_is_malformed_fails_by_its_name() {
    let Some(shared) = shared("the malformed resolution") else { return };
    let archive = shared.join("corpus/akn4un/ga-resolutions-75-es.zip");
    // One document of many: the rest is extracted.
    let (documents, told) = extracted(&[archive], 2);
    assert!(documents.len() > 300, "{}", documents.len());
    let errors: Vec<&str> = told.lines().filter(|line| line.starts_with("error:")).collect();
    assert_eq!(errors.len(), 1, "{told}");
    assert!(errors[0].contains("75_251_B_S.xml"), "{told}");
    assert!(errors[0].contains("malformed akn") && errors[0].contains("line "), "{told}");
}
