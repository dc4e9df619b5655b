//! Marked content: replaced text, artifacts, layers.

use super::super::page::Artifact;
use super::{Builder, HELVETICA, assert_places, draw, only_page, read, text_of};

#[test]
fn actual_text_stands_for_what_it_covers() {
    let page = draw(
        "BT /F 10 Tf 100 700 Td /Span << /ActualText <FEFF0031002F0032> >> BDC (A) Tj (B) Tj EMC (C) Tj ET",
    );
    assert_places(
        &page.glyphs,
        &[("1", 100.0, 100.0), ("/", 104.446, 100.0), ("2", 108.893, 100.0), ("C", 113.34, 100.0)],
    );
}

#[test]
fn actual_text_covers_lines_and_inner_marks() {
    for (mark, expected) in [
        (
            "/Span << /ActualText (xyz) >> BDC (A) Tj /Span << /ActualText (no) >> BDC (B) Tj EMC EMC",
            "xyz",
        ),
        ("/Span << /ActualText () >> BDC (A) Tj EMC", ""),
        ("/Span << /ActualText (x) >> BDC EMC (A) Tj", "A"),
        // Left open to the end of the page.
        ("/Span << /ActualText (x) >> BDC (A) Tj", "x"),
        ("/Span << /E (long) /Attrs << /ActualText (no) >> >> BDC (A) Tj EMC", "A"),
    ] {
        let page = draw(&format!("BT /F 10 Tf 100 700 Td {mark} ET"));
        assert_eq!(text_of(&page), expected, "{mark}");
    }
    let page = draw(
        "BT /F 10 Tf 100 700 Td /Span << /ActualText (xyz) >> BDC (A) Tj 0 -20 Td (AA) Tj EMC ET",
    );
    let lines: Vec<f32> = page.glyphs.iter().map(|glyph| glyph.y).collect();
    assert_eq!(lines, [100.0, 120.0, 120.0]);
}

#[test]
fn text_that_runs_left_is_spread_from_the_right() {
    let page =
        draw("BT /F 10 Tf 100 700 Td /Span << /ActualText <FEFF05D005D1> >> BDC (AB) Tj EMC ET");
    assert_places(&page.glyphs, &[("\u{5d1}", 100.0, 100.0), ("\u{5d0}", 106.67, 100.0)]);
}

#[test]
fn artifacts_are_told() {
    let page = draw(
        "BT /F 10 Tf 100 700 Td (A) Tj /Artifact << /Type /Pagination /Subtype /Header >> BDC (B) Tj EMC /Artifact BMC (C) Tj EMC /Artifact << /Type /Pagination >> BDC (D) Tj EMC /P << /MCID 0 >> BDC (E) Tj EMC ET",
    );
    let marks: Vec<Artifact> = page.glyphs.iter().map(|glyph| glyph.artifact).collect();
    use Artifact::{None, Other, Pagination};
    assert_eq!(marks, [None, Pagination, Other, Pagination, None]);
}

#[test]
fn layers_that_are_off_are_left_out() {
    let mut builder = Builder::new();
    let font = builder.object(HELVETICA);
    let on = builder.object("<< /Type /OCG /Name (on) >>");
    let off = builder.object("<< /Type /OCG /Name (off) >>");
    let any = builder.object(format!("<< /Type /OCMD /OCGs [{on} 0 R {off} 0 R] >>"));
    let all = builder.object(format!("<< /Type /OCMD /OCGs [{on} 0 R {off} 0 R] /P /AllOn >>"));
    builder.catalog(&format!(
        "/OCProperties << /OCGs [{on} 0 R {off} 0 R] /D << /OFF [{off} 0 R] >> >>"
    ));
    builder.page(
        &format!("/Resources << /Font << /F {font} 0 R >> /Properties << /On {on} 0 R /Off {off} 0 R /Any {any} 0 R /All {all} 0 R >> >>"),
        "BT /F 10 Tf 100 700 Td /OC /On BDC (A) Tj EMC /OC /Off BDC (B) Tj /P BMC (x) Tj EMC EMC (C) Tj /OC /Any BDC (D) Tj EMC /OC /All BDC (E) Tj EMC ET",
    );
    let page = only_page(read(&builder));
    assert_eq!(text_of(&page), "ACD");
    // What is hidden takes its place all the same.
    assert!(page.glyphs[1].x > 115.0);
}
