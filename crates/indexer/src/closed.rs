//! Parts of the table of sources that a build has not opened.

use undex_schema::{DocumentKey, Generation, OpenError, SourcePart, SourceRecord, ends_part};

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
        let record = self.generation.record(document);
        let Some(record) = record.map_err(|error| self.generation.damaged(error))? else {
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

    /// What becomes known when those parts are opened that are to be joined with settled sources, whose paths are
    /// in order: those with one in the midst of them, and those beside one with no border of parts between.
    pub(crate) fn open_joined(&mut self, settled: &[&str]) -> Result<Vec<SourceRecord>, OpenError> {
        let joined = (0..self.parts.len()).rev().filter(|place| self.is_joined(*place, settled));
        let joined: Vec<usize> = joined.collect();
        let mut opened = Vec::new();
        for place in joined {
            let part = self.parts.remove(place);
            opened.extend(self.generation.sources_of(&part)?);
        }
        Ok(opened)
    }

    fn is_joined(&self, place: usize, settled: &[&str]) -> bool {
        let Some(part) = self.parts.get(place) else { return false };
        let part_before = place.checked_sub(1).and_then(|before| self.parts.get(before));
        let part_behind = self.parts.get(place + 1);
        let from = settled.partition_point(|path| *path < part.first.as_str());
        let before = from.checked_sub(1).and_then(|before| settled.get(before));
        let before = before.filter(|path| part_before.is_none_or(|part| *part.last < ***path));
        let behind = settled.get(from);
        let behind = behind.filter(|path| part_behind.is_none_or(|part| *part.first > ***path));
        before.is_some_and(|path| !ends_part(path))
            || behind.is_some_and(|path| part.spans(path) || !ends_part(&part.last))
    }

    /// The sources in all of them.
    pub(crate) fn read_all(&self) -> Result<Vec<SourceRecord>, OpenError> {
        let parts: Result<Vec<_>, _> =
            self.parts.iter().map(|part| self.generation.sources_of(part)).collect();
        Ok(parts?.into_iter().flatten().collect())
    }
}
