//! The program on a terminal whose other end a test holds.

use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use pty_process::blocking::{Command, Pty, open};
use rustix::termios::{LocalModes, tcgetattr};

use super::Sandbox;

/// How long the screen may take to show something. The slowest takes a hundredth of it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal with the program on it.
pub(crate) struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    seen: Arc<Mutex<Seen>>,
    reading: Option<JoinHandle<()>>,
    modes: LocalModes,
}

/// What the program has written, and what a terminal shows of it.
struct Seen {
    bytes: Vec<u8>,
    parser: vt100::Parser,
}

impl Terminal {
    /// Starts the program in a sandbox; none where the system gives no terminal.
    pub(crate) fn start(sandbox: &Sandbox, size: (u16, u16), arguments: &[&str]) -> Option<Self> {
        let (columns, rows) = size;
        let (pty, pts) = match open() {
            Ok(both) => both,
            Err(error) => {
                eprintln!("skipped: no terminal can be made here: {error}");
                return None;
            }
        };
        pty.resize(pty_process::Size::new(rows, columns)).unwrap();
        let modes = tcgetattr(&pty).unwrap().local_modes;
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("undex"));
        command = command.env_clear().env("TERM", "xterm-256color");
        command = command.args(arguments).current_dir(sandbox.path());
        let child = command.spawn(pts).unwrap();
        let pty = Arc::new(pty);
        let parser = vt100::Parser::new(rows, columns, 0);
        let seen = Arc::new(Mutex::new(Seen { bytes: Vec::new(), parser }));
        let (from, to) = (Arc::clone(&pty), Arc::clone(&seen));
        let reading = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // It fails when the program has ended.
            while let Ok(length @ 1..) = (&*from).read(&mut buffer) {
                let mut seen = to.lock().unwrap();
                seen.bytes.extend_from_slice(&buffer[..length]);
                seen.parser.process(&buffer[..length]);
            }
        });
        Some(Self { pty, child, seen, reading: Some(reading), modes })
    }

    /// Types keys, as a terminal sends them.
    pub(crate) fn types(&self, keys: &str) -> &Self {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
        self
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) -> &Self {
        self.seen.lock().unwrap().parser.screen_mut().set_size(rows, columns);
        self.pty.resize(pty_process::Size::new(rows, columns)).unwrap();
        self
    }

    /// The screen, a row a line.
    pub(crate) fn screen(&self) -> String {
        self.seen.lock().unwrap().parser.screen().contents()
    }

    /// Waits until the screen shows these words.
    #[track_caller]
    pub(crate) fn shows(&self, words: &str) -> &Self {
        self.wait_for(words, |seen| seen.parser.screen().contents().contains(words))
    }

    /// Waits until the program has written this, seen or not.
    #[track_caller]
    pub(crate) fn writes(&self, what: &str) -> &Self {
        let wanted = what.as_bytes();
        self.wait_for(what, |seen| seen.bytes.windows(wanted.len()).any(|part| part == wanted))
    }

    #[track_caller]
    fn wait_for(&self, what: &str, reached: impl Fn(&Seen) -> bool) -> &Self {
        let begun = Instant::now();
        while !reached(&self.seen.lock().unwrap()) {
            assert!(begun.elapsed() < PATIENCE, "never seen: {what}\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(10));
        }
        self
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the end, and that the terminal is as it was before. Gives what stands on it then.
    #[track_caller]
    pub(crate) fn ends(mut self, code: i32) -> String {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(10));
        };
        assert_eq!((status.code(), status.signal()), (Some(code), None), "{}", self.screen());
        // On some systems the modes go with the last program on a terminal.
        if let Ok(modes) = tcgetattr(&*self.pty) {
            assert_eq!(modes.local_modes, self.modes);
        }
        self.reading.take().unwrap().join().unwrap();
        let seen = self.seen.lock().unwrap();
        let screen = seen.parser.screen();
        let left = (screen.alternate_screen(), screen.hide_cursor(), screen.bracketed_paste());
        assert_eq!(left, (false, false, false), "other screen, hidden cursor, bracketed paste");
        screen.contents()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed leaves nothing running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
