//! Ways of seeing the answer of `undex search`: counts, orders, one hit for each document.

use serde_json::Value;

use crate::indexed;

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
