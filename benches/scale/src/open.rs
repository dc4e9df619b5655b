//! What does it cost to open an index and ask it one thing, when it grows?
//!
//! The documents are repeated under other symbols. From the start of `undex search` to its end, ten hits
//! with their snippets, 30 times each; no process stays between two searches, only the pages of the index
//! in the system's cache. Beside it, in the same rounds, SQLite FTS5 with the same query on a database of
//! the same paragraphs, and the start of either program alone, which no search can be below. The queries
//! mean the same to both, but undex finds words in all their forms, and so more.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo run --release -- open --factor 1,4,16
//! ```

use std::ffi::OsString;
use std::process::Command;
use std::time::Instant;

use crate::corpus::{Corpus, Originals};
use crate::measure::{Outcome, machine, peer, program, quantile, watch_peer};
use crate::peers;

/// Rounds that count.
const ROUNDS: usize = 30;
/// Rounds before them, which bring index and database into the cache.
const WARM_UP: usize = 3;

/// Each is written alike for both and finds something in the real documents and in the handbook.
const QUERIES: [(&str, &str); 4] = [
    ("one word", "confianza"),
    ("phrase", "\"medidas de fomento de la confianza\""),
    ("two words", "paragraphs AND documents"),
    ("prefix", "confi*"),
];

pub(crate) fn run(factors: &[u32]) -> Outcome<()> {
    let originals = Originals::find()?;
    println!("opening an index of {} and asking it", originals.name);
    println!("{}", machine());
    for factor in factors {
        measure(&originals.times(*factor)?)?;
    }
    Ok(())
}

fn measure(corpus: &Corpus) -> Outcome<()> {
    let (index, database) = (corpus.place("index"), corpus.place("sqlite"));
    corpus.index(&index, &[])?;
    watch_peer(&peers::sqlite_build(&corpus.kept(), &database))?;

    let mut rows = vec![Row::new("start alone", vec!["--version".into()], peers::nothing())];
    for (name, query) in QUERIES {
        let search = ["search", query, "-n", "10", "--index"].map(OsString::from);
        let undex = search.into_iter().chain([index.clone().into()]).collect();
        rows.push(Row::new(name, undex, peers::sqlite_search(&database, query)));
    }
    for round in 0..WARM_UP + ROUNDS {
        for row in &mut rows {
            row.run(round >= WARM_UP)?;
        }
    }
    println!("\n{}", corpus.describe());
    println!(
        "{:<14} {:>10} {:>10} {:>12} {:>10} {:>12}",
        "", "undex", "95 %", "SQLite FTS5", "95 %", "undex/SQLite"
    );
    rows.iter().for_each(Row::print);
    Ok(())
}

/// The same question to both.
struct Row {
    name: &'static str,
    undex: Vec<OsString>,
    sqlite: Vec<OsString>,
    undex_times: Vec<f64>,
    sqlite_times: Vec<f64>,
}

impl Row {
    fn new(name: &'static str, undex: Vec<OsString>, sqlite: Vec<OsString>) -> Self {
        Self { name, undex, sqlite, undex_times: Vec::new(), sqlite_times: Vec::new() }
    }

    fn run(&mut self, counts: bool) -> Outcome<()> {
        let undex = milliseconds(program().args(&self.undex))?;
        let sqlite = milliseconds(&mut peer(&self.sqlite)?)?;
        if counts {
            self.undex_times.push(undex);
            self.sqlite_times.push(sqlite);
        }
        Ok(())
    }

    fn print(&self) {
        let (undex, sqlite) = (quantile(&self.undex_times, 0.5), quantile(&self.sqlite_times, 0.5));
        println!(
            "{:<14} {undex:>7.1} ms {:>7.1} ms {sqlite:>9.1} ms {:>7.1} ms {:>11.2}x",
            self.name,
            quantile(&self.undex_times, 0.95),
            quantile(&self.sqlite_times, 0.95),
            undex / sqlite
        );
    }
}

/// Runs a search to the last byte of its answer.
fn milliseconds(command: &mut Command) -> Outcome<f64> {
    let start = Instant::now();
    let output = command.output()?;
    let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
    if output.status.success() {
        return Ok(milliseconds);
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
}
