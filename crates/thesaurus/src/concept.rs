//! One thing and what it is called.

use undex_document::Language;

/// Labels of one concept, of all languages together. Each becomes a part of a query.
pub const MAX_LABELS_OF_CONCEPT: usize = 64;

/// The length of a label in bytes: a line of a printed thesaurus has less.
pub const MAX_LABEL_BYTES: usize = 256;

/// Words of a label, told by the spaces between them; each becomes a word of a query.
pub const MAX_LABEL_WORDS: usize = 16;

/// One thing and what it is called: at least two labels, each once in its language.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Concept {
    /// The address of the concept in the thesaurus it was imported from.
    pub source: Option<String>,
    labels: Vec<(Language, String)>,
}

impl Concept {
    /// A concept without labels yet.
    pub(crate) fn new(source: Option<String>) -> Self {
        Self { source, labels: Vec::new() }
    }

    /// Its labels with their languages, those of a language side by side, in the order of the file.
    pub fn labels(&self) -> impl ExactSizeIterator<Item = (Language, &str)> {
        self.labels.iter().map(|(language, label)| (*language, label.as_str()))
    }

    /// Its labels in a language.
    pub fn labels_in(&self, language: Language) -> impl Iterator<Item = &str> {
        self.labels().filter(move |(of, _)| *of == language).map(|(_, label)| label)
    }

    /// Adds a label, its spaces made single, unless the language has it already in any case of letters.
    pub(crate) fn add(&mut self, language: Language, label: &str) -> Result<(), BadLabel> {
        let label = tidy(label)?;
        let same = |known: &str| known == label || known.to_lowercase() == label.to_lowercase();
        if self.labels_in(language).any(same) {
            return Ok(());
        }
        if self.labels.len() == MAX_LABELS_OF_CONCEPT {
            return Err(BadLabel::TooMany);
        }
        // Behind the last of its language, or of those before it.
        let place = self.labels.iter().rposition(|(of, _)| *of <= language);
        self.labels.insert(place.map_or(0, |place| place + 1), (language, label));
        Ok(())
    }
}

/// Why a label cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadLabel {
    #[error("has no letter or digit")]
    Empty,
    #[error("is longer than {MAX_LABEL_BYTES} bytes")]
    TooLong,
    #[error("has more than {MAX_LABEL_WORDS} words")]
    TooManyWords,
    #[error("is one more than the {MAX_LABELS_OF_CONCEPT} labels a concept may have")]
    TooMany,
}

impl BadLabel {
    /// Whether a bound was met.
    pub(crate) fn is_limit(self) -> bool {
        self != Self::Empty
    }
}

/// A label on one line with single spaces.
fn tidy(label: &str) -> Result<String, BadLabel> {
    if label.len() > MAX_LABEL_BYTES {
        return Err(BadLabel::TooLong);
    }
    if !label.contains(char::is_alphanumeric) {
        return Err(BadLabel::Empty);
    }
    let mut words = 0;
    let mut tidy = String::with_capacity(label.len());
    for word in label.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if words > 0 {
            tidy.push(' ');
        }
        words += 1;
        tidy.push_str(word);
    }
    if words > MAX_LABEL_WORDS { Err(BadLabel::TooManyWords) } else { Ok(tidy) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        let long = "a".repeat(MAX_LABEL_BYTES + 1);
        let words = "a ".repeat(MAX_LABEL_WORDS + 1);
        // (label, what becomes of it)
        let table = [
            ("  brain\n\tdrain ", Ok("brain drain")),
            ("brain\u{1b}drain", Ok("brain drain")),
            (" – ", Err(BadLabel::Empty)),
            ("", Err(BadLabel::Empty)),
            (&long, Err(BadLabel::TooLong)),
            (&words, Err(BadLabel::TooManyWords)),
        ];
        for (label, expected) in table {
            assert_eq!(tidy(label), expected.map(str::to_owned), "{label:?}");
        }
    }

    #[test]
    fn a_label_stands_once_in_its_language_and_beside_it() {
        let mut concept = Concept::new(None);
        for (language, label) in [
            (Language::Spanish, "minas"),
            (Language::English, "mines"),
            (Language::French, "mines"),
            (Language::English, "MINES"),
            (Language::English, "landmines"),
        ] {
            concept.add(language, label).unwrap();
        }
        let labels: Vec<_> = concept.labels().collect();
        assert_eq!(
            labels,
            [
                (Language::English, "mines"),
                (Language::English, "landmines"),
                (Language::French, "mines"),
                (Language::Spanish, "minas"),
            ]
        );
    }

    #[test]
    fn labels_are_bounded() {
        let mut concept = Concept::new(None);
        for number in 0..MAX_LABELS_OF_CONCEPT {
            concept.add(Language::English, &format!("label {number}")).unwrap();
        }
        assert_eq!(concept.add(Language::English, "one more"), Err(BadLabel::TooMany));
        assert_eq!(concept.add(Language::English, "label 1"), Ok(()), "it is known");
    }
}
