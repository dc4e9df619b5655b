//! What follows a number: its date and its organ, also those of the numbers after it in a list.

use undex_document::Date;

use super::foreign;
use crate::prose::meaning::Meaning;
use crate::prose::organ::Organ;
use crate::prose::token::{Kind, Tokens};

/// Tokens between a number and its date or its organ; what is farther away is something else's.
const TAIL: usize = 24;

/// Numbers behind one that may still give it their date.
const FOLLOWING: usize = 20;

/// What follows a number.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    /// The days that may be its date.
    pub(super) dates: Vec<Date>,
    /// The organs it is said to be of.
    pub(super) organs: Vec<Organ>,
    /// The token behind the date.
    pub(super) date_end: Option<usize>,
    /// The token behind the organ.
    pub(super) organ_end: Option<usize>,
}

impl Tail {
    pub(super) fn is_dated(&self) -> bool {
        !self.dates.is_empty()
    }
}

/// What follows a number: its date and its organ.
pub(super) fn tail(tokens: &Tokens<'_>, from: usize) -> Tail {
    let mut tail = Tail::default();
    let mut at = from;
    let mut linked = false;
    while at < from + TAIL {
        if let Some((date, end)) = date(tokens, at) {
            tail.dates.push(date);
            tail.date_end = Some(end);
            at = end;
            linked = false;
            continue;
        }
        match tokens.kind(at) {
            Some(Kind::Meant(Meaning::Of)) => linked = true,
            Some(Kind::Meant(Meaning::In)) => linked = true,
            Some(Kind::Meant(Meaning::The)) if linked => {}
            Some(Kind::Meant(Meaning::Organ(organ))) if linked => {
                tail.organs.push(*organ);
                tail.organ_end = Some(at + 1);
                linked = false;
            }
            Some(Kind::Word)
                if linked && foreign::is_body(tokens.text(at)) && tail.dates.len() < 2 =>
            {
                tail.organs.push(Organ::Other);
                break;
            }
            Some(Kind::Meant(Meaning::Dated)) => {}
            Some(Kind::Comma) => linked = false,
            _ => break,
        }
        at += 1;
    }
    tail
}

/// The organ that a list names behind its last number: `resoluciones 1267 (1999) y 1373 (2001) del
/// Consejo de Seguridad`.
pub(super) fn organ_ahead(tokens: &Tokens<'_>, from: usize) -> Vec<Organ> {
    let mut at = from;
    while at < from + 4 * TAIL {
        let tail = tail(tokens, at);
        if !tail.organs.is_empty() {
            return tail.organs;
        }
        let next = tail.date_end.unwrap_or(at);
        let mut place = next;
        let mut joined = false;
        while let Some(Kind::Comma | Kind::Meant(Meaning::And)) = tokens.kind(place) {
            joined = true;
            place += 1;
        }
        if !joined || !matches!(tokens.kind(place), Some(Kind::Number(_))) {
            break;
        }
        at = place + 1;
    }
    Vec::new()
}

/// The date of a later number in a list without others: `5/1 and 5/2 of 18 June 2007`.
pub(super) fn dates_ahead(tokens: &Tokens<'_>, from: usize) -> Vec<Date> {
    let mut at = from;
    for _ in 0..FOLLOWING {
        let mut joined = false;
        let mut place = tail(tokens, at).organ_end.unwrap_or(at);
        while let Some(Kind::Comma | Kind::Meant(Meaning::And)) = tokens.kind(place) {
            joined = true;
            place += 1;
        }
        if !joined || !matches!(tokens.kind(place), Some(Kind::Number(_))) {
            break;
        }
        at = place + 1;
        let tail = tail(tokens, at);
        if !tail.dates.is_empty() {
            return tail.dates;
        }
    }
    Vec::new()
}

/// A date: `16 December 2021`, `5 de diciembre de 2014`, `1er mars 2019`.
fn date(tokens: &Tokens<'_>, at: usize) -> Option<(Date, usize)> {
    if tokens.kind(at) != Some(&Kind::Digits) {
        return None;
    }
    let day: i8 = tokens.text(at).parse().ok()?;
    let mut next = at + 1;
    if matches!(tokens.text(next), "er" | "º" | "st" | "nd" | "rd" | "th") {
        next += 1;
    }
    if tokens.is(next, Meaning::Of) {
        next += 1;
    }
    let Some(Meaning::Month(month)) = tokens.meaning(next) else { return None };
    next += 1;
    if tokens.is(next, Meaning::Of) {
        next += 1;
    }
    let year = tokens.text(next);
    let year = (year.len() == 4 && tokens.kind(next) == Some(&Kind::Digits)).then_some(year)?;
    Some((Date::new(year.parse().ok()?, month, day).ok()?, next + 1))
}
