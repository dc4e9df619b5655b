//! A corpus of invented documents in a format of a few lines, and questions to its index.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};
use undex_document::{
    Citation, CitedIn, Document, DocumentType, Format, IdentifiedBy, Language, Paragraph, Pinpoint,
    Role, Source, Step, Symbol,
};
use undex_ingest::{Context, ExtractError, Extraction};
use undex_schema::tantivy::Term;
use undex_schema::tantivy::collector::TopDocs;
use undex_schema::tantivy::query::TermQuery;
use undex_schema::tantivy::schema::IndexRecordOption;
use undex_schema::{
    DocumentKey, Generation, Layout, MANIFEST, MANIFEST_SUMS, document_frequency, hex,
    manifest_sums, stem,
};

use crate::build::build_with;
use crate::extract::Extract;
use crate::{BuildError, BuildOptions, BuildReport, Silent};

/// A corpus and an index in a folder that vanishes, and the paths extracted so far.
pub(super) struct Fixture {
    folder: tempfile::TempDir,
    extracted: Arc<Mutex<Vec<String>>>,
    pub(super) options: BuildOptions,
}

/// The same corpus in an index of its own.
pub(super) struct Afresh {
    pub(super) report: BuildReport,
    pub(super) generation: Generation,
    _folder: tempfile::TempDir,
}

/// Reads `symbol language` (`?` for a document that cannot be identified), then a paragraph a line.
/// `a~b` is a broken word; symbols are citations. `panic` and `unknown` do as they say, and when they were read,
/// what begins with `leaving` is gone and what begins with `flickering` has another symbol.
struct Lines(Arc<Mutex<Vec<String>>>);

impl Fixture {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        fs::create_dir(&corpus).unwrap();
        let mut options = BuildOptions::new([corpus], folder.path().join("index"));
        options.threads = 2;
        options.memory_bytes = 30 << 20;
        Self { folder, extracted: Arc::default(), options }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("corpus").join(name)
    }

    /// Writes a file of the corpus, changed long ago, so that its time can be trusted.
    pub(super) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let old = fs::metadata(&path).and_then(|metadata| metadata.modified()).ok();
        let mut file = fs::File::create(&path).unwrap();
        file.write_all(content.as_ref()).unwrap();
        let time = match old {
            Some(old) => old + std::time::Duration::from_secs(10),
            None => std::time::SystemTime::now() - std::time::Duration::from_secs(3_600),
        };
        file.set_modified(time).unwrap();
    }

    pub(super) fn write_zip(&self, name: &str, members: &[(&str, &[u8])]) {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (member, content) in members {
            zip.start_file(*member, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        self.write(name, zip.finish().unwrap().into_inner());
    }

    pub(super) fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    pub(super) fn extractor(&self) -> Box<dyn Extract> {
        Box::new(Lines(Arc::clone(&self.extracted)))
    }

    pub(super) fn try_build(&self) -> Result<BuildReport, BuildError> {
        self.extracted.lock().unwrap().clear();
        build_with(&self.options, &Silent, &|_, _| self.extractor())
    }

    pub(super) fn build(&self) -> BuildReport {
        self.try_build().unwrap()
    }

    /// As [`Fixture::build`], into an empty folder, without touching the index.
    pub(super) fn build_afresh(&self, threads: usize) -> Afresh {
        let folder = tempfile::tempdir().unwrap();
        let mut options = self.options.clone();
        options.index = folder.path().join("index");
        options.threads = threads;
        let report =
            build_with(&options, &Silent, &|_, _| Box::new(Lines(Arc::default()))).unwrap();
        let generation = Layout::new(&options.index).open().unwrap();
        Afresh { report, generation, _folder: folder }
    }

    /// Names in the corpus of the files that the last build extracted, sorted, with repeats.
    pub(super) fn extracted(&self) -> Vec<String> {
        let prefix = format!("{}/", self.path("").display()).replace("//", "/");
        let mut names: Vec<String> = self
            .extracted
            .lock()
            .unwrap()
            .iter()
            .map(|path| path.strip_prefix(&prefix).unwrap_or(path).to_owned())
            .collect();
        names.sort();
        names
    }

    pub(super) fn layout(&self) -> Layout {
        Layout::new(&self.options.index)
    }

    pub(super) fn open(&self) -> Generation {
        self.layout().open().unwrap()
    }
}

/// Writes the manifest of a generation, and the hash that says that it is whole.
pub(super) fn write_manifest(generation: &Path, manifest: &str) {
    fs::write(generation.join(MANIFEST), manifest).unwrap();
    fs::write(generation.join(MANIFEST_SUMS), manifest_sums(manifest.as_bytes())).unwrap();
}

/// Every file under a folder with its size, sorted.
pub(super) fn listing(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut files: Vec<(PathBuf, u64)> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().len()))
        .collect();
    files.sort();
    files
}

