//! `undex cites`, `cited-by`, `graph` and `missing`.

use serde_json::Value;

use crate::support::corpus::report;
use crate::support::{Sandbox, keys};

/// A folder with four invented reports that cite one another, indexed.
fn citing() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/one.md", report("UNDEX/CITE/2019/1", "Lanterns", &["Each is counted."]));
    let lamps = [
        "Lamps came first. The count is in UNDEX/CITE/2019/1 and in UNDEX/CITE/99, No. 5. It holds.",
        "UNDEX/CITE/2019/1 is old, and so is UNDEX/CITE/98.",
    ];
    sandbox.write("corpus/two.md", report("UNDEX/CITE/2021/2", "Lamps", &lamps));
    let oil = ["The oil of UNDEX/CITE/2019/1 is thick; see UNDEX/CITE/2021/2 and UNDEX/CITE/99."];
    let oil = report("UNDEX/CITE/2023/3", "Oil \u{1b}[31m\u{202e} and \"wicks\"", &oil);
    sandbox.write("corpus/three.md", oil.replace("3 March 2021", "4 May 2023"));
    sandbox.write("corpus/four.md", report("UNDEX/CITE/2020/4", "Silence", &["Nothing is named."]));
    sandbox.run(&["index", "--quiet"]).expect(0);
    sandbox
}

#[test]
fn cited_by_lists_paragraphs_newest_first() {
    let sandbox = citing();
    let run = sandbox.run(&["cited-by", "undex/cite/2019/1"]).expect(0);
    let cites: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("UNDEX/")).collect();
    assert_eq!(
        cites,
        [
            "UNDEX/CITE/2023/3, para. 1  en · other · 2023-05-04",
            "UNDEX/CITE/2021/2, para. 1  en · other · 2021-03-03",
            "UNDEX/CITE/2021/2, para. 2  en · other · 2021-03-03",
        ],
        "{}",
        run.report()
    );
    let run = run.says("\n  The count is in UNDEX/CITE/2019/1 and in UNDEX/CITE/99, No. 5.\n");
    let run = run.never_says("came first").never_says("It holds").never_says("\u{1b}");
    run.never_says("\u{202e}").tells("3 paragraphs in 2 documents");

    let page =
        sandbox.run(&["cited-by", "UNDEX/CITE/2019/1", "-n", "1", "--offset", "1"]).expect(0);
    page.says("UNDEX/CITE/2021/2, para. 1")
        .tells("2 to 2 of 3 paragraphs in 2 documents; more with -n, all with --all");
    let all = sandbox.run(&["cited-by", "UNDEX/CITE/2019/1", "--all"]).expect(0);
    assert_eq!(all.stdout, sandbox.run(&["cited-by", "UNDEX/CITE/2019/1"]).stdout);
}

#[test]
fn what_names_a_document_is_underlined() {
    let sandbox = citing();
    let forced = [("CLICOLOR_FORCE", "1")];
    sandbox
        .run_with(&["cited-by", "UNDEX/CITE/2019/1", "-n", "1"], &forced)
        .expect(0)
        .says("The oil of \u{1b}[1m\u{1b}[4mUNDEX/CITE/2019/1\u{1b}[0m is thick");
}

