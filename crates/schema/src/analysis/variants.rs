//! Forms and spellings of one word that Snowball gives different stems, brought together before and behind it.
//!
//! The rules are those of grammars and spelling guides; which of them are needed was found by stemming the
//! words of the Assembly's resolutions and of the reports, and reading the commonest pairs that differ in
//! nothing but their ending or spelling and have different stems: `gobierno` and `gobiernos`, `continuer` and
//! `continuent`, `crisis` and `crises`.

use std::borrow::Cow;

use undex_document::Language;

/// Bytes before an ending: with fewer it belongs to the root, as in `ion` and `lion`.
const LEAST_ROOT: usize = 2;

/// The word to stem in place of a lower-case word.
pub(super) fn base_form(word: &str, language: Language) -> Cow<'_, str> {
    match language {
        Language::English => english(word),
        Language::French => french(word),
        Language::Spanish => spanish(word),
        _ => Cow::Borrowed(word),
    }
}

/// Brings a stem together with those of other forms.
pub(super) fn join_stems(stem: &mut String, language: Language) {
    if language != Language::Spanish {
        return;
    }
    if let Some(known) = form_of(&SPANISH_STEMS, stem) {
        return known.clone_into(stem);
    }
    // Apliquen, aplicar; garanticen, garantizar; fortalezcan, fortalecer; identificación, identificar.
    for (ending, joined) in SPANISH_ENDINGS {
        if stem.len() > ending.len() + LEAST_ROOT && stem.ends_with(ending) {
            stem.truncate(stem.len() - ending.len());
            stem.push_str(joined);
        }
    }
}

