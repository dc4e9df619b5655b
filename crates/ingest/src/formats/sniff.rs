//! The format of a file by its first bytes; names are not trusted.

use undex_document::Format;

/// Bytes looked at.
const WINDOW: usize = 4096;

/// The format of a file, or none when it is no format that undex knows.
pub fn format(bytes: &[u8]) -> Option<Format> {
    let head = bytes.get(..WINDOW.min(bytes.len()))?;
    // The PDF header may stand behind up to a kilobyte of anything.
    if contains(head.get(..1024.min(head.len()))?, b"%PDF-") {
        return Some(Format::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(if is_office(bytes) { Format::Docx } else { Format::Zip });
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(Format::Doc);
    }
    text_format(bytes, head)
}

/// Whether the bytes are those of a zip archive of files, and not of a document that is kept as one.
pub fn is_archive(bytes: &[u8]) -> bool {
    format(bytes) == Some(Format::Zip)
}

/// Whether an archive is an Office file: its directory names the part that states the types of all
/// others. A document inside an archive of documents has its own directory and does not count.
fn is_office(bytes: &[u8]) -> bool {
    const TYPES: &[u8] = b"[Content_Types].xml";
    let directory = directory(bytes).unwrap_or_else(|| {
        // Cut, so that the reader can say what is missing.
        bytes.get(..WINDOW.min(bytes.len())).unwrap_or_default()
    });
    contains(directory, TYPES)
}

/// The central directory of an archive, by the record at its end (APPNOTE.TXT 4.3.16).
fn directory(bytes: &[u8]) -> Option<&[u8]> {
    /// Bytes of the record without its comment, and of the longest comment.
    const RECORD: usize = 22;
    const COMMENT: usize = 0xFFFF;
    /// Where the record keeps the place of the directory.
    const OFFSET: std::ops::Range<usize> = 16..20;
    /// What stands there where the place takes more than four bytes.
    const LARGE: u32 = u32::MAX;
    /// Bytes read at the end of an archive that large; office files never are.
    const LARGE_TAIL: usize = 1 << 20;

    let tail = bytes.len().saturating_sub(RECORD + COMMENT);
    let end = bytes.get(tail..)?;
    let at = end.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let record = end.get(at..at + RECORD)?;
    let offset = u32::from_le_bytes(record.get(OFFSET)?.try_into().ok()?);
    let start = if offset == LARGE {
        bytes.len().saturating_sub(LARGE_TAIL)
    } else {
        usize::try_from(offset).ok()?
    };
    bytes.get(start..tail + at)
}

/// Formats that are text.
fn text_format(bytes: &[u8], head: &[u8]) -> Option<Format> {
    let utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    let controls =
        head.iter().filter(|b| b.is_ascii_control() && !b"\t\n\r\x0C\x1B".contains(b)).count();
    if !utf16 && (head.contains(&0) || controls * 100 > head.len()) {
        return None;
    }
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    let lower = start.get(..start.len().min(2048)).unwrap_or(start).to_ascii_lowercase();
    if contains(lower.as_bytes(), b"<akomantoso") {
        return Some(Format::Akn);
    }
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") || looks_like_html(&lower)
    {
        return Some(Format::Html);
    }
    if lower.starts_with("<?xml") {
        // XML of another vocabulary; XHTML was caught above.
        return contains(lower.as_bytes(), b"<html").then_some(Format::Html);
    }
    if lower.starts_with("{\\rtf") {
        return None;
    }
    let whole = String::from_utf8_lossy(bytes);
    if !whole.chars().any(char::is_alphabetic) {
        return None;
    }
    Some(if is_markdown(&whole) { Format::Markdown } else { Format::Text })
}

/// Pages saved without a doctype: they begin with a tag that only HTML has.
fn looks_like_html(lower: &str) -> bool {
    let tags = ["<head", "<body", "<div", "<table", "<p>", "<p ", "<h1", "<!--"];
    tags.iter().any(|tag| lower.starts_with(tag))
        && ["</p>", "<body", "</div>", "</h1>", "</td>", "<html"]
            .iter()
            .any(|tag| lower.contains(tag))
}

/// Markup that plain text does not have by accident: headings, links, emphasis around words, rows
/// of a table. One link or note is enough, since nothing else is written `[x](y)` or `[^1]`.
fn is_markdown(text: &str) -> bool {
    let mut signs = 0usize;
    let first = text.trim_start_matches('\u{FEFF}').trim_start();
    if first.starts_with("# ") {
        return true;
    }
    for line in text.lines().take(2000) {
        let line = line.trim_start();
        let heading = line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
        let link = line.contains("](") || line.contains("[^") && line.contains(']');
        let row = line.starts_with('|') && line.trim_end().ends_with('|');
        // `29\. The group`: the full stop is escaped so that Markdown does not count by itself.
        let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let escaped = number.len() < line.len() && number.starts_with("\\. ");
        let strong = line.matches("**").count() >= 2;
        let emphasis = line.starts_with('*')
            && line
                .get(1..)
                .is_some_and(|rest| rest.starts_with(char::is_alphabetic) && rest.contains('*'));
        let superscript = line.contains("<sup>");
        signs += usize::from(heading || row || strong || emphasis || superscript)
            + 3 * usize::from(link || escaped);
        if signs >= 3 {
            return true;
        }
    }
    false
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_content() {
        // (bytes, format, why)
        let table: [(&[u8], Option<Format>, &str); 16] = [
            (b"%PDF-1.7\n", Some(Format::Pdf), "PDF"),
            (b"junk\n%PDF-1.4", Some(Format::Pdf), "PDF behind a mail header"),
            (b"PK\x03\x04....A_RES_1.xml", Some(Format::Zip), "archive"),
            (b"PK\x03\x04....[Content_Types].xml", Some(Format::Docx), "Word, cut"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..", Some(Format::Doc), "old Word"),
            (b"<akomaNtoso xmlns='x'>", Some(Format::Akn), "Akoma Ntoso"),
            (b"<?xml version='1.0'?><akomaNtoso>", Some(Format::Akn), "with a declaration"),
            (b"\xEF\xBB\xBF<!DOCTYPE html><p>x", Some(Format::Html), "HTML behind a mark"),
            (b"<div><p>x</p></div>", Some(Format::Html), "a piece of HTML"),
            (b"<?xml version='1.0'?><rss>", None, "other XML"),
            (b"\x89PNG\r\n\x1a\n\0\0\0", None, "a picture"),
            (b"1. The group met.", Some(Format::Text), "text"),
            (b"12\\. The group met.", Some(Format::Markdown), "a number kept from being counted"),
            (b"The group met[^1].", Some(Format::Markdown), "a mark of a note"),
            (b"see [66/24](#) now", Some(Format::Markdown), "a converter's link"),
            (b"", None, "nothing"),
        ];
        for (bytes, format_found, why) in table {
            assert_eq!(format(bytes), format_found, "{why}");
        }
    }

    #[test]
    fn archives_by_their_directory() {
        use std::io::Write;
        let archive = |names: &[&str], content: &[u8]| {
            let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            let options = zip::write::SimpleFileOptions::default()
                .compression_method(zip::CompressionMethod::Stored);
            for name in names {
                writer.start_file(*name, options).unwrap();
                writer.write_all(content).unwrap();
            }
            writer.finish().unwrap().into_inner()
        };
        let picture = vec![7; 3 * WINDOW];
        let word = archive(&["media/a.png", "word/document.xml", "[Content_Types].xml"], &picture);
        assert_eq!(format(&word), Some(Format::Docx), "its types come last");
        let documents = archive(&["a.docx", "b.docx"], &word);
        assert_eq!(format(&documents), Some(Format::Zip), "Word files in an archive");
    }
}
