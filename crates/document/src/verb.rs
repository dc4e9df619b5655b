//! The verb that opens a paragraph of a resolution.
//!
//! Every paragraph of a resolution is a clause whose subject is the organ: an operative one begins with
//! a verb in the present (`Requests`, `Solicita`, `Prie`), a preambular one with a participle or an adjective
//! (`Recalling`, `Recordando`, `Consciente de`). English puts adverbs before it (`Also requests`, `Deeply
//! concerned`), Spanish and French behind (`Solicita también`, `Prie instamment`). Source: the UN Editorial
//! Manual Online on the drafting of resolutions, and how the Assembly's resolutions print it.

use crate::{Language, Role};

/// Words looked at for the verb and what belongs to it.
const MOST_WORDS: usize = 8;

/// A verb longer than this, in bytes, is none: running text without spaces.
const MOST_BYTES: usize = 40;

/// The French article before a vowel, as it stands between words here.
const ELIDED: &str = "l ";

/// What a language's clauses are made of; every word in lower case with its accents.
struct Clause {
    /// Adverbs, some of several words, that stand before the verb or between it and its complement, and the
    /// ending by which others are known.
    adverbs: &'static [&'static str],
    adverb_ending: &'static str,
    /// Reflexive pronouns and negations that belong to the verb.
    particles: &'static [&'static str],
    /// Words that begin another kind of sentence.
    others: &'static [&'static str],
    /// Endings of a verb that says what the organ does.
    present: &'static [&'static str],
    /// Endings of words that look like one.
    not_present: &'static [&'static str],
    /// Verbs, by their beginning, that take the next word with them, whatever it is.
    auxiliaries: &'static [&'static str],
    /// Verbs, by their beginning, that mean something only with these words, given by their beginning too.
    complements: &'static [(&'static str, &'static [&'static str])],
}

const ENGLISH: Clause = Clause {
    adverbs: &[
        "again",
        "also",
        "further",
        "furthermore",
        "however",
        "moreover",
        "once again",
        "once more",
        "very",
    ],
    adverb_ending: "ly",
    particles: &[],
    others: &[
        "a", "all", "an", "and", "any", "as", "at", "because", "before", "by", "each", "every",
        "for", "from", "if", "in", "its", "no", "of", "on", "or", "parties", "states", "such",
        "that", "the", "these", "this", "those", "to", "under", "when", "where", "whereas",
        "which", "with",
    ],
    present: &["s"],
    not_present: &["ss"],
    auxiliaries: &["being", "having"],
    complements: &[
        ("bear", &["in", "mind"]),
        ("call", &["upon"]),
        ("call", &["on"]),
        ("call", &["for"]),
        ("pay", &["tribute"]),
        ("tak", &["note"]),
        ("tak", &["into", "account"]),
        ("tak", &["into", "consideration"]),
    ],
};

const SPANISH: Clause = Clause {
    adverbs: &["además", "asimismo", "igualmente", "muy", "también", "de nuevo", "una vez más"],
    adverb_ending: "mente",
    particles: &["no", "nos", "se"],
    others: &[
        "a",
        "al",
        "ante",
        "aunque",
        "cada",
        "como",
        "con",
        "conforme",
        "cualquier",
        "cuando",
        "desde",
        "dicha",
        "durante",
        "el",
        "ella",
        "en",
        "entre",
        "esa",
        "ese",
        "esta",
        "este",
        "hasta",
        "la",
        "las",
        "lo",
        "los",
        "mediante",
        "ninguna",
        "o",
        "para",
        "parte",
        "por",
        "porque",
        "que",
        "si",
        "sobre",
        "su",
        "sus",
        "toda",
        "todas",
        "todos",
        "un",
        "y",
    ],
    present: &["a", "e", "mos"],
    not_present: &[],
    auxiliaries: &["habiendo"],
    complements: &[
        ("acog", &["con", "beneplácito"]),
        ("acog", &["con", "satisfacción"]),
        ("dej", &["constancia"]),
        ("hac", &["notar"]),
        ("hac", &["suy"]),
        ("hac", &["un", "llamamiento"]),
        ("haciendo", &["notar"]),
        ("pon", &["de", "manifiesto"]),
        ("pon", &["de", "relieve"]),
        ("rind", &["homenaje"]),
        ("t", &["en", "cuenta"]),
        ("t", &["presente"]),
        ("tom", &["nota"]),
        ("tom", &["conocimiento"]),
    ],
};

