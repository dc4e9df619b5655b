//! Fonts of signs: their characters as the ones of Unicode that look the same.

/// What Symbol shows for the characters 0x20 to 0x7E (Adobe's Symbol encoding).
const SYMBOL_LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

/// What Symbol shows for the characters 0xA0 to 0xFE.
const SYMBOL_HIGH: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ ⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// Signs of the Wingdings fonts that text is written with; the rest are ornaments.
const WINGDINGS: [(u8, char); 27] = [
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x9E, '·'),
    (0x9F, '•'),
    (0xA1, '○'),
    (0xA7, '▪'),
    (0xA8, '☐'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '→'),
    (0xEF, '⇦'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

/// Whether a font shows signs in place of letters.
pub(super) fn is_font(name: &str) -> bool {
    name.eq_ignore_ascii_case("Symbol") || name.to_ascii_lowercase().starts_with("wingdings")
}

/// The character that a font of signs shows; none for an ornament. Word keeps these characters at
/// their place in the font or at U+F000 plus it.
pub(super) fn character(font: &str, code: u32) -> Option<char> {
    let place = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    let Ok(place) = u8::try_from(place) else { return char::from_u32(code) };
    if font.eq_ignore_ascii_case("Symbol") {
        return match place {
            0x20..=0x7E => SYMBOL_LOW.chars().nth(usize::from(place - 0x20)),
            0xA0..=0xFE => SYMBOL_HIGH.chars().nth(usize::from(place - 0xA0)),
            _ => None,
        };
    }
    if place == 0x20 {
        return Some(' ');
    }
    WINGDINGS.iter().find(|(own, _)| *own == place).map(|(_, sign)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs() {
        // (font, code, sign, why)
        let table = [
            ("Symbol", 0xF0B7, Some('•'), "the usual bullet"),
            ("Symbol", 0xB7, Some('•'), "the same without its offset"),
            ("Symbol", 0x61, Some('α'), "a letter"),
            ("Symbol", 0xF0A3, Some('≤'), "an operator"),
            ("Symbol", 0x7E, Some('∼'), "the last of the first half"),
            ("symbol", 0xFE, Some('⎭'), "the last of all"),
            ("Wingdings", 0xF0E0, Some('→'), "an arrow"),
            ("Wingdings", 0xF04A, None, "an ornament"),
            ("Wingdings 2", 0x2022, Some('•'), "a character that is not the font's own"),
        ];
        for (font, code, sign, why) in table {
            assert_eq!(character(font, code), sign, "{why}");
        }
        assert_eq!(SYMBOL_LOW.chars().count(), 95);
        assert_eq!(SYMBOL_HIGH.chars().count(), 95);
    }
}
