//! Text state, positions and strings.

use super::{Builder, HELVETICA, assert_places, draw, only_page, read, text, text_of, with_font};

#[test]
fn glyphs_stand_where_the_operators_put_them() {
    // Widths of Helvetica: A 667, B 667, space 278. Matrices, moves and leading in turn.
    let page =
        draw("BT /F 10 Tf 100 700 Td (AB) Tj 0 -20 TD (A) Tj T* (B) Tj 1 0 0 1 50 60 Tm (A) Tj ET");
    assert_places(
        &page.glyphs,
        &[
            ("A", 100.0, 100.0),
            ("B", 106.67, 100.0),
            ("A", 100.0, 120.0),
            ("B", 100.0, 140.0),
            ("A", 50.0, 740.0),
        ],
    );
    assert!((page.glyphs[0].width - 6.67).abs() < 0.001);
    assert!((page.glyphs[0].size - 10.0).abs() < 0.001);
    assert!((page.glyphs[0].space_width - 2.78).abs() < 0.001);
}

#[test]
fn quotes_show_on_the_next_line() {
    let page = draw("BT /F 10 Tf 12 TL 100 700 Td (A) ' 3 1 (A B) \" ET");
    assert_places(
        &page.glyphs,
        &[("A", 100.0, 112.0), ("A", 100.0, 124.0), (" ", 107.67, 124.0), ("B", 114.45, 124.0)],
    );
}

#[test]
fn spacing_scaling_and_rise_move_glyphs() {
    for (state, second, y, width) in [
        ("2 Tc", 108.67, 100.0, 6.67),
        // A space for words belongs to the code 32 only.
        ("5 Tw", 106.67, 100.0, 6.67),
        ("50 Tz", 103.335, 100.0, 3.335),
        ("3 Ts", 106.67, 97.0, 6.67),
    ] {
        let page = draw(&format!("BT /F 10 Tf {state} 100 700 Td (AB) Tj ET"));
        assert_places(&page.glyphs, &[("A", 100.0, y), ("B", second, y)]);
        assert!((page.glyphs[0].width - width).abs() < 0.001, "{state}");
    }
    let page = draw("BT /F 10 Tf 5 Tw 100 700 Td ( A) Tj ET");
    assert_places(&page.glyphs, &[(" ", 100.0, 100.0), ("A", 107.78, 100.0)]);
}

#[test]
fn arrays_move_between_strings() {
    let page = draw("BT /F 10 Tf 100 700 Td [(A) -1000 (B) 500 <41>] TJ ET");
    assert_places(&page.glyphs, &[("A", 100.0, 100.0), ("B", 116.67, 100.0), ("A", 118.34, 100.0)]);
}

#[test]
fn states_are_saved_and_brought_back() {
    let page =
        draw("q 2 0 0 2 10 20 cm BT /F 10 Tf 5 5 Td (A) Tj ET Q BT /F 10 Tf 5 5 Td (B) Tj ET");
    assert_places(&page.glyphs, &[("A", 20.0, 770.0), ("B", 5.0, 795.0)]);
    assert!((page.glyphs[0].size - 20.0).abs() < 0.001);
}

#[test]
fn strings_are_read_with_their_escapes() {
    for (string, expected) in [
        (r"(a\(b\)c)", "a(b)c"),
        (r"(a(b)c)", "a(b)c"),
        (r"(\101\1023)", "AB3"),
        (r"(a\\b)", r"a\b"),
        ("(a\\\nb)", "ab"),
        ("<4142 4>", "AB@"),
        (r"(\351t\351)", "été"),
    ] {
        let page = draw(&format!("BT /F 10 Tf 100 700 Td {string} Tj ET"));
        assert_eq!(text_of(&page), expected, "{string}");
    }
}

#[test]
fn soft_hyphens_and_hard_spaces_stay() {
    let page = draw(r"BT /F 10 Tf 100 700 Td (a\255b\240c) Tj ET");
    assert_eq!(text_of(&page), "a\u{ad}b\u{a0}c");
}

