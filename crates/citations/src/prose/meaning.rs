//! What the words around a citation mean, whatever the language.

use crate::prose::number::Act;
use crate::prose::organ::Organ;

/// The meaning of a word or a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// An organ by its name.
    Organ(Organ),
    /// `resolution`, `decisions`.
    Act(Act),
    /// `paragraph`, `annexes`.
    Unit(Unit, Count),
    /// `preambular`; `preamble`.
    Preambular,
    /// `operative`; `dispositif`.
    Operative,
    /// `sixth`
    Ordinal(u32),
    /// `and`, `or`.
    And,
    /// `to` and its like, which join the ends of a range, or a place to its document.
    To,
    /// `of`
    Of,
    /// `the`
    The,
    /// `in`, `by`: what stands between an organ and its resolution.
    In,
    /// `its`
    Its,
    /// `present`, `this`: the document itself.
    Present,
    /// `above`, `below`
    Here,
    /// `thereof`, `thereto`
    Thereof,
    /// `ibid.`
    Ibid,
    /// `in particular`, `especially`: what follows belongs to what stands before.
    Particular,
    /// `see`: what follows is something else.
    See,
    /// A month, from 1.
    Month(i8),
    /// `dated`, `adopted on`, `respectively`: what may stand between a number and its date.
    Dated,
    /// `report`, `note`, `letter`: what a symbol in parentheses is of.
    Paper,
    /// `Add`, `Corr`, `Rev`, `Amend`: a modifier without its number.
    Modifier(Modifier),
    /// `Supplement No.`: the series after an `ibid.`
    Series,
    /// `biennium`, `period`: what follows is no resolution but years.
    Years,
}

/// A part of a document that has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Resolution,
    Decision,
    Annex,
    Appendix,
    Part,
    Chapter,
    Section,
    Article,
    Paragraph,
    Point,
}

/// Whether a word stands for one thing or for several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    One,
    Many,
    /// `par.` and its like, which do not tell.
    Any,
    /// A word that is a unit only where it stands abbreviated: French `par` is a preposition.
    Abbreviated,
}

/// What follows a symbol after a stroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Modifier {
    Add,
    Corr,
    Rev,
    Amend,
}

impl Modifier {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Add => "Add",
            Self::Corr => "Corr",
            Self::Rev => "Rev",
            Self::Amend => "Amend",
        }
    }
}
