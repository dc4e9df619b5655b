//! What the words of a line say about its place: numerals of sections, openings of preambular
//! paragraphs, meetings, bullets.

use super::url::ends_in_url;
use crate::pattern::pattern;
use crate::structure::BULLETS;
use crate::structure::words::{attachment, exceeds, fold};

pattern! {
    /// `50th plenary meeting`, `50ª sesión plenaria (continuación)`, `50e séance plénière`.
    MEETING,
    r"(?i)^\d{1,5}\s?(?:st|nd|rd|th|a|ª|º|o|e|re|er)?\.?\s+(?:\([^()]{1,40}\)\s+)?(?:\p{L}+\s+)?(?:plenary meeting|meeting|sesión plenaria|sesión|séance plénière|séance)\b"
}

/// Whether a line names the meeting that adopted a resolution.
pub(super) fn is_meeting(text: &str) -> bool {
    text.chars().count() < 120 && MEETING.is_match(text)
}

/// Whether a line is nothing but the numeral of a section, whose title stands below it.
pub(crate) fn is_numeral(text: &str) -> bool {
    let bare = text.trim_end_matches('.');
    let numeral = !bare.is_empty()
        && bare.bytes().all(|b| b.is_ascii_uppercase())
        && crate::structure::roman_value(bare).is_some();
    numeral || is_division(text) || attachment(text).is_some()
}

/// Whether a line is `Part I`, `Section 3`, `Chapitre II` and nothing else.
pub(super) fn is_division(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "part",
        "section",
        "chapter",
        "title",
        "parte",
        "seccion",
        "capitulo",
        "titulo",
        "partie",
        "chapitre",
        "titre",
        "article",
        "articulo",
        "programme",
        "programa",
        "subprogramme",
        "subprograma",
        "sous-programme",
    ];
    if !text.starts_with(char::is_uppercase) || exceeds(text, 3) {
        return false;
    }
    let folded = fold(text);
    let Some((words, number)) = folded.rsplit_once(' ') else { return false };
    // `Income section 2` too.
    let word = words.rsplit(' ').next().unwrap_or_default();
    if words.split(' ').count() > 2 {
        return false;
    }
    // `Section 29A` too.
    let digits = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < number.len() && digits.len() <= 1
        || crate::structure::roman_value(number).is_some();
    WORDS.contains(&word) && numbered && !number.is_empty()
}

/// Whether a text ends in a hyphen behind a letter, or behind a letter and a space.
pub(super) fn ends_in_hyphen(text: &str) -> bool {
    text.trim_end()
        .strip_suffix('-')
        .is_some_and(|rest| rest.trim_end().ends_with(char::is_alphabetic))
        && !ends_in_url(text)
}

/// Whether a line begins as preambular paragraphs do: with a participle or one of the adjectives
/// that stand for one.
pub(super) fn opens_preambular(text: &str) -> bool {
    const OPENERS: [&str; 50] = [
        "deeply",
        "gravely",
        "fully",
        "mindful",
        "aware",
        "alarmed",
        "guided",
        "concerned",
        "conscious",
        "convinced",
        "determined",
        "encouraged",
        "disturbed",
        "also",
        "further",
        "consciente",
        "convencida",
        "preocupada",
        "profundamente",
        "alarmada",
        "alentada",
        "guiada",
        "decidida",
        "inspirada",
        "plenamente",
        "gravement",
        "profondement",
        "convaincue",
        "preoccupee",
        "alarmee",
        "guidee",
        "resolue",
        "soucieuse",
        // Of councils and committees, which are masculine.
        "convencido",
        "preocupado",
        "alarmado",
        "alentado",
        "guiado",
        "decidido",
        "inspirado",
        "deseoso",
        "convaincu",
        "preoccupe",
        "resolu",
        "soucieux",
        "desireux",
        "ayant",
        "visto",
        "vu",
        "vivement",
    ];
    let word = text.split([' ', ',']).next().unwrap_or_default();
    if !word.starts_with(char::is_uppercase) {
        return false;
    }
    let folded = fold(word);
    let participle = ["ing", "ando", "endo", "ant"].iter().any(|end| folded.ends_with(end));
    participle && folded.len() > 5 || OPENERS.contains(&folded.as_str())
}

