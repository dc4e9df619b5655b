//! What came is told by its first bytes; neither status nor `Content-Type` nor name is trusted.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;
use undex_document::{Format, Symbol};
use undex_ingest::format_of;

use crate::Trouble;
use crate::sources::Kind;

/// Bytes that tell every format but those that are zip archives, whose directory is at the end.
const HEAD: u64 = 8_192;

/// Bytes in which an Akoma Ntoso file states its number: it stands before the first paragraph.
const STATED_WITHIN: usize = 256 << 10;

/// The format of a file, if it is what was asked for.
///
/// # Errors
/// [`Trouble::WrongType`], naming what it is instead; [`Trouble::Io`].
pub(crate) fn recognise(path: &Path, kind: Kind, host: &str) -> Result<Format, Trouble> {
    let mut file = File::open(path).map_err(Trouble::io(path))?;
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut bytes).map_err(Trouble::io(path))?;
    if bytes.starts_with(b"PK") {
        file.read_to_end(&mut bytes).map_err(Trouble::io(path))?;
    }
    format(&bytes, kind).map_err(|found| Trouble::WrongType {
        host: host.to_owned(),
        expected: kind_name(kind),
        found,
    })
}

/// The format of a file in memory, if it is what was asked for; what it is instead otherwise.
pub(crate) fn format(bytes: &[u8], kind: Kind) -> Result<Format, &'static str> {
    match format_of(bytes) {
        Some(format) if kind.accepts(format) => Ok(format),
        Some(Format::Html) => Err("a page"),
        Some(Format::Pdf) => Err("PDF"),
        Some(Format::Doc | Format::Docx) => Err("Word"),
        Some(Format::Akn) => Err("Akoma Ntoso"),
        Some(Format::Zip) => Err("a zip archive"),
        Some(Format::Text | Format::Markdown) => Err("text"),
        _ => Err("something unknown"),
    }
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Doc => "Word",
        Kind::Pdf => "PDF",
        Kind::Xml => "Akoma Ntoso",
        Kind::Html => "a page",
    }
}

/// The ending of a file's name.
pub(crate) const fn extension(format: Format) -> &'static str {
    match format {
        Format::Akn => "xml",
        Format::Html => "html",
        Format::Pdf => "pdf",
        Format::Docx => "docx",
        Format::Doc => "doc",
        _ => "txt",
    }
}

/// The symbol that an Akoma Ntoso file states: its first `docNumber` that is one.
pub(crate) fn stated_symbol(xml: &[u8]) -> Option<Symbol> {
    let head = xml.get(..STATED_WITHIN.min(xml.len()))?;
    let mut reader = Reader::from_reader(head);
    let mut inside = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => inside = tag.local_name().as_ref() == "docNumber",
            Event::Text(text) if inside => {
                if let Ok(symbol) = text.trim().parse() {
                    return Some(symbol);
                }
            }
            Event::End(_) => inside = false,
            Event::Eof => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_asked_for_is_taken() {
        let page = b"<!doctype html><html><body><p>Not found</p></body></html>".as_slice();
        // (bytes, asked for, what it is or is instead)
        let table: [(&[u8], Kind, Result<Format, &str>); 9] = [
            (b"%PDF-1.4\n", Kind::Pdf, Ok(Format::Pdf)),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..", Kind::Doc, Ok(Format::Doc)),
            (b"PK\x03\x04....[Content_Types].xml", Kind::Doc, Ok(Format::Docx)),
            (b"<akomaNtoso>", Kind::Xml, Ok(Format::Akn)),
            (page, Kind::Pdf, Err("a page")),
            (b"%PDF-1.4\n", Kind::Doc, Err("PDF")),
            (b"PK\x03\x04....", Kind::Doc, Err("a zip archive")),
            (b"temporarily unavailable", Kind::Pdf, Err("text")),
            (b"\x00\x01\x02", Kind::Pdf, Err("something unknown")),
        ];
        for (bytes, kind, expected) in table {
            assert_eq!(format(bytes, kind), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn akoma_ntoso_states_its_symbol() {
        let xml =
            b"<akomaNtoso><docNumber>1/7.</docNumber><docNumber refersTo=\"#symbol\">UNDEX/RES/1/7\
            </docNumber></akomaNtoso>";
        assert_eq!(stated_symbol(xml).unwrap().to_string(), "UNDEX/RES/1/7");
        assert_eq!(stated_symbol(b"<akomaNtoso><p>UNDEX/RES/1/7</p></akomaNtoso>"), None);
        assert_eq!(stated_symbol(b"<akomaNtoso><docNumber>UNDEX"), None);
    }
}
