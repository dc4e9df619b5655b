//! The citation graph of a small index of invented documents.

// The helpers of tests may stop at the first surprise as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{TestIndex, cite, document, note};
use undex_document::{CitedIn, Document, DocumentType, Language, Symbol};
use undex_query::{
    CitedByRequest, CountBy, Direction, DocumentFilter, Filter, GraphRequest, MissingRequest,
    SearchRequest, Searcher,
};

fn symbol(text: &str) -> Symbol {
    text.parse().unwrap()
}

fn dated(mut document: Document, date: &str, kind: DocumentType) -> Document {
    document.date = Some(date.parse().unwrap());
    document.kind = kind;
    document
}

/// Five works: a resolution on lanterns that others cite, in two languages; a report that does so at
/// length, in two languages; an older one; one without date; and one of two symbols.
fn documents() -> Vec<Document> {
    let mut lanterns = document(
        "A/RES/70/900",
        Language::English,
        "Lanterns",
        &["Every lantern is counted.", "Paragraph 1 above holds at night. See also 69/1 A."],
    );
    cite(&mut lanterns, 1, "Paragraph 1", &["A/RES/70/900"], "para. 1");
    cite(&mut lanterns, 1, "69/1 A", &["A/RES/69/1A"], "");
    let lanterns = dated(lanterns, "2015-12-20", DocumentType::Resolution);

    let report = |language, texts: [&str; 4], second: &str| {
        let mut report = document("UNDEX/AC.7/2021/3", language, "On lanterns", &texts);
        note(&mut report, 2, "1", "See No. 5. The count is in 70/900, and its annex.");
        cite(&mut report, 0, "70/900", &["A/RES/70/900"], "para. 1");
        cite(&mut report, 0, "A/69/77", &["A/69/77"], "");
        cite(&mut report, 1, second, &["A/RES/70/900"], "annex, para. 16 (a)");
        cite(&mut report, 1, second, &["A/RES/70/900"], "annex, para. 17");
        cite(&mut report, 2, "70/900", &["A/RES/70/900"], "annex");
        cite(&mut report, 3, "1/5", &["S/RES/5(1999)", "A/RES/70/900"], "");
        dated(report, "2021-03-01", DocumentType::Report)
    };
    let english = report(
        Language::English,
        [
            "As No. 70/900, para. 1, has it. A/69/77 differs.",
            "Annex, paras. 16 (a) and 17, of 70/900 apply.",
            "It has a note.",
            "It may be 1/5.",
        ],
        "70/900",
    );
    let spanish = report(
        Language::Spanish,
        [
            "Véase el núm. 70/900, párr. 1. Difiere A/69/77.",
            "El anexo, párrs. 16 a) y 17, de 70/900 rige.",
            "Tiene una nota.",
            "Puede ser 1/5.",
        ],
        "70/900",
    );

    let mut old = document(
        "A/C.9/72/4",
        Language::English,
        "Old lanterns",
        &["It recalls 70/900.", "It recalls 80/1 A-B and A/61/7-S/2006/7."],
    );
    cite(&mut old, 0, "70/900", &["A/RES/70/900"], "");
    cite(&mut old, 1, "80/1 A-B", &["A/RES/80/1A-B"], "");
    cite(&mut old, 1, "S/2006/7", &["S/2006/7"], "para. 3");
    let old = dated(old, "2017-10-02", DocumentType::DraftResolution);

    let mut undated = document(
        "CD/7",
        Language::English,
        "Undated",
        &["70/900 and again 70/900.", "A/69/77 and CD/99."],
    );
    cite(&mut undated, 0, "70/900 and", &["A/RES/70/900"], "");
    cite(&mut undated, 0, "70/900.", &["A/RES/70/900"], "");
    cite(&mut undated, 1, "A/69/77", &["A/69/77"], "");
    cite(&mut undated, 1, "CD/99", &["CD/99"], "");

    let mut joint = document("A/61/7", Language::French, "Les deux", &["Rien."]);
    joint.symbols.push(symbol("S/2006/7"));
    let letters = document("A/RES/69/1", Language::French, "Les lettres", &["Rien."]);
    let mut lanterns_es =
        document("A/RES/70/900", Language::Spanish, "Faroles", &["Se cuentan.", "De noche."]);
    lanterns_es.date = Some("2015-12-20".parse().unwrap());
    lanterns_es.kind = DocumentType::Resolution;
    vec![lanterns, spanish, old, english, undated, joint, letters, lanterns_es]
}

