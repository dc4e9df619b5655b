//! `undex completions` and `undex man`.

use std::io::Write;

use clap::CommandFactory;

use crate::args::Arguments;
use crate::exit::{Exit, Failure};

pub fn completions(shell: clap_complete::Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "undex", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Exit::Success)
}

/// The manual page of the program, then those of its commands.
pub fn page() -> Result<Exit, Failure> {
    let mut page = Vec::new();
    let command = Arguments::command();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    pages_of(&command, "undex", &mut page)?;
    std::io::stdout().write_all(&page)?;
    Ok(Exit::Success)
}

/// The pages of the commands of a command, each with those of its own behind it.
fn pages_of(command: &clap::Command, typed: &str, page: &mut Vec<u8>) -> Result<(), Failure> {
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        // The synopsis is what one types, and the source of every page is the program.
        let typed = format!("{typed} {}", sub.get_name());
        let title = typed.replace(' ', "-");
        let shown = sub.clone().display_name(&title).bin_name(&typed);
        let source = format!("undex {}", env!("CARGO_PKG_VERSION"));
        clap_mangen::Man::new(shown).title(title).source(source).render(page)?;
        pages_of(sub, &typed, page)?;
    }
    Ok(())
}
