//! How fast is an index built from Akoma Ntoso, and from text that is already extracted?
//!
//! Real documents, with one thread and with two, three rounds in which everything takes its turn. Every
//! row is a whole process, from its start to its end.
//!
//! - *Akoma Ntoso*: `undex index` on `corpus/akn4un`, from nothing.
//! - *Extracted text*: everything in `corpus`, whatever its format. `undex index` from nothing reads the
//!   files; `undex index --rebuild` behind it builds the same index again, from what it kept of the
//!   first reading if it keeps that. Beside them SQLite FTS5 and the engine's own writer, the
//!   limit, get the paragraphs of that same index from a file. SQLite writes with one thread.
//!
//! MB/s are megabytes of paragraph text, notes included. On disk is the index that is searched, without
//! the one before it and without what is kept of a reading.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo run --release -- build
//! ```

use std::fs;
use std::path::Path;

use crate::kept::{self, Volume};
use crate::measure::process::{Run, best, processor, seconds};
use crate::measure::{
    Documents, Outcome, content, folder, machine, megabytes, shared, size, watch, watch_peer,
};
use crate::peers;

/// Builds of each kind.
const ROUNDS: usize = 3;

pub(crate) fn run() -> Outcome<()> {
    println!("building an index, beside SQLite FTS5 and the engine's own writer");
    println!("{}", machine());
    let akn = shared().join("corpus/akn4un");
    if akn.is_dir() {
        measure(&Documents { name: "corpus/akn4un".to_owned(), inputs: vec![akn] }, false)?;
    } else {
        println!("no Akoma Ntoso is measured, since UNDEX_SHARED names no folder with akn4un");
    }
    measure(&Documents::all(), true)
}

/// One kind of build.
struct Row {
    name: String,
    runs: Vec<Run>,
    bytes: u64,
}

impl Row {
    fn new(name: String) -> Self {
        Self { name, runs: Vec::new(), bytes: 0 }
    }

    fn add(&mut self, run: Run, bytes: u64) {
        self.runs.push(run);
        self.bytes = bytes;
    }

    fn print(&self, volume: &Volume) {
        let seconds = seconds(&self.runs);
        println!(
            "{:<38} {seconds:>7.2} s {:>7.2} s {:>9} {:>12.0} {:>9.1} {:>8}",
            self.name,
            best(&self.runs),
            processor(&self.runs),
            volume.documents as f64 / seconds,
            volume.megabytes() / seconds,
            megabytes(Some(self.bytes))
        );
    }
}

/// Builds from nothing, and with `extracted` also from extracted text, beside the peers.
fn measure(documents: &Documents, extracted: bool) -> Outcome<()> {
    let folder = folder()?;
    let place = |name: &str| folder.path().join(name);
    let (index, kept, made) = (place("index"), place("kept"), place("made"));
    let mut volume = Volume::default();
    let mut rows = Vec::new();
    for threads in [1, 2] {
        let with = |name: &str| Row::new(format!("{name}, {}", counted(threads)));
        rows.push((
            threads,
            with("undex index"),
            with("undex from kept extractions"),
            with("engine's own writer"),
        ));
    }
    let mut sqlite = Row::new("SQLite FTS5".to_owned());
    for _ in 0..ROUNDS {
        for (threads, files, again, engine) in &mut rows {
            remove(&index)?;
            let mut arguments = documents.index_arguments(&index);
            arguments.extend(["--quiet", "--threads", &threads.to_string()].map(Into::into));
            files.add(watch(&arguments)?, content(&index)?.bytes);
            if volume.documents == 0 {
                volume = kept::write(&index, &kept)?;
            }
            if extracted {
                arguments.push("--rebuild".into());
                again.add(watch(&arguments)?, content(&index)?.bytes);
                remove(&made)?;
                let run = watch_peer(&peers::engine_build(&kept, &made, *threads))?;
                engine.add(run, size(&made)?);
            }
        }
        if extracted {
            remove(&made)?;
            let run = watch_peer(&peers::sqlite_build(&kept, &made))?;
            sqlite.add(run, size(&made)?);
        }
    }
    print_head(documents, &volume);
    for (_, files, ..) in &rows {
        files.print(&volume);
    }
    if extracted {
        let again = rows.iter().map(|(_, _, again, _)| again);
        let engine = rows.iter().map(|(.., engine)| engine);
        again.chain(engine).chain([&sqlite]).for_each(|row| row.print(&volume));
        println!();
        for (threads, _, again, engine) in &rows {
            let (undex, limit) = (seconds(&again.runs), seconds(&engine.runs));
            println!(
                "from kept extractions, {}, undex takes {:.2}x the engine's own writer, {:.2}x SQLite FTS5",
                counted(*threads),
                undex / limit,
                undex / seconds(&sqlite.runs)
            );
        }
    }
    Ok(())
}

fn counted(threads: usize) -> String {
    if threads == 1 { "1 thread".to_owned() } else { format!("{threads} threads") }
}

fn print_head(documents: &Documents, volume: &Volume) {
    println!(
        "\n{}: {} documents, {} paragraphs, {:.1} MB of text",
        documents.name,
        volume.documents,
        volume.paragraphs,
        volume.megabytes()
    );
    println!(
        "{:<38} {:>9} {:>9} {:>9} {:>12} {:>9} {:>8}",
        "", "median", "best", "processor", "documents/s", "MB/s", "on disk"
    );
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
