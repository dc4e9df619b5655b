//! Paragraphs that come again, as one hit.

// The helpers of tests may stop at the first surprise as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{TestIndex, document};
use undex_document::{Document, Language};
use undex_query::{Fold, SearchRequest, Searcher, Sort};

/// What is adopted again every year, but for the session.
fn clause(session: &str) -> String {
    format!(
        "Requests the harbour master to submit at the {session} session a report on the lanterns of all \
         piers, on the oil that they burn, and on the keepers who light them"
    )
}

fn dated(symbol: &str, title: &str, date: &str, texts: &[&str]) -> Document {
    let mut made = document(symbol, Language::English, title, texts);
    made.date = (!date.is_empty()).then(|| date.parse().unwrap());
    made
}

fn documents() -> Vec<Document> {
    let other = "The lanterns of the fishing fleet are green and are not the harbour master's concern, \
                 whatever their oil";
    vec![
        dated("UNDEX/RES/75/1", "Lanterns", "2020-12-07", &[&clause("seventy-sixth"), "Gulls."]),
        dated("UNDEX/RES/76/1", "Lanterns", "2021-12-07", &[&clause("seventy-seventh"), other]),
        dated("UNDEX/RES/77/1", "Lanterns", "2022-12-07", &["Gulls.", &clause("seventy-eighth")]),
        // The same words elsewhere are the same; nearly the same words elsewhere are others.
        dated("UNDEX/RES/77/2", "Piers", "2022-12-09", &[&clause("first")]),
        dated("UNDEX/RES/77/3", "Keepers", "2022-12-11", &[&clause("ninetieth")]),
        dated("UNDEX/R/1", "Lanterns", "", &[&clause("first")]),
    ]
}

fn indexes() -> Vec<TestIndex> {
    let all = documents();
    vec![TestIndex::new(&[&all]), TestIndex::new(&[&all[4..], &all[1..4], &all[..1]])]
}

/// `symbol pinpoint repeats` of each hit.
fn hits(searcher: &Searcher, request: &SearchRequest) -> Vec<String> {
    let answer = searcher.search(request).unwrap();
    let show = |hit: &undex_query::Hit| {
        let repeats = hit.repeats.map_or("-".to_owned(), |repeats| repeats.to_string());
        let symbol = hit.document.symbol.as_str().trim_start_matches("UNDEX/");
        format!("{symbol} {} {repeats}", hit.paragraph.pinpoint)
    };
    answer.hits.iter().map(show).collect()
}

fn folded(query: &str, fold: Fold) -> SearchRequest {
    SearchRequest { fold: Some(fold), ..SearchRequest::new(query) }
}

#[test]
fn repeats_are_one_hit_with_their_number() {
    let query = "\"lanterns of all piers\"";
    for index in indexes() {
        let searcher = &index.searcher;
        let all = hits(searcher, &SearchRequest::new(query));
        assert_eq!(all.len(), 6, "{all:?}");
        assert!(all.iter().all(|hit| hit.ends_with('-')), "{all:?}");
        // (which is shown, the hits)
        let table = [
            (Fold::Best, ["R/1 para. 1 4", "RES/77/3 para. 1 0"]),
            (Fold::Newest, ["RES/77/2 para. 1 4", "RES/77/3 para. 1 0"]),
            (Fold::Oldest, ["RES/75/1 para. 1 4", "RES/77/3 para. 1 0"]),
        ];
        for (fold, expected) in table {
            assert_eq!(hits(searcher, &folded(query, fold)), expected, "{fold:?}");
            assert_eq!(searcher.search(&folded(query, fold)).unwrap().total, 6);
        }
    }
}

#[test]
fn numbers_and_order_do_not_depend_on_the_page() {
    for index in indexes() {
        for sort in [Sort::Relevance, Sort::Date, Sort::Symbol] {
            let request = SearchRequest { sort, ..folded("lanterns", Fold::Newest) };
            let answer = index.searcher.search(&request).unwrap();
            let repeats: u64 = answer.hits.iter().filter_map(|hit| hit.repeats).sum();
            assert_eq!(answer.hits.len() as u64 + repeats, answer.total, "{sort:?}");
            let all = hits(&index.searcher, &request);
            assert!((3..=4).contains(&all.len()), "{all:?}");
            for offset in 0..all.len() {
                let page = SearchRequest { offset, limit: 1, ..request.clone() };
                assert_eq!(hits(&index.searcher, &page), all[offset..=offset], "{sort:?}");
            }
        }
    }
}

#[test]
fn one_hit_for_each_document_has_no_repeats() {
    let index = &indexes()[0];
    let request = SearchRequest { by_document: true, ..SearchRequest::new("lanterns piers") };
    let folding = SearchRequest { fold: Some(Fold::Newest), ..request.clone() };
    assert_eq!(hits(&index.searcher, &folding), hits(&index.searcher, &request));
}

/// More repeats than are ranked at first stand before what is wanted too.
#[test]
fn what_stands_behind_hundreds_of_repeats_is_found() {
    let mut documents: Vec<Document> = (1..=700)
        .map(|number| {
            let text = format!("{} and lanterns, lanterns", clause("next"));
            dated(&format!("UNDEX/RES/{number}"), "Lanterns", "2020-01-01", &[&text])
        })
        .collect();
    let long = format!("Lanterns once {}", "and gulls and herring of every kind, ".repeat(30));
    documents.push(dated("UNDEX/R/1", "Gulls", "2020-01-01", &[&long]));
    let index = TestIndex::new(&[&documents]);
    let found = hits(&index.searcher, &folded("lanterns", Fold::Newest));
    assert_eq!(found, ["RES/1 para. 1 699", "R/1 para. 1 0"]);
}
