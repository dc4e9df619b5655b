//! The peer that is the limit: the engine's own writer and reader, with the same documents.
//!
//! Fields, analysis and memory are those of undex, and so is what is encoded. Missing are the reading of
//! files, the ledger of what was read, the manifest and the publishing of a generation; merging is left to
//! the engine's own policy.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;

use undex_schema::tantivy::collector::TopDocs;
use undex_schema::tantivy::directory::{Directory, MmapDirectory};
use undex_schema::tantivy::query::QueryParser;
use undex_schema::tantivy::snippet::SnippetGenerator;
use undex_schema::tantivy::{Index, IndexWriter, ReloadPolicy, TantivyDocument};
use undex_schema::{FIELD_LANGUAGES, Fields, create_engine, open_engine};

use crate::kept::{self, Reader};
use crate::measure::Outcome;

/// How a writer works.
#[derive(Clone, Copy)]
pub(crate) struct Means {
    /// That write, and as many that read and encode.
    pub(crate) threads: usize,
    /// Of all threads together.
    pub(crate) memory_mib: usize,
}

/// A build: documents into a new index.
pub(crate) fn build(documents: &Path, index: &Path, means: Means) -> Outcome<()> {
    fs::create_dir(index)?;
    let fields = Fields::new();
    add(&create_engine(directory(index)?, &fields)?, &fields, documents, means)
}

/// An update: documents into an index that is there.
pub(crate) fn insert(documents: &Path, index: &Path, means: Means) -> Outcome<()> {
    add(&open_engine(directory(index)?)?, &Fields::new(), documents, means)
}

fn directory(index: &Path) -> Outcome<Box<dyn Directory>> {
    Ok(Box::new(MmapDirectory::open(index)?))
}

/// A search, as a whole process: ten hits, each with a snippet and what to cite.
pub(crate) fn search(index: &Path, query: &str) -> Outcome<Vec<String>> {
    let (engine, fields) = (open_engine(directory(index)?)?, Fields::new());
    // As in undex: words in all their forms, phrases as they are written.
    let phrase = query.contains('"');
    let field = |language| if phrase { fields.exact } else { fields.text(language) };
    let searched = if phrase { vec![fields.exact] } else { FIELD_LANGUAGES.map(field).to_vec() };
    let query = QueryParser::for_index(&engine, searched).parse_query(query)?;
    // One search needs no watch over the index, which the default would keep on a thread of its own.
    let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let searcher = reader.searcher();
    let hits = searcher.search(&query, &TopDocs::with_limit(HITS).order_by_score())?;
    let mut snippets = HashMap::new();
    let mut lines = Vec::new();
    for (_, address) in hits {
        let (key, paragraph) = fields.paragraph(&searcher, address)?;
        let snippet = match snippets.entry(field(key.language)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let field = *place.key();
                place.insert(SnippetGenerator::create(&searcher, &*query, field)?)
            }
        };
        let fragment = snippet.snippet(&paragraph.text);
        lines.push(format!("{key}\n{}\n{}", paragraph.pinpoint, fragment.fragment()));
    }
    Ok(lines)
}

/// As many as undex is asked for.
const HITS: usize = 10;

fn add(engine: &Index, fields: &Fields, documents: &Path, means: Means) -> Outcome<()> {
    let memory = means.memory_mib << 20;
    let mut writer: IndexWriter = engine.writer_with_num_threads(means.threads, memory)?;
    let reader = Mutex::new(Reader::open(documents)?);
    thread::scope(|scope| {
        // Errors are texts between threads: the boxed ones of a measurement may not cross them.
        let feed = || feed(&reader, fields, &writer).map_err(|error| error.to_string());
        let feeders: Vec<_> = (0..means.threads).map(|_| scope.spawn(feed)).collect();
        feeders.into_iter().try_for_each(|feeder| match feeder.join() {
            Ok(outcome) => outcome,
            Err(_) => Err("a thread panicked".to_owned()),
        })
    })?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn feed(
    reader: &Mutex<Reader>,
    fields: &Fields,
    writer: &IndexWriter<TantivyDocument>,
) -> Outcome<()> {
    loop {
        let next = reader.lock().unwrap_or_else(PoisonError::into_inner).next()?;
        let Some(bytes) = next else { return Ok(()) };
        for document in fields.encode(&kept::document(&bytes)?, None)? {
            writer.add_document(document)?;
        }
    }
}
