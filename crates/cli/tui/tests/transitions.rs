//! What follows from what happens.

use crossterm::event::KeyCode;
use undex_document::Language;

use super::super::event::{Complaint, Effect, Event};
use super::super::state::Focus;
use super::super::update::{MAX_COPY, update};
use super::support::{
    answer, answered, begun, control, found, hand_over, hit, press, searched, symbol, type_in,
    wanted,
};

#[test]
fn every_letter_asks_anew() {
    let (mut state, effects) = begun(80, 24, "");
    assert_eq!(effects, [], "nothing is asked for an empty query");
    let (first, request) = searched(&type_in(&mut state, "a")).unwrap();
    assert_eq!(request.query, "a");
    let (second, request) = searched(&type_in(&mut state, "p")).unwrap();
    assert_eq!(request.query, "ap");
    assert!(second > first);
    let effects = press(&mut state, KeyCode::Left);
    assert_eq!(effects, [], "the cursor alone asks nothing");
    assert_eq!(searched(&press(&mut state, KeyCode::Backspace)).unwrap().1.query, "p");
}

#[test]
fn an_answer_that_comes_too_late_is_dropped() {
    let (mut state, first) = begun(80, 24, "apple");
    let second = type_in(&mut state, "s");
    answer(&mut state, &first, vec![hit("UNDEX/A/1", 0, "apple")]);
    assert!(state.found.is_none() && state.searching);
    answer(&mut state, &second, vec![hit("UNDEX/A/2", 0, "apples")]);
    assert_eq!(state.hit().unwrap().symbol, symbol("UNDEX/A/2"));
    assert!(!state.searching);
    // Even once the newer one is there.
    answer(&mut state, &first, vec![hit("UNDEX/A/1", 0, "apple")]);
    assert_eq!(state.hit().unwrap().symbol, symbol("UNDEX/A/2"));
}

#[test]
fn a_query_that_cannot_be_read_keeps_the_hits_of_the_one_before() {
    let mut state = answered(80, 24, "apples", vec![hit("UNDEX/A/1", 0, "apples")]);
    let (number, _) = searched(&type_in(&mut state, " AND")).unwrap();
    let complaint = Complaint { message: "column 11: found nothing".to_owned(), column: Some(11) };
    update(&mut state, Event::Answered { number, result: Err(complaint.clone()) });
    assert_eq!(state.complaint, Some(complaint));
    assert_eq!(state.hits().len(), 1);
    let effects = type_in(&mut state, " pears");
    answer(&mut state, &effects, vec![]);
    assert_eq!(state.complaint, None);
    assert!(state.hits().is_empty());
}

#[test]
fn the_language_goes_round_and_is_asked_for() {
    let (mut state, _) = begun(80, 24, "apples");
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(searched(&press(&mut state, KeyCode::F(2))).unwrap().1.languages);
    }
    let expected: [&[Language]; 4] =
        [&[Language::Spanish], &[Language::French], &[Language::English], &[]];
    assert_eq!(seen, expected);
    assert_eq!(searched(&control(&mut state, 'l')).unwrap().1.languages, [Language::Spanish]);
}

#[test]
fn conditions_alone_are_a_question() {
    let (mut state, _) = begun(80, 24, "");
    let effects = press(&mut state, KeyCode::F(2));
    let (_, request) = searched(&effects).unwrap();
    assert_eq!((request.query.as_str(), &*request.languages), ("", &[Language::Spanish][..]));
}

#[test]
fn on_a_narrow_screen_nothing_is_read_before_enter() {
    let hits = || vec![hit("UNDEX/A/1", 2, "apples"), hit("UNDEX/A/2", 5, "apples")];
    let (mut state, effects) = begun(45, 12, "apples");
    let follows = answer(&mut state, &effects, hits());
    assert_eq!(follows, []);
    press(&mut state, KeyCode::Down);
    let effects = press(&mut state, KeyCode::Enter);
    assert_eq!(state.focus, Focus::Document);
    assert_eq!(wanted(&effects).unwrap().symbol, symbol("UNDEX/A/2"));
    assert!(state.shown().is_none(), "it is still being read");
    hand_over(&mut state, &effects, &[5]);
    assert_eq!(state.shown().unwrap().paragraph().unwrap().ordinal, 5);
    // On a wide one the document follows the chosen hit.
    let (mut state, effects) = begun(120, 30, "apples");
    let follows = answer(&mut state, &effects, hits());
    assert_eq!(wanted(&follows).unwrap().symbol, symbol("UNDEX/A/1"));
    let follows = press(&mut state, KeyCode::Down);
    assert_eq!(wanted(&follows).unwrap().symbol, symbol("UNDEX/A/2"));
}