/// The same documents in one segment, in many, and in another order.
fn indexes() -> Vec<TestIndex> {
    let documents = documents();
    let apart: Vec<&[Document]> = documents.chunks(1).collect();
    let turned: Vec<&[Document]> = documents.chunks(1).rev().collect();
    vec![TestIndex::new(&[&documents]), TestIndex::new(&apart), TestIndex::new(&turned)]
}

/// Symbol and pinpoint of what cites, in order.
fn citing(searcher: &Searcher, request: &CitedByRequest) -> Vec<String> {
    let answer = searcher.cited_by(request).unwrap();
    answer.citing.iter().map(|one| one.cite()).collect()
}

#[test]
fn what_cites_is_listed_once_and_newest_first() {
    let all = [
        "UNDEX/AC.7/2021/3, para. 1",
        "UNDEX/AC.7/2021/3, para. 2",
        "UNDEX/AC.7/2021/3, para. 3",
        "UNDEX/AC.7/2021/3, para. 4",
        "A/C.9/72/4, para. 1",
        "CD/7, para. 1",
    ];
    let with_own = [all[0], all[1], all[2], all[3], all[4], "A/RES/70/900, para. 2"];
    let own_place = [all[0], "A/RES/70/900, para. 2"];
    let base = || CitedByRequest::new(symbol("A/RES/70/900"));
    let at = |place: &str| CitedByRequest { place: Some(place.parse().unwrap()), ..base() };
    // (request, what cites, why)
    let table: Vec<(CitedByRequest, &[&str], &str)> = vec![
        (base(), &all, "every paragraph once, whatever its languages"),
        (CitedByRequest { limit: 2, offset: 3, ..base() }, &all[3..5], "a page"),
        (CitedByRequest { limit: 2, offset: 9, ..base() }, &[], "behind the last page"),
        (at("para. 1"), &all[..1], "a place"),
        (at("annex"), &all[1..3], "a place and what lies in it"),
        (at("annex, para. 16"), &all[1..2], "a paragraph whose point is cited"),
        (at("annex, para. 16 (a)"), &all[1..2], "a point"),
        (at("para. 16"), &[], "not in the annex"),
        (
            CitedByRequest { languages: vec![Language::Spanish], ..base() },
            &[
                "UNDEX/AC.7/2021/3, párr. 1",
                "UNDEX/AC.7/2021/3, párr. 2",
                "UNDEX/AC.7/2021/3, párr. 3",
                "UNDEX/AC.7/2021/3, párr. 4",
            ],
            "a language",
        ),
        (
            CitedByRequest { preferred: vec![Language::Spanish], limit: 1, offset: 3, ..base() },
            &["UNDEX/AC.7/2021/3, párr. 4"],
            "a preference keeps what is in no such language",
        ),
        (
            CitedByRequest { to: Some("2020-01-01".parse().unwrap()), ..base() },
            &all[4..5],
            "a period leaves out what has no date",
        ),
        (CitedByRequest { types: vec![DocumentType::Report], ..base() }, &all[..4], "a type"),
        (
            CitedByRequest { own: true, from: Some("2015-12-01".parse().unwrap()), ..base() },
            &with_own,
            "its own paragraphs where they are asked for",
        ),
        (CitedByRequest { own: true, ..at("para. 1") }, &own_place, "its own places"),
        (CitedByRequest::new(symbol("A/RES/80/1B")), &["A/C.9/72/4, para. 2"], "in a range"),
        (CitedByRequest::new(symbol("A/RES/80/1A-B")), &["A/C.9/72/4, para. 2"], "the range"),
        (CitedByRequest::new(symbol("A/RES/80/1")), &["A/C.9/72/4, para. 2"], "without letter"),
        (CitedByRequest::new(symbol("A/RES/80/1C")), &[], "another letter"),
        (CitedByRequest::new(symbol("S/2006/7")), &["A/C.9/72/4, para. 2"], "a joint symbol"),
        (CitedByRequest::new(symbol("A/61/7")), &["A/C.9/72/4, para. 2"], "its other half"),
        (CitedByRequest::new(symbol("A/RES/69/1")), &["A/RES/70/900, para. 2"], "its part"),
        (CitedByRequest::new(symbol("S/RES/5(1999)")), &all[3..4], "the likeliest of two"),
        (CitedByRequest::new(symbol("A/1")), &[], "nothing"),
    ];
    for index in indexes() {
        for (request, expected, why) in &table {
            assert_eq!(citing(&index.searcher, request), *expected, "{why}");
        }
    }
}

