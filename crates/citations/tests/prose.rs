//! Citations in sentences of our own, in three languages, a reason for each.
//!
//! Expected are the documents in order, each with its place; `?` stands before one that the sentence
//! does not settle.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

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
fn resolutions() {
    check(&[
        ("Recalling its resolution 76/178 of 16 December 2021,", &["A/RES/76/178"], "dated"),
        ("Recordando su resolución 69/97, de 5 de diciembre de 2014,", &["A/RES/69/97"], "Spanish"),
        ("Rappelant sa résolution 75/316 du 17 août 2021,", &["A/RES/75/316"], "French"),
        (
            "Rappelant sa résolution 75/316 du 1er août 2021,",
            &["A/RES/75/316"],
            "the first of a month",
        ),
        ("as asked for in resolution 70/1", &["A/RES/70/1"], "without date"),
        (
            "Recalling its resolutions 58/32 of 8 December 2003, 59/61 of 3 December 2004 and 60/45 of 8 December 2005,",
            &["A/RES/58/32", "A/RES/59/61", "A/RES/60/45"],
            "a list",
        ),
        (
            "Recordando sus resoluciones 58/32, de 8 de diciembre de 2003, y 60/45, de 8 de diciembre de 2005,",
            &["A/RES/58/32", "A/RES/60/45"],
            "a list in Spanish",
        ),
        (
            "Rappelant ses résolutions 58/32 du 8 décembre 2003 et 60/45 du 8 décembre 2005,",
            &["A/RES/58/32", "A/RES/60/45"],
            "a list in French",
        ),
        (
            "Resolution 50/81, annex, and resolution 62/126, annex.",
            &["A/RES/50/81, annex", "A/RES/62/126, annex"],
            "two with a place each",
        ),
        ("resolutions 77/264 A–C", &["A/RES/77/264 A-C"], "a range of letters"),
        (
            "resolutions 74/255 A and B of 27 December 2019",
            &["A/RES/74/255 A-B"],
            "letters joined in words",
        ),
        ("resoluciones 74/255 A y B", &["A/RES/74/255 A-B"], "letters in Spanish"),
        ("resoluciones 75/259 A a C", &["A/RES/75/259 A-C"], "a range in Spanish"),
        ("résolutions 57/284 A et B", &["A/RES/57/284 A-B"], "letters in French"),
        ("résolutions 57/284 A à C", &["A/RES/57/284 A-C"], "a range in French"),
        ("its resolution 53/77 AA of 4 December 1998", &["A/RES/53/77 AA"], "two letters"),
        (
            "resolution 43/78 (H)",
            &["A/RES/43/78 H"],
            "a letter that a converter put in parentheses",
        ),
        ("[resolution 66/24](#)", &["A/RES/66/24"], "a link that a converter left"),
        ("resolution 217 A (III)", &["A/RES/217 A (III)"], "a session in roman numerals"),
        ("resolución 217A (III)", &["A/RES/217 A (III)"], "the letter without a space"),
        (
            "resolutions 1514 (XV) of 14 December 1960 and 2625 (XXV) of 24 October 1970",
            &["A/RES/1514 (XV)", "A/RES/2625 (XXV)"],
            "a list of them",
        ),
        ("resolution 3201 (S-VI)", &["A/RES/3201 (S-VI)"], "a special session in roman numerals"),
        (
            "resolution 2252 (ES-V)",
            &["A/RES/2252 (ES-V)"],
            "an emergency session in roman numerals",
        ),
        ("its resolution S-27/2 of 10 May 2002", &["A/RES/S-27/2"], "a special session"),
        (
            "its resolution ES\u{2011}10/18",
            &["A/RES/ES-10/18"],
            "an emergency session with a no-break hyphen",
        ),
        (
            "resolution 722 (XXIII) of the lantern makers",
            &[],
            "no resolution of that session has this number",
        ),
        ("resolution A-31/1 of another assembly", &[], "a number of somebody else"),
        (
            "Lantern Commission, resolutions 12/07 and 13/07",
            &[],
            "no number of the UN begins with a zero",
        ),
        ("the 24/7 helpline, 1/3 of the members, on 9/11", &[], "fractions and days"),
        (
            "for the period 2019/20, as decided in resolution 73/1",
            &["A/RES/73/1"],
            "years of a budget",
        ),
        (
            "its resolution 72/256 of 24 December 2107",
            &["?A/RES/72/256"],
            "a date that cannot be: kept, in doubt",
        ),
        ("78/237. On lanterns", &[], "the heading of a resolution names itself"),
    ]);
}

