//! What each key means, by where the keys go.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::InputRequest;

use super::event::Effect;
use super::reader::Reader;
use super::results;
use super::state::{Focus, PAGE, State};
use super::text::typed;
use super::update::{choose, copy, next_language, next_match, open_chosen, panes, previous_match};

/// A key is pressed.
pub fn pressed(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    state.message = None;
    let control =
        key.modifiers.contains(KeyModifiers::CONTROL) && !key.modifiers.contains(KeyModifiers::ALT);
    match key.code {
        KeyCode::Char('c') if control => return vec![Effect::Quit],
        KeyCode::Char('z') if control => return vec![Effect::Suspend],
        KeyCode::Char('y') if control => return copy(state, false),
        KeyCode::Char('l') if control => return next_language(state),
        KeyCode::F(2) => return next_language(state),
        KeyCode::F(1) => {
            state.help = if state.help.is_some() { None } else { Some(0) };
            return Vec::new();
        }
        _ => {}
    }
    if let Some(top) = state.help {
        state.help = help(top, key.code);
        return Vec::new();
    }
    match state.focus {
        Focus::Query => in_query(state, key, control),
        Focus::Results if !control => in_results(state, key.code),
        Focus::Document if !control => in_document(state, key.code),
        _ => Vec::new(),
    }
}

/// A text is pasted: it goes to the query, on one line.
pub fn pasted(state: &mut State, text: &str) -> Vec<Effect> {
    (state.message, state.help, state.focus) = (None, None, Focus::Query);
    for c in text.trim().chars().filter_map(typed) {
        state.query.handle(InputRequest::InsertChar(c));
    }
    state.search(PAGE).into_iter().collect()
}

/// Scrolls the help or closes it.
fn help(top: usize, key: KeyCode) -> Option<usize> {
    match key {
        KeyCode::Down | KeyCode::Char('j') => Some(top.saturating_add(1)),
        KeyCode::Up | KeyCode::Char('k') => Some(top.saturating_sub(1)),
        KeyCode::PageDown | KeyCode::Char(' ') => Some(top.saturating_add(8)),
        KeyCode::PageUp => Some(top.saturating_sub(8)),
        KeyCode::Home => Some(0),
        _ => None,
    }
}

