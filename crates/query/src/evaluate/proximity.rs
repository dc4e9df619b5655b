//! Items that stand near each other, in one segment.

use undex_document::Paragraph;
use undex_schema::tantivy::fieldnorm::FieldNormReader;
use undex_schema::tantivy::postings::{Postings, SegmentPostings};
use undex_schema::tantivy::schema::IndexRecordOption;
use undex_schema::tantivy::{DocAddress, DocSet, Searcher, Term};
use undex_schema::{FIELD_LANGUAGES, Fields};

use super::cursor::{Opening, go_to};
use super::window::{Places, Scores, Window};
use crate::plan::Proximity;
use crate::proximity::Match;
use crate::{SearchError, TextField};

/// The items of a pattern opened on a segment.
pub(super) struct OpenProximity {
    plan: Proximity,
    words: Vec<OpenWord>,
    /// Of the field that is searched, for the score.
    lengths: FieldNormReader,
    borders: Borders,
    fields: Fields,
    searcher: Searcher,
    segment: u32,
}

struct OpenWord {
    /// Gone through for the paragraphs with the word.
    all: Vec<SegmentPostings>,
    /// Moved to the paragraphs that have all words, for their places.
    placed: Vec<SegmentPostings>,
}

/// What tells whether a match lies within one text: the engine counts places on from a text to its notes
/// with one place between, so that places alone do not.
struct Borders {
    texts: Vec<FieldNormReader>,
    notes: Vec<FieldNormReader>,
}

impl Borders {
    fn open(with: &Opening<'_>) -> Result<Self, SearchError> {
        let open = |field| with.segment.get_fieldnorms_reader(field);
        let (mut texts, mut notes) = (Vec::new(), Vec::new());
        for language in FIELD_LANGUAGES {
            texts.push(open(with.fields.text(language))?);
            notes.push(open(with.fields.notes(language))?);
        }
        Ok(Self { texts, notes })
    }

    /// Whether a place is certainly in the text. What is known is the number of words of the text
    /// rounded down, and without those that are left out of stemmed text.
    fn in_text(&self, place: u32, document: u32) -> bool {
        let sum = |readers: &[FieldNormReader]| -> u32 {
            readers.iter().map(|reader| reader.fieldnorm(document)).sum()
        };
        sum(&self.notes) == 0 || place < sum(&self.texts)
    }
}

impl OpenProximity {
    pub(super) fn open(plan: &Proximity, with: &Opening<'_>) -> Result<Self, SearchError> {
        let index = with.segment.inverted_index(plan.field)?;
        let mut words = Vec::new();
        for word in plan.words() {
            let (mut all, mut placed) = (Vec::new(), Vec::new());
            for text in &word.terms {
                let term = Term::from_field_text(plan.field, text);
                all.extend(index.read_postings(&term, IndexRecordOption::Basic)?);
                let option = IndexRecordOption::WithFreqsAndPositions;
                placed.extend(index.read_postings(&term, option)?);
            }
            words.push(OpenWord { all, placed });
        }
        Ok(Self {
            plan: plan.clone(),
            words,
            lengths: with.segment.get_fieldnorms_reader(plan.field)?,
            borders: Borders::open(with)?,
            fields: with.fields.clone(),
            searcher: with.searcher.clone(),
            segment: with.number,
        })
    }

    /// The paragraphs of the next window that match, and their scores.
    pub(super) fn find(&mut self, window: Window) -> Result<(Places, Scores), SearchError> {
        let (mut found, mut scores) = (Places::none(), Scores::none());
        let mut candidates: Option<Places> = None;
        // Every word is asked, found or not: each has to move on to the next window.
        for word in &mut self.words {
            let mut here = Places::none();
            for postings in &mut word.all {
                go_to(postings, window);
                while postings.doc() < window.end {
                    here.insert(window.place(postings.doc()));
                    postings.advance();
                }
            }
            match &mut candidates {
                Some(candidates) => candidates.keep(&here),
                None => candidates = Some(here),
            }
        }
        let mut places: Vec<Vec<u32>> = vec![Vec::new(); self.words.len()];
        for place in candidates.iter().flat_map(Places::iter) {
            let document = window.document(place);
            for (word, places) in self.words.iter_mut().zip(&mut places) {
                word.places(document, places);
            }
            let matches = self.certain(self.plan.matches(&places), document)?;
            if !matches.is_empty() {
                found.insert(place);
                scores.add(place, self.plan.score(&matches, self.lengths.fieldnorm_id(document)));
            }
        }
        Ok((found, scores))
    }

    /// The matches that lie within one text.
    ///
    /// Where places alone show some, these are all that count: a paragraph is read only where it decides
    /// whether there is a match at all.
    fn certain(&self, mut found: Vec<Match>, document: u32) -> Result<Vec<Match>, SearchError> {
        let any = !found.is_empty();
        found.retain(|one| match self.plan.kind {
            // One text for each paragraph.
            TextField::Title | TextField::Verb => true,
            TextField::Everywhere => self.borders.in_text(one.last(), document),
            TextField::Heading | TextField::Note => false,
        });
        if !any || !found.is_empty() {
            return Ok(found);
        }
        let address = DocAddress::new(self.segment, document);
        let (_, paragraph) = self.fields.paragraph(&self.searcher, address)?;
        let texts = texts(&paragraph, self.plan.kind);
        Ok(texts.flat_map(|text| self.plan.matches_in(text)).collect())
    }
}

/// The texts of a paragraph that a field holds as values of their own.
fn texts(paragraph: &Paragraph, kind: TextField) -> impl Iterator<Item = &str> {
    let text = (kind == TextField::Everywhere).then_some(paragraph.text.as_str());
    let (notes, headings) = match kind {
        TextField::Everywhere | TextField::Note => (paragraph.notes.as_slice(), [].as_slice()),
        TextField::Heading => ([].as_slice(), paragraph.headings.as_slice()),
        TextField::Title | TextField::Verb => ([].as_slice(), [].as_slice()),
    };
    let notes = notes.iter().map(|note| note.text.as_str());
    text.into_iter().chain(notes).chain(headings.iter().map(String::as_str))
}

impl OpenWord {
    /// Where the word stands in a document. Documents are asked for in ascending order.
    fn places(&mut self, document: u32, places: &mut Vec<u32>) {
        places.clear();
        for postings in &mut self.placed {
            if postings.doc() < document {
                postings.seek(document);
            }
            if postings.doc() == document {
                postings.append_positions_with_offset(0, places);
            }
        }
        places.sort_unstable();
        places.dedup();
    }
}