#[test]
fn organs() {
    check(&[
        ("Security Council resolution 1373 (2001)", &["S/RES/1373 (2001)"], "the organ before"),
        (
            "resolución 1373 (2001) del Consejo de Seguridad",
            &["S/RES/1373 (2001)"],
            "the organ behind",
        ),
        (
            "résolution 1373\u{a0}(2001) du Conseil de sécurité",
            &["S/RES/1373 (2001)"],
            "a no-break space",
        ),
        (
            "las resoluciones del Consejo de Seguridad 1267 (1999), de 15 de octubre de 1999, y 1624 (2005)",
            &["S/RES/1267 (1999)", "S/RES/1624 (2005)"],
            "the organ between word and number",
        ),
        (
            "Economic and Social Council resolution 1996/31 of 25 July 1996",
            &["E/RES/1996/31"],
            "the year as session",
        ),
        (
            "Economic and Social Council resolution 663 C (XXIV)",
            &["E/RES/663 C (XXIV)"],
            "before 1978",
        ),
        (
            "Human Rights Council resolution 24/14 of 26 September 2013",
            &["A/HRC/RES/24/14"],
            "named and dated",
        ),
        (
            "la resolución 16/18 del Consejo de Derechos Humanos, de 24 de marzo de 2011",
            &["A/HRC/RES/16/18"],
            "the organ before the date",
        ),
        (
            "la résolution 35/21 du Conseil des droits de l’homme, en date du 22 juin 2017",
            &["A/HRC/RES/35/21"],
            "so in French",
        ),
        ("Human Rights Council resolution S-21/1", &["A/HRC/RES/S-21/1"], "its special sessions"),
        (
            "the mechanism that the Human Rights Council established in its resolution 39/2",
            &["A/HRC/RES/39/2"],
            "`its` leads back to the organ beside it",
        ),
        (
            "establecido por el Consejo de Derechos Humanos en su resolución 39/2",
            &["A/HRC/RES/39/2"],
            "so in Spanish",
        ),
        (
            "créé par le Conseil des droits de l’homme dans sa résolution 39/2",
            &["A/HRC/RES/39/2"],
            "so in French",
        ),
        (
            "by which it established the Human Rights Council, and its resolution 65/281 of 17 June 2011",
            &["A/RES/65/281"],
            "`its` after `and` is the Assembly's",
        ),
        (
            "Recalling its resolution 74/146 of 18 December 2019 and Human Rights Council resolutions 13/13 of 25 March 2010 and 22/6 of 21 March 2013",
            &["A/RES/74/146", "A/HRC/RES/13/13", "A/HRC/RES/22/6"],
            "two lists in one sentence",
        ),
        (
            "recordando las resoluciones 45/3 y 48/15 del Consejo de Derechos Humanos",
            &["A/HRC/RES/45/3", "A/HRC/RES/48/15"],
            "the organ behind the last holds for all",
        ),
        (
            "Human Rights Council resolutions 5/1 on its institutions and 5/2 on its code",
            &["A/HRC/RES/5/1", "A/HRC/RES/5/2"],
            "words between the numbers of a list",
        ),
        (
            "General Assembly and Security Council resolutions 70/262 and 2282 (2016)",
            &["A/RES/70/262", "S/RES/2282 (2016)"],
            "two organs, told by the shape of the numbers",
        ),
        (
            "General Assembly resolution 72/279 as well as Council resolution 2019/15 of 8 July 2019",
            &["A/RES/72/279", "E/RES/2019/15"],
            "`the Council` that numbers by the year",
        ),
        (
            "Council resolution 1373 (2001)",
            &["S/RES/1373 (2001)"],
            "`the Council` that gives the year",
        ),
        ("resolution 44/12 of 16 July 2020", &["A/HRC/RES/44/12"], "the date settles the organ"),
        (
            "resolution 44/12 of 10 November 1989",
            &["A/RES/44/12"],
            "the same number with another date",
        ),
        (
            "Commission on Human Rights resolutions 2004/16 of 16 April 2004 and 2005/5",
            &["E/CN.4/RES/2004/16", "E/CN.4/RES/2005/5"],
            "the Commission before the Council",
        ),
        (
            "resolution 2/10 of the United Nations Environment Assembly",
            &["UNEP/EA.2/Res.10"],
            "an assembly with symbols of its own",
        ),
        (
            "resolution 72/7 of the Economic and Social Commission for Asia and the Pacific",
            &["E/ESCAP/RES/72/7"],
            "a regional commission",
        ),
        (
            "Conference resolution 6/1 of 6 November 2015",
            &[],
            "a body whose resolutions have no symbol",
        ),
        ("resolution 60/2 of the Commission on Narcotic Drugs", &[], "so with the body behind"),
        (
            "Taking note of resolution 668 (XXI) adopted by the General Assembly of the Lantern Organization",
            &[],
            "a number that the General Assembly cannot have in that session",
        ),
        (
            "désignés par le Conseil, compte tenu de sa résolution 74/270 du 2 avril 2020",
            &["A/RES/74/270"],
            "a number that the Council beside it cannot have",
        ),
        (
            "l’Assemblée des Nations Unies pour l’environnement, comme l’Assemblée l’a dit dans ses résolutions 2/5 du 27 mai 2016 et 3/3 du 6 décembre 2017",
            &["UNEP/EA.2/Res.5", "UNEP/EA.3/Res.3"],
            "the Assembly that was named in full",
        ),
        (
            "by which it established the Human Rights Council in its resolution 60/251",
            &["A/RES/60/251"],
            "the organ beside it was only established by it",
        ),
        (
            "the Human Rights Council noted resolution 44/12",
            &["?A/RES/44/12"],
            "either organ may be meant: kept with both",
        ),
    ]);
}

