//! Numbers in the formats that Word knows by name (ISO/IEC 29500-1, 17.18.59).

/// Letters that Russian lists count with: neither `ё` nor the two signs nor `й` and `ы`.
const RUSSIAN: [char; 28] = [
    'а', 'б', 'в', 'г', 'д', 'е', 'ж', 'з', 'и', 'к', 'л', 'м', 'н', 'о', 'п', 'р', 'с', 'т', 'у',
    'ф', 'х', 'ц', 'ч', 'ш', 'щ', 'э', 'ю', 'я',
];

/// Letters that Arabic lists count with, in the order of the alphabet.
const ARABIC: [char; 28] = [
    'أ', 'ب', 'ت', 'ث', 'ج', 'ح', 'خ', 'د', 'ذ', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', 'ط', 'ظ', 'ع', 'غ',
    'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه', 'و', 'ي',
];

/// The order in which the Chicago manual marks notes.
const CHICAGO: [char; 4] = ['*', '†', '‡', '§'];

/// A letter is repeated for every time around the alphabet; nobody counts further.
const MAX_REPEATS: u32 = 8;

/// The largest number written in roman numerals.
const MAX_ROMAN: u32 = 3999;

/// A number in a format. Formats without letters of their own here are shown in digits, as Word
/// shows those it does not know.
pub(super) fn write(number: u32, format: &str) -> String {
    let latin = || (b'a'..=b'z').map(char::from);
    let digits = number.to_string();
    let found = match format {
        "none" | "bullet" => Some(String::new()),
        "lowerLetter" => repeated(number, &latin().collect::<Vec<_>>()),
        "upperLetter" => {
            repeated(number, &latin().map(|c| c.to_ascii_uppercase()).collect::<Vec<_>>())
        }
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).map(|text| text.to_ascii_uppercase()),
        "decimalZero" => Some(format!("{number:02}")),
        "ordinal" => Some(format!("{number}{}", ordinal_end(number))),
        "chicago" => repeated(number, &CHICAGO),
        "russianLower" => repeated(number, &RUSSIAN),
        "russianUpper" => repeated(number, &RUSSIAN).map(|text| text.to_uppercase()),
        "arabicAlpha" => repeated(number, &ARABIC),
        "numberInDash" => Some(format!("- {number} -")),
        _ => None,
    };
    found.unwrap_or(digits)
}

/// `a` to `z`, then `aa` to `zz`.
fn repeated(number: u32, letters: &[char]) -> Option<String> {
    let at = number.checked_sub(1)?;
    let count = u32::try_from(letters.len()).ok().filter(|count| *count > 0)?;
    let letter = letters.get(usize::try_from(at % count).ok()?)?;
    let times = at / count + 1;
    (times <= MAX_REPEATS).then(|| std::iter::repeat_n(*letter, times as usize).collect())
}

fn roman(number: u32) -> Option<String> {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..=MAX_ROMAN).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut text = String::new();
    for (worth, numeral) in NUMERALS {
        while rest >= worth {
            rest -= worth;
            text.push_str(numeral);
        }
    }
    Some(text)
}

fn ordinal_end(number: u32) -> &'static str {
    match (number % 10, number % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let table = [
            (1, "decimal", "1"),
            (7, "decimalZero", "07"),
            (26, "lowerLetter", "z"),
            (28, "lowerLetter", "bb"),
            (2, "upperLetter", "B"),
            (14, "lowerRoman", "xiv"),
            (1994, "upperRoman", "MCMXCIV"),
            (22, "ordinal", "22nd"),
            (12, "ordinal", "12th"),
            (6, "chicago", "††"),
            (10, "russianLower", "к"),
            (3, "none", ""),
            (5, "ideographDigital", "5"),
            (0, "lowerRoman", "0"),
            (u32::MAX, "lowerLetter", "4294967295"),
        ];
        for (number, format, expected) in table {
            assert_eq!(write(number, format), expected, "{format}");
        }
    }
}
