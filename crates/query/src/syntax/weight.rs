//! The number behind a circumflex.

use std::fmt;
use std::str::FromStr;

/// What the score of a part of a query is multiplied by: from 0.01 to 100, in hundredths.
///
/// ```
/// use undex_query::Weight;
///
/// let half: Weight = "0.5".parse().unwrap();
/// assert_eq!((half.factor(), half.to_string().as_str()), (0.5, "0.5"));
/// assert!("0".parse::<Weight>().is_err() && "101".parse::<Weight>().is_err());
/// ```
// Hundredths and not a floating-point number: equal queries are equal, and what is printed reads back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight {
    hundredths: u32,
}

/// A text that is no [`Weight`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a weight is a number from {} to {} with at most two decimals",
    Weight::LEAST,
    Weight::MOST
)]
pub struct WeightError;

impl Weight {
    /// The least weight, 0.01.
    pub const LEAST: Weight = Weight { hundredths: 1 };

    /// The greatest weight, 100. More would leave nothing to the other words of a query.
    pub const MOST: Weight = Weight { hundredths: 10_000 };

    /// The number itself.
    pub fn factor(self) -> f32 {
        self.hundredths as f32 / 100.0
    }
}

impl FromStr for Weight {
    type Err = WeightError;

    fn from_str(text: &str) -> Result<Self, WeightError> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str, most: usize| {
            let plain =
                (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| text.parse::<u32>().ok()).flatten().ok_or(WeightError)
        };
        let tenths = if part.len() == 1 { 10 } else { 1 };
        let weight = Weight { hundredths: digits(whole, 3)? * 100 + digits(part, 2)? * tenths };
        match (Self::LEAST..=Self::MOST).contains(&weight) {
            true => Ok(weight),
            false => Err(WeightError),
        }
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.hundredths / 100)?;
        match self.hundredths % 100 {
            0 => Ok(()),
            part if part % 10 == 0 => write!(f, ".{}", part / 10),
            part => write!(f, ".{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_read_back() {
        // (text, as it is printed, or none when it is refused)
        let table = [
            ("2", Some("2")),
            ("2.0", Some("2")),
            ("0.5", Some("0.5")),
            ("0.50", Some("0.5")),
            ("0.05", Some("0.05")),
            ("00.01", Some("0.01")),
            ("100", Some("100")),
            ("100.01", None),
            ("0", None),
            ("0.00", None),
            ("0.001", None),
            ("-1", None),
            ("1e2", None),
            (".5", None),
            ("5.", None),
            ("", None),
            ("9999999999", None),
            ("１", None),
        ];
        for (text, expected) in table {
            let weight = text.parse::<Weight>().ok();
            assert_eq!(weight.map(|weight| weight.to_string()).as_deref(), expected, "{text}");
        }
    }
}
