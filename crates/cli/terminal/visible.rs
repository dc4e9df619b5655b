//! Text from outside, made safe for a terminal.

use std::borrow::Cow;
use std::fmt::Write;

/// Shows what a terminal would obey or hide: control characters, overrides of writing direction and
/// characters without width appear as escapes such as `\u{1b}`. Line ends and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_become_text() {
        let table = [
            ("plain", "plain"),
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("x\u{202e}y", "x\\u{202e}y"),
            ("z\u{200b}", "z\\u{200b}"),
            ("line\nand\ttab", "line\nand\ttab"),
            ("bell\u{7}\r", "bell\\u{7}\\u{d}"),
        ];
        for (given, expected) in table {
            assert_eq!(visible(given), expected);
        }
    }
}
