//! Searching and reading beside the screen.
//!
//! Each of both has a thread and takes the newest request that waits: whoever types fast is not answered
//! letter by letter. The thread that searches also looks whether another generation was published.

use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use undex_document::{CitedIn, Symbol};
use undex_query::{Answer, Combination, Hit, QueryError, SearchError, SearchRequest, Searcher};
use undex_schema::Layout;

use super::event::{Complaint, Event, Found, Listed, Match, OpenRequest, Opened};
use crate::commands::search::hits;
use crate::exit::Failure;
use crate::terminal::visible;

/// How often it is looked whether a generation was published: a line is read then.
const LOOK: Duration = Duration::from_secs(2);

/// Matches of one document that can be walked through; each is read with its marks.
const MATCHES: usize = 500;

/// Letters of a word that may be the beginning of one: fewer begin too many.
const LEAST_BEGINNING: usize = 2;

/// Asks the threads.
pub struct Work {
    searches: Sender<Search>,
    readings: Sender<OpenRequest>,
}

/// A search that is to be made.
pub struct Search {
    pub number: u64,
    pub request: SearchRequest,
    pub unfinished: bool,
}

/// The generation that is answered from.
type Current = Arc<Mutex<Searcher>>;

impl Work {
    /// Starts the threads; what they find out is sent to `events`.
    pub fn start(searcher: Searcher, index: &Path, events: &Sender<Event>) -> io::Result<Self> {
        let current = Arc::new(Mutex::new(searcher));
        let (searches, asked) = channel::<Search>();
        let (readings, wanted) = channel::<OpenRequest>();
        let (layout, of_search, to) =
            (Layout::new(index), Arc::clone(&current), Lifeline(events.clone()));
        thread::Builder::new().name("search".to_owned()).spawn(move || {
            answer_all(&asked, &layout, &of_search, &to.0);
        })?;
        let to = Lifeline(events.clone());
        thread::Builder::new().name("read".to_owned()).spawn(move || {
            while let Some(request) = wanted.recv().ok().map(|first| newest(first, &wanted)) {
                let result = read(&searcher_of(&current), &request);
                let result = result.map_err(|error| error.to_string());
                if to.0.send(Event::Opened { number: request.number, result }).is_err() {
                    break;
                }
            }
        })?;
        Ok(Self { searches, readings })
    }

    /// Has a search made.
    pub fn search(&self, search: Search) -> Result<(), Failure> {
        self.searches.send(search).map_err(|_| gone())
    }

    /// Has a document read.
    pub fn open(&self, request: OpenRequest) -> Result<(), Failure> {
        self.readings.send(request).map_err(|_| gone())
    }
}

fn gone() -> Failure {
    Failure::error(GONE)
}

const GONE: &str = "the thread that searches ended; `undex search` says more";

/// Says that a thread ended, should it end without being told to.
struct Lifeline(Sender<Event>);

impl Drop for Lifeline {
    fn drop(&mut self) {
        // Where nobody listens any more, the program ends.
        let _ = self.0.send(Event::Lost(GONE.to_owned()));
    }
}

/// The last of what waits.
fn newest<T>(first: T, waiting: &Receiver<T>) -> T {
    waiting.try_iter().last().unwrap_or(first)
}

