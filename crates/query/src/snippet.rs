//! The stretch of a paragraph that shows why it was found.

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;
use undex_document::{CitedIn, Language, Paragraph};

use crate::highlight::{Highlights, Mark};

/// The length of a snippet, in Unicode scalar values: three lines of a terminal.
const LENGTH: usize = 240;

/// How far back a cut looks for the border of a word.
const WORD_REACH: usize = 24;

/// How many occurrences of one word are worth another word.
const DISTINCT_WORTH: usize = 16;

/// The mark of text left out.
const ELLIPSIS: char = '…';

/// A stretch of a paragraph or of one of its notes, with what matched in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Snippet {
    /// The stretch, on one line, with an ellipsis where text is left out.
    pub text: String,
    /// What matched, first and end place of each, in Unicode scalar values from the start of
    /// `text`; in order, none overlapping another.
    pub highlights: Vec<(u32, u32)>,
    /// Where it is from: the text, or the note that alone has a match.
    #[serde(rename = "in")]
    pub taken_from: CitedIn,
}

impl Snippet {
    /// The best stretch of a paragraph.
    pub(crate) fn of(paragraph: &Paragraph, language: Language, wanted: &Highlights) -> Self {
        let marks = wanted.in_text(paragraph, language);
        if marks.is_empty() {
            for note in &paragraph.notes {
                let marks = wanted.in_note(paragraph, note, language);
                if !marks.is_empty() {
                    return cut(&note.text, &marks, CitedIn::Note(note.mark.clone()));
                }
            }
        }
        cut(&paragraph.text, &marks, CitedIn::Text)
    }

    /// A text as a whole where it is not longer than `longest`, otherwise the stretch of it around the
    /// first place. Places are in Unicode scalar values and in any order.
    pub(crate) fn whole(
        text: &str,
        places: &[Range<usize>],
        taken_from: CitedIn,
        longest: usize,
    ) -> Self {
        let mut places = places.to_vec();
        places.sort_by_key(|place| (place.start, place.end));
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(places.len());
        for place in places {
            match apart.last_mut() {
                Some(last) if place.start < last.end => last.end = last.end.max(place.end),
                _ => apart.push(place),
            }
        }
        let characters = Characters::new(text);
        let first = apart.first().cloned().unwrap_or(0..0);
        let shown = characters.window(first, longest);
        stretch(&characters, &shown, &apart, taken_from)
    }
}

/// The places of all matches in the text of a paragraph, for showing it whole: first and end of each, in
/// Unicode scalar values.
pub(crate) fn places(
    paragraph: &Paragraph,
    language: Language,
    wanted: &Highlights,
) -> Vec<(u32, u32)> {
    in_characters(&paragraph.text, &wanted.in_text(paragraph, language))
}

/// The same for each of its notes.
pub(crate) fn places_in_notes(
    paragraph: &Paragraph,
    language: Language,
    wanted: &Highlights,
) -> Vec<Vec<(u32, u32)>> {
    let notes = paragraph.notes.iter();
    notes
        .map(|note| in_characters(&note.text, &wanted.in_note(paragraph, note, language)))
        .collect()
}

fn in_characters(text: &str, marks: &[Mark]) -> Vec<(u32, u32)> {
    let characters = Characters::new(text);
    marks
        .iter()
        .map(|mark| {
            let range = characters.range(&mark.range);
            (range.start as u32, range.end as u32)
        })
        .collect()
}

fn cut(text: &str, marks: &[Mark], taken_from: CitedIn) -> Snippet {
    let characters = Characters::new(text);
    let places: Vec<Range<usize>> =
        marks.iter().map(|mark| characters.range(&mark.range)).collect();
    let shown = characters.window(best(marks, &places), LENGTH);
    stretch(&characters, &shown, &places, taken_from)
}

/// A stretch of a text with the places in it marked.
fn stretch(
    characters: &Characters,
    shown: &Range<usize>,
    places: &[Range<usize>],
    taken_from: CitedIn,
) -> Snippet {
    let mut snippet = Snippet { text: String::new(), highlights: Vec::new(), taken_from };
    let mut before = 0;
    if shown.start > 0 {
        snippet.text.push(ELLIPSIS);
        before = 1;
    }
    for c in characters.slice(shown) {
        // Tables hold tabs and line ends; a snippet is one line. Every character stays one.
        snippet.text.push(if c.is_whitespace() { ' ' } else { *c });
    }
    if shown.end < characters.all.len() {
        snippet.text.push(ELLIPSIS);
    }
    for place in places {
        let (start, end) = (place.start.max(shown.start), place.end.min(shown.end));
        if start < end {
            let offset = |at: usize| (at - shown.start + before) as u32;
            snippet.highlights.push((offset(start), offset(end)));
        }
    }
    snippet
}

/// The run of matches that fits into a snippet and says most: many different words, then many.
/// Linear in the number of matches.
fn best(marks: &[Mark], places: &[Range<usize>]) -> Range<usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut best = (0usize, 0..0);
    let mut first = 0;
    for (last, (mark, place)) in marks.iter().zip(places).enumerate() {
        *counts.entry(&mark.what).or_default() += 1;
        while let Some((left, start)) = marks.get(first).zip(places.get(first)) {
            if first == last || place.end - start.start <= LENGTH {
                break;
            }
            if let Some(count) = counts.get_mut(left.what.as_str()) {
                *count -= 1;
                if *count == 0 {
                    counts.remove(left.what.as_str());
                }
            }
            first += 1;
        }
        let worth = counts.len() * DISTINCT_WORTH + (last - first + 1).min(DISTINCT_WORTH - 1);
        if worth > best.0 {
            let start = places.get(first).map_or(0, |place| place.start);
            best = (worth, start..place.end);
        }
    }
    best.1
}

