//! One document by its symbol, and what may go wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use undex_fetch::{Done, Outcome, Progress};

use super::{Scene, message, path, pdf};
use crate::loopback::{Answer, Loopback, NOTHING};

const SYMBOL: &str = "UNDEX/A/1";
const FILE: &str = "fetched/UNDEX_A_1.en.pdf";

#[test]
fn a_document_comes_with_its_facts_and_a_record() {
    let scene = Scene::new();
    scene.serve(SYMBOL, "doc", [Answer::empty()]);
    scene.serve(SYMBOL, "pdf", [Answer::ok(pdf(40)).etag("\"one\"")]);
    let report = scene.fetch(&[SYMBOL]);
    assert_eq!((report.fetched, report.failed, report.bytes), (1, 0, 40));
    assert_eq!(scene.files(), [FILE, &format!("{FILE}.meta.toml")]);
    assert_eq!(scene.read(FILE), pdf(40));
    let facts = String::from_utf8(scene.read(&format!("{FILE}.meta.toml"))).unwrap();
    assert!(facts.contains("# Source: The office of papers"), "{facts}");
    assert!(facts.contains("symbol = \"UNDEX/A/1\"\nlanguage = \"en\"\n"), "{facts}");
    let ledger = scene.ledger();
    let record = &ledger[0];
    assert_eq!(ledger.len(), 1);
    assert_eq!(record["symbol"], SYMBOL);
    assert_eq!(record["language"], "en");
    assert_eq!(record["path"], FILE);
    assert_eq!(record["etag"], "\"one\"");
    assert_eq!(record["bytes"], 40);
    assert_eq!(record["acknowledge"], "The office of papers");
    assert_eq!(record["address"], scene.server.url(&path(SYMBOL, "pdf")));
    assert_eq!(record["sha256"].as_str().unwrap().len(), 64);
    let asked = scene.server.asked();
    assert_eq!(asked.len(), 2, "the empty answer is no document");
    assert!(asked[0].headers["user-agent"].starts_with("undex/"), "{asked:?}");
    // It is held now, and nobody is asked.
    let report = scene.fetch(&[SYMBOL]);
    assert_eq!((report.fetched, report.held), (0, 1));
    assert_eq!(scene.server.lines(), NOTHING);
}

#[test]
fn what_is_not_published_is_told_and_nothing_is_kept() {
    let empty = || Answer::empty();
    let missing = || Answer::new(404, "<html><body>not here</body></html>");
    for (word, pdf) in [(empty(), empty()), (missing(), missing()), (empty(), missing())] {
        let scene = Scene::new();
        scene.serve(SYMBOL, "doc", [word]);
        scene.serve(SYMBOL, "pdf", [pdf]);
        let report = scene.fetch(&[SYMBOL]);
        assert_eq!(message(&report), "not published in this language and format");
        assert_eq!(
            scene.server.lines().len(),
            2,
            "no second attempt is made for what is not there"
        );
        assert_eq!(scene.files(), NOTHING);
    }
}

#[test]
fn a_busy_source_is_asked_again_as_it_wishes() {
    // (answers before the document, why)
    let table = [
        (vec![Answer::new(429, "").header("Retry-After", "0")], "a wait in seconds"),
        (
            vec![Answer::new(429, "").header("Retry-After", "Sun, 01 Nov 2020 10:00:00 GMT")],
            "a date, which is past",
        ),
        (vec![Answer::new(429, "")], "no wait named"),
        (vec![Answer::new(503, ""), Answer::new(500, ""), Answer::new(502, "")], "three troubles"),
    ];
    for (mut answers, why) in table {
        let scene = Scene::new();
        scene.serve(SYMBOL, "doc", [Answer::empty()]);
        let troubles = answers.len();
        answers.push(Answer::ok(pdf(40)));
        scene.serve(SYMBOL, "pdf", answers);
        assert_eq!(scene.fetch(&[SYMBOL]).fetched, 1, "{why}");
        assert_eq!(scene.server.lines().len(), troubles + 2, "{why}");
    }
}

#[test]
fn a_source_that_wants_to_be_left_alone_is() {
    let scene = Scene::new();
    let busy = Answer::new(429, "").header("Retry-After", "3600");
    scene.serve(SYMBOL, "doc", [busy]);
    let report = scene.fetch(&[SYMBOL, "UNDEX/A/2"]);
    assert_eq!(report.failed, 2);
    let told: Vec<&str> =
        report.documents.iter().map(|done| done.message.as_deref().unwrap()).collect();
    assert!(told[0].contains("is busy and asks to wait 3600 s"), "{told:?}");
    assert!(told[1].starts_with("not asked for: "), "{told:?}");
    assert_eq!(scene.server.lines().len(), 1, "neither another format nor another document");
}

