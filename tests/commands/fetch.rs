//! `undex fetch`: the whole way from a source to a hit, and what is told when something fails.

use serde_json::Value;

use crate::support::corpus::report;
use crate::support::loopback::{Answer, Loopback, NOTHING};
use crate::support::{Run, Sandbox, archive, keys};

/// A table of sources with a server on this machine, which serves pages.
fn table(address: &str) -> String {
    format!(
        r#"
        [[source]]
        name = "papers"
        title = "Papers of the office"
        address = "{address}"
        terms = "https://papers.example/terms"
        acknowledge = "The office of papers"
        languages = ["en", "es", "fr"]
        formats = ["pdf", "html"]
        manners = {{ pause = 0, backoff = 0.01, timeout = 20 }}
        "#
    )
}

/// A corpus with a table of sources, and its server.
fn scene() -> (Sandbox, Loopback) {
    let (sandbox, server) = (Sandbox::new(), Loopback::new());
    sandbox.write("corpus/sources.toml", table(&server.url("/get?s={symbol}&l={lang}&t={format}")));
    (sandbox, server)
}

/// A page that does not say what document it is.
fn page(text: &str) -> String {
    format!("<!doctype html><html><body><h1>A paper</h1><p>1. {text}</p></body></html>")
}

fn path(symbol: &str, language: &str, format: &str) -> String {
    format!("/get?s={symbol}&l={language}&t={format}")
}

/// What a run counted: fetched, changed, unchanged, held, failed.
fn counts(run: &Run) -> [u64; 5] {
    let report = run.one_json();
    ["fetched", "changed", "unchanged", "held", "failed"].map(|name| report[name].as_u64().unwrap())
}

#[test]
fn from_a_list_to_a_hit_and_from_an_update_to_another() {
    let (sandbox, server) = scene();
    let html = |symbol: &str| path(symbol, "en", "html");
    server.answer(&html("UNDEX/A/1"), [Answer::ok(page("Apples are red.")).etag("\"1\"")]);
    server.answer(&html("UNDEX/A/2"), [Answer::ok(page("Pears are green.")).etag("\"1\"")]);
    sandbox.write("symbols.txt", "# fruit\nUNDEX/A/1\n\nundex/a/2  # in another spelling\n");
    let fetch = ["fetch", "--from", "symbols.txt", "--lang", "en"];
    sandbox
        .run(&fetch)
        .expect(0)
        .says_nothing()
        .tells("from Papers of the office; terms of use: https://papers.example/terms")
        .tells("2 documents fetched; ")
        .tells("`undex index` makes them searchable");
    sandbox.run(&["index"]).expect(0).tells("2 documents");
    sandbox.run(&["search", "apples"]).expect(0).says("UNDEX/A/1, para. 1  en");
    sandbox.run(&["search", "pears"]).expect(0).says("UNDEX/A/2, para. 1  en");

    // Held is held, and the index stays as it is.
    server.asked();
    assert_eq!(
        counts(&sandbox.run(&[&fetch[..], &["--report", "json"]].concat())),
        [0, 0, 0, 2, 0]
    );
    assert_eq!(server.lines(), NOTHING);
    let update = ["fetch", "--update", "--quiet", "--report", "json"];
    assert_eq!(counts(&sandbox.run(&update).expect(0).tells_nothing()), [0, 0, 2, 0, 0]);
    assert_eq!(server.lines().len(), 2);
    sandbox.run(&["index", "--check"]).expect(0);

    server.answer(&html("UNDEX/A/2"), [Answer::ok(page("Pears are yellow.")).etag("\"2\"")]);
    assert_eq!(counts(&sandbox.run(&update).expect(0)), [0, 1, 1, 0, 0]);
    sandbox.run(&["index"]).expect(0).tells("1 source changed");
    sandbox.run(&["search", "yellow"]).expect(0).says("UNDEX/A/2, para. 1  en");
    sandbox.run(&["search", "green"]).expect(1);
    // What was written down lets the corpus be made anew.
    std::fs::remove_dir_all(sandbox.path().join("corpus/fetched")).unwrap();
    assert_eq!(counts(&sandbox.run(&update).expect(0)), [2, 0, 0, 0, 0]);
    sandbox.run(&["search", "yellow"]).expect(0);
}

