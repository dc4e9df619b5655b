//! Citations in sentences of our own, in three languages, a reason for each.
//!
//! Expected are the documents in order, each with its place; `?` stands before one that the sentence
//! does not settle.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod numbers;
mod places;

use undex_citations::{Known, Nicknames, citations};
use undex_document::Citation;

/// (sentence, what it cites, why)
type Row = (&'static str, &'static [&'static str], &'static str);

fn worded(citation: &Citation) -> String {
    let doubt = if citation.is_settled() { "" } else { "?" };
    match &citation.pinpoint {
        Some(place) => format!("{doubt}{}, {place}", citation.symbol),
        None => format!("{doubt}{}", citation.symbol),
    }
}

fn nicknames() -> Nicknames {
    Nicknames::new([
        ("2021 report of the Group of Lantern Experts", "A/76/135".parse().unwrap()),
        ("informe de 2021 del Grupo de Expertos en Faroles", "A/76/135".parse().unwrap()),
        ("rapport de 2021 du Groupe d’experts des lanternes", "A/76/135".parse().unwrap()),
    ])
}

/// Checks a table for a resolution of the General Assembly of 2022.
fn check(table: &[Row]) {
    let known = Known { symbols: vec!["A/RES/77/999".parse().unwrap()], year: Some(2022) };
    let mut wrong = Vec::new();
    for (sentence, expected, why) in table {
        let found: Vec<String> =
            citations(sentence, &known, &nicknames()).iter().map(worded).collect();
        if found != *expected {
            wrong.push(format!(
                "{sentence}\n  expected {expected:?}\n  found    {found:?}\n  ({why})"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

#[test]
fn symbols() {
    check(&[
        (
            "see A/65/201, A/68/98* and A/70/174.",
            &["A/65/201", "A/68/98", "A/70/174"],
            "by themselves",
        ),
        (
            "Official Records of the General Assembly, Seventy-second Session, Supplement No. 53 (A/72/53).",
            &["A/72/53"],
            "a supplement",
        ),
        (
            "Documentos Oficiales de la Asamblea General, septuagésimo segundo período de sesiones, suplemento núm. 53 (A/72/53), cap. IV, secc. A.",
            &["A/72/53, chap. IV, sect. A"],
            "a supplement in Spanish",
        ),
        (
            "Documents officiels de l’Assemblée générale, soixante-douzième session, Supplément no 53 (A/72/53), chap. IV, sect. A.",
            &["A/72/53, chap. IV, sect. A"],
            "a supplement in French",
        ),
        (
            "A/55/140 and Corr.1 and Add.1",
            &["A/55/140", "A/55/140/Corr.1", "A/55/140/Add.1"],
            "ellipsis",
        ),
        (
            "A/55/140 y Corr.1 y Add.1",
            &["A/55/140", "A/55/140/Corr.1", "A/55/140/Add.1"],
            "ellipsis in Spanish",
        ),
        (
            "A/55/140 et Corr.1 et Add.1",
            &["A/55/140", "A/55/140/Corr.1", "A/55/140/Add.1"],
            "ellipsis in French",
        ),
        (
            "A/66/53/Add.1 and Corr.1",
            &["A/66/53/Add.1", "A/66/53/Add.1/Corr.1"],
            "a corrigendum of an addendum",
        ),
        (
            "A/61/1/Add.1 and Add.2",
            &["A/61/1/Add.1", "A/61/1/Add.2"],
            "an addendum of the document",
        ),
        ("A/61/1/Add.1–3", &["A/61/1/Add.1-3"], "a range is one symbol"),
        (
            "A/61/1 and Add.1 and 2",
            &["A/61/1", "A/61/1/Add.1", "A/61/1/Add.2"],
            "the word once for two numbers",
        ),
        (
            "International Maritime Organization, document LEG/CONF.15/21",
            &[],
            "a document of another organization",
        ),
        ("see A/RES/77/999", &[], "its own symbol"),
    ]);
}

#[test]
fn back_references_and_own_text() {
    check(&[
        ("as set out in paragraph 2 above", &["A/RES/77/999, para. 2"], "its own paragraph"),
        ("el párrafo 14 e) anterior", &["A/RES/77/999, para. 14 (e)"], "Spanish"),
        (
            "visées au paragraphe 2 ci\u{2011}dessus",
            &["A/RES/77/999, para. 2"],
            "French, with a no-break hyphen",
        ),
        ("paragraph 5 of the present resolution", &["A/RES/77/999, para. 5"], "so in other words"),
        ("annex I to the present resolution", &["A/RES/77/999, annex I"], "its annex"),
        ("el anexo de la presente resolución", &["A/RES/77/999, annex"], "Spanish"),
        (
            "aux paragraphes 17 et 26 de la présente résolution",
            &["A/RES/77/999, para. 17", "A/RES/77/999, para. 26"],
            "French",
        ),
        (
            "the implementation of the present resolution",
            &[],
            "the document as a whole leads nowhere",
        ),
        (
            "the 2021 report of the Group of Lantern Experts, para. 5",
            &["A/76/135, para. 5"],
            "a nickname",
        ),
        ("Informe de 2021 del Grupo de Expertos en Faroles", &["A/76/135"], "in Spanish"),
        (
            "Informe de 2021 del Grupo de Expertos en Faroles sobre Medidas de Fomento",
            &[],
            "the name goes on and is another group's",
        ),
        (
            "Informe de 2021 del Grupo de Expertos en Faroles, A/76/135, párr. 57 b)",
            &["A/76/135, para. 57 (b)"],
            "a nickname with its symbol is one mention",
        ),
        (
            "le rapport de 2021 du Groupe d'experts des lanternes",
            &["A/76/135"],
            "in French, the other apostrophe",
        ),
        (
            "see A/74/10, para. 39; ibid., para. 42",
            &["A/74/10, para. 39", "A/74/10, para. 42"],
            "ibid. in one text",
        ),
        ("Ibid., vol. 999, No. 14668.", &[], "ibid. of a treaty series"),
        (
            "Ibid., Supplement No. 53A (A/67/53/Add.1), chap. II.",
            &["A/67/53/Add.1, chap. II"],
            "ibid. of the official records",
        ),
    ]);
}

#[test]
fn offsets_count_characters_and_cover_the_name() {
    // (sentence, name)
    let table = [
        ("según el párrafo 3 de la resolución 66/24", "66/24"),
        ("véase S/RES/1325 (2000), párr. 2", "S/RES/1325 (2000)"),
        ("résolution 74/255 A et B", "74/255 A et B"),
        ("Note n° 5 : A/75/816, annexe", "A/75/816"),
    ];
    for (sentence, name) in table {
        let found = citations(sentence, &Known::default(), &Nicknames::default());
        let (start, end) = (found[0].start as usize, found[0].end as usize);
        let covered: String = sentence.chars().skip(start).take(end - start).collect();
        assert_eq!(covered, name, "{sentence}");
    }
}

#[test]
fn texts_of_many_paragraphs() {
    let text = "Recalling its resolution 66/24\nof 2 December 2011,\n\nSee A/75/816, annex I.\r\n \t\r\nIbid., annex II.\n";
    let found = citations(text, &Known::default(), &Nicknames::default());
    let named: Vec<(String, String)> = found
        .iter()
        .map(|citation| {
            let (start, end) = (citation.start as usize, citation.end as usize);
            (worded(citation), text.chars().skip(start).take(end - start).collect())
        })
        .collect();
    let expected = [
        ("A/RES/66/24", "66/24"),
        ("A/75/816, annex I", "A/75/816"),
        ("A/75/816, annex II", "Ibid"),
    ];
    assert_eq!(named, expected.map(|(cited, name)| (cited.to_owned(), name.to_owned())));
    // Longer than a block without an empty line, and with a letter across its border.
    let long = "é".repeat(1 << 20) + " see A/RES/66/24";
    assert_eq!(citations(&long, &Known::default(), &Nicknames::default()).len(), 1);
}