/// What stands beside a form in a table.
fn form_of(table: &[(&str, &'static str)], form: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == form).map(|(_, base)| *base)
}

/// What stems end with before some endings, and before others.
pub(super) const SPANISH_ENDINGS: [(&str, &str); 4] =
    [("qu", "c"), ("iz", "ic"), ("zc", "c"), ("ific", "if")];

/// Stems of Spanish verbs whose vowel changes under stress, and those of their other forms.
#[rustfmt::skip]
pub(super) const SPANISH_STEMS: [(&str, &str); 85] = [
    ("acoj", "acog"), ("adquier", "adquir"), ("adviert", "advert"), ("advirt", "advert"),
    ("alient", "alent"), ("aprueb", "aprob"), ("atiend", "atend"), ("cierr", "cerr"),
    ("comienc", "comenz"), ("comienz", "comenz"), ("compong", "compon"), ("comprueb", "comprob"),
    ("conduj", "conduc"), ("confier", "confer"), ("consegu", "conseg"), ("consig", "conseg"),
    ("consigu", "consegu"), ("conteng", "conten"), ("contien", "conten"), ("conviert", "convert"),
    ("convirt", "convert"), ("corrij", "correg"), ("defiend", "defend"), ("demuestr", "demostr"),
    ("desplieg", "despleg"), ("deteng", "deten"), ("detien", "deten"), ("devuelv", "devolv"),
    ("dirij", "dirig"), ("dispong", "dispon"), ("elig", "eleg"), ("elij", "eleg"),
    ("empiec", "empez"), ("empiez", "empez"), ("entiend", "entend"), ("exij", "exig"),
    ("extiend", "extend"), ("hag", "hac"), ("impid", "imped"), ("impong", "impon"),
    ("intervien", "interven"), ("introduj", "introduc"), ("inviert", "invert"),
    ("invirt", "invert"), ("manteng", "manten"), ("mantien", "manten"), ("muestr", "mostr"),
    ("obteng", "obten"), ("obtien", "obten"), ("opong", "opon"), ("persig", "perseg"),
    ("persigu", "persegu"), ("pid", "ped"), ("pierd", "perd"), ("pong", "pon"),
    ("prefier", "prefer"), ("prefir", "prefer"), ("produj", "produc"), ("promuev", "promov"),
    ("propong", "propon"), ("prosig", "proseg"), ("prosigu", "prosegu"), ("protej", "proteg"),
    ("provien", "proven"), ("recoj", "recog"), ("recomiend", "recomend"), ("recuerd", "record"),
    ("reduj", "reduc"), ("refier", "refer"), ("refir", "refer"), ("refuerz", "reforz"),
    ("renuev", "renov"), ("repit", "repet"), ("requier", "requer"), ("requir", "requer"),
    ("resuelv", "resolv"), ("sirv", "serv"), ("sosteng", "sosten"), ("sostien", "sosten"),
    ("sugier", "suger"), ("sugir", "suger"), ("supong", "supon"), ("teng", "ten"), ("tien", "ten"),
    ("vuelv", "volv"),
];

/// The other spelling of English, and the one that stands for both.
#[rustfmt::skip]
pub(super) const ENGLISH_SPELLINGS: [(&str, &str); 47] = [
    ("acknowledgement", "acknowledgment"), ("aluminium", "aluminum"), ("anaem", "anem"),
    ("archaeo", "archeo"), ("armour", "armor"), ("behaviour", "behavior"), ("calibre", "caliber"),
    ("cataloguing", "cataloging"), ("catalogued", "cataloged"), ("catalogue", "catalog"),
    ("centre", "center"), ("centred", "centered"), ("colour", "color"), ("counsellor", "counselor"),
    ("defense", "defence"), ("diarrhoea", "diarrhea"), ("endeavour", "endeavor"),
    ("favour", "favor"), ("fibre", "fiber"), ("flavour", "flavor"), ("foetal", "fetal"),
    ("foetus", "fetus"), ("gynaeco", "gyneco"), ("haemo", "hemo"), ("harbour", "harbor"),
    ("honour", "honor"), ("humour", "humor"), ("judgement", "judgment"), ("labour", "labor"),
    ("licenc", "licens"), ("lyz", "lys"), ("maneuver", "manoeuvr"), ("metre", "meter"),
    ("neighbour", "neighbor"), ("offense", "offence"), ("orthopaed", "orthoped"),
    ("paediatr", "pediatr"), ("plough", "plow"), ("practis", "practic"), ("rigour", "rigor"),
    ("rumour", "rumor"), ("sceptic", "skeptic"), ("skilful", "skillful"), ("sulphur", "sulfur"),
    ("theatre", "theater"), ("tumour", "tumor"), ("vapour", "vapor"),
];

/// What words in `-ise` end with, and how the other spelling does.
pub(super) const ISE: [(&str, &str); 14] = [
    ("ise", "ize"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("isers", "izers"),
    ("ises", "izes"),
    ("ising", "izing"),
    ("isation", "ization"),
    ("isations", "izations"),
    ("isational", "izational"),
    ("isationally", "izationally"),
    ("isable", "izable"),
    ("isement", "izement"),
    ("isingly", "izingly"),
    ("isings", "izings"),
];

/// Beginnings of words whose `-ise` is no ending, and which have forms in other endings: adviser and advisory.
#[rustfmt::skip]
pub(super) const NOT_IN_ISE: [&str; 16] = [
    "adv", "advert", "appra", "chast", "circumc", "conc", "dev", "exc", "expert", "improv", "inc",
    "pract", "prec", "rev", "superv", "telev",
];

/// Plurals and past forms that no rule tells, and the word that they are forms of. Left out are those that are
/// more often other words: found, left, thought.
#[rustfmt::skip]
pub(super) const ENGLISH_FORMS: [(&str, &str); 118] = [
    ("addenda", "addendum"), ("appendices", "appendix"), ("arisen", "arise"), ("arose", "arise"),
    ("became", "become"), ("began", "begin"), ("begun", "begin"), ("bought", "buy"),
    ("broke", "break"), ("broken", "break"), ("brought", "bring"), ("built", "build"),
    ("businessmen", "businessman"), ("came", "come"), ("caught", "catch"), ("chairmen", "chairman"),
    ("children", "child"), ("chose", "choose"), ("chosen", "choose"), ("corrigenda", "corrigendum"),
    ("craftsmen", "craftsman"), ("criteria", "criterion"), ("curricula", "curriculum"),
    ("dealt", "deal"), ("drawn", "draw"), ("drew", "draw"), ("driven", "drive"), ("drove", "drive"),
    ("fallen", "fall"), ("fed", "feed"), ("feet", "foot"), ("fell", "fall"), ("felt", "feel"),
    ("fishermen", "fisherman"), ("fled", "flee"), ("fora", "forum"), ("forbidden", "forbid"),
    ("foresaw", "foresee"), ("foreseen", "foresee"), ("forgave", "forgive"),
    ("forgiven", "forgive"), ("forgot", "forget"), ("forgotten", "forget"), ("fought", "fight"),
    ("froze", "freeze"), ("frozen", "freeze"), ("gave", "give"), ("given", "give"),
    ("grew", "grow"), ("grown", "grow"), ("gunmen", "gunman"), ("halves", "half"),
    ("heard", "hear"), ("held", "hold"), ("housewives", "housewife"), ("indices", "index"),
    ("kept", "keep"), ("knew", "know"), ("knives", "knife"), ("known", "know"), ("led", "lead"),
    ("lent", "lend"), ("lives", "life"), ("lost", "lose"), ("made", "make"), ("matrices", "matrix"),
    ("memoranda", "memorandum"), ("men", "man"), ("met", "meet"), ("midwives", "midwife"),
    ("misled", "mislead"), ("ombudsmen", "ombudsman"), ("overcame", "overcome"),
    ("oversaw", "oversee"), ("overseen", "oversee"), ("paid", "pay"), ("phenomena", "phenomenon"),
    ("policemen", "policeman"), ("rebuilt", "rebuild"), ("referenda", "referendum"),
    ("repaid", "repay"), ("said", "say"), ("seen", "see"), ("sent", "send"),
    ("servicemen", "serviceman"), ("shown", "show"), ("sold", "sell"), ("sought", "seek"),
    ("spent", "spend"), ("spoke", "speak"), ("spoken", "speak"), ("spokesmen", "spokesman"),
    ("statesmen", "statesman"), ("stole", "steal"), ("stolen", "steal"), ("struck", "strike"),
    ("swore", "swear"), ("sworn", "swear"), ("taken", "take"), ("taught", "teach"),
    ("teeth", "tooth"), ("thieves", "thief"), ("told", "tell"), ("took", "take"),
    ("undergone", "undergo"), ("understood", "understand"), ("undertaken", "undertake"),
    ("undertook", "undertake"), ("underwent", "undergo"), ("upheld", "uphold"),
    ("withdrawn", "withdraw"), ("withdrew", "withdraw"), ("withheld", "withhold"),
    ("wives", "wife"), ("women", "woman"), ("won", "win"), ("written", "write"), ("wrote", "write"),
];

/// British spelling is that of the United Nations, but in `-ize` and `-yse`; readers write either.
fn english(word: &str) -> Cow<'_, str> {
    if let Some(base) = form_of(&ENGLISH_FORMS, word) {
        return Cow::Borrowed(base);
    }
    // The verb has no other spelling.
    if let Some(plural) = word.strip_prefix("programme").filter(|rest| matches!(*rest, "" | "s")) {
        return Cow::Owned(format!("program{plural}"));
    }
    for (one, other) in ISE {
        if let Some(root) = word.strip_suffix(one)
            && root.len() > LEAST_ROOT
            && !NOT_IN_ISE.contains(&root)
        {
            return Cow::Owned(format!("{root}{other}"));
        }
    }
    let spelt = ENGLISH_SPELLINGS.iter().filter(|(one, _)| word.contains(one));
    match spelt.max_by_key(|(one, _)| one.len()) {
        Some((one, other)) => Cow::Owned(word.replacen(one, other, 1)),
        None => Cow::Borrowed(word),
    }
}

/// What verbs of what we did or would do end with; those of what we do have no accent.
pub(super) const SPANISH_WE: [&str; 6] =
    ["ábamos", "áramos", "éramos", "ásemos", "ésemos", "íamos"];

/// Plurals in `-mos` of nouns and adjectives, without accent as the verbs of what we do.
pub(super) const SPANISH_MOS: [&str; 6] =
    ["extremos", "gramos", "kilogramos", "reclamos", "supremos", "tramos"];

fn spanish(word: &str) -> Cow<'_, str> {
    // All of these have an accent, which capitals may lack: operacion, operación, operaciones.
    if let Some(root) = word.strip_suffix("ion").filter(|root| root.len() >= LEAST_ROOT) {
        return Cow::Owned(format!("{root}ión"));
    }
    // Sociedad, sociedades.
    if word.ends_with("dades") || word.ends_with("tades") {
        return Cow::Borrowed(word.strip_suffix("es").unwrap_or(word));
    }
    // Eficaz, eficaces: the plural has the stem that it would have with a singular in -c.
    if let Some(root) = word.strip_suffix('z').filter(|root| root.len() >= LEAST_ROOT) {
        return Cow::Owned(format!("{root}c"));
    }
    if let Some(root) = word.strip_suffix("zmente").filter(|root| root.len() >= LEAST_ROOT) {
        return Cow::Owned(format!("{root}cmente"));
    }
    // Prestarnos, basándonos: the pronoun is Snowball's to take off.
    if ["arnos", "irnos", "ndonos"].iter().any(|ending| word.ends_with(ending)) {
        return Cow::Borrowed(word);
    }
    // Gobierno, gobiernos, where Snowball takes -nos for a pronoun; tarea, tareas.
    let singular = word.strip_suffix('s').filter(|root| root.len() > LEAST_ROOT + 1);
    match singular {
        Some(singular) if singular.ends_with(['a', 'o']) && !is_spanish_we(word) => {
            Cow::Borrowed(singular)
        }
        _ => Cow::Borrowed(word),
    }
}

/// Whether a word in `-mos` may be the verb of what we do: `decidimos`, not `próximos`.
fn is_spanish_we(word: &str) -> bool {
    let Some(root) = word.strip_suffix("mos") else { return false };
    let vowel = root.ends_with(['a', 'e', 'i', 'á', 'é', 'í']);
    let accented = root.contains(['á', 'é', 'í', 'ó', 'ú']);
    let of_verbs = SPANISH_WE.iter().any(|ending| word.ends_with(ending));
    vowel && (!accented || of_verbs) && !SPANISH_MOS.contains(&word)
}

/// Forms that no rule tells, and the word that they are forms of.
#[rustfmt::skip]
pub(super) const FRENCH_FORMS: [(&str, &str); 41] = [
    ("apprécie", "apprécier"), ("associe", "associer"), ("aveux", "aveu"),
    ("bénéficie", "bénéficier"), ("chercheuse", "chercheur"), ("chroniqueuse", "chroniqueur"),
    ("concilie", "concilier"), ("corapporteuse", "corapporteur"), ("coraux", "corail"),
    ("défenseuse", "défenseur"), ("déploie", "déployer"), ("effondre", "effondrer"),
    ("emploie", "employer"), ("engendre", "engendrer"), ("enjeux", "enjeu"),
    ("entraîneuse", "entraîneur"), ("entrepreneuse", "entrepreneur"), ("essaient", "essayer"),
    ("étudie", "étudier"), ("feux", "feu"), ("jeux", "jeu"), ("lieux", "lieu"),
    ("maître", "maître"), ("milieux", "milieu"), ("multiplie", "multiplier"), ("nouvel", "nouveau"),
    ("nouvelle", "nouveau"), ("paie", "payer"), ("paient", "payer"), ("pêcheuse", "pêcheur"),
    ("porteuse", "porteur"), ("publie", "publier"), ("rapporteuse", "rapporteur"),
    ("remédie", "remédier"), ("remercie", "remercier"), ("travailleuse", "travailleur"),
    ("travaux", "travail"), ("varie", "varier"), ("vendeuse", "vendeur"), ("vitraux", "vitrail"),
    ("vœux", "vœu"),
];

/// What verbs in `-re` have before it, and what to read in place of their infinitive and future so that Snowball
/// finds the stem of the other forms.
pub(super) const FRENCH_RE: [(&str, &str); 9] = [
    ("mett", "mette"), // permettre
    ("batt", "batte"),
    ("prend", "prenne"),
    ("nd", "nde"), // répondre
    ("suiv", "suive"),
    ("viv", "vivant"),
    ("clu", "clue"),  // inclure
    ("aît", "aisse"), // connaître
    ("croît", "croisse"),
];

/// The endings of their infinitive and future.
pub(super) const FRENCH_RE_ENDINGS: [&str; 5] = ["re", "ra", "ront", "rait", "raient"];

/// Endings of the present, and what to read in their place.
pub(super) const FRENCH_PRESENT: [(&str, &str); 5] = [
    ("aît", "aisse"),
    ("croît", "croisse"),
    ("prend", "prenne"),
    ("ifie", "ifier"),
    ("oient", "oyer"),
];

/// Words in `-trice` that have no form in `-teur`.
pub(super) const FRENCH_TRICE: [&str; 2] = ["cicatrice", "matrice"];

/// What verbs of what we do end with, behind which the `s` is no plural.
#[rustfmt::skip]
pub(super) const FRENCH_WE: [&str; 4] = [
    "erions", "erons", "irons", "issons",
];

/// Words in `-rs` whose `s` belongs to the singular.
#[rustfmt::skip]
pub(super) const FRENCH_SINGULARS: [&str; 8] = [
    "divers", "envers", "pervers", "revers", "tiers", "travers", "univers", "vers",
];

fn french(word: &str) -> Cow<'_, str> {
    // As Snowball does it, but before it takes what stands there for the ending of a verb: conflits, religions,
    // dangers.
    let singular = word.strip_suffix('s').filter(|root| {
        root.len() > LEAST_ROOT
            && !root.ends_with(['a', 'i', 'o', 'u', 'è', 's'])
            && !FRENCH_WE.iter().any(|ending| word.ends_with(ending))
            && !FRENCH_SINGULARS.contains(&word)
    });
    let singular = singular.unwrap_or(word);
    if let Some(base) = form_of(&FRENCH_FORMS, singular) {
        return Cow::Borrowed(base);
    }
    // Médiatrice, médiateur.
    if let Some(root) = singular.strip_suffix("trice").filter(|_| !FRENCH_TRICE.contains(&singular))
    {
        return Cow::Owned(format!("{root}teur"));
    }
    // Permettre, permettant; répondra, répondent; reconnaître, reconnaissant.
    if let Some(root) = FRENCH_RE_ENDINGS.iter().find_map(|ending| singular.strip_suffix(ending)) {
        // Maintiendra is the future of a verb in -ir.
        let known =
            FRENCH_RE.iter().find(|(end, _)| root.ends_with(end) && !root.ends_with("iend"));
        if let Some((end, other)) = known {
            return Cow::Owned(format!("{}{other}", root.strip_suffix(end).unwrap_or(root)));
        }
    }
    // Reconnaît, comprend, where these open clauses; justifie; emploient.
    for (ending, other) in FRENCH_PRESENT {
        if let Some(root) = singular.strip_suffix(ending) {
            return Cow::Owned(format!("{root}{other}"));
        }
    }
    // Continuent, continuer: Snowball leaves what is also the ending of nouns.
    if let Some(root) = word.strip_suffix("ent").filter(|root| is_french_they(word, root)) {
        return Cow::Owned(format!("{root}er"));
    }
    Cow::Borrowed(singular)
}

