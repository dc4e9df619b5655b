//! The file that people write.

use serde::Deserialize;
use toml::Spanned;
use undex_document::Language;

use crate::Concept;

/// The length of a file in bytes: what a thesaurus of tens of thousands of concepts takes.
pub const MAX_FILE_BYTES: usize = 16 << 20;

/// Concepts of a thesaurus. A query is compared with the labels of all of them.
pub const MAX_CONCEPTS: usize = 50_000;

/// Concepts with their labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thesaurus {
    pub(crate) concepts: Vec<Concept>,
}

/// Why a thesaurus cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[error("{path}: {reason}")]
pub struct ThesaurusError {
    /// The file.
    pub path: String,
    /// What is wrong, where, and what to do.
    pub reason: String,
    limit: bool,
}

impl ThesaurusError {
    /// Whether a bound on the file was met.
    pub fn is_limit(&self) -> bool {
        self.limit
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    concept: Vec<Spanned<Entry>>,
}

/// A concept as it is written. Languages are fields, so that a slip in a code is told with its line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    source: Option<String>,
    #[serde(default)]
    ar: Vec<Spanned<String>>,
    #[serde(default)]
    zh: Vec<Spanned<String>>,
    #[serde(default)]
    en: Vec<Spanned<String>>,
    #[serde(default)]
    fr: Vec<Spanned<String>>,
    #[serde(default)]
    ru: Vec<Spanned<String>>,
    #[serde(default)]
    es: Vec<Spanned<String>>,
}

impl Thesaurus {
    /// Reads a thesaurus from TOML; `path` is for messages.
    ///
    /// Each `[[concept]]` has lists of labels under the codes of their languages, and may have a `source`,
    /// where it was imported from.
    ///
    /// # Errors
    /// When the text is longer than [`MAX_FILE_BYTES`], is not TOML of this shape, has more than
    /// [`MAX_CONCEPTS`] concepts, or a concept has fewer than two labels or a label that is out of bounds.
    pub fn parse(path: &str, toml: &str) -> Result<Self, ThesaurusError> {
        let error =
            |limit: bool, reason: String| ThesaurusError { path: path.to_owned(), reason, limit };
        if toml.len() > MAX_FILE_BYTES {
            return Err(error(
                true,
                format!("longer than {MAX_FILE_BYTES} bytes; leave out concepts or languages"),
            ));
        }
        let file: File = toml::from_str(toml).map_err(|cause| {
            let line = line(toml, cause.span().map_or(0, |span| span.start));
            let reason = cause.message().replace('\n', "; ");
            error(false, format!("line {line}: {reason}; write [[concept]] with lists of labels, such as en = [\"brain drain\"]"))
        })?;
        if file.concept.len() > MAX_CONCEPTS {
            return Err(error(
                true,
                format!(
                    "{} concepts, more than {MAX_CONCEPTS}; leave out those of no use",
                    file.concept.len()
                ),
            ));
        }
        let mut concepts = Vec::with_capacity(file.concept.len());
        for entry in file.concept {
            let starts = entry.span().start;
            let entry = entry.into_inner();
            let mut concept = Concept::new(entry.source);
            let languages = [
                (Language::Arabic, entry.ar),
                (Language::Chinese, entry.zh),
                (Language::English, entry.en),
                (Language::French, entry.fr),
                (Language::Russian, entry.ru),
                (Language::Spanish, entry.es),
            ];
            for (language, labels) in languages {
                for label in labels {
                    concept.add(language, label.get_ref()).map_err(|bad| {
                        let line = line(toml, label.span().start);
                        let shown: String = label.get_ref().chars().take(40).collect();
                        error(
                            bad.is_limit(),
                            format!(
                                "line {line}: the label {shown:?} {bad}; change it or leave it out"
                            ),
                        )
                    })?;
                }
            }
            if concept.labels().len() < 2 {
                let line = line(toml, starts);
                let has = if concept.labels().len() == 0 { "no label" } else { "one label" };
                return Err(error(
                    false,
                    format!(
                        "line {line}: the concept has {has}; give at least two that mean the same"
                    ),
                ));
            }
            concepts.push(concept);
        }
        Ok(Self { concepts })
    }

    /// The concepts, in the order of the file.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }
}

/// The line that a byte is in, from 1.
fn line(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MAX_LABEL_BYTES, MAX_LABELS_OF_CONCEPT};

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let long = format!("\n[[concept]]\nen = ['a', '{}']", "b".repeat(MAX_LABEL_BYTES + 1));
        let many: Vec<String> = (0..=MAX_LABELS_OF_CONCEPT).map(|n| format!("'l{n}'")).collect();
        let many = format!("[[concept]]\nen = [{}]", many.join(", "));
        let crowd = "[[concept]]\nen = ['a', 'b']\n".repeat(MAX_CONCEPTS + 1);
        // (file, words of the message, whether a bound was met, why)
        let table = [
            ("\n\n[[concept]]\nen = 'a'", "line 4: invalid type", false, "no list"),
            (
                "[[concept]]\nde = ['a', 'b']",
                "line 2: unknown field `de`",
                false,
                "no language of the UN",
            ),
            ("[[concepts]]\nen = ['a', 'b']", "line 1: unknown field `concepts`", false, "a slip"),
            (
                "[[concept]]\nen = ['a', 'A']",
                "line 1: the concept has one label",
                false,
                "one twice",
            ),
            (
                "[[concept]]\nen = ['a', 'b']\n[[concept]]\n",
                "line 3: the concept has no label",
                false,
                "none",
            ),
            (
                "[[concept]]\nen = ['a', '  ']",
                "line 2: the label \"  \" has no letter",
                false,
                "blank",
            ),
            (&long, "line 3: the label \"bbbb", true, "long"),
            (&many, "line 2: the label \"l64\" is one more", true, "many labels"),
            (&crowd, "50001 concepts, more than 50000", true, "many concepts"),
            (&" ".repeat(MAX_FILE_BYTES + 1), "longer than 16777216 bytes", true, "a long file"),
            ("[[concept", "line 1: ", false, "no TOML"),
        ];
        for (file, expected, limit, why) in table {
            let error = Thesaurus::parse("t.toml", file).unwrap_err();
            assert!(
                error.to_string().starts_with(&format!("t.toml: {expected}")),
                "{why}: {error}"
            );
            assert_eq!(error.is_limit(), limit, "{why}");
        }
    }

    #[test]
    fn languages_of_the_united_nations_are_read() {
        let file = "[[concept]]\nru = ['мины']\nzh = ['地雷']\nar = ['ألغام']\nsource = 'x:1'";
        let thesaurus = Thesaurus::parse("t.toml", file).unwrap();
        assert_eq!(thesaurus.concepts()[0].labels().count(), 3);
        assert_eq!(thesaurus.concepts()[0].source.as_deref(), Some("x:1"));
        assert!(Thesaurus::parse("t.toml", "# none yet").unwrap().is_empty());
    }
}
