//! The notes at the foot of one page.
//!
//! Converters that follow the page leave each number before its note. Those that follow the raised
//! baseline leave numbers on lines of their own, and the first of them behind the others, because
//! the rule stands closer to the first note's text than to its number.

use super::super::Line;
use super::RawNote;

/// What a line under the rule is.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(String),
    Text(String),
}

/// The notes in the lines under a rule; none when there is no number among them.
pub(super) fn notes(lines: &[Line], after: usize) -> Option<Vec<RawNote>> {
    let tokens = tokens(lines);
    let in_order = matches!(tokens.first(), Some(Token::Number(_)));
    let numbers: Vec<u32> = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Number(mark) => mark.parse().ok(),
            Token::Text(_) => None,
        })
        .collect();
    if !tokens.iter().any(|token| matches!(token, Token::Number(_))) {
        return None;
    }
    let notes = if in_order || numbers.is_empty() { ordered(tokens) } else { scrambled(tokens) };
    Some(
        notes
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(mark, text)| RawNote { mark, text, after, raised: false })
            .collect(),
    )
}

fn tokens(lines: &[Line]) -> Vec<Token> {
    let mut out = Vec::new();
    let mut expected: Option<u32> = None;
    for line in lines {
        let text = line.text.as_str();
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let stars = text.chars().take_while(|c| *c == '*').count();
        let (mark, rest) = if (1..=3).contains(&end) {
            text.split_at(end)
        } else if (1..=3).contains(&stars) {
            text.split_at(stars)
        } else {
            out.push(Token::Text(text.to_owned()));
            continue;
        };
        let number: Option<u32> = mark.parse().ok();
        let alone = rest.trim().is_empty();
        // A number before text is a mark if it counts on; a line may begin with any number.
        let counts = match (number, expected) {
            (Some(number), Some(expected)) => number == expected,
            (Some(_), None) | (None, _) => true,
        };
        let spaced = rest.starts_with([' ', '\t']);
        if alone || spaced && counts {
            out.push(Token::Number(mark.to_owned()));
            expected = number.map(|number| number + 1).or(expected);
            if !alone {
                out.push(Token::Text(rest.trim().to_owned()));
            }
        } else {
            out.push(Token::Text(text.to_owned()));
        }
    }
    out
}

/// Each number stands before its note; several numbers in a row before as many notes.
fn ordered(tokens: Vec<Token>) -> Vec<(String, String)> {
    let mut notes: Vec<(String, String)> = Vec::new();
    let mut marks: Vec<String> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    let mut close = |marks: &mut Vec<String>, lines: &mut Vec<String>| {
        let texts = split(lines, marks.len());
        let texts = texts.into_iter().chain(std::iter::repeat(String::new()));
        notes.extend(marks.drain(..).zip(texts));
        lines.clear();
    };
    for token in tokens {
        match token {
            Token::Number(mark) => {
                if !lines.is_empty() {
                    close(&mut marks, &mut lines);
                }
                marks.push(mark);
            }
            Token::Text(text) => lines.push(text),
        }
    }
    close(&mut marks, &mut lines);
    notes
}

/// The first notes' numbers stand behind the others: texts and numbers are each in their order.
fn scrambled(tokens: Vec<Token>) -> Vec<(String, String)> {
    let mut numbers: Vec<u32> = Vec::new();
    let mut groups: Vec<Vec<String>> = vec![Vec::new()];
    for token in tokens {
        match token {
            Token::Number(mark) => {
                numbers.extend(mark.parse::<u32>());
                if groups.last().is_some_and(|group| !group.is_empty()) {
                    groups.push(Vec::new());
                }
            }
            Token::Text(text) => {
                if let Some(group) = groups.last_mut() {
                    group.push(text);
                }
            }
        }
    }
    groups.retain(|group| !group.is_empty());
    numbers.sort_unstable();
    numbers.dedup();
    // The leading group holds as many notes as there are numbers too many.
    let missing = numbers.len().saturating_sub(groups.len()) + 1;
    let mut texts: Vec<String> = Vec::new();
    let mut groups = groups.into_iter();
    if let Some(first) = groups.next() {
        texts.extend(split(&first, missing));
    }
    texts.extend(groups.map(|group| joined(&group)));
    numbers.into_iter().map(|number| number.to_string()).zip(texts).collect()
}

/// Splits lines into at most so many notes, each ending where a line ends a sentence.
fn split(lines: &[String], count: usize) -> Vec<String> {
    let mut notes: Vec<Vec<String>> = vec![Vec::new()];
    for (at, line) in lines.iter().enumerate() {
        if let Some(note) = notes.last_mut() {
            note.push(line.clone());
        }
        let ended = line.trim_end().ends_with('.');
        if ended && notes.len() < count && at + 1 < lines.len() {
            notes.push(Vec::new());
        }
    }
    notes.iter().map(|note| joined(note)).collect()
}

fn joined(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines {
        append(&mut text, line);
    }
    text
}

fn append(text: &mut String, more: &str) {
    if text.is_empty() {
        text.push_str(more);
    } else {
        super::append(text, more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Vec<(String, String)> {
        let lines: Vec<Line> = lines.iter().map(|l| Line::plain(l, 0)).collect();
        notes(&lines, 0).unwrap_or_default().into_iter().map(|n| (n.mark, n.text)).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn numbers_before_their_notes() {
        assert_eq!(
            read(&["1", "Official Records,", "Supplement No. 19.", "2", "See UNDEX/1."]),
            pairs(&[("1", "Official Records, Supplement No. 19."), ("2", "See UNDEX/1.")])
        );
        assert_eq!(
            read(&["4 See UNDEX/1, para.", "12 of it.", "5 UNDEX/2."]),
            pairs(&[("4", "See UNDEX/1, para. 12 of it."), ("5", "UNDEX/2.")])
        );
        assert_eq!(
            read(&["11", "12", "See UNDEX/1, annex.", "UNDEX/2."]),
            pairs(&[("11", "See UNDEX/1, annex."), ("12", "UNDEX/2.")])
        );
    }

    #[test]
    fn first_number_behind_the_others() {
        assert_eq!(
            read(&["Official Records,", "part one.", "2", "See UNDEX/1.", "3", "UNDEX/3.", "1"]),
            pairs(&[
                ("1", "Official Records, part one."),
                ("2", "See UNDEX/1."),
                ("3", "UNDEX/3.")
            ])
        );
        assert_eq!(
            read(&["UNDEX/5.", "UNDEX/6.", "7", "UNDEX/7.", "5", "6"]),
            pairs(&[("5", "UNDEX/5."), ("6", "UNDEX/6."), ("7", "UNDEX/7.")])
        );
    }

    #[test]
    fn no_notes() {
        let lines = [Line::plain("a) sigue aquí.", 1)];
        assert_eq!(notes(&lines, 0), None);
    }
}
