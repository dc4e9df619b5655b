use super::*;

fn numbered(label: &str, text: &str) -> Block {
    Block { label: Some(label.to_owned()), ..Block::new(Shape::Body, text) }
}

fn heading(text: &str) -> Block {
    Block::new(Shape::Heading(None), text)
}

fn places(blocks: Vec<Block>, form: Form) -> Vec<(String, String)> {
    paragraphs(blocks, form)
        .into_iter()
        .map(|p| (p.role.to_string(), p.pinpoint.to_string()))
        .collect()
}

#[track_caller]
fn assert_places(blocks: Vec<Block>, form: Form, expected: &[(&str, &str)]) {
    let found = places(blocks, form);
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_resolution_with_points_and_an_annex() {
    assert_places(
        vec![
            Block::new(Shape::Title, "1/1. Maps"),
            Block::new(Shape::Opening, "The Assembly of Maps,"),
            Block::new(Shape::Preambular, "Recalling,"),
            Block::new(Shape::Preambular, "Noting,"),
            numbered("1", "Decides to:"),
            numbered("(a)", "Draw;"),
            numbered("(i)", "Well;"),
            numbered("(b)", "Fold."),
            Block::new(Shape::Body, "and asks for more;"),
            numbered("2", "Requests."),
            Block::new(Shape::Closing, "1st meeting"),
            heading("Annex"),
            heading("Rules of maps"),
            numbered("1", "Maps are flat."),
        ],
        Form::Resolution,
        &[
            ("title", "title"),
            ("preambular", "opening words"),
            ("preambular", "preambular para. 1"),
            ("preambular", "preambular para. 2"),
            ("operative", "para. 1"),
            ("point", "para. 1 (a)"),
            ("point", "para. 1 (a) (i)"),
            ("point", "para. 1 (b)"),
            ("text", "para. 1, unnumbered para. 1"),
            ("operative", "para. 2"),
            ("closing", "closing line 1"),
            ("heading", "annex"),
            ("heading", "annex, heading 1"),
            ("paragraph", "annex, para. 1"),
        ],
    );
}

#[test]
fn lists_that_begin_again_under_a_heading() {
    assert_places(
        vec![
            heading("A. Maps"),
            numbered("1", "One."),
            heading("Recommended next steps"),
            numbered("1", "Fold."),
            numbered("2", "Unfold."),
            heading("B. Globes"),
            numbered("2", "Two."),
            heading("Recommended next steps"),
            numbered("1", "Spin."),
        ],
        Form::Report,
        &[
            ("heading", "sect. A"),
            ("paragraph", "para. 1"),
            ("heading", "heading 1"),
            ("paragraph", "sect. A, recommended next step 1"),
            ("paragraph", "sect. A, recommended next step 2"),
            ("heading", "sect. B"),
            ("paragraph", "para. 2"),
            ("heading", "heading 2"),
            ("paragraph", "sect. B, recommended next step 1"),
        ],
    );
}

#[test]
fn sections_that_number_afresh_need_their_section() {
    assert_places(
        vec![
            heading("I"),
            heading("Maps"),
            numbered("1", "One."),
            heading("II"),
            heading("Globes"),
            numbered("1", "One."),
        ],
        Form::Resolution,
        &[
            ("heading", "sect. I"),
            ("heading", "sect. I, title"),
            ("operative", "sect. I, para. 1"),
            ("heading", "sect. II"),
            ("heading", "sect. II, title"),
            ("operative", "sect. II, para. 1"),
        ],
    );
}

#[test]
fn an_agenda_inside_a_paragraph() {
    let item = |label: &str, text: &str| Block { indent: 1, ..numbered(label, text) };
    assert_places(
        vec![
            numbered("1", "The agenda was:"),
            item("1", "Opening."),
            item("2", "Questions:"),
            Block { indent: 2, ..numbered("a)", "Old") },
            Block { indent: 2, ..numbered("b)", "New") },
            item("3", "Closing."),
            numbered("2", "It was adopted."),
        ],
        Form::Report,
        &[
            ("paragraph", "para. 1"),
            ("point", "para. 1, item 1"),
            ("point", "para. 1, item 2"),
            ("point", "para. 1, item 2 (a)"),
            ("point", "para. 1, item 2 (b)"),
            ("point", "para. 1, item 3"),
            ("paragraph", "para. 2"),
        ],
    );
}

#[test]
fn bullets_under_headings_inside_a_paragraph() {
    assert_places(
        vec![
            numbered("1", "Maps follow these principles:"),
            heading("On paper"),
            Block::new(Shape::Bullet, "Flat."),
            heading("On screens"),
            Block::new(Shape::Bullet, "Bright."),
        ],
        Form::Report,
        &[
            ("paragraph", "para. 1"),
            ("heading", "heading 1"),
            ("point", "para. 1, bullet 1"),
            ("heading", "heading 2"),
            ("point", "para. 1, bullet 2"),
        ],
    );
}

#[test]
fn heading_trails() {
    let found = paragraphs(
        vec![
            heading("I. Introduction"),
            heading("A. Maps"),
            heading("Kinds"),
            numbered("1", "One."),
            heading("II. End"),
            numbered("2", "Two."),
            heading("Annex"),
            heading("Rules"),
            heading("A. First"),
            numbered("1", "One."),
        ],
        Form::Report,
    );
    let trails: Vec<String> = found
        .iter()
        .filter(|p| p.role == Role::Paragraph)
        .map(|p| p.headings.join(" > "))
        .collect();
    assert_eq!(
        trails,
        ["I. Introduction > A. Maps > Kinds", "II. End", "Annex > Rules > A. First"]
    );
}

#[test]
fn trails_are_bounded() {
    let title = "word ".repeat(50_000);
    let mut blocks = vec![heading("Annex"), heading(&title)];
    blocks.extend((0..500).map(|at| heading(&format!("Heading {at}"))));
    blocks.push(numbered("1", "One."));
    let found = paragraphs(blocks, Form::Report);
    let trail = &found.last().unwrap().headings;
    assert_eq!(trail.len(), 64);
    assert_eq!(trail[1].chars().count(), 1_000);
    assert!(trail[1].starts_with("word word") && trail[1].ends_with('\u{2026}'));
    assert_eq!(trail[63], "Heading 499", "the innermost is the one above");
    assert_eq!(found[1].text, title, "the heading itself stays whole");
}

#[test]
fn a_number_used_twice_stays_unique() {
    assert_places(
        vec![
            numbered("1", "One."),
            numbered("2", "Two."),
            numbered("2", "Again."),
            numbered("3", "x"),
        ],
        Form::Report,
        &[
            ("paragraph", "para. 1"),
            ("paragraph", "para. 2"),
            ("paragraph", "para. 2 [2]"),
            ("paragraph", "para. 3"),
        ],
    );
}

#[test]
fn a_misprinted_number_asks_for_no_section() {
    assert_places(
        vec![
            Block { label: Some("I".to_owned()), ..heading("I. Maps") },
            numbered("1", "One."),
            numbered("2", "Two."),
            Block { label: Some("II".to_owned()), ..heading("Globes") },
            numbered("3", "Three."),
            numbered("2", "Four."),
            numbered("5", "Five."),
        ],
        Form::Report,
        &[
            ("heading", "sect. I"),
            ("paragraph", "para. 1"),
            ("paragraph", "para. 2"),
            ("heading", "sect. II"),
            ("paragraph", "para. 3"),
            ("paragraph", "para. 2 [2]"),
            ("paragraph", "para. 5"),
        ],
    );
}

#[test]
fn a_number_in_markup_and_text_is_one() {
    let labelled = |label: &str, block: Block| Block { label: Some(label.to_owned()), ..block };
    let blocks = vec![
        labelled("I", heading("I. Maps")),
        labelled("A", heading("A map of maps")),
        numbered("1", "1. Draws:"),
        numbered("(a)", "(a) Maps;"),
        numbered("b)", "b) Plans;"),
        numbered("2", "2.5 per cent more."),
        numbered("3", "(3) Draws; (4) folds."),
    ];
    let found = paragraphs(blocks, Form::Report);
    let texts: Vec<&str> = found.iter().map(|found| &*found.text).collect();
    assert_eq!(
        texts,
        [
            "Maps",
            "A map of maps",
            "Draws:",
            "Maps;",
            "Plans;",
            "2.5 per cent more.",
            "(3) Draws; (4) folds."
        ]
    );
    assert_eq!(found[2].headings, ["I. Maps", "A. A map of maps"]);
}

#[test]
fn rubrics_are_headings_in_every_type() {
    let blocks = ["Contents", "Índice", "Table des matières", "Resumen", "Résumé:", "The summary"];
    let found = places(blocks.map(|text| Block::new(Shape::Body, text)).into(), Form::Report);
    let roles: Vec<&str> = found.iter().map(|(role, _)| role.as_str()).collect();
    assert_eq!(roles, ["heading", "heading", "heading", "heading", "heading", "text"]);

    let blocks = vec![
        Block::new(Shape::Body, "Table 1"),
        heading("Maps by size"),
        Block::new(Shape::Body, "Table 2"),
        Block::new(Shape::Body, "None were drawn."),
    ];
    let found = places(blocks, Form::Report);
    let roles: Vec<&str> = found.iter().map(|(role, _)| role.as_str()).collect();
    assert_eq!(roles, ["heading", "heading", "text", "text"]);
}

#[test]
fn lettered_lines_between_numbered_paragraphs_are_headings() {
    // (paragraph before, lettered line, its role)
    for (before, line, role) in [
        ("Maps were drawn.", "Training of drawers", "heading"),
        ("Maps were “drawn.”", "Maps (printed)", "heading"),
        ("Maps were drawn, namely:", "Training of drawers", "point"),
        ("Maps were drawn;", "Training of drawers", "point"),
        ("Maps were drawn.", "Drawers are trained.", "point"),
        ("Maps were drawn.", "training of drawers", "point"),
    ] {
        let blocks =
            vec![numbered("26", before), numbered("(b)", line), numbered("27", "Drawers train.")];
        let found = places(blocks, Form::Report);
        assert_eq!(found[1].0, role, "{before} {line}");
        assert_eq!(found[2], ("paragraph".to_owned(), "para. 27".to_owned()));
    }
    let blocks = vec![
        heading("B. Measures"),
        numbered("a)", "Training"),
        numbered("1", "Drawers train."),
        numbered("b)", "Practice"),
        numbered("c)", "Rest"),
        numbered("2", "Drawers rest."),
    ];
    let found = paragraphs(blocks, Form::Report);
    let roles: Vec<String> = found.iter().map(|found| found.role.to_string()).collect();
    // Two in a row may be points.
    assert_eq!(roles, ["heading", "heading", "paragraph", "point", "point", "paragraph"]);
    assert_eq!(found[1].text, "a) Training");
    assert_eq!(found[2].headings, ["B. Measures", "a) Training"]);
}

#[test]
fn numbers_without_full_stop_count_where_they_are_due() {
    // (text behind paragraph 2, numbers behind it, whether it is paragraph 3)
    for (text, after, is_paragraph) in [
        ("3 Invites all drawers to rest;", &["4", "5"][..], true),
        ("3, Invites all drawers to rest;", &["4"], true),
        ("3 Invites all drawers to rest.", &[], true),
        ("3 Invites all drawers to rest;", &["3"], false),
        ("3 Invites all drawers to rest;", &["7"], false),
        ("3 drawers rest;", &["4"], false),
        ("3 May 2001", &["4"], false),
        ("30 Invites;", &["4"], false),
        ("4 Invites;", &["5"], false),
    ] {
        let mut blocks = vec![numbered("1", "Draws;"), numbered("2", "Folds;")];
        blocks.push(Block::new(Shape::Body, text));
        blocks.extend(after.iter().map(|number| numbered(number, "Requests;")));
        let found = paragraphs(blocks, Form::Resolution);
        let place = found[2].pinpoint.to_string();
        let expected = if is_paragraph { "para. 3" } else { "para. 2, unnumbered para. 1" };
        assert_eq!(place, expected, "{text} {after:?}");
        assert_eq!(
            found[2].text.starts_with('3') || text.starts_with('4'),
            !is_paragraph,
            "{text}"
        );
    }
    // The first of all, where the second follows.
    for (next, place) in [("2", "para. 1"), ("1", "unnumbered para. 1")] {
        let blocks = vec![Block::new(Shape::Body, "1 Draws;"), numbered(next, "Folds;")];
        assert_eq!(places(blocks, Form::Resolution)[0].1, place, "{next}");
    }
    // Two in a row.
    assert_places(
        vec![
            numbered("1", "Draws;"),
            Block::new(Shape::Body, "2 Invites;"),
            Block::new(Shape::Body, "3 Requests;"),
            numbered("4", "Decides."),
        ],
        Form::Resolution,
        &[
            ("operative", "para. 1"),
            ("operative", "para. 2"),
            ("operative", "para. 3"),
            ("operative", "para. 4"),
        ],
    );
}

#[test]
fn the_end_of_a_preamble_belongs_to_it() {
    let blocks = |last: &str| {
        vec![
            Block::new(Shape::Opening, "The Assembly of Maps,"),
            Block::new(Shape::Body, "Guided by maps,"),
            Block::new(Shape::Preambular, "Noting,"),
            Block::new(Shape::Body, last),
            numbered("1", "Draws."),
            Block::new(Shape::Body, "and so on,"),
        ]
    };
    let found = places(blocks("Resolved to draw,"), Form::Resolution);
    let roles: Vec<&str> = found.iter().map(|(role, _)| role.as_str()).collect();
    assert_eq!(
        roles,
        ["preambular", "preambular", "preambular", "preambular", "operative", "text"]
    );
    assert_eq!(found[3].1, "preambular para. 3");
    assert_eq!(places(blocks("Draws maps;"), Form::Resolution)[3].0, "text");
    let mut section = blocks("Draws maps,");
    section.insert(4, heading("II"));
    assert_eq!(places(section, Form::Resolution)[3].0, "text");
    assert_eq!(places(blocks("Resolved to draw,"), Form::Report)[3].0, "text");
}

#[test]
fn bullets_in_the_text_are_items() {
    let blocks = vec![
        numbered("1", "Draws:"),
        Block::new(Shape::Body, "• Maps;"),
        Block::new(Shape::Body, "\u{F0B7}\u{a0}Plans."),
        Block::new(Shape::Body, "– and so on"),
        Block::new(Shape::Body, "•"),
    ];
    let found = paragraphs(blocks, Form::Resolution);
    let found: Vec<(String, &str)> =
        found.iter().map(|found| (found.pinpoint.to_string(), &*found.text)).collect();
    let expected = [
        ("para. 1", "Draws:"),
        ("para. 1, bullet 1", "Maps;"),
        ("para. 1, bullet 2", "Plans."),
        ("para. 1, unnumbered para. 1", "– and so on"),
        ("para. 1, unnumbered para. 2", "•"),
    ];
    assert!(found.iter().map(|(place, text)| (place.as_str(), *text)).eq(expected), "{found:?}");
}
