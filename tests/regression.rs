//! Bugs that were found and mended, one test each, named for what broke.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise"
)]

mod support;

use support::Sandbox;
use support::corpus::report;

#[test]
fn the_list_found_no_addenda_because_it_folded_their_case() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.md", report("UNDEX/77/5/Add.15", "Apples", &["Apples are red."]));
    sandbox.write("corpus/b.md", report("UNDEX/77/5/Add.1", "Pears", &["Pears are green."]));
    sandbox.run(&["index", "--quiet"]).expect(0);
    for given in
        ["UNDEX/77/5/Add.15", "undex/77/5/add.15", "UNDEX / 77 / 5 / Add.15", "UNDEX/77/5/Add.15*"]
    {
        let run = sandbox.run(&["list", given]).expect(0);
        assert!(run.stdout.starts_with("UNDEX/77/5/Add.15\t"), "{}", run.report());
        assert_eq!(run.stdout.lines().count(), 1, "{}", run.report());
    }
    let all = sandbox.run(&["list", "undex/77"]).expect(0);
    assert_eq!(all.stdout.lines().count(), 2, "{}", all.report());
}

#[test]
fn a_short_report_with_a_line_a_paragraph_was_taken_for_wrapped_lines() {
    let sandbox = Sandbox::new();
    let text = "UNDEX/A/1\n\nEnglish\n\n3 March 2190\n\nReport on vines\n\nI. Introduction\n\n\
                1. The vines are old and the grapes are sweet.\n\nII. Care\n\n\
                2. The grapes are small and the leaves are red.\n";
    sandbox.write("vines.txt", text);
    let document = sandbox.run(&["extract", "vines.txt", "--json"]).expect(0).one_json();
    let rows: Vec<String> = document["paragraphs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| format!("{}: {}", p["pinpoint"].as_str().unwrap(), p["text"].as_str().unwrap()))
        .collect();
    assert_eq!(
        rows[3..],
        [
            "title: Report on vines",
            "sect. I: Introduction",
            "para. 1: The vines are old and the grapes are sweet.",
            "sect. II: Care",
            "para. 2: The grapes are small and the leaves are red.",
        ]
    );
}
