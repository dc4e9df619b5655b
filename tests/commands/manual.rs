//! Help, version, completions, the manual page.

use crate::support::Sandbox;

const COMMANDS: &[&str] = &[
    "search",
    #[cfg(feature = "tui")]
    "tui",
    "trend",
    "show",
    "cites",
    "cited-by",
    "graph",
    "missing",
    "list",
    "fetch",
    "index",
    "diff",
    "verify",
    "extract",
    "thesaurus",
    "info",
    "completions",
    "man",
];

#[test]
fn help_names_every_command_and_the_exit_codes() {
    let sandbox = Sandbox::new();
    let mut run = sandbox.run(&["--help"]).expect(0).tells_nothing();
    for command in COMMANDS {
        run = run.says(command);
    }
    run.says("Exit codes: 0").says("130");
    for command in COMMANDS {
        sandbox.run(&[*command, "--help"]).expect(0).tells_nothing().says("Usage: undex");
    }
    sandbox.run::<&str>(&[]).expect(2).says_nothing().tells("Usage: undex");
    sandbox.run(&["--version"]).expect(0).says(env!("CARGO_PKG_VERSION"));
}

#[test]
fn completions_for_the_usual_shells() {
    let sandbox = Sandbox::new();
    for (shell, sign) in
        [("bash", "complete -F"), ("zsh", "#compdef undex"), ("fish", "complete -c undex")]
    {
        let mut run = sandbox.run(&["completions", shell]).expect(0).tells_nothing().says(sign);
        for command in COMMANDS {
            run = run.says(command);
        }
    }
    sandbox.run(&["completions", "cobol"]).expect(2).says_nothing();
}

#[test]
fn the_manual_page_is_roff_and_has_every_command() {
    let sandbox = Sandbox::new();
    let mut run = sandbox.run(&["man"]).expect(0).tells_nothing().says(".TH undex");
    for command in COMMANDS {
        run = run.says(&format!("undex-{command}").replace('-', "\\-"));
    }
    // Commands of commands too.
    run.says("undex\\-thesaurus\\-import").says("lang:es");
}
