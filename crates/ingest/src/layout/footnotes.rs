//! Footnotes leave the flow: the block under a rule, and lines that begin with a raised number.

mod foot;

use super::Line;
use super::measure::Measure;
use super::url::{ends_in_url, is_only_url};
use crate::normal_form::{MARK_END, MARK_START};
use crate::structure::Label;

/// A footnote as found, not yet matched with its mark.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RawNote {
    /// `1`, `*`, `**`.
    pub mark: String,
    /// Its text.
    pub text: String,
    /// The number of lines of the text that stand before it.
    pub after: usize,
    /// Whether its number was raised in the source, so that marks in the text are too.
    pub raised: bool,
}

/// The footnotes of a document, and where rules stand that have none under them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Notes {
    pub notes: Vec<RawNote>,
    /// For each rule without notes, the number of lines before it.
    pub empty_rules: Vec<usize>,
}

/// Takes the footnotes out of the lines. A line after a block of notes begins a page.
pub(super) fn lift(lines: Vec<Line>, measure: &Measure) -> (Vec<Line>, Notes) {
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut found = Notes::default();
    let mut expected = 1u32;
    // Whether the lines now read are under a rule, and the notes found there.
    let mut under_rule: Option<usize> = None;
    let mut in_note = false;
    let bulleted = uses_asterisk_bullets(&lines);
    let paged = lines.last().is_some_and(|line| line.page > 0);
    let mut lines = lines.into_iter().peekable();
    while let Some(mut line) = lines.next() {
        // On a page of its own, or with their numbers on lines of their own, notes stand between the
        // rule and the end of the page.
        let numbers_apart = lines.peek().is_some_and(|below| is_number(&below.text));
        if is_rule(&line.text) && (paged || numbers_apart) {
            let page = line.page;
            let mut foot = Vec::new();
            while let Some(below) = lines.next_if(|below| below.page == page && !below.page_start) {
                foot.push(below);
            }
            match foot::notes(&foot, kept.len()) {
                Some(notes) => found.notes.extend(notes),
                None => {
                    found.empty_rules.push(kept.len());
                    kept.extend(foot);
                }
            }
            in_note = false;
            continue;
        }
        if is_rule(&line.text) {
            if under_rule == Some(found.notes.len()) {
                found.empty_rules.push(kept.len());
            }
            under_rule = Some(found.notes.len());
            in_note = false;
            continue;
        }
        if let Some((mark, text, raised)) =
            note_start(&line, expected, under_rule.is_some(), bulleted)
        {
            if let Ok(number) = mark.parse::<u32>() {
                expected = number + 1;
            }
            found.notes.push(RawNote { mark, text, after: kept.len(), raised });
            in_note = true;
            continue;
        }
        if in_note && continues_note(&line, found.notes.last(), under_rule.is_some(), measure) {
            if let Some(note) = found.notes.last_mut() {
                append(&mut note.text, &line.text);
            }
            continue;
        }
        if under_rule.take().is_some_and(|before| before == found.notes.len()) {
            found.empty_rules.push(kept.len());
        }
        line.page_start |= in_note || line.page_start;
        in_note = false;
        kept.push(line);
    }
    if under_rule.is_some_and(|before| before == found.notes.len()) {
        found.empty_rules.push(kept.len());
    }
    (kept, found)
}

/// The rule above footnotes.
pub(crate) fn is_rule(text: &str) -> bool {
    let text = text.replace('\\', "");
    text.chars().count() >= 5 && text.chars().all(|c| matches!(c, '_' | '⸏' | '‗'))
}

/// Whether a line is nothing but the number of a note.
fn is_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the source writes lists with asterisks, so that `* text` is no footnote.
fn uses_asterisk_bullets(lines: &[Line]) -> bool {
    lines.windows(2).any(|pair| {
        matches!(pair, [a, b] if a.text.starts_with("* ") && b.text.starts_with("* ") && b.gap <= a.gap.max(1))
    })
}

