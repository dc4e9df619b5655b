//! The components of a symbol.

use super::canonical::{are_letters, part_of, segments, split_qualifiers};
use super::qualifier::is_numeral;
use super::read::PROVISIONAL_ROOT;
use super::words;

/// The start of the segment that names a series of books: `SER.A`.
const BOOK_SERIES: &str = "SER.";

/// What a symbol is made of. Every text is a piece of the canonical form.
///
/// ```
/// use undex_document::Symbol;
///
/// let symbol: Symbol = "A/C.3/77/L.30/Rev.1".parse()?;
/// let parts = symbol.parts();
/// assert_eq!((parts.body, parts.session), ("A/C.3", Some("77")));
/// assert_eq!((parts.series, parts.number), (Some("L"), Some("30")));
/// assert_eq!(parts.modifiers[0].number, Some("1"));
/// # Ok::<(), undex_document::SymbolError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SymbolParts<'s> {
    /// The organ, or the acronym of a body outside the six organs: `A`, `CCPR`, `GC` of `GC.18`.
    pub organ: &'s str,
    /// The organ with its committee, commission or council, as [`Symbol::body`](super::Symbol::body)
    /// gives it: `A/AC.290`, or the organ alone.
    pub body: &'s str,
    /// The session of the body: `78`, `S-13`, `ES-11`, `XXI`, `14` of `COP(14)`.
    pub session: Option<&'s str>,
    /// The year that the symbol names, in four digits.
    pub year: Option<i16>,
    /// The series: `RES`, `L`, `PV`, `INF`, as it stands in the symbol.
    pub series: Option<&'s str>,
    /// The number in the series, or of the document: `237`, `1-28`, `2155/2012` of a communication.
    /// None where the symbol ends with a body.
    pub number: Option<&'s str>,
    /// The letters of a resolution adopted in parts, or behind another number: `A`, `A-C`, `AA`.
    pub letters: Option<&'s str>,
    /// What stands in parentheses, from left to right without them, and the part that is a segment
    /// of its own: `2000`, `S-VI`, `PartsIandII`, `Vol.I`, `Sect.29A`, `PartA`.
    pub qualifiers: Vec<&'s str>,
    /// Addenda, corrigenda, revisions, from left to right: those on the right modify what those on
    /// the left are.
    pub modifiers: Vec<Modifier<'s>>,
}

/// A part of a symbol such as `Add.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Modifier<'s> {
    /// What it makes of the document before it.
    pub kind: ModifierKind,
    /// Its number, or several as in `1-3`; none for `Summary` and `Corrigendum`.
    pub number: Option<&'s str>,
}

/// What a modifier makes of the document whose symbol stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ModifierKind {
    /// An addition to it, `Add.`
    Addendum,
    /// A correction of it, `Corr.`; `Corrigendum` for records corrected together.
    Corrigendum,
    /// A text in its place, `Rev.`
    Revision,
    /// A change of a part of it, `Amend.`
    Amendment,
    /// Its summary, `Summary`.
    Summary,
}

/// A segment without its parentheses, and its place in the canonical form.
#[derive(Clone, Copy, Debug)]
struct Segment<'s> {
    base: &'s str,
    start: usize,
}

impl Segment<'_> {
    fn end(&self) -> usize {
        self.start + self.base.len()
    }
}

impl<'s> SymbolParts<'s> {
    pub(super) fn of(canonical: &'s str) -> Self {
        let mut parts = Self {
            organ: canonical,
            body: body(canonical),
            session: None,
            year: None,
            series: None,
            number: None,
            letters: None,
            qualifiers: Vec::new(),
            modifiers: Vec::new(),
        };
        // Segments that are neither body nor modifier.
        let mut own: Vec<Segment<'s>> = Vec::new();
        let mut start = 0;
        for (at, segment) in segments(canonical).enumerate() {
            let (base, qualifiers) = split_qualifiers(segment);
            let word = base.bytes().all(|b| b.is_ascii_alphabetic()) && !base.is_empty();
            for qualifier in qualifiers {
                parts.qualifiers.push(qualifier);
                // `COP(14)`, `TD(XIV)`: the numeral is glued to a word, not to a number.
                if word && is_numeral(qualifier) {
                    parts.session = parts.session.or(Some(qualifier));
                }
            }
            if at == 0 {
                let (organ, session) = match base.split_once('.') {
                    Some((organ, session)) => (organ, Some(session)),
                    None => (base, None),
                };
                parts.organ = organ;
                parts.session = parts.session.or(session);
            } else if let Some((kind, number)) = words::modifier(base) {
                parts.modifiers.push(Modifier { kind, number });
            } else if part_of(base).is_some() {
                parts.qualifiers.push(base);
            } else if start >= parts.body.len() {
                own.push(Segment { base, start });
            }
            start += segment.len() + 1;
        }
        parts.read_number(canonical, &own);
        parts.read_session(&own);
        parts.read_year(&own);
        parts
    }

