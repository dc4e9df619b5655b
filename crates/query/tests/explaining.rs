//! Where scores come from.

// The helpers of tests may stop at the first surprise as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{TestIndex, document};
use undex_document::{Language, Role};
use undex_query::{Explanation, SearchRequest};

fn index() -> TestIndex {
    let texts = [
        "The lamps of the eastern harbour are lit before the boats of the night leave for the open sea",
        "Boats that leave the harbour by night carry lamps, and lamps again on their masts and sterns",
        "The keepers of lamps report to the harbour master whatever boats have asked for in the winter",
        "Lamps.",
    ];
    let mut made = document("UNDEX/R/1", Language::English, "Harbour lamps", &texts);
    let mut heading = made.paragraphs[3].clone();
    heading.ordinal = 4;
    heading.role = Role::Heading;
    heading.pinpoint = "heading 1".parse().unwrap();
    made.paragraphs.push(heading);
    let spanish = document(
        "UNDEX/R/2",
        Language::Spanish,
        "Puertos",
        &[
            "Las lamps del puerto se encienden antes de que los barcos salgan de noche a la mar abierta",
        ],
    );
    TestIndex::new(&[&[made], &[spanish]])
}

/// That parts add up to what they are parts of, wherever nothing was multiplied.
fn add_up(explanation: &Explanation, query: &str) {
    let sum: f32 = explanation.parts.iter().map(|part| part.score).sum();
    if !explanation.parts.is_empty() && !explanation.what.contains('×') {
        let near = (sum - explanation.score).abs() <= 1e-4 * explanation.score;
        assert!(near, "{query}: {sum} is not {}\n{explanation}", explanation.score);
    }
    explanation.parts.iter().for_each(|part| add_up(part, query));
}

#[test]
fn parts_add_up_to_the_score_of_the_hit() {
    let index = index();
    let queries = [
        "lamps",
        "harbour lamps boats",
        "lamps OR sterns",
        "(harbour keepers winter) OR sterns",
        "lamps AND \"eastern harbour\"",
        "lamps NEAR/4 masts",
        "lamp* bots~",
        "lamps^2 harbour",
        "(lamps boats)^0.5 -winter",
        "title:lamps boats",
        "UNDEX/R/1 lamps",
        "lamps year:2000..",
        "lamps lang:es",
    ];
    for query in queries {
        let request = SearchRequest { explain: true, ..SearchRequest::new(query) };
        let answer = index.searcher.search(&request).unwrap();
        let without = index.searcher.search(&SearchRequest::new(query)).unwrap();
        assert_eq!(answer.hits.len(), without.hits.len());
        for (hit, plain) in answer.hits.iter().zip(&without.hits) {
            let explanation = hit.explanation.as_ref().unwrap();
            assert_eq!(explanation.score, hit.score, "{query}");
            assert_eq!((plain.score, &plain.explanation), (hit.score, &None), "{query}");
            assert_eq!(explanation.parts.is_empty(), hit.score == 0.0, "{query}");
            add_up(explanation, query);
        }
    }
}

#[test]
fn terms_factors_and_numbers_are_told() {
    let index = index();
    let request = SearchRequest { explain: true, ..SearchRequest::new("lamps sterns") };
    let answer = index.searcher.search(&request).unwrap();
    let told = answer.hits[0].explanation.as_ref().unwrap().to_string();
    for part in ["text_en:lamp, 2 of about ", "text_en:stern, 1 of about ", "in 1 paragraphs"] {
        assert!(told.contains(part), "{told}");
    }
    let request = SearchRequest { explain: true, ..SearchRequest::new("lamps") };
    let answer = index.searcher.search(&request).unwrap();
    let told: Vec<String> =
        answer.hits.iter().map(|hit| hit.explanation.as_ref().unwrap().what.clone()).collect();
    let short = told.iter().filter(|what| what.contains("for so few words")).count();
    let furniture = told.iter().filter(|what| what.contains("× 0.50 for a title, heading")).count();
    assert_eq!((short, furniture), (2, 1), "{told:?}");
    let json = serde_json::to_value(&answer.hits[0]).unwrap();
    assert_eq!(json["explanation"]["score"], json["score"]);
    assert!(json["explanation"]["parts"][0]["what"].is_string());
}
