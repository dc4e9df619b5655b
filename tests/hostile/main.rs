//! Files that break rules, hide things or are made to exhaust: each costs itself and nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise"
)]

mod attacked;
#[path = "../attacks/mod.rs"]
mod attacks;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::time::{Duration, Instant};

use serde_json::Value;
use support::corpus::report;
use support::{Sandbox, archive, repository};

/// No hostile file may take longer, in debug and with others running beside it.
const SLOWEST: Duration = Duration::from_secs(20);

/// What must become of a file: how its outcome is called, and words of the message.
struct Case {
    name: &'static str,
    content: Vec<u8>,
    failed: bool,
    code: &'static str,
    /// Cause and, where there is one, next step.
    words: &'static [&'static str],
    /// The source that the outcome is reported for.
    source: &'static str,
}

fn failed(
    name: &'static str,
    content: Vec<u8>,
    code: &'static str,
    words: &'static [&'static str],
) -> Case {
    Case { name, content, failed: true, code, words, source: name }
}

fn skipped(
    name: &'static str,
    content: Vec<u8>,
    code: &'static str,
    words: &'static [&'static str],
) -> Case {
    Case { failed: false, ..failed(name, content, code, words) }
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(repository().join("tests/fixtures/hostile").join(name)).unwrap()
}

fn nested(depth: usize, before: &str, open: &str, close: &str, after: &str) -> Vec<u8> {
    format!("{before}{}deep{}{after}", open.repeat(depth), close.repeat(depth)).into_bytes()
}

fn deep_xml() -> Vec<u8> {
    nested(
        300,
        "<akomaNtoso><statement><mainBody>",
        "<p>",
        "</p>",
        "</mainBody></statement></akomaNtoso>",
    )
}

/// A Word file that has its parts and no links between them.
fn unlinked_word() -> Vec<u8> {
    archive::zip(&[("word/document.xml", b"<w/>"), ("[Content_Types].xml", b"<Types/>")])
}

/// A Word file with this body.
fn word(body: &str) -> Vec<u8> {
    office("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", body)
}

