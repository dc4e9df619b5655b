//! The paragraphs of a document beside those of another state of it.
//!
//! A paragraph's number among all others is no guide, because one that is added moves all that
//! follow. Equal paragraphs are paired first, then those of equal text. What lies between two pairs is
//! paired by how much of the text remained, by place and by role.

use undex_document::{Paragraph, Role};

use super::common::{filled, in_common};
use super::words::changed_words;
use super::{Change, ParagraphDiff, ParagraphField};

/// Pairs of paragraphs between two equal ones that are compared word for word: 200 beside 200. In
/// larger gaps the place alone decides.
const MOST_COMPARED: usize = 40_000;

/// Words of a paragraph, from its start, that are compared with those of others.
const LEADING_WORDS: usize = 200;

/// What two equal texts score.
const ALIKE: u32 = 1_000;

/// The least that two texts of one role must score to be one paragraph at two places.
const LEAST_ALIKE: u32 = 400;

/// What it adds to the score when the place is the same, or the role: they decide where texts do not.
const SAME_PLACE: u32 = 200;
const SAME_ROLE: u32 = 100;

/// The paragraphs that differ, in the order of the new ones.
pub(super) fn compared(old: Vec<Paragraph>, new: Vec<Paragraph>) -> Vec<ParagraphDiff> {
    let pairs = paired(&old, &new);
    let (mut old, mut new) = (old.into_iter(), new.into_iter());
    let (mut a, mut b) = (0, 0);
    let mut found = Vec::new();
    for pair in pairs.into_iter().map(Some).chain([None]) {
        let (next_a, next_b) = pair.unwrap_or((usize::MAX, usize::MAX));
        found.extend(old.by_ref().take(next_a - a).map(removed));
        found.extend(new.by_ref().take(next_b - b).map(added));
        if let (Some(old), Some(new)) = (old.next(), new.next()) {
            found.extend(changed(old, new));
        }
        (a, b) = (next_a.saturating_add(1), next_b.saturating_add(1));
    }
    found
}

/// Places of paragraphs that are the same paragraph, in order.
fn paired(old: &[Paragraph], new: &[Paragraph]) -> Vec<(usize, usize)> {
    let pairs = in_common(&keys(old, content), &keys(new, content));
    let pairs = filled(&pairs, old.len(), new.len(), |a, b| {
        let (old, new) = (old.get(a).unwrap_or_default(), new.get(b).unwrap_or_default());
        in_common(&keys(old, |one| &one.text), &keys(new, |one| &one.text))
    });
    filled(&pairs, old.len(), new.len(), |a, b| {
        let (old, new) = (old.get(a).unwrap_or_default(), new.get(b).unwrap_or_default());
        if old.len().saturating_mul(new.len()) <= MOST_COMPARED {
            most_alike(old, new)
        } else {
            let place = |one: &'_ Paragraph| (one.pinpoint.clone(), one.role);
            in_common(&keys(old, place), &keys(new, place))
        }
    })
}

fn keys<'p, K>(paragraphs: &'p [Paragraph], key: impl Fn(&'p Paragraph) -> K) -> Vec<K> {
    paragraphs.iter().map(key).collect()
}

/// Everything that is printed of a paragraph.
fn content(paragraph: &Paragraph) -> (&str, Option<&str>, Role, Vec<(&str, &str)>) {
    let notes = paragraph.notes.iter().map(|note| (note.mark.as_str(), note.text.as_str()));
    (&paragraph.text, paragraph.label.as_deref(), paragraph.role, notes.collect())
}

