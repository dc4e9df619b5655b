//! The numbers by which prose names resolutions and decisions: `71/263`, `217 A (III)`, `1373 (2001)`,
//! `2021/7`, `S-27/2`.

use std::fmt;

/// What kind of act a number names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Act {
    Resolution,
    Decision,
}

/// A number with everything that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Number {
    pub(crate) session: Session,
    pub(crate) serial: u32,
    /// `A`, `A-C` or nothing.
    pub(crate) letters: String,
}

/// The part of a number that is not its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Session {
    /// `71/263`
    Regular(u32),
    /// `S-27/2`
    Special(u32),
    /// `ES-10/18`
    Emergency(u32),
    /// `217 A (III)`, `3201 (S-VI)`
    Roman(RomanSession),
    /// `2021/7`
    Year(u32),
    /// `1373 (2001)`: numbered through, the year for information.
    None { year: u32 },
}

/// A session named by a roman numeral, `III` or `S-VI`, as it is written in symbols.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct RomanSession {
    text: String,
    number: u32,
}

/// The highest session that has a roman numeral in print: the sixty-third of the Economic and Social
/// Council.
const HIGHEST: u32 = 63;

impl RomanSession {
    /// Reads `III`, `S-VI` or `ES-V`, in capitals.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.replace(is_hyphen, "-");
        let numeral = text.strip_prefix("ES-").or_else(|| text.strip_prefix("S-")).unwrap_or(&text);
        let number = roman(numeral).filter(|number| *number <= HIGHEST)?;
        Some(Self { number, text })
    }

    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// Whether it is a special or an emergency special session, which only the General Assembly has.
    pub(crate) fn is_special(&self) -> bool {
        self.text.contains('-')
    }
}

impl fmt::Display for RomanSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The value of a roman numeral in capitals, written as it should be.
pub(crate) fn roman(text: &str) -> Option<u32> {
    let value = |c| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    let values: Vec<u32> = text.chars().take(16).map(value).collect::<Option<_>>()?;
    let mut total = 0i64;
    for (at, here) in values.iter().enumerate() {
        let next = values.get(at + 1).copied().unwrap_or(0);
        total += if *here < next { -i64::from(*here) } else { i64::from(*here) };
    }
    let total = u32::try_from(total).ok().filter(|total| (1..400).contains(total))?;
    (numeral(total) == text).then_some(total)
}

/// The roman numeral of a number below 400.
pub(crate) fn numeral(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

/// A hyphen or a dash that stands for one.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}')
}
