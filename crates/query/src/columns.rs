//! Columns of text, read for many engine documents at once and not from what is stored.

use std::collections::HashMap;

use undex_schema::tantivy::SegmentReader;
use undex_schema::tantivy::columnar::StrColumn;
use undex_schema::tantivy::schema::Field;

use crate::SearchError;

/// A column of text in one segment. The engine numbers the texts of a segment in their order.
pub(crate) struct TextColumn(Option<StrColumn>);

/// Texts of a column by their numbers.
pub(crate) type Texts = HashMap<u64, String>;

impl TextColumn {
    pub(crate) fn open(segment: &SegmentReader, field: Field) -> Result<Self, SearchError> {
        let name = segment.schema().get_field_name(field);
        Ok(Self(segment.fast_fields().str(name)?))
    }

    /// The number of the text that an engine document has.
    pub(crate) fn number(&self, document: u32) -> Option<u64> {
        self.0.as_ref()?.ords().first(document)
    }

    /// The texts with these numbers, each read once.
    pub(crate) fn texts(&self, numbers: impl Iterator<Item = u64>) -> Result<Texts, SearchError> {
        let Some(column) = &self.0 else { return Ok(Texts::new()) };
        let mut numbers: Vec<u64> = numbers.collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut texts = Texts::with_capacity(numbers.len());
        let mut wanted = numbers.iter();
        column.dictionary().sorted_ords_to_term_cb(&numbers, |text| {
            if let Some(number) = wanted.next() {
                texts.insert(*number, String::from_utf8_lossy(text).into_owned());
            }
        })?;
        Ok(texts)
    }
}
