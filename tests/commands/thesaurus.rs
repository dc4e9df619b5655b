//! `undex thesaurus`, and searches by other names.

use std::collections::HashMap;

use undex_document::Language;
use undex_thesaurus::Thesaurus;

use crate::support::{Sandbox, corpus, repository};

const TURTLE: &str = r#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <http://undex.test/> .
x:2 a skos:Concept ; skos:prefLabel "foghorns"@en, "sirenas de niebla"@es, "cornes de brume"@fr ;
  skos:altLabel "fog bells"@en .
x:1 a skos:Concept ; skos:prefLabel "anchors"@en, "anclas"@es .
x:3 a skos:Concept ; skos:prefLabel "piers"@en .
"#;

const XML: &str = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="http://undex.test/4"><skos:prefLabel xml:lang="en">lamps</skos:prefLabel>
<skos:altLabel xml:lang="en">lanterns</skos:altLabel></skos:Concept></rdf:RDF>"#;

const TRIPLES: &str = "<http://undex.test/5> <http://www.w3.org/2004/02/skos/core#prefLabel> \"mines\"@fr .\n\
    <http://undex.test/5> <http://www.w3.org/2004/02/skos/core#hiddenLabel> \"mynes\"@fr .\n";

/// A report in which foghorns are called by one name in two paragraphs, and by another in one.
fn harbour() -> Sandbox {
    let sandbox = Sandbox::new();
    let texts = ["The fog bells ring.", "The bells of fog and storm.", "Foghorns sound in winter."];
    sandbox.write("corpus/1.md", corpus::report("UNDEX/H/1", "Harbour", &texts));
    sandbox.write("corpus/thesaurus.toml", "[[concept]]\nen = [\"fog bells\", \"foghorns\"]\n");
    sandbox.run(&["index", "--quiet"]).expect(0);
    sandbox
}

#[test]
fn the_thesaurus_of_the_repository_is_sound() {
    let file = std::fs::read_to_string(repository().join("corpus/thesaurus.toml")).unwrap();
    let thesaurus = Thesaurus::parse("corpus/thesaurus.toml", &file).unwrap();
    assert!(thesaurus.concepts().len() >= 60);
    let mut known: HashMap<(Language, String), usize> = HashMap::new();
    for (number, concept) in thesaurus.concepts().iter().enumerate() {
        for language in Language::SUPPORTED {
            let labels = concept.labels_in(language).count();
            assert!(labels > 0, "{language}: {}", concept.to_toml());
        }
        for (language, label) in concept.labels() {
            let before = known.insert((language, label.to_lowercase()), number);
            assert_eq!(before, None, "{label:?} is a label of two concepts");
        }
    }
}

#[test]
fn a_folder_without_a_thesaurus_has_the_one_built_in() {
    let sandbox = Sandbox::new();
    sandbox.run(&["thesaurus", "show", "brain", "drain"]).expect(0).says("fuga de cerebros");
    sandbox.run(&["thesaurus", "show", "zzz"]).expect(1).tells("the thesaurus built in");
    sandbox.write("corpus/thesaurus.toml", "[[concept]]\nen = [\"fog bells\", \"foghorns\"]\n");
    sandbox.run(&["thesaurus", "show", "brain", "drain"]).expect(1).tells("corpus/thesaurus.toml");
}

#[test]
fn three_syntaxes_are_imported_and_added() {
    let sandbox = Sandbox::new();
    sandbox.write("a.ttl", TURTLE).write("b.rdf", XML).write("c.nt", TRIPLES);
    let import = |file: &str| sandbox.run(&["thesaurus", "import", file, "-o", "t.toml"]).expect(0);
    let run = import("a.ttl").says_nothing();
    assert_eq!(run.stderr, "t.toml: 2 concepts added, 1 with a single label left out\n");
    // What people wrote stays as it is, down to the end without a line end.
    let read = || std::fs::read_to_string(sandbox.path().join("t.toml")).unwrap();
    let ours = format!("# Ours.\n{}\n# The end.", read());
    sandbox.write("t.toml", &ours);
    import("b.rdf").tells("t.toml: 1 concept added");
    import("c.nt").tells("t.toml: 1 concept added");
    let expected = format!(
        "{ours}\n\n[[concept]]\nen = [\"lamps\", \"lanterns\"]\nsource = \"http://undex.test/4\"\n\
         \n[[concept]]\nfr = [\"mines\", \"mynes\"]\nsource = \"http://undex.test/5\"\n"
    );
    assert_eq!(read(), expected);
    // The same again changes nothing, and only --force replaces.
    import("a.ttl").tells("0 concepts added, 2 known already and left as they are");
    assert_eq!(read(), expected);
    sandbox
        .run(&["thesaurus", "import", "a.ttl", "--lang", "en", "-o", "t.toml", "--force"])
        .expect(0);
    let replaced =
        "[[concept]]\nen = [\"foghorns\", \"fog bells\"]\nsource = \"http://undex.test/2\"\n";
    assert_eq!(read(), replaced);
}

