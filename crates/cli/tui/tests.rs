//! The interactive mode without a terminal: events go in, effects come out, and what would be drawn is read.

mod drawing;
mod support;
mod transitions;