/// Whether a lettered label follows another: `b` after `a`, `iv` after `iii`, `aa` after `z`.
pub(super) fn follows(last: &str, label: &str) -> bool {
    use crate::structure::{letter_value, roman_value};
    let next = |value: fn(&str) -> Option<u32>| matches!((value(last), value(label)), (Some(a), Some(b)) if b == a + 1);
    next(letter_value) || next(roman_value)
}

/// Whether the point before this one stands in the middle of a paragraph, in a list that a colon opens there:
/// then so does this one, though a line begins with it. The letters in `paragraph 4 (a), (b) and (c)` are no
/// such list, and what comes after the paragraph's own label begins the next.
pub(crate) fn goes_on_inside(label: Option<&str>, text: &str, letters: &str) -> bool {
    let own = label.map(|label| label.trim_matches(['(', ')']));
    if own.is_some_and(|own| follows(own, letters)) {
        return false;
    }
    let mut last: Option<&str> = None;
    for (end, _) in text.match_indices(')') {
        let before = text.get(..end).unwrap_or_default();
        let start = before.trim_end_matches(|c: char| c.is_ascii_lowercase()).len();
        let (head, point) = before.split_at(start);
        let head = head.strip_suffix('(').unwrap_or(head).trim_end();
        let opens = matches!(point, "a" | "i") && head.ends_with(':');
        if opens || last.is_some_and(|last| follows(last, point)) {
            last = Some(point);
        }
    }
    last.is_some_and(|last| follows(last, letters))
}

/// The text after a bullet.
pub(super) fn bullet(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(|c| BULLETS.contains(&c) || matches!(c, '·' | '–' | '—' | '-'))?;
    let body = rest.trim_start();
    (rest.len() > body.len() && body.starts_with(char::is_alphanumeric)).then_some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_inside_a_paragraph() {
        // (label, text, letters, whether they go on inside)
        let table = [
            (Some("(c)"), "Work, through: (i) law;", "ii", true),
            (Some("c)"), "Trabajar: i) leyes; ii) mapas;", "iii", true),
            (None, "Decides: (a) to draw; (b) to fold;", "c", true),
            (Some("(b)"), "Apply paragraph 8 (a), (b) and (c);", "c", false),
            (Some("(b)"), "Apply these: (a) one; (b) two;", "c", false),
            (Some("2"), "Recalls paragraph 4 (a);", "b", false),
            (Some("2"), "Decides:", "a", false),
            (Some("2"), "Decides: (a) to draw;", "c", false),
        ];
        for (label, text, letters, inside) in table {
            assert_eq!(goes_on_inside(label, text, letters), inside, "{text} ({letters})");
        }
    }

    #[test]
    fn meetings() {
        for line in [
            "50th plenary meeting",
            "50th (resumed) plenary meeting",
            "50ª sesión plenaria (continuación)",
            "96a sesión plenaria",
            "50e séance plénière",
        ] {
            assert!(is_meeting(line), "{line}");
        }
        for line in ["50 meetings were held", "La 50ª sesión plenaria", "50 States"] {
            assert!(!is_meeting(line), "{line}");
        }
    }

    #[test]
    fn numerals_of_divisions() {
        for line in [
            "IV",
            "II.",
            "Part I",
            "Section 29A",
            "Income section 2",
            "Annex",
            "Anexo II",
            "Chapitre III",
        ] {
            assert!(is_numeral(line), "{line}");
        }
        for line in ["Section on maps", "I agree", "CIVIL", "Part", "29"] {
            assert!(!is_numeral(line), "{line}");
        }
    }

    #[test]
    fn openings_of_preambular_paragraphs() {
        for line in [
            "Recalling its",
            "Deeply concerned",
            "Teniendo presente",
            "Rappelant que",
            "Consciente de",
        ] {
            assert!(opens_preambular(line), "{line}");
        }
        for line in ["recalling its", "General Assembly", "States Members", "The maps", "King"] {
            assert!(!opens_preambular(line), "{line}");
        }
    }

    #[test]
    fn bullets_and_hyphens() {
        assert_eq!(bullet("• Maps"), Some("Maps"));
        assert_eq!(bullet("-armas"), None);
        assert!(ends_in_hyphen("the seventy -") && ends_in_hyphen("high-"));
        assert!(!ends_in_hyphen("https://example.org/a-") && !ends_in_hyphen("1990-"));
        assert!(follows("a", "b") && follows("iii", "iv") && !follows("a", "c"));
    }
}
