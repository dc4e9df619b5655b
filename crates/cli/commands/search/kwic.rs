//! Concordance lines: what matched, one under the other, with the words around it.

use std::io::Write;

use textwrap::core::display_width;
use undex_document::CitedIn;
use undex_query::{ConcordanceLine, ConcordanceOrder, Hit, concordance};

use crate::exit::Failure;
use crate::terminal::{DIM, HIGHLIGHT, SYMBOL, paint, visible};

/// Characters taken on each side of a match: as much as half of the widest terminal shows, and always the
/// same, so that the order does not depend on the terminal.
const REACH: usize = 160;

/// The narrowest room for a match and what stands around it beside the place to cite, in columns. With less,
/// the place stands on a line of its own.
const LEAST_ROOM: usize = 48;

/// Writes the lines; answers how many there are.
pub(super) fn write(
    out: &mut impl Write,
    hits: &[Hit],
    order: ConcordanceOrder,
    json: bool,
    width: Option<usize>,
) -> Result<usize, Failure> {
    let lines = concordance(hits, REACH, order);
    if json {
        for line in &lines {
            serde_json::to_writer(&mut *out, line)?;
            writeln!(out)?;
        }
        return Ok(lines.len());
    }
    let Some(width) = width else {
        // For programs: tabs, and nothing cut.
        for line in &lines {
            let cells = [&place(line), &line.left, &line.matched, &line.right];
            let cells = cells.map(|cell| visible(cell).replace('\t', " "));
            writeln!(out, "{}", cells.join("\t"))?;
        }
        return Ok(lines.len());
    };
    let places: Vec<String> = lines.iter().map(|line| visible(&place(line)).into_owned()).collect();
    // A long place would take the room of all lines, so it stands below its own; where most are long, all do.
    let fits = |place: &String| display_width(place) <= width / 3;
    let short: Vec<usize> =
        places.iter().filter(|place| fits(place)).map(|place| display_width(place)).collect();
    let column = short
        .iter()
        .max()
        .filter(|column| 2 * short.len() >= places.len() && width >= **column + 2 + LEAST_ROOM);
    let room = column.map_or(width, |column| width - column - 2);
    for (line, place) in lines.iter().zip(&places) {
        let (text, used) = aligned(line, room);
        if column.is_some() && fits(place) {
            let pad = " ".repeat(room.saturating_sub(used) + 2);
            writeln!(out, "{text}{pad}{}", paint(place, SYMBOL))?;
        } else {
            writeln!(out, "{text}\n  {}", paint(place, SYMBOL))?;
        }
    }
    Ok(lines.len())
}

/// The place to cite, with the note if the match is in one.
fn place(line: &ConcordanceLine<'_>) -> String {
    match &line.found_in {
        CitedIn::Note(mark) => format!("{} [{mark}]", line.hit.cite()),
        _ => line.hit.cite(),
    }
}

/// A line whose match begins in the middle of the room, and how many columns it takes.
fn aligned(line: &ConcordanceLine<'_>, room: usize) -> (String, usize) {
    let middle = room / 2;
    let left = last(&line.left, middle.saturating_sub(3));
    let matched = first(&line.matched, room - middle);
    let (left_width, matched_width) = (display_width(&left), display_width(&matched));
    let right = first(&line.right, room.saturating_sub(middle + matched_width));
    let used = middle + matched_width + display_width(&right);
    let pad = " ".repeat(middle.saturating_sub(left_width));
    let text =
        format!("{pad}{}{}{}", paint(&left, DIM), paint(&matched, HIGHLIGHT), paint(&right, DIM));
    (text, used)
}

/// The first columns of a text, as a terminal may show it, to the end of a word.
fn first(text: &str, columns: usize) -> String {
    let shown = visible(text);
    if display_width(&shown) <= columns {
        return shown.into_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let (shown, width) = cell(c);
        if used + width > columns {
            // The cut is between two words already.
            if c == ' ' {
                return out;
            }
            break;
        }
        used += width;
        out.push_str(&shown);
    }
    match out.rfind(' ') {
        Some(end) if end > out.len() / 2 => out.get(..end).unwrap_or_default().to_owned(),
        _ => out,
    }
}

/// The last columns of a text, from the start of a word.
fn last(text: &str, columns: usize) -> String {
    let shown = visible(text);
    if display_width(&shown) <= columns {
        return shown.into_owned();
    }
    let mut cells = Vec::new();
    let mut used = 0;
    let mut between_words = false;
    for c in text.chars().rev() {
        let (shown, width) = cell(c);
        if used + width > columns {
            between_words = c == ' ';
            break;
        }
        used += width;
        cells.push(shown);
    }
    let out: String = cells.into_iter().rev().collect();
    if between_words {
        return out;
    }
    match out.find(' ') {
        Some(end) if end < out.len() / 2 => out.get(end + 1..).unwrap_or_default().to_owned(),
        _ => out,
    }
}

/// A character as a terminal may show it, with the columns it takes.
fn cell(c: char) -> (String, usize) {
    let shown = visible(c.encode_utf8(&mut [0; 4])).into_owned();
    let width = display_width(&shown);
    (shown, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_are_at_words_and_leave_no_half_escape() {
        // (text, columns, first, last, why)
        let table = [
            ("one two three", 20, "one two three", "one two three", "all of it"),
            ("one two three", 9, "one two", "two three", "whole words"),
            ("one two three", 7, "one two", "three", "cut where a word ends"),
            ("incomprehensible", 6, "incomp", "nsible", "a word without room"),
            ("ab\u{202e}cd", 9, "ab", "cd", "an escape goes whole"),
            ("和平和平", 5, "和平", "和平", "two columns each"),
            ("", 3, "", "", "nothing"),
        ];
        for (text, columns, at_start, at_end, why) in table {
            assert_eq!(first(text, columns), at_start, "{why}");
            assert_eq!(last(text, columns), at_end, "{why}");
        }
    }
}
