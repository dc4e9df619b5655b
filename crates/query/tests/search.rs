//! Searches on a small index of invented documents.

// The helpers of tests may stop at the first surprise as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{TestIndex, ask, document, note};
use undex_document::{Citation, CitedIn, Document, DocumentType, Language, Pinpoint, Role, Symbol};
use undex_query::{
    Combination, DocumentFilter, Filter, Holding, SearchError, SearchRequest, Searcher,
};

fn documents() -> Vec<Document> {
    let mut spanish = document(
        "UNDEX/TEST/2015/1",
        Language::Spanish,
        "Los faros del archipiélago",
        &[
            "# Introducción",
            "Las operaciones de los faros siguen en marcha.",
            "La operación nocturna cuesta más aceite.",
            "Los guardianes publicaron el público censo de gaviotas.",
            "El fomento de la confianza entre guardianes y pescadores es lento.",
            "La confianza crece; el fomento viene después, entre guardianes.",
        ],
    );
    spanish.date = Some("2015-05-01".parse().unwrap());
    spanish.kind = DocumentType::Report;
    note(&mut spanish, 2, "1", "Véase el almanaque de mareas, passim.");

    let mut french = document(
        "UNDEX/TEST/2015/1",
        Language::French,
        "Les phares de l’archipel",
        &[
            "L’assemblée des gardiens décide de la sécurité des quais.",
            "Qu’une lanterne s’éteigne, et l’on rallume.",
            "La confiance se bâtit lentement.",
        ],
    );
    french.date = Some("2015-05-01".parse().unwrap());

    let mut english = document(
        "UNDEX/TEST/2021/L.2",
        Language::English,
        "Lanterns and keepers",
        &[
            "# Legally binding rules",
            "Keepers have legally binding obligations towards lanterns.",
            "The obligations are binding, and legally so.",
            "Confidence-building between keepers and gulls takes a decade.",
            "As decided in resolution 70/237, gulls are counted.",
            "Nothing here speaks of birds.",
            "The keeper’s oil is kept in the cellar of the lighthouse.",
        ],
    );
    english.date = Some("2021-03-10".parse().unwrap());
    english.kind = DocumentType::Resolution;
    english.symbols.push("UNDEX/OTHER/7".parse().unwrap());
    english.paragraphs[4].role = Role::Operative;
    english.paragraphs[4].citations.push(Citation {
        symbol: "A/RES/70/237".parse().unwrap(),
        pinpoint: None,
        start: 23,
        end: 29,
        found_in: CitedIn::Text,
        candidates: Vec::new(),
    });
    let resolution = document(
        "A/RES/217(III)",
        Language::English,
        "Universal lanterns",
        &["Every lantern is born free."],
    );
    vec![spanish, french, english, resolution]
}

fn index() -> TestIndex {
    TestIndex::new(&[&documents()])
}

/// The hits of a query, as `language pinpoint`.
fn hits(searcher: &Searcher, query: &str) -> Vec<String> {
    let show =
        |hit: &undex_query::Hit| format!("{} {}", hit.document.language, hit.paragraph.pinpoint);
    ask(searcher, query).hits.iter().map(show).collect()
}

