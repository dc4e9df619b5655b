//! Tables of contents: rows of titles and page numbers, which are no headings of the text.

use super::Line;
use crate::pattern::pattern;
use crate::structure::words::fold;

/// Rows that make a table of contents; one or two such lines may be anything.
const ROWS: usize = 3;

pattern! {
    /// `Conclusion\t12`, `Conclusion ..... 12`.
    ROW,
    r"^(.*?\S)\s*(?:\.{4,}|…{2,}|\t|(?:\.\s){4,})\s*((?:\d{1,4}\s?[–−-]\s?)?(?:\d{1,4}\s+)?\d{1,4})$"
}

/// Marks the rows of tables of contents as rows, title and page parted by a tab.
pub(super) fn mark(lines: &mut [Line]) {
    let rows: Vec<bool> = lines.iter().map(|line| !line.row && ROW.is_match(&line.text)).collect();
    if rows.iter().filter(|row| **row).count() < ROWS {
        return;
    }
    let is_row = |at: usize| rows.get(at).copied().unwrap_or(false);
    for (at, line) in lines.iter_mut().enumerate() {
        // Between two rows, the word `Annex` above its title; above the first, `Page`.
        let between = at > 0 && is_row(at - 1) && is_row(at + 1);
        let head = is_row(at + 1)
            && matches!(fold(&line.text).as_str(), "page" | "pagina" | "<i>pagina</i>");
        if is_row(at) {
            line.text = ROW.replace(&line.text, "$1\t$2").trim_end_matches('.').to_owned();
            if let Some((title, page)) = line.text.clone().split_once('\t') {
                line.text = format!("{}\t{page}", title.trim_end_matches(['.', ' ']));
            }
        }
        if is_row(at) || between || head {
            line.row = true;
            line.heading = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_contents() {
        let mut lines: Vec<Line> = [
            "Page",
            "Foreword.\t4",
            "I. Introduction ........ 6",
            "Annex",
            "List of members\t13",
            "The text.",
        ]
        .iter()
        .map(|l| Line::plain(l, 0))
        .collect();
        mark(&mut lines);
        let rows: Vec<&str> = lines.iter().filter(|l| l.row).map(|l| l.text.as_str()).collect();
        assert_eq!(
            rows,
            ["Page", "Foreword\t4", "I. Introduction\t6", "Annex", "List of members\t13"]
        );
    }
}
