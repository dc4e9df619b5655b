//! A build while others read and write, and Ctrl-C in the middle of it.

#![cfg(unix)]

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::Sandbox;
use crate::support::corpus::{long_report, report};

/// How long a build may take to begin, and to end once it is told to.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn an_interrupt_leaves_the_old_index_in_place() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.md", report("UNDEX/A/1", "Apples", &["Apples are red."]));
    sandbox.run(&["index", "--quiet"]).expect(0);
    let before = sandbox.files("index");

    // Enough that the build is still running when it is interrupted.
    for number in 0..24 {
        sandbox.write(&format!("corpus/long-{number}.md"), long_report(number, 1_200));
    }
    let mut command = sandbox.command(&["index", "--threads", "1"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Its unfinished folder shows that it listens and is at work.
    wait_until(&mut child, || {
        sandbox.names("index").len() > before.len() || has_workspace(&sandbox)
    });
    // Meanwhile the old index answers, and nobody else may write.
    sandbox.run(&["search", "apples"]).expect(0).says("UNDEX/A/1, para. 1");
    let writer = format!("process {} ", child.id());
    sandbox.run(&["index", "--quiet"]).expect(2).tells(&writer).tells("wait for it to end");
    let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{told}");
    assert!(told.contains("interrupted") && told.contains("unchanged"), "{told}");

    let after = sandbox.files("index");
    assert!(before == after, "left behind: {:?}", after.keys().collect::<Vec<_>>());
    sandbox.run(&["search", "apples"]).expect(0).says("UNDEX/A/1, para. 1");
    sandbox.run(&["index", "--check"]).expect(3);
}

/// Whether a folder of an unfinished generation stands beside the others.
fn has_workspace(sandbox: &Sandbox) -> bool {
    let entries = std::fs::read_dir(sandbox.path().join("index")).unwrap();
    entries.map(Result::unwrap).any(|entry| entry.file_name().to_string_lossy().starts_with("tmp-"))
}

/// Waits until a build has come so far; that it ends before is a failure of the test.
fn wait_until(child: &mut Child, reached: impl Fn() -> bool) {
    let start = Instant::now();
    while !reached() {
        assert!(child.try_wait().unwrap().is_none(), "the build ended before it was interrupted");
        assert!(start.elapsed() < PATIENCE, "the build did not begin");
        std::thread::sleep(Duration::from_millis(5));
    }
}