#[test]
fn exit_codes_and_filters() {
    let sandbox = citing();
    // (arguments, exit code, lines of output, why)
    let table: [(&[&str], i32, usize, &str); 22] = [
        (&["cited-by", "UNDEX/CITE/99", "--json"], 0, 2, "what is not held can be cited"),
        (&["cited-by", "UNDEX/CITE/2020/4"], 1, 0, "nothing cites it"),
        (&["cited-by", "UNDEX/CITE/99", "--from", "2022", "--json"], 0, 1, "a period"),
        (&["cited-by", "UNDEX/CITE/99", "--to", "2022", "--json"], 0, 1, "its end"),
        (&["cited-by", "UNDEX/CITE/99", "--lang", "es"], 1, 0, "another language"),
        (&["cited-by", "UNDEX/CITE/99", "--type", "letter"], 1, 0, "another type"),
        (&["cited-by", "UNDEX/CITE/99", "--para", "5"], 1, 0, "no such place"),
        (&["cited-by", "UNDEX/CITE/99, para. 5", "--para", "5"], 2, 0, "the place twice"),
        (&["cited-by", "UNDEX/CITE/99", "--by", "year"], 2, 0, "--by without --count"),
        (&["cited-by", "UNDEX/CITE/99", "-n", "3", "--all"], 2, 0, "-n with --all"),
        (&["cited-by", "hello"], 2, 0, "no symbol"),
        (&["cited-by", "UNDEX/CITE/99", "--offset", "9"], 1, 0, "behind the last"),
        (&["cited-by", "UNDEX/CITE/99", "--index", "nowhere"], 3, 0, "no index"),
        (&["cited-by", "UNDEX/CITE/99", "--from", "2022", "--to", "2021"], 2, 0, "no period"),
        (&["cites", "UNDEX/CITE/2021/2", "--json"], 0, 4, "what it cites"),
        (&["cites", "UNDEX/CITE/2021/2, para. 2", "--json"], 0, 2, "what a paragraph cites"),
        (&["cites", "UNDEX/CITE/2020/4"], 1, 0, "it cites nothing"),
        (&["cites", "UNDEX/CITE/99"], 1, 0, "not held"),
        (&["cites", "UNDEX/CITE/2021/2", "--lang", "fr"], 1, 0, "not held in the language"),
        (&["missing", "UNDEX/CITE/98"], 0, 1, "by symbol"),
        (&["missing", "A/RES"], 1, 0, "none of these"),
        (&["graph", "UNDEX/CITE/1999/1"], 1, 0, "neither held nor cited"),
    ];
    for (arguments, code, lines, why) in table {
        let run = sandbox.run(arguments);
        assert!(run.code == Some(code), "{why}: expected {code}\n{}", run.report());
        assert_eq!(run.stdout.lines().count(), lines, "{why}\n{}", run.report());
        assert!(code == 0 || !run.stderr.is_empty(), "{why}: nobody is told\n{}", run.report());
    }
}

#[test]
fn counts_are_tabbed_in_a_pipe() {
    let sandbox = citing();
    // (by, output)
    let table = [
        ("year", "2021\t2\n2022\t0\n2023\t1\n"),
        ("language", "en\t3\n"),
        ("document", "UNDEX/CITE/2021/2\t2\nUNDEX/CITE/2023/3\t1\n"),
        ("body", "UNDEX\t3\n"),
        ("type", "other\t3\n"),
    ];
    let count = ["cited-by", "UNDEX/CITE/2019/1", "--count"];
    sandbox.run(&count).expect(0).tells_nothing().says("3\n");
    for (by, output) in table {
        let run = sandbox.run(&[&count[..], &["--by", by]].concat()).expect(0).tells_nothing();
        assert_eq!(run.stdout, output, "{}", run.report());
    }
    let json = sandbox.run(&[&count[..], &["--by", "year", "--json"]].concat()).expect(0).json();
    assert_eq!(json.len(), 3);
    for line in &json {
        assert_eq!(keys(line), ["by", "paragraphs", "schema", "value"]);
    }
    assert_eq!(json[1]["value"], 2022);
    let json = sandbox.run(&[&count[..], &["--json"]].concat()).expect(0).one_json();
    assert_eq!(keys(&json), ["documents", "paragraphs", "pinpoint", "schema", "symbol"]);
    assert_eq!((&json["paragraphs"], &json["documents"]), (&3.into(), &2.into()));
    sandbox.run(&["cited-by", "UNDEX/CITE/2020/4", "--count"]).expect(1).says("0\n");
}

