//! The README shows what the program does: every command in its `console` blocks is run, in order and
//! in one folder that holds a copy of `corpus/`, and must answer what stands below it. Line breaks
//! and runs of spaces do not count, since the README is narrower than a pipe; `[...]` stands for any
//! text, such as a digest. The Rust in it is the example on the front page of `undex-query`, which
//! the tests of that crate compile.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A command of the README with the output it shows.
struct Shown {
    command: String,
    output: String,
}

#[test]
fn commands_answer_what_the_readme_shows() {
    let folder = tempfile::Builder::new().prefix("undex-readme-").tempdir().unwrap();
    copy(&repository().join("corpus"), &folder.path().join("corpus"));
    let shown = commands(&blocks("console"));
    assert!(shown.len() >= 10, "the README shows {} commands only", shown.len());
    let mut failures = 0;
    for Shown { command, output } in shown {
        let found = run(&command, folder.path());
        if !matches(&words(&output), &words(&found)) {
            failures += 1;
            eprintln!("$ {command}\n--- the README shows\n{output}\n--- the program says\n{found}");
        }
    }
    assert_eq!(failures, 0, "commands of the README answer something else");
}

#[test]
fn the_example_is_the_one_that_is_compiled() {
    let page = fs::read_to_string(repository().join("crates/query/src/lib.rs")).unwrap();
    let documentation: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let documentation = documentation.join("\n");
    let examples = blocks("rust");
    assert_eq!(examples.len(), 1);
    for example in examples {
        assert!(documentation.contains(&example), "not in crates/query/src/lib.rs:\n{example}");
    }
}

#[test]
fn elisions_match_any_text() {
    let table = [
        ("a b", "a b", true),
        ("a b", "a b c", false),
        ("a [...] c", "a b c", true),
        ("a [...] c", "a b c d", false),
        ("[...] c", "a b c", true),
        ("a [...]", "a b c", true),
        ("a [...] b [...] c", "a x c x b x c", true),
        ("a [...] b [...] c", "a x c", false),
    ];
    for (shown, found, expected) in table {
        assert_eq!(matches(shown, found), expected, "{shown} / {found}");
    }
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The contents of the README's fenced blocks of one kind.
fn blocks(kind: &str) -> Vec<String> {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let start = format!("```{kind}\n");
    readme
        .split(&start)
        .skip(1)
        .map(|rest| rest.split("\n```").next().unwrap().to_owned())
        .collect()
}

/// Lines after `$ ` with the lines that follow each.
fn commands(blocks: &[String]) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    for line in blocks.iter().flat_map(|block| block.lines()) {
        match (line.strip_prefix("$ "), shown.last_mut()) {
            (Some(command), _) => {
                shown.push(Shown { command: command.to_owned(), output: String::new() });
            }
            (None, Some(last)) => {
                last.output.push_str(line);
                last.output.push('\n');
            }
            (None, None) => panic!("a console block begins with output: {line}"),
        }
    }
    shown
}

/// Runs a command as a shell does, and gives both its outputs in the order of writing.
fn run(command: &str, folder: &Path) -> String {
    let program = assert_cmd::cargo::cargo_bin!("undex");
    let mut path = program.parent().unwrap().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(folder)
        .env_clear()
        .env("PATH", path)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is what is shown, `[...]` in it standing for anything.
fn matches(shown: &str, found: &str) -> bool {
    let mut parts = shown.split("[...]");
    let Some(mut rest) = found.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        // Whoever tries undex out may have whole collections there; the README needs none of them.
        if entry.file_type().unwrap().is_file() && is_shipped(&entry.file_name()) {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Whether a file of `corpus/` comes with the repository.
fn is_shipped(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("handbook.")
        || matches!(&*name, "catalogue.toml" | "thesaurus.toml" | "README.md")
}
