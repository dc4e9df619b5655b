//! Damage to the files of a generation: each altered, cut and removed in turn.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::Value;
use undex_document::{Language, Symbol};
use undex_query::{
    CitedByRequest, DocumentFilter, GraphRequest, MissingRequest, SearchError, SearchRequest,
    Searcher, verify,
};
use undex_schema::{
    BLOCK_BYTES, FileRecord, IndexedDocument, Layout, MANIFEST, MANIFEST_SUMS, OpenError, Outcome,
    SOURCES, SourceFile, SourceRecord, is_source_file, manifest_sums,
};

use crate::support::corpus::long_report;
use crate::support::{Run, Sandbox, keys};
use crate::{DOCUMENTS, indexed};

/// Places in each file that a seed chooses, besides the ends of every block.
const CHOSEN_PLACES: usize = 24;

/// What the commands below answer, or why one of them does not.
type Answers = Vec<Result<String, SearchError>>;

/// Something done to a file, and what it is called when a test fails.
struct Damage {
    name: String,
    /// The new content; none when the file is removed.
    content: Option<Vec<u8>>,
}

/// An index of the fixtures and of a document that fills several blocks.
fn large() -> Sandbox {
    let sandbox = indexed();
    sandbox.write("corpus/long.md", long_report(1, 1_200));
    sandbox.run(&["index", "--quiet"]).expect(0);
    sandbox
}

