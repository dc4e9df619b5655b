//! The walk over a document's blocks that gives each its role, headings and pinpoint.

use std::collections::{HashMap, HashSet};

use undex_document::{ListName, Paragraph, Pinpoint, Role, Step};

use super::block::{Block, Shape};
use super::labels::{Label, LabelKind};
use super::numbering::{Before, Numbered, Sequence, begins_again, sequences};
use super::words::{Attachment, attachment, list_name, titled_attachment};

mod headings;
mod points;
mod slips;

pub(crate) use headings::{TRAIL_HEADINGS, heading_name};

use headings::HeadingStack;
use points::PointStack;

/// What numbered paragraphs of the main part are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Resolutions and decisions: `operative`.
    Resolution,
    /// Everything else: `paragraph`.
    Report,
}

/// Turns blocks into the paragraphs of a document. Citations are left empty.
pub(crate) fn paragraphs(blocks: Vec<Block>, form: Form) -> Vec<Paragraph> {
    let blocks = with_lone_labels(with_parted_attachments(blocks));
    let blocks = slips::with_whole_preamble(slips::with_bullets(blocks), form);
    let blocks = slips::with_due_numbers(slips::with_labels_once(blocks));
    let blocks = headings::with_labels(headings::with_lettered(headings::with_rubrics(blocks)));
    let sequences = number_all(&blocks);
    let mut walk = Walk::new(form, repeats(&blocks, &sequences));
    let mut paragraphs = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let next = blocks.get(at + 1);
        let (role, steps) = walk.place(block, sequences.get(at).copied().flatten(), next);
        paragraphs.push(Paragraph {
            ordinal: u32::try_from(at).unwrap_or(u32::MAX),
            role,
            label: block.label.clone(),
            pinpoint: walk.unique(Pinpoint::new(steps)),
            headings: walk.trail(role),
            text: block.text.clone(),
            page: block.page,
            notes: block.notes.clone(),
            citations: Vec::new(),
        });
    }
    paragraphs
}

/// Parts the word that opens an annex from the title behind it, where a heading has both in one line.
fn with_parted_attachments(blocks: Vec<Block>) -> Vec<Block> {
    let mut parted = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        let heads = matches!(block.shape, Shape::Heading(_)) && block.label.is_none();
        if let Some(at) = titled_attachment(&block.text).filter(|_| heads) {
            let title = block.text.split_off(at).trim_start().to_owned();
            block.text.truncate(block.text.trim_end().len());
            let title =
                Block { text: title, notes: std::mem::take(&mut block.notes), ..block.clone() };
            parted.extend([block, title]);
        } else {
            parted.push(block);
        }
    }
    parted
}

/// Gives the number that stands alone to the text behind it, as some conversions part the two.
fn with_lone_labels(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let alone = |lone: &&mut Block| {
            lone.shape == Shape::Body && lone.label.is_some() && lone.text.is_empty()
        };
        match joined.last_mut().filter(alone) {
            Some(lone) if block.shape == Shape::Body && block.label.is_none() => {
                lone.text = block.text;
                lone.notes.extend(block.notes);
            }
            _ => joined.push(block),
        }
    }
    joined
}

/// The number that a paragraph prints.
fn number_of(block: &Block) -> Option<u32> {
    if block.shape != Shape::Body {
        return None;
    }
    match Label::from_printed(block.label.as_deref()?)?.kind {
        LabelKind::Number(value) => Some(value),
        _ => None,
    }
}

/// Whether a block begins a part that numbers by itself: an annex, or one resolution among several.
fn opens_scope(block: &Block) -> bool {
    match block.shape {
        Shape::ResolutionPart => true,
        Shape::Heading(_) => block.label.is_none() && attachment(&block.text).is_some(),
        _ => false,
    }
}

