//! Documents and places in them by the symbols that people use.

// The helpers of tests may stop at the first surprise as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{TestIndex, document};
use undex_document::{Language, Pinpoint};
use undex_query::{Holding, place_in_held};

#[test]
fn resolutions_that_are_one_document_are_found_by_their_number_and_each_letter() {
    let held = document("A/RES/99/9A-C", Language::English, "Of maps", &["Draws maps;"]);
    let other = document("A/RES/99/91A-C", Language::English, "Of seas", &["Sails;"]);
    let index = TestIndex::new(&[&[held], &[other]]);
    for asked in ["A/RES/99/9", "A/RES/99/9 B", "A/RES/99/9 A-C"] {
        match index.searcher.holding(&asked.parse().unwrap()).unwrap() {
            Holding::Held { symbol, .. } => assert_eq!(symbol.as_str(), "A/RES/99/9A-C", "{asked}"),
            other => panic!("{asked}: {other:?}"),
        }
    }
    let not_held = index.searcher.holding(&"A/RES/99/8".parse().unwrap()).unwrap();
    assert!(matches!(not_held, Holding::NotHeld { .. }), "{not_held:?}");
    // (asked for, place, place in the document)
    let table = [
        ("A/RES/99/9 B", "para. 3 (a)", "resolution B, para. 3 (a)"),
        ("A/RES/99/9 B", "", "resolution B"),
        ("A/RES/99/9 B", "resolution C, para. 1", "resolution C, para. 1"),
        ("A/RES/99/9 D", "para. 1", "para. 1"),
        ("A/RES/99/9", "para. 1", "para. 1"),
        ("A/RES/99/9", "", ""),
    ];
    let document = "A/RES/99/9A-C".parse().unwrap();
    for (asked, place, expected) in table {
        let place = if place.is_empty() { Pinpoint::default() } else { place.parse().unwrap() };
        let found = place_in_held(&asked.parse().unwrap(), &document, &place);
        assert_eq!(found.to_string(), expected, "{asked}, {place}");
    }
}
