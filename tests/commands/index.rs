//! `undex index`: only what changed, the report, the check.

use std::fs;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::indexed;
use crate::support::corpus::report;
use crate::support::{Run, Sandbox, archive, keys};

/// What a build counted: sources added, changed, removed, unchanged; documents.
fn counts(run: &Run) -> [u64; 5] {
    let report = run.one_json();
    ["added", "changed", "removed", "unchanged", "documents"]
        .map(|field| report[field].as_u64().unwrap())
}

fn build(sandbox: &Sandbox) -> Run {
    sandbox.run(&["index", "--report", "json", "--quiet"]).expect(0)
}

#[test]
fn only_what_changed_is_read_again() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &["Apples are red.", "Or green."]));
    sandbox.write("corpus/deep/er/b.md", report("UNDEX/A/2", "Pears", &["Pears are green."]));
    assert_eq!(counts(&build(&sandbox)), [2, 0, 0, 0, 2]);
    let digest =
        |sandbox: &Sandbox| sandbox.run(&["info", "--json"]).expect(0).one_json()["digest"].clone();
    let first = digest(&sandbox);

    let files = sandbox.files("index");
    let again = build(&sandbox);
    assert_eq!(counts(&again), [0, 0, 0, 2, 2]);
    assert_eq!(again.one_json()["published"], false);
    assert!(files == sandbox.files("index"), "nothing changed, and the index did");
    sandbox.run(&["index"]).expect(0).says_nothing().tells("nothing changed");

    // The length stays, the words do not.
    sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &["Apples are raw.", "Or green."]));
    assert_eq!(counts(&build(&sandbox)), [0, 1, 0, 1, 2]);
    sandbox.run(&["search", "\"are raw\""]).expect(0).says("UNDEX/A/1, para. 1");
    sandbox.run(&["search", "\"are red\""]).expect(1);
    assert_ne!(first, digest(&sandbox));

    sandbox.write("corpus/c.md", report("UNDEX/A/3", "Plums", &["Plums are blue."]));
    assert_eq!(counts(&build(&sandbox)), [1, 0, 0, 2, 3]);
    sandbox.run(&["search", "plums"]).expect(0).says("UNDEX/A/3");

    sandbox.remove("corpus/c.md");
    sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &["Apples are red.", "Or green."]));
    assert_eq!(counts(&build(&sandbox)), [0, 1, 1, 1, 2]);
    sandbox.run(&["search", "plums"]).expect(1);
    sandbox.run(&["show", "UNDEX/A/3"]).expect(1);
    assert_eq!(first, digest(&sandbox), "the same documents, another digest");
}

#[test]
fn the_same_documents_have_the_same_digest_however_they_are_built() {
    let one = indexed();
    let other = Sandbox::new();
    crate::corpus::fixtures(&other);
    other.run(&["index", "--quiet", "--threads", "1"]).expect(0);
    let info = |sandbox: &Sandbox| sandbox.run(&["info", "--json"]).expect(0).one_json();
    assert_eq!(info(&one)["digest"], info(&other)["digest"]);
    let hits = |sandbox: &Sandbox| sandbox.run(&["search", "de", "-n", "100", "--json"]).stdout;
    assert_eq!(hits(&one), hits(&other));
    one.run(&["index", "--quiet", "--rebuild"]).expect(0);
    assert_eq!(info(&one)["digest"], info(&other)["digest"]);
}

#[test]
fn files_folders_and_archives_into_another_folder() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", report("UNDEX/A/1", "Apples", &["Apples are red."]));
    sandbox.write("more/b.md", report("UNDEX/A/2", "Pears", &["Pears are green."]));
    let plums = report("UNDEX/A/3", "Plums", &["Plums are blue."]);
    sandbox.write("c.zip", archive::zip(&[("inside/plums.md", plums.as_bytes())]));
    let run = sandbox.run(&["index", "a.md", "more", "c.zip", "--index", "there"]).expect(0);
    run.says_nothing().tells("3 documents");
    assert!(!sandbox.path().join("index").exists());
    let run = sandbox.run(&["search", "plums", "--index", "there", "--json"]).expect(0);
    assert_eq!(run.json()[0]["path"], "c.zip!inside/plums.md");
    sandbox.run(&["index", "nothing-here"]).expect(2).tells("nothing-here");
}

#[test]
fn facts_beside_a_file_count_as_a_change() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/hens.md", "# Hens\n\n1. Hens like company and a dry place to sleep.\n");
    let first = sandbox.run(&["index"]).expect(0).tells("hens.md.meta.toml");
    assert!(first.stderr.contains("PROVISIONAL/"), "{}", first.report());
    sandbox.write("corpus/hens.md.meta.toml", "symbol = \"UNDEX/HENS/1\"\n");
    assert_eq!(counts(&build(&sandbox)), [0, 1, 0, 0, 1]);
    sandbox.run(&["search", "company"]).expect(0).says("UNDEX/HENS/1, para. 1");
    sandbox.write("corpus/hens.md.meta.toml", "symbol = 7\n");
    sandbox.run(&["index"]).expect(2).tells("hens.md.meta.toml").tells("line 1");
}

