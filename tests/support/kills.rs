//! Builds killed at random moments, and what the index answers after each.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use undex_schema::Layout;

use super::Sandbox;
use super::corpus::{long_report, report};

/// Documents that make the build last.
const LONG: usize = 3;

/// What became of killed builds.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) kills: usize,
    /// Builds that had ended before they were to be killed.
    pub(crate) ended: usize,
    /// Kills after which the index was as it was.
    pub(crate) before: usize,
    /// Kills after which the index was the new one.
    pub(crate) after: usize,
    /// What must not be.
    pub(crate) lost: Vec<String>,
}

/// Kills a build so many times, at moments that a seed spreads over the length of a build, and lets it run to
/// its end at last.
pub(crate) fn run(kills: usize, seed: u64) -> Figures {
    let sandbox = Sandbox::new();
    let state = |word: &str| report("UNDEX/A/1", "The state", &[&format!("The state is {word}.")]);
    sandbox.write("corpus/a.md", state("old"));
    sandbox.write("corpus/b.md", report("UNDEX/A/2", "Pears", &["Pears are green."]));
    sandbox.run(&["index", "--quiet"]).expect(0);
    let old = answer(&sandbox).unwrap();
    copy(&sandbox.path().join("index"), &sandbox.path().join("base"));

    sandbox.write("corpus/a.md", state("new"));
    sandbox.remove("corpus/b.md");
    for number in 0..LONG {
        sandbox.write(&format!("corpus/long-{number}.md"), long_report(number, 150));
    }
    sandbox.run(&["index", "--quiet", "--index", "anew"]).expect(0);
    let digest = digest(&sandbox, "anew").unwrap();
    let start = Instant::now();
    sandbox.run(&["index", "--quiet"]).expect(0);
    let length = start.elapsed();
    let new = answer(&sandbox).unwrap();
    assert_ne!(old, new);
    restore(&sandbox);

    let mut figures = Figures::default();
    let mut random = seed | 1;
    for number in 0..kills {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        // To the end and a little beyond, since the next may take longer.
        let moment = length.mul_f64(1.1 * (random >> 40) as f64 / (1u64 << 24) as f64);
        let killed = kill_after(&sandbox, moment);
        figures.kills += 1;
        figures.ended += usize::from(!killed);
        let is_new = match answer(&sandbox) {
            Ok(answer) if answer == old => false,
            Ok(answer) if answer == new => true,
            other => {
                figures.lost.push(format!("kill {number} after {moment:?}: {other:?}"));
                restore(&sandbox);
                continue;
            }
        };
        if !killed && !is_new {
            figures.lost.push(format!("build {number} ended without effect"));
        }
        let verified = sandbox.run(&["verify"]);
        if verified.code != Some(0) {
            figures.lost.push(format!("kill {number} after {moment:?}: {}", verified.report()));
        }
        if is_new {
            figures.after += 1;
        } else {
            figures.before += 1;
        }
        // Every other build begins in what the killed one left.
        if is_new || number % 2 == 1 {
            restore(&sandbox);
        }
    }
    kill_after(&sandbox, length / 2);
    sandbox.run(&["index", "--quiet"]).expect(0);
    if self::digest(&sandbox, "index") != Some(digest) {
        figures.lost.push("the build after all of them gives something else".to_owned());
    }
    figures
}

/// Whether a build was still running after so long; it is not any more.
fn kill_after(sandbox: &Sandbox, moment: Duration) -> bool {
    let mut command = sandbox.command(&["index", "--quiet"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(moment);
    let running = child.try_wait().unwrap().is_none();
    if running {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    running
}

fn answer(sandbox: &Sandbox) -> Result<String, String> {
    let run = sandbox.run(&["search", "state"]);
    if run.code == Some(0) { Ok(run.stdout) } else { Err(run.report()) }
}

fn digest(sandbox: &Sandbox, index: &str) -> Option<String> {
    let generation = Layout::new(sandbox.path().join(index)).open().ok()?;
    Some(generation.manifest().digest.clone())
}

/// The index of before, as it was.
fn restore(sandbox: &Sandbox) {
    let index = sandbox.path().join("index");
    fs::remove_dir_all(&index).unwrap();
    copy(&sandbox.path().join("base"), &index);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
