//! Rules and images.

use super::{Builder, draw, only_page, read};

#[test]
fn thin_lines_and_boxes_are_rules() {
    for (content, expected) in [
        ("100 700 144 0.5 re f", Some([100.0, 244.0, 99.5, 100.0])),
        ("0.5 w 100 700 m 244 700 l S", Some([100.0, 244.0, 100.0, 100.0])),
        ("1 w 100 700 m 100 600 l S", Some([100.0, 100.0, 100.0, 200.0])),
        ("q 0.1 0 0 0.1 0 0 cm 1000 7000 1440 5 re f Q", Some([100.0, 244.0, 99.5, 100.0])),
        // A hairline has no width of its own.
        ("0 w 100 700 m 244 700 l S", Some([100.0, 244.0, 100.0, 100.0])),
        ("100 700 m 244 700 l 244 701 l 100 701 l h f", Some([100.0, 244.0, 99.0, 100.0])),
        ("100 700 144 20 re f", None),
        ("10 w 100 700 m 244 700 l S", None),
        ("100 700 m 244 600 l S", None),
        ("100 700 1 1 re f", None),
        ("1 g 100 700 144 0.5 re f", None),
        ("1 1 1 RG 100 700 m 244 700 l S", None),
        ("100 700 144 0.5 re n", None),
        ("q 0 0 50 50 re W n 100 700 144 0.5 re f Q", None),
    ] {
        let page = draw(content);
        let found: Vec<[f32; 4]> =
            page.rules.iter().map(|rule| [rule.x0, rule.x1, rule.y0, rule.y1]).collect();
        let near = match (&found[..], expected) {
            ([found], Some(wanted)) => found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.01),
            (found, wanted) => found.is_empty() && wanted.is_none(),
        };
        assert!(near, "{content}: found {found:?}, wanted {expected:?}");
    }
}

#[test]
fn a_box_drawn_in_lines_has_four_rules() {
    let page = draw("1 w 100 600 200 50 re S");
    assert_eq!(page.rules.len(), 4);
    assert_eq!(page.rules.iter().filter(|rule| rule.x1 - rule.x0 >= rule.y1 - rule.y0).count(), 2);
}

#[test]
fn images_cover_a_share_of_the_page() {
    for (content, share) in [
        ("q 600 0 0 800 0 0 cm /I Do Q", 1.0),
        ("q 600 0 0 400 0 0 cm /I Do Q", 0.5),
        // Past the edge of the page nothing is covered.
        ("q 600 0 0 800 0 400 cm /I Do Q", 0.5),
        ("q 0 600 -800 0 600 0 cm /I Do Q", 0.75),
        ("", 0.0),
    ] {
        let mut builder = Builder::new();
        let image = builder.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1", "x");
        builder.page(&format!("/Resources << /XObject << /I {image} 0 R >> >>"), content);
        let page = only_page(read(&builder));
        assert!((page.image_share - share).abs() < 0.001, "{content}: {}", page.image_share);
    }
}
