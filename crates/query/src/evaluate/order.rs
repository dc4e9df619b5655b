//! The order of paragraphs by symbol, language and place in the document, which settles ties.

use undex_schema::tantivy::SegmentReader;
use undex_schema::tantivy::columnar::{Column, StrColumn};
use undex_schema::{DecodeError, DocumentKey, Generation};

use crate::SearchError;

/// Where a paragraph stands among all others: the rank of its document, and its place in it.
pub(super) type Position = (u32, u64);

/// Ranks documents by their keys as they are met. The engine numbers the keys of each segment in
/// the order of their letters, which puts `A/RES/10/1` before `A/RES/9/1`; so they are read and
/// ranked, each once.
pub(super) struct DocumentOrder {
    segments: Vec<Columns>,
}

struct Columns {
    keys: Option<StrColumn>,
    ordinals: Column<u64>,
    documents: Vec<Met>,
}

/// What is known of a document of a segment.
#[derive(Clone, Default)]
struct Met {
    wanted: bool,
    key: Option<DocumentKey>,
    rank: u32,
}

impl DocumentOrder {
    pub(super) fn open(generation: &Generation) -> Result<Self, SearchError> {
        let fields = generation.fields();
        let name = |field| fields.schema().get_field_name(field);
        let columns = |segment: &SegmentReader| -> Result<Columns, SearchError> {
            let keys = segment.fast_fields().str(name(fields.document))?;
            let documents = keys.as_ref().map_or(0, |keys| keys.num_terms());
            Ok(Columns {
                keys,
                ordinals: segment.fast_fields().u64(name(fields.ordinal))?,
                documents: vec![Met::default(); documents],
            })
        };
        let segments = generation.searcher().segment_readers().iter().map(columns);
        Ok(Self { segments: segments.collect::<Result<_, _>>()? })
    }

    /// Makes [`DocumentOrder::position`] right for these paragraphs, given as segment and number.
    /// Positions told before are void.
    pub(super) fn rank(
        &mut self,
        paragraphs: impl Iterator<Item = (u32, u32)>,
    ) -> Result<(), SearchError> {
        for (segment, paragraph) in paragraphs {
            if let Some(columns) = self.segments.get_mut(segment as usize)
                && let Some(number) = columns.document(paragraph)
                && let Some(met) = columns.documents.get_mut(number)
            {
                met.wanted = true;
            }
        }
        for columns in &mut self.segments {
            columns.read_wanted()?;
        }
        let mut met: Vec<&mut Met> = self
            .segments
            .iter_mut()
            .flat_map(|columns| &mut columns.documents)
            .filter(|met| met.key.is_some())
            .collect();
        met.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        // A document that was written by two threads has paragraphs in two segments.
        for (rank, same) in (0u32..).zip(met.chunk_by_mut(|a, b| a.key == b.key)) {
            same.iter_mut().for_each(|met| met.rank = rank);
        }
        Ok(())
    }

    pub(super) fn position(&self, segment: u32, paragraph: u32) -> Position {
        let Some(columns) = self.segments.get(segment as usize) else { return Position::default() };
        let met = columns.document(paragraph).and_then(|number| columns.documents.get(number));
        let ordinal = columns.ordinals.first(paragraph).unwrap_or_default();
        (met.map_or(0, |met| met.rank), ordinal)
    }
}

impl Columns {
    /// The number of a paragraph's document among those of the segment.
    fn document(&self, paragraph: u32) -> Option<usize> {
        let number = self.keys.as_ref()?.ords().first(paragraph)?;
        usize::try_from(number).ok()
    }

    /// Reads the keys that are wanted and not known yet.
    fn read_wanted(&mut self) -> Result<(), SearchError> {
        let Some(keys) = &self.keys else { return Ok(()) };
        let (numbers, mut met): (Vec<u64>, Vec<&mut Met>) = (0u64..)
            .zip(&mut self.documents)
            .filter(|(_, met)| met.wanted && met.key.is_none())
            .unzip();
        let mut met = met.iter_mut();
        let mut damage = None;
        keys.dictionary().sorted_ords_to_term_cb(&numbers, |key| {
            match (met.next(), String::from_utf8_lossy(key).parse()) {
                (Some(met), Ok(key)) => met.key = Some(key),
                (_, Err(error)) => damage = Some(error),
                (None, Ok(_)) => {}
            }
        })?;
        match damage {
            Some(error) => {
                Err(DecodeError { reason: format!("a paragraph without document: {error}") }.into())
            }
            None => Ok(()),
        }
    }
}
