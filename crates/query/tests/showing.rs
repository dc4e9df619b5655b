//! Ways of seeing an answer: counts, orders, one hit for each document, trends.

// The helpers of tests may stop at the first surprise as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeSet;

use common::{TestIndex, document};
use undex_document::{Document, DocumentType, Language, Role};
use undex_query::{Answer, CountKey, FacetBy, SearchRequest, Searcher, Sort};

/// Documents of several bodies, years, types and languages. What they hold of lanterns differs in rank.
fn documents() -> Vec<Document> {
    let dated = |mut made: Document, date: &str, kind: DocumentType| {
        made.date = (!date.is_empty()).then(|| date.parse().unwrap());
        made.kind = kind;
        made
    };
    let texts: Vec<&str> =
        ["# Lanterns", "Lanterns.", "Oil.", "Lanterns and lanterns of oil, again."].into();
    let english =
        |symbol, date, kind| dated(document(symbol, Language::English, "T", &texts), date, kind);
    let mut joint = english("UNDEX/AC.2/9", "2019-07-01", DocumentType::Letter);
    joint.symbols.push("OTHER/C.1/7".parse().unwrap());
    let mut resolution = english("UNDEX/RES/10", "2021-01-01", DocumentType::Resolution);
    resolution.paragraphs[1].role = Role::Operative;
    let spanish = document(
        "UNDEX/AC.2/2021/3",
        Language::Spanish,
        "T",
        &["Las lanterns del puerto.", "Nada.", "Unas lanterns."],
    );
    vec![
        joint,
        resolution,
        english("UNDEX/RES/9", "2021-12-31", DocumentType::Resolution),
        // Its year is in its symbol only.
        dated(spanish, "", DocumentType::Report),
        english("UNDEX/T/2", "", DocumentType::Report),
    ]
}

/// The same documents in one segment, in several, and with each document in two: paragraphs that are
/// written by two threads lie in two segments.
fn indexes() -> Vec<TestIndex> {
    let all = documents();
    let half = |first: bool| -> Vec<Document> {
        let mut documents = documents();
        for document in &mut documents {
            document.paragraphs.retain(|paragraph| (paragraph.ordinal % 2 == 0) == first);
        }
        documents
    };
    vec![
        TestIndex::new(&[&all]),
        TestIndex::new(&[&all[3..], &all[1..3], &all[..1]]),
        TestIndex::new(&[&half(false), &half(true)]),
    ]
}

fn ask(searcher: &Searcher, request: &SearchRequest) -> Answer {
    searcher.search(request).unwrap_or_else(|error| panic!("{}: {error}", request.query))
}

/// `value paragraphs documents` of each count.
fn counts(searcher: &Searcher, query: &str, by: FacetBy) -> Vec<String> {
    let request = SearchRequest { limit: 0, facets: vec![by], ..SearchRequest::new(query) };
    let answer = ask(searcher, &request);
    assert!(answer.hits.is_empty());
    assert_eq!(answer.facets.len(), 1);
    let facet = &answer.facets[0];
    assert_eq!(facet.by, by);
    let show = |one: &undex_query::FacetCount| {
        format!("{} {} {}", one.value, one.paragraphs, one.documents)
    };
    facet.counts.iter().map(show).collect()
}

#[test]
fn facets_count_all_that_matches() {
    // (query, by, counts)
    let table: [(&str, FacetBy, &[&str]); 8] = [
        ("lanterns", FacetBy::Year, &["2019 3 1", "2021 8 3", "undated 3 1"]),
        ("lanterns", FacetBy::Type, &["resolution 6 2", "report 5 2", "letter 3 1"]),
        ("lanterns", FacetBy::Language, &["en 12 4", "es 2 1"]),
        (
            "lanterns",
            FacetBy::Body,
            &["UNDEX 14 5", "UNDEX/AC.2 5 2", "OTHER 3 1", "OTHER/C.1 3 1"],
        ),
        ("lanterns", FacetBy::Role, &["paragraph 9 5", "heading 4 4", "operative 1 1"]),
        ("oil type:resolution", FacetBy::Year, &["2021 4 2"]),
        ("-lanterns", FacetBy::Language, &["en 4 4", "es 1 1"]),
        ("unicorn", FacetBy::Role, &[]),
    ];
    for index in indexes() {
        for (query, by, expected) in table {
            assert_eq!(counts(&index.searcher, query, by), expected, "{query} by {by}");
        }
    }
}

