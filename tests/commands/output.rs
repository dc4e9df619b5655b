//! Where output goes and what it may hold: terminals, pipes, readers that leave early, and an index
//! folder that nobody may write.

use std::io::Read;
use std::process::Stdio;

use crate::indexed;
use crate::support::{Run, Sandbox, corpus};

/// Every command that shows text of documents.
const SHOWING: [&[&str]; 17] = [
    &["search", "relojes"],
    &["search", "relojes", "--json"],
    &["search", "relojes", "--facets", "year,type"],
    &["search", "relojes", "--group", "document", "--sort", "date"],
    &["search", "relojes", "--kwic", "--kwic-sort", "right"],
    &["search", "relojes", "-C", "1"],
    &["search", "relojes", "--format", "csv"],
    &["trend", "reloj*", "day"],
    &["show", "A/RES/999/1"],
    &["show", "A/RES/999/1", "--para", "2", "--lang", "en,es,fr"],
    &["cites", "UNDEX/AC.9/2020/L.4", "--json"],
    &["cited-by", "UNDEX/999/7"],
    &["cited-by", "UNDEX/999/7", "--count", "--by", "year"],
    &["missing"],
    &["graph", "UNDEX/999/7", "--direction", "in"],
    &["list"],
    &["info"],
];

/// Commands whose piped output is for programs: JSON, graphs, and what becomes tab-separated.
fn is_for_programs(arguments: &[&str]) -> bool {
    arguments.contains(&"--json")
        || arguments.contains(&"--count")
        || arguments.contains(&"--format")
        || arguments.contains(&"--kwic")
        || matches!(arguments[0], "list" | "missing" | "graph" | "trend")
}

fn is_coloured(run: &Run) -> bool {
    run.stdout.contains('\u{1b}') || run.stderr.contains('\u{1b}')
}

#[test]
fn colour_only_where_it_is_wanted() {
    let sandbox = indexed();
    for arguments in SHOWING {
        let piped = sandbox.run(arguments).expect(0);
        assert!(!is_coloured(&piped), "{}", piped.report());
        let forced = sandbox.run_with(arguments, &[("CLICOLOR_FORCE", "1")]).expect(0);
        let plain = is_for_programs(arguments);
        assert!(is_coloured(&forced) != plain, "colour was asked for\n{}", forced.report());
        let refused = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")];
        let refused = sandbox.run_with(arguments, &refused).expect(0);
        assert_eq!(refused.stdout, piped.stdout, "NO_COLOR is stronger");
        assert!(!is_coloured(&refused), "{}", refused.report());
    }
}

#[test]
fn errors_are_plain_when_piped() {
    let sandbox = Sandbox::new();
    for arguments in
        [&["search", "\"x"][..], &["show", "hello"], &["list"], &["extract", "nothing"]]
    {
        let run = sandbox.run(arguments);
        assert!(run.code != Some(0) && !is_coloured(&run), "{}", run.report());
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let sandbox = Sandbox::new();
    // Far more than a pipe holds.
    sandbox.write("corpus/long.md", corpus::long_report(1, 1_500));
    sandbox.run(&["index", "--quiet"]).expect(0);
    for arguments in [
        &["show", "UNDEX/LONG/1"][..],
        &["show", "UNDEX/LONG/1", "--json"],
        &["search", "the", "-n", "1000"],
        &["search", "the", "-n", "1000", "--json"],
        &["extract", "corpus/long.md"],
    ] {
        let mut command = sandbox.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut first = [0; 100];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {told}");
        assert!(!told.contains("panic") && !told.contains("error"), "{arguments:?}: {told}");
    }
}

#[cfg(unix)]
#[test]
fn reading_writes_nothing_into_the_index() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    /// The folders get one mode, the files another.
    fn set_modes(folder: &Path, folders: u32, files: u32) {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                set_modes(&entry.path(), folders, files);
            } else {
                fs::set_permissions(entry.path(), fs::Permissions::from_mode(files)).unwrap();
            }
        }
        fs::set_permissions(folder, fs::Permissions::from_mode(folders)).unwrap();
    }

    let sandbox = indexed();
    let index = sandbox.path().join("index");
    // The administrator may write all the same: then the comparison below is what counts.
    set_modes(&index, 0o555, 0o444);
    let before = sandbox.files("index");
    let times = |files: &std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>| -> Vec<_> {
        let time = |name| fs::metadata(sandbox.path().join(name)).unwrap().modified().unwrap();
        files.keys().map(time).collect()
    };
    let times_before = times(&before);
    for arguments in SHOWING {
        sandbox.run(arguments).expect(0);
    }
    sandbox.run(&["index", "--check"]).expect(0);
    let after = sandbox.files("index");
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert!(before == after, "a file of the index changed");
    assert_eq!(times_before, times(&after));
    set_modes(&index, 0o755, 0o644);
}
