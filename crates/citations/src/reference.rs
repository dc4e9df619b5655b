//! What people type when they mean a document: a symbol in any spelling, the number of a resolution, a
//! name, with or without a place in it.

use undex_document::{Pinpoint, Symbol};

use crate::prose::council_years::year_of;
use crate::prose::lexer;
use crate::prose::meaning::Meaning;
use crate::prose::number::{Act, RomanSession};
use crate::prose::resolve::corrected;
use crate::prose::token::Kind;
use crate::prose::{Known, Nicknames, citations};

/// The longest text that is read as a reference, in bytes; names and places together stay far below.
pub const MAX_REFERENCE_BYTES: usize = 512;

/// A document that somebody names, perhaps with a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The document; the likeliest where the words fit several.
    pub symbol: Symbol,
    /// The place in it.
    pub pinpoint: Option<Pinpoint>,
    /// The documents that may be meant, likeliest first, where the words do not settle which.
    pub candidates: Vec<Symbol>,
}

/// A text that names no document, or more than one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// It names none.
    #[error(
        "{text:?} names no document: write a symbol, such as A/RES/78/237, or the number of a resolution, such as `resolution 66/24`, and a place after it if you like, such as `para. 3 (a)`"
    )]
    None {
        /// The text, cut to [`MAX_REFERENCE_BYTES`].
        text: String,
    },
    /// It names a document and goes on in words that name no place in it.
    #[error("{rest:?} names no place in {symbol}: write it as in `annex I, para. 26 (a)`")]
    Place {
        /// The document.
        symbol: Symbol,
        /// The words that could not be read.
        rest: String,
    },
    /// It names several.
    #[error("{text:?} names {first} and {second}: give one of them")]
    Several {
        /// The text.
        text: String,
        /// The first document named.
        first: Symbol,
        /// The second.
        second: Symbol,
    },
}

/// Reads a reference: `a/res/78/237`, `A/77/275, annex, para. 16 (a)`, `resolución 66/24`, `res 217 A
/// (III)`, `Security Council resolution 1325`, `70/1 para 5`, and the names that a catalogue knows.
///
/// # Errors
/// When it names no document, several, or a place that is none.
pub fn reference(text: &str, nicknames: &Nicknames) -> Result<Reference, ReferenceError> {
    let text = text.trim();
    if text.len() > MAX_REFERENCE_BYTES {
        let cut = text.chars().take(MAX_REFERENCE_BYTES / 4).collect();
        return Err(ReferenceError::None { text: cut });
    }
    if let Ok(symbol) = text.parse::<Symbol>() {
        let symbol = corrected(symbol);
        return Ok(Reference { symbol, pinpoint: None, candidates: Vec::new() });
    }
    let none = || Err(ReferenceError::None { text: text.to_owned() });
    let written = written_out(text);
    match by_symbol(&written) {
        Some(Ok(reference)) => Ok(reference),
        // The words behind it may still make sense as prose: `A/75/816, annexes I and II`.
        Some(Err(error)) => match in_prose(text, &written, nicknames) {
            Some(Ok(found)) if found.pinpoint.is_some() => Ok(found),
            Some(Err(several @ ReferenceError::Several { .. })) => Err(several),
            _ => Err(error),
        },
        None => in_prose(text, &written, nicknames).unwrap_or_else(none),
    }
}

/// A symbol with a place behind it. None where the text begins with no symbol.
fn by_symbol(text: &str) -> Option<Result<Reference, ReferenceError>> {
    let whole = |symbol: Symbol, pinpoint| {
        Ok(Reference { symbol: corrected(symbol), pinpoint, candidates: Vec::new() })
    };
    if let Ok(symbol) = text.parse::<Symbol>() {
        return Some(whole(symbol, None));
    }
    // The longest beginning that is a symbol: `A/81/6 (Sect. 13), para. 5` has spaces of its own.
    let borders = text.match_indices([',', ' ', ':', ';']).map(|(at, _)| at);
    let mut refused = None;
    for at in borders.collect::<Vec<_>>().into_iter().rev() {
        let (before, after) = text.split_at(at);
        let Ok(symbol) = before.parse::<Symbol>() else { continue };
        let rest = after.trim_start_matches([',', ' ', ':', ';']);
        match rest.parse::<Pinpoint>() {
            Ok(place) => return Some(whole(symbol, Some(place))),
            Err(_) => refused = Some(ReferenceError::Place { symbol, rest: rest.to_owned() }),
        }
    }
    refused.map(Err)
}

