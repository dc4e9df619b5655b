//! What a snippet marks: the words, prefixes and phrases of a query, found in a text by the same
//! analysis that indexed it, and the citations that it asks for.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use crate::proximity::Pattern;
use undex_document::{Citation, CitedIn, Language, Note, Paragraph, Symbol};
use undex_schema::{Form, WordScanner, analysed, cited_forms};

/// What is marked in texts and in notes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Highlights {
    pub(crate) text: Targets,
    pub(crate) notes: Targets,
    /// Documents whose citations are marked, by every name they go by.
    cited: HashSet<Symbol>,
    /// The same for everything under these parts of a symbol.
    cited_under: Vec<String>,
}

/// What is marked in one kind of text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Targets {
    stems: HashMap<Language, HashSet<String>>,
    /// Words, each with what it is counted as.
    exact: HashMap<String, String>,
    prefixes: Vec<String>,
    phrases: Vec<Vec<String>>,
    near: Vec<NearWords>,
}

/// Words that are marked only where they stand near each other.
#[derive(Clone, Debug)]
pub(crate) struct NearWords {
    pub(crate) pattern: Pattern,
    /// For each word of the pattern, the folded words it may be.
    pub(crate) words: Vec<BTreeSet<String>>,
}

/// A marked stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Its place, in bytes.
    pub(crate) range: Range<usize>,
    /// What matched there, in the form that is equal for all its occurrences.
    pub(crate) what: String,
}

impl Highlights {
    pub(crate) fn add_cited(&mut self, names: &[Symbol]) {
        self.cited.extend(names.iter().cloned());
    }

    pub(crate) fn add_cited_under(&mut self, prefix: &str) {
        self.cited_under.push(prefix.to_owned());
    }

    /// The stretches of a paragraph's text to mark.
    pub(crate) fn in_text(&self, paragraph: &Paragraph, language: Language) -> Vec<Mark> {
        let marks = self.text.marks(&paragraph.text, language);
        self.with_citations(marks, paragraph, &CitedIn::Text, &paragraph.text)
    }

    /// The stretches of one of its notes to mark.
    pub(crate) fn in_note(
        &self,
        paragraph: &Paragraph,
        note: &Note,
        language: Language,
    ) -> Vec<Mark> {
        let marks = self.notes.marks(&note.text, language);
        self.with_citations(marks, paragraph, &CitedIn::Note(note.mark.clone()), &note.text)
    }

    fn with_citations(
        &self,
        mut marks: Vec<Mark>,
        paragraph: &Paragraph,
        found_in: &CitedIn,
        text: &str,
    ) -> Vec<Mark> {
        if self.cited.is_empty() && self.cited_under.is_empty() {
            return marks;
        }
        let byte = |character: u32| {
            let place = text.char_indices().nth(character as usize);
            place.map_or(text.len(), |(byte, _)| byte)
        };
        for citation in &paragraph.citations {
            if citation.found_in == *found_in && self.is_cited(citation) {
                let range = byte(citation.start)..byte(citation.end);
                marks.push(Mark { range, what: citation.symbol.as_str().to_owned() });
            }
        }
        joined(marks)
    }

    fn is_cited(&self, citation: &Citation) -> bool {
        std::iter::once(&citation.symbol).chain(&citation.candidates).any(|symbol| {
            cited_forms(symbol).iter().any(|form| {
                self.cited.contains(form)
                    || form.prefixes().any(|start| self.cited_under.iter().any(|p| p == start))
            })
        })
    }
}

impl Targets {
    pub(crate) fn add_stem(&mut self, language: Language, stem: &str) {
        self.stems.entry(analysed(language)).or_default().insert(stem.to_owned());
    }

    pub(crate) fn add_exact(&mut self, folded: &str) {
        self.add_word(folded, folded);
    }

    /// A folded word that counts as an occurrence of `what`.
    pub(crate) fn add_word(&mut self, folded: &str, what: &str) {
        self.exact.insert(folded.to_owned(), what.to_owned());
    }

    pub(crate) fn add_near(&mut self, near: NearWords) {
        self.near.push(near);
    }

    pub(crate) fn add_prefix(&mut self, folded: &str) {
        self.prefixes.push(folded.to_owned());
    }

