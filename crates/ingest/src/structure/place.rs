//! Blocks whose role and place are stated and need not be worked out.

use std::collections::{HashMap, HashSet};

use undex_document::{Paragraph, Pinpoint, Role, Step};

use super::block::Block;

/// What a block is and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// What the paragraph is.
    pub role: Role,
    /// Where it stands.
    pub pinpoint: Pinpoint,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
}

/// Turns blocks into paragraphs at the places stated. Citations are left empty.
pub(crate) fn placed(blocks: Vec<Block>, places: Vec<Place>) -> Vec<Paragraph> {
    let mut taken = HashSet::new();
    let mut repeated: HashMap<Pinpoint, u32> = HashMap::new();
    blocks
        .into_iter()
        .zip(places)
        .zip(0u32..)
        .map(|((block, place), ordinal)| {
            let mut pinpoint = place.pinpoint;
            // A place is unique in its document, whatever the file states.
            if taken.contains(&pinpoint) {
                let nth = repeated.entry(pinpoint.clone()).or_insert(1);
                let stated = pinpoint;
                loop {
                    *nth += 1;
                    pinpoint = stated.child(Step::Again(*nth));
                    if !taken.contains(&pinpoint) {
                        break;
                    }
                }
            }
            taken.insert(pinpoint.clone());
            Paragraph {
                ordinal,
                role: place.role,
                label: block.label,
                pinpoint,
                headings: place.headings,
                text: block.text,
                page: block.page,
                notes: block.notes,
                citations: Vec::new(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stated_twice_are_told_apart() {
        let place = |text: &str| Place {
            role: Role::Text,
            pinpoint: text.parse().unwrap(),
            headings: Vec::new(),
        };
        let places =
            vec![place("para. 1"), place("para. 1 [2]"), place("para. 1"), place("para. 1")];
        let found = placed(vec![Block::default(); places.len()], places);
        let found: Vec<String> = found.iter().map(|p| p.pinpoint.to_string()).collect();
        assert_eq!(found, ["para. 1", "para. 1 [2]", "para. 1 [3]", "para. 1 [4]"]);
    }
}