#[test]
fn what_is_found() {
    let index = index();
    // (query, hits in any order, why)
    let table: &[(&str, &[&str], &str)] = &[
        ("operacion", &["es para. 1", "es para. 2"], "an accent left out"),
        ("OPERACIÓN", &["es para. 1", "es para. 2"], "capitals"),
        ("operaciones", &["es para. 1", "es para. 2"], "another form"),
        ("securite", &["fr para. 1"], "accents left out in French"),
        ("assemblée", &["fr para. 1"], "behind an elided article"),
        ("l’assemblee", &["fr para. 1"], "with the article"),
        ("l'assemblée", &["fr para. 1"], "with the other apostrophe"),
        ("confian*", &["es para. 4", "es para. 5", "fr para. 3"], "a prefix, any language"),
        ("\"fomento de la confianza\"", &["es para. 4"], "a phrase"),
        ("\"Fomento de la Confianza\"", &["es para. 4"], "a phrase in capitals"),
        ("“legally binding”", &["en heading 1", "en para. 1"], "typographic quotes"),
        ("\"legally binding obligation\"", &[], "phrases are not stemmed"),
        ("\"obligations\"", &["en para. 1", "en para. 2"], "a phrase of one word"),
        ("keepers -obligations", &["en para. 3", "en para. 6"], "negation"),
        ("keepers NOT (obligations OR gulls)", &["en para. 6"], "a negated group"),
        ("obligations AND legally", &["en para. 1", "en para. 2"], "AND"),
        ("gulls OR oil", &["en para. 3", "en para. 4", "en para. 6"], "OR"),
        ("almanaque", &["es para. 2"], "a word of a note"),
        ("note:almanaque", &["es para. 2"], "only notes"),
        ("note:operación", &[], "the text is no note"),
        ("note:\"almanaque de mareas\"", &["es para. 2"], "a phrase of a note"),
        ("\"passim\" note:mareas", &["es para. 2"], "notes are in phrases too"),
        (
            "title:archipel*",
            &["fr para. 1", "fr para. 2", "fr para. 3"],
            "a prefix of the title, as its stem",
        ),
        ("title:\"universal lanterns\"", &["en para. 1"], "a phrase of the title"),
        ("title:\"lanterns universal\"", &[], "in this order"),
        (
            "heading:\"binding rules\" AND gulls",
            &["en para. 3", "en para. 4"],
            "a phrase of the heading",
        ),
        (
            "heading:introduccion lang:es role:paragraph confianza",
            &["es para. 4", "es para. 5"],
            "accents of headings",
        ),
        ("confidence-building", &["en para. 3"], "both words of a compound"),
        ("70/237", &["en para. 4"], "numbers keep their order"),
        ("237/70", &[], "and only that"),
        ("A/RES/70/237", &["en para. 4"], "a symbol: what cites it"),
        ("A/RES/217(III)", &["en para. 1"], "a symbol: its document"),
        ("symbol:UNDEX/OTHER/7 gulls", &["en para. 3", "en para. 4"], "another symbol"),
        ("symbol:undex/test/* confia*", &["es para. 4", "es para. 5", "fr para. 3"], "segments"),
        ("symbol:UNDEX/TEST/20/* confia*", &[], "segments are whole"),
        ("body:UNDEX gulls", &["en para. 3", "en para. 4"], "body"),
        ("lang:fr", &["fr para. 1", "fr para. 2", "fr para. 3"], "a filter alone"),
        ("type:resolution role:operative", &["en para. 4"], "two filters"),
        ("year:2016..2022 role:operative", &["en para. 4"], "years"),
        ("year:..1947", &[], "before everything"),
        ("year:2022..", &[], "after everything"),
        ("year:2016..2018", &[], "between the dates held"),
        ("date:2021-03-10 oil", &["en para. 6"], "a day"),
        (
            "(lang:es OR lang:fr) confian*",
            &["es para. 4", "es para. 5", "fr para. 3"],
            "filters joined",
        ),
        ("confia* -lang:es", &["fr para. 3"], "a filter negated"),
        ("unicorn", &[], "nothing"),
        ("qu'une", &["fr para. 2"], "function words alone are looked for"),
        ("cellar title:lanterns", &["en para. 6"], "the title as a condition"),
        ("lanterns oil", &["en para. 6"], "a word of the title counts beside one of the text"),
    ];
    for (query, expected, why) in table {
        let mut found = hits(&index.searcher, query);
        found.sort();
        assert_eq!(&found, expected, "{query}: {why}");
    }
}

#[test]
fn what_is_best() {
    let index = index();
    // (query, best hit, why)
    let table = [
        ("fomento de la confianza entre guardianes", "es para. 4", "neighbours are neighbours"),
        ("operación", "es para. 2", "the word itself before another form"),
        ("legally binding obligations", "en para. 1", "more words, in order"),
        ("legally binding", "en para. 1", "a paragraph before a heading"),
        ("público", "es para. 3", "found"),
    ];
    for (query, expected, why) in table {
        assert_eq!(
            hits(&index.searcher, query).first().map(String::as_str),
            Some(expected),
            "{why}"
        );
    }
}

