//! The words that symbols are made of, and how each of them prints.

use super::parts::ModifierKind;

/// The organs that a single letter names; other roots are acronyms.
pub(super) const ORGANS: [&str; 4] = ["A", "S", "E", "T"];

/// Roots under which running text names documents even by a bare number, such as `CD/2229`. An
/// acronym that is not here has to look like a symbol in more than one way, see `scan`.
const KNOWN_ROOTS: [&str; 58] = [
    "A", "S", "E", "T", "ST", "ACC", "APLC", "BWC", "CAC", "CAT", "CBD", "CCM", "CCPR", "CCW",
    "CD", "CEB", "CED", "CEDAW", "CERD", "CLCS", "CMW", "CRC", "CRPD", "CTOC", "DP", "ECE",
    "ESCAP", "FCCC", "GC", "HRI", "HSP", "ICC-ASP", "ICCD", "ICSC", "IDB", "INFCIRC", "IPBES",
    "ISBA", "ITC", "JIU", "LOS", "NPT", "PBC", "PCNICC", "SPLOS", "SPT", "TD", "TPNW", "TRANS",
    "UNCTAD", "UNDEX", "UNEP", "UNODC", "UNW", "WFP", "SC", "WT", "CM",
];

/// Second segments under a one-letter organ that are neither body nor series of the lists below.
const UNDER_ORGANS: [&str; 4] = ["ECLAC", "INCB", "NL", "UNW"];

/// What follows the organ when a subsidiary body does, before its full stop and number.
const NUMBERED_BODIES: [&str; 18] = [
    "AC", "C", "CN", "CONF", "GC", "PC", "SC", "SUB", "WG", "GGE", "EA", "AP", "P", "HA", "COP",
    "MSP", "CHW", "EB",
];

/// Bodies named by a word alone.
const NAMED_BODIES: [&str; 29] = [
    "HRC", "COP", "MSP", "CONF", "CP", "PC", "BUR", "AC", "GGE", "C", "OP", "SP", "CSP", "COSP",
    "HLPF", "ICEF", "ECE", "ESCAP", "ECA", "ESCWA", "FFDF", "SBI", "SBSTA", "KP", "PA", "CRIC",
    "CST", "B", "EX",
];

/// Bodies below a body: they name no document.
const LOWER_BODIES: [&str; 10] = ["AC", "C", "CN", "CONF", "GC", "PC", "SC", "SUB", "WG", "GGE"];

/// The series of documents, as a word of its own or before a full stop and a number.
const SERIES: [&str; 32] = [
    "RES", "DEC", "PRST", "PET", "INF", "NGO", "REP", "PV", "SR", "L", "CRP", "WP", "R", "GC",
    "AGENDA", "NC", "SGB", "AI", "IC", "NOTE", "CO", "Q", "D", "VR", "MISC", "TP", "OBS", "COM",
    "HLS", "BP", "CPD", "HANDBOOK",
];

/// Words that modify a document, with what they make of it. All but the last two are numbered.
const MODIFIERS: [(&str, ModifierKind); 6] = [
    ("Add", ModifierKind::Addendum),
    ("Corr", ModifierKind::Corrigendum),
    ("Rev", ModifierKind::Revision),
    ("Amend", ModifierKind::Amendment),
    ("Corrigendum", ModifierKind::Corrigendum),
    ("Summary", ModifierKind::Summary),
];

/// Words that print in title case wherever they stand outside parentheses; others print in capitals.
const TITLE_CASE: [&str; 8] = ["Agenda", "OzL", "ExCom", "Hg", "Sect", "Vol", "Supp", "Resumption"];

/// Words that print in title case only beside a full stop: `UNEP/EA.5/Res.14` but `A/RES/78/237`.
const TITLE_CASE_AT_STOP: [&str; 5] = ["Res", "Dec", "Sub", "Pro", "Conv"];

/// Roots whose documents are numbered by the session of the body.
const SESSION_ROOTS: [&str; 7] = ["A", "ISBA", "SPLOS", "CLCS", "CBD", "IPBES", "ICSC"];

fn holds(list: &[&str], word: &str) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether a root is that of a body known to issue documents.
pub(super) fn is_known_root(root: &str) -> bool {
    holds(&KNOWN_ROOTS, root)
}

/// Whether the documents under a root are numbered by session.
pub(super) fn counts_sessions(root: &str) -> bool {
    holds(&SESSION_ROOTS, root)
}

/// Whether a word, without what follows its full stop, names a series.
pub(super) fn is_series(word: &str) -> bool {
    holds(&SERIES, word)
}

/// Whether a word names a series whose number stands behind a full stop.
pub(super) fn is_numbered_series(word: &str) -> bool {
    holds(&["L", "PV", "SR", "WP", "CRP"], word)
}

