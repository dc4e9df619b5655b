//! What does each choice of the text analysis cost, in the size of the index and in time?
//!
//! Size: the bytes of every field in an index of the documents, by what they are: terms, postings, places,
//! lengths, columns. Time: every text of the documents through one step more each time, on one thread, beside
//! the engine's own tokenizer with lower case and the same stemmer.
//!
//! ```text
//! UNDEX_SHARED=/path/to/documents cargo bench --bench analysis_cost
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]

mod measure;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use measure::{Documents, Outcome, folder, index, machine, quantile};
use rust_stemmers::{Algorithm, Stemmer};
use undex_document::Language;
use undex_query::{DocumentFilter, Searcher};
use undex_schema::tantivy::space_usage::PerFieldSpaceUsage;
use undex_schema::tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer, TokenStream};
use undex_schema::{Form, Layout, WordScanner, fold};

/// Times that each step is measured.
const ROUNDS: usize = 5;

/// Kinds of data that a field has, in the order of the columns.
const KINDS: [&str; 5] = ["terms", "postings", "places", "lengths", "columns"];

fn main() -> Outcome<()> {
    let documents = Documents::find();
    println!("{}", machine());
    let folder = folder()?;
    let path = folder.path().join("index");
    let searcher = index(&documents.inputs, &path)?;
    sizes(&path)?;
    times(&searcher)
}

fn sizes(index: &std::path::Path) -> Outcome<()> {
    let generation = Layout::new(index).open()?;
    let schema = generation.fields().schema();
    let usage = generation.searcher().space_usage()?;
    let mut fields: BTreeMap<String, [u64; KINDS.len()]> = BTreeMap::new();
    let (mut stored, mut total) = (0, 0);
    for segment in usage.segments() {
        let kinds: [&PerFieldSpaceUsage; KINDS.len()] = [
            segment.termdict(),
            segment.postings(),
            segment.positions(),
            segment.fieldnorms(),
            segment.fast_fields(),
        ];
        for (kind, usage) in kinds.into_iter().enumerate() {
            for field in usage.fields() {
                let bytes = fields.entry(field.field_name().to_owned()).or_default();
                if let Some(bytes) = bytes.get_mut(kind) {
                    *bytes += field.total().get_bytes();
                }
            }
        }
        stored += segment.store().total().get_bytes();
        total += segment.total().get_bytes();
    }
    println!("megabytes by field, of {:.1} in all; {:.1} are stored", mb(total), mb(stored));
    print!("{:18}", "");
    KINDS.iter().for_each(|kind| print!("{kind:>10}"));
    println!("{:>10}", "all");
    let mut sorted: Vec<(&String, &[u64; KINDS.len()])> = fields.iter().collect();
    sorted.sort_by_key(|(_, bytes)| std::cmp::Reverse(bytes.iter().sum::<u64>()));
    for (name, bytes) in sorted {
        print!("{name:18}");
        bytes.iter().for_each(|bytes| print!("{:>10.2}", mb(*bytes)));
        println!("{:>10.2}", mb(bytes.iter().sum()));
    }
    // Fields without anything in these documents would be missing without a word.
    println!("{} fields in the schema", schema.fields().count());
    Ok(())
}

fn times(searcher: &Searcher) -> Outcome<()> {
    let mut texts: Vec<(Language, String)> = Vec::new();
    for summary in searcher.documents(&DocumentFilter::default())? {
        let Some(document) = searcher.document(&summary.symbol, summary.language)? else {
            continue;
        };
        let of_document = document.paragraphs.into_iter();
        texts.extend(of_document.map(|paragraph| (summary.language, paragraph.text)));
    }
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    println!("\nseconds for {:.1} MB of text, median of {ROUNDS}", bytes as f64 / 1e6);
    let algorithms = [
        (Language::English, Algorithm::English),
        (Language::French, Algorithm::French),
        (Language::Spanish, Algorithm::Spanish),
    ];
    let timed = |name: &str, each: &mut dyn FnMut(Language, &str)| {
        let mut seconds = Vec::new();
        for _ in 0..ROUNDS {
            let started = Instant::now();
            texts.iter().for_each(|(language, text)| each(*language, text));
            seconds.push(started.elapsed().as_secs_f64());
        }
        println!("  {name:60} {:.2}", quantile(&seconds, 0.5));
    };
    let mut simple = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).build();
    timed("engine: words in lower case", &mut |_, text| {
        let mut stream = simple.token_stream(text);
        while stream.advance() {
            black_box(&stream.token().text);
        }
    });
    let stemmers = algorithms.map(|(language, algorithm)| (language, Stemmer::create(algorithm)));
    timed("engine: words in lower case, each stemmed", &mut |language, text| {
        let stemmer = stemmers.iter().find(|(known, _)| *known == language);
        let mut stream = simple.token_stream(text);
        while stream.advance() {
            if let Some((_, stemmer)) = stemmer {
                black_box(stemmer.stem(&stream.token().text));
            }
        }
    });
    timed("undex: words in lower case and normalization form C", &mut |_, text| {
        let mut words = WordScanner::new(text);
        while words.advance() {
            black_box(words.lower());
        }
    });
    timed("undex: the same, accents folded into a text of its own", &mut |_, text| {
        let mut words = WordScanner::new(text);
        while words.advance() {
            black_box(fold(words.lower()));
        }
    });
    timed("undex: the unstemmed field, accents folded", &mut |_, text| {
        black_box(Form::Exact.tokens(text));
    });
    timed(
        "undex: the stemmed field, with elision, exceptions and memory",
        &mut |language, text| {
            black_box(Form::Stemmed(language).tokens(text));
        },
    );
    Ok(())
}

fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
