//! Resolutions and decisions by their numbers, and the organs they are of.

use super::check;

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
        (
            "ses résolutions 68/32 du 20 septembre 2013,70/299 du 29 juillet 2016",
            &["A/RES/68/32", "A/RES/70/299"],
            "a space forgotten behind a year",
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
