//! What the canonical form prints as, and how canonical forms are ordered.

use std::cmp::Ordering;

use super::{qualifier, words};

/// The form in print: a space before a resolution's letters and before qualifiers.
pub(super) fn printed(canonical: &str) -> String {
    let mut resolution = false;
    let mut out = String::with_capacity(canonical.len() + 8);
    for (at, segment) in segments(canonical).enumerate() {
        if at > 0 {
            out.push('/');
        }
        let (base, qualifiers) = split_qualifiers(segment);
        let digits = base.bytes().take_while(u8::is_ascii_digit).count();
        let (number, letters) = base.split_at(digits);
        let lettered = resolution && digits > 0 && are_letters(letters);
        if lettered {
            out.push_str(number);
            out.push(' ');
            out.push_str(letters);
        } else if let Some(part) = part_of(base) {
            out.push_str("Part ");
            out.push_str(part);
        } else {
            out.push_str(base);
        }
        resolution |= at > 0 && matches!(segment, "RES" | "DEC");
        for qualifier in qualifiers {
            // `COP(14)` is one word; a number takes its year or session after a space.
            let numbered =
                (digits > 0 || base.starts_with("Res.")) && qualifier::is_numeral(qualifier);
            if !base.is_empty() && (numbered || qualifier::is_named(qualifier)) {
                out.push(' ');
            }
            out.push('(');
            out.push_str(&qualifier::printed(qualifier));
            out.push(')');
        }
    }
    out
}

/// The parts between strokes that are not in parentheses.
pub(super) fn segments(canonical: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = words::strokes(canonical).chain([canonical.len()]);
    ends.filter_map(move |end| {
        let segment = canonical.get(start..end);
        start = end + 1;
        segment
    })
}

/// A segment's word and what stands in its parentheses.
pub(super) fn split_qualifiers(segment: &str) -> (&str, impl Iterator<Item = &str>) {
    let (base, rest) = segment.split_at(segment.find('(').unwrap_or(segment.len()));
    (base, rest.split(['(', ')']).filter(|content| !content.is_empty()))
}

/// Whether a text is the letters of a resolution: `A`, `AA`, `A-C`.
pub(super) fn are_letters(text: &str) -> bool {
    let one = |letters: &str| {
        (1..=2).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase())
    };
    match text.split_once('-') {
        Some((first, last)) => one(first) && one(last),
        None => one(text),
    }
}

/// The number of the part that a segment is: `A` of `PartA`.
pub(super) fn part_of(segment: &str) -> Option<&str> {
    segment.strip_prefix("Part").filter(|number| qualifier::is_part_number(number))
}

/// Orders two canonical symbols, runs of digits compared as numbers.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    loop {
        match (left.first(), right.first()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (number, rest) = take_number(left);
                let (other, other_rest) = take_number(right);
                let order = number.len().cmp(&other.len()).then_with(|| number.cmp(other));
                if order != Ordering::Equal {
                    return order;
                }
                (left, right) = (rest, other_rest);
            }
            // A stroke sorts before everything: `A/9` before `A-9`.
            (Some(x), Some(y)) => {
                let key = |c: u8| if c == b'/' { 0 } else { c };
                if x != y {
                    return key(*x).cmp(&key(*y));
                }
                left = left.get(1..).unwrap_or_default();
                right = right.get(1..).unwrap_or_default();
            }
        }
    }
}

/// The leading run of digits without its zeros, and what follows.
fn take_number(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|b| !b.is_ascii_digit()).unwrap_or(bytes.len());
    let (digits, rest) = bytes.split_at(end);
    let zeros = digits.iter().position(|b| *b != b'0').unwrap_or(digits.len().saturating_sub(1));
    (digits.get(zeros..).unwrap_or_default(), rest)
}
