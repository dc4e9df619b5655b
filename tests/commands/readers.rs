//! Readers while generations are published and removed.

use crate::support::readers;

/// Ten thousand are asked by `cargo bench --bench faults`.
const QUERIES: usize = 500;

#[test]
fn readers_never_see_half() {
    let figures = readers::run(QUERIES, 4);
    assert!(figures.errors.is_empty(), "{:#?}", figures.errors);
    assert!(figures.queries >= QUERIES);
    assert!(figures.generations > 1, "nothing was published meanwhile: {figures:?}");
}
