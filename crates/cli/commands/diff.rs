//! `undex diff`.

mod text;

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use undex_document::SCHEMA;
use undex_query::{DiffCounts, DiffSummary, SearchError, Searcher};
use undex_schema::{MANIFEST, generation_number};

use crate::args;
use crate::exit::{Exit, Failure};
use crate::terminal::{self, counted, grouped};

/// One of the two states compared.
struct Side {
    searcher: Searcher,
    /// The folder it was found in: of the index, or of the generation.
    folder: PathBuf,
}

/// One of the two states, in JSON.
#[derive(Serialize)]
struct JsonSide {
    path: String,
    generation: u64,
    digest: String,
}

/// The last line of JSON.
#[derive(Serialize)]
struct Summary {
    schema: u32,
    old: JsonSide,
    new: JsonSide,
    equal: bool,
    #[serde(flatten)]
    counts: DiffSummary,
}

pub fn run(options: &args::Diff) -> Result<Exit, Failure> {
    let index = &options.index.folder;
    let new = match &options.new {
        Some(given) => Side::open(given, index)?,
        None => Side { searcher: Searcher::open(index)?, folder: index.clone() },
    };
    let old = match &options.old {
        Some(given) => Side::open(given, index)?,
        None => {
            let searcher = Searcher::open_before(index, new.searcher.info().generation)?;
            Side { searcher, folder: index.clone() }
        }
    };
    let mut diff = old.searcher.diff(&new.searcher)?;
    let mut out = terminal::output();
    let width = terminal::width();
    for (at, document) in diff.by_ref().enumerate() {
        let document = document?;
        if options.json {
            serde_json::to_writer(&mut out, &document)?;
            writeln!(out)?;
        } else {
            if at > 0 {
                writeln!(out)?;
            }
            text::document(&mut out, &document, width)?;
        }
    }
    let counts = diff.summary();
    if options.json {
        let (old, new) = (old.json(), new.json());
        let summary = Summary { schema: SCHEMA, old, new, equal: counts.is_equal(), counts };
        serde_json::to_writer(&mut out, &summary)?;
        writeln!(out)?;
    }
    out.flush()?;
    drop(out);
    if !options.json {
        let (old, new) = (old.name(index), new.name(index));
        let documents = counted(counts.unchanged, "document");
        terminal::note(&if counts.is_equal() {
            format!("{old} and {new} hold the same: {documents}")
        } else {
            format!("\n{}, from {old} to {new}", in_words(&counts))
        });
    }
    Ok(if counts.is_equal() { Exit::Success } else { Exit::Differs })
}

impl Side {
    /// Opens what a person names: a generation of the index, or a path.
    fn open(given: &str, index: &Path) -> Result<Self, Failure> {
        let digits = given.bytes().all(|byte| byte.is_ascii_digit());
        let number = if digits { given.parse().ok() } else { generation_number(given) };
        if let Some(number) = number {
            let searcher = Searcher::open_generation(index, number)?;
            return Ok(Self { searcher, folder: index.to_owned() });
        }
        let folder = PathBuf::from(given);
        let opened = if folder.join(MANIFEST).is_file() {
            Searcher::open_folder(&folder)
        } else {
            Searcher::open(&folder)
        };
        let searcher = opened.map_err(|error| nothing_there(given, error))?;
        Ok(Self { searcher, folder })
    }

    /// As messages name it; the index that the command is about needs no name.
    fn name(&self, index: &Path) -> String {
        let number = self.searcher.info().generation;
        if self.folder == index {
            return format!("generation {number}");
        }
        format!("generation {number} in {}", self.folder.display())
    }

    fn json(&self) -> JsonSide {
        let info = self.searcher.info();
        let path = self.folder.display().to_string();
        JsonSide { path, generation: info.generation, digest: info.digest }
    }
}

fn nothing_there(given: &str, error: SearchError) -> Failure {
    if !error.is_missing_index() {
        return error.into();
    }
    Failure::new(
        Exit::Index,
        format!(
            "{given}: no index and no generation here; give a number, such as 7, or the folder of \
             an index or of one generation"
        ),
    )
}

/// `1 document added, 2 changed, 40 unchanged; 3 paragraphs changed`.
fn in_words(counts: &DiffSummary) -> String {
    let mut words = listed(counts.documents, "document");
    words.push_str(&format!(", {} unchanged", grouped(counts.unchanged)));
    if counts.paragraphs != DiffCounts::default() {
        words.push_str("; ");
        words.push_str(&listed(counts.paragraphs, "paragraph"));
    }
    words
}

/// What there is of the three, with the thing named once.
fn listed(counts: DiffCounts, thing: &str) -> String {
    let all = [(counts.added, "added"), (counts.removed, "removed"), (counts.changed, "changed")];
    let there = all.into_iter().filter(|(number, _)| *number > 0);
    let words = there.enumerate().map(|(at, (number, what))| {
        let number = if at == 0 { counted(number, thing) } else { grouped(number) };
        format!("{number} {what}")
    });
    words.collect::<Vec<_>>().join(", ")
}
