//! Texts, Markdown and Akoma Ntoso that make rules look far and often.

use super::{ANY, Attack, READ_OR_LIMIT, attack};

const HERON: &str = "UNDEX/HOSTILE/12\n\n1. A heron stands in the reeds and waits.\n\n";

pub(crate) fn attacks() -> Vec<Attack> {
    let text = |body: &str| format!("{HERON}{body}\n");
    let markdown = |body: &str| format!("# Herons\n\n{HERON}{body}\n");
    let xml = |body: &str| {
        format!(
            "<akomaNtoso><statement name=\"resolution\"><mainBody><p>A heron waits.</p>{body}</mainBody></statement></akomaNtoso>"
        )
    };
    let numbers: String = (1..20_000).map(|at| format!("{at}. x\n")).collect();
    let notes: String = (1..5_000).map(|at| format!("word{at}{at} word\u{B9}\n")).collect();
    let foot: String = (1..5_000).map(|at| format!("{at} See the note.\n")).collect();
    let pages: String = (1..10_000).map(|at| format!("Page {at}\n\u{C}A/1/2\n")).collect();
    let broken = "herra mientas con struc ción ".repeat(2_000);
    let broken: String = broken.split_inclusive(". ").collect::<Vec<_>>().join("\n");
    let symbols = "A/RES/78/237, A/C.1/78/L.60/Rev.1 and Add.1-99999999, ".repeat(4_000);
    let ranges = "paras. 1-4294967295 (a)-(zz) of resolutions 1/1 to 99999/99999, ".repeat(3_000);
    let columns: String =
        (0..20_000).map(|at| format!("left {at}        right {at}        far {at}\n")).collect();
    let deep_labels = "(a) (i) (1) (A) (I) ".repeat(10_000);
    let attributes: String = (0..200_000).map(|at| format!(" a{at}=\"x\"")).collect();
    let marks: String = (0..20_000)
        .map(|at| format!("<authorialNote marker=\"{at}\"><p>n</p></authorialNote>"))
        .collect();
    vec![
        attack("numbers-20000.txt", text(&numbers), READ_OR_LIMIT),
        attack("numbers-alone.txt", text(&"1.\n".repeat(50_000)), READ_OR_LIMIT),
        attack("marks-and-notes.txt", text(&format!("{notes}\n{foot}")), READ_OR_LIMIT),
        attack("pages-10000.txt", text(&pages), READ_OR_LIMIT),
        attack("words-broken.txt", text(&broken), READ_OR_LIMIT),
        attack("symbols-thousands.txt", text(&symbols), READ_OR_LIMIT),
        attack("ranges-of-billions.txt", text(&ranges), READ_OR_LIMIT),
        attack("columns-20000.txt", text(&columns), READ_OR_LIMIT),
        attack("labels-in-labels.txt", text(&deep_labels), READ_OR_LIMIT),
        attack("lines-empty.txt", text(&"\n".repeat(4 << 20)), READ_OR_LIMIT),
        attack("spaces.txt", text(&" ".repeat(4 << 20)), READ_OR_LIMIT),
        attack(
            "accents-on-one-letter.txt",
            text(&format!("a{}", "\u{301}".repeat(100_000))),
            READ_OR_LIMIT,
        ),
        attack("letter-that-grows.txt", text(&"\u{FDFA}".repeat(80_000)), READ_OR_LIMIT),
        attack("brackets.md", markdown(&"[".repeat(200_000)), READ_OR_LIMIT),
        attack("links.md", markdown(&"[a](".repeat(50_000)), READ_OR_LIMIT),
        attack("stars.md", markdown(&"**a*_".repeat(50_000)), READ_OR_LIMIT),
        attack("bars.md", markdown(&"|".repeat(200_000)), READ_OR_LIMIT),
        attack("rows.md", markdown(&"| a | b |\n".repeat(30_000)), READ_OR_LIMIT),
        attack("quotes.md", markdown(&"> ".repeat(100_000)), READ_OR_LIMIT),
        attack("attributes-200000.xml", xml(&format!("<p{attributes}>x</p>")), ANY),
        attack("notes-20000.xml", xml(&format!("<p>x{marks}</p>")), READ_OR_LIMIT),
        attack("elements-million.xml", xml(&"<p>x</p>".repeat(300_000)), READ_OR_LIMIT),
        attack(
            "numbers-in-names.xml",
            xml(
                "<paragraph eId=\"para_99999999999999999999\"><num>99999999999999999999</num><content><p>x</p></content></paragraph>",
            ),
            READ_OR_LIMIT,
        ),
    ]
}