#[test]
fn attempts_end() {
    // (status, requests, message)
    let table = [(503, 4, "is busy"), (500, 4, "answers 500"), (403, 1, "access is refused")];
    for (status, requests, expected) in table {
        let scene = Scene::new();
        scene.serve(SYMBOL, "doc", [Answer::empty()]);
        scene.serve(SYMBOL, "pdf", [Answer::new(status, "trouble")]);
        let told = message(&scene.fetch(&[SYMBOL]));
        assert!(told.contains(expected), "{status}: {told}");
        assert_eq!(scene.server.lines().len(), requests + 1, "{status}");
        assert_eq!(scene.files(), NOTHING, "{status}");
    }
}

#[test]
fn redirects_go_to_listed_hosts_only_and_end() {
    let elsewhere = Loopback::new();
    elsewhere.answer("/a.pdf", [Answer::ok(pdf(40))]);
    let scene = Scene::new();
    scene.serve(SYMBOL, "doc", [Answer::empty()]);
    scene.server.answer("/a.pdf", [Answer::ok(pdf(40))]);
    scene.server.answer("/loop", [Answer::redirect("/loop")]);
    // (location, message, none where it is followed)
    let foreign = format!("http://localhost:{}/a.pdf", elsewhere.port());
    let table = [
        ("/loop", Some("redirects more than 5 times")),
        (foreign.as_str(), Some("redirected to localhost")),
        ("ftp://127.0.0.1/a.pdf", Some("no https")),
        ("http://user:word@127.0.0.1/a.pdf", Some("with a password")),
        ("/a.pdf", None),
    ];
    for (location, expected) in table {
        scene.serve(SYMBOL, "pdf", [Answer::redirect(location)]);
        let report = scene.fetch(&[SYMBOL]);
        match expected {
            Some(expected) => {
                let told = message(&report);
                assert!(told.contains(expected), "{location}: {told}");
                assert_eq!(scene.files(), NOTHING);
            }
            None => assert_eq!(report.fetched, 1),
        }
    }
    assert_eq!(elsewhere.lines(), NOTHING);
    // The address asked is what an update asks again.
    assert_eq!(scene.ledger()[0]["address"], scene.server.url(&path(SYMBOL, "pdf")));
}

#[test]
fn only_what_was_asked_for_is_kept() {
    let scene = Scene::new();
    scene.serve(SYMBOL, "doc", [Answer::ok("<!doctype html><html><body>Sorry</body></html>")]);
    scene.serve(SYMBOL, "pdf", [Answer::ok("<!doctype html><html><body>Sorry</body></html>")]);
    let told = message(&scene.fetch(&[SYMBOL]));
    assert!(told.contains("sends a page instead of Word"), "{told}");
    assert_eq!(scene.files(), NOTHING);
    // A page in place of one format is no reason not to take the other.
    scene.serve(SYMBOL, "pdf", [Answer::ok(pdf(40)).header("Content-Type", "text/html")]);
    assert_eq!(scene.fetch(&[SYMBOL]).fetched, 1);
}

#[test]
fn a_transfer_that_breaks_off_is_gone_on_with() {
    let scene = Scene::new();
    let whole = pdf(5_000);
    scene.serve(SYMBOL, "doc", [Answer::empty()]);
    let tagged = || Answer::ok(whole.clone()).etag("\"one\"");
    scene.serve(SYMBOL, "pdf", [tagged().cut(2_000), tagged().cut(1_000), tagged()]);
    assert_eq!(scene.fetch(&[SYMBOL]).fetched, 1);
    assert_eq!(scene.read(FILE), whole);
    let asked = scene.server.asked();
    let ranges: Vec<Option<&String>> =
        asked[1..].iter().map(|asked| asked.headers.get("range")).collect();
    assert_eq!(ranges, [None, Some(&"bytes=2000-".to_owned()), Some(&"bytes=3000-".to_owned())]);
}

#[test]
fn a_part_is_not_the_rest() {
    let scene = Scene::new();
    let whole = pdf(5_000);
    scene.serve(SYMBOL, "doc", [Answer::empty()]);
    let tagged = || Answer::ok(whole.clone()).etag("\"one\"");
    let part = Answer::new(206, &whole[2_000..3_000]);
    let part = part.header("Content-Range", "bytes 2000-2999/5000");
    scene.serve(SYMBOL, "pdf", [tagged().cut(2_000), part, tagged()]);
    assert_eq!(scene.fetch(&[SYMBOL]).fetched, 1);
    assert!(scene.read(FILE) == whole, "a part was taken for the whole");
}

