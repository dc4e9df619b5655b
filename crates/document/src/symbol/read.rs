//! Reads one symbol from the start of a text, in any spelling, into its canonical form.
//!
//! The same grammar serves a text that has to be a symbol and nothing else, and running text, in
//! which a symbol ends where the sentence goes on. Running text is read more strictly: what the
//! one takes for an unusual symbol is in the other more often no symbol at all.

use super::qualifier;
use super::words::{self, is_dash, is_space};

mod parenthesis;
mod word;

/// The longest canonical form, in bytes; real ones stay below 60.
pub(super) const MAX_BYTES: usize = 120;

/// The longest spelling of a symbol, in bytes: the canonical form with a space, which may take
/// three bytes, for every other character.
pub(super) const MAX_SPELLING_BYTES: usize = 300;

/// Letters of the longest acronym.
const MAX_ROOT_LETTERS: usize = 12;

/// The root of the keys of documents that could not be identified: digits and letters are mixed
/// behind it.
pub(super) const PROVISIONAL_ROOT: &str = "PROVISIONAL";

/// Where a text goes wrong, in bytes, and what should stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub at: usize,
    pub expected: &'static str,
}

/// A symbol that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub canonical: String,
    /// The byte behind its last character.
    pub end: usize,
    /// Where the other symbol begins, if the two are joined by a dash.
    pub joint: Option<usize>,
}

/// How a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// The text is a symbol: spaces and case vary as they do in links and headings.
    Alone,
    /// The text goes on behind the symbol.
    Running,
    /// An address goes on behind the symbol: no spaces, any case.
    Address,
}

/// Reads the symbol that a text begins with.
pub(super) fn read(text: &str, mode: Mode) -> Result<Reading, Fault> {
    let mut reader = Reader { text, at: 0, mode, out: String::new(), mended: false };
    reader.symbol()?;
    let end = reader.at;
    let joint = reader.joint();
    let counted = words::strokes(&reader.out).next().and_then(|at| reader.out.get(at..));
    if !counted.is_some_and(|rest| rest.bytes().any(|b| b.is_ascii_digit()))
        && !reader.is_provisional()
    {
        return Err(Fault { at: end, expected: "a number" });
    }
    if reader.out.len() > MAX_BYTES {
        return Err(Fault { at: end, expected: "the end of a shorter symbol" });
    }
    // A stroke put in, or a space taken out, may make a root of what was none behind a dash, and two
    // symbols of one.
    let respelled = mode == Mode::Alone && text.get(..end) != Some(reader.out.as_str());
    if (reader.mended || respelled) && !is_canonical(&reader.out) {
        return Err(Fault { at: end, expected: "a symbol without spaces and slips" });
    }
    Ok(Reading { canonical: reader.out, end, joint })
}