#[test]
fn decisions() {
    check(&[
        ("its decision 50/411 of 20 December 1995", &["A/DEC/50/411"], "undex gives them a symbol"),
        ("su decisión 58/520, de 8 de diciembre de 2003", &["A/DEC/58/520"], "Spanish"),
        ("sa décision 74/571 du 3 septembre 2020", &["A/DEC/74/571"], "French"),
        (
            "its resolution 74/16 of 9 December 2019 and its decision 74/560",
            &["A/RES/74/16", "A/DEC/74/560"],
            "after a resolution",
        ),
        (
            "Human Rights Council decision 6/102",
            &["A/HRC/DEC/6/102"],
            "of the Human Rights Council",
        ),
        (
            "Economic and Social Council decision 2017/206",
            &["E/DEC/2017/206"],
            "of the Economic and Social Council",
        ),
        (
            "its decisions S-31/1, S-31/2 and S\u{2011}31/5 of 21 July 2020",
            &["A/DEC/S-31/1", "A/DEC/S-31/2", "A/DEC/S-31/5"],
            "of a special session",
        ),
        ("decision 25/COP.14 of 12 September 2019", &[], "of a conference of parties"),
        ("decision XII/3 of the Conference of the Parties", &[], "so with a roman numeral"),
        ("the Board, in its decision 27/2", &[], "no decision of the Assembly has so low a number"),
    ]);
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
fn places_behind() {
    check(&[
        ("A/75/816, annex I, para. 29", &["A/75/816, annex I, para. 29"], "the usual form"),
        ("A/75/816, anexo I, párr. 29", &["A/75/816, annex I, para. 29"], "Spanish"),
        ("A/75/816, annexe I, par. 29", &["A/75/816, annex I, para. 29"], "French"),
        ("A/76/135, párr. 57 b)", &["A/76/135, para. 57 (b)"], "a letter with one parenthesis"),
        ("A/76/135, para. 57 (b) (ii)", &["A/76/135, para. 57 (b) (ii)"], "a letter and a numeral"),
        ("A/76/135, párr. 8 a) ii)", &["A/76/135, para. 8 (a) (ii)"], "so in Spanish"),
        (
            "resolution 70/1, paras. 1 and 2",
            &["A/RES/70/1, para. 1", "A/RES/70/1, para. 2"],
            "two paragraphs",
        ),
        (
            "resolución 70/1, párrs. 1 y 2",
            &["A/RES/70/1, para. 1", "A/RES/70/1, para. 2"],
            "so in Spanish",
        ),
        (
            "résolution 70/1, par. 1 et 2",
            &["A/RES/70/1, para. 1", "A/RES/70/1, para. 2"],
            "French has one abbreviation",
        ),
        (
            "A/68/98, paras. 16–18",
            &["A/68/98, para. 16", "A/68/98, para. 17", "A/68/98, para. 18"],
            "a range",
        ),
        (
            "A/68/98, par. 16 à 18",
            &["A/68/98, para. 16", "A/68/98, para. 17", "A/68/98, para. 18"],
            "a range in words",
        ),
        (
            "A/68/98, párrs. 1, 3 y 5",
            &["A/68/98, para. 1", "A/68/98, para. 3", "A/68/98, para. 5"],
            "a list",
        ),
        (
            "resolution 69/283, annexes I and II.",
            &["A/RES/69/283, annex I", "A/RES/69/283, annex II"],
            "two annexes",
        ),
        ("resolution 66/281 of 12 July 2012, annex", &["A/RES/66/281, annex"], "behind the date"),
        (
            "A/56/1026\u{2011}S/2002/932, annex II",
            &["A/56/1026, annex II", "S/2002/932, annex II"],
            "a joint symbol is two documents",
        ),
        ("resolution 71/243 (para. 12)", &["A/RES/71/243, para. 12"], "in parentheses"),
        (
            "See A/CONF.157/24 (Part I), chap. III.",
            &["A/CONF.157/24 (Part I), chap. III"],
            "behind a qualifier",
        ),
        ("A/47/27, sect. III.F", &["A/47/27, sect. III, sect. F"], "a section in a section"),
        (
            "FCCC/CP/2015/10/Add.1, decision 1/CP.21, annex",
            &["FCCC/CP/2015/10/Add.1, decision 1/CP.21, annex"],
            "an act inside a document",
        ),
        (
            "E/2020/27, chap. I, sect. C, resolution 59/1, annex",
            &["E/2020/27, chap. I, sect. C, resolution 59/1, annex"],
            "a resolution of a commission in its report",
        ),
        (
            "A/76/135, párr. 2, resolución 76/19 de la Asamblea General",
            &["A/76/135, para. 2", "A/RES/76/19"],
            "a resolution of the Assembly is a document of its own",
        ),
        ("resolution 217 A (III), art. 3", &["A/RES/217 A (III), art. 3"], "an article"),
        (
            "A/80/6 (Sect. 13), paras. 13.1 and 13.2",
            &["A/80/6 (Sect. 13), para. 13.1", "A/80/6 (Sect. 13), para. 13.2"],
            "numbers with a full stop inside",
        ),
        (
            "Resolutions 69/117, para. 8, 70/116, para. 4, and 73/201, para. 7.",
            &["A/RES/69/117, para. 8", "A/RES/70/116, para. 4", "A/RES/73/201, para. 7"],
            "a list with a place each",
        ),
        (
            "resolution 1980/67 of the Economic and Social Council, particularly paragraphs 1 to 3 of the annex thereto",
            &[
                "E/RES/1980/67, annex, para. 1",
                "E/RES/1980/67, annex, para. 2",
                "E/RES/1980/67, annex, para. 3",
            ],
            "behind `particularly`",
        ),
        (
            "Resolution 75/251, in section VI of the Official Records",
            &["A/RES/75/251"],
            "a section of something else",
        ),
        (
            "escala de cuotas para 2020, que figura en su resolución 73/271",
            &["A/RES/73/271"],
            "a Spanish preposition",
        ),
    ]);
}

#[test]
fn places_before() {
    check(&[
        ("paragraph 34 of its resolution 71/263", &["A/RES/71/263, para. 34"], "English"),
        ("el párrafo 28 de su resolución 65/182", &["A/RES/65/182, para. 28"], "Spanish"),
        ("au paragraphe 60 de sa résolution 74/18", &["A/RES/74/18, para. 60"], "French"),
        (
            "paragraphs 80 and 83 to 85 of resolution 61/105 and paragraph 113 of resolution 64/72",
            &[
                "A/RES/61/105, para. 80",
                "A/RES/61/105, para. 83",
                "A/RES/61/105, para. 84",
                "A/RES/61/105, para. 85",
                "A/RES/64/72, para. 113",
            ],
            "lists and ranges of two",
        ),
        (
            "los apartados a) y b) del párrafo 15 de la resolución 66/24",
            &["A/RES/66/24, para. 15 (a)", "A/RES/66/24, para. 15 (b)"],
            "letters of a paragraph",
        ),
        (
            "alinéa a) du paragraphe 3 de la résolution 66/24",
            &["A/RES/66/24, para. 3 (a)"],
            "so in French",
        ),
        (
            "paragraphs 3 (a) to (c) of resolution 51/210",
            &[
                "A/RES/51/210, para. 3 (a)",
                "A/RES/51/210, para. 3 (b)",
                "A/RES/51/210, para. 3 (c)",
            ],
            "a range of letters",
        ),
        (
            "sixth preambular paragraph of resolution 66/24",
            &["A/RES/66/24, preambular para. 6"],
            "an ordinal",
        ),
        (
            "sexto párrafo del preámbulo de la resolución 66/24",
            &["A/RES/66/24, preambular para. 6"],
            "so in Spanish",
        ),
        (
            "troisième alinéa du préambule de la résolution 66/24",
            &["A/RES/66/24, preambular para. 3"],
            "so in French",
        ),
        (
            "third and fourth preambular paragraphs of resolution 66/24",
            &["A/RES/66/24, preambular para. 3", "A/RES/66/24, preambular para. 4"],
            "two ordinals",
        ),
        ("operative paragraph 1 of resolution 66/24", &["A/RES/66/24, para. 1"], "operative"),
        ("el párrafo dispositivo 1 de la resolución 66/24", &["A/RES/66/24, para. 1"], "Spanish"),
        (
            "el párrafo operativo 6 de la resolución 66/24",
            &["A/RES/66/24, para. 6"],
            "its other word",
        ),
        (
            "el párrafo 1 de la parte dispositiva de la resolución 66/24",
            &["A/RES/66/24, para. 1"],
            "in full",
        ),
        ("paragraphe 1 du dispositif de la résolution 66/24", &["A/RES/66/24, para. 1"], "French"),
        ("section VII of its resolution 69/274 A", &["A/RES/69/274 A, sect. VII"], "a section"),
        (
            "paragraph 11 of annex I to resolution 41/213",
            &["A/RES/41/213, annex I, para. 11"],
            "a paragraph of an annex",
        ),
        (
            "paragraphe 7 de la section II.B de sa résolution 57/283 B",
            &["A/RES/57/283 B, sect. II, sect. B, para. 7"],
            "of a section in a section",
        ),
        (
            "paragraph 12 of the report of the lantern committee (A/75/7)",
            &["A/75/7, para. 12"],
            "of a report named behind",
        ),
        (
            "paragraph 5 of Security Council resolution 1502 (2003)",
            &["S/RES/1502 (2003), para. 5"],
            "of the Security Council",
        ),
        (
            "Article 2, paragraph 4, of the Charter, and resolution 70/1",
            &["A/RES/70/1"],
            "of a treaty, which is no document here",
        ),
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
