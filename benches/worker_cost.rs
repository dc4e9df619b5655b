//! What does it cost to read documents in worker processes instead of in the program itself?
//!
//! Extraction alone: all documents are held in memory, then extracted by one thread and by two, in
//! the process itself and in workers of the real program. What counts is the time from the first to
//! the last document, the starts of the workers included. Then whole builds of an index by the
//! library, both ways, as processes of their own, with their memory and that of their workers. Both
//! ways take turns, so that a slow moment of the machine meets both; the documents and the digests of
//! the indexes must be equal. Last, one short document by `undex extract`, and in the process
//! itself: the cost of a start. Nothing is random.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo bench --bench worker_cost
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]

mod measure;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use measure::process::{Run, best, peak, peak_of_children, processor, seconds, watch};
use measure::{Documents, Outcome, catalogue, digest, files, folder, machine, program, quantile};
use undex_indexer::{BuildOptions, ExtractIn, Silent, build};
use undex_ingest::worker::{WorkerProgram, Workers};
use undex_ingest::{Archive, Catalogue, Context, ExtractError, Extraction, Extractor, Limits};

/// Runs of each kind.
const RUNS: usize = 5;
/// Runs of a short process.
const STARTS: usize = 25;
/// The two ways.
const WAYS: [&str; 2] = ["in process", "workers"];

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["build", way, threads, index, report, inputs @ ..] => {
            build_index(way, threads, index, report, inputs)
        }
        ["extract", file] => {
            let bytes = fs::read(file)?;
            Extractor::default().extract_in_process(file, &bytes, Context::default())?;
            Ok(())
        }
        _ => compare(),
    }
}

fn compare() -> Outcome<()> {
    let documents = Documents::find();
    println!("reading {} in workers and in process", documents.name);
    println!("{}", machine());
    let held = hold(&documents)?;
    let bytes: usize = held.iter().map(|(_, bytes)| bytes.len()).sum();
    println!("{} sources with {:.1} MB", held.len(), bytes as f64 / 1e6);

    println!("{:<22} {:>10} {:>10}", "extraction alone", "median", "best");
    for threads in [1, 2] {
        let mut runs = [Vec::new(), Vec::new()];
        let mut counts = Vec::new();
        for _ in 0..RUNS {
            for (way, runs) in WAYS.iter().zip(&mut runs) {
                let (seconds, count) = extract_all(way, threads, &held)?;
                runs.push(seconds);
                counts.push(count);
            }
        }
        counts.dedup();
        if counts.len() != 1 {
            return Err("the two ways give different documents".into());
        }
        for (way, runs) in WAYS.iter().zip(&runs) {
            let best = runs.iter().copied().fold(f64::INFINITY, f64::min);
            let name = format!("{way}, {threads} threads");
            println!("{name:<22} {:>8.2} s {best:>8.2} s", quantile(runs, 0.5));
        }
        let [own, workers] = runs.map(|runs| quantile(&runs, 0.5));
        println!("{:<22} {:>9.3}x", "workers cost", workers / own);
    }
    drop(held);
    builds(&documents)?;
    starts()
}

/// Whole builds.
fn builds(documents: &Documents) -> Outcome<()> {
    let folder = folder()?;
    let (index, report) = (folder.path().join("index"), folder.path().join("report.json"));
    println!(
        "{:<22} {:>10} {:>10} {:>10} {:>8} {:>8}",
        "builds", "median", "best", "processor", "peak", "worker"
    );
    let mut digests = Vec::new();
    for threads in ["1", "2"] {
        let mut runs: [Vec<Run>; 2] = [Vec::new(), Vec::new()];
        for _ in 0..RUNS {
            for (way, runs) in WAYS.iter().zip(&mut runs) {
                if index.exists() {
                    fs::remove_dir_all(&index)?;
                }
                let mut command = Command::new(std::env::current_exe()?);
                command.args(["build", way, threads]).args([&index, &report]);
                command.args(&documents.inputs);
                runs.push(watch(command, None)?);
                digests.push(digest(&report)?);
            }
        }
        for (way, runs) in WAYS.iter().zip(&runs) {
            println!(
                "{:<22} {:>8.2} s {:>8.2} s {:>10} {:>8} {:>8}",
                format!("{way}, {threads} threads"),
                seconds(runs),
                best(runs),
                processor(runs),
                peak(runs),
                peak_of_children(runs)
            );
        }
        let [own, workers] = runs.map(|runs| seconds(&runs));
        println!("{:<22} {:>9.3}x", "workers cost", workers / own);
    }
    digests.dedup();
    if digests.len() == 1 { Ok(()) } else { Err("the two ways give different indexes".into()) }
}