/// The sequence of every numbered block, scope by scope.
fn number_all(blocks: &[Block]) -> Vec<Option<Sequence>> {
    let mut found = vec![None; blocks.len()];
    let mut scope: Vec<(usize, Numbered)> = Vec::new();
    let mut before = Before::Other;
    let mut finish = |scope: &mut Vec<(usize, Numbered)>| {
        let numbered: Vec<Numbered> = scope.iter().map(|(_, n)| *n).collect();
        for ((at, _), sequence) in scope.drain(..).zip(sequences(&numbered)) {
            if let Some(slot) = found.get_mut(at) {
                *slot = Some(sequence);
            }
        }
    };
    for (at, block) in blocks.iter().enumerate() {
        if opens_scope(block) {
            finish(&mut scope);
            before = Before::NumberedHeading;
            continue;
        }
        if let Some(value) = number_of(block) {
            scope.push((at, Numbered { value, indent: block.indent, before }));
        }
        before = match block.shape {
            Shape::Heading(_)
                if block.label.is_some() || headings::bare_numeral(&block.text).is_some() =>
            {
                Before::NumberedHeading
            }
            // A heading under a numbered one does not hide it.
            Shape::Heading(_) if before == Before::NumberedHeading => Before::NumberedHeading,
            Shape::Heading(_) => Before::PlainHeading,
            Shape::Preambular => Before::NumberedHeading,
            _ if block.text.ends_with(':') => Before::Colon,
            _ => Before::Other,
        };
    }
    finish(&mut scope);
    found
}

/// The scopes, counted from 0, in which the main sequence begins again, so that a pinpoint needs its section.
fn repeats(blocks: &[Block], sequences: &[Option<Sequence>]) -> HashSet<usize> {
    let mut scopes: Vec<Vec<u32>> = vec![Vec::new()];
    for (block, sequence) in blocks.iter().zip(sequences) {
        if opens_scope(block) {
            scopes.push(Vec::new());
        }
        if *sequence == Some(Sequence::Main)
            && let (Some(numbers), Some(number)) = (scopes.last_mut(), number_of(block))
        {
            numbers.push(number);
        }
    }
    let scopes = scopes.iter().enumerate().filter(|(_, numbers)| begins_again(numbers));
    scopes.map(|(scope, _)| scope).collect()
}

struct Walk {
    form: Form,
    repeating: HashSet<usize>,
    scope: usize,
    /// Resolution, annex, appendix.
    prefix: Vec<Step>,
    in_annex: bool,
    headings: HeadingStack,
    /// The place that points, bullets and unnumbered paragraphs belong to.
    host: Option<Vec<Step>>,
    /// Whether the host's text announces a list.
    host_announces: bool,
    points: PointStack,
    /// Counters of things without number, by the place they are counted under.
    counters: HashMap<(Vec<Step>, &'static str), u32>,
    used: HashMap<Pinpoint, u32>,
}

impl Walk {
    fn new(form: Form, repeating: HashSet<usize>) -> Self {
        Self {
            form,
            repeating,
            scope: 0,
            prefix: Vec::new(),
            in_annex: false,
            headings: HeadingStack::default(),
            host: None,
            host_announces: false,
            points: PointStack::default(),
            counters: HashMap::new(),
            used: HashMap::new(),
        }
    }

    /// The headings above the paragraph just placed; a heading does not stand under itself.
    fn trail(&self, role: Role) -> Vec<String> {
        match role {
            Role::Title | Role::Masthead | Role::Closing => Vec::new(),
            Role::Heading => self.headings.trail(true),
            _ => self.headings.trail(false),
        }
    }

    fn count(&mut self, under: &[Step], what: &'static str) -> u32 {
        let counter = self.counters.entry((under.to_vec(), what)).or_insert(0);
        *counter += 1;
        *counter
    }

    /// The scope's prefix and its numbered sections.
    fn section(&self) -> Vec<Step> {
        let mut steps = self.prefix.clone();
        steps.extend(self.headings.sections());
        steps
    }

    fn unique(&mut self, pinpoint: Pinpoint) -> Pinpoint {
        let count = self.used.entry(pinpoint.clone()).or_insert(0);
        *count += 1;
        let nth = *count;
        if nth == 1 {
            return pinpoint;
        }
        // A repeated number: `para. 5 [2]`. That place may itself be taken by nothing else.
        pinpoint.child(Step::Again(nth))
    }

