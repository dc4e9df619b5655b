//! The words a document is made of, and which pieces of text cannot be words.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use rust_stemmers::{Algorithm, Stemmer};
use undex_document::Language;

use crate::normal_form::LINE_HYPHEN;
use crate::structure::Block;

/// Words of this many letters or more are known by their stem too.
const STEMMED: usize = 6;

/// A piece of this many letters that stands nowhere else is a broken one beside a common word, when
/// joining them gives a common word: `de sarrollo`. Shorter ones may be words of their own, as in
/// `en torno` beside `entorno`.
const LONG_PIECE: usize = 7;

/// How often a word stands in a document to be common there.
const COMMON: u32 = 3;

/// Words divided at line ends, known whole from elsewhere in the document, that show that it divides words.
const DIVIDED: usize = 4;

/// As many times more must they be than compounds that a line end happens to part at their hyphen.
const TO_COMPOUNDS: usize = 4;

/// Letters that words of a language end in; loans apart, a piece that ends in another was cut off.
fn final_letters(language: Language) -> &'static str {
    match language {
        Language::Spanish => "aeiouáéíóúnsrldzjxyü",
        Language::French => "aeiouàâéèêëîïôùûnsrldztxcfpgmbq",
        _ => "",
    }
}

/// Words of one letter, by language.
fn one_letter_words(language: Language) -> &'static str {
    match language {
        Language::English => "aio",
        Language::French => "aàyô",
        Language::Spanish => "aeouy",
        _ => "",
    }
}

/// Words so common that they stand in any text, however short the document at hand.
fn function_words(language: Language) -> &'static [&'static str] {
    match language {
        Language::English => &[
            "the", "of", "and", "to", "in", "for", "on", "by", "with", "as", "at", "an", "be",
            "is", "are", "it", "its", "that", "this", "or", "not", "all", "any", "from", "has",
            "was", "one", "may", "can", "every", "some", "under", "up", "over", "out",
        ],
        Language::French => &[
            "le", "la", "les", "de", "des", "du", "et", "en", "un", "une", "au", "aux", "par",
            "pour", "dans", "sur", "que", "qui", "ce", "se", "sa", "son", "ses", "est", "ou", "ne",
            "pas", "plus", "il", "elle", "sous", "tout", "bien", "leur",
        ],
        Language::Spanish => &[
            "el", "la", "los", "las", "de", "del", "en", "un", "una", "al", "por", "para", "con",
            "que", "se", "su", "sus", "lo", "no", "es", "ni", "si", "más", "sin", "tan", "bien",
            "todo", "sobre", "como", "ser", "fin", "vez", "les", "le",
        ],
        _ => &[],
    }
}

/// The words of a document, counted.
pub(crate) struct Lexicon<'c> {
    counts: HashMap<String, u32>,
    compounds: HashSet<String>,
    parted: bool,
    /// Whether the document divides words at the ends of its lines.
    divides: bool,
    /// How often a piece of a word stands at a hyphen at the end of a line.
    pieces: HashMap<String, u32>,
    /// Stemmed when first asked for: most joined words stand in the document as they are.
    stems: OnceCell<HashSet<String>>,
    stemmer: Option<Stemmer>,
    language: Language,
    confirmed: Option<&'c BTreeSet<String>>,
}

/// Whether a hyphen stands between two pieces wherever they meet: `self-defence`, `lui-même`.
fn keeps_hyphen(language: Language, left: &str, right: &str) -> bool {
    match language {
        Language::English => ["self", "non", "well", "vice", "quasi"].contains(&left),
        Language::French => ["ci", "là", "même", "mêmes", "uns", "unes"].contains(&right),
        _ => false,
    }
}

/// The letters next to a hyphen on either side, in lower case.
pub(super) fn around_hyphen(left: &str, right: &str) -> (String, String) {
    let edge = |c: char| !c.is_alphabetic();
    let left = left.rsplit(edge).next().unwrap_or_default();
    let right = right.split(edge).next().unwrap_or_default();
    (left.to_lowercase(), right.to_lowercase())
}

