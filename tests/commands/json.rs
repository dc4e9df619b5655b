//! The JSON that other programs rely on: which fields there are, and what offsets count.

use serde_json::Value;

use crate::indexed;
use crate::support::keys;

/// The first `end` characters without the first `start`.
fn characters(text: &Value, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    text.as_str().unwrap().chars().take(end).skip(start).collect()
}

#[test]
fn search_has_exactly_these_fields() {
    let sandbox = indexed();
    let run = sandbox.run(&["search", "público* OR reloj OR día", "-n", "40", "--json"]).expect(0);
    for (at, hit) in run.json().iter().enumerate() {
        assert_eq!(
            keys(hit),
            [
                "cite", "date", "headings", "language", "page", "path", "pinpoint", "rank", "role",
                "schema", "score", "snippet", "symbol", "text", "title", "type", "url",
            ]
        );
        assert_eq!(keys(&hit["snippet"]), ["highlights", "in", "text"]);
        assert_eq!(hit["schema"], 1);
        assert_eq!(hit["rank"], at + 1);
        for range in hit["snippet"]["highlights"].as_array().unwrap() {
            let marked = characters(&hit["snippet"]["text"], &range[0], &range[1]).to_lowercase();
            let matches = ["público", "reloj", "día"].iter().any(|word| marked.starts_with(word));
            assert!(matches, "{marked:?} is highlighted\n{}", run.report());
        }
    }
}

#[test]
fn search_tells_where_a_hit_comes_from() {
    let sandbox = indexed();
    let run = sandbox.run(&["search", "engrase", "--json"]).expect(0);
    let hit = run.one_json();
    assert_eq!(hit["symbol"], "A/RES/999/1");
    assert_eq!(hit["language"], "es");
    assert_eq!(hit["pinpoint"], "para. 2 (a)");
    assert_eq!(hit["cite"], "A/RES/999/1, párr. 2 a)");
    assert_eq!(hit["title"], "Cuidado de los relojes públicos");
    assert_eq!(hit["date"], "2190-05-04");
    assert_eq!(hit["type"], "resolution");
    assert_eq!(hit["role"], "point");
    assert_eq!(hit["text"], "Que engrase las ruedas:");
    assert_eq!(hit["url"], "https://undocs.org/es/A/RES/999/1");
    assert_eq!(hit["path"], "corpus/akn-resolution.es.xml");
    assert_eq!(hit["snippet"]["in"], "text");
    let marked = &hit["snippet"]["highlights"][0];
    assert_eq!(characters(&hit["snippet"]["text"], &marked[0], &marked[1]), "engrase");
}

#[test]
fn extract_has_exactly_these_fields() {
    let sandbox = indexed();
    let fixtures = ["corpus/akn-resolution.es.xml", "corpus/wrapped-report.es.txt"];
    let documents = sandbox.run(&["extract", "--json", fixtures[0], fixtures[1]]).expect(0).json();
    assert_eq!(documents.len(), 2);
    let (mut notes, mut citations, mut warnings) = (0, 0, 0);
    for document in &documents {
        assert_eq!(
            keys(document),
            [
                "agenda_items",
                "date",
                "identified_by",
                "language",
                "paragraphs",
                "schema",
                "session",
                "source",
                "symbol",
                "symbols",
                "title",
                "type",
                "warnings",
            ]
        );
        assert_eq!(document["schema"], 1);
        assert_eq!(keys(&document["source"]), ["bytes", "format", "path", "sha256"]);
        for warning in document["warnings"].as_array().unwrap() {
            assert_eq!(keys(warning), ["code", "message"]);
            warnings += 1;
        }
        for (at, paragraph) in document["paragraphs"].as_array().unwrap().iter().enumerate() {
            assert_eq!(
                keys(paragraph),
                [
                    "citations",
                    "headings",
                    "label",
                    "notes",
                    "ordinal",
                    "page",
                    "pinpoint",
                    "role",
                    "text",
                ]
            );
            assert_eq!(paragraph["ordinal"], at);
            for note in paragraph["notes"].as_array().unwrap() {
                assert_eq!(keys(note), ["mark", "text"]);
                notes += 1;
            }
            for citation in paragraph["citations"].as_array().unwrap() {
                assert_eq!(
                    keys(citation),
                    ["candidates", "end", "in", "pinpoint", "start", "symbol"]
                );
                assert_cites(paragraph, citation);
                citations += 1;
            }
        }
    }
    // The loops have seen each of them.
    assert!(notes >= 6 && citations >= 4 && warnings >= 1, "{notes} {citations} {warnings}");
}

/// The offsets of a citation hold the symbol that it names.
fn assert_cites(paragraph: &Value, citation: &Value) {
    let text = match citation["in"].as_str().unwrap().strip_prefix("note ") {
        Some(mark) => {
            let notes = paragraph["notes"].as_array().unwrap();
            &notes.iter().find(|note| note["mark"] == mark).unwrap()["text"]
        }
        None => &paragraph["text"],
    };
    let named = characters(text, &citation["start"], &citation["end"]);
    assert_eq!(named, citation["symbol"].as_str().unwrap());
}

#[test]
fn show_gives_the_document_that_extract_gives() {
    let sandbox = indexed();
    let file = "corpus/akn-resolution.fr.xml";
    let extracted = sandbox.run(&["extract", "--json", file]).expect(0).one_json();
    let shown =
        sandbox.run(&["show", "A/RES/999/1", "--lang", "fr", "--json"]).expect(0).one_json();
    assert_eq!(extracted, shown);
}

#[test]
fn list_and_info_have_exactly_these_fields() {
    let sandbox = indexed();
    let documents = sandbox.run(&["list", "--json"]).expect(0).json();
    assert_eq!(documents.len(), crate::DOCUMENTS);
    for document in &documents {
        assert_eq!(document["schema"], 1);
        for field in ["symbol", "language", "date", "type", "paragraphs", "title"] {
            assert!(document.get(field).is_some(), "{field} is missing: {document}");
        }
    }
    let info = sandbox.run(&["info", "--json"]).expect(0).one_json();
    assert_eq!(
        keys(&info),
        [
            "bytes",
            "counts",
            "digest",
            "documents",
            "format",
            "generation",
            "paragraphs",
            "schema",
            "undex"
        ]
    );
    let counts = info["counts"].as_array().unwrap();
    let sum = |field: &str| counts.iter().map(|count| count[field].as_u64().unwrap()).sum::<u64>();
    assert_eq!(info["documents"], sum("documents"));
    assert_eq!(info["paragraphs"], sum("paragraphs"));
    assert_eq!(info["documents"], documents.len());
}
