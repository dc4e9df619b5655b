//! PDF files whose fonts map, measure and name without end.

use super::bombs::{zlib, zlib_of_zeros};
use super::pdf_file::{HERON, Pdf, text};
use super::{ANY, Attack, READ, READ_OR_LIMIT, attack};

pub(crate) fn attacks() -> Vec<Attack> {
    let mut attacks = maps();
    attacks.extend(widths());
    attacks.extend(kinds());
    attacks
}

/// A page that shows a good line and then one in the font of object 6, `/F2`.
fn page() -> Pdf {
    let mut content = text(HERON);
    content.extend(b"BT /F2 10 Tf 72 600 Td (odd) Tj <00410042> Tj [(odd) -20 (odd)] TJ ET\n");
    Pdf::page_with("/Font << /F1 5 0 R /F2 6 0 R >>", content)
}

fn font(entries: &str) -> Pdf {
    page().object(6, format!("<< /Type /Font /Subtype /Type1 /BaseFont /Odd {entries} >>"))
}

/// A composite font, its descendant with these entries.
fn composite(entries: &str) -> Pdf {
    page()
        .object(
            6,
            "<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 8 0 R >>",
        )
        .object(7, format!("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd {entries} >>"))
}

fn map(ranges: &str) -> String {
    format!(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange {ranges} endcmap end"
    )
}

fn maps() -> Vec<Attack> {
    let mapped = |ranges: &str| composite("/DW 1000").stream(8, "", map(ranges)).finish();
    let rows = "<0000> <FFFF> <0041> ".repeat(20_000);
    let arrays = format!("1 beginbfrange <0000> <FFFF> [{}] endbfrange", "<0041> ".repeat(100_000));
    // One code becomes 64 KiB of text, and the page shows it 20,000 times.
    let long = format!("1 beginbfchar <0041> <{}> endbfchar", "0061".repeat(32_768));
    let mut content = text(HERON);
    content.extend(b"BT /F2 10 Tf 72 600 Td <");
    content.extend(b"0041".repeat(20_000));
    content.extend(b"> Tj ET");
    let amplified = composite("/DW 1000").stream(8, "", map(&long)).stream(4, "", content).finish();
    let mut switching = text(HERON);
    switching.extend(b"BT /F2 9 Tf (a) Tj /F1 9 Tf (b) Tj ET ".repeat(30_000));
    let switched = composite("/DW 1000")
        .stream(
            8,
            "/Filter /FlateDecode",
            zlib(map(&format!("1 beginbfrange {rows} endbfrange")).as_bytes()),
        )
        .stream(4, "", switching)
        .finish();
    vec![
        attack("map-of-billions.pdf", mapped("1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"), READ),
        attack("map-backwards.pdf", mapped("1 beginbfrange <FFFF> <0000> <FFFF> endbfrange"), READ),
        attack("map-of-many-ranges.pdf", mapped(&format!("1 beginbfrange {rows} endbfrange")), READ_OR_LIMIT),
        attack("map-of-many-letters.pdf", mapped(&arrays), READ_OR_LIMIT),
        attack("map-count-lies.pdf", mapped("2147483647 beginbfchar <0041> <0061> endbfchar"), READ),
        attack("map-of-no-letters.pdf", mapped("1 beginbfchar <0041> <D800> <0042> <> <> <0061> endbfchar"), READ),
        attack("map-never-ends.pdf", mapped(&format!("1 beginbfchar {}", "<0041> ".repeat(200_000))), READ_OR_LIMIT),
        attack("map-nested.pdf", mapped(&format!("1 beginbfrange <0000> <0001> {}", "[".repeat(500_000))), READ_OR_LIMIT),
        attack("map-uses-itself.pdf", composite("").stream(8, "/UseCMap 8 0 R", map("/Odd usecmap")).finish(), READ),
        attack("map-bomb.pdf", composite("").stream(8, "/Filter /FlateDecode", zlib_of_zeros(512)).finish(), READ_OR_LIMIT),
        attack("letter-of-64-kib.pdf", amplified, ANY),
        attack("fonts-switched-with-large-map.pdf", switched, READ_OR_LIMIT),
        attack(
            "code-space-of-billions.pdf",
            composite("").stream(8, "", "begincmap 1 begincodespacerange <0000000000000000> <FFFFFFFFFFFFFFFF> endcodespacerange 1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange endcmap").finish(),
            READ,
        ),
    ]
}