/// What stands before and behind the hyphens at line ends of a text, in lower case.
fn line_ends(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for word in text.split(' ').filter(|word| word.contains(LINE_HYPHEN)) {
        let mut parts = word.split(LINE_HYPHEN).peekable();
        while let (Some(left), Some(right)) = (parts.next(), parts.peek()) {
            let Some(left) = left.strip_suffix(['-', '\u{2010}']) else { continue };
            let (left, right) = around_hyphen(left, right);
            if !left.is_empty() && !right.is_empty() {
                pairs.push((left, right));
            }
        }
    }
    pairs
}

/// What to do with two neighbouring pieces of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// They are one broken word.
    Join,
    /// They would be one if the corpus knew the joined word.
    Undecided,
    /// They are two words.
    Keep,
}

impl<'c> Lexicon<'c> {
    /// The lexicon of a document's blocks. `confirmed` are the pairs of pieces, parted by a space,
    /// that the corpus has shown to be one word.
    pub(crate) fn of(
        blocks: &[Block],
        language: Language,
        confirmed: Option<&'c BTreeSet<String>>,
    ) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        let mut compounds = HashSet::new();
        let mut at_line_ends: Vec<(String, String)> = Vec::new();
        let texts = blocks.iter().flat_map(|block| {
            std::iter::once(block.text.as_str()).chain(block.notes.iter().map(|n| n.text.as_str()))
        });
        for text in texts {
            for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
                *counts.entry(word.to_lowercase()).or_insert(0) += 1;
            }
            let inside = |word: &&str| word.trim_matches('-').contains('-');
            // What stands at the end of a line is no witness for itself.
            let whole = text.split(' ').filter(|word| !word.contains(LINE_HYPHEN)).map(trimmed);
            compounds.extend(whole.filter(inside).map(str::to_lowercase));
            at_line_ends.extend(line_ends(text));
        }
        let held = |joined: &str| counts.contains_key(joined);
        let (words, compound): (Vec<_>, Vec<_>) = at_line_ends
            .iter()
            .filter(|(l, r)| held(&format!("{l}{r}")) || compounds.contains(&format!("{l}-{r}")))
            .partition(|(l, r)| !compounds.contains(&format!("{l}-{r}")));
        let mut pieces: HashMap<String, u32> = HashMap::new();
        for piece in at_line_ends.iter().flat_map(|(l, r)| [l, r]) {
            *pieces.entry(piece.clone()).or_insert(0) += 1;
        }
        let divides = words.len() >= DIVIDED && words.len() >= TO_COMPOUNDS * compound.len();
        let parted = blocks.iter().any(|block| {
            let words: Vec<&str> = block.text.split(' ').collect();
            words.windows(2).any(|pair| match pair {
                [left, right] if right.starts_with('-') => {
                    let compound = format!("{}-{}", trimmed(left), trimmed(right)).to_lowercase();
                    right.len() > 1 && compounds.contains(&compound)
                }
                _ => false,
            })
        });
        let algorithm = match language {
            Language::English => Some(Algorithm::English),
            Language::French => Some(Algorithm::French),
            Language::Spanish => Some(Algorithm::Spanish),
            _ => None,
        };
        let stemmer = algorithm.map(Stemmer::create);
        Self {
            counts,
            compounds,
            parted,
            divides,
            pieces,
            stems: OnceCell::new(),
            stemmer,
            language,
            confirmed,
        }
    }

    /// The stems of the longer words.
    fn stems(&self, stemmer: &Stemmer) -> &HashSet<String> {
        self.stems.get_or_init(|| {
            let long = self.counts.keys().filter(|word| word.chars().count() >= STEMMED);
            long.map(|word| stemmer.stem(word).into_owned()).collect()
        })
    }

    fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or(0)
    }

    /// Whether a word stands elsewhere than at the end of a line.
    fn stands(&self, word: &str) -> bool {
        self.count(word) > self.pieces.get(word).copied().unwrap_or(0)
    }

    /// Whether a compound with a hyphen, in lower case, stands in the document.
    pub(crate) fn knows_compound(&self, compound: &str) -> bool {
        self.compounds.contains(compound)
    }

    /// Whether the converter set spaces before hyphens: words that begin with one stand in the
    /// document, and some are pieces of compounds that stand whole elsewhere.
    pub(crate) fn parts_hyphens(&self) -> bool {
        self.parted
    }

    /// Whether a number stands in the document elsewhere.
    pub(crate) fn knows_number(&self, number: &str) -> bool {
        self.count(number) > 0
    }

    /// Judges two neighbouring pieces in lower case; `next` is the word after them.
    pub(crate) fn judge(&self, left: &str, right: &str, next: Option<&str>) -> Verdict {
        let joined = format!("{left}{right}");
        let times = self.count(&joined);
        if self.is_no_word(left) || self.is_no_word(right) || self.is_misplaced(right, next) {
            return self.verdict(times > 0 || self.is_inflected(&joined, left), left, right);
        }
        match (self.is_common(left), self.is_common(right)) {
            // Neither stands anywhere else.
            (false, false) => {
                self.verdict(times > 0 || self.is_inflected(&joined, left), left, right)
            }
            (false, true) if self.is_cut_off(left) => self.verdict(times > 0, left, right),
            (true, false) if right.chars().count() >= LONG_PIECE && times >= COMMON => {
                Verdict::Join
            }
            _ => Verdict::Keep,
        }
    }

    /// Judges two pieces in lower case that a hyphen at the end of a line parts. `compound` says whether
    /// another hyphen stands before, as in `state-of-the-` and `art`.
    pub(crate) fn judge_hyphen(&self, left: &str, right: &str, compound: bool) -> Verdict {
        if left.is_empty() || right.is_empty() || self.knows_compound(&format!("{left}-{right}")) {
            return Verdict::Keep;
        }
        let joined = format!("{left}{right}");
        let known = self.count(&joined) > 0 || self.is_inflected(&joined, left);
        // Where words are divided, two that are both words elsewhere may still be a compound.
        let compound = compound
            || keeps_hyphen(self.language, left, right)
            || self.stands(left) && self.stands(right);
        let divided = self.divides && !compound;
        self.verdict(known || divided, &format!("{left}-"), right)
    }

    fn verdict(&self, known: bool, left: &str, right: &str) -> Verdict {
        if known {
            return Verdict::Join;
        }
        match self.confirmed {
            Some(pairs) if pairs.contains(&format!("{left} {right}")) => Verdict::Join,
            _ => Verdict::Undecided,
        }
    }

    /// Whether a piece is a word: it stands elsewhere, or in any text.
    fn is_common(&self, piece: &str) -> bool {
        self.count(piece) > 1 || function_words(self.language).contains(&piece)
    }

    /// Whether another form of the word stands in the document. Its own left piece is none: to the
    /// stemmer `participatefully` is a form of `participate`.
    fn is_inflected(&self, word: &str, left: &str) -> bool {
        word.chars().count() >= STEMMED
            && self.stemmer.as_ref().is_some_and(|stemmer| {
                let stem = stemmer.stem(word);
                stem != stemmer.stem(left) && self.stems(stemmer).contains(stem.as_ref())
            })
    }

    /// A single letter that is no word of the language.
    fn is_no_word(&self, piece: &str) -> bool {
        piece.chars().count() == 1
            && self.stemmer.is_some()
            && !one_letter_words(self.language).contains(piece)
    }

    /// Spanish `e` and `u` stand for `y` and `o` only before the same sound.
    fn is_misplaced(&self, piece: &str, next: Option<&str>) -> bool {
        let next = next.unwrap_or_default().trim_start_matches('h');
        self.language == Language::Spanish
            && match piece {
                "e" => !next.starts_with(['i', 'í', 'y']),
                "u" => !next.starts_with(['o', 'ó']),
                _ => false,
            }
    }

    /// Whether a piece ends as no word of the language does.
    fn is_cut_off(&self, piece: &str) -> bool {
        let finals = final_letters(self.language);
        !finals.is_empty() && piece.chars().next_back().is_some_and(|c| !finals.contains(c))
    }
}

