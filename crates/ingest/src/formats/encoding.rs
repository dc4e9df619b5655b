//! Bytes to text: UTF-8 first, then what the bytes look like.

use encoding_rs::{Encoding, UTF_8};
use undex_document::Format;

use super::sniff;

/// The text of a file that is text, as it stands in it. The error is the format of a file that is none.
///
/// # Errors
/// For PDF, Word and archives, which an [`Extractor`](crate::Extractor) reads.
pub fn plain_text(bytes: &[u8]) -> Result<String, Format> {
    match sniff::format(bytes) {
        Some(format @ (Format::Pdf | Format::Docx | Format::Doc | Format::Zip)) => Err(format),
        _ => Ok(decode(bytes).0),
    }
}

/// Decoded text, and the encoding's name when it was not UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> (String, Option<&'static str>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let (text, _) = encoding.decode_without_bom_handling(rest);
        return (text.into_owned(), (encoding != UTF_8).then(|| encoding.name()));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Allow);
    let (text, ..) = encoding.decode(bytes);
    (text.into_owned(), Some(encoding.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        assert_eq!(decode("año".as_bytes()), ("año".to_owned(), None));
        assert_eq!(decode(b"\xEF\xBB\xBFabc"), ("abc".to_owned(), None));
        let latin = b"La sesi\xF3n se celebr\xF3 en Ginebra, seg\xFAn lo decidido.";
        let (text, name) = decode(latin);
        assert_eq!(text, "La sesión se celebró en Ginebra, según lo decidido.");
        assert_eq!(name, Some("windows-1252"));
        let (text, name) = decode(b"\xFF\xFEa\0b\0");
        assert_eq!((text.as_str(), name), ("ab", Some("UTF-16LE")));
    }
}