fn widths() -> Vec<Attack> {
    let cid = |widths: &str| composite(&format!("/W {widths}")).stream(8, "", map("")).finish();
    let simple = |entries: &str| font(entries).finish();
    vec![
        attack("widths-of-billions.pdf", cid("[0 4294967295 500]"), READ),
        attack(
            "widths-of-billions-often.pdf",
            cid(&format!("[{}]", "0 2147483647 500 ".repeat(50_000))),
            READ_OR_LIMIT,
        ),
        attack("widths-backwards.pdf", cid("[500 0 500 -5 [1 2 3] 7]"), READ),
        attack("widths-absurd.pdf", cid("[0 [1e38 nan -1e38 99999999999999999999]]"), READ),
        attack(
            "widths-in-themselves.pdf",
            composite("/W 10 0 R")
                .object(10, "[0 10 0 R 5 10 0 R]")
                .stream(8, "", map(""))
                .finish(),
            READ,
        ),
        attack(
            "characters-of-billions.pdf",
            simple("/FirstChar -2147483648 /LastChar 2147483647 /Widths [1]"),
            READ,
        ),
        attack(
            "first-character-last.pdf",
            simple("/FirstChar 9223372036854775807 /LastChar 0 /Widths [1 2 3]"),
            READ,
        ),
        attack(
            "widths-million.pdf",
            simple(&format!("/FirstChar 0 /LastChar 255 /Widths [{}]", "500 ".repeat(1_000_000))),
            READ_OR_LIMIT,
        ),
    ]
}

fn kinds() -> Vec<Attack> {
    let differences = format!(
        "/Encoding << /Type /Encoding /Differences [0 {} -5 /b 2147483647 /c 1e9 /d] >>",
        "/a".repeat(300_000)
    );
    let type3 = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [0 0 0 0 0 0] /FirstChar 0 /LastChar 255 /Widths [1] /CharProcs << /a 9 0 R >> /Encoding << /Differences [97 /a 111 /a 100 /a] >> /Resources << /Font << /F2 6 0 R /F1 5 0 R >> >> >>";
    let itself = "<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [6 0 R] >>";
    let glyphs = [
        "uni",
        "uniZZZZ",
        "uniD800",
        "u110000",
        "uFFFFFFFFFF",
        "a.b.c",
        "_",
        ".notdef",
        "g99999999999",
    ];
    let glyphs: String = glyphs.iter().map(|glyph| format!("/{glyph} ")).collect();
    vec![
        attack("descendant-of-itself.pdf", page().object(6, itself).finish(), READ),
        attack("font-is-a-circle.pdf", page().object(6, "6 0 R").finish(), READ),
        attack("font-is-missing.pdf", page().finish(), READ),
        attack("font-draws-itself.pdf", page().object(6, type3).stream(9, "", "BT /F2 9 Tf (aaaa) Tj ET").finish(), READ),
        attack("differences-beyond-codes.pdf", font(&differences).finish(), READ_OR_LIMIT),
        attack("names-of-no-letters.pdf", font(&format!("/Encoding << /Differences [97 {glyphs}] >>")).finish(), READ),
        attack("encoding-of-itself.pdf", font("/Encoding 9 0 R").object(9, "<< /BaseEncoding 9 0 R /Differences 9 0 R >>").finish(), READ),
        attack("descriptor-absurd.pdf", font("/FontDescriptor << /Flags -99999999999 /Ascent 1e38 /FontWeight nan /ItalicAngle inf /FontName /A+B+C+ >>").finish(), READ),
        attack("base-font-of-a-megabyte.pdf", page().object(6, format!("<< /Type /Font /Subtype /Type1 /BaseFont /{} >>", "A".repeat(1 << 20))).finish(), READ),
    ]
}
