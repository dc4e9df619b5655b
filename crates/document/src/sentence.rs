//! Sentences of running text.
//!
//! Documents of the UN are full of stops that end no sentence: `No. 53`, `párr. 5`, `A/68/98/Add.1`,
//! `Mr. J. Smith`. What counts as the end is a mark of ending, closing marks behind it, white space,
//! and the beginning of something that may begin a sentence.

use std::ops::Range;

/// Abbreviations before a number or a numeral: `No. 53`, `sect. IV`. Before anything else their stop
/// ends a sentence, because some are words: `the answer is no. The`.
const BEFORE_NUMBERS: [&str; 54] = [
    "add", "anex", "ann", "app", "ap", "apt", "art", "arts", "cap", "caps", "ch", "chap", "cl",
    "col", "corr", "doc", "docs", "ej", "fasc", "fig", "figs", "ibid", "ibíd", "n", "no", "nos",
    "núm", "núms", "num", "p", "pág", "págs", "par", "para", "paras", "parr", "pars", "part", "pp",
    "párr", "párrs", "pt", "res", "rev", "s", "ser", "sec", "secc", "sect", "sects", "supl",
    "supp", "suppl", "vol",
];

/// Abbreviations before a name or in the middle of a sentence, whatever follows.
const BEFORE_ANYTHING: [&str; 40] = [
    "approx", "ca", "cf", "cía", "cit", "dr", "dra", "ed", "eds", "excma", "excmo", "gen", "gral",
    "hon", "ing", "lic", "loc", "lt", "messrs", "mgr", "mlle", "mm", "mme", "mmes", "mr", "mrs",
    "ms", "msgr", "op", "prof", "profs", "sr", "sra", "sras", "sres", "srta", "st", "ste", "viz",
    "vs",
];

/// Words before a letter or numeral that is a number and no initial: `annex I.`, `section A.`
const NUMBERED: [&str; 33] = [
    "anexo",
    "anexos",
    "annex",
    "annexe",
    "annexes",
    "appendix",
    "appendice",
    "apéndice",
    "articles",
    "capítulo",
    "category",
    "categoría",
    "chapitre",
    "chapter",
    "catégorie",
    "group",
    "groupe",
    "grupo",
    "option",
    "opción",
    "part",
    "parte",
    "partie",
    "resolución",
    "resolution",
    "résolution",
    "sección",
    "section",
    "sections",
    "secciones",
    "table",
    "tableau",
    "cuadro",
];

/// The longest label that stands at the beginning of a sentence, in characters: `viii.`, `12.`
const LABEL: usize = 5;

/// The sentences of a text as ranges of bytes, in order, without the white space around them. A line
/// end ends a sentence too: it stands between the rows of tables. Linear in the length of the text.
///
/// ```
/// let text = "See No. 53 (A/68/53/Add.1). It was issued in 2013.";
/// let sentences: Vec<&str> =
///     undex_document::sentences(text).into_iter().map(|range| &text[range]).collect();
/// assert_eq!(sentences, ["See No. 53 (A/68/53/Add.1).", "It was issued in 2013."]);
/// ```
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(&(_, c)) = characters.get(at) {
        at += 1;
        let end = match c {
            '\n' => Some(at),
            _ if is_full_stop(c) => Some(behind_closing(&characters, at)),
            '.' | '!' | '?' | '…' | '؟' | '۔' => {
                let (mark, behind) = (at - 1, behind_closing(&characters, at));
                // More marks in between would end at the same place.
                at = behind;
                ends(&characters, start, mark, behind).then_some(behind)
            }
            _ => None,
        };
        if let Some(end) = end {
            push(&mut found, text, &characters, start..end);
            (start, at) = (end, end);
        }
    }
    push(&mut found, text, &characters, start..characters.len());
    found
}

/// Marks that end a sentence without white space behind them.
fn is_full_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

fn push(
    found: &mut Vec<Range<usize>>,
    text: &str,
    characters: &[(usize, char)],
    range: Range<usize>,
) {
    let byte = |at: usize| characters.get(at).map_or(text.len(), |(byte, _)| *byte);
    let (start, end) = (byte(range.start), byte(range.end));
    let sentence = text.get(start..end).unwrap_or_default();
    let trimmed = sentence.trim();
    if !trimmed.is_empty() {
        let start = start + (sentence.len() - sentence.trim_start().len());
        found.push(start..start + trimmed.len());
    }
}

/// The place behind closing marks and more marks of ending.
fn behind_closing(characters: &[(usize, char)], mut at: usize) -> usize {
    while let Some(&(_, c)) = characters.get(at) {
        let closes =
            matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '.' | '!' | '?' | '…');
        // French sets a space before the closing guillemet.
        let spaced = matches!(c, ' ' | '\u{a0}' | '\u{202f}')
            && matches!(characters.get(at + 1), Some((_, '»' | '›')));
        if !closes && !spaced {
            break;
        }
        at += 1;
    }
    at
}

