//! What people type when they mean a document: a symbol in any spelling, the number of a resolution, a
//! name, with or without a place in it.

use undex_document::{Pinpoint, Symbol};

use crate::prose::lexer;
use crate::prose::meaning::Meaning;
use crate::prose::number::Act;
use crate::prose::token::Kind;
use crate::prose::{Known, Nicknames, citations};

mod council_years;

use council_years::year_of;

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
    match by_symbol(text) {
        Some(Ok(reference)) => Ok(reference),
        // The words behind it may still make sense as prose: `A/75/816, annexes I and II`.
        Some(Err(error)) => match in_prose(text, nicknames) {
            Some(Ok(found)) if found.pinpoint.is_some() => Ok(found),
            _ => Err(error),
        },
        None => in_prose(text, nicknames)
            .unwrap_or_else(|| Err(ReferenceError::None { text: text.to_owned() })),
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

/// The symbol that is meant by one that cannot be: resolutions of the Security Council are followed by
/// a year and those of the General Assembly by a session, so that the two never collide.
fn corrected(symbol: Symbol) -> Symbol {
    let text = symbol.as_str();
    let other = match (text.strip_prefix("A/RES/"), text.strip_prefix("S/RES/")) {
        (Some(number), _) => {
            let year = number.strip_suffix(')').and_then(|n| n.rsplit_once('('));
            year.filter(|(_, year)| year.bytes().all(|b| b.is_ascii_digit()))
                .map(|_| format!("S/RES/{number}"))
        }
        (_, Some(number)) => match number.split_once('/') {
            // `S/RES/1325/2000`
            Some((number, year)) if year.len() == 4 => Some(format!("S/RES/{number}({year})")),
            Some(_) => Some(format!("A/RES/{number}")),
            None => match number.split_once('(') {
                Some((_, session)) if session.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    Some(format!("A/RES/{number}"))
                }
                Some(_) => None,
                None => number
                    .parse()
                    .ok()
                    .and_then(year_of)
                    .map(|year| format!("S/RES/{number}({year})")),
            },
        },
        _ => None,
    };
    other.and_then(|text| text.parse().ok()).unwrap_or(symbol)
}

/// A reference in words. None where no document is found in them.
fn in_prose(text: &str, nicknames: &Nicknames) -> Option<Result<Reference, ReferenceError>> {
    let written = written_out(text);
    let found = citations(&written, &Known::default(), nicknames);
    let mut found = found.into_iter();
    let first = found.next()?;
    if let Some(second) = found.find(|citation| citation.symbol != first.symbol) {
        return Some(Err(ReferenceError::Several {
            text: text.to_owned(),
            first: first.symbol,
            second: second.symbol,
        }));
    }
    Some(Ok(Reference {
        symbol: first.symbol,
        pinpoint: first.pinpoint,
        candidates: first.candidates,
    }))
}

/// A reference as prose would have it: abbreviations with their full stop, a bare number as a
/// resolution, the year that people leave away.
fn written_out(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let bare = word.trim_matches(['.', ',']).to_lowercase();
        let short = matches!(bare.as_str(), "para" | "par" | "paras" | "sec");
        if let Some(before) = words.last_mut().filter(|before| short || begins_place(word, before))
            && before.ends_with(|c: char| c.is_alphanumeric() || c == ')')
        {
            before.push(',');
        }
        words.push(match bare.as_str() {
            _ if short && !word.ends_with('.') => format!("{word}."),
            "ga" | "ag" => "General Assembly".to_owned(),
            "sc" | "cs" => "Security Council".to_owned(),
            "unscr" | "scr" => "Security Council resolution".to_owned(),
            "res" => "resolution".to_owned(),
            "dec" => "decision".to_owned(),
            _ => word.to_owned(),
        });
    }
    let mut text = words.join(" ");
    let starts = |prefix: &str| text.strip_prefix(prefix).is_some_and(starts_with_digit);
    if starts_with_digit(&text) || ["S-", "s-", "ES-", "es-"].iter().any(|p| starts(p)) {
        let number = text.split([' ', ',']).next().unwrap_or_default().to_owned();
        text = format!(
            "resolution {}{}",
            number.to_uppercase(),
            text.get(number.len()..).unwrap_or_default()
        );
    }
    with_year(&text).unwrap_or(text)
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