#[test]
fn cites_lists_citations_in_order_and_what_is_held() {
    let sandbox = citing();
    let run = sandbox.run(&["cites", "UNDEX/CITE/2021/2"]).expect(0);
    assert_eq!(
        run.stdout,
        "UNDEX/CITE/2019/1\tpara. 1\ten\nUNDEX/CITE/99\tpara. 1\tnot held\n\
         UNDEX/CITE/2019/1\tpara. 2\ten\nUNDEX/CITE/98\tpara. 2\tnot held\n"
    );
    run.tells("4 citations of 3 documents, 1 held");
}

#[test]
fn missing_names_what_to_add_next() {
    let sandbox = citing();
    let run = sandbox.run(&["missing"]).expect(0).tells("2 documents not held");
    assert_eq!(run.stdout, "UNDEX/CITE/99\t2\t2\nUNDEX/CITE/98\t1\t1\n");
    sandbox.run(&["missing", "-n", "1"]).expect(0).tells("1 to 1 of 2 documents not held");
    // It is there now, and so is nothing else missing but one.
    sandbox.write("corpus/new.md", report("UNDEX/CITE/99", "Counts", &["None."]));
    sandbox.run(&["index", "--quiet"]).expect(0);
    let run = sandbox.run(&["missing"]).expect(0);
    assert_eq!(run.stdout, "UNDEX/CITE/98\t1\t1\n");
}

#[test]
fn the_graph_follows_every_update() {
    let sandbox = citing();
    let count = || sandbox.run(&["cited-by", "UNDEX/CITE/2019/1", "--count"]).stdout;
    assert_eq!(count(), "3\n");
    sandbox.remove("corpus/three.md");
    sandbox.run(&["index", "--quiet"]).expect(0);
    assert_eq!(count(), "2\n", "a citing document was removed");
    let lamps = ["Lamps came first.", "UNDEX/CITE/2019/1 is old, and so is UNDEX/CITE/97."];
    sandbox.write("corpus/two.md", report("UNDEX/CITE/2021/2", "Lamps", &lamps));
    sandbox.run(&["index", "--quiet"]).expect(0);
    assert_eq!(count(), "1\n", "a citing document was changed");
    let run = sandbox.run(&["missing"]).expect(0);
    assert_eq!(run.stdout, "UNDEX/CITE/97\t1\t1\n");
    let graph = sandbox.run(&["graph", "UNDEX/CITE/2021/2", "--json"]).expect(0).one_json();
    assert_eq!(graph["nodes"].as_array().unwrap().len(), 3);
    sandbox.remove("corpus/one.md");
    sandbox.run(&["index", "--quiet"]).expect(0);
    let run = sandbox.run(&["missing"]).expect(0);
    assert_eq!(run.stdout, "UNDEX/CITE/97\t1\t1\nUNDEX/CITE/2019/1\t1\t1\n");
}

