//! `undex tui`, driven by keys on a terminal.

#![cfg(all(unix, feature = "tui"))]

use std::process::Command;

use crate::support::Sandbox;
use crate::support::corpus::report;
use crate::support::pty::Terminal;

/// Two documents, the first in two languages.
fn orchard() -> Sandbox {
    let sandbox = Sandbox::new();
    let english = ["Trees need water.", "Apples are red in autumn.", "Some apples stay green."];
    let spanish = ["Los árboles necesitan agua.", "Las manzanas son rojas.", "Algunas son verdes."];
    sandbox.write("corpus/en.md", report("UNDEX/A/1", "On orchards", &english));
    sandbox.write(
        "corpus/es.md",
        report("UNDEX/A/1", "De los huertos", &spanish).replace("English", "Spanish"),
    );
    sandbox.write("corpus/es.md.meta.toml", "language = \"es\"\nsymbol = \"UNDEX/A/1\"\n");
    sandbox.write("corpus/b.md", report("UNDEX/A/2", "On cellars", &["Cellars keep apples."]));
    sandbox.run(&["index", "--quiet"]).expect(0);
    sandbox
}

const TAB: &str = "\t";
const ENTER: &str = "\r";
const ESCAPE: &str = "\u{1b}";
const F2: &str = "\u{1b}OQ";

#[test]
fn from_typing_to_the_citation() {
    let sandbox = orchard();
    let Some(terminal) = Terminal::start(&sandbox, (80, 24), &["tui"]) else { return };
    terminal.shows("Type what to look for").types("autum").shows("UNDEX/A/1, para. 2");
    terminal.shows("shown is autum*");
    terminal.types("n AND (red").shows("column 16: found the end of the query");
    terminal.types(")").shows("1 of 1 paragraph ").shows("UNDEX/A/1, para. 2");
    terminal.types(ENTER).shows("match 1 of 1").shows("▌2. Apples are red in autumn.");
    // `UNDEX/A/1, para. 2` in base 64, as terminals take it for the clipboard.
    terminal.types("y").writes("\u{1b}]52;c;VU5ERVgvQS8xLCBwYXJhLiAy");
    terminal.shows("place copied: UNDEX/A/1, para. 2");
    terminal.types(F2).shows("▌2. Las manzanas son rojas.");
    terminal.types(F2).shows("▌2. Apples are red in autumn.");
    // The document stands beside the hits on a wide screen.
    terminal.resize(140, 30).shows("┬ UNDEX/A/1").shows("│ ▌2. Apples");
    terminal.types(ESCAPE).types("q");
    terminal.ends(0);
}

#[test]
fn a_query_from_the_command_line_with_its_conditions() {
    let sandbox = orchard();
    let arguments = ["tui", "manzanas", "--lang", "es", "--from", "2020"];
    let Some(terminal) = Terminal::start(&sandbox, (60, 16), &arguments) else { return };
    terminal.shows("› manzanas").shows("UNDEX/A/1, párr. 2").shows("es · from 2020-01-01");
    terminal.types("\u{3}");
    terminal.ends(0);
}

#[test]
fn matches_of_other_documents_and_a_new_generation() {
    let sandbox = orchard();
    let Some(terminal) = Terminal::start(&sandbox, (80, 24), &["tui", "apples"]) else { return };
    terminal
        .shows("1 of 3 paragraphs")
        .types(TAB)
        .types("G")
        .shows("3 of 3 paragraphs")
        .types("g")
        .shows("1 of 3");
    terminal.types(ENTER).shows("UNDEX/A/2  en · match 1 of 1");
    terminal.types("n").shows("UNDEX/A/1  en · match 1 of 2").types("n").shows("match 2 of 2");
    terminal.types("n").shows("no hit behind this one");
    terminal.types("N").shows("match 1 of 2").types("N").shows("UNDEX/A/2  en · match 1 of 1");
    terminal.types(ESCAPE);
    sandbox.write("corpus/c.md", report("UNDEX/A/3", "On pies", &["Apples make pies."]));
    sandbox.run(&["index", "--quiet"]).expect(0);
    terminal.shows("the index is of generation 2 now").shows("of 4");
    terminal.types("q");
    terminal.ends(0);
}

#[test]
fn the_terminal_is_given_back_when_the_system_ends_it() {
    let sandbox = orchard();
    let Some(terminal) = Terminal::start(&sandbox, (80, 24), &["tui", "apples"]) else { return };
    terminal.shows("1 of 3 paragraphs");
    let process = terminal.process().to_string();
    assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
    terminal.ends(130);
}

#[test]
fn without_a_terminal_or_an_index_it_says_what_to_do() {
    let sandbox = orchard();
    sandbox.run(&["tui", "apples"]).expect(2).says_nothing().tells("`undex search`");
    let arguments = ["tui", "--index", "nowhere"];
    let Some(terminal) = Terminal::start(&sandbox, (80, 24), &arguments) else { return };
    assert!(terminal.ends(3).contains("nowhere: no index here"));
}
