//! What people type, and the document they mean.

use undex_citations::{Nicknames, reference};

#[test]
fn spellings_people_use() {
    // (typed, document and place, why)
    let table = [
        ("A/RES/78/237", "A/RES/78/237", "the symbol"),
        ("a/res/78/237", "A/RES/78/237", "small letters"),
        ("A / RES / 78 / 237", "A/RES/78/237", "spaces around strokes"),
        ("78/237", "A/RES/78/237", "the number alone is a resolution of the General Assembly"),
        ("a/res/1325(2000)", "S/RES/1325 (2000)", "a year can only be the Security Council's"),
        ("S/RES/217 (III)", "A/RES/217 (III)", "a session can only be the General Assembly's"),
        ("S/RES/1325/2000", "S/RES/1325 (2000)", "the year behind a stroke"),
        ("S/RES/1325", "S/RES/1325 (2000)", "the year left away"),
        ("S/RES/70/1", "A/RES/70/1", "the Council does not number by session"),
        ("resolución 66/24", "A/RES/66/24", "Spanish"),
        ("résolution 66/24", "A/RES/66/24", "French"),
        ("resolution 66/24", "A/RES/66/24", "English"),
        ("res 217 A (III)", "A/RES/217 A (III)", "a short form, the letter before the session"),
        ("217A(III)", "A/RES/217 A (III)", "without spaces"),
        ("217 (III)", "A/RES/217 (III)", "without its letter"),
        ("1325 (2000)", "S/RES/1325 (2000)", "the number and the year"),
        ("resolution 1325", "S/RES/1325 (2000)", "as everybody calls it"),
        ("UNSCR 1325", "S/RES/1325 (2000)", "the short form of political scientists"),
        ("SC res 1540 para 3", "S/RES/1540 (2004), para. 3", "with a place"),
        ("Security Council resolution 242", "S/RES/242 (1967)", "in full"),
        ("resolución 1325 (2000) del Consejo de Seguridad", "S/RES/1325 (2000)", "organ behind"),
        ("Human Rights Council resolution 5/1", "A/HRC/RES/5/1", "another organ"),
        ("HRC resolution 43/1", "A/HRC/RES/43/1", "its short form"),
        ("resolución 43/1 del Consejo de Derechos Humanos", "A/HRC/RES/43/1", "in Spanish"),
        ("ECOSOC resolution 2021/7", "E/RES/2021/7", "the year is the session"),
        ("2021/7", "E/RES/2021/7", "only that Council numbers by the year"),
        ("decision 50/411", "A/DEC/50/411", "a decision"),
        ("décision 50/411", "A/DEC/50/411", "in French"),
        ("S-27/2", "A/RES/S-27/2", "a special session"),
        ("ES-10/18", "A/RES/ES-10/18", "an emergency special session"),
        ("A/77/275, annex, para. 16 (a)", "A/77/275, annex, para. 16 (a)", "with a place"),
        ("A/77/275 anexo párr. 16 a)", "A/77/275, annex, para. 16 (a)", "the place in Spanish"),
        ("A/RES/78/237 para 3", "A/RES/78/237, para. 3", "no comma, no full stop"),
        ("A/RES/78/237: para. 3", "A/RES/78/237, para. 3", "a colon"),
        ("A/RES/78/237, 3", "A/RES/78/237, para. 3", "only the number"),
        ("paragraph 3 of resolution 78/237", "A/RES/78/237, para. 3", "the place first"),
        ("párrafo 28 de la resolución 65/182", "A/RES/65/182, para. 28", "so in Spanish"),
        ("par. 15 de la résolution 74/18", "A/RES/74/18, para. 15", "and in French"),
        (
            "sixth preambular paragraph of resolution 70/1",
            "A/RES/70/1, preambular para. 6",
            "in words",
        ),
        ("A/81/6 (Sect. 13), para. 5", "A/81/6 (Sect. 13), para. 5", "a symbol with spaces"),
        ("A/68/98*", "A/68/98", "as reissued"),
        ("70/1 para 5", "A/RES/70/1, para. 5", "a bare number with a place"),
        ("217 A (III), art. 3", "A/RES/217 A (III), art. 3", "an article"),
        ("78/237 OP3", "A/RES/78/237, para. 3", "an operative paragraph, as delegates write"),
        ("78/237, op. 3", "A/RES/78/237, para. 3", "the same with a full stop"),
        ("A/RES/78/237 pp 3", "A/RES/78/237, preambular para. 3", "a preambular paragraph"),
        ("217 A III", "A/RES/217 A (III)", "a session without its parentheses"),
        ("217 (III) A", "A/RES/217 A (III)", "the letter last"),
        ("HRC 49/1", "A/HRC/RES/49/1", "no word between organ and number"),
        ("ECOSOC 1996/31", "E/RES/1996/31", "another organ"),
        ("sc 1325", "S/RES/1325 (2000)", "the year left away as well"),
        ("ag 66/24", "A/RES/66/24", "the short form in Spanish and French"),
        (
            "a/77/275 anexo párr 14 b",
            "A/77/275, annex, para. 14 (b)",
            "a letter without parenthesis",
        ),
        ("https://undocs.org/es/A/RES/73/27", "A/RES/73/27", "an address"),
    ];
    let mut wrong = Vec::new();
    for (typed, meant, why) in table {
        let found = match reference(typed, &Nicknames::default()) {
            Ok(found) => match &found.pinpoint {
                Some(place) => format!("{}, {place}", found.symbol),
                None => found.symbol.to_string(),
            },
            Err(error) => error.to_string(),
        };
        if found != meant {
            wrong.push(format!("{typed}: expected {meant}, found {found} ({why})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_of_a_catalogue() {
    let names = [("2021 report of the lantern group", "UNDEX/76/135".parse().unwrap())];
    let nicknames = Nicknames::new(names);
    let found = reference("the 2021 Report of the Lantern Group, para. 5", &nicknames).unwrap();
    assert_eq!(found.symbol.as_str(), "UNDEX/76/135");
    assert_eq!(found.pinpoint.unwrap().to_string(), "para. 5");
}

#[test]
fn what_names_no_document_is_told() {
    // (typed, part of the message)
    let table = [
        ("", "names no document"),
        ("hello", "names no document"),
        ("A/RES/78/237, banana 3", "\"banana 3\" names no place in A/RES/78/237"),
        ("78/237 banana", "\"banana\" names no place in A/RES/78/237"),
        ("A/HRC/49/1 and A/HRC/50/1", "names A/HRC/49/1 and A/HRC/50/1"),
        ("resolutions 66/24 and 70/237", "names A/RES/66/24 and A/RES/70/237"),
        ("../../etc/passwd", "names no document"),
    ];
    for (typed, part) in table {
        let error = reference(typed, &Nicknames::default()).unwrap_err().to_string();
        assert!(error.contains(part), "{typed}: {error}");
    }
    assert!(reference(&"A/".repeat(100_000), &Nicknames::default()).is_err());
}
