//! The names of organs and bodies, and of what they issue, in the languages of wording.
//!
//! Names are those of mastheads, which bear the principal organ or the major organ a document is
//! submitted to (UN Editorial Manual, "Mastheads and cover pages").

use undex_document::{DocumentType, Language, Symbol};

/// A language whose words are known here; the others fall back to English, as pinpoints do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wording {
    English,
    Spanish,
    French,
}

impl Wording {
    pub(super) fn of(language: Language) -> Self {
        match language {
            Language::Spanish => Self::Spanish,
            Language::French => Self::French,
            _ => Self::English,
        }
    }

    /// The word of this language among those of all three.
    pub(super) fn pick<T>(self, english: T, spanish: T, french: T) -> T {
        match self {
            Self::English => english,
            Self::Spanish => spanish,
            Self::French => french,
        }
    }
}

/// An organ or a body in three languages.
#[derive(Debug)]
pub(super) struct Body {
    /// The beginning of its symbols.
    prefix: &'static str,
    english: &'static str,
    /// With the words that make `resolución ... de` of it.
    spanish: (&'static str, &'static str),
    /// With the words that make `résolution ... de` of it.
    french: (&'static str, &'static str),
}

impl Body {
    pub(super) fn name(&self, wording: Wording) -> &'static str {
        wording.pick(self.english, self.spanish.1, self.french.1)
    }

    /// `de la Asamblea General`, `de l’Assemblée générale`.
    pub(super) fn genitive(&self, wording: Wording) -> String {
        let (of, name) = wording.pick(("of the ", self.english), self.spanish, self.french);
        format!("{of}{name}")
    }
}

const fn body(
    prefix: &'static str,
    english: &'static str,
    spanish: (&'static str, &'static str),
    french: (&'static str, &'static str),
) -> Body {
    Body { prefix, english, spanish, french }
}

