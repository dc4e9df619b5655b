//! Two texts line by line, for the message of a failing test.

use std::fmt::Write;

/// The lines that differ: `-` what was expected, `+` what was found; none when all agree.
pub(crate) fn lines(expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let expected: Vec<&str> = expected.lines().collect();
    let found: Vec<&str> = found.lines().collect();
    let common = common_subsequence(&expected, &found);
    let mut out = String::new();
    let (mut e, mut f) = (0, 0);
    for (at_expected, at_found) in common.into_iter().chain([(expected.len(), found.len())]) {
        for line in &expected[e..at_expected] {
            writeln!(out, "- {line}").unwrap();
        }
        for line in &found[f..at_found] {
            writeln!(out, "+ {line}").unwrap();
        }
        (e, f) = (at_expected + 1, at_found + 1);
    }
    Some(out)
}

/// Places of equal elements in both, in order, as many as there can be.
pub(crate) fn common_subsequence<T: PartialEq>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[start..], &b[start..]);
    let end = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (middle_a, middle_b) = (&rest_a[..rest_a.len() - end], &rest_b[..rest_b.len() - end]);

    // longest[i][j]: the longest for what follows i in a and j in b.
    let width = middle_b.len() + 1;
    let mut longest = vec![0u32; (middle_a.len() + 1) * width];
    for i in (0..middle_a.len()).rev() {
        for j in (0..middle_b.len()).rev() {
            longest[i * width + j] = if middle_a[i] == middle_b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut pairs: Vec<(usize, usize)> = (0..start).map(|at| (at, at)).collect();
    let (mut i, mut j) = (0, 0);
    while i < middle_a.len() && j < middle_b.len() {
        if middle_a[i] == middle_b[j] {
            pairs.push((start + i, start + j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs.extend((0..end).map(|at| (a.len() - end + at, b.len() - end + at)));
    pairs
}
