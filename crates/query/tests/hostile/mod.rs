//! Queries that nobody means well with, the same for a seed: in the tests a few, in the bench many.

use undex_query::{FacetBy, Fold, SearchRequest, Sort};

/// Words and what stands between them; some of them are in documents.
const PIECES: [&str; 64] = [
    "the",
    "de",
    "los",
    "security",
    "seguridad",
    "sécurité",
    "peace",
    "États",
    "a",
    "1",
    "2030",
    "x",
    "keepers",
    "gulls",
    "A/RES/78/237",
    "70/237",
    "A/",
    "S/RES/1325(2000)",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR/5",
    "NEAR/0",
    "NEAR/99999999999",
    "-",
    "--",
    "(",
    "((",
    ")",
    "\"",
    "“",
    "»",
    "\"a b\"~3",
    "~",
    "~2",
    "~9",
    "^2",
    "^0",
    "^1e9",
    "^",
    "*",
    "?",
    "*a*",
    "se*",
    "?e?u*",
    "title:",
    "heading:the",
    "note:\"",
    "verb:requests",
    "section:*",
    "lang:es,fr",
    "lang:",
    "year:2015..2021",
    "year:..",
    "year:9999999",
    "date:2021-13",
    "symbol:A/*",
    "symbol:",
    "cites:70/237",
    "role:operative",
    "type:(report,",
    "\0\u{202e}\u{feff}",
    "🙂e\u{301}\u{301}\n\t",
];

/// Characters to put into other queries.
const LETTERS: [char; 16] = [
    '(',
    ')',
    '"',
    '~',
    '^',
    '*',
    '?',
    ':',
    '-',
    '/',
    ',',
    '\\',
    '\0',
    'é',
    '\u{301}',
    '\u{1f600}',
];

/// Makes queries from a seed, without pattern: SplitMix64 (Steele, Lea and Flood, 2014).
pub(crate) struct Hostile(u64);

impl Hostile {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn pieces(&mut self, most: usize) -> String {
        let mut query = String::new();
        for _ in 0..=self.below(most) {
            query.push_str(self.one_of(&PIECES));
            if self.below(4) > 0 {
                query.push(' ');
            }
        }
        query
    }

    fn query(&mut self) -> String {
        match self.below(10) {
            0 => {
                let deep = self.below(3_000);
                let open = self.one_of(&["(", "(a OR ", "NOT (", "-(", "(\""]);
                open.repeat(deep) + "peace" + &")".repeat(self.below(deep + 2))
            }
            1 => {
                let piece = self.one_of(&PIECES);
                format!("{piece} ").repeat(self.below(6_000))
            }
            2 => (0..self.below(400))
                .filter_map(|_| char::from_u32(self.below(0x2_ffff) as u32))
                .collect(),
            3 => {
                let operators = ["AND", "OR", "NOT", "-", "NEAR/3", "~", "^"];
                (0..self.below(60)).map(|_| self.one_of(&operators).to_owned() + " ").collect()
            }
            4 => {
                let mut query = self.pieces(12);
                for _ in 0..=self.below(4) {
                    let places: Vec<usize> = query.char_indices().map(|(place, _)| place).collect();
                    let place = self.one_of(&places);
                    query.insert(place, self.one_of(&LETTERS));
                }
                query
            }
            5 => (0..self.below(50))
                .map(|_| self.one_of(&["s* ", "ain~2 ", "?e* ", "*n ", "the "]))
                .collect(),
            _ => self.pieces(24),
        }
    }

    /// A query with whatever may be asked beside it.
    pub(crate) fn request(&mut self) -> SearchRequest {
        let mut request = SearchRequest::new(self.query());
        request.limit = self.one_of(&[0, 1, 10, 10, 10, 100, 1_000, 5_000]);
        request.offset = self.one_of(&[0, 0, 0, 7, 9_999, 20_000]);
        request.sort = self.one_of(&[Sort::Relevance, Sort::Relevance, Sort::Date, Sort::Symbol]);
        request.fold =
            self.one_of(&[None, Some(Fold::Best), Some(Fold::Newest), Some(Fold::Oldest)]);
        request.by_document = self.below(8) == 0;
        request.related = self.below(2) == 0;
        request.explain = self.below(16) == 0 && request.limit <= 10;
        if self.below(8) == 0 {
            request.facets = FacetBy::ALL.into();
        }
        request
    }
}
