//! What changed at the source comes again, and nothing else.

use std::fs;

use super::{Scene, path, pdf};
use crate::loopback::{Answer, NOTHING};

const ONE: &str = "fetched/UNDEX_A_1.en.pdf";

/// Two documents, the first with a tag and the second with a date.
fn fetched() -> Scene {
    let scene = Scene::new();
    for symbol in ["UNDEX/A/1", "UNDEX/A/2"] {
        scene.serve(symbol, "doc", [Answer::empty()]);
    }
    scene.serve("UNDEX/A/1", "pdf", [Answer::ok(pdf(40)).etag("\"one\"")]);
    let dated = Answer::ok(pdf(50)).header("Last-Modified", "Sun, 01 Nov 2026 10:00:00 GMT");
    scene.serve("UNDEX/A/2", "pdf", [dated]);
    assert_eq!(scene.fetch(&["UNDEX/A/1", "UNDEX/A/2"]).fetched, 2);
    scene.server.asked();
    scene
}

#[test]
fn what_is_as_it_was_is_not_sent_or_not_taken() {
    let scene = fetched();
    let before = scene.ledger();
    let report = scene.update();
    assert_eq!((report.unchanged, report.changed, report.failed), (2, 0, 0));
    assert_eq!(report.bytes, 0);
    let asked = scene.server.asked();
    assert_eq!(asked.len(), 2, "only the address that had the document is asked");
    assert_eq!(asked[0].headers["if-none-match"], "\"one\"");
    assert_eq!(asked[1].headers["if-modified-since"], "Sun, 01 Nov 2026 10:00:00 GMT");
    assert_eq!(scene.ledger(), before);
}

#[test]
fn a_changed_document_takes_the_place_of_the_old_one() {
    let scene = fetched();
    let facts = scene.options.corpus.join(format!("{ONE}.meta.toml"));
    fs::write(&facts, "symbol = \"UNDEX/A/1\"\ntitle = \"By hand\"\n").unwrap();
    scene.serve("UNDEX/A/1", "pdf", [Answer::ok(pdf(60)).etag("\"two\"")]);
    let report = scene.update();
    assert_eq!((report.changed, report.unchanged, report.bytes), (1, 1, 60));
    assert_eq!(scene.read(ONE), pdf(60));
    assert!(fs::read_to_string(&facts).unwrap().contains("By hand"));
    let ledger = scene.ledger();
    assert_eq!(ledger.len(), 3);
    assert_eq!(ledger[2]["etag"], "\"two\"");
    // The new tag is what is asked with next.
    scene.server.asked();
    assert_eq!(scene.update().unchanged, 2);
    assert_eq!(scene.server.asked()[0].headers["if-none-match"], "\"two\"");
}

#[test]
fn a_new_tag_on_the_same_bytes_is_no_change() {
    let scene = fetched();
    scene.serve("UNDEX/A/1", "pdf", [Answer::ok(pdf(40)).etag("\"moved\"")]);
    let report = scene.update();
    assert_eq!((report.changed, report.unchanged), (0, 2));
    scene.server.asked();
    scene.update();
    assert_eq!(scene.server.asked()[0].headers["if-none-match"], "\"moved\"");
}

#[test]
fn trouble_leaves_the_old_document_in_place() {
    let page = "<!doctype html><html><body>Sorry</body></html>";
    // (answer, message)
    let table = [
        (Answer::new(404, "gone"), "does not have it any more; the file is kept"),
        (Answer::empty(), "does not have it any more; the file is kept"),
        (Answer::ok(page), "sends a page instead of PDF"),
        (Answer::new(503, ""), "is busy"),
        (Answer::ok(pdf(5_000)).cut(100), "broke off"),
    ];
    for (answer, expected) in table {
        let scene = fetched();
        let before = scene.ledger();
        scene.serve("UNDEX/A/1", "pdf", [answer]);
        let report = scene.update();
        let told = report.documents[0].message.clone().unwrap();
        assert!(told.contains(expected), "{told}");
        assert_eq!(scene.read(ONE), pdf(40), "{expected}");
        assert_eq!(scene.ledger(), before, "{expected}");
        assert!(!scene.files().iter().any(|name| name.starts_with('.')), "{:?}", scene.files());
    }
}

#[test]
fn a_corpus_is_made_anew_from_its_ledger() {
    let scene = fetched();
    fs::remove_dir_all(scene.options.corpus.join("fetched")).unwrap();
    let report = scene.update();
    assert_eq!((report.fetched, report.changed, report.failed), (2, 0, 0));
    assert_eq!(scene.read(ONE), pdf(40));
    // A file that was damaged in place is not asked for with its tag.
    fs::write(scene.options.corpus.join(ONE), "%PDF-").unwrap();
    assert_eq!(scene.update().fetched, 1);
    assert_eq!(scene.read(ONE), pdf(40));
}

#[test]
fn a_ledger_leads_nowhere_else() {
    let scene = fetched();
    let ledger = scene.options.corpus.join(undex_fetch::LEDGER);
    let text = fs::read_to_string(&ledger).unwrap();
    let here = format!("127.0.0.1:{}", scene.server.port());
    // (changed to, message)
    let table = [
        (text.replace(&here, "localhost:1"), "is no address of source papers"),
        (text.replace("/get?", "/logout?"), "is no address of source papers"),
        (text.replace("t=pdf", "t=html"), "is no address of source papers"),
        (text.replace("\"UNDEX/A/", "\"UNDEX/B/"), "is no address of source papers"),
        (text.replace("\"papers\"", "\"others\""), "source others is not in sources.toml any more"),
        (text.replace("\"fetched/", "\"../fetched/"), "a file outside the corpus"),
        (text.replace("\"fetched/", "\".git/"), "a file outside the corpus"),
    ];
    for (changed, expected) in table {
        assert_ne!(changed, text);
        fs::write(&ledger, changed).unwrap();
        let report = scene.update();
        assert_eq!(report.failed, 2);
        let told = report.documents[0].message.clone().unwrap();
        assert!(told.contains(expected), "{told}");
        assert_eq!(scene.server.lines(), NOTHING, "{expected}");
    }
    assert!(!scene.folder.path().join("fetched").exists());
    fs::write(&ledger, text).unwrap();
    assert_eq!(scene.update().unchanged, 2);
    assert_eq!(scene.server.lines()[0], format!("GET {}", path("UNDEX/A/1", "pdf")));
}
