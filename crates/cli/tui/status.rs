//! The last lines of the screen: what holds, and which keys work now.

use ratatui::text::Line;
use textwrap::core::display_width;
use undex_query::Sort;

use super::state::{Focus, State};
use super::text::fitted;
use crate::languages::codes;

/// What holds at the moment or was done last, then the keys, which come after it where they have no line
/// of their own.
pub fn lines(state: &State, own_line: bool) -> [Line<'static>; 2] {
    let width = usize::from(state.size.width);
    let (told, style) = match &state.message {
        Some(message) => (message.clone(), state.theme.warning),
        None => (facts(state), state.theme.dim),
    };
    let told = fitted(&told, width);
    if own_line {
        let keys = fitting(&keys(state), width);
        return [Line::styled(told, style), Line::styled(keys, state.theme.dim)];
    }
    let room = width.saturating_sub(display_width(&told) + 2);
    let keys = fitting(&keys(state), room);
    let gap = " ".repeat(width.saturating_sub(display_width(&told) + display_width(&keys)));
    [Line::styled(format!("{told}{gap}{keys}"), style), Line::default()]
}

/// Time and conditions.
fn facts(state: &State) -> String {
    let mut facts = Vec::new();
    match &state.found {
        _ if state.searching => facts.push("searching".to_owned()),
        Some(found) => facts.push(format!("{} ms", found.milliseconds)),
        None => {}
    }
    facts.push(match state.chosen_languages() {
        [] => "all languages".to_owned(),
        languages => codes(languages),
    });
    let conditions = &state.conditions;
    facts.extend(conditions.types.iter().map(|kind| kind.to_string()));
    facts.extend(conditions.from.map(|day| format!("from {day}")));
    facts.extend(conditions.to.map(|day| format!("to {day}")));
    match conditions.sort {
        Sort::Date => facts.push("by date".to_owned()),
        Sort::Symbol => facts.push("by symbol".to_owned()),
        _ => {}
    }
    let written = state.query.value().trim();
    if let Some(found) = state
        .found
        .as_ref()
        .filter(|found| !state.searching && found.question.query.trim() != written)
        && state.complaint.is_none()
    {
        facts.push(format!("nothing yet for the last word; shown is {}", found.question.query));
    } else if state.complaint.is_some() && state.found.is_some() {
        facts.push("the hits are those of the query before".to_owned());
    }
    facts.join(" · ")
}

/// The keys that work, the most needed first.
fn keys(state: &State) -> Vec<&'static str> {
    if state.help.is_some() {
        return vec!["Esc closes", "↑↓ scroll"];
    }
    match state.focus {
        Focus::Query => {
            vec!["F1 help", "Enter read", "↑↓ choose", "Tab hits", "F2 language", "Ctrl-C quit"]
        }
        Focus::Results => vec![
            "? help",
            "Enter read",
            "n/N hit",
            "y copy",
            "F2 language",
            "Tab document",
            "/ query",
            "q quit",
        ],
        Focus::Document => vec![
            "? help",
            "n/N match",
            "y copy",
            "F2 language",
            "Esc hits",
            "/ query",
            "Y with text",
            "q quit",
        ],
    }
}

/// As many as there is room for.
fn fitting(keys: &[&str], room: usize) -> String {
    let mut line = String::new();
    for key in keys {
        let between = if line.is_empty() { "" } else { "  " };
        if display_width(&line) + between.len() + display_width(key) > room {
            break;
        }
        line.push_str(between);
        line.push_str(key);
    }
    line
}
