//! The terminal: taken, drawn on, listened to, and given back however the program ends.

use std::io::{self, Write, stdout};
use std::panic;
use std::sync::mpsc::Sender;
use std::thread;

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, KeyEventKind};
use crossterm::execute;
use ratatui::DefaultTerminal;
use ratatui::layout::Size;

use super::draw::draw;
use super::event::Event;
use super::state::State;
use crate::exit::Failure;

/// The terminal while it is taken.
pub struct Screen {
    terminal: DefaultTerminal,
}

impl Screen {
    /// Takes the terminal. A panic gives it back before anything is told of it; one of another thread is left
    /// to the loop, which would draw over it otherwise.
    pub fn open(events: &Sender<Event>) -> io::Result<Self> {
        let taken = ratatui::try_init().and_then(|terminal| {
            execute!(stdout(), EnableBracketedPaste)?;
            Ok(Self { terminal })
        });
        let (drawing, events) = (thread::current().id(), events.clone());
        let give_back_and_tell = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            let told = format!("internal error, please report it: {panic}");
            if thread::current().id() == drawing || events.send(Event::Lost(told)).is_err() {
                give_back_and_tell(panic);
            }
        }));
        taken.inspect_err(|_| give_back())
    }

    pub fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    pub fn draw(&mut self, state: &State) -> io::Result<()> {
        self.terminal.draw(|frame| draw(frame, state)).map(|_| ())
    }

    /// Hands a text to the clipboard. A terminal that does not allow it says nothing.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(stdout(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal back to the shell until the user returns. Where there is no shell to return from,
    /// nothing happens.
    pub fn suspend(&mut self) -> io::Result<()> {
        #[cfg(unix)]
        {
            use crossterm::terminal::{EnterAlternateScreen, enable_raw_mode};
            give_back();
            signal_hook::low_level::raise(signal_hook::consts::SIGTSTP)?;
            enable_raw_mode()?;
            execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
            self.terminal.clear()?;
        }
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn give_back() {
    // Nothing can be told of a terminal that is gone.
    let _ = execute!(stdout(), DisableBracketedPaste, crossterm::cursor::Show);
    // After a panic it was given back already; a second time would write over what was told of it.
    if crossterm::terminal::is_raw_mode_enabled().unwrap_or(true) {
        let _ = ratatui::try_restore();
    }
    let _ = stdout().flush();
}

/// Sends what is typed, and the wish of the system to end, in threads of their own.
pub fn listen(events: Sender<Event>) -> io::Result<()> {
    #[cfg(unix)]
    listen_to_signals(events.clone())?;
    thread::Builder::new().name("keys".to_owned()).spawn(move || {
        loop {
            let event = match event::read() {
                Ok(event::Event::Key(key)) if key.kind != KeyEventKind::Release => Event::Key(key),
                Ok(event::Event::Paste(text)) => Event::Paste(text),
                Ok(event::Event::Resize(width, height)) => Event::Resize(width, height),
                Ok(_) => continue,
                Err(error) => {
                    let _ = events.send(Event::Lost(format!("the terminal is gone: {error}")));
                    return;
                }
            };
            if events.send(event).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

#[cfg(unix)]
fn listen_to_signals(events: Sender<Event>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for _ in signals.forever() {
            if events.send(Event::Interrupted).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// The terminal does not do what it must.
pub fn failed(error: io::Error) -> Failure {
    Failure::error(format!("the terminal cannot be used: {error}; `undex search` needs none"))
}
