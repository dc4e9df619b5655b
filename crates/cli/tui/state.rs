//! All that the screen shows follows from this, and only [`update`](super::update) changes it.

use ratatui::layout::Size;
use tui_input::Input;
use undex_document::{Language, Pinpoint, Symbol};
use undex_query::{MAX_RESULTS, SearchRequest};

use super::event::{Complaint, Effect, Found, Listed, OpenRequest};
use super::reader::Reader;
use super::text::typed;
use super::theme::Theme;

/// Hits asked for at first: more than a screen shows. As many again come when the last one is reached.
pub const PAGE: usize = 40;

/// Where the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The line of the query; letters are typed.
    Query,
    /// The list of hits; letters are commands, here and in the document.
    Results,
    Document,
}

/// The interactive mode at one moment.
#[derive(Debug)]
pub struct State {
    pub theme: Theme,
    pub size: Size,
    pub focus: Focus,
    pub query: Input,
    /// The conditions beside the query, and what does not change: order, grouping, related paragraphs.
    pub conditions: SearchRequest,
    /// The choices of languages that are gone through, and which of them holds.
    pub languages: Vec<Vec<Language>>,
    pub language: usize,
    /// The number of the last search that was asked for; answers to others come too late.
    pub asked: u64,
    /// Whether it is still being looked for.
    pub searching: bool,
    pub found: Option<Found>,
    /// Why the query has no answer of its own; the last one is still shown then.
    pub complaint: Option<Complaint>,
    /// The chosen hit, and the first one shown.
    pub chosen: usize,
    pub top: usize,
    /// The document that was asked for last, shown or not.
    pub wanted: Option<Wanted>,
    /// The number under which it was.
    pub opening: u64,
    pub reader: Option<Reader>,
    /// The hit that the document followed last, and the search it was of.
    pub followed: Option<(Symbol, Language, u32, SearchRequest)>,
    /// How far the help is scrolled, if it is open.
    pub help: Option<usize>,
    /// What is told until the next key.
    pub message: Option<String>,
}

/// A document that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub symbol: Symbol,
    pub language: Language,
    pub at: At,
    pub question: SearchRequest,
}

/// The place to stand at in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// The paragraph with this number.
    Ordinal(u32),
    /// The paragraph at this place of another language, or about there.
    Place(Pinpoint, u32),
    /// The first paragraph that matches, or the last; where none is known to, the one with this number.
    First(u32),
    Last(u32),
}

impl State {
    /// An empty screen with the query and the conditions of the command line.
    pub fn new(size: Size, theme: Theme, request: SearchRequest) -> Self {
        let mut languages = vec![Vec::new()];
        languages.extend([Language::Spanish, Language::French, Language::English].map(|l| vec![l]));
        let language = languages.iter().position(|choice| *choice == request.languages);
        let language = language.unwrap_or_else(|| {
            languages.push(request.languages.clone());
            languages.len() - 1
        });
        Self {
            theme,
            size,
            focus: Focus::Query,
            query: Input::new(request.query.chars().filter_map(typed).collect()),
            conditions: request,
            languages,
            language,
            asked: 0,
            searching: false,
            found: None,
            complaint: None,
            chosen: 0,
            top: 0,
            wanted: None,
            opening: 0,
            reader: None,
            followed: None,
            help: None,
            message: None,
        }
    }

    /// The hits of the last answer.
    pub fn hits(&self) -> &[Listed] {
        self.found.as_ref().map_or(&[], |found| &found.hits)
    }

    /// The chosen hit.
    pub fn hit(&self) -> Option<&Listed> {
        self.hits().get(self.chosen)
    }

    /// The languages searched in; none for all.
    pub fn chosen_languages(&self) -> &[Language] {
        self.languages.get(self.language).map_or(&[], Vec::as_slice)
    }

    /// Whether there is anything to search for.
    pub fn has_question(&self) -> bool {
        let conditions = &self.conditions;
        !self.query.value().trim().is_empty()
            || !self.chosen_languages().is_empty()
            || !conditions.types.is_empty()
            || conditions.from.is_some()
            || conditions.to.is_some()
    }

    /// Asks for the hits of the query as it stands, `limit` of them.
    pub fn search(&mut self, limit: usize) -> Option<Effect> {
        self.asked += 1;
        if !self.has_question() {
            self.searching = false;
            self.found = None;
            self.complaint = None;
            (self.reader, self.wanted, self.followed) = (None, None, None);
            (self.chosen, self.top) = (0, 0);
            return None;
        }
        self.searching = true;
        let mut request = self.conditions.clone();
        self.query.value().clone_into(&mut request.query);
        request.languages = self.chosen_languages().to_vec();
        request.limit = limit.min(MAX_RESULTS);
        // Behind a space, or with the cursor elsewhere, a word is as it was meant.
        let unfinished =
            self.focus == Focus::Query && self.query.cursor() == self.query.value().chars().count();
        Some(Effect::Search { number: self.asked, request, unfinished })
    }

    /// Asks for the next hits, where there are more.
    pub fn search_on(&mut self) -> Option<Effect> {
        let found = self.found.as_ref()?;
        let known = found.hits.len();
        // A question that has changed since is about to be answered anyway; an answer that is not full has all.
        if self.searching || known < found.question.limit || known >= MAX_RESULTS {
            return None;
        }
        let mut request = found.question.clone();
        request.limit = (known + PAGE).min(MAX_RESULTS);
        self.asked += 1;
        self.searching = true;
        Some(Effect::Search { number: self.asked, request, unfinished: false })
    }

    /// Goes to a place in a document, and asks for that where it is not the one at hand.
    pub fn open(&mut self, symbol: Symbol, language: Language, at: At) -> Option<Effect> {
        let question = self.question();
        let wanted = Wanted { symbol, language, at, question };
        if let Some(reader) = self.reader.as_mut().filter(|reader| reader.is_of(&wanted)) {
            reader.go(&wanted.at);
            // What may still be on its way is not wanted any more.
            self.opening += 1;
            self.wanted = Some(wanted);
            return None;
        }
        let same = self.wanted.as_ref().is_some_and(|before| before.is_of(&wanted));
        self.wanted = Some(wanted.clone());
        if same {
            return None;
        }
        self.opening += 1;
        let Wanted { symbol, language, question, .. } = wanted;
        Some(Effect::Open(OpenRequest { number: self.opening, symbol, language, question }))
    }

    /// The search that documents are read for: that of the answer shown, whatever part of it is shown.
    pub fn question(&self) -> SearchRequest {
        let mut question = self
            .found
            .as_ref()
            .map_or_else(|| SearchRequest::new(""), |found| found.question.clone());
        (question.limit, question.offset) = (0, 0);
        question
    }

    /// The document to show: the one at hand, unless another one is meant to be read.
    pub fn shown(&self) -> Option<&Reader> {
        let reader = self.reader.as_ref()?;
        match &self.wanted {
            Some(wanted) if self.focus == Focus::Document && !reader.is_document(wanted) => None,
            _ => Some(reader),
        }
    }
}

impl Wanted {
    /// Whether both are the same document for the same search, wherever in it.
    pub fn is_of(&self, other: &Self) -> bool {
        self.symbol == other.symbol
            && self.language == other.language
            && self.question == other.question
    }
}
