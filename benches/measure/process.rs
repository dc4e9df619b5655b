//! A process that is watched to its end, and the processes it starts.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{Outcome, quantile};

/// Between two looks at the memory and processor time of a process. The system keeps both, so only
/// what happens in its last moments is missed.
const LOOK: Duration = Duration::from_millis(2);

/// One run of a program.
pub(crate) struct Run {
    pub(crate) seconds: f64,
    /// The program's own process.
    own: Usage,
    /// The processes it started, by their number.
    children: BTreeMap<u32, Usage>,
}

/// What the system says of a process.
#[derive(Clone, Copy, Default)]
struct Usage {
    peak_bytes: Option<u64>,
    processor_seconds: Option<f64>,
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
    let (status, seconds, (own, children)) = thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let (mut own, mut children) = (Usage::default(), BTreeMap::<u32, Usage>::new());
            while !ended.load(Ordering::Relaxed) {
                own.look(number);
                for child in children_of(number) {
                    children.entry(child).or_default().look(child);
                }
                thread::sleep(LOOK);
            }
            (own, children)
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
    Ok(Run { seconds, own, children })
}

impl Usage {
    fn look(&mut self, number: u32) {
        let process = format!("/proc/{number}");
        self.peak_bytes = peak_memory(Path::new(&process)).or(self.peak_bytes);
        self.processor_seconds = processor_time(Path::new(&process)).or(self.processor_seconds);
    }
}

/// The processes that the threads of a process have started and that still run.
fn children_of(number: u32) -> Vec<u32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{number}/task")) else { return Vec::new() };
    let lists = threads
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists.flat_map(|list| numbers(&list)).collect()
}

fn numbers(list: &str) -> Vec<u32> {
    list.split_whitespace().filter_map(|number| number.parse().ok()).collect()
}

/// The most memory that a running process has had, in bytes.
fn peak_memory(process: &Path) -> Option<u64> {
    let status = fs::read_to_string(process.join("status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// The time that processors have worked for a running process, on its own behalf and the system's.
fn processor_time(process: &Path) -> Option<f64> {
    /// Of `/proc`, whatever the system counts in.
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    // The name of the program stands in parentheses and may hold spaces; user and system time are the
    // 12th and 13th field after it.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut times = fields.split(' ').skip(11).map_while(|field| field.parse::<f64>().ok());
    Some((times.next()? + times.next()?) / TICKS_PER_SECOND)
}

/// The median.
pub(crate) fn seconds(runs: &[Run]) -> f64 {
    quantile(&runs.iter().map(|run| run.seconds).collect::<Vec<_>>(), 0.5)
}

pub(crate) fn best(runs: &[Run]) -> f64 {
    runs.iter().map(|run| run.seconds).fold(f64::INFINITY, f64::min)
}

/// The median of the time that processors worked, children included.
pub(crate) fn processor(runs: &[Run]) -> String {
    let of = |run: &Run| {
        let children = run.children.values().filter_map(|child| child.processor_seconds);
        Some(run.own.processor_seconds? + children.sum::<f64>())
    };
    let times: Vec<f64> = runs.iter().filter_map(of).collect();
    if times.is_empty() { "unknown".to_owned() } else { format!("{:.1} s", quantile(&times, 0.5)) }
}

/// The highest peak of all runs, children left out.
pub(crate) fn peak(runs: &[Run]) -> String {
    megabytes(runs.iter().filter_map(|run| run.own.peak_bytes).max())
}

/// The highest peak of any child.
pub(crate) fn peak_of_children(runs: &[Run]) -> String {
    megabytes(runs.iter().flat_map(|run| run.children.values()).filter_map(|c| c.peak_bytes).max())
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "unknown".to_owned(), |bytes| format!("{:.0} MB", bytes as f64 / 1e6))
}
