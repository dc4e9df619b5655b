//! The tokens that citations are made of.

use undex_document::Symbol;

use crate::prose::meaning::Meaning;
use crate::prose::number::Number;

/// A piece of text with what it means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    pub(crate) kind: Kind,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A word or phrase of the vocabulary.
    Meant(Meaning),
    /// Any other word.
    Word,
    /// A number by itself: `29`, `13.1`.
    Digits,
    /// The number of a resolution or decision.
    Number(Box<Number>),
    /// A document symbol.
    Symbol(Box<Symbol>),
    Open,
    Close,
    Comma,
    Semicolon,
    /// A full stop that ends a sentence.
    Stop,
    /// A full stop behind an abbreviation or anywhere else inside a sentence.
    Dot,
    /// A dash between numbers or letters.
    Dash,
    /// Anything else that is not space.
    Other,
}

impl Token {
    pub(crate) fn meaning(&self) -> Option<Meaning> {
        match self.kind {
            Kind::Meant(meaning) => Some(meaning),
            _ => None,
        }
    }
}

/// A text with its tokens.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<'t> {
    pub(crate) text: &'t str,
    list: Vec<Token>,
    /// How often a token was looked at: what the work of reading is measured by.
    #[cfg(test)]
    pub(crate) looks: std::cell::Cell<usize>,
}

impl<'t> Tokens<'t> {
    pub(crate) fn new(text: &'t str, list: Vec<Token>) -> Self {
        Self {
            text,
            list,
            #[cfg(test)]
            looks: std::cell::Cell::new(0),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Token> {
        #[cfg(test)]
        self.looks.set(self.looks.get() + 1);
        self.list.get(at)
    }

    pub(crate) fn kind(&self, at: usize) -> Option<&Kind> {
        self.get(at).map(|token| &token.kind)
    }

    pub(crate) fn meaning(&self, at: usize) -> Option<Meaning> {
        self.get(at).and_then(Token::meaning)
    }

    pub(crate) fn is(&self, at: usize, meaning: Meaning) -> bool {
        self.meaning(at) == Some(meaning)
    }

    /// The text of a token.
    pub(crate) fn text(&self, at: usize) -> &'t str {
        self.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    /// Whether nothing stands between a token and the one after it.
    pub(crate) fn touches_next(&self, at: usize) -> bool {
        match (self.get(at), self.get(at + 1)) {
            (Some(here), Some(next)) => here.end == next.start,
            _ => false,
        }
    }

    /// Whether a token begins with a capital letter.
    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.text(at).starts_with(char::is_uppercase)
    }
}
