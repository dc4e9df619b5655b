//! Words that Snowball gives one stem although they matter apart, or two although they are forms of one.
//!
//! The list was made by reading the words of the Assembly's resolutions that share a stem, the commonest
//! first, and taking those that name different things in these documents: `international` and `internal`,
//! `organizations` and `organs`, `género` and `generar`, `égalité` and `également`. Forms of one word stay
//! together: an entry covers all of them. Forms that a rule brings together are in `variants`.

use undex_document::Language;

/// A word and its stem. A star stands for any ending; of several entries the longest counts.
type Exception = (&'static str, &'static str);

pub(super) const ENGLISH: [Exception; 43] = [
    ("accession*", "accession"),
    ("accountab*", "accountab"),
    ("analys*", "analys"),
    ("analyz*", "analys"),
    ("authorit*", "authorit"),
    ("civilis*", "civiliz"),
    ("civiliz*", "civiliz"),
    ("collectiv*", "collectiv"),
    ("constitution*", "constitution"),
    ("creation*", "creat"),
    ("crises", "crisi"),
    ("designat*", "designat"),
    ("diagnos*", "diagnos"),
    ("emphas*", "emphas"),
    ("empowerment*", "empow"),
    ("environment*", "environment"),
    ("government*", "government"),
    ("hypothes*", "hypothes"),
    ("importan*", "important"),
    ("informal*", "informal"),
    ("initiativ*", "initiativ"),
    ("internation*", "international"),
    ("liter", "litr"),
    ("liters", "litr"),
    ("litre*", "litr"),
    ("mobilit*", "mobilit"),
    ("nationa*", "national"),
    ("nationalit*", "nationalit"),
    ("objectiv*", "objectiv"),
    ("observer*", "observer"),
    ("organisa*", "organiz"),
    ("organise*", "organiz"),
    ("organisi*", "organiz"),
    ("organiz*", "organiz"),
    ("periodic*", "periodic"),
    ("productiv*", "productiv"),
    ("publicat*", "publicat"),
    ("reporter*", "reporter"),
    ("respectiv*", "respectiv"),
    ("responsib*", "responsib"),
    ("synthes*", "synthes"),
    ("transition*", "transition"),
    ("universit*", "universit"),
];

pub(super) const SPANISH: [Exception; 32] = [
    ("actividad*", "actividad"),
    ("autoridad*", "autoridad"),
    ("capaces", "capaz"),
    ("capaz", "capaz"),
    ("comunic*", "comunic"),
    ("comunidad*", "comunidad"),
    ("considerable*", "considerabl"),
    ("efectiv*", "efectiv"),
    ("energía*", "energía"),
    ("energia*", "energía"),
    ("estudiant*", "estudiant"),
    ("extremis*", "extremis"),
    ("financier*", "financier"),
    ("generación", "generación"),
    ("generacion*", "generación"),
    ("género*", "género"),
    ("inclusiv*", "inclusiv"),
    ("indiza*", "indiza"),
    ("información", "información"),
    ("informacion*", "información"),
    ("jueces", "juec"),
    ("juez*", "juec"),
    ("líder*", "líder"),
    ("nacionalid*", "nacionalid"),
    ("organism*", "organism"),
    ("oriente", "oriente"),
    ("periodist*", "periodist"),
    ("póliza*", "póliza"),
    ("publicac*", "publicac"),
    ("publicid*", "publicid"),
    ("respectiv*", "respectiv"),
    ("unidad*", "unidad"),
];

