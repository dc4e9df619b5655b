//! The values of filters.

use undex_document::{Date, DocumentType, Language, Role, Symbol};

use super::Filter;

/// Why a value was refused: what was expected, and how to write it.
pub(super) struct Refusal {
    pub(super) expected: String,
    pub(super) hint: Option<String>,
}

impl Refusal {
    fn new(expected: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { expected: expected.into(), hint: Some(hint.into()) }
    }
}

/// The names of the filters, in the order that messages list them.
pub(super) const NAMES: [&str; 8] =
    ["symbol", "body", "cites", "lang", "type", "role", "year", "date"];

/// Reads the value of the filter called `name`, one of [`NAMES`].
pub(super) fn read(name: &str, value: &str) -> Result<Filter, Refusal> {
    match name {
        "symbol" => symbol(&of_assembly(value), SYMBOL_HINT).map(|named| match named {
            Named::Whole(symbol) => Filter::Symbol(symbol),
            Named::Start(prefix) => Filter::SymbolPrefix(prefix),
        }),
        "cites" => symbol(&of_assembly(value), CITES_HINT).map(|named| match named {
            Named::Whole(symbol) => Filter::Cites(symbol),
            Named::Start(prefix) => Filter::CitesPrefix(prefix),
        }),
        "body" => body(value),
        "lang" => language(value),
        "type" => value.parse::<DocumentType>().map(Filter::Type).map_err(|_| {
            Refusal::new(
                format!("one of {}", DocumentType::ALL.map(DocumentType::name).join(", ")),
                "types are written with hyphens, as in type:draft-resolution",
            )
        }),
        "role" => value.parse::<Role>().map(Filter::Role).map_err(|_| Refusal {
            expected: format!("one of {}", Role::ALL.map(Role::name).join(", ")),
            hint: None,
        }),
        "year" => {
            dates(value, "a year or a range of years", "write year:2015..2021 or year:2015..")
        }
        _ => dates(
            value,
            "a date or a range of dates",
            "write date:2015-01-01..2015-06-30 or date:2015-01..",
        ),
    }
}

const SYMBOL_HINT: &str = "write symbol:A/RES/78/237, or symbol:A/AC.290/* for everything under it";

const CITES_HINT: &str = "write cites:A/70/174, or cites:A/RES/70/* for everything under it";

/// A symbol, or the segments that symbols begin with.
enum Named {
    Whole(Symbol),
    Start(String),
}

/// A bare number such as `70/237` is a resolution of the General Assembly.
pub(crate) fn of_assembly(value: &str) -> String {
    let number = value.starts_with(|c: char| c.is_ascii_digit()) && value.contains('/');
    if number { format!("A/RES/{value}") } else { value.to_owned() }
}

fn symbol(value: &str, hint: &str) -> Result<Named, Refusal> {
    let Some(start) = value.strip_suffix('*') else {
        return value.parse::<Symbol>().map(Named::Whole).map_err(|error| {
            Refusal::new(
                format!(
                    "a document symbol ({} at its character {})",
                    error.expected, error.position
                ),
                hint,
            )
        });
    };
    // A star after a letter would cut a segment in two: `A/RES/7*` is neither session 7 nor 78.
    let Some(start) = start.strip_suffix('/') else {
        return Err(Refusal::new("a stroke before the star", hint));
    };
    segments(start).map(Named::Start).ok_or_else(|| Refusal::new("segments of a symbol", hint))
}

fn body(value: &str) -> Result<Filter, Refusal> {
    segments(value.trim_end_matches(['*', '/']))
        .map(Filter::Body)
        .ok_or_else(|| Refusal::new("a body such as A, S or A/AC.290", "write body:A/AC.290"))
}

fn language(value: &str) -> Result<Filter, Refusal> {
    value.parse().map(Filter::Language).map_err(|_| Refusal {
        expected: format!("one of {}", Language::OFFICIAL.map(Language::code).join(", ")),
        hint: None,
    })
}

/// The canonical form of the beginning of a symbol. What is no symbol by itself, such as `A` or
/// `A/RES`, becomes one with a number behind it.
fn segments(start: &str) -> Option<String> {
    let symbol: Symbol = format!("{start}/0/0").parse().ok()?;
    symbol.as_str().strip_suffix("/0/0").map(str::to_owned)
}

/// A date, a month or a year, or two of them with `..` between; either may be left out.
fn dates(value: &str, expected: &str, hint: &str) -> Result<Filter, Refusal> {
    let refused = || Refusal::new(expected, hint);
    let (first, last) = match value.split_once("..") {
        Some((first, last)) => (first, last),
        None => (value, value),
    };
    let end = |text: &str, last: bool| match text {
        "" => Ok(None),
        text => day(text, last).map(Some).ok_or_else(refused),
    };
    let (from, to) = (end(first, false)?, end(last, true)?);
    match (from, to) {
        (None, None) => Err(refused()),
        (Some(from), Some(to)) if from > to => {
            Err(Refusal::new(format!("an end that is not before {first}"), hint))
        }
        _ => Ok(Filter::Date { from, to }),
    }
}

/// The first or the last day of a year, a month or a day.
fn day(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.split('-');
    let number = |part: &str, digits: usize| {
        let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| part.parse::<i16>().ok()).flatten()
    };
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map(|part| number(part, 2)).map_or(Some(None), |m| m.map(Some))?;
    let day = parts.next().map(|part| number(part, 2)).map_or(Some(None), |d| d.map(Some))?;
    if parts.next().is_some() {
        return None;
    }
    let month = i8::try_from(month.unwrap_or(if last { 12 } else { 1 })).ok()?;
    match day {
        Some(day) => Date::new(year, month, i8::try_from(day).ok()?).ok(),
        None => {
            let first = Date::new(year, month, 1).ok()?;
            Some(if last { first.last_of_month() } else { first })
        }
    }
}
