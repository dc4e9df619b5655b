//! How fast are small documents fetched when nobody has to be spared, with how much memory, and what does it
//! cost to ask whether they changed?
//!
//! A server in this process serves 1,000 pages of a few kilobytes with a tag each. The program fetches them
//! with the pause set to zero, one request at a time as always, into an empty corpus; then `--update` asks for
//! each and nothing changed; then the same list again, of which everything is held and nothing is asked.
//! Beside it the limit, in the same run: the same requests one after the other over a bare socket, what comes
//! thrown away. All take turns. Memory is the most that was resident, and known on Linux only. What each run
//! counted is checked. Nothing is random, and nothing leaves this machine.
//!
//! ```text
//! cargo bench --bench fetch
//! ```

#![allow(clippy::print_stdout, reason = "its output is its result")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the server of the tests stops at surprises"
)]

#[path = "../crates/fetch/tests/loopback/mod.rs"]
mod loopback;
mod measure;

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use loopback::{Answer, Loopback};
use measure::process::{Run, best, peak, seconds, watch};
use measure::{Outcome, folder, machine, program, quantile, read};

/// Documents.
const DOCUMENTS: usize = 1_000;
/// Runs of each kind.
const RUNS: usize = 5;

fn main() -> Outcome<()> {
    let folder = folder()?;
    let folder = folder.path();
    let server = Loopback::new();
    let mut symbols = String::new();
    let mut bytes = 0;
    for number in 0..DOCUMENTS {
        let page = page(number);
        bytes += page.len();
        let tag = format!("\"{number}\"");
        server.answer(&path(number), [Answer::ok(page).etag(&tag)]);
        symbols.push_str(&format!("UNDEX/FETCH/{number}\n"));
    }
    fs::write(folder.join("symbols.txt"), symbols)?;
    fs::write(folder.join("sources.toml"), table(&server))?;
    println!(
        "fetching {DOCUMENTS} pages, {:.1} MB, from this machine without a pause",
        bytes as f64 / 1e6
    );
    println!("{}", machine());

    let (mut bare, mut fetched, mut updated, mut held) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let corpus = folder.join("corpus");
        if corpus.exists() {
            fs::remove_dir_all(&corpus)?;
        }
        bare.push(ask_bare(&server)?);
        let list = ["--from", "symbols.txt", "--lang", "en"];
        fetched.push(run(folder, &list, "fetched")?);
        updated.push(run(folder, &["--update"], "unchanged")?);
        server.asked();
        held.push(run(folder, &list, "held")?);
        if !server.asked().is_empty() {
            return Err("what is held was asked for".into());
        }
    }
    let limit = quantile(&bare, 0.5);
    println!(
        "{:<34}{:>9}{:>14}{:>14}{:>12}",
        "", "median", "documents/s", "of the limit", "memory"
    );
    line("bare requests, the limit", limit, limit, "");
    for (name, runs) in [
        ("undex fetch", &fetched),
        ("undex fetch --update, unchanged", &updated),
        ("undex fetch, all held", &held),
    ] {
        line(name, seconds(runs), limit, &peak(runs));
        println!("  best of {RUNS}: {:.2} s", best(runs));
    }
    Ok(())
}

fn line(name: &str, seconds: f64, limit: f64, memory: &str) {
    let rate = DOCUMENTS as f64 / seconds;
    println!("{name:<34}{seconds:>7.2} s{rate:>14.0}{:>14.2}{memory:>12}", seconds / limit);
}

/// The program, which must count all documents under one name.
fn run(folder: &Path, arguments: &[&str], counted: &str) -> Outcome<Run> {
    let report = folder.join("report.json");
    let mut command: Command = program();
    command.current_dir(folder).arg("fetch").args(arguments);
    command.args(["--sources", "sources.toml", "--quiet", "--report", "json"]);
    let run = watch(command, Some(&report))?;
    let count = read(&report)?.get(counted).and_then(serde_json::Value::as_u64);
    if count != Some(DOCUMENTS as u64) {
        return Err(format!("{count:?} {counted} instead of {DOCUMENTS}").into());
    }
    Ok(run)
}

/// The same requests without any program around them: the seconds they take.
fn ask_bare(server: &Loopback) -> Outcome<f64> {
    let start = Instant::now();
    for number in 0..DOCUMENTS {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port()))?;
        let request = format!("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path(number));
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        if !answer.ends_with(b"</html>") {
            return Err(format!("document {number} did not come whole").into());
        }
    }
    Ok(start.elapsed().as_secs_f64())
}

fn path(number: usize) -> String {
    format!("/get/UNDEX/FETCH/{number}")
}

/// A page of a few kilobytes.
fn page(number: usize) -> String {
    let mut page = format!("<!doctype html><html><body><h1>Paper {number}</h1>");
    for paragraph in 1..=20 {
        page.push_str(&format!(
            "<p>{paragraph}. The group on paper {number} counted the lamps of the harbour once more and found \
             that all {} of them were lit, which it noted with thanks to those who light them.</p>",
            number * 31 + paragraph
        ));
    }
    page.push_str("</body></html>");
    page
}

fn table(server: &Loopback) -> String {
    format!(
        "[[source]]\nname = \"papers\"\ntitle = \"Papers\"\naddress = \"{}\"\nterms = \"none\"\n\
         acknowledge = \"Papers\"\nlanguages = [\"en\"]\nformats = [\"html\"]\nmanners.pause = 0\n",
        server.url("/get/{symbol}")
    )
}
