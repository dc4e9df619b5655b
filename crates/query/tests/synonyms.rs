//! Paragraphs that call it by another of its names, behind all that match.

// The helpers of tests may stop at the first surprise as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::sync::Arc;

use common::{TestIndex, document};
use undex_document::{Document, Language};
use undex_query::{Answer, Combination, Fold, SearchRequest, Searcher, Sort, Thesaurus};

const THESAURUS: &str = r#"
    [[concept]]
    en = ["fog bells", "signals of the second class"]
    es = ["señales sonoras de niebla"]
    fr = ["cloches de brume"]
    [[concept]]
    en = ["boat people", "persons who cross by sea"]
"#;

fn documents() -> Vec<Document> {
    let english = document(
        "UNDEX/FOG/1",
        Language::English,
        "Harbour",
        &[
            "The fog bells of the north pier ring in winter.",
            "Fog bells are kept on every pier where a keeper can be paid in winter.",
            "Signals of the second class are tested by the harbour master in winter.",
            "In the second quarter, signals to the class of pilots were tested in summer.",
            "The keepers signal to a class of pilots.",
            "Persons who cross the bay by sea pay nothing in winter.",
            "Signals are lit where the pier ends and the boats of the north go out to their nets; \
             of those who keep them, every second one has learned it in a class.",
        ],
    );
    let spanish = document(
        "UNDEX/FOG/2",
        Language::Spanish,
        "Puerto",
        &["Las señales sonoras de niebla se prueban en invierno.", "Los barcos llevan sal."],
    );
    let rest: Vec<String> = (0..60)
        .map(|number| format!("Boat number {number} carries nets, ropes and salt."))
        .collect();
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    vec![english, spanish, document("UNDEX/FOG/3", Language::English, "Boats", &rest)]
}

fn request(query: &str) -> SearchRequest {
    let thesaurus = Arc::new(Thesaurus::parse("t", THESAURUS).unwrap());
    SearchRequest { thesaurus: Some(thesaurus), ..SearchRequest::new(query) }
}

fn ask(searcher: &Searcher, query: &str, change: impl Fn(&mut SearchRequest)) -> Answer {
    let mut request = request(query);
    change(&mut request);
    searcher.search(&request).unwrap()
}

/// The places of the hits, each with the labels it was found by.
fn places(answer: &Answer) -> Vec<String> {
    let place = |hit: &undex_query::Hit| match hit.synonyms.is_empty() {
        true => hit.cite(),
        false => format!("{} by {}", hit.cite(), hit.synonyms.join("; ")),
    };
    answer.hits.iter().map(place).collect()
}

#[test]
fn other_names_stand_behind_the_matches() {
    let documents = documents();
    for groups in [vec![&documents[..]], documents.chunks(1).collect()] {
        let index = TestIndex::new(&groups);
        let off = index.searcher.search(&SearchRequest::new("fog bell")).unwrap();
        let answer = ask(&index.searcher, "fog bell", |_| {});
        assert_eq!((answer.total, answer.synonymous, answer.related), (2, 3, 0));
        let labels = ["signals of the second class", "señales sonoras de niebla"];
        assert_eq!(answer.synonyms, labels, "no French is held");
        // What matches is exactly what it was. Labels as they are written come before their words apart,
        // and of these the language of the query is first.
        assert_eq!(places(&answer)[..2], places(&off)[..]);
        assert_eq!(
            places(&answer)[2..],
            [
                "UNDEX/FOG/1, para. 3 by signals of the second class",
                "UNDEX/FOG/2, párr. 1 by señales sonoras de niebla",
                "UNDEX/FOG/1, para. 4 by signals of the second class",
            ]
        );
        for (with, without) in answer.hits.iter().zip(&off.hits) {
            let [with, without] = [with, without].map(|hit| serde_json::to_value(hit).unwrap());
            assert_eq!(with, without);
        }
        let json = serde_json::to_value(&answer.hits[2]).unwrap();
        assert_eq!(json["synonyms"], serde_json::json!(["signals of the second class"]));
        assert_eq!((&json["rank"], json.get("related")), (&3.into(), None));
        let snippet = &answer.hits[2].snippet;
        assert!(!snippet.highlights.is_empty(), "{snippet:?}");
    }
}

