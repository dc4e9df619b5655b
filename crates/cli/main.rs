//! The program `undex`: a thin skin over the libraries, and the only place that prints or exits.

#![allow(unreachable_pub, reason = "a program has no public interface")]

mod args;
mod commands;
mod exit;
mod interrupt;
mod languages;
mod library;
mod progress;
mod reference;
mod terminal;
#[cfg(feature = "tui")]
mod tui;
mod unfinished;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Arguments, Command};
use crate::exit::{Exit, Failure};

fn main() -> ExitCode {
    // A panic while one file is read costs that file and is reported with it; the trace of the
    // standard hook would only stand in the way.
    std::panic::set_hook(Box::new(|panic| {
        terminal::error(&format!("internal error, please report it: {panic}"));
    }));
    let result = if commands::worker::is_asked_for() { commands::worker::run() } else { run() };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            if let Some(message) = failure.message() {
                terminal::error(message);
            }
            failure.exit().into()
        }
    }
}

fn run() -> Result<Exit, Failure> {
    match Arguments::parse().command {
        Command::Search(options) => commands::search::run(&options),
        #[cfg(feature = "tui")]
        Command::Tui(options) => commands::tui::run(&options),
        Command::Trend(options) => commands::trend::run(&options),
        Command::Show(options) => commands::show::run(&options),
        Command::Cites(options) => commands::cites::run(&options),
        Command::CitedBy(options) => commands::cited_by::run(&options),
        Command::Cite(options) => commands::cite::run(&options),
        Command::Resolve(options) => commands::resolve::run(&options),
        Command::Graph(options) => commands::graph::run(&options),
        Command::Missing(options) => commands::missing::run(&options),
        Command::List(options) => commands::list::run(&options),
        #[cfg(feature = "fetch")]
        Command::Fetch(options) => commands::fetch::run(&options),
        #[cfg(not(feature = "fetch"))]
        Command::Fetch(_) => Err(Failure::error(
            "this undex was built without the network; build it with `--features fetch`",
        )),
        Command::Index(options) => commands::index::run(&options),
        Command::Diff(options) => commands::diff::run(&options),
        Command::Verify(options) => commands::verify::run(&options),
        Command::Extract(options) => commands::extract::run(&options),
        Command::Thesaurus(command) => commands::thesaurus::run(&command),
        Command::Info(options) => commands::info::run(&options),
        Command::Completions { shell } => commands::manual::completions(shell),
        Command::Man => commands::manual::page(),
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}
