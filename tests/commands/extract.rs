//! Where `undex extract` writes, and what it refuses to overwrite.

use std::fs;

use crate::support::archive::zip;
use crate::support::{Sandbox, corpus};

fn two_reports() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", corpus::report("UNDEX/EXTRACT/1", "Of maps", &["The maps are old."]));
    sandbox.write("b.md", corpus::report("UNDEX/EXTRACT/2", "Of clocks", &["The clocks are new."]));
    sandbox
}

#[test]
fn one_document_goes_to_the_output() {
    let sandbox = two_reports();
    let xml = sandbox.run(&["extract", "a.md", "--format", "akn"]).expect(0).tells_nothing();
    let xml =
        xml.says("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").says("The maps are old.").stdout;
    sandbox.write("a.xml", xml);
    sandbox
        .run(&["extract", "a.xml"])
        .expect(0)
        .says("UNDEX/EXTRACT/1")
        .says("1. The maps are old.");
    sandbox.run(&["extract", "a.md", "--format", "md"]).expect(0).says("1\\. The maps are old.");
    let json = sandbox.run(&["extract", "a.md", "--format", "json"]).expect(0).stdout;
    assert_eq!(json, sandbox.run(&["extract", "a.md", "--json"]).expect(0).stdout);
}

#[test]
fn several_documents_are_no_single_xml_file() {
    let sandbox = two_reports();
    let a = fs::read(sandbox.path().join("a.md")).unwrap();
    sandbox.write("both.zip", zip(&[("a.md", &a[..]), ("b.md", &a[..])]));
    let several = [&["a.md", "b.md"][..], &["both.zip"]];
    for files in several {
        let arguments = [&["extract", "--format", "akn"][..], files].concat();
        sandbox.run(&arguments).expect(2).says_nothing().tells("--output DIR");
    }
    sandbox
        .run(&["extract", "--format", "md", "a.md", "b.md"])
        .expect(0)
        .says("maps")
        .says("clocks");
}

#[test]
fn every_document_has_a_file_of_its_own() {
    let sandbox = two_reports();
    let write = ["extract", "a.md", "b.md", "--format", "akn", "-o", "out/xml"];
    sandbox.run(&write).expect(0).says_nothing().tells("2 documents written to out/xml");
    let names = ["out/xml/UNDEX_EXTRACT_1.en.xml", "out/xml/UNDEX_EXTRACT_2.en.xml"];
    assert_eq!(sandbox.names("out"), names);
    for (format, extension) in [("md", "md"), ("text", "txt"), ("json", "json")] {
        sandbox
            .run(&["extract", "a.md", "--format", format, "-o", "more"])
            .expect(0)
            .says_nothing();
        assert!(sandbox.path().join(format!("more/UNDEX_EXTRACT_1.en.{extension}")).exists());
    }

    // What is there stays, unless it is to be replaced.
    sandbox.write(names[0], "mine");
    sandbox.run(&write).expect(2).tells("is there already; give --force");
    assert_eq!(fs::read_to_string(sandbox.path().join(names[0])).unwrap(), "mine");
    let force = [&write[..], &["--force"]].concat();
    sandbox.run(&force).expect(0);
    assert_ne!(fs::read_to_string(sandbox.path().join(names[0])).unwrap(), "mine");
    assert_eq!(sandbox.names("out"), names, "something else is left behind");
}

#[test]
fn two_documents_never_share_a_file() {
    let sandbox = two_reports();
    sandbox
        .write("c.md", corpus::report("UNDEX/EXTRACT/1", "Of maps again", &["The maps are new."]));
    let run = ["extract", "a.md", "c.md", "-o", "out", "--force"];
    sandbox.run(&run).expect(2).tells("c.md: not written").tells("document of a.md");
    let text = fs::read_to_string(sandbox.path().join("out/UNDEX_EXTRACT_1.en.txt")).unwrap();
    assert!(text.contains("The maps are old."), "{text}");
}

#[cfg(unix)]
#[test]
fn files_are_readable_as_others_are() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = two_reports();
    sandbox.run(&["extract", "a.md", "-o", "out"]).expect(0);
    sandbox.write("plain", "x");
    let mode = |name| fs::metadata(sandbox.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("out/UNDEX_EXTRACT_1.en.txt"), mode("plain"));
}

#[test]
fn options_that_say_two_things_are_refused() {
    let sandbox = two_reports();
    for options in [
        &["--json", "--format", "md"][..],
        &["--repairs", "--format", "md"],
        &["--repairs", "-o", "out"],
        &["--force"],
        &["--format", "pdf"],
    ] {
        sandbox.run(&[&["extract", "a.md"][..], options].concat()).expect(2).says_nothing();
    }
    sandbox.run(&["extract", "a.md", "-o", "b.md"]).expect(2).tells("b.md: cannot make the folder");
}

#[test]
fn nothing_written_for_people_is_obeyed_by_a_terminal() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", corpus::report("UNDEX/EXTRACT/1", "Of maps", &["The maps are old."]));
    sandbox.write("a.md.meta.toml", "title = \"Maps \\u001b[31m \\u202e and\"\n");
    for format in ["text", "md", "akn"] {
        let run = sandbox.run(&["extract", "a.md", "--format", format]).expect(0);
        assert!(!run.stdout.contains('\u{1b}'), "{}", run.report());
        sandbox.run(&["extract", "a.md", "--format", format, "-o", "out"]).expect(0);
    }
    for (name, content) in sandbox.files("out") {
        assert!(!content.contains(&0x1b), "{}", name.display());
    }
}
