//! Writing the file, and adding to one that people keep.

use std::collections::HashSet;
use std::fmt::Write;

use undex_document::Language;

use crate::{Concept, Thesaurus};

/// What is to be added to a file so that it also holds another thesaurus.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Addition {
    /// The text to add at the end of the file, which stays as it is otherwise: its comments are its
    /// author's.
    pub text: String,
    /// How many concepts it has.
    pub added: usize,
    /// How many concepts the file has already, by their source or by all their labels.
    pub known: usize,
}

impl Concept {
    /// The concept as TOML, one table.
    pub fn to_toml(&self) -> String {
        let mut toml = String::new();
        write_concept(&mut toml, self);
        toml
    }
}

impl Thesaurus {
    /// The thesaurus as TOML that [`Thesaurus::parse`] reads back to the same.
    pub fn to_toml(&self) -> String {
        let concepts: Vec<String> = self.concepts.iter().map(Concept::to_toml).collect();
        concepts.join("\n")
    }

    /// What a file with this thesaurus lacks of another one.
    pub fn addition(&self, other: &Thesaurus) -> Addition {
        let sources: HashSet<&str> =
            self.concepts.iter().filter_map(|concept| concept.source.as_deref()).collect();
        let labels: HashSet<Vec<(Language, String)>> = self.concepts.iter().map(folded).collect();
        let is_known = |concept: &Concept| {
            concept.source.as_deref().is_some_and(|source| sources.contains(source))
                || labels.contains(&folded(concept))
        };
        let mut addition = Addition { text: String::new(), added: 0, known: 0 };
        for concept in &other.concepts {
            if is_known(concept) {
                addition.known += 1;
                continue;
            }
            addition.added += 1;
            addition.text.push('\n');
            write_concept(&mut addition.text, concept);
        }
        addition
    }
}

/// The labels of a concept in small letters and in one order.
fn folded(concept: &Concept) -> Vec<(Language, String)> {
    let mut labels: Vec<_> =
        concept.labels().map(|(language, label)| (language, label.to_lowercase())).collect();
    labels.sort_unstable();
    labels
}

fn write_concept(toml: &mut String, concept: &Concept) {
    toml.push_str("[[concept]]\n");
    for language in [
        Language::English,
        Language::Spanish,
        Language::French,
        Language::Arabic,
        Language::Chinese,
        Language::Russian,
    ] {
        let labels: Vec<String> = concept.labels_in(language).map(quoted).collect();
        if !labels.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(toml, "{} = [{}]", language.code(), labels.join(", "));
        }
    }
    if let Some(source) = &concept.source {
        let _ = writeln!(toml, "source = {}", quoted(source));
    }
}

/// A basic string of TOML (1.0.0, "String").
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let file = "[[concept]]\nen = [\"the \\\"grey\\\" zone\", 'back\\slash']\nsource = \"a\\u0007b\"\n\n\
                    [[concept]]\nfr = [\"fuite des cerveaux\"]\nes = [\"fuga de cerebros\"]";
        let thesaurus = Thesaurus::parse("t.toml", file).unwrap();
        let written = thesaurus.to_toml();
        assert_eq!(Thesaurus::parse("t.toml", &written).unwrap(), thesaurus);
        assert!(written.ends_with("es = [\"fuga de cerebros\"]\nfr = [\"fuite des cerveaux\"]\n"));
    }

    #[test]
    fn what_is_known_is_not_added() {
        let file =
            "# Ours.\n[[concept]]\nen = ['a', 'b']\n[[concept]]\nen = ['c', 'd']\nsource = 'x:1'\n";
        let other = "[[concept]]\nen = ['B', 'A']\n[[concept]]\nen = ['c', 'e']\nsource = 'x:1'\n\
                     [[concept]]\nen = ['a', 'b', 'f']\n";
        let ours = Thesaurus::parse("t.toml", file).unwrap();
        let addition = ours.addition(&Thesaurus::parse("o.toml", other).unwrap());
        assert_eq!((addition.added, addition.known), (1, 2));
        let both = Thesaurus::parse("t.toml", &format!("{file}{}", addition.text)).unwrap();
        assert_eq!(both.concepts().len(), 3);
        assert_eq!(both.concepts()[..2], ours.concepts()[..]);
    }
}