/// Verbs in `-mer`, whose `-ment` is no ending of nouns or adverbs.
#[rustfmt::skip]
pub(super) const FRENCH_MENT_OF_VERBS: [&str; 50] = [
    "acclament", "affament", "affirment", "aiment", "allument", "animent", "arment", "assument",
    "blâment", "chôment", "compriment", "confirment", "conforment", "consomment", "consument",
    "déforment", "dénomment", "dépriment", "désarment", "diffament", "dorment", "enferment",
    "entament", "estiment", "expriment", "ferment", "filment", "forment", "fument", "impriment",
    "infirment", "informent", "légitiment", "nomment", "oppriment", "parsèment", "présument",
    "priment", "proclament", "programment", "réaffirment", "réarment", "réclament", "réforment",
    "renferment", "répriment", "résument", "sèment", "suppriment", "transforment",
];

/// Words in `-ent` that are no verb in the plural, or hardly ever.
#[rustfmt::skip]
pub(super) const FRENCH_ENT_OF_NOUNS: [&str; 141] = [
    "absent", "abstinent", "accent", "accident", "adhérent", "adjacent", "adolescent", "afférent",
    "affluent", "ambivalent", "antécédent", "apparent", "ardent", "argent", "arpent", "astringent",
    "auvent", "avent", "client", "coefficient", "cohérent", "coïncident", "compétent", "concurrent",
    "confident", "confluent", "conscient", "consent", "conséquent", "content", "continent",
    "contingent", "convalescent", "convergent", "coprésident", "corpulent", "couvent", "décadent",
    "décent", "déférent", "déficient", "détergent", "différent", "diligent", "dissident",
    "divergent", "effervescent", "efficient", "effluent", "éloquent", "émergent", "éminent",
    "équivalent", "escient", "évent", "évident", "excédent", "excellent", "expédient", "fervent",
    "fréquent", "gradient", "immanent", "imminent", "impatient", "impertinent", "impotent",
    "imprudent", "impudent", "incident", "incohérent", "incompétent", "inconscient", "inconséquent",
    "incontinent", "inconvénient", "indécent", "indifférent", "indigent", "indolent", "indulgent",
    "inefficient", "influent", "ingrédient", "inhérent", "innocent", "insolent", "insurgent",
    "intelligent", "intermittent", "jacent", "latent", "mécontent", "négligent", "occident",
    "omniprésent", "omniscient", "onguent", "opulent", "orient", "paravent", "parent", "patent",
    "patient", "pénitent", "permanent", "pertinent", "polyvalent", "précédent", "prééminent",
    "présent", "président", "prévalent", "proéminent", "prudent", "quotient", "récent", "récipient",
    "récurrent", "référent", "rémanent", "résident", "résilient", "ressent", "réticent", "sergent",
    "serpent", "souvent", "strident", "subconscient", "subséquent", "succulent", "talent",
    "tangent", "torrent", "transparent", "trident", "turbulent", "urgent", "violent", "virulent",
];

