//! What is said of the query, right under it: where it cannot be read, or which words may be meant.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use textwrap::core::display_width;

use super::state::State;
use super::text::{Look, Marked, fitted};

/// Before the query.
pub const PROMPT: &str = "› ";

/// The lines that are said, for a width.
pub fn lines(state: &State) -> Vec<Line<'static>> {
    let width = usize::from(state.size.width);
    if let Some(complaint) = &state.complaint {
        let mut lines = Vec::new();
        // What merely ends too early may still be written on, and is no reason for alarm.
        let length = state.query.value().chars().count();
        let style = match complaint.column {
            Some(column) if column > length => state.theme.warning,
            _ => state.theme.error,
        };
        if let Some(column) = complaint.column {
            lines.extend(mark(state, column, width, style));
        }
        let look = Look::of(style);
        lines.extend(Marked::new(&complaint.message, &[]).lines(width, "", "  ", look));
        return lines;
    }
    let suggestions = state.found.iter().flat_map(|found| &found.suggestions);
    suggestions
        .map(|(word, near)| {
            let line = format!("nothing has {word}; did you mean {}?", near.join(", "));
            Line::styled(fitted(&line, width), state.theme.warning)
        })
        .collect()
}

/// A mark under the place of an error, where that place is on the screen.
fn mark(state: &State, column: usize, width: usize, style: Style) -> Option<Line<'static>> {
    let before: String = state.query.value().chars().take(column.saturating_sub(1)).collect();
    let place = display_width(&before).checked_sub(scroll(state))? + display_width(PROMPT);
    (place < width)
        .then(|| Line::from(vec![Span::raw(" ".repeat(place)), Span::styled("^", style)]))
}

/// How many columns of the query are out of sight on the left.
pub fn scroll(state: &State) -> usize {
    state.query.visual_scroll(room(state))
}

/// Columns for the query; one behind it is the cursor's.
pub fn room(state: &State) -> usize {
    usize::from(state.size.width).saturating_sub(display_width(PROMPT) + 1)
}
