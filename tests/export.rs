//! What `undex extract` writes as Akoma Ntoso XML, Markdown and text, and what undex reads in it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{Sandbox, corpus, diff, real};

/// One document of so many is tried, so that the test ends within a minute.
const EVERY: usize = 20;

/// A document's facts and paragraphs, one a line, without what depends on the file.
fn shown(document: &Value) -> String {
    const FACTS: [&str; 8] =
        ["symbol", "symbols", "language", "title", "date", "type", "session", "agenda_items"];
    let mut lines: Vec<String> =
        FACTS.iter().map(|fact| format!("{fact}: {}", document[*fact])).collect();
    let paragraphs = document["paragraphs"].as_array().unwrap();
    lines.extend(paragraphs.iter().map(Value::to_string));
    lines.join("\n")
}

/// Documents by symbol and language, as read from these files.
fn documents(sandbox: &Sandbox, files: &[PathBuf]) -> BTreeMap<String, Value> {
    let mut arguments = vec!["extract".into(), "--json".into()];
    if sandbox.path().join("corpus/catalogue.toml").exists() {
        arguments.extend(["--catalogue".into(), PathBuf::from("corpus/catalogue.toml")]);
    }
    arguments.extend(files.iter().cloned());
    let documents = sandbox.run(&arguments).expect(0).json();
    documents.into_iter().map(|document| (key(&document), document)).collect()
}

fn key(document: &Value) -> String {
    format!("{} {}", document["symbol"], document["language"])
}

/// Writes the files in a format and answers what was written.
fn written(sandbox: &Sandbox, files: &[PathBuf], format: &str) -> Vec<PathBuf> {
    let mut arguments: Vec<PathBuf> =
        ["extract", "--format", format, "--output", format].map(PathBuf::from).into();
    if sandbox.path().join("corpus/catalogue.toml").exists() {
        arguments.extend(["--catalogue", "corpus/catalogue.toml"].map(PathBuf::from));
    }
    arguments.extend(files.iter().cloned());
    sandbox.run(&arguments).expect(0).says_nothing();
    sandbox.files(format).into_keys().collect()
}

/// The documents of these files are the same when they are read from XML of our own.
#[track_caller]
fn assert_akn_survives(sandbox: &Sandbox, files: &[PathBuf]) {
    let expected = documents(sandbox, files);
    let files = written(sandbox, files, "akn");
    assert_eq!(files.len(), expected.len());
    // What the catalogue says must stand in the files themselves.
    let _ = fs::remove_file(sandbox.path().join("corpus/catalogue.toml"));
    let found = documents(sandbox, &files);
    assert_eq!(expected.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
    for (key, document) in &expected {
        if let Some(difference) = diff::lines(&shown(document), &shown(&found[key])) {
            panic!("{key}: - read, + read again\n{difference}");
        }
    }
}

/// The fixtures, of those in several formats one, since they are the same document.
fn fixtures(sandbox: &Sandbox) -> Vec<PathBuf> {
    corpus::fixtures(sandbox);
    let is_document = |path: &Path| path.extension().is_none_or(|end| end != "toml");
    let mut files: Vec<PathBuf> =
        sandbox.files("corpus").into_keys().filter(|path| is_document(path)).collect();
    let mut seen = Vec::new();
    let all = documents(sandbox, &files);
    files.retain(|file| {
        let named =
            all.values().find(|document| document["source"]["path"] == file.to_str().unwrap());
        let key = named.map(key);
        let new = key.as_ref().is_some_and(|key| !seen.contains(key));
        seen.extend(key);
        new
    });
    files
}

#[test]
fn fixtures_survive_as_xml() {
    let sandbox = Sandbox::new();
    let files = fixtures(&sandbox);
    assert!(files.len() >= 14, "{files:?}");
    assert_akn_survives(&sandbox, &files);
}

#[test]
fn fixtures_survive_as_markdown() {
    let sandbox = Sandbox::new();
    let files = fixtures(&sandbox);
    let expected = documents(&sandbox, &files);
    let found = written(&sandbox, &files, "md");
    assert_eq!(found.len(), expected.len());
    let (mut all, mut lost) = (0, Vec::new());
    for file in found {
        let again = sandbox.run(&[Path::new("extract"), Path::new("--json"), &file]).expect(0);
        let again = units(&again.one_json());
        let name = file.file_name().unwrap().to_str().unwrap();
        // Under the name that its symbol and language make.
        let document = expected.values().find(|document| {
            let symbol = document["symbol"].as_str().unwrap().replace(' ', "").replace('/', "_");
            name == format!("{symbol}.{}.md", document["language"].as_str().unwrap())
        });
        let mut again = again;
        for unit in units(document.unwrap()) {
            all += 1;
            match again.iter().position(|other| *other == unit) {
                Some(at) => drop(again.swap_remove(at)),
                None => lost.push(format!("{name}: {unit}")),
            }
        }
    }
    // A note without text gets words in its place, and headings that are not in the form of their
    // kind are taken for it.
    assert!(lost.len() * 50 < all, "{} of {all} lost\n{}", lost.len(), lost.join("\n"));
}

/// Label and text of every paragraph below the masthead, and every note.
fn units(document: &Value) -> Vec<String> {
    let paragraphs = document["paragraphs"].as_array().unwrap();
    let below = paragraphs.iter().filter(|p| p["role"] != "masthead" && p["role"] != "title");
    let unit = |p: &Value| format!("{} {}", p["label"], p["text"]);
    let notes = paragraphs.iter().flat_map(|p| p["notes"].as_array().unwrap());
    below.map(unit).chain(notes.map(|note| note["text"].to_string())).collect()
}

#[test]
fn seeds_survive_as_xml() {
    let Some(shared) = real::shared("the five text files as XML") else { return };
    let files = fs::read_dir(shared.join("corpus/seeds")).unwrap();
    let files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 5);
    assert_akn_survives(&Sandbox::new(), &files);
}