#[test]
fn words_side_by_side() {
    let index = index();
    // (query, combination, number of hits)
    let table = [
        ("keepers gulls", Combination::All, 2),
        ("keepers gulls decade", Combination::Most { least: 2, of: 3 }, 2),
        ("what do the keepers owe to lanterns legally?", Combination::Most { least: 3, of: 4 }, 5),
        ("pescadores gulls", Combination::Any, 3),
        ("unicorn dragon", Combination::All, 0),
        ("gulls", Combination::All, 2),
        ("gulls gulls", Combination::All, 2),
        ("keepers keepers gulls decade", Combination::Most { least: 2, of: 3 }, 2),
        ("keep* keep* gulls decade", Combination::Most { least: 2, of: 3 }, 1),
    ];
    for (query, combination, total) in table {
        let answer = ask(&index.searcher, query);
        assert_eq!((answer.combination, answer.total), (combination, total), "{query}");
    }
}

#[test]
fn rarer_words_are_enough_where_they_say_more() {
    let common: Vec<String> =
        (0..40).map(|year| format!("The law of war may apply to boats of year {year}.")).collect();
    let mut texts: Vec<&str> = common.iter().map(String::as_str).collect();
    texts.extend([
        "There is law in cyberspace.",
        "Boats of war have no cyberspace.",
        "A law is a law.",
    ]);
    let document = document("UNDEX/LAW/1", Language::English, "Boats", &texts);
    let index = TestIndex::new(&[&[document]]);
    let answer = ask(&index.searcher, "Does the law of war apply in cyberspace?");
    assert_eq!(answer.combination, Combination::Most { least: 3, of: 4 });
    assert_eq!(answer.total, 42, "all but the last, which has one common word");
    let first: Vec<&str> =
        answer.hits.iter().take(2).map(|hit| hit.paragraph.text.as_str()).collect();
    assert!(first.iter().all(|text| text.contains("cyberspace")), "{first:?}");
    // Of two words, both are demanded.
    assert_eq!(ask(&index.searcher, "apply cyberspace").combination, Combination::Any);
    // A weight changes the order and not what is found.
    for weighted in ["law^100 war apply cyberspace", "law war apply cyberspace^0.01"] {
        assert_eq!(ask(&index.searcher, weighted).total, 42, "{weighted}");
    }
    // A word that nothing holds makes no other one rare.
    let unknown = ask(&index.searcher, "cyberspace zzqqx xqqzz");
    assert_eq!((unknown.combination, unknown.total), (Combination::Any, 2));
}

#[test]
fn words_that_come_again_change_nothing() {
    let index = index();
    for (once, again) in [
        ("gulls", "gulls gulls"),
        ("keepers gulls decade", "keepers keepers gulls gulls decade"),
        ("keep* gulls", "keep* keep* gulls"),
    ] {
        let scores = |query: &str| -> Vec<f32> {
            ask(&index.searcher, query).hits.iter().map(|hit| hit.score).collect()
        };
        assert!(!scores(once).is_empty());
        assert_eq!(scores(once).len(), scores(again).len(), "{again}");
    }
    assert_eq!(
        ask(&index.searcher, "gulls").hits[0].score,
        ask(&index.searcher, "gulls gulls").hits[0].score
    );
}

#[test]
fn conditions_beside_the_query() {
    let index = index();
    let count = |change: &dyn Fn(&mut SearchRequest)| {
        let mut request = SearchRequest { limit: 0, ..SearchRequest::new("confian*") };
        change(&mut request);
        index.searcher.search(&request).unwrap().total
    };
    assert_eq!(count(&|_| {}), 3);
    assert_eq!(count(&|r| r.languages = vec![Language::French]), 1);
    assert_eq!(count(&|r| r.languages = vec![Language::Russian]), 0);
    assert_eq!(count(&|r| r.types = vec![DocumentType::Report]), 2);
    assert_eq!(count(&|r| r.from = Some("2016-01-01".parse().unwrap())), 0);
    assert_eq!(count(&|r| r.to = Some("2015-05-01".parse().unwrap())), 3);
    assert_eq!(
        count(&|r| *r =
            SearchRequest { languages: vec![Language::French], ..SearchRequest::new(" ") }),
        3
    );
    assert_eq!(count(&|r| r.query = "-confian*".into()), 6 + 3 + 7 + 1 - 3);
}