/// Whether the mark at `mark` ends the sentence that begins at `start`; `behind` is the place behind
/// the mark and what closes with it.
fn ends(characters: &[(usize, char)], start: usize, mark: usize, behind: usize) -> bool {
    let character = |at: usize| characters.get(at).map(|(_, c)| *c);
    match character(behind) {
        None => return true,
        Some(c) if c.is_whitespace() => {}
        Some(_) => return false,
    }
    let rest = characters.get(behind..).unwrap_or_default();
    let mut next = rest.iter().map(|(_, c)| *c).skip_while(|c| c.is_whitespace() || opens(*c));
    let Some(first) = next.next() else { return true };
    if first.is_lowercase() || !first.is_alphanumeric() {
        return false;
    }
    if character(mark) != Some('.') || behind > mark + 1 {
        return true;
    }
    let word = word_before(characters, start, mark);
    let lower = word.to_lowercase();
    if BEFORE_ANYTHING.contains(&lower.as_str()) {
        return false;
    }
    let numeral = first.is_ascii_digit()
        || "IVXLC".contains(first) && next.next().is_none_or(|c| !c.is_lowercase());
    if numeral && BEFORE_NUMBERS.contains(&lower.as_str()) {
        return false;
    }
    let length = word.chars().count();
    // The number or letter of the paragraph itself.
    if mark - start <= LABEL && mark - start == length && is_label(&word) {
        return false;
    }
    let initial = length == 1 && word.chars().all(char::is_uppercase);
    if !initial {
        return true;
    }
    // `U.S.`, `EE. UU.` and `J. Smith` go on; `annex I.` and `resolution 57/284 B.` are at their end.
    let before = mark - length;
    let between = character(before.wrapping_sub(1)).filter(|_| before > start);
    match between {
        Some('.') => false,
        Some(c) if c.is_whitespace() => {
            let previous = word_before(characters, start, before - 1).to_lowercase();
            NUMBERED.contains(&previous.as_str())
                || previous.ends_with(|c: char| c.is_ascii_digit())
        }
        _ => true,
    }
}

/// The letters and digits right before a place.
fn word_before(characters: &[(usize, char)], start: usize, end: usize) -> String {
    let before = characters.get(start..end).unwrap_or_default();
    let length = before.iter().rev().take_while(|(_, c)| c.is_alphanumeric()).count();
    before.iter().skip(before.len() - length).map(|(_, c)| *c).collect()
}

fn is_label(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
        || word.chars().all(|c| "ivxlcIVXLC".contains(c))
        || word.chars().count() == 1
}

fn opens(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '«' | '‹' | '(' | '[' | '¿' | '¡' | '*' | '—' | '–')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_sentences() {
        // (text with a stroke where sentences part, why)
        let table = [
            ("One. | Two! | Three? | Four", "marks of ending"),
            ("See No. 53 (A/68/53). | It is long.", "a number"),
            ("véase el suplemento núm. 53, párr. 5. | Es largo.", "Spanish numbers"),
            ("voir par. 4 et Add. 1. | Il est long.", "French numbers"),
            ("(A/68/98/Add.1, sect. IV, para. 2). | The next", "symbols and numerals"),
            ("The answer is no. | The next", "a word that is an abbreviation elsewhere"),
            ("Mr. J. Smith and Sra. Pérez spoke. | Dr. No did not.", "titles and initials"),
            ("The U.S. Government agreed. | It did.", "letters with stops"),
            ("as in annex I. | The annex", "a numeral that ends a sentence"),
            ("in its resolution 57/284 B. | The Committee", "a letter that ends a sentence"),
            ("He said: “Stop.” | Nobody did.", "closing quotation marks"),
            ("Il dit : « Assez. » | Personne.", "French quotation marks"),
            ("¿Quién va? | ¡Nadie! | Bien.", "Spanish opening marks"),
            ("It ended... | Then it began.", "three stops"),
            ("It ended ... and began.", "three stops inside"),
            ("e.g. the first; i.e. the second", "small letters follow"),
            ("1. The first paragraph. | The second.", "the number of the paragraph"),
            ("(See note.) | The next", "a sentence in parentheses"),
            ("It rose by 3.5 per cent. | 20 others fell.", "decimals, and a number that begins"),
            ("row\tone\n | row two", "rows of a table"),
            ("联合国。 | 大会。", "without spaces"),
            ("", "nothing"),
            (" . ", "a stop alone"),
        ];
        for (marked, why) in table {
            let expected: Vec<&str> =
                marked.split(" | ").map(str::trim).filter(|part| !part.is_empty()).collect();
            let text = marked.replace(" | ", " ");
            let found: Vec<&str> = sentences(&text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(found, expected, "{why}");
        }
    }

    #[test]
    fn long_texts_are_fast() {
        let begun = std::time::Instant::now();
        let text = "No. 5 of A. B. ".repeat(100_000);
        assert!(!sentences(&text).is_empty());
        assert!(!sentences(&".".repeat(1_000_000)).is_empty());
        assert!(!sentences(&"( ".repeat(500_000)).is_empty());
        assert!(!sentences(&". ( ".repeat(300_000)).is_empty());
        assert!(!sentences(&format!("{}x", ".".repeat(1_000_000))).is_empty());
        assert!(begun.elapsed().as_secs() < 5);
    }
}
