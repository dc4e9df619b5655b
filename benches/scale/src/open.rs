//! What does it cost to open an index and ask it one thing, when it grows?
//!
//! The documents are repeated under other symbols. From the start of `undex search` to its end, ten hits
//! with their snippets, 30 times each; no process stays between two searches, only the pages of the index
//! in the system's cache. Beside it, in the same rounds, SQLite FTS5 and the engine alone, with the same
//! query on the same paragraphs, and the start of either program alone, which no search can be below. The
//! queries mean the same to all, but undex finds words in all their forms, and so more than SQLite; the
//! engine's own query parser searches paragraphs only, and has no prefixes of single words.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo run --release -p undex-scale -- open --factor 1,4,16
//! ```

use std::ffi::OsString;
use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};

use crate::corpus::{Corpus, Originals};
use crate::measure::{
    Documents, Outcome, WRITER_MEMORY_MIB, cores, peer, program, quantile, watch_peer,
};
use crate::peers;
use crate::report::{self, rounded};

/// Rounds that count.
const ROUNDS: usize = 30;
/// Rounds before them, which bring index and database into the cache.
const WARM_UP: usize = 3;

/// What is asked, and whether the engine's own query parser knows it.
const QUERIES: [(&str, bool); 4] = [
    // Each is written alike for all and finds something in the real documents and in the handbook.
    ("confianza", true),
    ("\"medidas de fomento de la confianza\"", true),
    ("paragraphs AND documents", true),
    ("confi*", false),
];

pub(crate) fn run(factors: &[u32]) -> Outcome<()> {
    report::head("open")?;
    let documents = Documents::find();
    report::line([json!({ "source": documents.name })]);
    let originals = Originals::of(&documents)?;
    factors.iter().try_for_each(|factor| measure(&originals.times(*factor)?))
}

fn measure(corpus: &Corpus) -> Outcome<()> {
    let (index, database, engine) =
        (corpus.place("index"), corpus.place("sqlite"), corpus.place("engine"));
    report::line([corpus.describe()]);
    corpus.index(&index, &[])?;
    watch_peer(&peers::sqlite_build(&corpus.kept(), &database))?;
    let cores = cores();
    watch_peer(&peers::engine_build(&corpus.kept(), &engine, cores, WRITER_MEMORY_MIB))?;

    let mut questions = vec![Question {
        name: "start alone",
        undex: Side::new(vec!["--version".into()]),
        sqlite: Side::new(peers::nothing()),
        engine: None,
    }];
    for (query, engine_knows) in QUERIES {
        let mut search = ["search", query, "-n", "10", "--index"].map(OsString::from).to_vec();
        search.push(index.clone().into());
        let asked = peers::engine_search(&engine, query);
        questions.push(Question {
            name: query,
            undex: Side::new(search),
            sqlite: Side::new(peers::sqlite_search(&database, query)),
            engine: engine_knows.then(|| Side::new(asked)),
        });
    }
    for round in 0..WARM_UP + ROUNDS {
        questions.iter_mut().try_for_each(|question| question.ask(round >= WARM_UP))?;
    }
    for question in &questions {
        report::line([json!({ "factor": corpus.factor }), question.figures()]);
    }
    Ok(())
}

/// The same question to all.
struct Question {
    name: &'static str,
    undex: Side,
    sqlite: Side,
    engine: Option<Side>,
}

impl Question {
    fn ask(&mut self, counts: bool) -> Outcome<()> {
        self.undex.ask(program(), counts)?;
        self.sqlite.ask(peer(&[])?, counts)?;
        match &mut self.engine {
            Some(engine) => engine.ask(peer(&[])?, counts),
            None => Ok(()),
        }
    }

    fn figures(&self) -> Value {
        let undex = self.undex.at(0.5);
        let engine = self.engine.as_ref();
        json!({
            "query": self.name,
            "rounds": ROUNDS,
            "undex_median_ms": rounded(undex),
            "undex_95_percent_ms": rounded(self.undex.at(0.95)),
            "sqlite_median_ms": rounded(self.sqlite.at(0.5)),
            "sqlite_95_percent_ms": rounded(self.sqlite.at(0.95)),
            "engine_median_ms": engine.map(|engine| rounded(engine.at(0.5))),
            "engine_95_percent_ms": engine.map(|engine| rounded(engine.at(0.95))),
            "undex_times_sqlite": rounded(undex / self.sqlite.at(0.5)),
            "undex_times_engine": engine.map(|engine| rounded(undex / engine.at(0.5))),
        })
    }
}

/// One program's arguments for it, and the milliseconds it took.
struct Side {
    arguments: Vec<OsString>,
    times: Vec<f64>,
}

impl Side {
    fn new(arguments: Vec<OsString>) -> Self {
        Self { arguments, times: Vec::new() }
    }

    fn ask(&mut self, mut command: Command, counts: bool) -> Outcome<()> {
        let milliseconds = milliseconds(command.args(&self.arguments))?;
        if counts {
            self.times.push(milliseconds);
        }
        Ok(())
    }

    fn at(&self, share: f64) -> f64 {
        quantile(&self.times, share)
    }
}

/// Runs a search to the last byte of its answer; an answer without a hit would be no measure.
fn milliseconds(command: &mut Command) -> Outcome<f64> {
    let start = Instant::now();
    let output = command.output()?;
    let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
    if output.status.success() {
        return Ok(milliseconds);
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
}
