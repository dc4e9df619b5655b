//! Damaged and hostile files: each ends quickly, with what stands or with a named reason.

use std::time::{Duration, Instant};

use super::{Builder, HELVETICA, read, text, text_of, try_read, with_font};
use crate::{ExtractError, Limits};

const SHOWN: &str = "BT /F 10 Tf 100 700 Td (A) Tj ET";

/// Reads within a time that only a fault exceeds, even on a busy machine.
#[track_caller]
fn quickly<T>(read: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = read();
    assert!(start.elapsed() < Duration::from_secs(10), "took {:?}", start.elapsed());
    result
}

fn with_limit(builder: &Builder, name: &str, value: u64) -> Result<super::Pages, ExtractError> {
    let mut limits = Limits::default();
    assert!(limits.set(name, value), "{name}");
    super::super::pages("test.pdf", &builder.build(), &limits)
}

#[track_caller]
fn assert_limit(result: Result<super::Pages, ExtractError>, expected: &str) {
    match result {
        Err(ExtractError::Limit { limit, .. }) => assert_eq!(limit, expected),
        other => panic!("{:?}", other.map(|pages| pages.warnings)),
    }
}

#[test]
fn damaged_tables_are_rebuilt() {
    let good = with_font(HELVETICA, SHOWN).build();
    let at =
        |needle: &[u8]| good.windows(needle.len()).position(|window| window == needle).unwrap();
    let mut no_table = good[..at(b"xref\n")].to_vec();
    no_table.extend_from_slice(b"trailer << /Root 1 0 R >>");
    let mut moved = b"%PDF-1.4\n%padding that moves everything\n".to_vec();
    moved.extend_from_slice(&good[9..]);
    let cut = &good[..at(b"trailer")];
    for (name, file) in [("no table", &no_table[..]), ("moved", &moved), ("cut", cut)] {
        let pages = quickly(|| try_read(file)).unwrap();
        assert_eq!(text_of(&pages.pages[0]), "A", "{name}");
    }
}

#[test]
fn a_wrong_length_is_found_out() {
    for length in ["0", "5", "99999", "-1", "7 0 R", "99 0 R"] {
        let mut builder = Builder::new();
        let font = builder.object(HELVETICA);
        let content = builder.object(format!("<< /Length {length} >>\nstream\n{SHOWN}\nendstream"));
        builder.page_of(&format!(
            "/Resources << /Font << /F {font} 0 R >> >> /Contents {content} 0 R"
        ));
        let pages = quickly(|| try_read(&builder.build()));
        // What the file says may be lost; the rest of the program is not.
        if let Ok(pages) = pages {
            assert!(pages.pages.len() <= 1, "{length}");
        }
    }
}

#[test]
fn files_without_pages_are_malformed() {
    for file in [
        Builder::new().build(),
        b"%PDF-1.7".to_vec(),
        b"%PDF-1.7\ntrailer << >>".to_vec(),
        b"%PDF-1.7\nstartxref\n0\n%%EOF".to_vec(),
        b"%PDF-1.7\nxref\n0 0\ntrailer << /Size 0 /Root 1 0 R >>\nstartxref\n9\n%%EOF".to_vec(),
    ] {
        let error = quickly(|| try_read(&file)).unwrap_err();
        assert_eq!(error.code(), "malformed", "{error}");
    }
}

#[test]
fn pages_are_found_without_their_tree() {
    let mut builder = with_font(HELVETICA, SHOWN);
    builder.set(2, "<< /Type /Pages /Kids [] /Count 1 /MediaBox [0 0 600 800] >>");
    assert_eq!(text(&builder), "A");
}

#[test]
fn a_damaged_page_costs_itself_only() {
    let mut builder = Builder::new();
    let font = builder.object(HELVETICA);
    let resources = format!("/Resources << /Font << /F {font} 0 R >> >>");
    builder.page(&resources, SHOWN);
    let bad = builder.stream("/Filter /NoSuchDecode", "xyz");
    builder.page_of(&format!("{resources} /Contents {bad} 0 R"));
    builder.page(&resources, SHOWN);
    let pages = read(&builder);
    let texts: Vec<String> = pages.pages.iter().map(text_of).collect();
    assert_eq!(texts, ["A", "", "A"]);
    assert_eq!(pages.warnings.len(), 1);
    assert_eq!(pages.warnings[0].code, "damaged-page");
    assert!(pages.warnings[0].message.starts_with("page 2 is damaged"));
}