    /// Series, number and letters.
    fn read_number(&mut self, canonical: &'s str, own: &[Segment<'s>]) {
        let Some((last, before)) = own.split_last() else { return };
        let series = || before.iter().map(|s| s.base).rfind(|base| is_series(base));
        if self.organ == PROVISIONAL_ROOT {
            self.number = Some(last.base);
            return;
        }
        let dotted = last.base.split_once('.').filter(|(word, _)| !words::is_digits(word));
        let Some((word, number)) = dotted else {
            self.series = series();
            let digits = last.base.bytes().take_while(u8::is_ascii_digit).count();
            let (number, suffix) = last.base.split_at(digits);
            if digits == 0 {
                self.series = self.series.or(Some(last.base).filter(|base| is_series(base)));
                return;
            }
            if are_letters(suffix) {
                self.letters = Some(suffix);
                self.number = Some(number);
            } else {
                self.number = Some(last.base);
            }
            // A communication is numbered together with the year of its registration.
            if let Some(previous) = before.last().filter(|_| self.series == Some("D")) {
                let both = canonical.get(previous.start..last.end());
                self.number = both.filter(|_| words::is_digits(previous.base)).or(self.number);
            }
            return;
        };
        if words::is_lower_body(word) {
            self.series = series();
            return;
        }
        self.series = Some(word);
        self.number = Some(number);
    }

    fn read_session(&mut self, own: &[Segment<'s>]) {
        let roman = self.qualifiers.iter().copied().find(|q| words::is_roman_session(q));
        if matches!(self.series, Some("RES" | "DEC"))
            && matches!(self.organ, "A" | "E" | "T")
            && roman.is_some()
        {
            self.session = roman;
        }
        if self.session.is_some() {
            return;
        }
        if let [.., series, session, _] = own
            && matches!(series.base, "RES" | "DEC")
            && words::is_session(session.base)
        {
            self.session = Some(session.base);
        }
        if self.session.is_some() || !words::counts_sessions(self.organ) {
            return;
        }
        // Bodies that number by the year have no session: the 3 of A/AC.292/2024/3 is the
        // document's own number, as is the last of any symbol.
        let before_year = own.iter().take_while(|segment| words::year(segment.base).is_none());
        self.session = before_year
            .enumerate()
            .filter(|(at, segment)| at + 1 < own.len() || words::is_special_session(segment.base))
            .map(|(_, segment)| segment.base)
            .find(|base| words::is_session(base));
    }

    fn read_year(&mut self, own: &[Segment<'s>]) {
        // The last number is the document's own, however much it looks like a year: `CD/2022`.
        let numbered = own.split_last().map_or(own, |(_, before)| before);
        let named = numbered.iter().find_map(|segment| {
            words::year(segment.base.strip_prefix("NL.").unwrap_or(segment.base))
        });
        // A yearbook has no other number.
        let yearbook = || {
            let series = self.series.filter(|series| series.starts_with(BOOK_SERIES));
            words::year(series.and(self.number)?)
        };
        let qualified = || {
            let resolution = matches!(self.series, Some("RES" | "PRST"));
            self.qualifiers.iter().filter(|_| resolution).find_map(|q| words::year(q))
        };
        // `NPT/CONF.2010/50`: a conference known by its year.
        let of_conference = || {
            let (_, second) = self.body.split_once('/')?;
            words::year(second.strip_prefix("CONF.")?)
        };
        self.year = named
            .or_else(yearbook)
            .or_else(qualified)
            .or_else(of_conference)
            .or_else(|| self.session_year());
    }

    /// The year in which a session of the General Assembly began: the first in 1946.
    fn session_year(&self) -> Option<i16> {
        let main = self.body == "A" || self.body.starts_with("A/C.");
        let session = self.session.filter(|_| main)?;
        let session = session.parse().ok().or_else(|| roman(session))?;
        (1..150).contains(&session).then_some(1945 + session)
    }
}

/// Whether a segment is a series before the segment of its number.
fn is_series(segment: &str) -> bool {
    words::is_series(segment) || segment.starts_with(BOOK_SERIES)
}

/// The organ and, where the second segment names one, its committee, commission or council.
pub(super) fn body(canonical: &str) -> &str {
    let mut strokes = words::strokes(canonical);
    let Some(first) = strokes.next() else { return canonical };
    let end = strokes.next().unwrap_or(canonical.len());
    let second = canonical.get(first + 1..end).unwrap_or_default();
    // The session in `COP(14)` is no part of the body's name.
    let named = second.find('(').map_or(end, |open| first + 1 + open);
    let end = if words::is_body(second) { named } else { first };
    canonical.get(..end).unwrap_or(canonical)
}

/// The value of a Roman numeral.
fn roman(text: &str) -> Option<i16> {
    let mut total = 0i16;
    let mut highest = 0i16;
    for letter in text.bytes().rev() {
        let value = match letter {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            b'L' => 50,
            b'C' => 100,
            _ => return None,
        };
        total = total.checked_add(if value < highest { -value } else { value })?;
        highest = highest.max(value);
    }
    (total > 0).then_some(total)
}
