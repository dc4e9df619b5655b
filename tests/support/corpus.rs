//! Small documents of our own, made for tests that need many or need to change them.

use std::fmt::Write;

/// An English report with numbered paragraphs, each sentence one line.
pub(crate) fn report(symbol: &str, title: &str, paragraphs: &[&str]) -> String {
    let mut out = format!("{symbol}\n\nDistr. general\n\n3 March 2021\n\nEnglish\n\n# {title}\n\n");
    for (at, text) in paragraphs.iter().enumerate() {
        write!(out, "{}. {text}\n\n", at + 1).unwrap();
    }
    out
}

/// A report of many different words, so that an index of many of them takes a while.
pub(crate) fn long_report(number: usize, paragraphs: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "con", "de", "fir", "go", "hal", "in", "lor", "mer", "nol", "pa", "qui", "ren",
        "sta", "tor", "vel",
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(number as u64 + 1);
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut sentence = || {
        let word = |bits: u64| -> String {
            (0..3).map(|at| SYLLABLES[(bits >> (at * 4)) as usize % 16]).collect()
        };
        (0..40).map(|_| word(next())).collect::<Vec<_>>().join(" ")
    };
    let texts: Vec<String> = (0..paragraphs).map(|_| format!("The {}.", sentence())).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    report(&format!("UNDEX/LONG/{number}"), "A long report", &texts)
}

/// The valid fixtures that are files as a corpus, with the catalogue that settles one of them.
pub(crate) fn fixtures(sandbox: &super::Sandbox) {
    let folder = super::repository().join("tests/fixtures/valid");
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if !name.ends_with(".json") && entry.path().is_file() {
            sandbox.write(&format!("corpus/{name}"), std::fs::read(entry.path()).unwrap());
        }
    }
}

/// The corpus that the repository ships with.
pub(crate) fn shipped(sandbox: &super::Sandbox) {
    let folder = super::repository().join("corpus");
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        // What a developer has put there is no part of a fresh clone.
        if name.starts_with("handbook.")
            || name == "catalogue.toml"
            || name == "thesaurus.toml"
            || name == "README.md"
        {
            sandbox.write(&format!("corpus/{name}"), std::fs::read(entry.path()).unwrap());
        }
    }
}
