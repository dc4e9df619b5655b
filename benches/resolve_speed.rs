//! How fast are citations found in text, and does the time grow with the text alone?
//!
//! The text of real documents, a paragraph to a line with an empty line between, is read by
//! `undex_citations::citations` in this process. Beside it, in the same rounds, a limit: the same text
//! walked once by `Symbol::scan`, and once by a bare pattern for numbers such as `75/122`. Then texts
//! made to keep a reader busy, in three sizes: the time of a byte in the largest, divided by that in
//! the smallest, is 1.0 where time grows with the text alone.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo bench --bench resolve_speed
//! cargo bench --bench resolve_speed -- "1 (" "A1"      these hostile shapes alone
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]

mod measure;

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use measure::extract::{document, extractor, files, inputs};
use measure::{Outcome, catalogue, machine, quantile, shared};
use rayon::prelude::*;
use regex::Regex;
use undex_citations::{Known, Nicknames, citations};
use undex_document::{Document, Symbol};
use undex_ingest::{Catalogue, Extractor};

/// Rounds over the text of documents.
const ROUNDS: usize = 7;

/// Rounds over each hostile text; the least time counts, since what disturbs a round only adds to it.
const HOSTILE_ROUNDS: usize = 5;

/// Seconds of a round after which there is no other, and no larger text: were its time the square of
/// its length, it would not end.
const PATIENCE: f64 = 2.0;

/// Bytes of the hostile texts.
const SIZES: [usize; 3] = [64 << 10, 256 << 10, 1 << 20];

/// Growth beyond which something else than the text makes the time grow: caches cost less.
const LINEAR: f64 = 1.5;

/// What hostile texts repeat: shapes that make a reader begin anew at every piece, look back, or keep
/// what it cannot settle. Those of the unit tests that count looks, and the same for bare symbols.
const SHAPES: [&str; 54] = [
    "resolution ",
    "paragraph 1, ",
    "66/24 and ",
    "(",
    "A/1/1 ",
    "of the ",
    "1 (",
    "A/1/1 and Add.1 and ",
    "ibid., para. 1; ",
    "sixth and ",
    "first, second and ",
    "S-1/",
    "annex I, para. 1 of ",
    "A/75/816, ",
    "217 A (III) A ",
    "/",
    "the Council, in its ",
    "1 January 2000 ",
    "resolution 1/1 of 1 May 2000, ",
    "1/1, ",
    "(a) ",
    "I.A.",
    "paragraphs 1 to 9999 of ",
    "resolution 1/1 of the Council, ",
    "A/",
    "A/(",
    "A",
    "A/1(",
    "A/1/",
    "A/1(Part ",
    " ",
    "A/1-",
    "A-A/",
    "A/RES/1 A ",
    "A/RES/1 A and ",
    "A/1.A/1.",
    "TD(X)/",
    "GC.1/",
    "A/1((((",
    "undocs.org/",
    "undocs.org/en/",
    "A/PV.",
    "A/1/Part ",
    "A/1-S/1-",
    "\u{a0}A/",
    "é/",
    "A/Add. ",
    "UNEP/OzL.Pro",
    "A1",
    "é1",
    "\n",
    "\n\n",
    "1/1\n\n",
    "ibid.\n\n",
];

fn main() -> Outcome<()> {
    println!("{}", machine());
    let nicknames = nicknames()?;
    let given: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    if !given.is_empty() {
        hostile(&given.iter().map(String::as_str).collect::<Vec<_>>(), &nicknames);
        return Ok(());
    }
    let (name, documents) = documents()?;
    real(&name, &documents, &nicknames)?;
    hostile(&SHAPES, &nicknames);
    Ok(())
}

/// Those of the repository's catalogue, which the program looks for too.
fn nicknames() -> Outcome<Nicknames> {
    let path = catalogue();
    let facts = std::fs::read_to_string(&path)?;
    Ok(Catalogue::parse(&path.display().to_string(), &facts)?.nicknames().clone())
}

/// Resolutions in Akoma Ntoso where there are some, otherwise what the repository ships with.
fn documents() -> Outcome<(String, Vec<Document>)> {
    let extractor = extractor(&catalogue())?;
    let real = shared().join("corpus/akn4un");
    if real.is_dir() {
        return Ok(("resolutions, akn4un".to_owned(), extracted(&extractor, &[real])));
    }
    let handbook = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let name = "the handbook alone, since UNDEX_SHARED names no documents".to_owned();
    Ok((name, extracted(&extractor, &[handbook])))
}

/// A file that cannot be read is left out: only the amount of text matters.
fn extracted(extractor: &Extractor, folders: &[PathBuf]) -> Vec<Document> {
    let mut all = Vec::new();
    for path in files(folders) {
        let inputs = inputs(&path, extractor.limits());
        let documents: Vec<_> = inputs.par_iter().map(|input| document(extractor, input)).collect();
        all.extend(documents.into_iter().flatten());
    }
    all
}

/// Every paragraph and every note, parted by empty lines.
fn text(documents: &[Document]) -> String {
    let mut text = String::new();
    for paragraph in documents.iter().flat_map(|document| &document.paragraphs) {
        let notes = paragraph.notes.iter().map(|note| note.text.as_str());
        for piece in std::iter::once(paragraph.text.as_str()).chain(notes) {
            text.push_str(piece);
            text.push_str("\n\n");
        }
    }
    text
}