#[test]
fn snippets_mark_what_matched() {
    let index = index();
    // (query, snippet of the best hit with its marks)
    let table = [
        ("operaciones faro", "Las [operaciones] de los [faros] siguen en marcha."),
        ("l'assemblee securite", "L’[assemblée] des gardiens décide de la [sécurité] des quais."),
        (
            "\"legally binding\" keepers",
            "[Keepers] have [legally binding] obligations towards lanterns.",
        ),
        (
            "\"obligations\" binding",
            "Keepers have legally [binding] [obligations] towards lanterns.",
        ),
        (
            "confian* -pescadores lang:es",
            "La [confianza] crece; el fomento viene después, entre guardianes.",
        ),
        ("decade -obligations", "Confidence-building between keepers and gulls takes a [decade]."),
        ("almanaque de mareas", "Véase el [almanaque] de [mareas], passim."),
        ("lang:fr role:paragraph", "L’assemblée des gardiens décide de la sécurité des quais."),
        ("70/237", "As decided in resolution [70/237], gulls are counted."),
    ];
    for (query, expected) in table {
        let answer = ask(&index.searcher, query);
        let snippet = &answer.hits[0].snippet;
        let mut marked: Vec<char> = snippet.text.chars().collect();
        for (start, end) in snippet.highlights.iter().rev() {
            marked.insert(*end as usize, ']');
            marked.insert(*start as usize, '[');
        }
        assert_eq!(marked.iter().collect::<String>(), expected, "{query}");
        let in_note = query.starts_with("almanaque");
        assert_eq!(snippet.taken_from == CitedIn::Note("1".into()), in_note, "{query}");
    }
}

#[test]
fn ties_stand_in_the_order_of_symbols() {
    let texts = ["Same words here.", "Same words here."];
    let make = |symbol: &str, language| document(symbol, language, "T", &texts);
    let all = [
        make("UNDEX/T/10", Language::English),
        make("UNDEX/T/9", Language::Spanish),
        make("UNDEX/T/9", Language::English),
        make("UNDEX/T/2", Language::English),
    ];
    let expected: Vec<String> = ["UNDEX/T/2", "UNDEX/T/9", "UNDEX/T/10"]
        .iter()
        .flat_map(|symbol| [format!("{symbol}, para. 1"), format!("{symbol}, para. 2")])
        .collect();
    let one = TestIndex::new(&[&all]);
    let backwards: Vec<Document> = all.iter().rev().cloned().collect();
    let many = TestIndex::new(&[&backwards[..1], &backwards[1..3], &backwards[3..]]);
    for (query, languages) in
        [("same words lang:en", 1), ("lang:en", 1), ("\"same words\" lang:en", 1)]
    {
        let cite = |index: &TestIndex, limit, offset| -> Vec<(String, u32)> {
            let request = SearchRequest { limit, offset, ..SearchRequest::new(query) };
            let hits = index.searcher.search(&request).unwrap().hits;
            hits.iter().map(|hit| (hit.cite(), hit.score.to_bits())).collect()
        };
        let first = cite(&one, 10, 0);
        assert_eq!(first.iter().map(|(cite, _)| cite.clone()).collect::<Vec<_>>(), expected);
        assert_eq!(first, cite(&many, 10, 0), "segments change nothing");
        let paged: Vec<_> = (0..6).flat_map(|offset| cite(&many, languages, offset)).collect();
        assert_eq!(first, paged, "pages are parts of the whole");
    }
}

