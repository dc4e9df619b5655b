//! `undex thesaurus`.

use std::fs::File;
use std::io::{BufReader, Write};

use undex_query::{Thesaurus, concepts_named};
use undex_thesaurus::{Import, ImportSummary, Syntax};

use crate::args::{self, ImportThesaurus, ShowThesaurus};
use crate::exit::{Exit, Failure};
use crate::library;
use crate::terminal::{self, counted, visible};
use crate::unfinished;

pub fn run(command: &args::Thesaurus) -> Result<Exit, Failure> {
    match command {
        args::Thesaurus::Import(options) => import(options),
        args::Thesaurus::Show(options) => show(options),
    }
}

fn import(options: &ImportThesaurus) -> Result<Exit, Failure> {
    let path = options.file.display().to_string();
    let failed = |error: undex_thesaurus::ImportError| Failure::error(error.to_string());
    let syntax = Syntax::of(&options.file).map_err(failed)?;
    let file = File::open(&options.file)
        .map_err(|error| Failure::error(format!("{path}: cannot be opened: {error}")))?;
    let import = Import { languages: &options.lang, path: &path };
    let (imported, summary) = import.read(syntax, BufReader::new(file)).map_err(failed)?;
    if imported.is_empty() {
        let languages: Vec<&str> = options.lang.iter().map(|language| language.code()).collect();
        return Err(Failure::error(format!(
            "{path}: no concept has two labels in {}; is it a thesaurus in SKOS, and are these its languages (--lang)?",
            languages.join(", ")
        )));
    }
    let output = options.output.display().to_string();
    let (text, added, known) = match options.force || !options.output.exists() {
        true => (imported.to_toml(), summary.concepts, 0),
        false => {
            let mut text = library::thesaurus_text(&options.output)?;
            let addition = parsed(&output, &text)?.addition(&imported);
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(&addition.text);
            (text, addition.added, addition.known)
        }
    };
    // Together they may be more than a thesaurus holds.
    parsed(&output, &text)?;
    if added > 0 {
        unfinished::write(&options.output, text.as_bytes())?;
    }
    report(&output, added, known, summary);
    Ok(Exit::Success)
}

fn parsed(path: &str, text: &str) -> Result<Thesaurus, Failure> {
    Thesaurus::parse(path, text).map_err(|error| Failure::error(error.to_string()))
}

fn report(output: &str, added: usize, known: usize, summary: ImportSummary) {
    let mut line = format!("{output}: {} added", counted(added as u64, "concept"));
    let rest = [
        (known as u64, "known already and left as they are"),
        (summary.single as u64, "with a single label left out"),
    ];
    for (number, what) in rest.into_iter().filter(|(number, _)| *number > 0) {
        line.push_str(&format!(", {} {what}", terminal::grouped(number)));
    }
    if summary.unfit > 0 {
        line.push_str(&format!("; {} out of bounds left out", counted(summary.unfit, "label")));
    }
    terminal::note(&line);
}

fn show(options: &ShowThesaurus) -> Result<Exit, Failure> {
    let (thesaurus, name) = library::thesaurus(options.thesaurus.as_deref())?;
    let words = options.words.join(" ");
    let concepts = concepts_named(&thesaurus, &words);
    if concepts.is_empty() {
        terminal::note(&format!("{name}: no concept goes by these words: {words}"));
        return Ok(Exit::NoHit);
    }
    let mut out = terminal::output();
    for (at, concept) in concepts.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write!(out, "{}", visible(&concept.to_toml()))?;
    }
    out.flush()?;
    Ok(Exit::Success)
}
