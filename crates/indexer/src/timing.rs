//! How long each source took.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The time that sources took to read and extract, by path. What is read twice counts twice.
#[derive(Debug, Default)]
pub(crate) struct Timings(Mutex<HashMap<String, Duration>>);

impl Timings {
    /// Adds the time since a moment to what a source took.
    pub(crate) fn add(&self, path: &str, since: Instant) {
        let took = since.elapsed();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(path.to_owned()).or_default() += took;
    }

    /// Seconds that each source took.
    pub(crate) fn into_seconds(self) -> HashMap<String, f64> {
        let known = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        known.into_iter().map(|(path, took)| (path, took.as_secs_f64())).collect()
    }
}