#[test]
fn totals_do_not_depend_on_the_page() {
    for index in indexes() {
        let mut request = CitedByRequest::new(symbol("A/RES/70/900"));
        request.limit = 0;
        let answer = index.searcher.cited_by(&request).unwrap();
        assert_eq!((answer.total, answer.documents, answer.citing.len()), (6, 3, 0));
    }
}

#[test]
fn the_sentence_that_cites_is_shown() {
    let index = &indexes()[1];
    let request = CitedByRequest::new(symbol("A/RES/70/900"));
    let answer = index.searcher.cited_by(&request).unwrap();
    // (sentence, what is marked in it, where it is, languages, settled)
    let es = [Language::English, Language::Spanish];
    let en = [Language::English];
    let text = || CitedIn::Text;
    type Row<'t> = (&'t str, &'t [&'t str], CitedIn, &'t [Language], bool);
    let table: [Row<'_>; 6] = [
        ("As No. 70/900, para. 1, has it.", &["70/900"], text(), &es, true),
        ("Annex, paras. 16 (a) and 17, of 70/900 apply.", &["70/900"], text(), &es, true),
        (
            "The count is in 70/900, and its annex.",
            &["70/900"],
            CitedIn::Note("1".into()),
            &es,
            true,
        ),
        ("It may be 1/5.", &["1/5"], text(), &es, false),
        ("It recalls 70/900.", &["70/900"], text(), &en, true),
        ("70/900 and again 70/900.", &["70/900 and", "70/900."], text(), &en, true),
    ];
    assert_eq!(answer.citing.len(), table.len());
    for (found, (sentence, marked, place, languages, settled)) in answer.citing.iter().zip(table) {
        assert_eq!(found.sentence.text, sentence);
        let characters: Vec<char> = sentence.chars().collect();
        let cut = |range: &(u32, u32)| -> String {
            characters[range.0 as usize..range.1 as usize].iter().collect()
        };
        let found_marks: Vec<String> = found.sentence.highlights.iter().map(cut).collect();
        assert_eq!(found_marks, marked, "{sentence}");
        assert_eq!(found.sentence.taken_from, place, "{sentence}");
        assert_eq!(found.languages, languages, "{sentence}");
        assert!(found.citations.iter().all(|one| one.is_settled() == settled), "{sentence}");
    }
}

