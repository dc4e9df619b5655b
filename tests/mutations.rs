//! Damaged files: no damage ends a worker by a fault of the program, keeps it for ever, or touches the
//! process that asks. A hundred thousand of them are read by `cargo bench --bench mutations`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise"
)]

mod attacks;
mod support;

use attacks::{campaign, seeds};
use support::real;
use undex_ingest::worker::{WorkerProgram, Workers};
use undex_ingest::{Catalogue, Limits};

/// Files read in this test.
const COUNT: usize = 2_000;
/// Seconds that processors may work on one file; readers that are not optimized take several times as
/// long as those of users.
const PROCESSOR_SECONDS: u64 = 10;
/// Seconds by the clock, with other tests running beside it.
const CLOCK_SECONDS: u64 = 100;
/// The address space of a worker.
const ADDRESS_BYTES: u64 = 512 << 20;
/// Workers at once, as many processors as the smallest machines have.
const THREADS: usize = 2;

#[test]
fn no_damage_crashes_a_worker_or_keeps_it() {
    let repository = support::repository();
    let mut seeds = seeds::own(repository);
    if let Some(shared) = real::shared("damaged real documents") {
        seeds.extend(seeds::real(&shared));
    }
    let mut limits = Limits::default();
    limits.set("worker_seconds", CLOCK_SECONDS);
    limits.set("worker_cpu_seconds", PROCESSOR_SECONDS);
    limits.set("worker_memory_bytes", ADDRESS_BYTES);
    let program = WorkerProgram::new(assert_cmd::cargo::cargo_bin!("undex")).argument("worker");
    let workers = Workers::new(program, Catalogue::default(), limits);
    let found = campaign::run(&workers, &seeds, 0..COUNT, THREADS);

    eprintln!("{:?}, slowest {:?}", found.outcomes, found.slowest);
    assert_eq!(found.outcomes.values().sum::<usize>(), COUNT);
    assert!(found.faults.is_empty(), "{:#?}", found.faults);
    // Damage that leaves nothing whole, or everything, would show nothing.
    assert!(found.outcomes.len() >= 3, "{:?}", found.outcomes);
}

#[test]
fn the_same_number_is_the_same_file() {
    let seeds = seeds::own(support::repository());
    for number in [0, 1, 77, 1_999] {
        assert_eq!(campaign::damaged(&seeds, number), campaign::damaged(&seeds, number));
    }
    let changed = (0..100).filter(|number| {
        let seed = &seeds[number % seeds.len()];
        campaign::damaged(&seeds, *number).1 != seed.bytes
    });
    assert!(changed.count() > 80);
}
