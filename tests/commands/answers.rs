//! The formats in which `undex search` writes its hits.

use serde_json::Value;

use crate::indexed;
use crate::support::{Sandbox, corpus};

/// The rows of a table as RFC 4180 has them, read without the program that wrote them.
fn rows(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut characters) = (false, table.chars().peekable());
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(characters.next(), Some('\n'), "a line ends in both");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty(), "the table ends in the middle of a row");
    rows
}

#[test]
fn a_table_holds_what_json_does() {
    let sandbox = indexed();
    let search = ["search", "relojes OR público* OR reloj", "-n", "40"];
    let json = sandbox.run(&[&search[..], &["--json"]].concat()).expect(0).json();
    let table = sandbox.run(&[&search[..], &["--format", "csv"]].concat()).expect(0);
    let rows = rows(&table.stdout);
    assert_eq!(rows.len(), json.len() + 1);
    for (row, hit) in rows[1..].iter().zip(&json) {
        assert_eq!(row.len(), rows[0].len());
        for (name, cell) in rows[0].iter().zip(row) {
            let expected = match (&hit[name], name.as_str()) {
                (_, "snippet") => hit["snippet"]["text"].as_str().unwrap().to_owned(),
                (Value::Array(all), _) => {
                    all.iter().map(|one| one.as_str().unwrap()).collect::<Vec<_>>().join(" › ")
                }
                (Value::Null, _) => String::new(),
                (Value::String(text), _) => text.clone(),
                // Printed by two programs, and read back the same.
                (Value::Number(number), "score") => {
                    assert_eq!(cell.parse::<f32>().unwrap(), number.as_f64().unwrap() as f32);
                    cell.clone()
                }
                (other, _) => other.to_string(),
            };
            assert_eq!(*cell, expected, "{name}\n{}", table.report());
        }
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let sandbox = Sandbox::new();
    let texts = ["=HYPERLINK(quartz)", "@quartz, \"quoted\" and, parted", "+1 quartz"];
    sandbox.write("corpus/a.md", corpus::report("UNDEX/LAMPS/1", "=1+quartz", &texts));
    sandbox.run(&["index", "--quiet"]).expect(0);
    let run = sandbox.run(&["search", "quartz", "--format", "csv"]).expect(0).tells_nothing();
    let rows = rows(&run.stdout);
    assert!(rows.len() >= 4, "{}", run.report());
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell:?}\n{}", run.report());
    }
    run.says("\"'@quartz, \"\"quoted\"\" and, parted\"").says("'=HYPERLINK");
    let none = sandbox.run(&["search", "zzyzx", "--format", "csv"]).expect(1);
    assert_eq!(none.stdout.lines().count(), 1, "the names of the columns\n{}", none.report());
}

#[test]
fn json_by_either_name() {
    let sandbox = indexed();
    let by_option = sandbox.run(&["search", "relojes", "--json"]).expect(0);
    let by_format = sandbox.run(&["search", "relojes", "--format", "json"]).expect(0);
    assert_eq!(by_option.stdout, by_format.stdout);
    let text = sandbox.run(&["search", "relojes", "--format", "text"]).expect(0);
    assert_eq!(text.stdout, sandbox.run(&["search", "relojes"]).expect(0).stdout);
    sandbox.run(&["search", "relojes", "--json", "--format", "csv"]).expect(2);
    sandbox.run(&["search", "relojes", "--format", "odt"]).expect(2).tells("csl-json");
    for more in [&["--kwic"][..], &["-C", "1"], &["--facets", "year"]] {
        let arguments = [&["search", "relojes", "--format", "ris"], more].concat();
        sandbox.run(&arguments).expect(2).says_nothing().tells("--format text or json");
    }
}

#[test]
fn bibliographies_are_those_of_cite() {
    let sandbox = indexed();
    let search = ["search", "engrase"];
    for style in ["bibtex", "ris"] {
        let hits = sandbox.run(&[&search[..], &["--format", style]].concat()).expect(0);
        let cite = ["cite", "A/RES/999/1, para. 2 (a)", "--lang", "es", "--style", style];
        assert_eq!(hits.stdout, sandbox.run(&cite).expect(0).stdout);
    }
    let run = sandbox.run(&["search", "relojes", "--format", "csl-json"]).expect(0);
    let items: Value = serde_json::from_str(&run.stdout).unwrap();
    let hits = sandbox.run(&["search", "relojes", "--json"]).expect(0).json();
    assert_eq!(items.as_array().unwrap().len(), hits.len());
    assert!(items[0]["note"].is_string());
    // Documents as a whole are cited without a place, each once.
    let run = sandbox.run(&["search", "relojes", "--format", "csl-json", "--group", "document"]);
    let items: Value = serde_json::from_str(&run.expect(0).stdout).unwrap();
    assert!(items[0].get("note").is_none());
    let empty = sandbox.run(&["search", "zzyzx", "--format", "csl-json"]).expect(1);
    assert_eq!(empty.stdout, "[]\n");
}

#[test]
fn markdown_is_a_quotation_under_its_place() {
    let sandbox = indexed();
    let run = sandbox.run(&["search", "engrase", "--format", "md"]).expect(0);
    run.says("### [A/RES/999/1, párr. 2 a)](<https://undocs.org/es/A/RES/999/1>)\n")
        .says("*Cuidado de los relojes públicos* · es · resolution · 2190-05-04\n")
        .says("> Que **engrase** las ruedas:\n");
}