/// A reference in words. None where no document is found in them.
fn in_prose(
    text: &str,
    written: &str,
    nicknames: &Nicknames,
) -> Option<Result<Reference, ReferenceError>> {
    let found = citations(written, &Known::default(), nicknames);
    let mut found = found.into_iter();
    let first = found.next()?;
    if let Some(second) = found.find(|citation| citation.symbol != first.symbol) {
        return Some(Err(ReferenceError::Several {
            text: text.to_owned(),
            first: first.symbol,
            second: second.symbol,
        }));
    }
    let mut pinpoint = first.pinpoint;
    if pinpoint.is_none() {
        let behind = usize::try_from(first.end).unwrap_or(usize::MAX);
        let rest: String = written.chars().skip(behind).collect();
        let rest = rest.trim_start_matches([',', ' ', ':', ';', '.']);
        pinpoint = rest.parse().ok();
        // What could be a place and is none is told, and not passed over.
        let tokens = lexer::tokens(rest);
        if pinpoint.is_none() && (0..tokens.len()).any(|at| tokens.kind(at) == Some(&Kind::Word)) {
            let rest = rest.to_owned();
            return Some(Err(ReferenceError::Place { symbol: first.symbol, rest }));
        }
    }
    Some(Ok(Reference { symbol: first.symbol, pinpoint, candidates: first.candidates }))
}

/// Short forms of organs that are too short for prose, where they may mean anything.
const ORGANS: [(&str, &str); 8] = [
    ("ga", "General Assembly"),
    ("ag", "General Assembly"),
    ("sc", "Security Council"),
    ("cs", "Security Council"),
    ("hrc", "Human Rights Council"),
    ("cdh", "Human Rights Council"),
    ("ecosoc", "Economic and Social Council"),
    ("scr", "Security Council resolution"),
];

/// A reference as prose would have it: abbreviations with their full stop, a bare number as a
/// resolution, the year that people leave away.
fn written_out(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut organ = false;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(['.', ',']).to_lowercase();
        let named =
            ORGANS.iter().find(|(short, _)| bare.strip_prefix("un").unwrap_or(&bare) == *short);
        let (place, number) = place_of(&bare);
        if let Some(before) =
            words.last_mut().filter(|before| place.is_some() || begins_place(word, before))
            && before.ends_with(|c: char| c.is_alphanumeric() || c == ')')
        {
            before.push(',');
        }
        match (named, place) {
            (Some((_, organ)), _) => words.push((*organ).to_owned()),
            (None, Some(place)) => {
                words.push(place.to_owned());
                words.extend(number.map(str::to_owned));
            }
            (None, None) if bare == "res" => words.push("resolution".to_owned()),
            (None, None) if bare == "dec" => words.push("decision".to_owned()),
            // `ECOSOC 1996/31`
            (None, None) if organ && starts_with_digit(word) => {
                words.extend(["resolution".to_owned(), word.to_owned()]);
            }
            // `217 A III`
            (None, None) if word.len() > 1 && RomanSession::parse(word).is_some() => {
                let numbered = words.last().is_some_and(|before| is_lettered_number(before))
                    || words.len() > 1
                        && words
                            .get(words.len() - 2)
                            .is_some_and(|before| is_lettered_number(before))
                        && words.last().is_some_and(|before| before.len() == 1);
                words.push(if numbered { format!("({word})") } else { word.to_owned() });
            }
            (None, None) => words.push(word.to_owned()),
        }
        organ = named.is_some();
    }
    let mut text = words.join(" ");
    let starts = |prefix: &str| text.strip_prefix(prefix).is_some_and(starts_with_digit);
    if starts_with_digit(&text) || ["S-", "s-", "ES-", "es-"].iter().any(|p| starts(p)) {
        let number = text.split([' ', ',']).next().unwrap_or_default().to_owned();
        let rest = text.get(number.len()..).unwrap_or_default();
        text = format!("resolution {}{rest}", number.to_uppercase());
    }
    with_year(&text).unwrap_or(text)
}

/// The short form of a place as prose has it, and the number glued to it: `OP3`, `PP 6`, `para 3`.
fn place_of(word: &str) -> (Option<&'static str>, Option<&str>) {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = word.get(letters.len()..).map(|n| n.trim_matches('.')).filter(|n| !n.is_empty());
    let place = match letters {
        // Operative and preambular paragraphs, as delegates write them.
        "op" => "para.",
        "pp" => "preambular para.",
        "para" => "para.",
        "paras" => "paras.",
        "par" => "par.",
        "sec" => "sec.",
        _ => return (None, None),
    };
    (Some(place), number)
}

/// Whether a word is the number of an early resolution, perhaps with its letter: `217`, `217A`.
fn is_lettered_number(word: &str) -> bool {
    let number = word.trim_end_matches(|c: char| c.is_ascii_uppercase());
    !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit())
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// `resolution 1325` with its year. None where the number has a session or a year of its own.
fn with_year(text: &str) -> Option<String> {
    let tokens = lexer::tokens(text);
    let at = (1..tokens.len()).find(|at| {
        tokens.kind(*at) == Some(&Kind::Digits) && tokens.is(at - 1, Meaning::Act(Act::Resolution))
    })?;
    let year = year_of(tokens.text(at).parse().ok()?)?;
    let (before, after) = text.split_at_checked(tokens.get(at)?.end)?;
    Some(format!("{before} ({year}){after}"))
}

/// Whether a place begins with this word, and a number that could be a document's stands before it.
fn begins_place(word: &str, before: &str) -> bool {
    let tokens = lexer::tokens(word);
    matches!(tokens.meaning(0), Some(Meaning::Unit(..)))
        && before.ends_with(|c: char| c.is_ascii_digit() || c == ')' || c.is_ascii_uppercase())
}