/// Whether a text is a symbol in canonical form.
fn is_canonical(text: &str) -> bool {
    read(text, Mode::Alone).is_ok_and(|again| {
        again.joint.is_none() && again.end == text.len() && again.canonical == text
    })
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    mode: Mode,
    out: String,
    /// Whether a stroke was put where there was none.
    mended: bool,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn fault<T>(&self, expected: &'static str) -> Result<T, Fault> {
        Err(Fault { at: self.at, expected })
    }

    /// Steps over spaces and says whether there were any. In running text they end the symbol.
    fn spaces(&mut self) -> bool {
        let before = self.at;
        if self.mode == Mode::Alone {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches(is_space).len();
        }
        self.at > before
    }

    /// The letters or digits from here on.
    fn run(&self, test: fn(&u8) -> bool) -> &'t str {
        let rest = self.rest();
        rest.get(..rest.bytes().take_while(test).count()).unwrap_or_default()
    }

    fn is_provisional(&self) -> bool {
        self.out.strip_prefix(PROVISIONAL_ROOT).is_some_and(|rest| rest.starts_with('/'))
    }

    fn symbol(&mut self) -> Result<(), Fault> {
        self.root()?;
        loop {
            let end = self.at;
            self.spaces();
            if self.peek() == Some('/') {
                self.at += 1;
                self.spaces();
            } else {
                self.at = end;
                let Some(instead) = self.missing_stroke() else { return Ok(()) };
                self.at += instead;
                self.mended = true;
            }
            let length = self.out.len();
            self.out.push('/');
            match self.segment() {
                Ok(()) => {}
                // `A/77/275/` before the end of a sentence or a link; but a path goes on in words.
                Err(_) if self.ends_before_stroke(end) => {
                    self.out.truncate(length);
                    self.at = end;
                    return Ok(());
                }
                Err(fault) => return Err(fault),
            }
        }
    }

    /// A slip met in print: `A/75/457Add.1`, `A/C.6/79.SR.37`. Gives the length of what stands in
    /// place of the stroke.
    fn missing_stroke(&self) -> Option<usize> {
        if !self.out.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        match self.rest().strip_prefix('.') {
            Some(following) => is_segment(following, words::is_numbered_series).then_some(1),
            None => is_segment(self.rest(), |_| false).then_some(0),
        }
    }

    fn ends_before_stroke(&self, stroke: usize) -> bool {
        let following = self.text.get(stroke + 1..).and_then(|rest| rest.chars().next());
        match self.mode {
            Mode::Alone => false,
            Mode::Running => !following.is_some_and(char::is_alphanumeric),
            Mode::Address => true,
        }
    }

    /// `A`, `CCPR`, `GC.18`, `ICC-ASP`, `TD(XIV)`.
    fn root(&mut self) -> Result<(), Fault> {
        self.spaces();
        let start = self.at;
        let refused = |at, expected| Err(Fault { at, expected });
        loop {
            let letters = self.run(u8::is_ascii_alphabetic);
            self.out.push_str(&letters.to_ascii_uppercase());
            self.at += letters.len();
            let hyphen = self.peek().filter(|c| is_dash(*c) && self.out.len() >= 2);
            let following = hyphen.and_then(|c| self.rest().get(c.len_utf8()..));
            if !following.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
                break;
            }
            self.out.push('-');
            self.at += hyphen.map_or(0, char::len_utf8);
        }
        match self.out.len() {
            0 => return refused(start, "an organ such as A, S or E"),
            1 if !words::ORGANS.contains(&self.out.as_str()) => {
                return refused(start, "an organ such as A, S or E");
            }
            1..=MAX_ROOT_LETTERS => {}
            _ => return refused(start, "an organ of fewer letters"),
        }
        let named = self.out.len();
        if named > 1 && self.peek() == Some('.') {
            self.at += 1;
            let number = self.run(u8::is_ascii_digit);
            if number.is_empty() {
                return self.fault("the number of a session");
            }
            self.out.push('.');
            self.out.push_str(number);
            self.at += number.len();
        } else if named > 1 && self.peek() == Some('(') {
            let open = self.at;
            self.parenthesis(false)?;
            // Parts and volumes are those of a document.
            let content = self.out.get(named + 1..).unwrap_or_default();
            if qualifier::is_named(content.trim_end_matches(')')) {
                return refused(open, "a stroke");
            }
        }
        let end = self.at;
        self.spaces();
        match self.peek() {
            Some('/') => {
                self.at = end;
                Ok(())
            }
            None if named > 2 => refused(start, "an organ and a stroke, as in A/RES/78/237,"),
            None => refused(end, "a stroke"),
            Some(_) => self.fault("a stroke"),
        }
    }

    fn segment(&mut self) -> Result<(), Fault> {
        let start = self.out.len();
        if self.peek() == Some('(') {
            return self.parenthesis(false);
        }
        if self.part_segment()? {
            return self.qualifiers(start);
        }
        self.word()?;
        self.letters(start);
        self.qualifiers(start)
    }

    /// `Part A`, a segment of its own behind a budget section.
    fn part_segment(&mut self) -> Result<bool, Fault> {
        let run = self.run(u8::is_ascii_alphanumeric);
        let Some(glued) = run.get(..4).filter(|w| w.eq_ignore_ascii_case("part")).and(run.get(4..))
        else {
            return Ok(false);
        };
        let behind = self.rest().get(run.len()..).unwrap_or_default();
        let spaces = behind.len() - behind.trim_start_matches(is_space).len();
        let (number, taken) = match glued {
            "" => {
                let behind = behind.get(spaces..).unwrap_or_default();
                let count = behind.bytes().take_while(u8::is_ascii_alphanumeric).count();
                (behind.get(..count).unwrap_or_default(), run.len() + spaces + count)
            }
            glued => (glued, run.len()),
        };
        if !qualifier::is_part_number(number) {
            if !glued.is_empty() {
                return Ok(false);
            }
            self.at += run.len() + spaces;
            return self.fault("the letter of a part");
        }
        self.out.push_str("Part");
        self.out.push_str(&number.to_ascii_uppercase());
        self.at += taken;
        Ok(true)
    }

    /// Whether the number to come is that of a resolution or decision.
    fn is_resolution(&self) -> bool {
        self.out.split('/').skip(1).any(|segment| matches!(segment, "RES" | "DEC"))
    }

    /// Where the other half of a joint symbol begins.
    fn joint(&self) -> Option<usize> {
        let rest = self.rest();
        let skip = |text: &'t str| match self.mode {
            Mode::Alone => text.trim_start_matches(is_space),
            _ => text,
        };
        let dash = skip(rest);
        let second = skip(dash.strip_prefix(is_dash)?);
        root_length(second, self.mode)?;
        Some(self.text.len() - second.len())
    }
}

/// Whether a text begins with a modifier, or with a series of those that are allowed, and a number:
/// `Add.1`, `SR.37`.
fn is_segment(text: &str, series: fn(&str) -> bool) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, number) = text.split_at(letters);
    let number = number.strip_prefix('.').unwrap_or_default();
    number.starts_with(|c: char| c.is_ascii_digit())
        && (words::is_modifier_word(name) || series(name))
}

/// The length of the root that a text begins with, if a stroke follows it.
fn root_length(text: &str, mode: Mode) -> Option<usize> {
    let letters = text.bytes().take(MAX_ROOT_LETTERS + 1).take_while(u8::is_ascii_alphabetic);
    let count = letters.count();
    let root = text.get(..count)?;
    let organ = words::ORGANS.iter().any(|organ| organ.eq_ignore_ascii_case(root));
    let capitals = mode != Mode::Running || root.bytes().all(|b| b.is_ascii_uppercase());
    let known = organ || (2..=MAX_ROOT_LETTERS).contains(&count);
    let rest = text.get(count..)?;
    let rest = if mode == Mode::Alone { rest.trim_start_matches(is_space) } else { rest };
    // `GC(49)/INF/6`, `GC.18/3`
    let rest = match rest.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
        Some((content, behind)) if count > 1 && content.len() <= MAX_ROOT_LETTERS => behind,
        _ => rest
            .strip_prefix('.')
            .map_or(rest, |r| r.trim_start_matches(|c: char| c.is_ascii_digit())),
    };
    (known && capitals && rest.starts_with('/')).then_some(count)
}
