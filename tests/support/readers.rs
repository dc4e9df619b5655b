//! Readers of an index whose generations are published and removed meanwhile.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use undex_indexer::{BuildOptions, Silent, build};
use undex_query::{SearchRequest, Searcher};

use super::Sandbox;
use super::corpus::report;

/// Documents, each of which changes in every generation.
const DOCUMENTS: usize = 12;

/// Queries that a reader asks before it opens the index again. It is long enough that the generation is
/// removed meanwhile.
const KEPT_OPEN: usize = 50;

/// What readers met.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) queries: usize,
    /// Different generations that were read.
    pub(crate) generations: usize,
    pub(crate) published: usize,
    /// Errors, and answers that are not of one generation.
    pub(crate) errors: Vec<String>,
}

/// Asks so many queries: half of the readers open the index for each, half keep it open.
pub(crate) fn run(queries: usize, readers: usize) -> Figures {
    let sandbox = Sandbox::new();
    write(&sandbox, 0);
    let index = sandbox.path().join("index");
    let mut options = BuildOptions::new([sandbox.path().join("corpus")], &index);
    options.threads = 1;
    options.memory_bytes = 16 << 20;
    build(&options, &Silent).unwrap();

    let asked = AtomicUsize::new(0);
    let found = Mutex::new((BTreeSet::new(), Vec::new()));
    let mut published = 0;
    thread::scope(|scope| {
        let reading: Vec<_> = (0..readers)
            .map(|reader| {
                let (asked, found, index) = (&asked, &found, &index);
                let keep = if reader % 2 == 0 { 1 } else { KEPT_OPEN };
                scope.spawn(move || {
                    while asked.load(Ordering::Relaxed) < queries {
                        for round in read(index, keep) {
                            asked.fetch_add(1, Ordering::Relaxed);
                            let mut found = found.lock().unwrap();
                            match round {
                                Ok(round) => drop(found.0.insert(round)),
                                Err(error) => found.1.push(error),
                            }
                        }
                    }
                })
            })
            .collect();
        while reading.iter().any(|reader| !reader.is_finished()) {
            published += 1;
            write(&sandbox, published);
            build(&options, &Silent).unwrap();
        }
    });
    let (rounds, errors) = found.into_inner().unwrap();
    let queries = asked.into_inner();
    Figures { queries, generations: rounds.len(), published, errors }
}

/// Every document says which generation it belongs to.
fn write(sandbox: &Sandbox, round: usize) {
    for number in 0..DOCUMENTS {
        let text = format!("The shared words of round {round}.");
        let name = format!("corpus/{number}.md");
        sandbox.write(&name, report(&format!("UNDEX/R/{number}"), "Round", &[&text]));
    }
}

/// The generations that so many queries found, to an index opened once.
fn read(index: &Path, queries: usize) -> Vec<Result<String, String>> {
    let searcher = match Searcher::open(index) {
        Ok(searcher) => searcher,
        Err(error) => return vec![Err(error.to_string())],
    };
    let mut opened: Option<String> = None;
    let ask = |_| {
        let mut request = SearchRequest::new("shared");
        request.limit = 2 * DOCUMENTS;
        let answer = searcher.search(&request).map_err(|error| error.to_string())?;
        let rounds: BTreeSet<&str> =
            answer.hits.iter().map(|hit| hit.paragraph.text.as_str()).collect();
        let [round] = Vec::from_iter(rounds)[..] else {
            return Err(format!("an answer of several generations, or of none: {answer:?}"));
        };
        if answer.hits.len() != DOCUMENTS {
            return Err(format!("half an answer: {answer:?}"));
        }
        if opened.get_or_insert_with(|| round.to_owned()) != round {
            return Err(format!("an open index became another: {round}"));
        }
        Ok(round.to_owned())
    };
    (0..queries).map(ask).collect()
}
