//! What does adding one document cost, and a run with nothing changed, when the index grows?
//!
//! The documents are repeated under other symbols, a file each. Every figure is a whole process, `undex
//! index` at its defaults: first with nothing changed, beside asking the system for size and time of
//! every file and nothing else, the limit of a program that goes by them; then with one document more
//! each time, of median length, once found by looking at every file and once named with `--changed`, beside
//! SQLite FTS5 and the engine's own writer, processes that add the same paragraphs as the latter to a
//! database and an index of the same documents. Undex and its peers take turns. The
//! median leaves out the runs in which segments are merged, so the worst run stands beside it. What undex
//! does and the peers do not is in every figure: it looks for changes, keeps the generation before, and
//! publishes the new one so that no reader ever sees half of it.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo run --release -p undex-scale -- update --factor 1,4,16
//! ```

use std::fs;

use serde_json::json;
use undex_ingest::export::{Export, file_name};

use crate::corpus::{Corpus, Originals};
use crate::kept::Writer;
use crate::measure::process::{Run, seconds};
use crate::measure::{
    Documents, Outcome, WRITER_MEMORY_MIB, content, cores, index_arguments, watch, watch_peer,
};
use crate::peers;
use crate::report::{self, rounded, times};

/// Runs of each kind.
const ROUNDS: u32 = 10;

pub(crate) fn run(factors: &[u32]) -> Outcome<()> {
    report::head("update")?;
    let documents = Documents::find();
    report::line([json!({ "source": documents.name })]);
    let originals = Originals::of(&documents)?;
    factors.iter().try_for_each(|factor| measure(&originals, &originals.times(*factor)?))
}

fn measure(originals: &Originals, corpus: &Corpus) -> Outcome<()> {
    let (index, database, engine) =
        (corpus.place("index"), corpus.place("sqlite"), corpus.place("engine"));
    let kept = corpus.kept();
    report::line([corpus.describe()]);
    let print = |program: &str, what: &str, runs: &[Run]| {
        let names = json!({ "factor": corpus.factor, "program": program, "change": what });
        report::line([names, times(runs)]);
    };
    print("undex index", "all", &[corpus.index(&index, &[])?]);
    let cores = cores();
    let built = watch_peer(&peers::engine_build(&kept, &engine, cores, WRITER_MEMORY_MIB))?;
    print("engine's own writer", "all", &[built]);
    print("SQLite FTS5", "all", &[watch_peer(&peers::sqlite_build(&kept, &database))?]);

    let arguments = index_arguments(&corpus.files(), &index, &[]);
    let (mut unchanged, mut files) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        unchanged.push(watch(&arguments)?);
        files.push(watch_peer(&peers::files(&corpus.files()))?);
    }
    print("undex index", "nothing", &unchanged);
    print("size and time of every file", "nothing", &files);

    let (additions, one) = (corpus.files().join("more"), corpus.place("one"));
    fs::create_dir(&additions)?;
    let list = corpus.place("changed").display().to_string();
    let told = index_arguments(&corpus.files(), &index, &["--changed", &list]);
    let (mut found, mut named) = (Vec::new(), Vec::new());
    let (mut inserted, mut written) = (Vec::new(), Vec::new());
    let add = |number: u32| -> Outcome<_> {
        let document = originals.one_more(number)?;
        let path = additions.join(file_name(&document, "xml"));
        fs::write(&path, Export::Akn.write(&document))?;
        Ok((document, path))
    };
    for number in 0..ROUNDS {
        add(ROUNDS + number)?;
        found.push(watch(&arguments)?);
        let (document, path) = add(number)?;
        fs::write(&list, path.display().to_string())?;
        named.push(watch(&told)?);
        let mut kept = Writer::create(&one)?;
        kept.add(&document)?;
        kept.finish()?;
        inserted.push(watch_peer(&peers::sqlite_insert(&one, &database))?);
        written.push(watch_peer(&peers::engine_insert(&one, &engine, cores, WRITER_MEMORY_MIB))?);
    }
    if content(&index)?.documents != corpus.volume.documents + 2 * u64::from(ROUNDS) {
        return Err("the documents were not added".into());
    }
    print("undex index", "one document added", &found);
    print("undex index --changed", "one document added", &named);
    print("engine's own writer", "one document added", &written);
    print("SQLite FTS5", "one document added", &inserted);
    report::line([json!({
        "factor": corpus.factor,
        "nothing_times_files": rounded(seconds(&unchanged) / seconds(&files)),
        "found_times_engine": rounded(seconds(&found) / seconds(&written)),
        "named_times_engine": rounded(seconds(&named) / seconds(&written)),
        "found_times_sqlite": rounded(seconds(&found) / seconds(&inserted)),
        "named_times_sqlite": rounded(seconds(&named) / seconds(&inserted)),
    })]);
    Ok(())
}
