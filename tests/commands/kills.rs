//! Builds killed in the middle.

#![cfg(unix)]

use crate::support::kills;

/// Thousands are killed by `cargo bench --bench faults`.
const KILLS: usize = 30;

#[test]
fn a_kill_loses_nothing() {
    let figures = kills::run(KILLS, 20_261_125);
    assert!(figures.lost.is_empty(), "{:#?}", figures.lost);
    assert_eq!(figures.before + figures.after, KILLS);
    assert!(figures.ended < KILLS, "no build was killed: {figures:?}");
}
