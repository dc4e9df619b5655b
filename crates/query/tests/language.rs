//! Distances, wildcards, fuzzy words, weights and suggestions on a small index of invented documents.

// The helpers of tests may stop at the first surprise as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{TestIndex, ask, document, note};
use undex_document::{Document, Language};
use undex_query::{Answer, Hit, SearchRequest, Searcher};

fn documents() -> Vec<Document> {
    let mut english = document(
        "UNDEX/LAMPS/1",
        Language::English,
        "Women who keep lamps",
        &[
            "The keeper trims the old brass lamp at dusk.",
            "A lamp is trimmed, and the keepers rest.",
            "Brass of the old kind, and no lamp.",
            "The organization of the harbour rests on custom.",
            "The organisation of the harbours changed; women keep it, a woman founded it.",
            "Policies of light. A policy of darkness. Policing the shore.",
            "# Next steps for the harbour",
            "The gulls return.",
            "The quay ends here",
            "A cybersecurity lamp and a biosecurity lamp; insecurity elsewhere.",
        ],
    );
    note(&mut english, 9, "1", "Lamps ashore, passim.");
    let spanish = document(
        "UNDEX/LAMPS/2",
        Language::Spanish,
        "Las lámparas",
        &[
            "La operación de las lámparas exige aceite.",
            "Las operaciones requieren, de noche, muchas lámparas y mucho aceite.",
        ],
    );
    // A text that ends in one word, and a note that begins with another.
    let mut bordered = document(
        "UNDEX/LAMPS/3",
        Language::English,
        "Borders",
        &["Nothing but the zebra", "The zebra and the okapi graze"],
    );
    note(&mut bordered, 0, "1", "Okapi, p. 4.");
    note(&mut bordered, 0, "2", "An ibex and an okapi.");
    note(&mut bordered, 1, "3", "Zebra once more.");
    vec![english, spanish, bordered]
}

fn index() -> TestIndex {
    TestIndex::new(&[&documents()])
}

/// A hit as the last part of its symbol and its paragraph.
fn place(hit: &Hit) -> String {
    let symbol = hit.document.symbol.as_str().rsplit('/').next().unwrap();
    format!("{symbol} {}", hit.paragraph.pinpoint)
}

