//! What does adding one document cost, and a run with nothing changed, when the index grows?
//!
//! The documents are repeated under other symbols, a file each. Every figure is a whole process, `undex
//! index` at its defaults: first with nothing changed, beside asking the system for size and time of
//! every file and nothing else, the limit of a program that goes by them; then with one document more
//! each time, of median length, beside SQLite FTS5, a process that adds the same paragraphs to a
//! database of the same documents. Undex and its peer take turns. The median leaves out the runs in
//! which segments are merged, so the worst run stands beside it.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo run --release -- update --factor 1,4,16
//! ```

use std::fs;

use undex_ingest::export::{Export, file_name};

use crate::corpus::{Corpus, Originals};
use crate::kept::Writer;
use crate::measure::process::{Run, best, seconds};
use crate::measure::{Outcome, content, index_arguments, machine, watch, watch_peer};
use crate::peers;

/// Runs of each kind.
const ROUNDS: u32 = 10;

pub(crate) fn run(factors: &[u32]) -> Outcome<()> {
    let originals = Originals::find()?;
    println!("updating an index of {}", originals.name);
    println!("{}", machine());
    for factor in factors {
        measure(&originals, &originals.times(*factor)?)?;
    }
    Ok(())
}

fn measure(originals: &Originals, corpus: &Corpus) -> Outcome<()> {
    let (index, database) = (corpus.place("index"), corpus.place("sqlite"));
    println!("\n{}", corpus.describe());
    println!("{:<30} {:>9} {:>9} {:>9}", "", "median", "best", "worst");
    print("undex, build", &[corpus.index(&index, &[])?]);
    print("SQLite FTS5, build", &[watch_peer(&peers::sqlite_build(&corpus.kept(), &database))?]);

    let arguments = index_arguments(&corpus.files(), &index, &[]);
    let (mut unchanged, mut files) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        unchanged.push(watch(&arguments)?);
        files.push(watch_peer(&peers::files(&corpus.files()))?);
    }

    let (additions, one) = (corpus.files().join("more"), corpus.place("one"));
    fs::create_dir(&additions)?;
    let (mut added, mut inserted) = (Vec::new(), Vec::new());
    for number in 0..ROUNDS {
        let document = originals.one_more(number)?;
        fs::write(additions.join(file_name(&document, "xml")), Export::Akn.write(&document))?;
        added.push(watch(&arguments)?);
        let mut kept = Writer::create(&one)?;
        kept.add(&document)?;
        kept.finish()?;
        inserted.push(watch_peer(&peers::sqlite_insert(&one, &database))?);
    }
    if content(&index)?.documents != corpus.volume.documents + u64::from(ROUNDS) {
        return Err("the documents were not added".into());
    }

    print("undex, nothing changed", &unchanged);
    print("size and time of every file", &files);
    print("undex, one document added", &added);
    print("SQLite FTS5, one added", &inserted);
    println!(
        "nothing changed takes {:.1}x the files alone, one document added {:.1}x SQLite FTS5",
        seconds(&unchanged) / seconds(&files),
        seconds(&added) / seconds(&inserted)
    );
    Ok(())
}

fn print(name: &str, runs: &[Run]) {
    let worst = runs.iter().map(|run| run.seconds).fold(0.0, f64::max);
    let [median, best, worst] =
        [seconds(runs), best(runs), worst].map(|seconds| format!("{:.1} ms", seconds * 1000.0));
    println!("{name:<30} {median:>9} {best:>9} {worst:>9}");
}
