//! The list of hits: each a few lines under the place to cite.

use ratatui::layout::Size;
use ratatui::text::{Line, Span};
use textwrap::core::display_width;

use super::event::{Found, Listed};
use super::reader::gutter;
use super::text::{Look, Marked, fitted};
use super::theme::Theme;
use crate::terminal::visible;

/// Rows of the pane from which a hit has its headings and an empty line behind it.
const ROOMY: u16 = 12;

/// Lines of a snippet, at most.
const SNIPPET: usize = 3;

/// Where a part of it is left out.
const CUT: &str = "…";

/// The lines of one hit on a pane of a size.
pub fn lines(
    found: &Found,
    at: usize,
    size: Size,
    theme: &Theme,
    chosen: bool,
) -> Vec<Line<'static>> {
    let Some(hit) = found.hits.get(at) else { return Vec::new() };
    let mut lines = Vec::new();
    if let Some(reason) = &hit.reason {
        let look = Look::of(theme.dim);
        lines.extend(Marked::new(reason, &[]).lines(usize::from(size.width), "", "", look));
        lines.push(Line::default());
    }
    let roomy = size.height >= ROOMY;
    let width = usize::from(size.width).saturating_sub(1);
    let mut own = vec![head(hit, width, theme, chosen)];
    if roomy {
        own.extend(above(hit, width).map(|text| Line::from(Span::styled(text, theme.dim))));
    }
    own.extend(snippet(hit, width, theme));
    for told in &hit.stands_for {
        let told = format!(" {told}");
        own.push(Line::from(Span::styled(fitted(&told, width), theme.dim)));
    }
    for line in &mut own {
        line.spans.insert(0, gutter(chosen, theme.active));
    }
    lines.append(&mut own);
    if roomy {
        lines.push(Line::default());
    }
    lines
}

/// The place to cite and, where there is room, what the document is.
fn head(hit: &Listed, width: usize, theme: &Theme, chosen: bool) -> Line<'static> {
    let cite = fitted(&hit.cite, width);
    let room = width.saturating_sub(display_width(&cite) + 2);
    let style = if chosen { theme.chosen } else { theme.citation };
    let mut spans = vec![Span::styled(cite, style)];
    if room >= 2 {
        spans.push(Span::raw("  "));
        spans.push(Span::styled(fitted(&hit.facts, room), theme.dim));
    }
    Line::from(spans)
}

/// The innermost heading, which says most of where the paragraph stands; otherwise the title.
fn above(hit: &Listed, width: usize) -> Option<String> {
    let text = hit.headings.last().or(hit.title.as_ref())?;
    Some(format!(" {}", fitted(text, width.saturating_sub(1))))
}

fn snippet(hit: &Listed, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let look = Look { indent: theme.dim, mark: theme.highlight, ..Look::default() };
    let first = match &hit.note {
        Some(mark) => format!(" [{}] ", fitted(&visible(mark), 8)),
        None => " ".to_owned(),
    };
    let text = Marked::new(&hit.snippet, &hit.highlights);
    // A column is left for the sign that something was cut off.
    let mut lines = text.lines(width.saturating_sub(1), &first, " ", look);
    if lines.len() > SNIPPET {
        // What matched must not be among it.
        let highlighted =
            |line: &Line<'_>| line.spans.iter().any(|span| span.style == theme.highlight);
        let from = lines.iter().position(highlighted).unwrap_or(0).min(lines.len() - SNIPPET);
        let behind = lines.len() - SNIPPET > from;
        lines.drain(..from);
        lines.truncate(SNIPPET);
        if let Some(indent) =
            lines.first_mut().filter(|_| from > 0).and_then(|l| l.spans.first_mut())
        {
            *indent = Span::styled(CUT, theme.dim);
        }
        if let Some(last) = lines.last_mut().filter(|_| behind) {
            last.spans.push(Span::styled(CUT, theme.dim));
        }
    }
    lines
}

/// The first hit to show so that the chosen one is seen whole; the one that was first before, if it can be.
pub fn top(found: &Found, top: usize, chosen: usize, size: Size, theme: &Theme) -> usize {
    let rows_of = |at| lines(found, at, size, theme, false).len();
    let mut rows = rows_of(chosen);
    let mut first = chosen;
    while first > top {
        rows += rows_of(first - 1);
        // The empty line behind the last one may be out of sight.
        if rows > usize::from(size.height) + 1 {
            break;
        }
        first -= 1;
    }
    first
}

/// How many hits are seen whole from one on, at least one.
pub fn seen(found: &Found, from: usize, size: Size, theme: &Theme) -> usize {
    let mut rows = 0;
    let fitting = (from..found.hits.len()).take_while(|at| {
        rows += lines(found, *at, size, theme, false).len();
        rows <= usize::from(size.height) + 1
    });
    fitting.count().max(1)
}
