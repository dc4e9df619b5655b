//! Who writes an index: a note in the file that the one writer holds locked.
//!
//! The lock is the system's, so that it goes with the process that holds it; the note only tells people
//! whom they wait for. It is read from a folder that may come from anywhere, and never decides anything.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Bytes of a note that are read: a process, a time and the longest name of a host take 320.
const MAX_NOTE_BYTES: u64 = 1 << 10;

/// Characters of the longest name of a host.
const MAX_HOST: usize = 253;

/// The program that holds the right to write an index, as it says itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Holder {
    /// Its process id, on its own host.
    pub process: u32,
    /// The host it runs on; none where the system does not say.
    pub host: Option<String>,
    /// When it began, in whole seconds.
    pub since: Timestamp,
}

impl Holder {
    /// This process, from now on.
    fn here() -> Self {
        // What is read back has no parts of seconds to show.
        let now = Timestamp::now().as_second();
        let since = Timestamp::from_second(now).unwrap_or_default();
        Self { process: std::process::id(), host: host().filter(|host| is_host(host)), since }
    }

    /// What a note says; none when it is no note of ours.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let holder: Self = serde_json::from_slice(bytes).ok()?;
        holder.host.as_deref().is_none_or(is_host).then_some(holder)
    }
}

impl fmt::Display for Holder {
    /// `process 4242 on HOST has been writing this index since 2026-11-25 07:34 UTC`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {}", self.process)?;
        if let Some(host) = &self.host {
            write!(f, " on {host}")?;
        }
        let since = self.since.strftime("%Y-%m-%d %H:%M UTC");
        write!(f, " has been writing this index since {since}")
    }
}

/// Nothing but what names of hosts consist of, since messages go to terminals.
fn is_host(name: &str) -> bool {
    (1..=MAX_HOST).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
}

#[cfg(unix)]
fn host() -> Option<String> {
    rustix::system::uname().nodename().to_str().ok().map(str::to_owned)
}

#[cfg(not(unix))]
fn host() -> Option<String> {
    None
}

/// Opens the file of the lock, making it where it is missing.
///
/// Through a link, the note would be written over a file outside of the index.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if !metadata.is_file() => {
            return Err(io::Error::other("it is no plain file; remove it"));
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path)
}

/// Who holds the lock of a file, as far as the file says it in our words.
pub(crate) fn holder(file: &File) -> Option<Holder> {
    let mut note = Vec::new();
    file.take(MAX_NOTE_BYTES).read_to_end(&mut note).ok()?;
    Holder::parse(&note)
}

/// Says in a file that this process holds its lock. A note that cannot be written is left out: the lock
/// does without.
pub(crate) fn write_note(mut file: &File) {
    if is_shared(file) {
        return;
    }
    let mut write = || -> io::Result<()> {
        file.set_len(0)?;
        file.rewind()?;
        let mut note = serde_json::to_vec(&Holder::here())?;
        note.push(b'\n');
        file.write_all(&note)
    };
    let _ = write();
}

/// Takes the note away, so that an index nobody writes says so, and a build that changes nothing leaves
/// nothing behind. The note of a process that was killed stays, and the next writer replaces it.
pub(crate) fn remove_note(file: &File) {
    if !is_shared(file) {
        let _ = file.set_len(0);
    }
}

/// Whether the file has another name, perhaps outside of the index, as in copies made of hard links.
#[cfg(unix)]
fn is_shared(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|metadata| metadata.nlink() > 1)
}

#[cfg(not(unix))]
fn is_shared(_file: &File) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_read_as_they_are_written_and_in_no_other_way() {
        let here = Holder::here();
        assert_eq!(Holder::parse(&serde_json::to_vec(&here).unwrap()), Some(here));
        // (note, holder in words, why)
        let table: [(&str, Option<&str>, &str); 8] = [
            (
                r#"{"process":4242,"host":"reader-1.local","since":"2026-11-25T07:34:56Z"}"#,
                Some(
                    "process 4242 on reader-1.local has been writing this index since 2026-11-25 \
                     07:34 UTC",
                ),
                "as written",
            ),
            (
                r#"{"process":4242,"host":null,"since":"2026-11-25T07:34:56Z"}"#,
                Some("process 4242 has been writing this index since 2026-11-25 07:34 UTC"),
                "no host",
            ),
            ("", None, "empty"),
            ("4242", None, "something else"),
            (r#"{"process":-1,"host":"a","since":"2026-11-25T07:34:56Z"}"#, None, "no process"),
            (r#"{"process":1,"host":"a","since":"yesterday"}"#, None, "no time"),
            (
                r#"{"process":1,"host":"a\u001b[31m","since":"2026-11-25T07:34:56Z"}"#,
                None,
                "a command to the terminal",
            ),
            (
                r#"{"process":1,"host":"a; run this","since":"2026-11-25T07:34:56Z"}"#,
                None,
                "words in place of a host",
            ),
        ];
        for (note, words, why) in table {
            let found = Holder::parse(note.as_bytes()).map(|holder| holder.to_string());
            assert_eq!(found.as_deref(), words, "{why}");
        }
    }
}
