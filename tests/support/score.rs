//! How far extracted documents agree with expected ones.
//!
//! A paragraph is right when its label and text together, reduced to lower-case letters and digits,
//! stand in the same order in both documents. Neither spaces nor punctuation count, so what is left
//! is what a reader would call an error: a paragraph split, merged, lost, or with a line in it that
//! is not its own. Tables, titles, the masthead and closing lines are left out, since they have no
//! one right division into paragraphs; footnotes are compared by their text, in any order.

use std::collections::HashMap;

use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use super::diff;

/// Roles that do not count.
const LEFT_OUT: [&str; 5] = ["table", "title", "masthead", "closing", "footnote"];
/// Names that other programs give to a point.
const POINTS: [&str; 3] = ["list_item", "sub_paragraph", "subparagraph"];

/// A document as it is scored.
#[derive(Debug, Default)]
pub(crate) struct Scored {
    /// The paragraphs that count.
    pub(crate) units: Vec<Unit>,
    /// The footnotes that have text.
    pub(crate) notes: Vec<Reduced>,
}

/// A paragraph as it is scored.
#[derive(Debug)]
pub(crate) struct Unit {
    /// Label and text.
    key: String,
    label: String,
    /// What it is, by the names of undex.
    pub(crate) role: String,
    words: Vec<String>,
    /// The label as printed, or nothing.
    pub(crate) printed_label: String,
    /// The text as printed.
    pub(crate) text: String,
}

/// A text and what is compared of it.
#[derive(Debug)]
pub(crate) struct Reduced {
    key: String,
    /// As printed.
    pub(crate) text: String,
}

impl Scored {
    /// Of one line of the JSON that undex and the expected paragraphs are written in.
    pub(crate) fn of(document: &Value) -> Self {
        let paragraphs = document["paragraphs"].as_array().map_or(&[][..], Vec::as_slice);
        let notes = paragraphs.iter().filter_map(|p| p["notes"].as_array()).flatten();
        let notes = notes.filter_map(|note| {
            let text = string(&note["text"]);
            let key = letters(&text);
            (!key.is_empty()).then_some(Reduced { key, text })
        });
        Self { units: paragraphs.iter().filter_map(Unit::of).collect(), notes: notes.collect() }
    }
}

impl Unit {
    fn of(paragraph: &Value) -> Option<Self> {
        let role = string(&paragraph["role"]);
        let role = if POINTS.contains(&role.as_str()) { "point".to_owned() } else { role };
        let (printed_label, text) = (string(&paragraph["label"]), string(&paragraph["text"]));
        let label = letters(&printed_label);
        let key = letters(&format!("{printed_label}{text}"));
        let counts = !LEFT_OUT.contains(&role.as_str()) && !key.is_empty();
        counts.then(|| Self { key, label, role, words: words(&text), printed_label, text })
    }

    /// What a right paragraph has different from the expected one.
    pub(crate) fn differences(&self, other: &Self) -> Vec<&'static str> {
        let mut differences = Vec::new();
        if self.label != other.label {
            differences.push("label");
        }
        if self.role != other.role {
            differences.push("role");
        }
        if self.words != other.words {
            differences.push("words");
        }
        differences
    }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Lower-case letters and digits, without accents.
fn letters(text: &str) -> String {
    let lower = text.nfkd().collect::<String>().to_lowercase();
    lower.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Words as printed, with case and accents.
fn words(text: &str) -> Vec<String> {
    let composed: String = text.nfkc().collect();
    let words = composed.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Places of the paragraphs that are right, in the expected document and in the one found.
pub(crate) fn right(gold: &[Unit], found: &[Unit]) -> Vec<(usize, usize)> {
    // Texts are long and compared often: a number for each different one.
    let mut numbers = HashMap::new();
    let mut number = |unit: &Unit| {
        let next = numbers.len();
        *numbers.entry(unit.key.clone()).or_insert(next)
    };
    let gold: Vec<usize> = gold.iter().map(&mut number).collect();
    let found: Vec<usize> = found.iter().map(&mut number).collect();
    diff::common_subsequence(&gold, &found)
}

/// Notes of the first that the second does not have, each counted as often as it stands.
pub(crate) fn without<'n>(notes: &'n [Reduced], others: &[Reduced]) -> Vec<&'n Reduced> {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for other in others {
        *left.entry(&other.key).or_default() += 1;
    }
    let unmatched = |note: &&Reduced| match left.get_mut(note.key.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    notes.iter().filter(unmatched).collect()
}

/// What stands in two versions of documents, and what in both.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    pub(crate) paragraphs: Count,
    pub(crate) notes: Count,
    /// Of the right paragraphs, those whose label agrees.
    pub(crate) label: usize,
    /// Of the right paragraphs, those whose role agrees.
    pub(crate) role: usize,
    /// Of the right paragraphs, those that are divided into the same words.
    pub(crate) words: usize,
}

/// How many there are in each version, and in both.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) gold: usize,
    pub(crate) found: usize,
    pub(crate) right: usize,
}

impl Score {
    /// Of one document.
    pub(crate) fn of(gold: &Scored, found: &Scored) -> Self {
        let pairs = right(&gold.units, &found.units);
        let mut score = Self {
            paragraphs: Count {
                gold: gold.units.len(),
                found: found.units.len(),
                right: pairs.len(),
            },
            notes: Count {
                gold: gold.notes.len(),
                found: found.notes.len(),
                right: gold.notes.len() - without(&gold.notes, &found.notes).len(),
            },
            ..Self::default()
        };
        for (g, f) in pairs {
            let (Some(g), Some(f)) = (gold.units.get(g), found.units.get(f)) else { continue };
            let differences = g.differences(f);
            score.label += usize::from(!differences.contains(&"label"));
            score.role += usize::from(!differences.contains(&"role"));
            score.words += usize::from(!differences.contains(&"words"));
        }
        score
    }

    /// Adds another document, so that long documents count for more.
    pub(crate) fn add(&mut self, other: &Self) {
        self.paragraphs.add(other.paragraphs);
        self.notes.add(other.notes);
        self.label += other.label;
        self.role += other.role;
        self.words += other.words;
    }

    /// A number of right paragraphs as a share of all right ones.
    pub(crate) fn share(&self, part: usize) -> f64 {
        ratio(part, self.paragraphs.right)
    }
}

impl Count {
    pub(crate) fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }

    /// Those that one version has and the other does not.
    pub(crate) fn errors(&self) -> usize {
        self.gold + self.found - 2 * self.right
    }

    /// For programs.
    pub(crate) fn json(&self) -> Value {
        json!({
            "precision": self.precision(),
            "recall": self.recall(),
            "f1": self.f1(),
            "right": self.right,
            "expected": self.gold,
            "found": self.found,
        })
    }

    /// The share of what was found that is right.
    pub(crate) fn precision(&self) -> f64 {
        ratio(self.right, self.found)
    }

    /// The share of what was expected that was found.
    pub(crate) fn recall(&self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// The harmonic mean of precision and recall.
    pub(crate) fn f1(&self) -> f64 {
        ratio(2 * self.right, self.gold + self.found)
    }
}

/// A share; of nothing, all is right.
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}
