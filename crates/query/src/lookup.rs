//! Documents by their symbol, whole or in part.

use undex_document::{Document, Language, Paragraph, Pinpoint, Step, Symbol};
use undex_schema::tantivy::{DocAddress, Term};
use undex_schema::{
    DocumentKey, DocumentRecord, addresses, is_in_documents, parts_of, without_letter,
};

use crate::holdings::Holdings;
use crate::{SearchError, Searcher};

/// Symbols offered when one is not held.
const MAX_SUGGESTIONS: usize = 5;

/// What the index holds under a symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Holding {
    /// The document, in these languages.
    Held {
        /// The symbol it is held under. It differs from the one asked for when the document goes by
        /// several, and when only another form of the symbol is held: `A/RES/217(III)` for
        /// `A/RES/217A(III)`.
        symbol: Symbol,
        /// The languages, in their order.
        languages: Vec<Language>,
    },
    /// Nothing.
    NotHeld {
        /// The held symbols that look most like it, nearest first.
        suggestions: Vec<Symbol>,
    },
}

/// Paragraphs of one language at a place.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Passage {
    /// The document, without its paragraphs.
    pub document: DocumentRecord,
    /// The paragraph at the place and those inside it, in order.
    pub paragraphs: Vec<Paragraph>,
}

/// The place in a document, held under a symbol that names several resolutions together, that was asked for
/// as one in one of them: `para. 3` of `A/RES/80/244 C` is `resolution C, para. 3` of `A/RES/80/244 A-C`.
/// Any other place is as it was.
pub fn place_in_held(asked: &Symbol, held: &Symbol, place: &Pinpoint) -> Pinpoint {
    let letter = without_letter(asked)
        .filter(|_| parts_of(held).contains(asked))
        .and_then(|whole| asked.as_str().strip_prefix(whole.as_str()));
    match (letter, place.steps()) {
        (None, _) | (_, [Step::Resolution(_), ..]) => place.clone(),
        (Some(letter), steps) => {
            let part = std::iter::once(Step::Resolution(letter.to_owned()));
            Pinpoint::new(part.chain(steps.iter().cloned()).collect())
        }
    }
}

impl Searcher {
    /// What is held under a symbol, with the spellings and fall-backs that people use.
    ///
    /// # Errors
    /// [`SearchError::Damaged`].
    pub fn holding(&self, symbol: &Symbol) -> Result<Holding, SearchError> {
        if let Some((symbol, languages)) = Holdings::open(&self.generation)?.resolve(symbol)? {
            return Ok(Holding::Held { symbol, languages });
        }
        Ok(Holding::NotHeld { suggestions: self.suggestions(symbol)? })
    }

    /// The languages a document is held in, in their order; none when it is not held.
    ///
    /// # Errors
    /// [`SearchError::Damaged`].
    pub fn languages_of(&self, symbol: &Symbol) -> Result<Vec<Language>, SearchError> {
        Ok(match self.holding(symbol)? {
            Holding::Held { languages, .. } => languages,
            Holding::NotHeld { .. } => Vec::new(),
        })
    }

    /// A whole document, its paragraphs in order. The symbol is looked up as by
    /// [`Searcher::holding`].
    ///
    /// # Errors
    /// [`SearchError::Damaged`].
    pub fn document(
        &self,
        symbol: &Symbol,
        language: Language,
    ) -> Result<Option<Document>, SearchError> {
        let Holding::Held { symbol, .. } = self.holding(symbol)? else { return Ok(None) };
        let Some(record) = self.record(&DocumentKey::new(symbol, language))? else {
            return Ok(None);
        };
        let paragraphs = self.paragraphs(&record.key())?;
        Ok(Some(Document {
            source: record.source,
            symbol: record.symbol,
            symbols: record.symbols,
            language: record.language,
            title: record.title,
            date: record.date,
            kind: record.kind,
            session: record.session,
            agenda_items: record.agenda_items,
            identified_by: record.identified_by,
            paragraphs,
            warnings: record.warnings,
        }))
    }

