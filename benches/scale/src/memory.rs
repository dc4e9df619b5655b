//! How much memory does a build take, when there is more to build?
//!
//! The documents are repeated under other symbols, a file each, and `undex index` builds from nothing
//! with `--threads 2` and the default of `--memory`. Two figures tell different things. *Resident* is the most
//! that the system kept in memory (`VmHWM`), with the parts of index and documents that are mapped from
//! disk, which it can take back at any time; for undex without and with its worker processes, whose peaks
//! are added up. *Anonymous* is the most that was the processes' own at one moment, all of them
//! together, looked at every two milliseconds: what a machine must have. The peers build from the same
//! paragraphs, already extracted: the engine's own writer with two threads and as much memory, and SQLite FTS5.
//! Linux only.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo run --release -- memory --factor 1,4,16
//! ```

use crate::corpus::{Corpus, Originals};
use crate::engine::MEMORY_BYTES;
use crate::measure::process::{Run, peak};
use crate::measure::{Outcome, machine, megabytes, watch_peer};
use crate::peers;

/// Threads of undex and of the engine's own writer.
const THREADS: usize = 2;

pub(crate) fn run(factors: &[u32]) -> Outcome<()> {
    let originals = Originals::find()?;
    println!("memory of building an index of {}", originals.name);
    println!("{}; --memory is {}", machine(), megabytes(Some(MEMORY_BYTES as u64)));
    for factor in factors {
        measure(&originals.times(*factor)?)?;
    }
    Ok(())
}

fn measure(corpus: &Corpus) -> Outcome<()> {
    let kept = corpus.kept();
    println!("\n{}", corpus.describe());
    println!(
        "{:<22} {:>9} {:>9} {:>13} {:>10} {:>12}",
        "", "time", "resident", "with workers", "anonymous", "of --memory"
    );
    let threads = THREADS.to_string();
    print("undex index", corpus.index(&corpus.place("index"), &["--threads", &threads])?);
    let engine = peers::engine_build(&kept, &corpus.place("engine"), THREADS);
    print("engine's own writer", watch_peer(&engine)?);
    print("SQLite FTS5", watch_peer(&peers::sqlite_build(&kept, &corpus.place("sqlite")))?);
    Ok(())
}

fn print(name: &str, run: Run) {
    let (seconds, tree) = (run.seconds, run.tree);
    let share = tree.anonymous_bytes.map(|bytes| bytes as f64 / MEMORY_BYTES as f64);
    println!(
        "{name:<22} {seconds:>7.1} s {:>9} {:>13} {:>10} {:>12}",
        peak(&[run]),
        megabytes(tree.peak_bytes),
        megabytes(tree.anonymous_bytes),
        share.map_or_else(|| "unknown".to_owned(), |share| format!("{share:.2}x"))
    );
}
