//! Thesauri in SKOS: one invented thesaurus in three syntaxes, and what is refused.
#![cfg(feature = "skos")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;

use undex_document::Language;
use undex_thesaurus::{Import, ImportError, ImportSummary, Syntax, Thesaurus};

const TURTLE: &str = r#"
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <http://undex.test/> .
x:scheme a skos:ConceptScheme ; skos:prefLabel "Harbour words"@en, "Palabras del puerto"@es .
x:2 a skos:Concept ;
  skos:prefLabel "foghorns"@en, "sirenas de niebla"@es, "cornes de brume"@fr, "Nebelhörner"@de ;
  skos:altLabel "fog bells"@en, "a label without language" ;
  skos:hiddenLabel "fogorns"@en-GB ;
  skos:definition "What is heard before it is seen."@en .
x:1 a skos:Concept ; skos:prefLabel "anchors"@en, "anclas"@es .
x:3 a skos:Concept ; skos:prefLabel "piers"@en .
[] skos:prefLabel "nobody"@en, "nadie"@es .
"#;

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rdf:RDF [<!ENTITY x "http://undex.test/">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="&x;1"><skos:prefLabel xml:lang="es">anclas</skos:prefLabel><skos:prefLabel xml:lang="en">anchors</skos:prefLabel></skos:Concept>
<skos:Concept rdf:about="&x;2"><skos:altLabel xml:lang="en">fog bells</skos:altLabel>
<skos:hiddenLabel xml:lang="en-GB">fogorns</skos:hiddenLabel><skos:prefLabel xml:lang="en">foghorns</skos:prefLabel>
<skos:prefLabel xml:lang="fr">cornes de brume</skos:prefLabel><skos:prefLabel xml:lang="es">sirenas de niebla</skos:prefLabel></skos:Concept>
</rdf:RDF>"#;

const TRIPLES: &str = r#"
<http://undex.test/2> <http://www.w3.org/2004/02/skos/core#hiddenLabel> "fogorns"@en-GB .
<http://undex.test/2> <http://www.w3.org/2004/02/skos/core#prefLabel> "cornes de brume"@fr .
<http://undex.test/1> <http://www.w3.org/2004/02/skos/core#prefLabel> "anchors"@en .
<http://undex.test/2> <http://www.w3.org/2004/02/skos/core#altLabel> "fog bells"@en .
<http://undex.test/2> <http://www.w3.org/2004/02/skos/core#prefLabel> "sirenas de niebla"@es .
<http://undex.test/1> <http://www.w3.org/2004/02/skos/core#prefLabel> "anclas"@es .
<http://undex.test/2> <http://www.w3.org/2004/02/skos/core#prefLabel> "foghorns"@en .
"#;

/// Labels of SKOS-XL, named and not; one without form, one of nobody, one of two concepts.
const EXTENDED: &str = r#"
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix x: <http://undex.test/> .
x:1 a skos:Concept ; xl:prefLabel [ xl:literalForm "anclas"@es ] , x:anchors .
x:anchors a xl:Label ; xl:literalForm "anchors"@en .
x:2 xl:altLabel [ xl:literalForm "fog bells"@en ] , x:empty ; xl:hiddenLabel x:wrong ;
    xl:prefLabel [ xl:literalForm "foghorns"@en ] , x:horns ; skos:prefLabel "cornes de brume"@fr .
x:wrong xl:literalForm "fogorns"@en-GB .
x:horns xl:literalForm "sirenas de niebla"@es .
x:3 xl:prefLabel x:piers . x:piers xl:literalForm "piers"@en .
x:nobody xl:literalForm "nobody"@en .
"#;

const EXPECTED: &str = r#"[[concept]]
en = ["anchors"]
es = ["anclas"]
source = "http://undex.test/1"

[[concept]]
en = ["foghorns", "fog bells", "fogorns"]
es = ["sirenas de niebla"]
fr = ["cornes de brume"]
source = "http://undex.test/2"
"#;

fn read(
    syntax: Syntax,
    languages: &[Language],
    text: &str,
) -> Result<(Thesaurus, ImportSummary), ImportError> {
    Import { languages, path: "t" }.read(syntax, text.as_bytes())
}

#[test]
fn three_syntaxes_give_one_thesaurus() {
    for (syntax, text) in [
        (Syntax::Turtle, TURTLE),
        (Syntax::RdfXml, XML),
        (Syntax::NTriples, TRIPLES),
        (Syntax::Turtle, EXTENDED),
    ] {
        let (thesaurus, summary) = read(syntax, &Language::OFFICIAL, text).unwrap();
        assert_eq!(thesaurus.to_toml(), EXPECTED, "{syntax:?}");
        assert_eq!(summary.concepts, 2, "{syntax:?}");
        assert_eq!(Thesaurus::parse("t", EXPECTED).unwrap(), thesaurus, "{syntax:?}");
    }
    let (_, summary) = read(Syntax::Turtle, &Language::OFFICIAL, TURTLE).unwrap();
    assert_eq!((summary.single, summary.unfit), (1, 0), "piers alone");
}

#[test]
fn only_the_languages_wanted_are_taken() {
    let (thesaurus, summary) = read(Syntax::Turtle, &[Language::English], TURTLE).unwrap();
    let labels: Vec<_> = thesaurus.concepts().iter().flat_map(|concept| concept.labels()).collect();
    let english = ["foghorns", "fog bells", "fogorns"].map(|label| (Language::English, label));
    assert_eq!(labels, english);
    assert_eq!((summary.concepts, summary.single), (1, 2));
}

#[test]
fn labels_out_of_bounds_are_left_out_and_counted() {
    let long = "x".repeat(undex_thesaurus::MAX_LABEL_BYTES + 1);
    let text = TRIPLES.replace("fog bells", &long).replace("fogorns", "...");
    let (thesaurus, summary) = read(Syntax::NTriples, &Language::OFFICIAL, &text).unwrap();
    assert_eq!(summary.unfit, 2);
    assert_eq!(thesaurus.concepts()[1].labels_in(Language::English).count(), 1);
}

#[test]
fn what_is_no_rdf_is_refused() {
    let bomb = XML.replace("<!ENTITY x", "<!ENTITY y \"z\"><!ENTITY w \"&y;&y;\"><!ENTITY x");
    // (syntax, text, words of the message)
    let table = [
        (Syntax::Turtle, "\n\nx:1 x:2", "t: line 3: not the syntax"),
        (Syntax::NTriples, TURTLE, "t: line 2: not the syntax"),
        (Syntax::RdfXml, TURTLE, "t: not the syntax"),
        (Syntax::RdfXml, "<a", "t: not the syntax"),
        (Syntax::RdfXml, &bomb, "an entity that is defined by another one"),
    ];
    for (syntax, text, expected) in table {
        let error = read(syntax, &Language::OFFICIAL, text).map(|_| ()).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert!(matches!(error, ImportError::Syntax { .. }), "{error}");
    }
}

#[test]
fn a_label_of_skos_xl_has_one_form() {
    let text = EXTENDED.replace("\"anchors\"@en", "\"moorings\"@en, \"anchors\"@en");
    let (thesaurus, _) = read(Syntax::Turtle, &Language::OFFICIAL, &text).unwrap();
    assert_eq!(thesaurus.to_toml(), EXPECTED);
}

#[test]
fn which_labels_are_left_out_does_not_depend_on_the_order() {
    let mut lines: Vec<String> = (0..63).map(|n| format!("x:1 s:altLabel \"a{n}\"@en .")).collect();
    for (number, language) in ["en", "fr", "es"].into_iter().enumerate() {
        lines.push(format!(
            "x:1 l:altLabel x:l{number} . x:l{number} l:literalForm \"zz\"@{language} ."
        ));
    }
    let prefixes = "@prefix s: <http://www.w3.org/2004/02/skos/core#> . @prefix x: <http://undex.test/> . \
                    @prefix l: <http://www.w3.org/2008/05/skos-xl#> .\n";
    let read = |lines: &[String]| {
        let text = format!("{prefixes}{}", lines.join("\n"));
        read(Syntax::Turtle, &Language::OFFICIAL, &text).unwrap().0
    };
    let once = read(&lines);
    assert!(once.to_toml().contains("zz"), "one of them is taken");
    for _ in 0..8 {
        lines.rotate_left(17);
        assert_eq!(read(&lines), once);
    }
}

#[test]
fn more_concepts_than_a_thesaurus_has_are_refused() {
    let mut text = String::new();
    for number in 0..=undex_thesaurus::MAX_CONCEPTS {
        text.push_str(&format!(
            "<http://undex.test/{number}> <http://www.w3.org/2004/02/skos/core#prefLabel> \"a\"@en .\n"
        ));
    }
    let extended =
        text.replace("2004/02/skos/core#", "2008/05/skos-xl#").replace("\"a\"@en", "_:a");
    for text in [text, extended] {
        let error = read(Syntax::NTriples, &Language::OFFICIAL, &text).unwrap_err();
        assert!(matches!(error, ImportError::Limit { .. }), "{error}");
        assert!(error.to_string().contains("more than 50000 concepts"), "{error}");
    }
}

#[test]
fn the_name_tells_the_syntax() {
    // (name, syntax)
    let table = [
        ("a.ttl", Some(Syntax::Turtle)),
        ("A.RDF", Some(Syntax::RdfXml)),
        ("a.xml", Some(Syntax::RdfXml)),
        ("a.nt", Some(Syntax::NTriples)),
        ("a.json", None),
        ("ttl", None),
    ];
    for (name, expected) in table {
        assert_eq!(Syntax::of(Path::new(name)).ok(), expected, "{name}");
    }
}
