//! Labels as UN documents print them: `29.`, `(a)`, `a)`, `ii)`, `IV.`, `A.`.

/// Signs that stand before the items of a list and nowhere else; dashes may stand elsewhere.
pub(crate) const BULLETS: [char; 6] = ['•', '●', '▪', '◦', '∙', '\u{F0B7}'];

/// A label found at the start of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// As printed, without its full stop: `29`, `(a)`, `a)`, `IV`.
    pub printed: String,
    /// What kind of label it may be.
    pub kind: LabelKind,
    /// Bytes of the line that the label and the space after it take.
    pub length: usize,
}

/// The kinds of labels. Letters and roman numerals overlap; the sequence they stand in decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LabelKind {
    /// `29.`
    Number(u32),
    /// `(a)`, `a)`: a small letter or small roman numeral.
    Point(String),
    /// `13.1`: a chapter or section and the number in it.
    Dotted,
    /// `IV.`, `A.`: a capital letter or roman numeral, as sections have.
    Capital(String),
}

/// The value of a roman numeral in either case; none if the letters are not one in its usual form.
pub(crate) fn roman_value(text: &str) -> Option<u32> {
    const NUMERALS: [(&str, u32); 9] = [
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let upper = text.to_ascii_uppercase();
    let mut rest = upper.as_str();
    let mut value = 0u32;
    for (numeral, worth) in NUMERALS {
        let repeats = if matches!(worth, 100 | 10 | 1) { 3 } else { 1 };
        for _ in 0..repeats {
            if let Some(after) = rest.strip_prefix(numeral) {
                value += worth;
                rest = after;
            }
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

/// The place of a small letter in the alphabet from 1, `aa` being 27.
pub(crate) fn letter_value(text: &str) -> Option<u32> {
    let mut characters = text.chars();
    let first = characters.next().filter(char::is_ascii_lowercase)?;
    let value = u32::from(first) - u32::from('a') + 1;
    match characters.next() {
        None => Some(value),
        Some(second) if second == first && characters.next().is_none() => Some(value + 26),
        Some(_) => None,
    }
}

/// Whether a word is two or three numbers parted by full stops, as long as those of sections are. The first may
/// have a letter, the second be roman: `29A.3`, `8.I.1`.
fn is_dotted(word: &str) -> bool {
    /// Digits of a number of a section or of a paragraph in it.
    const DIGITS: std::ops::RangeInclusive<usize> = 1..=3;
    let number = |part: &str| {
        DIGITS.contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_digit())
            && !part.starts_with('0')
    };
    let roman =
        |part: &str| part.bytes().all(|b| b.is_ascii_uppercase()) && roman_value(part).is_some();
    let section =
        |part: &str| number(part.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(part));
    match word.split('.').collect::<Vec<_>>().as_slice() {
        [first, last] => section(first) && number(last),
        [first, middle, last] => {
            section(first) && (number(middle) || roman(middle)) && number(last)
        }
        _ => false,
    }
}

impl Label {
    /// The label at the start of a line that has no spaces before it.
    pub(crate) fn at_start(line: &str) -> Option<Self> {
        let gap = line.find([' ', '\t', '\u{a0}'])?;
        let (word, rest) = line.split_at(gap);
        let spaces = rest.len() - rest.trim_start().len();
        if rest.trim_start().is_empty() {
            return None;
        }
        let length = gap + spaces;
        if let Some(number) = word.strip_suffix('.') {
            if (1..=4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()) {
                let value: u32 = number.parse().ok()?;
                // Years end sentences at the start of a line; no report has so many paragraphs.
                return (value > 0 && value < 1900).then(|| Self {
                    printed: number.to_owned(),
                    kind: LabelKind::Number(value),
                    length,
                });
            }
            let capital = number.len() == 1 && number.bytes().all(|b| b.is_ascii_uppercase());
            let roman = !number.is_empty()
                && number.bytes().all(|b| b.is_ascii_uppercase())
                && roman_value(number).is_some();
            if capital || roman {
                return Some(Self {
                    printed: number.to_owned(),
                    kind: LabelKind::Capital(number.to_owned()),
                    length,
                });
            }
            return None;
        }
        let inner = word.strip_suffix(')')?;
        let letters = inner.strip_prefix('(').unwrap_or(inner);
        let point = letters.bytes().all(|b| b.is_ascii_lowercase())
            && (letter_value(letters).is_some() || roman_value(letters).is_some());
        (point && !letters.is_empty()).then(|| Self {
            printed: word.to_owned(),
            kind: LabelKind::Point(letters.to_owned()),
            length,
        })
    }

    /// The label `13.1` at the start of a paragraph, before a sentence. A line may begin so by chance
    /// (`13.1 per cent`): only where paragraphs are known to begin is it looked for.
    pub(crate) fn dotted_at_start(paragraph: &str) -> Option<Self> {
        let (word, rest) = paragraph.split_once([' ', '\t', '\u{a0}'])?;
        let text = rest.trim_start();
        let begins = text.starts_with(|c: char| c.is_uppercase() || matches!(c, '¿' | '“' | '«'));
        (begins && is_dotted(word)).then(|| Self {
            printed: word.to_owned(),
            kind: LabelKind::Dotted,
            length: paragraph.len() - text.len(),
        })
    }

    /// What kind of label a reader's printed label is: `3.`, `(a)`, `IV`.
    pub(crate) fn from_printed(printed: &str) -> Option<Self> {
        if is_dotted(printed.trim()) {
            let (printed, length) = (printed.trim().to_owned(), printed.len());
            return Some(Self { printed, kind: LabelKind::Dotted, length });
        }
        let mut line = printed.trim().to_owned();
        if line.bytes().all(|b| b.is_ascii_alphanumeric()) {
            line.push('.');
        }
        line.push_str(" x");
        Self::at_start(&line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romans() {
        let table = [
            ("I", Some(1)),
            ("iv", Some(4)),
            ("XXI", Some(21)),
            ("IIII", None),
            ("a", None),
            ("", None),
        ];
        for (text, value) in table {
            assert_eq!(roman_value(text), value, "{text}");
        }
    }

    #[test]
    fn numbers_with_a_section() {
        // (paragraph, printed, why)
        let table = [
            ("13.1 The Centre", Some("13.1"), "a budget section"),
            ("2.10.3 “The Centre”", Some("2.10.3"), "three numbers"),
            ("29A.3 The Department", Some("29A.3"), "a section with a letter"),
            ("8.I.1 The Office", Some("8.I.1"), "a section in two parts"),
            ("8.I. The Office", None, "a section alone"),
            ("9.C The", None, "a target of the Goals"),
            ("13.1 per cent", None, "a decimal"),
            ("1.05 The", None, "a decimal with a zero"),
            ("13.1. The", None, "a full stop of its own"),
            ("2024.1 The", None, "a year"),
        ];
        for (paragraph, printed, why) in table {
            let found = Label::dotted_at_start(paragraph);
            assert_eq!(found.as_ref().map(|l| l.printed.as_str()), printed, "{why}");
            let length = found.map_or(0, |label| label.length);
            assert_eq!(length, printed.map_or(0, |printed| printed.len() + 1), "{why}");
        }
        assert_eq!(Label::from_printed("13.1").unwrap().kind, LabelKind::Dotted);
    }

    #[test]
    fn labels_at_the_start_of_lines() {
        // (line, printed, why)
        let table = [
            ("29. Los Estados", Some("29"), "numbered paragraph"),
            ("(a) The", Some("(a)"), "English letter"),
            ("a) Los", Some("a)"), "Spanish letter"),
            ("iii) Los", Some("iii)"), "roman item"),
            ("IV. Conclusions", Some("IV"), "section"),
            ("D. Normas", Some("D"), "lettered section"),
            ("2021. Los Estados", None, "a year that ends a sentence"),
            ("75/240 de", None, "a resolution number"),
            ("9.C y", None, "a target of the Goals"),
            ("de los", None, "a word"),
            ("5.", None, "nothing after it"),
            ("(2021-2025) x", None, "years"),
        ];
        for (line, printed, why) in table {
            assert_eq!(Label::at_start(line).map(|l| l.printed).as_deref(), printed, "{why}");
        }
    }
}
