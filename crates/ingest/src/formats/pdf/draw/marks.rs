//! Marked content: text that stands for what is drawn, artifacts, and layers that are off.

use lopdf::{Dictionary, Object, decode_text_string};

use super::super::file::as_dictionary;
use super::super::lexer::{self, Token, unescape};
use super::super::names::is_text;
use super::super::page::{Artifact, Glyph, Text};
use super::Painter;

/// Marks that may be open at once: producers nest a few.
const OPEN_MARKS: usize = 1024;

/// The marks that are open.
#[derive(Debug, Default)]
pub(super) struct Marks {
    open: Vec<Mark>,
    /// Marks opened beyond the bound.
    uncounted: usize,
    /// How many of them a form may not close.
    pub floor: usize,
    /// How many saved states a form may not take back.
    pub saved_floor: usize,
    hidden: usize,
}

#[derive(Debug, Default)]
struct Mark {
    artifact: Artifact,
    hides: bool,
    /// A text, and where the glyphs begin that it stands for.
    actual: Option<(String, usize)>,
}

impl Marks {
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn hidden(&self) -> bool {
        self.hidden > 0
    }

    pub(super) fn artifact(&self) -> Artifact {
        self.open.last().map_or(Artifact::None, |mark| mark.artifact)
    }
}

impl<'a> Painter<'a> {
    pub(super) fn open_mark(&mut self, operands: &[Token<'_>], resources: Option<&'a Dictionary>) {
        if self.marks.len() >= OPEN_MARKS {
            self.marks.uncounted += 1;
            return;
        }
        let mut mark = Mark { artifact: self.marks.artifact(), ..Mark::default() };
        let is_artifact = operands.first() == Some(&Token::Name(b"Artifact"));
        let mut subtype = None;
        match operands {
            [Token::Name(tag), Token::Name(name)] => {
                let object = self.resource_entry(resources, name);
                if *tag == b"OC" {
                    mark.hides = self.layers.hides(self.file, object);
                }
                let properties =
                    object.and_then(|object| self.file.resolve(object)).and_then(as_dictionary);
                if let Some(properties) = properties {
                    let text = self.file.get(properties, b"ActualText");
                    mark.actual =
                        text.and_then(|text| decode_text_string(text).ok()).map(|text| (text, 0));
                    subtype = self
                        .file
                        .name(properties, b"Subtype")
                        .map(<[u8]>::to_vec)
                        .or_else(|| self.file.name(properties, b"Type").map(<[u8]>::to_vec));
                }
            }
            [Token::Name(_), Token::DictOpen, entries @ ..] => {
                if let Some(value) = entry(entries, b"ActualText") {
                    mark.actual = text_string(value).map(|text| (text, 0));
                }
                for key in [b"Subtype".as_slice(), b"Type"] {
                    if let (None, Some(Token::Name(name))) = (&subtype, entry(entries, key)) {
                        subtype = Some(unescape(name).into_owned());
                    }
                }
            }
            _ => {}
        }
        if is_artifact {
            mark.artifact = match subtype.as_deref() {
                Some(b"Pagination" | b"Header" | b"Footer") => Artifact::Pagination,
                _ => Artifact::Other,
            };
        }
        if let Some((_, start)) = &mut mark.actual {
            *start = self.page.glyphs.len();
        }
        self.marks.hidden += usize::from(mark.hides);
        self.marks.open.push(mark);
    }

    fn resource_entry(&self, resources: Option<&'a Dictionary>, name: &[u8]) -> Option<&'a Object> {
        // The reference itself is wanted: layers are told apart by it.
        self.file.dictionary(resources?, b"Properties")?.get(&unescape(name)).ok()
    }

    pub(super) fn close_mark(&mut self) {
        if self.marks.uncounted > 0 {
            self.marks.uncounted -= 1;
            return;
        }
        if self.marks.len() <= self.marks.floor {
            return;
        }
        if let Some(mark) = self.marks.open.pop() {
            self.marks.hidden -= usize::from(mark.hides);
            if let Some((text, start)) = mark.actual {
                // The outermost text stands for all within it.
                let outer = self.marks.open.iter().any(|mark| mark.actual.is_some());
                if !outer && !mark.hides {
                    // The next text shown tells that the bound is met.
                    let left = self.file.limits().pdf_glyphs.saturating_sub(self.glyphs);
                    let before = self.page.glyphs.len();
                    replace(&mut self.page.glyphs, start, &text, left);
                    let more = self.page.glyphs.len().saturating_sub(before);
                    self.glyphs = self.glyphs.saturating_add(more as u64);
                }
            }
        }
    }

    /// Closes what content left open, down to a number of marks.
    pub(super) fn close_marks(&mut self, floor: usize) {
        self.marks.uncounted = 0;
        self.marks.floor = floor;
        while self.marks.len() > floor {
            self.close_mark();
        }
    }
}

/// The value of a key of a flat list of tokens, outside of inner dictionaries and arrays.
fn entry<'t>(tokens: &[Token<'t>], wanted: &[u8]) -> Option<Token<'t>> {
    let mut depth = 0_usize;
    let mut key = None;
    for &token in tokens {
        match token {
            Token::DictOpen | Token::ArrayOpen => {
                depth += 1;
                continue;
            }
            Token::DictClose | Token::ArrayClose => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    key = None;
                }
                continue;
            }
            _ if depth > 0 => continue,
            _ => {}
        }
        match (key, token) {
            (None, Token::Name(name)) => key = Some(name),
            (Some(name), value) if name == wanted => return Some(value),
            _ => key = None,
        }
    }
    None
}

