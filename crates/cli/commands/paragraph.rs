//! A paragraph in a list: where it is, what document it is from, and the words that were looked for.

use std::io::{self, Write};

use undex_query::Snippet;

use crate::terminal::{DIM, SYMBOL, Style, paint, visible};

/// What stands above the text of a paragraph.
pub struct Head<'h> {
    /// The place to cite.
    pub cite: &'h str,
    /// Language, type, date and the like.
    pub facts: &'h [String],
    pub title: Option<&'h str>,
    /// From the outermost in.
    pub headings: &'h [String],
}

/// Writes the place to cite, then a line each for the title and the headings.
pub fn head(out: &mut impl Write, head: &Head<'_>, width: Option<usize>) -> io::Result<()> {
    let facts = head.facts.join(" · ");
    let length = head.cite.chars().count() + 2 + facts.chars().count();
    // The facts go below where both have no room beside each other.
    let between = if width.is_some_and(|width| length > width) { "\n  " } else { "  " };
    writeln!(out, "{}{between}{}", paint(&visible(head.cite), SYMBOL), paint(&facts, DIM))?;
    let room = width.map(|width| width - 2);
    if let Some(title) = head.title {
        let title = visible(title);
        let title = room.map_or_else(|| title.clone().into_owned(), |room| shortened(&title, room));
        writeln!(out, "  {}", paint(&title, DIM))?;
    }
    if !head.headings.is_empty() {
        let trail = trail(head.headings, room);
        writeln!(out, "  {}", paint(&visible(&trail), DIM))?;
    }
    Ok(())
}

/// A snippet with what matched set off.
pub fn marked(snippet: &Snippet, style: Style) -> String {
    set_off(&snippet.text, &snippet.highlights, style, Style::new())
}

/// A text with stretches of it in a style and the rest in another. The stretches are in order, do not
/// overlap, and count characters.
pub fn set_off(text: &str, stretches: &[(u32, u32)], style: Style, rest: Style) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut open: Option<u32> = None;
    let mut ranges = stretches.iter().peekable();
    out.push_str(&rest.to_string());
    for (at, c) in (0u32..).zip(text.chars()) {
        if open == Some(at) {
            out.push_str(&format!("{style:#}{rest}"));
            open = None;
        }
        if let Some((_, end)) = ranges.next_if(|(start, _)| *start == at) {
            out.push_str(&format!("{rest:#}{style}"));
            open = Some(*end);
        }
        let mut buffer = [0; 4];
        out.push_str(&visible(c.encode_utf8(&mut buffer)));
    }
    let last = if open.is_some() { style } else { rest };
    out.push_str(&format!("{last:#}"));
    out
}

/// The first characters of a text, with an ellipsis where it was cut.
pub fn shortened(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let cut: String = text.chars().take(length.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// The headings from the outermost in; where room is short, the outer ones go first.
fn trail(headings: &[String], room: Option<usize>) -> String {
    let all = headings.join(" › ");
    let Some(room) = room else { return all };
    if all.chars().count() <= room {
        return all;
    }
    (1..headings.len())
        .map(|from| format!("… › {}", headings.get(from..).unwrap_or_default().join(" › ")))
        .find(|trail| trail.chars().count() <= room)
        .unwrap_or_else(|| {
            let last = headings.last().map_or("", String::as_str);
            shortened(&format!("… › {last}"), room)
        })
}
