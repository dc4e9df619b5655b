//! What is read from each file under `tests/fixtures/valid`, against the `.json` beside it.
//!
//! A fixture is a short document of our own; one of Word is a folder with the parts of its archive. Its expectation gives the identity, the codes of the
//! warnings, and one line for each paragraph: role, label, pinpoint, text, notes, and the headings it
//! stands under. Run with
//! `UNDEX_BLESS=1` to write the expectations anew; then read every changed line before it is
//! committed, since what is blessed is what is promised.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use support::{Sandbox, diff, repository};
use undex_ingest::EXTRACTION_VERSION;

/// Versions of extraction, and a hash of everything that the fixtures gave under each.
const VERSIONS: [(u32, &str); 6] = [
    (1, "129db303b6ab0233"),
    (2, "129db303b6ab0233"),
    (3, "129db303b6ab0233"),
    (4, "129db303b6ab0233"),
    (5, "129db303b6ab0233"),
    (6, "129db303b6ab0233"),
];

#[test]
fn every_fixture_gives_its_document() {
    let folder = repository().join("tests/fixtures/valid");
    let bless = std::env::var_os("UNDEX_BLESS").is_some_and(|value| value == "1");
    let mut failures = Vec::new();
    let fixtures = fixtures(&folder);
    assert!(fixtures.len() >= 15, "the fixtures are missing from {}", folder.display());
    for fixture in fixtures {
        let name = fixture.file_name().unwrap().to_str().unwrap();
        let found = extracted(&folder, name);
        let expectation = folder.join(format!("{name}.json"));
        if bless {
            fs::write(&expectation, &found).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&expectation).unwrap_or_default();
        if let Some(difference) = diff::lines(&expected, &found) {
            failures.push(format!("{name}: - expected, + found\n{difference}"));
        }
    }
    assert!(failures.is_empty(), "{} fixtures differ\n{}", failures.len(), failures.join("\n"));
}

/// The documents, without what stands beside them.
fn fixtures(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            !name.ends_with(".json") && !name.ends_with(".toml")
        })
        .collect();
    files.sort();
    files
}

/// Documents kept beside an index are taken for what this version would extract, so what it extracts may not
/// change under the same number.
#[test]
fn a_change_of_extraction_has_a_version_of_its_own() {
    let folder = repository().join("tests/fixtures/valid");
    let mut hasher = Sha256::new();
    for fixture in fixtures(&folder) {
        let name = fixture.file_name().unwrap().to_str().unwrap();
        let mut document = document(&folder, name);
        // A crate built beside this one may ask `serde_json` to keep another order.
        document.sort_all_objects();
        hasher.update(serde_json::to_vec(&document).unwrap());
    }
    let hash: String = hasher.finalize()[..8].iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(
        VERSIONS.last(),
        Some(&(EXTRACTION_VERSION, hash.as_str())),
        "the fixtures give other documents than before. If a fixture was added or altered, write the new \
         hash; if extraction was, raise EXTRACTION_VERSION and add a line"
    );
}

/// What the program makes of a fixture, in the form of an expectation.
fn extracted(folder: &Path, name: &str) -> String {
    shown(&document(folder, name))
}

/// What the program makes of a fixture.
fn document(folder: &Path, name: &str) -> Value {
    let sandbox = Sandbox::new();
    let fixture = folder.join(name);
    let content = match fixture.is_dir() {
        true => support::archive::of_folder(&fixture),
        false => fs::read(&fixture).unwrap(),
    };
    sandbox.write(name, content);
    sandbox.write("facts.toml", fs::read(folder.join("catalogue.toml")).unwrap());
    let facts = format!("{name}.meta.toml");
    if let Ok(content) = fs::read(folder.join(&facts)) {
        sandbox.write(&facts, content);
    }
    let run = sandbox.run(&["extract", name, "--json", "--catalogue", "facts.toml"]).expect(0);
    run.one_json()
}

/// A document as an expectation: short, and one line for each thing that can differ.
fn shown(document: &Value) -> String {
    let mut lines = vec!["{".to_owned()];
    let facts = [
        "symbols",
        "language",
        "date",
        "type",
        "session",
        "agenda_items",
        "title",
        "identified_by",
    ];
    lines.push(format!("  \"format\": {},", document["source"]["format"]));
    lines.extend(facts.iter().map(|fact| format!("  \"{fact}\": {},", document[*fact])));
    let codes: Vec<&Value> = document["warnings"].as_array().unwrap().iter().collect();
    let codes: Vec<&Value> = codes.iter().map(|warning| &warning["code"]).collect();
    lines.push(format!("  \"warnings\": {},", json!(codes)));
    lines.push("  \"paragraphs\": [".to_owned());
    let paragraphs = document["paragraphs"].as_array().unwrap();
    for (at, p) in paragraphs.iter().enumerate() {
        let notes: Vec<Value> = p["notes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|note| json!([note["mark"], note["text"]]))
            .collect();
        let headings: Vec<&str> =
            p["headings"].as_array().unwrap().iter().map(|h| h.as_str().unwrap()).collect();
        let under = headings.join(" › ");
        let row = json!([p["role"], p["label"], p["pinpoint"], p["text"], notes, under]);
        lines.push(format!("    {row}{}", if at + 1 < paragraphs.len() { "," } else { "" }));
    }
    lines.push("  ]".to_owned());
    lines.push("}\n".to_owned());
    lines.join("\n")
}

#[test]
fn texts_of_the_fixtures_are_our_own() {
    let folder = repository().join("tests/fixtures/valid");
    for fixture in fixtures(&folder) {
        let size = fs::metadata(&fixture).unwrap().len();
        assert!(size < 16_000, "{}: {size} bytes; fixtures are short", fixture.display());
    }
}
