//! Many damaged files, each read in a worker, and what became of them.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use undex_ingest::worker::Workers;
use undex_ingest::{Context, ExtractError};

use super::mutate::{Random, mutate};
use super::seeds::Seed;

/// What became of all files.
#[derive(Default)]
pub(crate) struct Found {
    /// How many ended in which outcome, by `extracted` or the code of an error.
    pub(crate) outcomes: BTreeMap<&'static str, usize>,
    /// The longest that one took, and which.
    pub(crate) slowest: (Duration, String),
    /// Those that crashed a worker, or ran out of its time or memory: which, and how.
    pub(crate) faults: Vec<(String, String)>,
}

/// Damages one seed after the other and reads the result. The same numbers and seeds give the same
/// files, whatever the threads: the file of number n depends on n alone.
pub(crate) fn run(
    workers: &Workers,
    seeds: &[Seed],
    numbers: std::ops::Range<usize>,
    threads: usize,
) -> Found {
    let next = AtomicUsize::new(numbers.start);
    let found = Mutex::new(Found::default());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= numbers.end {
                        break;
                    }
                    let (name, bytes) = damaged(seeds, number);
                    let start = Instant::now();
                    let outcome = workers.extract(&name, &bytes, Context::default());
                    let took = start.elapsed();
                    found.lock().unwrap().add(&name, outcome.map(|_| ()), took);
                }
            });
        }
    });
    found.into_inner().unwrap()
}

/// The damaged file of a number, and its name, by which it can be made again.
pub(crate) fn damaged(seeds: &[Seed], number: usize) -> (String, Vec<u8>) {
    let mut random = Random::new(number as u64);
    let seed = &seeds[number % seeds.len()];
    let other = &seeds[random.below(seeds.len())];
    (format!("{number}-{}", seed.name), mutate(&seed.bytes, &other.bytes, &mut random))
}

impl Found {
    fn add(&mut self, name: &str, outcome: Result<(), ExtractError>, took: Duration) {
        let code = match &outcome {
            Ok(()) => "extracted",
            Err(error) => error.code(),
        };
        *self.outcomes.entry(code).or_default() += 1;
        if took > self.slowest.0 {
            self.slowest = (took, name.to_owned());
        }
        let swollen =
            matches!(&outcome, Err(ExtractError::Limit { limit: "worker_memory_bytes", .. }));
        if let Err(error) = outcome
            && (swollen || matches!(code, "crashed" | "timed-out" | "no-worker" | "interrupted"))
        {
            self.faults.push((name.to_owned(), error.to_string()));
        }
    }
}
