//! Queries that ask for more than is allowed, found out before much is looked up: each word may take
//! milliseconds, and a query refused at its last word has wasted those of all the others.

use undex_schema::{Form, fold};

use super::function_words::is_function_word;
use super::planner::is_numbered;
use super::{Planner, words};
use crate::{Expression, MAX_CLAUSES, MAX_SCANS, QueryError, QueryLimit, SearchError, TextField};

/// Letters up to which a word with others left open is looked up before all other words: it is likely to
/// stand for too many, which shows at once, while a longer one may have to be compared with all words.
const BROAD: usize = 2;

impl Planner<'_> {
    /// Refuses what asks for too much, repeats of a word counted. What is let through may still be refused.
    pub(super) fn refuse_hopeless(&self, expression: &Expression) -> Result<(), SearchError> {
        let mut parts = Vec::new();
        collect(expression, &mut parts);
        if parts.iter().map(|part| words_at_least(part)).sum::<usize>() > MAX_CLAUSES {
            return Err(QueryError::limit(QueryLimit::Clauses, MAX_CLAUSES + 1).into());
        }
        // Side by side with itself, a part is looked up once.
        let mut open: Vec<&Expression> = Vec::new();
        for part in parts {
            if is_open(part) && !open.contains(&part) {
                open.push(part);
                if open.iter().map(|part| scans_at_least(part)).sum::<usize>() > MAX_SCANS {
                    return Err(QueryError::limit(QueryLimit::Scans, MAX_SCANS + 1).into());
                }
            }
        }
        // The broadest first, and among them those that are found fastest.
        open.sort_by_key(|part| match part {
            Expression::Prefix { .. } => 0,
            Expression::Fuzzy { .. } => 2,
            _ => 1,
        });
        (0..=BROAD).try_for_each(|letters| {
            open.iter().try_for_each(|part| self.refuse_too_broad(part, letters))
        })
    }

    /// Looks up the words of a part that have so many letters.
    fn refuse_too_broad(&self, part: &Expression, letters: usize) -> Result<(), SearchError> {
        match part {
            Expression::Near { left, right, .. } => {
                self.refuse_too_broad(left, letters)?;
                self.refuse_too_broad(right, letters)
            }
            Expression::Prefix { field, text } => match words::parts(text).pop() {
                Some(last) if last.chars().count() == letters => {
                    self.beginning_so(*field, &last).map(drop)
                }
                _ => Ok(()),
            },
            Expression::Wildcard { field, text } => {
                let parts = words::wild_parts(text);
                let mut broad =
                    parts.iter().filter(|part| part.is_wild() && part.letters() == letters);
                broad.try_for_each(|part| self.of_form(*field, part).map(drop))
            }
            Expression::Fuzzy { field, text, distance } => {
                let parts = words::parts(text);
                let mut broad = parts.iter().filter(|part| part.chars().count() == letters);
                broad.try_for_each(|part| self.almost_like(*field, part, *distance).map(drop))
            }
            _ => Ok(()),
        }
    }
}

/// The parts that ask for words, as often as they do.
fn collect<'e>(expression: &'e Expression, parts: &mut Vec<&'e Expression>) {
    match expression {
        Expression::Wanted(inner) | Expression::All(inner) | Expression::Any(inner) => {
            inner.iter().for_each(|part| collect(part, parts));
        }
        Expression::Not(part) | Expression::Weighted { part, .. } => collect(part, parts),
        Expression::Filter(_) => {}
        part => parts.push(part),
    }
}

/// Whether words of the index are looked for that are like a word of the query.
fn is_open(part: &Expression) -> bool {
    matches!(
        part,
        Expression::Prefix { .. }
            | Expression::Wildcard { .. }
            | Expression::Fuzzy { .. }
            | Expression::Near { .. }
    )
}

/// Words that are looked up for a part, without those that may be passed over.
fn words_at_least(part: &Expression) -> usize {
    match part {
        Expression::Word { field, text } => {
            let parts = words::parts(text);
            match *field == TextField::Everywhere && is_numbered(text, &parts) {
                // Looked up as a phrase.
                true => Form::Exact.tokens(text).len(),
                false => parts.iter().filter(|word| !is_function_word(&fold(word))).count(),
            }
        }
        Expression::Phrase { text, .. } => Form::Exact.tokens(text).len(),
        Expression::Prefix { text, .. } | Expression::Fuzzy { text, .. } => {
            words::parts(text).len()
        }
        Expression::Wildcard { text, .. } => words::wild_parts(text).len(),
        Expression::Near { left, right, .. } => words_at_least(left) + words_at_least(right),
        _ => 0,
    }
}

/// Words for which the words of the index are gone through.
fn scans_at_least(part: &Expression) -> usize {
    let near = |item: &Expression| match item {
        // In all its forms.
        Expression::Word { text, .. } => words::parts(text).len(),
        item => scans_at_least(item),
    };
    match part {
        Expression::Near { left, right, .. } => near(left) + near(right),
        Expression::Wildcard { text, .. } => {
            words::wild_parts(text).iter().filter(|part| part.begins_wild()).count()
        }
        Expression::Fuzzy { text, .. } => words::parts(text).len(),
        _ => 0,
    }
}