fn note_start(
    line: &Line,
    expected: u32,
    under_rule: bool,
    bulleted: bool,
) -> Option<(String, String, bool)> {
    if line.heading.is_some() || line.row {
        return None;
    }
    let text = line.text.as_str();
    // `<sup>1</sup> Véase`, `¹ Véase`, `[^1]: See`.
    if let Some(inner) = text.strip_prefix(MARK_START) {
        let (mark, rest) = inner.split_once(MARK_END)?;
        let rest = rest.trim_start_matches([':', '.']).trim_start();
        return (!rest.is_empty()).then(|| (mark.to_owned(), rest.to_owned(), true));
    }
    // `* Reissued for technical reasons`: one to three asterisks, then a sentence.
    let stars = text.chars().take_while(|c| *c == '*').count();
    if (1..=3).contains(&stars) && !line.bullet && !(bulleted && stars == 1) {
        let rest = text.get(stars..)?;
        let body = rest.trim_start();
        let sentence =
            body.starts_with(|c: char| c.is_uppercase() || matches!(c, '[' | '¿' | '“' | '«'));
        if rest.starts_with([' ', '\t']) && sentence {
            return Some(("*".repeat(stars), body.to_owned(), false));
        }
        return None;
    }
    if !under_rule {
        return None;
    }
    // ` 4  Véase el resumen`: the number that is due, or a little later where a page was lost.
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let number: u32 = text.get(..end)?.parse().ok()?;
    let rest = text.get(end..)?;
    let body = rest.trim_start();
    let due =
        number == expected || (number > expected && number <= expected + 10 && line.indent > 0);
    (due && rest.starts_with([' ', '\t']) && !body.is_empty())
        .then(|| (number.to_string(), body.to_owned(), false))
}

/// Whether a line belongs to the note before it.
fn continues_note(
    line: &Line,
    note: Option<&RawNote>,
    under_rule: bool,
    measure: &Measure,
) -> bool {
    let Some(note) = note else { return false };
    if !measure.wrapped || line.whole || line.page_start || line.heading.is_some() || line.row {
        return false;
    }
    if ends_in_url(&note.text) {
        return !is_only_url(&line.text) || line.indent == 0;
    }
    if line.gap > measure.gap || line.indent > 0 {
        return false;
    }
    // A finished note: what follows is the next page, unless the line was full and goes on.
    let finished = super::line::terminated(&note.text);
    if finished && (!under_rule || Label::at_start(&line.text).is_some()) {
        return false;
    }
    !finished || line.text.starts_with(char::is_lowercase) && note.text.len() > measure.width
}

fn append(text: &mut String, more: &str) {
    if !ends_in_url(text) {
        text.push(' ');
    }
    text.push_str(more);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure() -> Measure {
        Measure { wrapped: true, width: 40, gap: 0, trailing_ends: false, indented: false }
    }

    #[test]
    fn notes_under_a_rule() {
        let lines: Vec<Line> = [
            "los Estados deben actuar con",
            "__________________",
            " 1  Véase UNDEX/1.",
            " 2  Véase el resumen de la reunión",
            "celebrada en 2020.",
            " la debida diligencia.",
        ]
        .iter()
        .map(|l| Line::plain(l, 0))
        .collect();
        let (kept, found) = lift(lines, &measure());
        let kept: Vec<&str> = kept.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(kept, ["los Estados deben actuar con", "la debida diligencia."]);
        let notes: Vec<(&str, &str)> =
            found.notes.iter().map(|n| (n.mark.as_str(), n.text.as_str())).collect();
        assert_eq!(
            notes,
            [("1", "Véase UNDEX/1."), ("2", "Véase el resumen de la reunión celebrada en 2020.")]
        );
        assert!(found.empty_rules.is_empty());
    }

    #[test]
    fn a_rule_without_notes_is_remembered() {
        let lines: Vec<Line> = ["texto que", "__________", " a) sigue aquí."]
            .iter()
            .map(|l| Line::plain(l, 0))
            .collect();
        let (kept, found) = lift(lines, &measure());
        assert_eq!(kept.len(), 2);
        assert_eq!(found.empty_rules, [1]);
    }

    #[test]
    fn an_address_goes_over_lines() {
        let lines: Vec<Line> =
            ["x", "_____", " 1  Disponible en https://example-", "two.org/a-b.pdf.", " más"]
                .iter()
                .map(|l| Line::plain(l, 0))
                .collect();
        let (_, found) = lift(lines, &measure());
        assert_eq!(found.notes[0].text, "Disponible en https://example-two.org/a-b.pdf.");
    }

    #[test]
    fn asterisks() {
        let lines: Vec<Line> = ["otros", " * La versión original.", "y más"]
            .iter()
            .map(|l| Line::plain(l, 0))
            .collect();
        let (kept, found) = lift(lines, &measure());
        assert_eq!(kept.len(), 2);
        assert_eq!(found.notes[0].mark, "*");
        let bullets: Vec<Line> =
            ["* One thing", "* Another thing"].iter().map(|l| Line::plain(l, 0)).collect();
        assert_eq!(lift(bullets, &measure()).0.len(), 2);
    }
}
