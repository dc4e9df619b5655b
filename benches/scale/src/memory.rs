//! How much memory does a build take, when there is more to build and more or less is allowed?
//!
//! The documents are repeated under other symbols, a file each, and `undex index` builds from nothing
//! with two threads and with each `--memory`. Two figures tell different things. *Resident* is the most
//! that the system kept in memory (`VmHWM`), with the parts of index and documents that are mapped from
//! disk, which it can take back at any time; for undex without and with its worker processes, whose peaks
//! are added up. *Anonymous* is the most that was the processes' own at one moment (`RssAnon`), all of
//! them together, looked at every two milliseconds: what a machine must have. The peers build from the
//! same paragraphs, already extracted: the engine's own writer with two threads and as much memory, and
//! SQLite FTS5, which is asked to keep to nothing. Linux only.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo run --release -p undex-scale -- memory --factor 1,4,16
//! ```

use std::fs;

use serde_json::json;

use crate::corpus::{Corpus, Originals};
use crate::measure::process::{Run, peak_bytes};
use crate::measure::{Documents, Outcome, watch_peer};
use crate::peers;
use crate::report::{self, rounded};

/// Threads of undex and of the engine's own writer.
const THREADS: usize = 2;

/// What `--memory` names if it is not said, in MiB: the default, a quarter of it, which is about four times the least that
/// the engine takes for two threads, and twice as much.
pub(crate) const BUDGETS_MIB: [usize; 3] = [128, 512, 1024];

pub(crate) fn run(factors: &[u32], budgets_mib: &[usize]) -> Outcome<()> {
    report::head("memory")?;
    let documents = Documents::find();
    report::line([json!({ "source": documents.name })]);
    let originals = Originals::of(&documents)?;
    factors.iter().try_for_each(|factor| measure(&originals.times(*factor)?, budgets_mib))
}

fn measure(corpus: &Corpus, budgets_mib: &[usize]) -> Outcome<()> {
    let (kept, index, engine) = (corpus.kept(), corpus.place("index"), corpus.place("engine"));
    let threads = THREADS.to_string();
    report::line([corpus.describe()]);
    for &budget in budgets_mib {
        let memory = budget.to_string();
        let run = corpus.index(&index, &["--threads", &threads, "--memory", &memory])?;
        print(corpus, "undex index", Some(budget), run);
        let build = peers::engine_build(&kept, &engine, THREADS, budget);
        print(corpus, "engine's own writer", Some(budget), watch_peer(&build)?);
        fs::remove_dir_all(&index)?;
        fs::remove_dir_all(&engine)?;
    }
    let build = peers::sqlite_build(&kept, &corpus.place("sqlite"));
    print(corpus, "SQLite FTS5", None, watch_peer(&build)?);
    Ok(())
}

fn print(corpus: &Corpus, program: &str, budget_mib: Option<usize>, run: Run) {
    let (seconds, tree) = (run.seconds, run.tree);
    let budget_bytes = budget_mib.map(|mib| mib << 20);
    let times = |bytes: Option<u64>| Some(rounded(bytes? as f64 / budget_bytes? as f64));
    let resident = peak_bytes(&[run]);
    report::line([json!({
        "factor": corpus.factor,
        "program": program,
        "budget_bytes": budget_bytes,
        "seconds": rounded(seconds),
        "resident_bytes": resident,
        "resident_bytes_with_workers": tree.peak_bytes,
        "anonymous_bytes": tree.anonymous_bytes,
        "resident_times_budget": times(resident),
        "anonymous_times_budget": times(tree.anonymous_bytes),
    })]);
}