#[test]
fn one_member_of_an_archive_changes_alone() {
    let sandbox = Sandbox::new();
    let plums = report("UNDEX/A/3", "Plums", &["Plums are blue."]);
    let write = |figs: &str| {
        let figs = report("UNDEX/A/4", "Figs", &[figs]);
        let members = [("plums.md", plums.as_bytes()), ("figs.md", figs.as_bytes())];
        sandbox.write("corpus/fruit.zip", archive::zip(&members));
    };
    write("Figs are sweet.");
    assert_eq!(counts(&build(&sandbox)), [2, 0, 0, 0, 2]);
    assert_eq!(counts(&build(&sandbox)), [0, 0, 0, 2, 2]);
    write("Figs are dried.");
    assert_eq!(counts(&build(&sandbox)), [0, 1, 0, 1, 2]);
    sandbox.run(&["search", "dried figs"]).expect(0).says("UNDEX/A/4, para. 1");
    sandbox.remove("corpus/fruit.zip");
    assert_eq!(counts(&build(&sandbox)), [0, 0, 2, 0, 0]);
    sandbox.run(&["search", "figs"]).expect(1);
}

#[test]
fn a_copy_takes_over_when_the_original_goes() {
    let sandbox = Sandbox::new();
    let apples = report("UNDEX/A/1", "Apples", &["Apples are red."]);
    sandbox.write("corpus/a.md", &apples).write("corpus/b.md", &apples);
    assert_eq!(counts(&build(&sandbox)), [2, 0, 0, 0, 1]);
    let path = || sandbox.run(&["search", "apples", "--json"]).expect(0).json()[0]["path"].clone();
    assert_eq!(path(), "corpus/a.md");
    sandbox.remove("corpus/a.md");
    let run = build(&sandbox);
    assert_eq!(run.one_json()["documents"], 1, "{}", run.report());
    assert_eq!(path(), "corpus/b.md");
}

#[test]
fn what_the_catalogue_says_reaches_the_index() {
    let sandbox = Sandbox::new();
    let text = "Shadows at noon\n\n1. Nobody measured them before the tower was built.\n";
    sandbox.write("corpus/shadows.txt", text);
    build(&sandbox);
    sandbox.run(&["search", "measured"]).expect(0).says("PROVISIONAL/");
    let catalogue = "[[document]]\nsymbol = \"UNDEX/NOON/1\"\ndate = 2190-06-01\n\
                     [[document.evidence]]\nall = [\"shadows at NOON\"]\n";
    sandbox.write("corpus/catalogue.toml", catalogue);
    sandbox.run(&["index", "--check"]).expect(3).says("corpus/shadows.txt");
    build(&sandbox);
    sandbox.run(&["search", "measured"]).expect(0).says("UNDEX/NOON/1, para. 1").says("2190-06-01");
    sandbox.write("corpus/catalogue.toml", "[[document]]\nsymbol = \"UNDEX/NOON/1\"\nsize = 3\n");
    let run = sandbox.run(&["index"]).expect(2).tells("catalogue.toml").tells("line 3");
    drop(run.says_nothing());
    sandbox.run(&["search", "measured"]).expect(0).says("UNDEX/NOON/1");
}

#[test]
fn a_list_says_what_may_have_changed() {
    let sandbox = Sandbox::new();
    for (file, symbol) in [("a", "UNDEX/A/1"), ("b", "UNDEX/A/2")] {
        let path = format!("corpus/{file}.md");
        sandbox.write(&path, report(symbol, "Apples", &["They are red."]));
        // What was changed a moment ago is looked at in any case.
        let file = fs::File::options().write(true).open(sandbox.path().join(&path)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(3_600)).unwrap();
    }
    build(&sandbox);
    for (file, symbol) in [("a", "UNDEX/A/1"), ("b", "UNDEX/A/2"), ("c", "UNDEX/A/3")] {
        sandbox.write(&format!("corpus/{file}.md"), report(symbol, "Apples", &["They are green."]));
    }
    sandbox.write("changes.txt", "README.md\r\ncorpus/a.md\r\n");
    let run = sandbox.run(&["index", "--changed", "changes.txt", "--report", "json"]).expect(0);
    assert_eq!(counts(&run), [1, 1, 0, 1, 3], "{}", run.report());
    sandbox.write("changes.txt", "corpus/b.md\0corpus/gone.md\0");
    let run = sandbox.run(&["index", "--changed", "changes.txt", "--report", "json"]).expect(0);
    assert_eq!(counts(&run), [0, 1, 0, 2, 3], "{}", run.report());
    drop(sandbox.run(&["index", "--check"]).expect(0));
    // Listed from another folder.
    sandbox.write("changes.txt", "a.md\nmore/b.md\n");
    let run = sandbox.run(&["index", "--changed", "changes.txt"]).expect(0);
    drop(run.tells("changes.txt: 2 files listed and not there").tells("git diff --relative"));
    // As git writes what is not English.
    sandbox.write("changes.txt", "\"corpus/resoluci\\303\\263n.md\"\n");
    let run = sandbox.run(&["index", "--changed", "changes.txt"]).expect(2);
    drop(run.tells("changes.txt").tells("git diff -z --relative --name-only"));
    sandbox.run(&["index", "--changed", "no.txt"]).expect(2).tells("no.txt: cannot be read");
    sandbox.run(&["index", "--changed", "no.txt", "--rebuild"]).expect(2).tells("--rebuild");
}

