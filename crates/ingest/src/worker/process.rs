//! One worker process as its parent sees it: its start, its exchanges, its end.

use std::borrow::Cow;
use std::io::Read;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::WorkerProgram;
use super::frame::{self, FrameError};
use super::keeper::{Ending, Keeper};
use super::message::{Answer, Ready, SETUP_BYTES, VERSION};
use crate::Limits;

/// A process that may have to be ended from another thread than the one that speaks with it.
pub(super) type Shared = Arc<Mutex<Child>>;

/// How long a worker that has stopped answering may take to end by itself, so that it is known how it
/// ended. The system takes a few milliseconds, more when it has a gigabyte to put away.
const LAST_MOMENTS: Duration = Duration::from_secs(2);

/// Between two looks whether it has ended.
const LOOK: Duration = Duration::from_millis(1);

/// Bytes of a worker's last words that are read: what a pipe holds.
const LAST_WORDS_BYTES: u64 = 64 << 10;

/// Characters of them that a message repeats.
const TOLD_CHARS: usize = 200;

/// What the standard library says before it ends a process that has no memory left.
const NO_MEMORY: &str = "memory allocation of ";

/// Why a worker could not be started.
#[derive(Debug, thiserror::Error)]
#[error("the worker program {program} cannot be used: {reason}")]
pub struct WorkerError {
    /// The program.
    pub program: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The worker was ended by the keeper.
    Ended(Ending),
    /// Its processor time was used up.
    ProcessorTime,
    /// It had no memory left and wanted so many bytes more.
    Memory(u64),
    /// Its answer has so many bytes.
    Answer(u64),
    /// Something else, in words.
    Crash(String),
}

/// A worker that is ready for documents.
pub(super) struct Worker {
    child: Shared,
    input: ChildStdin,
    output: ChildStdout,
    errors: Option<ChildStderr>,
    content: Vec<u8>,
    /// Documents it was given.
    pub(super) documents: usize,
}