    /// The paragraph at a place of a document and those inside it, in each of `languages` that the
    /// document is held in; in all of them when `languages` is empty. A language that has nothing
    /// at the place gives an empty passage. The place in a resolution that is one of several in its
    /// document may be given as in that resolution: `A/RES/80/244 C, para. 3`.
    ///
    /// # Errors
    /// [`SearchError::Damaged`].
    pub fn paragraphs_at(
        &self,
        symbol: &Symbol,
        place: &Pinpoint,
        languages: &[Language],
    ) -> Result<Vec<Passage>, SearchError> {
        let asked = symbol;
        let Holding::Held { symbol, languages: held } = self.holding(symbol)? else {
            return Ok(Vec::new());
        };
        let place = &place_in_held(asked, &symbol, place);
        let wanted = if languages.is_empty() { held.as_slice() } else { languages };
        let mut passages = Vec::new();
        for language in wanted {
            let key = DocumentKey::new(symbol.clone(), *language);
            let Some(document) = self.record(&key)? else { continue };
            let mut paragraphs = self.paragraphs(&key)?;
            paragraphs.retain(|paragraph| paragraph.pinpoint.is_within(place));
            passages.push(Passage { document, paragraphs });
        }
        Ok(passages)
    }

    /// The record of a document, if it is held.
    pub(crate) fn record(&self, key: &DocumentKey) -> Result<Option<DocumentRecord>, SearchError> {
        Ok(self.generation.record(key)?)
    }

    /// The paragraphs of a document, in order.
    pub(crate) fn paragraphs(&self, key: &DocumentKey) -> Result<Vec<Paragraph>, SearchError> {
        let fields = self.generation.fields();
        let searcher = self.generation.searcher();
        let record: Vec<DocAddress> = self.addresses(&fields.record_term(key))?;
        let mut paragraphs = Vec::new();
        for address in self.addresses(&fields.document_term(key))? {
            if !record.contains(&address) {
                paragraphs.push(fields.paragraph(searcher, address)?.1);
            }
        }
        paragraphs.sort_by_key(|paragraph| paragraph.ordinal);
        Ok(paragraphs)
    }

    /// Where a term stands.
    pub(crate) fn addresses(&self, term: &Term) -> Result<Vec<DocAddress>, SearchError> {
        Ok(addresses(self.generation.searcher(), term)?)
    }

    fn suggestions(&self, wanted: &Symbol) -> Result<Vec<Symbol>, SearchError> {
        let field = self.generation.fields().record_symbol;
        // A third of the symbol may differ; more has nothing to do with it.
        let reach = (wanted.as_str().len() / 3).max(1);
        let mut near: Vec<(usize, Symbol)> = Vec::new();
        for segment in self.generation.searcher().segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().stream()?;
            while stream.advance() {
                let held = std::str::from_utf8(stream.key()).unwrap_or_default();
                let distance = distance(wanted.as_str(), held, reach);
                if let (Some(distance), Ok(symbol)) = (distance, held.parse::<Symbol>())
                    && !symbol.is_provisional()
                    && is_in_documents(segment, &index, stream.value())?
                {
                    near.push((distance, symbol));
                }
            }
        }
        near.sort();
        near.dedup();
        near.truncate(MAX_SUGGESTIONS);
        Ok(near.into_iter().map(|(_, symbol)| symbol).collect())
    }
}

/// How many letters have to be changed, added or dropped to make one text the other; none when more
/// than `reach`.
fn distance(a: &str, b: &str, reach: usize) -> Option<usize> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > reach {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (above_count, from) in (1usize..).zip(a) {
        let mut diagonal = above_count - 1;
        let mut left = above_count;
        let mut lowest = left;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, to) in row.iter_mut().skip(1).zip(b) {
            let changed = diagonal + usize::from(from != to);
            diagonal = *cell;
            *cell = changed.min(diagonal + 1).min(left + 1);
            left = *cell;
            lowest = lowest.min(left);
        }
        if lowest > reach {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        // (a, b, reach, distance)
        let table = [
            ("A/68/98", "A/68/98", 2, Some(0)),
            ("A/68/98", "A/68/89", 2, Some(2)),
            ("A/68/98", "A/68/987", 2, Some(1)),
            ("A/68/98", "A/86/98", 1, None),
            ("", "abc", 3, Some(3)),
            ("abc", "", 2, None),
            ("kitten", "sitting", 5, Some(3)),
        ];
        for (a, b, reach, expected) in table {
            assert_eq!(distance(a, b, reach), expected, "{a} {b}");
        }
    }
}
