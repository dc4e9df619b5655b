//! The words and phrases that prose surrounds citations with, in English, Spanish and French, and how
//! they are found. They stand here folded: small letters without accents, apostrophes and hyphens as
//! spaces.
//!
//! Sources: the UN editorial manual and its Spanish and French counterparts for the forms; the rest was
//! read in resolutions.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::prose::meaning::{Count, Meaning, Modifier, Unit};
use crate::prose::number::Act;
use crate::prose::organ::Organ;

use Count::{Abbreviated, Any, Many, One};

/// Phrases of one meaning.
type Row = (Meaning, &'static [&'static str]);

const ORGANS: &[(Organ, &[&str])] = &[
    (
        Organ::GeneralAssembly,
        &[
            "general assembly",
            "assembly",
            "asamblea general",
            "asamblea",
            "assemblee generale",
            "assemblee",
            "unga",
        ],
    ),
    (
        Organ::SecurityCouncil,
        &["security council", "consejo de seguridad", "conseil de securite", "unsc"],
    ),
    (
        Organ::EconomicAndSocialCouncil,
        &[
            "economic and social council",
            "consejo economico y social",
            "conseil economique et social",
        ],
    ),
    (
        Organ::HumanRightsCouncil,
        &[
            "human rights council",
            "consejo de derechos humanos",
            "conseil des droits de l homme",
            "unhrc",
            "hrc",
        ],
    ),
    (
        Organ::CommissionOnHumanRights,
        &[
            "commission on human rights",
            "comision de derechos humanos",
            "commission des droits de l homme",
        ],
    ),
    (
        Organ::AsiaAndThePacific,
        &[
            "economic and social commission for asia and the pacific",
            "comision economica y social para asia y el pacifico",
            "commission economique et sociale pour l asie et le pacifique",
        ],
    ),
    (
        Organ::TrusteeshipCouncil,
        &["trusteeship council", "consejo de administracion fiduciaria", "conseil de tutelle"],
    ),
    (
        Organ::EnvironmentAssembly,
        &[
            "united nations environment assembly",
            "united nations environment assembly of the united nations environment programme",
            "environment assembly",
            "asamblea de las naciones unidas sobre el medio ambiente",
            "asamblea sobre el medio ambiente",
            "assemblee des nations unies pour l environnement",
            "assemblee pour l environnement",
        ],
    ),
    (Organ::Council, &["council", "consejo", "conseil"]),
    (
        Organ::Other,
        &[
            "governing council",
            "consejo de administracion",
            "conseil d administration",
            "executive council",
            "consejo ejecutivo",
            "conseil executif",
            "un habitat assembly",
            "united nations habitat assembly",
            "asamblea de onu habitat",
            "assemblee d onu habitat",
            "world health assembly",
            "asamblea mundial de la salud",
            "assemblee mondiale de la sante",
            "health assembly",
            "general conference",
            "conferencia general",
            "conference generale",
            "conference of the parties",
            "conference of the states parties",
            "conferencia de las partes",
            "conferencia de los estados partes",
            "conferencia de los estados parte",
            "conference des parties",
            "conference des etats parties",
            "meeting of the parties",
            "reunion de las partes",
            "reunion des parties",
            "executive board",
            "junta ejecutiva",
            "commission on narcotic drugs",
            "comision de estupefacientes",
            "commission des stupefiants",
            "commission on the status of women",
            "comision de la condicion juridica y social de la mujer",
            "commission de la condition de la femme",
            "commission on crime prevention and criminal justice",
            "comision de prevencion del delito y justicia penal",
            "commission pour la prevention du crime et la justice penale",
            "commission for social development",
            "comision de desarrollo social",
            "commission du developpement social",
            "commission on population and development",
            "comision de poblacion y desarrollo",
            "commission de la population et du developpement",
            "statistical commission",
            "comision de estadistica",
            "commission de statistique",
            "economic commission",
            "comision economica",
            "commission economique",
            "sub commission",
            "subcomision",
            "sous commission",
            "high level committee",
            "comite de alto nivel",
            "comite de haut niveau",
            "trade and development board",
            "junta de comercio y desarrollo",
            "conseil du commerce et du developpement",
        ],
    ),
];

