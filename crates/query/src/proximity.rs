//! Items that stand near each other, told by the places of their words in a text.

use std::collections::BTreeSet;

/// How items must stand to each other. An item is a word, or words that follow one another.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// For each item, how many places each of its words stands after its first, in ascending order.
    items: Vec<Vec<u32>>,
    reach: Reach,
}

/// How far items may be from each other.
#[derive(Clone, Debug)]
enum Reach {
    /// In this order, with so many words between them beyond those of the `steps` from each item to the
    /// next.
    InOrder { steps: Vec<u32>, slop: u32 },
    /// Two of them in either order, with so many steps from one to the other.
    EitherOrder { distance: u32 },
}

/// Where the items stand near each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    /// The places of the first and the last word of each item.
    pub(crate) items: Vec<(u32, u32)>,
    /// How many words lie between the items that need not.
    pub(crate) between: u32,
}

impl Match {
    /// The last place of all.
    pub(crate) fn last(&self) -> u32 {
        self.items.iter().map(|(_, last)| *last).max().unwrap_or_default()
    }
}

impl Pattern {
    /// Words in an order, given by their places in a phrase, with at most `slop` others between them.
    pub(crate) fn in_order(places: &[u32], slop: u32) -> Self {
        let steps = places.windows(2).map(|pair| match pair {
            [one, next] => next.saturating_sub(*one),
            _ => 0,
        });
        Self {
            reach: Reach::InOrder { steps: steps.collect(), slop },
            items: places.iter().map(|_| vec![0]).collect(),
        }
    }

    /// Two items, each given by the places of its words after its first, at most `distance` steps
    /// from each other.
    pub(crate) fn either_order(left: Vec<u32>, right: Vec<u32>, distance: u32) -> Self {
        Self { items: vec![left, right], reach: Reach::EitherOrder { distance } }
    }

    /// How much words between the items take from a score: 1 where there are none, and half of it
    /// where one more would be too many.
    pub(crate) fn closeness(&self, between: u32) -> f32 {
        let most = match self.reach {
            Reach::InOrder { slop, .. } => slop.saturating_add(1),
            Reach::EitherOrder { distance } => distance.max(1),
        };
        1.0 - 0.5 * between.min(most) as f32 / most as f32
    }

    /// All matches, from the places of each word of each item in a text, in ascending order.
    pub(crate) fn find(&self, places: &[&[u32]]) -> Vec<Match> {
        let mut left = places;
        let mut starts: Vec<Vec<u32>> = Vec::new();
        for offsets in &self.items {
            let Some((words, rest)) = left.split_at_checked(offsets.len()) else {
                return Vec::new();
            };
            left = rest;
            starts.push(starts_of(offsets, words));
        }
        if starts.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        match &self.reach {
            Reach::InOrder { steps, slop } => in_order(&starts, steps, *slop),
            Reach::EitherOrder { distance } => match (starts.as_slice(), self.items.as_slice()) {
                ([one, other], [one_words, other_words]) => {
                    let length = |offsets: &[u32]| offsets.last().copied().unwrap_or_default();
                    let (one, other) = ((one, length(one_words)), (other, length(other_words)));
                    either_order(one, other, *distance)
                }
                _ => Vec::new(),
            },
        }
    }
}

/// Where an item begins.
fn starts_of(offsets: &[u32], words: &[&[u32]]) -> Vec<u32> {
    let Some((first, others)) = words.split_first() else { return Vec::new() };
    let whole = |start: &u32| {
        let others = others.iter().zip(offsets.iter().skip(1));
        others.into_iter().all(|(places, offset)| {
            start.checked_add(*offset).is_some_and(|place| places.binary_search(&place).is_ok())
        })
    };
    first.iter().copied().filter(whole).collect()
}

fn in_order(starts: &[Vec<u32>], steps: &[u32], slop: u32) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    let Some((first, others)) = starts.split_first() else { return found };
    let phrase: u32 = steps.iter().sum();
    let most = phrase.saturating_add(slop);
    'starts: for start in first {
        let mut items = vec![(*start, *start)];
        let mut last = *start;
        for (places, step) in others.iter().zip(steps) {
            let least = last.saturating_add(*step);
            match places.get(places.partition_point(|place| *place < least)) {
                Some(place) => last = *place,
                None => break 'starts,
            }
            if last.saturating_sub(*start) > most {
                continue 'starts;
            }
            items.push((last, last));
        }
        let between = last.saturating_sub(*start).saturating_sub(phrase);
        if between > slop {
            continue;
        }
        let one = Match { items, between };
        // A later beginning with the same end is the same match without words that lie before it.
        match found.last_mut() {
            Some(before) if before.last() == last => *before = one,
            _ => found.push(one),
        }
    }
    found
}

