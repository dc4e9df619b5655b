//! What codes stand for, how wide they are, how fonts look.

use super::{Builder, assert_places, only_page, read, text, text_of, with_font};

/// Shows bytes in a font of the given entries, with a map to Unicode if one is given.
fn simple(entries: &str, map: Option<&str>, shown: &str) -> Builder {
    let mut builder = Builder::new();
    let map =
        map.map_or_else(String::new, |map| format!("/ToUnicode {} 0 R", builder.stream("", map)));
    let font = builder.object(format!("<< /Type /Font {entries} {map} >>"));
    builder.page(
        &format!("/Resources << /Font << /F {font} 0 R >> >>"),
        format!("BT /F 10 Tf 100 700 Td {shown} Tj ET"),
    );
    builder
}

/// A composite font with `/W` and the like in `descendant`.
fn composite(encoding: &str, descendant: &str, map: Option<&str>, shown: &str) -> Builder {
    let mut builder = Builder::new();
    let map =
        map.map_or_else(String::new, |map| format!("/ToUnicode {} 0 R", builder.stream("", map)));
    let inner = builder.object(format!(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Test {descendant} >>"
    ));
    let font = builder.object(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Test /Encoding {encoding} /DescendantFonts [{inner} 0 R] {map} >>"
    ));
    builder.page(
        &format!("/Resources << /Font << /F {font} 0 R >> >>"),
        format!("BT /F 10 Tf 100 700 Td {shown} Tj ET"),
    );
    builder
}

fn map_of(body: &str) -> String {
    format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n{body}\nendcmap end end"
    )
}

#[test]
fn encodings_and_differences_give_characters() {
    for (encoding, shown, expected) in [
        ("/WinAnsiEncoding", r"(\223a\224 \200)", "“a” €"),
        ("/MacRomanEncoding", r"(\216\322)", "é“"),
        ("/StandardEncoding", r"('\256\341)", "’ﬁÆ"),
        (
            "<< /BaseEncoding /WinAnsiEncoding /Differences [65 /eacute /Ecircumflex 200 /f_i] >>",
            r"(ABC\310)",
            "éÊCfi",
        ),
        // Names that nobody knows take nothing with them.
        (
            "<< /Differences [65 /foo /eacute /g12 68 /uni00E8 /u1F600 /a.swash /.notdef /cid7] >>",
            "(ABCDEFGH)",
            "éè😀a",
        ),
        ("<< /Differences [65 /ffi /afii10017 /Scaron /hyphen] >>", "(ABCD)", "ﬃАŠ-"),
        ("<< /Differences [65 /Asmall /oneoldstyle] >>", "(AB)", "A1"),
    ] {
        let font = format!("/Subtype /Type1 /BaseFont /Helvetica /Encoding {encoding}");
        assert_eq!(text(&simple(&font, None, shown)), expected, "{encoding}");
    }
}

#[test]
fn fonts_of_signs_have_codes_of_their_own() {
    for (name, shown, expected) in [
        ("Symbol", r"(ab\267)", "αβ•"),
        ("ABCDEF+SymbolMT", r"(\263)", "≥"),
        ("ZapfDingbats", "(4n)", "✔■"),
        ("Wingdings-Regular", r"(\374)", "✓"),
    ] {
        let font = format!("/Subtype /TrueType /BaseFont /{name} /Encoding /WinAnsiEncoding");
        assert_eq!(text(&simple(&font, None, shown)), expected, "{name}");
    }
}

#[test]
fn the_map_to_unicode_comes_first_where_it_says_something() {
    let font = "/Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding";
    for (entries, shown, expected) in [
        ("1 beginbfchar <41> <0416> endbfchar", "(AB)", "ЖB"),
        ("2 beginbfchar <41> <00660069> <42> <D83DDE00> endbfchar", "(AB)", "fi😀"),
        ("1 beginbfrange <41> <43> <0061> endbfrange", "(ABCD)", "abcD"),
        ("1 beginbfrange <41> <43> [<0078> <0079007A> <0077>] endbfrange", "(ABC)", "xyzw"),
        // Nothing, the sign for nothing, and private characters: the encoding knows better.
        ("3 beginbfchar <41> <0000> <42> <FFFD> <43> <F043> endbfchar", "(ABC)", "ABC"),
        ("2 beginbfrange <41> <42> <0061> <43> <44> <0063> endbfrange", "(ABCD)", "abcd"),
        ("1 beginbfchar <41> /eacute endbfchar", "(A)", "é"),
        // More than a glyph holds goes to several.
        (
            "1 beginbfchar <41> <006100620063006400650066006700680069006A006B006C006D> endbfchar",
            "(AB)",
            "abcdefghijklmB",
        ),
    ] {
        assert_eq!(text(&simple(font, Some(&map_of(entries)), shown)), expected, "{entries}");
    }
}