#[test]
fn what_cannot_be_imported_leaves_the_file_as_it_is() {
    let sandbox = Sandbox::new();
    sandbox.write("a.ttl", TURTLE).write("b.json", "{}").write("broken.nt", TURTLE);
    sandbox.write("bad.toml", "[[concept]]\nen = [\"alone\"]\n");
    // (arguments, words)
    let table: [(&[&str], &[&str]); 6] = [
        (&["a.ttl", "-o", "bad.toml"], &["bad.toml: line 1", "at least two"]),
        (&["a.ttl", "-o", "no/such/t.toml"], &["no/such/t.toml", "cannot be written"]),
        (&["a.ttl", "--lang", "ru", "-o", "t.toml"], &["a.ttl", "two labels in ru", "--lang"]),
        (&["b.json", "-o", "t.toml"], &["b.json", "name it .ttl"]),
        (&["broken.nt", "-o", "t.toml"], &["broken.nt: line 1", "get the file again"]),
        (&["none.ttl", "-o", "t.toml"], &["none.ttl: cannot be opened"]),
    ];
    for (arguments, words) in table {
        let mut all = vec!["thesaurus", "import"];
        all.extend(arguments);
        let mut run = sandbox.run(&all).expect(2).says_nothing();
        for word in words {
            run = run.tells(word);
        }
        assert!(!sandbox.path().join("t.toml").exists());
    }
    let bad = std::fs::read_to_string(sandbox.path().join("bad.toml")).unwrap();
    assert_eq!(bad, "[[concept]]\nen = [\"alone\"]\n");
}

#[test]
fn what_words_stand_for_is_shown() {
    let sandbox = Sandbox::new();
    sandbox
        .write("corpus/thesaurus.toml", "[[concept]]\nen = [\"fog bells\", \"fog\\u0007horns\"]\n");
    let run = sandbox.run(&["thesaurus", "show", "the", "fog", "bell"]).expect(0).tells_nothing();
    assert_eq!(run.stdout, "[[concept]]\nen = [\"fog bells\", \"fog horns\"]\n");
    sandbox.run(&["thesaurus", "show", "anchor"]).expect(1).says_nothing().tells("anchor");
    let missing = ["thesaurus", "show", "fog", "--thesaurus", "none.toml"];
    sandbox.run(&missing).expect(2).tells("none.toml: cannot be read");
}

#[test]
fn other_names_follow_the_matches_and_say_so() {
    let sandbox = harbour();
    let run = sandbox.run(&["search", "fog bells", "--related", "never"]).expect(0);
    let places: Vec<usize> = ["para. 1", "para. 2", "By other names: foghorns", "para. 3"]
        .iter()
        .map(|words| run.stdout.find(words).unwrap())
        .collect();
    assert!(places.is_sorted(), "{}", run.report());
    run.tells("2 paragraphs; 1 by other names, --synonyms never leaves them out");
    // Where matches fill the answer, the names are told.
    sandbox
        .run(&["search", "fog bells", "-n", "2", "--related", "never"])
        .expect(0)
        .tells("other names to look for: foghorns");
    // Behind the last match, the count is that of the matches.
    sandbox
        .run(&["search", "fog bells", "--offset", "2", "--related", "never"])
        .expect(0)
        .tells("2 paragraphs; 1 by other names");
    // Nothing has another name: none is told.
    let run = sandbox.run(&["search", "fog bells storm", "--related", "never"]).expect(0);
    assert!(!run.stderr.contains("other names"), "{}", run.report());
    // Nothing has the words, and another name is there.
    sandbox.write("mine.toml", "[[concept]]\nen = [\"sea trumpets\", \"foghorns\"]\n");
    sandbox
        .run(&["search", "sea trumpets", "--thesaurus", "mine.toml"])
        .expect(0)
        .says("By other names: foghorns")
        .tells("no paragraph has your words; 1 by other names");
    let run = sandbox
        .run(&["search", "winter sea trumpets", "--thesaurus", "mine.toml"])
        .expect(0)
        .tells("no paragraph has your words; 1 by other names");
    assert!(!run.stderr.contains("at least"), "{}", run.report());
    sandbox.run(&["search", "sea trumpets"]).expect(1).tells("no paragraph matches");
}

#[test]
fn json_has_them_only_when_asked() {
    let sandbox = harbour();
    let plain = sandbox.run(&["search", "fog bells", "--json"]).expect(0);
    let never = sandbox.run(&["search", "fog bells", "--json", "--synonyms", "never"]).expect(0);
    assert_eq!(plain.stdout, never.stdout);
    let hits = sandbox.run(&["search", "fog bells", "--json", "--synonyms", "always"]).expect(0);
    assert!(hits.stdout.starts_with(&plain.stdout), "{}", hits.report());
    let hits = hits.json();
    assert_eq!(hits.len(), 3);
    assert_eq!(hits[2]["synonyms"], serde_json::json!(["foghorns"]));
    assert_eq!((&hits[2]["rank"], &hits[2]["pinpoint"]), (&3.into(), &"para. 3".into()));
    assert!(hits[..2].iter().all(|hit| hit.get("synonyms").is_none()));
}

#[test]
fn a_thesaurus_that_cannot_be_read_is_told_and_can_be_left_out() {
    let sandbox = harbour();
    sandbox.write("corpus/thesaurus.toml", "[[concept]]\nen = [\"fog bells\",\n");
    sandbox
        .run(&["search", "fog bells"])
        .expect(2)
        .says_nothing()
        .tells("corpus/thesaurus.toml: line ");
    sandbox.run(&["search", "fog bells", "--synonyms", "never"]).expect(0);
    sandbox
        .run(&["search", "fog bells", "--thesaurus", "none.toml"])
        .expect(2)
        .tells("none.toml: cannot be read");
    // It is no document.
    sandbox.run(&["index", "--check", "--quiet"]).expect(0);
}
