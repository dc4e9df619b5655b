//! Damage to the files of a generation: each altered, cut and removed in turn.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use undex_document::{Language, Symbol};
use undex_query::{
    CitedByRequest, DocumentFilter, GraphRequest, MissingRequest, SearchError, SearchRequest,
    Searcher,
};
use undex_schema::{BLOCK_BYTES, OpenError};

use crate::indexed;
use crate::support::corpus::long_report;
use crate::support::{Run, Sandbox};

/// Places in each file that a seed chooses, besides the ends of every block.
const CHOSEN_PLACES: usize = 24;

/// What the commands below answer, or why one of them does not.
type Answers = Vec<Result<String, SearchError>>;

/// Something done to a file, and what it is called when a test fails.
struct Damage {
    name: String,
    /// The new content; none when the file is removed.
    content: Option<Vec<u8>>,
}

/// An index of the fixtures and of a document that fills several blocks.
fn large() -> Sandbox {
    let sandbox = indexed();
    sandbox.write("corpus/long.md", long_report(1, 1_200));
    sandbox.run(&["index", "--quiet"]).expect(0);
    sandbox
}

/// The folder of the generation in use.
fn generation(sandbox: &Sandbox) -> PathBuf {
    let name = fs::read_to_string(sandbox.path().join("index/CURRENT")).unwrap();
    sandbox.path().join("index").join(name.trim_end())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A copy of the generation in use, in an index of its own.
fn copy(sandbox: &Sandbox) -> Sandbox {
    let copy = Sandbox::new();
    copy.write("index/CURRENT", "gen-000001\n");
    for name in names(&generation(sandbox)) {
        let content = fs::read(generation(sandbox).join(&name)).unwrap();
        copy.write(&format!("index/gen-000001/{name}"), content);
    }
    copy
}

/// A flip at both ends of every block and at places that the file's name chooses, cuts, an addition,
/// and the removal.
fn damages(name: &str, content: &[u8]) -> Vec<Damage> {
    let mut places: Vec<usize> = Vec::new();
    for start in (0..content.len()).step_by(BLOCK_BYTES) {
        places.push(start);
        places.push((start + BLOCK_BYTES).min(content.len()) - 1);
    }
    let mut state = name.bytes().fold(0x9E37_79B9_7F4A_7C15_u64, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    for _ in 0..CHOSEN_PLACES {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        places.extend((state as usize).checked_rem(content.len()));
    }
    places.sort_unstable();
    places.dedup();
    let flips = places.iter().map(|at| {
        let mut altered = content.to_vec();
        altered[*at] ^= 1 << (at % 8);
        Damage {
            name: format!("{name}: bit {} of byte {at} flipped", at % 8),
            content: Some(altered),
        }
    });
    let cuts = [0, content.len() / 2, content.len().saturating_sub(1)].map(|length| Damage {
        name: format!("{name}: cut to {length} bytes"),
        content: Some(content[..length].to_vec()),
    });
    let longer =
        Damage { name: format!("{name}: a byte more"), content: Some([content, b" "].concat()) };
    let removed = Damage { name: format!("{name}: removed"), content: None };
    flips.chain(cuts).chain([longer, removed]).collect()
}

/// Does each damage to each file in turn, and lets `look` see the index with it.
fn each_damage(sandbox: &Sandbox, look: impl Fn(&Sandbox, &Damage) + Sync) -> usize {
    let done: Vec<usize> = names(&generation(sandbox))
        .into_par_iter()
        .map(|name| {
            let copy = copy(sandbox);
            let path = copy.path().join("index/gen-000001").join(&name);
            let content = fs::read(&path).unwrap();
            let damages = damages(&name, &content);
            for damage in &damages {
                match &damage.content {
                    Some(content) => fs::write(&path, content).unwrap(),
                    None => fs::remove_file(&path).unwrap(),
                }
                look(&copy, damage);
            }
            damages.len()
        })
        .collect();
    done.iter().sum()
}

/// Asks for everything that an index can be asked.
fn answers(index: &Path) -> Answers {
    let searcher = match Searcher::open(index) {
        Ok(searcher) => searcher,
        Err(error) => return vec![Err(error)],
    };
    let queries = [
        "de",
        "relojes torre",
        "\"the clock\"",
        "con*",
        "title:report -clock",
        "lang:es relojes",
        "year:2000..2190 de",
        "symbol:UNDEX/LONG/1 the",
        "cites:UNDEX/999/7",
        "note:a OR heading:a",
        "resolucion",
    ];
    let mut answers: Answers = queries
        .iter()
        .map(|query| {
            let mut request = SearchRequest::new(*query);
            request.limit = 50;
            searcher.search(&request).map(|answer| format!("{answer:?}"))
        })
        .collect();
    let listed = searcher.documents(&DocumentFilter::default());
    answers.push(listed.map(|listed| format!("{listed:?}")));
    for (symbol, language) in
        [("UNDEX/LONG/1", Language::English), ("UNDEX/999/7", Language::Spanish)]
    {
        let symbol: Symbol = symbol.parse().unwrap();
        answers.push(searcher.holding(&symbol).map(|found| format!("{found:?}")));
        answers.push(searcher.document(&symbol, language).map(|found| format!("{found:?}")));
        answers.push(searcher.cites(&symbol, language).map(|found| format!("{found:?}")));
        let request = CitedByRequest::new(symbol.clone());
        answers.push(searcher.cited_by(&request).map(|found| format!("{found:?}")));
        let request = GraphRequest::new(symbol);
        answers.push(searcher.graph(&request).map(|found| format!("{found:?}")));
    }
    let missing = searcher.missing(&MissingRequest::default());
    answers.push(missing.map(|missing| format!("{missing:?}")));
    answers
}

fn is_damage(error: &SearchError) -> bool {
    matches!(error, SearchError::Damaged(_) | SearchError::Open(OpenError::Damaged { .. }))
}

#[test]
fn what_is_damaged_is_told_or_not_needed() {
    let sandbox = large();
    let files = names(&generation(&sandbox));
    let blocks = |name: &String| fs::metadata(generation(&sandbox).join(name)).unwrap().len();
    assert!(files.iter().any(|name| blocks(name) > 2 * BLOCK_BYTES as u64), "no file of 3 blocks");
    let sound: Vec<String> =
        answers(&sandbox.path().join("index")).into_iter().map(Result::unwrap).collect();
    let done = each_damage(&sandbox, |damaged, damage| {
        let found = answers(&damaged.path().join("index"));
        if let [Err(error)] = found.as_slice() {
            assert!(is_damage(error), "{}: {error}", damage.name);
            return;
        }
        for (answer, sound) in found.iter().zip(&sound) {
            match answer {
                Ok(answer) => assert!(answer == sound, "{}: {answer}\nnot {sound}", damage.name),
                Err(error) => assert!(is_damage(error), "{}: {error}", damage.name),
            }
        }
    });
    assert!(done > 15 * files.len(), "{done} damages of {} files", files.len());
}

#[test]
fn a_damaged_file_is_named() {
    let sandbox = large();
    let folder = generation(&sandbox);
    let told = |run: Run, name: &str| {
        run.expect(3).tells(name).tells("damaged").tells("run `undex index --rebuild`")
    };
    let stores = names(&folder).into_iter().filter(|name| name.ends_with(".store"));
    for name in stores.chain([undex_schema::MANIFEST.to_owned(), "meta.json".to_owned()]) {
        let path = folder.join(&name);
        let content = fs::read(&path).unwrap();
        let mut altered = content.clone();
        altered.iter_mut().step_by(BLOCK_BYTES).for_each(|byte| *byte ^= 4);
        fs::write(&path, altered).unwrap();
        if name.ends_with(".store") {
            // What is stored of a document stands in one of them; the lists need them all.
            told(sandbox.run(&["list"]), &name).says_nothing().tells("altered between bytes");
            told(sandbox.run(&["missing"]), &name);
        } else {
            for arguments in [&["search", "de"][..], &["show", "UNDEX/999/7"], &["info"]] {
                told(sandbox.run(arguments), &name).says_nothing();
            }
        }
        fs::write(&path, content).unwrap();
        sandbox.run(&["list"]).expect(0).tells_nothing();
    }
}
