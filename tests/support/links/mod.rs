//! How far the citations found in a document agree with the links in its markup.
//!
//! Akoma Ntoso files of the United Nations mark most of the documents they name by links, such as
//! `<a href="https://undocs.org/en/A/RES/75/122">75/122</a>`. What is compared is sets: the documents
//! cited anywhere in the text, and the targets of all links. Left out on both sides are the document's
//! own symbols, what only its masthead, title and closing lines cite, and decisions, which no link leads
//! to. Joint symbols are two. Letters of resolutions are not compared: links to those adopted in parts
//! are written both with them, `A/RES/48/218b`, and without, `A/RES/217(III)` for 217 A. Neither are
//! `(Supp)` and `(Vol. I)` at the end, which links have and print mostly has not.

mod address;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use regex::Regex;
use undex_document::{CitedIn, Document, Paragraph, Role, Symbol};

use self::address::{spelled, unescaped};
use super::score::Count;

/// Characters of text shown on each side of a difference.
const CONTEXT: usize = 60;

/// Bytes of markup that hold as much text.
const CONTEXT_MARKUP: usize = 1_500;

/// Compares citations with links.
pub(crate) struct Links {
    link: Regex,
    tag: Regex,
    bare: Regex,
    ending: Regex,
}

/// One document.
pub(crate) struct Compared {
    /// As it is displayed.
    pub(crate) symbol: String,
    /// Its code.
    pub(crate) language: &'static str,
    /// What agrees.
    pub(crate) figures: Figures,
    /// What does not, by symbol.
    pub(crate) differences: Vec<Difference>,
}

/// What agrees in some documents. What is expected is what links lead to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Figures {
    pub(crate) documents: usize,
    /// Resolutions of the General Assembly with the number of a session, `A/RES/75/122`.
    pub(crate) assembly: Count,
    /// The same when every `75/122` in the text is taken as one.
    pub(crate) bare: Count,
    /// All documents.
    pub(crate) all: Count,
    /// Links that lead to no symbol.
    pub(crate) elsewhere: usize,
}

/// A document that is only found or only linked.
pub(crate) struct Difference {
    pub(crate) kind: Kind,
    /// Which, in canonical form as far as it is compared.
    pub(crate) symbol: String,
    /// Where it stands: role and note, or the link's address.
    pub(crate) place: String,
    /// What names it, and the text on both sides.
    pub(crate) context: [String; 3],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Found where no link leads to it.
    Found,
    /// Linked and not found.
    Linked,
}

