//! Lettered and roman items, nested by the sequence they stand in.

use undex_document::Step;

use super::super::labels::{letter_value, roman_value};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Letter,
    Roman,
}

/// The items that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct PointStack {
    levels: Vec<(Kind, u32, String)>,
}

impl PointStack {
    pub(super) fn clear(&mut self) {
        self.levels.clear();
    }

    pub(super) fn steps(&self) -> impl Iterator<Item = Step> + '_ {
        self.levels.iter().map(|(_, _, label)| Step::Point(label.clone()))
    }

    /// Opens the item with this label. `i`, `v`, `x` and the like are letters where a letter is
    /// due, roman numerals where one is due, and a new roman list at `i`.
    pub(super) fn push(&mut self, label: &str) {
        let letter = letter_value(label);
        let roman = roman_value(label);
        // The innermost level that this label continues.
        let continued = self.levels.iter().rposition(|(kind, last, _)| match kind {
            Kind::Letter => letter == Some(last + 1),
            Kind::Roman => roman == Some(last + 1),
        });
        if let Some(level) = continued {
            self.levels.truncate(level + 1);
            if let Some((kind, last, open)) = self.levels.last_mut() {
                *last = match kind {
                    Kind::Letter => letter,
                    Kind::Roman => roman,
                }
                .unwrap_or(*last);
                label.clone_into(open);
            }
            return;
        }
        let (kind, value) = match (letter, roman) {
            (_, Some(1)) => (Kind::Roman, 1),
            (Some(value), None) => (Kind::Letter, value),
            (_, Some(value)) if label.len() > 1 => (Kind::Roman, value),
            (Some(value), _) => (Kind::Letter, value),
            (None, Some(value)) => (Kind::Roman, value),
            (None, None) => (Kind::Letter, 0),
        };
        // A list that begins again, or whose number jumps, takes the place of the one of its kind.
        match self.levels.iter().position(|(open, ..)| *open == kind) {
            Some(level) if !(kind == Kind::Letter && value == 1 && self.is_roman_on_top()) => {
                self.levels.truncate(level);
            }
            _ => {}
        }
        self.levels.push((kind, value, label.to_owned()));
    }

    fn is_roman_on_top(&self) -> bool {
        self.levels.last().is_some_and(|(kind, ..)| *kind == Kind::Roman)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_by_sequence() {
        // (labels, places)
        let table = [
            ("a b c", "a b c"),
            ("a i ii b", "a a.i a.ii b"),
            ("a b c d e f g h i j", "a b c d e f g h i j"),
            ("a i ii iii iv v b", "a a.i a.ii a.iii a.iv a.v b"),
            ("h i ii", "h i i.ii"),
            ("i ii iii", "i ii iii"),
        ];
        for (labels, places) in table {
            let mut stack = PointStack::default();
            let found: Vec<String> = labels
                .split(' ')
                .map(|label| {
                    stack.push(label);
                    let parts: Vec<String> = stack.levels.iter().map(|(.., l)| l.clone()).collect();
                    parts.join(".")
                })
                .collect();
            assert_eq!(found.join(" "), places, "{labels}");
        }
    }
}
