//! Which numbers count on and which begin a list of their own.
//!
//! Reports number their paragraphs through; inside them lists begin again at 1, under a paragraph
//! that ends in a colon or under a heading. A number may continue either; the numbers that follow
//! tell.

use std::collections::HashSet;

/// Where a numbered block belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sequence {
    /// The numbering that runs through the document, annex or section.
    Main,
    /// A list under the paragraph before it.
    Nested,
    /// A list under a heading of its own.
    UnderHeading,
}

/// What stands before a numbered block, as far as numbering cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// A paragraph that ends in a colon.
    Colon,
    /// A heading without a number.
    PlainHeading,
    /// A heading with a number, or the start of an annex.
    NumberedHeading,
    /// Anything else.
    Other,
}

/// A numbered block on its way to a [`Sequence`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbered {
    /// The number printed.
    pub value: u32,
    /// Spaces before it in the source.
    pub indent: usize,
    /// What stands before it.
    pub before: Before,
}

/// Assigns every numbered block of one scope (the main part, or one annex) to its sequence.
pub(super) fn sequences(blocks: &[Numbered]) -> Vec<Sequence> {
    let mut assigned = Vec::with_capacity(blocks.len());
    // The last number of the main sequence, and of the list that is open.
    let mut main = 0u32;
    let mut main_indent = None;
    let mut list: Option<(u32, Sequence)> = None;
    for (at, block) in blocks.iter().enumerate() {
        let later = blocks.get(at + 1..).unwrap_or_default();
        let sequence = match list {
            Some((last, kind)) if block.value == last + 1 => {
                let counts_on =
                    block.value == main + 1 && continues_main(block, later, main_indent);
                if counts_on { Sequence::Main } else { kind }
            }
            _ if block.value == main + 1 => Sequence::Main,
            // A number that begins again.
            _ if block.value <= main => match block.before {
                Before::Colon => Sequence::Nested,
                Before::NumberedHeading => Sequence::Main,
                Before::PlainHeading => {
                    // A list if the numbers before it are taken up again, or were once: the last
                    // list of a report has nothing after it.
                    let taken_up = later.iter().any(|b| b.value == main + 1);
                    let seen = assigned.contains(&Sequence::UnderHeading);
                    if taken_up || seen { Sequence::UnderHeading } else { Sequence::Main }
                }
                Before::Other => match list {
                    Some((_, kind)) => kind,
                    None if block.value == 1 => Sequence::Nested,
                    None => Sequence::Main,
                },
            },
            // A gap: a number was lost, or misprinted.
            _ => list.map_or(Sequence::Main, |(last, kind)| {
                if block.value > main && block.value.abs_diff(main) <= block.value.abs_diff(last) {
                    Sequence::Main
                } else {
                    kind
                }
            }),
        };
        match sequence {
            Sequence::Main => {
                main = block.value;
                main_indent.get_or_insert(block.indent);
                list = None;
            }
            kind => list = Some((block.value, kind)),
        }
        assigned.push(sequence);
    }
    assigned
}

/// Whether a number that fits both the open list and the main sequence continues the latter.
fn continues_main(block: &Numbered, later: &[Numbered], main_indent: Option<usize>) -> bool {
    // A heading ends a list.
    if matches!(block.before, Before::PlainHeading | Before::NumberedHeading) {
        return true;
    }
    if let Some(indent) = main_indent.filter(|indent| *indent != block.indent) {
        return block.indent < indent;
    }
    // If the same number comes once more before the list could begin again, that one is the main
    // sequence's.
    !later.iter().take_while(|b| b.value != 1).any(|b| b.value == block.value)
}

/// Whether numbers of a main sequence come again because a section numbers afresh. Numbers that are misprinted do
/// not make it begin again: those behind them count on as if each of them had been right, as in 82, 38, 84, or
/// had not been there, as in 34, 34, 35.
pub(super) fn begins_again(numbers: &[u32]) -> bool {
    let mut seen = HashSet::new();
    let mut rest = numbers;
    let mut last = 0;
    while let [number, others @ ..] = rest {
        rest = others;
        if seen.insert(*number) {
            last = *number;
            continue;
        }
        if *number == last && last > 1 {
            continue;
        }
        if *number == last + 1 {
            last = *number;
            continue;
        }
        let misprinted = misprinted(last, *number, others);
        if misprinted == 0 {
            return true;
        }
        rest = others.get(misprinted - 1..).unwrap_or_default();
    }
    false
}

