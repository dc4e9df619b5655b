//! Frames: how a worker and its parent know where a message ends.
//!
//! A frame is four bytes that tell it is one, the length of what follows as eight bytes, the least
//! first, and that many bytes.

use std::io::{self, IoSlice, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What a frame begins with. Its last byte counts versions of the messages.
const MAGIC: [u8; 4] = *b"uxw1";

/// Bytes before the content.
const HEAD_BYTES: usize = 12;

/// Bytes of a buffer kept from one message to the next; nearly all fit.
const KEPT_BYTES: usize = 1 << 20;

/// Why no message could be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum FrameError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("nothing came")]
    Closed,
    #[error("it ends in the middle of a message")]
    Cut,
    #[error("what came is no message")]
    NoFrame,
    #[error("a message of {length} bytes, above the limit of {bound}")]
    TooLong { length: u64, bound: u64 },
    #[error("a message that cannot be understood: {0}")]
    Content(#[from] postcard::Error),
}

/// The head of a frame.
pub(super) fn head(length: usize) -> [u8; HEAD_BYTES] {
    let mut head = [0; HEAD_BYTES];
    let [m0, m1, m2, m3, rest @ ..] = &mut head;
    [*m0, *m1, *m2, *m3] = MAGIC;
    *rest = (length as u64).to_le_bytes();
    head
}

/// Makes a frame of a message in place of what the buffer held.
pub(super) fn encode<T: Serialize>(message: &T, frame: &mut Vec<u8>) -> Result<(), FrameError> {
    frame.clear();
    frame.shrink_to(KEPT_BYTES);
    frame.extend(head(0));
    postcard::to_io(message, &mut *frame)?;
    let length = content_bytes(frame);
    if let Some(place) = frame.first_chunk_mut() {
        *place = head(length);
    }
    Ok(())
}

/// Bytes of a frame without its head.
pub(super) fn content_bytes(frame: &[u8]) -> usize {
    frame.len().saturating_sub(HEAD_BYTES)
}

/// Reads the content of a frame in place of what the buffer held.
pub(super) fn read(
    input: &mut impl Read,
    bound: u64,
    content: &mut Vec<u8>,
) -> Result<(), FrameError> {
    let mut head = [0; HEAD_BYTES];
    match fill(input, &mut head)? {
        0 => return Err(FrameError::Closed),
        HEAD_BYTES => {}
        _ => return Err(FrameError::Cut),
    }
    let [m0, m1, m2, m3, length @ ..] = head;
    if [m0, m1, m2, m3] != MAGIC {
        return Err(FrameError::NoFrame);
    }
    let length = u64::from_le_bytes(length);
    let too_long = FrameError::TooLong { length, bound };
    if length > bound {
        return Err(too_long);
    }
    content.clear();
    content.shrink_to(KEPT_BYTES.max(usize::try_from(length).unwrap_or(KEPT_BYTES)));
    let Ok(room) = usize::try_from(length) else { return Err(too_long) };
    content.try_reserve_exact(room).map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
    // Nobody claims more than the bound, and one large read is cheaper than many that grow.
    content.resize(room, 0);
    let came = fill(input, content)?;
    if came == room { Ok(()) } else { Err(FrameError::Cut) }
}

/// The message that the content of a frame is.
pub(super) fn decode<T: DeserializeOwned>(content: &[u8]) -> Result<T, FrameError> {
    decode_borrowed(content)
}

fn decode_borrowed<'c, T: Deserialize<'c>>(content: &'c [u8]) -> Result<T, FrameError> {
    let (message, rest) = postcard::take_from_bytes(content)?;
    if rest.is_empty() { Ok(message) } else { Err(FrameError::NoFrame) }
}

/// Writes parts as if they were one, so that who waits for them is woken once.
pub(super) fn write_all(output: &mut impl Write, parts: &[&[u8]]) -> io::Result<()> {
    let mut slices: Vec<IoSlice<'_>> = parts.iter().map(|part| IoSlice::new(part)).collect();
    let mut rest = slices.as_mut_slice();
    IoSlice::advance_slices(&mut rest, 0);
    while !rest.is_empty() {
        match output.write_vectored(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut rest, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Reads until the buffer is full or the input ends, and says how much came.
fn fill(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match input.read(rest) {
            Ok(0) => break,
            Ok(came) => filled += came,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(message: &str) -> Vec<u8> {
        let mut frame = Vec::new();
        encode(&message, &mut frame).unwrap();
        frame
    }

    fn read_all(mut bytes: &[u8], bound: u64) -> Result<String, FrameError> {
        let mut content = Vec::new();
        read(&mut bytes, bound, &mut content)?;
        decode(&content)
    }

    #[test]
    fn messages_come_back_one_after_another() {
        let both = [frame("heron"), frame("")].concat();
        let mut input = both.as_slice();
        let mut content = b"what was here before".to_vec();
        for expected in ["heron", ""] {
            read(&mut input, 100, &mut content).unwrap();
            assert_eq!(decode::<String>(&content).unwrap(), expected);
        }
        assert!(matches!(read(&mut input, 100, &mut content), Err(FrameError::Closed)));
    }

    #[test]
    fn parts_are_written_whole() {
        /// Takes three bytes at a time, of the first part only.
        struct Narrow(Vec<u8>);

        impl Write for Narrow {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.extend(bytes.iter().take(3));
                Ok(bytes.len().min(3))
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }

        let mut out = Narrow(Vec::new());
        write_all(&mut out, &[b"", b"a heron", b"", b"st", b"ands", b""]).unwrap();
        assert_eq!(out.0, b"a heronstands");
        write_all(&mut out, &[]).unwrap();
        write_all(&mut out, &[b""]).unwrap();
    }

    #[test]
    fn every_cut_is_seen() {
        let whole = frame("heron");
        for length in 1..whole.len() {
            let cut = read_all(&whole[..length], 100);
            assert!(matches!(cut, Err(FrameError::Cut)), "{length}: {cut:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_not_read() {
        let mut bytes = head(usize::MAX).to_vec();
        bytes.extend(b"and more");
        let error = read_all(&bytes, 64).unwrap_err();
        assert!(matches!(error, FrameError::TooLong { length: u64::MAX, bound: 64 }), "{error}");
        // At the bound is not above it.
        let content = content_bytes(&frame("heron")) as u64;
        assert_eq!(read_all(&frame("heron"), content).unwrap(), "heron");
        assert!(read_all(&frame("heron"), content - 1).is_err());
    }

    #[test]
    fn garbage_is_told_from_messages() {
        assert!(matches!(read_all(b"internal error: a panic", 100), Err(FrameError::NoFrame)));
        // A frame whose content is another message, or more than one.
        let mut longer = head(7).to_vec();
        longer.extend([1, b'x', 0, 0, 0, 0, 0]);
        assert!(matches!(read_all(&longer, 100), Err(FrameError::NoFrame)));
        let mut shorter = head(1).to_vec();
        shorter.push(9);
        assert!(matches!(read_all(&shorter, 100), Err(FrameError::Content(_))));
    }
}
