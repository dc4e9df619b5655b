//! Every command of the program, driven as a user would.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise"
)]

#[path = "../support/mod.rs"]
mod support;

mod citations;
mod diff;
mod extract;
mod handbook;
mod index;
mod interrupt;
mod json;
mod manual;
mod output;
mod references;
mod search;
mod show;

use support::{Sandbox, corpus};

/// Documents in the index of the fixtures.
const DOCUMENTS: usize = 18;

/// A folder with the valid fixtures under `corpus/`, indexed.
fn indexed() -> Sandbox {
    let sandbox = Sandbox::new();
    corpus::fixtures(&sandbox);
    sandbox.run(&["index", "--quiet"]).expect(0).says_nothing();
    sandbox
}
