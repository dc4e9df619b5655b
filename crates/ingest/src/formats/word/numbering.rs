//! Automatic numbers, computed as Word shows them (ISO/IEC 29500-1, 17.9).

use std::collections::{HashMap, HashSet};

use super::number_format;
use super::properties::{self, Numbered};
use super::xml::{PartError, Xml};

/// Levels of a list.
const LEVELS: usize = 9;

/// Definitions and lists read; Word itself keeps fewer.
const MAX_LISTS: usize = 20_000;

/// Characters of a number's text, of which Word allows no more, and of the number as it is shown,
/// which comes again with every paragraph of a list.
const TEXT_CHARS: usize = 255;

/// Lists that may name another list's style, one after the other.
const MAX_LINKS: usize = 8;

/// One level of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Level {
    pub start: u32,
    pub format: String,
    /// The number as written, `%1` standing for the number of the first level.
    pub text: String,
    /// After which level, from 1, its numbers begin again; 0 for none.
    pub restart: Option<usize>,
    /// Whether the numbers of all levels are shown as decimal.
    pub legal: bool,
    /// The style whose paragraphs are of this level.
    pub style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            restart: None,
            legal: false,
            style: None,
        }
    }
}

type Levels = Vec<Option<Level>>;

/// What paragraphs of several lists may share.
#[derive(Clone, Debug, Default)]
struct Abstract {
    levels: Levels,
    /// The style that stands for this list.
    style_link: Option<String>,
    /// The style whose list this one takes its levels from.
    num_style_link: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct List {
    abstract_id: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<String, Abstract>,
    /// Definitions by the style that stands for them.
    by_style: HashMap<String, String>,
    lists: HashMap<String, List>,
}

/// What stands before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// A bullet.
    Bullet,
    /// A number as shown: `29.`, `(a)`.
    Number(String),
}

/// The numbers reached while a document is walked.
#[derive(Debug)]
pub(super) struct Counters<'a> {
    numbering: &'a Numbering,
    /// The last number of every level, by the definition that lists share.
    reached: HashMap<&'a str, [Option<u32>; LEVELS]>,
    /// Lists that have been met, whose own start has been taken.
    begun: HashSet<&'a str>,
}

impl Numbering {
    /// Reads the part with the lists.
    pub(super) fn read(text: &str, depth: usize) -> Result<Self, PartError> {
        let mut xml = Xml::new(text, depth);
        xml.root()?;
        let mut found = Self::default();
        while let Some(tag) = xml.child()? {
            match tag.word() {
                Some("abstractNum") => {
                    let id = tag.attribute("abstractNumId").unwrap_or_default();
                    let read = abstract_list(&mut xml)?;
                    if found.abstracts.len() < MAX_LISTS {
                        if let Some(style) = &read.style_link {
                            found.by_style.entry(style.clone()).or_insert_with(|| id.clone());
                        }
                        found.abstracts.insert(id, read);
                    }
                }
                Some("num") => {
                    let id = tag.attribute("numId").unwrap_or_default();
                    let read = list(&mut xml)?;
                    if found.lists.len() < MAX_LISTS {
                        found.lists.insert(id, read);
                    }
                }
                _ => xml.skip()?,
            }
        }
        Ok(found)
    }

    /// Adds a definition.
    pub(super) fn define(&mut self, id: String, levels: Vec<Level>) {
        let levels = levels.into_iter().map(Some).collect();
        self.abstracts.insert(id, Abstract { levels, ..Abstract::default() });
    }

    /// Adds a list of a definition, with the starts and levels of its own.
    pub(super) fn refer(
        &mut self,
        id: String,
        definition: String,
        starts: Vec<(usize, u32)>,
        levels: Vec<(usize, Level)>,
    ) {
        let (starts, levels) = (starts.into_iter().collect(), levels.into_iter().collect());
        self.lists.insert(id, List { abstract_id: definition, starts, levels });
    }

    /// The definition that holds the levels of a list, links followed.
    fn definition(&self, list: &List) -> Option<(&str, &Abstract)> {
        let (mut id, mut found) = self.abstracts.get_key_value(&list.abstract_id)?;
        for _ in 0..MAX_LINKS {
            let Some(style) = found.num_style_link.as_ref() else { break };
            let linked = self.by_style.get(style);
            let linked = linked.and_then(|id| self.abstracts.get_key_value(id));
            let Some((next, other)) = linked else { break };
            (id, found) = (next, other);
        }
        Some((id, found))
    }
}

impl<'a> Counters<'a> {
    pub(super) fn new(numbering: &'a Numbering) -> Self {
        Self { numbering, reached: HashMap::new(), begun: HashSet::new() }
    }