/// Every occurrence of either item with the nearest one of the other, if that is near enough.
fn either_order(one: (&Vec<u32>, u32), other: (&Vec<u32>, u32), distance: u32) -> Vec<Match> {
    let mut found = BTreeSet::new();
    for ((here, length), (there, other_length), turned) in [(one, other, false), (other, one, true)]
    {
        for start in here {
            let span = (*start, start.saturating_add(length));
            let behind = there.get(there.partition_point(|place| *place <= span.1));
            let before = there
                .partition_point(|place| place.saturating_add(other_length) < span.0)
                .checked_sub(1)
                .and_then(|at| there.get(at));
            let spans = [behind, before].into_iter().flatten();
            let nearest = spans
                .map(|place| (*place, place.saturating_add(other_length)))
                .map(|other| (other.0.max(span.0).saturating_sub(other.1.min(span.1)), other))
                .min();
            let Some((steps, other)) = nearest.filter(|(steps, _)| *steps <= distance) else {
                continue;
            };
            let items = if turned { vec![other, span] } else { vec![span, other] };
            found.insert(Match { items, between: steps.saturating_sub(1) });
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of the words `a`, `b`, ... in a text of letters.
    fn places(text: &str, words: &str) -> Vec<Vec<u32>> {
        let at = |word| (0u32..).zip(text.chars()).filter(move |(_, c)| *c == word);
        words.chars().map(|word| at(word).map(|(place, _)| place).collect()).collect()
    }

    fn slices(places: &[Vec<u32>]) -> Vec<&[u32]> {
        places.iter().map(Vec::as_slice).collect()
    }

    #[test]
    fn phrases_with_slop() {
        // (words, text, slop, first and last place and words between of each match, why)
        type Found<'t> = &'t [(u32, u32, u32)];
        let table: &[(&str, &str, u32, Found<'_>, &str)] = &[
            ("ab", "ab", 0, &[(0, 1, 0)], "neighbours"),
            ("ab", "a.b", 0, &[], "one between"),
            ("ab", "a.b", 1, &[(0, 2, 1)], "one allowed"),
            ("ab", "ba", 9, &[], "never in another order"),
            ("abc", "a.b.c", 1, &[], "two between altogether"),
            ("abc", "a.b.c", 2, &[(0, 4, 2)], "two allowed altogether"),
            ("ab", "aab", 1, &[(1, 2, 0)], "the nearest of two beginnings"),
            ("ab", "ab.ab", 1, &[(0, 1, 0), (3, 4, 0)], "two matches"),
            ("aa", "a", 5, &[], "one word is not two"),
            ("aa", "a.a", 1, &[(0, 2, 1)], "two of the same word"),
            ("abab", "abab", 0, &[(0, 3, 0)], "the same words again"),
            ("ab", "", 3, &[], "nothing"),
        ];
        for (words, text, slop, expected, why) in table {
            let order: Vec<u32> = (0..words.len() as u32).collect();
            let found = Pattern::in_order(&order, *slop).find(&slices(&places(text, words)));
            let found: Vec<_> =
                found.iter().map(|one| (one.items[0].0, one.last(), one.between)).collect();
            assert_eq!(&found, expected, "{words} in {text}: {why}");
        }
        // Left-out words of the phrase keep their place.
        let gap = Pattern::in_order(&[0, 2], 0);
        assert_eq!(gap.find(&slices(&places("a.b", "ab"))).len(), 1);
        assert_eq!(gap.find(&slices(&places("ab", "ab"))).len(), 0);
    }

    #[test]
    fn items_in_either_order() {
        // (left, right, text, distance, items and words between of each match, why)
        type Found<'t> = &'t [((u32, u32), (u32, u32), u32)];
        let table: &[(&str, &str, &str, u32, Found<'_>, &str)] = &[
            ("a", "b", "ab", 1, &[((0, 0), (1, 1), 0)], "neighbours are one step apart"),
            ("a", "b", "ba", 1, &[((1, 1), (0, 0), 0)], "the other way round"),
            ("a", "b", "a.b", 1, &[], "two steps"),
            ("a", "b", "a.b", 2, &[((0, 0), (2, 2), 1)], "two allowed"),
            ("a", "a", "a", 9, &[], "a word is not near itself"),
            ("a", "a", "a.a", 2, &[((0, 0), (2, 2), 1), ((2, 2), (0, 0), 1)], "but near another"),
            ("bc", "a", "a.bc", 2, &[((2, 3), (0, 0), 1)], "from its first word"),
            ("bc", "a", "bc.a", 2, &[((0, 1), (3, 3), 1)], "from its last word"),
            ("bc", "c", "bc", 5, &[], "no overlap"),
            (
                "a",
                "b",
                "b....ab",
                9,
                &[((5, 5), (0, 0), 4), ((5, 5), (6, 6), 0)],
                "each to its nearest",
            ),
        ];
        for (left, right, text, distance, expected, why) in table {
            let offsets = |words: &str| (0..words.len() as u32).collect::<Vec<_>>();
            let pattern = Pattern::either_order(offsets(left), offsets(right), *distance);
            let found = pattern.find(&slices(&places(text, &format!("{left}{right}"))));
            let found: Vec<_> =
                found.iter().map(|one| (one.items[0], one.items[1], one.between)).collect();
            assert_eq!(&found, expected, "{left} NEAR {right} in {text}: {why}");
        }
    }

    #[test]
    fn nearer_is_better() {
        let pattern = Pattern::in_order(&[0, 1], 3);
        assert_eq!(pattern.closeness(0), 1.0);
        assert!(pattern.closeness(1) > pattern.closeness(2) && pattern.closeness(3) > 0.5);
    }
}