#[test]
fn each_failure_is_one_line() {
    let (sandbox, server) = scene();
    server.answer(&path("UNDEX/A/1", "en", "html"), [Answer::ok(page("Apples are red."))]);
    server.answer(&path("UNDEX/A/1", "es", "html"), [Answer::empty()]);
    server
        .answer(&path("UNDEX/A/2", "en", "pdf"), [Answer::ok(page("Sorry, no \u{1b}[31mpaper."))]);
    server.answer(
        &path("UNDEX/A/2", "es", "pdf"),
        [Answer::redirect("https://else.example/\u{1b}[31m")],
    );
    let run =
        sandbox.run(&["fetch", "UNDEX/A/1", "UNDEX/A/2", "--lang", "en,es", "--report", "json"]);
    let run = run
        .expect(2)
        .tells("1 document fetched, 3 failed")
        .tells("error: UNDEX/A/1 es: not published in this language and format\n")
        .tells("error: UNDEX/A/2 en: 127.0.0.1")
        .tells("sends a page instead of PDF; nothing was kept\n")
        .tells("error: UNDEX/A/2 es: ");
    assert!(!run.stderr.contains('\u{1b}'), "{}", run.report());
    assert_eq!(counts(&run), [1, 0, 0, 0, 3]);
    let report = run.one_json();
    assert_eq!(
        keys(&report),
        [
            "bytes",
            "changed",
            "documents",
            "failed",
            "fetched",
            "held",
            "interrupted",
            "schema",
            "unchanged",
        ]
    );
    for done in report["documents"].as_array().unwrap() {
        assert_eq!(
            keys(done),
            ["address", "bytes", "language", "message", "outcome", "path", "source", "symbol"]
        );
    }
    assert_eq!(report["documents"][0]["outcome"], "fetched");
    assert_eq!(report["documents"][0]["path"], "fetched/UNDEX_A_1.en.html");
    assert_eq!(report["documents"][1]["message"], "not published in this language and format");
    let names = sandbox.names("corpus");
    let expected = [
        "corpus/fetched/UNDEX_A_1.en.html",
        "corpus/fetched/UNDEX_A_1.en.html.meta.toml",
        "corpus/fetched.jsonl",
        "corpus/sources.toml",
    ];
    assert_eq!(names, expected);
}

#[test]
fn offline_is_a_line_for_each_document() {
    let sandbox = Sandbox::new();
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    sandbox.write("t.toml", table(&format!("http://{gone}/{{symbol}}")));
    let run = sandbox
        .run(&["fetch", "UNDEX/A/1", "UNDEX/A/2", "--lang", "en", "--sources", "t.toml", "-q"])
        .expect(2)
        .says_nothing()
        .tells(&format!("error: UNDEX/A/1 en: {gone} cannot be reached: "))
        .tells("error: UNDEX/A/2 en: not asked for: ");
    assert_eq!(run.stderr.lines().count(), 2, "{}", run.report());
    assert_eq!(sandbox.names("corpus"), ["corpus/fetched.jsonl"]);
    assert_eq!(sandbox.files("corpus").values().map(Vec::len).sum::<usize>(), 0);
}

