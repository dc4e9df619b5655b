//! Whole sets, out of one archive or as a list of symbols.

use std::io::{Cursor, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use undex_document::Language;
use undex_fetch::{Done, FetchError, Plan, Progress, Report, Request, Silent, Sources};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Scene, pdf, table};
use crate::loopback::{Answer, Loopback, NOTHING};

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn resolution(symbol: &str, text: &str) -> Vec<u8> {
    format!(
        "<akomaNtoso><docNumber refersTo=\"#symbol\">{symbol}</docNumber><p>{text}</p></akomaNtoso>"
    )
    .into_bytes()
}

/// The archive as it is first: two sessions in two languages, an older one packed, and what is no document.
fn archive() -> Vec<u8> {
    let packed = zip(&[("74_1_E.xml", &resolution("UNDEX/RES/74/1", "old"))]);
    zip(&[
        ("Papers-main/README.md", b"# Papers"),
        ("Papers-main/78session/English/.DS_Store", b"\0\0"),
        ("Papers-main/78session/English/A_78_1-1E.xml", &resolution("UNDEX/RES/78/1", "one")),
        ("Papers-main/78session/English/A_78_1-2E.xml", &resolution("UNDEX/RES/78/1", "again")),
        ("Papers-main/78session/English/A_78_2-1E.xml", &resolution("../../etc", "two")),
        ("Papers-main/78session/English/A_78_3-1E.xml", b"<html><body>Sorry</body></html>"),
        ("Papers-main/78session/French/A_78_1-1F.xml", &resolution("UNDEX/RES/78/1", "un")),
        ("Papers-main/79session/English/A_79_1-1E.xml", &resolution("UNDEX/RES/79/1", "nine")),
        ("Papers-main/74session/Papers_74session_English.zip", &packed),
        ("../../Papers-main/78session/English/evil.xml", &resolution("UNDEX/RES/78/9", "evil")),
    ])
}

fn scene() -> Scene {
    let server = Loopback::new();
    server.answer("/archive.zip", [Answer::ok(archive()).etag("W/\"one\"")]);
    let sets = format!(
        r#"
        [[source]]
        name = "packed-papers"
        title = "Papers, packed"
        address = "{}"
        terms = "https://papers.example/terms"
        acknowledge = "The office of papers"
        languages = ["en", "fr"]
        formats = ["xml"]
        manners.pause = 0

        [[set]]
        name = "papers-by-session"
        title = "Papers by session"
        source = "packed-papers"
        folder = "{{session}}session/{{language}}"
        packed = "{{session}}session/Papers_{{session}}session_{{language}}.zip"
        languages = {{ en = "English", fr = "French" }}

        [[set]]
        name = "reading-list"
        title = "What to read first"
        symbols = ["UNDEX/A/1", "UNDEX/A/2"]
        "#,
        server.url("/archive.zip")
    );
    let sources = Sources::parse("t", &format!("{}{sets}", table(&server, ""))).unwrap();
    Scene::of(server, sources)
}

fn plan(scene: &Scene, set: &str, sessions: &[u16]) -> Result<Plan, FetchError> {
    let request = Request {
        sets: vec![set.to_owned()],
        sessions: sessions.to_vec(),
        languages: vec![Language::English],
        ..Request::default()
    };
    undex_fetch::plan(&request, &scene.sources, &scene.options, &|_, _| false)
}

fn fetch(scene: &Scene, sessions: &[u16]) -> Report {
    let plan = plan(scene, "papers-by-session", sessions).unwrap();
    undex_fetch::fetch(&plan, &scene.sources, &scene.options, &Silent).unwrap()
}