/// Whether a word before a full stop and a number names a body that stands below another.
pub(super) fn is_lower_body(word: &str) -> bool {
    holds(&LOWER_BODIES, word)
}

/// Whether a second segment in any case can stand under an organ of one letter.
pub(super) fn is_under_organ(word: &str) -> bool {
    holds(&UNDER_ORGANS, word)
        || holds(&NUMBERED_BODIES, word)
        || holds(&NAMED_BODIES, word)
        || is_series(word)
}

/// Whether a word may stand in small letters or title case in running text.
pub(super) fn is_any_case(word: &str) -> bool {
    title_case(word, true).is_some() || holds(&NAMED_BODIES, word) || is_series(word)
}

/// Whether a second segment names a body under the organ.
pub(super) fn is_body(segment: &str) -> bool {
    let word = segment.split(['.', '(']).next().unwrap_or_default();
    match segment.as_bytes().get(word.len()) {
        None => holds(&NAMED_BODIES, word),
        Some(b'.') => {
            let number = segment.get(word.len() + 1..).unwrap_or_default();
            holds(&NUMBERED_BODIES, word) && number.starts_with(|c: char| c.is_ascii_alphanumeric())
        }
        Some(_) => holds(&NAMED_BODIES, word),
    }
}

/// What a segment without its parentheses modifies, and its number.
pub(super) fn modifier(segment: &str) -> Option<(ModifierKind, Option<&str>)> {
    let (word, number) = match segment.split_once('.') {
        Some((word, number)) => (word, Some(number)),
        None => (segment, None),
    };
    MODIFIERS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word))
        .map(|&(_, kind)| (kind, number))
}

/// Whether a segment is nothing but the beginning of a modifier: its number is still to come.
pub(super) fn is_modifier_word(word: &str) -> bool {
    modifier(word).is_some()
}

/// How a word prints if not in capitals; `at_stop` says that a full stop stands beside it.
fn title_case(word: &str, at_stop: bool) -> Option<&'static str> {
    let modifiers = MODIFIERS.iter().map(|(name, _)| *name);
    let beside = TITLE_CASE_AT_STOP.iter().copied().filter(|_| at_stop);
    modifiers
        .chain(TITLE_CASE.iter().copied())
        .chain(beside)
        .find(|known| known.eq_ignore_ascii_case(word))
}

/// Appends a word between strokes in its canonical case. Each run of letters is cased by itself.
pub(super) fn push_cased(out: &mut String, word: &str) {
    let mut rest = word;
    let mut after_stop = false;
    while let Some(first) = rest.chars().next() {
        let run = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        if run == 0 {
            out.push(first);
            after_stop = first == '.';
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        let (letters, following) = rest.split_at(run);
        match title_case(letters, after_stop || following.starts_with('.')) {
            Some(title) => out.push_str(title),
            None => out.push_str(&letters.to_ascii_uppercase()),
        }
        rest = following;
    }
}

/// The parts of a canonical symbol between strokes; a stroke within parentheses parts nothing.
pub(super) fn strokes(symbol: &str) -> impl Iterator<Item = usize> + '_ {
    let mut open = false;
    symbol.bytes().enumerate().filter_map(move |(at, byte)| {
        match byte {
            b'(' => open = true,
            b')' => open = false,
            _ => {}
        }
        (byte == b'/' && !open).then_some(at)
    })
}

/// Whether a text is a Roman numeral of the sizes that sessions and parts have, in any case.
pub(super) fn is_roman(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| matches!(b.to_ascii_uppercase(), b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// Whether a text is a session in Roman numerals: `XXI`, `S-VI`, `ES-V`.
pub(super) fn is_roman_session(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    is_roman(upper.strip_prefix("ES-").or_else(|| upper.strip_prefix("S-")).unwrap_or(&upper))
}

/// Whether a segment is a session: up to three digits, or a special session's `S-` or `ES-` form.
pub(super) fn is_session(segment: &str) -> bool {
    is_special_session(segment) || ((1..=3).contains(&segment.len()) && is_digits(segment))
}

/// Whether a segment is `S-13` or `ES-11`.
pub(super) fn is_special_session(segment: &str) -> bool {
    segment
        .strip_prefix("ES-")
        .or_else(|| segment.strip_prefix("S-"))
        .is_some_and(|number| number.len() <= 3 && is_digits(number))
}

/// Whether a text is digits, one at least.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The year that four digits name; none outside the life of the organization.
pub(super) fn year(text: &str) -> Option<i16> {
    let year = text.parse().ok().filter(|year| (1945..2100).contains(year));
    year.filter(|_| text.len() == 4 && is_digits(text))
}

/// Spaces of every width.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// Hyphens, dashes and the minus sign, which print and converters mix up.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2014}' | '\u{2212}')
}