#[test]
fn private_characters_of_sign_fonts_are_read_by_their_code() {
    let map = map_of("1 beginbfchar <01> <F0B7> endbfchar");
    for (name, expected) in [("Symbol", "•"), ("Wingdings", "▪"), ("Other", "·")] {
        let font = format!("/Subtype /TrueType /BaseFont /{name}");
        let map = if name == "Wingdings" { map.replace("F0B7", "F0A7") } else { map.clone() };
        assert_eq!(text(&simple(&font, Some(&map), "<01>")), expected, "{name}");
    }
}

#[test]
fn widths_come_from_the_file_or_from_the_standard_fonts() {
    let given = "/Subtype /TrueType /BaseFont /Any /Encoding /WinAnsiEncoding /FirstChar 65 /Widths [500 null 700]";
    for (font, shown, second, third) in [
        (given, "(ABC)", 105.0, 105.0),
        ("/Subtype /Type1 /BaseFont /Courier", "(ABC)", 106.0, 112.0),
        ("/Subtype /TrueType /BaseFont /CourierNew,Bold", "(ABC)", 106.0, 112.0),
        ("/Subtype /Type1 /BaseFont /Times-Roman", "(ABC)", 107.22, 113.89),
        ("/Subtype /TrueType /BaseFont /TimesNewRoman,Bold", "(ABC)", 107.22, 113.89),
        ("/Subtype /TrueType /BaseFont /ArialMT", "(ABC)", 106.67, 113.34),
        ("/Subtype /Type1 /BaseFont /Symbol", "(abc)", 106.31, 111.80),
    ] {
        let page = only_page(read(&simple(font, None, shown)));
        let places: Vec<f32> = page.glyphs.iter().map(|glyph| glyph.x).collect();
        assert!(
            (places[1] - second).abs() < 0.01 && (places[2] - third).abs() < 0.01,
            "{font}: {places:?}"
        );
    }
}

#[test]
fn missing_widths_are_those_of_the_descriptor() {
    let font = "/Subtype /Type1 /BaseFont /Any /Encoding /WinAnsiEncoding /FirstChar 65 /Widths [500] /FontDescriptor << /MissingWidth 250 >>";
    let page = only_page(read(&simple(font, None, "(ABC)")));
    assert_places(&page.glyphs, &[("A", 100.0, 100.0), ("B", 105.0, 100.0), ("C", 107.5, 100.0)]);
}

#[test]
fn type_3_fonts_have_a_matrix() {
    let font = "/Subtype /Type3 /FontMatrix [0.01 0 0 0.01 0 0] /FontBBox [0 0 60 80] /FirstChar 65 /LastChar 66 /Widths [50 70] /CharProcs << >> /Encoding << /Differences [65 /eacute /B] >>";
    let page = only_page(read(&simple(font, None, "(AB)")));
    assert_places(&page.glyphs, &[("é", 100.0, 100.0), ("B", 105.0, 100.0)]);
    assert!((page.glyphs[0].size - 8.0).abs() < 0.001);
}

#[test]
fn type_3_glyphs_give_their_own_width() {
    let mut builder = Builder::new();
    let glyph = builder.stream("", "700 0 d0 0 0 700 700 re f");
    let font = builder.object(format!(
        "<< /Type /Font /Subtype /Type3 /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /A {glyph} 0 R >> /Encoding << /Differences [65 /A] >> >>"
    ));
    builder.page(
        &format!("/Resources << /Font << /F {font} 0 R >> >>"),
        "BT /F 10 Tf 100 700 Td (AA) Tj ET",
    );
    let page = only_page(read(&builder));
    assert_places(&page.glyphs, &[("A", 100.0, 100.0), ("A", 107.0, 100.0)]);
}

#[test]
fn composite_fonts_have_glyph_numbers_and_widths() {
    let map = map_of(
        "2 beginbfchar <0003> <0020> <0041> <0416> endbfchar 1 beginbfrange <0100> <0102> <0430> endbfrange",
    );
    let page = only_page(read(&composite(
        "/Identity-H",
        "/DW 900 /W [3 [250] 65 65 400 256 257 600]",
        Some(&map),
        "<0041 0100 0102 0003>",
    )));
    assert_places(
        &page.glyphs,
        &[("Ж", 100.0, 100.0), ("а", 104.0, 100.0), ("в", 110.0, 100.0), (" ", 119.0, 100.0)],
    );
    assert!((page.glyphs[0].space_width - 2.5).abs() < 0.001);
}