impl Worker {
    /// Starts a worker and waits until it is ready.
    pub(super) fn start(
        keeper: &Keeper,
        program: &WorkerProgram,
        setup: &[u8],
        limits: &Limits,
    ) -> Result<Self, Start> {
        let mut command = Command::new(&program.program);
        command.args(&program.arguments).env_clear();
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        system::prepare(&mut command);
        let mut child = keeper.spawn(command).map_err(|error| Start::Failed(error.to_string()))?;
        let (input, output, errors) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let child = Arc::new(Mutex::new(child));
        let (Some(input), Some(output)) = (input, output) else {
            end(&child);
            return Err(Start::Failed("it has no input and output".to_owned()));
        };
        let mut worker = Self { child, input, output, errors, content: Vec::new(), documents: 0 };
        system::widen(&worker.input, &worker.output);
        if let Some(errors) = &worker.errors {
            system::never_wait(errors).map_err(|error| Start::Failed(error.to_string()))?;
        }
        match worker.exchange(keeper, limits, SETUP_BYTES, &[setup]) {
            Ok(()) => {}
            Err(Trouble::Ended(Ending::Stopped)) => return Err(Start::Stopped),
            Err(Trouble::Ended(Ending::TimeUp)) => {
                let seconds = limits.worker_seconds;
                return Err(Start::Failed(format!("it was not ready after {seconds} s")));
            }
            Err(Trouble::ProcessorTime) => {
                return Err(Start::Failed("it used up its processor time at its start".to_owned()));
            }
            Err(Trouble::Memory(_)) => {
                let bytes = limits.worker_memory_bytes;
                return Err(Start::Failed(format!(
                    "worker_memory_bytes is {bytes}, too little to start; raise it with --limit \
                     worker_memory_bytes=N"
                )));
            }
            Err(Trouble::Answer(bytes)) => {
                return Err(Start::Failed(format!("it began with {bytes} bytes")));
            }
            Err(Trouble::Crash(how)) => return Err(Start::Failed(how)),
        }
        match frame::decode::<Ready<'_>>(&worker.content) {
            Ok(Ready { version: Cow::Owned(version) }) if version != VERSION => {
                Err(Start::Failed(format!("it has version {version}, and {VERSION} is needed")))
            }
            Ok(_) => Ok(worker),
            Err(error) => Err(Start::Failed(format!("it answered with {error}"))),
        }
    }

    /// Whether it still runs, as far as can be seen.
    pub(super) fn is_alive(&self) -> bool {
        !has_ended(&self.child)
    }

    /// Gives it a document and waits for the answer. After trouble it is of no further use.
    pub(super) fn extract(
        &mut self,
        keeper: &Keeper,
        limits: &Limits,
        request: &[u8],
        bytes: &[u8],
    ) -> Result<Answer, Trouble> {
        self.documents += 1;
        let head = frame::head(bytes.len());
        self.exchange(keeper, limits, limits.worker_answer_bytes, &[request, &head, bytes])?;
        frame::decode(&self.content)
            .map_err(|error| Trouble::Crash(format!("it answered with {error}")))
    }

    /// Writes, and reads one frame into `content`.
    fn exchange(
        &mut self,
        keeper: &Keeper,
        limits: &Limits,
        bound: u64,
        parts: &[&[u8]],
    ) -> Result<(), Trouble> {
        let watch = keeper.watch(&self.child, Duration::from_secs(limits.worker_seconds));
        let written = frame::write_all(&mut self.input, parts);
        let read = match written {
            Ok(()) => frame::read(&mut self.output, bound, &mut self.content),
            Err(error) => Err(error.into()),
        };
        let ending = watch.end();
        match (read, ending) {
            // What it writes beside the protocol must not fill the pipe.
            (Ok(()), None) => {
                self.last_words();
                Ok(())
            }
            (_, Some(ending)) => Err(Trouble::Ended(ending)),
            (Err(FrameError::TooLong { length, .. }), None) => Err(Trouble::Answer(length)),
            (Err(error @ (FrameError::NoFrame | FrameError::Content(_))), None) => {
                Err(Trouble::Crash(format!("it answered with {error}")))
            }
            (Err(error), None) => Err(self.post_mortem(&error)),
        }
    }

    /// Finds out how a worker ended that has stopped talking.
    fn post_mortem(&mut self, error: &FrameError) -> Trouble {
        let start = Instant::now();
        while !has_ended(&self.child) && start.elapsed() < LAST_MOMENTS {
            thread::sleep(LOOK);
        }
        let ended_itself = has_ended(&self.child);
        let status = end(&self.child);
        let words = self.last_words();
        let wanted = words.lines().rev().find_map(|line| {
            line.trim().strip_prefix(NO_MEMORY)?.split(' ').next()?.parse::<u64>().ok()
        });
        let status = match status {
            Some(status) if ended_itself => status,
            _ => return Trouble::Crash(format!("it stopped answering: {error}")),
        };
        if system::is_out_of_time(status) {
            return Trouble::ProcessorTime;
        }
        match wanted {
            Some(bytes) if status.code().is_none() => Trouble::Memory(bytes),
            _ => Trouble::Crash(told(&system::describe(status), &words)),
        }
    }

    /// What it has written to standard error, without waiting for more.
    fn last_words(&mut self) -> String {
        let mut words = Vec::new();
        if let Some(errors) = &mut self.errors {
            // What came before the error, such as that nothing more is there now, is what is wanted.
            let _ = errors.take(LAST_WORDS_BYTES).read_to_end(&mut words);
        }
        String::from_utf8_lossy(&words).into_owned()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It holds nothing that would have to be put in order.
        end(&self.child);
    }
}

/// Why there is no worker.
#[derive(Debug)]
pub(super) enum Start {
    Stopped,
    Failed(String),
}

/// How it ended and what it said last.
fn told(how: &str, words: &str) -> String {
    match words.lines().map(str::trim).rfind(|line| !line.is_empty()) {
        Some(line) => format!("{how}: {}", line.chars().take(TOLD_CHARS).collect::<String>()),
        None => how.to_owned(),
    }
}

fn with<T>(child: &Shared, run: impl FnOnce(&mut Child) -> T) -> T {
    run(&mut child.lock().unwrap_or_else(PoisonError::into_inner))
}

