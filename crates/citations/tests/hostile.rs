//! Text made at random of the pieces that citations are made of: whatever stands beside whatever, what is
//! found must make sense.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use undex_citations::{Known, Nicknames, citations, reference};
use undex_document::{Language, Pinpoint, Symbol};

const PIECES: [&str; 96] = [
    "resolution ",
    "resolutions ",
    "resolución ",
    "résolutions ",
    "decision ",
    "décision ",
    "66/24",
    "70/1",
    "217 A (III)",
    "1325 (2000)",
    "2021/7",
    "S-27/2",
    "ES-10/18",
    "3201 (S-VI)",
    "A/RES/78/237",
    "A/75/816",
    "A/61/472-S/2006/780",
    "A/55/140",
    "S/2024/228",
    "E/CN.4/2001/2",
    " and Corr.1",
    " et Add.1",
    " y Add.1–3",
    ", ",
    "; ",
    ". ",
    " and ",
    " y ",
    " et ",
    " to ",
    " a ",
    " à ",
    "(",
    ")",
    "[",
    "](#)",
    "annex ",
    "anexo I",
    "annexe",
    ", para. ",
    ", párr. ",
    ", par. ",
    "paras. ",
    "párrs. ",
    "paragraphs ",
    "sect. ",
    "chap. ",
    "art. ",
    "1",
    "12",
    "3–7",
    "9999",
    "13.1",
    "II",
    "I.A",
    "B",
    " (a)",
    " a)",
    " (ii)",
    " ii)",
    " (a) to (f)",
    "sixth ",
    "sexto ",
    "troisième ",
    "preambular paragraph",
    "párrafo del preámbulo",
    "alinéa du préambule",
    " of ",
    " de la ",
    " du ",
    "the ",
    "its ",
    "su ",
    "sa ",
    "in ",
    "Security Council ",
    "Consejo de Derechos Humanos",
    "Assemblée générale",
    "the Council",
    "ibid.",
    "Ibid., ",
    " above",
    " anterior",
    " ci-dessus",
    " of the present resolution",
    " of 16 December 2021",
    ", de 5 de diciembre de 2014,",
    " du 1er août 2021",
    "report ",
    "decision 1/CP.21",
    "\u{a0}",
    "\u{2011}",
    "\n\n",
    "é",
    "\u{1F600}",
    "\u{0}",
];

/// A generator of numbers that look random, the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

#[test]
fn what_is_found_makes_sense() {
    let symbols: Vec<Symbol> = vec!["A/77/999".parse().unwrap()];
    let known = Known { symbols, year: Some(2022) };
    let mut numbers = Numbers(20_261_125);
    let mut found = 0;
    for _ in 0..20_000 {
        let text: String =
            (0..1 + numbers.below(24)).map(|_| PIECES[numbers.below(PIECES.len())]).collect();
        let characters = text.chars().count();
        let mut last = 0;
        for citation in citations(&text, &known, &Nicknames::default()) {
            found += 1;
            let (start, end) = (citation.start as usize, citation.end as usize);
            assert!(last <= start && start < end && end <= characters, "{text:?}: {citation:?}");
            last = start;
            assert!(
                citation.candidates.first().is_none_or(|first| *first == citation.symbol),
                "{text:?}: {citation:?}"
            );
            let printed = citation.symbol.to_string();
            assert_eq!(printed.parse::<Symbol>().as_ref(), Ok(&citation.symbol), "{text:?}");
            let Some(place) = citation.pinpoint else { continue };
            for language in [Language::English, Language::Spanish, Language::French] {
                let worded = place.in_language(language).to_string();
                assert_eq!(worded.parse::<Pinpoint>().as_ref(), Ok(&place), "{text:?}: {worded}");
            }
        }
        // Read or refused, and no more.
        let _ = reference(&text, &Nicknames::default());
    }
    assert!(found > 10_000, "only {found} citations: the pieces no longer make any");
}