/// Two of three words by chance say less than all of it in other words.
#[test]
fn other_names_stand_before_some_of_the_words() {
    let mut documents = documents();
    let chance = [
        "The old fog of the bell tower lay on the pier.",
        "The old fog bells are of the second class no more.",
        "Old signals of the second class are kept in the shed behind the pier.",
        "An old winter brings fog over the pier.",
        "Fog bells of an old winter are of no class.",
    ];
    documents.push(document("UNDEX/FOG/9", Language::English, "Piers", &chance));
    let index = TestIndex::new(&[&documents]);
    let english = |request: &mut SearchRequest| {
        request.languages = vec![Language::English];
        request.fold = None;
    };
    let answer = ask(&index.searcher, "old fog bells", english);
    let kinds: Vec<(bool, bool)> = answer
        .hits
        .iter()
        .map(|hit| {
            let text = hit.paragraph.text.to_lowercase();
            let all = ["old", "fog", "bell"].iter().all(|word| text.contains(word));
            (all, hit.synonyms.is_empty())
        })
        .collect();
    let first_synonym = kinds.iter().position(|(_, by_words)| !by_words).unwrap();
    let last_synonym = kinds.iter().rposition(|(_, by_words)| !by_words).unwrap();
    assert!(first_synonym > 0 && last_synonym + 1 < kinds.len(), "{kinds:?}");
    assert!(kinds[..first_synonym].iter().all(|kind| *kind == (true, true)), "{kinds:?}");
    assert!(kinds[last_synonym + 1..].iter().all(|kind| *kind == (false, true)), "{kinds:?}");
    // Everything that matches is there, and once.
    let without = index.searcher.search(&SearchRequest {
        languages: vec![Language::English],
        ..SearchRequest::new("old fog bells")
    });
    assert_eq!(without.unwrap().total, answer.total);
    let mut places: Vec<String> = answer.hits.iter().map(|hit| hit.cite()).collect();
    places.sort();
    places.dedup();
    assert_eq!(places.len(), answer.hits.len());
}

#[test]
fn pages_go_on_where_the_last_ended() {
    let documents = documents();
    let index = TestIndex::new(&[&documents]);
    let related = |request: &mut SearchRequest| request.related = true;
    let whole = places(&ask(&index.searcher, "fog bells", related));
    assert!(whole.len() > 5, "related ones too: {whole:?}");
    let mut paged = Vec::new();
    for offset in 0..whole.len() + 1 {
        paged.extend(places(&ask(&index.searcher, "fog bells", |request| {
            (request.limit, request.offset) = (1, offset);
            related(request);
        })));
    }
    assert_eq!(paged, whole);
}

#[test]
fn what_is_beside_the_label_is_demanded() {
    let documents = documents();
    let index = TestIndex::new(&[&documents]);
    type Change = fn(&mut SearchRequest);
    let first = "UNDEX/FOG/1, para. 1 by fog bells";
    let second = "UNDEX/FOG/1, para. 2 by fog bells";
    let third = "UNDEX/FOG/1, para. 3 by signals of the second class";
    let fourth = "UNDEX/FOG/1, para. 4 by signals of the second class";
    let spanish = "UNDEX/FOG/2, párr. 1 by señales sonoras de niebla";
    // (query, change, those found by synonyms, why)
    let table: [(&str, Change, &[&str], &str); 12] = [
        ("fog bells winter", |_| {}, &[third], "the word has to be there too"),
        ("what of the fog bells?", |_| {}, &[third, fourth, spanish], "function words say nothing"),
        ("fog bells -winter", |_| {}, &[fourth, spanish], "what is excluded"),
        ("fog bells \"harbour master\"", |_| {}, &[third], "what is quoted"),
        ("fog bells lang:es", |_| {}, &[spanish], "a condition"),
        ("fog bells", |r| r.languages = vec![Language::Spanish], &[spanish], "another condition"),
        (
            "senal sonora niebla",
            |_| {},
            &[first, second, third, fourth],
            "without accents, from another language",
        ),
        (
            "cloche de brume",
            |_| {},
            &[first, second, third, fourth, spanish],
            "of which the index holds nothing",
        ),
        ("boat people fog bells", |_| {}, &[], "both concepts, which nothing has"),
        (
            "boat people",
            |_| {},
            &["UNDEX/FOG/1, para. 6 by persons who cross by sea"],
            "none matches",
        ),
        ("fog OR bells", |_| {}, &[], "operators say what is meant"),
        ("\"fog bells\"", |_| {}, &[], "so do quotes"),
    ];
    for (query, change, expected, why) in table {
        let answer = ask(&index.searcher, query, |request| {
            change(request);
            request.limit = 50;
        });
        let found: Vec<String> =
            places(&answer).into_iter().filter(|place| place.contains(" by ")).collect();
        let mut sorted = found.clone();
        sorted.sort();
        assert_eq!(sorted, expected, "{query}: {why}");
        assert_eq!(answer.synonymous, expected.len() as u64, "{query}: {why}");
    }
}

