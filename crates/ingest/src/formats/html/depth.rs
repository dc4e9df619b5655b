//! The nesting of a page, measured before its tree is built: the parser has no limit of its own, and
//! its time grows with the square of the depth.

use std::cell::Cell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Elements without content, which never nest.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that the next of their kind closes; the lists and tables around them are counted.
const CLOSED_BY_NEXT: [&str; 15] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rb",
    "rt", "rp",
];

/// Checks a page against a bound. The error is the depth at which it gave up.
pub(super) fn check(page: &str, bound: usize) -> Result<(), usize> {
    let sink = Depth { open: Cell::new(0), deepest: Cell::new(0) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    // In pieces, so that a hostile page is given up early.
    let mut rest = page;
    while !rest.is_empty() {
        let mut end = rest.len().min(64 << 10);
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let (piece, after) = rest.split_at(end);
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(piece));
        // This sink never asks the tokenizer to stop, so it takes the whole piece.
        let _ = tokenizer.feed(&input);
        let deepest = tokenizer.sink.deepest.get();
        if deepest > bound {
            return Err(deepest);
        }
        rest = after;
    }
    Ok(())
}

struct Depth {
    open: Cell<usize>,
    deepest: Cell<usize>,
}

impl TokenSink for Depth {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        let name: &str = &tag.name;
        if VOID.contains(&name) || CLOSED_BY_NEXT.contains(&name) {
            return TokenSinkResult::Continue;
        }
        match tag.kind {
            TagKind::StartTag if !tag.self_closing => {
                let open = self.open.get() + 1;
                self.open.set(open);
                self.deepest.set(self.deepest.get().max(open));
                match name {
                    "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" | "xmp" | "noframes" => {
                        return TokenSinkResult::RawData(RawKind::Rawtext);
                    }
                    "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => {}
                }
            }
            TagKind::StartTag => {}
            TagKind::EndTag => self.open.set(self.open.get().saturating_sub(1)),
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depths() {
        assert_eq!(check("<div><p>a<p>b<p>c</div>", 1), Ok(()));
        assert_eq!(check("<div><div><div>", 2), Err(3));
        assert_eq!(check(&"<p>".repeat(5000), 10), Ok(()));
        assert!(check(&"<ul><li>".repeat(600), 512).is_err());
        assert_eq!(check("<script>if (a<b) x('<div><div><div>')</script>", 2), Ok(()));
    }
}