#[test]
fn a_session_is_taken_out_of_the_archive() {
    let scene = scene();
    let report = fetch(&scene, &[78]);
    assert_eq!((report.fetched, report.failed), (3, 1));
    let told: Vec<&str> =
        report.documents.iter().filter_map(|done| done.message.as_deref()).collect();
    assert_eq!(told, ["78session/English/A_78_3-1E.xml: is a page; not taken"]);
    let files = scene.files();
    assert_eq!(files.len(), 3, "{files:?}");
    assert!(files.iter().all(|name| name.starts_with("papers-by-session/78/")), "{files:?}");
    // A name comes from the symbol that a file states; the second file of it, and one that states none,
    // from a hash.
    assert!(files.contains(&"papers-by-session/78/UNDEX_RES_78_1.en.xml".to_owned()), "{files:?}");
    assert_eq!(
        scene.read("papers-by-session/78/UNDEX_RES_78_1.en.xml"),
        resolution("UNDEX/RES/78/1", "one")
    );
    assert!(!scene.folder.path().join("etc").exists());
    let ledger = scene.ledger();
    assert_eq!(ledger.len(), 4, "three documents and the archive");
    assert_eq!(ledger[0]["member"], "78session/English/A_78_1-1E.xml");
    assert_eq!(ledger[3]["path"], serde_json::Value::Null);
    assert_eq!(ledger[3]["etag"], "W/\"one\"");
    // The session is held now; another one is not.
    scene.server.asked();
    let report = fetch(&scene, &[78]);
    assert_eq!((report.held, report.fetched), (1, 0));
    assert_eq!(scene.server.lines(), NOTHING);
    let mut held = plan(&scene, "papers-by-session", &[78]).unwrap();
    undex_fetch::ask_sizes(&mut held, &scene.sources, &scene.options);
    assert_eq!(scene.server.lines(), NOTHING, "not for its size either");
    let report = fetch(&scene, &[74, 78, 79]);
    assert_eq!((report.held, report.fetched), (1, 2));
    assert_eq!(scene.server.lines().len(), 1);
    let files = scene.files();
    assert!(files.contains(&"papers-by-session/74/UNDEX_RES_74_1.en.xml".to_owned()), "{files:?}");
    assert!(!files.iter().any(|name| name.starts_with('.')), "{files:?}");
}

#[test]
fn an_update_takes_what_changed_and_what_is_new() {
    let scene = scene();
    fetch(&scene, &[79]);
    scene.server.asked();
    let report = scene.update();
    assert_eq!((report.unchanged, report.changed, report.fetched), (1, 0, 0));
    assert_eq!(scene.server.asked()[0].headers["if-none-match"], "W/\"one\"");
    let newer = zip(&[
        ("Papers-main/79session/English/A_79_1-1E.xml", &resolution("UNDEX/RES/79/1", "ninth")),
        ("Papers-main/79session/English/A_79_2-1E.xml", &resolution("UNDEX/RES/79/2", "new")),
        ("Papers-main/80session/English/A_80_1-1E.xml", &resolution("UNDEX/RES/80/1", "later")),
    ]);
    scene.server.answer("/archive.zip", [Answer::ok(newer).etag("W/\"two\"")]);
    let report = scene.update();
    assert_eq!((report.unchanged, report.changed, report.fetched), (0, 1, 1));
    assert_eq!(
        scene.files(),
        [
            "papers-by-session/79/UNDEX_RES_79_1.en.xml",
            "papers-by-session/79/UNDEX_RES_79_2.en.xml"
        ]
    );
    scene.server.asked();
    let report = scene.update();
    assert_eq!((report.unchanged, report.changed, report.fetched), (2, 0, 0));
    // Lost files are made anew from the archive, which is then asked for without its tag.
    std::fs::remove_file(scene.options.corpus.join("papers-by-session/79/UNDEX_RES_79_2.en.xml"))
        .unwrap();
    let report = scene.update();
    assert_eq!((report.unchanged, report.changed, report.fetched), (1, 0, 1));
}

#[test]
fn a_session_is_complete_when_all_of_it_is_written() {
    let scene = scene();
    // What is in the way of one document.
    let file = scene.options.corpus.join("papers-by-session/79/UNDEX_RES_79_1.en.xml");
    std::fs::create_dir_all(file.join("folder")).unwrap();
    let report = fetch(&scene, &[79]);
    assert_eq!((report.fetched, report.failed), (0, 1), "{report:?}");
    std::fs::remove_dir_all(&file).unwrap();
    let report = fetch(&scene, &[79]);
    assert_eq!((report.fetched, report.held), (1, 0), "{report:?}");
}

