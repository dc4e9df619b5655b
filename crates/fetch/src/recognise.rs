//! What came is told by its first bytes; neither status nor `Content-Type` nor name is trusted.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use quick_xml::Reader;
use quick_xml::events::Event;
use undex_document::{Format, Symbol};
use undex_ingest::format_of;

use crate::Trouble;
use crate::sources::Kind;
use crate::transfer::Whole;

/// Bytes that tell every format but those that are zip archives, whose directory is at the end.
const HEAD: u64 = 8_192;

/// Bytes at the end in which a zip archive says where its directory is: that record with its longest
/// comment.
const TAIL: u64 = (64 << 10) + 22;

/// Bytes at the end in which a PDF says that it ends.
const PDF_TAIL: usize = 2 << 10;

/// Bytes in which an Akoma Ntoso file states its number: it stands before the first paragraph.
const STATED_WITHIN: usize = 256 << 10;

/// The format of a file, if it is what was asked for.
///
/// # Errors
/// [`Trouble::WrongType`], naming what it is instead; [`Trouble::Broken`] where neither the server nor the
/// file says that this is its end; [`Trouble::Io`].
pub(crate) fn recognise(whole: &Whole, kind: Kind, host: &str) -> Result<Format, Trouble> {
    let path = whole.path();
    let mut file = File::open(path).map_err(Trouble::io(path))?;
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut bytes).map_err(Trouble::io(path))?;
    if bytes.starts_with(b"PK") {
        file.read_to_end(&mut bytes).map_err(Trouble::io(path))?;
    }
    let format = format(&bytes, kind).map_err(|found| Trouble::WrongType {
        host: host.to_owned(),
        expected: kind_name(kind),
        found,
    })?;
    if !whole.end_is_known {
        let start = whole.bytes.saturating_sub(TAIL);
        let mut tail = Vec::new();
        file.seek(SeekFrom::Start(start)).map_err(Trouble::io(path))?;
        file.take(TAIL).read_to_end(&mut tail).map_err(Trouble::io(path))?;
        if !has_end(&tail, format) {
            let reason = "its length is not stated, and the file has no end".to_owned();
            return Err(Trouble::Broken { host: host.to_owned(), reason });
        }
    }
    Ok(format)
}

/// Whether the last bytes of a file are an end of its format. A page may end anywhere, and Word before 2007
/// says nothing of its end.
fn has_end(tail: &[u8], format: Format) -> bool {
    let holds = |tail: &[u8], end: &[u8]| tail.windows(end.len()).any(|found| found == end);
    match format {
        Format::Pdf => {
            let last = tail.get(tail.len().saturating_sub(PDF_TAIL)..).unwrap_or(tail);
            holds(last, b"%%EOF")
        }
        Format::Docx => holds(tail, b"PK\x05\x06"),
        Format::Akn => tail.trim_ascii_end().ends_with(b"akomaNtoso>"),
        _ => true,
    }
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
    fn ends_are_told() {
        let long = [b"%PDF-1.4 %%EOF".as_slice(), &[b'x'; PDF_TAIL]].concat();
        // (last bytes, format, whether they are an end)
        let table: [(&[u8], Format, bool); 9] = [
            (b"%PDF-1.4 ... startxref 9 %%EOF\r\n", Format::Pdf, true),
            (b"%PDF-1.4 ... startxref", Format::Pdf, false),
            (&long, Format::Pdf, false),
            (b"PK\x03\x04 ... PK\x05\x06....", Format::Docx, true),
            (b"PK\x03\x04 ... PK\x01\x02", Format::Docx, false),
            (b"<akomaNtoso></akomaNtoso>\n", Format::Akn, true),
            (b"<akomaNtoso></akomaNt", Format::Akn, false),
            (b"<p>A page", Format::Html, true),
            (b"", Format::Pdf, false),
        ];
        for (tail, format, expected) in table {
            assert_eq!(has_end(tail, format), expected, "{}", String::from_utf8_lossy(tail));
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
