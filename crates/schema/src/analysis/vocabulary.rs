//! The words of the corpus: the way from a word typed without accents to its stems, and the
//! witness for words that a converter broke.

use std::collections::{BTreeSet, HashSet};

use foldhash::fast::RandomState;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};
use undex_document::{Language, Paragraph};

use super::fold::{fold, keeps_typed_accents, without_vowel_accents};
use super::scan::{WordScanner, lower};
use super::stem::stem;
use crate::{DocumentKey, Fields, is_in_documents};

/// Parts the folded form from the accented one in a term; no word contains it.
pub(crate) const PART: char = '\0';

/// Ends the terms of words that stand in a document only because the corpus confirmed them; they
/// are found by searches and confirm nothing themselves.
pub(crate) const RESTORED: char = '\u{1}';

/// Accented forms taken for one folded word. The most found in Spanish is 5 (`publico`).
const MAX_FORMS: usize = 16;

/// A stem that a typed word stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryStem {
    /// The stem, a term of the stemmed fields of its language.
    pub text: String,
    /// Whether it is the stem of the word exactly as typed, not of another spelling.
    pub as_typed: bool,
}

/// The distinct words of a document, as terms of its vocabulary field.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    seen: HashSet<String, RandomState>,
}

impl WordList {
    /// Adds the words of a text. Numbers are no words.
    pub fn add(&mut self, text: &str) {
        let mut words = WordScanner::new(text);
        while words.advance() {
            let word = words.lower();
            if word.chars().any(char::is_alphabetic) && !self.seen.contains(word) {
                self.seen.insert(word.to_owned());
            }
        }
    }

    /// Adds the words of a paragraph and its notes.
    pub(crate) fn add_paragraph(&mut self, paragraph: &Paragraph) {
        self.add(&paragraph.text);
        for note in &paragraph.notes {
            self.add(&note.text);
        }
    }

    /// The words, in lower case with their accents, sorted.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        sorted(self.seen.iter())
    }

    /// The terms of these words.
    pub(crate) fn terms(&self) -> impl Iterator<Item = String> {
        self.words().map(term)
    }

    /// The terms of the words that are not in `witnesses`.
    pub(crate) fn restored_terms<'a>(
        &'a self,
        witnesses: &'a WordList,
    ) -> impl Iterator<Item = String> + 'a {
        sorted(self.seen.difference(&witnesses.seen)).map(|word| {
            let mut term = term(word);
            term.push(RESTORED);
            term
        })
    }
}

fn sorted<'w>(words: impl Iterator<Item = &'w String>) -> impl Iterator<Item = &'w str> {
    let mut sorted: Vec<&str> = words.map(String::as_str).collect();
    sorted.sort_unstable();
    sorted.into_iter()
}

/// The word of a term that is not of a [`RESTORED`] one.
pub(super) fn word_of_term(term: &[u8]) -> &[u8] {
    let part = term.iter().position(|byte| *byte == PART as u8).unwrap_or(term.len());
    match term.split_at(part) {
        (folded, [] | [_]) => folded,
        (_, [_, word @ ..]) => word,
    }
}

/// `folded`, a zero, and the word where it differs.
fn term(word: &str) -> String {
    let mut term = fold(word);
    let differs = term != word;
    term.push(PART);
    if differs {
        term.push_str(word);
    }
    term
}

/// The words held by an open index, per language.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    searcher: Searcher,
    fields: Fields,
}