#[test]
fn trees_and_forms_that_hold_themselves_end() {
    let mut builder = with_font(HELVETICA, SHOWN);
    let page = builder.build();
    assert!(try_read(&page).is_ok());
    builder.set(2, "<< /Type /Pages /Kids [2 0 R 5 0 R 5 0 R] /Count 3 /MediaBox [0 0 600 800] >>");
    assert_eq!(quickly(|| text(&builder)), "A");

    let mut builder = Builder::new();
    let font = builder.object(HELVETICA);
    let form = builder.reserve();
    let content = "BT /F 10 Tf 100 700 Td (A) Tj ET /X Do /X Do";
    let entries =
        format!("/Resources << /Font << /F {font} 0 R >> /XObject << /X {form} 0 R >> >>");
    builder.set(form, format!("<< /Subtype /Form /BBox [0 0 600 800] {entries} /Length {} >>\nstream\n{content}\nendstream", content.len()));
    builder.page(&entries, "/X Do");
    let pages = quickly(|| read(&builder));
    assert_eq!(text_of(&pages.pages[0]), "A");
    assert_eq!(pages.warnings.len(), 1);
}

#[test]
fn forms_that_double_are_bounded() {
    // Each form draws the next twice: 2^40 drawings.
    let mut builder = Builder::new();
    let mut inner = builder.stream("/Subtype /Form /BBox [0 0 600 800]", "q Q");
    for _ in 0..40 {
        inner = builder.stream(
            &format!(
                "/Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X {inner} 0 R >> >>"
            ),
            "/X Do ".repeat(2),
        );
    }
    builder.page(&format!("/Resources << /XObject << /X {inner} 0 R >> >>"), "/X Do");
    let pages = quickly(|| read(&builder));
    assert!(pages.warnings[0].message.contains("nested too deeply"), "{:?}", pages.warnings);
}

#[test]
fn objects_that_refer_to_themselves_end() {
    let mut builder = Builder::new();
    let own = builder.reserve();
    builder.set(own, format!("{own} 0 R"));
    builder.page(
        &format!("/Resources {own} 0 R /Rotate {own} 0 R /MediaBox [0 0 {own} 0 R 5]"),
        "BT /F 10 Tf (A) Tj ET",
    );
    assert_eq!(quickly(|| text(&builder)), "");
    let mut builder = with_font(HELVETICA, SHOWN);
    builder.trailer("/Prev 15 /XRefStm 15");
    let _ = quickly(|| try_read(&builder.build()));
}

#[test]
fn deep_nesting_ends() {
    for (open, close) in [("[", "]"), ("<< /A ", " >>"), ("(", ")")] {
        for depth in [10_000, 200_000] {
            let mut builder = with_font(HELVETICA, SHOWN);
            builder.object(format!("{}{}", open.repeat(depth), close.repeat(depth)));
            let nested = open.repeat(depth);
            builder.page("", format!("{nested} Tj"));
            let _ = quickly(|| try_read(&builder.build()));
        }
    }
}

#[test]
fn tables_of_entries_without_width_end() {
    for widths in ["[0 0 0]", "[1 0 0]", "[9 9 9]", "[-1 2 1]", "[4294967295 1 1]"] {
        for size in ["0", "1", "4294967295", "9223372036854775807"] {
            let file = format!(
                "%PDF-1.5\n1 0 obj\n<< /Type /XRef /W {widths} /Size {size} /Index [0 {size}] /Root 1 0 R /Length 4 >>\nstream\nabcd\nendstream\nendobj\nstartxref\n9\n%%EOF"
            );
            assert!(quickly(|| try_read(file.as_bytes())).is_err(), "{widths} {size}");
        }
    }
}

#[test]
fn what_grows_without_end_is_a_limit() {
    // Run lengths: two bytes are 128.
    let data = [129_u8, b' '].repeat(100_000);
    let mut builder = Builder::new();
    let bomb = builder.stream("/Filter /RunLengthDecode", data);
    builder.page_of(&format!("/Contents {bomb} 0 R"));
    assert!(with_limit(&builder, "pdf_stream_bytes", 20 << 20).is_ok());
    assert_limit(with_limit(&builder, "pdf_stream_bytes", 1 << 20), "pdf_stream_bytes");
    assert_limit(with_limit(&builder, "pdf_total_bytes", 1 << 20), "pdf_total_bytes");
}

