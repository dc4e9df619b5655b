//! One file for each command.

mod bars;
pub mod cite;
pub mod cited_by;
pub mod cites;
pub mod diff;
pub mod extract;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod graph;
pub mod index;
pub mod info;
pub mod list;
pub mod manual;
pub mod missing;
mod paragraph;
pub mod resolve;
pub mod search;
pub mod show;
pub mod text;
pub mod thesaurus;
pub mod trend;
#[cfg(feature = "tui")]
pub mod tui;
pub mod verify;
pub mod worker;
