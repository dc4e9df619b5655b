//! What two sequences have in common.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

/// Places in the newer sequence at which something may stand to be looked for there. What stands at
/// more, such as an empty cell or an article, tells little about where it belongs, and is found
/// beside what does.
const MOST_REPEATS: usize = 64;

/// Pairs of equal places looked at, of 24 bytes each. Two sequences without repeats have as many as
/// they have members; what is found within the bound is in common, though there may be more.
const MOST_LINKS: usize = 1 << 20;

/// A pair of equal places, and the pair before it in the longest chain that ends with it.
struct Link {
    pair: (usize, usize),
    before: Option<usize>,
}

/// The longest common subsequence, as pairs of places (Hunt and Szymanski's algorithm), within the
/// bounds above.
pub(super) fn in_common<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let (first, last) = equal_ends(old, new);
    let old_middle = old.get(first..old.len() - last).unwrap_or_default();
    let new_middle = new.get(first..new.len() - last).unwrap_or_default();
    let mut pairs: Vec<(usize, usize)> = (0..first).map(|at| (at, at)).collect();
    let middle = chain(old_middle, new_middle);
    pairs.extend(middle.into_iter().map(|(a, b)| (a + first, b + first)));
    pairs.extend((0..last).map(|at| (old.len() - last + at, new.len() - last + at)));
    // What is repeated too often was not looked for; it is found where it touches what was.
    filled(&pairs, old.len(), new.len(), |a, b| {
        let (old, new) = (old.get(a).unwrap_or_default(), new.get(b).unwrap_or_default());
        let (first, last) = equal_ends(old, new);
        let ends = (0..last).map(|at| (old.len() - last + at, new.len() - last + at));
        (0..first).map(|at| (at, at)).chain(ends).collect()
    })
}

/// Pairs in order, and for every gap between two of them those that `pairs_within` finds in it. It
/// is given the places of the gap, and gives places counted from its start.
pub(super) fn filled(
    pairs: &[(usize, usize)],
    old: usize,
    new: usize,
    mut pairs_within: impl FnMut(Range<usize>, Range<usize>) -> Vec<(usize, usize)>,
) -> Vec<(usize, usize)> {
    let mut all = Vec::with_capacity(pairs.len());
    let (mut a, mut b) = (0, 0);
    for pair in pairs.iter().copied().map(Some).chain([None]) {
        let (next_a, next_b) = pair.unwrap_or((old, new));
        if a < next_a && b < next_b {
            let within = pairs_within(a..next_a, b..next_b);
            all.extend(within.into_iter().map(|(in_a, in_b)| (a + in_a, b + in_b)));
        }
        all.extend(pair);
        (a, b) = (next_a + 1, next_b + 1);
    }
    all
}

/// How many members are equal at the start, and of the rest at the end.
fn equal_ends<T: PartialEq>(old: &[T], new: &[T]) -> (usize, usize) {
    let first = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = old.iter().skip(first).rev().zip(new.iter().skip(first).rev());
    (first, rest.take_while(|(a, b)| a == b).count())
}

fn chain<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let mut places: HashMap<&T, Vec<usize>> = HashMap::new();
    for (at, member) in new.iter().enumerate() {
        places.entry(member).or_default().push(at);
    }
    places.retain(|_, places| places.len() <= MOST_REPEATS);
    let mut links: Vec<Link> = Vec::new();
    // For every length of a chain, the first place at which one of that length ends.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for (in_old, member) in old.iter().enumerate() {
        // From the last place on, so that a member of the old sequence is in a chain once.
        for in_new in places.get(member).into_iter().flatten().rev() {
            if links.len() >= MOST_LINKS {
                break;
            }
            let length = ends.partition_point(|(end, _)| end < in_new);
            let before = length.checked_sub(1).and_then(|shorter| ends.get(shorter));
            let before = before.map(|(_, link)| *link);
            let end = (*in_new, links.len());
            match ends.get_mut(length) {
                Some((known, _)) if known == in_new => continue,
                Some(place) => *place = end,
                None => ends.push(end),
            }
            links.push(Link { pair: (in_old, *in_new), before });
        }
    }
    let mut pairs = Vec::with_capacity(ends.len());
    let mut next = ends.last().map(|(_, link)| *link);
    while let Some(link) = next.and_then(|link| links.get(link)) {
        pairs.push(link.pair);
        next = link.before;
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What two words have in common, by its letters.
    fn letters(old: &str, new: &str) -> String {
        let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let pairs = in_common(&old, &new);
        assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        assert!(pairs.iter().all(|(a, b)| old[*a] == new[*b]));
        pairs.iter().map(|(a, _)| old[*a]).collect()
    }

    #[test]
    fn longest_common_subsequences() {
        // (old, new, length, why)
        let table = [
            ("", "", 0, "nothing"),
            ("abc", "abc", 3, "equal"),
            ("abc", "", 0, "all gone"),
            ("abc", "xyz", 0, "nothing in common"),
            ("abcd", "abxcd", 4, "one more"),
            ("abxcd", "abcd", 4, "one less"),
            ("abcbdab", "bdcaba", 4, "the textbook's"),
            ("xaxbxc", "axbxcx", 5, "moved by one"),
            ("aaaa", "aa", 2, "repeats"),
            ("abcdefg", "gfedcba", 1, "backwards"),
        ];
        for (old, new, length, why) in table {
            assert_eq!(letters(old, new).len(), length, "{why}");
        }
    }

    #[test]
    fn what_is_repeated_often_is_found_beside_what_is_not() {
        let many = ".".repeat(MOST_REPEATS + 1);
        let common = letters(&format!("a{many}b{many}c"), &format!("x{many}b{many}y"));
        assert_eq!(common.len(), 2 * many.len() + 1);
    }

    #[test]
    fn work_is_bounded() {
        // Each of 64 letters 64 times on one side, and very often on the other.
        let letters: Vec<u32> = (0..64).collect();
        let new: Vec<u32> = letters.iter().copied().cycle().take(64 * 64).collect();
        let old: Vec<u32> = letters.iter().rev().copied().cycle().take(1 << 16).collect();
        let pairs = in_common(&old, &new);
        assert!(!pairs.is_empty() && pairs.len() <= new.len());
    }
}
