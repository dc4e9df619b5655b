//! What conversions leave in the markup, and what is read from it.

use crate::{Catalogue, Context, Extractor, Limits};

/// The paragraphs of a resolution with this main body: role, place and text.
fn read(body: &str) -> Vec<String> {
    let document = format!(
        r#"<akomaNtoso><statement name="resolution"><preface><p><docNumber>99/1.</docNumber>
<docTitle>Of maps</docTitle></p></preface><preamble><formula><p>The General Assembly,</p></formula>
<p>Recalling its maps,</p></preamble><mainBody>{body}</mainBody></statement></akomaNtoso>"#
    );
    let extractor = Extractor::new(Catalogue::default(), Limits::default());
    let read = extractor.extract_in_process("x.xml", document.as_bytes(), Context::default());
    let paragraphs = read.unwrap().document.paragraphs;
    paragraphs.iter().skip(3).map(|p| format!("{} | {} | {}", p.role, p.pinpoint, p.text)).collect()
}

fn paragraph(number: &str, text: &str) -> String {
    let number = match number {
        "" => String::new(),
        number => format!("<num>{number}</num>"),
    };
    format!("<paragraph>{number}<content><p>{text}</p></content></paragraph>")
}

fn bold(text: &str) -> String {
    format!(r#"<span class="bold">{text}</span>"#)
}

#[test]
fn a_number_alone_belongs_to_the_text_behind_it() {
    let body = [
        paragraph("1.", ""),
        paragraph("", "We draw maps;"),
        paragraph("2.", ""),
        paragraph("", "We keep:"),
        paragraph("a)", ""),
        paragraph("", "The large ones;"),
        paragraph("", "b) The small ones."),
    ];
    assert_eq!(
        read(&body.concat()),
        [
            "operative | para. 1 | We draw maps;",
            "operative | para. 2 | We keep:",
            "point | para. 2 (a) | The large ones;",
            "point | para. 2 (b) | The small ones.",
        ]
    );
}

#[test]
fn lines_that_are_set_as_headings_are_headings() {
    let body = [
        paragraph("1.", "Draws;"),
        paragraph("III.", &bold("How are maps drawn?")),
        paragraph("2.", "By hand;"),
        paragraph("A.", "No heading is set in plain type."),
        paragraph("", r#"<span class="italic">Colours</span>"#),
        paragraph("3.", "In blue;"),
        paragraph("", &bold("Action 6. We keep what we draw.")),
        paragraph("4.", "Keeps;"),
        paragraph(
            "",
            "\n <span class=\"bold\">From 1</span>\n <span class=\"bold\">\n  <sup>er</sup>\n </span>\n \
             <span class=\"bold\"> juin</span>\n",
        ),
        paragraph("", &bold("The Committee recommends maps.")),
        paragraph("5.", "Sells;"),
        paragraph("", &bold("Action 7. A sentence before none that is numbered.")),
        paragraph("", "The end."),
    ];
    assert_eq!(
        read(&body.concat()),
        [
            "operative | para. 1 | Draws;",
            "heading | sect. III | How are maps drawn?",
            "operative | para. 2 | By hand;",
            "text | para. 2, unnumbered para. 1 | No heading is set in plain type.",
            "heading | heading 1 | Colours",
            "operative | para. 3 | In blue;",
            "heading | heading 2 | Action 6. We keep what we draw.",
            "operative | para. 4 | Keeps;",
            "heading | heading 3 | From 1er juin",
            "text | sect. III, unnumbered para. 1 | The Committee recommends maps.",
            "operative | para. 5 | Sells;",
            "text | para. 5, unnumbered para. 1 | Action 7. A sentence before none that is numbered.",
            "text | para. 5, unnumbered para. 2 | The end.",
        ]
    );
}

#[test]
fn letters_that_follow_one_another_are_those_of_sections() {
    let body = [
        paragraph("1.", "Draws;"),
        paragraph("", &bold("A Scale of pay")),
        paragraph("2.", "Pays;"),
        paragraph("", &bold("B Pensions")),
        paragraph("3.", "Saves;"),
        paragraph("", &bold("D Day")),
    ];
    assert_eq!(
        read(&body.concat()),
        [
            "operative | para. 1 | Draws;",
            "heading | sect. A | Scale of pay",
            "operative | para. 2 | Pays;",
            "heading | sect. B | Pensions",
            "operative | para. 3 | Saves;",
            "heading | heading 1 | D Day",
        ]
    );
}

#[test]
fn sections_annexes_and_what_follows_the_preamble() {
    let section = "<section><num>I</num><subheading>Drawing</subheading>";
    let body = [
        paragraph("", "Decides to draw."),
        format!("{section}{}</section>", paragraph("1.", "Draws;")),
        paragraph("", &bold("Annex II Statute of the Maps")),
        paragraph("1.", "Maps are flat."),
    ];
    assert_eq!(
        read(&body.concat()),
        [
            "text | unnumbered para. 1 | Decides to draw.",
            "heading | sect. I | I",
            "heading | sect. I, title | Drawing",
            "operative | para. 1 | Draws;",
            "heading | annex II | Annex II",
            "heading | annex II, heading 1 | Statute of the Maps",
            "paragraph | annex II, para. 1 | Maps are flat.",
        ]
    );
}
