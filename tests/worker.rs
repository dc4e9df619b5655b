//! The program as its own worker: hostile files among many, bounds, and what is left of it all.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise"
)]

mod support;

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use support::Sandbox;
use support::corpus::{long_report, report};

/// How long anything that is to happen may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Documents, and one in a hundred of them hostile.
const DOCUMENTS: usize = 600;

/// Files that each meet another bound of a worker under [`BOUNDS`], and the codes of their outcomes.
fn hostile() -> [(&'static str, Vec<u8>, &'static str); 6] {
    let page = |paragraph: &str, times| {
        format!("<!DOCTYPE html><html><body>{}", paragraph.repeat(times)).into_bytes()
    };
    [
        ("swells.html", page("A heron. ", 3_300_000), "limit"),
        ("answers.md", long_report(1, 300).into_bytes(), "limit"),
        (
            "spins.md",
            report("UNDEX/SPIN/1", "Spin", &["A heron."; 120_000]).into_bytes(),
            "timed-out",
        ),
        ("deep.html", page("<div>", 100_000), "limit"),
        ("cut.xml", b"<akomaNtoso><statement>".to_vec(), "malformed"),
        ("bare.html", page("<p> </p>", 1_000), "empty"),
    ]
}

const BOUNDS: [&str; 6] = [
    "--limit",
    "worker_memory_bytes=100663296",
    "--limit",
    "worker_cpu_seconds=1",
    "--limit",
    "worker_answer_bytes=50000",
];

fn index(sandbox: &Sandbox, more: &[&str]) -> support::Run {
    sandbox.run(&[["index", "--quiet", "--report", "json"].as_slice(), &BOUNDS, more].concat())
}

#[test]
fn one_hostile_file_in_a_hundred_costs_itself() {
    let (clean, mixed) = (Sandbox::new(), Sandbox::new());
    for number in 0..DOCUMENTS {
        let symbol = format!("UNDEX/HERON/{number}");
        let text = report(&symbol, "Herons", &[&format!("Heron {number} stands still.")]);
        for sandbox in [&clean, &mixed] {
            sandbox.write(&format!("corpus/{number}.md"), &text);
        }
    }
    let alone = index(&clean, &[]).expect(0).one_json();
    for (name, content, _) in hostile() {
        mixed.write(&format!("corpus/{name}"), content);
    }
    let run = index(&mixed, &[]).expect(2);
    let together = run.one_json();
    assert_eq!(together["digest"], alone["digest"], "the others are not as they were");
    assert_eq!(together["documents"], DOCUMENTS);
    let sources = together["sources"].as_array().unwrap();
    let failed: Vec<(&str, &Value)> = sources
        .iter()
        .filter(|source| source["outcome"].to_string().contains("failed"))
        .map(|source| (source["path"].as_str().unwrap(), &source["outcome"]))
        .collect();
    let mut expected = hostile().map(|(name, _, code)| (format!("corpus/{name}"), code));
    expected.sort();
    assert_eq!(failed.len(), expected.len(), "{failed:#?}");
    for ((path, outcome), (name, code)) in failed.iter().zip(&expected) {
        assert_eq!(path, name);
        assert!(outcome.to_string().contains(&format!("\"code\":\"{code}\"")), "{path}: {outcome}");
        // Standard error names the same.
        assert!(run.stderr.contains(name.as_str()), "{}", run.report());
    }
    assert_eq!(run.stderr.lines().count(), expected.len(), "{}", run.report());
    // Nothing changed: what failed is told again and not read again.
    let start = Instant::now();
    let again = index(&mixed, &[]).expect(2).one_json();
    assert_eq!(again["published"], false);
    assert!(start.elapsed() < PATIENCE);
    mixed.run(&["search", "heron 17"]).expect(0);
}

