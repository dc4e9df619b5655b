//! One side of a comparison: documents extracted from files, or read as they were written down.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::Value;
use undex_ingest::Extractor;

use crate::measure::Outcome;
use crate::measure::extract::{Failure, Input, document, extractor, files, inputs};
use crate::score::Scored;

/// Symbol and language.
pub(crate) type Key = (String, String);

/// The documents of one side.
#[derive(Default)]
pub(crate) struct Side {
    pub(crate) documents: BTreeMap<Key, Scored>,
    /// Files that gave no document.
    pub(crate) failures: Vec<Failure>,
    /// Documents that stand in several files; the last counts.
    pub(crate) repeated: Vec<Key>,
}

impl Side {
    /// Reads files, and all files in folders.
    pub(crate) fn read(paths: &[PathBuf], catalogue: &Path) -> Outcome<Self> {
        let extractor = extractor(catalogue)?;
        let mut side = Self::default();
        for path in files(paths) {
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                side.add_lines(&path)?;
                continue;
            }
            let inputs = inputs(&path, extractor.limits());
            let documents: Vec<_> =
                inputs.par_iter().map(|input| extract(&extractor, input)).collect();
            for document in documents {
                match document {
                    Ok((key, scored)) => side.add(key, scored),
                    Err(failure) => side.failures.push(failure),
                }
            }
        }
        Ok(side)
    }

    fn add_lines(&mut self, path: &Path) -> Outcome<()> {
        let name = path.display();
        let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let document: Value = serde_json::from_str(line)
                .map_err(|error| format!("{name}, line {}: {error}", at + 1))?;
            self.add(key(&document), Scored::of(&document));
        }
        Ok(())
    }

    fn add(&mut self, key: Key, document: Scored) {
        if self.documents.insert(key.clone(), document).is_some() {
            self.repeated.push(key);
        }
    }
}

fn key(document: &Value) -> Key {
    let field = |name: &str| document[name].as_str().unwrap_or_default().to_owned();
    (field("symbol"), field("language"))
}

/// Extracts one document.
fn extract(extractor: &Extractor, input: &Input) -> Result<(Key, Scored), Failure> {
    let document = document(extractor, input)?;
    let document = serde_json::to_value(&document).map_err(|error| {
        let path = input.path.clone();
        Failure { code: "unwritable", message: format!("{path}: {error}"), path }
    })?;
    Ok((key(&document), Scored::of(&document)))
}