#[test]
fn hits_as_json() {
    let index = index();
    let mut answer = ask(&index.searcher, "aceite nocturna");
    let mut hit = answer.hits.remove(0);
    hit.score = 1.5;
    assert_eq!(
        serde_json::to_value(&hit).unwrap(),
        serde_json::json!({
            "schema": 1, "rank": 1, "score": 1.5, "symbol": "UNDEX/TEST/2015/1", "language": "es",
            "pinpoint": "para. 2", "cite": "UNDEX/TEST/2015/1, párr. 2",
            "title": "Los faros del archipiélago", "date": "2015-05-01", "type": "report",
            "role": "paragraph", "headings": ["Introducción"], "page": null,
            "text": "La operación nocturna cuesta más aceite.",
            "snippet": {
                "text": "La operación nocturna cuesta más aceite.",
                "highlights": [[13, 21], [33, 39]],
                "in": "text",
            },
            "url": null, "path": "invented/UNDEX-TEST-2015-1.txt",
        })
    );
    let resolution = ask(&index.searcher, "born free").hits.remove(0);
    assert_eq!(resolution.url().as_deref(), Some("https://undocs.org/en/A/RES/217(III)"));
}

#[test]
fn documents_and_places() {
    let index = index();
    let searcher = &index.searcher;
    let symbol = |text: &str| text.parse::<Symbol>().unwrap();
    for wanted in documents() {
        let held = searcher.document(&wanted.symbol, wanted.language).unwrap();
        assert_eq!(held.as_ref(), Some(&wanted), "whole and in order");
    }
    assert_eq!(
        searcher.languages_of(&symbol("undex/test/2015/1")).unwrap(),
        [Language::French, Language::Spanish]
    );
    assert_eq!(searcher.document(&symbol("UNDEX/TEST/2015/1"), Language::English).unwrap(), None);

    let holding = |text: &str| searcher.holding(&symbol(text)).unwrap();
    let held = |text: &str| match holding(text) {
        Holding::Held { symbol, .. } => symbol.to_string(),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(held("UNDEX/OTHER/7"), "UNDEX/TEST/2021/L.2", "another symbol of the document");
    assert_eq!(held("A/RES/217 A (III)"), "A/RES/217 (III)", "without its letter");
    let Holding::NotHeld { suggestions } = holding("UNDEX/TEST/2015/2") else { panic!() };
    assert_eq!(suggestions.first(), Some(&symbol("UNDEX/TEST/2015/1")));
    let Holding::NotHeld { suggestions } = holding("S/PV.1") else { panic!() };
    assert!(suggestions.is_empty());

    let place: Pinpoint = "para. 2".parse().unwrap();
    let passages = searcher.paragraphs_at(&symbol("UNDEX/TEST/2015/1"), &place, &[]).unwrap();
    let texts: Vec<&str> = passages.iter().map(|p| p.paragraphs[0].text.as_str()).collect();
    assert_eq!(
        texts,
        ["Qu’une lanterne s’éteigne, et l’on rallume.", "La operación nocturna cuesta más aceite."]
    );

    let list = |filter: DocumentFilter| -> Vec<String> {
        let documents = searcher.documents(&filter).unwrap();
        documents.iter().map(|d| format!("{} {} {}", d.symbol, d.language, d.paragraphs)).collect()
    };
    assert_eq!(
        list(DocumentFilter::default()),
        [
            "A/RES/217 (III) en 1",
            "UNDEX/TEST/2015/1 fr 3",
            "UNDEX/TEST/2015/1 es 6",
            "UNDEX/TEST/2021/L.2 en 7"
        ]
    );
    let prefix = Some(Filter::SymbolPrefix("UNDEX/TEST/2015".into()));
    assert_eq!(list(DocumentFilter { symbol: prefix, ..Default::default() }).len(), 2);
    let from = Some("2016-01-01".parse().unwrap());
    assert_eq!(list(DocumentFilter { from, ..Default::default() }), ["UNDEX/TEST/2021/L.2 en 7"]);

    let info = searcher.info();
    assert_eq!((info.documents, info.paragraphs, info.generation), (4, 17, 1));
}

#[test]
fn bounds_and_hostile_queries() {
    let index = index();
    let refused = |request: SearchRequest| {
        let error = index.searcher.search(&request).unwrap_err();
        assert!(error.is_limit() && error.is_query(), "{error}");
        error.to_string()
    };
    assert_eq!(
        refused(SearchRequest { limit: 1001, ..SearchRequest::new("a") }),
        "1001 results at once are more than the 1000 allowed: ask for fewer and page on with an offset"
    );
    assert_eq!(
        refused(SearchRequest { offset: 10_001, ..SearchRequest::new("a") }),
        "10001 results skipped are more than the 10000 allowed: narrow the query by a filter such as year: or type:"
    );
    let long_phrase = format!("\"{}\"", "a ".repeat(300));
    assert!(refused(SearchRequest::new(long_phrase)).starts_with("257 words"));
    assert!(refused(SearchRequest::new("x-".repeat(1000) + "x1")).starts_with("257 words"));
    assert!(refused(SearchRequest::new("x-".repeat(1000) + "y")).starts_with("257 words"));

    let nested = format!("{}keepers{}", "(gulls OR NOT (".repeat(10), "))".repeat(10));
    let answered = [
        nested,
        "keepers\0gulls".into(),
        "a* b* c*".into(),
        "w ".repeat(256),
        "- ".repeat(100) + "keepers",
        "NOT keepers".into(),
        "\u{202e}\u{feff}\u{301}keepers".into(),
        "title:\"...a\" heading:x* note:l'".into(),
        "x".repeat(4000),
    ];
    for query in answered {
        let begun = std::time::Instant::now();
        let answer = index.searcher.search(&SearchRequest::new(query.as_str()));
        assert!(answer.is_ok(), "{query}: {:?}", answer.err());
        assert!(begun.elapsed().as_secs() < 2, "{query}");
    }
}

#[test]
fn prefixes_are_bounded() {
    let words: Vec<String> = (0..1100).map(|number| format!("zeta{number:04}")).collect();
    let text = words.join(" ");
    let index = TestIndex::new(&[&[document("UNDEX/Z/1", Language::English, "Z", &[&text])]]);
    let error = index.searcher.search(&SearchRequest::new("zeta*")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "1025 words for one prefix are more than the 1024 allowed (`zeta*`): write more letters before the star"
    );
    assert_eq!(ask(&index.searcher, "zeta00*").total, 1);
    assert_eq!(ask(&index.searcher, "year:..2030").total, 0, "no document bears a date");
}

#[test]
fn nothing_is_written_and_missing_indexes_are_told() {
    let index = index();
    let listing = || {
        let mut names: Vec<_> = std::fs::read_dir(&index.path)
            .unwrap()
            .chain(std::fs::read_dir(index.path.join("gen-000001")).unwrap())
            .map(|entry| entry.unwrap().path())
            .collect();
        names.sort();
        names
    };
    let before = listing();
    ask(&Searcher::open(&index.path).unwrap(), "keepers");
    assert_eq!(listing(), before);
    let error = Searcher::open(&index.path.join("elsewhere")).unwrap_err();
    assert!(error.is_missing_index());
    assert!(matches!(error, SearchError::Open(_)));
}

#[test]
fn searchers_are_shared_between_threads() {
    let index = index();
    let expected = hits(&index.searcher, "keepers gulls oil");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(hits(&index.searcher, "keepers gulls oil"), expected));
        }
    });
}

/// More matches of equal score than are kept at once: those kept are still the first by symbol.
#[test]
fn many_ties_keep_their_order() {
    let texts = vec!["Same."; 1_000];
    let symbols: Vec<String> = (1..=36).map(|number| format!("UNDEX/T/{number}")).collect();
    let documents: Vec<Document> = symbols
        .iter()
        .rev()
        .map(|symbol| document(symbol, Language::English, "T", &texts))
        .collect();
    let index = TestIndex::new(&[&documents[..20], &documents[20..]]);
    for query in ["same", "lang:en", "-other"] {
        let request = SearchRequest { limit: 2, offset: 1_999, ..SearchRequest::new(query) };
        let answer = index.searcher.search(&request).unwrap();
        let cites: Vec<String> = answer.hits.iter().map(undex_query::Hit::cite).collect();
        assert_eq!(cites, ["UNDEX/T/2, para. 1000", "UNDEX/T/3, para. 1"], "{query}");
        assert_eq!((answer.total, answer.hits[0].rank), (36_000, 2_000), "{query}");
    }
}