/// An Office file of a type.
fn office(kind: &str, body: &str) -> Vec<u8> {
    let types =
        format!("<Types><Override PartName='/word/document.xml' ContentType='{kind}'/></Types>");
    let links = "<Relationships><Relationship Id='a' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>";
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!("<w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>");
    archive::zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", links.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

fn cases() -> Vec<Case> {
    let heron = report("UNDEX/HOSTILE/2", "Herons", &["A heron hides in an archive."]);
    let inner = archive::zip(&[("heron.md", heron.as_bytes())]);
    let bomb = vec![b' '; 64 << 20];
    let long_paragraph = format!("1. {}\n", "word ".repeat(60_000)).into_bytes();
    let text_formats = &["no format that undex reads", "give"];
    vec![
        failed("truncated.xml", fixture("truncated.xml"), "malformed", &["end of the file"]),
        failed("mismatched.xml", fixture("mismatched.xml"), "malformed", &["line 4"]),
        failed("entity-bomb.xml", fixture("entity-bomb.xml"), "malformed", &["&f;"]),
        failed("external-entity.xml", fixture("external-entity.xml"), "malformed", &["&secret;"]),
        failed(
            "deep.xml",
            deep_xml(),
            "limit",
            &["xml_depth", "limit of 256", "--limit xml_depth=N"],
        ),
        failed(
            "deep.html",
            nested(200_000, "<html><body>", "<div>", "</div>", "</body></html>"),
            "limit",
            &["html_depth", "limit of 512", "--limit html_depth=N"],
        ),
        failed(
            "unclosed.html",
            nested(200_000, "<!DOCTYPE html><body>", "<ul><li>", "", ""),
            "limit",
            &["html_depth", "--limit html_depth=N"],
        ),
        failed(
            "long-paragraph.txt",
            long_paragraph,
            "limit",
            &["paragraph_bytes", "--limit paragraph_bytes=N"],
        ),
        Case {
            source: "bomb.zip!bomb.txt",
            ..failed(
                "bomb.zip",
                archive::zip(&[("bomb.txt", &bomb)]),
                "limit",
                &["archive_ratio", "--limit archive_ratio=N"],
            )
        },
        failed("cut.zip", fixture("cut.zip"), "malformed", &["malformed zip"]),
        Case {
            source: "nested.zip!inner.zip",
            ..failed(
                "nested.zip",
                archive::zip(&[("inner.zip", &inner)]),
                "nested-archive",
                &["an archive inside an archive", "unpack"],
            )
        },
        skipped("empty.txt", fixture("empty.txt"), "unknown-format", text_formats),
        skipped("blank.txt", fixture("blank.txt"), "unknown-format", text_formats),
        skipped("no-words.txt", fixture("no-words.txt"), "unknown-format", text_formats),
        skipped("noise.bin", fixture("noise.bin"), "unknown-format", text_formats),
        skipped("noise.txt", fixture("noise.bin"), "unknown-format", text_formats),
        skipped("recipes.xml", fixture("other-vocabulary.xml"), "unknown-format", text_formats),
        failed("scan.txt", fixture("begins-as-pdf.txt"), "malformed", &["malformed pdf"]),
        failed("letter.docx", unlinked_word(), "malformed", &["_rels/.rels", "save it again"]),
        failed("no-extension", unlinked_word(), "malformed", &["malformed docx", "_rels/.rels"]),
        failed(
            "entities.docx",
            word("<w:p><w:r><w:t>&f;</w:t></w:r></w:p>"),
            "malformed",
            &["malformed docx", "word/document.xml", "&f;"],
        ),
        failed(
            "nested-tables.docx",
            word(&"<w:tbl><w:tr><w:tc>".repeat(50_000)),
            "limit",
            &["xml_depth", "limit of 256", "--limit xml_depth=N"],
        ),
        failed(
            "bomb.docx",
            word(&" ".repeat(64 << 20)),
            "limit",
            &["archive_ratio", "word/document.xml", "--limit archive_ratio=N"],
        ),
        failed("empty.docx", word("<w:p/>"), "empty", &["no text"]),
        skipped(
            "sums.xlsx",
            office(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                "",
            ),
            "unknown-format",
            &["an Excel workbook", "save it as"],
        ),
        failed("old.doc", fixture("old-word.doc"), "malformed", &["malformed doc", "compound"]),
    ]
}

/// A document that must stay findable whatever stands beside it.
fn good(sandbox: &Sandbox) {
    sandbox.write("corpus/good.md", report("UNDEX/GOOD/1", "Herons", &["A heron stands still."]));
}

fn outcome<'r>(report: &'r Value, path: &str) -> &'r Value {
    let sources = report["sources"].as_array().unwrap();
    let source = sources.iter().find(|source| source["path"] == path);
    &source.unwrap_or_else(|| panic!("no source {path} in {report:#}"))["outcome"]
}

#[test]
fn each_file_ends_in_its_outcome_alone() {
    for case in cases() {
        let sandbox = Sandbox::new();
        good(&sandbox);
        sandbox.write("secret.md", "never read\n");
        sandbox.write(&format!("corpus/{}", case.name), &case.content);

        let start = Instant::now();
        let run =
            sandbox.run(&["index", "--report", "json"]).expect(if case.failed { 2 } else { 0 });
        let took = start.elapsed();
        assert!(took < SLOWEST, "{} took {took:?}", case.name);

        let source = format!("corpus/{}", case.source);
        let outcome = outcome(&run.one_json(), &source).to_string();
        let kind = if case.failed { "failed" } else { "skipped" };
        assert!(outcome.contains(kind), "{}: {outcome}", case.name);
        assert!(
            outcome.contains(&format!("\"code\":\"{}\"", case.code)),
            "{}: {outcome}",
            case.name
        );
        // The message is one line that names the file, the cause and the next step.
        let line = run.stderr.lines().find(|line| line.contains(&source));
        let line = line.unwrap_or_else(|| panic!("nobody is told\n{}", run.report()));
        for word in case.words {
            assert!(line.contains(word), "expected {word}\n{}", run.report());
        }

        sandbox
            .run(&["search", "heron"])
            .expect(0)
            .says("UNDEX/GOOD/1, para. 1")
            .never_says("HOSTILE");
        let other: Vec<String> =
            sandbox.names("").into_iter().filter(|name| !name.starts_with("index/")).collect();
        let hostile = format!("corpus/{}", case.name);
        let mut expected = vec!["corpus/good.md", hostile.as_str(), "secret.md"];
        expected.sort_unstable();
        assert_eq!(other, expected, "something was written outside the index");
    }
}

