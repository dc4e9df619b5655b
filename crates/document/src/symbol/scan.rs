//! Symbols in running text.

use std::ops::Range;

use super::{MAX_BYTES, Symbol};

/// The symbols of a text from left to right, each with its byte range. Made by [`Symbol::scan`].
#[derive(Clone, Debug)]
pub struct SymbolScan<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> SymbolScan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The longest stretch from `start` that could be one symbol.
    fn candidate(&self, start: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let limit = bytes.len().min(start + MAX_BYTES);
        let mut end = start;
        while let Some(&byte) = bytes.get(end).filter(|_| end < limit) {
            match byte {
                b'/' | b'.' | b'-' => end += 1,
                _ if byte.is_ascii_alphanumeric() => end += 1,
                b'(' | b' ' | 0xC2 => match self.part(end).or_else(|| self.qualifier(end, limit)) {
                    Some(after) => end = after,
                    None => break,
                },
                _ => break,
            }
        }
        start..end
    }

    /// The end of the letter in `/Part A`.
    fn part(&self, at: usize) -> Option<usize> {
        let before = self.text.get(..at)?;
        let rest = self.text.get(at..)?.strip_prefix(' ')?;
        let mut characters = rest.chars();
        let letter = characters.next().filter(|c| matches!(c, 'A'..='H'));
        let alone = !characters.next().is_some_and(char::is_alphanumeric);
        (before.ends_with("/Part") && letter.is_some() && alone).then_some(at + 2)
    }

    /// The end of a parenthesis that belongs to the symbol, such as `(2000)`, `(XXI)`, `(Part I)`,
    /// with at most one space before it.
    fn qualifier(&self, at: usize, limit: usize) -> Option<usize> {
        let rest = self.text.get(at..limit)?;
        let inner = rest.strip_prefix([' ', '\u{a0}']).unwrap_or(rest).strip_prefix('(')?;
        let close = inner.find(')')?;
        let content = inner.get(..close)?;
        let spaced = inner.len() + 1 < rest.len();
        let year = content.len() == 4 && content.bytes().all(|b| b.is_ascii_digit());
        let roman = |text: &str| {
            let numeral = text.trim_start_matches("ES-").trim_start_matches("S-");
            !numeral.is_empty() && numeral.chars().all(|c| "IVXLC".contains(c))
        };
        let named = ["Part", "Vol.", "Sect.", "Resumption", "Supp", "Income sect."]
            .iter()
            .any(|word| content.starts_with(word));
        // After a space only what is plainly part of a symbol; glued, also numbers: `COP(14)`.
        let belongs = year
            || roman(content)
            || named
            || (!spaced
                && !content.is_empty()
                && content.bytes().all(|b| b.is_ascii_alphanumeric()));
        belongs.then(|| at + (rest.len() - inner.len()) + close + 1)
    }
}

impl Iterator for SymbolScan<'_> {
    type Item = (Range<usize>, Symbol);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        while let Some(offset) = bytes.get(self.at..)?.iter().position(|b| *b == b'/') {
            let stroke = self.at + offset;
            // The root: the capitals before the first stroke, on a word border.
            let capitals = bytes
                .get(self.at..stroke)
                .unwrap_or_default()
                .iter()
                .rev()
                .take_while(|b| b.is_ascii_uppercase())
                .take(13)
                .count();
            let start = stroke - capitals;
            let before = self.text.get(..start).and_then(|t| t.chars().next_back());
            let on_border = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_'))
                // The address of a document ends with its symbol.
                || self.text.get(..start).is_some_and(|t| {
                    ["undocs.org/", "/ar/", "/zh/", "/en/", "/fr/", "/ru/", "/es/"].iter().any(|p| t.ends_with(p))
                });
            if capitals == 0 || capitals > 12 || !on_border {
                self.at = stroke + 1;
                continue;
            }
            let range = self.candidate(start);
            let found = self.text.get(range.clone()).unwrap_or_default();
            let trimmed = found.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
            let has_digit = trimmed.bytes().any(|b| b.is_ascii_digit());
            self.at = range.end.max(stroke + 1);
            if let (true, Ok(symbol)) = (has_digit, trimmed.parse::<Symbol>()) {
                return Some((start..start + trimmed.len(), symbol));
            }
        }
        self.at = bytes.len();
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        Symbol::scan(text).map(|(_, symbol)| symbol.to_string()).collect()
    }

    #[test]
    fn symbols_in_sentences() {
        // (text, symbols)
        let table: [(&str, &[&str]); 11] = [
            ("(A/81/6 (Sect. 13)/Part A), A/81/50", &["A/81/6 (Sect. 13)/Part A", "A/81/50"]),
            ("see A/65/201, A/68/98* and A/70/174.", &["A/65/201", "A/68/98", "A/70/174"]),
            ("resolution S/RES/1325 (2000) of the Council", &["S/RES/1325 (2000)"]),
            ("in A/AC.290/2021/L.2.", &["A/AC.290/2021/L.2"]),
            ("(A/78/404, para. 14)", &["A/78/404"]),
            ("https://undocs.org/es/A/RES/73/27", &["A/RES/73/27"]),
            ("and/or, TCP/IP, 1/2, km/h", &[]),
            ("document A/HRC/49/2 (see annex)", &["A/HRC/49/2"]),
            ("A/81/6 (Sect. 13) and A/62/PV.117", &["A/81/6 (Sect. 13)", "A/62/PV.117"]),
            ("https://www.un.org/A/page", &[]),
            ("", &[]),
        ];
        for (text, symbols) in table {
            assert_eq!(found(text), symbols, "{text}");
        }
    }

    #[test]
    fn offsets_cover_the_printed_form() {
        let text = "véase S/RES/1325 (2000), párr. 2";
        let (range, _) = Symbol::scan(text).next().unwrap();
        assert_eq!(&text[range], "S/RES/1325 (2000)");
    }
}