    fn set_host(&mut self, steps: Option<Vec<Step>>, text: &str) {
        self.host = steps;
        self.host_announces = text.ends_with(':');
        self.points.clear();
    }

    fn place(
        &mut self,
        block: &Block,
        sequence: Option<Sequence>,
        next: Option<&Block>,
    ) -> (Role, Vec<Step>) {
        match block.shape {
            Shape::Title => (Role::Title, self.prefix_with(Step::Title)),
            Shape::Masthead => {
                let number = self.count(&[], "masthead");
                (Role::Masthead, vec![Step::Masthead(number)])
            }
            Shape::ResolutionPart => self.part(block),
            Shape::Opening => {
                let mut steps = self.section();
                steps.push(Step::Opening);
                self.set_host(None, "");
                (Role::Preambular, steps)
            }
            Shape::Preambular => {
                let mut steps = self.section();
                let number = self.count(&steps, "preambular");
                steps.push(Step::Preambular(number));
                self.set_host(Some(steps.clone()), &block.text);
                (Role::Preambular, steps)
            }
            Shape::Heading(level) => self.heading(block, level, next),
            Shape::Table => {
                self.headings.content();
                let prefix = self.prefix.clone();
                let number = self.count(&prefix, "table");
                (Role::Table, self.prefix_with(Step::Table(number)))
            }
            Shape::Closing => {
                let prefix = self.prefix.clone();
                let number = self.count(&prefix, "closing");
                self.set_host(None, "");
                (Role::Closing, self.prefix_with(Step::Closing(number)))
            }
            Shape::Bullet => {
                let mut steps = self.open_point();
                let number = self.count(&steps, "bullet");
                steps.push(Step::Bullet(number));
                (Role::Point, steps)
            }
            Shape::Body => self.body(block, sequence),
        }
    }

    fn prefix_with(&self, step: Step) -> Vec<Step> {
        let mut steps = self.prefix.clone();
        steps.push(step);
        steps
    }

    /// The innermost place that an unnumbered item belongs to.
    fn open_point(&self) -> Vec<Step> {
        let mut steps = self.host.clone().unwrap_or_else(|| self.section());
        steps.extend(self.points.steps());
        steps
    }

    fn part(&mut self, block: &Block) -> (Role, Vec<Step>) {
        self.scope += 1;
        self.headings.clear();
        self.set_host(None, "");
        self.in_annex = false;
        let label = block.label.clone().unwrap_or_else(|| self.scope.to_string());
        self.prefix = vec![Step::Resolution(label)];
        (Role::Title, self.prefix.clone())
    }

    fn heading(
        &mut self,
        block: &Block,
        level: Option<u8>,
        next: Option<&Block>,
    ) -> (Role, Vec<Step>) {
        if block.label.is_none() {
            match attachment(&block.text) {
                Some(found) => return self.attach(found, block),
                None if self.host_announces
                    && next.is_some_and(|next| next.shape == Shape::Bullet) =>
                {
                    // A heading inside a list: the list goes on under the same paragraph.
                    self.points.clear();
                    self.headings.push(block, level);
                    return (Role::Heading, self.plain_heading());
                }
                None => {}
            }
        }
        self.set_host(None, "");
        if block.label.is_none() && self.headings.awaits_title() {
            self.headings.title(&block.text);
            let mut steps = self.section();
            steps.push(Step::Title);
            return (Role::Heading, steps);
        }
        self.headings.push(block, level);
        if block.label.is_some() || headings::bare_numeral(&block.text).is_some() {
            (Role::Heading, self.section())
        } else {
            (Role::Heading, self.plain_heading())
        }
    }

    fn plain_heading(&mut self) -> Vec<Step> {
        let prefix = self.prefix.clone();
        let number = self.count(&prefix, "heading");
        self.prefix_with(Step::Heading(number))
    }