impl Links {
    pub(crate) fn new() -> Result<Self, regex::Error> {
        Ok(Self {
            link: Regex::new(r#"(?s)<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>"#)?,
            tag: Regex::new(r"<[^>]*>")?,
            bare: Regex::new(r"\b\d{1,3}/\d{1,3}\b")?,
            ending: Regex::new(r"(?i)\s*\((?:supp\.?|vol\.?\s*[ivx]+)\)[\s*]*$")?,
        })
    }

    /// Compares what was found in a document with the links in the markup that it was extracted from.
    pub(crate) fn compare(&self, document: &Document, markup: &str) -> Compared {
        let own: BTreeSet<String> = document.symbols.iter().map(|s| self.key(s)).collect();
        let counts = |key: &String| !own.contains(key) && !key.contains("/DEC/");

        let mut elsewhere = 0;
        let mut linked: BTreeMap<String, (&str, Range<usize>)> = BTreeMap::new();
        for captures in self.link.captures_iter(markup) {
            let (Some(href), Some(shown)) = (captures.get(1), captures.get(2)) else { continue };
            let targets = self.targets(href.as_str());
            elsewhere += usize::from(targets.is_empty());
            for key in targets.into_iter().filter(counts) {
                linked.entry(key).or_insert((href.as_str(), shown.range()));
            }
        }

        let mut found: BTreeMap<String, (&Paragraph, usize)> = BTreeMap::new();
        let mut bare = BTreeSet::new();
        let mut aside = BTreeSet::new();
        for paragraph in &document.paragraphs {
            if !is_read(paragraph.role) {
                aside.extend(paragraph.citations.iter().map(|c| self.key(&c.symbol)));
                continue;
            }
            for (at, citation) in paragraph.citations.iter().enumerate() {
                let key = self.key(&citation.symbol);
                if counts(&key) {
                    found.entry(key).or_insert((paragraph, at));
                }
            }
            let notes = paragraph.notes.iter().map(|note| note.text.as_str());
            for text in notes.chain([paragraph.text.as_str()]) {
                let numbers = self.bare.find_iter(text);
                bare.extend(numbers.map(|number| format!("A/RES/{}", number.as_str())));
            }
        }
        bare.retain(counts);
        // A note on the title has links too.
        linked.retain(|key, _| found.contains_key(key) || !aside.contains(key));

        let is_linked = |key: &&String| linked.contains_key(*key);
        let all = Count {
            gold: linked.len(),
            found: found.len(),
            right: found.keys().filter(is_linked).count(),
        };
        let expected = linked.keys().filter(|key| is_assembly(key)).count();
        let among = |keys: &mut dyn Iterator<Item = &String>| {
            let keys: Vec<&String> = keys.filter(|key| is_assembly(key)).collect();
            let right = keys.iter().copied().filter(is_linked).count();
            Count { gold: expected, found: keys.len(), right }
        };
        let (assembly, bare) = (among(&mut found.keys()), among(&mut bare.iter()));

        let only_found = found.iter().filter(|(key, _)| !is_linked(key));
        let only_linked = linked.iter().filter(|(key, _)| !found.contains_key(*key));
        let mut differences: Vec<Difference> =
            only_found.map(|(key, (paragraph, at))| of_citation(key, paragraph, *at)).collect();
        differences.extend(only_linked.map(|(key, (href, shown))| {
            let (kind, symbol, place) = (Kind::Linked, key.clone(), unescaped(href));
            Difference { kind, symbol, place, context: self.around(markup, shown) }
        }));
        Compared {
            symbol: document.symbol.to_string(),
            language: document.language.code(),
            figures: Figures { documents: 1, assembly, bare, all, elsewhere },
            differences,
        }
    }

    /// The documents that a link leads to, as they are compared; none for a web page.
    fn targets(&self, href: &str) -> Vec<String> {
        let Some(spelled) = spelled(href) else { return Vec::new() };
        let symbol = self.ending.replace(spelled.trim(), "");
        let printed = Symbol::read_printed(&symbol);
        printed.map_or_else(|_| Vec::new(), |p| p.symbols().map(|s| self.key(s)).collect())
    }

    /// A symbol as far as it is compared.
    fn key(&self, symbol: &Symbol) -> String {
        let parts = symbol.parts();
        let canonical = self.ending.replace(symbol.as_str(), "");
        match (parts.series, parts.number, parts.letters) {
            (Some("RES"), Some(number), Some(letters)) => {
                canonical.replacen(&format!("/{number}{letters}"), &format!("/{number}"), 1)
            }
            _ => canonical.into_owned(),
        }
    }

    /// What a link shows, and the text on both sides, without markup.
    fn around(&self, markup: &str, shown: &Range<usize>) -> [String; 3] {
        let from = (shown.start.saturating_sub(CONTEXT_MARKUP)..=shown.start)
            .find(|at| markup.is_char_boundary(*at))
            .unwrap_or(shown.start);
        let to = (shown.end..=shown.end.saturating_add(CONTEXT_MARKUP).min(markup.len()))
            .rfind(|at| markup.is_char_boundary(*at))
            .unwrap_or(shown.end);
        let text = |range: Range<usize>| {
            let piece = markup.get(range).unwrap_or_default();
            let plain = self.tag.replace_all(piece, "").into_owned();
            // What is left of tags that are cut.
            let whole = plain.rsplit_once('>').map_or(plain.as_str(), |(_, text)| text);
            unescaped(whole.split('<').next().unwrap_or_default())
        };
        let (before, after) = (text(from..shown.start), text(shown.end..to));
        [last(&before), one_line(&text(shown.clone())), first(&after)]
    }
}

impl Figures {
    /// Adds other documents, so that those with many links count for more.
    pub(crate) fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.assembly.add(other.assembly);
        self.bare.add(other.bare);
        self.all.add(other.all);
        self.elsewhere += other.elsewhere;
    }
}

/// Whether citations of such a paragraph count. The others hold the document's own number and those of
/// the meeting.
fn is_read(role: Role) -> bool {
    !matches!(role, Role::Masthead | Role::Title | Role::Closing)
}

/// Whether this is `A/RES/75/122`.
fn is_assembly(key: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let rest = key.strip_prefix("A/RES/").and_then(|rest| rest.split_once('/'));
    rest.is_some_and(|(session, resolution)| number(session) && number(resolution))
}

fn of_citation(key: &str, paragraph: &Paragraph, at: usize) -> Difference {
    let (mut place, mut context) =
        (paragraph.role.name().to_owned(), [(); 3].map(|()| String::new()));
    if let Some(citation) = paragraph.citations.get(at) {
        let text = match &citation.found_in {
            CitedIn::Text => paragraph.text.as_str(),
            CitedIn::Note(mark) => {
                place = format!("{place}, note {mark}");
                let note = paragraph.notes.iter().find(|note| note.mark == *mark);
                note.map_or("", |note| note.text.as_str())
            }
        };
        let piece = |from: u32, to: u32| -> String {
            let (from, to) = (from as usize, to as usize);
            text.chars().skip(from).take(to.saturating_sub(from)).collect()
        };
        let (start, end) = (citation.start, citation.end);
        context =
            [last(&piece(0, start)), one_line(&piece(start, end)), first(&piece(end, u32::MAX))];
    }
    Difference { kind: Kind::Found, symbol: key.to_owned(), place, context }
}

fn one_line(text: &str) -> String {
    text.split(char::is_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The beginning of a text, its spaces kept apart from what stands before.
fn first(text: &str) -> String {
    let space = if text.starts_with(char::is_whitespace) { " " } else { "" };
    format!("{space}{}", one_line(text)).chars().take(CONTEXT).collect()
}

/// The end of a text.
fn last(text: &str) -> String {
    let space = if text.ends_with(char::is_whitespace) { " " } else { "" };
    let line = format!("{}{space}", one_line(text));
    let length = line.chars().count();
    line.chars().skip(length.saturating_sub(CONTEXT)).collect()
}
