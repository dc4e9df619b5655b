//! `undex diff`: what differs between two generations, between two indexes, and how it ends.

use std::fs;

use serde_json::{Value, json};

use crate::set_format;
use crate::support::corpus::report;
use crate::support::{Run, Sandbox, keys};

/// A report on apples, as it was and as it is.
const BEFORE: [&str; 4] =
    ["Apples are red.", "They grow on trees.", "Some fall.", "Others are picked in September."];
const AFTER: [&str; 4] =
    ["Apples are red.", "Few are blue.", "They grow on trees.", "Others are picked in October."];

/// Two generations of an index, in which a document was added, one removed, one changed and one
/// left alone.
fn changed() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &BEFORE));
    sandbox.write("corpus/b.md", report("UNDEX/A/2", "Pears", &["Pears are green."]));
    sandbox.write("corpus/c.md", report("UNDEX/A/3", "Figs", &["Figs are sweet."]));
    index(&sandbox);
    sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &AFTER));
    sandbox.remove("corpus/b.md");
    sandbox.write("corpus/d.md", report("UNDEX/A/10", "Plums", &["Plums are blue."]));
    index(&sandbox);
    sandbox
}

fn index(sandbox: &Sandbox) {
    sandbox.run(&["index", "--quiet"]).expect(0);
}

/// The words of an output, since widths differ.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn documents_and_paragraphs_that_differ_are_shown() {
    let sandbox = changed();
    let run = sandbox.run(&["diff"]).expect(1);
    let expected = "\
changed UNDEX/A/1  en · other · 2021-03-03
  # Apples
  + para. 2
      Few are blue.
  ~ para. 2 → para. 3
  - para. 3
      Some fall.
  ~ para. 4
      “September.” → “October.”

removed UNDEX/A/2  en · other · 2021-03-03 · 6 paragraphs
  # Pears

added UNDEX/A/10  en · other · 2021-03-03 · 6 paragraphs
  # Plums
";
    assert_eq!(run.stdout, expected, "{}", run.report());
    run.tells("1 document added, 1 removed, 1 changed, 1 unchanged; 1 paragraph added, 1 removed, 2 changed")
        .tells("from generation 1 to generation 2");
}

#[test]
fn each_side_may_be_a_generation_an_index_or_a_folder() {
    let sandbox = changed();
    let shown = sandbox.run(&["diff"]).expect(1).stdout;
    fs::rename(sandbox.path().join("index"), sandbox.path().join("there")).unwrap();
    sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &BEFORE));
    index(&sandbox);
    // (arguments, exit code, output)
    let table: [(&[&str], i32, Option<&str>); 7] = [
        (&["diff", "--index", "there"], 1, Some(&shown)),
        (&["diff", "1", "2", "--index", "there"], 1, Some(&shown)),
        (&["diff", "gen-000001", "--index", "there"], 1, Some(&shown)),
        (&["diff", "there/gen-000001", "there/gen-000002"], 1, Some(&shown)),
        (&["diff", "there/gen-000001", "there"], 1, Some(&shown)),
        (&["diff", "2", "2", "--index", "there"], 0, Some("")),
        (&["diff", "there"], 1, None),
    ];
    for (arguments, code, output) in table {
        let run = sandbox.run(arguments).expect(code);
        assert!(output.is_none_or(|output| output == run.stdout), "{}", run.report());
    }
    let run = sandbox.run(&["diff", "there"]);
    run.says("changed UNDEX/A/1").tells("from generation 2 in there to generation 1");
    sandbox.run(&["diff", "2", "2", "--index", "there"]).tells("hold the same: 3 documents");
}

#[test]
fn equal_documents_are_equal_however_they_were_built() {
    let sandbox = Sandbox::new();
    crate::corpus::fixtures(&sandbox);
    index(&sandbox);
    sandbox.run(&["index", "--index", "other", "--threads", "1", "--quiet"]).expect(0);
    sandbox.run(&["diff", "other"]).expect(0).says_nothing().tells("hold the same");
    sandbox.run(&["index", "--rebuild", "--quiet"]).expect(0);
    let run = sandbox.run(&["diff", "--json"]).expect(0);
    assert_eq!(run.one_json()["equal"], true);
    // Facts that say what the document says by itself.
    sandbox.write("corpus/catalogue.toml", "# other circumstances, the same documents\n");
    let before = fs::read(sandbox.path().join("corpus/akn-resolution.es.xml")).unwrap();
    sandbox.write("corpus/akn-resolution.es.xml", [&before[..], b"\n"].concat());
    index(&sandbox);
    let run = sandbox.run(&["diff"]);
    assert!(!run.stdout.contains("A/RES/999/1"), "{}", run.report());
}

#[test]
fn what_a_document_is_counts_too() {
    let sandbox = Sandbox::new();
    let text = "# Hens\n\nI. Company\n\n1. Hens like company.\n";
    sandbox.write("corpus/hens.md", text);
    sandbox.write("corpus/hens.md.meta.toml", "symbol = \"UNDEX/HENS/1\"\ntype = \"report\"\n");
    index(&sandbox);
    let facts = "symbol = \"UNDEX/HENS/1\"\ntype = \"letter\"\ndate = \"2190-01-31\"\n\
                 title = \"Hens and ducks\"\n";
    sandbox.write("corpus/hens.md.meta.toml", facts);
    index(&sandbox);
    let run = sandbox.run(&["diff"]).expect(1);
    run.says("type “report” → “letter”").says("date added “2190-01-31”").says("ducks");
    let line = &sandbox.run(&["diff", "--json"]).expect(1).json()[0];
    assert_eq!(line["fields"], json!(["title", "date", "type"]));
    assert_eq!(line["paragraphs"], json!([]));
}

