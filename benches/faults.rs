//! Does an index outlast kills, failing disks, and readers at every moment?
//!
//! Builds are killed at random moments; every operation of a build on its disk fails in turn, in every way;
//! and readers ask while generations are published and removed. What the tests do for a few is done here
//! for many. Counted is what became of each, and named is what was lost, of which there must be nothing:
//! no index that is neither old nor new, no answer of two generations, nothing that the next build does not
//! mend. No time is measured. It runs on Unix.
//!
//! ```text
//! cargo bench --bench faults
//! cargo bench --bench faults -- --kills 200 --queries 2000 --faults each
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]

#[allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "shared with the tests, which may stop at the first surprise"
)]
#[path = "../crates/indexer/tests/faulty/mod.rs"]
mod faulty;
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "shared with the tests, which may stop at the first surprise"
)]
#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::thread;

use clap::{Parser, ValueEnum};
use faulty::Case;
use serde_json::{Value, json};
use support::{kills, readers};

/// Readers at once: half open the index for every query, half keep it open.
const READERS: usize = 4;

/// What is lost of each scenario is named up to so many times.
const NAMED: usize = 20;

/// Kill builds, let their disk fail, and read while they publish.
#[derive(Parser)]
#[command(name = "faults")]
struct Options {
    /// How many builds to kill
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    kills: usize,
    /// The moments at which they are killed
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many queries to ask
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    queries: usize,
    /// Which faults to make
    #[arg(long, value_enum, default_value_t = Which::All)]
    faults: Which,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Every kind at every operation
    All,
    /// One kind at every operation
    Each,
    /// None
    None,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let mut lost = Vec::new();
    let kills = match options.kills {
        0 => Value::Null,
        count => killed(count, options.seed, &mut lost),
    };
    let update = injected(options.faults, Case::update, &mut lost);
    let first = injected(options.faults, Case::first, &mut lost);
    let readers = match options.queries {
        0 => Value::Null,
        count => read(count, &mut lost),
    };
    println!(
        "{}",
        json!({
            "schema": 1,
            "kills": kills,
            "faults": {"update": update, "first": first},
            "readers": readers,
            "lost": lost,
        })
    );
    if lost.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn killed(count: usize, seed: u64, lost: &mut Vec<String>) -> Value {
    let figures = kills::run(count, seed);
    lost.extend(figures.lost.iter().take(NAMED).cloned());
    json!({
        "kills": figures.kills - figures.ended,
        "ended_before": figures.ended,
        "old": figures.before,
        "new": figures.after,
        "lost": figures.lost.len(),
    })
}

fn injected(which: Which, case: fn() -> Case, lost: &mut Vec<String>) -> Value {
    if which == Which::None {
        return Value::Null;
    }
    let case = case();
    let faults = if which == Which::All { case.every_fault() } else { case.each_operation() };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let figures = case.suffer_all(&faults, threads);
    lost.extend(figures.lost.iter().take(NAMED).cloned());
    let kinds: BTreeMap<&str, usize> =
        figures.faults.iter().map(|(kind, count)| (kind.name(), *count)).collect();
    json!({
        "operations": case.operations,
        "kinds": kinds,
        "old": figures.old,
        "new": figures.new,
        "errors": figures.errors,
        "lost": figures.lost.len(),
    })
}

fn read(count: usize, lost: &mut Vec<String>) -> Value {
    let figures = readers::run(count, READERS);
    lost.extend(figures.errors.iter().take(NAMED).cloned());
    json!({
        "queries": figures.queries,
        "generations_published": figures.published,
        "generations_read": figures.generations,
        "errors": figures.errors.len(),
    })
}
