//! How much of documents is extracted as it stands in them?
//!
//! Files are extracted and compared with expected paragraphs, or with another version of the same
//! documents, such as Word files with the PDF files made of them. Documents are paired by symbol and
//! language. The definitions stand in `tests/support/score.rs`; figures of many documents are added
//! up before they are divided, so that long documents count for more.
//!
//! ```text
//! cargo bench --bench extraction_accuracy
//! cargo bench --bench extraction_accuracy -- --gold expected.jsonl FILES... --show A/RES/78/3
//! cargo bench --bench extraction_accuracy -- --against one.docx two.docx -- one.pdf two.pdf
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
#[path = "../measure/mod.rs"]
mod measure;
mod print;
#[path = "../../tests/support/score.rs"]
mod score;
mod side;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use measure::extract::files;
use measure::{Outcome, catalogue, shared};
use score::Score;
use side::{Key, Side};

/// Compare extracted paragraphs with expected ones.
///
/// Without files it compares what is at hand of the documents in the folder that UNDEX_SHARED names,
/// or in `shared` beside the repository.
#[derive(Parser)]
#[command(name = "extraction_accuracy")]
struct Options {
    /// Files to extract, folders of such files, or JSON lines that `undex extract --json` has
    /// written
    files: Vec<PathBuf>,
    /// Expected paragraphs as JSON lines
    #[arg(long, value_name = "GOLD.jsonl", requires = "files", conflicts_with = "against")]
    gold: Option<PathBuf>,
    /// Other versions of the documents, taken as the expected ones
    #[arg(long, value_name = "OTHER", num_args = 1.., requires = "files")]
    against: Vec<PathBuf>,
    /// How many of the documents with most errors to list
    #[arg(long, value_name = "N", default_value_t = 10)]
    worst: usize,
    /// Show the differing paragraphs of one document side by side
    #[arg(long, value_name = "SYMBOL")]
    show: Option<String>,
    /// Facts about documents that do not name themselves [default: the repository's]
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// One line of JSON for each comparison
    #[arg(long)]
    json: bool,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

/// Two sets of files to compare.
struct Comparison {
    name: String,
    gold: Vec<PathBuf>,
    found: Vec<PathBuf>,
}

/// What came of it.
struct Compared {
    name: String,
    total: Score,
    documents: Vec<(Key, Score)>,
    /// Expected documents that were not found.
    missing: Vec<Key>,
    /// Documents found that nothing is expected of.
    beyond: usize,
    gold: Side,
    found: Side,
}

fn main() -> Outcome<ExitCode> {
    let options = Options::parse();
    let comparisons = comparisons(&options);
    if comparisons.is_empty() {
        println!(
            "no documents to compare: give --gold GOLD.jsonl FILES, or --against OTHER -- FILES, \
             or name the folder of real documents in UNDEX_SHARED"
        );
        return Ok(ExitCode::from(2));
    }
    let catalogue = options.catalogue.clone().unwrap_or_else(catalogue);
    let mut out = std::io::stdout().lock();
    for comparison in comparisons {
        let compared = comparison.run(&catalogue)?;
        if options.json {
            print::json(&mut out, &compared, options.worst)?;
        } else {
            print::table(&mut out, &compared, options.worst)?;
        }
        if let Some(symbol) = &options.show {
            print::side_by_side(&mut out, &compared, symbol)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What was asked for, or else what can be compared of the real documents.
fn comparisons(options: &Options) -> Vec<Comparison> {
    let found = options.files.clone();
    if let Some(gold) = &options.gold {
        let name = format!("{} on {}", name(gold), listed(&found));
        return vec![Comparison { name, gold: vec![gold.clone()], found }];
    }
    if !options.against.is_empty() {
        let name = format!("{} against {}", listed(&found), listed(&options.against));
        return vec![Comparison { name, gold: options.against.clone(), found }];
    }
    if !found.is_empty() {
        return Vec::new();
    }
    let shared = shared();
    let corpus = shared.join("corpus");
    let (words, pdfs): (Vec<PathBuf>, Vec<PathBuf>) = files(&[corpus.join("docx")])
        .into_iter()
        .partition(|path| path.extension().is_some_and(|extension| extension == "docx"));
    let candidates = [
        Comparison {
            name: "session 78 in Spanish, Akoma Ntoso".to_owned(),
            gold: vec![shared.join("gold/akn4un-78.es.jsonl")],
            found: vec![corpus.join("akn4un/ga-resolutions-78-es.zip")],
        },
        Comparison {
            name: "session 78 in English, PDF".to_owned(),
            gold: vec![shared.join("gold/resolutions-78.en.jsonl")],
            found: vec![corpus.join("pdf/resolutions-78")],
        },
        Comparison {
            name: "reports as PDF, against the same as Word".to_owned(),
            gold: words,
            found: pdfs,
        },
    ];
    let at_hand = |paths: &[PathBuf]| !paths.is_empty() && paths.iter().all(|path| path.exists());
    candidates.into_iter().filter(|c| at_hand(&c.gold) && at_hand(&c.found)).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn listed(paths: &[PathBuf]) -> String {
    match paths {
        [only] => name(only),
        [first, rest @ ..] => format!("{} and {} more", name(first), rest.len()),
        [] => "nothing".to_owned(),
    }
}

impl Comparison {
    fn run(self, catalogue: &Path) -> Outcome<Compared> {
        let gold = Side::read(&self.gold, catalogue)?;
        let found = Side::read(&self.found, catalogue)?;
        let nothing = score::Scored::default();
        let mut compared = Compared {
            name: self.name,
            total: Score::default(),
            documents: Vec::new(),
            missing: Vec::new(),
            beyond: found.documents.keys().filter(|key| !gold.documents.contains_key(key)).count(),
            gold: Side::default(),
            found: Side::default(),
        };
        for (key, expected) in &gold.documents {
            let other = found.documents.get(key);
            if other.is_none() {
                compared.missing.push(key.clone());
            }
            let score = Score::of(expected, other.unwrap_or(&nothing));
            compared.total.add(&score);
            compared.documents.push((key.clone(), score));
        }
        let errors = |score: &Score| score.paragraphs.errors() + score.notes.errors();
        compared.documents.sort_by_key(|(_, score)| std::cmp::Reverse(errors(score)));
        (compared.gold, compared.found) = (gold, found);
        Ok(compared)
    }
}
