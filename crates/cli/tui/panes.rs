//! Where everything stands on a screen of a given size.

use ratatui::layout::{Constraint, Layout, Rect, Size};

use super::state::{Focus, State};

/// Columns from which the document stands beside the hits.
const BESIDE: u16 = 100;

/// Rows from which it stands below them; on fewer, hits and document take turns.
const BELOW: u16 = 20;

/// Rows from which the keys have a row of their own.
const ROW_OF_KEYS: u16 = 14;

/// Rows for what is said of the query, at most: a mark under it, and an error that is broken in three.
const MOST_SAID: u16 = 4;

/// The parts of the screen; those that are not shown are empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    pub query: Rect,
    /// What is said of the query: its error, or words that may be meant.
    pub said: Rect,
    /// Hits and document together, where the help stands when it is open.
    pub body: Rect,
    /// Above the hits.
    pub results_title: Rect,
    pub results: Rect,
    pub document_title: Rect,
    pub document: Rect,
    /// Whether hits and document stand side by side.
    pub beside: bool,
    pub status: Rect,
    pub keys: Rect,
}

impl Panes {
    /// Divides the screen; `said` is the number of rows for what is said of the query.
    pub fn of(state: &State, said: usize) -> Self {
        let Size { width, height } = state.size;
        let said = u16::try_from(said).unwrap_or(MOST_SAID).min(MOST_SAID);
        let keys = u16::from(height >= ROW_OF_KEYS);
        let rows = [
            Constraint::Length(1),
            Constraint::Length(said),
            Constraint::Fill(1),
            Constraint::Length(1),
            Constraint::Length(keys),
        ];
        let [query, said, body, status, keys] =
            Layout::vertical(rows).areas(Rect::new(0, 0, width, height));
        let mut panes = Self { query, said, body, status, keys, ..Self::default() };
        let (results, document) = if width >= BESIDE {
            panes.beside = true;
            // The line between both is a column of the document's.
            let parts = [Constraint::Percentage(45), Constraint::Fill(1)];
            let [results, document] = Layout::horizontal(parts).areas(body);
            (results, document)
        } else if state.focus == Focus::Document {
            (Rect::default(), body)
        } else if height >= BELOW {
            let parts = [Constraint::Percentage(60), Constraint::Fill(1)];
            let [results, document] = Layout::vertical(parts).areas(body);
            (results, document)
        } else {
            (body, Rect::default())
        };
        (panes.results_title, panes.results) = under_title(results);
        (panes.document_title, panes.document) = under_title(document);
        if panes.beside {
            panes.document.x += 2;
            panes.document.width = panes.document.width.saturating_sub(2);
        }
        panes
    }

    /// Whether the document is on the screen.
    pub fn shows_document(&self) -> bool {
        !self.document.is_empty()
    }
}

fn under_title(area: Rect) -> (Rect, Rect) {
    let parts = [Constraint::Length(1), Constraint::Fill(1)];
    let [title, rest] = Layout::vertical(parts).areas(area);
    (title, rest)
}
