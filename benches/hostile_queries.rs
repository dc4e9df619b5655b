//! Is any query answered or refused in time, whatever it is?
//!
//! Queries from a seed, of unbalanced quotes, lone operators, deep parentheses, thousands of words, wildcards and
//! noise, with whatever may be asked beside them. Counted is how many are answered and refused, and how long
//! either takes at most; it fails if one is neither, or if one takes longer than its limit. Documents are the
//! shared ones where there are any, and otherwise those of the repository.
//!
//! ```text
//! cargo bench --bench hostile_queries
//! cargo bench --bench hostile_queries -- --queries 1000 --seed 7
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]

#[allow(clippy::indexing_slicing, reason = "shared with the tests")]
#[path = "../crates/query/tests/hostile/mod.rs"]
mod hostile;
mod measure;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use hostile::Hostile;
use measure::{Documents, Outcome, folder, index, machine, quantile};

/// Milliseconds in which a query must be refused.
const REFUSED_IN: f64 = 5.0;

/// Milliseconds in which it must be answered: what people wait for without asking what went wrong.
const ANSWERED_IN: f64 = 1_000.0;

/// Queries named for each thing that must not happen.
const NAMED: usize = 10;

/// Ask whatever might be asked.
#[derive(Parser)]
#[command(name = "hostile_queries")]
struct Options {
    /// How many queries to ask
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    queries: usize,
    /// What they are made from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Outcome<ExitCode> {
    let options = Options::parse();
    let documents = Documents::find();
    println!("{}", machine());
    let folder = folder()?;
    println!("{}", documents.name);
    let searcher = index(&documents.inputs, &folder.path().join("index"))?;
    let mut hostile = Hostile::new(options.seed);
    let (mut answered, mut refused, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..options.queries {
        let request = hostile.request();
        let started = Instant::now();
        let answer = catch_unwind(AssertUnwindSafe(|| searcher.search(&request)));
        let took = started.elapsed().as_secs_f64() * 1_000.0;
        let what = match answer {
            Ok(Ok(_)) => {
                answered.push(took);
                (took > ANSWERED_IN).then_some("answered late")
            }
            Ok(Err(error)) if error.is_query() => {
                refused.push(took);
                (took > REFUSED_IN).then_some("refused late")
            }
            Ok(Err(_)) => Some("neither answered nor refused"),
            Err(_) => Some("a panic"),
        };
        if let Some(what) = what {
            // Whether it is the query or the moment.
            let started = Instant::now();
            let _answer = catch_unwind(AssertUnwindSafe(|| searcher.search(&request)));
            let again = started.elapsed().as_secs_f64() * 1_000.0;
            let start: String = request.query.chars().take(200).collect();
            wrong.push((what, took, again, start));
        }
    }
    for (name, times) in [("answered", &answered), ("refused", &refused)] {
        println!(
            "{name} {}: milliseconds, median {:.3}, 99 % {:.3}, most {:.3}",
            times.len(),
            quantile(times, 0.5),
            quantile(times, 0.99),
            quantile(times, 1.0)
        );
    }
    println!("wrong {}", wrong.len());
    for (what, took, again, query) in wrong.iter().take(NAMED) {
        println!("  {what}, {took:.3} ms, and {again:.3} asked again: {query:?}");
    }
    Ok(ExitCode::from(u8::from(!wrong.is_empty())))
}
