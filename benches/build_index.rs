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
//! included, of the program and of any worker process it reads documents in. Memory and processor time are known on Linux only. Nothing is random.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo bench --bench build_index
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]

mod measure;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use measure::process::{self, Run, best, peak, peak_of_children, processor, seconds};
use measure::{Documents, Outcome, catalogue, digest, files, folder, machine, program, read};
use serde_json::Value;

/// Builds from nothing, for each number of threads; as many runs of extraction.
const BUILDS: usize = 3;
/// Runs with nothing changed, and as many with one document more.
const CHANGES: usize = 10;

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
            "{name:<22} {seconds:>7.2} s {:>7.2} s {:>9} {:>12.0} {:>9.1} {:>8} {:>8}",
            best(runs),
            processor(runs),
            self.documents as f64 / seconds,
            self.text_bytes as f64 / 1e6 / seconds,
            peak(runs),
            peak_of_children(runs)
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
    arguments.extend(files(documents).into_iter().map(PathBuf::into_os_string));
    Ok(arguments)
}

fn build_arguments(documents: &Documents, index: &Path, threads: &str) -> Vec<OsString> {
    let mut arguments = documents.index_arguments(index);
    arguments.extend(["--quiet", "--report", "json", "--threads", threads].map(OsString::from));
    arguments
}

fn repeat(times: usize, mut run: impl FnMut(usize) -> Outcome<Run>) -> Outcome<Vec<Run>> {
    (0..times).map(&mut run).collect()
}

/// Runs the program to its end, its output in a file or nowhere.
fn watch(arguments: &[OsString], output: Option<&Path>) -> Outcome<Run> {
    let mut command = program();
    command.args(arguments);
    process::watch(command, output)
}

fn print_head() {
    println!(
        "{:<22} {:>9} {:>9} {:>9} {:>12} {:>9} {:>8} {:>8}",
        "", "median", "best", "processor", "documents/s", "MB/s", "peak", "worker"
    );
}

fn print(name: &str, runs: &[Run]) {
    println!(
        "{name:<22} {:>6.0} ms {:>6.0} ms {:>9} {:>12} {:>9} {:>8} {:>8}",
        seconds(runs) * 1000.0,
        best(runs) * 1000.0,
        "",
        "",
        "",
        peak(runs),
        peak_of_children(runs)
    );
}

fn info(index: &Path) -> Outcome<String> {
    let output = program().arg("info").arg("--index").arg(index).output()?;
    Ok(String::from_utf8(output.stdout)?)
}
