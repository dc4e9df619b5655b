//! The help: every key, and the query language in short.

use ratatui::text::{Line, Span};

use super::text::{Look, Marked};
use super::theme::Theme;

/// Columns for the keys.
const KEYS: usize = 14;

/// Headings and what stands under them.
const HELP: [(&str, &[(&str, &str)]); 5] = [
    (
        "Everywhere",
        &[
            ("Tab", "goes from the query to the hits, to the document, and back"),
            ("Esc", "goes back; in the query, empties it"),
            ("F2, Ctrl-L", "another language: to search in, or of the document that is read"),
            ("Ctrl-Y", "copies the place to cite, where the terminal allows it"),
            ("F1", "opens and closes this help"),
            ("Ctrl-Z", "suspends undex"),
            ("Ctrl-C", "ends undex"),
        ],
    ),
    (
        "In the query",
        &[
            ("Enter", "reads the document at the chosen hit"),
            ("↑ ↓ PgUp PgDn", "choose a hit"),
            ("Ctrl-U Ctrl-W", "delete what is before the cursor, or a word of it"),
        ],
    ),
    (
        "In the hits and in the document",
        &[
            (
                "n N",
                "the next and the previous hit; in a document its matches first, then other documents",
            ),
            ("↑ ↓ j k", "a hit, or a line and a paragraph"),
            ("PgUp PgDn", "a page, as the space bar does"),
            ("Home End g G", "to the beginning, to the end"),
            ("y", "copies the place to cite"),
            ("Y", "in a document, copies the paragraph with it"),
            ("/", "back to the query"),
            ("? q", "this help; end"),
        ],
    ),
    (
        "Queries",
        &[
            (
                "two words",
                "paragraphs with both in any form; of three words and more, most of them",
            ),
            ("\"two words\"", "exactly these in this order"),
            ("cyber* wom?n", "words of this form"),
            ("securty~", "also words in which letters differ"),
            ("a NEAR/5 b", "five words from one to the other at most"),
            ("AND OR NOT ( )", "operators; a dash is NOT"),
            ("lang:es", "filters: symbol:, body:, cites:, type:, role:, year:, date:"),
            ("title:word", "only there; also heading: and note:"),
        ],
    ),
    (
        "While typing",
        &[(
            "",
            "where nothing has the last word, paragraphs with words that begin so are shown, until a space follows",
        )],
    ),
];

/// The help for a width.
pub fn lines(width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (heading, keys) in HELP {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::from(vec![Span::raw(" "), Span::styled(heading, theme.heading)]));
        for (key, what) in keys {
            let first = format!("  {key:KEYS$} ");
            let rest = " ".repeat(KEYS + 3);
            let look = Look { indent: theme.citation, ..Look::default() };
            lines.extend(Marked::new(what, &[]).lines(width, &first, &rest, look));
        }
    }
    lines
}
