//! Clauses of resolutions by the verb that opens them.

// The helpers of tests may stop at the first surprise as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{TestIndex, document};
use undex_document::{Document, Language, Role};
use undex_query::{FacetBy, SearchRequest};

/// A resolution of clauses: preambular ones end with a comma.
fn resolution(symbol: &str, language: Language, clauses: &[&str]) -> Document {
    let mut made = document(symbol, language, "Orchards", clauses);
    for paragraph in &mut made.paragraphs {
        let preambular = paragraph.text.ends_with(',');
        paragraph.role = if preambular { Role::Preambular } else { Role::Operative };
    }
    made
}

fn index() -> TestIndex {
    let english = [
        "Recalling its request for pears,",
        "Requests the gardener to water the pears;",
        "Also requests the gardener to report;",
        "Takes note with interest of the requests of bees;",
        "Welcomes the pears;",
    ];
    let again = ["Requests the gardener to prune;"];
    let spanish = ["Solicita al jardinero que riegue;", "Toma nota también de las peras;"];
    let french = ["Se félicite des poires ;", "Prie instamment le jardinier d’arroser ;"];
    let mut report =
        document("UNDEX/R/1", Language::English, "Bees", &["Requests of bees are common."]);
    report.paragraphs[0].role = Role::Paragraph;
    TestIndex::new(&[
        &[
            resolution("UNDEX/RES/1", Language::English, &english),
            resolution("UNDEX/RES/2", Language::English, &again),
        ],
        &[
            resolution("UNDEX/RES/3", Language::Spanish, &spanish),
            resolution("UNDEX/RES/4", Language::French, &french),
            report,
        ],
    ])
}

#[test]
fn verbs_are_found_in_any_form_and_only_where_they_open_a_clause() {
    let index = index();
    let table: [(&str, &[&str]); 11] = [
        ("verb:requests", &["1 para. 2", "1 para. 3", "2 para. 1"]),
        ("verb:requested", &["1 para. 2", "1 para. 3", "2 para. 1"]),
        ("verb:request*", &["1 para. 2", "1 para. 3", "2 para. 1"]),
        ("verb:requests pears", &["1 para. 2"]),
        ("verb:\"takes note\"", &["1 para. 4"]),
        ("verb:note lang:en", &["1 para. 4"]),
        ("verb:recalling", &["1 para. 1"]),
        ("verb:\"toma nota\"", &["3 para. 2"]),
        ("verb:felicite", &["4 para. 1"]),
        ("verb:prie OR verb:solicita", &["3 para. 1", "4 para. 2"]),
        ("verb:common", &[]),
    ];
    for (query, expected) in table {
        let answer = index.searcher.search(&SearchRequest::new(query)).unwrap();
        let mut found: Vec<String> = answer
            .hits
            .iter()
            .map(|hit| {
                let symbol = hit.document.symbol.as_str();
                format!("{} {}", &symbol[symbol.len() - 1..], hit.paragraph.pinpoint)
            })
            .collect();
        found.sort();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn verbs_are_counted_with_their_documents() {
    let request =
        SearchRequest { limit: 0, facets: vec![FacetBy::Verb], ..SearchRequest::new("-unicorn") };
    let answer = index().searcher.search(&request).unwrap();
    let counts: Vec<String> = answer.facets[0]
        .counts
        .iter()
        .map(|one| format!("{} {} {}", one.value, one.paragraphs, one.documents))
        .collect();
    let expected = [
        "requests 3 2",
        "prie 1 1",
        "recalling 1 1",
        "se félicite 1 1",
        "solicita 1 1",
        "takes note 1 1",
        "toma nota 1 1",
        "welcomes 1 1",
    ];
    assert_eq!(counts, expected);
}
