//! Places behind and before the document they are in.

use super::check;

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
