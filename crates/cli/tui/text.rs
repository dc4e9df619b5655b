//! Texts broken to a width, with what matched in them set off.
//!
//! A terminal counts columns: a Chinese character takes two, a combining mark none. Highlights count
//! characters, and making hidden characters visible puts several for one. So a text is first made safe,
//! with its marks moved along, and then broken into ranges of its bytes.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use textwrap::WordSeparator;
use textwrap::core::{Word, break_words, display_width};
use textwrap::wrap_algorithms::wrap_first_fit;

use crate::terminal::visible;

/// A text that is safe to show, on one line, with stretches set off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    text: String,
    /// Ranges of bytes, in order, none overlapping another.
    marks: Vec<Range<usize>>,
}

impl Marked {
    /// Makes a text safe. `highlights` count characters, are in order and do not overlap.
    pub fn new(text: &str, highlights: &[(u32, u32)]) -> Self {
        let mut marked = Self { text: String::with_capacity(text.len()), marks: Vec::new() };
        let mut ranges = highlights.iter().peekable();
        let mut open: Option<(u32, usize)> = None;
        for (at, c) in (0u32..).zip(text.chars()) {
            if let Some((_, start)) = open.take_if(|(end, _)| *end <= at) {
                marked.marks.push(start..marked.text.len());
            }
            if let Some((_, end)) = ranges.next_if(|(start, _)| *start <= at) {
                open = Some((*end, marked.text.len()));
            }
            let c = if c.is_whitespace() { ' ' } else { c };
            marked.text.push_str(&visible(c.encode_utf8(&mut [0; 4])));
        }
        if let Some((_, start)) = open {
            marked.marks.push(start..marked.text.len());
        }
        marked
    }

    /// The lines of the text, none wider than `width` columns. The first one begins with `first`, the
    /// others with `rest`.
    pub fn lines(&self, width: usize, first: &str, rest: &str, look: Look) -> Vec<Line<'static>> {
        let widths =
            [width.saturating_sub(display_width(first)), width.saturating_sub(display_width(rest))];
        let ranges = broken(&self.text, widths);
        let indents = std::iter::once(first).chain(std::iter::repeat(rest));
        ranges
            .into_iter()
            .zip(indents)
            .map(|(range, indent)| {
                let mut spans = vec![Span::styled(indent.to_owned(), look.indent)];
                self.spans(range, look, &mut spans);
                Line::from(spans)
            })
            .collect()
    }

    fn spans(&self, range: Range<usize>, look: Look, spans: &mut Vec<Span<'static>>) {
        let mut push = |range: Range<usize>, style: Style| {
            if let Some(text) = self.text.get(range).filter(|text| !text.is_empty()) {
                spans.push(Span::styled(text.to_owned(), style));
            }
        };
        let mut at = range.start;
        let from = self.marks.partition_point(|mark| mark.end <= range.start);
        for mark in self.marks.iter().skip(from).take_while(|mark| mark.start < range.end) {
            let (start, end) = (mark.start.max(range.start), mark.end.min(range.end));
            push(at..start, look.text);
            push(start..end, look.mark);
            at = end;
        }
        push(at..range.end, look.text);
    }
}

/// The styles of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// What stands before each line.
    pub indent: Style,
    /// The text itself.
    pub text: Style,
    /// What is set off in it.
    pub mark: Style,
}

impl Look {
    /// Everything in one style.
    pub const fn of(style: Style) -> Self {
        Self { indent: style, text: style, mark: style }
    }
}

/// The ranges of the lines of a text: the first within the first width, all others within the second.
/// There is at least one.
fn broken(text: &str, widths: [usize; 2]) -> Vec<Range<usize>> {
    let [first, rest] = widths.map(|width| width.max(1));
    let words = break_words(WordSeparator::AsciiSpace.find_words(text), first.min(rest));
    let mut ranges = Vec::new();
    let mut at = 0;
    for line in wrap_first_fit(&words, &[first as f64, rest as f64]) {
        let start = at;
        let mut end = at;
        for word in line {
            end = at + word.word.len();
            at = end + word.whitespace.len();
        }
        ranges.push(start..end);
    }
    if ranges.is_empty() {
        ranges.push(0..0);
    }
    ranges
}

/// A text made safe and cut to a width in columns, with an ellipsis where it was cut.
pub fn fitted(text: &str, width: usize) -> String {
    let text = Marked::new(text, &[]).text;
    if display_width(&text) <= width {
        return text;
    }
    if width == 0 {
        return String::new();
    }
    let whole = Word::from(&text);
    let cut = whole.break_apart(width.saturating_sub(1).max(1)).next();
    match cut.map(|word| word.word.trim_end()) {
        Some(cut) if display_width(cut) < width => format!("{cut}…"),
        _ => "…".to_owned(),
    }
}

/// A character as it is taken into the line of the query: all white space is a space there, and what could
/// not be seen is not searched for behind the user's back.
pub fn typed(c: char) -> Option<char> {
    if c.is_whitespace() {
        return Some(' ');
    }
    (visible(c.encode_utf8(&mut [0; 4])).len() == c.len_utf8()).then_some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(lines: &[Line<'_>]) -> Vec<String> {
        lines.iter().map(Line::to_string).collect()
    }

    fn marks(lines: &[Line<'_>], style: Style) -> Vec<String> {
        let spans = lines.iter().flat_map(|line| &line.spans);
        spans.filter(|span| span.style == style).map(|span| span.content.to_string()).collect()
    }

    #[test]
    fn marks_go_along_with_the_lines() {
        let mark = Style::new().underlined();
        let look = Look { mark, ..Look::default() };
        let text = Marked::new("points of contact and points of order", &[(0, 17), (22, 28)]);
        let lines = text.lines(12, "> ", "  ", look);
        assert_eq!(shown(&lines), ["> points of", "  contact", "  and points", "  of order"]);
        assert_eq!(marks(&lines, mark), ["points of", "contact", "points"]);
    }

    #[test]
    fn hidden_characters_are_seen_and_move_no_mark() {
        let mark = Style::new().underlined();
        let look = Look { mark, ..Look::default() };
        let text = Marked::new("a\u{1b}[2J\tbc", &[(5, 7)]);
        let lines = text.lines(40, "", "", look);
        assert_eq!(shown(&lines), ["a\\u{1b}[2J bc"]);
        assert_eq!(marks(&lines, mark), [" b"]);
    }

    #[test]
    fn columns_are_counted_and_not_characters() {
        // (text, width, lines, why)
        let table: [(&str, usize, &[&str], &str); 5] = [
            ("和平与安全", 4, &["和平", "与安", "全"], "two columns each"),
            ("e\u{301}te\u{301}", 3, &["e\u{301}te\u{301}"], "accents take none"),
            ("", 10, &[""], "an empty text is a line"),
            ("abcdef", 4, &["abcd", "ef"], "a word that is too long is cut"),
            ("a b", 0, &["a", "b"], "no width at all does no harm"),
        ];
        for (text, width, expected, why) in table {
            let lines = Marked::new(text, &[]).lines(width, "", "", Look::default());
            assert_eq!(shown(&lines), expected, "{why}");
        }
    }

    #[test]
    fn fitted_to_a_width() {
        // (text, width, shown)
        let table = [
            ("short", 5, "short"),
            ("shorter", 5, "shor…"),
            ("two words", 5, "two…"),
            ("和平与安全", 5, "和平…"),
            ("和平", 1, "…"),
            ("anything", 0, ""),
        ];
        for (text, width, expected) in table {
            assert_eq!(fitted(text, width), expected);
        }
    }
}
