//! How long does it take to build an index, with how much memory, and what does a change cost?
//!
//! The program builds from nothing with `--threads 1` and `--threads 2`, which means as many
//! threads that extract and as many again that write; then it runs with nothing changed; then with
//! one short document more. Beside the builds, in the same run, `undex extract --json` on the same
//! files, its output thrown away: reading the documents with one thread and not indexing them, the
//! limit of a build with one of each. The digests of all builds from nothing must be equal.
//! Extraction and builds take turns, so that a slow moment of the machine meets all of them, and
//! beside the time that passed stands the time that processors worked, which other programs disturb
//! less. Memory is the most that was resident (`VmHWM`), parts of the index mapped from disk
//! included. Memory and processor time are known on Linux only. Nothing is random.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo bench --bench build_index
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]

mod measure;

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use measure::{Documents, Outcome, catalogue, folder, machine, program, quantile};
use serde_json::Value;

/// Builds from nothing, for each number of threads; as many runs of extraction.
const BUILDS: usize = 3;
/// Runs with nothing changed, and as many with one document more.
const CHANGES: usize = 10;
/// Between two looks at the memory and processor time of a process. The system keeps both, so only what
/// happens in its last moments is missed.
const LOOK: Duration = Duration::from_millis(2);

fn main() -> Outcome<()> {
    let mut documents = Documents::find();
    let folder = folder()?;
    let index = folder.path().join("index");
    let report = folder.path().join("report.json");

    println!("building an index of {}", documents.name);
    println!("{}", machine());
    let volume = Volume::of(&documents)?;
    println!(
        "{} documents with {:.1} MB of text, notes included",
        volume.documents,
        volume.text_bytes as f64 / 1e6
    );

    let (mut extractions, mut ones, mut twos) = (Vec::new(), Vec::new(), Vec::new());
    let mut digests = Vec::new();
    for _ in 0..BUILDS {
        extractions.push(watch(&extract_arguments(&documents)?, None)?);
        for (threads, runs) in [("1", &mut ones), ("2", &mut twos)] {
            if index.exists() {
                fs::remove_dir_all(&index)?;
            }
            runs.push(watch(&build_arguments(&documents, &index, threads), Some(&report))?);
            digests.push(digest(&report)?);
        }
    }
    digests.dedup();
    if digests.len() != 1 {
        return Err("builds of the same documents have different digests".into());
    }
    print_head();
    volume.print("extraction, 1 thread", &extractions);
    volume.print("build, 1 thread", &ones);
    volume.print("build, 2 threads", &twos);

    let held = info(&index)?;
    // An empty folder, so that the documents are the same and there is room for more.
    let additions = folder.path().join("additions");
    fs::create_dir(&additions)?;
    documents.inputs.push(additions.clone());
    let arguments = build_arguments(&documents, &index, "2");
    let unchanged = repeat(CHANGES, |_| watch(&arguments, Some(&report)))?;
    print("nothing changed", &unchanged);
    let added = repeat(CHANGES, |number| {
        fs::write(additions.join(format!("{number}.txt")), addition(number))?;
        let run = watch(&arguments, Some(&report))?;
        let added = read(&report)?.get("added").and_then(Value::as_u64);
        if added == Some(1) { Ok(run) } else { Err("the document was not added".into()) }
    })?;
    print("one document added", &added);

    println!();
    for line in held.lines().take(5) {
        println!("{line}");
    }
    let (extraction, one, two) = (seconds(&extractions), seconds(&ones), seconds(&twos));
    println!("a build with 1 thread takes {:.2}x extraction alone", one / extraction);
    println!("a build with 2 threads takes {:.2}x one with 1 thread", two / one);
    println!("nothing changed takes {:.4}x a build", seconds(&unchanged) / two);
    println!("one document added takes {:.4}x a build", seconds(&added) / two);
    Ok(())
}

/// A document of our own, different for each number.
fn addition(number: usize) -> String {
    format!(
        "UNDEX/BENCH/{number}\n\nDistr. general\n\n3 March 2021\n\nEnglish\n\n# A short note\n\n\
         1. The present note, number {number}, is one document more.\n\n\
         2. It has two paragraphs.\n"
    )
}

/// How much there is to read.
struct Volume {
    documents: u64,
    text_bytes: u64,
}