#[test]
fn the_check_writes_nothing_and_says_why() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &["Apples are red."]));
    sandbox.write("corpus/b.md", report("UNDEX/A/2", "Pears", &["Pears are green."]));
    let check = || sandbox.run(&["index", "--check"]);
    check().expect(3).tells("undex index");
    assert!(!sandbox.path().join("index").exists(), "the check made an index");

    build(&sandbox);
    check().expect(0).says_nothing();
    let index = sandbox.files("index");

    sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &["Apples are yellow."]));
    sandbox.remove("corpus/b.md");
    sandbox.write("corpus/c.md", report("UNDEX/A/3", "Plums", &["Plums are blue."]));
    let run = check().expect(3).tells("undex index");
    for file in ["corpus/a.md", "corpus/b.md", "corpus/c.md"] {
        let reasons = run.stdout.lines().filter(|line| line.contains(file)).count();
        assert_eq!(reasons, 1, "{file}\n{}", run.report());
    }
    assert!(index == sandbox.files("index"), "the check changed the index");
    sandbox.run(&["index", "--check", "--quiet"]).expect(3);
    build(&sandbox);
    check().expect(0);
}

#[test]
fn the_report_names_every_source() {
    let sandbox = Sandbox::new();
    let apples = report("UNDEX/A/1", "Apples", &["Apples are red."]);
    sandbox.write("corpus/a.md", &apples);
    sandbox.write("corpus/copy-of-a.md", &apples);
    sandbox.write("corpus/bad.xml", "<akomaNtoso><statement>");
    sandbox.write("corpus/letter.rtf", "{\\rtf1 Maps}");
    let run = sandbox.run(&["index", "--report", "json"]).expect(2).tells("corpus/bad.xml");
    let report = run.one_json();
    assert_eq!(
        keys(&report),
        [
            "added",
            "changed",
            "digest",
            "documents",
            "duplicates",
            "failed",
            "generation",
            "index",
            "paragraphs",
            "published",
            "removed",
            "reused",
            "schema",
            "seconds",
            "skipped",
            "sources",
            "unchanged",
        ]
    );
    for (field, expected) in
        [("added", 4), ("documents", 1), ("duplicates", 1), ("failed", 1), ("skipped", 1)]
    {
        assert_eq!(report[field], expected, "{field}\n{}", run.report());
    }
    let source = |path: &str| -> &Value {
        let sources = report["sources"].as_array().unwrap();
        sources.iter().find(|source| source["path"] == path).unwrap()
    };
    for path in ["corpus/a.md", "corpus/bad.xml", "corpus/copy-of-a.md", "corpus/letter.rtf"] {
        let fields = ["change", "mended", "outcome", "path", "reason", "seconds", "warnings"];
        assert_eq!(keys(source(path)), fields);
        assert_eq!([&source(path)["change"], &source(path)["reason"]], ["added", "new"]);
    }
    let shown = |path: &str| source(path)["outcome"].to_string();
    assert!(shown("corpus/bad.xml").contains("malformed"), "{}", run.report());
    assert!(shown("corpus/letter.rtf").contains("unknown-format"), "{}", run.report());
    assert!(shown("corpus/copy-of-a.md").contains("corpus/a.md"), "{}", run.report());
}