#[test]
fn graphs_in_three_formats() {
    let sandbox = citing();
    let from = ["graph", "UNDEX/CITE/2023/3", "--depth", "2"];
    let with = |more: &[&'static str]| sandbox.run(&[&from[..], more].concat()).expect(0);
    let dot = with(&[]).says("digraph citations {").says("[label=\"UNDEX/CITE/2023/3 · 2023\\n");
    dot.says(r#"and \"wicks\""#).never_says("\u{1b}").says(" -> ");
    let graphml = with(&["--format", "graphml"]);
    assert!(graphml.stdout.starts_with("<?xml version=\"1.0\""), "{}", graphml.report());
    graphml.says("and &quot;wicks&quot;").never_says("\u{1b}");
    let json = with(&["--json"]).one_json();
    assert_eq!(keys(&json), ["complete", "edges", "nodes", "root", "schema"]);
    assert_eq!(json["schema"], 1);
    for node in json["nodes"].as_array().unwrap() {
        let fields = ["date", "depth", "held", "languages", "symbol", "title", "type"];
        assert_eq!(keys(node), fields);
    }
    let edges: Vec<String> = json["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| {
            assert_eq!(keys(edge), ["from", "paragraphs", "to", "unsettled"]);
            let part = |name: &str| edge[name].as_str().unwrap().replace("UNDEX/CITE/", "");
            format!("{} {} {}", part("from"), part("to"), edge["paragraphs"])
        })
        .collect();
    assert_eq!(
        edges,
        [
            "2021/2 98 1",
            "2021/2 99 1",
            "2021/2 2019/1 2",
            "2023/3 99 1",
            "2023/3 2019/1 1",
            "2023/3 2021/2 1",
        ]
    );
    with(&["--nodes", "2"]).tells("not the whole graph").tells("--nodes");
    sandbox.run(&["graph", "UNDEX/CITE/1", "--depth", "99"]).expect(2).tells("16 allowed");
    sandbox.run(&["graph", "UNDEX/CITE/1, para. 2"]).expect(2).tells("give the symbol alone");
    sandbox.run(&["graph", "UNDEX/CITE/99", "--direction", "in"]).expect(0).says(" -> ");
}

#[test]
fn search_narrows_by_what_is_cited() {
    let sandbox = citing();
    // (query, cites)
    let table: [(&str, &[&str]); 3] = [
        ("cites:UNDEX/CITE/2019/1 AND oil", &["UNDEX/CITE/2023/3, para. 1"]),
        ("cites:UNDEX/CITE/98", &["UNDEX/CITE/2021/2, para. 2"]),
        ("cites:UNDEX/CITE/* lamps", &["UNDEX/CITE/2021/2, para. 1"]),
    ];
    for (query, cites) in table {
        let run = sandbox.run(&["search", query, "--json"]).expect(0);
        let mut found: Vec<Value> =
            run.json().into_iter().map(|mut hit| hit["cite"].take()).collect();
        found.sort_by_key(ToString::to_string);
        assert_eq!(found, cites, "{query}\n{}", run.report());
    }
}

#[test]
fn json_has_exactly_these_fields() {
    let sandbox = citing();
    let lines = sandbox.run(&["cited-by", "UNDEX/CITE/2019/1", "--json"]).expect(0).json();
    assert_eq!(lines.len(), 3);
    for line in &lines {
        assert_eq!(
            keys(line),
            [
                "citations",
                "cite",
                "date",
                "headings",
                "language",
                "languages",
                "page",
                "path",
                "pinpoint",
                "role",
                "schema",
                "sentence",
                "symbol",
                "text",
                "title",
                "type",
                "url",
            ]
        );
        assert_eq!(line["schema"], 1);
        assert_eq!(keys(&line["sentence"]), ["highlights", "in", "text"]);
        let citations = line["citations"].as_array().unwrap();
        assert_eq!(citations.len(), 1);
        assert_eq!(keys(&citations[0]), ["candidates", "end", "in", "pinpoint", "start", "symbol"]);
        for (text, range) in [
            (&line["text"], [&citations[0]["start"], &citations[0]["end"]]),
            (
                &line["sentence"]["text"],
                [&line["sentence"]["highlights"][0][0], &line["sentence"]["highlights"][0][1]],
            ),
        ] {
            let [start, end] = range.map(|offset| offset.as_u64().unwrap() as usize);
            let named: String = text.as_str().unwrap().chars().take(end).skip(start).collect();
            assert_eq!(named, "UNDEX/CITE/2019/1");
        }
    }
    let lines = sandbox.run(&["cites", "UNDEX/CITE/2021/2", "--json"]).expect(0).json();
    for line in &lines {
        assert_eq!(
            keys(line),
            [
                "citation", "cite", "cited", "date", "held", "language", "own", "pinpoint",
                "schema", "symbol", "title", "type",
            ]
        );
        assert_eq!(line["schema"], 1);
    }
    assert_eq!(keys(&lines[0]["held"]), ["languages", "symbol"]);
    assert_eq!(lines[1]["held"], Value::Null);
    for line in sandbox.run(&["missing", "--json"]).expect(0).json() {
        assert_eq!(keys(&line), ["documents", "paragraphs", "schema", "symbol", "type", "url"]);
    }
}
