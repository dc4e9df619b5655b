//! `undex trend`.

use serde_json::Value;

use crate::support::{Sandbox, corpus, keys};

/// Reports on lamps of three years, one without a date, with paragraphs that match `lamp*` or `oil`.
fn lamps() -> Sandbox {
    let sandbox = Sandbox::new();
    let dated = |symbol: &str, day: &str, texts: &[&str]| {
        corpus::report(symbol, "A report", texts).replace("3 March 2021", day)
    };
    let one = dated("UNDEX/T/1", "3 March 2018", &["A lamp.", "Two lamps.", "Oil & <wicks>."]);
    sandbox.write("corpus/1.md", one);
    sandbox.write("corpus/2.md", dated("UNDEX/T/2", "9 May 2021", &["Lamps with oil.", "None."]));
    let undated = dated("UNDEX/T/3", "3 March 2021", &["A lamp."]).replace("3 March 2021\n\n", "");
    sandbox.write("corpus/3.md", undated);
    sandbox.run(&["index", "--quiet"]).expect(0);
    sandbox
}

#[test]
fn paragraphs_and_documents_by_year() {
    let sandbox = lamps();
    let run = sandbox.run(&["trend", "lamp*", "oil"]).expect(0).tells_nothing();
    let expected = "lamp*\t2018\t2\t1\nlamp*\t2019\t0\t0\nlamp*\t2020\t0\t0\nlamp*\t2021\t1\t1\n\
                    lamp*\tundated\t1\t1\noil\t2018\t1\t1\noil\t2019\t0\t0\noil\t2020\t0\t0\n\
                    oil\t2021\t1\t1\noil\tundated\t0\t0\n";
    assert_eq!(run.stdout, expected, "{}", run.report());
    let lines = sandbox.run(&["trend", "lamp*", "oil", "--by", "year", "--json"]).expect(0).json();
    assert_eq!(lines.len(), 2);
    for line in &lines {
        assert_eq!(
            keys(line),
            ["by", "counts", "documents", "paragraphs", "query", "schema", "undated"]
        );
    }
    let of = |value: u16, paragraphs: u64, documents: u64| serde_json::json!({"value": value, "paragraphs": paragraphs, "documents": documents});
    assert_eq!(lines[0]["counts"], Value::Array(vec![of(2018, 2, 1), of(2021, 1, 1)]));
    assert_eq!(lines[0]["undated"], serde_json::json!({"paragraphs": 1, "documents": 1}));
    assert_eq!((&lines[0]["paragraphs"], &lines[0]["documents"]), (&4.into(), &3.into()));
    // Conditions confine it, and leave out what is undated.
    let run = sandbox.run(&["trend", "lamp*", "--from", "2019"]).expect(0);
    assert_eq!(run.stdout, "lamp*\t2021\t1\t1\n");
}

#[test]
fn nothing_and_mistakes() {
    let sandbox = lamps();
    // (arguments, exit code, words)
    let table: [(&[&str], i32, &str); 6] = [
        (&["trend", "zzyzx"], 1, "no paragraph matches"),
        (&["trend", "zzyzx", "lamp*"], 0, ""),
        (&["trend", "lamp*", "(oil"], 2, "(oil"),
        (&["trend"], 2, "Usage: undex trend"),
        (&["trend", "1", "2", "3", "4", "5", "6", "7", "8", "9"], 2, "9"),
        (&["trend", "lamp*", "--svg", "no/such/folder/a.svg"], 2, "cannot be written"),
    ];
    for (arguments, code, words) in table {
        sandbox.run(arguments).expect(code).tells(words);
    }
}

#[test]
fn a_drawing_tells_the_numbers_in_words_too() {
    let sandbox = lamps();
    let draw = || {
        sandbox.run(&["trend", "lamp*", "wicks OR \"<b>&\"", "--svg", "trend.svg"]).expect(0);
        std::fs::read_to_string(sandbox.path().join("trend.svg")).unwrap()
    };
    let svg = draw();
    assert_eq!(svg, draw(), "the same bytes, and the file is replaced");
    for part in [
        "role=\"img\" aria-labelledby=\"title description\"",
        "<title id=\"title\">Matching paragraphs by year: lamp*; wicks OR &quot;&lt;b&gt;&amp;&quot;</title>",
        "lamp*: 4 paragraphs in 3 documents, 1 of them undated. Most in 2018: 2.",
        "<title>lamp*, 2021: 1 paragraph in 1 document</title>",
        ">Year</text>",
        ">Paragraphs</text>",
        ">2018</text>",
        "stroke-dasharray",
    ] {
        assert!(svg.contains(part), "{part}\n{svg}");
    }
    assert_eq!(svg.matches("<polyline").count(), 2);
    assert_eq!(svg.matches('<').count(), svg.matches('>').count());
    sandbox.run(&["trend", "zzyzx", "--svg", "none.svg"]).expect(1);
    let none = std::fs::read_to_string(sandbox.path().join("none.svg")).unwrap();
    assert!(none.contains("No dated paragraph matches"), "{none}");
}