/// The folder of the generation in use.
fn generation(sandbox: &Sandbox) -> PathBuf {
    let name = fs::read_to_string(sandbox.path().join("index/CURRENT")).unwrap();
    sandbox.path().join("index").join(name.trim_end())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The largest of the files whose names end so.
fn largest(folder: &Path, end: &str) -> PathBuf {
    let names = names(folder).into_iter().filter(|name| name.ends_with(end));
    let size = |path: &PathBuf| fs::metadata(path).unwrap().len();
    names.map(|name| folder.join(name)).max_by_key(size).unwrap()
}

/// A copy of the corpus, and of the generation in use in an index of its own.
fn copy(sandbox: &Sandbox) -> Sandbox {
    let copy = Sandbox::new();
    for (path, content) in sandbox.files("corpus") {
        copy.write(path.to_str().unwrap(), content);
    }
    let folder = generation(sandbox);
    let number = folder.file_name().unwrap().to_str().unwrap();
    copy.write("index/CURRENT", format!("{number}\n"));
    for name in names(&folder) {
        copy.write(&format!("index/{number}/{name}"), fs::read(folder.join(&name)).unwrap());
    }
    copy
}

/// A flip at both ends of every block and at places that the file's name chooses, cuts, an addition,
/// and the removal.
fn damages(name: &str, content: &[u8]) -> Vec<Damage> {
    let mut places: Vec<usize> = Vec::new();
    for start in (0..content.len()).step_by(BLOCK_BYTES) {
        places.push(start);
        places.push((start + BLOCK_BYTES).min(content.len()) - 1);
    }
    let mut state = name.bytes().fold(0x9E37_79B9_7F4A_7C15_u64, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    for _ in 0..CHOSEN_PLACES {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        places.extend((state as usize).checked_rem(content.len()));
    }
    places.sort_unstable();
    places.dedup();
    let flips = places.iter().map(|at| {
        let mut altered = content.to_vec();
        altered[*at] ^= 1 << (at % 8);
        Damage {
            name: format!("{name}: bit {} of byte {at} flipped", at % 8),
            content: Some(altered),
        }
    });
    let cuts = [0, content.len() / 2, content.len().saturating_sub(1)].map(|length| Damage {
        name: format!("{name}: cut to {length} bytes"),
        content: Some(content[..length].to_vec()),
    });
    let longer =
        Damage { name: format!("{name}: a byte more"), content: Some([content, b" "].concat()) };
    let removed = Damage { name: format!("{name}: removed"), content: None };
    flips.chain(cuts).chain([longer, removed]).collect()
}

/// Does each damage to each file in turn, and lets `look` see the index with it.
fn each_damage(sandbox: &Sandbox, look: impl Fn(&Sandbox, &Damage) + Sync) -> usize {
    let done: Vec<usize> = names(&generation(sandbox))
        .into_par_iter()
        .map(|name| {
            let copy = copy(sandbox);
            let path = generation(&copy).join(&name);
            let content = fs::read(&path).unwrap();
            let damages = damages(&name, &content);
            for damage in &damages {
                match &damage.content {
                    Some(content) => fs::write(&path, content).unwrap(),
                    None => fs::remove_file(&path).unwrap(),
                }
                look(&copy, damage);
            }
            damages.len()
        })
        .collect();
    done.iter().sum()
}

/// Asks for everything that an index can be asked.
fn answers(index: &Path) -> Answers {
    let searcher = match Searcher::open(index) {
        Ok(searcher) => searcher,
        Err(error) => return vec![Err(error)],
    };
    let queries = [
        "de",
        "relojes torre",
        "\"the clock\"",
        "con*",
        "title:report -clock",
        "lang:es relojes",
        "year:2000..2190 de",
        "symbol:UNDEX/LONG/1 the",
        "cites:UNDEX/999/7",
        "note:a OR heading:a",
        "resolucion",
    ];
    let mut answers: Answers = queries
        .iter()
        .map(|query| {
            let mut request = SearchRequest::new(*query);
            request.limit = 50;
            searcher.search(&request).map(|answer| format!("{answer:?}"))
        })
        .collect();
    let listed = searcher.documents(&DocumentFilter::default());
    answers.push(listed.map(|listed| format!("{listed:?}")));
    for (symbol, language) in
        [("UNDEX/LONG/1", Language::English), ("UNDEX/999/7", Language::Spanish)]
    {
        let symbol: Symbol = symbol.parse().unwrap();
        answers.push(searcher.holding(&symbol).map(|found| format!("{found:?}")));
        answers.push(searcher.document(&symbol, language).map(|found| format!("{found:?}")));
        answers.push(searcher.cites(&symbol, language).map(|found| format!("{found:?}")));
        let request = CitedByRequest::new(symbol.clone());
        answers.push(searcher.cited_by(&request).map(|found| format!("{found:?}")));
        let request = GraphRequest::new(symbol);
        answers.push(searcher.graph(&request).map(|found| format!("{found:?}")));
    }
    let missing = searcher.missing(&MissingRequest::default());
    answers.push(missing.map(|missing| format!("{missing:?}")));
    answers
}

fn is_damage(error: &SearchError) -> bool {
    matches!(error, SearchError::Damaged(_) | SearchError::Open(OpenError::Damaged { .. }))
}

#[test]
fn what_is_damaged_is_told_or_not_needed() {
    let sandbox = large();
    let files = names(&generation(&sandbox));
    let blocks = |name: &String| fs::metadata(generation(&sandbox).join(name)).unwrap().len();
    assert!(files.iter().any(|name| blocks(name) > 2 * BLOCK_BYTES as u64), "no file of 3 blocks");
    let sound: Vec<String> =
        answers(&sandbox.path().join("index")).into_iter().map(Result::unwrap).collect();
    let done = each_damage(&sandbox, |damaged, damage| {
        let verified = verify(&damaged.path().join("index")).unwrap();
        assert!(!verified.is_sound(), "{}: not found", damage.name);
        let found = answers(&damaged.path().join("index"));
        if let [Err(error)] = found.as_slice() {
            assert!(is_damage(error), "{}: {error}", damage.name);
            return;
        }
        for (answer, sound) in found.iter().zip(&sound) {
            match answer {
                Ok(answer) => assert!(answer == sound, "{}: {answer}\nnot {sound}", damage.name),
                Err(error) => assert!(is_damage(error), "{}: {error}", damage.name),
            }
        }
    });
    assert!(done > 15 * files.len(), "{done} damages of {} files", files.len());
}

#[test]
fn a_damaged_file_is_named() {
    let sandbox = large();
    let folder = generation(&sandbox);
    let told = |run: Run, name: &str| {
        run.expect(3).tells(name).tells("damaged").tells("run `undex index --rebuild`")
    };
    let stores = names(&folder).into_iter().filter(|name| name.ends_with(".store"));
    for name in stores.chain([undex_schema::MANIFEST.to_owned(), "meta.json".to_owned()]) {
        let path = folder.join(&name);
        let content = fs::read(&path).unwrap();
        let mut altered = content.clone();
        altered.iter_mut().step_by(BLOCK_BYTES).for_each(|byte| *byte ^= 4);
        fs::write(&path, altered).unwrap();
        if name.ends_with(".store") {
            // What is stored of a document stands in one of them; the lists need them all.
            told(sandbox.run(&["list"]), &name).says_nothing().tells("altered between bytes");
            told(sandbox.run(&["missing"]), &name);
        } else {
            for arguments in [&["search", "de"][..], &["show", "UNDEX/999/7"], &["info"]] {
                told(sandbox.run(arguments), &name).says_nothing();
            }
        }
        fs::write(&path, content).unwrap();
        sandbox.run(&["list"]).expect(0).tells_nothing();
    }
}

/// What is told of the problems that `undex verify` finds: code, path, message.
fn problems(sandbox: &Sandbox) -> Vec<[String; 3]> {
    let found = sandbox.run(&["verify", "--json"]).expect(3).tells_nothing().one_json();
    assert_eq!(found["sound"], false);
    let text = |problem: &Value, key: &str| problem[key].as_str().unwrap().to_owned();
    let problems = found["problems"].as_array().unwrap().iter();
    problems.map(|one| ["code", "path", "message"].map(|key| text(one, key))).collect()
}

#[test]
fn a_sound_index_is_verified_and_not_written_to() {
    let sandbox = large();
    let before = sandbox.files("index");
    let run = sandbox.run(&["verify"]).expect(0).says_nothing().tells("index is sound:");
    run.tells("19 documents").tells("19 documents read whole");
    let found = sandbox.run(&["verify", "--json"]).expect(0).tells_nothing().one_json();
    assert_eq!(
        keys(&found),
        [
            "bytes",
            "documents",
            "documents_read",
            "files",
            "generation",
            "index",
            "paragraphs",
            "problems",
            "schema",
            "seconds",
            "sound",
        ]
    );
    let info = sandbox.run(&["info", "--json"]).expect(0).one_json();
    for field in ["generation", "documents", "paragraphs", "bytes"] {
        assert_eq!(found[field], info[field], "{field}");
    }
    let files = names(&generation(&sandbox)).len() - 1;
    assert_eq!([&found["files"], &found["documents_read"]], [files, DOCUMENTS + 1]);
    assert!(before == sandbox.files("index"), "verifying changed the index");
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let sandbox = large();
    let folder = generation(&sandbox);
    let [altered, removed, cut] = [".idx", ".fast", ".pos"].map(|end| largest(&folder, end));
    let mut content = fs::read(&altered).unwrap();
    content[BLOCK_BYTES] ^= 1;
    fs::write(&altered, content).unwrap();
    fs::remove_file(&removed).unwrap();
    fs::write(&cut, "short").unwrap();
    fs::write(folder.join("notes.txt"), "not ours").unwrap();
    let mut found = problems(&sandbox);
    found.sort();
    let file = |path: PathBuf| -> String {
        path.strip_prefix(sandbox.path()).unwrap().to_str().unwrap().to_owned()
    };
    let mut expected = vec![
        ["damaged", &file(removed), "the file is missing"].map(str::to_owned),
        ["damaged", &file(altered), "altered between bytes 65536 and"].map(str::to_owned),
        ["damaged", &file(cut), "5 bytes long,"].map(str::to_owned),
        ["unexpected", &file(folder.join("notes.txt")), "no part of"].map(str::to_owned),
    ];
    expected.sort();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found[..2], expected[..2]);
        assert!(found[2].starts_with(&expected[2]), "{found:?}");
    }
    let run = sandbox.run(&["verify"]).expect(3).tells("4 problems").tells("undex index --rebuild");
    assert_eq!(run.stdout.lines().count(), 4, "{}", run.report());
    assert_eq!(problems(&Sandbox::new())[0], ["missing", "index", "no index here"]);
    Sandbox::new().run(&["verify"]).expect(3).says_nothing().tells("run `undex index`");
}

