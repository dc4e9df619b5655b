//! A process that is watched to its end, and the processes it starts.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use super::usage::{LOOK, Tree, Usage, children_of};
use super::{Outcome, quantile};

/// One run of a program.
pub(crate) struct Run {
    pub(crate) seconds: f64,
    /// The program's own process.
    own: Usage,
    /// The processes it started, by their number.
    children: BTreeMap<u32, Usage>,
    /// All of them together, and those below them.
    pub(crate) tree: Tree,
}

/// Runs a program to its end, its output in a file or nowhere.
pub(crate) fn watch(mut command: Command, output: Option<&Path>) -> Outcome<Run> {
    let stdout = match output {
        Some(path) => Stdio::from(File::create(path)?),
        None => Stdio::null(),
    };
    command.stdin(Stdio::null()).stdout(stdout).stderr(Stdio::null());
    let ended = AtomicBool::new(false);
    let start = Instant::now();
    let mut child = command.spawn()?;
    let number = child.id();
    let (status, seconds, (own, children, tree)) = thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let (mut own, mut tree) = (Usage::default(), Tree::default());
            let mut children = BTreeMap::<u32, Usage>::new();
            while !ended.load(Ordering::Relaxed) {
                own.look(number);
                tree.look(number);
                for child in children_of(number) {
                    children.entry(child).or_default().look(child);
                }
                thread::sleep(LOOK);
            }
            (own, children, tree)
        });
        let status = child.wait();
        let seconds = start.elapsed().as_secs_f64();
        ended.store(true, Ordering::Relaxed);
        (status, seconds, watcher.join().unwrap_or_default())
    });
    // 2: a document could not be read, as happens with real ones; the others are indexed.
    let status = status?;
    if !matches!(status.code(), Some(0 | 2)) {
        return Err(format!("{status}: {command:?}").into());
    }
    Ok(Run { seconds, own, children, tree })
}

/// The median.
pub(crate) fn seconds(runs: &[Run]) -> f64 {
    quantile(&runs.iter().map(|run| run.seconds).collect::<Vec<_>>(), 0.5)
}

pub(crate) fn best(runs: &[Run]) -> f64 {
    runs.iter().map(|run| run.seconds).fold(f64::INFINITY, f64::min)
}

/// The median of the time that processors worked, children included, where it is known.
pub(crate) fn processor_seconds(runs: &[Run]) -> Option<f64> {
    let of = |run: &Run| {
        let children = run.children.values().filter_map(|child| child.processor_seconds);
        Some(run.own.processor_seconds? + children.sum::<f64>())
    };
    let times: Vec<f64> = runs.iter().filter_map(of).collect();
    if times.is_empty() { None } else { Some(quantile(&times, 0.5)) }
}

/// The same, to print.
pub(crate) fn processor(runs: &[Run]) -> String {
    let seconds = processor_seconds(runs);
    seconds.map_or_else(|| "unknown".to_owned(), |seconds| format!("{seconds:.1} s"))
}

/// The highest peak of all runs in bytes, children left out, where it is known.
pub(crate) fn peak_bytes(runs: &[Run]) -> Option<u64> {
    runs.iter().filter_map(|run| run.own.peak_bytes).max()
}

/// The same, to print.
pub(crate) fn peak(runs: &[Run]) -> String {
    megabytes(peak_bytes(runs))
}

/// The highest peak of any child.
pub(crate) fn peak_of_children(runs: &[Run]) -> String {
    megabytes(runs.iter().flat_map(|run| run.children.values()).filter_map(|c| c.peak_bytes).max())
}

pub(crate) fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "unknown".to_owned(), |bytes| format!("{:.0} MB", bytes as f64 / 1e6))
}
