//! From any spelling of a symbol to the one form that identity goes by.

use std::cmp::Ordering;

/// Words that print in title case inside symbols; all others print in capitals.
const TITLE_CASE: [&str; 11] = [
    "Add",
    "Corr",
    "Rev",
    "Amend",
    "Part",
    "Parts",
    "Vol",
    "Sect",
    "Resumption",
    "Supp",
    "Summary",
];

/// The word before the letter of a part, in a segment of its own.
const PART: &str = "Part";

/// What follows the organ when a subsidiary body does, before its full stop and number.
const BODY_PREFIXES: [&str; 10] =
    ["AC.", "C.", "CN.", "CONF.", "GC.", "PC.", "SC.", "SUB.", "WG.", "GGE."];

/// Bodies named by a word alone.
const BODY_WORDS: [&str; 9] = ["HRC", "COP", "MSP", "CONF", "CP", "PC", "BUR", "AC", "GGE"];

/// Whether a second segment names a body under the organ.
pub(super) fn is_body(segment: &str) -> bool {
    BODY_WORDS.contains(&segment)
        || BODY_PREFIXES.iter().any(|prefix| {
            segment
                .strip_prefix(prefix)
                .is_some_and(|number| number.starts_with(|c: char| c.is_ascii_alphanumeric()))
        })
}

/// Whether a segment is a session: up to three digits, or a special session's `S-` or `ES-` form.
pub(super) fn is_session(segment: &str) -> bool {
    let number = segment.strip_prefix("ES-").or_else(|| segment.strip_prefix("S-"));
    let digits = number.unwrap_or(segment);
    (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' | '\u{200b}')
}

/// Reads one symbol and nothing else. The error is the position, in characters from 1, and what was
/// expected there.
pub(super) fn parse(text: &str, max_bytes: usize) -> Result<String, (usize, &'static str)> {
    if text.len() > max_bytes {
        return Err((max_bytes, "the end of a shorter symbol"));
    }
    let trimmed =
        text.trim_end_matches(|c: char| is_space(c) || matches!(c, '*' | '.' | ',' | ';' | ':'));
    let characters: Vec<(usize, char)> = trimmed
        .chars()
        .enumerate()
        .filter(|(_, c)| !is_space(*c))
        .map(|(at, c)| (at + 1, if matches!(c, '\u{2010}'..='\u{2013}') { '-' } else { c }))
        .collect();
    let end = trimmed.chars().count() + 1;
    if let Some(at) = stray_space(trimmed) {
        return Err((at, "the end of the symbol"));
    }

    let mut segments: Vec<Vec<(usize, char)>> = vec![Vec::new()];
    let mut open = 0usize;
    for &(at, c) in &characters {
        match c {
            '/' if open == 0 => segments.push(Vec::new()),
            '(' => open += 1,
            ')' if open == 0 => return Err((at, "a stroke, a letter or a digit")),
            ')' => open -= 1,
            _ => {}
        }
        if let Some(segment) = segments.last_mut().filter(|_| c != '/' || open > 0) {
            segment.push((at, c));
        }
    }
    if open > 0 {
        return Err((end, "a closing parenthesis"));
    }
    check(&segments, end)?;

    let mut canonical = String::with_capacity(trimmed.len());
    for segment in &segments {
        if !canonical.is_empty() {
            canonical.push('/');
        }
        push_segment(&mut canonical, segment.iter().map(|&(_, c)| c));
    }
    Ok(canonical)
}

/// The place behind a space that parts words: inside a symbol, spaces stand only before a
/// resolution's letter, around parentheses and inside them.
fn stray_space(text: &str) -> Option<usize> {
    let characters: Vec<char> = text.chars().collect();
    let mut open = 0usize;
    let mut before: Option<char> = None;
    let mut at = 0;
    while let Some(&c) = characters.get(at) {
        if !is_space(c) {
            match c {
                '(' => open += 1,
                ')' => open = open.saturating_sub(1),
                _ => {}
            }
            before = Some(c);
            at += 1;
            continue;
        }
        let spaced = at;
        while characters.get(at).is_some_and(|c| is_space(*c)) {
            at += 1;
        }
        let (Some(before), Some(&after)) = (before, characters.get(at)) else { continue };
        let word = characters.iter().skip(at).take_while(|c| c.is_alphanumeric()).count();
        let lettered = before.is_ascii_digit() && after.is_ascii_alphabetic() && word <= 2;
        let beside = |c: char| {
            matches!(c, '(' | ')' | '/' | '-' | '*') || matches!(c, '\u{2010}'..='\u{2013}')
        };
        // `A/81/6 (Sect. 13)/Part A`
        let part = word <= 2 && is_part(characters.get(..spaced).unwrap_or_default());
        if open == 0 && !lettered && !part && !beside(before) && !beside(after) {
            return Some(at + 1);
        }
    }
    None
}

/// Whether characters end in the segment `Part`.
fn is_part(characters: &[char]) -> bool {
    let end: String = characters.iter().rev().take(PART.len() + 1).rev().collect();
    end.strip_prefix('/').is_some_and(|word| word.eq_ignore_ascii_case(PART))
}

/// Whether a letter names a part; no document has more.
fn is_part_letter(text: &str) -> bool {
    matches!(text.as_bytes(), [b'A'..=b'H' | b'a'..=b'h'])
}

/// The grammar's demands on the segments, the first broken one reported.
fn check(segments: &[Vec<(usize, char)>], end: usize) -> Result<(), (usize, &'static str)> {
    let Some((root, rest)) = segments.split_first() else { return Err((1, "an organ")) };
    let Some(&(first, _)) = root.first() else { return Err((1, "an organ such as A, S or E")) };
    if root.iter().any(|(_, c)| !c.is_ascii_alphabetic()) {
        let at = root.iter().find(|(_, c)| !c.is_ascii_alphabetic()).map_or(first, |&(at, _)| at);
        return Err((at, "an organ such as A, S or E"));
    }
    let name: String = root.iter().map(|&(_, c)| c.to_ascii_uppercase()).collect();
    let known = matches!(name.as_str(), "A" | "S" | "E" | "T") || (2..=12).contains(&name.len());
    if !known || (rest.is_empty() && name.len() > 2) {
        return Err((first, "an organ and a stroke, as in A/RES/78/237,"));
    }
    if rest.is_empty() {
        return Err((end, "a stroke"));
    }
    let mut digits = false;
    for segment in rest {
        let Some(&(at, c)) = segment.first() else {
            // The empty segment stands before the next one, or at the end.
            let position = segments
                .iter()
                .skip_while(|s| !std::ptr::eq(*s, segment))
                .skip(1)
                .find_map(|s| s.first().map(|&(at, _)| at - 1))
                .unwrap_or(end);
            return Err((position, "a letter or a digit"));
        };
        if !c.is_ascii_alphanumeric() {
            return Err((at, "a letter or a digit"));
        }
        for &(at, c) in segment {
            digits |= c.is_ascii_digit();
            if !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '(' | ')' | '/' | ',' | '&'))
            {
                return Err((at, "a letter, a digit or a stroke"));
            }
        }
    }
    if digits { Ok(()) } else { Err((end, "a number")) }
}