const FRENCH: Clause = Clause {
    adverbs: &["aussi", "de nouveau", "en outre", "encore", "très", "une fois de plus"],
    adverb_ending: "ment",
    particles: &["n", "ne", "nous", "s", "se"],
    others: &[
        "à",
        "au",
        "aucune",
        "aux",
        "avant",
        "avec",
        "cette",
        "chaque",
        "comme",
        "conformément",
        "d",
        "dans",
        "des",
        "du",
        "elle",
        "entre",
        "et",
        "il",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "lorsque",
        "notre",
        "ou",
        "par",
        "pendant",
        "pour",
        "qu",
        "que",
        "sa",
        "ses",
        "si",
        "sous",
        "tout",
        "toute",
        "toutes",
        "un",
    ],
    present: &["e", "t", "d", "ons"],
    not_present: &["ant"],
    auxiliaries: &["ayant", "déclar", "dit", "disant", "est", "étant"],
    complements: &[
        ("accueill", &["avec", "satisfaction"]),
        ("ayant", &["à", "l", "esprit"]),
        ("f", &["sien"]),
        ("lan", &["un", "appel"]),
        ("met", &["l", "accent"]),
        ("pren", &["acte"]),
        ("pren", &["en", "compte"]),
        ("pren", &["en", "considération"]),
        ("pren", &["note"]),
        ("rend", &["hommage"]),
        ("t", &["compte"]),
    ],
};

/// The verb that opens a paragraph, in lower case, with what belongs to it: `requests`, `takes note`, `se
/// félicite`, `recalling`, `having considered`. None for a paragraph that is no clause of a resolution by its
/// role, for a clause that does not begin with its verb, and in other languages than English, French and
/// Spanish.
pub fn opening_verb(text: &str, role: Role, language: Language) -> Option<String> {
    let clause = match language {
        Language::English => &ENGLISH,
        Language::French => &FRENCH,
        Language::Spanish => &SPANISH,
        _ => return None,
    };
    match role {
        Role::Operative => clause.verb(text, true),
        Role::Preambular => clause.verb(text, false),
        _ => None,
    }
}

impl Clause {
    fn verb(&self, text: &str, present: bool) -> Option<String> {
        let lower: Vec<String> = text
            .split(|c: char| c.is_whitespace() || is_apostrophe(c))
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
            .filter(|word| !word.is_empty())
            .take(MOST_WORDS)
            .collect();
        let words: Vec<&str> = lower.iter().map(String::as_str).collect();
        let mut rest = self.without_adverbs(&words);
        let mut label = String::new();
        if let Some((particle, behind)) =
            rest.split_first().filter(|(word, _)| self.particles.contains(word))
        {
            label.push_str(particle);
            label.push_str(if particle.len() == 1 { "’" } else { " " });
            rest = behind;
        }
        let (verb, behind) = rest.split_first()?;
        if !self.is_verb(verb, present) {
            return None;
        }
        label.push_str(verb);
        if let Some(complement) = self.complement(verb, self.without_adverbs(behind)) {
            label.push(' ');
            label.push_str(&complement);
        }
        Some(label)
    }

