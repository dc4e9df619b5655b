//! The interactive mode: results as the query is typed, documents read at the hit.
//!
//! Everything on the screen follows from a [`State`], which only [`update`](update::update) changes: it takes
//! an event and says what is to be done outside. [`draw`](draw::draw) only looks. Between both stands the loop
//! below, which waits; searching and reading are done by threads beside it, so that typing never waits.

mod draw;
mod event;
mod help;
mod keys;
mod panes;
mod reader;
mod results;
mod said;
mod screen;
mod state;
mod status;
#[cfg(test)]
mod tests;
mod text;
mod theme;
mod update;
mod work;

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use undex_query::{SearchRequest, Searcher};

use self::event::{Effect, Event};
use self::screen::Screen;
use self::state::State;
use self::theme::Theme;
use self::work::{Search, Work};
use crate::exit::{Exit, Failure};

/// Runs until the user or the system ends it. The terminal is given back in every case.
pub fn run(searcher: Searcher, index: &Path, request: SearchRequest) -> Result<Exit, Failure> {
    let (sender, events) = channel();
    let work = Work::start(searcher, index, &sender).map_err(screen::failed)?;
    let mut screen = Screen::open(&sender).map_err(screen::failed)?;
    screen::listen(sender).map_err(screen::failed)?;
    let size = screen.size().map_err(screen::failed)?;
    let mut state = State::new(size, Theme::of_environment(), request);
    let effects = update::begin(&mut state);
    go_on(&mut screen, &work, &events, &mut state, effects)
}

/// Does what is to be done, draws, and waits for what happens next.
fn go_on(
    screen: &mut Screen,
    work: &Work,
    events: &Receiver<Event>,
    state: &mut State,
    mut effects: Vec<Effect>,
) -> Result<Exit, Failure> {
    loop {
        for effect in effects.drain(..) {
            match effect {
                Effect::Search { number, request, unfinished } => {
                    work.search(Search { number, request, unfinished })?;
                }
                Effect::Open(request) => work.open(request)?,
                Effect::Copy(text) => screen.copy(&text).map_err(screen::failed)?,
                Effect::Suspend => screen.suspend().map_err(screen::failed)?,
                Effect::Quit => return Ok(Exit::Success),
            }
        }
        screen.draw(state).map_err(screen::failed)?;
        // What has come in meanwhile is drawn once.
        let Ok(first) = events.recv() else { return Ok(Exit::Success) };
        for event in std::iter::once(first).chain(events.try_iter()) {
            match event {
                Event::Interrupted => return Ok(Exit::Interrupted),
                Event::Lost(why) => return Err(Failure::error(why)),
                event => effects.extend(update::update(state, event)),
            }
        }
    }
}