#[test]
fn the_content_of_a_page_is_bounded_as_a_whole() {
    let mut builder = Builder::new();
    let part = builder.stream("", " ".repeat(1000));
    let named = format!("{part} 0 R ").repeat(30);
    builder.page_of(&format!("/Contents [{named}]"));
    assert!(with_limit(&builder, "pdf_stream_bytes", 31_000).is_ok());
    assert_limit(with_limit(&builder, "pdf_stream_bytes", 20_000), "pdf_stream_bytes");
    assert_limit(with_limit(&builder, "pdf_total_bytes", 20_000), "pdf_total_bytes");
}

#[test]
fn drawing_forms_counts_among_the_operators() {
    let mut builder = Builder::new();
    let form = builder.stream("/Subtype /Form /BBox [0 0 600 800]", "q Q");
    builder.page(&format!("/Resources << /XObject << /X {form} 0 R >> >>"), "/X Do ".repeat(100));
    assert!(with_limit(&builder, "pdf_operators", 30_000).is_ok());
    assert_limit(with_limit(&builder, "pdf_operators", 20_000), "pdf_operators");
}

#[test]
fn a_number_too_large_does_not_cost_the_page() {
    let mut builder = Builder::new();
    let font = builder.object(HELVETICA);
    let huge = "9".repeat(25);
    builder.page(
        &format!("/Resources << /Font << /F {font} 0 R >> >> /MediaBox [0 0 {huge} -{huge}]"),
        SHOWN,
    );
    let pages = read(&builder);
    assert_eq!(text_of(&pages.pages[0]), "A");
    assert!(pages.pages[0].width < 1000.0, "a box that no page has is not taken");
}

#[test]
fn pages_operators_and_glyphs_are_counted() {
    let mut builder = with_font(HELVETICA, "BT /F 10 Tf 100 700 Td (AAAAA) Tj ET q Q q Q");
    builder.page("", "");
    assert_limit(with_limit(&builder, "pdf_pages", 1), "pdf_pages");
    assert_limit(with_limit(&builder, "pdf_operators", 8), "pdf_operators");
    assert_limit(with_limit(&builder, "pdf_glyphs", 4), "pdf_glyphs");
    assert!(with_limit(&builder, "pdf_operators", 9).is_ok());
}

#[test]
fn numbers_out_of_all_bounds_do_no_harm() {
    for content in [
        "BT /F 1e9 Tf 999999999999999999999 0 0 1 0 0 Tm (A) Tj ET",
        "9999999999 0 0 9999999999 0 0 cm 9999999999 0 0 9999999999 0 0 cm 9999999999 0 0 9999999999 0 0 cm 9999999999 0 0 9999999999 0 0 cm BT /F 10 Tf (AAA) Tj ET 0 0 1 1 re f",
        "BT /F 10 Tf 0 Tz (AAA) Tj -100 Tz (AAA) Tj -5 Tr (A) Tj 99 Tr (A) Tj ET",
        "BT /F 0 Tf 10 20 Td (AAA) Tj ET",
        "Q Q Q EMC EMC ET BDC BMC Tf Td Tm cm re Do gs TJ ' \"",
    ] {
        let pages = quickly(|| read(&with_font(HELVETICA, content)));
        for glyph in &pages.pages[0].glyphs {
            assert!(
                glyph.x.is_finite() && glyph.y.is_finite() && glyph.width.is_finite(),
                "{content}"
            );
        }
    }
}

#[test]
fn files_with_a_password_are_refused() {
    let mut builder = with_font(HELVETICA, SHOWN);
    let zeros = "0".repeat(64);
    let encrypt = builder.object(format!(
        "<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{zeros}> /U <{zeros}> >>"
    ));
    builder.trailer(&format!("/Encrypt {encrypt} 0 R /ID [<00> <00>]"));
    let error = try_read(&builder.build()).unwrap_err();
    assert_eq!(error.code(), "encrypted");
    assert_eq!(
        error.to_string(),
        "test.pdf: encrypted with a password; save a copy without it and give that one"
    );
}