#[test]
fn a_heading_and_a_note_change_what_stands_under_them() {
    let sandbox = Sandbox::new();
    let write = |heading: &str, note: &str| {
        let text = format!(
            "UNDEX/A/5\n\nDistr. general\n\n3 March 2021\n\nEnglish\n\n# Barns\n\n## I. {heading}\n\n\
             1. Barns need doors.<sup>1</sup>\n\n2. They need hay.\n\n3. They need cats.\n\n\
             __________________\n\n<sup>1</sup> {note}\n"
        );
        sandbox.write("corpus/barns.md", text);
    };
    write("What they need", "Two of them.");
    index(&sandbox);
    write("What all need", "Three of them.");
    index(&sandbox);
    let run = sandbox.run(&["diff"]).expect(1).says("“they” → “all”");
    let said = words(&run.stdout);
    assert!(said.contains("notes “Two” → “Three”"), "{}", run.report());
    assert!(said.contains("~ para. 2 … para. 3 (2 paragraphs) headings"), "{}", run.report());
}

#[test]
fn json_has_exactly_these_fields() {
    let sandbox = changed();
    let lines = sandbox.run(&["diff", "--json"]).expect(1).tells_nothing().json();
    let (summary, documents) = lines.split_last().unwrap();
    let changes: Vec<[&Value; 2]> =
        documents.iter().map(|line| [&line["change"], &line["symbol"]]).collect();
    let expected =
        json!([["changed", "UNDEX/A/1"], ["removed", "UNDEX/A/2"], ["added", "UNDEX/A/10"]]);
    assert_eq!(json!(changes), expected, "numbers in symbols are numbers");
    for line in documents {
        assert_eq!(line["schema"], 1);
        let fields =
            ["change", "fields", "language", "new", "old", "paragraphs", "schema", "symbol"];
        assert_eq!(keys(line), fields);
        for side in [&line["old"], &line["new"]].into_iter().filter(|side| !side.is_null()) {
            assert_eq!(keys(side), ["date", "paragraphs", "path", "symbols", "title", "type"]);
        }
    }
    assert!(documents[1]["new"].is_null() && documents[2]["old"].is_null());
    let paragraphs = documents[0]["paragraphs"].as_array().unwrap();
    for paragraph in paragraphs {
        assert_eq!(keys(paragraph), ["change", "fields", "new", "old", "words"]);
    }
    let last = paragraphs.last().unwrap();
    assert_eq!(last["fields"], json!(["text"]));
    assert_eq!(last["words"], json!([{ "old": "September.", "new": "October." }]));
    assert_eq!(last["new"]["pinpoint"], "para. 4");

    let fields = ["documents", "equal", "new", "old", "paragraphs", "schema", "unchanged"];
    assert_eq!(keys(summary), fields);
    assert_eq!(keys(&summary["old"]), ["digest", "generation", "path"]);
    assert_eq!(summary["documents"], json!({ "added": 1, "removed": 1, "changed": 1 }));
    assert_eq!(summary["paragraphs"], json!({ "added": 1, "removed": 1, "changed": 2 }));
    assert_eq!([&summary["equal"], &summary["unchanged"]], [&json!(false), &json!(1)]);
}

#[test]
fn a_generation_that_is_not_kept_is_told() {
    let sandbox = Sandbox::new();
    let diff = |arguments: &[&str]| -> Run {
        sandbox.run(&[&["diff"], arguments].concat()).expect(3).says_nothing()
    };
    diff(&[]).tells("no index here");
    for colour in ["red", "green", "yellow"] {
        let text = format!("Apples are {colour}.");
        sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &[&text]));
        index(&sandbox);
        if colour == "red" {
            diff(&[]).tells("no generation before 1 is kept here");
        }
    }
    diff(&["1"]).tells("no generation 1 here, only 2 and 3");
    diff(&["nowhere"]).tells("nowhere: no index and no generation here").tells("such as 7");
    let older = "index/gen-000002";
    let damaged = format!("{older}/meta.json");
    let content = fs::read(sandbox.path().join(&damaged)).unwrap();
    sandbox.write(&damaged, "cut");
    diff(&[]).tells("gen-000002").tells("damaged");
    sandbox.write(&damaged, content);
    set_format(&sandbox, older, 1);
    diff(&[]).tells("gen-000002: index format 1, this undex reads");
    diff(&[older]).tells("gen-000002: index format 1, this undex reads");
}

#[test]
fn nothing_in_a_document_reaches_the_terminal_as_a_command() {
    let sandbox = Sandbox::new();
    let write = |word: &str| {
        sandbox.write("corpus/a.md", report("UNDEX/A/1", "Traps", &["One trap.", word]));
        index(&sandbox);
    };
    write("Harmless words.");
    write("Harmless \u{1b}[31mwords\u{202e}.");
    let run = sandbox.run(&["diff"]).expect(1);
    assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{}", run.report());
    let forced = sandbox.run_with(&["diff"], &[("CLICOLOR_FORCE", "1")]).expect(1);
    assert!(forced.stdout.contains('\u{1b}'), "colour was asked for\n{}", forced.report());
    assert!(!forced.stdout.contains('\u{202e}'), "{}", forced.report());
    let refused = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")];
    assert_eq!(sandbox.run_with(&["diff"], &refused).expect(1).stdout, run.stdout);
}