#[test]
fn extract_tells_the_same_and_goes_on() {
    for case in cases() {
        let sandbox = Sandbox::new();
        good(&sandbox);
        sandbox.write(case.name, &case.content);
        let run = sandbox.run(&["extract", case.name, "corpus/good.md", "--json"]).expect(2);
        assert_eq!(run.json().len(), 1, "{}", run.report());
        assert!(run.stdout.contains("UNDEX/GOOD/1"), "{}", run.report());
        let line = run.stderr.lines().find(|line| line.contains(case.source));
        assert!(line.is_some(), "{} is not named\n{}", case.source, run.report());
    }
}

#[test]
fn all_together_fail_by_name_and_leave_the_rest_as_it_was() {
    let sandbox = Sandbox::new();
    good(&sandbox);
    sandbox.run(&["index", "--quiet"]).expect(0);
    let digest =
        |sandbox: &Sandbox| sandbox.run(&["info", "--json"]).expect(0).one_json()["digest"].clone();
    let alone = digest(&sandbox);
    let cases = cases();
    for case in &cases {
        sandbox.write(&format!("corpus/{}", case.name), &case.content);
    }
    let run = sandbox.run(&["index", "--report", "json", "--quiet"]).expect(2);
    let report = run.one_json();
    assert_eq!(report["failed"], cases.iter().filter(|case| case.failed).count());
    assert_eq!(report["skipped"], cases.iter().filter(|case| !case.failed).count());
    assert_eq!(report["documents"], 1);
    assert_eq!(digest(&sandbox), alone);
    // What failed once and has not changed is still told, and not read again.
    let again = sandbox.run(&["index", "--report", "json", "--quiet"]).expect(2);
    assert_eq!(again.one_json()["published"], false);
}

#[test]
fn a_limit_can_be_raised_by_the_name_that_the_message_gives() {
    let sandbox = Sandbox::new();
    sandbox.write("deep.xml", deep_xml());
    sandbox.run(&["extract", "deep.xml", "--limit", "xml_depth=400"]).expect(0).says("deep");
    sandbox.run(&["extract", "deep.xml", "--limit", "no_such=4"]).expect(2).tells("xml_depth");
    sandbox.run(&["extract", "deep.xml", "--limit", "xml_depth"]).expect(2).tells("NAME=N");
    sandbox.run(&["extract", "deep.xml", "--limit", "xml_depth=-1"]).expect(2).tells("-1");
}

#[test]
fn names_of_members_are_never_paths() {
    let heron = report("UNDEX/HOSTILE/3", "Herons", &["A heron climbs out of its folder."]);
    let sandbox = Sandbox::new();
    good(&sandbox);
    let absolute = sandbox.path().join("outside/absolute.md");
    let members: [(&str, &[u8]); 4] = [
        ("../evil.md", heron.as_bytes()),
        ("a/../../evil.md", heron.as_bytes()),
        (absolute.to_str().unwrap(), heron.as_bytes()),
        ("C:\\evil.md", heron.as_bytes()),
    ];
    sandbox.write("corpus/climbing.zip", archive::zip(&members));
    sandbox.run(&["index", "--quiet"]).expect(0);
    sandbox.run(&["extract", "corpus/climbing.zip", "--json"]).expect(0);
    let written: Vec<String> =
        sandbox.names("").into_iter().filter(|name| !name.starts_with("index/")).collect();
    assert_eq!(written, ["corpus/climbing.zip", "corpus/good.md"]);
    let beside = sandbox.path().parent().unwrap();
    assert!(!beside.join("evil.md").exists() && !sandbox.path().join("evil.md").exists());
    sandbox.run(&["search", "still"]).expect(0).says("UNDEX/GOOD/1");
}

