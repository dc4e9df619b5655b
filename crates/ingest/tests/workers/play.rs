//! The ways to misbehave. They speak the protocol by hand, so that it cannot change unnoticed.

use std::io::{Read, Write, stdin, stdout};
use std::process::{Command, ExitCode};
use std::thread;
use std::time::Duration;

/// Longer than any test waits.
const FOR_EVER: Duration = Duration::from_secs(600);

pub(crate) fn play(way: &str) -> ExitCode {
    match way {
        "not at all" => {
            undex_ingest::worker::serve(&mut stdin().lock(), &mut stdout().lock()).unwrap();
            return ExitCode::SUCCESS;
        }
        "end at once" => {
            eprintln!("no luck today\n");
            return ExitCode::from(3);
        }
        "never be ready" => thread::sleep(FOR_EVER),
        "say hello" => {
            receive();
            print!("Hello, I am no worker at all");
        }
        "other version" => {
            receive();
            ready("0.0.1");
            thread::sleep(FOR_EVER);
        }
        "never read" => {
            receive();
            ready(env!("CARGO_PKG_VERSION"));
            thread::sleep(FOR_EVER);
        }
        _ => {
            receive();
            ready(env!("CARGO_PKG_VERSION"));
            let mut documents = 0;
            while receive() {
                receive();
                documents += 1;
                if !with_document(way, documents) {
                    break;
                }
            }
        }
    }
    ExitCode::SUCCESS
}

/// What is done when a document has come; false to end.
fn with_document(way: &str, documents: usize) -> bool {
    match way {
        "hang" => thread::sleep(FOR_EVER),
        "hang with a child" => {
            Command::new("sleep").arg("600").status().unwrap();
        }
        "answer for ever" => {
            send_bytes(&head(u64::MAX));
            while stdout().write_all(&[0; 4096]).is_ok() {}
        }
        "answer garbage" => send_bytes(b"thread 'main' panicked at somewhere"),
        "answer another thing" => send(&[200, 200, 200]),
        "end in an answer" => {
            send_bytes(&head(100));
            send_bytes(b"half");
            return false;
        }
        "end" => return false,
        "abort" => std::process::abort(),
        "abort without memory" => {
            eprintln!("memory allocation of 2000000000 bytes failed");
            std::process::abort();
        }
        "overflow the stack" => assert_eq!(descend(u64::MAX), 0),
        "tell of a panic" => send(&answer_of_panic("index out of bounds")),
        "abort at the second" if documents > 1 => std::process::abort(),
        "talk" => {
            eprint!("{}", "warning: a font without widths\n".repeat(100));
            send(&answer_of_unknown());
        }
        "look at the environment" => {
            let names: Vec<_> = std::env::vars_os().map(|(name, _)| name).collect();
            send(&answer_of_panic(&format!("{names:?}")));
        }
        _ => send(&answer_of_unknown()),
    }
    true
}

fn descend(depth: u64) -> u64 {
    let here = [depth; 64];
    if depth == 0 { 0 } else { descend(depth - 1) + std::hint::black_box(here)[7] - depth }
}

/// The second kind of answer: a path, and the second cause, no format that is known.
fn answer_of_unknown() -> Vec<u8> {
    [&[1], string("a.txt").as_slice(), &[1]].concat()
}

/// The third kind of answer: a panic and its words.
fn answer_of_panic(words: &str) -> Vec<u8> {
    [&[2], string(words).as_slice()].concat()
}

fn ready(version: &str) {
    send(&string(version));
}

fn string(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap();
    assert!(length < 128, "one byte holds the length");
    [&[length], text.as_bytes()].concat()
}

fn head(length: u64) -> Vec<u8> {
    [b"uxw1".as_slice(), &length.to_le_bytes()].concat()
}

fn send(content: &[u8]) {
    send_bytes(&[&head(content.len() as u64), content].concat());
}

fn send_bytes(bytes: &[u8]) {
    stdout().write_all(bytes).unwrap();
    stdout().flush().unwrap();
}

/// Reads one frame; false when there is none.
fn receive() -> bool {
    let mut head = [0; 12];
    if stdin().read_exact(&mut head).is_err() {
        return false;
    }
    assert_eq!(&head[..4], b"uxw1");
    let length = u64::from_le_bytes(head[4..].try_into().unwrap());
    let mut content = vec![0; length as usize];
    stdin().read_exact(&mut content).unwrap();
    true
}