#[test]
fn hidden_text_is_marked() {
    let page = draw("BT /F 10 Tf 100 700 Td 3 Tr (A) Tj 0 Tr (B) Tj 7 Tr (C) Tj ET");
    let hidden: Vec<bool> = page.glyphs.iter().map(|glyph| glyph.hidden).collect();
    assert_eq!(hidden, [true, false, true]);
}

#[test]
fn turned_text_is_not_upright() {
    let page = draw("BT /F 10 Tf 0 1 -1 0 100 700 Tm (AB) Tj 1 0 0 1 100 600 Tm (C) Tj ET");
    let upright: Vec<bool> = page.glyphs.iter().map(|glyph| glyph.upright).collect();
    assert_eq!(upright, [false, false, true]);
    assert_places(&page.glyphs[..2], &[("A", 100.0, 100.0), ("B", 100.0, 93.33)]);
}

#[test]
fn what_is_off_the_page_or_clipped_away_is_left_out() {
    let page = draw("BT /F 10 Tf 100 900 Td (A) Tj 0 -200 Td (B) Tj 1000 0 Td (C) Tj ET");
    assert_eq!(text_of(&page), "B");
    let page = draw(
        "q 0 690 300 30 re W n BT /F 10 Tf 100 700 Td (A) Tj 0 -50 Td (B) Tj ET Q BT /F 10 Tf 100 650 Td (C) Tj ET",
    );
    assert_eq!(text_of(&page), "AC");
}

#[test]
fn pages_are_turned_and_cropped() {
    for (entries, width, height, x, y) in [
        ("", 600.0, 800.0, 100.0, 100.0),
        ("/Rotate 90", 800.0, 600.0, 700.0, 100.0),
        ("/Rotate 180", 600.0, 800.0, 500.0, 700.0),
        ("/Rotate 270", 800.0, 600.0, 100.0, 500.0),
        ("/Rotate -90", 800.0, 600.0, 100.0, 500.0),
        ("/CropBox [50 60 550 760]", 500.0, 700.0, 50.0, 60.0),
        ("/CropBox [550 760 50 60]", 500.0, 700.0, 50.0, 60.0),
        ("/CropBox [0 0 0 0]", 600.0, 800.0, 100.0, 100.0),
        ("/MediaBox [0 0 1000 2000] /UserUnit 0.5", 500.0, 1000.0, 50.0, 650.0),
    ] {
        let mut builder = Builder::new();
        let font = builder.object(HELVETICA);
        builder.page(
            &format!("/Resources << /Font << /F {font} 0 R >> >> {entries}"),
            "BT /F 10 Tf 100 700 Td (A) Tj ET",
        );
        let page = only_page(read(&builder));
        assert_eq!((page.width, page.height), (width, height), "{entries}");
        assert_places(&page.glyphs, &[("A", x, y)]);
    }
}

#[test]
fn pages_inherit_and_content_may_be_in_parts() {
    let mut builder = Builder::new();
    let font = builder.object(HELVETICA);
    builder
        .inherited(&format!("/MediaBox [0 0 200 300] /Resources << /Font << /F {font} 0 R >> >>"));
    let first = builder.stream("", "BT /F 10 Tf 10 20 Td (A) T");
    let second = builder.stream("", "Tj (B) Tj ET");
    builder.page_of(&format!("/Contents [{first} 0 R {second} 0 R]"));
    let page = only_page(read(&builder));
    assert_eq!((page.width, page.height), (200.0, 300.0));
    // Streams are parted by white space, so `T` is no part of `Tj`; the string is gone with it.
    assert_eq!(text_of(&page), "B");
}

#[test]
fn text_painted_twice_is_one_text_in_bold() {
    let content = "BT /F 10 Tf 100 700 Td (All) Tj ET BT /F 10 Tf 100.3 700 Td (All) Tj 0 -20 Td (Bill) Tj ET";
    let pages = read(&with_font(HELVETICA, content));
    let page = &pages.pages[0];
    assert_eq!(text_of(page), "AllBill");
    let bold: Vec<bool> =
        page.glyphs.iter().map(|glyph| pages.styles[usize::from(glyph.style)].bold).collect();
    assert_eq!(bold, [true, true, true, false, false, false, false]);
}

