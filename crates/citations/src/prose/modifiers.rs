//! Modifiers that stand for whole symbols: `A/55/140 and Corr.1 and Add.1` names three documents.

use undex_document::Symbol;

use crate::prose::meaning::{Meaning, Modifier};
use crate::prose::mention::{Mention, Named};
use crate::prose::token::{Kind, Tokens};

/// Modifiers that may follow one symbol.
const MOST: usize = 60;

/// Adds a mention for each modifier that follows the symbol just mentioned. Gives the token to go on
/// with.
pub(crate) fn follow(found: &mut Vec<Mention>, tokens: &Tokens<'_>, from: usize) -> usize {
    let Some(Mention { named: Named::Symbol(symbol), .. }) = found.last() else { return from };
    let mut before = symbol.clone();
    let mut at = from;
    let mut kind = None;
    for _ in 0..MOST {
        let mut next = at;
        while let Some(Kind::Comma | Kind::Meant(Meaning::And)) = tokens.kind(next) {
            next += 1;
        }
        if next == at {
            break;
        }
        let start = tokens.get(next).map_or(0, |token| token.start);
        if let Some(Meaning::Modifier(modifier)) = tokens.meaning(next) {
            kind = Some(modifier);
            next += 1;
            if matches!(tokens.kind(next), Some(Kind::Dot | Kind::Stop)) {
                next += 1;
            }
        }
        // `Add.1 and 2`, `Add.1–3`
        let Some(modifier) = kind.filter(|_| tokens.kind(next) == Some(&Kind::Digits)) else {
            break;
        };
        let number = tokens.text(next);
        // A number alone is one only where nothing else follows that it could count.
        let alone = tokens.get(next).is_some_and(|token| token.start == start);
        if alone
            && matches!(tokens.kind(next + 1), Some(Kind::Word | Kind::Meant(Meaning::Month(_))))
        {
            break;
        }
        let mut numbers = vec![number.to_owned()];
        let mut end = next + 1;
        if tokens.kind(end) == Some(&Kind::Dash)
            && tokens.touches_next(next)
            && tokens.kind(end + 1) == Some(&Kind::Digits)
            && let (Ok(first), Ok(last)) =
                (number.parse::<u32>(), tokens.text(end + 1).parse::<u32>())
            && last > first
            && last - first < MOST as u32
        {
            numbers.extend((first + 1..=last).map(|n| n.to_string()));
            end += 2;
        }
        let stop = tokens.get(end - 1).map_or(start, |token| token.end);
        for number in numbers {
            let Some(symbol) = modified(&before, modifier, &number) else { continue };
            // A corrigendum of an addendum is of that; an addendum is of the document.
            before = symbol.clone();
            found.push(Mention {
                range: start..stop,
                named: Named::Symbol(symbol),
                places: Vec::new(),
            });
        }
        at = end;
    }
    at
}

/// The symbol of a modification of a document or of one of its modifications.
fn modified(symbol: &Symbol, modifier: Modifier, number: &str) -> Option<Symbol> {
    let mut segments: Vec<&str> = symbol.segments().collect();
    let keeps = |segment: &str| {
        let word = segment.split('.').next().unwrap_or_default();
        match word {
            // Corrigenda and amendments do not nest.
            "Corr" | "Amend" => false,
            "Add" | "Rev" => modifier == Modifier::Corr,
            _ => true,
        }
    };
    while segments.len() > 1 && segments.last().is_some_and(|last| !keeps(last)) {
        segments.pop();
    }
    format!("{}/{}.{number}", segments.join("/"), modifier.name()).parse().ok()
}
