//! One line of a source.

/// A line, or a whole paragraph where the source does not wrap.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    /// Its text, trimmed; footnote marks stand between the marks of
    /// [`normal_form`](crate::normal_form).
    pub text: String,
    /// Spaces before it.
    pub indent: usize,
    /// Empty lines before it.
    pub gap: usize,
    /// Whether at least two spaces end it, as converters leave at paragraph ends.
    pub trailing: bool,
    /// The level of a heading in markup, 1 outermost.
    pub heading: Option<u8>,
    /// Whether it is bold from end to end.
    pub bold: bool,
    /// Whether it is an item of an unnumbered list in markup.
    pub bullet: bool,
    /// Whether it is a row of a table, its cells parted by tabs.
    pub row: bool,
    /// Whether markup says that it is a paragraph by itself.
    pub whole: bool,
    /// Whether the source keeps paragraphs as their authors made them, so that no page has broken one.
    pub exact: bool,
    /// Whether a page begins with it.
    pub page_start: bool,
    /// Its page, from 0, where the source tells pages apart.
    pub page: usize,
}

impl Line {
    /// A line of plain text with the layout that its white space shows.
    pub(crate) fn plain(raw: &str, gap: usize) -> Self {
        let trimmed = raw.trim();
        let indent = raw.chars().take_while(|c| c.is_whitespace()).count();
        let end = raw.chars().rev().take_while(|c| *c == ' ').count();
        Self { text: trimmed.to_owned(), indent, gap, trailing: end >= 2, ..Self::default() }
    }

    /// Whether the text ends as sentences and items of lists do; closing quotes, parentheses and
    /// footnote marks after the punctuation do not count.
    pub(crate) fn is_terminated(&self) -> bool {
        terminated(&self.text)
    }
}

/// See [`Line::is_terminated`].
pub(crate) fn terminated(text: &str) -> bool {
    use crate::normal_form::{MARK_END, MARK_START};
    let mut rest = text.trim_end();
    loop {
        let before = rest;
        if rest.ends_with(MARK_END) {
            rest = rest.rfind(MARK_START).and_then(|at| rest.get(..at)).unwrap_or(rest).trim_end();
        }
        rest = rest.trim_end_matches(['”', '»', '"', '’', ')', ']', '*']).trim_end();
        // A mark without markup: `regional. 25`, `Estados.5`.
        let digits = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        if (1..=3).contains(&(rest.len() - digits.len()))
            && digits.trim_end().ends_with(['.', '”', '»', ';', ':'])
        {
            rest = digits.trim_end();
        }
        if rest.len() == before.len() {
            break;
        }
    }
    if abbreviated(rest) {
        return false;
    }
    rest.ends_with(['.', ';', ':', '?', '!', '…'])
}

/// Whether the text ends in a comma, a footnote mark after it not counted.
pub(crate) fn ends_in_comma(text: &str) -> bool {
    use crate::normal_form::{MARK_END, MARK_START};
    let mut rest = text.trim_end();
    if rest.ends_with(MARK_END) {
        rest = rest.rfind(MARK_START).and_then(|at| rest.get(..at)).unwrap_or(rest).trim_end();
    }
    let digits = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    if (1..=3).contains(&(rest.len() - digits.len())) {
        rest = digits.trim_end();
    }
    rest.ends_with(',')
}

/// Whether the last full stop is that of an initial or abbreviation: `Washington, D.C.`
fn abbreviated(text: &str) -> bool {
    let Some(rest) = text.strip_suffix('.') else { return false };
    let word = rest.rsplit([' ', '.']).next().unwrap_or_default();
    word.chars().count() == 1 && word.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas() {
        assert!(ends_in_comma("operations, 1"));
        assert!(ends_in_comma("States,"));
        assert!(!ends_in_comma("in 2015"));
    }

    #[test]
    fn ends_of_sentences() {
        let table = [
            ("de los Estados.", true),
            ("de los Estados", false),
            ("principios”.", true),
            ("siguientes:", true),
            ("regional. 25", true),
            ("los Estados\u{E000}5\u{E001}.", true),
            ("Estados.\u{E000}5\u{E001}", true),
            ("Washington, D.C.", false),
            ("en 2015", false),
            ("(véase el anexo).", true),
        ];
        for (text, expected) in table {
            assert_eq!(terminated(text), expected, "{text}");
        }
    }
}