/// Appends a segment, letters in capitals but for the words that print in title case.
fn push_segment(out: &mut String, characters: impl Iterator<Item = char>) {
    let mut word = String::new();
    for c in characters {
        if c.is_ascii_alphabetic() {
            word.push(c);
        } else {
            push_word(out, &mut word);
            out.push(c);
        }
    }
    push_word(out, &mut word);
}

fn push_word(out: &mut String, word: &mut String) {
    if word.is_empty() {
        return;
    }
    // `PartI` is one run of letters: the word, then its roman numeral.
    let title = TITLE_CASE.iter().filter(|title| {
        word.get(..title.len()).is_some_and(|start| start.eq_ignore_ascii_case(title))
            && word.get(title.len()..).is_some_and(|rest| {
                rest.chars().all(|c| "IVXLCivxlc".contains(c))
                    || **title == PART && is_part_letter(rest)
            })
    });
    match title.max_by_key(|title| title.len()) {
        Some(title) => {
            out.push_str(title);
            out.push_str(&word.get(title.len()..).unwrap_or_default().to_ascii_uppercase());
        }
        None => out.push_str(&word.to_ascii_uppercase()),
    }
    word.clear();
}

/// The form in print: a space before a resolution's letter and before qualifiers.
pub(super) fn printed(canonical: &str) -> String {
    let resolution = canonical.contains("/RES/") || canonical.contains("/DEC/");
    let mut out = String::with_capacity(canonical.len() + 4);
    for (at, segment) in canonical.split('/').enumerate() {
        if at > 0 {
            out.push('/');
        }
        let (base, qualifier) = match segment.find('(') {
            Some(open) if segment.ends_with(')') => segment.split_at(open),
            _ => (segment, ""),
        };
        let digits = base.bytes().take_while(u8::is_ascii_digit).count();
        let (number, letters) = base.split_at(digits);
        let lettered = resolution
            && digits > 0
            && !letters.is_empty()
            && letters.bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
        if lettered {
            out.push_str(number);
            out.push(' ');
            out.push_str(letters);
        } else if let Some(letter) = base.strip_prefix(PART).filter(|rest| is_part_letter(rest)) {
            out.push_str(PART);
            out.push(' ');
            out.push_str(letter);
        } else {
            out.push_str(base);
        }
        // `COP(14)` is one word; a number takes its qualifier after a space.
        if !qualifier.is_empty() && digits > 0 {
            out.push(' ');
        }
        push_qualifier(&mut out, qualifier);
    }
    out
}

/// Appends `(Vol. I)`, `(Part I)`, `(Sect. 13)` with the space after their word.
fn push_qualifier(out: &mut String, qualifier: &str) {
    let inner = qualifier.trim_start_matches('(');
    let word = TITLE_CASE.iter().filter(|word| inner.starts_with(**word)).max_by_key(|w| w.len());
    match word {
        Some(word) => {
            let rest = inner.get(word.len()..).unwrap_or_default();
            let (dot, rest) = match rest.strip_prefix('.') {
                Some(rest) => (".", rest),
                None => ("", rest),
            };
            out.push('(');
            out.push_str(word);
            out.push_str(dot);
            if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
                out.push(' ');
            }
            out.push_str(rest);
        }
        None => out.push_str(qualifier),
    }
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
