//! The generated attacks: each ends in an outcome that is right for it, soon and in little memory.

#[path = "../../benches/measure/usage.rs"]
mod usage;

use std::fmt;
use std::fs::File;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use usage::{LOOK, Tree};

use crate::attacks::{self, Attack};
use crate::support::Sandbox;
use crate::{good, outcome};

/// As long as a worker may take by the clock, and some time to end it: an unoptimized reader on a busy
/// machine may need it, and then that is the outcome.
const PATIENCE: Duration = Duration::from_secs(45);

/// What is known to cost more than it should, with the reason; each is named here until it does not.
const SLOW: [&str; 6] = [
    // Ten drawings in each of fifteen forms: the bound on operators is met after many seconds.
    "forms-ten-to-the-fifteenth.pdf",
    // The bound on all streams is met after half a gibibyte of blanks.
    "streams-of-60-mib.pdf",
    // The same stream is put together 20,000 times before the bound on all streams is looked at.
    "stream-of-60-mib-20000-times.pdf",
    // The pattern of a number may be of any length, and is filled in for each paragraph.
    "list-text-of-300-kb.docx",
    // Half a million runs in a paragraph take longer than a million paragraphs.
    "runs-million.docx",
    // The parser compares each attribute of an element with all before it.
    "attributes-20000.html",
];

/// What one file may cost is 256 MiB; twice that fails here, so that another allocator does not.
const MOST_MEMORY: u64 = 512 << 20;

/// One run of the program on one attack.
struct Attacked {
    code: Option<i32>,
    errors: String,
    took: Duration,
    memory: Option<u64>,
}

/// Attacks by the format that they are taken for.
macro_rules! formats {
    ($($name:ident: $attacks:expr;)*) => {$(
        #[test]
        fn $name() {
            let attacks = $attacks;
            let mut wrong = costs(&attacks);
            wrong.extend(outcomes(&attacks));
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

/// Each alone: the program ends as it should, soon and in little memory.
fn costs(attacks: &[Attack]) -> Vec<String> {
    let sandbox = Sandbox::new();
    let mut wrong = Vec::new();
    for attack in attacks {
        sandbox.write(attack.name, &attack.bytes);
        let attacked = extract(&sandbox, attack);
        eprintln!("{:<42} {attacked}", attack.name);
        wrong
            .extend(attacked.faults().into_iter().map(|fault| format!("{}: {fault}", attack.name)));
    }
    wrong
}

/// Runs the program on one file and watches it.
fn extract(sandbox: &Sandbox, attack: &Attack) -> Attacked {
    let errors = sandbox.path().join("errors");
    let mut command = sandbox.command(&["extract", attack.name, "--json"]);
    command.stdout(Stdio::null()).stderr(File::create(&errors).unwrap());
    let start = Instant::now();
    let mut child = command.spawn().unwrap();
    let mut usage = Tree::default();
    let status = loop {
        usage.look(child.id());
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
        }
        thread::sleep(LOOK);
    };
    Attacked {
        code: status.code(),
        errors: std::fs::read_to_string(errors).unwrap(),
        took: start.elapsed(),
        memory: usage.peak_bytes,
    }
}

impl fmt::Display for Attacked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said: String =
            self.errors.lines().next().unwrap_or_default().chars().take(150).collect();
        let memory = self.memory.map_or(0, |bytes| bytes >> 20);
        write!(f, "{:>6.2} s {memory:>5} MiB  {said}", self.took.as_secs_f64())
    }
}

impl Attacked {
    /// What the program may not do, whatever the file.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if !matches!(self.code, Some(0 | 2)) {
            faults.push(format!("exit code {:?}", self.code));
        }
        if self.errors.contains("panicked") || self.errors.contains("overflowed") {
            faults.push(self.errors.lines().take(3).collect::<Vec<_>>().join(" "));
        }
        if self.took > PATIENCE {
            faults.push(format!("took {:?}", self.took));
        }
        if let Some(memory) = self.memory.filter(|memory| *memory > MOST_MEMORY) {
            faults.push(format!("took {} MiB", memory >> 20));
        }
        faults
    }
}

/// All in one folder: each is named with an outcome that is right for it, and what stands beside them
/// is found.
fn outcomes(attacks: &[Attack]) -> Vec<String> {
    let sandbox = Sandbox::new();
    good(&sandbox);
    for attack in attacks {
        sandbox.write(&format!("corpus/{}", attack.name), &attack.bytes);
    }
    let run = sandbox.run(&["index", "--report", "json"]);
    if !matches!(run.code, Some(0 | 2)) {
        return vec![run.report()];
    }
    let report = run.one_json();
    let mut wrong = Vec::new();
    for attack in attacks {
        let outcome = outcome(&report, &format!("corpus/{}", attack.name));
        let code = code(outcome);
        let late = SLOW.contains(&attack.name) && matches!(code, "timed-out" | "limit");
        if !late && !attack.right.contains(&code) {
            wrong.push(format!("{}: {code} is none of {:?}: {outcome}", attack.name, attack.right));
        }
    }
    sandbox.run(&["search", "stands still"]).expect(0).says("UNDEX/GOOD/1");
    wrong
}

/// The code of what failed; `extracted` for what did not.
fn code(outcome: &serde_json::Value) -> &str {
    let kinds = outcome.as_object().into_iter().flatten();
    let codes = kinds.filter_map(|(_, detail)| detail["code"].as_str());
    codes.chain(outcome["code"].as_str()).next().unwrap_or("extracted")
}