#[test]
fn the_report_says_what_was_looked_into_and_why() {
    let sandbox = Sandbox::new();
    let apples = report("UNDEX/A/1", "Apples", &["Apples are red."]);
    sandbox.write("corpus/a.md", &apples).write("corpus/copy-of-a.md", &apples);
    sandbox.write("corpus/b.md", report("UNDEX/A/2", "Pears", &["Pears are green."]));
    sandbox.write("corpus/c.md", "# Hens\n\n1. Hens like company and a dry place to sleep.\n");
    sandbox.write("corpus/d.md", report("UNDEX/A/3", "Plums", &["Plums are blue."]));
    sandbox.run(&["index"]).expect(0).tells("corpus/c.md: no symbol found");
    sandbox.write("corpus/a.md", report("UNDEX/A/4", "Figs", &["Figs are sweet."]));
    sandbox.remove("corpus/d.md");
    let run = sandbox.run(&["index", "--report", "json"]).expect(0);
    let told = run.one_json();
    let found: Vec<[&Value; 4]> = told["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| [&one["path"], &one["change"], &one["reason"], &one["outcome"]["is"]])
        .collect();
    let revisited = "the source that gave its document changed";
    let expected = serde_json::json!([
        ["corpus/a.md", "changed", "size changed", "indexed"],
        ["corpus/b.md", "unchanged", null, "indexed"],
        ["corpus/c.md", "unchanged", null, "indexed"],
        ["corpus/copy-of-a.md", "revisited", revisited, "indexed"],
        ["corpus/d.md", "removed", null, null],
    ]);
    assert_eq!(serde_json::json!(found), expected, "{}", run.report());
    for source in told["sources"].as_array().unwrap() {
        assert_eq!(source["seconds"].is_number(), source["reason"].is_string(), "{source}");
    }
    // What was told when it was read is not told again.
    assert!(!run.stderr.contains("corpus/c.md"), "{}", run.report());
    let run = sandbox.run(&["index", "--report", "json"]).expect(0);
    assert_eq!(run.one_json()["sources"].as_array().unwrap().len(), 4);
    assert!(!run.stderr.contains("corpus/c.md"), "{}", run.report());
}

#[test]
fn the_check_can_be_read_by_programs() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &["Apples are red."]));
    let check = || sandbox.run(&["index", "--check", "--report", "json"]);
    let found = check().expect(3).tells("undex index").one_json();
    assert_eq!(keys(&found), ["differences", "generation", "index", "schema", "up_to_date"]);
    assert_eq!(found["differences"][0]["code"], "missing");
    assert!(found["generation"].is_null(), "{found}");
    build(&sandbox);
    let found = check().expect(0).one_json();
    assert_eq!([&found["schema"], &found["generation"]], [1, 1]);
    assert_eq!(
        [&found["up_to_date"], &found["differences"]],
        [&Value::Bool(true), &Value::Array(Vec::new())]
    );
    sandbox.write("corpus/b.md", report("UNDEX/A/2", "Pears", &["Pears are green."]));
    let found = check().expect(3).one_json();
    assert_eq!(keys(&found["differences"][0]), ["code", "message", "path"]);
    assert_eq!(found["differences"][0]["code"], "added");
}

#[test]
fn a_foreign_folder_is_not_taken_for_an_index() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &["Apples are red."]));
    sandbox.write("photos/holiday.jpg", "not ours");
    let run = sandbox.run(&["index", "--index", "photos"]).expect(2);
    run.tells("photos").tells("holiday.jpg").tells("--index");
    assert_eq!(sandbox.names("photos"), ["photos/holiday.jpg"]);
}

#[test]
fn memory_that_cannot_be_enough_is_told_with_what_is() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &["Apples are red."]));
    let build = |memory: &str| {
        let args = ["index", "--rebuild", "--report", "json", "--threads", "1", "--memory", memory];
        sandbox.run(&args).expect(0)
    };
    let small = build("16");
    let needed = small.one_json()["memory_needed"].as_u64().unwrap().div_ceil(1 << 20);
    small.tells(&format!("--memory {needed} "));
    let enough = build(&needed.to_string());
    assert_eq!(enough.one_json().get("memory_needed"), None);
    assert!(!enough.stderr.contains("--memory"), "{}", enough.report());
}

#[test]
fn a_damaged_index_is_told_and_can_be_built_anew() {
    let sandbox = indexed();
    let generation = sandbox.path().join("index/gen-000001");
    for name in ["manifest.json", "meta.json"] {
        let path = generation.join(name);
        let content = fs::read(&path).unwrap();
        fs::write(&path, &content[..content.len() / 2]).unwrap();
        let run = sandbox.run(&["search", "relojes"]).expect(3).says_nothing();
        assert!(!run.stderr.contains("panicked"), "{}", run.report());
        let run = sandbox.run(&["index", "--check"]).expect(3);
        assert!(!run.stderr.contains("panicked"), "{}", run.report());
        fs::write(&path, content).unwrap();
    }
    fs::write(sandbox.path().join("index/CURRENT"), "nonsense\n").unwrap();
    sandbox.run(&["search", "relojes"]).expect(3).says_nothing().tells("undex index");
    sandbox.run(&["index", "--rebuild", "--quiet"]).expect(0);
    sandbox.run(&["search", "relojes"]).expect(0);
}