#[test]
fn nothing_in_a_text_reaches_the_terminal_as_a_command() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/control.md", fixture("control-sequences.md"));
    let built = sandbox.run(&["index"]).expect(0);
    let symbol = "UNDEX/HOSTILE/1";
    for arguments in [
        &["show", symbol][..],
        &["show", symbol, "--para", "1"],
        &["search", "heron"],
        &["search", "paragraph OR title"],
        &["list"],
        &["extract", "corpus/control.md"],
        &["search", "heron\u{1b}[31m \"\u{202e}"],
        &["show", "A/\u{1b}[31m/1"],
        &["show", symbol, "--para", "\u{1b}[2K"],
        &["extract", "\u{1b}[2Knowhere"],
        &["list", "\u{1b}[31m"],
        &["index", "\u{202e}nowhere"],
        &["search", "heron", "--index", "\u{1b}[31mred"],
    ] {
        let run = sandbox.run(arguments);
        assert_is_harmless(&run.stdout, &run.report());
        assert_is_harmless(&run.stderr, &run.report());
    }
    assert_is_harmless(&built.stderr, &built.report());
    sandbox.run(&["show", symbol]).expect(0).says("A heron stands still.");
}

/// No control but line ends and tabs, no override of the writing direction, nothing without width.
#[track_caller]
fn assert_is_harmless(text: &str, report: &str) {
    let obeyed = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
    };
    if let Some(c) = text.chars().find(|c| obeyed(*c)) {
        panic!("{} reaches the terminal\n{}", c.escape_unicode(), report.escape_debug());
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_reach_the_terminal_as_text() {
    let sandbox = Sandbox::new();
    good(&sandbox);
    sandbox.write("corpus/\u{1b}[31mred\u{202e}.xml", "<akomaNtoso><p>");
    sandbox.write("corpus/\u{1b}[2Kgone.txt", "");
    let run = sandbox.run(&["index"]).expect(2).tells("\\u{1b}[31mred").tells("\\u{1b}[2Kgone");
    assert_is_harmless(&run.stderr, &run.report());
    let check = sandbox.run(&["index", "--check", "--rebuild"]);
    assert_is_harmless(&check.stderr, &check.report());
    sandbox.remove("corpus/\u{1b}[2Kgone.txt");
    let check = sandbox.run(&["index", "--check"]).expect(3).says("\\u{1b}[2Kgone");
    assert_is_harmless(&check.stdout, &check.report());
}

#[cfg(unix)]
#[test]
fn links_pipes_and_devices_are_not_followed() {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    let sandbox = Sandbox::new();
    good(&sandbox);
    sandbox.write("secret/secret.md", report("UNDEX/SECRET/1", "Secrets", &["Nobody knows it."]));
    let corpus = sandbox.path().join("corpus");
    symlink(sandbox.path().join("secret/secret.md"), corpus.join("link.md")).unwrap();
    symlink(sandbox.path().join("secret"), corpus.join("folder")).unwrap();
    symlink(&corpus, corpus.join("round")).unwrap();
    symlink("/dev/zero", corpus.join("zeros.txt")).unwrap();
    symlink("nothing", corpus.join("dangling.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(corpus.join("pipe.txt")).status().unwrap().success());

    sandbox.run(&["index"]).expect(0);
    sandbox.run(&["search", "nobody"]).expect(1);
    sandbox.run(&["search", "heron"]).expect(0).says("UNDEX/GOOD/1");
    let list = sandbox.run(&["list"]).expect(0);
    assert_eq!(list.stdout.lines().count(), 1, "{}", list.report());
}
