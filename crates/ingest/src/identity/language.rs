//! The language of a text that does not say it.

use undex_document::Language;
use whatlang::{Detector, Lang};

/// Text looked at; more does not change the answer.
const SAMPLE_CHARS: usize = 20_000;

/// Letters below which no guess is made.
const MIN_LETTERS: usize = 40;

/// The official language a text is written in.
pub(crate) fn detect(text: &str) -> Option<Language> {
    let sample: String = text.chars().take(SAMPLE_CHARS).collect();
    if sample.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS {
        return None;
    }
    let detector = Detector::with_allowlist(vec![
        Lang::Ara,
        Lang::Cmn,
        Lang::Eng,
        Lang::Fra,
        Lang::Rus,
        Lang::Spa,
    ]);
    Some(match detector.detect_lang(&sample)? {
        Lang::Ara => Language::Arabic,
        Lang::Cmn => Language::Chinese,
        Lang::Eng => Language::English,
        Lang::Fra => Language::French,
        Lang::Rus => Language::Russian,
        Lang::Spa => Language::Spanish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let table = [
            (
                "The members of the group met in the morning and looked at the maps of the region.",
                Some(Language::English),
            ),
            (
                "Los miembros del grupo se reunieron por la mañana y examinaron los mapas de la región.",
                Some(Language::Spanish),
            ),
            (
                "Les membres du groupe se sont réunis le matin et ont examiné les cartes de la région.",
                Some(Language::French),
            ),
            (
                "Члены группы собрались утром и рассмотрели карты этого региона вместе.",
                Some(Language::Russian),
            ),
            ("x 12", None),
        ];
        for (text, language) in table {
            assert_eq!(detect(text), language, "{text}");
        }
    }
}
