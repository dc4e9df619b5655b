//! What stands around a match: concordance lines, and the paragraphs before and behind a hit.

// The helpers of tests may stop at the first surprise as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{TestIndex, document, note};
use undex_document::{CitedIn, Language};
use undex_query::{ConcordanceOrder, Hit, SearchRequest, concordance};

fn index() -> TestIndex {
    let mut keeping = document(
        "UNDEX/T/1",
        Language::English,
        "Keeping",
        &[
            "# Oil",
            "The keeper\tof the\nlantern buys oil. Zinc lantern, too.",
            "No light.",
            "Álamo lantern of tin.",
            "Nothing.",
        ],
    );
    note(&mut keeping, 2, "*", "See the beta lantern.");
    TestIndex::new(&[
        &[keeping.clone(), document("UNDEX/T/2", Language::English, "T", &["A lantern"])],
        &[document("UNDEX/T/3", Language::Spanish, "Lantern", &["Nada."])],
    ])
}

fn hits(index: &TestIndex, query: &str) -> Vec<Hit> {
    let request =
        SearchRequest { limit: 50, sort: undex_query::Sort::Symbol, ..SearchRequest::new(query) };
    index.searcher.search(&request).unwrap().hits
}

/// `left[match]right` of each line.
fn lines(index: &TestIndex, query: &str, reach: usize, order: ConcordanceOrder) -> Vec<String> {
    let hits = hits(index, query);
    concordance(&hits, reach, order)
        .iter()
        .map(|line| format!("{}[{}]{}", line.left, line.matched, line.right))
        .collect()
}

#[test]
fn every_match_is_a_line_in_the_order_asked_for() {
    let index = index();
    let keeper = "The keeper of the [lantern] buys oil. Zinc lantern, too.";
    let zinc = "The keeper of the lantern buys oil. Zinc [lantern], too.";
    let (beta, alamo, a) = ("See the beta [lantern].", "Álamo [lantern] of tin.", "A [lantern]");
    // (order, lines, why)
    let table = [
        (ConcordanceOrder::Hits, [keeper, zinc, beta, alamo, a], "by symbol and place"),
        (ConcordanceOrder::Left, [a, alamo, beta, keeper, zinc], "a, alamo, beta, the, zinc"),
        (
            ConcordanceOrder::Right,
            [beta, a, keeper, alamo, zinc],
            "nothing, nothing, buys, of, too",
        ),
    ];
    for (order, expected, why) in table {
        assert_eq!(lines(&index, "lantern", 100, order), expected, "{why}");
    }
}

#[test]
fn lines_are_cut_at_the_reach_and_never_fail() {
    let index = index();
    let short = lines(&index, "zinc", 4, ConcordanceOrder::Hits);
    assert_eq!(short, ["il. [Zinc] lan"]);
    assert_eq!(lines(&index, "zinc", 0, ConcordanceOrder::Left), ["[Zinc]"]);
    let all = lines(&index, "zinc", usize::MAX, ConcordanceOrder::Right);
    assert_eq!(all, ["The keeper of the lantern buys oil. [Zinc] lantern, too."]);
    // Conditions, titles and headings match no word of a paragraph.
    for query in ["lang:es", "title:lantern", "heading:oil"] {
        assert!(!hits(&index, query).is_empty(), "{query}");
        assert_eq!(
            lines(&index, query, 50, ConcordanceOrder::Left),
            Vec::<String>::new(),
            "{query}"
        );
    }
    assert_eq!(
        lines(&index, "\"buys oil\"", 8, ConcordanceOrder::Hits),
        ["lantern [buys oil]. Zinc l"],
        "a phrase is one match"
    );
}

#[test]
fn a_line_says_where_it_is() {
    let index = index();
    let hits = hits(&index, "beta");
    let lines = concordance(&hits, 10, ConcordanceOrder::Hits);
    assert_eq!(lines[0].found_in, CitedIn::Note("*".into()));
    assert_eq!(lines[0].place, (8, 12));
    let json = serde_json::to_value(&lines[0]).unwrap();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["cite"], "UNDEX/T/1, para. 2");
    assert_eq!((&json["in"], &json["match"]), (&"note *".into(), &"beta".into()));
    assert_eq!((&json["left"], &json["right"]), (&"See the ".into(), &" lantern.".into()));
}

#[test]
fn paragraphs_around_a_hit() {
    let index = index();
    let hit = &hits(&index, "light")[0];
    // (paragraphs asked for, ordinals before, ordinals behind)
    let table: [(usize, &[u32], &[u32]); 4] =
        [(0, &[], &[]), (1, &[1], &[3]), (2, &[0, 1], &[3, 4]), (usize::MAX, &[0, 1], &[3, 4])];
    for (count, before, after) in table {
        let around = index.searcher.around(hit, count).unwrap();
        let ordinals = |paragraphs: &[undex_document::Paragraph]| -> Vec<u32> {
            paragraphs.iter().map(|paragraph| paragraph.ordinal).collect()
        };
        assert_eq!(ordinals(&around.before), before, "{count}");
        assert_eq!(ordinals(&around.after), after, "{count}");
    }
    // A document of one paragraph has nothing around it, and the neighbours are not of others.
    let alone = hits(&index, "symbol:UNDEX/T/2");
    assert_eq!(index.searcher.around(&alone[0], 3).unwrap().before.len(), 0);
    assert_eq!(index.searcher.around(&alone[0], 3).unwrap().after.len(), 0);
}
