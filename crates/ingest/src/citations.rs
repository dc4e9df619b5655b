//! The documents that a paragraph names by their symbol, in its text and its notes.

use undex_document::{Citation, CitedIn, Paragraph, Symbol};

/// Finds and attaches the citations of every paragraph. A document's own symbol is none.
pub(crate) fn annotate(paragraphs: &mut [Paragraph], own: &[Symbol]) {
    for paragraph in paragraphs {
        let mut found = Vec::new();
        scan(&paragraph.text, &CitedIn::Text, own, &mut found);
        for note in &paragraph.notes {
            scan(&note.text, &CitedIn::Note(note.mark.clone()), own, &mut found);
        }
        paragraph.citations = found;
    }
}

fn scan(text: &str, found_in: &CitedIn, own: &[Symbol], found: &mut Vec<Citation>) {
    // Offsets are in characters; the walk over the text is made once.
    let mut bytes = 0;
    let mut characters = 0u32;
    let mut count = |to: usize| {
        let step = text.get(bytes..to).map_or(0, |piece| piece.chars().count());
        bytes = to;
        characters = characters.saturating_add(u32::try_from(step).unwrap_or(u32::MAX));
        characters
    };
    for (range, symbol) in Symbol::scan(text) {
        let (start, end) = (count(range.start), count(range.end));
        if !own.contains(&symbol) {
            found.push(Citation {
                symbol,
                pinpoint: None,
                start,
                end,
                found_in: found_in.clone(),
                candidates: Vec::new(),
            });
        }
    }
}
