//! What belongs to other organizations, or to bodies whose acts have no symbol.

use undex_document::Symbol;

/// The first parts of symbols of other organizations: the International Maritime Organization, the World
/// Trade Organization, the Food and Agriculture Organization, the International Atomic Energy Agency, and
/// press releases. They are no documents of the United Nations, and no address at undocs.org leads
/// to them.
const FOREIGN_ROOTS: [&str; 28] = [
    "AU", "BWM", "CM", "COFI", "FAL", "FIDI", "FIPI", "FIRO", "GA", "GC", "GOV", "ICAO", "ICC",
    "IEC", "ILO", "IMO", "INFCIRC", "IOC", "ISO", "LC", "LEG", "MEPC", "MSC", "SC", "SOLAS", "SR",
    "STCW", "WT",
];

/// Whether a symbol is none of the United Nations.
pub(super) fn is_symbol(symbol: &Symbol) -> bool {
    // `GC(64)/RES/15` is of the same organization as `GC/64`.
    let root = symbol.root().split('(').next().unwrap_or_default();
    // `XII/3` is a decision of a conference of parties.
    FOREIGN_ROOTS.contains(&root) || root.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// Words by which bodies are called whose resolutions and decisions have no symbol: `Conference
/// resolution 6/1`, `resolución 60/2 de la Comisión`.
const BODIES: [&str; 19] = [
    "Conference",
    "Committee",
    "Commission",
    "Board",
    "Congress",
    "Authority",
    "Union",
    "Forum",
    "Conferencia",
    "Comité",
    "Comisión",
    "Junta",
    "Congreso",
    "Autoridad",
    "Unión",
    "Foro",
    "Conférence",
    "Congrès",
    "Autorité",
];

/// Whether a word with its capital is one of them.
pub(super) fn is_body(word: &str) -> bool {
    BODIES.contains(&word)
}