#[test]
fn letters_with_an_outline_are_bold_and_leaning_ones_italic() {
    let content =
        "BT /F 10 Tf 100 700 Td 2 Tr 0.3 w (A) Tj 0 Tr (B) Tj 1 0 0.3 1 100 600 Tm (C) Tj ET";
    let pages = read(&with_font(HELVETICA, content));
    let looks: Vec<(bool, bool)> = pages.pages[0]
        .glyphs
        .iter()
        .map(|glyph| &pages.styles[usize::from(glyph.style)])
        .map(|style| (style.bold, style.italic))
        .collect();
    assert_eq!(looks, [(true, false), (false, false), (false, true)]);
}

#[test]
fn forms_draw_with_their_matrix_and_resources() {
    let mut builder = Builder::new();
    let font = builder.object(HELVETICA);
    let form = builder.stream(
        &format!("/Type /XObject /Subtype /Form /BBox [0 0 500 500] /Matrix [1 0 0 1 30 40] /Resources << /Font << /G {font} 0 R >> >>"),
        // The form's unbalanced operators do not reach its caller.
        "BT /G 10 Tf 10 20 Td (A) Tj ET Q Q 5 0 0 5 0 0 cm",
    );
    let bare = builder.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 500 500]",
        "BT /F 10 Tf 10 20 Td (B) Tj ET",
    );
    builder.page(
        &format!(
            "/Resources << /Font << /F {font} 0 R >> /XObject << /X {form} 0 R /Y {bare} 0 R >> >>"
        ),
        "q /X Do Q /Y Do BT /F 10 Tf 1 2 Td (C) Tj ET",
    );
    let page = only_page(read(&builder));
    assert_places(&page.glyphs, &[("A", 40.0, 740.0), ("B", 10.0, 780.0), ("C", 1.0, 798.0)]);
}

#[test]
fn parameters_may_set_the_font() {
    let mut builder = Builder::new();
    let font = builder.object(HELVETICA);
    builder.page(
        &format!("/Resources << /ExtGState << /G << /Font [{font} 0 R 20] >> >> >>"),
        "/G gs BT 10 20 Td (A) Tj ET",
    );
    let page = only_page(read(&builder));
    assert_eq!(page.glyphs[0].size, 20.0);
}

#[test]
fn inline_images_are_skipped_with_what_they_hold() {
    // The data holds `EI` in the middle, and what looks like text.
    for image in [
        "BI /W 4 /H 4 /BPC 8 /CS /G ID 0123 EI (X) Tj 5 EI",
        "BI /W 100 /H 10 /BPC 8 /CS /RGB /F /Fl ID x\u{1}\u{2} EI\u{1}\u{2}(X) Tj EI",
    ] {
        let page = draw(&format!(
            "BT /F 10 Tf 100 700 Td (A) Tj ET {image} BT /F 10 Tf 100 600 Td (B) Tj ET"
        ));
        assert_eq!(text_of(&page), "AB", "{image}");
    }
}

#[test]
fn info_is_decoded() {
    let mut builder = with_font(HELVETICA, "");
    let info = builder.object(
        r"<< /Title <FEFF00C900740061007400730020> /Subject () /Keywords (UNDEX/M\141P/1) >>",
    );
    builder.trailer(&format!("/Info {info} 0 R"));
    let info = read(&builder).info;
    assert_eq!(info.title.as_deref(), Some("États"));
    assert_eq!(info.subject, None);
    assert_eq!(info.symbol().unwrap().symbol.as_str(), "UNDEX/MAP/1");
}

#[test]
fn pages_keep_their_order() {
    let mut builder = Builder::new();
    let font = builder.object(HELVETICA);
    for letter in ["A", "B", "C"] {
        builder.page(
            &format!("/Resources << /Font << /F {font} 0 R >> >>"),
            format!("BT /F 10 Tf 10 20 Td ({letter}) Tj ET"),
        );
    }
    assert_eq!(text(&builder), "A|B|C");
}