#[test]
fn counts() {
    // (by, counts, why)
    type Row = (CountBy, &'static [(&'static str, u64)], &'static str);
    let table: [Row; 5] = [
        (
            CountBy::Year,
            &[("2017", 1), ("2018", 0), ("2019", 0), ("2020", 0), ("2021", 4), ("undated", 1)],
            "years between are there",
        ),
        (CountBy::Language, &[("en", 6), ("es", 4)], "a paragraph in each language"),
        (
            CountBy::Type,
            &[("report", 4), ("draft-resolution", 1), ("guide", 1)],
            "the largest first",
        ),
        (CountBy::Body, &[("UNDEX/AC.7", 4), ("A/C.9", 1), ("CD", 1)], "ties by name"),
        (
            CountBy::Document,
            &[("UNDEX/AC.7/2021/3", 4), ("A/C.9/72/4", 1), ("CD/7", 1)],
            "documents",
        ),
    ];
    for index in indexes() {
        for (by, expected, why) in &table {
            let request = CitedByRequest::new(symbol("A/RES/70/900"));
            let counts = index.searcher.count_cited_by(&request, *by).unwrap();
            let counts: Vec<(String, u64)> =
                counts.into_iter().map(|(key, count)| (key.to_string(), count)).collect();
            let expected: Vec<(String, u64)> =
                expected.iter().map(|(key, count)| ((*key).to_owned(), *count)).collect();
            assert_eq!(counts, expected, "{why}");
        }
    }
}

#[test]
fn what_a_document_cites() {
    for index in indexes() {
        let cites = |text: &str, language| index.searcher.cites(&symbol(text), language).unwrap();
        assert!(cites("A/1", Language::English).is_none());
        assert!(cites("CD/7", Language::French).is_none());
        let found = cites("A/C.9/72/4", Language::English).unwrap();
        type Row = (String, String, Option<(String, usize)>);
        let rows: Vec<Row> = found
            .citations
            .iter()
            .map(|one| {
                let held = one.held.as_ref();
                (
                    found.paragraphs[one.paragraph].pinpoint.to_string(),
                    one.citation.symbol.to_string(),
                    held.map(|(symbol, languages)| (symbol.to_string(), languages.len())),
                )
            })
            .collect();
        let row = |place: &str, cited: &str, held: Option<(&str, usize)>| {
            (place.to_owned(), cited.to_owned(), held.map(|(s, n)| (s.to_owned(), n)))
        };
        assert_eq!(
            rows,
            [
                row("para. 1", "A/RES/70/900", Some(("A/RES/70/900", 2))),
                row("para. 2", "A/RES/80/1 A-B", None),
                row("para. 2", "S/2006/7", Some(("A/61/7", 1))),
            ]
        );
        let own: Vec<bool> = cites("A/RES/70/900", Language::English)
            .unwrap()
            .citations
            .iter()
            .map(|one| one.own)
            .collect();
        assert_eq!(own, [true, false]);
    }
}

#[test]
fn what_is_missing() {
    let limited = |limit, offset| MissingRequest { limit, offset, ..MissingRequest::default() };
    let by = |citing: DocumentFilter| MissingRequest { citing, ..MissingRequest::default() };
    let all = ["A/69/77 2 2", "A/RES/80/1 A-B 1 1", "CD/99 1 1"];
    // (request, missing documents with citing documents and paragraphs, total, why)
    let table: Vec<(MissingRequest, &[&str], u64, &str)> = vec![
        (MissingRequest::default(), &all, 3, "neither held, nor under another form, nor unsettled"),
        (limited(1, 1), &all[1..2], 3, "a page"),
        (
            by(DocumentFilter { languages: vec![Language::Spanish], ..DocumentFilter::default() }),
            &["A/69/77 1 1"],
            1,
            "cited in Spanish",
        ),
        (
            by(DocumentFilter {
                from: Some("2018-01-01".parse().unwrap()),
                ..DocumentFilter::default()
            }),
            &["A/69/77 1 1"],
            1,
            "cited lately",
        ),
        (
            MissingRequest {
                symbol: Some(Filter::SymbolPrefix("A/RES".into())),
                ..MissingRequest::default()
            },
            &all[1..2],
            1,
            "of a series",
        ),
    ];
    for index in indexes() {
        for (request, expected, total, why) in &table {
            let missing = index.searcher.missing(request).unwrap();
            let found: Vec<String> = missing
                .documents
                .iter()
                .map(|one| format!("{} {} {}", one.symbol, one.documents, one.paragraphs))
                .collect();
            assert_eq!(found, *expected, "{why}");
            assert_eq!(missing.total, *total, "{why}");
        }
    }
}

