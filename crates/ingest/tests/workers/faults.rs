//! What becomes of a document when its worker misbehaves.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use undex_ingest::worker::{WorkerProgram, Workers};
use undex_ingest::{Catalogue, Context, ExtractError, Limits};

use crate::{Test, children, extract, program, text, workers};

pub(crate) const TESTS: &[Test] = &[
    ("a_program_that_is_missing_is_named", a_program_that_is_missing_is_named),
    ("a_program_that_is_no_worker_is_named", a_program_that_is_no_worker_is_named),
    ("faults_are_told_apart", faults_are_told_apart),
    (
        "a_worker_that_hangs_is_ended_with_its_children",
        a_worker_that_hangs_is_ended_with_its_children,
    ),
    ("a_worker_that_does_not_read_is_ended", a_worker_that_does_not_read_is_ended),
    ("a_worker_killed_from_outside_is_a_crash", a_worker_killed_from_outside_is_a_crash),
    (
        "an_idle_worker_killed_from_outside_is_replaced",
        an_idle_worker_killed_from_outside_is_replaced,
    ),
    (
        "what_a_worn_worker_does_is_not_the_documents_fault",
        what_a_worn_worker_does_is_not_the_documents_fault,
    ),
    ("what_workers_say_does_not_stop_them", what_workers_say_does_not_stop_them),
    ("the_environment_is_empty", the_environment_is_empty),
    ("a_flag_stops_a_document_in_the_middle", a_flag_stops_a_document_in_the_middle),
];

/// A document that takes a second may take so much more on a busy machine.
const PROMPT: Duration = Duration::from_secs(20);

fn a_program_that_is_missing_is_named() {
    let program = WorkerProgram::new("/nowhere/undex").argument("worker");
    let workers = Workers::new(program, Catalogue::default(), Limits::default());
    let error = extract(&workers, &text(1)).unwrap_err();
    assert_eq!(error.code(), "no-worker");
    let message = error.to_string();
    assert!(message.starts_with("a.txt: not read: the worker program /nowhere/undex"), "{message}");
    assert!(message.contains("No such file") || message.contains("not found"), "{message}");
    assert!(workers.check().unwrap_err().to_string().contains("/nowhere/undex"));
}

fn a_program_that_is_no_worker_is_named() {
    let own_version = env!("CARGO_PKG_VERSION");
    let table = [
        ("end at once", "ended with code 3: no luck today"),
        ("never be ready", "it was not ready after 1 s"),
        ("say hello", "it answered with what came is no message"),
        ("other version", "it has version 0.0.1"),
        ("other version", own_version),
    ];
    for (way, words) in table {
        let error = extract(&workers(way), &text(1)).unwrap_err();
        assert_eq!(error.code(), "no-worker", "{way}: {error}");
        assert!(error.to_string().contains(words), "{way}: {error}");
    }
    assert!(workers("not at all").check().is_ok());
}

fn faults_are_told_apart() {
    let table = [
        ("answer for ever", "limit", "worker_answer_bytes is 18446744073709551615"),
        ("answer garbage", "crashed", "it answered with what came is no message"),
        ("answer another thing", "crashed", "cannot be understood"),
        ("end in an answer", "crashed", "ended with code 0"),
        ("end", "crashed", "ended with code 0"),
        ("abort", "crashed", "ended by SIGABRT"),
        ("abort without memory", "limit", "worker_memory_bytes is 2000000000, above the limit"),
        ("overflow the stack", "crashed", "stack overflow"),
        ("tell of a panic", "crashed", "(index out of bounds)"),
        ("hang", "timed-out", "more than 1 s by the clock"),
    ];
    for (way, code, words) in table {
        let workers = workers(way);
        for _ in 0..2 {
            let error = extract(&workers, &text(1)).unwrap_err();
            assert_eq!(error.code(), code, "{way}: {error}");
            assert!(error.to_string().contains(words), "{way}: {error}");
        }
    }
}

fn a_worker_that_hangs_is_ended_with_its_children() {
    let workers = workers("hang with a child");
    let start = Instant::now();
    thread::scope(|scope| {
        let run = scope.spawn(|| extract(&workers, &text(1)));
        // The worker leads the group that its child is in.
        let group = wait_for(|| {
            let worker = *children().first()?;
            (members(worker).len() == 2).then_some(worker)
        });
        assert_eq!(run.join().unwrap().unwrap_err().code(), "timed-out");
        wait_for(|| members(group).is_empty().then_some(()));
    });
    assert!(start.elapsed() < PROMPT, "{:?}", start.elapsed());
}

