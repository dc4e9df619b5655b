//! One XML part, read once from start to end within bounds.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

/// The vocabularies that carry text or tell where it is. The transitional and the strict form of
/// ISO/IEC 29500 differ in their namespaces only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML.
    Word,
    /// Office MathML.
    Math,
    /// Markup compatibility: alternatives for older readers.
    Compatibility,
    /// Anything else, and names without a prefix.
    Other,
}

impl Space {
    fn of(namespace: &str) -> Self {
        match namespace {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            _ => Self::Other,
        }
    }
}

/// Why a part could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PartError {
    /// It is no well-formed XML; the reason names the place.
    Malformed(String),
    /// Elements are nested deeper than allowed.
    Depth(usize),
    /// There are more paragraphs in it than allowed.
    Paragraphs(usize),
}

/// The start of an element.
#[derive(Clone, Debug)]
pub(super) struct Tag<'a> {
    pub space: Space,
    start: BytesStart<'a>,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The name, if it is one of WordprocessingML.
    pub(super) fn word(&self) -> Option<&str> {
        (self.space == Space::Word).then(|| self.name())
    }

    /// An attribute by its name without prefix. No element read here has two of one such name.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|found| found.key.local_name().into_inner() == name)?;
        let value: &str = &found.value;
        quick_xml::escape::unescape(value).ok().map(std::borrow::Cow::into_owned)
    }

    /// The attribute in which most elements keep what they say.
    pub(super) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// A property that is on unless it says otherwise.
    pub(super) fn is_on(&self) -> bool {
        self.value().is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"))
    }
}

/// A piece of a part.
enum Piece<'a> {
    Start(Tag<'a>),
    End,
    Text(String),
    Eof,
}

/// A part being read.
pub(super) struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    depth: usize,
    bound: usize,
}

impl<'a> Xml<'a> {
    /// Begins to read a part whose elements may be nested as deep as `bound`.
    pub(super) fn new(text: &'a str, bound: usize) -> Self {
        let mut reader = NsReader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Self { reader, depth: 0, bound }
    }

    /// The outermost element.
    pub(super) fn root(&mut self) -> Result<Tag<'a>, PartError> {
        loop {
            match self.next()? {
                Piece::Start(tag) => return Ok(tag),
                Piece::Eof | Piece::End => return Err(self.malformed("no element in it")),
                Piece::Text(_) => {}
            }
        }
    }

    /// The next element inside the one that is open, or none at its end. Each element given out must
    /// be read to its end before the next is asked for.
    pub(super) fn child(&mut self) -> Result<Option<Tag<'a>>, PartError> {
        loop {
            match self.next()? {
                Piece::Start(tag) => return Ok(Some(tag)),
                Piece::End => return Ok(None),
                Piece::Text(_) => {}
                Piece::Eof => return Err(self.cut()),
            }
        }
    }

    /// The text of the element that is open, to its end; elements inside it are passed over.
    pub(super) fn text(&mut self) -> Result<String, PartError> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Piece::Text(piece) => text.push_str(&piece),
                Piece::Start(_) => self.skip()?,
                Piece::End => return Ok(text),
                Piece::Eof => return Err(self.cut()),
            }
        }
    }

    /// Passes over the element that is open.
    pub(super) fn skip(&mut self) -> Result<(), PartError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next()?, Piece::Eof) {
                return Err(self.cut());
            }
        }
        Ok(())
    }

    fn cut(&self) -> PartError {
        self.malformed("the end of the part stands inside an element")
    }

    fn malformed(&self, reason: impl std::fmt::Display) -> PartError {
        PartError::Malformed(format!("{reason} (at byte {})", self.reader.buffer_position()))
    }

    fn next(&mut self) -> Result<Piece<'a>, PartError> {
        loop {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.malformed(error)),
            };
            match event {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > self.bound {
                        return Err(PartError::Depth(self.depth));
                    }
                    let space = match self.reader.resolver().resolve_element(start.name()).0 {
                        ResolveResult::Bound(namespace) => Space::of(namespace.0),
                        ResolveResult::Unbound | ResolveResult::Unknown(_) => Space::Other,
                    };
                    return Ok(Piece::Start(Tag { space, start }));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Piece::End);
                }
                Event::Text(text) => return Ok(Piece::Text(text.xml10_content().into_owned())),
                Event::CData(text) => return Ok(Piece::Text(text.xml10_content().into_owned())),
                Event::GeneralRef(reference) => {
                    let resolved = match reference.resolve_char_ref() {
                        Ok(Some(c)) => c.to_string(),
                        Ok(None) => {
                            let name: &str = &reference;
                            match quick_xml::escape::resolve_predefined_entity(name) {
                                Some(text) => text.to_owned(),
                                None => {
                                    return Err(self.malformed(format!("unknown entity &{name};")));
                                }
                            }
                        }
                        Err(error) => return Err(self.malformed(error)),
                    };
                    return Ok(Piece::Text(resolved));
                }
                // Word writes none, and entities are the only use of one.
                Event::DocType(_) => {
                    return Err(self.malformed("a document type declaration, which is not allowed"));
                }
                Event::Eof => return Ok(Piece::Eof),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    #[test]
    fn names_go_by_their_namespace() {
        let text = format!(
            "<x:body xmlns:x='{WORD}' xmlns:a='urn:a'><a:t>no</a:t><x:t x:val='0'>a &amp; &#98;</x:t></x:body>"
        );
        let mut xml = Xml::new(&text, 10);
        assert_eq!(xml.root().unwrap().word(), Some("body"));
        let other = xml.child().unwrap().unwrap();
        assert_eq!((other.word(), other.name()), (None, "t"));
        xml.skip().unwrap();
        let own = xml.child().unwrap().unwrap();
        assert_eq!(own.word(), Some("t"));
        assert!(!own.is_on());
        assert_eq!(xml.text().unwrap(), "a & b");
        assert!(xml.child().unwrap().is_none());
    }

    #[test]
    fn what_is_refused() {
        // (part, what the reason says, why)
        let table = [
            ("<a><b></a>", "b", "tags that do not match"),
            ("<a><b>", "end of the part", "cut"),
            ("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "document type", "entities defined"),
            ("<a>&e;</a>", "&e;", "an entity that nobody defined"),
        ];
        for (part, expected, why) in table {
            let mut xml = Xml::new(part, 10);
            let error = xml.root().and_then(|_| xml.skip()).unwrap_err();
            let PartError::Malformed(reason) = error else { panic!("{why}") };
            assert!(reason.contains(expected), "{why}: {reason}");
        }
        let deep = "<a>".repeat(20);
        let mut xml = Xml::new(&deep, 10);
        xml.root().unwrap();
        assert_eq!(xml.skip(), Err(PartError::Depth(11)));
    }
}
