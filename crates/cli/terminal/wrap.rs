//! Text broken to the width of the terminal.

use textwrap::{Options, WordSeparator, WordSplitter};

/// Text with every line indented and, where a width is given, broken to it. The first line begins
/// with `first`, the others with `rest`.
pub fn indented(text: &str, width: Option<usize>, first: &str, rest: &str) -> String {
    match width {
        Some(width) => {
            let options = Options::new(width).initial_indent(first).subsequent_indent(rest);
            textwrap::fill(text, options.word_splitter(WordSplitter::NoHyphenation))
        }
        None => format!("{first}{text}"),
    }
}

/// A message broken to a width. Paths stay whole, so that they can be copied, and lines that are set in
/// stay as they are: they hold a query above the mark of its error.
pub fn message(text: &str, width: usize) -> String {
    let options = Options::new(width)
        .subsequent_indent("  ")
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    let lines = text.split('\n').map(|line| {
        if line.starts_with("  ") { line.to_owned() } else { textwrap::fill(line, &options) }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Texts side by side in columns of equal width, or none when they would be too narrow to read.
pub fn columns(texts: &[String], width: Option<usize>) -> Option<String> {
    /// Characters of the narrowest column.
    const NARROWEST: usize = 32;
    const GAP: usize = 3;
    let width = width?;
    let count = texts.len().max(1);
    let column = (width + GAP) / count;
    let column = column.checked_sub(GAP).filter(|column| *column >= NARROWEST)?;
    let broken: Vec<Vec<String>> = texts
        .iter()
        .map(|text| {
            text.split('\n')
                .flat_map(|line| {
                    let options = Options::new(column).word_splitter(WordSplitter::NoHyphenation);
                    let lines = textwrap::wrap(line, options);
                    lines.into_iter().map(std::borrow::Cow::into_owned).collect::<Vec<_>>()
                })
                .collect()
        })
        .collect();
    let height = broken.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for row in 0..height {
        let mut line = String::new();
        for (at, lines) in broken.iter().enumerate() {
            let cell = lines.get(row).map_or("", String::as_str);
            line.push_str(cell);
            if at + 1 < broken.len() {
                let pad = column.saturating_sub(textwrap::core::display_width(cell)) + GAP;
                line.extend(std::iter::repeat_n(' ', pad));
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_keep_paths_and_marks() {
        let error = "error: a/long/path/to-a-file.pdf: cannot be read";
        assert_eq!(message(error, 30), "error:\n  a/long/path/to-a-file.pdf:\n  cannot be read");
        let query = "\nit ends too early\n  a AND (b OR\n             ^";
        assert_eq!(message(query, 12), "\nit ends too\n  early\n  a AND (b OR\n             ^");
    }

    #[test]
    fn side_by_side() {
        let texts = ["one two three four five six seven eight".to_owned(), "uno dos".to_owned()];
        let shown = columns(&texts, Some(70)).unwrap();
        assert_eq!(shown, "one two three four five six seven   uno dos\neight\n");
        assert_eq!(columns(&texts, Some(40)), None);
        assert_eq!(columns(&texts, None), None);
    }
}
