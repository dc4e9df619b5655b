//! The progress of a build or of fetching, on a terminal.

use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use undex_indexer::{Phase, Progress};
use undex_schema::Outcome;

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(700);

/// A bar with files, bytes and time left, drawn to standard error where that is a terminal.
pub struct Bar {
    bar: ProgressBar,
    sources: Mutex<(u64, u64)>,
    started: std::time::Instant,
}

impl Bar {
    pub fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Self { bar, sources: Mutex::new((0, 0)), started: std::time::Instant::now() }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Shows the bar once the work has taken long enough to want one.
    fn show(&self) {
        if self.bar.is_hidden() && self.started.elapsed() >= PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
    }
}

impl Progress for Bar {
    fn phase(&self, phase: Phase) {
        self.show();
        let message = match phase {
            Phase::Scanning => "looking for changes",
            Phase::Extracting => "reading",
            Phase::Mending => "mending words",
            Phase::Merging => "merging",
            Phase::Publishing => "writing",
            _ => "working",
        };
        self.bar.set_message(message);
    }

    fn total(&self, sources: u64, bytes: u64) {
        let template = "{msg} {wide_bar} {prefix} files, {bytes}/{total_bytes}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("█▉▊▋▌▍▎▏ "));
        }
        self.bar.set_length(bytes);
        self.bar.set_position(0);
        if let Ok(mut count) = self.sources.lock() {
            *count = (0, sources);
        }
    }

    fn finished(&self, _path: &str, bytes: u64, _outcome: &Outcome) {
        if let Ok(mut count) = self.sources.lock() {
            count.0 = (count.0 + 1).min(count.1);
            self.bar.set_prefix(format!("{}/{}", count.0, count.1));
        }
        let length = self.bar.length().unwrap_or(0);
        self.bar.set_position((self.bar.position() + bytes).min(length));
        self.show();
    }
}

/// A bar with documents and bytes that came, drawn to standard error where that is a terminal.
#[cfg(feature = "fetch")]
pub struct FetchBar {
    bar: ProgressBar,
    bytes: std::cell::Cell<u64>,
    started: std::time::Instant,
}

#[cfg(feature = "fetch")]
impl FetchBar {
    pub fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Self { bar, bytes: std::cell::Cell::new(0), started: std::time::Instant::now() }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn show(&self, message: &'static str) {
        self.bar.set_message(message);
        self.bar.set_prefix(crate::terminal::size(self.bytes.get()));
        if self.bar.is_hidden() && self.started.elapsed() >= PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
    }
}

#[cfg(feature = "fetch")]
impl undex_fetch::Progress for FetchBar {
    fn total(&self, requests: u64) {
        let template = "{msg} {wide_bar} {pos}/{len} documents, {prefix}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("█▉▊▋▌▍▎▏ "));
        }
        self.bar.set_length(requests);
        self.show("fetching");
    }

    fn received(&self, bytes: u64) {
        self.bytes.set(self.bytes.get().saturating_add(bytes));
        self.show("fetching");
    }

    fn waiting(&self, _host: &str, _time: Duration) {
        self.show("waiting");
    }

    fn finished(&self, done: &undex_fetch::Done) {
        // An archive gives more documents than were counted when it was one.
        let length = self.bar.length().unwrap_or(0);
        if done.outcome != undex_fetch::Outcome::Held {
            self.bar.set_position((self.bar.position() + 1).min(length));
        }
        self.show("fetching");
    }
}
