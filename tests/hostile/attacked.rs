//! The generated attacks: each ends in an outcome that is right for it, soon and in little memory, and
//! all together leave what stands beside them as it was.

use std::time::Instant;

use undex_ingest::worker::{WorkerProgram, Workers};
use undex_ingest::{Catalogue, Context, ExtractError, Limits};

use crate::attacks::{self, Attack};
use crate::outcome;
use crate::support::Sandbox;
use crate::support::corpus::report;

/// Seconds that processors may work on one file. Readers that are not optimized take several times as
/// long as those of users, who are promised two.
const PROCESSOR_SECONDS: u64 = 10;
/// Seconds by the clock, with other tests running beside it.
const CLOCK_SECONDS: u64 = 100;
/// The address space of a worker. Users are promised 256 MiB of memory; the program itself, and room
/// that is asked for and not used, are the rest.
const ADDRESS_BYTES: u64 = 512 << 20;

/// Attacks by the format that they are taken for.
macro_rules! formats {
    ($($name:ident: $attacks:expr;)*) => {$(
        #[test]
        fn $name() {
            let wrong: Vec<String> = each(&$attacks);
            assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
        }
    )*};
}

formats! {
    pdf_objects: attacks::pdf_objects::attacks();
    pdf_streams: attacks::pdf_streams::attacks();
    pdf_content: attacks::pdf_content::attacks();
    pdf_fonts: attacks::pdf_fonts::attacks();
    word: attacks::word::attacks();
    old_word: attacks::compound::attacks();
    html: attacks::html::attacks();
    text: attacks::text::attacks();
}

/// Reads each in a worker with tight bounds; tells those that end otherwise than they should.
fn each(attacks: &[Attack]) -> Vec<String> {
    let mut limits = Limits::default();
    for (name, bound) in [
        ("worker_cpu_seconds", PROCESSOR_SECONDS),
        ("worker_seconds", CLOCK_SECONDS),
        ("worker_memory_bytes", ADDRESS_BYTES),
    ] {
        assert!(limits.set(name, bound));
    }
    let program = WorkerProgram::new(assert_cmd::cargo::cargo_bin!("undex")).argument("worker");
    let workers = Workers::new(program, Catalogue::default(), limits);
    let mut wrong = Vec::new();
    for attack in attacks {
        let start = Instant::now();
        let result = workers.extract(attack.name, &attack.bytes, Context::default());
        let took = start.elapsed();
        let (code, told) = match &result {
            Ok(_) => ("extracted", String::new()),
            Err(error) => (error.code(), error.to_string()),
        };
        eprintln!("{:>6.2} s  {:<42} {code} {told}", took.as_secs_f64(), attack.name);
        // A bound of the worker ends it, and is no answer of the reader.
        let ended = matches!(&result, Err(ExtractError::Limit { limit, .. })
            if limit.starts_with("worker_memory"));
        if ended || !attack.right.contains(&code) {
            wrong.push(format!("{}: {code} is none of {:?}: {told}", attack.name, attack.right));
        }
    }
    wrong
}

#[test]
fn all_together_leave_the_rest_as_it_was() {
    let sandbox = Sandbox::new();
    let symbols: Vec<String> = (1..=3).map(|number| format!("UNDEX/GOOD/{number}")).collect();
    for (at, symbol) in symbols.iter().enumerate() {
        let text = report(symbol, "Herons", &[&format!("Heron {at} stands still."), "It waits."]);
        sandbox.write(&format!("corpus/{at}-good.md"), text);
    }
    let show = |symbol: &str| sandbox.run(&["show", symbol, "--json"]).expect(0).stdout;
    sandbox.run(&["index", "--quiet"]).expect(0);
    let alone: Vec<String> = symbols.iter().map(|symbol| show(symbol)).collect();

    let attacks = attacks::all();
    for attack in &attacks {
        sandbox.write(&format!("corpus/{}", attack.name), &attack.bytes);
    }
    let start = Instant::now();
    let mut index = sandbox.command(&["index", "--report", "json", "--quiet"]);
    index.arg("--limit").arg(format!("worker_seconds={CLOCK_SECONDS}"));
    index.arg("--limit").arg(format!("worker_cpu_seconds={PROCESSOR_SECONDS}"));
    let run = index.output().unwrap();
    eprintln!("{} attacks were indexed in {:?}", attacks.len(), start.elapsed());
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{told}");
    let report = serde_json::from_slice(&run.stdout).unwrap();
    let mut wrong = Vec::new();
    for attack in &attacks {
        let path = format!("corpus/{}", attack.name);
        let outcome = outcome(&report, &path);
        let code = code(outcome);
        if !attack.right.contains(&code) {
            wrong.push(format!("{}: {code} is none of {:?}: {outcome}", attack.name, attack.right));
        }
        if code != "extracted" && !told.contains(&path) {
            wrong.push(format!("{}: {code}, and nobody is told", attack.name));
        }
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    let together: Vec<String> = symbols.iter().map(|symbol| show(symbol)).collect();
    assert_eq!(together, alone);
}

/// The code of what failed; `extracted` for what did not.
fn code(outcome: &serde_json::Value) -> &str {
    let kinds = outcome.as_object().into_iter().flatten();
    let codes = kinds.filter_map(|(_, detail)| detail["code"].as_str());
    codes.chain(outcome["code"].as_str()).next().unwrap_or("extracted")
}
