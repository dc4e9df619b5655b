//! Documents in any spelling: `undex resolve`, `undex cite`, and what `undex show` takes.

use std::process::Stdio;

use serde_json::Value;

use crate::support::{Sandbox, keys};

const TEXT: &str = "Recordando el párrafo 28 de su resolución 65/182,\nde 21 de diciembre de 2010,\n\n\
Security Council resolution 1325 (2000), paras. 1 and 2; ibid., para. 5.\n";

fn named<'t>(text: &'t [char], line: &Value) -> &'t [char] {
    let place = |field: &str| line[field].as_u64().unwrap() as usize;
    &text[place("start")..place("end")]
}

#[test]
fn resolve_finds_citations_in_any_text() {
    let sandbox = Sandbox::new();
    sandbox.write("text.txt", TEXT);
    let run = sandbox.run(&["resolve", "text.txt"]).expect(0).tells_nothing();
    let lines = run.json();
    let found: Vec<(&str, Option<&str>)> = lines
        .iter()
        .map(|line| (line["symbol"].as_str().unwrap(), line["pinpoint"].as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("A/RES/65/182", Some("para. 28")),
            ("S/RES/1325 (2000)", Some("para. 1")),
            ("S/RES/1325 (2000)", Some("para. 2")),
            ("S/RES/1325 (2000)", Some("para. 5")),
        ]
    );
    let text: Vec<char> = TEXT.chars().collect();
    for line in &lines {
        assert_eq!(
            keys(line),
            ["candidates", "end", "pinpoint", "schema", "start", "symbol", "text", "url"]
        );
        assert_eq!(line["schema"], 1);
        let name: String = named(&text, line).iter().collect();
        assert_eq!(line["text"], name);
    }
    assert_eq!(lines[1]["url"], "https://undocs.org/S/RES/1325(2000)");
}

#[test]
fn resolve_reads_standard_input() {
    let sandbox = Sandbox::new();
    sandbox.write("text.txt", TEXT);
    let mut command = sandbox.command(&["resolve", "-"]);
    let file = std::fs::File::open(sandbox.path().join("text.txt")).unwrap();
    let output = command.stdin(Stdio::from(file)).output().unwrap();
    assert!(output.status.success());
    let from_file = sandbox.run(&["resolve", "text.txt"]).expect(0).stdout;
    assert_eq!(String::from_utf8(output.stdout).unwrap(), from_file);
}

#[test]
fn resolve_says_what_is_wrong() {
    let sandbox = Sandbox::new();
    sandbox.write("empty.txt", "");
    sandbox.write("nothing.txt", "No document is named here.\n");
    sandbox.write("file.pdf", b"%PDF-1.7\n");
    // (file, exit code, on standard error)
    let table = [
        ("empty.txt", 1, "no symbol and no citation found"),
        ("nothing.txt", 1, "no symbol and no citation found"),
        ("missing.txt", 2, "missing.txt: cannot be read"),
        ("file.pdf", 2, "file.pdf: pdf and no text; `undex extract file.pdf --json` gives"),
    ];
    for (file, code, told) in table {
        sandbox.run(&["resolve", file]).expect(code).says_nothing().tells(told);
    }
}

#[test]
fn resolve_heeds_the_document_and_the_catalogue() {
    let sandbox = Sandbox::new();
    sandbox.write("text.txt", "Its resolution 44/12; the 2019 report of the lamplighters.");
    let symbols = |arguments: &[&str]| -> Vec<String> {
        let run = sandbox.run(&[&["resolve", "text.txt"], arguments].concat()).expect(0);
        run.json().iter().map(|line| line["symbol"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(symbols(&[]), ["A/RES/44/12"]);
    assert_eq!(symbols(&["--document", "A/HRC/45/1"]), ["A/HRC/RES/44/12"]);
    let catalogue = "[[document]]\nsymbol = \"UNDEX/LAMP/9\"\n\
nicknames.en = [\"2019 report of the lamplighters\"]\n";
    sandbox.write("names.toml", catalogue);
    assert_eq!(symbols(&["--catalogue", "names.toml"]), ["A/RES/44/12", "UNDEX/LAMP/9"]);
    sandbox.write("short.toml", catalogue.replace("2019 report of the lamplighters", "2019"));
    sandbox
        .run(&["resolve", "text.txt", "--catalogue", "short.toml"])
        .expect(2)
        .tells("too short a nickname of UNDEX/LAMP/9");
}

#[test]
fn cite_words_what_is_not_held() {
    let sandbox = Sandbox::new();
    // (document, language, footnote)
    let table = [
        ("A/RES/78/237 para 3", "en", "General Assembly resolution 78/237, para. 3"),
        ("A/RES/78/237 para 3", "es", "Resolución 78/237 de la Asamblea General, párr. 3"),
        ("resolution 1325, para. 2", "en", "Security Council resolution 1325 (2000), para. 2"),
        ("A/77/275, annex, para. 16 (a)", "fr", "A/77/275, annexe, par. 16 a)"),
    ];
    for (document, language, footnote) in table {
        let run = sandbox.run(&["cite", document, "--lang", language]).expect(0);
        assert_eq!(run.stdout, format!("{footnote}\n"));
    }
    assert!(sandbox.names("index").is_empty(), "nothing is built");
    sandbox
        .run(&["cite", "A/77/275", "--style", "ris"])
        .expect(0)
        .says("SN  - A/77/275\r\n")
        .tells("A/77/275 is not held, so that title and date are not known");
    sandbox.run(&["cite", "hello"]).expect(2).tells("\"hello\" names no document");
    sandbox.run(&["cite", "A/77/275", "--style", "mla"]).expect(2).tells("csl-json");
}

#[test]
fn cite_takes_title_and_date_from_the_index() {
    let sandbox = crate::indexed();
    let json = sandbox.run(&["cite", "999/1", "--style", "csl-json", "--lang", "fr"]).expect(0);
    let items: Value = serde_json::from_str(&json.stdout).unwrap();
    let shown =
        sandbox.run(&["show", "A/RES/999/1", "--lang", "fr", "--json"]).expect(0).one_json();
    assert_eq!(items[0]["title"], shown["title"]);
    assert_eq!(items[0]["number"], "A/RES/999/1");
    sandbox
        .run(&["cite", "A/RES/999/1, para. 999"])
        .expect(0)
        .tells("A/RES/999/1 as held in")
        .tells("has no para. 999");
}

#[test]
fn show_takes_any_spelling() {
    let sandbox = crate::indexed();
    let expected = sandbox.run(&["show", "A/RES/999/1", "--lang", "fr"]).expect(0).stdout;
    let spellings = [
        "a/res/999/1",
        "999/1",
        "resolution 999/1",
        "résolution 999/1",
        "resolución 999/1",
        "res 999/1",
        "GA res. 999/1",
        "https://undocs.org/fr/A/RES/999/1",
    ];
    for spelling in spellings {
        let shown = sandbox.run(&["show", spelling, "--lang", "fr"]).expect(0).stdout;
        assert_eq!(shown, expected, "{spelling}");
    }
    let place = sandbox.run(&["show", "A/RES/999/1", "--para", "1", "--lang", "fr"]).expect(0);
    for spelling in ["paragraphe 1 de la résolution 999/1", "999/1, par. 1", "999/1 para 1"] {
        let shown = sandbox.run(&["show", spelling, "--lang", "fr"]).expect(0).stdout;
        assert_eq!(shown, place.stdout, "{spelling}");
    }
    sandbox
        .run(&["show", "resolutions 66/24 and 70/237"])
        .expect(2)
        .tells("names A/RES/66/24 and A/RES/70/237: give one of them");
}
