//! PDF files whose pages draw what never ends, or so much that looking at it never does.

use std::fmt::Write as _;

use super::pdf_file::{HERON, Pdf, report, text};
use super::{ANY, Attack, READ, READ_OR_LIMIT, READ_OR_REFUSED, attack};

pub(crate) fn attacks() -> Vec<Attack> {
    let mut attacks = forms();
    attacks.extend(operators());
    attacks.extend(layout());
    attacks.push(attack("sound.pdf", report(), READ));
    attacks
}

const FORM: &str = "/Type /XObject /Subtype /Form /BBox [0 0 612 792]";

/// A page that shows its text and then draws `/X1`.
fn drawing() -> Pdf {
    let mut content = text(HERON);
    content.extend(b"/X1 Do\n");
    Pdf::page_with("/Font << /F1 5 0 R >> /XObject << /X1 11 0 R /X2 12 0 R >>", content)
}

fn forms() -> Vec<Attack> {
    let draws = |form: u32| {
        format!("{FORM} /Resources << /Font << /F1 5 0 R >> /XObject << /X1 {form} 0 R >> >>")
    };
    // Each of fifteen forms draws the next ten times: 10^15 drawings in 5 KB.
    let mut fan = drawing();
    for level in 0..15 {
        fan = fan.stream(11 + level, &draws(12 + level), "/X1 Do ".repeat(10));
    }
    let fan = fan.stream(26, FORM, text("A drawing."));
    let mut deep = drawing();
    for level in 0..5_000 {
        deep = deep.stream(11 + level, &draws(12 + level), "/X1 Do");
    }
    let wide = drawing().stream(11, &draws(12), "/X1 Do ".repeat(500_000)).stream(12, FORM, "q Q");
    vec![
        attack(
            "form-draws-itself.pdf",
            drawing().stream(11, &draws(11), "/X1 Do /X1 Do").finish(),
            READ,
        ),
        attack(
            "forms-draw-each-other.pdf",
            drawing()
                .stream(11, &draws(12), "/X1 Do /X1 Do")
                .stream(12, &draws(11), "/X1 Do /X1 Do")
                .finish(),
            READ,
        ),
        attack("forms-ten-to-the-fifteenth.pdf", fan.finish(), READ_OR_LIMIT),
        attack("forms-5000-deep.pdf", deep.finish(), READ_OR_LIMIT),
        attack("form-drawn-half-a-million-times.pdf", wide.finish(), READ_OR_LIMIT),
        attack(
            "form-with-a-matrix-of-nothing.pdf",
            drawing()
                .stream(11, &format!("{FORM} /Matrix [0 0 0 0 1e38 nan]"), text("Nowhere."))
                .finish(),
            READ,
        ),
    ]
}

fn operators() -> Vec<Attack> {
    let after = |rest: String| {
        let mut content = text(HERON);
        content.extend(rest.bytes());
        Pdf::page(content).finish()
    };
    let image = "BI /W 10 /H 10 ID x ";
    let numbers = "1 ".repeat(1_000_000);
    vec![
        attack("states-million-saved.pdf", after("q ".repeat(1_000_000)), READ_OR_LIMIT),
        attack("states-million-restored.pdf", after("Q ".repeat(1_000_000)), READ_OR_LIMIT),
        attack("texts-million-begun.pdf", after("BT ".repeat(1_000_000)), READ_OR_LIMIT),
        attack(
            "marks-million-begun.pdf",
            after("/Span << /ActualText (x) >> BDC ".repeat(200_000)),
            READ_OR_LIMIT,
        ),
        attack("operands-million.pdf", after(numbers.clone()), READ_OR_LIMIT),
        attack(
            "array-of-million-moves.pdf",
            after(format!("BT /F1 9 Tf [{numbers}] TJ ET")),
            READ_OR_LIMIT,
        ),
        attack("arrays-in-content.pdf", after("[".repeat(1_000_000)), READ_OR_LIMIT),
        attack("dictionaries-in-content.pdf", after("/A << /B ".repeat(200_000)), READ_OR_LIMIT),
        attack("parentheses-in-content.pdf", after("(".repeat(1_000_000)), READ_OR_LIMIT),
        attack(
            "hexadecimal-in-content.pdf",
            after(format!("<{}", "4".repeat(1_000_000))),
            READ_OR_LIMIT,
        ),
        attack("images-never-end.pdf", after(image.repeat(50_000)), READ_OR_LIMIT),
        attack("operator-of-a-megabyte.pdf", after("x".repeat(1 << 20)), READ_OR_LIMIT),
        attack("fonts-million-chosen.pdf", after("BT /F1 9 Tf ET ".repeat(300_000)), READ_OR_LIMIT),
        attack(
            "operators-without-operands.pdf",
            after(
                "Tf Td TD Tm T* Tj TJ ' \" Tc Tw Tz TL Tr Ts cm gs Do re l m c BDC EMC BI ID EI "
                    .repeat(200),
            ),
            READ_OR_REFUSED,
        ),
    ]
}