impl Volume {
    /// Counts what extraction gives.
    fn of(documents: &Documents) -> Outcome<Self> {
        let output = program().args(extract_arguments(documents)?).output()?;
        let mut volume = Self { documents: 0, text_bytes: 0 };
        for line in String::from_utf8(output.stdout)?.lines() {
            let document: Value = serde_json::from_str(line)?;
            volume.documents += 1;
            for paragraph in array(&document, "paragraphs") {
                volume.text_bytes += text_bytes(paragraph);
                volume.text_bytes += array(paragraph, "notes").iter().map(text_bytes).sum::<u64>();
            }
        }
        if volume.text_bytes == 0 {
            return Err(format!("no text: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(volume)
    }

    fn print(&self, name: &str, runs: &[Run]) {
        let seconds = seconds(runs);
        println!(
            "{name:<22} {seconds:>7.2} s {:>7.2} s {:>9} {:>12.0} {:>9.1} {:>8}",
            best(runs),
            processor(runs),
            self.documents as f64 / seconds,
            self.text_bytes as f64 / 1e6 / seconds,
            peak(runs)
        );
    }
}

fn array<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text_bytes(value: &Value) -> u64 {
    value.get("text").and_then(Value::as_str).map_or(0, |text| text.len() as u64)
}

/// `undex extract --json` on every file of the documents.
fn extract_arguments(documents: &Documents) -> Outcome<Vec<OsString>> {
    let mut arguments: Vec<OsString> = vec!["extract".into(), "--json".into()];
    arguments.push("--catalogue".into());
    arguments.push(catalogue().into_os_string());
    let mut folders = documents.inputs.clone();
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if !name.starts_with("README") && !name.ends_with(".toml") {
                files.push(path);
            }
        }
    }
    files.sort();
    arguments.extend(files.into_iter().map(PathBuf::into_os_string));
    Ok(arguments)
}

fn build_arguments(documents: &Documents, index: &Path, threads: &str) -> Vec<OsString> {
    let mut arguments = documents.index_arguments(index);
    arguments.extend(["--quiet", "--report", "json", "--threads", threads].map(OsString::from));
    arguments
}

/// One run of the program.
struct Run {
    seconds: f64,
    usage: Usage,
}

/// What the system says of a process.
#[derive(Clone, Copy, Default)]
struct Usage {
    peak_bytes: Option<u64>,
    processor_seconds: Option<f64>,
}

fn repeat(times: usize, mut run: impl FnMut(usize) -> Outcome<Run>) -> Outcome<Vec<Run>> {
    (0..times).map(&mut run).collect()
}

/// Runs the program to its end, its output in a file or nowhere.
fn watch(arguments: &[OsString], output: Option<&Path>) -> Outcome<Run> {
    let stdout = match output {
        Some(path) => Stdio::from(File::create(path)?),
        None => Stdio::null(),
    };
    let mut command = program();
    command.args(arguments).stdin(Stdio::null()).stdout(stdout).stderr(Stdio::null());
    let ended = AtomicBool::new(false);
    let start = Instant::now();
    let mut child = command.spawn()?;
    let process = PathBuf::from(format!("/proc/{}", child.id()));
    let (status, seconds, usage) = thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut usage = Usage::default();
            while !ended.load(Ordering::Relaxed) {
                usage.peak_bytes = peak_memory(&process).or(usage.peak_bytes);
                usage.processor_seconds = processor_time(&process).or(usage.processor_seconds);
                thread::sleep(LOOK);
            }
            usage
        });
        let status = child.wait();
        let seconds = start.elapsed().as_secs_f64();
        ended.store(true, Ordering::Relaxed);
        (status, seconds, watcher.join().unwrap_or_default())
    });
    // 2: a document could not be read, as happens with real ones; the others are indexed.
    let status = status?;
    if !matches!(status.code(), Some(0 | 2)) {
        return Err(format!("{status}: undex {arguments:?}").into());
    }
    Ok(Run { seconds, usage })
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
fn seconds(runs: &[Run]) -> f64 {
    quantile(&runs.iter().map(|run| run.seconds).collect::<Vec<_>>(), 0.5)
}

fn best(runs: &[Run]) -> f64 {
    runs.iter().map(|run| run.seconds).fold(f64::INFINITY, f64::min)
}

fn processor(runs: &[Run]) -> String {
    let times: Vec<f64> = runs.iter().filter_map(|run| run.usage.processor_seconds).collect();
    if times.is_empty() { "unknown".to_owned() } else { format!("{:.1} s", quantile(&times, 0.5)) }
}

/// The highest peak of all runs.
fn peak(runs: &[Run]) -> String {
    let peak = runs.iter().filter_map(|run| run.usage.peak_bytes).max();
    peak.map_or_else(|| "unknown".to_owned(), |bytes| format!("{:.0} MB", bytes as f64 / 1e6))
}

fn print_head() {
    println!(
        "{:<22} {:>9} {:>9} {:>9} {:>12} {:>9} {:>8}",
        "", "median", "best", "processor", "documents/s", "MB/s", "peak"
    );
}

fn print(name: &str, runs: &[Run]) {
    println!(
        "{name:<22} {:>6.0} ms {:>6.0} ms {:>9} {:>12} {:>9} {:>8}",
        seconds(runs) * 1000.0,
        best(runs) * 1000.0,
        "",
        "",
        "",
        peak(runs)
    );
}

fn read(report: &Path) -> Outcome<Value> {
    Ok(serde_json::from_slice(&fs::read(report)?)?)
}

fn digest(report: &Path) -> Outcome<String> {
    let digest = read(report)?.get("digest").and_then(Value::as_str).map(str::to_owned);
    digest.ok_or_else(|| "the report has no digest".into())
}

fn info(index: &Path) -> Outcome<String> {
    let output = program().arg("info").arg("--index").arg(index).output()?;
    Ok(String::from_utf8(output.stdout)?)
}
