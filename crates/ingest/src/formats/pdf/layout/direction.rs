//! Rows written from right to left. Files place their glyphs from left to right all the same; the
//! text is wanted in the order it is read in.

use unicode_normalization::UnicodeNormalization;

use super::segments::Segment;
use crate::formats::pdf::page::Glyph;

/// Whether a character is a letter of a script written from right to left: Hebrew, Arabic, and the
/// forms of their letters that fonts draw.
fn is_rightward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Whether most letters of a row are written from right to left.
pub(super) fn runs_leftward<'g>(glyphs: impl Iterator<Item = &'g Glyph>) -> bool {
    let (mut rightward, mut letters) = (0usize, 0usize);
    for c in glyphs.flat_map(|glyph| glyph.text.as_str().chars()) {
        letters += usize::from(c.is_alphabetic());
        rightward += usize::from(is_rightward(c));
    }
    rightward * 2 > letters && rightward > 0
}

/// A glyph as in a mirror, so that what is read first comes first.
pub(super) fn mirrored(glyph: &Glyph) -> Glyph {
    Glyph { x: -(glyph.x + glyph.width), ..*glyph }
}

/// Turns a segment of mirrored glyphs back: its place, and the words and numbers in it that are written
/// from left to right.
pub(super) fn turned(segment: Segment) -> Segment {
    Segment {
        x0: -segment.x1,
        x1: -segment.x0,
        text: read(&segment.text),
        gaps: Vec::new(),
        ..segment
    }
}

fn read(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    for c in text.chars() {
        if is_rightward(c) || run.is_empty() && !c.is_alphanumeric() {
            flush(&mut out, &mut run);
            // Forms of letters become the letters.
            out.extend(std::iter::once(c).nfkc());
        } else {
            run.push(c);
        }
    }
    flush(&mut out, &mut run);
    out
}

/// Appends a run that was read in the wrong direction; what stands around its words stays outside.
fn flush(out: &mut String, run: &mut Vec<char>) {
    let words = run.iter().rposition(|c| c.is_alphanumeric()).map_or(0, |at| at + 1);
    let around: Vec<char> = run.drain(words..).collect();
    out.extend(run.drain(..).rev());
    out.extend(around);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_of_reading() {
        // (as placed, mirrored; as read; why)
        let table = [
            ("قرار 232/97/A", "قرار A/79/232", "a symbol in the text"),
            ("عام 4202 في", "عام 2024 في", "a year"),
            ("(أ) نص", "(أ) نص", "no letters from left to right"),
            ("snoitaN detinU نص", "United Nations نص", "words"),
            ("\u{FE8E}\u{FE91}", "اب", "forms of letters"),
        ];
        for (given, expected, why) in table {
            assert_eq!(read(given), expected, "{why}");
        }
    }
}
