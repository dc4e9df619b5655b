//! Lists of resolutions and decisions: the word before them, the organ it is of, and the numbers that
//! belong to it.

use super::foreign;
use super::tail::{self, Tail, tail};
use crate::prose::council_years::year_of;
use crate::prose::meaning::Meaning;
use crate::prose::mention::Numbered;
use crate::prose::number::{Act, Number, Session};
use crate::prose::organ::Organ;
use crate::prose::token::{Kind, Tokens};

/// Tokens between an act and the organ before it: `the Council, in its resolution`.
const BACK: usize = 6;
/// The same where `in its` leads back: `the Economic Commission for Latin America and the Caribbean, in
/// its resolution`.
const FAR_BACK: usize = 12;
/// Tokens between `in particular` and the list that it leads in.
const LEAD_IN: usize = 8;

/// A list of resolutions or decisions that is being read.
#[derive(Clone, Debug)]
pub(super) struct List {
    act: Act,
    /// The organ it is of, by the words around its head.
    organs: Vec<Organ>,
    /// Whether numbers of it were read.
    begun: bool,
    /// The head's token.
    head: usize,
}

impl List {
    /// The list that begins with the word at a token, after another list of the sentence. `near` are the
    /// organs that the sentence has named.
    pub(super) fn begin(
        tokens: &Tokens<'_>,
        head: usize,
        act: Act,
        before: Option<&List>,
        near: &[Organ],
    ) -> Self {
        let behind = organs_behind(tokens, head + 1);
        let organs = if !behind.is_empty() {
            behind
        } else {
            let organs = organs_before(tokens, head, near);
            match before {
                // `relevant resolutions of the Council, in particular resolutions 7/34 and 18/15`; but
                // its own are not those of the list before.
                Some(list)
                    if organs.is_empty()
                        && !has_its(tokens, head)
                        && is_continued(tokens, head) =>
                {
                    list.organs.clone()
                }
                _ => organs,
            }
        };
        Self { act, organs, begun: false, head }
    }
}

/// The number at a token with what stands around it; none when nothing says that it is one.
pub(super) fn numbered(
    tokens: &Tokens<'_>,
    at: usize,
    list: &mut Option<List>,
    near: &[Organ],
) -> Option<Numbered> {
    let Some(Kind::Number(number)) = tokens.kind(at) else { return None };
    let number = (**number).clone();
    let tail = tail(tokens, at + 1);
    if !is_cited(tokens, at, &number.session, &tail, list.as_ref()) {
        return None;
    }
    let mut organs = tail.organs;
    let mut carried = false;
    if let (true, Some(list)) = (organs.is_empty(), list.as_ref()) {
        organs.clone_from(&list.organs);
        carried = list.begun;
    }
    if organs.is_empty() {
        organs = tail::organ_ahead(tokens, at + 1);
    }
    let act = list.as_ref().map_or(Act::Resolution, |list| list.act);
    let dates = if tail.dates.is_empty() { tail::dates_ahead(tokens, at + 1) } else { tail.dates };
    if let Some(list) = list {
        list.begun = true;
    }
    Some(Numbered { number, act, organs, carried, near: near.to_vec(), dates })
}

/// `Security Council resolution 1325`, without its year, as everybody calls it.
pub(super) fn numbered_without_year(
    tokens: &Tokens<'_>,
    at: usize,
    list: &mut Option<List>,
) -> Option<Numbered> {
    let list = list.as_mut().filter(|list| list.head + 1 == at && list.act == Act::Resolution)?;
    if list.organs != [Organ::SecurityCouncil] {
        return None;
    }
    let serial = tokens.text(at).parse().ok()?;
    let year = year_of(serial)?;
    list.begun = true;
    Some(Numbered {
        number: Number { session: Session::None { year }, serial, letters: String::new() },
        act: Act::Resolution,
        organs: list.organs.clone(),
        carried: false,
        near: Vec::new(),
        dates: Vec::new(),
    })
}