#[test]
fn a_count_is_what_the_filter_finds() {
    for index in indexes() {
        for query in ["lanterns", "oil OR lanterns", "-oil", "\"lanterns and lanterns\""] {
            let request =
                SearchRequest { facets: FacetBy::ALL.into(), ..SearchRequest::new(query) };
            let answer = ask(&index.searcher, &request);
            assert_eq!(answer.facets.len(), FacetBy::ALL.len());
            for facet in &answer.facets {
                for count in &facet.counts {
                    if count.value == CountKey::Year(None) {
                        continue;
                    }
                    let narrowed = format!("({query}) {}:\"{}\"", facet.by, count.value);
                    let request = SearchRequest { limit: 100, ..SearchRequest::new(narrowed) };
                    let found = ask(&index.searcher, &request);
                    let documents: BTreeSet<String> =
                        found.hits.iter().map(|hit| hit.document.key().to_string()).collect();
                    assert_eq!(found.total, count.paragraphs, "{}", request.query);
                    assert_eq!(documents.len() as u64, count.documents, "{}", request.query);
                }
            }
            let sum = |at: usize| -> u64 {
                answer.facets[at].counts.iter().map(|count| count.paragraphs).sum()
            };
            for at in [0, 1, 3, 4] {
                assert_eq!(sum(at), answer.total, "{query}: each paragraph has one value");
            }
        }
    }
}

#[test]
fn counts_do_not_depend_on_the_page_and_are_told_only_when_asked_for() {
    let index = &indexes()[0];
    let plain = ask(&index.searcher, &SearchRequest::new("lanterns"));
    assert_eq!((plain.documents, plain.facets.len()), (None, 0));
    assert!(plain.hits.iter().all(|hit| hit.more.is_none()));
    for (limit, offset) in [(0, 0), (1, 0), (3, 2), (5, 9_999)] {
        let facets = vec![FacetBy::Type, FacetBy::Year];
        let request = SearchRequest { limit, offset, facets, ..SearchRequest::new("lanterns") };
        let answer = ask(&index.searcher, &request);
        assert_eq!((answer.total, answer.documents), (plain.total, Some(5)));
        assert_eq!(answer.facets[0].counts.len(), 3);
        let json = serde_json::to_value(&answer.facets[1]).unwrap();
        assert_eq!(
            json["counts"][2],
            serde_json::json!({"value": null, "paragraphs": 3, "documents": 1})
        );
        assert_eq!((&json["schema"], &json["facet"]), (&1.into(), &"year".into()));
    }
}

/// The hits of a request page by page, as `symbol place`.
fn paged(searcher: &Searcher, request: &SearchRequest, page: usize) -> Vec<String> {
    let mut shown = Vec::new();
    loop {
        let request = SearchRequest { limit: page, offset: shown.len(), ..request.clone() };
        let hits = ask(searcher, &request).hits;
        if hits.is_empty() {
            return shown;
        }
        for hit in hits {
            assert_eq!(hit.rank, shown.len() as u64 + 1);
            let more = hit.more.map(|more| format!(" +{more}")).unwrap_or_default();
            shown.push(format!("{} {}{more}", hit.document.symbol, hit.paragraph.pinpoint));
        }
    }
}

#[test]
fn orders() {
    let by = |sort| SearchRequest { sort, ..SearchRequest::new("oil") };
    // (order, hits, why)
    let table: [(Sort, &[&str]); 2] = [
        (
            Sort::Date,
            &[
                "UNDEX/RES/9 para. 2",
                "UNDEX/RES/9 para. 3",
                "UNDEX/RES/10 para. 2",
                "UNDEX/RES/10 para. 3",
                "UNDEX/AC.2/9 para. 2",
                "UNDEX/AC.2/9 para. 3",
                "UNDEX/T/2 para. 2",
                "UNDEX/T/2 para. 3",
            ],
        ),
        (
            Sort::Symbol,
            &[
                "UNDEX/AC.2/9 para. 2",
                "UNDEX/AC.2/9 para. 3",
                "UNDEX/RES/9 para. 2",
                "UNDEX/RES/9 para. 3",
                "UNDEX/RES/10 para. 2",
                "UNDEX/RES/10 para. 3",
                "UNDEX/T/2 para. 2",
                "UNDEX/T/2 para. 3",
            ],
        ),
    ];
    for index in indexes() {
        for (sort, expected) in table {
            for page in [1, 3, 100] {
                assert_eq!(paged(&index.searcher, &by(sort), page), expected, "{sort:?}");
            }
        }
    }
    // A year in a symbol counts as its first day: after what is dated later in that year.
    let request = SearchRequest { sort: Sort::Date, ..SearchRequest::new("lanterns") };
    let hits = paged(&indexes()[0].searcher, &request, 100);
    let place = |symbol: &str| hits.iter().position(|hit| hit.starts_with(symbol)).unwrap();
    assert!(place("UNDEX/RES/10") > place("UNDEX/RES/9"));
    assert!(place("UNDEX/AC.2/2021/3") < place("UNDEX/AC.2/9"));
    // Both are of 1 January 2021: by symbol.
    assert!(place("UNDEX/AC.2/2021/3") < place("UNDEX/RES/10"));
    assert!(place("UNDEX/T/2") > place("UNDEX/AC.2/9"));
}