/// Changes a generation as a faulty program would write it: with all hashes right.
fn rewrite(folder: &Path, change: &Change) {
    let content = fs::read(folder.join(MANIFEST)).unwrap();
    let mut manifest: Value = serde_json::from_slice(&content).unwrap();
    match change {
        Change::Manifest(change) => change(&mut manifest),
        Change::Parts(change) => {
            let path = folder.join(SOURCES);
            let mut head: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            change(head["settled"].as_array_mut().unwrap());
            fs::write(&path, head.to_string()).unwrap();
            let files = manifest["files"].as_array_mut().unwrap();
            files.retain(|file| file["name"] != SOURCES);
            let record = FileRecord::of(folder, SOURCES).unwrap();
            files.push(serde_json::to_value(record).unwrap());
        }
        Change::Sources(change) => {
            let index = folder.parent().unwrap();
            let mut table = Layout::new(index).open().unwrap().sources().unwrap();
            change(&mut table.sources);
            let files = manifest["files"].as_array_mut().unwrap();
            files.retain(|file| !is_source_file(file["name"].as_str().unwrap()));
            for name in names(folder).iter().filter(|name| is_source_file(name)) {
                fs::remove_file(folder.join(name)).unwrap();
            }
            for SourceFile { name, content } in table.files().unwrap().files {
                fs::write(folder.join(&name), content).unwrap();
                let record = FileRecord::of(folder, &name).unwrap();
                files.push(serde_json::to_value(record).unwrap());
            }
        }
    }
    let manifest = manifest.to_string();
    fs::write(folder.join(MANIFEST_SUMS), manifest_sums(manifest.as_bytes())).unwrap();
    fs::write(folder.join(MANIFEST), manifest).unwrap();
}

/// A change to the manifest, to the records of the sources, or to what is told of the parts these stand in.
enum Change {
    Manifest(fn(&mut Value)),
    Parts(fn(&mut Vec<Value>)),
    Sources(fn(&mut Vec<SourceRecord>)),
}

