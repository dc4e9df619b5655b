//! The sentence of a paragraph that cites.

use std::ops::Range;

use undex_document::{Citation, CitedIn, Paragraph, sentences};

use crate::Snippet;

/// The longest sentence shown whole, in Unicode scalar values. Resolutions are one sentence, and their
/// paragraphs rarely longer; rows of tables and lists are.
const LONGEST: usize = 600;

/// The sentence that holds the first of the citations, with all of them that are in it.
pub(super) fn of(paragraph: &Paragraph, citations: &[Citation]) -> Snippet {
    let Some(first) = citations.first() else {
        return Snippet::whole(&paragraph.text, &[], CitedIn::Text, LONGEST);
    };
    let text = match &first.found_in {
        CitedIn::Text => Some(&paragraph.text),
        CitedIn::Note(mark) => {
            paragraph.notes.iter().find(|note| note.mark == *mark).map(|note| &note.text)
        }
    };
    let text = text.map_or("", String::as_str);
    let byte = |offset: u32| -> usize {
        text.char_indices().nth(offset as usize).map_or(text.len(), |(byte, _)| byte)
    };
    let start = byte(first.start);
    let sentence =
        sentences(text).into_iter().find(|range| start < range.end).unwrap_or(0..text.len());
    let before = text.get(..sentence.start).unwrap_or_default().chars().count();
    let places: Vec<Range<usize>> = citations
        .iter()
        .filter(|citation| citation.found_in == first.found_in)
        .filter(|citation| {
            byte(citation.start) >= sentence.start && byte(citation.end) <= sentence.end
        })
        .map(|citation| {
            (citation.start as usize).saturating_sub(before)
                ..(citation.end as usize).saturating_sub(before)
        })
        .collect();
    let shown = text.get(sentence).unwrap_or_default();
    Snippet::whole(shown, &places, first.found_in.clone(), LONGEST)
}