const UNITS: &[(Unit, Count, &[&str])] = &[
    (Unit::Annex, One, &["annex", "anexo", "annexe"]),
    (Unit::Annex, Many, &["annexes", "anexos"]),
    (Unit::Appendix, One, &["appendix", "apendice", "appendice"]),
    (Unit::Appendix, Many, &["appendices", "apendices"]),
    (Unit::Part, One, &["part", "parte", "partie"]),
    (Unit::Part, Many, &["parts", "partes", "parties"]),
    (Unit::Chapter, One, &["chapter", "capitulo", "chapitre"]),
    (Unit::Chapter, Any, &["chap", "cap"]),
    (Unit::Chapter, Many, &["chapters", "chaps", "capitulos", "caps", "chapitres"]),
    (Unit::Section, One, &["section", "seccion"]),
    (Unit::Section, Any, &["sect", "secc"]),
    (Unit::Section, Abbreviated, &["sec"]),
    (Unit::Section, Many, &["sections", "sects", "secciones", "seccs"]),
    (Unit::Article, One, &["article", "articulo"]),
    (Unit::Article, Any, &["art"]),
    (Unit::Article, Many, &["articles", "arts", "articulos"]),
    (Unit::Paragraph, One, &["paragraph", "parrafo", "paragraphe"]),
    (Unit::Paragraph, Any, &["parr"]),
    // Spanish and French prepositions without their full stop.
    (Unit::Paragraph, Abbreviated, &["para", "par"]),
    (Unit::Paragraph, Many, &["paragraphs", "paras", "parrafos", "parrs", "paragraphes", "pars"]),
    (Unit::Point, One, &["subparagraph", "sub paragraph", "subpara", "apartado", "inciso"]),
    (Unit::Point, Any, &["alinea"]),
    (
        Unit::Point,
        Many,
        &["subparagraphs", "sub paragraphs", "subparas", "apartados", "incisos", "alineas"],
    ),
];

/// Ordinals of preambular paragraphs; resolutions have up to some forty, and a count in words stops
/// being readable before.
const ORDINALS: [&[&str]; 20] = [
    &["first", "primer", "primero", "premier"],
    &["second", "segundo", "deuxieme", "second"],
    &["third", "tercer", "tercero", "troisieme"],
    &["fourth", "cuarto", "quatrieme"],
    &["fifth", "quinto", "cinquieme"],
    &["sixth", "sexto", "sixieme"],
    &["seventh", "septimo", "septieme"],
    &["eighth", "octavo", "huitieme"],
    &["ninth", "noveno", "neuvieme"],
    &["tenth", "decimo", "dixieme"],
    &["eleventh", "undecimo", "decimoprimero", "decimoprimer", "onzieme"],
    &["twelfth", "duodecimo", "decimosegundo", "douzieme"],
    &["thirteenth", "decimotercero", "decimotercer", "treizieme"],
    &["fourteenth", "decimocuarto", "quatorzieme"],
    &["fifteenth", "decimoquinto", "quinzieme"],
    &["sixteenth", "decimosexto", "seizieme"],
    &["seventeenth", "decimoseptimo", "dix septieme"],
    &["eighteenth", "decimoctavo", "dix huitieme"],
    &["nineteenth", "decimonoveno", "dix neuvieme"],
    &["twentieth", "vigesimo", "vingtieme"],
];

const MONTHS: [&[&str]; 12] = [
    &["january", "enero", "janvier"],
    &["february", "febrero", "fevrier"],
    &["march", "marzo", "mars"],
    &["april", "abril", "avril"],
    &["may", "mayo", "mai"],
    &["june", "junio", "juin"],
    &["july", "julio", "juillet"],
    &["august", "agosto", "aout"],
    &["september", "septiembre", "setiembre", "septembre"],
    &["october", "octubre", "octobre"],
    &["november", "noviembre", "novembre"],
    &["december", "diciembre", "decembre"],
];

