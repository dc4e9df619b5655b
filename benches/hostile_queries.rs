//! Is any query answered or refused in time, whatever it is?
//!
//! Queries from a seed, of unbalanced quotes, lone operators, deep parentheses, thousands of words, wildcards and
//! noise, with whatever may be asked beside them. Counted is how many are answered and refused, and how long
//! either takes at most; it fails if one is neither, or if one takes longer than its limit. What took longer
//! once is asked again, and the median of all times counts: a machine has slow moments that no query made.
//! Documents are the shared ones where there are any, and otherwise those of the repository.
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

/// How often a query is asked that took longer than its limit, the first time included.
const ASKED: usize = 5;

/// Queries that are named at most, of those for which something must not happen.
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
    let (mut answered, mut refused, mut late, mut wrong) = (vec![], vec![], 0, vec![]);
    for _ in 0..options.queries {
        let request = hostile.request();
        let ask = || {
            let started = Instant::now();
            let answer = catch_unwind(AssertUnwindSafe(|| searcher.search(&request)));
            (answer, started.elapsed().as_secs_f64() * 1_000.0)
        };
        let (answer, took) = ask();
        let (what, limit) = match answer {
            Ok(Ok(_)) => {
                answered.push(took);
                ("answered late", ANSWERED_IN)
            }
            Ok(Err(error)) if error.is_query() => {
                refused.push(took);
                ("refused late", REFUSED_IN)
            }
            Ok(Err(_)) => ("neither answered nor refused", 0.0),
            Err(_) => ("a panic", 0.0),
        };
        if took > limit {
            late += usize::from(limit > 0.0);
            let again = (1..ASKED).map(|_| ask().1);
            let times: Vec<f64> = std::iter::once(took).chain(again).collect();
            let median = quantile(&times, 0.5);
            if median > limit {
                let start: String = request.query.chars().take(200).collect();
                wrong.push((what, took, median, start));
            }
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
    println!("late when first asked {late}; wrong {}", wrong.len());
    for (what, took, median, query) in wrong.iter().take(NAMED) {
        println!("  {what}: {took:.3} ms, {median:.3} in the median of {ASKED}: {query:?}");
    }
    Ok(ExitCode::from(u8::from(!wrong.is_empty())))
}
