//! A small index of invented documents, written with the functions of the schema alone.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use undex_document::{
    Citation, CitedIn, Document, DocumentType, Format, IdentifiedBy, Language, Note, Paragraph,
    Pinpoint, Role, Source, Step, Symbol,
};
use undex_query::{Answer, SearchRequest, Searcher};
use undex_schema::tantivy::TantivyDocument;
use undex_schema::tantivy::directory::MmapDirectory;
use undex_schema::{
    CURRENT, Count, FORMAT_VERSION, FileRecord, Layout, MANIFEST, MANIFEST_SUMS, Manifest,
    Statistics, create_engine, generation_name, manifest_sums,
};

/// An index in a folder that vanishes with it.
pub(crate) struct TestIndex {
    _folder: TempDir,
    pub(crate) path: PathBuf,
    pub(crate) searcher: Searcher,
}

impl TestIndex {
    /// Indexes documents, a segment for each group.
    pub(crate) fn new(groups: &[&[Document]]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        let generation = Layout::new(&path).generation_path(1);
        fs::create_dir_all(&generation).unwrap();
        let fields = undex_schema::Fields::new();
        let engine = create_engine(MmapDirectory::open(&generation).unwrap(), &fields).unwrap();
        let mut writer = engine.writer_with_num_threads::<TantivyDocument>(1, 15_000_000).unwrap();
        let mut counts: Vec<Count> = Vec::new();
        for group in groups {
            for document in *group {
                for encoded in fields.encode(document, None).unwrap() {
                    writer.add_document(encoded).unwrap();
                }
                counts.push(Count {
                    language: document.language,
                    kind: document.kind,
                    documents: 1,
                    paragraphs: document.paragraphs.len() as u64,
                });
            }
            writer.commit().unwrap();
        }
        writer.wait_merging_threads().unwrap();
        let searcher = engine.reader().unwrap().searcher();
        let (statistics, segments) =
            Statistics::measure(&searcher, &fields, &BTreeMap::new()).unwrap();
        let files = fs::read_dir(&generation)
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                FileRecord::of(&generation, entry.file_name().to_str().unwrap()).unwrap()
            })
            .collect();
        let manifest = Manifest {
            format: FORMAT_VERSION,
            generation: 1,
            undex: "0.0.0".into(),
            digest: "d".into(),
            counts,
            statistics,
            segments,
            files,
        };
        let manifest = serde_json::to_vec(&manifest).unwrap();
        fs::write(generation.join(MANIFEST_SUMS), manifest_sums(&manifest)).unwrap();
        fs::write(generation.join(MANIFEST), manifest).unwrap();
        fs::write(path.join(CURRENT), format!("{}\n", generation_name(1))).unwrap();
        let searcher = Searcher::open(&path).unwrap();
        Self { _folder: folder, path, searcher }
    }
}

/// A document of numbered paragraphs. A text that begins with `# ` is a heading.
pub(crate) fn document(symbol: &str, language: Language, title: &str, texts: &[&str]) -> Document {
    let symbol: Symbol = symbol.parse().unwrap();
    let mut headings: Vec<String> = Vec::new();
    let mut number = 0;
    let mut paragraphs = Vec::new();
    for (ordinal, text) in (0u32..).zip(texts) {
        let heading = text.strip_prefix("# ");
        let (role, step) = match heading {
            Some(_) => (Role::Heading, Step::Heading(ordinal + 1)),
            None => {
                number += 1;
                (Role::Paragraph, Step::Paragraph(number.to_string()))
            }
        };
        paragraphs.push(Paragraph {
            ordinal,
            role,
            label: heading.is_none().then(|| number.to_string()),
            pinpoint: Pinpoint::new(vec![step]),
            headings: headings.clone(),
            text: heading.unwrap_or(text).to_string(),
            page: None,
            notes: Vec::new(),
            citations: Vec::new(),
        });
        if let Some(heading) = heading {
            headings = vec![heading.to_owned()];
        }
    }
    Document {
        source: Source {
            path: format!("invented/{}.txt", symbol.as_str().replace('/', "-")),
            format: Format::Text,
            bytes: 1,
            sha256: "0".repeat(64),
        },
        symbols: vec![symbol.clone()],
        symbol,
        language,
        title: Some(title.to_owned()),
        date: None,
        kind: DocumentType::Guide,
        session: None,
        agenda_items: Vec::new(),
        identified_by: IdentifiedBy::Masthead,
        paragraphs,
        warnings: Vec::new(),
    }
}

/// Gives a paragraph a note.
pub(crate) fn note(document: &mut Document, ordinal: usize, mark: &str, text: &str) {
    document.paragraphs[ordinal].notes.push(Note { mark: mark.into(), text: text.into() });
}

/// Lets a paragraph cite a document at the words of its text, or of its first note, that name it.
pub(crate) fn cite(
    document: &mut Document,
    ordinal: usize,
    words: &str,
    symbols: &[&str],
    place: &str,
) {
    let paragraph = &mut document.paragraphs[ordinal];
    let in_note = paragraph.notes.first().filter(|note| note.text.contains(words));
    let (text, found_in) = match in_note {
        Some(note) => (&note.text, CitedIn::Note(note.mark.clone())),
        None => (&paragraph.text, CitedIn::Text),
    };
    let at = text.find(words).unwrap();
    let start = text[..at].chars().count() as u32;
    let symbols: Vec<Symbol> = symbols.iter().map(|symbol| symbol.parse().unwrap()).collect();
    paragraph.citations.push(Citation {
        symbol: symbols[0].clone(),
        pinpoint: (!place.is_empty()).then(|| place.parse().unwrap()),
        start,
        end: start + words.chars().count() as u32,
        found_in,
        candidates: if symbols.len() > 1 { symbols } else { Vec::new() },
    });
}

/// What a query finds, up to fifty hits.
pub(crate) fn ask(searcher: &Searcher, query: &str) -> Answer {
    searcher
        .search(&SearchRequest { limit: 50, ..SearchRequest::new(query) })
        .unwrap_or_else(|error| panic!("{query}: {error}"))
}
