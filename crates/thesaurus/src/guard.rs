//! RDF/XML from anywhere, before the parser sees it.
//!
//! XML lets a document define entities by other entities, so that a few lines stand for gigabytes, and an
//! event of XML may be as long as the file. The parser keeps both whole.

use std::io::{self, Read};

/// The longest stretch without the beginning of a tag, in bytes: a definition in a thesaurus is a
/// paragraph.
const LONGEST_STRETCH: usize = 256 << 10;

/// The longest declaration of an entity, in bytes: those of real files are the addresses of vocabularies. With
/// [`LONGEST_STRETCH`] it bounds what a text becomes to some 20 MB.
const LONGEST_ENTITY: usize = 256;

const ENTITY: &[u8] = b"<!ENTITY";

/// Passes on what it reads, and fails at what would be more than it looks.
pub(crate) struct Guard<R> {
    inner: R,
    /// Bytes since the last `<`.
    stretch: usize,
    /// How many bytes of [`ENTITY`] stand here.
    matched: usize,
    entity: Option<Declaration>,
}

/// What is seen of a declaration.
#[derive(Default)]
struct Declaration {
    length: usize,
    quotes: usize,
}

impl<R: Read> Guard<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, stretch: 0, matched: 0, entity: None }
    }

    fn look_at(&mut self, byte: u8) -> Result<(), &'static str> {
        self.stretch = if byte == b'<' { 0 } else { self.stretch + 1 };
        if self.stretch > LONGEST_STRETCH {
            return Err("a text or tag of more than 262144 bytes");
        }
        if let Some(entity) = &mut self.entity {
            entity.length += 1;
            entity.quotes += usize::from(byte == b'"');
            if byte == b'&' {
                return Err("an entity that is defined by another one");
            }
            if entity.length > LONGEST_ENTITY {
                return Err("an entity of more than 256 bytes");
            }
            if entity.quotes == 2 {
                self.entity = None;
            }
            return Ok(());
        }
        self.matched = match ENTITY.get(self.matched) {
            Some(expected) if *expected == byte => self.matched + 1,
            _ => usize::from(byte == b'<'),
        };
        if self.matched == ENTITY.len() {
            self.matched = 0;
            self.entity = Some(Declaration::default());
        }
        Ok(())
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        for byte in buffer.iter().take(read) {
            self.look_at(*byte)
                .map_err(|found| io::Error::new(io::ErrorKind::InvalidData, found))?;
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_it_looks_is_refused() {
        let long = format!("<a>{}</a>", " ".repeat(LONGEST_STRETCH));
        let fits = format!("<a>{}</a>", " ".repeat(LONGEST_STRETCH - 16));
        let value = format!("<!ENTITY a \"{}\">", "x".repeat(LONGEST_ENTITY));
        // (text, the refusal, why)
        let table = [
            (
                "<!DOCTYPE a [<!ENTITY b \"http://c#\">]><a d='&b;e'>&amp;</a>",
                None,
                "as it is used",
            ),
            ("<!ENTITY b \"&c;\">", Some("defined by another"), "an entity in an entity"),
            ("<!ENTITY b \"x>&c;\">", Some("defined by another"), "behind a bracket"),
            ("<<!ENTITY b \"&c;\">", Some("defined by another"), "behind another bracket"),
            ("<!ENTITY b '&c;'>", Some("defined by another"), "in other quotes"),
            (&value, Some("more than 256"), "a long entity"),
            (&long, Some("more than 262144"), "a long text"),
            (&fits, None, "a text that fits"),
        ];
        for (text, refusal, why) in table {
            // Byte by byte and at once: what is seen does not depend on how it is read.
            for chunk in [1, text.len()] {
                let mut guard = Guard::new(text.as_bytes());
                let mut buffer = vec![0; chunk];
                let end = loop {
                    match guard.read(&mut buffer) {
                        Ok(0) => break None,
                        Ok(_) => {}
                        Err(error) => break Some(error.to_string()),
                    }
                };
                match (&end, refusal) {
                    (None, None) => {}
                    (Some(end), Some(refusal)) => assert!(end.contains(refusal), "{why}: {end}"),
                    _ => panic!("{why}: {end:?}"),
                }
            }
        }
    }
}