    /// Words that are marked only together, folded.
    pub(crate) fn add_phrase(&mut self, words: Vec<String>) {
        if !words.is_empty() {
            self.phrases.push(words);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.stems.is_empty()
            && self.exact.is_empty()
            && self.prefixes.is_empty()
            && self.phrases.is_empty()
            && self.near.is_empty()
    }

    /// The stretches of a text to mark, in order, none touching another.
    pub(crate) fn marks(&self, text: &str, language: Language) -> Vec<Mark> {
        if self.is_empty() {
            return Vec::new();
        }
        let stems = self.stems.get(&analysed(language));
        let form = Form::Stemmed(analysed(language));
        let mut marks = Vec::new();
        let mut words: Vec<(Range<usize>, String)> = Vec::new();
        let mut scanner = WordScanner::new(text);
        let (mut folded, mut stem) = (String::new(), String::new());
        while scanner.advance() {
            if !Form::Exact.term_into(&scanner, &mut folded) {
                folded.clear();
            }
            let stemmed = stems.is_some() && form.term_into(&scanner, &mut stem);
            let by_stem = stemmed && stems.is_some_and(|stems| stems.contains(&stem));
            let by_prefix = || self.prefixes.iter().find(|prefix| folded.starts_with(*prefix));
            let what = if by_stem {
                Some(stem.clone())
            } else if let Some(what) = self.exact.get(&folded) {
                Some(what.clone())
            } else {
                by_prefix().cloned()
            };
            if let Some(what) = what {
                marks.push(Mark { range: scanner.range(), what });
            }
            if !self.phrases.is_empty() || !self.near.is_empty() {
                words.push((scanner.range(), folded.clone()));
            }
        }
        for phrase in &self.phrases {
            for window in words.windows(phrase.len()) {
                if window.iter().map(|(_, word)| word).eq(phrase) {
                    let start = window.first().map_or(0, |(range, _)| range.start);
                    let end = window.last().map_or(0, |(range, _)| range.end);
                    marks.push(Mark { range: start..end, what: phrase.join(" ") });
                }
            }
        }
        for near in &self.near {
            near.marks(&words, &mut marks);
        }
        joined(marks)
    }
}

impl NearWords {
    /// Adds what is marked in a text, given by all its words.
    fn marks(&self, words: &[(Range<usize>, String)], marks: &mut Vec<Mark>) {
        let mut places: Vec<Vec<u32>> = vec![Vec::new(); self.words.len()];
        for (at, (_, word)) in (0u32..).zip(words) {
            for (wanted, places) in self.words.iter().zip(&mut places) {
                if wanted.contains(word) {
                    places.push(at);
                }
            }
        }
        let places: Vec<&[u32]> = places.iter().map(Vec::as_slice).collect();
        for found in self.pattern.find(&places) {
            for (number, (first, last)) in found.items.iter().enumerate() {
                let range = |at: u32| words.get(at as usize).map(|(range, _)| range);
                if let (Some(first), Some(last)) = (range(*first), range(*last)) {
                    // Forms of one word are one word; what tells it is its place in the query.
                    let what = format!("{number}");
                    marks.push(Mark { range: first.start..last.end, what });
                }
            }
        }
    }
}

/// Marks in order, those that overlap made one.
fn joined(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
    let mut joined: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        match joined.last_mut() {
            Some(last) if mark.range.start < last.range.end => {
                last.range.end = last.range.end.max(mark.range.end);
            }
            _ => joined.push(mark),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(targets: &Targets, text: &str, language: Language) -> String {
        let mut shown = String::new();
        let mut done = 0;
        for mark in targets.marks(text, language) {
            shown.push_str(&text[done..mark.range.start]);
            shown.push('[');
            shown.push_str(&text[mark.range.clone()]);
            shown.push(']');
            done = mark.range.end;
        }
        shown.push_str(&text[done..]);
        shown
    }

    #[test]
    fn marks() {
        let mut targets = Targets::default();
        targets.add_stem(Language::Spanish, &undex_schema::stem("operación", Language::Spanish));
        targets.add_stem(Language::French, &undex_schema::stem("assemblée", Language::French));
        targets.add_exact("cyber");
        targets.add_prefix("confian");
        targets.add_phrase(vec!["legally".into(), "binding".into()]);
        targets.add_phrase(vec!["binding".into(), "rules".into()]);
        // (text, language, marked, why)
        let table = [
            ("las operaciones", Language::Spanish, "las [operaciones]", "another form"),
            ("l’Assemblée", Language::French, "l’[Assemblée]", "without the elided article"),
            ("l’Assemblée", Language::Spanish, "l’Assemblée", "a stem of another language"),
            ("Cyber!", Language::English, "[Cyber]!", "the word itself"),
            ("confianza, fianza", Language::Spanish, "[confianza], fianza", "a prefix"),
            ("legally, binding law", Language::English, "[legally, binding] law", "a phrase"),
            ("binding and legally", Language::English, "binding and legally", "no phrase"),
            ("legally binding rules", Language::English, "[legally binding rules]", "overlap"),
            ("", Language::English, "", "nothing"),
        ];
        for (text, language, expected, why) in table {
            assert_eq!(marked(&targets, text, language), expected, "{why}");
        }
    }
}