/// A text as characters, with the byte each begins at.
struct Characters {
    all: Vec<char>,
    bytes: Vec<usize>,
}

impl Characters {
    fn new(text: &str) -> Self {
        let (bytes, all) = text.char_indices().unzip();
        Self { all, bytes }
    }

    fn range(&self, bytes: &Range<usize>) -> Range<usize> {
        let place = |byte: usize| self.bytes.partition_point(|at| *at < byte);
        place(bytes.start)..place(bytes.end)
    }

    fn slice(&self, range: &Range<usize>) -> &[char] {
        self.all.get(range.clone()).unwrap_or_default()
    }

    /// The stretch to show around the matches at `center`: a little text before them, more behind,
    /// cut at the borders of words.
    fn window(&self, center: Range<usize>, most: usize) -> Range<usize> {
        let length = self.all.len();
        if length <= most {
            return 0..length;
        }
        let spare = most.saturating_sub(center.len());
        let start = center.start.saturating_sub(spare / 3).min(length - most);
        let end = (start + most.max(center.len())).min(length);
        let start = match start {
            0 => 0,
            start => self.border_after(start).min(center.start.max(start)),
        };
        let end =
            if end == length { end } else { self.border_before(end).max(center.end.min(end)) };
        start..end.max(start)
    }

    /// The beginning of the first word at or behind a place.
    fn border_after(&self, place: usize) -> usize {
        let from = place.saturating_sub(1);
        let near = self.slice(&(from..(from + WORD_REACH).min(self.all.len())));
        match near.iter().position(|c| c.is_whitespace()) {
            Some(space) => from + space + 1,
            // A script without spaces, or one endless word.
            None => place,
        }
    }

    /// The end of the last word at or before a place.
    fn border_before(&self, place: usize) -> usize {
        let from = place.saturating_sub(WORD_REACH);
        let near = self.slice(&(from..(place + 1).min(self.all.len())));
        match near.iter().rposition(|c| c.is_whitespace()) {
            Some(space) => from + space,
            None => place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::highlight::Targets;

    fn snippet(text: &str, words: &[&str]) -> Snippet {
        let mut targets = Targets::default();
        words.iter().for_each(|word| targets.add_exact(word));
        cut(text, &targets.marks(text, Language::English), CitedIn::Text)
    }

    fn highlighted(snippet: &Snippet) -> Vec<String> {
        let characters: Vec<char> = snippet.text.chars().collect();
        snippet
            .highlights
            .iter()
            .map(|(start, end)| characters[*start as usize..*end as usize].iter().collect())
            .collect()
    }

    #[test]
    fn short_texts_are_whole() {
        let snippet = snippet("L’été à Genève\tet à Paris", &["geneve", "a"]);
        assert_eq!(snippet.text, "L’été à Genève et à Paris");
        assert_eq!(snippet.highlights, [(6, 7), (8, 14), (18, 19)]);
        assert_eq!(highlighted(&snippet), ["à", "Genève", "à"]);
    }

    #[test]
    fn the_richest_stretch_is_shown() {
        let filler = "lorem ipsum dolor sit amet ".repeat(20);
        let text = format!("peace {filler}peace and ñandú security {filler}security");
        let snippet = snippet(&text, &["peace", "security"]);
        assert_eq!(highlighted(&snippet), ["peace", "security"]);
        assert!(snippet.text.starts_with('…') && snippet.text.ends_with('…'));
        assert!(snippet.text.contains("peace and ñandú security"));
        assert!((200..=LENGTH + 2).contains(&snippet.text.chars().count()), "{}", snippet.text);
        // Cut at borders: the first and the last word are whole.
        let inner = snippet.text.trim_matches('…');
        let words: Vec<&str> = inner.split(' ').collect();
        for word in [words[0], words[words.len() - 1]] {
            assert!(["lorem", "ipsum", "dolor", "sit", "amet"].contains(&word), "{inner:?}");
        }
    }

    #[test]
    fn ends_of_long_texts() {
        let filler = "lorem ipsum dolor sit amet ".repeat(40);
        for text in [format!("peace {filler}"), format!("{filler}peace")] {
            assert_eq!(highlighted(&snippet(&text, &["peace"])), ["peace"]);
        }
        let nothing = snippet(&filler, &["peace"]);
        assert!(nothing.text.starts_with("lorem") && nothing.text.ends_with('…'));
        let endless = snippet(&"和平".repeat(400), &["平"]);
        assert_eq!(highlighted(&endless).len(), endless.highlights.len());
        assert!(endless.text.chars().count() <= LENGTH + 2);
    }

    #[test]
    fn many_matches_are_fast() {
        let text = "peace ".repeat(40_000);
        let begun = std::time::Instant::now();
        assert!(!snippet(&text, &["peace"]).highlights.is_empty());
        assert!(begun.elapsed().as_secs() < 5);
    }
}
