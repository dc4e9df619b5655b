//! `undex search`: the first one, exit codes, languages, mistakes in a query.

use crate::indexed;
use crate::support::{Sandbox, corpus};

#[test]
fn the_first_search_on_a_fresh_clone_builds_the_index_and_answers() {
    let sandbox = Sandbox::new();
    corpus::shipped(&sandbox);
    let query = ["search", "medidas de fomento de la confianza", "--json"];
    let first = sandbox.run(&query).expect(0);
    let told: Vec<&str> = first.stderr.lines().collect();
    assert!(told.len() == 1 && told[0].contains("corpus/"), "{}", first.report());
    assert!(first.json()[0]["symbol"] == "UNDEX/HANDBOOK/1", "{}", first.report());

    let second = sandbox.run(&query).expect(0).tells_nothing();
    assert_eq!(first.stdout, second.stdout);
}

#[test]
fn without_corpus_or_index_the_next_step_is_told() {
    let sandbox = Sandbox::new();
    sandbox.run(&["search", "faros"]).expect(3).says_nothing().tells("undex index");
    assert_eq!(sandbox.names(""), Vec::<String>::new(), "a search wrote something");
    // Another folder than the default one is never filled by a search.
    corpus::fixtures(&sandbox);
    sandbox.run(&["search", "faros", "--index", "elsewhere"]).expect(3).tells("elsewhere");
    assert!(!sandbox.path().join("elsewhere").exists());
}

#[test]
fn exit_codes_tell_hits_from_none_and_from_mistakes() {
    let sandbox = indexed();
    // (arguments, exit code, why)
    let table: [(&[&str], i32, &str); 10] = [
        (&["search", "campanas"], 0, "a hit"),
        (&["search", "zzyzx"], 1, "no hit"),
        (&["search", "campanas", "--lang", "fr"], 1, "no hit in that language"),
        (&["search", "campanas AND"], 2, "a query that ends too early"),
        (&["search", "colour:red"], 2, "a filter that does not exist"),
        (&["search", "campanas", "--lang", "xx"], 2, "a language that does not exist"),
        (&["search", "campanas", "--from", "yesterday"], 2, "no date"),
        (&["search"], 2, "no query"),
        (&["search", "campanas", "--index", "nowhere"], 3, "no index"),
        (&["seek", "campanas"], 2, "no such command"),
    ];
    for (arguments, code, why) in table {
        let run = sandbox.run(arguments);
        assert!(run.code == Some(code), "{why}: expected {code}\n{}", run.report());
        assert!(code == 0 || run.stdout.is_empty(), "{why}\n{}", run.report());
        assert!(code == 0 || !run.stderr.is_empty(), "{why}: nobody is told\n{}", run.report());
    }
}

#[test]
fn a_mistake_in_a_query_is_pointed_at() {
    let sandbox = indexed();
    // (query, column, a word of what was expected)
    let table = [
        ("\"abc", 1, "phrase"),
        ("uno AND (dos OR", 16, "parenthesis"),
        ("uno )", 5, "parenthesis"),
        ("año lang:xx", 10, "expected one of ar, zh, en, fr, ru, es"),
        ("role:nothing", 6, "operative"),
    ];
    for (query, column, expected) in table {
        let run = sandbox.run(&["search", query]).expect(2).says_nothing();
        let lines: Vec<&str> = run.stderr.lines().collect();
        assert!(run.stderr.contains(expected), "{}", run.report());
        assert!(lines[0].contains(&format!("column {column}:")), "{}", run.report());
        // The caret stands under that column of the query, two columns indented.
        let caret = lines.iter().position(|line| line.trim() == "^").unwrap();
        assert_eq!(lines[caret - 1].trim_start(), query, "{}", run.report());
        assert_eq!(lines[caret].chars().count(), 2 + column, "{}", run.report());
    }
}

