//! Citations in any text: offsets lie in it, places read back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use undex_citations::{Known, Nicknames, citations, reference};
use undex_document::Pinpoint;

fuzz_target!(|text: &str| {
    let characters = text.chars().count();
    for citation in citations(text, &Known::default(), &Nicknames::default()) {
        let (start, end) = (citation.start as usize, citation.end as usize);
        assert!(start < end && end <= characters, "{citation:?}");
        if let Some(place) = citation.pinpoint {
            assert_eq!(place.to_string().parse::<Pinpoint>(), Ok(place));
        }
    }
    let _ = reference(text, &Nicknames::default());
});