pub(super) const FRENCH: [Exception; 60] = [
    ("activit*", "activit"),
    ("aileron*", "aileron"),
    ("collectif*", "collectif"),
    ("collectiv*", "collectif"),
    ("collectivit*", "collectivit"),
    ("commission*", "commission"),
    ("communicat*", "communicat"),
    ("conseiller*", "conseiller"),
    ("conseillère*", "conseiller"),
    ("crédit*", "crédit"),
    ("danger*", "danger"),
    ("décrit*", "décrit"),
    ("délit", "délit"),
    ("délits", "délit"),
    ("direction*", "direction"),
    ("directive*", "directive"),
    ("divers", "divers"),
    ("également", "également"),
    ("énergie*", "énergie"),
    ("environnement*", "environnement"),
    ("équipement*", "équipement"),
    ("étranger*", "étranger"),
    ("étrangère*", "étranger"),
    ("fonds", "fonds"),
    ("foyer*", "foyer"),
    ("importan*", "important"),
    ("interdit*", "interdit"),
    ("joui*", "jouiss"),
    ("loi", "loi"),
    ("lois", "loi"),
    ("loisir*", "loisir"),
    ("loyer*", "loyer"),
    ("notamment", "notamment"),
    ("nourrisson*", "nourrisson"),
    ("organism*", "organism"),
    ("orientation*", "orientation"),
    ("petit*", "petit"),
    ("prescrit*", "prescrit"),
    ("profit*", "profit"),
    ("publicat*", "publicat"),
    ("publicit*", "publicit"),
    ("règlement*", "règlement"),
    ("rendement*", "rendement"),
    ("respectif*", "respectif"),
    ("respectiv*", "respectif"),
    ("satisfait*", "satisfait"),
    ("série", "série"),
    ("séries", "série"),
    ("souhait*", "souhait"),
    ("souscrit*", "souscrit"),
    ("traite", "traite"),
    ("traité", "traité"),
    ("traitement*", "traitement"),
    ("traités", "traité"),
    ("vif", "vif"),
    ("vifs", "vif"),
    ("vive", "vif"),
    ("vivement", "vivement"),
    ("vives", "vif"),
    ("vivres", "vivres"),
];

/// The stem of a lower-case word that the list has, instead of the one that Snowball gives.
pub(super) fn exception(word: &str, language: Language) -> Option<&'static str> {
    let list: &[Exception] = match language {
        Language::English => &ENGLISH,
        Language::French => &FRENCH,
        Language::Spanish => &SPANISH,
        _ => return None,
    };
    let covers = |entry: &str| match entry.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => word == entry,
    };
    let covering = list.iter().filter(|(entry, _)| covers(entry));
    covering.max_by_key(|(entry, _)| entry.len()).map(|(_, stem)| *stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stem;

    /// Words that must not share a stem, and forms of the first that must share its own.
    #[test]
    fn what_matters_apart_is_apart_and_forms_stay_together() {
        use Language::{English, French, Spanish};
        // (language, word, another word, a form of the first)
        let table = [
            (English, "international", "internal", "internationally"),
            (English, "organization", "organs", "organized"),
            (English, "organisation", "organism", "organizations"),
            (English, "importance", "imports", "important"),
            (English, "authorities", "authors", "authority"),
            (English, "responsibility", "response", "responsible"),
            (English, "nationality", "national", "nationalities"),
            (English, "national", "nations", "nationals"),
            (English, "universities", "universal", "university"),
            (Spanish, "género", "generar", "géneros"),
            (Spanish, "información", "informe", "informaciones"),
            (Spanish, "comunidades", "comunes", "comunidad"),
            (Spanish, "autoridad", "autores", "autoridades"),
            (Spanish, "energía", "enérgicos", "energías"),
            (Spanish, "organismos", "órganos", "organismo"),
            (French, "égale", "également", "égalité"),
            (French, "organismes", "organes", "organisme"),
            (French, "commission", "comme", "commissions"),
            (French, "collectifs", "collecte", "collective"),
            (French, "collectivités", "collectif", "collectivité"),
            (French, "série", "sérieux", "séries"),
            (French, "traités", "traitement", "traité"),
        ];
        for (language, word, other, form) in table {
            let stem = |word| stem(word, language);
            assert_ne!(stem(word), stem(other), "{word}, {other}");
            assert_eq!(stem(word), stem(form), "{word}, {form}");
        }
        assert_eq!(stem("international", Language::Russian), "international");
    }
}