    fn attach(&mut self, found: Attachment, block: &Block) -> (Role, Vec<Step>) {
        self.scope += 1;
        self.in_annex = true;
        self.set_host(None, "");
        let resolution = self.prefix.first().filter(|s| matches!(s, Step::Resolution(_))).cloned();
        match found {
            Attachment::Annex(label) => {
                self.headings.clear();
                self.prefix = resolution.into_iter().collect();
                self.prefix.push(Step::Annex(label));
            }
            Attachment::Appendix(label) => {
                self.headings.keep_attachment();
                self.prefix.retain(|step| !matches!(step, Step::Appendix(_)));
                self.prefix.push(Step::Appendix(label));
            }
        }
        self.headings.push_attachment(block);
        (Role::Heading, self.prefix.clone())
    }

    fn body(&mut self, block: &Block, sequence: Option<Sequence>) -> (Role, Vec<Step>) {
        self.headings.content();
        let label = block.label.as_deref().and_then(Label::from_printed);
        match (label.map(|l| l.kind), sequence) {
            (Some(LabelKind::Number(value)), sequence) => self.numbered(block, value, sequence),
            (Some(LabelKind::Dotted), _) => {
                let mut steps = self.prefix.clone();
                steps.push(Step::Paragraph(block.label.clone().unwrap_or_default()));
                self.set_host(Some(steps.clone()), &block.text);
                (self.numbered_role(), steps)
            }
            (Some(LabelKind::Point(letters)), _) => {
                self.points.push(&letters);
                let mut steps = self.host.clone().unwrap_or_else(|| self.section());
                steps.extend(self.points.steps());
                (Role::Point, steps)
            }
            _ => {
                // What a paragraph without number announced has come; this is the next one. Nor is what
                // follows the preamble part of its last paragraph.
                let over = match self.host.as_deref() {
                    Some([.., Step::Unnumbered(_)]) => true,
                    Some([.., Step::Preambular(_)]) => !self.host_announces,
                    _ => false,
                };
                if over {
                    self.set_host(None, "");
                }
                let mut steps = self.host.clone().unwrap_or_else(|| self.section());
                let number = self.count(&steps, "unnumbered");
                steps.push(Step::Unnumbered(number));
                // It may announce points; without a number above it, it is their host.
                if self.host.is_none() {
                    let host = block.text.ends_with(':').then(|| steps.clone());
                    self.set_host(host, &block.text);
                }
                (Role::Text, steps)
            }
        }
    }

    fn numbered_role(&self) -> Role {
        if self.in_annex || self.form == Form::Report { Role::Paragraph } else { Role::Operative }
    }

    fn numbered(
        &mut self,
        block: &Block,
        value: u32,
        sequence: Option<Sequence>,
    ) -> (Role, Vec<Step>) {
        let role = self.numbered_role();
        match sequence {
            Some(Sequence::Nested) => {
                // Items of a list inside a paragraph, with points of their own under them.
                let owner: Vec<Step> = self
                    .host
                    .clone()
                    .unwrap_or_else(|| self.section())
                    .into_iter()
                    .take_while(|step| !matches!(step, Step::Item(..)))
                    .collect();
                let mut steps = owner;
                steps.push(Step::Item(ListName::Item, value.to_string()));
                self.set_host(Some(steps.clone()), &block.text);
                (Role::Point, steps)
            }
            Some(Sequence::UnderHeading) => {
                let mut steps = self.section();
                let name = self.headings.last_plain().map_or(ListName::Item, list_name);
                steps.push(Step::Item(name, value.to_string()));
                self.set_host(Some(steps.clone()), &block.text);
                (role, steps)
            }
            Some(Sequence::Main) | None => {
                let mut steps = if self.repeating.contains(&self.scope) {
                    self.section()
                } else {
                    self.prefix.clone()
                };
                steps.push(Step::Paragraph(value.to_string()));
                self.set_host(Some(steps.clone()), &block.text);
                (role, steps)
            }
        }
    }
}

#[cfg(test)]
mod tests;