fn layout() -> Vec<Attack> {
    let shown = |content: String| Pdf::page(content).finish();
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let mut scattered = String::from("BT /F1 9 Tf ");
    for _ in 0..100_000 {
        let _ = write!(scattered, "1 0 0 1 {} {} Tm (a) Tj ", random(612), random(792));
    }
    let mut line = String::from("BT /F1 9 Tf ");
    let mut column = String::from("BT /F1 1 Tf ");
    for at in 0..60_000 {
        let _ = write!(line, "1 0 0 1 {}.{:03} 500 Tm (a) Tj ", at / 100, at % 100 * 10);
        let _ = write!(column, "1 0 0 1 72 {}.{:03} Tm (a b) Tj ", at / 80, at % 80 * 12);
    }
    let mut same = String::from("BT /F1 9 Tf ");
    same.push_str(&"1 0 0 1 72 500 Tm (heron) Tj ".repeat(60_000));
    let mut rules = String::new();
    for _ in 0..60_000 {
        let _ = write!(rules, "{} {} 100 0.5 re f ", random(612), random(792));
    }
    let notes = "BT /F1 6 Tf 3 Ts (1) Tj 0 Ts /F1 9 Tf (x ) Tj ET ".repeat(30_000);
    let mut absurd = text(HERON);
    for setting in [
        "1e308 1e308 Td",
        "0 0 0 0 0 0 Tm",
        "nan inf -inf 1e39 0 0 Tm",
        "1e38 Tc",
        "-1e38 Tw",
        "0 Tz",
        "1e38 Tz",
        "1e38 TL T*",
        "1e38 Ts",
        "/F1 0 Tf",
        "/F1 -9 Tf",
        "/F1 1e38 Tf",
        "/F9 9 Tf",
        "99 Tr",
        "99999999999999999999999 0 Td",
        "--5 0 Td",
        "5.5.5 0 Td",
        "+-3 0 Td",
        "1e-45 0 0 1e-45 0 0 Tm",
    ] {
        absurd.extend(
            format!("q BT /F1 9 Tf {setting} (absurd) Tj [(a) 1e38 (b) -1e38 (c)] TJ ET Q\n")
                .bytes(),
        );
        absurd.extend(
            format!(
                "q 1e38 0 0 1e38 0 0 cm 1e38 0 0 1e38 0 0 cm BT /F1 9 Tf {setting} (b) Tj ET Q\n"
            )
            .bytes(),
        );
    }
    let long = format!("BT /F1 9 Tf 72 700 Td ({}) Tj ET", "heron ".repeat(200_000));
    vec![
        attack("letters-scattered.pdf", shown(scattered), ANY),
        attack("letters-on-one-line.pdf", shown(line), ANY),
        attack("lines-in-one-column.pdf", shown(column), ANY),
        attack("words-on-one-spot.pdf", shown(same), ANY),
        attack("rules-scattered.pdf", shown(rules), ANY),
        attack("marks-of-notes-30000.pdf", shown(notes), ANY),
        attack("line-of-a-megabyte.pdf", shown(long), ANY),
        attack("settings-absurd.pdf", Pdf::page(absurd).finish(), READ),
    ]
}