#[test]
fn pdf_and_word_survive_as_xml() {
    let Some(shared) = real::shared("PDF and Word as XML") else { return };
    let read = |folder: &str| {
        let entries = fs::read_dir(shared.join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
    };
    // The same reports as PDF would take the names of those as Word.
    let mut files = read("corpus/docx");
    files.retain(|path| path.extension().is_some_and(|extension| extension == "docx"));
    // A scan gives no document.
    files.extend(
        read("corpus/pdf/other")
            .into_iter()
            .filter(|path| !path.ends_with("A_45_696_Add.1.und.pdf")),
    );
    assert!(files.len() > 20, "{}", files.len());
    assert_akn_survives(&Sandbox::new(), &files);
}

#[test]
fn resolutions_survive_as_xml() {
    let Some(shared) = real::shared("resolutions as XML") else { return };
    let mut archives: Vec<PathBuf> = fs::read_dir(shared.join("corpus/akn4un"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    archives.sort();
    let sandbox = Sandbox::new();
    let mut files = Vec::new();
    for archive in archives {
        let mut members = zip::ZipArchive::new(fs::File::open(archive).unwrap()).unwrap();
        for at in (EVERY / 2..members.len()).step_by(EVERY) {
            let mut member = members.by_index(at).unwrap();
            let name = member.name().unwrap().replace(['/', '\\'], "_");
            let mut content = Vec::new();
            std::io::copy(&mut member, &mut content).unwrap();
            sandbox.write(&format!("real/{name}"), content);
            files.push(PathBuf::from(format!("real/{name}")));
        }
    }
    assert!(files.len() > 100, "{}", files.len());
    assert_akn_survives(&sandbox, &files);
}

#[test]
fn text_is_the_same_in_a_file_and_in_a_pipe() {
    let sandbox = Sandbox::new();
    for file in fixtures(&sandbox) {
        let arguments = ["extract", file.to_str().unwrap(), "--catalogue", "corpus/catalogue.toml"];
        let piped = sandbox.run(&arguments).expect(0).stdout;
        let stated = [&arguments[..], &["--format", "text"]].concat();
        assert_eq!(sandbox.run(&stated).expect(0).stdout, piped);
        let folder = [&arguments[..], &["-o", "out", "--force"]].concat();
        sandbox.run(&folder).expect(0);
        let files = sandbox.files("out");
        assert_eq!(files.len(), 1);
        let (name, content) = files.into_iter().next().unwrap();
        assert_eq!(String::from_utf8(content).unwrap(), piped, "{}", file.display());
        sandbox.remove(name.to_str().unwrap());
    }
}