fn has_ended(child: &Shared) -> bool {
    with(child, system::has_ended)
}

/// Ends a process with all of its group. Harmless when it has ended.
pub(super) fn kill(child: &Shared) {
    with(child, system::kill);
}

/// Ends a process with all of its group, and waits for its end.
fn end(child: &Shared) -> Option<ExitStatus> {
    with(child, |child| {
        system::kill(child);
        child.wait().ok()
    })
}

#[cfg(unix)]
mod system {
    use std::io;
    use std::os::unix::process::{CommandExt, ExitStatusExt};
    use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

    use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

    pub(super) fn prepare(command: &mut Command) {
        command.stderr(Stdio::piped()).process_group(0);
    }

    pub(super) fn never_wait(errors: &ChildStderr) -> io::Result<()> {
        Ok(rustix::io::ioctl_fionbio(errors, true)?)
    }

    /// Lets the pipes hold most documents at once, so that the two sides wait for each other less.
    pub(super) fn widen(input: &ChildStdin, output: &ChildStdout) {
        /// What Linux allows everybody.
        #[cfg(target_os = "linux")]
        const PIPE_BYTES: usize = 1 << 20;

        // A smaller pipe does as well, if more slowly.
        #[cfg(target_os = "linux")]
        {
            let _ = rustix::pipe::fcntl_setpipe_size(input, PIPE_BYTES);
            let _ = rustix::pipe::fcntl_setpipe_size(output, PIPE_BYTES);
        }
        #[cfg(not(target_os = "linux"))]
        let _ = (input, output);
    }

    /// Whether it has ended. It keeps its number, so that its group can still be ended.
    pub(super) fn has_ended(child: &mut Child) -> bool {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        match pid(child) {
            Some(pid) => !matches!(waitid(WaitId::Pid(pid), options), Ok(None)),
            None => true,
        }
    }

    pub(super) fn kill(child: &mut Child) {
        // Once it has been waited for, its number may be that of another group.
        let waited_for = pid(child).is_none_or(|pid| {
            let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
            waitid(WaitId::Pid(pid), options).is_err()
        });
        if let Some(pid) = pid(child).filter(|_| !waited_for) {
            // There is no group any more, or it is ended; either is what is wanted.
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }

    fn pid(child: &Child) -> Option<Pid> {
        i32::try_from(child.id()).ok().and_then(Pid::from_raw)
    }

    pub(super) fn is_out_of_time(status: ExitStatus) -> bool {
        status.signal() == Some(Signal::XCPU.as_raw())
    }

    pub(super) fn describe(status: ExitStatus) -> String {
        let Some(number) = status.signal() else {
            return format!("the process ended with code {}", status.code().unwrap_or_default());
        };
        let name = [
            (Signal::ABORT, "SIGABRT"),
            (Signal::BUS, "SIGBUS"),
            (Signal::FPE, "SIGFPE"),
            (Signal::ILL, "SIGILL"),
            (Signal::KILL, "SIGKILL"),
            (Signal::SEGV, "SIGSEGV"),
            (Signal::TERM, "SIGTERM"),
        ]
        .into_iter()
        .find(|(signal, _)| signal.as_raw() == number);
        match name {
            Some((_, name)) => format!("the process was ended by {name}"),
            None => format!("the process was ended by signal {number}"),
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::io;
    use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

    pub(super) fn widen(_input: &ChildStdin, _output: &ChildStdout) {}

    pub(super) fn prepare(command: &mut Command) {
        // Nobody could read it without waiting.
        command.stderr(Stdio::null());
    }

    pub(super) fn never_wait(_errors: &ChildStderr) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn has_ended(child: &mut Child) -> bool {
        !matches!(child.try_wait(), Ok(None))
    }

    pub(super) fn kill(child: &mut Child) {
        // It has ended already, or is ended now.
        let _ = child.kill();
    }

    pub(super) fn is_out_of_time(_status: ExitStatus) -> bool {
        false
    }

    pub(super) fn describe(status: ExitStatus) -> String {
        format!("the process ended: {status}")
    }
}
