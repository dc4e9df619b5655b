//! PDF files put together object by object.

use std::fmt::Write as _;

/// What a good page beside a trap says, so that a test can see whether it was read.
pub(crate) const HERON: &str = "A heron stands in the reeds and waits.";

/// Objects in the order in which they are written.
#[derive(Clone, Default)]
pub(crate) struct Pdf {
    objects: Vec<(u32, Vec<u8>)>,
    /// Entries of the trailer beside `/Size` and `/Root`.
    trailer: String,
}

impl Pdf {
    /// No object at all; object 1 is to be the catalogue.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// One page with this content: 1 catalogue, 2 pages, 3 page, 4 content, 5 font.
    pub(crate) fn page(content: impl AsRef<[u8]>) -> Self {
        Self::page_with("/Font << /F1 5 0 R >>", content)
    }

    /// The same with other resources.
    pub(crate) fn page_with(resources: &str, content: impl AsRef<[u8]>) -> Self {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << {resources} >> >>"
        );
        Self::new()
            .object(1, "<< /Type /Catalog /Pages 2 0 R >>")
            .object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
            .object(3, page)
            .stream(4, "", content)
            .object(5, "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>")
    }

    /// A page that says its text, with nothing wrong.
    pub(crate) fn heron() -> Self {
        Self::page(text(HERON))
    }

    /// Adds an object, or puts another in its place.
    pub(crate) fn object(mut self, number: u32, body: impl AsRef<[u8]>) -> Self {
        self.objects.retain(|(other, _)| *other != number);
        self.objects.push((number, body.as_ref().to_owned()));
        self
    }

    /// Adds an object of a number that no other has, without looking: for files of very many.
    pub(crate) fn add(mut self, number: u32, body: String) -> Self {
        self.objects.push((number, body.into_bytes()));
        self
    }

    /// Adds a stream with its right length.
    pub(crate) fn stream(self, number: u32, entries: &str, data: impl AsRef<[u8]>) -> Self {
        let length = data.as_ref().len().to_string();
        self.stream_of_length(number, entries, &length, data)
    }

    /// Adds a stream that states another length than it has.
    pub(crate) fn stream_of_length(
        self,
        number: u32,
        entries: &str,
        length: &str,
        data: impl AsRef<[u8]>,
    ) -> Self {
        let mut body = format!("<< {entries} /Length {length} >>\nstream\n").into_bytes();
        body.extend(data.as_ref());
        body.extend(b"\nendstream");
        self.object(number, body)
    }

    /// Adds entries to the trailer.
    pub(crate) fn trailer(mut self, entries: &str) -> Self {
        let _ = write!(self.trailer, " {entries}");
        self
    }

    /// The objects, and where each begins.
    pub(crate) fn body(&self) -> (Vec<u8>, Vec<(u32, usize)>) {
        let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut places = Vec::new();
        for (number, body) in &self.objects {
            places.push((*number, out.len()));
            out.extend(format!("{number} 0 obj\n").bytes());
            out.extend(body);
            out.extend(b"\nendobj\n");
        }
        (out, places)
    }

    /// The file, with a cross-reference table.
    pub(crate) fn finish(&self) -> Vec<u8> {
        let (mut out, mut places) = self.body();
        places.sort_unstable();
        let start = out.len();
        let size = places.last().map_or(1, |(number, _)| number + 1);
        out.extend(b"xref\n0 1\n0000000000 65535 f \n");
        for (number, place) in places {
            out.extend(format!("{number} 1\n{place:010} 00000 n \n").bytes());
        }
        let trailer = &self.trailer;
        out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R{trailer} >>\n").bytes());
        out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        out
    }
}

/// Content that shows one line of text.
pub(crate) fn text(line: &str) -> Vec<u8> {
    format!("BT /F1 10 Tf 72 700 Td ({line}) Tj ET\n").into_bytes()
}

/// A report of two paragraphs and its masthead on one page, as real files begin.
pub(crate) fn report() -> Vec<u8> {
    let lines = [
        (72, 740, 10, "United Nations"),
        (420, 740, 10, "UNDEX/HOSTILE/10"),
        (420, 700, 10, "3 May 2021"),
        (72, 640, 14, "Report of the group on herons"),
        (72, 600, 10, "1. The group looked at the herons of the lake and counted them twice."),
        (72, 560, 10, "2. It decided to count them again in the year after."),
        (300, 40, 8, "21-00001"),
    ];
    let mut content = String::new();
    for (x, y, size, line) in lines {
        let _ = writeln!(content, "BT /F1 {size} Tf {x} {y} Td ({line}) Tj ET");
    }
    Pdf::page(content).finish()
}
