//! The tokens of content streams and character maps, read in place without allocation.

use std::borrow::Cow;

/// One token. Names, strings and words are given as they stand in the stream.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Number(f32),
    /// Without the slash, `#` escapes not undone: see [`unescape`].
    Name(&'a [u8]),
    /// Between the outer parentheses, escapes not undone: see [`literal`].
    Literal(&'a [u8]),
    /// Between the angle brackets: see [`hex`].
    Hex(&'a [u8]),
    ArrayOpen,
    ArrayClose,
    DictOpen,
    DictClose,
    /// An operator, `true`, `false` or `null`.
    Word(&'a [u8]),
}

/// Reads tokens one after another; what is no token is skipped.
#[derive(Clone, Debug)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0 | 0x0c)
}

/// Whether each byte may stand in a name or an operator: asked for every byte of a file's content.
static REGULAR: [bool; 256] = {
    let mut regular = [true; 256];
    let special = b" \n\r\t\0\x0c()<>[]{}/%";
    let mut at = 0;
    #[allow(clippy::indexing_slicing, reason = "computed at build time")]
    while at < special.len() {
        regular[special[at] as usize] = false;
        at += 1;
    }
    regular
};

fn is_regular(byte: u8) -> bool {
    REGULAR.get(usize::from(byte)).copied().unwrap_or(false)
}

/// Powers of ten by which decimals are divided.
const POWERS: [f64; 10] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
/// Numbers above this are beyond any page and any map; digits behind it are dropped.
const LARGEST: u64 = 1_000_000_000_000;

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// What is not yet read.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Leaves out bytes.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes).min(self.bytes.len());
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// Takes bytes while they are wanted.
    fn take(&mut self, wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let len = rest.iter().position(|&byte| !wanted(byte)).unwrap_or(rest.len());
        self.at += len;
        rest.get(..len).unwrap_or_default()
    }

    /// The body of a literal string, after its opening parenthesis.
    fn literal(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let mut depth = 1_u32;
        let mut escaped = false;
        for (at, &byte) in rest.iter().enumerate() {
            if escaped {
                escaped = false;
                continue;
            }
            match byte {
                b'\\' => escaped = true,
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += at + 1;
                        return rest.get(..at).unwrap_or_default();
                    }
                }
                _ => {}
            }
        }
        self.at = self.bytes.len();
        rest
    }

    /// The body of a hexadecimal string, after its opening bracket.
    fn hex(&mut self) -> &'a [u8] {
        let body = self.take(|byte| byte != b'>');
        self.at = (self.at + 1).min(self.bytes.len());
        body
    }

    /// A number, leniently: signs inside are skipped, a second point ends it.
    fn number(&mut self) -> f32 {
        let text = self.take(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
        let negative = text.first() == Some(&b'-');
        let (mut digits, mut decimals, mut fraction) = (0_u64, 0_usize, false);
        for &byte in text {
            match byte {
                b'0'..=b'9' if fraction && decimals + 1 >= POWERS.len() => {}
                b'0'..=b'9' if digits < LARGEST => {
                    digits = digits * 10 + u64::from(byte - b'0');
                    decimals += usize::from(fraction);
                }
                b'.' if fraction => break,
                b'.' => fraction = true,
                _ => {}
            }
        }
        let value = digits as f64 / POWERS.get(decimals).copied().unwrap_or(1.0);
        let value = if negative { -value } else { value };
        // Past any page and any map; keeps what is computed from it finite.
        value.clamp(-1e9, 1e9) as f32
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek(0)?;
            return Some(match byte {
                b' ' | b'\n' | b'\r' | b'\t' | 0 | 0x0c => {
                    self.at += 1;
                    continue;
                }
                b'%' => {
                    self.take(|byte| byte != b'\n' && byte != b'\r');
                    continue;
                }
                b'0'..=b'9' | b'+' | b'-' | b'.' => Token::Number(self.number()),
                b'/' => {
                    self.at += 1;
                    Token::Name(self.take(is_regular))
                }
                b'(' => {
                    self.at += 1;
                    Token::Literal(self.literal())
                }
                b'<' if self.peek(1) == Some(b'<') => {
                    self.at += 2;
                    Token::DictOpen
                }
                b'<' => {
                    self.at += 1;
                    Token::Hex(self.hex())
                }
                b'>' if self.peek(1) == Some(b'>') => {
                    self.at += 2;
                    Token::DictClose
                }
                b'[' => {
                    self.at += 1;
                    Token::ArrayOpen
                }
                b']' => {
                    self.at += 1;
                    Token::ArrayClose
                }
                b'>' | b')' | b'{' | b'}' => {
                    self.at += 1;
                    continue;
                }
                _ => Token::Word(self.take(is_regular)),
            });
        }
    }
}

/// A name with its `#41` escapes undone.
pub(super) fn unescape(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'#') {
        return Cow::Borrowed(name);
    }
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if let (b'#', [high, low, after @ ..]) = (byte, tail)
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            out.push(high << 4 | low);
            rest = after;
        } else {
            out.push(byte);
        }
    }
    Cow::Owned(out)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Writes a hexadecimal string's bytes behind `out`; a last single digit counts as the high one.
pub(super) fn hex(body: &[u8], out: &mut Vec<u8>) {
    let mut high = None;
    for digit in body.iter().filter_map(|&byte| digit(byte)) {
        match high.take() {
            None => high = Some(digit),
            Some(high) => out.push(high << 4 | digit),
        }
    }
    out.extend(high.map(|high| high << 4));
}

/// Writes a literal string's bytes behind `out`.
pub(super) fn literal(body: &[u8], out: &mut Vec<u8>) {
    let mut rest = body;
    while let Some(at) = rest.iter().position(|&byte| byte == b'\\') {
        out.extend_from_slice(rest.get(..at).unwrap_or_default());
        rest = escape(rest.get(at + 1..).unwrap_or_default(), out);
    }
    out.extend_from_slice(rest);
}

/// Undoes one escape, after its backslash; gives what follows it.
fn escape<'a>(after: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
    let Some((&byte, rest)) = after.split_first() else {
        return after;
    };
    match byte {
        b'0'..=b'7' => {
            let digits = after.iter().take(3).take_while(|byte| (b'0'..=b'7').contains(byte));
            let len = digits.clone().count();
            let value = digits.fold(0_u32, |value, digit| value * 8 + u32::from(digit - b'0'));
            // The format says that what is above a byte is dropped.
            out.push((value & 0xff) as u8);
            return after.get(len..).unwrap_or_default();
        }
        b'n' => out.push(b'\n'),
        b'r' => out.push(b'\r'),
        b't' => out.push(b'\t'),
        b'b' => out.push(8),
        b'f' => out.push(0x0c),
        b'\r' => return rest.strip_prefix(b"\n").unwrap_or(rest),
        b'\n' => {}
        other => out.push(other),
    }
    rest
}
