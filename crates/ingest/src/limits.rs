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
/// AKN4UN nests about 20 deep.
const XML_DEPTH: usize = 256;
/// Pages made by word processors nest about 60 deep; the parser's cost grows with the square.
const HTML_DEPTH: usize = 512;
/// The parser holds the whole tree in memory, at about thirty times the size of the file.
const HTML_BYTES: u64 = 32 << 20;
/// The longest paragraph seen, a list of sponsors, has 12 KiB.
const PARAGRAPH_BYTES: usize = 256 << 10;
/// The longest report seen has 4,000.
const PARAGRAPHS: usize = 200_000;
/// The slowest sound document seen takes below 3 s; the rest is for slow and busy machines.
const WORKER_SECONDS: u64 = 30;
/// Less than by the clock, so that a document that spins is told from a machine that is busy.
const WORKER_CPU_SECONDS: u64 = 20;
/// An HTML page of 32 MiB takes most of it; the program and its libraries map 20 MiB.
const WORKER_MEMORY_BYTES: u64 = 1 << 30;
/// The largest answer of a sound document seen has 3 MiB.
const WORKER_ANSWER_BYTES: u64 = 64 << 20;

impl Limits {
    /// The names of the limits, as messages give them and [`Limits::set`] takes them.
    pub const NAMES: [&'static str; 13] = [
        "file_bytes",
        "archive_entries",
        "archive_bytes",
        "archive_ratio",
        "xml_depth",
        "html_depth",
        "html_bytes",
        "paragraph_bytes",
        "paragraphs",
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
            "xml_depth" => self.xml_depth = size,
            "html_depth" => self.html_depth = size,
            "html_bytes" => self.html_bytes = value,
            "paragraph_bytes" => self.paragraph_bytes = size,
            "paragraphs" => self.paragraphs = size,
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
            xml_depth: XML_DEPTH,
            html_depth: HTML_DEPTH,
            html_bytes: HTML_BYTES,
            paragraph_bytes: PARAGRAPH_BYTES,
            paragraphs: PARAGRAPHS,
            worker_seconds: WORKER_SECONDS,
            worker_cpu_seconds: WORKER_CPU_SECONDS,
            worker_memory_bytes: WORKER_MEMORY_BYTES,
            worker_answer_bytes: WORKER_ANSWER_BYTES,
        }
    }
}
