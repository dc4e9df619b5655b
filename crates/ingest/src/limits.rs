//! The bounds on what a file may make the program do.

/// Bounds on one source. Every field has a named default with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one input file, or of one member of an archive.
    pub file_bytes: u64,
    /// Members of an archive.
    pub archive_entries: usize,
    /// Bytes of all members of an archive of documents, decompressed.
    pub archive_bytes: u64,
    /// Decompressed bytes per compressed byte of a member, after the first mebibyte.
    pub archive_ratio: u64,
    /// Bytes of one part of a Word file, decompressed.
    pub word_part_bytes: u64,
    /// Bytes of all parts read of a Word file, decompressed.
    pub word_bytes: u64,
    /// Nested elements in XML.
    pub xml_depth: usize,
    /// Nested elements in HTML.
    pub html_depth: usize,
    /// Bytes of an HTML file.
    pub html_bytes: u64,
    /// Bytes of one paragraph.
    pub paragraph_bytes: usize,
    /// Paragraphs of a document.
    pub paragraphs: usize,
}

/// The largest budget volume is below 20 MiB; scans of whole series reach 200.
const FILE_BYTES: u64 = 256 << 20;
/// A published session of resolutions in six languages holds about 2,400 files.
const ARCHIVE_ENTRIES: usize = 10_000;
/// All sessions of resolutions as XML together stay below it.
const ARCHIVE_BYTES: u64 = 4 << 30;
/// Text compresses about 10:1, XML with repeated markup 30:1; bombs reach 1,000:1.
const ARCHIVE_RATIO: u64 = 100;
/// The text of the largest budget volume, with all its markup, stays below 8 MiB.
const WORD_PART_BYTES: u64 = 64 << 20;
/// Text, styles, notes and headers together are little more than the text.
const WORD_BYTES: u64 = 256 << 20;
/// AKN4UN nests about 20 deep, Word with tables in text boxes about 40.
const XML_DEPTH: usize = 256;
/// Pages made by word processors nest about 60 deep; the parser's cost grows with the square.
const HTML_DEPTH: usize = 512;
/// The parser holds the whole tree in memory, at about thirty times the size of the file.
const HTML_BYTES: u64 = 32 << 20;
/// The longest paragraph seen, a list of sponsors, has 12 KiB.
const PARAGRAPH_BYTES: usize = 256 << 10;
/// The longest report seen has 4,000.
const PARAGRAPHS: usize = 200_000;

impl Limits {
    /// The names of the limits, as messages give them and [`Limits::set`] takes them.
    pub const NAMES: [&'static str; 11] = [
        "file_bytes",
        "archive_entries",
        "archive_bytes",
        "archive_ratio",
        "word_part_bytes",
        "word_bytes",
        "xml_depth",
        "html_depth",
        "html_bytes",
        "paragraph_bytes",
        "paragraphs",
    ];

    /// Sets a limit by its name. False when there is none of that name.
    pub fn set(&mut self, name: &str, value: u64) -> bool {
        let size = usize::try_from(value).unwrap_or(usize::MAX);
        match name {
            "file_bytes" => self.file_bytes = value,
            "archive_entries" => self.archive_entries = size,
            "archive_bytes" => self.archive_bytes = value,
            "archive_ratio" => self.archive_ratio = value,
            "word_part_bytes" => self.word_part_bytes = value,
            "word_bytes" => self.word_bytes = value,
            "xml_depth" => self.xml_depth = size,
            "html_depth" => self.html_depth = size,
            "html_bytes" => self.html_bytes = value,
            "paragraph_bytes" => self.paragraph_bytes = size,
            "paragraphs" => self.paragraphs = size,
            _ => return false,
        }
        true
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: FILE_BYTES,
            archive_entries: ARCHIVE_ENTRIES,
            archive_bytes: ARCHIVE_BYTES,
            archive_ratio: ARCHIVE_RATIO,
            word_part_bytes: WORD_PART_BYTES,
            word_bytes: WORD_BYTES,
            xml_depth: XML_DEPTH,
            html_depth: HTML_DEPTH,
            html_bytes: HTML_BYTES,
            paragraph_bytes: PARAGRAPH_BYTES,
            paragraphs: PARAGRAPHS,
        }
    }
}
