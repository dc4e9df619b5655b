//! PDF files whose objects refer, nest and count as none should.

use super::pdf_file::{HERON, Pdf, report, text};
use super::{ANY, Attack, ENCRYPTED, LIMIT, READ, READ_OR_LIMIT, READ_OR_REFUSED, REFUSED, attack};

/// The depth at which a 21 KB file has overflowed the stack of a PDF library.
const NESTING: usize = 10_000;

pub(crate) fn attacks() -> Vec<Attack> {
    let mut attacks = page_trees();
    attacks.extend(cross_references());
    attacks.extend(nesting());
    attacks.extend(references());
    attacks.extend(encryption());
    attacks.extend(garbage());
    attacks
}

fn page_trees() -> Vec<Attack> {
    // Each level names the next one twice: 2^40 pages of 42 objects.
    let mut doubled = Pdf::heron();
    for level in 0..40 {
        let next = if level == 39 { 3 } else { 11 + level };
        doubled = doubled.object(
            10 + level,
            format!("<< /Type /Pages /Count 2 /Kids [{next} 0 R {next} 0 R] >>"),
        );
    }
    let doubled = doubled.object(2, "<< /Type /Pages /Count 2 /Kids [10 0 R 10 0 R] >>");

    let mut chain = Pdf::heron();
    for level in 0..20_000 {
        let next = if level == 19_999 { 3 } else { 11 + level };
        chain = chain.add(10 + level, format!("<< /Type /Pages /Count 1 /Kids [{next} 0 R] >>"));
    }
    let chain = chain.object(2, "<< /Type /Pages /Count 1 /Kids [10 0 R] >>");

    // One page object, named more often than there may be pages.
    let many = format!("<< /Type /Pages /Count 30000 /Kids [{}] >>", "3 0 R ".repeat(30_000));
    let mut pages = Pdf::heron();
    let mut kids = String::new();
    for number in 10..21_010 {
        kids.push_str(&format!("{number} 0 R "));
        pages = pages.add(number, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_owned());
    }
    let pages = pages.object(
        2,
        format!(
            "<< /Type /Pages /Count 21000 /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Kids [{kids}] >>"
        ),
    );
    let root = |pages: &str| Pdf::heron().object(2, pages).finish();
    vec![
        attack(
            "pages-in-themselves.pdf",
            root("<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 >>"),
            READ_OR_REFUSED,
        ),
        attack(
            "pages-in-a-circle.pdf",
            Pdf::heron()
                .object(2, "<< /Type /Pages /Kids [8 0 R 3 0 R] /Count 2 >>")
                .object(8, "<< /Type /Pages /Kids [9 0 R] /Count 1 >>")
                .object(9, "<< /Type /Pages /Kids [8 0 R 2 0 R] /Count 1 >>")
                .finish(),
            READ_OR_REFUSED,
        ),
        attack(
            "parents-in-a-circle.pdf",
            Pdf::heron()
                .object(3, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>")
                .object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 8 0 R >>")
                .object(8, "<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>")
                .finish(),
            READ_OR_REFUSED,
        ),
        attack("pages-doubled-forty-times.pdf", doubled.finish(), ANY),
        attack("pages-in-a-chain.pdf", chain.finish(), ANY),
        attack("one-page-30000-times.pdf", root(&many), READ_OR_LIMIT),
        attack("pages-21000.pdf", pages.finish(), LIMIT),
        attack("count-huge.pdf", root("<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"), READ),
        attack("count-negative.pdf", root("<< /Type /Pages /Kids [3 0 R] /Count -1 >>"), READ),
        attack("no-pages.pdf", root("<< /Type /Pages /Kids [] /Count 0 >>"), READ_OR_REFUSED),
        attack("pages-is-the-catalogue.pdf", root("1 0 R"), READ_OR_REFUSED),
    ]
}

fn cross_references() -> Vec<Attack> {
    let (body, places) = Pdf::heron().body();
    let start = body.len();
    let table = |trailer: &str| {
        let mut out = body.clone();
        out.extend(b"xref\n0 1\n0000000000 65535 f \n");
        for (number, place) in &places {
            out.extend(format!("{number} 1\n{place:010} 00000 n \n").bytes());
        }
        out.extend(format!("trailer\n<< /Size 6 /Root 1 0 R {trailer} >>\n").bytes());
        out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        out
    };
    // Two tables that name each other as the one before. The second stands where the first ends.
    let first = table("/Prev 0000000000");
    let second = first.len();
    let mut circle = Vec::new();
    let named = format!("/Prev {second:010}");
    circle.extend(replace(&first, b"/Prev 0000000000", named.as_bytes()));
    circle.extend(
        format!("xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev {start} >>\nstartxref\n{second}\n%%EOF\n")
            .bytes(),
    );

    let stream = |entries: &str, data: &[u8]| {
        let mut out = body.clone();
        let mut object = format!("9 0 obj\n<< /Type /XRef /Root 1 0 R {entries} /Length ");
        object.push_str(&format!("{} >>\nstream\n", data.len()));
        out.extend(object.bytes());
        out.extend(data);
        out.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
        out
    };
    // Entries of an object stream: type 2, number of the stream, place in it.
    let in_stream = |entries: &[(u32, [u8; 4])]| {
        let mut data = Vec::new();
        for number in 0..10 {
            let place = places.iter().find(|(other, _)| *other == number).map(|(_, place)| *place);
            let known = entries.iter().find(|(other, _)| *other == number).map(|(_, entry)| *entry);
            data.extend(known.unwrap_or(match place {
                Some(place) => [1, (place >> 8) as u8, place as u8, 0],
                None => [0, 0, 0, 0],
            }));
        }
        stream("/Size 10 /W [1 2 1]", &data)
    };
    vec![
        attack("xref-before-itself.pdf", table(&format!("/Prev {start}")), READ_OR_REFUSED),
        attack("xref-in-a-circle.pdf", circle, READ_OR_REFUSED),
        attack("xref-before-the-file.pdf", table("/Prev -1"), READ_OR_REFUSED),
        attack("xref-behind-the-file.pdf", table("/Prev 99999999999999999999"), READ_OR_REFUSED),
        attack(
            "xref-stream-without-width.pdf",
            stream("/Size 2147483647 /W [0 0 0]", b""),
            READ_OR_REFUSED,
        ),
        attack(
            "xref-stream-of-billions.pdf",
            stream("/Size 2147483647 /W [0 0 0] /Index [0 2147483647 5 2147483647]", b"x"),
            READ_OR_REFUSED,
        ),
        attack(
            "xref-stream-wide.pdf",
            stream("/Size 9 /W [2147483647 2147483647 9223372036854775807]", b"x"),
            READ_OR_REFUSED,
        ),
        attack(
            "xref-stream-negative.pdf",
            stream("/Size -9 /W [-1 -2 -1] /Index [-5 9]", b"xxxxxxxxx"),
            READ_OR_REFUSED,
        ),
        attack("xref-size-huge.pdf", table("/Size 99999999999"), READ_OR_REFUSED),
        attack(
            "xref-count-huge.pdf",
            replace(&table(""), b"xref\n0 1\n", b"xref\n0 4294967295\n"),
            READ_OR_REFUSED,
        ),
        attack("object-stream-in-itself.pdf", in_stream(&[(9, [2, 0, 9, 0])]), READ_OR_REFUSED),
        attack(
            "page-in-no-object-stream.pdf",
            in_stream(&[(3, [2, 0, 4, 0]), (2, [2, 0, 3, 0])]),
            READ_OR_REFUSED,
        ),
        attack("startxref-huge.pdf", startxref(&body, "99999999999999999999"), READ_OR_REFUSED),
        attack("startxref-negative.pdf", startxref(&body, "-5"), READ_OR_REFUSED),
        attack("no-xref.pdf", body.clone(), READ_OR_REFUSED),
        attack("object-streams-extend-each-other.pdf", extending(), READ_OR_REFUSED),
    ]
}

fn startxref(body: &[u8], place: &str) -> Vec<u8> {
    let mut out = body.to_vec();
    out.extend(format!("trailer\n<< /Root 1 0 R >>\nstartxref\n{place}\n%%EOF\n").bytes());
    out
}

/// Two object streams that extend each other, and count more objects than they hold.
fn extending() -> Vec<u8> {
    Pdf::heron()
        .stream(7, "/Type /ObjStm /N 2000000000 /First 10 /Extends 8 0 R", "20 0 21 3 null null")
        .stream(8, "/Type /ObjStm /N 1 /First 99999999999 /Extends 7 0 R", "22 0 null")
        .finish()
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

fn nesting() -> Vec<Attack> {
    let arrays = format!("{}{}", "[".repeat(NESTING), "]".repeat(NESTING));
    let dictionaries = format!("{}null{}", "<</A".repeat(NESTING), ">>".repeat(NESTING));
    let open = "[".repeat(1_000_000);
    let beside = |body: &str| Pdf::heron().object(9, body).finish();
    let in_page = |entry: &str| {
        Pdf::heron().object(3, format!("<< /Type /Page /Parent 2 0 R {entry} >>")).finish()
    };
    vec![
        attack("arrays-10000-deep.pdf", beside(&arrays), READ_OR_REFUSED),
        attack("dictionaries-10000-deep.pdf", beside(&dictionaries), READ_OR_REFUSED),
        attack("arrays-that-never-close.pdf", beside(&open), READ_OR_REFUSED),
        attack("parentheses-million.pdf", beside(&"(".repeat(1_000_000)), READ_OR_REFUSED),
        attack("contents-10000-deep.pdf", in_page(&format!("/Contents {arrays}")), READ_OR_REFUSED),
        attack(
            "media-box-10000-deep.pdf",
            in_page(&format!("/MediaBox {arrays} /Contents 4 0 R")),
            READ_OR_REFUSED,
        ),
        attack(
            "trailer-10000-deep.pdf",
            Pdf::heron().trailer(&format!("/Info {dictionaries}")).finish(),
            READ_OR_REFUSED,
        ),
        attack(
            "array-of-million.pdf",
            beside(&format!("[{}]", "null ".repeat(1_000_000))),
            READ_OR_REFUSED,
        ),
    ]
}

fn references() -> Vec<Attack> {
    let mut chain = Pdf::heron();
    for number in 10..50_010 {
        chain = chain.add(number, format!("{} 0 R", number + 1));
    }
    let chain = chain
        .add(50_010, "4 0 R".to_owned())
        .object(3, "<< /Type /Page /Parent 2 0 R /Contents 10 0 R >>");
    let boxes = |mediabox: &str| {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox {mediabox} /Resources << /Font << /F1 5 0 R >> >> >>"
        );
        Pdf::heron().object(3, page).finish()
    };
    let two_pages = |second: &str| {
        Pdf::heron()
            .object(2, "<< /Type /Pages /Kids [8 0 R 3 0 R] /Count 2 >>")
            .object(8, second)
            .finish()
    };
    vec![
        attack(
            "contents-in-a-circle.pdf",
            two_pages("<< /Type /Page /Parent 2 0 R /Contents 9 0 R >>"),
            READ,
        ),
        attack(
            "references-in-a-circle.pdf",
            Pdf::heron()
                .object(2, "<< /Type /Pages /Kids [8 0 R 3 0 R] /Count 2 >>")
                .object(8, "<< /Type /Page /Contents 9 0 R /Resources 10 0 R >>")
                .object(9, "10 0 R")
                .object(10, "9 0 R")
                .finish(),
            READ,
        ),
        attack("references-50000-long.pdf", chain.finish(), READ_OR_REFUSED),
        attack(
            "contents-name-themselves.pdf",
            Pdf::heron()
                .object(2, "<< /Type /Pages /Kids [8 0 R 3 0 R] /Count 2 >>")
                .object(8, "<< /Type /Page /Contents 9 0 R >>")
                .object(9, "[9 0 R 9 0 R]")
                .finish(),
            READ,
        ),
        attack("media-box-not-numbers.pdf", boxes("[nan inf -inf 1e999]"), READ_OR_REFUSED),
        attack("media-box-huge.pdf", boxes("[0 0 1e38 99999999999999999999999]"), READ_OR_REFUSED),
        attack("media-box-empty.pdf", boxes("[0 0 0 0]"), READ_OR_REFUSED),
        attack("media-box-short.pdf", boxes("[0]"), READ_OR_REFUSED),
        attack(
            "unit-huge.pdf",
            boxes("[612 792 0 0] /UserUnit 1e30 /Rotate 2147483646"),
            READ_OR_REFUSED,
        ),
    ]
}

fn encryption() -> Vec<Attack> {
    let encrypted = |dictionary: &str| {
        Pdf::heron().object(9, dictionary).trailer("/Encrypt 9 0 R /ID [<00> <00>]").finish()
    };
    let wrong = "(00000000000000000000000000000000)";
    vec![
        attack(
            "encrypted-by-nobody.pdf",
            encrypted("<< /Filter /Nobody /V 99 /R 99 >>"),
            ENCRYPTED,
        ),
        attack(
            "encrypted-with-a-password.pdf",
            encrypted(&format!(
                "<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O {wrong} /U {wrong} >>"
            )),
            ENCRYPTED,
        ),
        attack(
            "encrypted-with-huge-key.pdf",
            encrypted(&format!(
                "<< /Filter /Standard /V 2 /R 3 /Length 2147483640 /P -44 /O {wrong} /U () >>"
            )),
            ENCRYPTED,
        ),
        attack(
            "encrypted-in-a-circle.pdf",
            Pdf::heron().object(9, "9 0 R").trailer("/Encrypt 9 0 R").finish(),
            &["extracted", "encrypted", "malformed"],
        ),
    ]
}

fn garbage() -> Vec<Attack> {
    let after = |bytes: &[u8]| [b"%PDF-1.7\n", bytes].concat();
    let headers = "1 0 obj\n".repeat(400_000);
    let noise = (0..1u32 << 20).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8);
    let noise: Vec<u8> = noise.collect();
    let mut junk_first = vec![b'\n'; 1000];
    junk_first.extend(report());
    vec![
        attack("header-alone.pdf", "%PDF-", REFUSED),
        attack("header-and-noise.pdf", after(&noise), REFUSED),
        attack("objects-that-never-end.pdf", after(headers.as_bytes()), REFUSED),
        attack("dictionaries-million.pdf", after("<<".repeat(1_000_000).as_bytes()), REFUSED),
        attack("comment-of-megabytes.pdf", after(&vec![b'%'; 4 << 20]), REFUSED),
        attack(
            "startxref-thousands.pdf",
            after("startxref\n9\n".repeat(100_000).as_bytes()),
            REFUSED,
        ),
        attack("behind-a-kilobyte.pdf", junk_first, READ_OR_REFUSED),
        attack("two-thousand-updates.pdf", updates(2_000), READ_OR_REFUSED),
    ]
}

/// A file that was changed so often, each time with a table that names the one before.
fn updates(count: usize) -> Vec<u8> {
    let mut out = Pdf::page(text(HERON)).finish();
    let mut before = out.windows(5).position(|window| window == b"xref\n").unwrap();
    for _ in 0..count {
        let start = out.len();
        out.extend(
            format!("xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev {before} >>\nstartxref\n{start}\n%%EOF\n")
                .bytes(),
        );
        before = start;
    }
    out
}