/// Whether a number stands where a resolution or decision is named.
fn is_cited(
    tokens: &Tokens<'_>,
    at: usize,
    session: &Session,
    tail: &Tail,
    list: Option<&List>,
) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.kind(at));
    let years = matches!(before, Some(Kind::Meant(Meaning::Years)));
    let Some(list) = list else {
        // Without a word before it only a shape that nothing else has.
        return match session {
            Session::Roman(_) => !matches!(before, Some(Kind::Meant(Meaning::Unit(..)))),
            Session::None { .. } => !tail.organs.is_empty(),
            Session::Special(_) | Session::Emergency(_) => tail.is_dated(),
            Session::Regular(_) | Session::Year(_) => !tail.organs.is_empty() && tail.is_dated(),
        };
    };
    if years {
        return false;
    }
    let listed = matches!(
        before,
        Some(
            Kind::Comma
                | Kind::Semicolon
                | Kind::Open
                | Kind::Dash
                | Kind::Other
                | Kind::Meant(
                    Meaning::Act(_)
                        | Meaning::And
                        | Meaning::To
                        | Meaning::The
                        | Meaning::Organ(_)
                        | Meaning::Particular
                        | Meaning::See
                )
        )
    );
    let near = at.saturating_sub(list.head) <= 3;
    match session {
        Session::Roman(_) | Session::Special(_) | Session::Emergency(_) | Session::None { .. } => {
            true
        }
        Session::Regular(_) | Session::Year(_) => listed || near || tail.is_dated(),
    }
}

/// The organs directly before an act: `Security Council resolutions`, `the Council’s decision`,
/// `General Assembly and Security Council resolutions`, `the Council decided, in its resolution`.
fn organs_before(tokens: &Tokens<'_>, act: usize, near: &[Organ]) -> Vec<Organ> {
    let mut organs = Vec::new();
    // `in its` leads back to the organ whose they are; `its` alone does not.
    let mut inside = false;
    let mut its = false;
    let mut passed = false;
    for at in (act.saturating_sub(FAR_BACK)..act).rev() {
        if act - at > BACK && !(inside && its) {
            break;
        }
        match tokens.kind(at) {
            Some(Kind::Meant(Meaning::Organ(organ))) if inside || !its && !passed => {
                organs.insert(0, *organ);
                inside = false;
                its = false;
            }
            Some(Kind::Meant(Meaning::And)) if !organs.is_empty() => {}
            Some(Kind::Meant(Meaning::The)) => {}
            Some(Kind::Meant(Meaning::Its)) if organs.is_empty() => its = true,
            Some(Kind::Meant(Meaning::In)) if organs.is_empty() => inside = true,
            Some(Kind::Meant(Meaning::Of)) if its => inside = true,
            Some(Kind::Meant(_)) if inside && its => {}
            Some(Kind::Comma) if inside && organs.is_empty() => {}
            Some(Kind::Word) if organs.is_empty() => {
                let next_to = at + 1 == act && tokens.is_capital(at);
                if next_to && foreign::is_body(tokens.text(at)) {
                    let human = tokens.text(at) == "Commission"
                        && near.contains(&Organ::CommissionOnHumanRights);
                    let body = if human { Organ::CommissionOnHumanRights } else { Organ::Other };
                    return vec![body];
                }
                // `the Council’s resolution`
                passed |= tokens.text(at) != "s";
            }
            _ => break,
        }
    }
    organs
}

/// The organs directly behind an act: `resoluciones del Consejo de Derechos Humanos 5/1`.
fn organs_behind(tokens: &Tokens<'_>, from: usize) -> Vec<Organ> {
    let mut organs = Vec::new();
    let mut linked = false;
    for at in from..from + 10 {
        match tokens.kind(at) {
            Some(Kind::Meant(Meaning::Of)) => linked = true,
            Some(Kind::Meant(Meaning::The)) if linked => {}
            Some(Kind::Meant(Meaning::And)) if !organs.is_empty() => {}
            Some(Kind::Meant(Meaning::Organ(organ))) if linked => organs.push(*organ),
            // `resoluciones pertinentes del Consejo`
            Some(Kind::Word) if !linked && organs.is_empty() && !tokens.is_capital(at) => {}
            _ => break,
        }
    }
    organs
}

/// Whether a head without organ of its own follows `in particular` and the like.
fn is_continued(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(LEAD_IN)..at).any(|at| tokens.is(at, Meaning::Particular))
}

pub(super) fn has_its(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|at| tokens.is(at, Meaning::Its))
}
