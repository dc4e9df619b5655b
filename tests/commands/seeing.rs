//! Ways of seeing the answer of `undex search`: counts, orders, one hit for each document, concordance
//! lines, and the paragraphs around a hit.

use serde_json::Value;

use crate::indexed;
use crate::support::corpus::report;
use crate::support::{Run, Sandbox, corpus, keys};

#[test]
fn facets_stand_below_the_hits() {
    let sandbox = indexed();
    let search = ["search", "relojes", "-n", "1"];
    let with = |more: &[&str]| sandbox.run(&[&search[..], more].concat());
    let run = with(&["--facets", "year,type,lang,role,body"]).expect(0);
    for line in ["year\tparagraphs\tdocuments", "2190\t", "lang\tparagraphs\tdocuments", "es\t"] {
        assert!(run.stdout.lines().any(|one| one.starts_with(line)), "{line}\n{}", run.report());
    }
    // Counts alone.
    let run = with(&["--facets", "type", "-n", "0"]);
    assert_eq!(run.code, Some(2), "-n was given twice");
    let run = sandbox.run(&["search", "relojes", "-n", "0", "--facets", "type"]).expect(0);
    assert!(run.stdout.starts_with("type\tparagraphs\tdocuments\n"), "{}", run.report());
    run.tells("none asked for");
    sandbox.run(&["search", "relojes", "--facets", "colour"]).expect(2).tells("year, type, body");
    sandbox.run(&["search", "zzyzx", "--facets", "year"]).expect(1).says_nothing();
}

#[test]
fn facets_as_json() {
    let sandbox = indexed();
    let arguments = ["search", "relojes OR público", "-n", "3", "--json"];
    let hits = sandbox.run(&arguments).expect(0);
    let run = sandbox.run(&[&arguments[..], &["--facets", "lang,year"]].concat()).expect(0);
    let lines = run.json();
    assert!(run.stdout.starts_with(&hits.stdout), "hits are what they are without counts");
    assert_eq!(lines.len(), 5);
    assert_eq!((&lines[3]["facet"], &lines[4]["facet"]), (&"lang".into(), &"year".into()));
    assert_eq!(lines[3]["schema"], 1);
    for count in lines[3]["counts"].as_array().unwrap() {
        let language = count["value"].as_str().unwrap();
        let narrowed = ["search", "relojes OR público", "--lang", language, "-n", "1000", "--json"];
        let found = sandbox.run(&narrowed).expect(0).json();
        assert_eq!(count["paragraphs"], found.len(), "{language}");
        let mut documents: Vec<&str> =
            found.iter().map(|hit| hit["symbol"].as_str().unwrap()).collect();
        documents.sort_unstable();
        documents.dedup();
        assert_eq!(count["documents"], documents.len(), "{language}");
    }
    assert!(lines[4]["counts"].as_array().unwrap().iter().any(|one| one["value"] == 2190));
}

