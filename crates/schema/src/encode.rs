//! Documents to engine documents and back.

use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};
use undex_document::{Date, Document, Paragraph, Symbol, opening_verb};

use crate::likeness::TitleSum;
use crate::{DecodeError, DocumentKey, DocumentRecord, EncodeError, Fields, Likeness, WordList};

/// A date as the number that [`Fields::date`] holds.
pub fn date_number(date: Date) -> u64 {
    let part = |value: i16| u64::try_from(value).unwrap_or_default();
    part(date.year()) * 10_000 + part(date.month().into()) * 100 + part(date.day().into())
}

/// The date a document is filtered by: its own, or the first day of the year that its symbol names.
pub fn filing_date(date: Option<Date>, symbol: &Symbol) -> Option<Date> {
    date.or_else(|| Date::new(symbol.year()?, 1, 1).ok())
}

impl Fields {
    /// The engine documents of a document: its paragraphs in order, then its record.
    ///
    /// `witnesses` are the words of the document before anything in it was mended on the word of
    /// other documents; `None` when nothing was.
    ///
    /// # Errors
    /// When a part of the document cannot be written as it is stored.
    pub fn encode(
        &self,
        document: &Document,
        witnesses: Option<&WordList>,
    ) -> Result<Vec<TantivyDocument>, EncodeError> {
        let key = DocumentKey::of(document).to_string();
        let mut encoded = Vec::with_capacity(document.paragraphs.len() + 1);
        let title = TitleSum::of(document);
        for paragraph in &document.paragraphs {
            encoded.push(self.encode_paragraph(document, paragraph, (&key, title))?);
        }
        encoded.push(self.encode_record(document, &key, witnesses)?);
        Ok(encoded)
    }

    fn encode_paragraph(
        &self,
        document: &Document,
        paragraph: &Paragraph,
        (key, title_sum): (&str, TitleSum),
    ) -> Result<TantivyDocument, EncodeError> {
        let language = document.language;
        let mut encoded = TantivyDocument::new();
        encoded.add_text(self.text(language), &paragraph.text);
        encoded.add_text(self.exact, &paragraph.text);
        for note in &paragraph.notes {
            encoded.add_text(self.notes(language), &note.text);
            encoded.add_text(self.exact, &note.text);
        }
        for heading in &paragraph.headings {
            encoded.add_text(self.headings(language), heading);
        }
        if let Some(title) = &document.title {
            encoded.add_text(self.title(language), title);
        }
        if let Some(verb) = opening_verb(&paragraph.text, paragraph.role, language) {
            encoded.add_text(self.verb(language), &verb);
            encoded.add_text(self.opening_verb, &verb);
        }
        for symbol in &document.symbols {
            encoded.add_text(self.symbol, symbol.as_str());
            for prefix in symbol.prefixes() {
                encoded.add_text(self.symbol_prefix, prefix);
            }
            for (stroke, _) in symbol.body().match_indices('/') {
                encoded.add_text(self.body, symbol.body().get(..stroke).unwrap_or_default());
            }
            encoded.add_text(self.body, symbol.body());
        }
        encoded.add_text(self.document, key);
        encoded.add_text(self.language, language.code());
        encoded.add_text(self.kind, document.kind.name());
        encoded.add_text(self.role, paragraph.role.name());
        encoded.add_text(self.pinpoint, paragraph.pinpoint.to_string());
        self.encode_citations(document, paragraph, &mut encoded);
        if let Some(date) = filing_date(document.date, &document.symbol) {
            encoded.add_u64(self.date, date_number(date));
        }
        encoded.add_u64(self.ordinal, paragraph.ordinal.into());
        let likeness = Likeness::of(&paragraph.text, title_sum);
        encoded.add_u64(self.text_sum, likeness.text);
        encoded.add_u64(self.likeness, likeness.near);
        encoded.add_bytes(self.stored, &packed(paragraph)?);
        Ok(encoded)
    }

    fn encode_record(
        &self,
        document: &Document,
        key: &str,
        witnesses: Option<&WordList>,
    ) -> Result<TantivyDocument, EncodeError> {
        let mut encoded = TantivyDocument::new();
        encoded.add_text(self.document, key);
        encoded.add_text(self.record, key);
        for symbol in &document.symbols {
            encoded.add_text(self.record_symbol, symbol.as_str());
        }
        let words = words_of(document);
        let vocabulary = self.vocabulary(document.language);
        for term in witnesses.unwrap_or(&words).terms() {
            encoded.add_text(vocabulary, term);
        }
        for term in witnesses.iter().flat_map(|witnesses| words.restored_terms(witnesses)) {
            encoded.add_text(vocabulary, term);
        }
        self.encode_cited(document, &mut encoded)?;
        encoded.add_bytes(self.stored, &packed(&DocumentRecord::of(document))?);
        Ok(encoded)
    }

    /// The term that finds, and on replacing deletes, everything the index holds of a document.
    pub fn document_term(&self, key: &DocumentKey) -> Term {
        Term::from_field_text(self.document, &key.to_string())
    }

    /// The term that finds the record of a document.
    pub fn record_term(&self, key: &DocumentKey) -> Term {
        Term::from_field_text(self.record, &key.to_string())
    }

    /// Reads a paragraph with the key of its document.
    ///
    /// # Errors
    /// When the index does not hold what it should.
    pub fn paragraph(
        &self,
        searcher: &Searcher,
        address: DocAddress,
    ) -> Result<(DocumentKey, Paragraph), DecodeError> {
        let stored: TantivyDocument = searcher.doc(address)?;
        let key = stored.get_first(self.document).and_then(|value| value.as_str());
        let key = key.unwrap_or_default().parse().map_err(damaged)?;
        Ok((key, unpacked(&stored, self.stored)?))
    }

    /// Reads the record of a document.
    ///
    /// # Errors
    /// As for [`Fields::paragraph`].
    pub fn document_record(
        &self,
        searcher: &Searcher,
        address: DocAddress,
    ) -> Result<DocumentRecord, DecodeError> {
        self.read_stored(searcher, address, self.stored)
    }

    pub(crate) fn read_stored<T: serde::de::DeserializeOwned>(
        &self,
        searcher: &Searcher,
        address: DocAddress,
        field: Field,
    ) -> Result<T, DecodeError> {
        unpacked(&searcher.doc(address)?, field)
    }
}

/// What is stored, as bytes. Not as JSON, in which pinpoints are worded for people: what comes back must be
/// exactly what was indexed, also where a wording could be read in two ways.
pub(crate) fn packed<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, EncodeError> {
    postcard::to_stdvec(value).map_err(|error| EncodeError { reason: error.to_string() })
}

fn unpacked<T: serde::de::DeserializeOwned>(
    stored: &TantivyDocument,
    field: Field,
) -> Result<T, DecodeError> {
    let bytes = stored.get_first(field).and_then(|value| value.as_bytes());
    match postcard::take_from_bytes(bytes.unwrap_or_default()) {
        Ok((value, [])) => Ok(value),
        Ok(_) => Err(damaged("more is stored than was written")),
        Err(error) => Err(damaged(error)),
    }
}

/// The words of a document's paragraphs, notes and title.
pub fn words_of(document: &Document) -> WordList {
    let mut words = WordList::default();
    words.add(document.title.as_deref().unwrap_or_default());
    for paragraph in &document.paragraphs {
        words.add_paragraph(paragraph);
    }
    words
}

fn damaged(error: impl std::fmt::Display) -> DecodeError {
    DecodeError { reason: error.to_string() }
}
