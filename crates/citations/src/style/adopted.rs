//! Resolutions and decisions, which prose names by organ and number and not by symbol.

use undex_document::{Language, Pinpoint, Step, Symbol};

use super::names::{Body, Wording, body_of};

/// Keeps the year of a Security Council resolution by its number in Spanish and French.
pub(super) const NO_BREAK_SPACE: char = '\u{a0}';

/// The name of a document in running prose: `General Assembly resolution 78/237`, `resolución 78/237
/// de la Asamblea General`, `résolution 1325 (2000) du Conseil de sécurité`; of anything but
/// resolutions and decisions of known organs, the symbol as printed. Languages without a wording of
/// their own have the English one.
///
/// The organ stands before the number in English and behind it in Spanish and French. In both of
/// these a no-break space keeps the year of a Security Council resolution by its number. Letters are
/// told as in `77/128 A and B`, `76/247 A to C`.
///
/// ```
/// use undex_citations::name;
/// use undex_document::{Language, Symbol};
///
/// let symbol: Symbol = "A/RES/78/237".parse()?;
/// assert_eq!(name(&symbol, Language::English), "General Assembly resolution 78/237");
/// assert_eq!(name(&symbol, Language::French), "résolution 78/237 de l’Assemblée générale");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn name(symbol: &Symbol, language: Language) -> String {
    Adopted::of(symbol)
        .map_or_else(|| symbol.to_string(), |adopted| adopted.in_words(Wording::of(language)))
}

/// A resolution or a decision of a known body.
#[derive(Debug)]
pub(super) struct Adopted {
    body: &'static Body,
    decision: bool,
    /// The number as printed without its letters and qualifier: `78/237`, `S-21/2`, `217`.
    number: String,
    /// `A`, `A-C`; empty for most.
    letters: String,
    /// `(III)`, `(2000)`; empty for most.
    qualifier: String,
}

impl Adopted {
    /// None for other documents, such as corrections: they go by their symbol.
    pub(super) fn of(symbol: &Symbol) -> Option<Self> {
        let printed = symbol.to_string();
        let (before, decision, after) = match printed.split_once("/RES/") {
            Some((before, after)) => (before, false, after),
            None => printed.split_once("/DEC/").map(|(before, after)| (before, true, after))?,
        };
        let (number, qualifier) = match after.split_once(" (") {
            Some((number, inner)) => (number, format!("({inner}")),
            None => (after, String::new()),
        };
        let (number, letters) = number.split_once(' ').unwrap_or((number, ""));
        is_number(number).then_some(())?;
        Some(Self {
            body: body_of(before)?,
            decision,
            number: number.to_owned(),
            letters: letters.to_owned(),
            qualifier,
        })
    }

    /// Takes the letter that the first step of a place names, and gives what is left of the place.
    pub(super) fn take_letter(&mut self, pinpoint: &Pinpoint) -> Option<Pinpoint> {
        let (Step::Resolution(letter), rest) = pinpoint.steps().split_first()? else { return None };
        let mut characters = letter.chars();
        let (Some(only @ 'A'..='Z'), None) = (characters.next(), characters.next()) else {
            return None;
        };
        let known = self.letters.is_empty()
            || self.letters == *letter
            || letter_range(&self.letters)
                .is_some_and(|(first, last)| (first..=last).contains(&only));
        known.then(|| {
            self.letters.clone_from(letter);
            Pinpoint::new(rest.to_vec())
        })
    }

    /// Its name in prose.
    pub(super) fn in_words(&self, wording: Wording) -> String {
        let mut number = self.number.clone();
        let mut several = false;
        match letter_range(&self.letters) {
            Some((first, last)) => {
                several = true;
                let neighbours = u32::from(first) + 1 == u32::from(last);
                let word = if neighbours {
                    wording.pick("and", "y", "et")
                } else {
                    wording.pick("to", "a", "à")
                };
                number.push_str(&format!(" {first} {word} {last}"));
            }
            None if self.letters.is_empty() => {}
            None => {
                number.push(' ');
                number.push_str(&self.letters);
            }
        }
        if !self.qualifier.is_empty() {
            let year = self.qualifier.contains(|c: char| c.is_ascii_digit());
            let keep = year && wording != Wording::English;
            number.push(if keep { NO_BREAK_SPACE } else { ' ' });
            number.push_str(&self.qualifier);
        }
        let what = self.what(wording, several);
        match wording {
            Wording::English => format!("{} {what} {number}", self.body.name(wording)),
            _ => format!("{what} {number} {}", self.body.genitive(wording)),
        }
    }

    fn what(&self, wording: Wording, several: bool) -> &'static str {
        match (self.decision, several) {
            (false, false) => wording.pick("resolution", "resolución", "résolution"),
            (false, true) => wording.pick("resolutions", "resoluciones", "résolutions"),
            (true, false) => wording.pick("decision", "decisión", "décision"),
            (true, true) => wording.pick("decisions", "decisiones", "décisions"),
        }
    }
}

/// Whether text is `78/237`, `S-21/2` or `217`, with nothing behind it such as `/Corr.1`.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('/') {
        Some((session, number)) => {
            let session =
                session.strip_prefix("ES-").or(session.strip_prefix("S-")).unwrap_or(session);
            digits(session) && digits(number)
        }
        None => digits(text),
    }
}