#[test]
fn orders_and_groups() {
    let sandbox = indexed();
    let search = |more: &[&str]| -> Vec<Value> {
        let arguments = [&["search", "de OR the OR les", "-n", "1000", "--json"], more].concat();
        sandbox.run(&arguments).expect(0).json()
    };
    let newest = search(&["--sort", "date"]);
    let mut dates: Vec<&str> =
        newest.iter().map(|hit| hit["date"].as_str().unwrap_or_default()).collect();
    let dated = dates.iter().filter(|date| !date.is_empty()).count();
    assert!(dated > 3);
    // What has no date of its own stands where the year of its symbol puts it.
    dates.retain(|date| !date.is_empty());
    assert!(dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
    let same = search(&["--sort", "symbol"]);
    assert_eq!(same.len(), newest.len());
    let grouped = search(&["--group", "document"]);
    let of = |hit: &Value| format!("{}@{}", hit["symbol"], hit["language"]);
    let mut documents: Vec<String> = same.iter().map(of).collect();
    documents.dedup();
    assert_eq!(grouped.len(), documents.len(), "each document once, and in one place by symbol");
    let more: u64 = grouped.iter().map(|hit| hit["more"].as_u64().unwrap() + 1).sum();
    assert_eq!(more, same.len() as u64);
    let run = sandbox.run(&["search", "relojes", "--group", "document", "-n", "1"]).expect(0);
    run.says("more paragraphs of this document").tells("1 to 1 of");
    sandbox.run(&["search", "relojes", "--sort", "colour"]).expect(2);
}

#[test]
fn paragraphs_that_come_again_are_one_hit_for_people() {
    let sandbox = Sandbox::new();
    for number in 1..=3 {
        let symbol = format!("UNDEX/R/{number}");
        let text = report(&symbol, "Clocks", &["The clocks of the tower are wound at noon."]);
        sandbox.write(&format!("corpus/{number}.md"), text);
    }
    sandbox.run(&["index", "--quiet"]).expect(0);
    let search =
        |more: &[&str]| sandbox.run(&[&["search", "clocks tower"], more].concat()).expect(0);
    let run = search(&[]);
    let run = run
        .says("2 more paragraphs like it")
        .tells("3 paragraphs; those alike are one, --all shows each");
    let cited = |run: &Run| run.stdout.matches("UNDEX/R/").count();
    assert_eq!(cited(&run), 1, "{}", run.report());
    for all in [&["--all"][..], &["--repeats", "all"]] {
        let run = search(all);
        assert_eq!(cited(&run), 3, "{}", run.report());
        assert!(!run.stderr.contains("--all"), "{}", run.report());
    }
    // Programs get every paragraph unless they ask otherwise.
    let json = search(&["--json"]).json();
    assert_eq!(json.len(), 3);
    assert!(json.iter().all(|hit| hit.get("repeats").is_none()));
    let json = search(&["--json", "--repeats", "oldest"]).json();
    assert_eq!((json.len(), &json[0]["repeats"]), (1, &2.into()));
    let row = search(&["--format", "csv", "--repeats", "best"]).stdout;
    assert!(row.lines().nth(1).is_some_and(|row| row.ends_with(",,2")), "{row}");
    sandbox.run(&["search", "clocks", "--all", "--repeats", "best"]).expect(2);
}

#[test]
fn scores_are_explained() {
    let sandbox = indexed();
    let search = |more: &[&str]| sandbox.run(&[&["search", "relojes", "-n", "1"], more].concat());
    let run = search(&["--explain"]).expect(0);
    for part in ["  score", "text_es:reloj, ", "exact:relojes, "] {
        assert!(run.stdout.contains(part), "{part}\n{}", run.report());
    }
    let hit = search(&["--explain", "--json"]).expect(0).one_json();
    assert_eq!(hit["explanation"]["score"], hit["score"]);
    search(&["--explain", "--format", "csv"]).expect(2).tells("--explain goes with");
}

#[test]
fn concordance_lines() {
    let sandbox = indexed();
    let search = ["search", "relojes", "--kwic", "-n", "50"];
    let run = sandbox.run(&search).expect(0);
    for line in run.stdout.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 4, "{line:?}");
        assert!(cells[2].to_lowercase().starts_with("reloj"), "{line:?}");
    }
    let json = sandbox.run(&[&search[..], &["--json"]].concat()).expect(0).json();
    assert_eq!(json.len(), run.stdout.lines().count());
    for line in &json {
        assert_eq!(
            keys(line),
            [
                "cite", "date", "end", "in", "language", "left", "match", "pinpoint", "rank",
                "right", "schema", "start", "symbol", "type", "url",
            ]
        );
    }
    let sorted = sandbox.run(&[&search[..], &["--kwic-sort", "right", "--json"]].concat());
    let sorted = sorted.expect(0).json();
    let right = |line: &Value| line["right"].as_str().unwrap().to_lowercase();
    let words: Vec<String> =
        sorted.iter().map(|line| right(line).replace(|c: char| !c.is_alphabetic(), "")).collect();
    assert_eq!(words.len(), json.len());
    assert!(words.iter().filter(|word| word.is_ascii()).is_sorted(), "{words:?}");
    // Conditions have no words to show.
    let run = sandbox.run(&["search", "lang:fr", "--kwic"]).expect(0).says_nothing();
    run.tells("no lines");
    sandbox.run(&["search", "zzyzx", "--kwic"]).expect(1).says_nothing();
    sandbox.run(&["search", "relojes", "--kwic-sort", "left"]).expect(2).tells("--kwic");
    sandbox.run(&["search", "relojes", "--kwic", "-C", "1"]).expect(2);
}

#[test]
fn what_a_terminal_would_obey_is_shown_in_every_form() {
    let sandbox = Sandbox::new();
    let texts = ["One.", "Quartz lamps, *bold* <b>tag</b> [a](http://b).", "Three."];
    sandbox.write("corpus/a.md", corpus::report("UNDEX/LAMPS/1", "Lamps", &texts));
    // Facts beside a file are taken as they are stated.
    sandbox.write("corpus/a.md.meta.toml", "title = \"Lamps \\u001b[31m \\u202e and\"\n");
    sandbox.run(&["index", "--quiet"]).expect(0);
    let obeyed = ['\u{202e}', '\u{1b}'];
    for more in [&["-C", "1"][..], &["--format", "md"], &["--group", "document"]] {
        let run = sandbox.run(&[&["search", "quartz"], more].concat()).expect(0);
        assert!(!run.stdout.contains(obeyed), "{more:?}\n{}", run.report());
        assert!(run.stdout.contains("202e"), "{more:?}\n{}", run.report());
    }
    let run = sandbox.run(&["trend", "quartz OR \u{202e}x OR \u{1b}[2K"]).expect(0);
    assert!(!run.stdout.contains(obeyed) && run.stdout.contains("202e"), "{}", run.report());
}

#[test]
fn hits_between_the_paragraphs_around_them() {
    let sandbox = Sandbox::new();
    let texts = ["One.", "Two.", "Three quartz lamps.", "Four.", "Five."];
    sandbox.write("corpus/a.md", corpus::report("UNDEX/LAMPS/1", "Lamps", &texts));
    sandbox.run(&["index", "--quiet"]).expect(0);
    let run = sandbox.run(&["search", "quartz", "--context", "1"]).expect(0);
    run.says("\n- para. 2: Two.\n> Three quartz lamps.\n- para. 4: Four.\n").never_says("Five");
    let json = sandbox.run(&["search", "quartz", "-C", "2", "--json"]).expect(0).one_json();
    let texts = |side: &str| -> Vec<String> {
        let paragraphs = json["context"][side].as_array().unwrap();
        paragraphs.iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        (texts("before"), texts("after")),
        (vec!["One.".to_owned(), "Two.".to_owned()], vec!["Four.".to_owned(), "Five.".to_owned()],)
    );
    assert_eq!((&json["schema"], &json["pinpoint"]), (&1.into(), &"para. 3".into()));
    let plain = sandbox.run(&["search", "quartz", "-C", "0"]).expect(0);
    assert_eq!(plain.stdout, sandbox.run(&["search", "quartz"]).expect(0).stdout);
}
