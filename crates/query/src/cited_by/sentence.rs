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
    let start = text.char_indices().nth(first.start as usize).map_or(text.len(), |(byte, _)| byte);
    let sentence =
        sentences(text).into_iter().find(|range| start < range.end).unwrap_or(0..text.len());
    let before = text.get(..sentence.start).unwrap_or_default().chars().count();
    let shown = text.get(sentence).unwrap_or_default();
    let end = before + shown.chars().count();
    let places: Vec<Range<usize>> = citations
        .iter()
        .filter(|citation| citation.found_in == first.found_in)
        .map(|citation| citation.start as usize..citation.end as usize)
        .filter(|place| before <= place.start && place.start <= place.end && place.end <= end)
        .map(|place| place.start - before..place.end - before)
        .collect();
    Snippet::whole(shown, &places, first.found_in.clone(), LONGEST)
}
