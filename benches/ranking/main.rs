//! Does undex find the right paragraph?
//!
//! Questions whose answer is known, asked of undex and of the engine's own query parser with its own
//! tokenizers and Snowball stemmers, over the same paragraphs:
//!
//! - *known item*: words of one paragraph, to be led back to it; as they are, without accents, and each in
//!   another form of itself. See `known_item`.
//! - *judged topics*: questions as people ask them, with paragraphs that somebody has looked at and graded.
//!   See `topics`.
//! - *no hit*: the commonest pairs of words in titles and headings, in every way in which people write
//!   them. See `no_hit`.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo bench --bench ranking
//! UNDEX_SHARED=/path/to/documents cargo bench --bench ranking -- --forms
//! UNDEX_SHARED=/path/to/documents cargo bench --bench ranking -- --to-judge FOLDER
//! ```
//!
//! With `--forms` it prints the words that count as forms of one another, to be looked through, and asks
//! nothing; with `--to-judge` it writes a file for each topic with the paragraphs that were found and that
//! nobody has graded. It ends with 1 when a figure is below its floor.

#![allow(clippy::print_stdout, reason = "its output is its result")]

mod floors;
mod forms;
mod known_item;
#[path = "../measure/mod.rs"]
mod measure;
mod no_hit;
mod pool;
mod random;
mod stock;
mod topics;

use std::path::PathBuf;
use std::process::ExitCode;

use measure::{Documents, Outcome, folder, index, machine, shared};
use undex_document::Language;

use floors::Floors;
use pool::Pool;

/// The languages that are asked in.
const LANGUAGES: [Language; 3] = [Language::Spanish, Language::French, Language::English];

/// The session whose resolutions are the pool of the known items.
const SESSION: &str = "ga-resolutions-80";

fn main() -> Outcome<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    let (only_forms, to_judge) =
        match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [] => (false, None),
            ["--forms"] => (true, None),
            ["--to-judge", folder] => (false, Some(PathBuf::from(folder))),
            _ => {
                let usage = "usage: cargo bench --bench ranking [-- --forms | --to-judge FOLDER]";
                return Err(usage.into());
            }
        };
    let resolutions = resolutions()?;
    if resolutions.is_empty() {
        println!("skipped: UNDEX_SHARED names no folder with corpus/akn4un/{SESSION}-*.zip");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}", machine());
    let folder = folder()?;
    let mut floors = Floors::default();
    if let Some(to_judge) = to_judge {
        let all = index(&Documents::all().inputs, &folder.path().join("all"))?;
        topics::run(&all, Some(&to_judge), &mut floors)?;
        return Ok(ExitCode::SUCCESS);
    }
    let small = index(&resolutions, &folder.path().join("resolutions"))?;
    let pools = LANGUAGES.map(|language| Pool::read(&small, language));
    for pool in pools {
        let pool = pool?;
        match only_forms {
            true => forms::print(&pool),
            false => known_item::run(&small, &pool, &mut floors)?,
        }
    }
    if only_forms {
        return Ok(ExitCode::SUCCESS);
    }
    let all = index(&Documents::all().inputs, &folder.path().join("all"))?;
    topics::run(&all, None, &mut floors)?;
    for language in LANGUAGES {
        no_hit::run(&all, language, &mut floors)?;
    }
    Ok(floors.verdict())
}

/// The archives of the resolutions.
fn resolutions() -> Outcome<Vec<PathBuf>> {
    let folder = shared().join("corpus/akn4un");
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        if name.is_some_and(|name| name.starts_with(SESSION)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
