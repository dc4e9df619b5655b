//! Columns of text, read for many engine documents at once and not from what is stored.

use undex_schema::tantivy::SegmentReader;
use undex_schema::tantivy::columnar::StrColumn;
use undex_schema::tantivy::schema::Field;

use crate::SearchError;

/// A column of text in one segment. The engine numbers the texts of a segment from 0, in their order.
pub(crate) struct TextColumn(Option<StrColumn>);

/// Something for some of the numbers of a column.
pub(crate) struct ByNumber<T>(Vec<Option<T>>);

impl TextColumn {
    pub(crate) fn open(segment: &SegmentReader, field: Field) -> Result<Self, SearchError> {
        let name = segment.schema().get_field_name(field);
        Ok(Self(segment.fast_fields().str(name)?))
    }

    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |column| column.num_terms())
    }

    /// The number of the text that an engine document has.
    pub(crate) fn number(&self, document: u32) -> Option<u64> {
        self.0.as_ref()?.ords().first(document)
    }

    /// Reads the texts with these numbers, each once, and keeps what `of` makes of them.
    pub(crate) fn read<T, E: From<std::io::Error>>(
        &self,
        numbers: impl Iterator<Item = u64>,
        mut of: impl FnMut(&str) -> Result<T, E>,
    ) -> Result<ByNumber<T>, E> {
        let Some(column) = &self.0 else { return Ok(ByNumber(Vec::new())) };
        let mut wanted = vec![false; column.num_terms()];
        for number in numbers {
            if let Some(wanted) = wanted.get_mut(number as usize) {
                *wanted = true;
            }
        }
        let numbers: Vec<u64> = (0u64..)
            .zip(&wanted)
            .filter(|(_, wanted)| **wanted)
            .map(|(number, _)| number)
            .collect();
        let mut found: Vec<Option<T>> = Vec::new();
        found.resize_with(wanted.len(), || None);
        let mut next = numbers.iter();
        let mut failed = None;
        column.dictionary().sorted_ords_to_term_cb(&numbers, |text| {
            let Some(number) = next.next() else { return };
            match of(&String::from_utf8_lossy(text)) {
                Ok(one) => {
                    if let Some(place) = found.get_mut(*number as usize) {
                        *place = Some(one);
                    }
                }
                Err(error) => failed = Some(error),
            }
        })?;
        match failed {
            Some(error) => Err(error),
            None => Ok(ByNumber(found)),
        }
    }
}

impl<T> ByNumber<T> {
    pub(crate) fn get(&self, number: u64) -> Option<&T> {
        self.0.get(usize::try_from(number).ok()?)?.as_ref()
    }

    /// All there is, in the order of numbers.
    pub(crate) fn into_all(self) -> impl Iterator<Item = T> {
        self.0.into_iter().flatten()
    }
}
