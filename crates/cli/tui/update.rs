//! What becomes of the screen when something happens. Nothing here draws, waits or searches: what is to be
//! done outside is handed back.

use ratatui::layout::Size;
use undex_document::Language;

use super::event::{Complaint, Effect, Event, Found, Listed, OpenRequest, Opened};
use super::panes::Panes;
use super::reader::Reader;
use super::state::{At, Focus, PAGE, State, Wanted};
use super::{help, keys, results, said};
use crate::languages::codes;
use crate::terminal::visible;

/// Bytes that are handed to the clipboard at most. Terminals take about 75,000 characters of such a
/// sequence, in which three bytes are four.
pub const MAX_COPY: usize = 56_000;

/// Takes the first step: asks for what the command line asks for.
pub fn begin(state: &mut State) -> Vec<Effect> {
    let effects = state.search(PAGE).into_iter().collect();
    settle(state, effects)
}

/// Takes what happened and says what is to be done.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let effects = match event {
        Event::Key(key) => keys::pressed(state, key),
        Event::Paste(text) => keys::pasted(state, &text),
        Event::Resize(width, height) => {
            state.size = Size::new(width, height);
            Vec::new()
        }
        Event::Answered { number, result } => {
            // A newer one is on its way.
            if number == state.asked {
                answered(state, result);
            }
            Vec::new()
        }
        Event::Opened { number, result } => {
            if number == state.opening {
                opened(state, result);
            }
            Vec::new()
        }
        Event::Published(number) => published(state, number),
        Event::Interrupted | Event::Lost(_) => vec![Effect::Quit],
    };
    settle(state, effects)
}

fn answered(state: &mut State, result: Result<Found, Complaint>) {
    state.searching = false;
    match result {
        Ok(found) => {
            let limit_apart = |found: &Found| {
                let mut question = found.question.clone();
                question.limit = 0;
                question
            };
            let before = state.found.as_ref().map(limit_apart);
            if before.as_ref() == Some(&limit_apart(&found)) {
                state.chosen = state.chosen.min(found.hits.len().saturating_sub(1));
            } else {
                (state.chosen, state.top) = (0, 0);
            }
            if found.hits.is_empty() && state.focus != Focus::Document {
                (state.reader, state.wanted, state.followed) = (None, None, None);
            }
            state.complaint = None;
            state.found = Some(found);
        }
        Err(complaint) => state.complaint = Some(complaint),
    }
}

fn opened(state: &mut State, result: Result<Opened, String>) {
    let Some(wanted) = state.wanted.clone() else { return };
    match result {
        Ok(opened) if opened.paragraphs.is_empty() => {
            state.message = Some(format!("{} is not held any more", wanted.symbol));
            (state.reader, state.wanted) = (None, None);
            state.focus = leave(state.focus);
        }
        Ok(opened) => {
            let mut reader = Reader::new(opened, wanted.clone(), state.theme);
            let exact = reader.go(&wanted.at);
            if let (At::Place(place, _), false) = (&wanted.at, exact) {
                let (held, language) = (&wanted.symbol, wanted.language);
                state.message = Some(format!("{held} has no {place} in {language}; near it"));
            }
            state.reader = Some(reader);
        }
        Err(message) => {
            state.wanted = None;
            state.focus = leave(state.focus);
            state.complaint = Some(Complaint { message, column: None });
        }
    }
}

/// Out of a document that is not there.
fn leave(focus: Focus) -> Focus {
    if focus == Focus::Document { Focus::Results } else { focus }
}

/// Asks again for what is on the screen.
fn published(state: &mut State, number: u64) -> Vec<Effect> {
    state.message = Some(format!("the index is of generation {number} now"));
    let mut effects = Vec::new();
    let known = state.hits().len().max(PAGE);
    effects.extend(state.search(known));
    if let Some(mut wanted) = state.wanted.clone() {
        if let Some(paragraph) = state.reader.as_ref().and_then(Reader::paragraph) {
            wanted.at = At::Place(paragraph.pinpoint.clone(), paragraph.ordinal);
        }
        state.opening += 1;
        state.wanted = Some(wanted.clone());
        let Wanted { symbol, language, question, .. } = wanted;
        effects.push(Effect::Open(OpenRequest {
            number: state.opening,
            symbol,
            language,
            question,
        }));
    }
    effects
}

