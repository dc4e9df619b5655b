// What the targets of file formats do with an input.

use std::sync::LazyLock;

use undex_ingest::{Catalogue, Context, Extractor, Limits};

/// An extractor as users have it, but for limits that keep one input below the fuzzer's patience.
static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    let mut limits = Limits::default();
    for name in Limits::NAMES {
        // Bytes that decompression may give; the rest stays as it is.
        if matches!(name, "pdf_stream_bytes" | "pdf_total_bytes" | "word_part_bytes" | "word_bytes") {
            limits.set(name, 8 << 20);
        }
    }
    Extractor::new(Catalogue::default(), limits)
});

/// Extracts one file. An error is an answer; a paragraph out of order or a pinpoint that stands twice
/// is a fault.
pub fn extract(name: &str, bytes: &[u8]) {
    let Ok(extraction) = EXTRACTOR.extract_in_process(name, bytes, Context::default()) else {
        return;
    };
    let mut places = std::collections::HashSet::new();
    for (ordinal, paragraph) in extraction.document.paragraphs.iter().enumerate() {
        assert_eq!(paragraph.ordinal as usize, ordinal);
        assert!(places.insert(paragraph.pinpoint.to_string()), "{} stands twice", paragraph.pinpoint);
    }
}
