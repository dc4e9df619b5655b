//! `undex show` and `undex list`.

use crate::indexed;
use crate::support::Sandbox;

#[test]
fn a_symbol_is_found_in_any_spelling() {
    let sandbox = indexed();
    // (given, document)
    let table = [
        ("A/RES/999/1", "A/RES/999/1"),
        ("a/res/999/1", "A/RES/999/1"),
        ("A / RES / 999 / 1", "A/RES/999/1"),
        (" A/RES/999/1* ", "A/RES/999/1"),
        ("A/RES/999/1.", "A/RES/999/1"),
        ("undex/ac.9/2020/l.4", "UNDEX/AC.9/2020/L.4"),
        ("A/RES/999/2 B", "A/RES/999/2 A-B"),
        ("a/res/999/2b", "A/RES/999/2 A-B"),
        ("A/RES/999/2A-B", "A/RES/999/2 A-B"),
    ];
    for (given, document) in table {
        let run = sandbox.run(&["show", given]).expect(0);
        assert!(run.stdout.starts_with(document), "{given}\n{}", run.report());
    }
}

#[test]
fn a_whole_document_is_readable() {
    let sandbox = indexed();
    sandbox
        .run(&["show", "UNDEX/AC.9/2020/L.4"])
        .expect(0)
        .says("A. Introducción\n")
        .says("\n5. En la reunión Abierta, los vecinos de otra índole propusieron")
        .says("    a) La lluvia que se recoge")
        .says("    • Palas pequeñas")
        .says("    [3] Estatutos de los jardines, regla 9.C.\n")
        .says("    [5] (el texto de esta nota falta en el archivo)\n")
        .never_says("20-99999");
}

#[test]
fn one_paragraph_in_three_languages_side_by_side() {
    let sandbox = indexed();
    // However the place is worded, each language names it its own way.
    for place in ["2 (b)", "párr. 2 b)", "par. 2 b)", "para. 2 (b)"] {
        let run = sandbox.run(&["show", "A/RES/999/1", "--para", place, "--lang", "en,es,fr"]);
        let run = run.expect(0);
        let lines: Vec<&str> = run.stdout.lines().collect();
        assert_eq!(
            lines,
            [
                "A/RES/999/1, para. 2 (b)  en",
                "    (b) To keep the face clean;",
                "    [2] See the Keeper’s Handbook, p. 9.",
                "",
                "A/RES/999/1, párr. 2 b)  es",
                "    b) Que mantenga limpia la esfera;",
                "    [2] Véase el Manual del guarda, pág. 9.",
                "",
                "A/RES/999/1, par. 2 b)  fr",
                "    b) De tenir le cadran propre ;",
                "    [2] Voir le Manuel du gardien, p. 9.",
            ],
            "{place}\n{}",
            run.report()
        );
    }
}

#[test]
fn a_place_holds_what_lies_inside_it() {
    let sandbox = indexed();
    let run = sandbox.run(&["show", "A/RES/999/1", "--para", "2", "--lang", "es"]).expect(0);
    let run = run.says("2. Pide a cada guarda:").says("a) Que engrase").says("ii) En otoño;");
    run.never_says("Invita").never_says("Decide");
    // Only the annex's own paragraph 1, and not that of the resolution.
    let annex = sandbox.run(&["show", "A/RES/999/1", "--para", "anexo, párr. 1", "--lang", "es"]);
    annex.expect(0).says("El guarda da cuerda").never_says("Invita");
    let step = "secc. C, próxima medida recomendada 2";
    let step = sandbox.run(&["show", "UNDEX/AC.9/2020/L.4", "--para", step]);
    step.expect(0).says("afilar juntas").never_says("mangueras");
}

#[test]
fn what_is_not_held_is_told_with_what_is_near() {
    let sandbox = indexed();
    sandbox.run(&["show", "A/RES/999/11"]).expect(1).says_nothing().tells("A/RES/999/1");
    sandbox.run(&["show", "UNDEX/AC.9/2020/L.5"]).expect(1).tells("UNDEX/AC.9/2020/L.4");
    sandbox.run(&["show", "E/1234/5"]).expect(1).tells("undex list");
    sandbox.run(&["show", "A/RES/999/37", "--lang", "fr"]).expect(1).tells("it is in es");
    sandbox.run(&["show", "A/RES/999/1", "--para", "99"]).expect(1).tells("99");
    sandbox.run(&["show", "hello"]).expect(2).tells("hello");
    sandbox.run(&["show", "../../etc/passwd"]).expect(2).says_nothing();
    sandbox.run(&["show", "A/RES/999/1", "--para", "banana 3"]).expect(2).tells("banana 3");
}

#[test]
fn other_languages_are_mentioned() {
    let sandbox = indexed();
    sandbox.run(&["show", "A/RES/999/1"]).expect(0).tells("es").tells("--lang");
    // The user's own language comes first, where the document is held in it.
    let french = [("LANG", "fr_FR.UTF-8")];
    let run = sandbox.run_with(&["show", "A/RES/999/1"], &french).expect(0);
    run.says("Rappelant");
}

#[test]
fn the_list_narrows() {
    let sandbox = indexed();
    let symbols = |arguments: &[&str]| -> Vec<String> {
        let mut all = vec!["list"];
        all.extend(arguments);
        let run = sandbox.run(&all).expect(0).tells_nothing();
        let line = |line: &str| line.split('\t').take(2).collect::<Vec<_>>().join(" ");
        run.stdout.lines().map(line).collect()
    };
    assert_eq!(symbols(&[]).len(), crate::DOCUMENTS);
    assert_eq!(
        symbols(&["A/RES/999"]),
        [
            "A/RES/999/1 en",
            "A/RES/999/1 fr",
            "A/RES/999/1 es",
            "A/RES/999/2 A-B es",
            "A/RES/999/3 es",
            "A/RES/999/37 es",
        ]
    );
    assert_eq!(symbols(&["a/res/999/3"]), ["A/RES/999/3 es"], "whole segments only");
    assert_eq!(symbols(&["resolution 999/3"]), ["A/RES/999/3 es"], "in any spelling");
    assert_eq!(symbols(&["999/2"]), ["A/RES/999/2 A-B es"], "resolutions that are one document");
    assert_eq!(symbols(&["--type", "letter"]), ["UNDEX/EXAMPLE/7 en"]);
    assert_eq!(symbols(&["--lang", "fr"]), ["A/RES/999/1 fr", "UNDEX/WG.7/2190/3 fr"]);
    assert_eq!(symbols(&["--from", "2190", "--to", "2190-01"]), ["UNDEX/EXAMPLE/7 en"]);
    assert_eq!(symbols(&["--from", "2190-12-22"]), ["A/RES/999/37 es"]);
    sandbox.run(&["list", "E"]).expect(1).says_nothing();
}

#[test]
fn nothing_to_show_without_an_index() {
    let sandbox = Sandbox::new();
    for arguments in [&["show", "A/RES/999/1"][..], &["list"], &["info"]] {
        sandbox.run(arguments).expect(3).says_nothing().tells("undex index");
    }
}
