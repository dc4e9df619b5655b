//! Workers that do what they should, with documents that are too much for their bounds.

use std::collections::BTreeSet;
use std::thread;

use undex_ingest::worker::DOCUMENTS_PER_WORKER;
use undex_ingest::{Catalogue, Context, Extractor, Facts, Limits};

use crate::{Test, children, extract, text, workers_with};

pub(crate) const TESTS: &[Test] = &[
    (
        "documents_and_errors_are_those_of_this_process",
        documents_and_errors_are_those_of_this_process,
    ),
    ("there_are_no_more_workers_than_threads", there_are_no_more_workers_than_threads),
    ("a_worker_is_replaced_after_its_documents", a_worker_is_replaced_after_its_documents),
    ("memory_is_bounded", memory_is_bounded),
    ("processor_time_is_bounded_for_each_document", processor_time_is_bounded_for_each_document),
    ("answers_are_bounded", answers_are_bounded),
];

const GOOD: &str = "not at all";

fn documents_and_errors_are_those_of_this_process() {
    let toml = "[[document]]\nsymbol = \"UNDEX/KNOWN/1\"\ndate = 2020-02-03\n\
                [[document.evidence]]\nall = [\"herons of the marsh\"]";
    let catalogue = Catalogue::parse("c", toml).unwrap();
    let limits = Limits { file_bytes: 2_000, xml_depth: 20, ..Limits::default() };
    let workers = crate::Workers::new(crate::program(GOOD), catalogue.clone(), limits);
    let own = Extractor::new(catalogue, limits);
    let facts =
        Facts::parse("f", "title = \"Herons\"\nlanguage = \"en\"\ndate = 2021-01-02").unwrap();
    let confirmed = BTreeSet::from(["herra mientas".to_owned()]);
    let contexts = [
        Context::default(),
        Context { facts: Some(&facts), ..Context::default() },
        Context { confirmed: Some(&confirmed), ..Context::default() },
    ];
    let deep = format!("<akomaNtoso><p>{}", "<p>".repeat(30));
    let long = "heron ".repeat(1_000);
    for source in [
        &text(1),
        "# Herons of the marsh\n\nThey use herra mientas, see A/75/816, annex I, para. 29.\n",
        "Informe\n\n1. Las herra mientas de la región son her\u{ad}ramientas de to dos.\n",
        "<!DOCTYPE html><html><body><h1>Herons</h1><p>One<sup>1</sup></p></body></html>",
        "<akomaNtoso><p>cut",
        "%PDF-1.7 not read yet\n",
        "",
        &deep,
        &long,
    ] {
        for context in contexts {
            let expected = own.extract_in_process("a.txt", source.as_bytes(), context);
            let came = workers.extract("a.txt", source.as_bytes(), context);
            match (expected, came) {
                (Ok(expected), Ok(came)) => assert_eq!(came, expected),
                (Err(expected), Err(came)) => {
                    assert_eq!(
                        (came.to_string(), came.code()),
                        (expected.to_string(), expected.code())
                    );
                }
                (expected, came) => panic!("{source}: {expected:?} and {came:?}"),
            }
        }
    }
}

fn there_are_no_more_workers_than_threads() {
    let workers = workers_with(GOOD, Limits::default());
    assert_eq!(children(), [0; 0], "nothing is started before it is needed");
    thread::scope(|scope| {
        for first in 0..3 {
            let workers = &workers;
            scope.spawn(move || {
                for number in 0..40 {
                    let number = first * 40 + number;
                    let document = extract(workers, &text(number)).unwrap().document;
                    assert_eq!(document.symbol.as_str(), format!("UNDEX/WORKER/{number}"));
                }
            });
        }
    });
    let count = children().len();
    assert!((1..=3).contains(&count), "{count} workers");
    // The threads that wanted them are gone, and they are not.
    extract(&workers, &text(1)).unwrap();
    assert_eq!(children().len(), count);
}

fn a_worker_is_replaced_after_its_documents() {
    let workers = workers_with(GOOD, Limits::default());
    let mut seen = BTreeSet::new();
    for _ in 0..=DOCUMENTS_PER_WORKER {
        extract(&workers, "1. A heron.").unwrap();
        seen.extend(children());
    }
    assert_eq!(seen.len(), 2);
    assert_eq!(children().len(), 1);
}

/// A report of many paragraphs, which takes a while and some memory.
fn long_report(paragraphs: usize) -> String {
    let paragraph = |number| {
        format!(
            "{number}. The herons of the marsh, see A/75/816, para. 3, stand still and wait.\n\n"
        )
    };
    let body: String = (1..=paragraphs).map(paragraph).collect();
    format!("UNDEX/LONG/1\n\n3 March 2021\n\n# Herons\n\n{body}")
}

fn memory_is_bounded() {
    let limits = Limits { worker_memory_bytes: 128 << 20, ..Limits::default() };
    let workers = workers_with(GOOD, limits);
    extract(&workers, &text(1)).unwrap();
    // The tree of a page takes some thirty times its size.
    let page = format!("<!DOCTYPE html><html><body>{}", "<p>A heron.</p>\n".repeat(600_000));
    let error = extract(&workers, &page).unwrap_err();
    let message = error.to_string();
    assert_eq!(error.code(), "limit", "{message}");
    assert!(message.contains("worker_memory_bytes is"), "{message}");
    assert!(message.contains("above the limit of 134217728; raise it"), "{message}");
    extract(&workers, &text(2)).unwrap();

    // Less than the program itself takes.
    let limits = Limits { worker_memory_bytes: 1 << 10, ..Limits::default() };
    let error = extract(&workers_with(GOOD, limits), &text(1)).unwrap_err();
    assert!(error.to_string().contains("worker_memory_bytes"), "{error}");
}

fn processor_time_is_bounded_for_each_document() {
    let limits = Limits { worker_cpu_seconds: 1, ..Limits::default() };
    let workers = workers_with(GOOD, limits);
    let error = extract(&workers, &long_report(190_000)).unwrap_err();
    assert_eq!(error.code(), "timed-out", "{error}");
    assert!(error.to_string().contains("more than 1 s of processor time"), "{error}");

    // Together they take longer than one may.
    let start = std::time::Instant::now();
    let report = long_report(2_000);
    while start.elapsed().as_secs() < 5 {
        extract(&workers, &report).unwrap();
    }
    assert_eq!(children().len(), 1);
}

fn answers_are_bounded() {
    let limits = Limits { worker_answer_bytes: 500, ..Limits::default() };
    let workers = workers_with(GOOD, limits);
    let error = extract(&workers, &long_report(100)).unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains("worker_answer_bytes is") && message.contains("limit of 500"),
        "{message}"
    );
    extract(&workers, "1. A heron.").unwrap();
    assert_eq!(children().len(), 1, "an honest worker is kept");
}
