//! Predefined maps whose codes are characters of an encoding that is known by itself: Unicode, or
//! the national ones of East Asia.

use encoding_rs::Encoding;

/// Such an encoding.
#[derive(Clone, Copy, Debug)]
pub(super) struct Legacy {
    kind: Kind,
    pub vertical: bool,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Utf16,
    Utf32,
    Utf8,
    /// One byte below 0x80, two above.
    Double(&'static Encoding),
    /// As [`Kind::Double`], and one byte for the narrow kana too.
    ShiftJis,
}

impl Legacy {
    /// By the name of the predefined map; nothing for the identity and for names not known.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        let name = std::str::from_utf8(name).ok()?;
        let has = |part: &str| name.contains(part);
        let kind = if has("UTF16") || has("UCS2") {
            Kind::Utf16
        } else if has("UTF32") {
            Kind::Utf32
        } else if has("UTF8") {
            Kind::Utf8
        } else if has("RKSJ") {
            Kind::ShiftJis
        } else if has("GBK") || has("GB-EUC") || has("GBpc") {
            Kind::Double(encoding_rs::GB18030)
        } else if has("B5") || has("ETen") {
            Kind::Double(encoding_rs::BIG5)
        } else if has("KSC") {
            Kind::Double(encoding_rs::EUC_KR)
        } else if name == "EUC-H" || name == "EUC-V" {
            Kind::Double(encoding_rs::EUC_JP)
        } else {
            return None;
        };
        Some(Self { kind, vertical: name.ends_with("-V") })
    }

    /// The first code of a string and its length in bytes; at least one.
    pub(super) fn split(self, string: &[u8]) -> (u32, usize) {
        let first = string.first().copied().unwrap_or_default();
        let len = match self.kind {
            Kind::Utf16 if (0xd8..=0xdb).contains(&first) => 4,
            Kind::Utf16 => 2,
            Kind::Utf32 => 4,
            Kind::Utf8 => match first {
                0xc0..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0.. => 4,
                _ => 1,
            },
            Kind::ShiftJis if matches!(first, 0xa0..=0xdf) => 1,
            Kind::ShiftJis | Kind::Double(_) => 1 + usize::from(first >= 0x80),
        };
        let len = len.min(string.len()).max(1);
        (string.iter().take(len).fold(0, |code, &byte| code << 8 | u32::from(byte)), len)
    }

    /// What the bytes of one code stand for.
    pub(super) fn text(self, code: &[u8], out: &mut String) {
        let encoding = match self.kind {
            Kind::Utf16 => encoding_rs::UTF_16BE,
            Kind::Utf8 => encoding_rs::UTF_8,
            Kind::ShiftJis => encoding_rs::SHIFT_JIS,
            Kind::Double(encoding) => encoding,
            Kind::Utf32 => {
                let number = code.iter().fold(0, |code, &byte| code << 8 | u32::from(byte));
                out.extend(char::from_u32(number));
                return;
            }
        };
        let (text, malformed) = encoding.decode_without_bom_handling(code);
        if !malformed {
            out.push_str(&text);
        }
    }
}