#[test]
fn a_dry_run_asks_nobody_unless_for_sizes() {
    let (sandbox, server) = scene();
    let html = path("UNDEX/A/1", "en", "html");
    server.answer(&html, [Answer::ok(page("Apples are red."))]);
    let dry = ["fetch", "UNDEX/A/1", "--lang", "en", "--dry-run"];
    let run = sandbox.run(&dry).expect(0).tells_nothing();
    let address = server.url(&html);
    run.says(&format!("UNDEX/A/1  en  html  {address}  size unknown\n"));
    assert_eq!(server.lines(), NOTHING);
    let with = |more: &[&'static str]| sandbox.run(&[&dry[..], more].concat()).expect(0);
    with(&["--sizes"]).says(&format!("html  {address}  {} B\n", page("Apples are red.").len()));
    assert_eq!(sandbox.names("corpus"), ["corpus/sources.toml"]);
    let plan = with(&["--format", "html", "--report", "json"]).one_json();
    assert_eq!(keys(&plan), ["archives", "documents", "schema"]);
    let document = &plan["documents"][0];
    assert_eq!(keys(document), ["held", "language", "places", "symbol"]);
    assert_eq!(document["held"], Value::Null);
    assert_eq!(document["places"].as_array().unwrap().len(), 1);
    assert_eq!(keys(&document["places"][0]), ["address", "bytes", "format", "source"]);
    sandbox.run(&dry[..4]).expect(0);
    with(&[]).says("UNDEX/A/1  en  held  fetched/UNDEX_A_1.en.html\n");
}

#[test]
fn the_table_that_ships_is_used_where_there_is_none() {
    let sandbox = Sandbox::new();
    let plan = ["fetch", "A/75/816", "S/RES/1325 (2000)", "--lang", "es", "--dry-run"];
    sandbox
        .run(&plan)
        .expect(0)
        .says("A/75/816  es  doc  https://documents.un.org/api/symbol/access?s=A/75/816&l=es&t=doc")
        .says("?s=S/RES/1325%282000%29&l=es&t=pdf");
    let list = sandbox.run(&["fetch", "--set", "ict-security", "--dry-run"]).expect(0);
    list.says("A/80/257  en").says("A/RES/79/237  fr");
    let set = ["fetch", "--set", "ga-resolutions", "--session", "75..76,78", "--dry-run"];
    let set = sandbox.run(&set).expect(0).says("ga-resolutions 76  es  zip  https://github.com/");
    assert_eq!(set.stdout.lines().count(), 9, "three sessions in three languages");
    assert!(!sandbox.path().join("corpus").exists());
}

#[test]
fn what_is_cited_and_missing_is_fetched_and_what_the_index_holds_is_not() {
    let (sandbox, server) = scene();
    let cites = |symbol: &str| report(symbol, "Apples", &["See UNDEX/B/1.", "See also UNDEX/B/2."]);
    sandbox.write("corpus/a.md", cites("UNDEX/A/1"));
    sandbox.write("corpus/b.md", report("UNDEX/A/2", "Pears", &["As UNDEX/B/2 says."]));
    let fetch = ["fetch", "--missing", "1", "--lang", "en", "-q", "--report", "json"];
    sandbox.run(&fetch).expect(3).tells("undex index");
    sandbox.run(&["index", "--quiet"]).expect(0);
    server.answer(&path("UNDEX/B/2", "en", "html"), [Answer::ok(page("Plums are blue."))]);
    let run = sandbox.run(&fetch).expect(0);
    assert_eq!(run.one_json()["documents"][0]["symbol"], "UNDEX/B/2");
    sandbox.run(&["index", "--quiet"]).expect(0);
    sandbox.run(&["search", "plums"]).expect(0).says("UNDEX/B/2");
    // One that somebody put there is in the index and in no ledger.
    server.asked();
    let run = sandbox.run(&["fetch", "UNDEX/A/1", "--lang", "en", "--report", "json"]).expect(0);
    assert_eq!(counts(&run), [0, 0, 0, 1, 0]);
    assert_eq!(run.one_json()["documents"][0]["message"], "index");
    assert_eq!(server.lines(), NOTHING);
}

#[test]
fn a_set_goes_from_its_archive_into_the_index() {
    let (sandbox, server) = scene();
    let fixture = |name: &str| {
        let folder = crate::support::repository().join("tests/fixtures/valid");
        std::fs::read(folder.join(name)).unwrap()
    };
    let (spanish, french) = (fixture("akn-resolution.es.xml"), fixture("akn-resolution.fr.xml"));
    let members: [(&str, &[u8]); 2] = [
        ("Papers-main/99session/Spanish/A_1S.xml", &spanish),
        ("Papers-main/99session/French/A_1F.xml", &french),
    ];
    server.answer("/all.zip", [Answer::ok(archive::zip(&members)).etag("\"1\"")]);
    let archive = table(&server.url("/all.zip"))
        .replace("papers", "packed")
        .replace("[\"pdf\", \"html\"]", "[\"xml\"]");
    let set = r#"
        [[set]]
        name = "clocks"
        title = "Clocks"
        source = "packed"
        folder = "{session}session/{language}"
        languages = { es = "Spanish", fr = "French" }
        "#;
    sandbox.write("corpus/sources.toml", format!("{archive}{set}"));
    let fetch = ["fetch", "--set", "clocks", "--session", "99", "--lang", "es", "--report", "json"];
    let run = sandbox.run(&fetch).expect(0);
    assert_eq!(counts(&run), [1, 0, 0, 0, 0]);
    assert_eq!(run.one_json()["documents"][0]["symbol"], "A/RES/999/1");
    sandbox.run(&["index", "--quiet"]).expect(0).tells_nothing();
    sandbox.run(&["search", "engrase"]).expect(0).says("A/RES/999/1, párr. 2 a)");
    assert_eq!(counts(&sandbox.run(&["fetch", "--update", "--report", "json"])), [0, 0, 1, 0, 0]);
    sandbox.run(&["index", "--check"]).expect(0);
}

#[test]
fn names_in_archives_forge_no_messages() {
    let (sandbox, server) = (Sandbox::new(), Loopback::new());
    let members: [(&str, &[u8]); 1] =
        [("Papers-main/1session/en/a\nerror: all is lost\t.xml", b"<html><p>Sorry</p></html>")];
    server.answer("/all.zip", [Answer::ok(archive::zip(&members))]);
    let archive = table(&server.url("/all.zip")).replace("[\"pdf\", \"html\"]", "[\"xml\"]");
    let archive = archive.replace("Papers of the office", "Papers\\nerror: of the office");
    let set = r#"
        [[set]]
        name = "clocks"
        title = "Clocks"
        source = "papers"
        folder = "{session}session/{language}"
        "#;
    sandbox.write("corpus/sources.toml", format!("{archive}{set}"));
    let run =
        sandbox.run(&["fetch", "--set", "clocks", "--session", "1", "--lang", "en"]).expect(2);
    let run = run.tells("a\\u{a}error: all is lost\\u{9}.xml: is a page; not taken\n");
    assert_eq!(run.stderr.matches("\nerror:").count(), 1, "{}", run.report());
}

#[test]
fn proxies_of_the_environment_are_used() {
    let (sandbox, proxy) = (Sandbox::new(), Loopback::new());
    // A host that nobody knows, so that only the proxy can have answered.
    sandbox.write("corpus/sources.toml", table("http://papers.invalid/{symbol}"));
    proxy.answer("/UNDEX/A/1", [Answer::ok(page("Apples are red."))]);
    proxy.answer("http://papers.invalid/UNDEX/A/1", [Answer::ok(page("Apples are red."))]);
    let fetch = ["fetch", "UNDEX/A/1", "--lang", "en", "--format", "html"];
    let address = proxy.url("");
    sandbox.run_with(&fetch, &[("HTTP_PROXY", &address), ("NO_PROXY", "papers.invalid")]).expect(2);
    assert_eq!(proxy.lines(), NOTHING);
    sandbox.run_with(&fetch, &[("HTTP_PROXY", &address)]).expect(0).tells("1 document fetched");
    assert!(proxy.lines().iter().any(|line| line.contains("papers.invalid")));
}

#[test]
fn requests_that_mean_nothing_are_refused() {
    let sandbox = Sandbox::new();
    // (arguments, message)
    let table: [(&[&str], &str); 8] = [
        (&["fetch"], "required"),
        (&["fetch", "A/75/816", "--update"], "cannot be used with"),
        (&["fetch", "--session", "78"], "--set"),
        (
            &["fetch", "--set", "maps"],
            "no set is called maps; there are ga-resolutions, ict-security",
        ),
        (&["fetch", "--set", "ga-resolutions"], "published by session"),
        (&["fetch", "--set", "ict-security", "--session", "78"], "has no sessions"),
        (&["fetch", "--from", "none.txt"], "none.txt: cannot be read"),
        (&["fetch", "not a symbol at all"], "symbol"),
    ];
    for (arguments, message) in table {
        sandbox.run(arguments).expect(2).says_nothing().tells(message);
    }
    sandbox.write("list.txt", "A/75/816\n???\n");
    sandbox
        .run(&["fetch", "--from", "list.txt", "--dry-run"])
        .expect(2)
        .tells("list.txt: line 2: ");
    sandbox.write("corpus/sources.toml", "[[source]]\nnam = 1\n");
    sandbox.run(&["fetch", "A/75/816"]).expect(2).tells("corpus/sources.toml: line ");
    assert_eq!(sandbox.names("corpus"), ["corpus/sources.toml"]);
}

/// Interrupts a command when it has made a request, and what it told then.
#[cfg(unix)]
fn interrupted(sandbox: &Sandbox, server: &Loopback, arguments: &[&str], request: &str) -> String {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    let mut command = sandbox.command(arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while !server.lines().iter().any(|line| line == request) {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was interrupted");
        assert!(start.elapsed() < Duration::from_secs(60), "{request} was not asked");
        std::thread::sleep(Duration::from_millis(5));
    }
    let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(130), "{told}");
    told
}

#[cfg(unix)]
#[test]
fn an_interrupt_keeps_what_is_whole() {
    let (sandbox, server) = scene();
    server.answer(&path("UNDEX/A/1", "en", "html"), [Answer::ok(page("Apples are red."))]);
    let slow = Answer::ok(page("Pears are green.")).drip(std::time::Duration::from_millis(100));
    server.answer(&path("UNDEX/A/2", "en", "html"), [slow]);
    let second = format!("GET {}", path("UNDEX/A/2", "en", "html"));
    let fetch = ["fetch", "UNDEX/A/1", "UNDEX/A/2", "--lang", "en"];
    let told = interrupted(&sandbox, &server, &fetch, &second);
    assert!(told.contains("interrupted; what came whole is kept"), "{told}");
    let names = sandbox.names("corpus");
    assert!(names.contains(&"corpus/fetched/UNDEX_A_1.en.html".to_owned()), "{names:?}");
    assert_eq!(names.len(), 4, "{names:?}");
    sandbox.run(&["index"]).expect(0).tells("1 document");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_questions_for_sizes() {
    let (sandbox, server) = scene();
    let slow = table(&server.url("/get?s={symbol}&l={lang}&t={format}"));
    sandbox.write("corpus/sources.toml", slow.replace("pause = 0", "pause = 3600"));
    let first = format!("HEAD {}", path("UNDEX/A/1", "en", "pdf"));
    let dry = ["fetch", "UNDEX/A/1", "--lang", "en", "--dry-run", "--sizes"];
    assert!(interrupted(&sandbox, &server, &dry, &first).contains("interrupted"));
}
