//! Resolution: which document a mention names.
//!
//! What settles it, in this order: the organ named beside the number; its date against the sessions
//! of the organs, whose calendars never meet; what the same number meant where it was settled; the
//! organs that the sentence names; the organ of the document itself.

use std::collections::HashMap;

use undex_document::Symbol;

use crate::prose::council_years::year_of;
use crate::prose::mention::Numbered;
use crate::prose::number::{Act, Number, Session};
use crate::prose::organ::Organ;

/// What a number names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Settled {
    /// This document.
    Document(Symbol),
    /// One of these, likeliest first.
    OneOf(Vec<Symbol>),
    /// An act of a body whose acts have no symbol.
    NoSymbol,
}

/// What is known of the document that cites.
#[derive(Clone, Debug, Default)]
pub(crate) struct Citing {
    /// The organ it is of.
    pub(crate) organ: Option<Organ>,
    /// The year it is of, after which nothing that it cites was adopted.
    pub(crate) year: Option<u32>,
}

/// Numbers that were settled in a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    settled: HashMap<(Number, Act), Option<Organ>>,
}

impl Memory {
    /// Learns the organ of a number where its own words settle it. A number that means two things is
    /// forgotten.
    pub(crate) fn learn(&mut self, numbered: &Numbered) {
        let Some(organ) = by_its_words(numbered).filter(|organ| *organ != Organ::Other) else {
            return;
        };
        self.settled
            .entry((numbered.number.clone(), numbered.act))
            .and_modify(|known| {
                if *known != Some(organ) {
                    *known = None;
                }
            })
            .or_insert(Some(organ));
    }

    fn organ(&self, numbered: &Numbered) -> Option<Organ> {
        self.settled.get(&(numbered.number.clone(), numbered.act)).copied().flatten()
    }
}

/// Which document a number names.
pub(crate) fn settle(numbered: &Numbered, citing: &Citing, memory: &Memory) -> Settled {
    let (number, act) = (&numbered.number, numbered.act);
    if let Some(organ) = by_its_words(numbered) {
        return match organ.symbol(number, act) {
            Some(symbol) => Settled::Document(symbol),
            None => Settled::NoSymbol,
        };
    }
    if let Some(symbol) = memory.organ(numbered).and_then(|organ| organ.symbol(number, act)) {
        return Settled::Document(symbol);
    }
    let own = citing.organ.unwrap_or(Organ::GeneralAssembly);
    let mut organs = candidates(number, own);
    organs.retain(|organ| organ.may_have(number, act, citing.year));
    // Another organ is meant only where it is spoken of.
    organs
        .retain(|organ| *organ == own || is_near(*organ, &numbered.near) || is_only_shape(number));
    let in_time = |organ: &Organ| {
        numbered.dates.is_empty()
            || numbered.dates.iter().any(|date| organ.met_on(number, *date) != Some(false))
    };
    // A date that fits no organ is a slip, or the act is of a body that was not named.
    let doubtful = !organs.iter().any(in_time);
    if doubtful {
        organs.retain(|organ| *organ == own);
    } else {
        organs.retain(in_time);
    }
    let symbols: Vec<Symbol> =
        organs.iter().filter_map(|organ| organ.symbol(number, act)).collect();
    // The document's own organ needs no name; another one would have been named.
    let rivalled = organs.iter().skip(1).any(|organ| is_near(*organ, &numbered.near));
    match symbols.first() {
        None => Settled::NoSymbol,
        Some(_) if doubtful || rivalled => Settled::OneOf(symbols),
        Some(first) => Settled::Document(first.clone()),
    }
}

/// The organ that the words around a number settle.
fn by_its_words(numbered: &Numbered) -> Option<Organ> {
    let (number, act) = (&numbered.number, numbered.act);
    // `established the Human Rights Council in its resolution 60/251`: a number that the organ beside
    // it cannot have is another's.
    let fits = |organ: &Organ| *organ == Organ::Other || organ.may_have(number, act, None);
    let fitting: Vec<Organ> = numbered.organs.iter().copied().filter(fits).collect();
    let dated = by_date(numbered);
    if let Some(named) = fitting.first().copied() {
        // Further down a list the organ may have changed without a word; a date tells.
        let doubtful = numbered.carried || numbered.organs.len() > 1;
        return match dated {
            Some(dated) if doubtful && !fitting.contains(&dated) => Some(dated),
            Some(dated) if fitting.len() > 1 => Some(dated),
            _ => Some(named),
        };
    }
    if let Some(organ) = dated {
        return Some(organ);
    }
    // Shapes that only one organ has.
    match number.session {
        Session::None { .. } => Some(Organ::SecurityCouncil),
        Session::Emergency(_) => Some(Organ::GeneralAssembly),
        _ => None,
    }
}

/// The organ in whose session of this number one of the days lies. Sessions of the General Assembly
/// and of the Human Rights Council with the same number are decades apart.
fn by_date(numbered: &Numbered) -> Option<Organ> {
    if !matches!(numbered.number.session, Session::Regular(_)) {
        return None;
    }
    [Organ::GeneralAssembly, Organ::HumanRightsCouncil].into_iter().find(|organ| {
        organ.may_have(&numbered.number, numbered.act, None)
            && numbered.dates.iter().any(|date| organ.met_on(&numbered.number, *date) == Some(true))
    })
}

/// The organs whose number it may be, the likeliest first.
fn candidates(number: &Number, own: Organ) -> Vec<Organ> {
    let by_shape: &[Organ] = match number.session {
        Session::Regular(_) => {
            &[Organ::GeneralAssembly, Organ::EnvironmentAssembly, Organ::HumanRightsCouncil]
        }
        Session::Special(_) => &[Organ::GeneralAssembly, Organ::HumanRightsCouncil],
        Session::Emergency(_) => &[Organ::GeneralAssembly],
        Session::Roman(_) => {
            &[Organ::GeneralAssembly, Organ::EconomicAndSocialCouncil, Organ::TrusteeshipCouncil]
        }
        Session::Year(_) => &[Organ::EconomicAndSocialCouncil],
        Session::None { .. } => &[Organ::SecurityCouncil],
    };
    let mut organs: Vec<Organ> = by_shape.to_vec();
    organs.sort_by_key(|organ| *organ != own);
    organs
}

/// Whether the shape of a number is that of one organ alone.
fn is_only_shape(number: &Number) -> bool {
    matches!(number.session, Session::Year(_) | Session::None { .. })
}

/// Whether a sentence names an organ, by itself or as `the Council`.
fn is_near(organ: Organ, near: &[Organ]) -> bool {
    near.contains(&organ) || organ == Organ::HumanRightsCouncil && near.contains(&Organ::Council)
}

/// The symbol that is meant by one that cannot be: resolutions of the Security Council are followed by
/// a year and those of the General Assembly by a session, so that the two never collide.
pub(crate) fn corrected(symbol: Symbol) -> Symbol {
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