#[test]
fn what_nobody_says_the_end_of_has_one_of_its_own() {
    let whole = [pdf(5_000), b"\n%%EOF\n".to_vec()].concat();
    let scene = Scene::new();
    scene.serve(SYMBOL, "doc", [Answer::empty()]);
    scene.serve(SYMBOL, "pdf", [Answer::ok(whole.clone()).without_length().cut(2_000)]);
    let told = message(&scene.fetch(&[SYMBOL]));
    assert!(told.contains("broke off") && told.contains("no end"), "{told}");
    assert_eq!(scene.files(), NOTHING);
    scene.serve(SYMBOL, "pdf", [Answer::ok(whole.clone()).without_length()]);
    assert_eq!(scene.fetch(&[SYMBOL]).fetched, 1);
    assert_eq!(scene.read(FILE), whole);
}

#[test]
fn parts_of_two_states_are_never_joined() {
    let scene = Scene::new();
    let (old, new) = (pdf(5_000), [pdf(4_000), b"new".to_vec()].concat());
    scene.serve(SYMBOL, "doc", [Answer::empty()]);
    let answers = [
        Answer::ok(old.clone()).etag("\"old\"").cut(2_000),
        Answer::ok(new.clone()).etag("\"new\""),
    ];
    scene.serve(SYMBOL, "pdf", answers);
    assert_eq!(scene.fetch(&[SYMBOL]).fetched, 1);
    assert_eq!(scene.read(FILE), new);
    // Without a tag, or with a weak one, everything is asked for again.
    for tag in [None, Some("W/\"weak\"")] {
        let scene = Scene::new();
        let answer = |bytes: &Vec<u8>| match tag {
            Some(tag) => Answer::ok(bytes.clone()).etag(tag),
            None => Answer::ok(bytes.clone()),
        };
        scene.serve(SYMBOL, "doc", [Answer::empty()]);
        scene.serve(SYMBOL, "pdf", [answer(&old).cut(2_000), answer(&new)]);
        assert_eq!(scene.fetch(&[SYMBOL]).fetched, 1);
        assert_eq!(scene.read(FILE), new);
        assert!(scene.server.asked().iter().all(|asked| !asked.headers.contains_key("range")));
    }
}

#[test]
fn a_large_file_is_gone_on_with_in_the_next_run() {
    let scene = Scene::with("attempts = 1");
    let whole = pdf(3 << 20);
    scene.serve(SYMBOL, "doc", [Answer::empty()]);
    let tagged = || Answer::ok(whole.clone()).etag("\"one\"");
    scene.serve(SYMBOL, "pdf", [tagged().cut(2 << 20), tagged()]);
    let told = message(&scene.fetch(&[SYMBOL]));
    assert!(told.contains("broke off"), "{told}");
    let hidden = |name: &String| name.starts_with(".fetching/");
    assert!(!scene.files().is_empty() && scene.files().iter().all(hidden), "{:?}", scene.files());
    scene.server.asked();
    assert_eq!(scene.fetch(&[SYMBOL]).fetched, 1);
    assert!(scene.read(FILE) == whole, "the parts do not make the file");
    assert_eq!(scene.server.asked()[1].headers["range"], format!("bytes={}-", 2 << 20));
    assert!(!scene.files().iter().any(hidden), "{:?}", scene.files());
}

#[test]
fn what_never_comes_whole_leaves_nothing() {
    let scene = Scene::new();
    scene.serve(SYMBOL, "doc", [Answer::empty()]);
    scene.serve(SYMBOL, "pdf", [Answer::ok(pdf(5_000)).cut(2_000)]);
    let told = message(&scene.fetch(&[SYMBOL]));
    assert!(told.contains("broke off"), "{told}");
    assert_eq!(scene.server.lines().len(), 5);
    assert_eq!(scene.files(), NOTHING);
}

#[test]
fn sizes_are_bounded_stated_or_not() {
    for answer in [Answer::ok(pdf(5_000)), Answer::ok(pdf(5_000)).without_length()] {
        let scene = Scene::with("largest = 4000");
        scene.serve(SYMBOL, "doc", [Answer::empty()]);
        scene.serve(SYMBOL, "pdf", [answer]);
        let told = message(&scene.fetch(&[SYMBOL]));
        assert!(told.contains("larger than 4000 bytes"), "{told}");
        assert!(told.contains("`manners.largest` of source papers"), "{told}");
        assert_eq!(scene.server.lines().len(), 2, "it would be as large again");
        assert_eq!(scene.files(), NOTHING);
    }
}

#[test]
fn slow_bytes_come_to_an_end() {
    // (limits, wait before each byte): too long between two bytes, and too long for all of them
    let table =
        [("timeout = 0.1", Duration::from_secs(1)), ("transfer = 0.3", Duration::from_millis(20))];
    for (limits, drip) in table {
        let server = Loopback::new();
        let table = super::table(&server, "attempts = 2").replace("timeout = 5", limits);
        let scene = Scene::of(server, undex_fetch::Sources::parse("t", &table).unwrap());
        scene.serve(SYMBOL, "doc", [Answer::empty()]);
        scene.serve(SYMBOL, "pdf", [Answer::ok(pdf(5_000)).drip(drip)]);
        let told = message(&scene.fetch(&[SYMBOL]));
        assert!(told.contains("broke off") && told.contains("timeout"), "{told}");
        assert_eq!(scene.files(), NOTHING);
    }
}

