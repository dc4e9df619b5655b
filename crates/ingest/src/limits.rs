//! The bounds on what a file may make the program do.

/// Bounds on one source. Every field has a named default with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
    /// Attributes of one element in HTML.
    pub html_attributes: usize,
    /// Bytes of an HTML file.
    pub html_bytes: u64,
    /// Bytes of one paragraph.
    pub paragraph_bytes: usize,
    /// Paragraphs of a document.
    pub paragraphs: usize,
    /// Bytes of one stream of a PDF, decoded; those of a page's content together count as one.
    pub pdf_stream_bytes: usize,
    /// Bytes of all streams of a PDF that are read, decoded, each as often as it is read.
    pub pdf_total_bytes: u64,
    /// Forms drawn within forms on a page of a PDF.
    pub pdf_forms: usize,
    /// Pages of a PDF.
    pub pdf_pages: usize,
    /// Operators run on all pages of a PDF; drawing a form counts as 250.
    pub pdf_operators: u64,
    /// Characters drawn on all pages of a PDF.
    pub pdf_glyphs: u64,
    /// Seconds that a worker process may take for one document, by the clock.
    pub worker_seconds: u64,
    /// Seconds that processors may work for a worker process on one document. Unix only.
    pub worker_cpu_seconds: u64,
    /// Bytes of a worker process's address space. Unix only, and enforced by Linux and the BSDs.
    pub worker_memory_bytes: u64,
    /// Bytes of a worker's answer: the document as it travels between processes.
    pub worker_answer_bytes: u64,
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
/// Pages made by word processors have about 20; the parser's cost grows with the square.
const HTML_ATTRIBUTES: usize = 256;
/// The parser holds the whole tree in memory, at about thirty times the size of the file.
const HTML_BYTES: u64 = 32 << 20;
/// The longest paragraph seen, a list of sponsors, has 12 KiB.
const PARAGRAPH_BYTES: usize = 256 << 10;
/// The longest report seen has 4,000.
const PARAGRAPHS: usize = 200_000;
/// A page of a map drawn in lines has 20 MiB; images are not decoded.
const PDF_STREAM_BYTES: usize = 64 << 20;
/// Text takes about 20 KiB a page, so that this is for thousands of pages with drawings.
const PDF_TOTAL_BYTES: u64 = 512 << 20;
/// Producers nest two or three.
const PDF_FORMS: usize = 16;
/// The longest volumes have 2,000.
const PDF_PAGES: usize = 20_000;
/// A page of text takes about 2,000, a drawn map a million.
const PDF_OPERATORS: u64 = 50_000_000;
/// A page has about 3,000; each is held in 40 bytes while the file is read.
const PDF_GLYPHS: u64 = 10_000_000;
/// Long enough for a long report on a busy machine, short enough that a folder of hostile files ends.
const WORKER_SECONDS: u64 = 30;
/// Less than by the clock, so that a document that spins is told from a machine that is busy.
const WORKER_CPU_SECONDS: u64 = 20;
/// The largest HTML page allowed, 32 MiB of short paragraphs, was read within it.
const WORKER_MEMORY_BYTES: u64 = 1 << 30;
/// A quarter of the largest input file: what has more text is no document, and the parent holds it.
const WORKER_ANSWER_BYTES: u64 = 64 << 20;

impl Limits {
    /// The names of the limits, as messages give them and [`Limits::set`] takes them.
    pub const NAMES: [&'static str; 22] = [
        "file_bytes",
        "archive_entries",
        "archive_bytes",
        "archive_ratio",
        "word_part_bytes",
        "word_bytes",
        "xml_depth",
        "html_depth",
        "html_attributes",
        "html_bytes",
        "paragraph_bytes",
        "paragraphs",
        "pdf_stream_bytes",
        "pdf_total_bytes",
        "pdf_forms",
        "pdf_pages",
        "pdf_operators",
        "pdf_glyphs",
        "worker_seconds",
        "worker_cpu_seconds",
        "worker_memory_bytes",
        "worker_answer_bytes",
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
            "html_attributes" => self.html_attributes = size,
            "html_bytes" => self.html_bytes = value,
            "paragraph_bytes" => self.paragraph_bytes = size,
            "paragraphs" => self.paragraphs = size,
            "pdf_stream_bytes" => self.pdf_stream_bytes = size,
            "pdf_total_bytes" => self.pdf_total_bytes = value,
            "pdf_forms" => self.pdf_forms = size,
            "pdf_pages" => self.pdf_pages = size,
            "pdf_operators" => self.pdf_operators = value,
            "pdf_glyphs" => self.pdf_glyphs = value,
            "worker_seconds" => self.worker_seconds = value,
            "worker_cpu_seconds" => self.worker_cpu_seconds = value,
            "worker_memory_bytes" => self.worker_memory_bytes = value,
            "worker_answer_bytes" => self.worker_answer_bytes = value,
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
            html_attributes: HTML_ATTRIBUTES,
            html_bytes: HTML_BYTES,
            paragraph_bytes: PARAGRAPH_BYTES,
            paragraphs: PARAGRAPHS,
            pdf_stream_bytes: PDF_STREAM_BYTES,
            pdf_total_bytes: PDF_TOTAL_BYTES,
            pdf_forms: PDF_FORMS,
            pdf_pages: PDF_PAGES,
            pdf_operators: PDF_OPERATORS,
            pdf_glyphs: PDF_GLYPHS,
            worker_seconds: WORKER_SECONDS,
            worker_cpu_seconds: WORKER_CPU_SECONDS,
            worker_memory_bytes: WORKER_MEMORY_BYTES,
            worker_answer_bytes: WORKER_ANSWER_BYTES,
        }
    }
}