#[test]
fn a_document_that_comes_too_late_is_dropped() {
    let hits = vec![hit("UNDEX/A/1", 2, "apples"), hit("UNDEX/A/2", 5, "apples")];
    let (mut state, effects) = begun(120, 30, "apples");
    let first = answer(&mut state, &effects, hits);
    let second = press(&mut state, KeyCode::Down);
    hand_over(&mut state, &first, &[2]);
    assert!(state.reader.is_none());
    hand_over(&mut state, &second, &[5]);
    assert_eq!(state.reader.as_ref().unwrap().opened.symbol, symbol("UNDEX/A/2"));
}

#[test]
fn matches_are_walked_through_and_then_other_documents() {
    let hits = vec![
        hit("UNDEX/A/1", 6, "apples"),
        hit("UNDEX/A/2", 3, "apples"),
        hit("UNDEX/A/1", 1, "apples"),
    ];
    let mut state = answered(80, 24, "apples", hits);
    let effects = press(&mut state, KeyCode::Enter);
    assert!(effects.is_empty(), "the preview has asked for it");
    let (number, question) = (state.opening, state.question());
    let request = super::super::event::OpenRequest {
        number,
        symbol: symbol("UNDEX/A/1"),
        language: Language::English,
        question,
    };
    hand_over(&mut state, &[Effect::Open(request)], &[1, 4, 6]);
    let at = |state: &super::super::state::State| {
        let reader = state.reader.as_ref().unwrap();
        (reader.opened.symbol.as_str().to_owned(), reader.paragraph().unwrap().ordinal)
    };
    assert_eq!(at(&state), ("UNDEX/A/1".to_owned(), 6));
    press(&mut state, KeyCode::Char('N'));
    assert_eq!(at(&state), ("UNDEX/A/1".to_owned(), 4));
    press(&mut state, KeyCode::Char('N'));
    assert_eq!(at(&state), ("UNDEX/A/1".to_owned(), 1));
    assert_eq!(state.chosen, 2, "the list goes along");
    press(&mut state, KeyCode::Char('N'));
    assert_eq!(state.message.as_deref(), Some("no hit before this one"));
    for _ in 0..2 {
        press(&mut state, KeyCode::Char('n'));
    }
    let effects = press(&mut state, KeyCode::Char('n'));
    for key in ['n', 'N', 'j', 'y'] {
        assert_eq!(press(&mut state, KeyCode::Char(key)), [], "{key} waits for what is being read");
    }
    hand_over(&mut state, &effects, &[2, 3]);
    assert_eq!(at(&state), ("UNDEX/A/2".to_owned(), 2), "its first match, listed or not");
    let effects = press(&mut state, KeyCode::Char('N'));
    hand_over(&mut state, &effects, &[1, 4, 6]);
    assert_eq!(at(&state), ("UNDEX/A/1".to_owned(), 6), "the last match of the one before");
    press(&mut state, KeyCode::Esc);
    assert_eq!(state.focus, Focus::Results);
}

#[test]
fn a_document_is_followed_into_another_language() {
    let mut state = answered(45, 12, "apples", vec![hit("UNDEX/A/1", 4, "apples")]);
    let effects = press(&mut state, KeyCode::Enter);
    hand_over(&mut state, &effects, &[4]);
    let effects = press(&mut state, KeyCode::F(2));
    let request = wanted(&effects).unwrap();
    assert_eq!((&request.symbol, request.language), (&symbol("UNDEX/A/1"), Language::Spanish));
    hand_over(&mut state, &effects, &[]);
    let reader = state.shown().unwrap();
    assert_eq!(reader.paragraph().unwrap().ordinal, 4);
    assert_eq!(reader.cite().unwrap(), "UNDEX/A/1, párr. 5");
    let effects = press(&mut state, KeyCode::F(2));
    assert_eq!(wanted(&effects).unwrap().language, Language::English, "round again");
}

