//! Parts of the table of sources that a build has not opened.

use std::collections::BTreeSet;

use undex_schema::{DecodeError, DocumentKey, Generation, OpenError, SourcePart, SourceRecord};

use crate::opening::part_around;

/// The parts that stay closed, and the generation that they are of. They give documents: whoever writes one
/// asks here whether one of their sources gave it.
#[derive(Debug)]
pub(crate) struct ClosedParts {
    pub(crate) generation: Generation,
    pub(crate) parts: Vec<SourcePart>,
}

impl ClosedParts {
    /// How many sources are in them.
    pub(crate) fn sources(&self) -> usize {
        let count: u64 = self.parts.iter().map(|part| part.sources).sum();
        usize::try_from(count).unwrap_or(usize::MAX)
    }

    /// What becomes known when the part is opened that has the source of a document; nothing where none has.
    /// `asking` is the source that gives it now.
    pub(crate) fn open(
        &mut self,
        document: &DocumentKey,
        asking: &str,
    ) -> Result<Vec<SourceRecord>, OpenError> {
        if self.parts.is_empty() {
            return Ok(Vec::new());
        }
        let damaged = |DecodeError { reason }| OpenError::Damaged {
            path: self.generation.path().to_owned(),
            reason,
        };
        let Some(record) = self.generation.record(document).map_err(damaged)? else {
            return Ok(Vec::new());
        };
        let path = record.source.path;
        if path == asking {
            // It is not in a closed part: what is looked into never is.
            return Ok(Vec::new());
        }
        let Some(place) = part_around(&self.parts, &path) else { return Ok(Vec::new()) };
        let part = self.parts.remove(place);
        self.generation.sources_of(&part)
    }

    /// What becomes known when those parts are opened that sources with some paths belong in.
    pub(crate) fn open_around<'p>(
        &mut self,
        paths: impl IntoIterator<Item = &'p str>,
    ) -> Result<Vec<SourceRecord>, OpenError> {
        let place = |path: &str| {
            let place = self.parts.partition_point(|part| *part.first <= *path).checked_sub(1)?;
            let part = self.parts.get(place)?;
            // One that ends where parts do not is to be joined by what follows.
            (part.spans(path) || !part.is_complete()).then_some(place)
        };
        let places: BTreeSet<usize> = paths.into_iter().filter_map(place).collect();
        let mut opened = Vec::new();
        for place in places.into_iter().rev() {
            let part = self.parts.remove(place);
            opened.extend(self.generation.sources_of(&part)?);
        }
        Ok(opened)
    }

    /// The sources in all of them.
    pub(crate) fn read_all(&self) -> Result<Vec<SourceRecord>, OpenError> {
        let parts: Result<Vec<_>, _> =
            self.parts.iter().map(|part| self.generation.sources_of(part)).collect();
        Ok(parts?.into_iter().flatten().collect())
    }
}