impl Vocabulary {
    /// The vocabulary of an open index.
    pub fn new(searcher: Searcher, fields: Fields) -> Self {
        Self { searcher, fields }
    }

    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The forms with which a folded word stands in documents of a language, sorted; among them the
    /// folded one itself when it does.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn forms(&self, folded: &str, language: Language) -> tantivy::Result<BTreeSet<String>> {
        let field = self.fields.vocabulary(language);
        let prefix = format!("{folded}{PART}");
        let mut forms = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().range().ge(&prefix).into_stream()?;
            while stream.advance() && forms.len() < MAX_FORMS {
                let Some(form) = stream.key().strip_prefix(prefix.as_bytes()) else { break };
                if !is_in_documents(segment, &index, stream.value())? {
                    continue;
                }
                let form = std::str::from_utf8(form).unwrap_or_default();
                let form = form.trim_end_matches(RESTORED);
                forms.insert(if form.is_empty() { folded } else { form }.to_owned());
            }
        }
        Ok(forms)
    }

    /// In how many documents of a language a word, in lower case with its accents, stands whole;
    /// the document `besides` is not counted, nor are words that were made whole on the word of
    /// other documents.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn witnesses(
        &self,
        word: &str,
        language: Language,
        besides: Option<&DocumentKey>,
    ) -> tantivy::Result<u64> {
        let besides = match besides {
            Some(key) => self.documents_with(&self.fields.record_term(key))?,
            None => Vec::new(),
        };
        let term = Term::from_field_text(self.fields.vocabulary(language), &term(&lower(word)));
        let found = self.documents_with(&term)?;
        Ok(found.iter().filter(|address| !besides.contains(address)).count() as u64)
    }

    /// Where the documents with a term are that have not been deleted.
    fn documents_with(&self, term: &Term) -> tantivy::Result<Vec<DocAddress>> {
        let mut found = Vec::new();
        for (segment, place) in self.searcher.segment_readers().iter().zip(0u32..) {
            let index = segment.inverted_index(term.field())?;
            let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            let mut document = postings.doc();
            while document != TERMINATED {
                if !segment.is_deleted(document) {
                    found.push(DocAddress::new(place, document));
                }
                document = postings.advance();
            }
        }
        Ok(found)
    }

    /// The stems that a word of a query stands for in a language: its own, and those of the forms in
    /// the corpus that differ from it by accents left out. The first is that of the word as typed.
    ///
    /// `operacion` gives the stem of `operación` and `operaciones`, `securite` that of `sécurité`,
    /// and `interes` that of `intereses` even where `interés` never occurs. An accent that was typed
    /// is kept, but a heading in capitals without accents is still found.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn query_stems(&self, word: &str, language: Language) -> tantivy::Result<Vec<QueryStem>> {
        let language = analysed(language);
        let typed = lower(word);
        if language == Language::Undetermined {
            return Ok(vec![QueryStem { text: fold(&typed), as_typed: true }]);
        }
        let mut stems = vec![QueryStem { text: stem(&typed, language), as_typed: true }];
        let folded = fold(&typed);
        let plain = without_vowel_accents(&typed);
        let mut accented = false;
        for form in self.forms(&folded, language)? {
            accented |= form != folded;
            if keeps_typed_accents(&typed, &form) || form == plain {
                add(&mut stems, &form, language);
            }
        }
        if !accented && typed == folded {
            for other in other_numbers(&folded, language) {
                for form in self.forms(&other, language)? {
                    add(&mut stems, &form, language);
                }
            }
        }
        Ok(stems)
    }
}

fn add(stems: &mut Vec<QueryStem>, form: &str, language: Language) {
    let text = stem(form, language);
    if !stems.iter().any(|known| known.text == text) {
        stems.push(QueryStem { text, as_typed: false });
    }
}

/// The plural of a singular and the other way round, unaccented: an accent may stand in only one of
/// them (`interés`, `intereses`), or only one may occur.
fn other_numbers(folded: &str, language: Language) -> Vec<String> {
    let mut others = Vec::new();
    match language {
        Language::Spanish => {
            if folded.ends_with(['n', 's', 'l', 'r', 'd', 'z']) {
                others.push(format!("{folded}es"));
            } else {
                others.push(format!("{folded}s"));
            }
            others.extend(folded.strip_suffix("es").map(str::to_owned));
            others.extend(folded.strip_suffix('s').map(str::to_owned));
        }
        Language::French | Language::English => {
            others.push(format!("{folded}s"));
            others.extend(folded.strip_suffix('s').map(str::to_owned));
        }
        _ => {}
    }
    // Two letters and an ending are another word: `es`, `los`.
    others.retain(|other| other.len() > 3);
    others
}

/// The language whose analysis a document's text gets: [`Language::Undetermined`] for all without a
/// stemmer.
pub fn analysed(language: Language) -> Language {
    if Language::SUPPORTED.contains(&language) { language } else { Language::Undetermined }
}
