//! `undex worker`: what the program starts itself as, to read documents in a process of its own. It
//! is no command for people and stands in no help.

use std::io::{IsTerminal, stdin, stdout};

use undex_ingest::worker::{WorkerProgram, serve};

use crate::exit::{Exit, Failure};

/// The only argument.
const NAME: &str = "worker";

/// Whether the program was started as a worker.
pub fn is_asked_for() -> bool {
    let mut arguments = std::env::args_os().skip(1);
    arguments.next().is_some_and(|first| first == NAME) && arguments.next().is_none()
}

/// How to start one.
pub fn program() -> Result<WorkerProgram, Failure> {
    match std::env::current_exe() {
        Ok(program) => Ok(WorkerProgram::new(program).argument(NAME)),
        Err(error) => Err(Failure::error(format!(
            "cannot find the program itself, to start workers: {error}"
        ))),
    }
}

/// Reads documents until there are no more.
pub fn run() -> Result<Exit, Failure> {
    // A panic is answered; nobody reads what would be printed.
    std::panic::set_hook(Box::new(|_| {}));
    let mut input = stdin().lock();
    if input.is_terminal() {
        return Err(Failure::error(
            "`undex worker` is started by undex itself; see `undex --help`",
        ));
    }
    // Standard output itself would look for line ends and write each answer in two parts.
    let mut output = unbuffered_output()?;
    serve(&mut input, &mut output).map_err(|error| Failure::error(error.to_string()))?;
    Ok(Exit::Success)
}

#[cfg(unix)]
fn unbuffered_output() -> std::io::Result<std::fs::File> {
    use std::os::fd::AsFd;
    stdout().as_fd().try_clone_to_owned().map(std::fs::File::from)
}

#[cfg(not(unix))]
fn unbuffered_output() -> std::io::Result<std::io::StdoutLock<'static>> {
    Ok(stdout().lock())
}
