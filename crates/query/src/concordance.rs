//! What matched, one line for each place, with the words around it.

use std::ops::Range;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use undex_document::{CitedIn, SCHEMA};
use undex_schema::Form;

use crate::Hit;

/// Words beside the match that decide the order; what is still equal stays as it was.
const WORDS_COMPARED: usize = 12;

/// The order of the lines of a concordance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConcordanceOrder {
    /// That of the hits, and in each of them that of its text and notes.
    #[default]
    Hits,
    /// By the words before the match, the nearest first; accents and case do not count.
    Left,
    /// By the words behind the match.
    Right,
}

/// One match, with what stands before and behind it.
///
/// Its JSON is the line that `undex search --kwic --json` writes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConcordanceLine<'h> {
    /// The hit it is in.
    pub hit: &'h Hit,
    /// Where in the paragraph it is.
    pub found_in: CitedIn,
    /// Its place there, first and end, in Unicode scalar values.
    pub place: (u32, u32),
    /// What stands before it, on one line.
    pub left: String,
    /// What matched.
    pub matched: String,
    /// What stands behind it.
    pub right: String,
}

/// The lines of hits: one for everything that matched in their texts and notes, with up to `reach`
/// characters of the same text or note on each side. White space is one space. What matched in titles,
/// headings or by conditions has no line.
pub fn concordance(
    hits: &[Hit],
    reach: usize,
    order: ConcordanceOrder,
) -> Vec<ConcordanceLine<'_>> {
    let mut lines = Vec::new();
    for hit in hits {
        add(&mut lines, hit, &hit.paragraph.text, &hit.highlights, &CitedIn::Text, reach);
        for (note, places) in hit.paragraph.notes.iter().zip(&hit.note_highlights) {
            add(&mut lines, hit, &note.text, places, &CitedIn::Note(note.mark.clone()), reach);
        }
    }
    match order {
        ConcordanceOrder::Hits => {}
        ConcordanceOrder::Left => lines.sort_by_cached_key(|line| {
            let words = words(&line.left);
            words.into_iter().rev().take(WORDS_COMPARED).collect::<Vec<_>>()
        }),
        ConcordanceOrder::Right => lines.sort_by_cached_key(|line| {
            let mut words = words(&line.right);
            words.truncate(WORDS_COMPARED);
            words
        }),
    }
    lines
}

fn add<'h>(
    lines: &mut Vec<ConcordanceLine<'h>>,
    hit: &'h Hit,
    text: &str,
    places: &[(u32, u32)],
    found_in: &CitedIn,
    reach: usize,
) {
    if places.is_empty() {
        return;
    }
    let characters: Vec<char> = text.chars().collect();
    let stretch = |range: Range<usize>| -> String {
        let mut out = String::new();
        for c in characters.get(range).unwrap_or_default() {
            match c.is_whitespace() {
                true if out.ends_with(' ') => {}
                true => out.push(' '),
                false => out.push(*c),
            }
        }
        out
    };
    for (first, end) in places {
        let place = *first as usize..(*end as usize).min(characters.len());
        let right_end = characters.len().min(place.end.saturating_add(reach));
        lines.push(ConcordanceLine {
            hit,
            found_in: found_in.clone(),
            place: (*first, *end),
            left: stretch(place.start.saturating_sub(reach)..place.start),
            right: stretch(place.end..right_end),
            matched: stretch(place),
        });
    }
}

/// The words of a text as they are compared.
fn words(text: &str) -> Vec<String> {
    Form::Exact.tokens(text).into_iter().map(|token| token.text).collect()
}

impl Serialize for ConcordanceLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (document, paragraph) = (&*self.hit.document, &self.hit.paragraph);
        let mut fields = serializer.serialize_struct("ConcordanceLine", 15)?;
        fields.serialize_field("schema", &SCHEMA)?;
        fields.serialize_field("rank", &self.hit.rank)?;
        fields.serialize_field("symbol", &document.symbol)?;
        fields.serialize_field("language", &document.language)?;
        fields.serialize_field("pinpoint", &paragraph.pinpoint)?;
        fields.serialize_field("cite", &self.hit.cite())?;
        fields.serialize_field("date", &document.date)?;
        fields.serialize_field("type", &document.kind)?;
        fields.serialize_field("in", &self.found_in)?;
        fields.serialize_field("start", &self.place.0)?;
        fields.serialize_field("end", &self.place.1)?;
        fields.serialize_field("left", &self.left)?;
        fields.serialize_field("match", &self.matched)?;
        fields.serialize_field("right", &self.right)?;
        fields.serialize_field("url", &self.hit.url())?;
        fields.end()
    }
}
