//! Paragraphs that say it in other words, behind all that match.

// The helpers of tests may stop at the first surprise as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{TestIndex, document};
use undex_document::{Document, Language};
use undex_query::{Answer, Fold, SearchRequest, Searcher, Sort};

/// Two paragraphs say `fog bells` and `foghorns`, one `foghorns` alone; the others are about the rest of
/// the harbour.
fn documents() -> Vec<Document> {
    let said = document(
        "UNDEX/FOG/1",
        Language::English,
        "Signals",
        &[
            "The fog bells of the north pier were replaced by foghorns with compressed air.",
            "Fog bells are kept where foghorns would need compressed air that nobody carries.",
            "The keepers asked for foghorns and for compressed air in winter.",
        ],
    );
    let rest: Vec<String> = (0..60)
        .map(|number| format!("Boat number {number} carries nets, ropes and salt."))
        .collect();
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    vec![said, document("UNDEX/FOG/2", Language::English, "Boats", &rest)]
}

fn ask(searcher: &Searcher, query: &str, change: impl Fn(&mut SearchRequest)) -> Answer {
    let mut request = SearchRequest::new(query);
    request.related = true;
    change(&mut request);
    searcher.search(&request).unwrap()
}

fn places(answer: &Answer) -> Vec<(String, bool)> {
    answer.hits.iter().map(|hit| (hit.cite(), hit.related)).collect()
}

#[test]
fn related_paragraphs_stand_behind_the_matches() {
    let documents = documents();
    for groups in [vec![&documents[..]], documents.chunks(1).collect()] {
        let index = TestIndex::new(&groups);
        let answer = ask(&index.searcher, "fog bells", |_| {});
        let mut found = places(&answer);
        assert_eq!(found.pop().unwrap(), ("UNDEX/FOG/1, para. 3".to_owned(), true));
        found.sort();
        let matches = ["UNDEX/FOG/1, para. 1", "UNDEX/FOG/1, para. 2"];
        assert_eq!(found, matches.map(|cite| (cite.to_owned(), false)));
        assert_eq!((answer.total, answer.related), (2, 1));
        assert!(answer.related_words.iter().any(|word| word == "foghorns"), "{answer:?}");
        assert!(!answer.related_words.iter().any(|word| word == "bells" || word == "fog"));
        let json = serde_json::to_value(answer.hits.last().unwrap()).unwrap();
        assert_eq!((&json["related"], &json["rank"]), (&true.into(), &3.into()));
        assert!(serde_json::to_value(&answer.hits[0]).unwrap().get("related").is_none());
    }
}

#[test]
fn what_comes_again_is_one_hit_there_too() {
    let mut documents = documents();
    let copy = |of: &Document, symbol: &str| {
        let mut again = of.clone();
        again.symbol = symbol.parse().unwrap();
        again.symbols = vec![again.symbol.clone()];
        again.date = Some("2020-01-01".parse().unwrap());
        again
    };
    // The rest again too, so that the words stay as rare.
    documents.extend([copy(&documents[0], "UNDEX/FOG/3"), copy(&documents[1], "UNDEX/FOG/4")]);
    let index = TestIndex::new(&[&documents]);
    let answer = ask(&index.searcher, "fog bells", |request| request.fold = Some(Fold::Newest));
    let mut found: Vec<(String, Option<u64>)> =
        answer.hits.iter().map(|hit| (hit.cite(), hit.repeats)).collect();
    assert_eq!(found.pop().unwrap(), ("UNDEX/FOG/3, para. 3".to_owned(), Some(1)));
    found.sort();
    let matches = ["UNDEX/FOG/3, para. 1", "UNDEX/FOG/3, para. 2"];
    assert_eq!(found, matches.map(|cite| (cite.to_owned(), Some(1))));
    assert_eq!((answer.total, answer.related), (4, 1));
}

#[test]
fn pages_go_on_where_the_last_ended() {
    let documents = documents();
    let index = TestIndex::new(&[&documents]);
    let whole = places(&ask(&index.searcher, "fog bells", |_| {}));
    let mut paged = Vec::new();
    for offset in 0..4 {
        paged.extend(places(&ask(&index.searcher, "fog bells", |request| {
            (request.limit, request.offset) = (1, offset);
        })));
    }
    assert_eq!(paged, whole);
}

#[test]
fn there_are_none_where_none_are_wanted() {
    let documents = documents();
    let index = TestIndex::new(&[&documents]);
    type Change = fn(&mut SearchRequest);
    // (query, change, why)
    let table: [(&str, Change, &str); 7] = [
        ("fog bells", |request| request.related = false, "not asked for"),
        ("fog bells", |request| request.limit = 2, "the answer is full"),
        ("fog bells", |request| request.limit = 0, "nothing but a number"),
        ("fog bells", |request| request.sort = Sort::Symbol, "another order"),
        ("fog bells", |request| request.by_document = true, "documents"),
        ("\"fog bells\"", |_| {}, "a quote means these words"),
        ("lang:en symbol:UNDEX/FOG/1", |_| {}, "conditions alone"),
    ];
    for (query, change, why) in table {
        let answer = ask(&index.searcher, query, change);
        assert!(answer.hits.iter().all(|hit| !hit.related), "{why}: {:?}", places(&answer));
        assert_eq!(answer.related, 0, "{why}");
    }
    // What is excluded stays excluded, and conditions hold.
    let answer = ask(&index.searcher, "fog bells -winter", |_| {});
    assert_eq!((answer.total, answer.related), (2, 0));
    let answer = ask(&index.searcher, "fog bells symbol:UNDEX/FOG/2", |_| {});
    assert!(answer.hits.is_empty());
}