/// A TrueType font in hexadecimal digits that tells the characters of its glyphs, from 1 on, and draws none.
fn true_type(characters: &[char]) -> String {
    let words = |words: &[u16]| -> Vec<u8> { words.iter().flat_map(|w| w.to_be_bytes()).collect() };
    let glyphs = characters.len() as u16 + 1;
    // One segment a character, in order, and the one that ends all.
    let mut known: Vec<(u16, u16)> = characters.iter().map(|&c| c as u16).zip(1..).collect();
    known.sort_unstable();
    known.push((u16::MAX, 0));
    let (codes, deltas): (Vec<u16>, Vec<u16>) =
        known.into_iter().map(|(code, glyph)| (code, glyph.wrapping_sub(code))).unzip();
    let segments = codes.len() as u16;
    let map = [
        words(&[0, 1, 3, 1, 0, 12, 4, 16 + 8 * segments, 0, 2 * segments, 0, 0, 0]),
        words(&codes),
        words(&[0]),
        words(&codes),
        words(&deltas),
        vec![0; 2 * codes.len()],
    ];
    let mut head = vec![0; 54];
    head[18..20].copy_from_slice(&1000_u16.to_be_bytes());
    let mut metrics = vec![0; 36];
    metrics[35] = 1;
    let tables = [
        ("cmap", map.concat()),
        ("head", head),
        ("hhea", metrics),
        ("maxp", words(&[0, 0x5000, glyphs])),
    ];
    let mut font = words(&[1, 0, tables.len() as u16, 0, 0, 0]);
    let mut at = font.len() + 16 * tables.len();
    for (name, table) in &tables {
        font.extend(name.bytes());
        for number in [0, at, table.len()] {
            font.extend((number as u32).to_be_bytes());
        }
        at += table.len();
    }
    font.extend(tables.into_iter().flat_map(|(_, table)| table));
    font.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn an_embedded_font_tells_letters_apart_that_the_map_takes_for_one() {
    // (map of glyphs 1 to 4, what they are, why)
    let table = [
        ("<0001> <0069> <0002> <0069> <0003> <006E> <0004> <006F>", "info", "an f said to be i"),
        ("<0001> <0069> <0002> <0066> <0003> <006E> <0004> <006F>", "info", "none twice: as said"),
        ("<0001> <0061> <0002> <0061> <0003> <0062> <0004> <0062>", "abab", "another alphabet"),
    ];
    for (map, expected, why) in table {
        let mut builder = Builder::new();
        let font = true_type(&['i', 'f', 'n', 'o']);
        let program = builder.stream("/Filter /ASCIIHexDecode", format!("{font}>"));
        let descriptor = format!(
            "/CIDToGIDMap /Identity /FontDescriptor << /Flags 4 /FontFile2 {program} 0 R >>"
        );
        let map = builder.stream("", map_of(&format!("4 beginbfchar {map} endbfchar")));
        let inner = builder.object(format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+T {descriptor} >>"
        ));
        let font = builder.object(format!("<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+T /Encoding /Identity-H /DescendantFonts [{inner} 0 R] /ToUnicode {map} 0 R >>"));
        builder.page(
            &format!("/Resources << /Font << /F {font} 0 R >> >>"),
            "BT /F 10 Tf 100 700 Td <0001000300020004> Tj ET",
        );
        assert_eq!(text(&builder), expected, "{why}");
    }
}

#[test]
fn word_spacing_is_not_for_codes_of_two_bytes() {
    let map = map_of("1 beginbfrange <0020> <007E> <0020> endbfrange");
    let mut builder = Builder::new();
    let map = builder.stream("", map);
    let inner = builder.object("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /T /DW 500 >>");
    let font = builder.object(format!("<< /Type /Font /Subtype /Type0 /BaseFont /T /Encoding /Identity-H /DescendantFonts [{inner} 0 R] /ToUnicode {map} 0 R >>"));
    builder.page(
        &format!("/Resources << /Font << /F {font} 0 R >> >>"),
        "BT /F 10 Tf 50 Tw 100 700 Td <00200041> Tj ET",
    );
    let page = only_page(read(&builder));
    assert_places(&page.glyphs, &[(" ", 100.0, 100.0), ("A", 105.0, 100.0)]);
}

#[test]
fn embedded_maps_split_codes_by_their_spaces() {
    let mut builder = Builder::new();
    let encoding = builder.stream(
        "/Type /CMap",
        "begincmap 2 begincodespacerange <00> <7F> <8000> <FFFF> endcodespacerange\n1 begincidrange <20> <7E> 1 endcidrange 1 begincidchar <8041> 500 endcidchar endcmap",
    );
    let map =
        builder.stream("", "begincmap 2 beginbfchar <41> <0041> <8041> <4E2D> endbfchar endcmap");
    let inner = builder.object(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /T /DW 1000 /W [34 [300] 500 [700]] >>",
    );
    let font = builder.object(format!("<< /Type /Font /Subtype /Type0 /BaseFont /T /Encoding {encoding} 0 R /DescendantFonts [{inner} 0 R] /ToUnicode {map} 0 R >>"));
    builder.page(
        &format!("/Resources << /Font << /F {font} 0 R >> >>"),
        "BT /F 10 Tf 100 700 Td <41 8041 41> Tj ET",
    );
    let page = only_page(read(&builder));
    assert_places(&page.glyphs, &[("A", 100.0, 100.0), ("中", 103.0, 100.0), ("A", 110.0, 100.0)]);
}

