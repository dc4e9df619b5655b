//! What the system says of running processes: memory, and the time that processors worked.

#![allow(dead_code, reason = "each measurement uses a part of it")]

use std::fs;
use std::path::Path;
use std::time::Duration;

/// Between two looks at the memory and processor time of a process. The system keeps both, so only
/// what happens in its last moments is missed.
pub(crate) const LOOK: Duration = Duration::from_millis(2);

/// What the system says of a process.
#[derive(Clone, Copy, Default)]
pub(crate) struct Usage {
    pub(crate) peak_bytes: Option<u64>,
    pub(crate) processor_seconds: Option<f64>,
}

impl Usage {
    /// Takes in how things stand now.
    pub(crate) fn look(&mut self, number: u32) {
        let process = format!("/proc/{number}");
        let peak = status(Path::new(&process)).and_then(|status| memory(&status, PEAK));
        self.peak_bytes = peak.or(self.peak_bytes);
        self.processor_seconds = processor_time(Path::new(&process)).or(self.processor_seconds);
    }
}

/// What the system says of a process and all below it together.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tree {
    /// The most that was resident in all of them.
    pub(crate) peak_bytes: Option<u64>,
    /// The most that was resident in those that the first one started, when it is a shell that only
    /// starts one after another.
    pub(crate) peak_bytes_below: Option<u64>,
    /// The most memory that was theirs at one look, files mapped from disk left out, which the system
    /// can take back at any time.
    pub(crate) anonymous_bytes: Option<u64>,
    /// What processors worked for them, also for those that have ended.
    pub(crate) processor_seconds: Option<f64>,
}

impl Tree {
    /// Takes in how things stand now.
    pub(crate) fn look(&mut self, number: u32) {
        let mut open = vec![(number, None)];
        let (mut first, mut below, mut anonymous, mut time) = (None, None, None, None);
        while let Some((one, parent)) = open.pop() {
            let process = format!("/proc/{one}");
            let called = fs::read(format!("{process}/cmdline")).ok();
            // Until it runs its own program, a process being started is shown with the memory of its parent.
            let is_starting = parent.is_some() && parent == called;
            let status = status(Path::new(&process)).filter(|_| !is_starting);
            let memory = status.as_deref().and_then(|status| memory(status, PEAK));
            anonymous = sum(anonymous, status.as_deref().and_then(|s| self::memory(s, ANONYMOUS)));
            if one == number {
                first = memory;
            } else {
                below = sum(below, memory);
            }
            time = sum(time, processor_time_with_ended(Path::new(&process)));
            open.extend(children_of(one).into_iter().map(|child| (child, called.clone())));
        }
        self.peak_bytes = self.peak_bytes.max(sum(first, below));
        self.peak_bytes_below = self.peak_bytes_below.max(below);
        self.anonymous_bytes = self.anonymous_bytes.max(anonymous);
        // One that has ended between two looks is counted by its parent, but not at once.
        self.processor_seconds = match (self.processor_seconds, time) {
            (Some(before), Some(now)) => Some(before.max(now)),
            (before, now) => now.or(before),
        };
    }
}

fn sum<T: std::ops::Add<Output = T>>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a + b),
        (a, b) => a.or(b),
    }
}

/// The processes that the threads of a process have started and that still run.
pub(crate) fn children_of(number: u32) -> Vec<u32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{number}/task")) else { return Vec::new() };
    let lists = threads
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists.flat_map(|list| numbers(&list)).collect()
}

fn numbers(list: &str) -> Vec<u32> {
    list.split_whitespace().filter_map(|number| number.parse().ok()).collect()
}

/// The most memory that a process has had.
const PEAK: &str = "VmHWM:";
/// The memory it has now that is no part of a file.
const ANONYMOUS: &str = "RssAnon:";

/// What the system says of a running process, line by line.
fn status(process: &Path) -> Option<String> {
    fs::read_to_string(process.join("status")).ok()
}

/// A line of it about memory, in bytes.
fn memory(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// The time that processors have worked for a running process, on its own behalf and the system's.
fn processor_time(process: &Path) -> Option<f64> {
    Some(processor_times(process)?.into_iter().take(2).sum())
}

/// The same with the time of its children that have ended.
fn processor_time_with_ended(process: &Path) -> Option<f64> {
    Some(processor_times(process)?.into_iter().sum())
}

/// User and system time, its own and that of ended children.
fn processor_times(process: &Path) -> Option<[f64; 4]> {
    /// Of `/proc`, whatever the system counts in.
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    // The name of the program stands in parentheses and may hold spaces; the times are the 12th to 15th
    // field after it.
    let (_, fields) = stat.rsplit_once(") ")?;
    let times = fields.split(' ').skip(11).map_while(|field| field.parse::<f64>().ok());
    let times: Vec<f64> = times.take(4).map(|ticks| ticks / TICKS_PER_SECOND).collect();
    times.try_into().ok()
}
