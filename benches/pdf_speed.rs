//! How fast are PDF files read, beside `pdftotext`?
//!
//! Whole processes on the same files, in turns, from the start to the last byte of output:
//! `undex extract --json` with all files in one process and with one process a file, and `pdftotext`,
//! which takes one file a process. All of them stay on one processor (`taskset`), and with them the
//! worker processes that undex starts. `pdftotext` gives text; undex gives paragraphs with their
//! place, notes and citations as well. Memory is the most that was resident (`VmHWM`) in all
//! processes of a program together, which is known on Linux only. Nothing is random.
//!
//! ```text
//! cargo bench --bench pdf_speed
//! cargo bench --bench pdf_speed -- --runs 9 FILES_OR_FOLDERS...
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]

mod measure;

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::Parser;
use measure::process::{self, Run, best, megabytes, seconds};
use measure::{Outcome, machine, program, quantile, shared};
use serde_json::{Value, json};

/// Read PDF files, and let `pdftotext` read the same.
#[derive(Parser)]
#[command(name = "pdf_speed")]
struct Options {
    /// PDF files, or folders of them [default: corpus/pdf/resolutions-78 of the real documents]
    files: Vec<PathBuf>,
    /// How often each is run
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,
    /// One line of JSON
    #[arg(long)]
    json: bool,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

/// One way of reading all files.
struct Row {
    name: &'static str,
    arguments: Vec<OsString>,
    /// Whether it is a shell that starts a process a file, whose own memory is not counted.
    shell: bool,
    runs: Vec<Run>,
}

fn main() -> Outcome<ExitCode> {
    let options = Options::parse();
    let given = match options.files.as_slice() {
        [] => vec![shared().join("corpus/pdf/resolutions-78")],
        given => given.to_vec(),
    };
    let files = pdfs(given);
    if files.is_empty() {
        println!("no PDF files: give some, or name the folder of real documents in UNDEX_SHARED");
        return Ok(ExitCode::from(2));
    }
    let peer = installed("pdftotext", "-v");
    let check = Check::of(&files, peer)?;
    let pages = check.pages;
    if check.documents == 0 {
        println!("undex reads none of {} files: {}", files.len(), check.first_error);
        return Ok(ExitCode::from(2));
    }
    let processor_number = if installed("taskset", "--version") { last_processor() } else { None };
    let mut rows = rows(&files, peer, processor_number.as_deref());
    for round in 0..options.runs.max(1) {
        // Each comes first as often as the others: what a round begins with finds caches cold.
        let first = round % rows.len();
        let (late, early) = rows.split_at_mut(first);
        for row in early.iter_mut().chain(late) {
            row.run()?;
        }
    }

    if options.json {
        let rows: Vec<Value> = rows.iter().map(|row| row.json(&check, files.len())).collect();
        println!("{}", json!({"schema": 1, "files": files.len(), "pages": pages, "rows": rows}));
        return Ok(ExitCode::SUCCESS);
    }
    println!("reading {} PDF files, {pages} pages {}", files.len(), check.counted_by);
    println!("{}", machine());
    match processor_number {
        Some(number) => println!("every process stays on processor {number}"),
        None => println!("processes may use every processor: no taskset here"),
    }
    if check.documents < files.len() {
        println!("undex reads {} of them: {}", check.documents, check.first_error);
    }
    println!(
        "{:<34} {:>9} {:>9} {:>9} {:>9} {:>12} {:>9}",
        "", "median", "best", "processor", "pages/s", "documents/s", "peak"
    );
    for row in &rows {
        row.print(pages, files.len());
    }
    match rows.split_last() {
        Some((pdftotext, own)) if peer => {
            for row in own {
                let times = seconds(&pdftotext.runs) / seconds(&row.runs);
                print!("{} is {times:.2} times as fast as pdftotext", row.name);
                // What else the machine does counts for the time that passes, not for this.
                match (pdftotext.processor_seconds(), row.processor_seconds()) {
                    (Some(other), Some(own)) => {
                        println!(", {:.2} times by processor time", other / own);
                    }
                    _ => println!(),
                }
            }
        }
        _ => println!("pdftotext is skipped: it is not installed (Debian: poppler-utils)"),
    }
    Ok(ExitCode::SUCCESS)
}

/// The PDF files among those given and in the folders given.
fn pdfs(given: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in given {
        match fs::read_dir(&path) {
            Ok(entries) => files.extend(entries.flatten().map(|entry| entry.path()).filter(|p| {
                p.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"))
            })),
            Err(_) => files.push(path),
        }
    }
    files.sort();
    files
}

/// Whether a program can be started.
fn installed(name: &str, argument: &str) -> bool {
    Command::new(name).arg(argument).output().is_ok_and(|output| output.status.success())
}

/// The last of the processors that this process may use: the first has most of the system's own work.
fn last_processor() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    list.trim().rsplit([',', '-']).next().map(str::to_owned)
}

