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

mod answers;
mod citations;
mod damage;
mod deletions;
mod diff;
mod extract;
#[cfg(feature = "fetch")]
mod fetch;
mod formats;
mod full;
mod handbook;
mod index;
mod interrupt;
mod json;
mod kills;
mod manual;
mod output;
mod readers;
mod references;
mod search;
mod seeing;
mod show;
mod thesaurus;
mod trend;
mod tui;

use support::{Sandbox, corpus};
use undex_schema::{MANIFEST, MANIFEST_SUMS, manifest_sums};

/// Documents in the index of the fixtures.
const DOCUMENTS: usize = 18;

/// A folder with the valid fixtures under `corpus/`, indexed.
fn indexed() -> Sandbox {
    let sandbox = Sandbox::new();
    corpus::fixtures(&sandbox);
    sandbox.run(&["index", "--quiet"]).expect(0).says_nothing();
    sandbox
}

/// Makes a generation say that it is of another format.
fn set_format(sandbox: &Sandbox, generation: &str, format: u32) {
    let folder = sandbox.path().join(generation);
    let manifest = std::fs::read(folder.join(MANIFEST)).unwrap();
    let mut manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert_ne!(manifest["format"], format);
    manifest["format"] = format.into();
    let manifest = manifest.to_string();
    std::fs::write(folder.join(MANIFEST_SUMS), manifest_sums(manifest.as_bytes())).unwrap();
    std::fs::write(folder.join(MANIFEST), manifest).unwrap();
}