fn searcher_of(current: &Current) -> Searcher {
    current.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn answer_all(asked: &Receiver<Search>, layout: &Layout, current: &Current, to: &Sender<Event>) {
    loop {
        match asked.recv_timeout(LOOK) {
            Ok(first) => {
                let Search { number, request, unfinished } = newest(first, asked);
                let result = answer(&searcher_of(current), request, unfinished);
                if to.send(Event::Answered { number, result }).is_err() {
                    return;
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Some(number) = renewed(layout, current)
                    && to.send(Event::Published(number)).is_err()
                {
                    return;
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Opens the generation in use, where it is another one. An index that cannot be read at the moment is
/// answered from as it was: its files stay open.
fn renewed(layout: &Layout, current: &Current) -> Option<u64> {
    let now = layout.current().ok()?;
    if searcher_of(current).info().generation == now {
        return None;
    }
    let opened = Searcher::open(layout.root()).ok()?;
    let number = opened.info().generation;
    *current.lock().unwrap_or_else(PoisonError::into_inner) = opened;
    Some(number)
}

/// Makes a search. Where nothing matches all that is asked for and the last word may not be finished, it is
/// taken for the beginning of one.
pub fn answer(
    searcher: &Searcher,
    mut request: SearchRequest,
    unfinished: bool,
) -> Result<Found, Complaint> {
    let begun = Instant::now();
    let mut answer = searcher.search(&request).map_err(complaint)?;
    let lacking = |answer: &Answer| {
        let some_only = answer.total == 0 || answer.combination == Combination::Any;
        some_only && answer.synonymous == 0
    };
    if unfinished && lacking(&answer) && ends_in_a_word(&request.query) {
        let mut beginning = request.clone();
        beginning.query.push('*');
        // The beginning of too many words is refused; there was an answer without it.
        if let Ok(more) = searcher.search(&beginning)
            && !lacking(&more)
        {
            (answer, request) = (more, beginning);
        }
    }
    Ok(found(answer, request, begun.elapsed()))
}

/// Whether a query ends in letters that a star may follow.
fn ends_in_a_word(query: &str) -> bool {
    let word = query.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.chars().count() >= LEAST_BEGINNING && word.chars().all(char::is_alphabetic)
}

fn complaint(error: SearchError) -> Complaint {
    match error {
        // The query stands right above it.
        SearchError::Query(QueryError::Syntax(error)) => {
            Complaint { message: error.to_string(), column: Some(error.column) }
        }
        error => Complaint { message: error.to_string(), column: None },
    }
}

fn found(answer: Answer, question: SearchRequest, took: Duration) -> Found {
    let reasons = hits::reasons(&answer);
    let folded = answer.hits.iter().any(|hit| hit.repeats.is_some_and(|repeats| repeats > 0));
    let listed = answer.hits.into_iter().zip(reasons).map(|(hit, reason)| listed(hit, reason));
    Found {
        question,
        hits: listed.collect(),
        total: answer.total,
        folded,
        documents: answer.documents,
        combination: answer.combination,
        suggestions: answer.suggestions.into_iter().map(|one| (one.word, one.near)).collect(),
        milliseconds: took.as_millis(),
    }
}

fn listed(hit: Hit, reason: Option<String>) -> Listed {
    let document = &hit.document;
    let mut facts = vec![document.language.to_string(), document.kind.to_string()];
    facts.extend(document.date.map(|date| date.to_string()));
    facts.extend(hit.paragraph.page.map(|page| format!("page {page}")));
    let matches = !hit.related && hit.synonyms.is_empty();
    let stands_for = hits::stands_for(&hit);
    Listed {
        symbol: document.symbol.clone(),
        language: document.language,
        title: document.title.clone(),
        ordinal: hit.paragraph.ordinal,
        cite: hit.cite(),
        facts: facts.join(" · "),
        pinpoint: hit.paragraph.pinpoint,
        headings: hit.paragraph.headings,
        snippet: hit.snippet.text,
        highlights: hit.snippet.highlights,
        note: match hit.snippet.taken_from {
            CitedIn::Note(mark) => Some(mark),
            _ => None,
        },
        matches,
        reason,
        stands_for,
    }
}

/// Reads a document and what matches in it.
pub fn read(searcher: &Searcher, request: &OpenRequest) -> Result<Opened, SearchError> {
    let OpenRequest { symbol, language, question, .. } = request;
    let held_in = searcher.languages_of(symbol)?;
    let Some(document) = searcher.document(symbol, *language)? else {
        return Ok(Opened {
            symbol: symbol.clone(),
            language: *language,
            held_in,
            facts: String::new(),
            paragraphs: Vec::new(),
            matches: Vec::new(),
            question: question.clone(),
        });
    };
    let mut facts = vec![document.kind.to_string()];
    facts.extend(document.date.map(|date| date.to_string()));
    facts.extend(document.title.as_deref().map(|title| visible(title).into_owned()));
    Ok(Opened {
        symbol: document.symbol.clone(),
        language: document.language,
        held_in,
        facts: facts.join(" · "),
        matches: matches(searcher, request)?,
        paragraphs: document.paragraphs,
        question: question.clone(),
    })
}

/// What matches in a document: the same search, of this document alone.
fn matches(searcher: &Searcher, request: &OpenRequest) -> Result<Vec<Match>, SearchError> {
    let mut question = request.question.clone();
    if question.query.trim().is_empty() {
        return Ok(Vec::new());
    }
    question.query = within(&question.query, &request.symbol);
    question.languages = vec![request.language];
    (question.limit, question.offset) = (MATCHES, 0);
    (question.related, question.by_document) = (false, false);
    (question.thesaurus, question.fold) = (None, None);
    let answer = match searcher.search(&question) {
        Ok(answer) => answer,
        // It was just within a bound and is not with one condition more.
        Err(SearchError::Query(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut matches: Vec<Match> = answer
        .hits
        .into_iter()
        .map(|hit| Match {
            ordinal: hit.paragraph.ordinal,
            text: hit.highlights,
            notes: hit.note_highlights,
        })
        .collect();
    matches.sort_by_key(|one| one.ordinal);
    Ok(matches)
}

/// A query for one document alone. The quotation marks keep parentheses of the symbol from ending it.
fn within(query: &str, symbol: &Symbol) -> String {
    format!("({query}) symbol:\"{symbol}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_may_go_on() {
        // (query, whether, why)
        let table = [
            ("points of cont", true, "a word is being written"),
            ("confiança", true, "in any script"),
            ("points ", false, "the space ends it"),
            ("points c", false, "one letter begins too many"),
            ("cyber*", false, "it is the beginning of one already"),
            ("lang:es", false, "a filter is no word"),
            ("\"points of cont\"", false, "quotation marks are meant"),
            ("(points OR cont", true, "whether it can be read is not asked here"),
            ("", false, "there is none"),
        ];
        for (query, expected, why) in table {
            assert_eq!(ends_in_a_word(query), expected, "{query}: {why}");
        }
    }

    #[test]
    fn every_symbol_can_be_a_condition() {
        let content = "provisional".repeat(8);
        let provisional = Symbol::provisional(&content);
        let table = ["A/RES/217(III)", "A/AC.105/L.1/Add.2", "A/RES/78/237", "S/RES/1540(2004)"];
        let symbols = table.iter().map(|text| text.parse::<Symbol>().unwrap());
        for symbol in symbols.chain([provisional]) {
            let query = within("points OR contact", &symbol);
            let expected = undex_query::Filter::Symbol(symbol.clone());
            let read = format!("{:?}", undex_query::parse(&query).unwrap());
            assert!(read.contains(&format!("{expected:?}")), "{query}: {read}");
        }
    }
}
