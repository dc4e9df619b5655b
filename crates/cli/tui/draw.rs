//! Draws the screen as it is; nothing changes by it.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Clear, Paragraph};
use textwrap::core::display_width;
use undex_query::Combination;

use super::help;
use super::panes::Panes;
use super::reader::gutter;
use super::said::{self, PROMPT};
use super::state::{Focus, State};
use super::text::{Look, Marked, fitted};
use super::update::panes;
use super::{results, status};
use crate::commands::search::NO_MATCH;
use crate::terminal::{counted, grouped};

/// Draws everything.
pub fn draw(frame: &mut Frame<'_>, state: &State) {
    let panes = panes(state);
    query(frame, state, panes.query);
    frame.render_widget(Text::from(said::lines(state)), panes.said);
    if let Some(top) = state.help {
        let body = panes.body;
        frame.render_widget(Clear, body);
        let lines = help::lines(usize::from(body.width), &state.theme);
        let shown: Vec<Line<'_>> = lines.into_iter().skip(top).collect();
        frame.render_widget(Text::from(shown), body);
    } else {
        hits(frame, state, &panes);
        document(frame, state, &panes);
    }
    let [status, keys] = status::lines(state, panes.keys.height > 0);
    frame.render_widget(status, panes.status);
    frame.render_widget(keys, panes.keys);
}

fn query(frame: &mut Frame<'_>, state: &State, area: Rect) {
    let active = state.focus == Focus::Query && state.help.is_none();
    let prompt = if active { state.theme.active } else { state.theme.dim };
    let scroll = said::scroll(state);
    let parts = [Constraint::Length(display_width(PROMPT) as u16), Constraint::Fill(1)];
    let [at, line] = Layout::horizontal(parts).areas(area);
    frame.render_widget(Span::styled(PROMPT, prompt), at);
    let scrolled = u16::try_from(scroll).unwrap_or(u16::MAX);
    frame.render_widget(Paragraph::new(state.query.value()).scroll((0, scrolled)), line);
    if active {
        let column = state.query.visual_cursor().saturating_sub(scroll);
        let x = line.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX));
        frame.set_cursor_position(Position::new(x.min(area.right().saturating_sub(1)), area.y));
    }
}

fn hits(frame: &mut Frame<'_>, state: &State, panes: &Panes) {
    if panes.results.is_empty() {
        return;
    }
    let active = state.focus != Focus::Document;
    title(frame, state, panes.results_title, &counts(state), active);
    let size = panes.results.as_size();
    let width = usize::from(size.width);
    let Some(found) = &state.found else {
        let told = if state.complaint.is_some() || state.searching { "" } else { START };
        let lines = Marked::new(told, &[]).lines(width, " ", " ", Look::of(state.theme.dim));
        frame.render_widget(Text::from(lines), panes.results);
        return;
    };
    let mut lines = Vec::new();
    for at in state.top..found.hits.len() {
        if lines.len() >= usize::from(size.height) {
            break;
        }
        let chosen = at == state.chosen;
        lines.extend(results::lines(found, at, size, &state.theme, chosen));
    }
    if found.hits.is_empty() {
        lines = Marked::new(NO_MATCH, &[]).lines(width, " ", " ", Look::default());
    }
    frame.render_widget(Text::from(lines), panes.results);
}

/// Where nothing is asked yet.
const START: &str = "Type what to look for: words in any form, \"exact words\", cyber*, lang:es, year:2015.., \
symbol:A/RES/78/237. F1 shows the keys.";

/// What is above the hits: which of how many are known, and how they were found.
fn counts(state: &State) -> String {
    let Some(found) = &state.found else { return "hits".to_owned() };
    let (all, of) = match found.documents {
        Some(documents) if state.conditions.by_document => (documents, "document"),
        _ => (found.total, "paragraph"),
    };
    let mut told = match found.hits.get(state.chosen) {
        // It has no rank among those that match.
        Some(hit) if !hit.matches => format!("in other words, beside {}", counted(all, of)),
        Some(_) => format!("{} of {}", grouped(state.chosen as u64 + 1), counted(all, of)),
        None => counted(0, of),
    };
    if found.folded {
        told.push_str(", those alike as one");
    }
    match found.combination {
        _ if found.total == 0 => {}
        Combination::Most { least, of } => {
            told.push_str(&format!(
                ", each with {least} of your {of} words or more, or the rarer ones"
            ));
        }
        Combination::Any => told.push_str(", none with all your words"),
        _ => {}
    }
    told
}

fn document(frame: &mut Frame<'_>, state: &State, panes: &Panes) {
    if panes.document.is_empty() {
        return;
    }
    let active = state.focus == Focus::Document;
    let told = match (state.shown(), &state.wanted) {
        (Some(reader), _) => {
            let opened = &reader.opened;
            let matches = match reader.matches() {
                (_, 0) => String::new(),
                (Some(at), of) => format!("match {at} of {of} · "),
                (None, 1) => "1 match · ".to_owned(),
                (None, of) => format!("{of} matches · "),
            };
            let (symbol, language) = (&opened.symbol, opened.language);
            let percent = reader.percent();
            format!("{symbol}  {language} · {matches}{percent} % · {}", opened.facts)
        }
        (None, Some(wanted)) => format!("{}  is being read", wanted.symbol),
        (None, None) => String::new(),
    };
    title(frame, state, panes.document_title, &told, active);
    if panes.beside {
        let Rect { y, height, .. } = panes.document;
        let line = Rect { x: panes.document_title.x, y, width: 1, height };
        let bars = vec![Line::styled("│", state.theme.dim); usize::from(height)];
        frame.render_widget(Text::from(bars), line);
        let corner = Rect { height: 1, width: 1, ..panes.document_title };
        frame.render_widget(Span::styled("┬", state.theme.dim), corner);
    }
    let Some(reader) = state.shown() else { return };
    let lines: Vec<Line<'_>> = reader
        .rows()
        .map(|(line, chosen)| {
            let mut line = line.clone();
            line.spans.insert(0, gutter(chosen, state.theme.active));
            line
        })
        .collect();
    frame.render_widget(Text::from(lines), panes.document);
}

/// A line across the top of a pane with what is in it.
fn title(frame: &mut Frame<'_>, state: &State, area: Rect, told: &str, active: bool) {
    const RULE: &str = "─";
    let width = usize::from(area.width);
    let dim = state.theme.dim;
    let style = if active { state.theme.active } else { Style::new() };
    let told = fitted(told, width.saturating_sub(4));
    let mut spans = vec![Span::styled(RULE, dim)];
    if !told.is_empty() {
        spans.push(Span::styled(format!(" {told} "), style));
    }
    let used: usize = spans.iter().map(Span::width).sum();
    spans.push(Span::styled(RULE.repeat(width.saturating_sub(used)), dim));
    frame.render_widget(Line::from(spans), area);
}
