//! What every measurement gives, and the figures of many runs.

use std::error::Error;
use std::fs;

/// What every step of a measurement gives; a measurement that fails says why and ends.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// What the figures depend on beside the program: cores, and how busy they were before.
pub(crate) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    match load.split(' ').next().filter(|load| !load.is_empty()) {
        Some(load) => format!("{cores} cores, load of the last minute before the start {load}"),
        None => format!("{cores} cores"),
    }
}

/// The value that a share of the sorted values does not exceed: 0.5 gives the median.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    let place = (last as f64 * share).round() as usize;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}
