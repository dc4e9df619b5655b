//! Files made at random from sound ones: whatever they hold, reading them ends in a result.

use std::time::{Duration, Instant};

use super::{Builder, HELVETICA, try_read};

/// Files tried for each sound one.
const MUTATIONS: u64 = 400;

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap()
    }
}

/// What means much to a reader.
const TOKENS: [&[u8]; 20] = [
    b"0",
    b"-1",
    b"65535",
    b"4294967295",
    b"9223372036854775807",
    b"[",
    b"<<",
    b">>",
    b"(",
    b"<",
    b"1 0 R",
    b"2 0 R",
    b"5 0 R",
    b"stream\n",
    b"endobj",
    b"/Kids",
    b"/Filter /FlateDecode",
    b"/Length 1",
    b"BI ID",
    b"Do",
];

fn mutate(file: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut file = file.to_vec();
    for _ in 0..=numbers.below(12) {
        let at = numbers.below(file.len());
        let end = (at + numbers.below(60)).min(file.len());
        match numbers.below(6) {
            0 => file[at] ^= 1 << numbers.below(8),
            1 => file[at] = b'0' + numbers.below(10) as u8,
            2 => drop(file.drain(at..end)),
            3 => {
                let part = file[at..end].to_vec();
                let to = numbers.below(file.len());
                file.splice(to..to, part);
            }
            4 => {
                let token = TOKENS[numbers.below(TOKENS.len())];
                file.splice(at..at, token.iter().copied());
            }
            _ => {
                let token = TOKENS[numbers.below(TOKENS.len())];
                let end = (at + token.len()).min(file.len());
                file.splice(at..end, token.iter().copied());
            }
        }
        if file.is_empty() {
            file.push(b'%');
        }
    }
    if numbers.below(20) == 0 {
        file.truncate(numbers.below(file.len()));
    }
    file
}

/// A page with something of everything.
fn rich() -> Vec<u8> {
    let mut builder = Builder::new();
    let plain = builder.object(HELVETICA);
    let map = builder.stream(
        "",
        "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange <0041> <0045> <0430> <0050> <0051> [<0061> <00620063>] endbfrange 1 beginbfchar <0060> <D83DDE00> endbfchar endcmap",
    );
    let inner = builder.object("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+T /DW 500 /W [65 [400 500] 80 81 600] >>");
    let composite = builder.object(format!("<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+T /Encoding /Identity-H /DescendantFonts [{inner} 0 R] /ToUnicode {map} 0 R >>"));
    let glyph = builder.stream("", "700 0 d0 0 0 700 700 re f");
    let drawn = builder.object(format!("<< /Type /Font /Subtype /Type3 /FontMatrix [0.001 0 0 0.001 0 0] /FontBBox [0 0 700 700] /CharProcs << /A {glyph} 0 R >> /Encoding << /Differences [65 /A /f_i /uni00E9] >> >>"));
    let form = builder.stream(
        &format!("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [1 0 0 1 5 5] /Resources << /Font << /F {plain} 0 R >> >>"),
        "BT /F 10 Tf 10 20 Td (form) Tj ET",
    );
    let image = builder.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1", "x");
    let layer = builder.object("<< /Type /OCG /Name (off) >>");
    builder.catalog(&format!(
        "/Lang (en) /OCProperties << /OCGs [{layer} 0 R] /D << /OFF [{layer} 0 R] >> >>"
    ));
    let resources = format!(
        "/Resources << /Font << /F {plain} 0 R /G {composite} 0 R /H {drawn} 0 R >> /XObject << /X {form} 0 R /I {image} 0 R >> /Properties << /O {layer} 0 R >> >>"
    );
    let content = "q 1 0 0 1 0 0 cm 100 700 144 0.5 re f 0 0 600 800 re W n BT /F 10 Tf 12 TL 100 700 Td (A\\(b\\)) Tj [(A) -200 (B)] TJ T* /Span << /ActualText <FEFF0041> >> BDC (x) Tj EMC /OC /O BDC (y) Tj EMC /G 9 Tf <004100500060> Tj /H 8 Tf (ABC) ' ET Q q 90 0 0 90 0 0 cm /I Do Q /X Do BI /W 1 /H 1 /BPC 8 /CS /G ID x EI";
    builder.page(&resources, content);
    builder.page(&format!("{resources} /Rotate 90 /CropBox [10 10 500 700]"), content);
    builder.build()
}

#[test]
fn mutated_files_end_in_a_result() {
    let sound = rich();
    assert!(try_read(&sound).unwrap().warnings.is_empty());
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut read = 0;
    for _ in 0..MUTATIONS {
        let file = mutate(&sound, &mut numbers);
        let start = Instant::now();
        read += u64::from(try_read(&file).is_ok());
        assert!(start.elapsed() < Duration::from_secs(10));
    }
    // Most damage is small, and most of it can be read over.
    assert!(read > MUTATIONS / 2, "{read} of {MUTATIONS} were read");
}
