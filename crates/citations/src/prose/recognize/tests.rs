//! Work is counted here, not timed: how often tokens are looked at.

use super::mentions;
use crate::prose::lexer;
use crate::prose::nickname::Nicknames;

/// Shapes that would make a reader who goes back look at the same words again and again.
const SHAPES: [&str; 24] = [
    "resolution ",
    "paragraph 1, ",
    "66/24 and ",
    "(",
    "A/1/1 ",
    "of the ",
    "1 (",
    "A/1/1 and Add.1 and ",
    "ibid., para. 1; ",
    "sixth and ",
    "first, second and ",
    "S-1/",
    "annex I, para. 1 of ",
    "A/75/816, ",
    "217 A (III) A ",
    "/",
    "the Council, in its ",
    "1 January 2000 ",
    "resolution 1/1 of 1 May 2000, ",
    "1/1, ",
    "(a) ",
    "I.A.",
    "paragraphs 1 to 9999 of ",
    "resolution 1/1 of the Council, ",
];

#[test]
fn work_grows_with_the_text_alone() {
    for shape in SHAPES {
        let work = |bytes: usize| {
            let text = shape.repeat(bytes / shape.len());
            let tokens = lexer::tokens(&text);
            mentions(&tokens, &Nicknames::default());
            (tokens.looks.get(), tokens.len().max(1))
        };
        let ((short, few), (long, many)) = (work(1 << 12), work(1 << 16));
        // Sixteen times the text and sixteen times the work, with room for what begins once.
        assert!(long < 20 * short, "{shape:?}: {short} looks at first, then {long}");
        let most = (short / few).max(long / many);
        assert!(most < 1_000, "{shape:?}: {most} looks at each token");
    }
}
