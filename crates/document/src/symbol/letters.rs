//! The letters of resolutions adopted in parts: `A`, `A-B`, and `A and B` in three languages.

use super::words::{is_dash, is_modifier_word, is_space};

/// Where letters are looked for, and so how sure it has to be that they belong to the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A text that is one symbol: letters in any case.
    Alone,
    /// Running text: capitals, and no word of the sentence.
    Running,
}

/// What may follow a letter's space when the letter is no word of the sentence: an article never
/// stands before one of these.
const FOLLOWERS: [&str; 36] = [
    "of", "on", "in", "by", "to", "was", "were", "is", "are", "has", "had", "and", "or", "as",
    "at", "for", "with", "which", "that", "de", "del", "y", "e", "en", "por", "fue", "que", "se",
    "du", "et", "par", "est", "ont", "dans", "sur", "(",
];

/// Capitals that are words by themselves: the article, the pronoun, Spanish conjunctions.
const WORDS: [char; 4] = ['A', 'I', 'O', 'Y'];

/// Words between two letters that name both.
const AND: [&str; 5] = ["and", "y", "e", "et", "&"];

/// Words between two letters that name all from the first to the second.
const TO: [&str; 3] = ["to", "a", "à"];

/// Reads the letters at the start of what follows a resolution's number. Gives them in canonical
/// form (`A`, `A-C`) and the bytes they take.
pub(super) fn read(rest: &str, place: Place) -> Option<(String, usize)> {
    let spaced = skip_spaces(rest, 0);
    let first = letters(rest, spaced, place, spaced > 0)?;
    let after = spaced + first.len();
    if let Some((last, end)) = range(rest, after, first, place) {
        let upper = |text: &str| text.to_ascii_uppercase();
        return Some((format!("{}-{}", upper(first), upper(last)), end));
    }
    let own = ends_here(rest, after)
        && (place == Place::Alone || spaced == 0 || !is_word(first, rest.get(after..)?));
    own.then(|| (first.to_ascii_uppercase(), after))
}

/// One or two letters at a place with no word going on behind them.
fn letters(text: &str, at: usize, place: Place, spaced: bool) -> Option<&str> {
    let rest = text.get(at..)?;
    let count = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let run = rest.get(..count)?;
    let doubled = matches!(run.as_bytes(), [a, b] if a == b);
    let capitals = run.bytes().all(|b| b.is_ascii_uppercase());
    let fits = match (count, place) {
        (1, Place::Alone) => true,
        (1, Place::Running) => capitals || !spaced,
        // After Z comes AA. Two capitals after a space are rather an abbreviation: `EU`, `AI`.
        (2, Place::Alone) => capitals || doubled,
        (2, Place::Running) => capitals && (doubled || !spaced),
        _ => false,
    };
    let whole = !rest.get(count..)?.starts_with(char::is_alphanumeric);
    (fits && whole).then_some(run)
}

/// The second letter behind a dash or a conjunction, and where it ends.
fn range<'t>(rest: &'t str, at: usize, first: &str, place: Place) -> Option<(&'t str, usize)> {
    let behind = skip_spaces(rest, at);
    let next = rest.get(behind..)?;
    let dash = next.chars().next().filter(|c| is_dash(*c));
    let (start, adjacent, spaced) = match dash {
        Some(dash) if place == Place::Alone || behind == at => {
            let start = behind + dash.len_utf8();
            let spaced = skip_spaces(rest, start);
            (if place == Place::Alone { spaced } else { start }, false, behind > at)
        }
        Some(_) => return None,
        None => {
            let word = next.split(is_space).next().filter(|_| behind > at)?;
            let is = |list: &[&str]| list.contains(&word.to_lowercase().as_str());
            if !is(&AND) && !is(&TO) {
                return None;
            }
            let start = skip_spaces(rest, behind + word.len());
            (start, is(&AND), true)
        }
    };
    let last = letters(rest, start, place, spaced)?;
    let end = start + last.len();
    let key = |text: &str| (text.len(), text.to_ascii_uppercase());
    let (low, high) = (key(first), key(last));
    // `A and D` are two parts, not all from A to D; the form of print has no room for them.
    let next_letter = || match (first.as_bytes(), last.as_bytes()) {
        ([a], [b]) => a.to_ascii_uppercase().checked_add(1) == Some(b.to_ascii_uppercase()),
        _ => false,
    };
    (low < high && (!adjacent || next_letter()) && ends_here(rest, end)).then_some((last, end))
}

/// Whether letters can end here: no stroke but that of a modifier, no word, no abbreviation.
pub(super) fn ends_here(rest: &str, at: usize) -> bool {
    let rest = rest.get(at..).unwrap_or_default();
    // A stroke may stand behind spaces.
    let stroke = rest.trim_start_matches(is_space);
    let mut following = if stroke.starts_with('/') { stroke } else { rest }.chars();
    match following.next() {
        Some('/') => {
            let word: String = following.take_while(char::is_ascii_alphabetic).take(16).collect();
            is_modifier_word(&word)
        }
        Some('\'' | '\u{2019}' | '_') => false,
        Some(c) if is_dash(c) || c == '.' => !following.next().is_some_and(char::is_alphanumeric),
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

/// Whether a capital after a space is a word of the sentence.
fn is_word(letter: &str, following: &str) -> bool {
    if !letter.starts_with(WORDS) || letter.len() > 1 {
        return false;
    }
    let next = following.trim_start_matches(is_space);
    if next.len() == following.len() {
        return false;
    }
    let word: String = next.chars().take_while(|c| c.is_alphabetic()).take(12).collect();
    match next.chars().next() {
        Some(c) if c.is_alphabetic() => !FOLLOWERS.contains(&word.as_str()),
        Some(c) => matches!(c, '\u{201c}' | '\u{ab}' | '"' | '\u{2018}' | '\''),
        None => false,
    }
}

/// The place behind the spaces at a place.
fn skip_spaces(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start_matches(is_space).len())
}
