//! How long does a search take as a whole process, output included?
//!
//! From the start of `undex search` to the last byte of its answer and its end, ten hits, 50 times
//! each, as a person or a script runs it: no process stays between two searches, only the pages of
//! the index in the system's cache. Beside it, in the same rounds, `undex --version`: starting and
//! ending the program and nothing else, the limit that no search can be below. Nothing is random;
//! every round runs all rows once, so that a slow moment of the machine meets all of them.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo bench --bench search_process
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]

mod measure;

use std::path::Path;
use std::time::Instant;

use measure::{Documents, Outcome, folder, machine, program, quantile};

/// Rounds that count.
const ROUNDS: usize = 50;
/// Rounds before them, which bring the index into the cache.
const WARM_UP: usize = 3;

/// Each finds something in the real documents and in the handbook alike.
const QUERIES: [(&str, &str); 8] = [
    ("one word", "confianza"),
    ("four words", "medidas fomento confianza seguridad"),
    ("phrase", "\"medidas de fomento de la confianza\""),
    ("frequent phrase", "\"General Assembly\""),
    ("filtered", "confianza lang:es year:2015.. NOT sanciones"),
    ("without accents", "operacion informacion"),
    ("prefix", "confi*"),
    ("operators", "(norms OR rules) AND \"international law\""),
];

struct Row {
    name: String,
    arguments: Vec<String>,
    milliseconds: Vec<f64>,
    bytes: usize,
}

fn main() -> Outcome<()> {
    let documents = Documents::find();
    println!("searches as whole processes on {}", documents.name);
    println!("{}", machine());
    let folder = folder()?;
    let index = folder.path().join("index");
    // A file that cannot be read is in the report of the build and does not matter here.
    program().args(documents.index_arguments(&index)).arg("--quiet").output()?;

    let mut rows = vec![Row::new("undex --version", vec!["--version".to_owned()])];
    for (name, query) in QUERIES {
        rows.push(Row::new(name, search(query, &index)?));
    }
    for round in 0..WARM_UP + ROUNDS {
        for row in &mut rows {
            row.run(round >= WARM_UP)?;
        }
    }

    let info = program().arg("info").arg("--index").arg(&index).output()?;
    let info = String::from_utf8(info.stdout)?;
    if let Some(content) = info.lines().find_map(|line| line.strip_prefix("content")) {
        println!("{}", content.trim());
    }
    println!("{:<18} {:>9} {:>9} {:>9} {:>8}", "", "median", "p95", "of limit", "output");
    let limit = rows.first().map_or(f64::NAN, |row| quantile(&row.milliseconds, 0.5));
    for row in &rows {
        let median = quantile(&row.milliseconds, 0.5);
        println!(
            "{:<18} {median:>6.1} ms {:>6.1} ms {:>8.1}x {:>6} B",
            row.name,
            quantile(&row.milliseconds, 0.95),
            median / limit,
            row.bytes
        );
    }
    Ok(())
}

fn search(query: &str, index: &Path) -> Outcome<Vec<String>> {
    let index = index.to_str().ok_or("the folder of the build is not UTF-8")?;
    Ok(["search", query, "--index", index].map(str::to_owned).to_vec())
}

impl Row {
    fn new(name: &str, arguments: Vec<String>) -> Self {
        Self { name: name.to_owned(), arguments, milliseconds: Vec::new(), bytes: 0 }
    }

    /// Runs the program once. A row that finds nothing would measure nothing.
    fn run(&mut self, counts: bool) -> Outcome<()> {
        let start = Instant::now();
        let output = program().args(&self.arguments).output()?;
        let elapsed = start.elapsed();
        if !output.status.success() || output.stdout.is_empty() {
            let message = String::from_utf8_lossy(&output.stderr);
            return Err(format!("{}: {}: {message}", self.name, output.status).into());
        }
        if counts {
            self.milliseconds.push(elapsed.as_secs_f64() * 1000.0);
        }
        self.bytes = output.stdout.len();
        Ok(())
    }
}