#[test]
fn extract_names_the_bound_and_goes_on() {
    let sandbox = Sandbox::new();
    let heron = report("UNDEX/HERON/1", "Herons", &["A heron stands still."]);
    sandbox.write("heron.md", heron);
    for (name, content, _) in hostile() {
        sandbox.write(name, content);
        let run = sandbox
            .run(&[["extract", name, "heron.md", "--json"].as_slice(), &BOUNDS].concat())
            .expect(2)
            .says("UNDEX/HERON/1")
            .tells(name);
        assert_eq!(run.json().len(), 1, "{}", run.report());
    }
    for (name, bound) in [
        ("swells.html", "worker_memory_bytes=N"),
        ("answers.md", "worker_answer_bytes=N"),
        ("spins.md", "worker_cpu_seconds=N"),
    ] {
        sandbox.run(&[["extract", name].as_slice(), &BOUNDS].concat()).expect(2).tells(bound);
    }
    sandbox
        .run(&["extract", "spins.md", "--limit", "worker_seconds=1"])
        .expect(2)
        .tells("by the clock")
        .tells("worker_seconds=N");
}

#[test]
fn workers_end_with_the_program_that_is_killed() {
    let sandbox = Sandbox::new();
    // Enough that the workers are at work.
    for number in 0..4 {
        sandbox.write(&format!("corpus/{number}.md"), long_report(number, 1_200));
    }
    let mut command = sandbox.command(&["index", "--quiet", "--threads", "2"]);
    let mut program = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let workers = wait_for(&mut program, |number| {
        let workers = children(number);
        (workers.len() == 2).then_some(workers)
    });
    program.kill().unwrap();
    program.wait().unwrap();
    gone(&workers);
    // The next build is as if nothing had been.
    sandbox.run(&["index", "--quiet"]).expect(0);
}

#[test]
fn an_interrupt_ends_the_workers_in_the_middle() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/spins.md", report("UNDEX/SPIN/1", "Spin", &["A heron."; 60_000]));
    let mut command = sandbox.command(&["index", "--quiet"]);
    let mut program = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let workers = wait_for(&mut program, |number| {
        let workers = children(number);
        (!workers.is_empty()).then_some(workers)
    });
    let start = Instant::now();
    let interrupt = Command::new("kill").args(["-INT", &program.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    let output = program.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{told}");
    assert!(start.elapsed() < Duration::from_secs(10), "it took {:?}", start.elapsed());
    gone(&workers);
}

#[test]
fn the_worker_is_no_command_for_people() {
    let sandbox = Sandbox::new();
    let help = sandbox.run(&["--help"]).expect(0);
    let manual = sandbox.run(&["man"]).expect(0);
    let completions = sandbox.run(&["completions", "bash"]).expect(0);
    for run in [help, manual, completions] {
        assert!(!run.stdout.contains("worker "), "{}", run.report());
    }
    sandbox.run(&["worker", "more"]).expect(2).tells("unrecognized subcommand");
    // Without input there is nothing to do; with something else, it says so.
    sandbox.run(&["worker"]).expect(0).says_nothing().tells_nothing();
    let mut command = sandbox.command(&["worker"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut worker = command.spawn().unwrap();
    worker.stdin.take().unwrap().write_all(b"Tell me about herons, please").unwrap();
    let output = worker.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(output.stdout.is_empty() && told.contains("no request from an undex"), "{told}");
}

/// The processes that a process has started and that are not gone.
fn children(number: u32) -> Vec<u32> {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{number}/task")) else { return Vec::new() };
    let lists = threads.flatten().map(|t| std::fs::read_to_string(t.path().join("children")));
    let numbers = lists.flatten().flat_map(|list| {
        list.split_whitespace().map(|number| number.parse().unwrap()).collect::<Vec<u32>>()
    });
    numbers.collect()
}

#[track_caller]
fn wait_for<T>(program: &mut Child, reached: impl Fn(u32) -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(value) = reached(program.id()) {
            return value;
        }
        assert!(program.try_wait().unwrap().is_none(), "the program ended before it came to that");
        assert!(start.elapsed() < PATIENCE, "it did not come to that");
        thread::sleep(Duration::from_millis(2));
    }
}

/// No process of these is left, but perhaps dead ones that nobody has asked after.
#[track_caller]
fn gone(workers: &[u32]) {
    let is_left = |worker: &&u32| {
        let stat = std::fs::read_to_string(format!("/proc/{worker}/stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_some_and(|(_, fields)| !fields.starts_with(['Z', 'X']))
    };
    let start = Instant::now();
    while let Some(worker) = workers.iter().find(is_left) {
        assert!(start.elapsed() < PATIENCE, "worker {worker} is left behind");
        thread::sleep(Duration::from_millis(5));
    }
}
