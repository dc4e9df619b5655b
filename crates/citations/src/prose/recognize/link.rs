//! How a place and the document it is in are joined: before it, behind it, or by words that say that it
//! is a place of the text itself.

use super::tail::tail;
use crate::prose::meaning::{Meaning, Unit};
use crate::prose::mention::Named;
use crate::prose::number::Act;
use crate::prose::organ::Organ;
use crate::prose::place::{self, Places};
use crate::prose::token::{Kind, Tokens};

/// Tokens between a place and the document it is in: `paragraph 5 of the report of the
/// Secretary-General on the work of the Organization (A/75/1)`.
const REACH: usize = 40;

/// The places that stand directly behind a document: `, annex I, para. 29`, ` (para. 3)`,
/// `, in particular paragraphs 1 to 10 of the annex thereto`.
pub(super) fn behind(tokens: &Tokens<'_>, end: usize, by_symbol: bool) -> Option<Places> {
    let mut at = skip_tail(tokens, end);
    let mut parenthesis = false;
    for _ in 0..4 {
        match tokens.kind(at)? {
            Kind::Comma | Kind::Close => {}
            Kind::Open if !parenthesis => parenthesis = true,
            Kind::Meant(Meaning::Particular | Meaning::And | Meaning::Its | Meaning::The) => {}
            _ => break,
        }
        at += 1;
    }
    // `resolution 66/24 and paragraph 5`: without a comma or the like it is something else's.
    if at == end {
        return None;
    }
    let only_and = (end..at)
        .all(|at| matches!(tokens.meaning(at), Some(Meaning::And | Meaning::The | Meaning::Its)));
    // `A/CONF.151/26/Rev.1, resolution 1, annex II` is a place; `resolution 74/294, and its decision
    // 74/571` names two documents.
    let act = matches!(tokens.meaning(at), Some(Meaning::Act(_)));
    let comma = at == end + 1 && tokens.kind(end) == Some(&Kind::Comma);
    if only_and || act && !(by_symbol && comma && !is_assembly_number(tokens, at + 1)) {
        return None;
    }
    let mut places = place::read(tokens, at, by_symbol)?;
    if tokens.is(places.end, Meaning::Thereof) {
        places.end += 1;
    }
    Some(places)
}

/// Whether the words between a place and a document say that it is a place of it.
pub(super) fn leads(tokens: &Tokens<'_>, places: &Places, first: usize, named: &Named) -> bool {
    let mut linked = false;
    let mut paper = false;
    if first.saturating_sub(places.end) > REACH {
        return false;
    }
    for at in places.end..first {
        match tokens.kind(at) {
            Some(Kind::Meant(Meaning::Of | Meaning::To)) => linked = true,
            // `contained in`, `set out in`
            Some(Kind::Meant(Meaning::In)) => linked = true,
            Some(Kind::Meant(Meaning::Paper)) => paper = linked,
            Some(Kind::Meant(
                Meaning::Act(_) | Meaning::Organ(_) | Meaning::Its | Meaning::The,
            )) => {}
            Some(Kind::Comma) if !linked => {}
            Some(Kind::Open) if paper => {}
            Some(Kind::Meant(Meaning::Unit(..))) => return false,
            Some(Kind::Word | Kind::Meant(_) | Kind::Dash | Kind::Dot)
                if paper || first.saturating_sub(places.end) <= 8 => {}
            _ => return false,
        }
    }
    match named {
        // A number needs its word between: `paragraph 3 of resolution 66/24`.
        Named::Number(_) => linked,
        _ => linked && (paper || first.saturating_sub(places.end) <= 4),
    }
}

/// Whether what follows places says that they are of the document itself; the token after it.
pub(super) fn here(tokens: &Tokens<'_>, end: usize) -> Option<usize> {
    if tokens.is(end, Meaning::Here) {
        return Some(end + 1);
    }
    let mut at = end;
    let linked = matches!(tokens.meaning(at), Some(Meaning::Of | Meaning::To));
    at += usize::from(linked);
    at += usize::from(tokens.is(at, Meaning::The));
    if !linked || !tokens.is(at, Meaning::Present) {
        return None;
    }
    let thing = tokens.meaning(at + 1)?;
    let fits = matches!(
        thing,
        Meaning::Act(_)
            | Meaning::Paper
            | Meaning::Unit(Unit::Annex | Unit::Section | Unit::Chapter, _)
    );
    fits.then_some(at + 2)
}

/// Whether an article stands before a paragraph, which is of a treaty then.
pub(super) fn is_of_a_law(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(6)..at)
        .any(|at| matches!(tokens.meaning(at), Some(Meaning::Unit(Unit::Article, _))))
}

/// Whether a token is a number that a resolution of the General Assembly may have.
fn is_assembly_number(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.kind(at) {
        Some(Kind::Number(number)) => {
            Organ::GeneralAssembly.may_have(number, Act::Resolution, None)
        }
        _ => false,
    }
}

/// The token behind the date and the organ of a number, or the same where there are none.
fn skip_tail(tokens: &Tokens<'_>, at: usize) -> usize {
    let tail = tail(tokens, at);
    tail.date_end.max(tail.organ_end).unwrap_or(at)
}