/// Bodies under an organ follow it; those outside the six organs are by the first segment.
#[rustfmt::skip]
static BODIES: [Body; 40] = [
    body("A", "General Assembly", ("de la ", "Asamblea General"), ("de l’", "Assemblée générale")),
    body("A/C.1", "First Committee", ("de la ", "Primera Comisión"), ("de la ", "Première Commission")),
    body("A/C.2", "Second Committee", ("de la ", "Segunda Comisión"), ("de la ", "Deuxième Commission")),
    body("A/C.3", "Third Committee", ("de la ", "Tercera Comisión"), ("de la ", "Troisième Commission")),
    body("A/C.4", "Fourth Committee", ("de la ", "Cuarta Comisión"), ("de la ", "Quatrième Commission")),
    body("A/C.5", "Fifth Committee", ("de la ", "Quinta Comisión"), ("de la ", "Cinquième Commission")),
    body("A/C.6", "Sixth Committee", ("de la ", "Sexta Comisión"), ("de la ", "Sixième Commission")),
    body("A/CN.4", "International Law Commission", ("de la ", "Comisión de Derecho Internacional"), ("de la ", "Commission du droit international")),
    body("A/CN.9", "United Nations Commission on International Trade Law", ("de la ", "Comisión de las Naciones Unidas para el Derecho Mercantil Internacional"), ("de la ", "Commission des Nations Unies pour le droit commercial international")),
    body("A/CN.10", "Disarmament Commission", ("de la ", "Comisión de Desarme"), ("de la ", "Commission du désarmement")),
    body("A/HRC", "Human Rights Council", ("del ", "Consejo de Derechos Humanos"), ("du ", "Conseil des droits de l’homme")),
    body("S", "Security Council", ("del ", "Consejo de Seguridad"), ("du ", "Conseil de sécurité")),
    body("E", "Economic and Social Council", ("del ", "Consejo Económico y Social"), ("du ", "Conseil économique et social")),
    body("E/CN.3", "Statistical Commission", ("de la ", "Comisión de Estadística"), ("de la ", "Commission de statistique")),
    body("E/CN.4", "Commission on Human Rights", ("de la ", "Comisión de Derechos Humanos"), ("de la ", "Commission des droits de l’homme")),
    body("E/CN.5", "Commission for Social Development", ("de la ", "Comisión de Desarrollo Social"), ("de la ", "Commission du développement social")),
    body("E/CN.6", "Commission on the Status of Women", ("de la ", "Comisión de la Condición Jurídica y Social de la Mujer"), ("de la ", "Commission de la condition de la femme")),
    body("E/CN.7", "Commission on Narcotic Drugs", ("de la ", "Comisión de Estupefacientes"), ("de la ", "Commission des stupéfiants")),
    body("E/CN.9", "Commission on Population and Development", ("de la ", "Comisión de Población y Desarrollo"), ("de la ", "Commission de la population et du développement")),
    body("E/CN.15", "Commission on Crime Prevention and Criminal Justice", ("de la ", "Comisión de Prevención del Delito y Justicia Penal"), ("de la ", "Commission pour la prévention du crime et la justice pénale")),
    body("E/CN.16", "Commission on Science and Technology for Development", ("de la ", "Comisión de Ciencia y Tecnología para el Desarrollo"), ("de la ", "Commission de la science et de la technique au service du développement")),
    body("E/CN.17", "Commission on Sustainable Development", ("de la ", "Comisión sobre el Desarrollo Sostenible"), ("de la ", "Commission du développement durable")),
    body("E/C.12", "Committee on Economic, Social and Cultural Rights", ("del ", "Comité de Derechos Económicos, Sociales y Culturales"), ("du ", "Comité des droits économiques, sociaux et culturels")),
    body("E/C.19", "Permanent Forum on Indigenous Issues", ("del ", "Foro Permanente para las Cuestiones Indígenas"), ("de l’", "Instance permanente sur les questions autochtones")),
    body("E/ECA", "Economic Commission for Africa", ("de la ", "Comisión Económica para África"), ("de la ", "Commission économique pour l’Afrique")),
    body("E/ECE", "Economic Commission for Europe", ("de la ", "Comisión Económica para Europa"), ("de la ", "Commission économique pour l’Europe")),
    body("E/ESCAP", "Economic and Social Commission for Asia and the Pacific", ("de la ", "Comisión Económica y Social para Asia y el Pacífico"), ("de la ", "Commission économique et sociale pour l’Asie et le Pacifique")),
    body("E/ESCWA", "Economic and Social Commission for Western Asia", ("de la ", "Comisión Económica y Social para Asia Occidental"), ("de la ", "Commission économique et sociale pour l’Asie occidentale")),
    body("T", "Trusteeship Council", ("del ", "Consejo de Administración Fiduciaria"), ("du ", "Conseil de tutelle")),
    body("ST", "Secretariat", ("de la ", "Secretaría"), ("du ", "Secrétariat")),
    body("CD", "Conference on Disarmament", ("de la ", "Conferencia de Desarme"), ("de la ", "Conférence du désarmement")),
    body("CCPR", "Human Rights Committee", ("del ", "Comité de Derechos Humanos"), ("du ", "Comité des droits de l’homme")),
    body("CAT", "Committee against Torture", ("del ", "Comité contra la Tortura"), ("du ", "Comité contre la torture")),
    body("CED", "Committee on Enforced Disappearances", ("del ", "Comité contra la Desaparición Forzada"), ("du ", "Comité des disparitions forcées")),
    body("CEDAW", "Committee on the Elimination of Discrimination against Women", ("del ", "Comité para la Eliminación de la Discriminación contra la Mujer"), ("du ", "Comité pour l’élimination de la discrimination à l’égard des femmes")),
    body("CERD", "Committee on the Elimination of Racial Discrimination", ("del ", "Comité para la Eliminación de la Discriminación Racial"), ("du ", "Comité pour l’élimination de la discrimination raciale")),
    body("CRC", "Committee on the Rights of the Child", ("del ", "Comité de los Derechos del Niño"), ("du ", "Comité des droits de l’enfant")),
    body("CRPD", "Committee on the Rights of Persons with Disabilities", ("del ", "Comité sobre los Derechos de las Personas con Discapacidad"), ("du ", "Comité des droits des personnes handicapées")),
    body("TD", "United Nations Conference on Trade and Development", ("de la ", "Conferencia de las Naciones Unidas sobre Comercio y Desarrollo"), ("de la ", "Conférence des Nations Unies sur le commerce et le développement")),
    body("UNEP", "United Nations Environment Programme", ("del ", "Programa de las Naciones Unidas para el Medio Ambiente"), ("du ", "Programme des Nations Unies pour l’environnement")),
];

/// The body whose symbols begin with exactly these segments.
pub(super) fn body_of(prefix: &str) -> Option<&'static Body> {
    BODIES.iter().find(|body| body.prefix == prefix)
}

/// The Organization.
pub(super) const fn united_nations(wording: Wording) -> &'static str {
    match wording {
        Wording::English => "United Nations",
        Wording::Spanish => "Naciones Unidas",
        Wording::French => "Nations Unies",
    }
}

