//! Joins the pieces of broken words and numbers.

use std::collections::BTreeSet;

use super::lexicon::{Lexicon, Verdict, around_hyphen};
use crate::normal_form::LINE_HYPHEN;
use crate::structure::Block;
use crate::{Repair, RepairKind};

/// What was mended, and what could be if the corpus knew the words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mended {
    pub repairs: Vec<Repair>,
    pub undecided: Vec<String>,
}

/// Whether a word is divided at the end of a line.
pub(crate) fn divided(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| {
        block.text.contains(LINE_HYPHEN)
            || block.notes.iter().any(|note| note.text.contains(LINE_HYPHEN))
    })
}

/// Mends every block and its notes in place: words divided at the ends of lines, and, where a converter
/// may have broken them, words with spaces inside.
pub(crate) fn mend(blocks: &mut [Block], lexicon: &Lexicon<'_>, broken: bool) -> Mended {
    let mut repairs = Vec::new();
    let mut undecided = BTreeSet::new();
    for (at, block) in blocks.iter_mut().enumerate() {
        let ordinal = u32::try_from(at).unwrap_or(u32::MAX);
        let texts =
            std::iter::once(&mut block.text).chain(block.notes.iter_mut().map(|n| &mut n.text));
        for text in texts {
            if let Some(mended) =
                mend_text(text, ordinal, lexicon, broken, &mut repairs, &mut undecided)
            {
                *text = mended;
            }
        }
    }
    Mended { repairs, undecided: undecided.into_iter().collect() }
}

/// A word between spaces: its letters, with the punctuation around them.
#[derive(Clone, Copy)]
struct Token<'t> {
    whole: &'t str,
    core: &'t str,
    /// Whether letters stand at the very start, and at the very end.
    open_start: bool,
    open_end: bool,
}

impl<'t> Token<'t> {
    fn new(whole: &'t str) -> Self {
        let core = whole.trim_matches(|c: char| !c.is_alphanumeric());
        Self {
            whole,
            core,
            open_start: whole.starts_with(char::is_alphanumeric),
            open_end: whole.ends_with(char::is_alphanumeric),
        }
    }

    fn is_word(&self) -> bool {
        !self.core.is_empty() && self.core.chars().all(char::is_alphabetic)
    }

    fn is_number(&self) -> bool {
        !self.core.is_empty() && self.core.bytes().all(|b| b.is_ascii_digit())
    }
}

fn mend_text(
    text: &str,
    ordinal: u32,
    lexicon: &Lexicon<'_>,
    broken: bool,
    repairs: &mut Vec<Repair>,
    undecided: &mut BTreeSet<String>,
) -> Option<String> {
    if !broken && !text.contains(LINE_HYPHEN) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut changed = false;
    let mut tokens = text.split(' ').peekable();
    while let Some(first) = tokens.next() {
        let mut whole = first.to_owned();
        if first.contains(LINE_HYPHEN) {
            whole = undo_hyphens(first, ordinal, lexicon, repairs, undecided);
            changed = true;
        }
        while let Some(next) = tokens.peek().copied().filter(|_| broken) {
            let mut following = tokens.clone();
            following.next();
            let after = following.next().map(|word| Token::new(word).core.to_lowercase());
            let pair = (Token::new(&whole), Token::new(next));
            let kind = match join(&pair.0, &pair.1, after.as_deref(), lexicon, undecided) {
                Some(kind) => kind,
                None => break,
            };
            repairs.push(Repair {
                ordinal,
                kind,
                before: format!("{whole} {next}"),
                after: format!("{whole}{next}"),
            });
            whole.push_str(next);
            changed = true;
            tokens.next();
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&whole);
    }
    changed.then_some(out)
}

/// A word divided at the end of a line is whole again where the document or the corpus knows it so;
/// a compound keeps its hyphen.
fn undo_hyphens(
    word: &str,
    ordinal: u32,
    lexicon: &Lexicon<'_>,
    repairs: &mut Vec<Repair>,
    undecided: &mut BTreeSet<String>,
) -> String {
    let mut out = String::with_capacity(word.len());
    for part in word.split(LINE_HYPHEN) {
        let Some(before) = out.strip_suffix(['-', '\u{2010}']).map(str::len) else {
            out.push_str(part);
            continue;
        };
        let (left, right) = (out.get(..before).unwrap_or_default(), part);
        let (l, r) = around_hyphen(left, right);
        match lexicon.judge_hyphen(&l, &r, left.contains('-')) {
            Verdict::Join => {
                repairs.push(Repair {
                    ordinal,
                    kind: RepairKind::DividedWord,
                    before: format!("{left}- {right}"),
                    after: format!("{left}{right}"),
                });
                out.truncate(before);
            }
            Verdict::Undecided => {
                undecided.insert(format!("{l}- {r}"));
            }
            Verdict::Keep => {}
        }
        out.push_str(part);
    }
    out
}

fn join(
    left: &Token<'_>,
    right: &Token<'_>,
    after: Option<&str>,
    lexicon: &Lexicon<'_>,
    undecided: &mut BTreeSet<String>,
) -> Option<RepairKind> {
    // No language that undex mends sets a space before a comma or a full stop.
    let stop = right.whole.trim_end_matches(['”', '»', '"', ')']);
    if matches!(stop, "," | ".")
        && left.open_start
        && left.whole.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '”' | '»'))
    {
        return Some(RepairKind::StraySpace);
    }
    // `High -level` and `High- level`, where the compound stands elsewhere.
    if right.whole.starts_with('-') && left.open_end
        || left.whole.ends_with('-') && right.open_start
    {
        let compound = format!("{}-{}", left.core, right.core).to_lowercase();
        let one_hyphen = right.whole.starts_with('-') != left.whole.ends_with('-');
        let known = lexicon.knows_compound(&compound) || lexicon.parts_hyphens();
        return (one_hyphen && known).then_some(RepairKind::StraySpace);
    }
    if !left.open_end || !right.open_start {
        return None;
    }
    if left.is_number() && right.is_number() {
        let joined = format!("{}{}", left.core, right.core);
        // A year in two pieces; other numbers side by side are numbers.
        let year = joined.len() == 4 && (joined.starts_with("19") || joined.starts_with("20"));
        let pieces = left.core.len() < 4 && right.core.len() < 4 && left.core.len() != 1;
        return (year && pieces && lexicon.knows_number(&joined))
            .then_some(RepairKind::BrokenNumber);
    }
    if !left.is_word() || !right.is_word() {
        return None;
    }
    // A capital begins a word.
    if right.core.starts_with(char::is_uppercase) {
        return None;
    }
    // A single capital letter is a name or a number: `vitamina C es`.
    if left.core.chars().count() == 1 && left.core.starts_with(char::is_uppercase) {
        return None;
    }
    let (l, r) = (left.core.to_lowercase(), right.core.to_lowercase());
    match lexicon.judge(&l, &r, after) {
        Verdict::Join => Some(RepairKind::BrokenWord),
        Verdict::Undecided => {
            undecided.insert(format!("{l} {r}"));
            None
        }
        Verdict::Keep => None,
    }
}