/// Whether a word in `-ent` is the verb of what they do, in the present. Snowball knows the past in `-aient`.
fn is_french_they(word: &str, root: &str) -> bool {
    let of_one = root.ends_with("ti") || root.ends_with("vi");
    // Finissent, but not laissent.
    let second = root.strip_suffix("iss");
    let second = second
        .is_some_and(|root| root.ends_with("ou") || !root.ends_with(['a', 'e', 'i', 'o', 'u']));
    let past = root.ends_with("ai");
    match root.ends_with('m') {
        true => FRENCH_MENT_OF_VERBS.contains(&word),
        false => {
            root.len() > LEAST_ROOT
                && !(of_one || second || past || FRENCH_ENT_OF_NOUNS.contains(&word))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stem;

    #[test]
    fn forms_and_spellings_of_one_word_share_a_stem() {
        use Language::{English, French, Spanish};
        // (language, words)
        let table: [(Language, &[&str]); 78] = [
            (English, &["crisis", "crises"]),
            (English, &["woman", "women"]),
            (English, &["undertake", "undertook", "undertaken", "undertaking"]),
            (English, &["analysis", "analyses", "analyse", "analyzing", "analyzed"]),
            (English, &["emphasis", "emphasizes", "emphasises"]),
            (English, &["create", "creation", "created"]),
            (English, &["empower", "empowerment", "empowering"]),
            (English, &["environment", "environmental", "environments"]),
            (English, &["government", "governmental", "governments"]),
            (English, &["labour", "labor", "labours"]),
            (English, &["neighbouring", "neighboring"]),
            (English, &["defence", "defense"]),
            (English, &["centres", "centers", "centre", "centred"]),
            (English, &["programme", "program", "programmes", "programming"]),
            (English, &["prioritise", "prioritize", "prioritising", "prioritization"]),
            (English, &["practise", "practice", "practising", "practices"]),
            (English, &["adviser", "advise", "advised"]),
            (English, &["revise", "revised", "revising"]),
            (English, &["exercise", "exercised", "exercising"]),
            (English, &["travelled", "traveled", "travel"]),
            (English, &["ageing", "aging"]),
            (English, &["catalogue", "catalogs", "catalogued", "cataloguing"]),
            (English, &["manoeuvre", "maneuver", "manoeuvring"]),
            (English, &["recognisable", "recognizable"]),
            (English, &["paediatric", "pediatrics"]),
            (Spanish, &["gobierno", "gobiernos"]),
            (Spanish, &["próximo", "próximos", "próximas"]),
            (Spanish, &["préstamo", "préstamos"]),
            (Spanish, &["supremo", "supremos"]),
            (Spanish, &["sociedad", "sociedades"]),
            (Spanish, &["libertad", "libertades"]),
            (Spanish, &["tarea", "tareas"]),
            (Spanish, &["eficaz", "eficaces", "eficazmente"]),
            (Spanish, &["raíz", "raíces"]),
            (Spanish, &["realizar", "realice", "realización", "realizado"]),
            (Spanish, &["aplicar", "aplique", "apliquen"]),
            (Spanish, &["intensificar", "intensifique", "intensificación"]),
            (Spanish, &["fortalecer", "fortalezca", "fortalezcan"]),
            (Spanish, &["pedir", "pide", "pida", "pidiendo"]),
            (Spanish, &["elegir", "eligió", "elija"]),
            (Spanish, &["mantener", "mantenga", "mantiene"]),
            (Spanish, &["introducir", "introduzca", "introdujo"]),
            (Spanish, &["prestar", "prestarnos"]),
            (Spanish, &["financiero", "financiera"]),
            (Spanish, &["líder", "líderes"]),
            (Spanish, &["juez", "jueces", "jueza"]),
            (Spanish, &["promover", "promueva", "promueve"]),
            (Spanish, &["alentar", "alienta", "alentando"]),
            (Spanish, &["intervenir", "interviene"]),
            (Spanish, &["decidir", "decidimos"]),
            (Spanish, &["operacion", "operación", "operaciones"]),
            (French, &["conflit", "conflits"]),
            (French, &["religion", "religions"]),
            (French, &["danger", "dangers"]),
            (French, &["travail", "travaux"]),
            (French, &["continuer", "continuent", "continué"]),
            (French, &["apprécier", "apprécient"]),
            (French, &["considérer", "considèrent", "considère"]),
            (French, &["réaffirmer", "réaffirment"]),
            (French, &["médiateur", "médiatrice", "médiatrices", "médiateurs"]),
            (French, &["rapporteur", "rapporteuse", "rapporteuses"]),
            (French, &["laisser", "laissent"]),
            (French, &["permettre", "permettent", "permettant", "permettra"]),
            (French, &["comprendre", "comprennent", "comprenant"]),
            (French, &["répondre", "répondent", "répondant"]),
            (French, &["reconnaître", "reconnaissent", "reconnaissant"]),
            (French, &["poursuivre", "poursuivent", "poursuivant"]),
            (French, &["reconnaître", "reconnaît"]),
            (French, &["prendre", "prend", "prennent"]),
            (French, &["apprécier", "apprécie"]),
            (French, &["employer", "emploient"]),
            (French, &["épanouir", "épanouissent"]),
            (French, &["loi", "lois"]),
            (French, &["jouir", "jouissent", "jouissance"]),
            (French, &["milieu", "milieux"]),
            (French, &["nouveau", "nouvelle", "nouveaux", "nouvelles"]),
            (French, &["étranger", "étrangère", "étrangers", "étrangères"]),
            (French, &["petit", "petites", "petits", "petite"]),
        ];
        for (language, words) in table {
            let stems: Vec<String> = words.iter().map(|word| stem(word, language)).collect();
            assert!(stems.iter().all(|stem| Some(stem) == stems.first()), "{words:?}: {stems:?}");
        }
    }

    #[test]
    fn words_that_only_look_like_forms_stay_as_they_are() {
        use Language::{English, French, Spanish};
        // (language, word, another)
        let table = [
            (English, "labour", "laboratory"),
            (English, "environment", "environs"),
            (English, "governance", "government"),
            (English, "advise", "advertise"),
            (English, "expertise", "experts"),
            (English, "offence", "offensive"),
            (English, "litre", "literal"),
            (Spanish, "capaz", "capacidad"),
            (Spanish, "pólizas", "policía"),
            (Spanish, "marco", "marzo"),
            (Spanish, "plaza", "placa"),
            (Spanish, "unidades", "unidas"),
            (French, "vivre", "vivement"),
            (French, "vivre", "vive"),
            (French, "rendre", "rendement"),
            (French, "loisirs", "lois"),
            (French, "délits", "délais"),
            (French, "coprésident", "coprésidé"),
            (French, "foyers", "foi"),
            (French, "étranger", "étrange"),
            (French, "parent", "parer"),
            (French, "orient", "orier"),
            (French, "argent", "arguer"),
            (French, "traitement", "traiter"),
            (French, "moment", "momer"),
            (French, "matrice", "mateur"),
            (French, "finissent", "finisser"),
            (French, "obtient", "obtier"),
            (French, "jouir", "jouer"),
            (French, "maître", "maisse"),
            (French, "engendrer", "engende"),
        ];
        for (language, word, other) in table {
            assert_ne!(stem(word, language), stem(other, language), "{word}, {other}");
        }
        assert_eq!(base_form("labour", Language::Russian), "labour");
    }
}
