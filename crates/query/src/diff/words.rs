//! The words that differ between two texts.

use serde::Serialize;

use super::common::in_common;

/// A stretch of words that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WordChange {
    /// The words that stood there, parted by spaces; empty when some were added.
    pub old: String,
    /// The words that stand there; empty when some were removed.
    pub new: String,
}

/// The words that differ between two texts, in order. Texts that differ in their spaces alone have
/// none.
pub fn changed_words(old: &str, new: &str) -> Vec<WordChange> {
    let old: Vec<&str> = old.split_whitespace().collect();
    let new: Vec<&str> = new.split_whitespace().collect();
    let mut changes = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (next_a, next_b) in in_common(&old, &new).into_iter().chain([(old.len(), new.len())]) {
        if a < next_a || b < next_b {
            let joined = |words: Option<&[&str]>| words.unwrap_or_default().join(" ");
            changes.push(WordChange {
                old: joined(old.get(a..next_a)),
                new: joined(new.get(b..next_b)),
            });
        }
        (a, b) = (next_a + 1, next_b + 1);
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ() {
        type Changes<'c> = &'c [(&'c str, &'c str)];
        // (old, new, changes, why)
        let table: [(&str, &str, Changes<'_>, &str); 7] = [
            ("Apples are red.", "Apples are red.", &[], "equal"),
            ("Apples are red.", "Apples  are\tred.", &[], "spaces"),
            ("Apples are red.", "Apples are raw.", &[("red.", "raw.")], "another word"),
            ("Apples are red.", "Apples are very red.", &[("", "very")], "one more"),
            ("All apples are red.", "apples are red.", &[("All", "")], "one less"),
            ("a b c d e", "x b c y z e", &[("a", "x"), ("d", "y z")], "two places"),
            ("", "new words", &[("", "new words")], "from nothing"),
        ];
        for (old, new, changes, why) in table {
            let found = changed_words(old, new);
            let found: Vec<(&str, &str)> =
                found.iter().map(|one| (one.old.as_str(), one.new.as_str())).collect();
            assert_eq!(found, changes, "{why}");
        }
    }
}
