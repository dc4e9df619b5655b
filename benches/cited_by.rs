//! How long does a question to the citation graph take as a whole process, output included?
//!
//! From the start of `undex` to the last byte of its answer and its end, 50 times each, as in
//! `search_process`. What is asked about is the worst case: the document that most paragraphs of the
//! index cite, and the document that cites most, both found here. Beside it, in the same rounds,
//! `undex --version`: starting and ending the program and nothing else. The promise is that the first
//! page of `cited-by` stays below 20 ms.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo bench --bench cited_by
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]

mod measure;

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use measure::{Documents, Outcome, folder, machine, program, quantile};
use undex_document::{Language, Symbol};
use undex_query::{CitedByRequest, DocumentFilter, MissingRequest, Searcher};

/// Rounds that count.
const ROUNDS: usize = 50;
/// Rounds before them, which bring the index into the cache.
const WARM_UP: usize = 3;

struct Row {
    name: &'static str,
    arguments: Vec<String>,
    milliseconds: Vec<f64>,
    bytes: usize,
}

fn main() -> Outcome<()> {
    let documents = Documents::all();
    println!("questions to the citation graph as whole processes on {}", documents.name);
    println!("{}", machine());
    let folder = folder()?;
    let index = folder.path().join("index");
    // A file that cannot be read is in the report of the build and does not matter here.
    program().args(documents.index_arguments(&index)).arg("--quiet").output()?;

    let searcher = Searcher::open(&index)?;
    let Some(extremes) = Extremes::find(&searcher)? else {
        println!("nothing cites anything in these documents");
        return Ok(());
    };
    let info = searcher.info();
    println!("{} documents, {} paragraphs", info.documents, info.paragraphs);
    println!(
        "most cited: {} in {} paragraphs; cites most: {} {}, {} citations",
        extremes.cited, extremes.paragraphs, extremes.citing, extremes.language, extremes.citations
    );
    let (cited, citing) = (extremes.cited.as_str(), extremes.citing.as_str());
    let language = extremes.language.code();
    let questions: [(&'static str, &[&str]); 9] = [
        ("undex --version", &["--version"]),
        ("cited-by", &["cited-by", cited]),
        ("cited-by, all", &["cited-by", cited, "--all"]),
        ("cited-by, number", &["cited-by", cited, "--count"]),
        ("cited-by, by year", &["cited-by", cited, "--count", "--by", "year"]),
        ("cites", &["cites", citing, "--lang", language]),
        ("missing", &["missing"]),
        ("graph, 2 steps", &["graph", citing, "--depth", "2"]),
        ("graph, in", &["graph", cited, "--direction", "in"]),
    ];
    let mut rows = Vec::new();
    for (name, arguments) in questions {
        rows.push(Row::new(name, arguments, &index)?);
    }
    for round in 0..WARM_UP + ROUNDS {
        for row in &mut rows {
            row.run(round >= WARM_UP)?;
        }
    }
    println!("{:<18} {:>9} {:>9} {:>9} {:>8}", "", "median", "p95", "of limit", "output");
    let limit = rows.first().map_or(f64::NAN, |row| quantile(&row.milliseconds, 0.5));
    for row in &rows {
        let median = quantile(&row.milliseconds, 0.5);
        println!(
            "{:<18} {median:>6.1} ms {:>6.1} ms {:>8.1}x {:>6} B",
            row.name,
            quantile(&row.milliseconds, 0.95),
            median / limit,
            row.bytes
        );
    }
    Ok(())
}

/// The documents that make most work.
struct Extremes {
    cited: Symbol,
    paragraphs: u64,
    citing: Symbol,
    language: Language,
    citations: usize,
}

impl Extremes {
    /// Looks at what every document cites. None when none does.
    fn find(searcher: &Searcher) -> Outcome<Option<Self>> {
        let mut times: HashMap<Symbol, usize> = HashMap::new();
        let mut most: Option<(usize, Symbol, Language)> = None;
        for document in searcher.documents(&DocumentFilter::default())? {
            let Some(cites) = searcher.cites(&document.symbol, document.language)? else {
                continue;
            };
            let others: Vec<_> = cites.citations.into_iter().filter(|one| !one.own).collect();
            if most.as_ref().is_none_or(|(known, ..)| others.len() > *known) {
                most = Some((others.len(), document.symbol, document.language));
            }
            for one in others {
                *times.entry(one.citation.symbol).or_default() += 1;
            }
        }
        let mut by_times: Vec<(usize, Symbol)> =
            times.into_iter().map(|(symbol, times)| (times, symbol)).collect();
        by_times.sort_by(|a, b| b.cmp(a));
        let (Some((_, cited)), Some((citations, citing, language))) =
            (by_times.into_iter().next(), most)
        else {
            return Ok(None);
        };
        // A row of the missing that finds nothing would measure nothing.
        if searcher.missing(&MissingRequest::default())?.total == 0 {
            return Ok(None);
        }
        let paragraphs = searcher.cited_by(&CitedByRequest::new(cited.clone()))?.total;
        Ok(Some(Self { cited, paragraphs, citing, language, citations }))
    }
}

impl Row {
    fn new(name: &'static str, arguments: &[&str], index: &Path) -> Outcome<Self> {
        let index = index.to_str().ok_or("the folder of the build is not UTF-8")?;
        let mut arguments: Vec<String> = arguments.iter().map(|one| (*one).to_owned()).collect();
        if name != "undex --version" {
            arguments.extend(["--index", index].map(str::to_owned));
        }
        Ok(Self { name, arguments, milliseconds: Vec::new(), bytes: 0 })
    }

    /// Runs the program once. A row that finds nothing would measure nothing.
    fn run(&mut self, counts: bool) -> Outcome<()> {
        let start = Instant::now();
        let output = program().args(&self.arguments).output()?;
        let elapsed = start.elapsed();
        if !output.status.success() || output.stdout.is_empty() {
            let message = String::from_utf8_lossy(&output.stderr);
            return Err(format!("{}: {}: {message}", self.name, output.status).into());
        }
        if counts {
            self.milliseconds.push(elapsed.as_secs_f64() * 1000.0);
        }
        self.bytes = output.stdout.len();
        Ok(())
    }
}