#[test]
fn citations_are_copied_within_a_bound_and_made_harmless() {
    let mut state = answered(80, 24, "apples", vec![hit("UNDEX/A/1", 4, "apples")]);
    press(&mut state, KeyCode::Tab);
    let copied = |text: &str| [Effect::Copy(text.to_owned())];
    assert_eq!(press(&mut state, KeyCode::Char('y')), copied("UNDEX/A/1, para. 5"));
    assert_eq!(state.message.as_deref(), Some("place copied: UNDEX/A/1, para. 5"));
    let mut odd = hit("UNDEX/A/1", 4, "apples");
    odd.cite.push_str("\u{1b}]52;c;AAAA\u{7}");
    let mut state = answered(80, 24, "apples", vec![odd]);
    let effects = control(&mut state, 'y');
    assert_eq!(effects, copied("UNDEX/A/1, para. 5\\u{1b}]52;c;AAAA\\u{7}"));
    let mut long = hit("UNDEX/A/1", 4, "apples");
    long.cite.push_str(&"x".repeat(MAX_COPY));
    let mut state = answered(80, 24, "apples", vec![long]);
    assert_eq!(control(&mut state, 'y'), []);
    assert!(state.message.unwrap().contains("56000"));
}

#[test]
fn letters_are_typed_in_the_query_and_commands_elsewhere() {
    let mut state = answered(80, 24, "apples", vec![hit("UNDEX/A/1", 4, "apples")]);
    assert_eq!(searched(&type_in(&mut state, "?qy")).unwrap().1.query, "apples?qy");
    press(&mut state, KeyCode::Tab);
    press(&mut state, KeyCode::Char('?'));
    assert_eq!(state.help, Some(0));
    press(&mut state, KeyCode::Esc);
    assert_eq!((state.help, state.focus), (None, Focus::Results));
    assert_eq!(press(&mut state, KeyCode::Char('q')), [Effect::Quit]);
    press(&mut state, KeyCode::Char('/'));
    assert_eq!(state.focus, Focus::Query);
    assert_eq!(control(&mut state, 'c'), [Effect::Quit]);
}

#[test]
fn what_is_pasted_becomes_one_line_without_hidden_characters() {
    let (mut state, _) = begun(80, 24, "");
    let effects =
        update(&mut state, Event::Paste("points\nof\u{202e}\tcontact\u{1b}\n".to_owned()));
    assert_eq!(searched(&effects).unwrap().1.query, "points of contact");
    let (state, _) = begun(80, 24, "a\u{200b}b");
    assert_eq!(state.query.value(), "ab");
}

#[test]
fn more_hits_come_when_the_last_is_reached() {
    let hits: Vec<_> = (0..40).map(|at| hit("UNDEX/A/1", at, "apples")).collect();
    let (mut state, effects) = begun(45, 12, "apples");
    let (number, request) = searched(&effects).unwrap();
    let mut first = found(request, hits.clone());
    first.total = 41;
    assert_eq!(first.question.limit, hits.len(), "the answer is full");
    update(&mut state, Event::Answered { number, result: Ok(first) });
    press(&mut state, KeyCode::Tab);
    let effects = press(&mut state, KeyCode::End);
    let (number, request) = searched(&effects).unwrap();
    assert!(request.limit > 40);
    assert_eq!(press(&mut state, KeyCode::End), [], "once is enough");
    let all = hits.into_iter().chain([hit("UNDEX/A/2", 0, "apples")]).collect();
    update(&mut state, Event::Answered { number, result: Ok(found(request, all)) });
    assert_eq!((state.chosen, state.hits().len()), (39, 41), "the chosen one stays");
    assert_eq!(press(&mut state, KeyCode::End), [], "there are no more");
    assert_eq!(state.hit().unwrap().symbol, symbol("UNDEX/A/2"));
}

#[test]
fn a_new_generation_is_asked_for_the_same() {
    let mut state = answered(45, 12, "apples", vec![hit("UNDEX/A/1", 4, "apples")]);
    let effects = press(&mut state, KeyCode::Enter);
    hand_over(&mut state, &effects, &[4]);
    press(&mut state, KeyCode::Down);
    let effects = update(&mut state, Event::Published(9));
    assert_eq!(searched(&effects).unwrap().1.query, "apples");
    hand_over(&mut state, &effects, &[4]);
    assert_eq!(state.shown().unwrap().paragraph().unwrap().ordinal, 5, "where it was");
    assert!(state.message.unwrap().contains("generation 9"));
}
