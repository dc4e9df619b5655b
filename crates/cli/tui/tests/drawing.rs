//! What is on the screen.

use crossterm::event::KeyCode;
use ratatui::style::Color;

use super::super::event::{Complaint, Event};
use super::super::state::State;
use super::super::theme::Theme;
use super::super::update::update;
use super::support::{
    answer, answered, begun, drawn, hand_over, hit, press, screen, searched, type_in,
};

/// Two hits and, where there is room, the document of the first.
fn orchard(width: u16, height: u16) -> State {
    let (mut state, effects) = begun(width, height, "apples");
    let mut second = hit("UNDEX/A/2", 0, "apples in the second document");
    second.headings = vec!["I. Trees".to_owned(), "A. Varieties".to_owned()];
    let hits = vec![hit("UNDEX/A/1", 2, "apples in the first document"), second];
    let follows = answer(&mut state, &effects, hits);
    if !follows.is_empty() {
        hand_over(&mut state, &follows, &[2, 4]);
    }
    state
}

#[test]
fn forty_columns() {
    let state = orchard(40, 10);
    assert_eq!(
        screen(&state),
        [
            "› apples",
            "─ 1 of 2 paragraphs ────────────────────",
            "▌UNDEX/A/1, para. 3  en · report · 2026…",
            "▌ apples in the first document",
            " UNDEX/A/2, para. 1  en · report · 2026…",
            "  apples in the second document",
            "",
            "",
            "",
            "7 ms · all languages             F1 help",
        ]
    );
}

#[test]
fn eighty_columns() {
    let state = orchard(80, 24);
    let rows = screen(&state);
    assert_eq!(
        rows[..9],
        [
            "› apples",
            &format!("─ 1 of 2 paragraphs {}", "─".repeat(60)),
            "▌UNDEX/A/1, para. 3  en · report · 2026-11-21",
            "▌ On orchards",
            "▌ apples in the first document",
            "",
            " UNDEX/A/2, para. 1  en · report · 2026-11-21",
            "  A. Varieties",
            "  apples in the second document",
        ]
    );
    let title = rows.iter().position(|row| row.starts_with("─ UNDEX/A/1  en · match 1 of 2 · "));
    let title = title.expect("the document below the hits");
    assert!(title > 9 && title < 20, "{rows:#?}");
    assert!(
        rows.contains(
            &"▌3. Apples of the 3 tree, in words enough for more than a line.".to_owned()
        )
    );
    assert_eq!(rows[22], "7 ms · all languages");
    assert!(rows[23].starts_with("F1 help  Enter read"), "{}", rows[23]);
}

#[test]
fn a_hundred_and_forty_columns() {
    let rows = screen(&orchard(140, 20));
    assert!(rows[1].contains("┬ UNDEX/A/1  en · match 1 of 2 · "), "{}", rows[1]);
    let line = rows.iter().find(|row| row.contains("3. Apples")).unwrap();
    let (left, right) = line.split_once('│').unwrap();
    assert_eq!(right, " ▌3. Apples of the 3 tree, in words enough for more than a line.");
    assert_eq!(left.chars().count(), 63);
    assert!(rows.iter().any(|row| row.starts_with(" UNDEX/A/2, para. 1")));
}

#[test]
fn a_document_fills_a_narrow_screen_while_it_is_read() {
    let mut state = orchard(40, 10);
    let effects = press(&mut state, KeyCode::Enter);
    assert!(screen(&state)[1].contains("UNDEX/A/1  is being read"));
    hand_over(&mut state, &effects, &[2]);
    let rows = screen(&state);
    assert!(rows[1].starts_with("─ UNDEX/A/1  en · match 1 of 1 · "), "{}", rows[1]);
    assert!(rows.contains(&"▌3. Apples of the 3 tree, in words".to_owned()), "{rows:#?}");
    assert!(rows.contains(&"▌enough for more than a line.".to_owned()), "{rows:#?}");
    // The end is reached by going on, and the chosen paragraph stays on the screen.
    for _ in 0..20 {
        press(&mut state, KeyCode::Down);
    }
    let rows = screen(&state);
    assert_eq!(rows[8], "▌enough for more than a line.");
    assert!(rows[1].contains("100 %"), "{}", rows[1]);
    for _ in 0..40 {
        press(&mut state, KeyCode::Up);
    }
    assert_eq!(screen(&state)[2], "▌1. Apples of the 1 tree, in words");
}

#[test]
fn an_error_stands_under_its_place() {
    let mut state = orchard(80, 24);
    let (number, _) = searched(&type_in(&mut state, " AND (b")).unwrap();
    let message = "column 14: found the end of the query, expected a word".to_owned();
    let result = Err(Complaint { message, column: Some(14) });
    update(&mut state, Event::Answered { number, result });
    let rows = screen(&state);
    assert_eq!(rows[0], "› apples AND (b");
    assert_eq!(rows[1], format!("{}^", " ".repeat(2 + 13)));
    assert_eq!(rows[2], "column 14: found the end of the query, expected a word");
    assert!(rows[4].contains("UNDEX/A/1, para. 3"), "the hits stay\n{rows:#?}");
}

