//! Places inside a document as prose names them: `paragraphs 1 and 2`, `annex I, para. 29 (a)`,
//! `apartado b) del párrafo 15`, `sixth preambular paragraph`.

use undex_document::Step;

use crate::prose::meaning::{Count, Meaning, Unit};
use crate::prose::number::{Act, numeral, roman};
use crate::prose::token::{Kind, Tokens};

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

/// A label as it was read.
#[derive(Clone, Debug)]
struct Label {
    text: String,
    /// The `A` of `I.A`, a section of the section or chapter.
    inner: Option<String>,
    points: Vec<Vec<String>>,
    end: usize,
}

/// The labels behind a unit: the steps of each, and the token after the last.
fn labels(
    tokens: &Tokens<'_>,
    at: usize,
    unit: Unit,
    count: Count,
) -> Option<(Vec<Vec<Step>>, usize)> {
    if unit == Unit::Point {
        let (points, end) = points(tokens, at)?;
        let list = points.into_iter().map(|p| p.into_iter().map(Step::Point).collect()).collect();
        return Some((list, end));
    }
    let mut label = label(tokens, at, unit)?;
    let mut list = steps(&label, unit);
    let mut end = label.end;
    loop {
        let comma = tokens.kind(end) == Some(&Kind::Comma);
        let mut next = end + usize::from(comma);
        let range = tokens.is(next, Meaning::To) || tokens.kind(next) == Some(&Kind::Dash);
        let and = tokens.is(next, Meaning::And);
        if !(comma || range || and) {
            break;
        }
        let allowed = match count {
            Count::Many => true,
            Count::Any => range || and || comma && goes_on(tokens, next, unit),
            Count::One | Count::Abbreviated => range && tokens.kind(next) == Some(&Kind::Dash),
        };
        if !allowed {
            break;
        }
        next += usize::from(range || and);
        let Some(following) = self::label(tokens, next, unit) else { break };
        if range {
            list.extend(
                between(&label.text, &following.text).into_iter().map(|l| vec![step(unit, l)]),
            );
        }
        list.extend(steps(&following, unit));
        end = following.end;
        label = following;
        if list.len() >= MOST_PLACES {
            break;
        }
    }
    Some((list, end))
}

/// Whether a list after a comma ends in `and`: `par. 3, 5 et 7`, not `par. 3, 12 membres`.
fn goes_on(tokens: &Tokens<'_>, at: usize, unit: Unit) -> bool {
    let mut at = at;
    for _ in 0..20 {
        let Some(label) = label(tokens, at, unit) else { return false };
        match tokens.kind(label.end) {
            Some(Kind::Meant(Meaning::And)) => return true,
            Some(Kind::Comma) => at = label.end + 1,
            _ => return false,
        }
    }
    false
}

fn steps(label: &Label, unit: Unit) -> Vec<Vec<Step>> {
    let mut outer = vec![step(unit, label.text.clone())];
    outer.extend(label.inner.clone().map(Step::Section));
    if label.points.is_empty() {
        return vec![outer];
    }
    let with = |points: &Vec<String>| {
        outer.iter().cloned().chain(points.iter().cloned().map(Step::Point)).collect()
    };
    label.points.iter().map(with).collect()
}

fn step(unit: Unit, label: String) -> Step {
    match unit {
        Unit::Resolution => Step::Resolution(label),
        Unit::Decision => Step::Decision(label),
        Unit::Annex => Step::Annex(Some(label)),
        Unit::Appendix => Step::Appendix(Some(label)),
        Unit::Part => Step::Part(label),
        Unit::Chapter => Step::Chapter(label),
        Unit::Section => Step::Section(label),
        Unit::Article => Step::Article(label),
        Unit::Paragraph => Step::Paragraph(label),
        Unit::Point => Step::Point(label),
    }
}

/// The labels between two, which are left out when there are too many or they do not count up.
fn between(from: &str, to: &str) -> Vec<String> {
    fn up(from: u32, to: u32) -> std::ops::Range<u32> {
        if to > from && to - from < MOST_PLACES as u32 { from + 1..to } else { 0..0 }
    }
    if let (Ok(from), Ok(to)) = (from.parse::<u32>(), to.parse::<u32>()) {
        return up(from, to).map(|n| n.to_string()).collect();
    }
    if let (Some(from), Some(to)) = (roman(from), roman(to)) {
        return up(from, to).map(numeral).collect();
    }
    match (from.as_bytes(), to.as_bytes()) {
        ([from @ (b'a'..=b'z' | b'A'..=b'Z')], [to]) if to.is_ascii_alphabetic() => {
            up((*from).into(), (*to).into()).filter_map(char::from_u32).map(String::from).collect()
        }
        _ => Vec::new(),
    }
}

