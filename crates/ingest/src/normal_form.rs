//! The form every text leaves the readers in.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Marks of footnotes travel inside the text between these two until they are matched with their
/// notes; private-use characters of the source are dropped first, so they cannot be forged.
pub(crate) const MARK_START: char = '\u{E000}';
/// The end of a footnote mark.
pub(crate) const MARK_END: char = '\u{E001}';

/// Stands behind a hyphen at the end of a line until the words of the document are known: then either
/// both go or the hyphen stays alone.
pub(crate) const LINE_HYPHEN: char = '\u{E002}';

/// Unicode normalization form C, runs of white space (no-break and thin spaces too) as one space,
/// none at the ends; soft hyphens, zero-width characters, controls and private-use characters
/// dropped, all but [`LINE_HYPHEN`].
pub(crate) fn clean(text: &str) -> String {
    collapse(text.chars().filter(|c| !is_private(*c)))
}

/// As [`clean`], keeping the marks that a reader has set.
pub(crate) fn clean_with_marks(text: &str) -> String {
    collapse(text.chars().filter(|c| matches!(*c, MARK_START | MARK_END) || !is_private(*c)))
}

fn is_private(c: char) -> bool {
    c != LINE_HYPHEN && matches!(c, '\u{E000}'..='\u{F8FF}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFD}'..='\u{FFFF}')
        || (c.is_control() && !c.is_whitespace())
}

fn collapse(characters: impl Iterator<Item = char> + Clone) -> String {
    let visible = characters.filter(|c| !is_invisible(*c));
    // Nearly every text is in this form already; composing it anew costs many times the check.
    match is_nfc_quick(visible.clone()) {
        IsNormalized::Yes => single_spaced(visible),
        IsNormalized::No | IsNormalized::Maybe => single_spaced(visible.nfc()),
    }
}

fn single_spaced(characters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut space = false;
    for c in characters {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if space && !out.is_empty() {
            out.push(' ');
        }
        space = false;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaned() {
        let table = [
            ("  a\u{a0}\n b ", "a b"),
            ("pac\u{ad}to", "pacto"),
            ("e\u{301}", "é"),
            ("a\u{0}b\u{202e}c", "abc"),
            ("x\u{E000}1\u{E001}", "x1"),
        ];
        for (given, expected) in table {
            assert_eq!(clean(given), expected);
        }
        assert_eq!(clean_with_marks("x\u{E000}1\u{E001} y"), "x\u{E000}1\u{E001} y");
    }
}