    /// The words from the first that is no adverb.
    fn without_adverbs<'w>(&self, mut words: &'w [&'w str]) -> &'w [&'w str] {
        loop {
            let listed = self.adverbs.iter().find_map(|adverb| {
                let mut rest = words.iter();
                adverb.split(' ').all(|part| rest.next() == Some(&part)).then_some(rest.as_slice())
            });
            let known_by_ending = words.split_first().filter(|(word, _)| {
                word.len() > self.adverb_ending.len() + 2 && word.ends_with(self.adverb_ending)
            });
            match listed.or(known_by_ending.map(|(_, rest)| rest)) {
                Some(rest) => words = rest,
                None => return words,
            }
        }
    }

    fn is_verb(&self, word: &str, present: bool) -> bool {
        let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
        word.chars().count() > 2
            && word.len() <= MOST_BYTES
            && word.chars().all(char::is_alphabetic)
            && !self.others.contains(&word)
            && (!present || (ends(self.present) && !ends(self.not_present)))
    }

    /// The words behind a verb that belong to it.
    fn complement(&self, verb: &str, behind: &[&str]) -> Option<String> {
        let stands = |complement: &[&str]| {
            complement.len() <= behind.len()
                && complement.iter().zip(behind).all(|(start, word)| word.starts_with(start))
        };
        let known = self
            .complements
            .iter()
            .find(|(start, complement)| verb.starts_with(start) && stands(complement));
        if let Some((_, complement)) = known {
            let words: Vec<&str> = behind.iter().take(complement.len()).copied().collect();
            return Some(words.join(" ").replace(ELIDED, "l’"));
        }
        let takes_next = self.auxiliaries.iter().any(|start| verb.starts_with(start));
        let next = behind.first().filter(|next| takes_next && !self.others.contains(next))?;
        Some((*next).to_owned())
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_verbs() {
        use Language::{Arabic, English, French, Spanish};
        use Role::{Operative, Paragraph as Numbered, Preambular};
        // (language, role, text, verb)
        let table = [
            (English, Operative, "Requests the gardeners to report;", Some("requests")),
            (English, Operative, "Also requests the gardeners to report;", Some("requests")),
            (English, Operative, "Once again strongly condemns weeds;", Some("condemns")),
            (
                English,
                Operative,
                "Takes note with appreciation of the harvest;",
                Some("takes note"),
            ),
            (English, Operative, "Takes into account the rain;", Some("takes into account")),
            (English, Operative, "Calls upon all growers to water;", Some("calls upon")),
            (English, Operative, "Decides, with regard to pears:", Some("decides")),
            (English, Operative, "The orchard shall be open;", None),
            (English, Operative, "States shall water the trees;", None),
            (English, Numbered, "Requests were received.", None),
            (English, Preambular, "Recalling also its decision on pears,", Some("recalling")),
            (English, Preambular, "Deeply concerned about frost,", Some("concerned")),
            (English, Preambular, "Having considered the harvest,", Some("having considered")),
            (English, Preambular, "Bearing in mind the frost,", Some("bearing in mind")),
            (English, Preambular, "The General Assembly,", None),
            (Spanish, Operative, "Solicita también al jardinero que riegue;", Some("solicita")),
            (
                Spanish,
                Operative,
                "Acoge con beneplácito la cosecha;",
                Some("acoge con beneplácito"),
            ),
            (Spanish, Operative, "Toma nota también de la lluvia;", Some("toma nota")),
            (Spanish, Operative, "Pone de relieve las peras;", Some("pone de relieve")),
            (Spanish, Operative, "Hace suyas las conclusiones;", Some("hace suyas")),
            (Spanish, Operative, "Nos comprometemos a regar;", Some("nos comprometemos")),
            (Spanish, Operative, "Los jardineros regarán;", None),
            (Spanish, Preambular, "Profundamente preocupada por la helada,", Some("preocupada")),
            (Spanish, Preambular, "Habiendo examinado la cosecha,", Some("habiendo examinado")),
            (Spanish, Preambular, "Teniendo en cuenta la lluvia,", Some("teniendo en cuenta")),
            (French, Operative, "Prie également les jardiniers d’arroser ;", Some("prie")),
            (French, Operative, "Se félicite de la récolte ;", Some("se félicite")),
            (French, Operative, "S’engage à arroser ;", Some("s’engage")),
            (French, Operative, "Prend note avec intérêt des poires ;", Some("prend note")),
            (
                French,
                Operative,
                "Se déclare profondément préoccupée par le gel ;",
                Some("se déclare préoccupée"),
            ),
            (French, Operative, "Décide d’inscrire les poires ;", Some("décide")),
            (French, Operative, "S’agissant des poires, on arrose ;", None),
            (French, Preambular, "Ayant à l’esprit le gel,", Some("ayant à l’esprit")),
            (French, Preambular, "Ayant examiné la récolte,", Some("ayant examiné")),
            (French, Preambular, "L’Assemblée générale,", None),
            (Arabic, Operative, "Requests the gardeners to report;", None),
            (English, Operative, "", None),
            (English, Operative, "… ;", None),
        ];
        for (language, role, text, verb) in table {
            assert_eq!(opening_verb(text, role, language).as_deref(), verb, "{text}");
        }
    }
}