/// A string of the content as text.
fn text_string(token: Token<'_>) -> Option<String> {
    let mut bytes = Vec::new();
    match token {
        Token::Literal(body) => lexer::literal(body, &mut bytes),
        Token::Hex(body) => lexer::hex(body, &mut bytes),
        _ => return None,
    }
    decode_text_string(&Object::string_literal(bytes)).ok()
}

/// Puts a text in the place of the glyphs from `start` on, spread evenly over what they covered;
/// `most` characters of it.
fn replace(glyphs: &mut Vec<Glyph>, start: usize, text: &str, most: u64) {
    let covered = glyphs.split_off(start.min(glyphs.len()));
    let characters: Vec<char> = text
        .chars()
        .map(|character| if character.is_whitespace() { ' ' } else { character })
        .filter(|&character| is_text(character))
        .take(usize::try_from(most).unwrap_or(usize::MAX))
        .collect();
    let total: f32 = covered.iter().map(|glyph| glyph.width.max(0.0)).sum();
    if characters.is_empty() {
        return;
    }
    let step = total / characters.len() as f32;
    // Glyphs are in drawing order from the left; text of scripts that run to the left is not.
    let leftwards = characters.iter().any(|&character| runs_left(character));
    let mut rest = covered.iter();
    let Some(mut under) = rest.next() else {
        return;
    };
    // How far the glyph at hand reaches, along all glyphs.
    let mut reach = under.width.max(0.0);
    let mut place = |character: char, at: f32| {
        while at >= reach - 1e-3
            && let Some(next) = rest.next()
        {
            under = next;
            reach += under.width.max(0.0);
        }
        let within = at - (reach - under.width.max(0.0));
        let x = if under.upright { under.x + within } else { under.x };
        glyphs.push(Glyph { text: Text::of(character), x, width: step, ..*under });
    };
    let mut at = 0.0;
    let mut each = |character: char| {
        place(character, at);
        at += step;
    };
    if leftwards {
        characters.iter().rev().copied().for_each(&mut each);
    } else {
        characters.iter().copied().for_each(&mut each);
    }
}

/// Letters of Hebrew, Arabic and the scripts beside them.
fn runs_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}