/// Has everything fit the screen, and the document follow the chosen hit.
fn settle(state: &mut State, mut effects: Vec<Effect>) -> Vec<Effect> {
    let panes = panes(state);
    if let Some(top) = state.help {
        let rows = help::lines(usize::from(panes.body.width), &state.theme).len();
        state.help = Some(top.min(rows.saturating_sub(usize::from(panes.body.height))));
    }
    if panes.shows_document() && state.focus != Focus::Document {
        effects.extend(follow(state));
    }
    if let Some(found) = state.found.as_ref().filter(|found| !found.hits.is_empty()) {
        let size = panes.results.as_size();
        if size.height > 0 {
            state.top = results::top(found, state.top, state.chosen, size, &state.theme);
        }
    }
    if let Some(reader) = state.reader.as_mut().filter(|_| panes.shows_document()) {
        let Size { width, height } = panes.document.as_size();
        reader.fit(Size::new(width.saturating_sub(1), height));
    }
    effects
}

/// The parts of the screen as it is.
pub fn panes(state: &State) -> Panes {
    Panes::of(state, said::lines(state).len())
}

/// Asks for the document of the chosen hit, unless it was asked for already. Who has moved on in the
/// document stays where they are.
fn follow(state: &mut State) -> Option<Effect> {
    let hit = state.hit()?;
    let key = (hit.symbol.clone(), hit.language, hit.ordinal, state.question());
    if state.followed.as_ref() == Some(&key) {
        return None;
    }
    open_chosen(state)
}

/// Goes to the chosen hit in its document.
pub fn open_chosen(state: &mut State) -> Option<Effect> {
    let Listed { symbol, language, ordinal, .. } = state.hit()?.clone();
    state.followed = Some((symbol.clone(), language, ordinal, state.question()));
    state.open(symbol, language, At::Ordinal(ordinal))
}

/// Chooses a hit, or the last one, and asks for more where that is the last one known.
pub fn choose(state: &mut State, at: usize) -> Vec<Effect> {
    state.chosen = at.min(state.hits().len().saturating_sub(1));
    if state.chosen + 1 < state.hits().len() {
        return Vec::new();
    }
    state.search_on().into_iter().collect()
}

/// Goes to the next match in the document, or to the first one of the next document.
pub fn next_match(state: &mut State) -> Vec<Effect> {
    if state.reader.as_mut().is_some_and(Reader::next_match) {
        choose_at_hand(state);
        return Vec::new();
    }
    match neighbour(state, 1) {
        Some(at) => go_on(state, at, At::First),
        None => {
            let more = state.search_on();
            let told = if more.is_some() {
                "more hits are looked for; n goes on to them"
            } else {
                "no hit behind this one"
            };
            state.message = Some(told.to_owned());
            more.into_iter().collect()
        }
    }
}

/// Goes to the match before, or to the last one of the document before.
pub fn previous_match(state: &mut State) -> Vec<Effect> {
    if state.reader.as_mut().is_some_and(Reader::previous_match) {
        choose_at_hand(state);
        return Vec::new();
    }
    match neighbour(state, -1) {
        Some(at) => go_on(state, at, At::Last),
        None => {
            state.message = Some("no hit before this one".to_owned());
            Vec::new()
        }
    }
}

