//! What stands in parentheses: parts, volumes, budget sections, sessions, years.

use super::words::{is_dash, is_digits, is_roman, is_roman_session, is_space};

/// Words that qualify a document, without spaces and as they print. A longer word stands before the
/// one that it begins with. The full stop of an abbreviation is always printed, and may be missing
/// in what is read.
const WORDS: [(&str, &str); 24] = [
    ("parts", "Parts"),
    ("part", "Part"),
    ("vols", "Vols."),
    ("vol", "Vol."),
    ("incomesect", "Income sect."),
    ("sect", "Sect."),
    ("resumption", "Resumption"),
    ("suppl", "Supp"),
    ("supp", "Supp"),
    ("introduction", "Introduction"),
    ("planoutline", "Plan outline"),
    ("prog", "Prog."),
    ("findings", "Findings"),
    ("recommendations", "Recommendations"),
    ("observations", "Observations"),
    ("abridged", "Abridged"),
    ("private", "Private"),
    ("closed", "Closed"),
    ("restricted", "Restricted"),
    ("languages", "Languages"),
    ("chap", "Chap."),
    ("and", "and"),
    // Symbols stay in English in all languages, but for slips.
    ("et", "and"),
    ("y", "and"),
];

/// What a text in parentheses is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Begins with a word of its own: `Part I`, `Supp`.
    Named,
    /// Digits, a Roman numeral or a session: `2000`, `XXI`, `S-VI`.
    Numeral,
    /// Other letters and digits, such as `DEPI` in `UNEP(DEPI)`.
    Other,
}

/// A text in parentheses, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Qualifier {
    /// The canonical form, without the parentheses.
    pub canonical: String,
    pub kind: Kind,
}

/// A piece of a named qualifier.
enum Piece<'t> {
    Word(&'static str),
    Numeral(&'t str),
    Mark(char),
}

/// Reads the text between parentheses; the error is the byte where it goes wrong.
pub(super) fn read(content: &str) -> Result<Qualifier, usize> {
    let mut glued = String::with_capacity(content.len());
    for c in content.chars().filter(|c| !is_space(*c)) {
        match c {
            '&' => glued.push_str("and"),
            c if is_dash(c) => glued.push('-'),
            c => glued.push(c),
        }
    }
    if word(&glued).is_some_and(|(_, name)| name != "and") {
        return match pieces(&glued) {
            Ok(pieces) => Ok(Qualifier { canonical: canonical(&pieces), kind: Kind::Named }),
            Err(at) => Err(unglued(content, at)),
        };
    }
    if is_numeral(&glued) {
        return Ok(Qualifier { canonical: glued.to_ascii_uppercase(), kind: Kind::Numeral });
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | ',');
    let wrong = glued.find(|c| !allowed(c));
    let bordered = glued.starts_with(|c: char| c.is_ascii_alphanumeric())
        && glued.ends_with(|c: char| c.is_ascii_alphanumeric());
    match wrong {
        None if bordered => {
            Ok(Qualifier { canonical: glued.to_ascii_uppercase(), kind: Kind::Other })
        }
        wrong => Err(unglued(content, wrong.unwrap_or_default())),
    }
}

/// The canonical form of a qualifier with the spaces of print.
pub(super) fn printed(canonical: &str) -> String {
    let named = is_named(canonical).then(|| pieces(canonical).ok());
    let Some(pieces) = named.flatten() else {
        return canonical.to_owned();
    };
    let mut out = String::with_capacity(canonical.len() + 4);
    let mut tight = true;
    for piece in pieces {
        match piece {
            Piece::Word(name) => {
                if !tight {
                    out.push(' ');
                }
                out.push_str(name);
                tight = false;
            }
            Piece::Numeral(number) => {
                if !tight {
                    out.push(' ');
                }
                out.push_str(number);
                tight = false;
            }
            Piece::Mark(mark) => {
                out.push(mark);
                tight = matches!(mark, '-' | '/');
            }
        }
    }
    out
}

/// Whether a canonical qualifier begins with a word of its own.
pub(super) fn is_named(canonical: &str) -> bool {
    word(canonical).is_some_and(|(_, name)| name != "and") && pieces(canonical).is_ok()
}

/// Whether a text is digits, a Roman numeral or a session in one.
pub(super) fn is_numeral(text: &str) -> bool {
    is_digits(text) || is_roman_session(text)
}

/// Whether a text can number a part: `2`, `29A`, `IV`, `B`.
pub(super) fn is_part_number(text: &str) -> bool {
    !text.is_empty() && numeral(text) == text.len()
}

/// The word at the start of a text without spaces: its length there and its form in print.
fn word(glued: &str) -> Option<(usize, &'static str)> {
    WORDS.iter().find_map(|(name, printed)| {
        let start = glued.get(..name.len())?;
        start.eq_ignore_ascii_case(name).then_some((name.len(), *printed))
    })
}

/// The length of the numeral at the start of a text: digits or a Roman numeral with at most one
/// letter behind it, or one letter.
fn numeral(text: &str) -> usize {
    let count = |test: fn(&str) -> bool| {
        text.char_indices()
            .take_while(|(at, c)| test(text.get(*at..at + c.len_utf8()).unwrap_or_default()))
            .count()
    };
    let length = match count(is_digits) {
        0 => count(is_roman),
        digits => digits,
    };
    let rest = text.get(length..).unwrap_or_default();
    let letter = rest.starts_with(|c: char| c.is_ascii_alphabetic())
        && rest.starts_with(|c: char| matches!(c.to_ascii_uppercase(), 'A'..='H'))
        && word(rest).is_none()
        && !rest.chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic());
    length + usize::from(letter)
}

fn pieces(glued: &str) -> Result<Vec<Piece<'_>>, usize> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(rest) = glued.get(at..).filter(|rest| !rest.is_empty()) {
        let after_number = matches!(pieces.last(), Some(Piece::Numeral(_)));
        if let Some((length, name)) = word(rest) {
            pieces.push(Piece::Word(name));
            at += length + usize::from(rest.get(length..).is_some_and(|r| r.starts_with('.')));
        } else if let (length @ 1.., false) = (numeral(rest), after_number) {
            pieces.push(Piece::Numeral(rest.get(..length).unwrap_or_default()));
            at += length;
        } else if let Some(mark) = rest.chars().next().filter(|c| matches!(c, '-' | ',' | '/')) {
            if matches!(pieces.last(), None | Some(Piece::Mark(_))) {
                return Err(at);
            }
            pieces.push(Piece::Mark(mark));
            at += 1;
        } else {
            return Err(at);
        }
    }
    match pieces.last() {
        Some(Piece::Mark(_) | Piece::Word("and")) | None => Err(at),
        _ => Ok(pieces),
    }
}

fn canonical(pieces: &[Piece<'_>]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Word(name) => out.extend(name.chars().filter(|c| *c != ' ')),
            Piece::Numeral(number) => out.push_str(&number.to_ascii_uppercase()),
            Piece::Mark(mark) => out.push(*mark),
        }
    }
    out
}

/// The byte in a text that stands at a byte of it without its spaces.
fn unglued(content: &str, at: usize) -> usize {
    let mut left = at;
    for (place, c) in content.char_indices().filter(|(_, c)| !is_space(*c)) {
        let length = match c {
            '&' => 3,
            c if is_dash(c) => 1,
            c => c.len_utf8(),
        };
        if left < length {
            return place;
        }
        left -= length;
    }
    content.len()
}