fn in_query(state: &mut State, key: KeyEvent, control: bool) -> Vec<Effect> {
    use InputRequest as Line;
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    let typed = match key.code {
        KeyCode::Esc if state.query.value().is_empty() => {
            state.message = Some("Ctrl-C ends undex".to_owned());
            return Vec::new();
        }
        KeyCode::Esc => Line::DeleteLine,
        KeyCode::Enter => return read(state),
        KeyCode::Tab => return go(state, Focus::Results),
        KeyCode::BackTab => return go(state, Focus::Document),
        KeyCode::Up | KeyCode::Down | KeyCode::PageUp | KeyCode::PageDown => {
            return through_results(state, key.code);
        }
        KeyCode::Left if control => Line::GoToPrevWord,
        KeyCode::Right if control => Line::GoToNextWord,
        KeyCode::Left => Line::GoToPrevChar,
        KeyCode::Right => Line::GoToNextChar,
        KeyCode::Home => Line::GoToStart,
        KeyCode::End => Line::GoToEnd,
        KeyCode::Backspace if control || alt => Line::DeletePrevWord,
        KeyCode::Backspace => Line::DeletePrevChar,
        KeyCode::Delete => Line::DeleteNextChar,
        KeyCode::Char('a') if control => Line::GoToStart,
        KeyCode::Char('e') if control => Line::GoToEnd,
        KeyCode::Char('h') if control => Line::DeletePrevChar,
        KeyCode::Char('w') if control => Line::DeletePrevWord,
        KeyCode::Char('u') if control => Line::DeleteFromStart,
        KeyCode::Char('k') if control => Line::DeleteTillEnd,
        KeyCode::Char(c) if !control => {
            let Some(c) = typed(c) else { return Vec::new() };
            Line::InsertChar(c)
        }
        _ => return Vec::new(),
    };
    match state.query.handle(typed) {
        Some(changed) if changed.value => state.search(PAGE).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn in_results(state: &mut State, key: KeyCode) -> Vec<Effect> {
    match key {
        KeyCode::Esc | KeyCode::Char('/') | KeyCode::BackTab => go(state, Focus::Query),
        KeyCode::Tab => go(state, Focus::Document),
        KeyCode::Enter => read(state),
        KeyCode::Down | KeyCode::Char('j' | 'n') => choose(state, state.chosen + 1),
        KeyCode::Up | KeyCode::Char('k' | 'N') => choose(state, state.chosen.saturating_sub(1)),
        KeyCode::PageDown | KeyCode::Char(' ') => through_results(state, KeyCode::PageDown),
        KeyCode::PageUp => through_results(state, key),
        KeyCode::Home | KeyCode::Char('g') => choose(state, 0),
        KeyCode::End | KeyCode::Char('G') => choose(state, usize::MAX),
        other => anywhere(state, other),
    }
}

fn in_document(state: &mut State, key: KeyCode) -> Vec<Effect> {
    let leaves = matches!(
        key,
        KeyCode::Esc | KeyCode::Tab | KeyCode::BackTab | KeyCode::Char('/' | '?' | 'q')
    );
    // The one that is still in memory is not the one that is being read.
    if state.shown().is_none() && !leaves {
        return Vec::new();
    }
    let mut step = |step: fn(&mut Reader)| {
        state.reader.as_mut().map(step);
        Vec::new()
    };
    match key {
        KeyCode::Down | KeyCode::Char('j') => step(Reader::down),
        KeyCode::Up | KeyCode::Char('k') => step(Reader::up),
        KeyCode::PageDown | KeyCode::Char(' ') => step(Reader::page_down),
        KeyCode::PageUp => step(Reader::page_up),
        KeyCode::Home | KeyCode::Char('g') => step(Reader::home),
        KeyCode::End | KeyCode::Char('G') => step(Reader::end),
        KeyCode::Char('n') => next_match(state),
        KeyCode::Char('N') => previous_match(state),
        KeyCode::Esc | KeyCode::BackTab => go(state, Focus::Results),
        KeyCode::Tab | KeyCode::Char('/') => go(state, Focus::Query),
        other => anywhere(state, other),
    }
}

/// Letters that are commands wherever none are typed.
fn anywhere(state: &mut State, key: KeyCode) -> Vec<Effect> {
    match key {
        KeyCode::Char('q') => vec![Effect::Quit],
        KeyCode::Char('?') => {
            state.help = Some(0);
            Vec::new()
        }
        KeyCode::Char('y') => copy(state, false),
        KeyCode::Char('Y') => copy(state, true),
        _ => Vec::new(),
    }
}

fn through_results(state: &mut State, key: KeyCode) -> Vec<Effect> {
    let size = panes(state).results.as_size();
    let page =
        state.found.as_ref().map_or(1, |found| results::seen(found, state.top, size, &state.theme));
    let at = match key {
        KeyCode::Up => state.chosen.saturating_sub(1),
        KeyCode::Down => state.chosen + 1,
        KeyCode::PageUp => {
            state.top = state.top.saturating_sub(page);
            state.chosen.saturating_sub(page)
        }
        _ => {
            // The next page begins with the hit behind the last one seen.
            state.top += page;
            state.chosen + page
        }
    };
    choose(state, at)
}

/// Goes on to another part of the screen, as far as there is anything in it.
fn go(state: &mut State, focus: Focus) -> Vec<Effect> {
    match focus {
        Focus::Document if state.reader.is_none() => read(state),
        Focus::Results if state.hits().is_empty() => {
            state.focus = Focus::Query;
            Vec::new()
        }
        focus => {
            state.focus = focus;
            Vec::new()
        }
    }
}

/// Reads the document of the chosen hit, at the hit.
fn read(state: &mut State) -> Vec<Effect> {
    if state.hit().is_none() {
        return Vec::new();
    }
    state.focus = Focus::Document;
    open_chosen(state).into_iter().collect()
}