    /// The level of a list that is that of a style.
    pub(super) fn level_of(&self, list: &str, style: &str) -> Option<usize> {
        let (_, definition) = self.numbering.definition(self.numbering.lists.get(list)?)?;
        definition.levels.iter().position(|level| {
            level.as_ref().is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }

    /// Counts a paragraph and tells what stands before it.
    pub(super) fn next(&mut self, numbered: &Numbered) -> Option<Marker> {
        let numbering = self.numbering;
        let (list_id, list) = numbering.lists.get_key_value(numbered.list.as_ref()?)?;
        let (shared, definition) = numbering.definition(list)?;
        let at = numbered.level.unwrap_or(0).min(LEVELS - 1);
        let level = |at: usize| {
            list.levels.get(&at).or_else(|| definition.levels.get(at).and_then(Option::as_ref))
        };
        let own = level(at)?;
        let reached = self.reached.entry(shared).or_default();
        if self.begun.insert(list_id) {
            for (at, start) in &list.starts {
                if let Some(number) = reached.get_mut(*at) {
                    *number = start.checked_sub(1);
                }
            }
        }
        let start = |at: usize| {
            let own = list.starts.get(&at).copied();
            own.unwrap_or_else(|| level(at).map_or(1, |level| level.start))
        };
        for (deeper, number) in reached.iter_mut().enumerate().skip(at + 1) {
            let restart = level(deeper).and_then(|level| level.restart).unwrap_or(deeper);
            if restart > at {
                *number = None;
            }
        }
        let number = reached.get_mut(at)?;
        *number = Some(number.map_or_else(|| start(at), |last| last.saturating_add(1)));
        if own.format == "bullet" {
            return Some(Marker::Bullet);
        }
        let shown = |at: usize| {
            let number = reached.get(at).copied().flatten().unwrap_or_else(|| start(at));
            let format = level(at).map_or("decimal", |level| level.format.as_str());
            let format = if own.legal && format != "none" { "decimal" } else { format };
            number_format::write(number, format)
        };
        let text = written(&own.text, shown);
        (!text.trim().is_empty()).then_some(Marker::Number(text))
    }
}

/// The text of a number, `%1` to `%9` replaced.
fn written(text: &str, number: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let level = characters.peek().and_then(|digit| digit.to_digit(10)).filter(|n| *n > 0);
        match (c, level) {
            ('%', Some(level)) => {
                characters.next();
                out.push_str(&number(level as usize - 1));
            }
            (c, _) => out.push(c),
        }
    }
    out.trim().chars().take(TEXT_CHARS).collect()
}

fn abstract_list(xml: &mut Xml<'_>) -> Result<Abstract, PartError> {
    let mut found = Abstract { levels: vec![None; LEVELS], ..Abstract::default() };
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("lvl") => {
                let at = tag.attribute("ilvl").and_then(|level| level.parse::<usize>().ok());
                let read = level(xml)?;
                if let Some(slot) = at.and_then(|at| found.levels.get_mut(at)) {
                    *slot = Some(read);
                }
                continue;
            }
            Some("styleLink") => found.style_link = tag.value(),
            Some("numStyleLink") => found.num_style_link = tag.value(),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

fn level(xml: &mut Xml<'_>) -> Result<Level, PartError> {
    let mut found = Level::default();
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("start") => {
                found.start = tag.value().and_then(|start| start.parse().ok()).unwrap_or(1);
            }
            Some("numFmt") => found.format = tag.value().unwrap_or_default(),
            Some("lvlText") => {
                let text = tag.value().unwrap_or_default();
                found.text = text.chars().take(TEXT_CHARS).collect();
            }
            Some("lvlPicBulletId") => "bullet".clone_into(&mut found.format),
            Some("lvlRestart") => {
                found.restart = tag.value().and_then(|level| level.parse().ok());
            }
            Some("isLgl") => found.legal = tag.is_on(),
            Some("pStyle") => found.style = tag.value(),
            // Hidden numbers count, and are not seen.
            Some("rPr") => {
                if properties::run(xml)?.hidden == Some(true) {
                    "none".clone_into(&mut found.format);
                    found.text.clear();
                }
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

fn list(xml: &mut Xml<'_>) -> Result<List, PartError> {
    let mut found = List::default();
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("abstractNumId") => found.abstract_id = tag.value().unwrap_or_default(),
            Some("lvlOverride") => {
                let at = tag.attribute("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
                while let Some(inner) = xml.child()? {
                    match inner.word() {
                        Some("startOverride") => {
                            let start = inner.value().and_then(|start| start.parse().ok());
                            found.starts.extend(start.map(|start| (at, start)));
                            xml.skip()?;
                        }
                        Some("lvl") => {
                            found.levels.insert(at, level(xml)?);
                        }
                        _ => xml.skip()?,
                    }
                }
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: usize, format: &str, text: &str, more: &str) -> String {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>{more}<w:lvlText w:val='{text}'/></w:lvl>"
        )
    }

    fn numbering(content: &str) -> Numbering {
        let text = format!(
            "<w:numbering xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>{content}</w:numbering>"
        );
        Numbering::read(&text, 32).unwrap()
    }

    /// What stands before paragraphs, each given as list and level.
    fn shown(numbering: &Numbering, paragraphs: &[(&str, usize)]) -> String {
        let mut counters = Counters::new(numbering);
        let shown: Vec<String> = paragraphs
            .iter()
            .map(|(list, level)| {
                let numbered = Numbered { list: Some((*list).to_owned()), level: Some(*level) };
                match counters.next(&numbered) {
                    Some(Marker::Number(text)) => text,
                    Some(Marker::Bullet) => "*".to_owned(),
                    None => "-".to_owned(),
                }
            })
            .collect();
        shown.join(" ")
    }

    #[test]
    fn numbers_as_word_shows_them() {
        let three = [
            level(0, "decimal", "%1.", ""),
            level(1, "lowerLetter", "(%2)", ""),
            level(2, "lowerRoman", "(%3)", ""),
        ]
        .concat();
        let legal = [
            level(0, "upperRoman", "%1.", ""),
            level(1, "decimal", "%1.%2", "<w:isLgl/>"),
            level(2, "decimal", "%3.", "<w:lvlRestart w:val='0'/>"),
        ]
        .concat();
        let content = format!(
            "<w:abstractNum w:abstractNumId='0'>{three}</w:abstractNum>
             <w:abstractNum w:abstractNumId='1'>{legal}</w:abstractNum>
             <w:abstractNum w:abstractNumId='2'>{}<w:styleLink w:val='Dots'/></w:abstractNum>
             <w:abstractNum w:abstractNumId='3'><w:numStyleLink w:val='Dots'/></w:abstractNum>
             <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>
             <w:num w:numId='2'><w:abstractNumId w:val='0'/></w:num>
             <w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>
             <w:num w:numId='4'><w:abstractNumId w:val='1'/></w:num>
             <w:num w:numId='5'><w:abstractNumId w:val='3'/></w:num>
             <w:num w:numId='6'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>{}</w:lvlOverride></w:num>",
            level(0, "bullet", "o", ""),
            level(0, "upperLetter", "%1.", ""),
        );
        let numbering = numbering(&content);
        type Row = (&'static [(&'static str, usize)], &'static str, &'static str);
        // (paragraphs, what stands before them, why)
        let table: [Row; 8] = [
            (&[("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1)], "1. (a) (b) 2. (a)", "levels"),
            (&[("1", 0), ("2", 0), ("1", 0)], "1. 2. 3.", "lists of one definition count on"),
            (&[("1", 0), ("3", 0), ("3", 0)], "1. 5. 6.", "a list with a start of its own"),
            (&[("1", 1), ("1", 2), ("1", 2)], "(a) (i) (ii)", "no first level"),
            (&[("4", 0), ("4", 1), ("4", 0), ("4", 1)], "I. 1.1 II. 2.1", "legal numbers"),
            (&[("4", 2), ("4", 0), ("4", 2)], "1. I. 2.", "a level that counts through"),
            (&[("5", 0), ("9", 0)], "* -", "a linked style, and a list that is not there"),
            (&[("6", 0), ("6", 0)], "A. B.", "a level of its own"),
        ];
        for (paragraphs, expected, why) in table {
            assert_eq!(shown(&numbering, paragraphs), expected, "{why}");
        }
    }

    #[test]
    fn long_numbers_are_cut() {
        let level = level(0, "upperRoman", &"%1".repeat(1_000), "");
        let numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId='0'>{level}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='3888'/></w:lvlOverride></w:num>"
        ));
        assert_eq!(shown(&numbering, &[("1", 0)]).chars().count(), TEXT_CHARS);
    }

    #[test]
    fn levels_by_style() {
        let second = level(1, "lowerLetter", "(%2)", "<w:pStyle w:val='Point'/>");
        let numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId='0'>{second}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        ));
        let counters = Counters::new(&numbering);
        assert_eq!(counters.level_of("1", "Point"), Some(1));
        assert_eq!(counters.level_of("1", "Other"), None);
    }
}
