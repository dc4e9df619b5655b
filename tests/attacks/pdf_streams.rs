//! PDF files whose streams become more than they are, or are not what they state.

use super::bombs::{lzw_of_zeros, zlib, zlib_of_zeros};
use super::pdf_file::{HERON, Pdf, text};
use super::{ANY, Attack, READ, READ_OR_LIMIT, READ_OR_REFUSED, attack};

/// What bombs become: more than a reader may hold, and than a machine may have.
const BOMB_MEBIBYTES: usize = 1024;

pub(crate) fn attacks() -> Vec<Attack> {
    let mut attacks = bombs();
    attacks.extend(predictors());
    attacks.extend(lengths());
    attacks
}

/// A page with this stream as content, before another page that can be read.
fn beside_heron(entries: &str, data: impl AsRef<[u8]>) -> Vec<u8> {
    two_pages(Pdf::heron().stream(9, entries, data))
}

fn two_pages(pdf: Pdf) -> Vec<u8> {
    pdf.object(
        2,
        "<< /Type /Pages /Kids [8 0 R 3 0 R] /Count 2 /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> >>",
    )
    .object(8, "<< /Type /Page /Parent 2 0 R /Contents 9 0 R >>")
    .finish()
}

fn bombs() -> Vec<Attack> {
    let bomb = zlib_of_zeros(BOMB_MEBIBYTES);
    let chained = zlib(&bomb);
    let thrice = zlib(&chained);
    // A stream of 60 MiB that a page names so often.
    let named = format!("[{}]", "9 0 R ".repeat(20_000));
    let repeated = Pdf::heron()
        .stream(9, "/Filter /FlateDecode", zlib_of_zeros(60))
        .object(3, format!("<< /Type /Page /Parent 2 0 R /Contents {named} >>"));
    let mut hundreds = Pdf::heron();
    let mut kids = String::new();
    let flate = zlib_of_zeros(60);
    for at in 0..100 {
        kids.push_str(&format!("{} 0 R ", 10 + 2 * at));
        hundreds = hundreds
            .add(10 + 2 * at, format!("<< /Type /Page /Contents {} 0 R >>", 11 + 2 * at))
            .stream(11 + 2 * at, "/Filter /FlateDecode", &flate);
    }
    let hundreds = hundreds.object(2, format!("<< /Type /Pages /Count 100 /Kids [{kids}] >>"));
    let filters = format!("/Filter [{}]", "/FlateDecode ".repeat(2_000));
    let run_lengths: Vec<u8> = [0x81, 0x00].repeat(4 << 20);
    let in_object_stream = Pdf::heron().stream(
        9,
        "/Type /ObjStm /N 1 /First 10 /Filter /FlateDecode",
        zlib_of_zeros(BOMB_MEBIBYTES),
    );
    vec![
        attack("flate-bomb.pdf", beside_heron("/Filter /FlateDecode", &bomb), READ_OR_LIMIT),
        attack(
            "flate-bomb-in-a-bomb.pdf",
            beside_heron("/Filter [/FlateDecode /FlateDecode]", &chained),
            READ_OR_LIMIT,
        ),
        attack(
            "flate-bomb-in-two-bombs.pdf",
            beside_heron("/Filter [/FlateDecode /FlateDecode /FlateDecode]", &thrice),
            READ_OR_LIMIT,
        ),
        attack(
            "lzw-bomb.pdf",
            beside_heron("/Filter /LZWDecode", lzw_of_zeros(100)),
            READ_OR_LIMIT,
        ),
        attack(
            "run-length-bomb.pdf",
            beside_heron("/Filter /RunLengthDecode", run_lengths),
            READ_OR_LIMIT,
        ),
        attack("object-stream-bomb.pdf", in_object_stream.finish(), READ_OR_LIMIT),
        attack("stream-of-60-mib-20000-times.pdf", repeated.finish(), ANY),
        attack("streams-of-60-mib.pdf", hundreds.finish(), ANY),
        attack("filters-2000.pdf", beside_heron(&filters, b"x"), READ),
        attack("filter-unknown.pdf", beside_heron("/Filter /NobodyDecode", b"x"), READ),
        attack("filter-names-itself.pdf", beside_heron("/Filter 9 0 R", b"x"), READ),
    ]
}

fn predictors() -> Vec<Attack> {
    let with = |parameters: &str| {
        beside_heron(
            &format!("/Filter /FlateDecode /DecodeParms << {parameters} >>"),
            zlib(&text(HERON)),
        )
    };
    vec![
        attack(
            "predictor-with-huge-columns.pdf",
            with("/Predictor 15 /Columns 2147483647 /Colors 32 /BitsPerComponent 16"),
            READ_OR_LIMIT,
        ),
        attack(
            "predictor-beyond-numbers.pdf",
            with("/Predictor 12 /Columns 9223372036854775807 /Colors 9223372036854775807"),
            READ,
        ),
        attack("predictor-without-columns.pdf", with("/Predictor 15 /Columns 0"), READ),
        attack("predictor-negative.pdf", with("/Predictor 2 /Columns -1 /Colors -3"), READ),
        attack(
            "early-change-huge.pdf",
            beside_heron("/Filter /LZWDecode /DecodeParms << /EarlyChange 99999 >>", [128, 11, 96]),
            READ,
        ),
    ]
}

fn lengths() -> Vec<Attack> {
    let lying =
        |length: &str| two_pages(Pdf::heron().stream_of_length(9, "", length, text("Liars hide.")));
    vec![
        attack("length-huge.pdf", lying("4294967295"), READ_OR_REFUSED),
        attack("length-beyond-numbers.pdf", lying("99999999999999999999999"), READ_OR_REFUSED),
        attack("length-negative.pdf", lying("-5"), READ_OR_REFUSED),
        attack("length-nothing.pdf", lying("0"), READ_OR_REFUSED),
        attack("length-of-itself.pdf", lying("9 0 R"), READ_OR_REFUSED),
        attack("length-of-nobody.pdf", lying("77 0 R"), READ_OR_REFUSED),
        attack("length-no-number.pdf", lying("/Long"), READ_OR_REFUSED),
    ]
}
