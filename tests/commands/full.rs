//! A file system that is really full.

#![cfg(target_os = "linux")]

use std::fs;
use std::process::Command;

use crate::support::Sandbox;
use crate::support::corpus::{long_report, report};

/// Mounts a file system of its own over the folder of the index, which nobody else sees. Whatever is done
/// there is done here; each step ends with a line that names it and its exit code.
const SCRIPT: &str = r#"
mount -t tmpfs -o size=4m tmpfs index || exit 77
step() {
    name=$1
    shift
    "$@" > "$name.out" 2> "$name.err"
    echo "$name $?"
}
cp old.md corpus/a.md
step first "$UNDEX" index --quiet
cp new.md corpus/a.md
cp long.md corpus/long.md
for free in 0 32 128; do
    # A hidden file takes all that is left but so many KiB.
    cat /dev/zero > index/.taken 2> /dev/null
    truncate -s "-${free}K" index/.taken
    step "full-$free" "$UNDEX" index --quiet
    step "search-$free" "$UNDEX" search apples
    step "verify-$free" "$UNDEX" verify
    rm index/.taken
done
step again "$UNDEX" index --quiet
step search-again "$UNDEX" search apples
step verify-again "$UNDEX" verify
ls index > left.out
"#;

#[test]
fn a_full_disk_loses_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("old.md", report("UNDEX/A/1", "Apples", &["Apples are red."]));
    sandbox.write("new.md", report("UNDEX/A/1", "Apples", &["Apples are yellow."]));
    sandbox.write("long.md", long_report(1, 1_200));
    for folder in ["corpus", "index"] {
        fs::create_dir(sandbox.path().join(folder)).unwrap();
    }
    let run = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", SCRIPT])
        .env("UNDEX", sandbox.command::<&str>(&[]).get_program())
        .current_dir(sandbox.path())
        .output();
    let done = match run {
        Ok(output) if output.status.success() => String::from_utf8(output.stdout).unwrap(),
        other => {
            eprintln!("skipped: this machine lets nobody mount a small file system: {other:?}");
            return;
        }
    };
    let said = |name: &str| fs::read_to_string(sandbox.path().join(name)).unwrap();
    let ended = |step: &str, code: i32| {
        assert!(
            done.lines().any(|line| line == format!("{step} {code}")),
            "{step} should end with {code}\n{done}{}",
            said(&format!("{step}.err"))
        );
    };
    ended("first", 0);
    for free in [0, 32, 128] {
        ended(&format!("full-{free}"), 2);
        let told = said(&format!("full-{free}.err"));
        for words in ["No space left on device", "the index is unchanged", "free some space"] {
            assert!(told.contains(words), "{free} KiB free: {words} is not in {told}");
        }
        ended(&format!("search-{free}"), 0);
        assert!(said(&format!("search-{free}.out")).contains("Apples are red."));
        ended(&format!("verify-{free}"), 0);
    }
    ended("again", 0);
    ended("search-again", 0);
    assert!(said("search-again.out").contains("Apples are yellow."));
    ended("verify-again", 0);
    assert!(!said("left.out").contains("tmp-"), "{}", said("left.out"));
}