/// How many numbers in a row, of which `first` is one and `others` follow, stand where others are due behind
/// `last`; none where those due do not come again.
fn misprinted(last: u32, first: u32, others: &[u32]) -> usize {
    let counting = others.iter().zip(first..).take_while(|(number, before)| **number == before + 1);
    let counting = counting.count();
    let mut due = others.iter().zip(last.saturating_add(2)..).take(counting + 1);
    due.position(|(number, due)| *number == due).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misprint_does_not_begin_a_sequence_again() {
        // (numbers, whether they begin again, why)
        let table: [(&[u32], bool, &str); 12] = [
            (&[1, 2, 3, 4], false, "numbered through"),
            (&[1, 2, 3, 1, 2], true, "a section numbers afresh"),
            (&[1, 2, 1, 2, 3, 4], true, "a longer section numbers afresh"),
            (&[1, 2, 3, 1], true, "a section of one paragraph"),
            (&[1, 2, 3, 1, 5, 6], false, "a misprint"),
            (&[1, 2, 3, 3, 5], false, "the number before, printed again"),
            (&[1, 2, 9, 4, 5, 6, 7, 8, 9, 10], false, "a misprint whose number comes later"),
            (&[1, 2, 2, 3], false, "the same, not counted"),
            (&[1, 1, 2], true, "a section behind one of one paragraph"),
            (&[1, 2, 3, 4, 5, 2, 3, 4, 9, 10], false, "misprints that count on by themselves"),
            (&[1, 2, 3, 1, 5, 1, 2, 3], true, "a section that numbers afresh behind a misprint"),
            (&[], false, "none"),
        ];
        for (numbers, expected, why) in table {
            assert_eq!(begins_again(numbers), expected, "{why}");
        }
    }

    fn run(blocks: &[(u32, usize, Before)]) -> String {
        let blocks: Vec<Numbered> = blocks
            .iter()
            .map(|&(value, indent, before)| Numbered { value, indent, before })
            .collect();
        sequences(&blocks)
            .into_iter()
            .map(|s| match s {
                Sequence::Main => 'm',
                Sequence::Nested => 'n',
                Sequence::UnderHeading => 'h',
            })
            .collect()
    }

    #[test]
    fn sequences_of_reports() {
        use Before::*;
        let o = Other;
        type Row = (Vec<(u32, usize, Before)>, &'static str, &'static str);
        // (blocks, expected, why)
        let table: Vec<Row> = vec![
            (vec![(1, 0, o), (2, 0, o), (3, 0, o)], "mmm", "numbered through"),
            (
                vec![(1, 0, o), (2, 0, o), (1, 1, Colon), (2, 1, o), (3, 1, o), (3, 0, o)],
                "mmnnnm",
                "an agenda inside a paragraph, told by its indent",
            ),
            (
                vec![
                    (1, 0, o),
                    (2, 0, o),
                    (1, 0, Colon),
                    (2, 0, o),
                    (3, 0, o),
                    (4, 0, o),
                    (3, 0, o),
                    (4, 0, o),
                ],
                "mmnnnnmm",
                "the same without indent: 3 comes again",
            ),
            (
                vec![
                    (1, 0, o),
                    (2, 0, o),
                    (1, 0, PlainHeading),
                    (2, 0, o),
                    (3, 0, NumberedHeading),
                    (1, 0, PlainHeading),
                ],
                "mmhhmh",
                "steps under a heading, the last ones at the end",
            ),
            (
                vec![(1, 0, NumberedHeading), (2, 0, o), (1, 0, NumberedHeading), (2, 0, o)],
                "mmmm",
                "sections that number afresh",
            ),
            (vec![(1, 0, o), (2, 0, o), (4, 0, o), (5, 0, o)], "mmmm", "a number lost"),
        ];
        for (blocks, expected, why) in table {
            assert_eq!(run(&blocks), expected, "{why}");
        }
    }
}
