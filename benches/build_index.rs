//! How long does it take to build an index, with how much memory, and what does a change cost?
//!
//! The program builds from nothing with one thread and with two; then it runs with nothing changed;
//! then with one short document more. Beside the builds, in the same run, `undex extract --json`
//! on the same files, its output thrown away: reading the documents with one thread and not
//! indexing them, the limit of a build with one thread. The digests of all builds from nothing must be
//! equal. Memory is the most that was resident (`VmHWM`), parts of the index mapped from disk
//! included; it is known on Linux only. Nothing is random.
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

use measure::{Documents, Outcome, catalogue, folder, program, quantile};
use serde_json::Value;

/// Builds from nothing, for each number of threads; as many runs of extraction.
const BUILDS: usize = 3;
/// Runs with nothing changed, and as many with one document more.
const CHANGES: usize = 10;
/// Between two looks at the memory of a process. What it used most is kept by the system, so only
/// growth in its last moments is missed.
const LOOK: Duration = Duration::from_millis(2);

fn main() -> Outcome<()> {
    let mut documents = Documents::find();
    let folder = folder()?;
    let index = folder.path().join("index");
    let report = folder.path().join("report.json");

    println!("building an index of {}", documents.name);
    let volume = Volume::of(&documents)?;
    println!(
        "{} documents with {:.1} MB of text, notes included",
        volume.documents,
        volume.text_bytes as f64 / 1e6
    );
    println!("{:<24} {:>9} {:>12} {:>9} {:>9}", "", "median", "documents/s", "MB/s", "peak");

    let extraction = repeat(BUILDS, |_| watch(&extract_arguments(&documents)?, None))?;
    volume.print("extraction, 1 thread", &extraction);
    let mut digests = Vec::new();
    let mut medians = vec![seconds(&extraction)];
    for threads in ["1", "2"] {
        let runs = repeat(BUILDS, |_| {
            if index.exists() {
                fs::remove_dir_all(&index)?;
            }
            let run = watch(&build_arguments(&documents, &index, threads), Some(&report))?;
            digests.push(digest(&report)?);
            Ok(run)
        })?;
        let plural = if threads == "1" { "" } else { "s" };
        volume.print(&format!("build, {threads} thread{plural}"), &runs);
        medians.push(seconds(&runs));
    }
    digests.dedup();
    if digests.len() != 1 {
        return Err("builds of the same documents have different digests".into());
    }

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
    if let [extraction, one, two] = medians.as_slice() {
        println!("a build with 1 thread takes {:.2}x extraction alone", one / extraction);
        println!("a build with 2 threads takes {:.2}x one with 1 thread", two / one);
        println!("nothing changed takes {:.4}x a build", seconds(&unchanged) / two);
        println!("one document added takes {:.4}x a build", seconds(&added) / two);
    }
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
            "{name:<24} {seconds:>7.2} s {:>12.0} {:>9.1} {:>9}",
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
    peak_bytes: Option<u64>,
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
    let status_file = format!("/proc/{}/status", child.id());
    let (status, seconds, peak_bytes) = thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut peak = None;
            while !ended.load(Ordering::Relaxed) {
                peak = peak_memory(&status_file).or(peak);
                thread::sleep(LOOK);
            }
            peak
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
    Ok(Run { seconds, peak_bytes })
}

/// The most memory that a running process has had, in bytes.
fn peak_memory(status_file: &str) -> Option<u64> {
    let status = fs::read_to_string(status_file).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

fn seconds(runs: &[Run]) -> f64 {
    quantile(&runs.iter().map(|run| run.seconds).collect::<Vec<_>>(), 0.5)
}

/// The highest peak of all runs.
fn peak(runs: &[Run]) -> String {
    let peak = runs.iter().filter_map(|run| run.peak_bytes).max();
    peak.map_or_else(|| "unknown".to_owned(), |bytes| format!("{:.0} MB", bytes as f64 / 1e6))
}

fn print(name: &str, runs: &[Run]) {
    println!(
        "{name:<24} {:>6.0} ms {:>12} {:>9} {:>9}",
        seconds(runs) * 1000.0,
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