#[test]
fn who_cannot_be_reached_is_asked_no_more() {
    let scene = Scene::new();
    // Nobody listens where a server was.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let here = format!("127.0.0.1:{}", scene.server.port());
    let table = super::table(&scene.server, "").replace(&here, &gone.to_string());
    let scene = Scene::of(scene.server, undex_fetch::Sources::parse("t", &table).unwrap());
    let report = scene.fetch(&[SYMBOL, "UNDEX/A/2", "UNDEX/A/3"]);
    assert_eq!(report.failed, 3);
    let told: Vec<&str> =
        report.documents.iter().map(|done| done.message.as_deref().unwrap()).collect();
    assert!(told[0].starts_with(&format!("{gone} cannot be reached: ")), "{told:?}");
    assert!(told[1..].iter().all(|told| told.starts_with("not asked for: ")), "{told:?}");
    assert_eq!(scene.files(), NOTHING);
}

#[test]
fn one_request_at_a_time() {
    let scene = Scene::new();
    let symbols: Vec<String> = (1..9).map(|number| format!("UNDEX/A/{number}")).collect();
    for symbol in &symbols {
        scene.serve(symbol, "doc", [Answer::empty()]);
        scene.serve(symbol, "pdf", [Answer::ok(pdf(400))]);
    }
    let symbols: Vec<&str> = symbols.iter().map(String::as_str).collect();
    // Twice the same symbol is one document.
    assert_eq!(scene.fetch(&[&symbols[..], &symbols[..1]].concat()).fetched, 8);
    assert_eq!(scene.server.busiest(), 1);
}

/// Stops a run when the first document is done.
struct StopAfterOne(Arc<AtomicBool>);

impl Progress for StopAfterOne {
    fn finished(&self, done: &Done) {
        assert_eq!(done.outcome, Outcome::Fetched);
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn a_stop_keeps_what_is_whole() {
    let scene = Scene::new();
    for symbol in ["UNDEX/A/1", "UNDEX/A/2"] {
        scene.serve(symbol, "doc", [Answer::empty()]);
        scene.serve(symbol, "pdf", [Answer::ok(pdf(40))]);
    }
    let plan = scene.plan(&["UNDEX/A/1", "UNDEX/A/2"]);
    let progress = StopAfterOne(Arc::clone(&scene.options.stop));
    let report = undex_fetch::fetch(&plan, &scene.sources, &scene.options, &progress).unwrap();
    assert!(report.interrupted);
    assert_eq!((report.fetched, report.failed), (1, 0));
    assert_eq!(scene.server.lines().len(), 2);
    assert_eq!(scene.files(), [FILE, &format!("{FILE}.meta.toml")]);
    scene.options.stop.store(false, Ordering::Relaxed);
    let report = scene.fetch(&["UNDEX/A/1", "UNDEX/A/2"]);
    assert_eq!((report.fetched, report.held), (1, 1));
}

#[test]
fn sizes_are_asked_for_without_fetching() {
    let scene = Scene::new();
    scene.serve(SYMBOL, "pdf", [Answer::ok(pdf(400))]);
    let mut plan = scene.plan(&[SYMBOL]);
    assert_eq!(scene.server.lines(), NOTHING, "a plan asks nobody");
    undex_fetch::ask_sizes(&mut plan, &scene.sources, &scene.options);
    let sizes: Vec<Option<u64>> =
        plan.documents[0].places.iter().map(|place| place.bytes).collect();
    assert_eq!(sizes, [None, Some(400)]);
    assert!(scene.server.lines().iter().all(|line| line.starts_with("HEAD ")));
    assert!(!scene.options.corpus.exists());
}

#[test]
fn who_does_not_tell_sizes_is_asked_no_more() {
    let busy = Answer::new(429, "").header("Retry-After", "0");
    for answer in [busy, Answer::new(403, ""), Answer::new(405, ""), Answer::new(500, "")] {
        let scene = Scene::new();
        scene.serve(SYMBOL, "doc", [answer]);
        let mut plan = scene.plan(&[SYMBOL, "UNDEX/A/2"]);
        undex_fetch::ask_sizes(&mut plan, &scene.sources, &scene.options);
        assert_eq!(scene.server.lines().len(), 1);
    }
    let scene = Scene::new();
    scene.options.stop.store(true, Ordering::Relaxed);
    undex_fetch::ask_sizes(&mut scene.plan(&[SYMBOL]), &scene.sources, &scene.options);
    assert_eq!(scene.server.lines(), NOTHING);
}