/// The record of the long document.
fn long(sources: &mut [SourceRecord]) -> &mut SourceRecord {
    sources.iter_mut().find(|one| one.path == "corpus/long.md").unwrap()
}

/// What the index holds of a source.
fn indexed_as(record: &mut SourceRecord) -> &mut IndexedDocument {
    match &mut record.outcome {
        Outcome::Indexed(indexed) => indexed,
        other => panic!("{}: {other:?}", record.path),
    }
}

#[test]
fn what_contradicts_itself_is_told() {
    // (change, what is told, why)
    let table: [(Change, &str, &str); 11] = [
        (Change::Manifest(|m| m["generation"] = 7.into()), "generation 7", "moved by hand"),
        (Change::Manifest(|m| m["digest"] = "0".into()), "its digest", "of other documents"),
        (Change::Manifest(|m| m["counts"][0]["documents"] = 99.into()), "its counts", "miscounted"),
        (
            Change::Manifest(|m| m["statistics"]["engine_documents"] = 1.into()),
            "its statistics",
            "of another state",
        ),
        (
            Change::Manifest(|m| {
                let segments = m["segments"].as_object_mut().unwrap().values_mut();
                segments.for_each(|segment| segment["engine_documents"] = 1.into());
            }),
            "its statistics",
            "of other segments",
        ),
        (
            Change::Sources(|sources| sources.retain(|one| one.path != "corpus/long.md")),
            "UNDEX/LONG/1@en is held, and no source gives it",
            "a document that was not removed",
        ),
        (
            Change::Sources(|sources| {
                let mut more = long(sources).clone();
                more.path = "corpus/longer.md".to_owned();
                indexed_as(&mut more).document.symbol = "UNDEX/LONG/2".parse().unwrap();
                sources.push(more);
            }),
            "a source gives UNDEX/LONG/2@en, which is not held",
            "a document that was not added",
        ),
        (
            Change::Sources(|sources| indexed_as(long(sources)).digest = "0".to_owned()),
            "the paragraphs of UNDEX/LONG/1@en are not those indexed",
            "a document of which something else was written",
        ),
        (
            Change::Sources(|sources| {
                let mut again = long(sources).clone();
                again.outcome = Outcome::Skipped { code: "x".to_owned(), message: "y".to_owned() };
                sources.push(again);
            }),
            "corpus/long.md is a source twice",
            "a source that is settled and is not",
        ),
        (
            Change::Parts(|parts| parts[0]["modified"] = 0.into()),
            "is not what that holds",
            "a part of other sources",
        ),
        (
            Change::Parts(|parts| parts[0]["digest"][0] = 0.into()),
            "is not what that holds",
            "a part of other documents",
        ),
    ];
    let sound = large();
    table.par_iter().for_each(|(change, told, why)| {
        let sandbox = copy(&sound);
        let folder = generation(&sandbox);
        sandbox.run(&["verify"]).expect(0);
        rewrite(&folder, change);
        let found = problems(&sandbox);
        assert!(found.iter().all(|[code, ..]| code == "content"), "{why}: {found:?}");
        assert!(found.iter().any(|[_, _, message]| message.contains(told)), "{why}: {found:?}");
    });
}

#[test]
fn a_build_repairs_what_was_damaged() {
    let sound = large();
    let digest = |sandbox: &Sandbox| -> Value {
        sandbox.run(&["info", "--json"]).expect(0).one_json()["digest"].clone()
    };
    let expected = digest(&sound);
    names(&generation(&sound)).par_iter().for_each(|name| {
        let sandbox = copy(&sound);
        let path = generation(&sandbox).join(name);
        let mut content = fs::read(&path).unwrap();
        content.pop();
        content.push(b'~');
        fs::write(&path, content).unwrap();
        sandbox.run(&["index", "--check"]).expect(3).says("damaged");
        sandbox.run(&["index", "--quiet"]).expect(0);
        assert_eq!(digest(&sandbox), expected, "{name}");
        sandbox.run(&["verify"]).expect(0);
    });
}

#[test]
fn what_a_disk_alters_by_itself_is_repaired_when_asked() {
    let sandbox = large();
    // Of a file of several blocks, opening reads the last only.
    let path = largest(&generation(&sandbox), ".store");
    let store = path.file_name().unwrap().to_str().unwrap();
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    let mut content = fs::read(&path).unwrap();
    content[0] ^= 1;
    fs::write(&path, content).unwrap();
    fs::File::options().append(true).open(&path).unwrap().set_modified(written).unwrap();
    sandbox.run(&["index"]).expect(0).tells("nothing changed");
    let run = sandbox.run(&["verify"]).expect(3).says(store).tells("undex index --rebuild");
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.report());
    sandbox.run(&["index", "--rebuild", "--quiet"]).expect(0);
    sandbox.run(&["verify"]).expect(0);
}
