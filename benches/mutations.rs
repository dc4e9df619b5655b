//! What becomes of damaged files, and of files that are made to attack?
//!
//! Each is read in a worker process with the limits that users have. Counted are the outcomes by
//! kind, the longest that one file took, and the most memory that a worker had (`VmHWM`, on Linux).
//! A file that crashes a worker or runs out of time is named; `--write NUMBER` writes it down. Damage
//! comes from seeds: the same number is the same file, with the same seeds at hand.
//!
//! ```text
//! cargo bench --bench mutations -- --count 100000 --json
//! cargo bench --bench mutations -- --attacks
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]

#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "shared with the tests, which may stop at the first surprise"
)]
#[path = "../tests/attacks/mod.rs"]
mod attacks;
mod measure;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use attacks::{campaign, seeds};
use clap::Parser;
use measure::usage::{LOOK, Usage, children_of};
use measure::{Outcome, machine, program, shared};
use serde_json::{Value, json};
use undex_ingest::worker::{WorkerProgram, Workers};
use undex_ingest::{Catalogue, Context, Limits};

/// Read damaged files, or files that attack, in worker processes.
#[derive(Parser)]
#[command(name = "mutations")]
struct Options {
    /// How many damaged files to read
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    count: usize,
    /// The number of the first of them
    #[arg(long, value_name = "N", default_value_t = 0)]
    first: usize,
    /// Workers at once [default: as many as processors]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Read the generated attacks instead, one after the other
    #[arg(long)]
    attacks: bool,
    /// Write the damaged file of this number to the current folder, and end
    #[arg(long, value_name = "NUMBER")]
    write: Option<usize>,
    /// One line of JSON
    #[arg(long)]
    json: bool,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Outcome<ExitCode> {
    let options = Options::parse();
    let program = WorkerProgram::new(program().get_program()).argument("worker");
    let workers = Workers::new(program, Catalogue::default(), Limits::default());
    if options.attacks {
        return attack(&workers, options.json);
    }
    let mut seeds = seeds::own(Path::new(env!("CARGO_MANIFEST_DIR")));
    let own = seeds.len();
    seeds.extend(seeds::real(&shared()));
    if let Some(number) = options.write {
        let (name, bytes) = campaign::damaged(&seeds, number);
        std::fs::write(&name, bytes)?;
        println!("{name}");
        return Ok(ExitCode::SUCCESS);
    }
    let threads =
        options.threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let numbers = options.first..options.first.saturating_add(options.count);
    let start = Instant::now();
    let (found, memory) = watched(|| campaign::run(&workers, &seeds, numbers, threads));
    let seconds = start.elapsed().as_secs_f64();

    let (took, slowest) = (found.slowest.0.as_secs_f64(), &found.slowest.1);
    if options.json {
        let faults = found.faults.iter().map(|(name, how)| json!({"file": name, "how": how}));
        println!(
            "{}",
            json!({
                "schema": 1,
                "files": options.count,
                "seeds": seeds.len(),
                "outcomes": found.outcomes,
                "slowest_seconds": took,
                "slowest": slowest,
                "worker_peak_bytes": memory,
                "seconds": seconds,
                "faults": faults.collect::<Vec<Value>>(),
            })
        );
    } else {
        println!("{} damaged files of {own} seeds and {} real", options.count, seeds.len() - own);
        println!("{}", machine());
        print_outcomes(&found.outcomes);
        println!("slowest {took:.2} s, {slowest}; {seconds:.0} s in all");
        println!("most memory of a worker {}", megabytes(memory));
        for (name, how) in &found.faults {
            println!("fault: {name}: {how}");
        }
    }
    Ok(if found.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Reads each attack in a worker that has read nothing before, so that its memory is its own.
fn attack(workers: &Workers, as_json: bool) -> Outcome<ExitCode> {
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    let mut wrong = 0;
    for attack in attacks::all() {
        let start = Instant::now();
        let (outcome, memory) =
            watched(|| workers.extract(attack.name, &attack.bytes, Context::default()));
        let seconds = start.elapsed().as_secs_f64();
        let code = outcome.as_ref().map_or_else(|error| error.code(), |_| "extracted");
        *outcomes.entry(code).or_default() += 1;
        let right = attack.right.contains(&code);
        wrong += usize::from(!right);
        rows.push((seconds, memory.unwrap_or(0), attack.name, code, right));
    }
    let slowest = rows.iter().map(|row| row.0).fold(0.0, f64::max);
    let largest = rows.iter().map(|row| row.1).max();
    if as_json {
        let rows = rows.iter().map(|(seconds, memory, name, code, right)| {
            json!({"file": name, "outcome": code, "right": right, "seconds": seconds, "worker_peak_bytes": memory})
        });
        println!(
            "{}",
            json!({
                "schema": 1,
                "outcomes": outcomes,
                "slowest_seconds": slowest,
                "worker_peak_bytes": largest,
                "files": rows.collect::<Vec<Value>>(),
            })
        );
    } else {
        println!("{} files that attack\n{}", rows.len(), machine());
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (seconds, memory, name, code, right) in &rows {
            let sign = if *right { "" } else { "  not expected" };
            println!("{seconds:>7.3} s {:>8}  {name}: {code}{sign}", megabytes(Some(*memory)));
        }
        print_outcomes(&outcomes);
        println!("slowest {slowest:.2} s; most memory of a worker {}", megabytes(largest));
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Does something, and tells the most memory that a process had which was running meanwhile and which
/// this one started.
fn watched<T>(run: impl FnOnce() -> T) -> (T, Option<u64>) {
    let ended = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut most = None;
            loop {
                let last = ended.load(Ordering::Relaxed);
                for child in children_of(std::process::id()) {
                    let mut usage = Usage::default();
                    usage.look(child);
                    most = most.max(usage.peak_bytes);
                }
                if last {
                    break most;
                }
                thread::sleep(LOOK);
            }
        });
        let result = run();
        ended.store(true, Ordering::Relaxed);
        (result, watcher.join().unwrap_or_default())
    })
}

fn print_outcomes(outcomes: &BTreeMap<&'static str, usize>) {
    let listed: Vec<String> =
        outcomes.iter().map(|(code, count)| format!("{code} {count}")).collect();
    println!("outcomes: {}", listed.join(", "));
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "unknown".to_owned(), |bytes| format!("{:.0} MB", bytes as f64 / 1e6))
}
