//! Pages of our own, written glyph by glyph.

use super::super::page::{Artifact, Glyph, Page, Rule, Style, Text};
use super::*;
use crate::structure::{Block, Shape};

/// The width of every glyph, in shares of the size.
const GLYPH: f32 = 0.5;

/// Styles by index: plain, bold, italic.
fn styles() -> Vec<Style> {
    let style = |bold, italic| Style { bold, italic, name: "Invented".to_owned(), barcode: false };
    vec![style(false, false), style(true, false), style(false, true)]
}

/// A page of the usual size.
fn page(number: u32) -> Page {
    Page { number, width: 612.0, height: 792.0, ..Page::default() }
}

/// Writes a text from a place on, with spaces as the file has them.
fn write(page: &mut Page, x: f32, y: f32, size: f32, style: u16, text: &str) -> f32 {
    let mut x = x;
    for c in text.chars() {
        page.glyphs.push(Glyph {
            text: Text::of(c),
            x,
            y,
            width: GLYPH * size,
            size,
            space_width: 0.25 * size,
            style,
            upright: true,
            hidden: false,
            artifact: Artifact::None,
        });
        x += GLYPH * size;
    }
    x
}

/// Writes lines of a paragraph at the usual distance; answers the next baseline.
fn lines(page: &mut Page, y: f32, first: f32, left: f32, text: &[&str]) -> f32 {
    for (at, line) in text.iter().enumerate() {
        let x = if at == 0 { first } else { left };
        write(page, x, y + 12.0 * at as f32, 10.0, 0, line);
    }
    y + 12.0 * text.len() as f32
}

fn blocks(pages: Vec<Page>) -> Vec<Block> {
    let pages = Pages { pages, styles: styles(), ..Pages::default() };
    draft("x.pdf", pages).unwrap().blocks
}

fn texts(blocks: &[Block]) -> Vec<(Option<&str>, &str)> {
    blocks.iter().map(|b| (b.label.as_deref(), b.text.as_str())).collect()
}

/// A page with a running head, two paragraphs, the first half of a third, and a footnote.
fn two_pages() -> Vec<Page> {
    let mut one = page(1);
    let y = lines(
        &mut one,
        120.0,
        124.0,
        100.0,
        &[
            "Recalling that the maps of the region were drawn at a time when roads were few,",
            "and that rivers have moved since,",
        ],
    );
    let x = write(&mut one, 124.0, y + 6.0, 10.0, 0, "Noting the report of the group on maps");
    write(&mut one, x, y + 2.0, 6.0, 0, "1");
    write(&mut one, x + 6.0 * GLYPH, y + 6.0, 10.0, 0, " and the maps that are annexed to");
    write(&mut one, 100.0, y + 18.0, 10.0, 0, "it, in which the members agree,");
    write(&mut one, 100.0, y + 36.0, 10.0, 0, "1.");
    lines(
        &mut one,
        y + 36.0,
        124.0,
        100.0,
        &[
            "Decides that the maps of the region shall be drawn again, and that all the maps",
            "that were drawn before shall be kept where they are, so that every reader can see",
        ],
    );
    one.rules.push(Rule { x0: 100.0, x1: 172.0, y0: 700.0, y1: 700.5 });
    write(&mut one, 112.0, 708.0, 5.0, 0, "1");
    write(&mut one, 118.0, 712.0, 8.0, 0, "UNDEX/1, annex.");
    let mut two = page(2);
    write(&mut two, 100.0, 50.0, 8.0, 0, "UNDEX/RES/1/2");
    let y = lines(&mut two, 100.0, 100.0, 100.0, &["how the rivers moved;"]);
    write(&mut two, 100.0, y + 6.0, 10.0, 0, "2.");
    lines(
        &mut two,
        y + 6.0,
        124.0,
        100.0,
        &[
            "Requests the group to draw them before the next session of the members, with all the",
            "rivers.",
        ],
    );
    write(&mut two, 500.0, 760.0, 8.0, 0, "2/2");
    vec![one, two]
}

#[test]
fn paragraphs_go_over_lines_and_pages() {
    let blocks = blocks(two_pages());
    assert_eq!(
        texts(&blocks),
        [
            (
                None,
                "Recalling that the maps of the region were drawn at a time when roads were few, and that rivers have moved since,"
            ),
            (
                None,
                "Noting the report of the group on maps and the maps that are annexed to it, in which the members agree,"
            ),
            (
                Some("1"),
                "Decides that the maps of the region shall be drawn again, and that all the maps that were drawn before shall be kept where they are, so that every reader can see how the rivers moved;"
            ),
            (
                Some("2"),
                "Requests the group to draw them before the next session of the members, with all the rivers."
            ),
        ]
    );
    assert_eq!(blocks[1].notes[0].text, "UNDEX/1, annex.");
    let pages: Vec<Option<u32>> = blocks.iter().map(|block| block.page).collect();
    assert_eq!(pages, [Some(1), Some(1), Some(1), Some(2)]);
}

