//! From files of real formats to an index, with nothing replaced.

use std::fs;
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use undex_indexer::{BuildError, BuildOptions, ExtractIn, Phase, Progress, Silent, build, check};
use undex_ingest::worker::WorkerProgram;
use undex_schema::{Layout, Outcome};

const REPORT: &str = "\
Sobre la medida de las cosas

I. Introducción

1. La medida de las cosas se toma con calma.

2. Las medidas tomadas se anotan en el registro.
";

const PAGE: &str = "\
<!DOCTYPE html><html lang=\"en\"><head><title>On measures</title></head><body>
<h1>On measures</h1><p>1. Measures are taken calmly.</p><p>2. They are noted.</p></body></html>";

/// Counts what it is told.
#[derive(Default)]
struct Counts {
    total: AtomicU64,
    finished: AtomicU64,
    phases: AtomicU64,
}

impl Progress for Counts {
    fn phase(&self, _phase: Phase) {
        self.phases.fetch_add(1, Ordering::Relaxed);
    }

    fn total(&self, sources: u64, _bytes: u64) {
        self.total.store(sources, Ordering::Relaxed);
    }

    fn finished(&self, _path: &str, _bytes: u64, _outcome: &Outcome) {
        self.finished.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn files_become_documents() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    fs::create_dir(&corpus).unwrap();
    fs::write(corpus.join("n1.txt"), REPORT).unwrap();
    fs::write(
        corpus.join("n1.txt.meta.toml"),
        "symbol = \"UNDEX/TEST/1\"\nlanguage = \"es\"\ntype = \"report\"\ndate = 2020-02-03\n",
    )
    .unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(corpus.join("a.zip")).unwrap());
    zip.start_file("n2.html", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(PAGE.as_bytes()).unwrap();
    zip.finish().unwrap();
    fs::write(corpus.join("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").unwrap();

    let options = BuildOptions::new([&corpus], folder.path().join("index"));
    let counts = Counts::default();
    let report = build(&options, &counts).unwrap();
    assert_eq!((report.added, report.documents, report.skipped), (3, 2, 1), "{report:#?}");
    assert_eq!(counts.total.load(Ordering::Relaxed), 3);
    assert_eq!(counts.finished.load(Ordering::Relaxed), 3);
    assert!(counts.phases.load(Ordering::Relaxed) >= 4);
    assert!(serde_json::to_string(&report).unwrap().contains("UNDEX/TEST/1"));

    let generation = Layout::new(&options.index).open().unwrap();
    let key = "UNDEX/TEST/1@es".parse().unwrap();
    let frequency = generation.searcher().doc_freq(&generation.fields().record_term(&key));
    assert_eq!(frequency.unwrap(), 1);
    assert!(generation.manifest().check_files(generation.path()).is_empty());
    assert!(check(&options).unwrap().up_to_date);
    assert!(!build(&options, &counts).unwrap().published);
}

#[test]
fn missing_workers_fail_the_build_and_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    fs::create_dir(&corpus).unwrap();
    fs::write(corpus.join("n1.txt"), REPORT).unwrap();
    let mut options = BuildOptions::new([&corpus], folder.path().join("index"));
    let before = build(&options, &Silent).unwrap();

    fs::write(corpus.join("n2.html"), PAGE).unwrap();
    options.extract_in = ExtractIn::Workers(WorkerProgram::new("/nowhere/undex"));
    let error = build(&options, &Silent).unwrap_err();
    assert!(matches!(error, BuildError::Workers(_)), "{error}");
    let message = error.to_string();
    assert!(message.starts_with("the worker program /nowhere/undex cannot be used"), "{message}");
    assert!(message.ends_with("the index is unchanged"), "{message}");

    options.extract_in = ExtractIn::ThisProcess;
    let after = build(&options, &Silent).unwrap();
    assert_eq!((after.generation, after.added), (before.generation + 1, 1));
}
