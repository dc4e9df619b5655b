//! Whole numbers that the parser cannot hold: one of them would cost the object that it stands in,
//! a page for one side of its box.

use std::borrow::Cow;

/// Digits from which a number may be too large for the parser, which holds 64 bits.
const DIGITS: usize = 19;

/// What stands for numbers that are too large: the most that the format promises (ISO 32000-1,
/// annex C).
const LARGEST: &[u8] = b"2147483647";

/// The file with such numbers made smaller. Everything stays at its place: zeros before a number
/// count for nothing.
///
/// Only numbers in objects outside their streams are looked at. Digits between spaces in a string
/// are taken for a number too, which no text that anybody searches is.
pub(super) fn made_to_fit(file: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Cow::Borrowed(file);
    let mut place = Place::default();
    let mut at = 0;
    // A run of so many digits cannot lie between two looks.
    while let Some(byte) = file.get(at + DIGITS - 1) {
        if !byte.is_ascii_digit() {
            at += DIGITS;
            continue;
        }
        let look = file.get(at..at + DIGITS).unwrap_or_default();
        let start = at + look.iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |p| p + 1);
        let rest = file.get(start..).unwrap_or_default();
        let length = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        let digits = rest.get(..length).unwrap_or_default();
        at = start + length;
        if is_too_large(digits)
            && is_number(file, start, at)
            && place.is_in_object(file, start)
            && let Some(digits) = out.to_mut().get_mut(start..at)
        {
            digits.fill(b'0');
            let zeros = length.saturating_sub(LARGEST.len());
            for (digit, byte) in digits.iter_mut().skip(zeros).zip(LARGEST) {
                *digit = *byte;
            }
        }
    }
    out
}

fn is_too_large(digits: &[u8]) -> bool {
    digits.len() >= DIGITS
        && std::str::from_utf8(digits).is_ok_and(|digits| digits.parse::<i64>().is_err())
}

/// Whether digits are all of a whole number.
fn is_number(file: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| file.get(at));
    let begins = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'[' | b'+' | b'-');
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b']' | b'>' | b'/' | b'[');
    before.is_some_and(begins) && file.get(end).is_none_or(ends)
}

/// Where the looking has come to.
#[derive(Default)]
struct Place {
    at: usize,
    in_object: bool,
}

impl Place {
    /// Whether a place, none before the last one, is in an object and not in its stream.
    fn is_in_object(&mut self, file: &[u8], at: usize) -> bool {
        let passed = file.get(self.at..at).unwrap_or_default();
        let last = |word: &[u8]| passed.windows(word.len()).rposition(|found| found == word);
        let (object, stream) = (last(b"obj"), last(b"stream"));
        if object > stream {
            let before = object.and_then(|at| passed.get(..at)).unwrap_or_default();
            self.in_object = !before.ends_with(b"end");
        } else if stream.is_some() {
            self.in_object = false;
        }
        self.at = at;
        self.in_object
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_do_not_fit() {
        // (file, what becomes of it, why)
        let table = [
            ("1 0 obj [0 99999999999999999999 5]", "1 0 obj [0 00000000002147483647 5]", "a box"),
            (
                "1 0 obj <</A -99999999999999999999>>",
                "1 0 obj <</A -00000000002147483647>>",
                "sign",
            ),
            ("1 0 obj [9223372036854775807]", "1 0 obj [9223372036854775807]", "it fits"),
            (
                "1 0 obj [00000000000000000000000612]",
                "1 0 obj [00000000000000000000000612]",
                "zeros",
            ),
            (
                "1 0 obj [99999999999999999999.5]",
                "1 0 obj [99999999999999999999.5]",
                "no whole number",
            ),
            ("1 0 obj <99999999999999999999>", "1 0 obj <99999999999999999999>", "hexadecimal"),
            (
                "1 0 obj stream 99999999999999999999 endstream endobj",
                "1 0 obj stream 99999999999999999999 endstream endobj",
                "content",
            ),
            (
                "1 0 obj endobj startxref 99999999999999999999",
                "1 0 obj endobj startxref 99999999999999999999",
                "a place in the file",
            ),
            (
                "1 0 obj stream endstream endobj 2 0 obj [99999999999999999999 88888888888888888888]",
                "1 0 obj stream endstream endobj 2 0 obj [00000000002147483647 00000000002147483647]",
                "two of them, after a stream",
            ),
        ];
        for (file, expected, why) in table {
            let found = made_to_fit(file.as_bytes());
            assert_eq!(String::from_utf8_lossy(&found), expected, "{why}");
        }
    }
}
