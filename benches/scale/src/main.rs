//! How does undex scale, beside other programs that do the same work in the same run?
//!
//! One question, one file, one subcommand: `build`, `update`, `memory`, `open`. Each file says at its
//! head what it measures and against what. The peers are SQLite FTS5 and the engine's own writer, as
//! processes of their own. Documents are found as by the other benches; nothing is random. The figures
//! are JSON, an object a line.
//!
//! ```text
//! cargo build --release                          # in the root of the repository
//! cd benches/scale
//! UNDEX_SHARED=/path/to/documents cargo run --release -- build
//! UNDEX_SHARED=/path/to/documents cargo run --release -- update --factor 1,4
//! ```
//!
//! `UNDEX_BIN` names another program than the release build of the repository. `--factor` says how
//! many times the documents are repeated, 1, 4 and 16 times if it is not given, which takes about
//! 10 GB of disk for a while.

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

use std::process::ExitCode;

use corpus::MAX_FACTOR;
use measure::{Outcome, require_program};

const USAGE: &str = "usage: undex-scale build | (update | memory | open) [--factor 1,4,16]";

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
    let (question, factors) = match arguments.as_slice() {
        ["build"] => ("build", Vec::new()),
        [question @ ("update" | "memory" | "open")] => (*question, vec![1, 4, 16]),
        [question @ ("update" | "memory" | "open"), "--factor", list] => {
            (*question, factors(list)?)
        }
        _ => return Err(USAGE.into()),
    };
    require_program()?;
    match question {
        "update" => update::run(&factors),
        "memory" => memory::run(&factors),
        "open" => open::run(&factors),
        _ => build::run(),
    }
}

fn factors(list: &str) -> Outcome<Vec<u32>> {
    let parsed: Result<Vec<u32>, _> = list.split(',').map(str::parse).collect();
    let factors = parsed.map_err(|error| format!("--factor {list}: {error}"))?;
    match factors.iter().find(|factor| !(1..=MAX_FACTOR).contains(*factor)) {
        Some(factor) => Err(format!("--factor {factor}: it must be from 1 to {MAX_FACTOR}").into()),
        None => Ok(factors),
    }
}
