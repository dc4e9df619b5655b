//! Places inside a document as prose names them: `paragraphs 1 and 2`, `annex I, para. 29 (a)`,
//! `apartado b) del párrafo 15`, `sixth preambular paragraph`.

use undex_document::Step;

use crate::prose::meaning::{Count, Meaning, Unit};
use crate::prose::number::{Act, roman};
use crate::prose::token::{Kind, Tokens};

mod label;

use label::labels;

/// Places that one mention may name; a range of more is cut to its ends.
const MOST_PLACES: usize = 200;

/// Tokens of a list of ordinals: `first, second and third preambular paragraphs`.
const MOST_ORDINALS: usize = 24;

/// Units that one mention may name, one inside or beside the other; real ones stay below six.
const MOST_GROUPS: usize = 12;

/// Bytes of the longest number of an act inside a document: `CBD/NP/MOP/DEC/2/7`.
const LONGEST_ACT: usize = 20;

/// One or more places with where they stand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Places {
    /// The steps of each, outermost first.
    pub(crate) list: Vec<Vec<Step>>,
    /// The first token.
    pub(crate) first: usize,
    /// The token after the last.
    pub(crate) end: usize,
}

/// Labels under one unit: the steps of each, and the unit that orders them.
struct Group {
    unit: Unit,
    list: Vec<Vec<Step>>,
    end: usize,
}

/// How a group follows the one before.
#[derive(Clone, Copy, PartialEq)]
enum Joined {
    /// `annex I, para. 29`
    Inside,
    /// `paragraph 5 of section II`
    Outside,
    /// `annex I and annex II`
    Beside,
}

/// Reads the places that begin with a token, or none. With `acts`, resolutions and decisions are places
/// too: those of another body inside a document named before.
pub(crate) fn read(tokens: &Tokens<'_>, first: usize, acts: bool) -> Option<Places> {
    let is_act = |at| matches!(tokens.meaning(at), Some(Meaning::Act(_)));
    if is_act(first) && !acts {
        return None;
    }
    let mut group = group(tokens, first)?;
    let mut done: Vec<Vec<Step>> = Vec::new();
    let mut current = group.list;
    let mut unit = group.unit;
    let mut end = group.end;
    for _ in 1..MOST_GROUPS {
        let Some((joined, at)) = joint(tokens, end) else { break };
        let act = is_act(at);
        // An act stands in an annex or a section, not in a paragraph.
        if act && !(acts && joined == Joined::Inside && unit < Unit::Paragraph) {
            break;
        }
        let Some(next) = self::group(tokens, at) else { break };
        group = next;
        match joined {
            Joined::Outside => {
                if group.unit >= unit {
                    break;
                }
                current = cross(&group.list, &current);
            }
            Joined::Inside if group.unit > unit || act => {
                current = cross(&current, &group.list);
                unit = group.unit;
            }
            Joined::Inside | Joined::Beside => {
                // `annex I, para. 3, and annex II, para. 5`: what stands above the new unit stays.
                let prefix: Vec<Step> = current
                    .last()
                    .map(|steps| {
                        steps
                            .iter()
                            .take_while(|s| unit_of(s) < Some(group.unit))
                            .cloned()
                            .collect()
                    })
                    .unwrap_or_default();
                let prefix =
                    if joined == Joined::Beside && group.unit > unit { Vec::new() } else { prefix };
                done.append(&mut current);
                current = cross(&[prefix], &group.list);
                unit = group.unit;
            }
        }
        end = group.end;
    }
    done.append(&mut current);
    done.truncate(MOST_PLACES);
    Some(Places { list: done, first, end })
}

/// Each of `outer` with each of `inner` behind it.
fn cross(outer: &[Vec<Step>], inner: &[Vec<Step>]) -> Vec<Vec<Step>> {
    outer
        .iter()
        .flat_map(|before| inner.iter().map(move |after| [before.as_slice(), after].concat()))
        .take(MOST_PLACES)
        .collect()
}

/// Places of a document seen from another of it: what `ibid.` keeps of the one before.
pub(crate) fn kept_by_ibid(steps: &[Step]) -> Vec<Step> {
    steps.iter().take_while(|step| unit_of(step) <= Some(Unit::Appendix)).cloned().collect()
}

/// The unit that a step is of.
pub(crate) fn unit_of(step: &Step) -> Option<Unit> {
    Some(match step {
        Step::Resolution(_) => Unit::Resolution,
        Step::Decision(_) => Unit::Decision,
        Step::Annex(_) => Unit::Annex,
        Step::Appendix(_) => Unit::Appendix,
        Step::Part(_) => Unit::Part,
        Step::Chapter(_) => Unit::Chapter,
        Step::Section(_) => Unit::Section,
        Step::Article(_) => Unit::Article,
        Step::Paragraph(_) | Step::Preambular(_) => Unit::Paragraph,
        Step::Point(_) => Unit::Point,
        _ => return None,
    })
}

/// What joins two groups, and where the second begins.
fn joint(tokens: &Tokens<'_>, end: usize) -> Option<(Joined, usize)> {
    let mut at = end;
    let mut joined = Joined::Inside;
    let mut seen = false;
    // At most `, and to the`.
    for _ in 0..4 {
        match tokens.kind(at)? {
            Kind::Comma => {}
            Kind::Meant(Meaning::And) => joined = Joined::Beside,
            Kind::Meant(Meaning::Of | Meaning::To) => joined = Joined::Outside,
            Kind::Meant(Meaning::The) if seen => {}
            _ => break,
        }
        seen = true;
        at += 1;
    }
    Some((joined, at))
}