#[test]
fn matches_are_set_off_with_colours_and_without() {
    let mut state = orchard(80, 24);
    let style = |state: &State, x: u16, y: u16| {
        let cell = drawn(state).backend().buffer()[(x, y)].clone();
        (cell.symbol().to_owned(), cell.fg, cell.modifier)
    };
    let (letter, colour, _) = style(&state, 2, 4);
    assert_eq!((letter.as_str(), colour), ("a", Color::Yellow));
    assert_eq!(style(&state, 10, 4).1, Color::Reset);
    state.theme = Theme::PLAIN;
    let terminal = drawn(&state);
    let plain = terminal.backend().buffer();
    let rows_of_hits = plain.content().iter().take(80 * 12);
    assert!(rows_of_hits.clone().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    assert!(style(&state, 2, 4).2.contains(ratatui::style::Modifier::UNDERLINED));
}

#[test]
fn hidden_and_wide_characters_do_no_harm() {
    let mut odd = hit("UNDEX/A/1", 0, "apples\u{1b}[2J \u{202e}red 和平 e\u{301}te\u{301}");
    odd.title = Some("和平与安全".repeat(20));
    odd.cite.push('\u{9b}');
    let rows = screen(&answered(40, 24, "apples", vec![odd]));
    assert!(rows[2].starts_with("▌UNDEX/A/1, para. 1\\u{9b}"), "{}", rows[2]);
    assert!(rows[3].ends_with('…'), "{}", rows[3]);
    // The second column of a wide character is an empty cell.
    assert_eq!(rows[4], "▌ apples\\u{1b}[2J \\u{202e}red 和 平  e\u{301}te\u{301}");
}

#[test]
fn every_size_is_drawn() {
    for (width, height) in [(0, 0), (1, 1), (3, 4), (40, 2), (10, 40), (300, 100)] {
        let mut state = orchard(80, 24);
        for focus in [KeyCode::Tab, KeyCode::Tab, KeyCode::F(1)] {
            press(&mut state, focus);
            update(&mut state, Event::Resize(width, height));
            assert_eq!(screen(&state).len(), usize::from(if width == 0 { 0 } else { height }));
        }
    }
}

#[test]
fn the_help_can_be_read_to_its_end_on_a_small_screen() {
    let mut state = orchard(40, 10);
    press(&mut state, KeyCode::F(1));
    assert!(screen(&state)[1].contains("Everywhere"));
    let mut seen = screen(&state);
    for _ in 0..20 {
        press(&mut state, KeyCode::PageDown);
        seen.extend(screen(&state));
    }
    for words in ["copies the place", "NEAR/5", "While typing"] {
        assert!(seen.iter().any(|row| row.contains(words)), "{words}");
    }
    let last = screen(&state);
    let words = last.iter().flat_map(|row| row.split_whitespace()).collect::<Vec<_>>().join(" ");
    assert!(words.contains("until a space follows"), "{words}");
    press(&mut state, KeyCode::Up);
    assert_ne!(screen(&state), last, "it stays at its end");
    press(&mut state, KeyCode::Esc);
    assert_eq!(screen(&state)[1], screen(&orchard(40, 10))[1]);
}

#[test]
fn of_a_long_snippet_the_part_that_matches_is_shown() {
    let text = format!("{}apples {}", "word ".repeat(30), "more ".repeat(30));
    let mut long = hit("UNDEX/A/1", 0, &text);
    long.highlights = vec![(150, 156)];
    let rows = screen(&answered(40, 10, "apples", vec![long]));
    let shown = &rows[3..6];
    assert!(shown[0].starts_with("▌…") && shown[0].contains("apples"), "{shown:#?}");
    assert!(shown[2].ends_with("more…"), "{shown:#?}");
    assert!(shown.iter().all(|row| row.chars().count() <= 40), "{shown:#?}");
    assert_eq!(rows[6], "");
}

#[test]
fn the_end_of_a_long_query_is_seen_while_it_is_typed() {
    let (mut state, _) = begun(40, 10, "");
    type_in(&mut state, &format!("{}und Äpfel 和平", "apples ".repeat(12)));
    let terminal = drawn(&state);
    assert!(screen(&state)[0].ends_with("apples und Äpfel 和 平"), "{}", screen(&state)[0]);
    let mut terminal = terminal;
    assert_eq!(terminal.get_cursor_position().unwrap(), (39, 0).into());
    press(&mut state, KeyCode::Home);
    assert!(screen(&state)[0].starts_with("› apples apples"));
}

#[test]
fn what_stands_for_others_or_is_there_for_another_reason_is_told() {
    let mut first = hit("UNDEX/A/1", 0, "apples");
    first.stands_for = vec!["3 more paragraphs like it".to_owned()];
    let mut second = hit("UNDEX/A/2", 0, "pomes");
    second.matches = false;
    second.reason = Some("By other names: pome".to_owned());
    let mut state = answered(60, 18, "apples", vec![first, second]);
    let rows = screen(&state);
    assert!(rows.contains(&"▌ 3 more paragraphs like it".to_owned()), "{rows:#?}");
    let told = rows.iter().position(|row| row == "By other names: pome").unwrap();
    assert!(rows[told + 2].starts_with(" UNDEX/A/2"), "{rows:#?}");
    press(&mut state, KeyCode::Down);
    assert!(screen(&state)[1].contains("in other words, beside 2 paragraphs"));
}
