//! How often a document is cited, by year and the like.

use std::collections::BTreeMap;
use std::fmt;

use undex_document::{DocumentType, Language, Role, Symbol};

use super::Found;

/// What citing paragraphs are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CountBy {
    /// The year of the citing document.
    Year,
    /// The language.
    Language,
    /// The type of the citing document.
    Type,
    /// The organ or body whose document it is.
    Body,
    /// The citing document.
    Document,
}

/// What the paragraphs of one group have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CountKey {
    /// The year; none where the date is not known.
    Year(Option<u16>),
    /// The language.
    Language(Language),
    /// The type.
    Type(DocumentType),
    /// The organ or body.
    Body(String),
    /// The document.
    Document(Symbol),
    /// What the paragraphs are in their documents.
    Role(Role),
    /// The verb that opens them.
    Verb(String),
}

impl fmt::Display for CountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(Some(year)) => write!(f, "{year}"),
            Self::Year(None) => f.write_str("undated"),
            Self::Language(language) => language.fmt(f),
            Self::Type(kind) => kind.fmt(f),
            Self::Body(text) | Self::Verb(text) => f.write_str(text),
            Self::Document(symbol) => symbol.fmt(f),
            Self::Role(role) => role.fmt(f),
        }
    }
}

pub(super) fn count(found: &Found, by: CountBy) -> Vec<(CountKey, u64)> {
    let mut counts: BTreeMap<CountKey, u64> = BTreeMap::new();
    let mut add = |key: CountKey| *counts.entry(key).or_default() += 1;
    for group in &found.groups {
        let standings = found.standings(group);
        let first = standings.first();
        match (by, found.work(group), first) {
            (CountBy::Year, ..) => {
                let year = group.date.and_then(|date| u16::try_from(date / 10_000).ok());
                add(CountKey::Year(year));
            }
            (CountBy::Language, ..) => {
                standings.iter().for_each(|one| add(CountKey::Language(one.language)));
            }
            (CountBy::Type, _, Some(first)) => add(CountKey::Type(first.kind)),
            (CountBy::Body, Some(work), _) => add(CountKey::Body(work.body().to_owned())),
            (CountBy::Document, Some(work), _) => add(CountKey::Document(work.clone())),
            _ => {}
        }
    }
    if by == CountBy::Year {
        return years(&counts);
    }
    let mut counts: Vec<(CountKey, u64)> = counts.into_iter().collect();
    // Equal numbers stay in the order of their names.
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// Every year from the first to the last, then what is undated.
fn years(counts: &BTreeMap<CountKey, u64>) -> Vec<(CountKey, u64)> {
    let known = || {
        counts.keys().filter_map(|key| match key {
            CountKey::Year(year) => *year,
            _ => None,
        })
    };
    let dated = known().min().zip(known().max());
    let keys = dated.into_iter().flat_map(|(first, last)| first..=last).map(Some);
    let undated = counts.contains_key(&CountKey::Year(None)).then_some(None);
    keys.chain(undated)
        .map(CountKey::Year)
        .map(|key| {
            let count = counts.get(&key).copied().unwrap_or_default();
            (key, count)
        })
        .collect()
}
