//! Dates as UN documents write them.

use crate::pattern::pattern;
use jiff::civil::Date;

/// Names of months without accents, by language; January first.
const MONTHS: [[&str; 12]; 3] = [
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
    ],
];

pattern! {
    /// `22 December 2023`, `22 de diciembre de 2023`, `1er janvier 2024`.
    DATE,
    r"(?i)\b(\d{1,2})(?:er|º|°)?\s+(?:de\s+)?(\p{L}{3,10})\s+(?:del?\s+)?(\d{4})\b"
}

/// The first date in a text.
pub(crate) fn first_date(text: &str) -> Option<Date> {
    DATE.captures_iter(text).find_map(|found| {
        let part = |at: usize| found.get(at).map(|m| m.as_str());
        let name = crate::structure::words::fold(part(2)?);
        let month = MONTHS.iter().find_map(|names| names.iter().position(|n| *n == name))?;
        let month = i8::try_from(month + 1).ok()?;
        Date::new(part(3)?.parse().ok()?, month, part(1)?.parse().ok()?).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let table = [
            ("on 22 December 2023", Some("2023-12-22")),
            ("22 de diciembre de 2023", Some("2023-12-22")),
            ("le 1er janvier 2024", Some("2024-01-01")),
            ("le 5 août 2016", Some("2016-08-05")),
            ("9 de diciembre del 2016", Some("2016-12-09")),
            ("31 February 2023", None),
            ("12 apostles 2023", None),
            ("78/237", None),
        ];
        for (text, date) in table {
            assert_eq!(first_date(text).map(|d| d.to_string()).as_deref(), date, "{text}");
        }
    }
}
