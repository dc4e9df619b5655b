//! One table per step from text to terms.

use undex_document::Language;

use super::fold::{keeps_typed_accents, without_vowel_accents};
use super::{Form, MAX_WORD_BYTES, WordScanner, exceptions, fold, lower, stem, variants};
use crate::{FORMAT_VERSION, parts_digest};

fn words(text: &str) -> Vec<String> {
    let mut scanner = WordScanner::new(text);
    let mut words = Vec::new();
    while scanner.advance() {
        words.push(scanner.lower().to_owned());
    }
    words
}

fn terms(form: Form, text: &str) -> Vec<String> {
    form.tokens(text).into_iter().map(|token| token.text).collect()
}

#[test]
fn words_of_a_text() {
    // (text, words, why)
    let table: [(&str, &[&str], &str); 14] = [
        ("Medidas de confianza.", &["medidas", "de", "confianza"], "lower case, no punctuation"),
        ("A/AC.290/2021/L.2", &["a", "ac", "290", "2021", "l", "2"], "a symbol gives its parts"),
        ("70/237", &["70", "237"], "a resolution's number too"),
        ("l’État", &["l", "état"], "typographic apostrophe"),
        ("l'État", &["l", "état"], "straight apostrophe"),
        ("re\u{301}solution", &["r\u{e9}solution"], "combining accent, to form C"),
        ("RE\u{301}SOLUTION", &["r\u{e9}solution"], "combining accent on a capital"),
        ("ре\u{ad}золюция", &["резолюция"], "soft hyphen inside a word"),
        ("cyber-sécurité", &["cyber", "sécurité"], "hyphen"),
        ("决议草案", &["决", "议", "草", "案"], "ideographs one by one"),
        ("1º de 2°", &["1º", "de", "2"], "ordinal sign is a letter, degree sign is not"),
        ("state_of", &["state", "of"], "underscore of Markdown"),
        ("", &[], "nothing"),
        ("\u{301}a", &["a"], "a combining mark begins no word"),
    ];
    for (text, expected, why) in table {
        assert_eq!(words(text), expected, "{why}");
    }
}

#[test]
fn places_refer_to_the_text_as_given() {
    let text = "L’E\u{301}tat, le droit";
    let tokens = Form::Exact.tokens(text);
    let places: Vec<&str> = tokens.iter().map(|t| &text[t.offset_from..t.offset_to]).collect();
    assert_eq!(places, ["L", "E\u{301}tat", "le", "droit"]);
    assert_eq!(tokens.iter().map(|t| t.position).collect::<Vec<_>>(), [0, 1, 2, 3]);
}

#[test]
fn endless_words_are_left_out() {
    let long = "x".repeat(MAX_WORD_BYTES + 1);
    assert_eq!(words(&format!("a {long} b")), ["a", "b"]);
    assert_eq!(words(&"x".repeat(MAX_WORD_BYTES)).len(), 1);
}

#[test]
fn folding() {
    // (word, folded, why)
    let table = [
        ("operación", "operacion", "acute"),
        ("sécurité", "securite", "twice"),
        ("español", "espanol", "tilde"),
        ("façade", "facade", "cedilla"),
        ("œuvre", "oeuvre", "ligature without decomposition"),
        ("ﬁn", "fin", "ligature with one"),
        ("straße", "strasse", "sharp s"),
        ("1º", "1o", "ordinal sign"),
        ("plain", "plain", "nothing to do"),
    ];
    for (word, folded, why) in table {
        assert_eq!(fold(word), folded, "{why}");
    }
}

#[test]
fn typed_accents() {
    // (typed, form, kept, why)
    let table = [
        ("securite", "sécurité", true, "none typed"),
        ("sécurite", "sécurité", true, "one of two typed"),
        ("año", "ano", false, "another word"),
        ("publico", "publicó", true, "none typed"),
        ("público", "publicó", false, "another accent"),
        ("aplicación", "aplicacion", false, "lost in the form"),
        ("oeuvre", "œuvre", true, "a ligature is shorter"),
    ];
    for (typed, form, kept, why) in table {
        assert_eq!(keeps_typed_accents(typed, form), kept, "{why}");
    }
    assert_eq!(without_vowel_accents("señalización"), "señalizacion");
    assert_eq!(without_vowel_accents("français"), "français");
}