#[test]
fn predefined_maps_of_known_encodings_need_no_map_to_unicode() {
    for (encoding, shown, expected) in [
        ("/UniGB-UCS2-H", "<4E2D6587>", "中文"),
        ("/UniJIS-UTF16-H", "<D83DDE004E2D>", "😀中"),
        ("/GBK-EUC-H", "<D6D0 41>", "中A"),
        ("/90ms-RKSJ-H", "<92 86 B1>", "中ｱ"),
        ("/ETen-B5-H", "<A4A4>", "中"),
        ("/KSCms-UHC-H", "<B0A1>", "가"),
    ] {
        assert_eq!(text(&composite(encoding, "", None, shown)), expected, "{encoding}");
    }
}

#[test]
fn vertical_writing_moves_down() {
    let page = only_page(read(&composite("/UniGB-UCS2-V", "", None, "<4E2D6587>")));
    assert_places(&page.glyphs, &[("中", 100.0, 100.0), ("文", 100.0, 110.0)]);
    assert!(page.glyphs.iter().all(|glyph| !glyph.upright));
}

#[test]
fn type_1_programs_tell_their_encoding() {
    let mut builder = Builder::new();
    let program = builder.stream(
        "",
        "%!PS-AdobeFont-1.0: T\n/Encoding 256 array 0 1 255 {1 index exch /.notdef put} for\ndup 65 /eacute put\ndup 66 /germandbls put\nreadonly def currentfile eexec xxx",
    );
    let font = builder.object(format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /T /FontDescriptor << /Flags 4 /FontFile {program} 0 R >> /FirstChar 65 /Widths [500 500] >>"
    ));
    builder.page(
        &format!("/Resources << /Font << /F {font} 0 R >> >>"),
        "BT /F 10 Tf 100 700 Td (AB) Tj ET",
    );
    assert_eq!(text(&builder), "éß");
}

#[test]
fn fonts_that_say_nothing_are_counted() {
    let builder = composite("/Identity-H", "", None, "<00410042>");
    let pages = read(&builder);
    assert_eq!(text_of(&pages.pages[0]), "");
    let codes: Vec<&str> = pages.warnings.iter().map(|warning| warning.code.as_str()).collect();
    assert_eq!(codes, ["unmapped-characters"]);
    assert_eq!(
        pages.warnings[0].message,
        "2 of 2 characters are drawn by fonts that do not say what they are; they are missing"
    );
}

#[test]
fn names_and_descriptors_tell_the_look() {
    for (name, descriptor, bold, italic) in [
        ("Times-Roman", "", false, false),
        ("ABCDEF+TimesNewRomanPS-BoldItalicMT", "", true, true),
        ("TimesNewRoman,Bold", "", true, false),
        ("Helvetica-Oblique", "", false, true),
        ("Frutiger-Bd", "", true, false),
        ("Garamond-It", "", false, true),
        ("Calibri", "/Flags 262176", true, false),
        ("Calibri", "/Flags 96", false, true),
        ("Calibri", "/FontWeight 700", true, false),
        ("Calibri", "/FontWeight 400 /StemV 80", false, false),
        ("F12", "/StemV 140", true, false),
        ("Univers-Light", "/StemV 140", false, false),
        ("F12", "/ItalicAngle -12", false, true),
        ("Abacus", "", false, false),
    ] {
        let font = format!(
            "<< /Type /Font /Subtype /TrueType /BaseFont /{name} /FontDescriptor << {descriptor} >> >>"
        );
        let pages = read(&with_font(&font, "BT /F 10 Tf 100 700 Td (A) Tj ET"));
        let style = &pages.styles[usize::from(pages.pages[0].glyphs[0].style)];
        assert_eq!((style.bold, style.italic), (bold, italic), "{name} {descriptor}");
        assert!(!style.name.contains('+'));
    }
}

#[test]
fn barcode_fonts_are_told_by_name() {
    for (name, barcode) in [
        ("Barcode#203#20of#209#20by#20request", true),
        ("ABCDEF+Code39", true),
        ("OCRAExtended", true),
        ("Barcelona", false),
        ("TimesNewRoman", false),
    ] {
        let font = format!("<< /Type /Font /Subtype /TrueType /BaseFont /{name} >>");
        let pages = read(&with_font(&font, "BT /F 10 Tf 100 700 Td (A) Tj ET"));
        assert_eq!(pages.styles[0].barcode, barcode, "{name}");
    }
}
