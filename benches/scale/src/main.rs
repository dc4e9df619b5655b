//! How does undex scale, beside other programs that do the same work in the same run?
//!
//! One question, one file, one subcommand: `build`, `update`, `memory`, `open`. Each file says at its
//! head what it measures and against what. The peers are SQLite FTS5 and the engine's own writer, as
//! processes of their own. Documents are found as by the other benches; nothing is random. The figures
//! are JSON, an object a line.
//!
//! ```text
//! cargo build --release
//! UNDEX_SHARED=/path/to/documents cargo run --release -p undex-scale -- build
//! UNDEX_SHARED=/path/to/documents cargo run --release -p undex-scale -- update --factor 1,4
//! ```
//!
//! `UNDEX_BIN` names another program than the release build of the repository. `--factor` says how
//! many times the documents are repeated, 1, 4 and 16 times if it is not given, which takes about
//! 10 GB of disk for a while. `--memory`, of the question of that name, says which budgets in MiB are tried.

mod build;
mod corpus;
mod engine;
mod files;
mod kept;
mod measure;
mod memory;
mod open;
mod peers;
mod report;
mod sqlite;
mod update;

use std::fmt::Display;
use std::process::ExitCode;
use std::str::FromStr;

use corpus::MAX_FACTOR;
use measure::{Outcome, require_program};

const USAGE: &str = "usage: undex-scale build | (update | open) [--factor 1,4,16] | \
                     memory [--factor 1,4,16] [--memory 128,512,1024]";

/// How many times the documents are repeated when it is not said.
const FACTORS: [u32; 3] = [1, 4, 16];

#[allow(clippy::print_stderr, reason = "why a measurement ended early")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = peers::run(&arguments).unwrap_or_else(|| measure(&arguments));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: &[String]) -> Outcome<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some((question, mut options)) = arguments.split_first() else { return Err(USAGE.into()) };
    let (mut times, mut budgets) = (FACTORS.to_vec(), memory::BUDGETS_MIB.to_vec());
    while let [name, list, rest @ ..] = options {
        match (*question, *name) {
            ("update" | "memory" | "open", "--factor") => times = factors(list)?,
            ("memory", "--memory") => budgets = numbers(name, list)?,
            _ => return Err(USAGE.into()),
        }
        options = rest;
    }
    if !options.is_empty() {
        return Err(USAGE.into());
    }
    require_program()?;
    match *question {
        "build" => build::run(),
        "update" => update::run(&times),
        "memory" => memory::run(&times, &budgets),
        "open" => open::run(&times),
        _ => Err(USAGE.into()),
    }
}

fn numbers<N: FromStr<Err: Display>>(option: &str, list: &str) -> Outcome<Vec<N>> {
    let parsed: Result<Vec<N>, _> = list.split(',').map(str::parse).collect();
    Ok(parsed.map_err(|error| format!("{option} {list}: {error}"))?)
}

fn factors(list: &str) -> Outcome<Vec<u32>> {
    let factors = numbers("--factor", list)?;
    match factors.iter().find(|factor| !(1..=MAX_FACTOR).contains(*factor)) {
        Some(factor) => Err(format!("--factor {factor}: it must be from 1 to {MAX_FACTOR}").into()),
        None => Ok(factors),
    }
}