#[test]
fn accents_case_and_endings_do_not_lose_hits() {
    let sandbox = indexed();
    // (query, a place that must be among the hits, why)
    let table = [
        ("azoteas", "UNDEX/AC.9/2020/L.4, párr. 3", "as written"),
        ("AZOTEA", "UNDEX/AC.9/2020/L.4, párr. 3", "capitals, singular"),
        ("vendimiadores cancion", "UNDEX/AC.9/2021/5, párr. 2", "no accent, singular"),
        ("senor de la vina", "UNDEX/AC.9/2021/5, párr. 1", "no tilde, from a Latin-1 file"),
        ("pacificas", "UNDEX/AC.9/2020/L.4, párr. 5", "a word that the file has broken"),
        ("l'horloge", "A/RES/999/1, annexe, par. 1", "elision with the straight apostrophe"),
        ("horloges", "A/RES/999/1, annexe, par. 1", "the word behind an elision"),
        ("\"puntos de agua\" OR \"fuentes de agua\"", "UNDEX/AC.9/2020/L.4, párr. 4", "phrase"),
        ("vendim*", "UNDEX/AC.9/2021/6, párr. 1", "a beginning"),
        ("note:handbook", "A/RES/999/1, para. 2 (b)", "words of a note"),
    ];
    for (query, place, why) in table {
        let run = sandbox.run(&["search", query, "-n", "50", "--json"]).expect(0);
        let found = run.json().iter().any(|hit| hit["cite"] == place);
        assert!(found, "{why}: {place} is not among the hits\n{}", run.report());
    }
}

#[test]
fn filters_narrow() {
    let sandbox = indexed();
    let all = sandbox.run(&["search", "uno OR dos OR de OR the OR les", "-n", "500", "--json"]);
    let all = all.expect(0).json().len();
    // (arguments beside the query, field, values it may have)
    let table: [(&[&str], &str, &[&str]); 8] = [
        (&["--lang", "es"], "language", &["es"]),
        (&["--lang", "en,fr"], "language", &["en", "fr"]),
        (&["--type", "report"], "type", &["report"]),
        (&["lang:fr"], "language", &["fr"]),
        (&["type:resolution"], "type", &["resolution"]),
        (&["role:operative"], "role", &["operative"]),
        (
            &["symbol:UNDEX/AC.9/2021/*"],
            "symbol",
            &["UNDEX/AC.9/2021/5", "UNDEX/AC.9/2021/6", "UNDEX/AC.9/2021/7"],
        ),
        (&["--from", "2190-08", "--to", "2190-11"], "symbol", &["UNDEX/HILL/2190/9"]),
    ];
    for (more, field, values) in table {
        let mut arguments =
            vec!["search", "(uno OR dos OR de OR the OR les)", "-n", "500", "--json"];
        arguments.extend(more);
        let run = sandbox.run(&arguments).expect(0);
        let hits = run.json();
        assert!(hits.len() < all, "{more:?} does not narrow");
        for hit in hits {
            let value = hit[field].as_str().unwrap();
            assert!(values.contains(&value), "{more:?}: {value}\n{}", run.report());
        }
    }
}

#[test]
fn words_near_a_misspelt_one_are_suggested() {
    let sandbox = indexed();
    // (arguments, exit code, the suggestion or none, why)
    let table: [(&[&str], i32, Option<&str>, &str); 6] = [
        (&["canpanas"], 1, Some("nothing has canpanas; did you mean campanas"), "no hit"),
        (&["canpanas OR azoteas"], 0, Some("nothing has canpanas"), "hits without that word"),
        (&["canpanas", "--json"], 1, Some("nothing has canpanas"), "no hit as JSON"),
        (&["canpanas OR azoteas", "--json"], 0, None, "hits as JSON come without a word"),
        (&["campanas"], 0, None, "a word that is held"),
        (&["campanas -canpanas"], 0, None, "a word that must not be there"),
    ];
    for (arguments, code, expected, why) in table {
        let run = sandbox.run(&[&["search"], arguments].concat()).expect(code);
        let told = run.stderr.contains("did you mean");
        assert_eq!(told, expected.is_some(), "{why}\n{}", run.report());
        assert!(run.stderr.contains(expected.unwrap_or_default()), "{why}\n{}", run.report());
        assert!(!run.stdout.contains("did you mean"), "{why}\n{}", run.report());
    }
}

#[test]
fn pages_of_hits_fit_together() {
    let sandbox = indexed();
    let all = sandbox.run(&["search", "relojes", "-n", "6", "--json"]).expect(0);
    let first = sandbox.run(&["search", "relojes", "-n", "3", "--json"]).expect(0);
    let second =
        sandbox.run(&["search", "relojes", "-n", "3", "--offset", "3", "--json"]).expect(0);
    assert_eq!(all.stdout, format!("{}{}", first.stdout, second.stdout));
    assert_eq!(all.json().len(), 6);
    sandbox.run(&["search", "relojes", "-n", "3", "--offset", "9999"]).expect(1);
}