/// The ends of `A-C`.
fn letter_range(letters: &str) -> Option<(char, char)> {
    let (first, last) = letters.split_once('-')?;
    let only = |text: &str| {
        let mut characters = text.chars();
        characters.next().filter(|c| c.is_ascii_uppercase() && characters.next().is_none())
    };
    Some((only(first)?, only(last)?)).filter(|(first, last)| first < last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        // (symbol, English, Spanish, French, why)
        let table = [
            (
                "A/RES/78/237",
                "General Assembly resolution 78/237",
                "resolución 78/237 de la Asamblea General",
                "résolution 78/237 de l’Assemblée générale",
                "since 1976",
            ),
            (
                "A/RES/217 A (III)",
                "General Assembly resolution 217 A (III)",
                "resolución 217 A (III) de la Asamblea General",
                "résolution 217 A (III) de l’Assemblée générale",
                "before 1976; sessions take a plain space",
            ),
            (
                "A/RES/3201 (S-VI)",
                "General Assembly resolution 3201 (S-VI)",
                "resolución 3201 (S-VI) de la Asamblea General",
                "résolution 3201 (S-VI) de l’Assemblée générale",
                "an old special session",
            ),
            (
                "A/RES/S-21/2",
                "General Assembly resolution S-21/2",
                "resolución S-21/2 de la Asamblea General",
                "résolution S-21/2 de l’Assemblée générale",
                "a special session",
            ),
            (
                "A/RES/ES-11/4",
                "General Assembly resolution ES-11/4",
                "resolución ES-11/4 de la Asamblea General",
                "résolution ES-11/4 de l’Assemblée générale",
                "an emergency special session",
            ),
            (
                "S/RES/1325 (2000)",
                "Security Council resolution 1325 (2000)",
                "resolución 1325\u{a0}(2000) del Consejo de Seguridad",
                "résolution 1325\u{a0}(2000) du Conseil de sécurité",
                "the year is kept by its number in Spanish and French",
            ),
            (
                "E/RES/1996/31",
                "Economic and Social Council resolution 1996/31",
                "resolución 1996/31 del Consejo Económico y Social",
                "résolution 1996/31 du Conseil économique et social",
                "numbered by the year",
            ),
            (
                "E/RES/2008 (LX)",
                "Economic and Social Council resolution 2008 (LX)",
                "resolución 2008 (LX) del Consejo Económico y Social",
                "résolution 2008 (LX) du Conseil économique et social",
                "before 1978",
            ),
            (
                "A/HRC/RES/S-21/1",
                "Human Rights Council resolution S-21/1",
                "resolución S-21/1 del Consejo de Derechos Humanos",
                "résolution S-21/1 du Conseil des droits de l’homme",
                "a body under an organ",
            ),
            (
                "A/DEC/50/411",
                "General Assembly decision 50/411",
                "decisión 50/411 de la Asamblea General",
                "décision 50/411 de l’Assemblée générale",
                "a decision",
            ),
            (
                "A/HRC/DEC/6/102",
                "Human Rights Council decision 6/102",
                "decisión 6/102 del Consejo de Derechos Humanos",
                "décision 6/102 du Conseil des droits de l’homme",
                "a decision of the Council",
            ),
            (
                "E/DEC/2021/201",
                "Economic and Social Council decision 2021/201",
                "decisión 2021/201 del Consejo Económico y Social",
                "décision 2021/201 du Conseil économique et social",
                "a decision by the year",
            ),
            (
                "T/RES/2200 (LXI)",
                "Trusteeship Council resolution 2200 (LXI)",
                "resolución 2200 (LXI) del Consejo de Administración Fiduciaria",
                "résolution 2200 (LXI) du Conseil de tutelle",
                "the Trusteeship Council",
            ),
            (
                "E/CN.4/RES/2005/80",
                "Commission on Human Rights resolution 2005/80",
                "resolución 2005/80 de la Comisión de Derechos Humanos",
                "résolution 2005/80 de la Commission des droits de l’homme",
                "a commission",
            ),
            (
                "A/RES/77/128 A-B",
                "General Assembly resolutions 77/128 A and B",
                "resoluciones 77/128 A y B de la Asamblea General",
                "résolutions 77/128 A et B de l’Assemblée générale",
                "two letters",
            ),
            (
                "A/RES/76/247 A-C",
                "General Assembly resolutions 76/247 A to C",
                "resoluciones 76/247 A a C de la Asamblea General",
                "résolutions 76/247 A à C de l’Assemblée générale",
                "more letters",
            ),
        ];
        for (symbol, english, spanish, french, why) in table {
            let symbol = symbol.parse().unwrap();
            assert_eq!(name(&symbol, Language::English), english, "{why}");
            assert_eq!(name(&symbol, Language::Spanish), spanish, "{why}");
            assert_eq!(name(&symbol, Language::French), french, "{why}");
            assert_eq!(name(&symbol, Language::Russian), english, "{why}");
        }
    }

    #[test]
    fn everything_else_goes_by_its_symbol() {
        // (symbol, why)
        let table = [
            ("A/77/275", "a report"),
            ("S/PRST/2017/22", "a presidential statement"),
            ("A/RES/78/237/Corr.1", "a correction is not the resolution"),
            ("UNEP/EA.4/RES.1", "a series that is no segment of its own"),
            ("A/AC.290/RES/1", "a body without a name here"),
            ("PROVISIONAL/03A4BC001122", "not identified"),
        ];
        for (text, why) in table {
            let symbol: Symbol = text.parse().unwrap();
            assert_eq!(name(&symbol, Language::Spanish), symbol.to_string(), "{why}");
        }
    }
}
