//! Which documents are held under a symbol, without reading what is stored of them.

use undex_document::{Language, Symbol};
use undex_schema::tantivy::schema::IndexRecordOption;
use undex_schema::tantivy::{DocSet, TERMINATED, Term};
use undex_schema::{DecodeError, DocumentKey, Generation, cited_forms, parts_of, without_letter};

use crate::SearchError;
use crate::columns::TextColumn;

/// The keys of documents by their symbols; the columns are opened once for many questions.
pub(crate) struct Holdings<'g> {
    generation: &'g Generation,
    keys: Vec<TextColumn>,
}

impl<'g> Holdings<'g> {
    pub(crate) fn open(generation: &'g Generation) -> Result<Self, SearchError> {
        let field = generation.fields().document;
        let segments = generation.searcher().segment_readers().iter();
        let keys = segments.map(|segment| TextColumn::open(segment, field));
        Ok(Self { generation, keys: keys.collect::<Result<_, _>>()? })
    }

    /// The documents that go by exactly this symbol, sorted.
    pub(crate) fn under(&self, symbol: &Symbol) -> Result<Vec<DocumentKey>, SearchError> {
        let field = self.generation.fields().record_symbol;
        let term = Term::from_field_text(field, symbol.as_str());
        let mut found = Vec::new();
        let segments = self.generation.searcher().segment_readers();
        for (segment, keys) in segments.iter().zip(&self.keys) {
            let index = segment.inverted_index(field)?;
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            let mut numbers = Vec::new();
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    numbers.extend(keys.number(postings.doc()));
                }
                postings.advance();
            }
            let read = keys.read(numbers.into_iter(), |text| Ok::<_, SearchError>(key(text)?))?;
            found.extend(read.into_all());
        }
        found.sort();
        Ok(found)
    }

    /// The document that a symbol means, with the languages it is held in: the one held under it,
    /// otherwise under another form of it.
    pub(crate) fn resolve(
        &self,
        symbol: &Symbol,
    ) -> Result<Option<(Symbol, Vec<Language>)>, SearchError> {
        let mut forms = cited_forms(symbol);
        // The resolution as a whole goes before another part of it.
        if let Some(whole) = without_letter(symbol) {
            forms.insert(1, whole);
        }
        forms.extend(self.together(symbol)?);
        for form in forms {
            let keys = self.under(&form)?;
            let Some(held) = main(&keys, &form).map(|key| key.symbol.clone()) else { continue };
            let of_it = keys.iter().filter(|key| key.symbol == held);
            return Ok(Some((held.clone(), of_it.map(|key| key.language).collect())));
        }
        Ok(None)
    }

    /// The symbols under which several parts of a resolution are one document: `A/RES/80/244 A-C` for
    /// `A/RES/80/244` and for `A/RES/80/244 B`.
    fn together(&self, symbol: &Symbol) -> Result<Vec<Symbol>, SearchError> {
        let field = self.generation.fields().record_symbol;
        let whole = without_letter(symbol).unwrap_or_else(|| symbol.clone());
        let start = whole.as_str();
        let mut found = Vec::new();
        for segment in self.generation.searcher().segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().range().ge(start).into_stream()?;
            while terms.advance() && terms.key().starts_with(start.as_bytes()) {
                let term = String::from_utf8_lossy(terms.key()).parse::<Symbol>();
                let together = |term: &Symbol| {
                    without_letter(term).as_ref() == Some(&whole)
                        && parts_of(term).iter().any(|part| *symbol == whole || part == symbol)
                };
                found.extend(term.into_iter().filter(together));
            }
        }
        found.sort();
        found.dedup();
        Ok(found)
    }

    /// The symbols whose citations are citations of what `symbol` means: itself, what it names
    /// together, and every other symbol of the document held under it. A lettered part shares its
    /// document with other parts, so it goes by no symbol but its own.
    pub(crate) fn names(&self, symbol: &Symbol) -> Result<Vec<Symbol>, SearchError> {
        let mut names = vec![symbol.clone()];
        names.extend(parts_of(symbol));
        if without_letter(symbol).is_none()
            && let Some(key) = main(&self.under(symbol)?, symbol)
            && let Some(record) = self.generation.record(key)?
        {
            names.extend(record.symbols);
        }
        names.sort();
        names.dedup();
        Ok(names)
    }
}

/// The document meant by a symbol of several: one held under this very symbol goes before one that
/// merely shares it.
fn main<'k>(keys: &'k [DocumentKey], symbol: &Symbol) -> Option<&'k DocumentKey> {
    keys.iter().find(|key| key.symbol == *symbol).or(keys.first())
}

/// The key that a column holds.
pub(crate) fn key(text: &str) -> Result<DocumentKey, DecodeError> {
    text.parse().map_err(|error| DecodeError { reason: format!("{error}") })
}
