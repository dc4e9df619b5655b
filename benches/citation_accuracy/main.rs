//! How many of the citations that links in documents mark are found in their text, and how many are
//! found that no link marks?
//!
//! Files in Akoma Ntoso are extracted, by which the links become plain text, and the documents found
//! cited are compared with the targets of the links. The definitions stand in
//! `tests/support/links/mod.rs`; figures of many documents are added up before they are divided.
//! Beside them, in the same run, the bare pattern: every `75/122` taken as a resolution of the
//! General Assembly. Links err too, so the differences are listed for people to judge.
//!
//! ```text
//! cargo bench --bench citation_accuracy
//! cargo bench --bench citation_accuracy -- FILES... --differences 40 --show A/RES/75/122
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]

#[path = "../../tests/support/diff.rs"]
#[allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "shared with the tests, where it also makes messages"
)]
mod diff;
#[path = "../../tests/support/links/mod.rs"]
mod links;
#[path = "../measure/mod.rs"]
mod measure;
mod print;
#[path = "../../tests/support/score.rs"]
#[allow(dead_code, reason = "of scores, only how they are counted is used")]
mod score;
#[path = "../../crates/cli/terminal/visible.rs"]
#[allow(unreachable_pub, unused_imports, reason = "shared with the program, which also tests it")]
mod visible;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use links::{Compared, Figures, Links};
use measure::extract::{Failure, Input, document, extractor, files, inputs};
use measure::{Outcome, catalogue, shared};
use rayon::prelude::*;
use undex_document::Symbol;

/// Sessions whose resolutions are compared when no files are given.
const SESSIONS: [&str; 2] = ["75", "76"];

/// Compare the citations found in documents with the links in them.
///
/// Without files it takes the resolutions of two sessions from the folder that UNDEX_SHARED names, or
/// from `shared` beside the repository.
#[derive(Parser)]
#[command(name = "citation_accuracy")]
struct Options {
    /// Akoma Ntoso files, archives or folders of them
    files: Vec<PathBuf>,
    /// How many of the most frequent differences of each kind to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    differences: usize,
    /// List all differences of one document
    #[arg(long, value_name = "SYMBOL")]
    show: Option<Symbol>,
    /// One line of JSON for each language
    #[arg(long)]
    json: bool,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

/// All documents that were compared.
struct Comparison {
    /// In the order of the files.
    documents: Vec<Compared>,
    failures: Vec<Failure>,
    /// Of each language, by its code.
    languages: BTreeMap<&'static str, Figures>,
}

fn main() -> Outcome<ExitCode> {
    let options = Options::parse();
    let paths = if options.files.is_empty() { at_hand() } else { files(&options.files) };
    if paths.is_empty() {
        println!("no documents: give some, or name the folder of real documents in UNDEX_SHARED");
        return Ok(ExitCode::from(2));
    }
    let comparison = Comparison::of(&paths)?;
    let mut out = std::io::stdout().lock();
    if options.json {
        print::json(&mut out, &comparison)?;
    } else if let Some(symbol) = &options.show {
        print::document(&mut out, &comparison, symbol)?;
    } else {
        print::table(&mut out, &comparison)?;
        print::differences(&mut out, &comparison, options.differences)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The archives of the sessions, where they are at hand.
fn at_hand() -> Vec<PathBuf> {
    let mut paths = files(&[shared().join("corpus/akn4un")]);
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.is_file() && SESSIONS.iter().any(|session| name.contains(&format!("-{session}-")))
    });
    paths
}

impl Comparison {
    fn of(paths: &[PathBuf]) -> Outcome<Self> {
        let extractor = extractor(&catalogue())?;
        let links = Links::new()?;
        let compare = |input: &Input| {
            let document = document(&extractor, input)?;
            let markup = String::from_utf8_lossy(input.bytes.as_deref().unwrap_or_default());
            Ok(links.compare(&document, &markup))
        };
        let mut comparison =
            Self { documents: Vec::new(), failures: Vec::new(), languages: BTreeMap::new() };
        for path in paths {
            let inputs = inputs(path, extractor.limits());
            let compared: Vec<Result<Compared, Failure>> = inputs.par_iter().map(compare).collect();
            for one in compared {
                match one {
                    Ok(document) => comparison.add(document),
                    Err(failure) => comparison.failures.push(failure),
                }
            }
        }
        Ok(comparison)
    }

    fn add(&mut self, document: Compared) {
        self.languages.entry(document.language).or_default().add(&document.figures);
        self.documents.push(document);
    }
}