/// A word without the punctuation around it.
fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::Shape;

    #[test]
    fn verdicts() {
        let text = "El desarrollo de los mapas pacífico. El desarrollo. El desarrollo del entorno, otros y \
                    otra índole. Para reducirlos. Los bienes. De un modo. El no. La reducir los otro s. en torno. \
                    pací ficos, índol e, de sarrollo, aplicab le, aplicable, le, le, un, herra mientas";
        let blocks = [Block::new(Shape::Body, text)];
        let lexicon = Lexicon::of(&blocks, Language::Spanish, None);
        // (left, right, next, verdict, why)
        let table = [
            ("pací", "ficos", None, Verdict::Join, "an inflected form stands elsewhere"),
            ("índol", "e", Some("para"), Verdict::Join, "the conjunction stands before i only"),
            ("de", "sarrollo", None, Verdict::Join, "a long piece of a common word"),
            ("de", "l", Some("entorno"), Verdict::Join, "l is no word"),
            ("otro", "s", None, Verdict::Join, "s is no word"),
            ("aplicab", "le", None, Verdict::Join, "no word ends in b"),
            ("reducir", "los", None, Verdict::Keep, "verb and pronoun"),
            ("en", "torno", None, Verdict::Keep, "both are words"),
            ("herra", "mientas", None, Verdict::Undecided, "nothing is known of the joined word"),
        ];
        for (left, right, next, verdict, why) in table {
            assert_eq!(lexicon.judge(left, right, next), verdict, "{why}");
        }
        let text = "They participate fully in it.";
        let english = [Block::new(Shape::Body, text)];
        let lexicon_en = Lexicon::of(&english, Language::English, None);
        assert_eq!(
            lexicon_en.judge("participate", "fully", None),
            Verdict::Undecided,
            "its own stem"
        );
        let confirmed = BTreeSet::from(["herra mientas".to_owned()]);
        let lexicon = Lexicon::of(&blocks, Language::Spanish, Some(&confirmed));
        assert_eq!(lexicon.judge("herra", "mientas", None), Verdict::Join, "the corpus knows");
    }

    #[test]
    fn a_document_that_divides_words_at_line_ends_divides_those_it_has_once() {
        let whole = "lighthouse harbour keepers evening north sea sea-bed half time";
        let divided =
            ["light-\u{E002}house", "har-\u{E002}bour", "keep-\u{E002}ers", "even-\u{E002}ing"];
        let once = ["foun-\u{E002}tain", "north-\u{E002}sea", "sea-\u{E002}bed"];
        // (words at line ends, verdicts on those that stand once, why)
        let table = [
            (4, [Verdict::Join, Verdict::Undecided, Verdict::Keep], "words are divided"),
            (3, [Verdict::Undecided, Verdict::Undecided, Verdict::Keep], "it may be chance"),
        ];
        for (count, expected, why) in table {
            let text = format!("{whole} {} {}", divided[..count].join(" "), once.join(" "));
            let blocks = [Block::new(Shape::Body, text)];
            let lexicon = Lexicon::of(&blocks, Language::English, None);
            let judged = [("foun", "tain"), ("north", "sea"), ("sea", "bed")]
                .map(|(left, right)| lexicon.judge_hyphen(left, right, false));
            assert_eq!(judged, expected, "{why}");
            let compound = lexicon.judge_hyphen("foun", "tain", true);
            assert_eq!(compound, Verdict::Undecided, "a hyphen stands before");
            assert_eq!(lexicon.judge_hyphen("self", "tain", false), Verdict::Undecided);
        }
    }
}
