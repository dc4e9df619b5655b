//! `undex verify`.

use std::io::Write;
use std::time::Instant;

use serde::Serialize;
use undex_document::SCHEMA;
use undex_query::{Problem, SearchError, Verification, verify};

use crate::args::Verify;
use crate::exit::{Exit, Failure};
use crate::terminal::{self, counted, size, visible};

/// What was found out, as one JSON object.
#[derive(Serialize)]
struct Found<'f> {
    schema: u32,
    index: String,
    sound: bool,
    #[serde(flatten)]
    verification: &'f Verification,
    seconds: f64,
}

pub fn run(options: &Verify) -> Result<Exit, Failure> {
    let started = Instant::now();
    let folder = &options.index.folder;
    let found = match verify(folder) {
        Err(error) if options.json => {
            let mut found = Verification::default();
            found.problems.push(Problem::from(&error));
            found
        }
        found => found.map_err(SearchError::from)?,
    };
    let seconds = started.elapsed().as_secs_f64();
    let exit = if found.is_sound() { Exit::Success } else { Exit::Index };
    let mut out = terminal::output();
    if options.json {
        let index = folder.display().to_string();
        let sound = found.is_sound();
        let found = Found { schema: SCHEMA, index, sound, verification: &found, seconds };
        serde_json::to_writer(&mut out, &found)?;
        writeln!(out)?;
        return Ok(exit);
    }
    for problem in &found.problems {
        let line = format!("{}: {}", problem.path.display(), problem.message);
        writeln!(out, "{}", visible(&line))?;
    }
    out.flush()?;
    drop(out);
    terminal::note(&summary(&found, &folder.display().to_string(), seconds));
    Ok(exit)
}

fn summary(found: &Verification, index: &str, seconds: f64) -> String {
    if !found.is_sound() {
        let problems = counted(found.problems.len() as u64, "problem");
        return format!(
            "{index} is not sound: {problems} found in {seconds:.1} s; run `undex index --rebuild`"
        );
    }
    format!(
        "{index} is sound: {} ({}) as written; {} and {} counted, {} read whole; {seconds:.1} s",
        counted(found.files, "file"),
        size(found.bytes),
        counted(found.documents, "document"),
        counted(found.paragraphs, "paragraph"),
        counted(found.documents_read, "document"),
    )
}