/// Stops a run when the first document is done.
struct StopAfterOne(Arc<AtomicBool>);

impl Progress for StopAfterOne {
    fn finished(&self, _done: &Done) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn a_stop_ends_the_unpacking() {
    let scene = scene();
    let plan = plan(&scene, "papers-by-session", &[79, 99, 74]).unwrap();
    let progress = StopAfterOne(Arc::clone(&scene.options.stop));
    let report = undex_fetch::fetch(&plan, &scene.sources, &scene.options, &progress).unwrap();
    assert!(report.interrupted);
    assert_eq!((report.fetched, report.failed), (1, 0), "{report:?}");
}

#[test]
fn a_set_that_is_gone_costs_no_other() {
    let mut scene = scene();
    scene.serve("UNDEX/A/1", "doc", [Answer::empty()]);
    scene.serve("UNDEX/A/1", "pdf", [Answer::ok(pdf(40)).etag("\"one\"")]);
    fetch(&scene, &[79]);
    assert_eq!(scene.fetch(&["UNDEX/A/1"]).fetched, 1);
    let ledger = scene.options.corpus.join(undex_fetch::LEDGER);
    let text = std::fs::read_to_string(&ledger).unwrap();
    let line = text.lines().find(|line| line.contains("\"path\":null")).unwrap();
    let gone = line.replace("papers-by-session", "maps");
    std::fs::write(&ledger, format!("{gone}\n{text}")).unwrap();
    scene.server.asked();
    let report = scene.update();
    assert_eq!((report.unchanged, report.failed), (2, 1), "{report:?}");
    let told: Vec<&str> =
        report.documents.iter().filter_map(|done| done.message.as_deref()).collect();
    assert_eq!(
        told,
        ["set maps of source packed-papers is not in sources.toml any more; add it again"]
    );
    assert_eq!(scene.server.lines().len(), 2, "the archive is not fetched for it");
    scene.sources = Sources::parse("t", &table(&scene.server, "")).unwrap();
    let report = scene.update();
    assert_eq!((report.unchanged, report.failed), (1, 2), "{report:?}");
}

#[test]
fn what_an_archive_does_not_hold_is_told() {
    let scene = scene();
    let report = fetch(&scene, &[99]);
    let told = super::message(&report);
    assert!(told.contains("no documents in 99session/English/"), "{told}");
    scene.server.answer("/archive.zip", [Answer::ok("no zip at all, and no tag")]);
    let told = super::message(&fetch(&scene, &[98]));
    assert!(told.contains("archive"), "{told}");
    assert_eq!(scene.files(), NOTHING);
    // Neither counts as held.
    scene.server.answer("/archive.zip", [Answer::ok(archive())]);
    assert_eq!(fetch(&scene, &[79]).fetched, 1);
}

#[test]
fn a_list_is_fetched_by_symbol() {
    let scene = scene();
    for symbol in ["UNDEX/A/1", "UNDEX/A/2"] {
        scene.serve(symbol, "doc", [Answer::empty()]);
        scene.serve(symbol, "pdf", [Answer::ok(pdf(40))]);
    }
    let plan = plan(&scene, "reading-list", &[]).unwrap();
    let report = undex_fetch::fetch(&plan, &scene.sources, &scene.options, &Silent).unwrap();
    assert_eq!(report.fetched, 2);
}

#[test]
fn requests_that_mean_nothing_are_refused() {
    let scene = scene();
    // (set, sessions, message)
    let table: [(&str, &[u16], &str); 3] = [
        ("papers-by-session", &[], "say which, as --session 78,79"),
        ("reading-list", &[78], "has no sessions"),
        ("maps", &[], "no set is called maps; there are papers-by-session, reading-list"),
    ];
    for (set, sessions, expected) in table {
        let error = plan(&scene, set, sessions).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    assert_eq!(scene.server.lines(), NOTHING);
}
