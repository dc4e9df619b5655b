//! What happens to the screen, and what it asks for in turn.

use crossterm::event::KeyEvent;
use undex_document::{Language, Paragraph, Pinpoint, Symbol};
use undex_query::{Combination, SearchRequest};

/// What happens.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// A text was pasted.
    Paste(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// A search came to its end.
    Answered {
        /// The number under which it was asked for.
        number: u64,
        result: Result<Found, Complaint>,
    },
    /// A document was read.
    Opened {
        /// The number under which it was asked for.
        number: u64,
        result: Result<Opened, String>,
    },
    /// Another generation of the index is in use from now on.
    Published(u64),
    /// The system asks the program to end.
    Interrupted,
    /// A part of the program has ended that it cannot do without; why is told already where it is known.
    Lost(String),
}

/// What is to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Look for paragraphs. A search that is asked for later takes the place of one that has not begun.
    Search {
        number: u64,
        request: SearchRequest,
        /// Whether the last word may still be written: where nothing has it, it is the beginning of one.
        unfinished: bool,
    },
    /// Read a document and what matches in it, in the same manner.
    Open(OpenRequest),
    /// Hand a text to the clipboard of the terminal.
    Copy(String),
    /// Give the terminal back until the user returns.
    Suspend,
    /// End.
    Quit,
}

/// A document that is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRequest {
    pub number: u64,
    pub symbol: Symbol,
    pub language: Language,
    /// The search whose matches are set off in it.
    pub question: SearchRequest,
}

/// An answer, as far as it is shown.
#[derive(Clone, Debug)]
pub struct Found {
    /// The search as it was made, with the beginning of a word where that was not finished.
    pub question: SearchRequest,
    pub hits: Vec<Listed>,
    /// How many paragraphs match.
    pub total: u64,
    /// Whether paragraphs that are alike are one hit.
    pub folded: bool,
    /// How many documents match, where each is one hit.
    pub documents: Option<u64>,
    pub combination: Combination,
    /// Words that nothing has, with those that may be meant.
    pub suggestions: Vec<(String, Vec<String>)>,
    /// The time it took, in milliseconds.
    pub milliseconds: u128,
}

/// A hit in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub symbol: Symbol,
    pub language: Language,
    pub pinpoint: Pinpoint,
    /// The place of the paragraph in its document.
    pub ordinal: u32,
    pub cite: String,
    /// Language, type, date and page.
    pub facts: String,
    pub title: Option<String>,
    /// From the outermost in.
    pub headings: Vec<String>,
    /// The stretch that matches best, with what matched in it, in characters.
    pub snippet: String,
    pub highlights: Vec<(u32, u32)>,
    /// The mark of the note it is from, if it is from one.
    pub note: Option<String>,
    /// Whether it has the words of the query, and not others instead.
    pub matches: bool,
    /// What is told above it: why it is there, where it is for another reason than the hit before.
    pub reason: Option<String>,
    /// How many paragraphs are left out that it stands for.
    pub stands_for: Vec<String>,
}

/// A document with what matches in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub symbol: Symbol,
    pub language: Language,
    /// All the languages it is held in.
    pub held_in: Vec<Language>,
    /// Type, date and title.
    pub facts: String,
    pub paragraphs: Vec<Paragraph>,
    /// In the order of the paragraphs.
    pub matches: Vec<Match>,
    /// The search that they are of.
    pub question: SearchRequest,
}

/// What matches in a paragraph: first and end places, in characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// The place of the paragraph in its document.
    pub ordinal: u32,
    pub text: Vec<(u32, u32)>,
    /// One list for each note.
    pub notes: Vec<Vec<(u32, u32)>>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub message: String,
    /// The place in the query, in characters from 1, if it is one.
    pub column: Option<usize>,
}