/// The first hit of the document that is listed behind the one that is read, or before it.
fn neighbour(state: &State, step: isize) -> Option<usize> {
    let hits = state.hits();
    let key = |hit: &Listed| (hit.symbol.clone(), hit.language);
    let mut documents: Vec<((_, Language), usize)> = Vec::new();
    for (at, hit) in hits.iter().enumerate() {
        if !documents.iter().any(|(known, _)| *known == key(hit)) {
            documents.push((key(hit), at));
        }
    }
    let read = state.wanted.as_ref().map(|wanted| (wanted.symbol.clone(), wanted.language))?;
    // In another language than the hit's, the walk goes on from the hit.
    let chosen = state.hit().map(key);
    let place = documents.iter().position(|(known, _)| *known == read);
    let place =
        place.or_else(|| documents.iter().position(|(known, _)| Some(known) == chosen.as_ref()))?;
    documents.get(place.checked_add_signed(step)?).map(|(_, at)| *at)
}

fn go_on(state: &mut State, at: usize, to: fn(u32) -> At) -> Vec<Effect> {
    state.chosen = at;
    let Some(hit) = state.hit().cloned() else { return Vec::new() };
    state.followed = Some((hit.symbol.clone(), hit.language, hit.ordinal, state.question()));
    state.open(hit.symbol, hit.language, to(hit.ordinal)).into_iter().collect()
}

/// Chooses the hit that is being read, where it is listed.
fn choose_at_hand(state: &mut State) {
    let Some(reader) = &state.reader else { return };
    let Some(ordinal) = reader.paragraph().map(|paragraph| paragraph.ordinal) else { return };
    let (symbol, language) = (&reader.opened.symbol, reader.opened.language);
    let listed = state.hits().iter().position(|hit| {
        hit.ordinal == ordinal && hit.language == language && hit.symbol == *symbol
    });
    if let Some(at) = listed {
        state.chosen = at;
        state.followed = state
            .hit()
            .map(|hit| (hit.symbol.clone(), hit.language, hit.ordinal, state.question()));
    }
}

/// The next language: of the document that is read, at the same place; otherwise to search in.
pub fn next_language(state: &mut State) -> Vec<Effect> {
    if state.focus != Focus::Document {
        state.language = (state.language + 1) % state.languages.len().max(1);
        return state.search(PAGE).into_iter().collect();
    }
    let Some(reader) = state.shown() else { return Vec::new() };
    let Opened { symbol, language, held_in, .. } = &reader.opened;
    let at = held_in.iter().position(|held| held == language).map_or(0, |at| at + 1);
    let next = held_in.get(at).or(held_in.first()).copied().filter(|next| next != language);
    let Some((next, paragraph)) = next.zip(reader.paragraph()) else {
        state.message = Some(format!("{symbol} is held in {} only", codes(held_in)));
        return Vec::new();
    };
    let at = At::Place(paragraph.pinpoint.clone(), paragraph.ordinal);
    let symbol = symbol.clone();
    state.open(symbol, next, at).into_iter().collect()
}

/// Copies how to cite the paragraph at hand, with its text in front if wanted.
pub fn copy(state: &mut State, with_text: bool) -> Vec<Effect> {
    let reading = state.shown().filter(|_| state.focus == Focus::Document);
    let cite = match reading {
        Some(reader) => reader.cite(),
        None if state.focus == Focus::Document => None,
        None => state.hit().map(|hit| hit.cite.clone()),
    };
    let Some(cite) = cite else {
        state.message = Some("nothing to copy yet".to_owned());
        return Vec::new();
    };
    let mut text = visible(&cite).into_owned();
    let paragraph = reading.and_then(Reader::paragraph).filter(|_| with_text);
    if let Some(paragraph) = paragraph {
        text = format!("{} ({text})", visible(&paragraph.text));
    }
    if text.len() > MAX_COPY {
        let told = format!("{} bytes are more than the {MAX_COPY} a terminal copies", text.len());
        state.message = Some(told);
        return Vec::new();
    }
    let what = if paragraph.is_some() { "text and place" } else { "place" };
    state.message = Some(format!("{what} copied: {cite}"));
    vec![Effect::Copy(text)]
}
