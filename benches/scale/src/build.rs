//! How fast is an index built from Akoma Ntoso, and from text that is already extracted?
//!
//! Three rounds in which everything takes its turn, with one thread and with two; every run is a whole
//! process that builds from nothing. It is asked of the files in `corpus/akn4un`, which are Akoma Ntoso,
//! and of everything in `corpus`, whatever its format.
//!
//! - `undex index` with the input `files` reads the documents as they are.
//! - With the input `kept` it builds the same index again from what it kept of that reading, once the
//!   generations are gone; an undex that keeps nothing has no such rows.
//! - With the input `extracted` it reads the same documents, already extracted, each from a file of the
//!   Akoma Ntoso that undex itself writes, the only form that gives back exactly the same paragraphs.
//! - The engine's own writer, the limit, and SQLite FTS5 get the very same paragraphs from one file
//!   that needs no parsing. SQLite writes with one thread.
//!
//! Megabytes are of paragraph text, notes included. Resident is the most that the process itself kept in
//! memory, which `memory` looks at closer. On disk is the index that is searched.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo run --release -p undex-scale -- build
//! ```

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::corpus::{Corpus, Originals};
use crate::measure::process::{Run, peak_bytes, seconds};
use crate::measure::{
    Documents, Outcome, WRITER_MEMORY_MIB, content, shared, size, watch, watch_peer,
};
use crate::peers;
use crate::report::{self, rounded, times};

/// Builds of each kind.
const ROUNDS: usize = 3;

/// The numbers of threads.
const THREADS: [usize; 2] = [1, 2];

pub(crate) fn run() -> Outcome<()> {
    report::head("build")?;
    let akn = shared().join("corpus/akn4un");
    if akn.is_dir() {
        measure(Documents { name: "corpus/akn4un".to_owned(), inputs: vec![akn] })?;
    } else {
        report::note("no published Akoma Ntoso: UNDEX_SHARED names no folder with corpus/akn4un");
    }
    measure(Documents::all())
}

/// What builds, and from what.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Builder {
    Files,
    Kept,
    Extracted,
    Engine,
    Sqlite,
}

impl Builder {
    fn name(self) -> &'static str {
        match self {
            Self::Files | Self::Kept | Self::Extracted => "undex index",
            Self::Engine => "engine's own writer",
            Self::Sqlite => "SQLite FTS5",
        }
    }

    fn input(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Kept => "kept",
            Self::Extracted => "extracted",
            Self::Engine | Self::Sqlite => "paragraphs",
        }
    }
}

/// Builds of one kind.
struct Row {
    builder: Builder,
    threads: usize,
    runs: Vec<Run>,
    disk_bytes: u64,
}

impl Row {
    fn new(builder: Builder, threads: usize) -> Self {
        Self { builder, threads, runs: Vec::new(), disk_bytes: 0 }
    }

    fn run(&mut self, source: &Source) -> Outcome<()> {
        let (made, kept) = (&source.made, source.corpus.kept());
        if self.builder == Builder::Kept {
            if !source.leave_extractions()? {
                return Ok(());
            }
        } else {
            remove(made)?;
        }
        let threads = self.threads.to_string();
        self.runs.push(match self.builder {
            Builder::Files | Builder::Kept => {
                let mut arguments = source.documents.index_arguments(made);
                arguments.extend(["--quiet", "--threads", &threads].map(OsString::from));
                let run = watch(&arguments)?;
                source.corpus.check(made)?;
                run
            }
            Builder::Extracted => source.corpus.index(made, &["--threads", &threads])?,
            Builder::Engine => {
                watch_peer(&peers::engine_build(&kept, made, self.threads, WRITER_MEMORY_MIB))?
            }
            Builder::Sqlite => watch_peer(&peers::sqlite_build(&kept, made))?,
        });
        // Beside the index searched, its folder holds what a next build continues from.
        self.disk_bytes = match self.builder {
            Builder::Files | Builder::Kept | Builder::Extracted => content(made)?.bytes,
            Builder::Engine | Builder::Sqlite => size(made)?,
        };
        Ok(())
    }

    fn figures(&self, source: &Source) -> Value {
        let (volume, seconds) = (&source.corpus.volume, seconds(&self.runs));
        json!({
            "program": self.builder.name(),
            "input": self.builder.input(),
            "threads": self.threads,
            "documents_per_second": rounded(volume.documents as f64 / seconds),
            "megabytes_per_second": rounded(volume.megabytes() / seconds),
            "resident_bytes": peak_bytes(&self.runs),
            "disk_bytes": self.disk_bytes,
        })
    }
}

/// The same documents in every form.
struct Source {
    documents: Documents,
    corpus: Corpus,
    made: PathBuf,
}

impl Source {
    /// Removes an index but for the extractions kept beside it; false when there are none.
    fn leave_extractions(&self) -> Outcome<bool> {
        let (kept, aside) = (self.made.join("extractions"), self.corpus.place("aside"));
        if !kept.is_dir() {
            return Ok(false);
        }
        fs::rename(&kept, &aside)?;
        remove(&self.made)?;
        fs::create_dir(&self.made)?;
        fs::rename(&aside, &kept)?;
        Ok(true)
    }
}

fn measure(documents: Documents) -> Outcome<()> {
    let corpus = Originals::of(&documents)?.times(1)?;
    let made = corpus.place("made");
    let source = Source { documents, corpus, made };
    let mut rows = Vec::new();
    for threads in THREADS {
        // What is kept is that of the run before.
        for builder in [Builder::Files, Builder::Kept, Builder::Extracted, Builder::Engine] {
            rows.push(Row::new(builder, threads));
        }
    }
    rows.push(Row::new(Builder::Sqlite, 1));
    for _ in 0..ROUNDS {
        rows.iter_mut().try_for_each(|row| row.run(&source))?;
    }
    let head = json!({ "source": source.documents.name });
    report::line([head.clone(), source.corpus.describe()]);
    for row in rows.iter().filter(|row| !row.runs.is_empty()) {
        report::line([head.clone(), row.figures(&source), times(&row.runs)]);
    }
    for threads in THREADS {
        report::line([head.clone(), json!({ "threads": threads }), ratios(&rows, threads)]);
    }
    Ok(())
}

/// The time undex takes on extracted text, as a multiple of what its peers take.
fn ratios(rows: &[Row], threads: usize) -> Value {
    let of = |builder, threads| {
        let row = rows.iter().find(|row| row.builder == builder && row.threads == threads);
        row.map_or(f64::NAN, |row| seconds(&row.runs))
    };
    let undex = of(Builder::Extracted, threads);
    json!({
        "extracted_times_engine": rounded(undex / of(Builder::Engine, threads)),
        "extracted_times_sqlite": rounded(undex / of(Builder::Sqlite, 1)),
        "kept_times_engine": rounded(of(Builder::Kept, threads) / of(Builder::Engine, threads)),
        "files_times_extracted": rounded(of(Builder::Files, threads) / undex),
    })
}

/// Removes a file or folder if it is there.
fn remove(path: &Path) -> Outcome<()> {
    match path.is_dir() {
        true => fs::remove_dir_all(path)?,
        false if path.exists() => fs::remove_file(path)?,
        false => {}
    }
    Ok(())
}
