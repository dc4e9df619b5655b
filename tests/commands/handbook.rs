//! The handbook that ships with the program: its three languages are one document, paragraph for
//! paragraph.

use serde_json::Value;

use crate::support::{Sandbox, corpus};

/// What must be equal: place, role, number of headings above, marks of notes, and what is cited.
fn shape(paragraph: &Value) -> Value {
    let marks: Vec<&Value> =
        paragraph["notes"].as_array().unwrap().iter().map(|note| &note["mark"]).collect();
    let cited: Vec<[&Value; 3]> = paragraph["citations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| [&one["symbol"], &one["pinpoint"], &one["candidates"]])
        .collect();
    let above = paragraph["headings"].as_array().unwrap().len();
    serde_json::json!([paragraph["pinpoint"], paragraph["role"], above, marks, cited])
}

#[test]
fn three_languages_agree_paragraph_for_paragraph() {
    let sandbox = Sandbox::new();
    corpus::shipped(&sandbox);
    sandbox.run(&["index", "--quiet"]).expect(0);
    let read = |language: &str| -> Value {
        let arguments = ["show", "UNDEX/HANDBOOK/1", "--lang", language, "--json"];
        sandbox.run(&arguments).expect(0).json().remove(0)
    };
    let english = read("en");
    let english = english["paragraphs"].as_array().unwrap();
    for language in ["es", "fr"] {
        let other = read(language);
        let other = other["paragraphs"].as_array().unwrap();
        for (one, two) in english.iter().zip(other) {
            assert_eq!(shape(one), shape(two), "{language}: {} / {}", one["text"], two["text"]);
        }
        assert_eq!(english.len(), other.len(), "{language}");
    }
}