/// Who issued a document, from the Organization down to the body: `United Nations`, `General
/// Assembly`, `First Committee`. Empty for keys that are not the UN's own.
///
/// A body that is not in the table goes by its organ, whose name its masthead bears. Conferences do
/// not: what they number under `A/CONF.` they issue themselves.
pub(super) fn issuers(symbol: &Symbol, wording: Wording) -> Vec<&'static str> {
    if symbol.undocs_url(Language::Undetermined).is_none() {
        return Vec::new();
    }
    let mut issuers = vec![united_nations(wording)];
    if symbol.segments().nth(1).is_some_and(|second| second.starts_with("CONF.")) {
        return issuers;
    }
    let Some(body) = symbol.prefixes().filter_map(body_of).last() else { return issuers };
    // `First Committee` alone names nothing: every organ and conference may have one.
    if body.prefix.starts_with("A/C.") {
        issuers.extend(body_of("A").map(|assembly| assembly.name(wording)));
    }
    // `United Nations, United Nations Environment Programme` says it twice.
    if body.english.contains(united_nations(Wording::English)) {
        issuers.clear();
    }
    issuers.push(body.name(wording));
    issuers
}

/// What a document is called in a bibliography: `Resolution`, `Proyecto de resolución`.
pub(super) fn genre(kind: DocumentType, wording: Wording) -> &'static str {
    let (english, spanish, french) = match kind {
        DocumentType::Resolution => ("Resolution", "Resolución", "Résolution"),
        DocumentType::DraftResolution => {
            ("Draft resolution", "Proyecto de resolución", "Projet de résolution")
        }
        DocumentType::Decision => ("Decision", "Decisión", "Décision"),
        DocumentType::Report => ("Report", "Informe", "Rapport"),
        DocumentType::Note => ("Note", "Nota", "Note"),
        DocumentType::Letter => ("Letter", "Carta", "Lettre"),
        DocumentType::Record => ("Meeting record", "Acta", "Compte rendu de séance"),
        DocumentType::Statement => (
            "Presidential statement",
            "Declaración de la Presidencia",
            "Déclaration de la présidence",
        ),
        DocumentType::WorkingPaper => {
            ("Working paper", "Documento de trabajo", "Document de travail")
        }
        DocumentType::Information => {
            ("Information document", "Documento de información", "Document d’information")
        }
        DocumentType::Guide => ("Guide", "Guía", "Guide"),
        // Not nothing: without a type, the standard BibTeX styles print "Technical Report".
        DocumentType::Other => ("Document", "Documento", "Document"),
    };
    wording.pick(english, spanish, french)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers_of_symbols() {
        // (symbol, issuers, why)
        let table: [(&str, &[&str], &str); 14] = [
            ("A/RES/78/237", &["United Nations", "General Assembly"], "a principal organ"),
            (
                "A/C.1/80/L.20",
                &["United Nations", "General Assembly", "First Committee"],
                "a Main Committee needs the Assembly",
            ),
            (
                "A/HRC/49/21",
                &["United Nations", "Human Rights Council"],
                "a council of its own name",
            ),
            (
                "A/AC.290/2021/L.2",
                &["United Nations", "General Assembly"],
                "a body not in the table",
            ),
            ("A/C.11/1", &["United Nations", "General Assembly"], "A/C.1 is no prefix of A/C.11"),
            ("A/CONF.157/24", &["United Nations"], "a conference is not the Assembly"),
            ("E/CN.7/2024/1", &["United Nations", "Commission on Narcotic Drugs"], "a commission"),
            (
                "E/ECE/1488",
                &["United Nations", "Economic Commission for Europe"],
                "a regional commission",
            ),
            ("ST/SGB/2018/1", &["United Nations", "Secretariat"], "the Secretariat"),
            ("CD/2229", &["United Nations", "Conference on Disarmament"], "outside the six organs"),
            (
                "TD/B/72/1",
                &["United Nations Conference on Trade and Development"],
                "the Organization is in the name",
            ),
            ("ISBA/26/A/18", &["United Nations"], "an unknown root"),
            ("UNDEX/HANDBOOK/1", &[], "not of the UN"),
            ("PROVISIONAL/03A4BC001122", &[], "not identified"),
        ];
        for (symbol, expected, why) in table {
            assert_eq!(issuers(&symbol.parse().unwrap(), Wording::English), expected, "{why}");
        }
    }

    #[test]
    fn a_body_stands_in_the_table_once() {
        for (at, body) in BODIES.iter().enumerate() {
            let first = BODIES.iter().position(|other| other.prefix == body.prefix);
            assert_eq!(first, Some(at), "{}", body.prefix);
        }
    }
}