#[test]
fn what_is_found() {
    let index = index();
    // (query, hits in any order, why)
    let table: &[(&str, &[&str], &str)] = &[
        // Phrases with slop.
        ("\"old lamp\"", &[], "no neighbours"),
        ("\"old lamp\"~1", &["1 para. 1"], "one word between"),
        ("\"old lamp\"~0", &[], "none allowed"),
        ("\"lamp old\"~9", &[], "not in this order"),
        ("\"keeper old lamp\"~2", &[], "three between altogether"),
        ("\"keeper old lamp\"~3", &["1 para. 1"], "three allowed altogether"),
        ("\"brass lamp\"~6", &["1 para. 1", "1 para. 3"], "near and far"),
        ("\"brass lamp\"~4", &["1 para. 1"], "near alone"),
        ("\"lamps\"~5", &["1 para. 9"], "one word is a phrase of one word, of a note"),
        (
            "title:\"women lamps\"~2",
            &[
                "1 para. 1",
                "1 para. 2",
                "1 para. 3",
                "1 para. 4",
                "1 para. 5",
                "1 para. 6",
                "1 heading 7",
                "1 para. 7",
                "1 para. 8",
                "1 para. 9",
            ],
            "in a title",
        ),
        ("title:\"women lamps\"~1", &[], "two between"),
        ("section:\"next harbour\"~3 gulls", &["1 para. 7"], "in a heading"),
        ("section:\"next harbour\"~2", &[], "three between"),
        ("note:\"lamps passim\"~1", &["1 para. 9"], "in a note"),
        ("\"lamp lamp\"~2", &[], "a word twice, three between"),
        ("\"lamp lamp\"~3", &["1 para. 9"], "a word twice"),
        ("-\"old lamp\"~1 brass", &["1 para. 3"], "negated"),
        // NEAR.
        ("keeper NEAR/5 lamp", &["1 para. 1", "1 para. 2"], "forms of both, either order"),
        ("lamp NEAR/5 keeper", &["1 para. 1", "1 para. 2"], "the other way round"),
        ("lamp NEAR/6 trimming", &["1 para. 1", "1 para. 2"], "another form"),
        ("lamp NEAR/1 trim", &[], "farther"),
        ("policy NEAR/2 light", &["1 para. 6"], "policies"),
        ("policies NEAR/2 darkness", &["1 para. 6"], "policy"),
        ("policy NEAR/1 shore", &[], "policing is another word"),
        ("operacion NEAR/4 lampara", &["2 para. 1"], "accents and forms"),
        ("operacion NEAR/6 lampara", &["2 para. 1", "2 para. 2"], "operaciones"),
        ("cyber* NEAR/1 lamp", &["1 para. 9"], "a prefix"),
        ("\"old brass\" NEAR/1 lamp", &["1 para. 1"], "a phrase and a word"),
        ("lamp NEAR/1 \"old brass\"", &["1 para. 1"], "a word and a phrase"),
        ("\"brass old\" NEAR/9 lamp", &[], "a phrase keeps its order"),
        ("*security NEAR/1 lamp", &["1 para. 9"], "wildcards"),
        ("brss~ NEAR/1 lamp", &["1 para. 1"], "a fuzzy word"),
        ("lamp NEAR/9 lamp", &["1 para. 9"], "a word near another of itself"),
        ("brass -keeper NEAR/9 lamp", &["1 para. 3"], "negated"),
        ("(keeper NEAR/5 lamp) dusk", &["1 para. 1"], "demanded beside words"),
        ("unicorn NEAR lamp", &[], "a word that nothing has"),
        // Borders of texts.
        ("zebra NEAR okapi", &["3 para. 2"], "not from a text into its note"),
        ("\"zebra okapi\"~5", &["3 para. 2"], "nor with slop"),
        ("okapi NEAR/20 okapi", &[], "nor from note to note"),
        ("ibex NEAR okapi", &["3 para. 1"], "but within a note"),
        ("note:\"okapi ibex\"~30", &[], "not from note to note in their own field"),
        ("note:\"ibex okapi\"~3", &["3 para. 1"], "but within one"),
        // Wildcards.
        ("organi?ation", &["1 para. 4", "1 para. 5"], "either spelling"),
        ("wom?n", &["1 para. 5"], "singular and plural"),
        ("w*n", &["1 para. 5"], "any letters"),
        ("h*b?r", &[], "the whole word"),
        ("h*b??r", &["1 heading 7", "1 para. 4"], "two letters"),
        ("*security", &["1 para. 9"], "at the beginning"),
        ("?yber*", &["1 para. 9"], "one letter at the beginning"),
        ("operaci?n", &["2 para. 1"], "accents are folded"),
        ("OPERACI?N*", &["2 para. 1", "2 para. 2"], "capitals too"),
        (
            "title:w?m*",
            &[
                "1 heading 7",
                "1 para. 1",
                "1 para. 2",
                "1 para. 3",
                "1 para. 4",
                "1 para. 5",
                "1 para. 6",
                "1 para. 7",
                "1 para. 8",
                "1 para. 9",
            ],
            "in a title",
        ),
        ("heading:harb*r gulls", &["1 para. 7"], "in a heading"),
        ("note:p?ssim", &["1 para. 9"], "in a note"),
        ("brass -l?mp", &[], "negated"),
        ("what ends here?", &["1 para. 8"], "a question mark at the end is none"),
        // Fuzzy words.
        ("quai~", &["1 para. 8"], "one letter replaced"),
        ("qay~", &["1 para. 8"], "one left out"),
        ("quuay~", &["1 para. 8"], "one put in"),
        ("qauy~", &["1 para. 8"], "two swapped"),
        ("qxxy~", &[], "two differ in a short word"),
        ("qxxy~2", &["1 para. 8"], "two when asked for"),
        ("orgxnixation~", &["1 para. 4", "1 para. 5"], "two in a long one"),
        ("orgxnixation~1", &[], "one when asked for"),
        ("OPERACIÓM~1", &["2 para. 1"], "folded"),
        ("section:harbuor~ gulls", &["1 para. 7"], "in a heading"),
        ("note:pasim~", &["1 para. 9"], "in a note"),
        ("brass -lump~", &[], "negated"),
        // Weights change nothing of what is found.
        ("gulls^2", &["1 para. 7"], "a word"),
        ("(gulls dusk)^0.01", &["1 para. 1", "1 para. 7"], "a group without any paragraph of both"),
        ("gulls^3 OR dusk", &["1 para. 1", "1 para. 7"], "a part of a choice"),
        ("NOT (lamp*^5) brass", &[], "inside a negation"),
        ("(lang:es)^3", &["2 para. 1", "2 para. 2"], "a filter"),
        // Sets.
        ("lang:es,fr", &["2 para. 1", "2 para. 2"], "languages"),
        ("symbol:(UNDEX/LAMPS/2, UNDEX/LAMPS/3) okapi", &["3 para. 1", "3 para. 2"], "symbols"),
        ("zebra -role:(paragraph, heading)", &[], "none of some"),
        ("role:heading,title", &["1 heading 7"], "roles"),
    ];
    let mut wrong = Vec::new();
    for (query, expected, why) in table {
        let mut found: Vec<String> = ask(&index.searcher, query).hits.iter().map(place).collect();
        let mut expected = expected.to_vec();
        found.sort();
        expected.sort_unstable();
        if found != expected {
            wrong.push(format!("{query}: {why}: {found:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn snippets_mark_what_matched() {
    let index = index();
    // (query, snippet of the best hit with its marks)
    let table = [
        ("\"old lamp\"~1", "The keeper trims the [old] brass [lamp] at dusk."),
        ("keeper NEAR/3 lamp -dusk", ""),
        ("keeper NEAR/5 lamp -dusk", "A [lamp] is trimmed, and the [keepers] rest."),
        ("\"old brass\" NEAR/1 lamp", "The keeper trims the [old brass] [lamp] at dusk."),
        ("dusk -lamp NEAR/1 bell", "The keeper trims the old brass lamp at [dusk]."),
        ("ibex NEAR okapi", "An [ibex] and an [okapi]."),
        ("organi?ation brass OR h*bour", "The [organization] of the [harbour] rests on custom."),
        ("qay~", "The [quay] ends here"),
        ("note:p*m", "Lamps ashore, [passim]."),
        ("(gulls^2 return)^3", "The [gulls] [return]."),
        (
            "cyber* NEAR/1 lamp",
            "A [cybersecurity] [lamp] and a biosecurity lamp; insecurity elsewhere.",
        ),
    ];
    for (query, expected) in table {
        let answer = ask(&index.searcher, query);
        let Some(hit) = answer.hits.first() else {
            assert_eq!(expected, "", "{query}");
            continue;
        };
        let mut marked: Vec<char> = hit.snippet.text.chars().collect();
        for (start, end) in hit.snippet.highlights.iter().rev() {
            marked.insert(*end as usize, ']');
            marked.insert(*start as usize, '[');
        }
        assert_eq!(marked.iter().collect::<String>(), expected, "{query}");
    }
}

/// The hits of a query with the bits of their scores.
fn ranking(searcher: &Searcher, query: &str) -> Vec<(String, u32)> {
    let hits = ask(searcher, query).hits;
    hits.iter().map(|hit| (place(hit), hit.score.to_bits())).collect()
}

#[test]
fn segments_change_nothing() {
    let all = documents();
    let one = TestIndex::new(&[&all]);
    let many = TestIndex::new(&[&all[2..], &all[1..2], &all[..1]]);
    let queries = [
        "\"brass lamp\"~6",
        "keeper NEAR/9 lamp",
        "organi?ation",
        "*a*",
        "*am*",
        "*ity",
        "title:*am*s",
        "?*e?e*",
        "lamp~ keeper~",
        "lamp^2 keeper",
        "(lamp OR okapi^3)^0.5",
        "lang:es,en lamp",
        "zebra NEAR okapi",
    ];
    for query in queries {
        let expected = ranking(&one.searcher, query);
        assert!(!expected.is_empty(), "{query}");
        // What is asked again may be answered from memory.
        for index in [&many, &many, &one] {
            assert_eq!(expected, ranking(&index.searcher, query), "{query}");
        }
    }
    let misspelt = |index: &TestIndex| ask(&index.searcher, "lanps zebro operacoin").suggestions;
    assert_eq!(misspelt(&one), misspelt(&many));
}

#[test]
fn nearer_words_score_higher() {
    let texts = [
        "A lantern of brass and glass and tin and lead and much else stands there, and a mirror.",
        "A lantern of brass and glass and tin and a mirror and lead and much else stands there.",
        "A lantern and a mirror of brass and glass and tin and lead and much else stands there.",
    ];
    let index = TestIndex::new(&[&[document("UNDEX/M/1", Language::English, "Mirrors", &texts)]]);
    for query in ["lantern NEAR/30 mirror", "\"lantern mirror\"~30"] {
        let places: Vec<String> = ask(&index.searcher, query).hits.iter().map(place).collect();
        assert_eq!(places, ["1 para. 3", "1 para. 2", "1 para. 1"], "{query}");
    }
}

/// However often the farther word stands in however short a paragraph.
#[test]
fn a_closer_word_never_scores_below_a_farther_one() {
    let long = "and many other things that take room ".repeat(40);
    let texts = [
        format!("# Harbour {long}"),
        format!("Harbor. {long}"),
        "Harbor harbor harbor harbor.".to_owned(),
        "Harbo harbo harbo harbo harbo harbo harbo harbo harbo harbo harbo harbo harbo".to_owned(),
        "Harbour".to_owned(),
    ];
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let index = TestIndex::new(&[&[document("UNDEX/H/1", Language::English, "T", &texts)]]);
    // (query, letters that differ in each hit, in the order of the hits)
    let table: [(&str, &[u8]); 3] = [
        ("harbour~", &[0, 0, 1, 1, 2]),
        ("harbor~2", &[0, 0, 1, 1, 1]),
        ("harbouur~", &[1, 1, 2, 2]),
    ];
    for (query, expected) in table {
        let answer = ask(&index.searcher, query);
        let matcher = undex_schema::WordMatcher::near(query.split('~').next().unwrap(), 2);
        let distances: Vec<u8> = answer
            .hits
            .iter()
            .map(|hit| {
                let words = undex_schema::Form::Exact.tokens(&hit.paragraph.text);
                words.iter().filter_map(|word| matcher.distance(&word.text)).min().unwrap()
            })
            .collect();
        assert_eq!(distances, expected, "{query}");
        assert!(answer.hits.windows(2).all(|pair| pair[0].score >= pair[1].score), "{query}");
    }
}

#[test]
fn weights_change_the_order() {
    let texts = ["The gulls return in the evening.", "The seals return in the morning."];
    let index = TestIndex::new(&[&[document("UNDEX/W/1", Language::English, "T", &texts)]]);
    // (query, first hit)
    let table = [
        ("gulls OR seals", "1 para. 1"),
        ("gulls OR seals^2", "1 para. 2"),
        ("gulls^0.5 OR seals", "1 para. 2"),
        ("gulls OR (seals)^1.01", "1 para. 2"),
        ("\"the gulls\" OR \"the seals\"^2", "1 para. 2"),
        ("gulls^2 seals bats", "1 para. 1"),
        ("gulls seals^2 bats", "1 para. 2"),
        ("gul*^2 se?ls bats", "1 para. 1"),
        ("gul* se?ls^2 bats", "1 para. 2"),
        ("gul~ OR sealz~^2", "1 para. 2"),
        ("(gulls NEAR return) OR (seals NEAR return)^2", "1 para. 2"),
    ];
    for (query, expected) in table {
        let hits = ask(&index.searcher, query).hits;
        assert_eq!(place(&hits[0]), expected, "{query}");
    }
    let score = |query: &str| ask(&index.searcher, query).hits[0].score;
    assert_eq!(score("(gulls evening)^2"), 2.0 * score("gulls evening"));
    assert_eq!(score("((gulls^2)^3)^4"), 24.0 * score("gulls"));
}

#[test]
fn a_language_in_the_query_is_one_beside_it() {
    // In one language alone each word is rare that is common in the other.
    let texts = [
        (
            Language::Spanish,
            ["Faro local: regional.", "Faro final.", "El faro.", "Un faro regional."],
        ),
        (Language::French, ["Local final.", "Local, final, local.", "Regional local.", "Final."]),
    ];
    let made = |(number, (language, texts)): (usize, &(Language, [&str; 4]))| {
        document(&format!("UNDEX/L/{number}"), *language, "", texts)
    };
    let made: Vec<Document> = texts.iter().enumerate().map(made).collect();
    let index = TestIndex::new(&[&made]);
    // (languages, words, the same as a query)
    let table: [(&[Language], &str, &str); 4] = [
        (&[Language::Spanish], "faro local final", "lang:es faro local final"),
        (&[Language::French], "faro local final", "(faro local final) AND lang:fr"),
        (&[Language::Spanish, Language::French], "local regional", "lang:es,fr local regional"),
        (&[Language::Spanish], "fa* local", "fa* local lang:es,fr lang:es"),
    ];
    let hits = |query: &str, languages: &[Language]| {
        let mut request = SearchRequest::new(query);
        request.languages = languages.to_vec();
        let hits = index.searcher.search(&request).unwrap().hits;
        hits.iter().map(|hit| (place(hit), hit.score.to_bits())).collect::<Vec<_>>()
    };
    for (languages, words, query) in table {
        let beside = hits(words, languages);
        assert!(!beside.is_empty(), "{words}");
        assert_eq!(hits(query, &[]), beside, "{query}");
        if languages.len() == 1 {
            // Which makes a difference.
            assert_ne!(hits(words, &[]), beside, "{words}");
        }
    }
}

#[test]
fn words_are_suggested_for_those_that_nothing_matches() {
    let index = index();
    // (query, words with what is suggested, why)
    type Suggested<'t> = &'t [(&'t str, &'t [&'t str])];
    let table: &[(&str, Suggested<'_>, &str)] = &[
        ("zebta", &[("zebta", &["zebra"])], "no hit"),
        ("zebta OR okapi", &[("zebta", &["zebra"])], "hits without the word"),
        ("lamp", &[], "a word that is held"),
        ("lamparas", &[], "an accent left out"),
        ("womens", &[], "another form"),
        ("operacoin", &[("operacoin", &["operación"])], "with its accent"),
        ("OPERACOIN", &[("operacoin", &["operación"])], "in small letters"),
        ("operacoin year:1999", &[("operacoin", &["operación"])], "filters change nothing"),
        ("operacoin lang:en", &[], "but that of language: it would not be found"),
        ("\"zebta\" zebta*", &[], "quotes and prefixes mean what they say"),
        ("-zebta okapi", &[], "a word that must not be there"),
        ("heading:zebta", &[], "in a field"),
        ("zebta zebta", &[("zebta", &["zebra"])], "once"),
        ("zebta-ibez", &[("zebta", &["zebra"]), ("ibez", &["ibex"])], "both words of a compound"),
        ("zebta^2 okapi", &[("zebta", &["zebra"])], "with a weight"),
        ("xyzzyxyzzy", &[], "nothing near"),
        ("ab", &[], "too short"),
        ("1234567", &[], "a number"),
    ];
    for (query, expected, why) in table {
        let suggestions = ask(&index.searcher, query).suggestions;
        let found: Vec<(&str, Vec<&str>)> = suggestions
            .iter()
            .map(|one| (one.word.as_str(), one.near.iter().map(String::as_str).collect()))
            .collect();
        let expected: Vec<(&str, Vec<&str>)> =
            expected.iter().map(|(word, near)| (*word, near.to_vec())).collect();
        assert_eq!(found, expected, "{query}: {why}");
    }
    let in_spanish = SearchRequest {
        languages: vec![Language::Spanish],
        ..SearchRequest::new("zebta operacoin")
    };
    let words = index.searcher.search(&in_spanish).unwrap().suggestions;
    assert_eq!(words.len(), 1, "in the languages searched alone");
}

#[test]
fn the_nearest_words_are_suggested_first_and_of_these_the_commonest() {
    // `hollow` is in every document, and two letters away.
    let page = |symbol: &str, text: &str| {
        document(symbol, Language::English, "T", &[&format!("{text} hollow")])
    };
    let index = TestIndex::new(&[
        &[page("UNDEX/C/1", "mellow"), page("UNDEX/C/2", "yellow fellow")],
        &[page("UNDEX/C/3", "yellow bellow"), page("UNDEX/C/4", "yellow mellow")],
    ]);
    let suggestions = ask(&index.searcher, "xellow").suggestions;
    assert_eq!(suggestions[0].near, ["yellow", "mellow", "bellow"]);
}

#[test]
fn work_is_bounded() {
    let words: Vec<String> = (0..1100).map(|number| format!("zeta{number:04}")).collect();
    let text = words.join(" ");
    let index = TestIndex::new(&[&[document("UNDEX/Z/1", Language::English, "Z", &[&text])]]);
    let refused = |query: &str| {
        let error = index.searcher.search(&SearchRequest::new(query)).unwrap_err();
        assert!(error.is_limit() && error.is_query(), "{query}: {error}");
        error.to_string()
    };
    let words = "1025 words for one prefix are more than the 1024 allowed";
    assert_eq!(refused("z?ta*"), format!("{words} (`z?ta*`): write more letters before the star"));
    for (query, written) in [
        ("*eta*", "*eta*"),
        ("*a*z NEAR zeta*", "zeta*"),
        ("zeta* NEAR a", "zeta*"),
        ("note:z?ta*", "z?ta*"),
    ] {
        assert!(refused(query).starts_with(&format!("{words} (`{written}`)")), "{query}");
    }
    let fuzzy = "1025 words almost like one are more than the 1024 allowed (`zeta~2`): let fewer \
                 letters differ, as in word~1, or write a longer word";
    let four: Vec<String> = ('a'..='z')
        .flat_map(|one| ('a'..='z').map(move |other| format!("ze{one}{other}")))
        .chain(('a'..='z').flat_map(|one| ('a'..='z').map(move |other| format!("z{one}{other}a"))))
        .collect();
    let many = document("UNDEX/Z/2", Language::English, "Z", &[&four.join(" ")]);
    let many = TestIndex::new(&[&[many]]);
    let error = many.searcher.search(&SearchRequest::new("zeta~2")).unwrap_err();
    assert_eq!(error.to_string(), fuzzy);
    assert_eq!(ask(&many.searcher, "zeta~1").total, 1);
    let scans = "33 words that are fuzzy, of NEAR, or begin with a wildcard are more than the 32 \
                 allowed: ask for the others by a prefix or as they are written";
    let different = |begin: &str, end: &str| -> String {
        ('a'..='z')
            .flat_map(|one| [format!("{begin}{one}{end} "), format!("{begin}{one}x{end} ")])
            .collect()
    };
    assert_eq!(refused(&different("b", "~")), scans);
    assert_eq!(refused(&different("*b", "")), scans);
    assert_eq!(ask(&index.searcher, &"a~ ".repeat(40)).total, 0, "one word, however often");
    let near: String = ('a'..='z').map(|one| format!("a NEAR b{one} ")).collect();
    assert_eq!(refused(&near), scans);
    assert!(refused(&format!("\"{}\"~5", "a ".repeat(300))).starts_with("257 words"));
    assert!(refused(&format!("{}y*z", "x-".repeat(1000))).starts_with("257 words"));

    let repeated = "a ".repeat(250);
    let answered = [
        format!("\"{repeated}\"~100"),
        format!("\"{repeated}\" NEAR/100 \"{repeated}\"").replace("a a a a a a ", "a "),
        "x".repeat(3000) + "~",
        "x?".repeat(1500) + "x",
        "*x".repeat(40),
        "zeta00??~".replace('~', ""),
        "((((a^0.5)^0.5)^2)^2)^2".into(),
        "\u{a78f}\u{a7f7}*a".into(),
        "和?平 和~ 和 NEAR 平".into(),
        "-a~ -b?c -\"a b\"~3 zeta0001".into(),
        "lang:(es,fr,en,ar,zh,ru)".into(),
        "l'?a d'*b qu'x~".into(),
    ];
    for query in answered {
        let answer = index.searcher.search(&SearchRequest::new(query.as_str()));
        assert!(answer.is_ok(), "{query}: {:?}", answer.err());
    }
}

/// Whatever is put together is answered, or refused for a reason; and what is read back from its
/// printed form has the same answer.
#[test]
fn any_query_is_answered_or_refused() {
    let index = index();
    let pieces = [
        "lamp",
        "keeper",
        "zebra",
        "okapi",
        "operación",
        "l’eau",
        "70/237",
        "old-brass",
        "(",
        ")",
        "\"old lamp\"",
        "\"zebra\"",
        "~",
        "~1",
        "~3",
        "^2",
        "^0.5",
        "*",
        "?",
        " ",
        " ",
        " ",
        " ",
        " NEAR ",
        " NEAR/3 ",
        " AND ",
        " OR ",
        " -",
        "NOT ",
        "title:",
        "heading:",
        "note:",
        "lang:es,en",
        "role:(paragraph, heading)",
        "symbol:UNDEX/LAMPS/*",
        "和平",
        "\u{301}",
    ];
    // A fixed linear congruence: the same queries in every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut answered = 0;
    for _ in 0..3_000 {
        let mut query = String::new();
        for _ in 0..(state >> 60) + 1 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            query.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        let ask = |query: &str| index.searcher.search(&SearchRequest::new(query));
        match (ask(&query), undex_query::parse(&query)) {
            (Ok(answer), Ok(expression)) => {
                answered += 1;
                let again = ask(&expression.to_string()).unwrap();
                let scores = |answer: &Answer| -> Vec<u32> {
                    answer.hits.iter().map(|hit| hit.score.to_bits()).collect()
                };
                assert_eq!(scores(&answer), scores(&again), "{query:?}");
                assert!(answer.hits.iter().all(|hit| hit.score.is_finite()), "{query:?}");
            }
            (Err(error), _) => assert!(error.is_query(), "{query:?}: {error}"),
            (Ok(_), Err(error)) => panic!("{query:?}: {error}"),
        }
    }
    assert!(answered > 300, "only {answered} of them are queries");
}
