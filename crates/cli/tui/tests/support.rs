//! An invented answer, invented documents, and fingers on keys.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell;
use ratatui::layout::Size;
use undex_document::{Language, Paragraph, Role, Symbol};
use undex_query::{Combination, SearchRequest};

use super::super::draw::draw;
use super::super::event::{Effect, Event, Found, Listed, Match, OpenRequest, Opened};
use super::super::state::State;
use super::super::theme::Theme;
use super::super::update::{begin, update};

/// A screen with a query, and what it asks for at first.
pub(super) fn begun(width: u16, height: u16, query: &str) -> (State, Vec<Effect>) {
    let request = SearchRequest::new(query);
    let mut state = State::new(Size::new(width, height), Theme::COLOURED, request);
    let effects = begin(&mut state);
    (state, effects)
}

/// A screen with an answer.
pub(super) fn answered(width: u16, height: u16, query: &str, hits: Vec<Listed>) -> State {
    let (mut state, effects) = begun(width, height, query);
    answer(&mut state, &effects, hits);
    state
}

/// Answers the search among the effects, and gives what follows from it.
pub(super) fn answer(state: &mut State, effects: &[Effect], hits: Vec<Listed>) -> Vec<Effect> {
    let (number, request) = searched(effects).expect("a search");
    update(state, Event::Answered { number, result: Ok(found(request, hits)) })
}

/// The search among the effects.
pub(super) fn searched(effects: &[Effect]) -> Option<(u64, SearchRequest)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Search { number, request, .. } => Some((*number, request.clone())),
        _ => None,
    })
}

/// The document asked for among the effects.
pub(super) fn wanted(effects: &[Effect]) -> Option<&OpenRequest> {
    effects.iter().find_map(|effect| match effect {
        Effect::Open(request) => Some(request),
        _ => None,
    })
}

/// Hands over the document among the effects: eight paragraphs, of which those with these numbers match.
pub(super) fn hand_over(state: &mut State, effects: &[Effect], matching: &[u32]) -> Vec<Effect> {
    let request = wanted(effects).expect("a document");
    let opened = document(request, matching);
    update(state, Event::Opened { number: request.number, result: Ok(opened) })
}

pub(super) fn found(question: SearchRequest, hits: Vec<Listed>) -> Found {
    Found {
        question,
        total: hits.len() as u64,
        hits,
        folded: false,
        documents: None,
        combination: Combination::All,
        suggestions: Vec::new(),
        milliseconds: 7,
    }
}

/// A hit in a paragraph of an invented document. The first word of the snippet matches.
pub(super) fn hit(symbol: &str, ordinal: u32, snippet: &str) -> Listed {
    let first = snippet.split(' ').next().unwrap_or_default().chars().count() as u32;
    let place = format!("{}", ordinal + 1);
    Listed {
        symbol: symbol.parse().unwrap(),
        language: Language::English,
        pinpoint: place.parse().unwrap(),
        ordinal,
        cite: format!("{symbol}, para. {place}"),
        facts: "en · report · 2026-11-21".to_owned(),
        title: Some("On orchards".to_owned()),
        headings: Vec::new(),
        snippet: snippet.to_owned(),
        highlights: vec![(0, first)],
        note: None,
        matches: true,
        reason: None,
        stands_for: Vec::new(),
    }
}

/// Eight numbered paragraphs about apples.
fn document(request: &OpenRequest, matching: &[u32]) -> Opened {
    let paragraphs = (0..8).map(|ordinal| Paragraph {
        ordinal,
        role: Role::Paragraph,
        label: Some(format!("{}", ordinal + 1)),
        pinpoint: format!("{}", ordinal + 1).parse().unwrap(),
        headings: Vec::new(),
        text: format!("Apples of the {} tree, in words enough for more than a line.", ordinal + 1),
        page: None,
        notes: Vec::new(),
        citations: Vec::new(),
    });
    Opened {
        symbol: request.symbol.clone(),
        language: request.language,
        held_in: vec![Language::English, Language::Spanish],
        facts: "report".to_owned(),
        paragraphs: paragraphs.collect(),
        matches: matching
            .iter()
            .map(|ordinal| Match { ordinal: *ordinal, text: vec![(0, 6)], notes: Vec::new() })
            .collect(),
        question: request.question.clone(),
    }
}

pub(super) fn press(state: &mut State, code: KeyCode) -> Vec<Effect> {
    update(state, Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

pub(super) fn control(state: &mut State, letter: char) -> Vec<Effect> {
    update(state, Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)))
}

/// Types a text, and gives what its last letter asks for.
pub(super) fn type_in(state: &mut State, text: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for c in text.chars() {
        effects = press(state, KeyCode::Char(c));
    }
    effects
}

pub(super) fn symbol(text: &str) -> Symbol {
    text.parse().unwrap()
}

/// What would be on the screen, a string for each row.
pub(super) fn screen(state: &State) -> Vec<String> {
    let terminal = drawn(state);
    let cells = terminal.backend().buffer().content();
    let rows = cells.chunks(usize::from(state.size.width).max(1));
    let text = |cells: &[Cell]| cells.iter().map(Cell::symbol).collect::<String>();
    rows.map(|cells| text(cells).trim_end().to_owned()).collect()
}

/// The screen with its styles.
pub(super) fn drawn(state: &State) -> Terminal<TestBackend> {
    let mut terminal =
        Terminal::new(TestBackend::new(state.size.width, state.size.height)).unwrap();
    terminal.draw(|frame| draw(frame, state)).unwrap();
    terminal
}