/// The pairs, in order, that together score most.
fn most_alike(old: &[Paragraph], new: &[Paragraph]) -> Vec<(usize, usize)> {
    let (old_words, new_words) = (keys(old, sorted_words), keys(new, sorted_words));
    let scores: Vec<Vec<u32>> = old
        .iter()
        .zip(&old_words)
        .map(|(a, a_words)| {
            let row = new.iter().zip(&new_words);
            row.map(|(b, b_words)| score(a, b, alike(a_words, b_words))).collect()
        })
        .collect();
    let at = |table: &[Vec<u32>], a: usize, b: usize| {
        table.get(a).and_then(|row| row.get(b)).copied().unwrap_or(0)
    };
    // The best that remains from each pair of places on: a row for each old paragraph, the last first.
    let mut rest: Vec<Vec<u32>> = vec![vec![0; new.len() + 1]];
    for scores in scores.iter().rev() {
        let mut row = vec![0; new.len() + 1];
        let below = rest.last().map(Vec::as_slice).unwrap_or_default();
        let mut right = 0;
        for b in (0..new.len()).rev() {
            let without = below.get(b).copied().unwrap_or(0).max(right);
            let with = match scores.get(b) {
                Some(score) if *score > 0 => score + below.get(b + 1).copied().unwrap_or(0),
                _ => 0,
            };
            right = without.max(with);
            if let Some(cell) = row.get_mut(b) {
                *cell = right;
            }
        }
        rest.push(row);
    }
    rest.reverse();
    let mut pairs = Vec::new();
    let (mut a, mut b) = (0, 0);
    while a < old.len() && b < new.len() {
        let score = at(&scores, a, b);
        if score > 0 && at(&rest, a, b) == score + at(&rest, a + 1, b + 1) {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if at(&rest, a, b) == at(&rest, a + 1, b) {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// How well two paragraphs go together; 0 when they are two paragraphs.
fn score(old: &Paragraph, new: &Paragraph, alike: u32) -> u32 {
    let same_place = old.pinpoint == new.pinpoint;
    let same_role = old.role == new.role;
    if !(same_place || same_role && alike >= LEAST_ALIKE) {
        return 0;
    }
    alike + u32::from(same_place) * SAME_PLACE + u32::from(same_role) * SAME_ROLE
}

fn sorted_words(paragraph: &Paragraph) -> Vec<&str> {
    let mut words: Vec<&str> = paragraph.text.split_whitespace().take(LEADING_WORDS).collect();
    words.sort_unstable();
    words
}

/// The part of the words of both that they share, of [`ALIKE`].
fn alike(old: &[&str], new: &[&str]) -> u32 {
    let mut shared = 0;
    let mut others = new.iter().peekable();
    for word in old {
        while others.next_if(|other| *other < word).is_some() {}
        shared += usize::from(others.next_if_eq(&word).is_some());
    }
    let all = (old.len() + new.len()).max(1);
    u32::try_from(2 * shared * ALIKE as usize / all).unwrap_or(ALIKE)
}

fn removed(old: Paragraph) -> ParagraphDiff {
    ParagraphDiff {
        change: Change::Removed,
        old: Some(old),
        new: None,
        fields: Vec::new(),
        words: Vec::new(),
    }
}

fn added(new: Paragraph) -> ParagraphDiff {
    ParagraphDiff {
        change: Change::Added,
        old: None,
        new: Some(new),
        fields: Vec::new(),
        words: Vec::new(),
    }
}

/// What differs between two states of a paragraph; none when nothing does.
fn changed(old: Paragraph, new: Paragraph) -> Option<ParagraphDiff> {
    let table = [
        (ParagraphField::Text, old.text != new.text),
        (ParagraphField::Label, old.label != new.label),
        (ParagraphField::Role, old.role != new.role),
        (ParagraphField::Pinpoint, old.pinpoint != new.pinpoint),
        (ParagraphField::Notes, old.notes != new.notes),
        (ParagraphField::Headings, old.headings != new.headings),
    ];
    let fields: Vec<ParagraphField> =
        table.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect();
    if fields.is_empty() {
        return None;
    }
    let words = changed_words(&old.text, &new.text);
    Some(ParagraphDiff { change: Change::Changed, old: Some(old), new: Some(new), fields, words })
}

#[cfg(test)]
mod tests {
    use undex_document::{Pinpoint, Step};

    use super::*;

    /// Numbered paragraphs; a text that begins with `# ` is a heading.
    fn document(texts: &[&str]) -> Vec<Paragraph> {
        let mut number = 0;
        let paragraphs = (0u32..).zip(texts).map(|(ordinal, text)| {
            let (role, step) = match text.strip_prefix("# ") {
                Some(_) => (Role::Heading, Step::Heading(ordinal)),
                None => {
                    number += 1;
                    (Role::Paragraph, Step::Paragraph(number.to_string()))
                }
            };
            Paragraph {
                ordinal,
                role,
                label: (role == Role::Paragraph).then(|| number.to_string()),
                pinpoint: Pinpoint::new(vec![step]),
                headings: Vec::new(),
                text: text.trim_start_matches("# ").to_owned(),
                page: None,
                notes: Vec::new(),
                citations: Vec::new(),
            }
        });
        paragraphs.collect()
    }

    /// `+new`, `-old`, `old>new`, by the first word of each text.
    fn differences(old: &[&str], new: &[&str]) -> String {
        let first = |paragraph: &Option<Paragraph>| {
            let text = paragraph.as_ref().map(|one| one.text.clone()).unwrap_or_default();
            text.split(' ').next().unwrap().to_owned()
        };
        let found = compared(document(old), document(new));
        let words = found.iter().map(|one| match one.change {
            Change::Added => format!("+{}", first(&one.new)),
            Change::Removed => format!("-{}", first(&one.old)),
            Change::Changed => format!("{}>{}", first(&one.old), first(&one.new)),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn paragraphs_find_their_own() {
        // (old, new, differences, why)
        let table: [(&[&str], &[&str], &str, &str); 8] = [
            (&["one", "two"], &["one", "two"], "", "equal"),
            (&["one", "two"], &["one", "two", "three"], "+three", "one more"),
            (&["one", "two"], &["two"], "-one two>two", "gone, and the next has its number"),
            (&["one", "two"], &["new", "one", "two"], "+new one>one two>two", "added in front"),
            (&["one a", "two b"], &["uno x", "two b"], "one>uno", "another text at the same place"),
            (
                &["one a b c d", "two e f g h"],
                &["new x y", "one a b c z", "two e f g z"],
                "+new one>one two>two",
                "changed and moved, told by their words",
            ),
            (&["# one", "two"], &["two", "# one"], "-one +one", "order counts, whatever moved"),
            (&["same", "same"], &["same", "same", "same"], "+same", "equal texts, in order"),
        ];
        for (old, new, expected, why) in table {
            assert_eq!(differences(old, new), expected, "{why}");
        }
    }

    #[test]
    fn in_large_gaps_the_place_decides() {
        let texts = |word: &str| -> Vec<String> {
            (0..300).map(|number| format!("{word}{number}")).collect()
        };
        let (old, new) = (texts("old"), texts("new"));
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        assert!(old.len() * new.len() > MOST_COMPARED);
        let found = compared(document(&old), document(&new));
        assert!(found.iter().all(|one| one.change == Change::Changed));
        assert_eq!(found.len(), 300);
    }
}
