//! A single word of a query: its wildcards, and what stands behind it.

use super::error::SyntaxError;
use super::expression::{Expression, TextField};
use super::weight::Weight;
use super::{MAX_DISTANCE, MAX_FUZZY_DISTANCE};

/// What may stand directly behind an item: `~2`, `^0.5`, `~2^0.5`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Suffix {
    /// The tilde, with the number behind it where there is one.
    pub(super) tilde: Option<Option<u32>>,
    pub(super) weight: Option<Weight>,
}

/// Where the suffix of a word begins, in characters: a tilde or circumflex with a letter, a digit or
/// a star somewhere before it. Others are marks like any other.
pub(super) fn suffix_start(word: &str) -> Option<usize> {
    let mut something = false;
    word.chars().position(|c| {
        something |= c.is_alphanumeric() || c == '*';
        something && matches!(c, '~' | '^')
    })
}

/// Reads a suffix that begins at a column of the query.
pub(super) fn suffix(text: &str, column: usize) -> Result<Suffix, SyntaxError> {
    let (tilde, weight) = match text.split_once('^') {
        Some((tilde, weight)) => (tilde, Some(weight)),
        None => (text, None),
    };
    let mut suffix = Suffix::default();
    if let Some(number) = tilde.strip_prefix('~') {
        let plain = number.len() <= 9 && number.bytes().all(|b| b.is_ascii_digit());
        let number = match number {
            "" => None,
            number => match number.parse().ok().filter(|_| plain) {
                Some(number) => Some(number),
                None => {
                    return Err(SyntaxError {
                        column: column + 1,
                        found: format!("`{number}`"),
                        expected: "a number, or nothing, behind the tilde".to_owned(),
                        hint: Some("to find the text itself, quote it".to_owned()),
                    });
                }
            },
        };
        suffix.tilde = Some(number);
    }
    if let Some(weight) = weight {
        suffix.weight = Some(weight.parse().map_err(|_| SyntaxError {
            column: column + tilde.chars().count() + 1,
            found: if weight.is_empty() { "nothing".to_owned() } else { format!("`{weight}`") },
            expected: format!(
                "a weight from {} to {} behind the circumflex",
                Weight::LEAST,
                Weight::MOST
            ),
            hint: Some("write word^2, \"a phrase\"^0.5 or (a b)^3".to_owned()),
        })?);
    }
    Ok(suffix)
}

/// What a word without its weight is: plain, a prefix, with wildcards, or fuzzy.
pub(super) fn classified(
    field: TextField,
    text: String,
    tilde: Option<Option<u32>>,
    column: usize,
) -> Result<Expression, SyntaxError> {
    let wild = wildcards(&text);
    if let Some(distance) = tilde {
        let behind = column + text.chars().count();
        if wild.iter().any(|wild| *wild) {
            return Err(SyntaxError {
                column: behind,
                found: "a tilde behind a wildcard".to_owned(),
                expected: "a whole word before it".to_owned(),
                hint: Some("a wildcard already stands for other letters".to_owned()),
            });
        }
        let distance =
            distance.map(|number| fuzzy_distance(number, &text, behind + 1)).transpose()?;
        return Ok(Expression::Fuzzy { field, text, distance });
    }
    if !wild.iter().any(|wild| *wild) {
        return Ok(Expression::Word { field, text });
    }
    if let Some(start) = text.strip_suffix('*')
        && !wild.iter().rev().skip(1).any(|wild| *wild)
        && start.contains(char::is_alphanumeric)
    {
        return Ok(Expression::Prefix { field, text: start.to_owned() });
    }
    match bare(&text, &wild) {
        Some(at) => Err(SyntaxError {
            column: column + at,
            found: "a star alone".to_owned(),
            expected: "letters beside it".to_owned(),
            hint: Some("write confian* for confianza, confiance, confiant".to_owned()),
        }),
        None => Ok(Expression::Wildcard { field, text }),
    }
}

/// In how many letters of a word others may differ, from the number behind its tilde.
fn fuzzy_distance(number: u32, word: &str, column: usize) -> Result<u8, SyntaxError> {
    let refused = |expected: &str, hint: &str| SyntaxError {
        column,
        found: format!("`{number}`"),
        expected: expected.to_owned(),
        hint: Some(hint.to_owned()),
    };
    let allowed = u8::try_from(number).ok();
    let Some(distance) = allowed.filter(|number| (1..=MAX_FUZZY_DISTANCE).contains(number)) else {
        let hint = "write word~1 or word~2, or word~ alone";
        return Err(refused("1 or 2, the letters that may differ", hint));
    };
    // Otherwise nothing of the word would be left.
    match word.chars().filter(|c| c.is_alphanumeric()).count() > usize::from(distance) {
        true => Ok(distance),
        false => Err(refused(
            "fewer letters that may differ than the word has",
            "write word* for words that begin so",
        )),
    }
}

/// Which characters of a word are wildcards: stars, and question marks with a letter, a digit or a
/// star behind them. Other question marks end a question.
pub(crate) fn wildcards(text: &str) -> Vec<bool> {
    let characters: Vec<char> = text.chars().collect();
    let mut inside = false;
    let mut wild: Vec<bool> = characters
        .iter()
        .rev()
        .map(|c| match c {
            '?' => inside,
            c => {
                inside = c.is_alphanumeric() || *c == '*';
                *c == '*'
            }
        })
        .collect();
    wild.reverse();
    wild
}

/// Where, in characters, wildcards stand without a letter or digit in their word.
fn bare(text: &str, wild: &[bool]) -> Option<usize> {
    let (mut first, mut letters) = (None, false);
    for (at, (c, wild)) in text.chars().zip(wild).enumerate() {
        if *wild {
            first = first.or(Some(at));
        } else if c.is_alphanumeric() {
            letters = true;
        } else if first.is_some() && !letters {
            return first;
        } else {
            (first, letters) = (None, false);
        }
    }
    first.filter(|_| !letters)
}

/// The slop of a phrase from the number behind its tilde.
pub(super) fn slop(tilde: Option<Option<u32>>, column: usize) -> Result<u32, SyntaxError> {
    match tilde {
        None => Ok(0),
        Some(Some(slop)) if slop <= MAX_DISTANCE => Ok(slop),
        Some(number) => Err(SyntaxError {
            column: column + 1,
            found: number.map_or("nothing".to_owned(), |number| format!("`{number}`")),
            expected: format!("a number up to {MAX_DISTANCE} behind the tilde"),
            hint: Some("\"a b\"~3 allows three other words between them".to_owned()),
        }),
    }
}

/// The distance of `NEAR` or `NEAR/5`, when a word is that operator; the inner result is false for
/// a distance that is none.
pub(super) fn near(word: &str) -> Option<Result<u32, ()>> {
    let number = match word.strip_prefix("NEAR")? {
        "" => return Some(Ok(super::NEAR_DISTANCE)),
        rest => rest.strip_prefix('/')?,
    };
    let plain = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let number = number.parse().ok().filter(|number| plain && (1..=MAX_DISTANCE).contains(number));
    Some(number.ok_or(()))
}
