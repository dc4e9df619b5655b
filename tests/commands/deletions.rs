//! Documents that were changed or removed, and stay in a segment that is not written again for so few:
//! no command knows of them.

use serde_json::Value;
use undex_schema::Layout;

use crate::support::Sandbox;
use crate::support::corpus::report;

/// Enough documents that three of them are no reason to write a segment again.
const DOCUMENTS: usize = 40;

/// What is asked. Quicksilver is in the documents that go, and nowhere else.
const QUESTIONS: [&[&str]; 29] = [
    &["search", "lanterns", "--json", "--limit", "50"],
    &["search", "the harbour", "--json", "--limit", "50"],
    &["search", "quicksilver", "--json"],
    &["search", "quick*", "--json"],
    &["search", "\"lanterns of the harbour\"", "--json"],
    &["search", "\"lanterns harbour\"~5", "--json", "--limit", "50"],
    &["search", "lantern NEAR/5 harbours", "--json", "--limit", "50"],
    &["search", "quicksilver NEAR lamps", "--json"],
    &["search", "*silver", "--json"],
    &["search", "title:r?port -h*r", "--json"],
    &["search", "quicksilber~", "--json"],
    &["search", "lamqs~ lantrens~^2", "--json", "--limit", "50"],
    // What is suggested stands beside the output.
    &["search", "quicksilber lanterms operacoin"],
    &["search", "title:report -harbour", "--json"],
    &["search", "lanterns", "--kwic", "--kwic-sort", "left", "-n", "50"],
    &["search", "harbour", "-C", "1", "--json", "--sort", "symbol"],
    &["trend", "lanterns", "quick*", "--json"],
    &["search", "operacion", "--json"],
    &["search", "lanterns OR quick*", "--json", "-n", "0", "--facets", "year,type,body,lang,role"],
    &["search", "lanterns", "--json", "--group", "document", "--sort", "date", "--offset", "2"],
    &["search", "the harbour", "--json", "--sort", "symbol", "-n", "30"],
    &["search", "cites:UNDEX/LOST/1", "--json"],
    &["list", "--json"],
    &["show", "UNDEX/LAMPS/103", "--json"],
    &["cited-by", "UNDEX/LAMPS/1", "--json"],
    &["cited-by", "UNDEX/LOST/1", "--json"],
    &["graph", "UNDEX/LAMPS/1", "--json"],
    &["missing", "--json"],
    &["cites", "UNDEX/LAMPS/7", "--json"],
];

fn write(sandbox: &Sandbox, number: usize, text: &str) {
    let symbol = format!("UNDEX/LAMPS/{number}");
    let report = report(&symbol, "Report on lamps", &[text, "The harbour keeps its lanterns."]);
    sandbox.write(&format!("corpus/{number:02}.md"), report);
}

/// What is answered, without what tells one index from another.
fn answer(sandbox: &Sandbox, question: &[&str]) -> String {
    let run = sandbox.run(question);
    let without = |line: &str| -> String {
        let Ok(mut value) = serde_json::from_str::<Value>(line) else { return line.to_owned() };
        if let Some(object) = value.as_object_mut() {
            object.remove("generation");
            object.remove("took_ms");
        }
        value.to_string()
    };
    let lines: Vec<String> = run.stdout.lines().map(without).collect();
    format!("{:?} {}\n{}", run.code, lines.join("\n"), run.stderr)
}

#[test]
fn no_command_knows_of_what_was_deleted() {
    let sandbox = Sandbox::new();
    let text = |number: usize| match number {
        3 | 5 => "Quicksilver lamps, as in UNDEX/LOST/1, la operación.".to_owned(),
        _ => format!("The lanterns of the harbour, as in UNDEX/LAMPS/{}.", number / 2 + 1),
    };
    for number in 0..DOCUMENTS {
        write(&sandbox, number, &text(number));
    }
    sandbox.run(&["index", "--quiet", "--threads", "1"]).expect(0);
    sandbox.run(&["search", "quicksilver"]).expect(0).says("UNDEX/LAMPS/3");
    write(&sandbox, 3, "Plain lamps, and more lanterns than before in the harbour.");
    write(&sandbox, 7, "See UNDEX/LAMPS/1 and UNDEX/LAMPS/2.");
    sandbox.remove("corpus/05.md");
    sandbox.run(&["index", "--quiet", "--threads", "1"]).expect(0);

    let generation = Layout::new(sandbox.path().join("index")).open().unwrap();
    let segments = generation.searcher().segment_readers();
    assert!(segments.iter().any(|segment| segment.has_deletes()), "nothing is marked as deleted");
    sandbox.run(&["verify"]).expect(0);

    let fresh = Sandbox::new();
    for (path, content) in sandbox.files("corpus") {
        fresh.write(&format!("corpus/{}", path.file_name().unwrap().to_str().unwrap()), content);
    }
    fresh.run(&["index", "--quiet", "--threads", "1"]).expect(0);
    let fresh_generation = Layout::new(fresh.path().join("index")).open().unwrap();
    assert_eq!(generation.manifest().digest, fresh_generation.manifest().digest);
    assert_eq!(generation.manifest().statistics, fresh_generation.manifest().statistics);
    for question in QUESTIONS {
        let (found, expected) = (answer(&sandbox, question), answer(&fresh, question));
        assert_eq!(found, expected, "{question:?}");
    }
    // What comes near a symbol is held.
    let told = sandbox.run(&["show", "UNDEX/LAMPS/55"]).expect(1).stderr;
    assert!(told.contains("UNDEX/LAMPS/") && !told.contains("UNDEX/LAMPS/5\n"), "{told}");

    // When more of them go, the segment is written again.
    for number in 10..30 {
        sandbox.remove(&format!("corpus/{number}.md"));
    }
    sandbox.run(&["index", "--quiet", "--threads", "1"]).expect(0);
    let generation = Layout::new(sandbox.path().join("index")).open().unwrap();
    let segments = generation.searcher().segment_readers();
    assert!(segments.iter().all(|segment| !segment.has_deletes()));
}
