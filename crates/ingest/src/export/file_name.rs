//! Names for files that hold one document.

use undex_document::{Document, Language, Symbol};

/// A file name for a document, as [`name_of`] makes it.
pub fn file_name(document: &Document, extension: &str) -> String {
    name_of(&document.symbol, document.language, extension)
}

/// A file name for the document of a symbol in a language: its symbol, its language and the extension, such as
/// `A_RES_78_237.es.xml`.
///
/// A symbol looks like a path and is never used as one: its strokes become underscores, and
/// everything but letters and digits of ASCII, hyphens, parentheses and full stops becomes `%` and
/// its bytes in hexadecimal, so that two symbols never share a name. The name has no folder in it
/// and never begins with a full stop.
pub fn name_of(symbol: &Symbol, language: Language, extension: &str) -> String {
    use std::fmt::Write;
    let mut name = String::new();
    for byte in symbol.as_str().bytes() {
        match byte {
            b'/' => name.push('_'),
            b'.' if name.is_empty() => name.push_str("%2E"),
            b'-' if name.is_empty() => name.push_str("%2D"),
            b'-' | b'.' | b'(' | b')' => name.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => name.push(char::from(byte)),
            _ => {
                let _ = write!(name, "%{byte:02X}");
            }
        }
    }
    let _ = write!(name, ".{language}.{extension}");
    name
}

#[cfg(test)]
mod tests {
    use crate::{Catalogue, Context, Extractor, Limits};

    use super::*;

    #[test]
    fn names_hold_no_path() {
        let extractor = Extractor::new(Catalogue::default(), Limits::default());
        let text = "The group looked at the maps of the region and at the clocks of the towers.";
        let mut document = extractor
            .extract_in_process("x.txt", text.as_bytes(), Context::default())
            .unwrap()
            .document;
        // (symbol, name)
        let table = [
            ("A/RES/78/237", "A_RES_78_237.en.xml"),
            ("S/RES/1325 (2000)", "S_RES_1325(2000).en.xml"),
            ("A/68/98/Add.1", "A_68_98_Add.1.en.xml"),
        ];
        for (symbol, name) in table {
            document.symbol = symbol.parse().unwrap();
            assert_eq!(file_name(&document, "xml"), name);
        }
        // Not from a text, which would be refused, but from JSON of another program.
        document.symbol = undex_document::Symbol::provisional("../../etc/abc");
        assert!(!file_name(&document, "xml").contains(['/', '\\']));
    }
}