#[test]
fn stems() {
    use Language::{English, French, Russian, Spanish};
    // (language, words that share a stem, why)
    let table: [(Language, &[&str], &str); 8] = [
        (English, &["resolution", "resolutions"], "plural"),
        (Spanish, &["operación", "operaciones", "operacion"], "-ion without accent"),
        (Spanish, &["decisión", "decisiones", "decision"], "-sion"),
        (Spanish, &["conexión", "conexiones", "conexion"], "-xion"),
        (Spanish, &["internacional", "internacionales"], "plural"),
        (French, &["sécurité", "sécurités"], "plural"),
        (French, &["national", "nationale", "nationaux"], "gender and plural"),
        (Russian, &["резолюция"], "no stemmer: the word"),
    ];
    for (language, words, why) in table {
        let stems: Vec<String> = words.iter().map(|word| stem(word, language)).collect();
        assert!(stems.iter().all(|stem| *stem == stems[0]), "{why}: {stems:?}");
    }
    assert_eq!(stem("резолюция", Russian), "резолюция");
    // Asked again, the stem comes from memory.
    assert_eq!(stem("resolutions", English), stem("resolutions", English));
}

#[test]
fn terms_of_each_form() {
    use Form::{Exact, Stemmed};
    use Language::{English, French, Russian, Spanish};
    // (form, text, terms, why)
    let table: [(Form, &str, &[&str], &str); 10] = [
        (Exact, "L’Assemblée générale", &["l", "assemblee", "generale"], "elision parted, folded"),
        (Stemmed(French), "l’eau d'abord", &["eau", "abord"], "elided words left out"),
        (Stemmed(French), "qu’elle jusqu’ici", &["elle", "ici"], "longer ones"),
        (Stemmed(French), "aujourd’hui", &["aujourd", "hui"], "no elision, both parts kept"),
        (Stemmed(French), "point d", &["point", "d"], "a letter without apostrophe stays"),
        (Stemmed(English), "the State’s duty", &["the", "state", "duti"], "possessive left out"),
        (Stemmed(English), "States' s", &["state", "s"], "not a possessive"),
        (Stemmed(Spanish), "los derechos", &["los", "derech"], "no elision"),
        (Stemmed(Russian), "Йод", &["иод"], "folded, not stemmed"),
        (Exact, "A/RES/78/237", &["a", "res", "78", "237"], "symbol"),
    ];
    for (form, text, expected, why) in table {
        assert_eq!(terms(form, text), expected, "{why}");
    }
}

#[test]
fn lower_case_is_in_form_c() {
    assert_eq!(lower("SE\u{301}CURITE\u{301}"), "sécurité");
    assert_eq!(lower("É"), "é");
}

/// Digest of the lists of words of each format version. A line that was released is never changed.
const LISTS: [(u32, &str); 3] = [
    (6, "6fa7d9f088b2cb776d9da62869b8db1677184d2595d09f170a43d0623251e38e"),
    (7, "6fa7d9f088b2cb776d9da62869b8db1677184d2595d09f170a43d0623251e38e"),
    (8, "6fa7d9f088b2cb776d9da62869b8db1677184d2595d09f170a43d0623251e38e"),
];

#[test]
fn a_change_of_the_lists_raises_the_format_version() {
    let lists = [
        format!("{:?}", exceptions::ENGLISH),
        format!("{:?}", exceptions::FRENCH),
        format!("{:?}", exceptions::SPANISH),
        format!("{:?}", (variants::SPANISH_STEMS, variants::SPANISH_ENDINGS)),
        format!("{:?}", variants::ENGLISH_SPELLINGS),
        format!("{:?}", (variants::ISE, variants::NOT_IN_ISE)),
        format!("{:?}", variants::ENGLISH_FORMS),
        format!("{:?}", (variants::SPANISH_WE, variants::SPANISH_MOS)),
        format!("{:?}", variants::FRENCH_FORMS),
        format!("{:?}", (variants::FRENCH_RE, variants::FRENCH_RE_ENDINGS)),
        format!("{:?}", (variants::FRENCH_PRESENT, variants::FRENCH_TRICE)),
        format!("{:?}", (variants::FRENCH_WE, variants::FRENCH_SINGULARS)),
        format!("{:?}", variants::FRENCH_MENT_OF_VERBS),
        format!("{:?}", variants::FRENCH_ENT_OF_NOUNS),
    ];
    let found = parts_digest(lists.iter().map(|list| list.as_bytes()));
    let recorded = LISTS.iter().find(|(version, _)| *version == FORMAT_VERSION);
    assert!(
        recorded.is_some_and(|(_, recorded)| *recorded == found),
        "the lists of words are not those of format {FORMAT_VERSION}: raise it as the test of its \
         fingerprint says, and add the digest {found} to LISTS here"
    );
}