/// A unit with its labels.
fn group(tokens: &Tokens<'_>, first: usize) -> Option<Group> {
    if let Some(group) = preambular(tokens, first) {
        return Some(group);
    }
    // `(a) of paragraph 3` has no word before it; `operative paragraph 1` has one more.
    let mut at = first;
    if tokens.is(at, Meaning::Operative) {
        at += 1;
    }
    let (unit, count) = match tokens.meaning(at)? {
        Meaning::Unit(unit, count) => (unit, count),
        Meaning::Act(act) => return self::act(tokens, at, act),
        _ => return None,
    };
    at += 1;
    if tokens.kind(at) == Some(&Kind::Dot) {
        at += 1;
    }
    // `párrafo dispositivo 1`
    if tokens.is(at, Meaning::Operative) {
        at += 1;
    }
    // `No.` and the like between a word and its number.
    let labels = labels(tokens, at, unit, count);
    match labels {
        Some((list, end)) => {
            // `paragraphe 1 du dispositif`
            let end = if tokens.is(end, Meaning::Operative) { end + 1 } else { end };
            if tokens.is(end, Meaning::Preambular) {
                let list = list.iter().map(|steps| as_preambular(steps)).collect::<Option<_>>()?;
                return Some(Group { unit, list, end: end + 1 });
            }
            Some(Group { unit, list, end })
        }
        None if matches!(unit, Unit::Annex | Unit::Appendix) && count != Count::Many => {
            let step = if unit == Unit::Annex { Step::Annex(None) } else { Step::Appendix(None) };
            Some(Group { unit, list: vec![vec![step]], end: at })
        }
        None => None,
    }
}

/// `párrafo 6 del preámbulo`
fn as_preambular(steps: &[Step]) -> Option<Vec<Step>> {
    match steps.split_first()? {
        (Step::Paragraph(label), rest) => {
            let mut out = vec![Step::Preambular(label.parse().ok()?)];
            out.extend_from_slice(rest);
            Some(out)
        }
        _ => None,
    }
}

/// `sixth preambular paragraph`, `third and fourth preambular paragraphs`, `sexto párrafo del
/// preámbulo`, `troisième alinéa du préambule`, `preambular paragraph 6`.
fn preambular(tokens: &Tokens<'_>, first: usize) -> Option<Group> {
    if tokens.is(first, Meaning::Preambular) {
        let Meaning::Unit(Unit::Paragraph, count) = tokens.meaning(first + 1)? else { return None };
        let dot = usize::from(tokens.kind(first + 2) == Some(&Kind::Dot));
        let (list, end) = labels(tokens, first + 2 + dot, Unit::Paragraph, count)?;
        let list = list.iter().map(|steps| as_preambular(steps)).collect::<Option<_>>()?;
        return Some(Group { unit: Unit::Paragraph, list, end });
    }
    let mut numbers = Vec::new();
    let mut at = first;
    let mut range = false;
    loop {
        let Meaning::Ordinal(number) = tokens.meaning(at)? else { return None };
        if range {
            let from = numbers.last().copied().unwrap_or(number);
            numbers.extend(from + 1..number);
        }
        numbers.push(number);
        if numbers.len() > MOST_PLACES || at > first + MOST_ORDINALS {
            return None;
        }
        at += 1;
        let mut joined = false;
        range = false;
        while let Kind::Comma | Kind::Meant(Meaning::And | Meaning::To | Meaning::The) =
            tokens.kind(at)?
        {
            range |= tokens.is(at, Meaning::To);
            joined = true;
            at += 1;
        }
        if !joined {
            break;
        }
    }
    let unit =
        |at| matches!(tokens.meaning(at), Some(Meaning::Unit(Unit::Paragraph | Unit::Point, _)));
    let before = tokens.is(at, Meaning::Preambular) && unit(at + 1);
    // `decimosexto párr. del preámbulo`
    let dot = usize::from(unit(at) && matches!(tokens.kind(at + 1), Some(Kind::Dot | Kind::Stop)));
    let after = unit(at) && tokens.is(at + 1 + dot, Meaning::Preambular);
    if !before && !after {
        return None;
    }
    let list = numbers.into_iter().map(|number| vec![Step::Preambular(number)]).collect();
    Some(Group { unit: Unit::Paragraph, list, end: at + 2 + dot })
}

/// `resolution 1`, `resolution 59/1`, `decision 1/CP.21`, `decision II/7`: inside a document named
/// before, which holds the acts of another body.
fn act(tokens: &Tokens<'_>, at: usize, act: Act) -> Option<Group> {
    let start = tokens.get(at + 1)?.start;
    let rest = tokens.text.get(start..)?;
    let length = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-')))
        .unwrap_or(rest.len());
    let label = rest.get(..length)?.trim_end_matches('.');
    let numbered = label.starts_with(|c: char| c.is_ascii_digit()) || roman(label).is_some();
    let divided = label.contains('/') && label.chars().any(|c| c.is_ascii_digit());
    // In capitals, as pinpoints are read back.
    let (unit, step) = match act {
        Act::Resolution => (Unit::Resolution, Step::Resolution(label.to_uppercase())),
        Act::Decision => (Unit::Decision, Step::Decision(label.to_uppercase())),
    };
    if label.len() > LONGEST_ACT || !(numbered || divided) {
        return None;
    }
    let past = start + label.len();
    let mut end = at + 1;
    while tokens.get(end).is_some_and(|token| token.start < past) {
        end += 1;
    }
    // `resolution 76/19 of the General Assembly` is a document of its own.
    let comma = usize::from(tokens.kind(end) == Some(&Kind::Comma));
    if matches!(tokens.kind(at + 1), Some(Kind::Number(_))) && tokens.is(end + comma, Meaning::Of) {
        return None;
    }
    Some(Group { unit, list: vec![vec![step]], end })
}
