//! A small index of every format version there was, kept for ever: the others are told and never
//! touched, the present one answers.

use std::fs;
use std::path::Path;

use undex_schema::FORMAT_VERSION;

use crate::set_format;
use crate::support::{Sandbox, repository};

/// A format that no undex knows yet.
const OF_THE_FUTURE: u32 = 999;

/// The commands that read an index.
const READING: [&[&str]; 11] = [
    &["search", "lamps"],
    &["show", "UNDEX/FORMATS/1"],
    &["show", "UNDEX/FORMATS/1", "--para", "2"],
    &["list"],
    &["info"],
    &["info", "--json"],
    &["cites", "UNDEX/FORMATS/1"],
    &["cited-by", "UNDEX/FORMATS/2"],
    &["graph", "UNDEX/FORMATS/1"],
    &["missing"],
    &["verify"],
];

/// A copy of the index of a format, beside the documents it was made of.
fn kept(format: u32) -> Sandbox {
    let sandbox = Sandbox::new();
    let folder = repository().join("tests/fixtures/formats");
    take(&sandbox, &folder.join("corpus"), "corpus");
    take(&sandbox, &folder.join(format!("format-{format}")), "index");
    sandbox
}

fn take(sandbox: &Sandbox, folder: &Path, name: &str) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| {
        panic!("{}: {error}; tests/fixtures/formats/README.md says how to add it", folder.display())
    });
    for entry in entries.map(Result::unwrap) {
        let name = format!("{name}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            take(sandbox, &entry.path(), &name);
        } else {
            sandbox.write(&name, fs::read(entry.path()).unwrap());
        }
    }
}

/// An index of the present format that says it is of one to come.
fn of_the_future() -> Sandbox {
    let sandbox = kept(FORMAT_VERSION);
    set_format(&sandbox, "index/gen-000001", OF_THE_FUTURE);
    sandbox
}

/// Every reading command says which format it found, which it reads, and what to do; and nothing in the
/// folder changes.
fn is_told(sandbox: &Sandbox, format: u32) {
    let files = sandbox.files("index");
    for arguments in READING {
        let run = sandbox.run(arguments).expect(3).says_nothing();
        let run = run.tells(&format!("index format {format}, this undex reads {FORMAT_VERSION}"));
        let run = run.tells("run `undex index` to build it again");
        assert_eq!(run.stderr.contains("newer undex"), format > FORMAT_VERSION, "{}", run.report());
    }
    let found = sandbox.run(&["verify", "--json"]).expect(3).tells_nothing().one_json();
    assert_eq!(found["problems"][0]["code"], "format", "{found}");
    sandbox.run(&["index", "--check"]).expect(3).says(&format!("index format {format},"));
    assert!(files == sandbox.files("index"), "an index of format {format} was changed");
}

#[test]
fn an_older_format_is_told_and_built_anew_beside() {
    for format in 1..FORMAT_VERSION {
        let sandbox = kept(format);
        is_told(&sandbox, format);
        let old = sandbox.files("index/gen-000001");
        sandbox.run(&["index"]).expect(0).tells("2 sources added").tells("generation 2");
        assert!(old == sandbox.files("index/gen-000001"), "format {format} was wiped");
        sandbox.run(&["search", "lamps"]).expect(0).says("UNDEX/FORMATS/1");
        sandbox.run(&["verify"]).expect(0);
    }
}

#[test]
fn the_present_format_is_read_as_it_was_written() {
    let sandbox = kept(FORMAT_VERSION);
    let files = sandbox.files("index");
    for arguments in READING {
        // Nothing that they cite is missing, which is no hit.
        sandbox.run(arguments).expect(i32::from(arguments == ["missing"]));
    }
    let found = sandbox.run(&["search", "lamparas apagan"]).expect(0);
    found.says("UNDEX/FORMATS/2, párr. 2").says("La lámpara que se apague");
    sandbox.run(&["cited-by", "UNDEX/FORMATS/2"]).expect(0).says("UNDEX/FORMATS/1, para. 2");
    let info = sandbox.run(&["info", "--json"]).expect(0).one_json();
    assert_eq!([&info["format"], &info["documents"]], [FORMAT_VERSION, 2]);
    assert!(files == sandbox.files("index"), "reading changed the index");

    // What is extracted may change without a new format; what is written of it may not.
    let again = sandbox.run(&["index", "--report", "json"]).expect(0).one_json();
    assert_eq!(again["documents"], 2);
    sandbox.run(&["verify"]).expect(0);
}

#[test]
fn a_format_to_come_is_told_and_replaced_only_when_asked() {
    let sandbox = of_the_future();
    is_told(&sandbox, OF_THE_FUTURE);
    let files = sandbox.files("index");
    sandbox.run(&["index"]).expect(3).tells("999").tells("--rebuild");
    let found = sandbox.files("index");
    assert!(files.iter().all(|(path, content)| found.get(path) == Some(content)));
    sandbox.run(&["index", "--rebuild", "--quiet"]).expect(0);
    sandbox.run(&["search", "lamps"]).expect(0);
}