/// What a word finds, best first: document, ordinal, and the score to the last bit.
pub(super) fn ranking(
    generation: &Generation,
    word: &str,
    language: Language,
) -> Vec<(String, u32, u32)> {
    let fields = generation.fields();
    let term = Term::from_field_text(fields.text(language), &stem(word, language));
    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
    let searcher = generation.searcher();
    let statistics = generation.statistics();
    let collector = TopDocs::with_limit(1_000).order_by_score();
    let mut hits: Vec<(String, u32, u32)> = searcher
        .search_with_statistics_provider(&query, &collector, &statistics)
        .unwrap()
        .into_iter()
        .map(|(score, address)| {
            let (key, paragraph) = fields.paragraph(searcher, address).unwrap();
            (key.to_string(), paragraph.ordinal, score.to_bits())
        })
        .collect();
    hits.sort_by(|a, b| b.2.cmp(&a.2).then(a.cmp(b)));
    hits
}

/// The keys of the documents in an index, in the order of its terms.
pub(super) fn documents(generation: &Generation) -> Vec<String> {
    let table = generation.sources().unwrap();
    let keys = table.sources.iter().filter_map(|source| match &source.outcome {
        undex_schema::Outcome::Indexed(indexed) => Some(indexed.document.clone()),
        _ => None,
    });
    let mut keys: Vec<DocumentKey> = keys.collect();
    keys.sort();
    for key in &keys {
        let term = generation.fields().record_term(key);
        let frequency = document_frequency(generation.searcher(), &term).unwrap();
        assert_eq!(frequency, 1, "{key} has one record");
    }
    keys.iter().map(ToString::to_string).collect()
}

/// The text of a paragraph.
pub(super) fn text(generation: &Generation, key: &str, ordinal: usize) -> String {
    let fields = generation.fields();
    let term = fields.document_term(&key.parse().unwrap());
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let searcher = generation.searcher();
    let hits = searcher.search(&query, &TopDocs::with_limit(1_000).order_by_score()).unwrap();
    hits.into_iter()
        .filter_map(|(_, address)| fields.paragraph(searcher, address).ok())
        .find(|(_, paragraph)| paragraph.ordinal as usize == ordinal)
        .map(|(_, paragraph)| paragraph.text)
        .unwrap()
}

/// The symbols of a line.
fn citations(line: &str) -> Vec<Citation> {
    let found = Symbol::scan(line).map(|(range, symbol)| Citation {
        symbol,
        pinpoint: None,
        start: range.start as u32,
        end: range.end as u32,
        found_in: CitedIn::Text,
        candidates: Vec::new(),
    });
    found.collect()
}

impl Extract for Lines {
    fn extract(
        &self,
        path: &str,
        bytes: &[u8],
        context: Context<'_>,
    ) -> Result<Extraction, ExtractError> {
        self.0.lock().unwrap().push(path.to_owned());
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        match first {
            "panic" => panic!("asked to"),
            "unknown" => return Err(ExtractError::UnknownFormat { path: path.to_owned() }),
            _ => {}
        }
        if rest.starts_with("leaving ") {
            fs::remove_file(path).unwrap();
        }
        if rest.starts_with("flickering ") {
            let other = if first == "UNDEX/A/1 es" { "UNDEX/A/9 es" } else { "UNDEX/A/1 es" };
            fs::write(path, format!("{other}\n{rest}")).unwrap();
        }
        let mut undecided = Vec::new();
        let body: Vec<String> = rest
            .split(' ')
            .map(|word| match word.split_once('~') {
                None => word.to_owned(),
                Some((left, right)) => {
                    let pair = format!("{left} {}", right.trim_end());
                    let known = context.confirmed.is_some_and(|known| known.contains(&pair));
                    undecided.push(pair);
                    if known { format!("{left}{right}") } else { format!("{left} {right}") }
                }
            })
            .collect();
        undecided.sort();
        undecided.dedup();
        let body = body.join(" ");
        let (symbol, language) = first.split_once(' ').unwrap();
        let identified_by = if symbol == "?" { IdentifiedBy::None } else { IdentifiedBy::Masthead };
        let symbol: Symbol = match symbol {
            "?" => Symbol::provisional(&hex(&Sha256::digest(body.as_bytes()))),
            symbol => symbol.parse().unwrap(),
        };
        let paragraphs = body.lines().zip(0u32..).map(|(line, ordinal)| Paragraph {
            ordinal,
            role: Role::Paragraph,
            label: Some((ordinal + 1).to_string()),
            pinpoint: Pinpoint::new(vec![Step::Paragraph((ordinal + 1).to_string())]),
            headings: Vec::new(),
            text: line.to_owned(),
            page: None,
            notes: Vec::new(),
            citations: citations(line),
        });
        let document = Document {
            source: Source {
                path: path.to_owned(),
                format: if path.ends_with(".xml") { Format::Akn } else { Format::Text },
                bytes: bytes.len() as u64,
                sha256: hex(&Sha256::digest(bytes)),
            },
            symbols: vec![symbol.clone()],
            symbol,
            language: Language::from_code(language).unwrap(),
            title: None,
            date: None,
            kind: DocumentType::Report,
            session: None,
            agenda_items: Vec::new(),
            identified_by,
            paragraphs: paragraphs.collect(),
            warnings: Vec::new(),
        };
        Ok(Extraction { document, repairs: Vec::new(), undecided })
    }
}
