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
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::links::{Figures, Links};
use support::real::shared;
use support::score::{Score, Scored};
use support::{Sandbox, repository};
use undex_ingest::{Archive, Catalogue, Context, Extractor, Limits};

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

/// How far documents agree with the expected ones of the same symbol and language.
fn agreement(gold: &[Value], documents: &[Value]) -> Score {
    let key = |document: &Value| {
        (document["symbol"].as_str().unwrap().to_owned(), document["language"].to_string())
    };
    let found: HashMap<_, &Value> =
        documents.iter().map(|document| (key(document), document)).collect();
    let mut score = Score::default();
    let mut missing = Vec::new();
    for gold in gold {
        match found.get(&key(gold)) {
            Some(found) => score.add(&Score::of(&Scored::of(gold), &Scored::of(found))),
            None => missing.push(gold["symbol"].to_string()),
        }
    }
    assert!(missing.is_empty(), "not extracted: {missing:?}");
    for document in documents {
        let paragraphs = document["paragraphs"].as_array().unwrap();
        let places: HashSet<&str> =
            paragraphs.iter().map(|p| p["pinpoint"].as_str().unwrap()).collect();
        assert_eq!(places.len(), paragraphs.len(), "pinpoints of {} repeat", document["symbol"]);
    }
    score
}

/// Fails when a share is below its bound: of paragraphs, and of label, role and notes.
fn at_least(score: &Score, paragraphs: f64, others: f64) {
    let (found, notes) = (score.paragraphs.f1(), score.notes.f1());
    eprintln!("{score:?}, F1 {found:.4}, notes {notes:.4}");
    for (what, share, bound) in [
        ("F1 of paragraphs", found, paragraphs),
        ("label", score.share(score.label), others),
        ("role", score.share(score.role), others),
        ("words", score.share(score.words), others),
        ("F1 of notes", notes, others),
    ] {
        assert!(share >= bound, "{what} is {share:.4}, below {bound}: {score:?}");
    }
}