#[test]
fn graphs() {
    let base = |text: &str, depth, direction| {
        let mut request = GraphRequest::new(symbol(text));
        (request.depth, request.direction) = (depth, direction);
        request
    };
    let bounded = GraphRequest { nodes: 2, ..base("A/RES/70/900", 1, Direction::In) };
    let few_edges = GraphRequest { edges: 1, ..base("A/RES/70/900", 1, Direction::In) };
    // (request, nodes with depth, edges with certain and probable paragraphs, complete, why)
    type Row = (GraphRequest, &'static [&'static str], &'static [&'static str], bool, &'static str);
    let table: Vec<Row> = vec![
        (
            base("A/C.9/72/4", 1, Direction::Out),
            &["0 A/C.9/72/4", "1 A/61/7", "1 A/RES/70/900", "1 A/RES/80/1 A-B not held"],
            &[
                "A/C.9/72/4 > A/61/7 1 0",
                "A/C.9/72/4 > A/RES/70/900 1 0",
                "A/C.9/72/4 > A/RES/80/1 A-B 1 0",
            ],
            true,
            "what it cites",
        ),
        (
            base("A/C.9/72/4", 2, Direction::Out),
            &[
                "0 A/C.9/72/4",
                "1 A/61/7",
                "1 A/RES/70/900",
                "1 A/RES/80/1 A-B not held",
                "2 A/RES/69/1",
            ],
            &[
                "A/C.9/72/4 > A/61/7 1 0",
                "A/C.9/72/4 > A/RES/70/900 1 0",
                "A/C.9/72/4 > A/RES/80/1 A-B 1 0",
                "A/RES/70/900 > A/RES/69/1 1 0",
            ],
            true,
            "and what that cites",
        ),
        (
            base("A/RES/70/900", 1, Direction::In),
            &["0 A/RES/70/900", "1 A/C.9/72/4", "1 CD/7", "1 UNDEX/AC.7/2021/3"],
            &[
                "A/C.9/72/4 > A/RES/70/900 1 0",
                "CD/7 > A/RES/70/900 1 0",
                "UNDEX/AC.7/2021/3 > A/RES/70/900 3 0",
            ],
            true,
            "what cites it",
        ),
        (
            base("S/RES/5(1999)", 1, Direction::Both),
            &["0 S/RES/5 (1999) not held", "1 UNDEX/AC.7/2021/3"],
            &["UNDEX/AC.7/2021/3 > S/RES/5 (1999) 0 1"],
            true,
            "an unsettled citation of a document that is not held",
        ),
        (
            bounded,
            &["0 A/RES/70/900", "1 UNDEX/AC.7/2021/3"],
            &["UNDEX/AC.7/2021/3 > A/RES/70/900 3 0"],
            false,
            "the most cited are kept",
        ),
        (
            few_edges,
            &["0 A/RES/70/900", "1 A/C.9/72/4", "1 CD/7", "1 UNDEX/AC.7/2021/3"],
            &["UNDEX/AC.7/2021/3 > A/RES/70/900 3 0"],
            false,
            "edges are bounded too",
        ),
        (
            base("A/RES/70/900", 0, Direction::Both),
            &["0 A/RES/70/900"],
            &[],
            true,
            "the middle alone",
        ),
    ];
    for index in indexes() {
        for (request, nodes, edges, complete, why) in &table {
            let graph = index.searcher.graph(request).unwrap();
            let found: Vec<String> = graph
                .nodes
                .iter()
                .map(|node| {
                    let held = if node.held { "" } else { " not held" };
                    format!("{} {}{held}", node.depth, node.symbol)
                })
                .collect();
            assert_eq!(found, *nodes, "{why}");
            let found: Vec<String> = graph
                .edges
                .iter()
                .map(|one| {
                    format!("{} > {} {} {}", one.from, one.to, one.paragraphs, one.unsettled)
                })
                .collect();
            assert_eq!(found, *edges, "{why}");
            assert_eq!(graph.complete, *complete, "{why}");
        }
        let deep = base("CD/7", 99, Direction::Out);
        let error = index.searcher.graph(&deep).unwrap_err();
        assert_eq!(
            error.to_string(),
            "99 steps from the middle of a graph are more than the 16 allowed: nothing more is \
             reached from there that a graph could show"
        );
    }
}