const REST: &[Row] = &[
    (
        Meaning::Act(Act::Resolution),
        &["resolution", "resolutions", "resolucion", "resoluciones", "res"],
    ),
    (Meaning::Act(Act::Decision), &["decision", "decisions", "decisiones", "dec"]),
    (
        Meaning::Preambular,
        &[
            "preambular",
            "preamble",
            "del preambulo",
            "preambulo",
            "du preambule",
            "preambule",
            "preambulaire",
        ],
    ),
    (
        Meaning::Operative,
        &[
            "operative",
            "dispositivo",
            "dispositivos",
            "operativo",
            "operativos",
            "de la parte dispositiva",
            "du dispositif",
        ],
    ),
    (
        Meaning::And,
        &["and", "or", "as well as", "y", "e", "o", "u", "asi como", "et", "ou", "ainsi que"],
    ),
    (Meaning::To, &["to", "through", "a", "al", "au", "aux", "hasta"]),
    (Meaning::Of, &["of", "de", "del", "des", "du", "d", "under"]),
    (Meaning::The, &["the", "el", "la", "los", "las", "le", "les", "l"]),
    (Meaning::In, &["in", "by", "through", "en", "por", "mediante", "dans", "par"]),
    (Meaning::Its, &["its", "their", "su", "sus", "sa", "ses", "son", "leur", "leurs"]),
    (Meaning::Present, &["present", "this", "presente", "presentes", "esta", "este", "presents"]),
    (
        Meaning::Here,
        &[
            "above",
            "below",
            "supra",
            "infra",
            "hereof",
            "anterior",
            "anteriores",
            "precedente",
            "precedentes",
            "que antecede",
            "que anteceden",
            "que precede",
            "que preceden",
            "mas arriba",
            "mas abajo",
            "mas adelante",
            "siguiente",
            "ci dessus",
            "ci apres",
            "ci dessous",
            "qui precede",
            "qui precedent",
        ],
    ),
    (
        Meaning::Thereof,
        &[
            "thereof",
            "thereto",
            "therein",
            "de dicha resolucion",
            "de esa resolucion",
            "de ladite resolution",
        ],
    ),
    (Meaning::Ibid, &["ibid", "ibidem"]),
    (
        Meaning::Particular,
        &[
            "in particular",
            "including",
            "most recent",
            "most recently",
            "latest",
            "incluida",
            "incluidas",
            "entre ellas",
            "mas reciente",
            "mas recientes",
            "dont",
            "y compris",
            "plus recente",
            "plus recentes",
            "particularly",
            "especially",
            "notably",
            "specifically",
            "en particular",
            "en especial",
            "particularmente",
            "especialmente",
            "en particulier",
            "notamment",
            "specialement",
        ],
    ),
    (Meaning::See, &["see", "vease", "veanse", "voir"]),
    (
        Meaning::Dated,
        &[
            "dated",
            "date",
            "en date",
            "fecha",
            "de fecha",
            "adopted",
            "adopted on",
            "on",
            "aprobada",
            "aprobadas",
            "aprobada el",
            "aprobadas el",
            "adoptee",
            "adoptees",
            "adoptee le",
            "adoptees le",
            "respectively",
            "respectivamente",
            "respectivement",
            "both",
            "ambas",
            "toutes deux",
            "all",
        ],
    ),
    (
        Meaning::Paper,
        &[
            "report",
            "reports",
            "note",
            "notes",
            "letter",
            "letters",
            "document",
            "documents",
            "statement",
            "informe",
            "informes",
            "nota",
            "notas",
            "carta",
            "cartas",
            "documento",
            "documentos",
            "rapport",
            "rapports",
            "lettre",
            "lettres",
        ],
    ),
    (Meaning::Modifier(Modifier::Add), &["add"]),
    (Meaning::Modifier(Modifier::Corr), &["corr", "corrs"]),
    (Meaning::Modifier(Modifier::Rev), &["rev"]),
    (Meaning::Modifier(Modifier::Amend), &["amend"]),
    (
        Meaning::Series,
        &[
            "supplement",
            "suplemento",
            "session",
            "periodo de sesiones",
            "vol",
            "vols",
            "volume",
            "treaty",
        ],
    ),
    (
        Meaning::Years,
        &[
            "biennium",
            "period",
            "financial period",
            "bienio",
            "periodo",
            "ejercicio",
            "exercice",
            "exercice biennal",
            "periode",
            "year",
            "years",
            "ano",
            "anos",
            "annee",
            "annees",
        ],
    ),
];