/// One label of a unit with its points.
fn label(tokens: &Tokens<'_>, at: usize, unit: Unit) -> Option<Label> {
    let text = tokens.text(at);
    let numbered = tokens.kind(at) == Some(&Kind::Digits);
    let fits = match unit {
        Unit::Paragraph | Unit::Point => numbered,
        Unit::Article => numbered || roman(text).is_some(),
        _ => numbered || roman(text).is_some() || is_letter(tokens, at),
    };
    if !fits {
        return None;
    }
    let mut label = text.to_owned();
    let mut end = at + 1;
    // `3 bis`
    if numbered && matches!(tokens.text(end), "bis" | "ter" | "quater") {
        label = format!("{label} {}", tokens.text(end));
        end += 1;
    }
    let divided = !numbered
        && matches!(tokens.kind(end), Some(Kind::Dot | Kind::Stop))
        && tokens.touches_next(end - 1)
        && tokens.touches_next(end)
        && (is_letter(tokens, end + 1) || tokens.kind(end + 1) == Some(&Kind::Digits));
    let inner = divided.then(|| tokens.text(end + 1).to_owned());
    let end = if divided { end + 2 } else { end };
    let (points, end) = points(tokens, end).unwrap_or((Vec::new(), end));
    Some(Label { text: label, inner, points, end })
}

/// A capital letter by itself, which is a label and no article: `section A, para. 3`.
fn is_letter(tokens: &Tokens<'_>, at: usize) -> bool {
    let text = tokens.text(at);
    let capital = text.len() == 1 && text.bytes().all(|b| b.is_ascii_uppercase());
    // `annex A number of States` has no label.
    let article =
        text == "A" && tokens.kind(at + 1) == Some(&Kind::Word) && !tokens.is_capital(at + 1);
    capital && !article
}

/// The points at a token: `(a)`, `(a) (ii)`, `a) y b)`, `(a) to (f)`.
fn points(tokens: &Tokens<'_>, at: usize) -> Option<(Vec<Vec<String>>, usize)> {
    let (first, mut end) = point_chain(tokens, at)?;
    let mut list = vec![first];
    loop {
        let comma = tokens.kind(end) == Some(&Kind::Comma);
        let next = end + usize::from(comma);
        let range = tokens.is(next, Meaning::To) || tokens.kind(next) == Some(&Kind::Dash);
        let and = tokens.is(next, Meaning::And);
        let next = next + usize::from(range || and);
        if !(comma || range || and) {
            break;
        }
        let Some((following, after)) = point_chain(tokens, next) else { break };
        let before = list.last().cloned().unwrap_or_default();
        let (Some(last), Some(label)) = (before.last(), following.last()) else { break };
        if range {
            let outer = before.get(..before.len().saturating_sub(1)).unwrap_or_default();
            let inner = between(last, label);
            list.extend(inner.into_iter().map(|l| [outer, &[l]].concat()));
        }
        // `(a) (i) and (ii)`: the second stands under the same letter.
        let deeper = before.len() > 1 && following.len() == 1 && same_sort(last, label);
        list.push(if deeper {
            let outer = before.get(..before.len() - 1).unwrap_or_default();
            [outer, following.as_slice()].concat()
        } else {
            following
        });
        end = after;
        if list.len() >= MOST_PLACES {
            break;
        }
    }
    Some((list, end))
}

/// Whether two labels count in the same way, by roman numerals or by letters.
fn same_sort(a: &str, b: &str) -> bool {
    let small_roman = |text: &str| text.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    small_roman(a) == small_roman(b)
}

/// `(a)`, `(a) (ii)`, `a) ii)`.
fn point_chain(tokens: &Tokens<'_>, at: usize) -> Option<(Vec<String>, usize)> {
    let (first, mut end) = point(tokens, at)?;
    let mut chain = vec![first];
    while let Some((next, after)) = point(tokens, end) {
        chain.push(next);
        end = after;
        if chain.len() >= 4 {
            break;
        }
    }
    Some((chain, end))
}

/// One letter or small roman numeral in its parentheses.
fn point(tokens: &Tokens<'_>, at: usize) -> Option<(String, usize)> {
    let open = usize::from(tokens.kind(at) == Some(&Kind::Open));
    let text = tokens.text(at + open);
    let letters = (1..=4).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase())
        && (text.len() == 1
            || text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
            || twice(text));
    // Only with both parentheses: `5)` closes something else.
    let number = open == 1 && text.len() <= 2 && tokens.kind(at + 1) == Some(&Kind::Digits);
    let close = at + open + 1;
    let fits = (letters || number)
        && tokens.kind(close) == Some(&Kind::Close)
        && tokens.touches_next(at + open)
        && (open == 0 || tokens.touches_next(at));
    fits.then(|| (text.to_owned(), close + 1))
}

/// `aa`, `bb`: what follows `z`.
fn twice(text: &str) -> bool {
    matches!(text.as_bytes(), [a, b] if a == b)
}