#[test]
fn paragraphs_without_space_between_them() {
    let mut page = page(1);
    let full =
        "Recalling that the maps of the region were drawn when roads were few in the region,";
    let y = lines(&mut page, 120.0, 124.0, 100.0, &["The General Assembly,"]);
    let y = lines(&mut page, y, 124.0, 100.0, &[full, "and that rivers have moved since,"]);
    let y = lines(
        &mut page,
        y,
        124.0,
        100.0,
        &["We therefore commit ourselves to act at once so as to be of use:"],
    );
    let y = lines(
        &mut page,
        y,
        124.0,
        100.0,
        &["1. Maps shall be drawn again, and those who draw them shall be paid;"],
    );
    write(&mut page, 200.0, y + 12.0, 10.0, 1, "Payment for maps");
    lines(
        &mut page,
        y + 24.0,
        124.0,
        100.0,
        &["2. Calls upon States to pay what is due for each of the maps", "that were drawn."],
    );
    let blocks = blocks(vec![page]);
    assert_eq!(
        texts(&blocks),
        [
            (None, "The General Assembly,"),
            (None, &*format!("{full} and that rivers have moved since,")),
            (None, "We therefore commit ourselves to act at once so as to be of use:"),
            (Some("1"), "Maps shall be drawn again, and those who draw them shall be paid;"),
            (None, "Payment for maps"),
            (
                Some("2"),
                "Calls upon States to pay what is due for each of the maps that were drawn."
            ),
        ]
    );
}

#[test]
fn adoption_lines_over_several_lines() {
    let row = |y: f32, bold: bool, text: &str| flow::TextRow {
        page: 1,
        y,
        size: 14.0,
        bold,
        head: true,
        text: text.to_owned(),
        ..flow::TextRow::default()
    };
    let adopted = row(250.0, true, "Resolución aprobada por la Asamblea");
    // (row, whether it begins a line of its own)
    let table = [
        (row(265.0, true, "General el 2 de diciembre de 2025"), false),
        (row(265.0, false, "[sin remisión previa a una Comisión Principal]"), true),
        (row(310.0, true, "Mapas de las islas"), true),
    ];
    for (row, begins) in table {
        assert_eq!(flow::begins_in_head(&adopted, &row), begins, "{}", row.text);
    }
}

#[test]
fn spaces_without_room_are_none() {
    let mut one = page(1);
    // The space takes back its own width, as kerning does.
    let x = write(&mut one, 100.0, 100.0, 10.0, 0, "pac");
    write(&mut one, x, 100.0, 10.0, 0, " ");
    write(&mut one, x + 0.3, 100.0, 10.0, 0, "tos");
    let rows = rows::rows(&one, &styles());
    assert_eq!(rows[0].text(), "pactos");
}

#[test]
fn words_without_spaces_are_parted_by_their_distance() {
    let mut one = page(1);
    let x = write(&mut one, 100.0, 100.0, 10.0, 0, "two");
    write(&mut one, x + 2.6, 100.0, 10.0, 0, "words");
    let rows = rows::rows(&one, &styles());
    assert_eq!(rows[0].text(), "two words");
}

#[test]
fn tables_are_rows_of_cells() {
    let mut one = page(1);
    lines(
        &mut one,
        100.0,
        100.0,
        100.0,
        &[
            "The group counted the maps that are kept in the houses of the region and found that",
            "there are more of them than had been known, as the table below shows for three years.",
        ],
    );
    for (at, (kind, count)) in
        [("Kind", "Count"), ("Old maps of the rivers", "12"), ("New maps", "3")]
            .into_iter()
            .enumerate()
    {
        let y = 150.0 + 16.0 * at as f32;
        write(&mut one, 100.0, y, 9.0, 0, kind);
        write(&mut one, 300.0, y, 9.0, 0, count);
    }
    for y in [140.0, 154.0, 190.0] {
        one.rules.push(Rule { x0: 100.0, x1: 400.0, y0: y, y1: y + 0.5 });
    }
    let blocks = blocks(vec![one]);
    let table = blocks.iter().find(|block| block.shape == Shape::Table).unwrap();
    assert_eq!(table.text, "Kind\tCount\nOld maps of the rivers\t12\nNew maps\t3");
}