#[test]
fn one_hit_for_each_document() {
    let request =
        |sort| SearchRequest { by_document: true, sort, ..SearchRequest::new("lanterns oil") };
    let expected = [
        "UNDEX/AC.2/9 para. 3 +1",
        "UNDEX/RES/9 para. 3 +1",
        "UNDEX/RES/10 para. 3 +1",
        "UNDEX/T/2 para. 3 +1",
    ];
    for index in indexes() {
        for page in [1, 3, 100] {
            for sort in [Sort::Relevance, Sort::Symbol] {
                assert_eq!(paged(&index.searcher, &request(sort), page), expected);
            }
        }
        let best = |sort| SearchRequest {
            by_document: true,
            sort,
            ..SearchRequest::new("lanterns lang:en")
        };
        // The order is by date, the paragraph shown the best all the same.
        let plain =
            SearchRequest { limit: 100, ..SearchRequest::new("lanterns symbol:UNDEX/RES/9") };
        let best_of_one = ask(&index.searcher, &plain).hits[0].paragraph.pinpoint.to_string();
        let hits = paged(&index.searcher, &best(Sort::Date), 2);
        assert_eq!(hits[0], format!("UNDEX/RES/9 {best_of_one} +2"));
        assert_eq!(hits.len(), 4);
        let answer = ask(&index.searcher, &best(Sort::Relevance));
        assert_eq!((answer.total, answer.documents), (12, Some(4)));
        let json = serde_json::to_value(&answer.hits[0]).unwrap();
        assert_eq!(json["more"], 2);
        let none = SearchRequest { limit: 0, ..best(Sort::Relevance) };
        let none = ask(&index.searcher, &none);
        assert_eq!((none.hits.len(), none.documents), (0, Some(4)));
    }
}

#[test]
fn each_document_stands_where_its_best_paragraph_does() {
    for index in indexes() {
        let single = SearchRequest { limit: 100, ..SearchRequest::new("lanterns OR oil OR nada") };
        let mut seen = BTreeSet::new();
        let expected: Vec<(String, u32)> = ask(&index.searcher, &single)
            .hits
            .iter()
            .filter(|hit| seen.insert(hit.document.key().to_string()))
            .map(|hit| (hit.cite(), hit.score.to_bits()))
            .collect();
        let grouped = SearchRequest { by_document: true, ..single };
        let found: Vec<(String, u32)> = ask(&index.searcher, &grouped)
            .hits
            .iter()
            .map(|hit| (hit.cite(), hit.score.to_bits()))
            .collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn trends() {
    for index in indexes() {
        let requests = ["lanterns", "oil type:resolution", "unicorn"].map(SearchRequest::new);
        let trend = index.searcher.trend(&requests).unwrap();
        assert_eq!(trend.years, Some((2019, 2021)));
        let of = |at: usize, year| {
            let count = trend.series[at].of(year);
            (count.paragraphs, count.documents)
        };
        assert_eq!([of(0, 2019), of(0, 2020), of(0, 2021)], [(3, 1), (0, 0), (8, 3)]);
        assert_eq!((of(1, 2021), of(2, 2021)), ((4, 2), (0, 0)));
        let [lanterns, oil, unicorn] = trend.series.as_slice() else { panic!("{trend:?}") };
        assert_eq!((lanterns.all.paragraphs, lanterns.all.documents), (14, 5));
        assert_eq!((lanterns.undated.paragraphs, lanterns.undated.documents), (3, 1));
        assert_eq!((oil.undated.paragraphs, unicorn.all.paragraphs), (0, 0));
        let svg = trend.to_svg();
        assert_eq!(svg, index.searcher.trend(&requests).unwrap().to_svg());
        assert!(svg.contains("unicorn: 0 paragraphs in 0 documents"), "{svg}");
    }
}

#[test]
fn drawings_of_anything() {
    let index = &indexes()[0];
    let draw = |queries: &[&str]| {
        let requests: Vec<SearchRequest> =
            queries.iter().map(|query| SearchRequest::new(*query)).collect();
        index.searcher.trend(&requests).unwrap().to_svg()
    };
    // (queries, a part of the drawing, lines in it, why)
    let many = ["oil"; 20];
    let table: [(&[&str], &str, usize, &str); 5] = [
        (&[], "No dated paragraph matches", 0, "nothing is asked"),
        (&["lanterns symbol:UNDEX/T/2"], "3 of them undated", 0, "all undated"),
        (&["lanterns symbol:UNDEX/AC.2/9"], ">2019</text>", 1, "one year"),
        (&many, "stroke-dasharray=\"16 3 4 3\"", 20, "more lines than there are kinds"),
        (&["oil OR \"<x>&'\""], "oil OR &quot;&lt;x&gt;&amp;'&quot;", 1, "markup in a query"),
    ];
    for (queries, part, lines, why) in table {
        let svg = draw(queries);
        assert!(svg.contains(part), "{why}: {svg}");
        assert_eq!(svg.matches("<polyline").count(), lines, "{why}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{why}: {svg}");
    }
}