/// A word in the vocabulary; 0 is every other.
pub(crate) type WordId = u16;

/// The vocabulary, ready to be looked up in.
pub(crate) struct Vocabulary {
    words: HashMap<&'static str, WordId>,
    /// By first word, the longest first.
    phrases: Vec<Vec<(Vec<WordId>, Meaning)>>,
}

/// The longest word of the vocabulary in bytes; longer ones are not looked up.
pub(crate) const LONGEST_WORD: usize = 20;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::new);

impl Vocabulary {
    pub(crate) fn get() -> &'static Self {
        &VOCABULARY
    }

    fn new() -> Self {
        let mut vocabulary = Self { words: HashMap::new(), phrases: vec![Vec::new()] };
        let mut add = |meaning, phrases: &'static [&'static str]| {
            for phrase in phrases {
                vocabulary.add(phrase, meaning);
            }
        };
        for (organ, phrases) in ORGANS {
            add(Meaning::Organ(*organ), phrases);
        }
        for (unit, count, phrases) in UNITS {
            add(Meaning::Unit(*unit, *count), phrases);
        }
        for (number, phrases) in (1..).zip(ORDINALS) {
            add(Meaning::Ordinal(number), phrases);
        }
        for (number, phrases) in (1..).zip(MONTHS) {
            add(Meaning::Month(number), phrases);
        }
        for (meaning, phrases) in REST {
            add(*meaning, phrases);
        }
        for phrases in &mut vocabulary.phrases {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        vocabulary
    }

    fn add(&mut self, phrase: &'static str, meaning: Meaning) {
        let ids: Vec<WordId> = phrase
            .split(' ')
            .map(|word| {
                let next = WordId::try_from(self.words.len() + 1).unwrap_or(WordId::MAX);
                *self.words.entry(word).or_insert(next)
            })
            .collect();
        self.phrases.resize(self.phrases.len().max(self.words.len() + 1), Vec::new());
        let Some((first, rest)) = ids.split_first() else { return };
        if let Some(list) = self.phrases.get_mut(usize::from(*first))
            && !list.iter().any(|(words, _)| words == rest)
        {
            list.push((rest.to_vec(), meaning));
        }
    }

    /// The word with this folded spelling.
    pub(crate) fn word(&self, folded: &str) -> WordId {
        self.words.get(folded).copied().unwrap_or(0)
    }

    /// The longest phrase that begins with `first`, and how many words after it belong to it. `word`
    /// gives the n-th word after the first.
    pub(crate) fn phrase(
        &self,
        first: WordId,
        word: impl Fn(usize) -> WordId,
    ) -> Option<(Meaning, usize)> {
        let list = self.phrases.get(usize::from(first)).filter(|_| first != 0)?;
        list.iter()
            .find(|(rest, _)| rest.iter().enumerate().all(|(at, id)| word(at) == *id))
            .map(|(rest, meaning)| (*meaning, rest.len()))
    }
}

/// Folds a word into `out`: small letters without accents. False when it is longer than any word of
/// the vocabulary or holds letters that none has.
pub(crate) fn fold(word: &str, out: &mut String) -> bool {
    out.clear();
    if word.len() > LONGEST_WORD + 6 {
        return false;
    }
    for c in word.chars() {
        let c = plain(c.to_ascii_lowercase());
        let c =
            if c.is_ascii_lowercase() { c } else { plain(c.to_lowercase().next().unwrap_or(c)) };
        if !c.is_ascii_lowercase() {
            return false;
        }
        out.push(c);
    }
    out.len() <= LONGEST_WORD
}

/// A small letter without its accent.
pub(crate) fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'î' | 'ï' => 'i',
        'ó' | 'ô' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}