/// What the files give, before any time is taken; it also brings them into the system's cache.
struct Check {
    documents: usize,
    pages: usize,
    counted_by: &'static str,
    first_error: String,
}

impl Check {
    fn of(files: &[PathBuf], peer: bool) -> Outcome<Self> {
        let output = program().arg("extract").arg("--json").args(files).output()?;
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        let mut check = Self {
            documents: 0,
            pages: 0,
            counted_by: "with text, by what undex gives",
            first_error: errors.lines().find(|l| l.contains("error")).unwrap_or("").to_owned(),
        };
        for line in String::from_utf8(output.stdout)?.lines() {
            let document: Value = serde_json::from_str(line)?;
            let paragraphs = document.get("paragraphs").and_then(Value::as_array);
            let paragraphs = paragraphs.map_or(&[][..], Vec::as_slice);
            let last = paragraphs.iter().filter_map(|p| p["page"].as_u64()).max().unwrap_or(0);
            check.pages += usize::try_from(last)?;
            check.documents += 1;
        }
        if peer {
            check.pages = 0;
            check.counted_by = "by the page ends that pdftotext writes";
            for file in files {
                let text = Command::new("pdftotext").arg(file).arg("-").output()?.stdout;
                check.pages += text.iter().filter(|byte| **byte == b'\x0C').count();
            }
        }
        Ok(check)
    }
}

fn rows(files: &[PathBuf], peer: bool, processor: Option<&str>) -> Vec<Row> {
    let undex = program().get_program().to_owned();
    let on_one = |arguments: &[OsString]| {
        let mut all: Vec<OsString> = match processor {
            Some(number) => ["taskset", "-c", number].map(OsString::from).to_vec(),
            None => Vec::new(),
        };
        all.extend(arguments.iter().cloned());
        all.extend(files.iter().map(|file| file.clone().into_os_string()));
        all
    };
    // One shell starts all processes, so that pinning costs no row more than another.
    let each = |program: OsString, before: &str, after: &str| {
        let script = format!("p=$1; shift; for f do \"$p\" {before} \"$f\" {after}; done; exit 0");
        on_one(&["sh".into(), "-c".into(), script.into(), "sh".into(), program])
    };
    let row = |name, shell, arguments| Row { name, arguments, shell, runs: Vec::new() };
    let mut rows = vec![
        row(
            "undex extract --json",
            false,
            on_one(&[undex.clone(), "extract".into(), "--json".into()]),
        ),
        row("undex extract --json, one a file", true, each(undex, "extract --json", "")),
    ];
    if peer {
        rows.push(row("pdftotext, one a file", true, each("pdftotext".into(), "", "-")));
    }
    rows
}

impl Row {
    fn run(&mut self) -> Outcome<()> {
        let (program, arguments) = self.arguments.split_first().ok_or("a row without a program")?;
        let mut command = Command::new(program);
        command.args(arguments);
        self.runs.push(process::watch(command, None)?);
        Ok(())
    }

    /// The highest peak of all runs.
    fn peak_bytes(&self) -> Option<u64> {
        let trees = self.runs.iter().map(|run| run.tree);
        trees
            .filter_map(|tree| if self.shell { tree.peak_bytes_below } else { tree.peak_bytes })
            .max()
    }

    /// The median of what processors worked.
    fn processor_seconds(&self) -> Option<f64> {
        let times: Vec<f64> =
            self.runs.iter().filter_map(|run| run.tree.processor_seconds).collect();
        (!times.is_empty()).then(|| quantile(&times, 0.5))
    }

    fn processor(&self) -> String {
        self.processor_seconds().map_or_else(|| "unknown".to_owned(), |time| format!("{time:.2} s"))
    }

    fn print(&self, pages: usize, files: usize) {
        let time = seconds(&self.runs);
        println!(
            "{:<34} {time:>7.3} s {:>7.3} s {:>9} {:>9.0} {:>12.1} {:>9}",
            self.name,
            best(&self.runs),
            self.processor(),
            pages as f64 / time,
            files as f64 / time,
            megabytes(self.peak_bytes())
        );
    }

    fn json(&self, check: &Check, files: usize) -> Value {
        let time = seconds(&self.runs);
        json!({
            "name": self.name,
            "seconds": time,
            "best_seconds": best(&self.runs),
            "processor_seconds": self.processor_seconds(),
            "pages_per_second": check.pages as f64 / time,
            "documents_per_second": files as f64 / time,
            "peak_bytes": self.peak_bytes(),
        })
    }
}