/// One way through the text.
struct Reader<'r> {
    name: &'static str,
    /// Gives how many it finds.
    run: &'r dyn Fn() -> usize,
    seconds: Vec<f64>,
    count: usize,
}

impl Reader<'_> {
    fn median(&self) -> f64 {
        quantile(&self.seconds, 0.5)
    }
}

fn real(name: &str, documents: &[Document], nicknames: &Nicknames) -> Outcome<()> {
    let text = text(documents);
    let number = Regex::new(r"\b\d{1,4}/\d{1,4}\b")?;
    let known = Known::default();
    let found = || citations(&text, &known, nicknames).len();
    let scanned = || Symbol::scan(&text).count();
    let matched = || number.find_iter(&text).count();
    let mut rows = [
        Reader { name: "citations", run: &found, seconds: Vec::new(), count: 0 },
        Reader { name: "Symbol::scan", run: &scanned, seconds: Vec::new(), count: 0 },
        Reader { name: "bare pattern", run: &matched, seconds: Vec::new(), count: 0 },
    ];
    for _ in 0..ROUNDS {
        for row in &mut rows {
            let start = Instant::now();
            row.count = black_box((row.run)());
            row.seconds.push(start.elapsed().as_secs_f64());
        }
    }
    println!("{name}: {} documents, {:.1} MB of text", documents.len(), megabytes(text.len()));
    println!("{:<14} {:>10} {:>10} {:>10} {:>9}", "", "median", "MB/s", "of first", "found");
    let first = rows.first().map_or(f64::NAN, Reader::median);
    for row in &rows {
        let median = row.median();
        println!(
            "{:<14} {:>7.1} ms {:>10.1} {:>9.2}x {:>9}",
            row.name,
            median * 1e3,
            megabytes(text.len()) / median,
            median / first,
            row.count
        );
    }
    Ok(())
}

/// One shape in every size.
struct Row<'s> {
    shape: &'s str,
    /// Of each size, the nanoseconds that a byte takes; the largest are missing where the others took
    /// too long.
    nanoseconds: Vec<f64>,
    /// How much longer a byte takes in the largest measured than in the smallest.
    growth: f64,
}

impl<'s> Row<'s> {
    fn of(shape: &'s str, nicknames: &Nicknames) -> Self {
        let known = Known::default();
        let mut nanoseconds = Vec::new();
        for bytes in SIZES {
            let text = shape.repeat(bytes / shape.len());
            let mut least = f64::INFINITY;
            for _ in 0..HOSTILE_ROUNDS {
                let start = Instant::now();
                black_box(citations(black_box(&text), &known, nicknames).len());
                let seconds = start.elapsed().as_secs_f64();
                least = least.min(seconds);
                if seconds > PATIENCE {
                    break;
                }
            }
            nanoseconds.push(least * 1e9 / text.len() as f64);
            if least > PATIENCE {
                break;
            }
        }
        let growth = match (nanoseconds.as_slice(), nanoseconds.len() < SIZES.len()) {
            ([small, .., large], _) => large / small,
            // The smallest alone took too long.
            (_, true) => f64::INFINITY,
            _ => f64::NAN,
        };
        Self { shape, nanoseconds, growth }
    }

    fn print(&self) {
        print!("{:<38}", format!("{:?}", self.shape));
        for at in 0..SIZES.len() {
            // 1,000 MB a second are one byte in a nanosecond.
            match self.nanoseconds.get(at) {
                Some(time) => print!(" {:>10.3}", 1e3 / time),
                None => print!(" {:>10}", "too long"),
            }
        }
        match self.growth.is_finite() {
            true => println!(" {:>7.2}x", self.growth),
            false => println!(" {:>8}", "unknown"),
        }
    }

    fn slowest(&self) -> f64 {
        self.nanoseconds.iter().copied().fold(0.0, f64::max)
    }
}

fn hostile(shapes: &[&str], nicknames: &Nicknames) {
    println!("\nhostile texts, MB/s");
    print!("{:<38}", "");
    SIZES.iter().for_each(|bytes| print!(" {:>6} KiB", bytes >> 10));
    println!(" {:>8}", "growth");
    let mut rows = Vec::new();
    for shape in shapes.iter().filter(|shape| !shape.is_empty()) {
        let row = Row::of(shape, nicknames);
        row.print();
        rows.push(row);
    }
    if let Some(worst) = rows.iter().max_by(|a, b| a.growth.total_cmp(&b.growth)) {
        match worst.growth {
            growth if growth <= LINEAR => println!("grows most: {:?}, {growth:.2}x", worst.shape),
            growth if growth.is_finite() => {
                println!("grows most: {:?}, {growth:.2}x, more than linear", worst.shape);
            }
            _ => println!("grows most: {:?}, too long to be measured", worst.shape),
        }
    }
    if let Some(worst) = rows.iter().max_by(|a, b| a.slowest().total_cmp(&b.slowest())) {
        println!("slowest: {:?}, {:.3} MB/s", worst.shape, 1e3 / worst.slowest());
    }
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
