//! Numbers of sessions in words: `Seventy-eighth`, `Septuagésimo octavo`, `Soixante-dix-huitième`.

use crate::structure::words::{exceeds, fold};

/// Words and their values; a session's number is their sum, French `quatre-vingt` apart.
const VALUES: [(&str, u32); 98] = [
    // English
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
    ("fortieth", 40),
    ("fiftieth", 50),
    ("sixtieth", 60),
    ("seventieth", 70),
    ("eightieth", 80),
    ("ninetieth", 90),
    ("hundredth", 100),
    ("hundred", 100),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    // Spanish
    ("primer", 1),
    ("primero", 1),
    ("segundo", 2),
    ("tercer", 3),
    ("tercero", 3),
    ("cuarto", 4),
    ("quinto", 5),
    ("sexto", 6),
    ("septimo", 7),
    ("octavo", 8),
    ("noveno", 9),
    ("decimo", 10),
    ("undecimo", 11),
    ("duodecimo", 12),
    ("decimotercer", 13),
    ("decimocuarto", 14),
    ("decimoquinto", 15),
    ("decimosexto", 16),
    ("decimoseptimo", 17),
    ("decimoctavo", 18),
    ("decimonoveno", 19),
    ("vigesimo", 20),
    ("trigesimo", 30),
    ("cuadragesimo", 40),
    ("quincuagesimo", 50),
    ("sexagesimo", 60),
    ("septuagesimo", 70),
    ("octogesimo", 80),
    ("nonagesimo", 90),
    ("centesimo", 100),
    // French
    ("premiere", 1),
    ("deuxieme", 2),
    ("unieme", 1),
    ("troisieme", 3),
    ("quatrieme", 4),
    ("cinquieme", 5),
    ("sixieme", 6),
    ("septieme", 7),
    ("huitieme", 8),
    ("neuvieme", 9),
    ("dixieme", 10),
    ("onzieme", 11),
    ("douzieme", 12),
    ("treizieme", 13),
    ("quatorzieme", 14),
    ("quinzieme", 15),
    ("seizieme", 16),
    ("vingt", 20),
    ("vingtieme", 20),
    ("trente", 30),
    ("trentieme", 30),
    ("quarante", 40),
    ("quarantieme", 40),
    ("cinquante", 50),
    ("cinquantieme", 50),
    ("soixante", 60),
    ("soixantieme", 60),
    ("dix", 10),
    ("quatre", 4),
    ("centieme", 100),
    ("cent", 100),
];

/// The most words of such a line, with all parts of a long ordinal apart.
const YEAR_WORDS: usize = 10;

/// Whether a line is the year of the Security Council: `Eightieth year`.
pub(super) fn year(line: &str) -> bool {
    if exceeds(line, YEAR_WORDS) {
        return false;
    }
    let folded = fold(line);
    let words = ["year", "ano", "annee"];
    let Some((ordinal, word)) = folded.rsplit_once(' ') else { return false };
    let parts = || ordinal.split([' ', '-']).filter(|part| !part.is_empty());
    words.contains(&word)
        && parts().all(|part| {
            matches!(part, "et" | "and") || VALUES.iter().any(|(name, _)| *name == part)
        })
}

/// The session that a line of a masthead names, or none if it names none.
pub(super) fn session(line: &str) -> Option<String> {
    let folded = fold(line);
    let words: Vec<&str> = folded.split([' ', '-']).filter(|w| !w.is_empty()).collect();
    let special = match () {
        () if folded.contains("emergency")
            || folded.contains("de emergencia")
            || folded.contains("d'urgence") =>
        {
            "ES-"
        }
        () if folded.contains("special") || folded.contains("extraordina") => "S-",
        () => "",
    };
    if !(folded.contains("session") || folded.contains("periodo") && folded.contains("sesiones")) {
        return None;
    }
    let mut total = 0u32;
    let mut seen = false;
    let mut previous = 0u32;
    for word in words {
        // Numbers in digits: `78th session`, `78º período de sesiones`, `78e session`.
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        if let (false, Ok(number)) = (seen, digits.parse::<u32>()) {
            return (number < 1000).then(|| format!("{special}{number}"));
        }
        let singular = word.strip_suffix('s').filter(|w| *w == "vingt").unwrap_or(word);
        match VALUES.iter().find(|(name, _)| *name == singular) {
            // Four twenties.
            Some((_, 20)) if previous == 4 && seen => {
                total = total - 4 + 80;
                previous = 80;
            }
            Some((_, value)) => {
                total += value;
                seen = true;
                previous = *value;
            }
            None if matches!(word, "et" | "and") => {}
            // The words of the ordinal stand together at the start.
            None if seen => break,
            None => {}
        }
    }
    (seen && total > 0).then(|| format!("{special}{total}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions() {
        let table = [
            ("Seventy-eighth session", Some("78")),
            ("Septuagésimo octavo período de sesiones", Some("78")),
            ("Soixante-dix-huitième session", Some("78")),
            ("Eightieth session", Some("80")),
            ("Quatre-vingtième session", Some("80")),
            ("Quatre-vingt-unième session", Some("81")),
            ("Soixante et onzième session", Some("71")),
            ("Forty-eighth session", Some("48")),
            ("Eleventh emergency special session", Some("ES-11")),
            ("Trigésimo segundo período extraordinario de sesiones", Some("S-32")),
            ("78e session", Some("78")),
            ("One hundred and thirty-fourth session", Some("134")),
            ("Cent trente-quatrième session", Some("134")),
            ("Agenda item 94", None),
            ("The first committee", None),
        ];
        for (line, found) in table {
            assert_eq!(session(line).as_deref(), found, "{line}");
        }
    }
}