#[test]
fn pages_that_are_pictures() {
    let mut scan = page(2);
    scan.image_share = 0.9;
    let read = |pages| draft("x.pdf", Pages { pages, styles: styles(), ..Pages::default() });
    let error = read(vec![scan.clone()]).unwrap_err();
    assert_eq!(error.code(), "no-text-layer");
    let mut one = page(1);
    write(&mut one, 100.0, 100.0, 10.0, 0, "The members met.");
    let draft = read(vec![one, scan]).unwrap();
    assert_eq!(draft.blocks.len(), 1);
    assert!(
        draft.warnings.iter().any(|w| w.code == "no-text-layer" && w.message.contains("page 2"))
    );
}

#[test]
fn ranges_of_pages() {
    assert_eq!(page_list(&[1, 2, 3, 5, 8, 9]), "1 to 3, 5, 8 to 9");
}

#[test]
fn paragraphs_numbered_in_their_section_are_no_table() {
    let mut one = page(1);
    let prose = [
        "The group counted the maps that are kept in the houses of the region and found that",
        "there are more of them than had been known before the houses were opened to the public.",
    ];
    let mut y = lines(&mut one, 100.0, 130.0, 100.0, &prose) + 18.0;
    for (number, first, second) in [
        ("115.9", "Consider the lending of the maps that are kept (Harbour);", ""),
        ("115.10", "Lend the maps to the other houses of the region (Quay);", ""),
        (
            "115.11",
            "Consider the possibility of lending the maps, the globes and",
            "the charts (Pier).",
        ),
    ] {
        write(&mut one, 130.0, y, 10.0, 0, number);
        write(&mut one, 180.0, y, 10.0, 0, first);
        if !second.is_empty() {
            y += 12.0;
            write(&mut one, 130.0, y, 10.0, 0, second);
        }
        y += 18.0;
    }
    let blocks = blocks(vec![one]);
    let expected = [
        (Some("115.9"), "Consider the lending of the maps that are kept (Harbour);"),
        (Some("115.10"), "Lend the maps to the other houses of the region (Quay);"),
        (
            Some("115.11"),
            "Consider the possibility of lending the maps, the globes and the charts (Pier).",
        ),
    ];
    assert_eq!(texts(&blocks)[1..], expected);
}

#[test]
fn a_bold_number_above_a_text_is_no_table() {
    let mut one = page(1);
    let prose = [
        "The house of maps has lent its globes and its charts to the harbour since the spring.",
        "It will lend them to the quay as soon as the harbour has given them back to the house.",
    ];
    for (at, number) in ["115.9", "115.10"].into_iter().enumerate() {
        let y = 100.0 + 60.0 * at as f32;
        write(&mut one, 100.0, y, 10.0, 1, number);
        lines(&mut one, y + 18.0, 128.0, 100.0, &prose);
    }
    let blocks = blocks(vec![one]);
    assert_eq!(blocks.len(), 4, "{:?}", texts(&blocks));
    assert!(blocks.iter().all(|block| block.shape != Shape::Table), "{:?}", texts(&blocks));
}

#[test]
fn the_asterisk_of_a_note_is_not_set_as_its_title_is() {
    let mut one = page(1);
    let x = write(&mut one, 100.0, 100.0, 10.0, 1, "Review");
    write(&mut one, x, 100.0, 10.0, 0, "*");
    let rows = rows::rows(&one, &styles());
    assert!(rows[0].segments.iter().all(|segment| segment.bold));
}

#[test]
fn a_sentence_that_fills_its_line_goes_on_overleaf() {
    let pages = |overleaf: &str, style: u16| {
        let mut one = page(1);
        let prose = [
            "12.   The house of maps has lent its globes and charts to the harbour since the spring",
            "and will lend them as soon as the keepers of the quay have asked for them at the House",
        ];
        lines(&mut one, 600.0, 130.0, 100.0, &prose);
        let mut two = page(2);
        write(&mut two, 100.0, 200.0, 10.0, style, overleaf);
        blocks(vec![one, two]).len()
    };
    // (top of the next page, its style, paragraphs, why)
    let table = [
        ("Register of Maps, which is kept.", 0, 1, "a capital within the sentence"),
        ("1397 (2002), as it was found to be.", 0, 1, "a number within it"),
        ("Globes of the quay", 1, 2, "a heading"),
    ];
    for (overleaf, style, paragraphs, why) in table {
        assert_eq!(pages(overleaf, style), paragraphs, "{why}");
    }
}