/// One short document.
fn starts() -> Outcome<()> {
    let folder = folder()?;
    let file = folder.path().join("short.txt");
    fs::write(&file, "UNDEX/BENCH/1\n\n3 March 2021\n\n# A note\n\n1. It has one paragraph.\n")?;
    let mut runs: [Vec<Run>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..STARTS {
        let [own, workers] = &mut runs;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("extract").arg(&file);
        own.push(watch(command, None)?);
        let mut command = program();
        command.arg("extract").arg(&file);
        workers.push(watch(command, None)?);
    }
    for (way, runs) in WAYS.iter().zip(&runs) {
        println!("{:<22} {:>7.1} ms", format!("one document, {way}"), seconds(runs) * 1000.0);
    }
    Ok(())
}

/// The documents with their names, archives opened.
fn hold(documents: &Documents) -> Outcome<Vec<(String, Vec<u8>)>> {
    let mut held = Vec::new();
    for file in files(documents) {
        let bytes = fs::read(&file)?;
        if !bytes.starts_with(b"PK\x03\x04") {
            held.push((file.display().to_string(), bytes));
            continue;
        }
        let mut archive = Archive::open(&file, &Limits::default())?;
        for member in archive.members().to_vec() {
            held.push((archive.member_path(&member), archive.read(&member)?));
        }
    }
    Ok(held)
}

/// Seconds to extract all, and how many documents and paragraphs that gave.
fn extract_all(
    way: &str,
    threads: usize,
    held: &[(String, Vec<u8>)],
) -> Outcome<(f64, (usize, usize))> {
    let text = fs::read_to_string(catalogue())?;
    let catalogue = Catalogue::parse("catalogue.toml", &text)?;
    let start = Instant::now();
    let count = if way == "workers" {
        let workers = Workers::new(worker(), catalogue, Limits::default());
        in_threads(threads, held, |path, bytes| workers.extract(path, bytes, Context::default()))
    } else {
        let extractor = Extractor::new(catalogue, Limits::default());
        in_threads(threads, held, |path, bytes| {
            extractor.extract_in_process(path, bytes, Context::default())
        })
    };
    Ok((start.elapsed().as_secs_f64(), count))
}

fn in_threads(
    threads: usize,
    held: &[(String, Vec<u8>)],
    extract: impl Fn(&str, &[u8]) -> Result<Extraction, ExtractError> + Sync,
) -> (usize, usize) {
    let next = AtomicUsize::new(0);
    let (documents, paragraphs) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((path, bytes)) = held.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Ok(extraction) = extract(path, bytes) {
                        documents.fetch_add(1, Ordering::Relaxed);
                        paragraphs
                            .fetch_add(extraction.document.paragraphs.len(), Ordering::Relaxed);
                    }
                }
            });
        }
    });
    (documents.into_inner(), paragraphs.into_inner())
}

/// Builds an index by the library, in a process of its own, and writes the report.
fn build_index(
    way: &str,
    threads: &str,
    index: &str,
    report: &str,
    inputs: &[&str],
) -> Outcome<()> {
    let mut options = BuildOptions::new(inputs, index);
    options.catalogue = Some(catalogue());
    options.threads = threads.parse()?;
    if way == "workers" {
        options.extract_in = ExtractIn::Workers(worker());
    }
    let built = build(&options, &Silent)?;
    fs::write(Path::new(report), serde_json::to_vec(&built)?)?;
    Ok(())
}

/// The release build of the program as a worker.
fn worker() -> WorkerProgram {
    WorkerProgram::new(PathBuf::from(program().get_program())).argument("worker")
}
