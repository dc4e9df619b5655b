//! Reading here and there.

use std::collections::HashSet;

use undex_schema::tantivy::DocAddress;

use crate::{SearchError, Searcher};

/// Up to `wanted` of the places 0 to `number` - 1, evenly spread, the first and the last among them.
pub(super) fn spread(number: usize, wanted: usize) -> impl Iterator<Item = usize> {
    let taken = number.min(wanted);
    let (last, steps) = (number.saturating_sub(1), taken.saturating_sub(1).max(1));
    (0..taken).map(move |step| step * last / steps)
}

/// Reads the first and the last paragraph or record of every segment and some between.
pub(super) fn segments(searcher: &Searcher, wanted: usize) -> Result<(), SearchError> {
    let generation = &searcher.generation;
    let (fields, engine) = (generation.fields(), generation.searcher());
    let records: HashSet<DocAddress> = searcher.record_addresses()?.into_iter().collect();
    for (number, segment) in (0u32..).zip(engine.segment_readers()) {
        let alive: Vec<u32> = segment.doc_ids_alive().collect();
        for place in spread(alive.len(), wanted) {
            let Some(document) = alive.get(place) else { continue };
            let address = DocAddress::new(number, *document);
            if records.contains(&address) {
                fields.document_record(engine, address)?;
            } else {
                fields.paragraph(engine, address)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_spread_from_the_first_to_the_last() {
        // (number, wanted, places)
        let table: [(usize, usize, &[usize]); 6] = [
            (0, 3, &[]),
            (1, 3, &[0]),
            (2, 3, &[0, 1]),
            (3, 3, &[0, 1, 2]),
            (11, 3, &[0, 5, 10]),
            (11, 1, &[0]),
        ];
        for (number, wanted, places) in table {
            assert_eq!(spread(number, wanted).collect::<Vec<_>>(), places, "{number} {wanted}");
        }
    }
}