fn a_worker_that_does_not_read_is_ended() {
    let large = vec![b' '; 8 << 20];
    let error = workers("never read").extract("a.txt", &large, Context::default()).unwrap_err();
    assert_eq!(error.code(), "timed-out", "{error}");
}

fn a_worker_killed_from_outside_is_a_crash() {
    let workers = Workers::new(program("hang"), Catalogue::default(), Limits::default());
    thread::scope(|scope| {
        let run = scope.spawn(|| extract(&workers, &text(1)));
        let worker = wait_for(|| children().first().copied());
        // Once it has the document, it sleeps.
        wait_for(|| is_asleep_in_play(worker).then_some(()));
        kill(worker);
        let error = run.join().unwrap().unwrap_err();
        assert_eq!(error.code(), "crashed");
        assert!(error.to_string().contains("ended by SIGKILL"), "{error}");
    });
}

fn an_idle_worker_killed_from_outside_is_replaced() {
    let workers = workers("not at all");
    extract(&workers, &text(1)).unwrap();
    kill(children()[0]);
    extract(&workers, &text(2)).unwrap();
}

fn what_a_worn_worker_does_is_not_the_documents_fault() {
    let workers = workers("abort at the second");
    for number in 0..3 {
        // This one answers that it knows no such format.
        assert_eq!(extract(&workers, &text(number)).unwrap_err().code(), "unknown-format");
    }
}

fn what_workers_say_does_not_stop_them() {
    let workers = workers("talk");
    for number in 0..100 {
        assert_eq!(extract(&workers, &text(number)).unwrap_err().code(), "unknown-format");
    }
    assert_eq!(children().len(), 1, "one worker did it all");
}

fn the_environment_is_empty() {
    let error = extract(&workers("look at the environment"), &text(1)).unwrap_err();
    assert!(error.to_string().contains("([])"), "{error}");
}

fn a_flag_stops_a_document_in_the_middle() {
    let stop = Arc::new(AtomicBool::new(false));
    let limits = Limits::default();
    let workers =
        Workers::with_stop(program("hang"), Catalogue::default(), limits, Arc::clone(&stop));
    let start = Instant::now();
    thread::scope(|scope| {
        let run = scope.spawn(|| extract(&workers, &text(1)));
        wait_for(|| children().first().copied());
        stop.store(true, Ordering::Relaxed);
        let error = run.join().unwrap().unwrap_err();
        assert!(matches!(error, ExtractError::Interrupted { .. }), "{error}");
    });
    assert!(start.elapsed() < PROMPT, "{:?}", start.elapsed());
    assert_eq!(extract(&workers, &text(2)).unwrap_err().code(), "interrupted");
}

fn kill(process: u32) {
    let status = Command::new("kill").args(["-KILL", &process.to_string()]).status().unwrap();
    assert!(status.success());
}

#[track_caller]
fn wait_for<T>(mut reached: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(value) = reached() {
            return value;
        }
        assert!(start.elapsed() < PROMPT, "it did not come to that");
        thread::sleep(Duration::from_millis(5));
    }
}

/// The processes of a group, dead ones left out.
fn members(group: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers
        .filter(|number: &u32| {
            let fields = stat(*number);
            fields.get(2).is_some_and(|field| *field == group.to_string()) && fields[0] != "Z"
        })
        .collect()
}

/// What `/proc` says of a process, from its state on.
fn stat(process: u32) -> Vec<String> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit_once(") ").map(|(_, fields)| fields).unwrap_or_default();
    fields.split(' ').map(str::to_owned).collect()
}

/// Whether the worker waits for time to pass, and not for input.
fn is_asleep_in_play(process: u32) -> bool {
    let waits = std::fs::read_to_string(format!("/proc/{process}/wchan")).unwrap_or_default();
    let call = std::fs::read_to_string(format!("/proc/{process}/syscall")).unwrap_or_default();
    // clock_nanosleep on x86-64 and on 64-bit ARM; where the system does not tell, it is taken for so.
    (waits.is_empty() && call.is_empty())
        || waits.contains("nanosleep")
        || ["230 ", "115 "].iter().any(|number| call.starts_with(number))
}
