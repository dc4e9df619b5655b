//! What recognition finds: mentions of documents, not yet told which.

use std::ops::Range;

use undex_document::{Date, Step, Symbol};

use crate::prose::number::{Act, Number};
use crate::prose::organ::Organ;

/// A mention of a document in running text, with everything around it that tells which one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mention {
    /// Where its name stands, in bytes.
    pub(crate) range: Range<usize>,
    pub(crate) named: Named,
    /// The places in it that are named.
    pub(crate) places: Vec<Vec<Step>>,
}

/// How a document is named.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Named {
    /// By its symbol.
    Symbol(Symbol),
    /// By the number of a resolution or decision.
    Number(Numbered),
    /// `ibid.`: by what was named before.
    Ibid,
    /// As the document itself; where the words do not say so, it is meant only if it has the place.
    Own { said: bool },
    /// By a name that the catalogue knows.
    Nickname(Symbol),
}

/// A number and what stands around it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Numbered {
    pub(crate) number: Number,
    pub(crate) act: Act,
    /// The organ that the words around the number give it to: before it, or behind it.
    pub(crate) organs: Vec<Organ>,
    /// Whether the organ was named for an earlier number of a list, so that it may have changed.
    pub(crate) carried: bool,
    /// Organs that the sentence names and that may be meant.
    pub(crate) near: Vec<Organ>,
    /// The days that may be its date.
    pub(crate) dates: Vec<Date>,
}
