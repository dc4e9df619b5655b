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
