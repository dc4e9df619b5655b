//! Workers that do as they should, and workers that do not. This program is its own worker: started
//! with `misbehave` and a way to do so, it plays one.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise"
)]

mod faults;
mod play;
mod real;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use undex_ingest::worker::{WorkerProgram, Workers};
use undex_ingest::{Catalogue, Context, ExtractError, Extraction, Limits};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, first, way] = arguments.as_slice()
        && first == "misbehave"
    {
        return play::play(way);
    }
    let mut arguments = Arguments::from_args();
    // One after another, so that processes left behind have one test to blame.
    arguments.test_threads = Some(1);
    let tests = [faults::TESTS, real::TESTS].concat();
    let trials = tests.into_iter().map(|(name, test)| {
        Trial::test(name, move || {
            test();
            no_process_is_left();
            Ok(())
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

type Test = (&'static str, fn());

/// Workers that misbehave in a way, with a second for each document.
fn workers(way: &str) -> Workers {
    let limits = Limits { worker_seconds: 1, ..Limits::default() };
    workers_with(way, limits)
}

fn workers_with(way: &str, limits: Limits) -> Workers {
    Workers::new(program(way), Catalogue::default(), limits)
}

fn program(way: &str) -> WorkerProgram {
    WorkerProgram::new(std::env::current_exe().unwrap()).argument("misbehave").argument(way)
}

fn extract(workers: &Workers, text: &str) -> Result<Extraction, ExtractError> {
    workers.extract("a.txt", text.as_bytes(), Context::default())
}

/// A short document.
fn text(number: usize) -> String {
    format!(
        "UNDEX/WORKER/{number}\n\n3 March 2021\n\n# Herons\n\n1. Heron {number} stands still.\n"
    )
}

/// The processes that this one has started and that are not gone. Each is asked for its parent: what a thread
/// has started is in no thread's list while that thread is ending.
fn children() -> Vec<u32> {
    let own = std::process::id();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let numbers = processes.filter_map(|process| process.file_name().to_str()?.parse().ok());
    let is_child = |number: &u32| {
        // Of one that has ended meanwhile nothing is left.
        let stat = std::fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
        // Behind the name, which may hold anything: its state, and its parent.
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1));
        parent.is_some_and(|parent| parent == own.to_string())
    };
    numbers.filter(is_child).collect()
}

#[track_caller]
fn no_process_is_left() {
    assert_eq!(children(), [0; 0], "processes are left behind");
}
