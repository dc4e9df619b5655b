//! The labels of places: `1 and 2`, `3 (a) to (f)`, `II and IV`, `I.A`, `a) ii)`.

use undex_document::Step;

use super::MOST_PLACES;
use crate::prose::meaning::{Count, Meaning, Unit};
use crate::prose::number::{numeral, roman};
use crate::prose::token::{Kind, Tokens};

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
pub(super) fn labels(
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