fn gold(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

/// The files of a folder with an extension, in order.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

#[test]
fn a_session_of_resolutions_agrees_with_the_expected_paragraphs() {
    let Some(shared) = shared("the score of a session") else { return };
    let archive = shared.join("corpus/akn4un/ga-resolutions-78-es.zip");
    let (documents, _) = extracted(&[archive], 0);
    at_least(&agreement(&gold(&shared.join("gold/akn4un-78.es.jsonl")), &documents), 0.995, 0.995);
}

#[test]
fn resolutions_as_pdf_agree_with_the_expected_paragraphs() {
    let Some(shared) = shared("the score of resolutions as PDF") else { return };
    let (documents, _) = extracted(&files(&shared.join("corpus/pdf/resolutions-78"), "pdf"), 0);
    at_least(
        &agreement(&gold(&shared.join("gold/resolutions-78.en.jsonl")), &documents),
        0.995,
        0.995,
    );
}

#[test]
fn the_same_reports_as_word_and_as_pdf_agree() {
    let Some(shared) = shared("the agreement of Word and PDF") else { return };
    let folder = shared.join("corpus/docx");
    let (word, _) = extracted(&files(&folder, "docx"), 0);
    let (pdf, _) = extracted(&files(&folder, "pdf"), 0);
    at_least(&agreement(&word, &pdf), 0.97, 0.95);
}

#[test]
fn citations_agree_with_the_links_of_resolutions() {
    /// Of so many documents one is compared; the bench `citation_accuracy` compares all.
    const ONE_OF: usize = 20;
    let Some(shared) = shared("the citations of resolutions") else { return };
    let facts = fs::read_to_string(repository().join("corpus/catalogue.toml")).unwrap();
    let catalogue = Catalogue::parse("catalogue.toml", &facts).unwrap();
    let extractor = Extractor::new(catalogue, Limits::default());
    let links = Links::new().unwrap();
    let mut figures = Figures::default();
    for session in [75, 76] {
        for language in ["en", "es", "fr"] {
            let name = format!("corpus/akn4un/ga-resolutions-{session}-{language}.zip");
            let mut archive = Archive::open(&shared.join(name), extractor.limits()).unwrap();
            let members = archive.members().to_vec();
            for member in members.iter().step_by(ONE_OF) {
                let path = archive.member_path(member);
                let bytes = archive.read(member).unwrap();
                let extraction =
                    extractor.extract_in_process(&path, &bytes, Context::default()).unwrap();
                let markup = String::from_utf8(bytes).unwrap();
                figures.add(&links.compare(&extraction.document, &markup).figures);
            }
        }
    }
    eprintln!("{figures:?}");
    assert!(figures.documents > 90 && figures.all.gold > 1_000, "{figures:?}");
    let (assembly, all) = (figures.assembly, figures.all);
    for (what, share, bound) in [
        ("precision on resolutions", assembly.precision(), 0.98),
        ("recall on resolutions", assembly.recall(), 0.99),
        ("F1 on all symbols", all.f1(), 0.95),
    ] {
        assert!(share >= bound, "{what} is {share:.4}, below {bound}: {figures:?}");
    }
}

/// What is known of other PDF files: end of the name, symbol, language, date, numbered paragraphs.
const OTHERS: [(&str, &str, &str, Option<&str>, usize); 11] = [
    ("A_79_944.en.pdf", "A/79/944", "en", Some("2025-06-11"), 0),
    ("A_79_PV.64.en.pdf", "A/79/PV.64", "en", Some("2025-04-16"), 0),
    ("A_AC.292_2024_3.es.pdf", "A/AC.292/2024/3", "es", Some("2024-04-29"), 35),
    ("A_C.1_80_L.20.en.pdf", "A/C.1/80/L.20", "en", Some("2025-10-13"), 4),
    ("A_HRC_WG.6_7_ITA_1.en.pdf", "A/HRC/WG.6/7/ITA/1", "en", Some("2009-11-16"), 138),
    ("A_HRC_WG.6_7_ITA_1.fr.pdf", "A/HRC/WG.6/7/ITA/1", "fr", Some("2009-11-16"), 138),
    ("A_RES_48_161.en.pdf", "A/RES/48/161", "en", Some("1993-12-20"), 26),
    ("A_RES_48_161.fr.pdf", "A/RES/48/161", "fr", Some("1993-12-20"), 26),
    ("A_RES_75_312.es.pdf", "A/RES/75/312", "es", Some("2021-07-29"), 9),
    ("S_2024_228.ru.pdf", "S/2024/228", "ru", Some("2024-03-11"), 0),
    ("S_2025_107.en.pdf", "S/2025/107", "en", Some("2025-02-21"), 0),
];

#[test]
fn pdf_files_of_every_kind_are_told_apart() {
    let Some(shared) = shared("the identity of PDF files") else { return };
    let folder = shared.join("corpus/pdf/other");
    let files: Vec<PathBuf> = OTHERS.iter().map(|(name, ..)| folder.join(name)).collect();
    let (documents, _) = extracted(&files, 0);
    assert_eq!(documents.len(), OTHERS.len());
    let mut wrong = Vec::new();
    for (document, (name, symbol, language, date, numbered)) in documents.iter().zip(OTHERS) {
        let found = (
            document["symbol"].as_str().unwrap(),
            document["language"].as_str().unwrap(),
            document["date"].as_str(),
            main_series(document["paragraphs"].as_array().unwrap()),
        );
        if found != (symbol, language, date, numbered) {
            wrong.push(format!(
                "{name}: expected {:?}, found {found:?}",
                (symbol, language, date, numbered)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_scan_is_told_by_its_pages() {
    let Some(shared) = shared("a scan") else { return };
    let scan = shared.join("corpus/pdf/other/A_45_696_Add.1.und.pdf");
    let (documents, stderr) = extracted(&[scan], 2);
    assert!(documents.is_empty());
    assert!(stderr.contains("no text layer: pages 1 to 22"), "{stderr}");
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