#[test]
fn titles_cannot_break_out_of_a_drawing() {
    let mut hostile = documents();
    hostile[2].title = Some("a\"];\n\u{1b}[31m\\ <b> & 'x' \u{0}".into());
    let index = TestIndex::new(&[&hostile]);
    let graph = index.searcher.graph(&GraphRequest::new(symbol("A/C.9/72/4"))).unwrap();
    let dot = graph.to_dot();
    assert!(dot.contains(r#"label="A/C.9/72/4 · 2017\na\"];\n [31m\\ <b> & 'x'  ""#), "{dot}");
    assert!(dot.contains(r#""A/RES/80/1 A-B" [label="A/RES/80/1 A-B", style=dashed];"#), "{dot}");
    assert!(dot.contains(r#""A/C.9/72/4" -> "A/RES/70/900" [label="1"];"#), "{dot}");
    let graphml = graph.to_graphml();
    assert!(
        graphml.contains("<data key=\"title\">a&quot;];  [31m\\ &lt;b&gt; &amp; 'x'  </data>"),
        "{graphml}"
    );
    for text in [dot, graphml] {
        assert!(!text.contains('\u{1b}') && !text.contains('\u{0}'));
    }
    let json = serde_json::to_value(&graph).unwrap();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["edges"][0]["from"], "A/C.9/72/4");
}

#[test]
fn the_filter_cites() {
    // (query, paragraphs, why)
    let table = [
        ("cites:A/RES/70/900", 10, "in every language"),
        ("cites:70/900", 10, "a bare number is a resolution of the Assembly"),
        ("cites:70/900 lang:es", 4, "with another filter"),
        ("cites:A/RES/70/*", 10, "segments"),
        ("cites:70/*", 10, "segments of a bare number"),
        ("cites:A/*", 13, "an organ; the document's own places are no citations"),
        ("cites:A/69/77 AND difiere", 1, "with a word"),
        ("cites:S/2006/7", 1, "another symbol of the same document"),
        ("cites:A/RES/80/1B", 1, "a letter of a range"),
        ("NOT cites:A/* lang:en", 1, "negated"),
    ];
    for index in indexes() {
        for (query, total, why) in table {
            let answer = index.searcher.search(&SearchRequest::new(query)).unwrap();
            assert_eq!(answer.total, total, "{query}: {why}");
        }
    }
}

#[test]
fn the_filter_cites_marks_what_it_asked_for() {
    // (query, words marked in every hit, why)
    let table = [
        ("cites:A/69/77 lang:en", "A/69/77", "a symbol"),
        ("cites:A/69/* lang:en", "A/69/77", "everything under it"),
        ("NOT cites:A/* lang:en", "", "what is not there is not marked"),
    ];
    for index in indexes() {
        for (query, words, why) in table {
            let answer = index.searcher.search(&SearchRequest::new(query)).unwrap();
            assert!(!answer.hits.is_empty(), "{query}");
            for hit in &answer.hits {
                let text: Vec<char> = hit.snippet.text.chars().collect();
                let marked: Vec<String> = hit
                    .snippet
                    .highlights
                    .iter()
                    .map(|(start, end)| text[*start as usize..*end as usize].iter().collect())
                    .collect();
                let expected = if words.is_empty() { vec![] } else { vec![words.to_owned()] };
                assert_eq!(marked, expected, "{query}: {why}");
            }
        }
    }
}
