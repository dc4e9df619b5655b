//! The thread that starts the workers of a pool and ends those whose time is up.
//!
//! It starts them because a worker on Linux dies with the *thread* that started it, and threads that
//! want documents may be shorter-lived than a worker.

use std::io;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::process::{Shared as SharedChild, kill};

/// Between two looks at the time of busy workers, and at the flag that stops them.
const LOOK: Duration = Duration::from_millis(50);

/// The most time that counts between two looks: a program that was stopped and continued, or a
/// machine that slept, has not given its workers that time.
const LONGEST_LOOK: Duration = Duration::from_secs(1);

/// Why a worker was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    TimeUp,
    Stopped,
}

/// A busy worker.
struct Watched {
    number: u64,
    child: SharedChild,
    left: Duration,
    ending: Option<Ending>,
}

/// A process to start, and who waits for it.
type Wanted = (Command, SyncSender<io::Result<Child>>);

#[derive(Default)]
struct State {
    thread: Option<JoinHandle<()>>,
    wanted: Vec<Wanted>,
    watched: Vec<Watched>,
    /// Watches begun so far.
    count: u64,
    /// The thread sleeps until it is called.
    asleep: bool,
    closing: bool,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    call: Condvar,
    stop: Arc<AtomicBool>,
}

/// Keeps the workers of one pool.
pub(super) struct Keeper(Arc<Shared>);

/// A worker being watched.
pub(super) struct Watch<'k> {
    keeper: &'k Keeper,
    number: u64,
}

impl Keeper {
    /// Its thread starts with the first worker. When the flag is set, busy workers are ended.
    pub(super) fn new(stop: Arc<AtomicBool>) -> Self {
        Self(Arc::new(Shared { stop, ..Shared::default() }))
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.0.is_stopped()
    }

    /// Starts a process that lives as long as the pool at most.
    pub(super) fn spawn(&self, command: Command) -> io::Result<Child> {
        let (sender, receiver) = sync_channel(1);
        {
            let mut state = self.0.lock();
            if state.thread.is_none() {
                let shared = Arc::clone(&self.0);
                let thread = thread::Builder::new().name("undex-workers".to_owned());
                state.thread = Some(thread.spawn(move || shared.keep())?);
            }
            state.wanted.push((command, sender));
        }
        self.0.call.notify_one();
        receiver.recv().unwrap_or_else(|_| Err(io::Error::other("the thread of the workers died")))
    }

    /// Ends a worker if it is still watched after that time.
    pub(super) fn watch(&self, child: &SharedChild, time: Duration) -> Watch<'_> {
        let mut state = self.0.lock();
        let number = state.count;
        state.count += 1;
        let child = Arc::clone(child);
        // The next look counts from the one before, when this watch had not begun.
        let left = time.saturating_add(LOOK);
        state.watched.push(Watched { number, child, left, ending: None });
        let asleep = state.asleep;
        drop(state);
        if asleep {
            self.0.call.notify_one();
        }
        Watch { keeper: self, number }
    }
}

impl Watch<'_> {
    /// Ends the watch, and says whether it ended the worker.
    pub(super) fn end(self) -> Option<Ending> {
        self.take()
    }

    fn take(&self) -> Option<Ending> {
        let mut state = self.keeper.0.lock();
        let place = state.watched.iter().position(|watched| watched.number == self.number)?;
        state.watched.swap_remove(place).ending
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.take();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn keep(&self) {
        let mut state = self.lock();
        let mut last = Instant::now();
        while !state.closing {
            if let Some((mut command, sender)) = state.wanted.pop() {
                drop(state);
                // Nobody is there to be told when the asker has died.
                let _ = sender.send(command.spawn());
                state = self.lock();
            } else if state.watched.is_empty() {
                state.asleep = true;
                state = self.call.wait(state).unwrap_or_else(PoisonError::into_inner);
                state.asleep = false;
                last = Instant::now();
            } else {
                let waited = self.call.wait_timeout(state, LOOK);
                state = waited.unwrap_or_else(PoisonError::into_inner).0;
                let passed = last.elapsed().min(LONGEST_LOOK);
                last = Instant::now();
                state.look(passed, self.is_stopped());
            }
        }
    }
}

impl State {
    fn look(&mut self, passed: Duration, stopped: bool) {
        for watched in self.watched.iter_mut().filter(|watched| watched.ending.is_none()) {
            watched.left = watched.left.saturating_sub(passed);
            let ending = if stopped {
                Ending::Stopped
            } else if watched.left.is_zero() {
                Ending::TimeUp
            } else {
                continue;
            };
            watched.ending = Some(ending);
            kill(&watched.child);
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        let thread = {
            let mut state = self.0.lock();
            state.closing = true;
            state.thread.take()
        };
        self.0.call.notify_one();
        if let Some(thread) = thread {
            // It cannot have panicked, and if it had, its work would be over all the same.
            let _ = thread.join();
        }
    }
}