#[test]
fn one_word_is_enough_only_where_synonyms_find_nothing() {
    let documents = documents();
    let index = TestIndex::new(&[&documents]);
    let answer = ask(&index.searcher, "boat people", |_| {});
    assert_eq!((answer.total, answer.combination), (0, Combination::All));
    assert_eq!(answer.hits.len(), 1);
    for answer in [
        index.searcher.search(&SearchRequest::new("boat people")).unwrap(),
        ask(&index.searcher, "boat people foam symbol:UNDEX/FOG/3", |_| {}),
    ] {
        assert_eq!((answer.combination, answer.synonymous), (Combination::Any, 0));
    }
}

#[test]
fn there_are_none_where_none_are_wanted() {
    let documents = documents();
    let index = TestIndex::new(&[&documents]);
    type Change = fn(&mut SearchRequest);
    // (change, whether the labels are told, why)
    let table: [(Change, bool, &str); 5] = [
        (|request| request.thesaurus = None, false, "no thesaurus"),
        (|request| request.limit = 2, true, "the answer is full"),
        (|request| request.limit = 0, true, "nothing but a number"),
        (|request| request.sort = Sort::Symbol, false, "another order"),
        (|request| request.by_document = true, false, "documents"),
    ];
    for (change, told, why) in table {
        let answer = ask(&index.searcher, "fog bells", change);
        assert_eq!(answer.synonymous, 0, "{why}");
        assert!(answer.hits.iter().all(|hit| hit.synonyms.is_empty()), "{why}");
        assert_eq!(!answer.synonyms.is_empty(), told, "{why}");
    }
}

#[test]
fn numbers_do_not_depend_on_how_many_hits_are_wanted() {
    let documents = documents();
    let index = TestIndex::new(&[&documents]);
    for query in ["boat people", "fog bells", "old fog bells", "fog bells north winter"] {
        let ten = ask(&index.searcher, query, |_| {});
        let none = ask(&index.searcher, query, |request| request.limit = 0);
        assert_eq!((none.total, none.combination), (ten.total, ten.combination), "{query}");
    }
}

/// What is found by words and names is counted in groups as it is without a thesaurus.
#[test]
fn repeats_are_the_same_with_names_and_without() {
    let mut documents = documents();
    let again = |symbol: &str, date: &str, text: &str| {
        let mut made = document(symbol, Language::English, "Orders of the pier", &[text]);
        made.date = Some(date.parse().unwrap());
        made
    };
    let text = "The old fog bells of the north pier and all their ropes and chains are kept by the \
                harbour master, who reports on their state to the council in the spring of the year";
    documents.push(again("UNDEX/FOG/8", "2020-01-01", text));
    documents.push(again("UNDEX/FOG/9", "2024-01-01", &text.replace("old ", "")));
    let index = TestIndex::new(&[&documents]);
    let of = |thesaurus: bool| {
        let answer = ask(&index.searcher, "old fog bells ropes", |request| {
            request.fold = Some(Fold::Newest);
            if !thesaurus {
                request.thesaurus = None;
            }
        });
        let hit = &answer.hits[0];
        (hit.cite(), hit.repeats)
    };
    assert_eq!(of(true), ("UNDEX/FOG/9, para. 1".to_owned(), Some(1)));
    assert_eq!(of(false), of(true));
}

#[test]
fn related_paragraphs_go_by_synonyms_where_little_matches() {
    let said = document(
        "UNDEX/FOG/1",
        Language::English,
        "Harbour",
        &[
            "Persons who cross by sea are met by pilots with lanterns and blankets.",
            "To persons who cross by sea, pilots hand out blankets.",
            "Lanterns and blankets are kept by the pilots.",
        ],
    );
    let rest: Vec<String> = (0..60).map(|n| format!("Net number {n} carries salt.")).collect();
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    let rest = document("UNDEX/FOG/2", Language::English, "Nets", &rest);
    let index = TestIndex::new(&[&[said, rest]]);
    let answer = ask(&index.searcher, "boat people", |request| request.related = true);
    assert_eq!((answer.total, answer.synonymous, answer.related), (0, 2, 1));
    let last = answer.hits.last().unwrap();
    assert!(last.related && last.synonyms.is_empty());
    assert_eq!(last.cite(), "UNDEX/FOG/1, para. 3");
    assert!(answer.related_words.iter().any(|word| word == "blankets"), "{answer:?}");
}
