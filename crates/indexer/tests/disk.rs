//! A failing disk loses nothing: whichever operation of a build fails, the index is as it was or as it
//! should become, and the next build makes it so.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]
// Kinds of errors are those of Unix.
#![cfg(unix)]

#[allow(dead_code, reason = "a bench uses the rest")]
mod faulty;

use faulty::{Case, Figures, Kind};

/// Builds at once.
const THREADS: usize = 2;

#[track_caller]
fn nothing_is_lost(figures: &Figures) {
    assert!(figures.lost.is_empty(), "{:#?}", figures.lost);
}

#[test]
fn an_update_survives_a_fault_at_any_operation() {
    let case = Case::update();
    let figures = case.suffer_all(&case.each_operation(), THREADS);
    nothing_is_lost(&figures);
    // Most faults are before publishing, some cost nothing, and some come after it.
    assert!(figures.old > 0 && figures.new > 0 && figures.errors > 0, "{figures:?}");
}

#[test]
fn a_first_build_survives_a_fault_at_any_operation() {
    let case = Case::first();
    let figures = case.suffer_all(&case.each_operation(), THREADS);
    nothing_is_lost(&figures);
    assert!(figures.old > 0 && figures.new > 0 && figures.errors > 0, "{figures:?}");
}

/// Documents wait for memory that an engine which died would never give back.
#[test]
fn nobody_waits_for_an_engine_that_died() {
    let case = Case::large();
    // The engine's writing is among the operations in the middle.
    let faults: Vec<(Kind, usize)> =
        (1..case.operations).step_by(case.operations / 6).map(|at| (Kind::Full, at)).collect();
    nothing_is_lost(&case.suffer_all(&faults, 1));
}
